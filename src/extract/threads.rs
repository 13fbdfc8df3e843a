//! Threads of a forum, post by post: who wrote a post and when leads it in one line, and what a page says of its author
//! besides, signatures and notes of edits go.

use ego_tree::{NodeId, NodeRef, iter::Edge};
use rustc_hash::{FxHashMap, FxHashSet};
use scraper::{Html, Node, node::Element};

use super::blocks::Blocks;
use super::body::Selection;
use crate::model::{DateContext, parse_date};

/// What an element's id begins with, before a number, if it is a post.
const IDS: &[&str] = &[
    "p",
    "post",
    "post_",
    "post-",
    "edit",
    "msg",
    "msg_",
    "message-",
    "elComment_",
    "comment-",
    "comment_",
    "thing_t1_",
    "answer-",
    "reply-",
    "pid",
    "pid_",
    "js-post-",
    "td_post_",
];
/// Class words of posts.
const CLASSES: &[&str] = &[
    "crawler-post",
    "message--post",
    "topic-post",
    "postbit",
    "postcontainer",
    "b-post",
    "ipsComment",
    "bbp-reply",
    "PostStream-item",
    "thing",
];
/// Ends of the types of posts at schema.org.
const TYPES: &[&str] = &["/Comment", "/DiscussionForumPosting", "/Answer", "/Question"];
/// Parts of class names and properties of a post's author.
const AUTHORS: &[&str] =
    &["author", "username", "user-name", "creator", "poster", "nickname", "hnuser", "display-name"];
/// Class words of what stands in a post and is not its text.
const BESIDE: &[&str] = &[
    "postprofile",
    "profile",
    "signature",
    "message-signature",
    "post-signature",
    "sigcontainer",
    "userinfo",
    "user-info",
    "message-user",
    "message-userDetails",
    "message-userExtras",
    "message-cell--user",
    "message-attribution",
    "tagline",
    "crawler-post-meta",
    "post-likes",
    "author_statistics",
    "cAuthorPane",
    "ipsComment_author",
    "bbp-author-role",
];
/// Beginnings of such lines, in lower case.
const LINES: &[&str] = &[
    "____",
    "last edited by",
    "join date",
    "joined:",
    "posts:",
    "location:",
    "messages:",
    "reaction score",
    "registered:",
    "member",
    "senior member",
    "junior member",
    "reputation:",
    "re: ",
];
/// A line about a post has no more words than this.
const LINE_WORDS: u32 = 14;
const NOTE_WORDS: u32 = 24;
const NAME_LETTERS: usize = 40;
/// The share of the text that stands in posts, in a thread.
const MOST: f32 = 0.6;

/// Who wrote a post, and when.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Head {
    pub(crate) author: String,
    pub(crate) time: String,
    /// A date that is no `time` by its mark-up.
    written: String,
}

/// Posts by their elements.
pub(crate) type Heads = FxHashMap<NodeId, Head>;

/// The heads of the posts of which a selected text consists, if it is a thread; what stands beside their text is taken
/// out of `selection`.
pub(super) fn settle(selection: &mut Selection, document: &Html, page: &Blocks) -> Heads {
    let posts = posts(page, document);
    if posts.len() < 2 {
        return Heads::default();
    }
    let held: Vec<(usize, NodeId)> =
        selection.blocks.iter().filter_map(|at| Some((*at, post_of(page, *at, &posts)?))).collect();
    let written: FxHashSet<NodeId> = held.iter().map(|(_, post)| *post).collect();
    let words = |at: &usize| page.blocks[*at].measure.words as f32;
    let all: f32 = selection.blocks.iter().map(words).sum();
    if written.len() < 2 || held.iter().map(|(at, _)| words(at)).sum::<f32>() < MOST * all {
        return Heads::default();
    }
    let mut heads = Heads::default();
    for post in written {
        let Some(node) = document.tree.get(post) else { continue };
        let head = head(node, &posts);
        if !head.author.is_empty() {
            heads.insert(post, head);
        }
    }
    drop_beside(selection, document, page, &held, &heads);
    heads
}

