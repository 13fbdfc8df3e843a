//! Who wrote a post, and when, as the post says itself.

use ego_tree::{NodeId, NodeRef, iter::Edge};
use rustc_hash::FxHashSet;
use scraper::{Node, node::Element};
use tearsheet_dates::{DateContext, parse_date};

use crate::dom::attribute;
use crate::render::heads::Head;

/// Parts of class names and properties of a post's author.
const AUTHORS: &[&str] =
    &["author", "username", "user-name", "creator", "poster", "nickname", "hnuser", "display-name"];
/// A name, or a date, has no more letters than this.
const NAME_LETTERS: usize = 40;

/// Who wrote a post, and when, as it says itself.
pub(super) fn head(post: NodeRef<'_, Node>, posts: &FxHashSet<NodeId>) -> Head {
    let mut head = PostHead::default();
    if let Some(element) = post.value().as_element() {
        let named = ["data-author", "data-username"].iter().find_map(|name| attribute(element, name));
        head.said.author = named.unwrap_or_default().to_owned();
    }
    let mut other_posts = 0_usize;
    for edge in post.traverse().inspect(crate::effort::step).skip(1) {
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
    let PostHead { said, written } = head;
    let time = if said.time.is_empty() { written } else { said.time };
    Head { time, ..said }
}

/// What was read of a post's head so far.
#[derive(Default)]
struct PostHead {
    said: Head,
    /// A date that is no `time` by its mark-up.
    written: String,
}

impl PostHead {
    fn read(&mut self, node: NodeRef<'_, Node>) {
        match node.value() {
            Node::Element(element) if self.said.author.is_empty() && is_author(element) => {
                let name = said(node);
                let letters = name.chars().count();
                if (1..=NAME_LETTERS).contains(&letters) && name.split_whitespace().count() <= 4 {
                    self.said.author = name;
                }
            }
            Node::Element(element) if self.said.time.is_empty() && element.name() == "time" => {
                self.said.time = time(&said(node), attribute(element, "datetime"));
            }
            Node::Text(text) if self.said.time.is_empty() && self.written.is_empty() => {
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
    ["class", "itemprop"].iter().filter_map(|name| attribute(element, name)).any(|value| {
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
    let texts = node.descendants().inspect(crate::effort::step).filter_map(|node| node.value().as_text());
    let text: String = texts.map(|text| &**text).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
