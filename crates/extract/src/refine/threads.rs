//! Threads of a forum, post by post: who wrote a post and when leads it in one line, and what a page says of its author
//! besides, signatures and notes of edits go.

mod head;

use ego_tree::NodeId;
use html5ever::local_name;
use rustc_hash::{FxHashMap, FxHashSet};
use scraper::{Html, node::Element};

use self::head::head;
use crate::dom::known_attribute;
use crate::render::heads::Heads;
use crate::segment::Blocks;
use crate::select::Selection;

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
    "messages:",
    "reaction score",
    "registered:",
    "reputation:",
];
/// Such beginnings, where no sentence follows.
const FIELDS: &[&str] = &["location:", "re: "];
/// Such lines, whole.
const RANKS: &[&str] = &["member", "senior member", "junior member", "new member", "active member"];
/// A line about a post has no more words than this.
const LINE_WORDS: u32 = 14;
const NOTE_WORDS: u32 = 24;
/// The share of the text that stands in posts, in a thread.
const MOST: f32 = 0.6;

/// The heads of the posts of which a selected text consists, if it is a thread; what stands beside their text is taken
/// out of `selection`.
pub(crate) fn settle(selection: &mut Selection, document: &Html, page: &Blocks) -> Heads {
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
            let around: Vec<NodeId> =
                node.ancestors().inspect(crate::effort::step).map(|around| around.id()).collect();
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
    let words =
        || known_attribute(element, &local_name!("class")).unwrap_or_default().split_ascii_whitespace();
    let number = known_attribute(element, &local_name!("id")).and_then(|id| {
        let digits = id.trim_start_matches(|c: char| !c.is_ascii_digit());
        let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        (is_number && IDS.contains(&&id[..id.len() - digits.len()])).then_some(digits)
    });
    let has = |name: &str| words().any(|word| word == name);
    let is_classed =
        || words().any(|word| CLASSES.contains(&word)) && (!has("thing") || has("comment") || has("self"));
    let is_typed = || {
        known_attribute(element, &local_name!("itemtype"))
            .is_some_and(|kind| TYPES.iter().any(|end| kind.ends_with(end)))
    };
    let number = number.or_else(|| (is_classed() || is_typed()).then_some(""))?;
    // An article of a blog has a number too.
    (!has("hentry") && !has("type-post")).then_some(number)
}

fn post_of(page: &Blocks, at: usize, posts: &FxHashSet<NodeId>) -> Option<NodeId> {
    page.around(at).map(|(_, element)| element.id).find(|id| posts.contains(id))
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
        let measure = &page.blocks[*at].measure;
        let is_sentence = measure.ends_sentence;
        let is_line = measure.words <= LINE_WORDS && !is_sentence;
        let says_who = is_line && says_who(&text, &head.author.to_lowercase());
        let is_about = measure.words <= NOTE_WORDS
            && (LINES.iter().any(|line| text.starts_with(line))
                || !is_sentence && FIELDS.iter().any(|field| text.starts_with(field)))
            || text.starts_with("____")
            || RANKS.contains(&text.as_str());
        let is_mark = text == head.time.to_lowercase()
            || text == "quote:"
            || !text.contains(char::is_alphabetic) && text.starts_with('#');
        let mut around = page.around(*at).map(|(_, element)| element.id).take_while(|id| id != post);
        let mut is_beside = || {
            around.any(|id| {
                document.tree.get(id).and_then(|node| node.value().as_element()).is_some_and(is_beside)
            })
        };
        if says_who || is_about || is_mark || is_beside() {
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

/// Whether `line` names `author`, both in lower case, and besides tells when or counts something: `ann · 2 days ago`.
fn says_who(line: &str, author: &str) -> bool {
    if line == author {
        return true;
    }
    let is_border = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    let is_name = |at: &usize| {
        let (before, after) = (&line[..*at], &line[at + author.len()..]);
        is_border(before.chars().next_back()) && is_border(after.chars().next())
    };
    let Some(at) = line.match_indices(author).map(|(at, _)| at).find(is_name) else { return false };
    let (before, after) = (&line[..at], &line[at + author.len()..]);
    let rest = || before.split_whitespace().chain(after.split_whitespace());
    let has_year =
        || rest().any(|word| word.trim_matches(|c: char| !c.is_numeric()).parse().is_ok_and(is_year));
    let has_time =
        || rest().any(|word| word.split_once(':').is_some_and(|(hour, _)| hour.parse::<u8>().is_ok()));
    let is_set_off = before.trim().is_empty() || after.trim().is_empty();
    let is_short = || rest().filter(|word| word.contains(char::is_alphabetic)).count() <= 3;
    rest().any(|word| word.contains(char::is_numeric))
        && (has_year() || has_time() || is_set_off && is_short())
}

fn is_year(number: u32) -> bool {
    (1990..2100).contains(&number)
}

fn is_beside(element: &Element) -> bool {
    let mut words =
        known_attribute(element, &local_name!("class")).unwrap_or_default().split_ascii_whitespace();
    words.any(|word| BESIDE.contains(&word)) || element.id().is_some_and(|id| id.starts_with("sig"))
}

#[cfg(test)]
mod tests;