/// The elements that are posts: of those that have one number the outermost, and none that holds posts with numbers
/// and has none itself, which is the thread.
fn posts(page: &Blocks, document: &Html) -> FxHashSet<NodeId> {
    let mut posts: FxHashMap<NodeId, &str> = FxHashMap::default();
    for element in &page.elements {
        let Some(node) = document.tree.get(element.id) else { continue };
        let Some(number) = node.value().as_element().and_then(post_number) else { continue };
        let mut same = false;
        if !number.is_empty() {
            let around: Vec<NodeId> = node.ancestors().map(|around| around.id()).collect();
            same = around.iter().any(|id| posts.get(id) == Some(&number));
            for id in around.iter().filter(|_| !same) {
                if posts.get(id).is_some_and(|number| number.is_empty()) {
                    posts.remove(id);
                }
            }
        }
        if !same {
            posts.insert(element.id, number);
        }
    }
    posts.into_keys().collect()
}

/// The number of the post that an element is, empty if it has none.
fn post_number(element: &Element) -> Option<&str> {
    let class = element.attr("class").unwrap_or_default();
    let has = |name: &str| class.split_ascii_whitespace().any(|word| word == name);
    if has("hentry") || has("type-post") {
        return None;
    }
    let number = element.id().and_then(|id| {
        let digits = id.trim_start_matches(|c: char| !c.is_ascii_digit());
        let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        (is_number && IDS.contains(&&id[..id.len() - digits.len()])).then_some(digits)
    });
    let is_typed =
        || element.attr("itemtype").is_some_and(|kind| TYPES.iter().any(|end| kind.ends_with(end)));
    let is_classed =
        || CLASSES.iter().any(|name| has(name)) && (!has("thing") || has("comment") || has("self"));
    number.or_else(|| (is_typed() || is_classed()).then_some(""))
}

fn post_of(page: &Blocks, at: usize, posts: &FxHashSet<NodeId>) -> Option<NodeId> {
    page.around(at).map(|(_, element)| element.id).find(|id| posts.contains(id))
}

/// Who wrote a post, and when, as it says itself.
fn head(post: NodeRef<'_, Node>, posts: &FxHashSet<NodeId>) -> Head {
    let mut head = Head::default();
    if let Some(element) = post.value().as_element() {
        let named = ["data-author", "data-username"].iter().find_map(|name| element.attr(name));
        head.author = named.unwrap_or_default().to_owned();
    }
    let mut other_posts = 0_usize;
    for edge in post.traverse().skip(1) {
        let is_other = |node: &NodeRef<'_, Node>| node.id() != post.id() && posts.contains(&node.id());
        match edge {
            Edge::Open(node) => {
                other_posts += usize::from(is_other(&node));
                if other_posts == 0 {
                    head.read(node);
                }
            }
            Edge::Close(node) => other_posts -= usize::from(is_other(&node)),
        }
    }
    if head.time.is_empty() {
        head.time = head.written;
        head.written = String::new();
    }
    head
}

impl Head {
    fn read(&mut self, node: NodeRef<'_, Node>) {
        match node.value() {
            Node::Element(element) if self.author.is_empty() && is_author(element) => {
                let name = said(node);
                let letters = name.chars().count();
                if (1..=NAME_LETTERS).contains(&letters) && name.split_whitespace().count() <= 4 {
                    self.author = name;
                }
            }
            Node::Element(element) if self.time.is_empty() && element.name() == "time" => {
                self.time = time(&said(node), element.attr("datetime"));
            }
            Node::Text(text) if self.time.is_empty() && self.written.is_empty() => {
                let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
                let is_short = (6..=NAME_LETTERS).contains(&text.len()) && has_year(&text);
                if is_short && parse_date(&text, &DateContext::default()).is_some() {
                    self.written = text;
                }
            }
            _ => {}
        }
    }
}

fn is_author(element: &Element) -> bool {
    ["class", "itemprop"].iter().filter_map(|name| element.attr(name)).any(|value| {
        let value = value.to_ascii_lowercase();
        AUTHORS.iter().any(|part| value.contains(part)) && !value.contains("avatar")
    })
}

/// When, as a reader sees it, or as machines do where that counts from today.
fn time(shown: &str, machine: Option<&str>) -> String {
    match machine.filter(|_| !has_year(shown)) {
        Some(machine) => {
            let minute = machine.get(..16).unwrap_or(machine);
            minute.replace('T', " ")
        }
        None => shown.to_owned(),
    }
}

fn has_year(text: &str) -> bool {
    text.split(|c: char| !c.is_ascii_digit()).any(|number| number.len() == 4)
}

fn said(node: NodeRef<'_, Node>) -> String {
    let texts = node.descendants().filter_map(|node| node.value().as_text());
    let text: String = texts.map(|text| &**text).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Takes out of `selection` what stands in posts beside their text.
fn drop_beside(
    selection: &mut Selection,
    document: &Html,
    page: &Blocks,
    held: &[(usize, NodeId)],
    heads: &Heads,
) {
    let mut dropped = FxHashSet::default();
    for (at, post) in held {
        let Some(head) = heads.get(post) else { continue };
        let text = page.text(*at).to_lowercase();
        let is_line = page.blocks[*at].measure.words <= LINE_WORDS;
        let says_who =
            is_line && text.contains(&head.author.to_lowercase()) && text.contains(|c: char| c.is_numeric())
                || text == head.author.to_lowercase();
        let is_about = page.blocks[*at].measure.words <= NOTE_WORDS
            && LINES.iter().any(|line| text.starts_with(line))
            || text.starts_with("____");
        let mut around = page.around(*at).map(|(_, element)| element.id).take_while(|id| id != post);
        let mut is_beside = || {
            around.any(|id| {
                document.tree.get(id).and_then(|node| node.value().as_element()).is_some_and(is_beside)
            })
        };
        if says_who || is_about || is_beside() {
            dropped.insert(*at);
        }
    }
    let words = |at: &usize| page.blocks[*at].measure.words;
    let said: u32 = selection.blocks.iter().map(words).sum();
    if dropped.iter().map(words).sum::<u32>() * 2 > said {
        return;
    }
    for at in &dropped {
        for node in &page.nodes[page.blocks[*at].nodes.clone()] {
            selection.kept.remove(node);
        }
    }
    selection.blocks.retain(|at| !dropped.contains(at));
}

fn is_beside(element: &Element) -> bool {
    let mut words = element.attr("class").unwrap_or_default().split_ascii_whitespace();
    words.any(|word| BESIDE.contains(&word)) || element.id().is_some_and(|id| id.starts_with("sig"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::{blocks, dom};

    /// Author and time of each post, in order.
    fn check(html: &str, expected: &[(&str, &str)]) {
        let scripting = dom::Scripting::Enabled;
        let document = dom::parse(html, scripting);
        let page = blocks::segment(&document, scripting);
        let posts = posts(&page, &document);
        let all = document.tree.root().descendants().filter(|node| posts.contains(&node.id()));
        let heads: Vec<Head> = all.map(|post| head(post, &posts)).collect();
        let heads: Vec<(&str, &str)> = heads.iter().map(|head| (&*head.author, &*head.time)).collect();
        assert_eq!(heads, expected, "{html}");
    }

    #[test]
    fn a_post_says_who_wrote_it_and_when() {
        check(
            "<div id=p1><a class=username>Ann</a><time datetime='2024-05-05T10:20:00Z'>2 days ago</time><p>x</div>",
            &[("Ann", "2024-05-05 10:20")],
        );
        check(
            "<article class=message--post data-author=Bo id=js-post-2><p>Joined: Mar 3, 2018</p><time>May 5, 2024</time></article>",
            &[("Bo", "May 5, 2024")],
        );
        check(
            "<div id=post7><td>05-01-2009, 08:12 AM<b class=bigusername>Cy</b> x</div>",
            &[("Cy", "05-01-2009, 08:12 AM")],
        );
    }

    #[test]
    fn posts_within_posts_are_their_own_and_a_thread_is_none() {
        check(
            "<div class='thing comment'><a class=author>Ann</a>x<div class='thing comment'><a class=author>Bo</a>y</div></div>",
            &[("Ann", ""), ("Bo", "")],
        );
        check(
            "<div itemtype='http://schema.org/DiscussionForumPosting'><div id=post_1><i class=creator>Ann</i></div><div id=post_2><i class=creator>Bo</i></div></div>",
            &[("Ann", ""), ("Bo", "")],
        );
        check("<div id=edit901><div id=post901><i class=username>Ann</i></div></div>", &[("Ann", "")]);
        check("<article id=post-4 class=hentry><i class=author>Ann</i></article>", &[]);
    }
}
