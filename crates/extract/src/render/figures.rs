//! Figures and captions that are not marked up as such, drop caps, and the lines of a listing.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use ego_tree::{NodeId, NodeRef, iter::Edge};
use scraper::{Node, node::Element};

use super::builder::Builder;
use super::images;
use super::links::Links;
use crate::dom::attribute;

/// Parts of class names of a picture's caption or credit.
const CAPTIONS: &[&str] = &[
    "caption",
    "credit",
    "copyright",
    "cutline",
    "photographer",
    "legende",
    "bildunterschrift",
    "gallerytext",
];
/// Parts of class names of what holds a picture and its caption.
const FIGURES: &[&str] =
    &["caption", "image", "img", "photo", "picture", "figure", "media", "bild", "foto", "thumb"];
/// Parts of class names of a first letter that is set large.
const DROP_CAPS: &[&str] =
    &["dropcap", "drop-cap", "drop_cap", "firstletter", "first-letter", "lettrine", "first-character"];
/// Class words of the column of line numbers beside a listing.
const LINE_NUMBERS: &[&str] =
    &["gutter", "lineno", "linenos", "lnt", "line-number", "line-numbers-rows", "blob-num", "linenumbers"];

/// Parts of class names, in any case.
type Parts = LazyLock<AhoCorasick>;

static IS_CAPTION: Parts = LazyLock::new(|| parts(CAPTIONS));
static IS_FIGURE: Parts = LazyLock::new(|| parts(FIGURES));
static IS_DROP_CAP: Parts = LazyLock::new(|| parts(DROP_CAPS));

fn parts(parts: &[&str]) -> AhoCorasick {
    AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .kind(Some(AhoCorasickKind::DFA))
        .build(parts)
        .expect("a few short words")
}

/// Whether the element's class has one of `parts` in it.
fn class_has(element: &Element, parts: &Parts) -> bool {
    attribute(element, "class").is_some_and(|class| parts.is_match(class))
}

/// Whether the element is the caption or credit of the figure that is open.
pub(super) fn is_caption(element: &Element, builder: &Builder) -> bool {
    builder.container() == "figure" && is_caption_like(element)
}

/// Whether the element is a caption or credit by its name or class.
pub(super) fn is_caption_like(element: &Element) -> bool {
    element.name() == "figcaption" || class_has(element, &IS_CAPTION)
}

/// Whether the element is a prompt to fill in: a field to type in, and few words.
pub(super) fn is_prompt(node: NodeRef<'_, Node>) -> bool {
    const NODES: usize = 80;
    const LETTERS: usize = 400;
    let (mut has_field, mut letters) = (false, 0);
    for (count, descendant) in node.descendants().inspect(crate::effort::step).enumerate() {
        match descendant.value() {
            Node::Element(element) => has_field |= is_field(element),
            Node::Text(text) => letters += text.trim().len(),
            _ => {}
        }
        if count > NODES || letters > LETTERS {
            return false;
        }
    }
    has_field
}

fn is_field(element: &Element) -> bool {
    match element.name() {
        "textarea" => true,
        "input" => {
            matches!(
                attribute(element, "type"),
                None | Some("text" | "email" | "search" | "tel" | "password")
            )
        }
        _ => false,
    }
}

/// Whether the element holds a picture with its caption, and little else.
pub(super) fn is_figure(node: NodeRef<'_, Node>, element: &Element) -> bool {
    const NODES: usize = 80;
    if !class_has(element, &IS_FIGURE) {
        return false;
    }
    let (mut pictures, mut captions, mut letters) = (0, 0, 0);
    for (count, descendant) in node.descendants().inspect(crate::effort::step).skip(1).enumerate() {
        match descendant.value() {
            Node::Element(element) => match element.name() {
                "img" | "amp-img" => pictures += 1,
                "figure" | "li" | "table" | "article" | "h1" | "h2" | "h3" => return false,
                _ => captions += usize::from(class_has(element, &IS_CAPTION)),
            },
            Node::Text(text) => letters += text.trim().len(),
            _ => {}
        }
        if count > NODES || letters > 800 {
            return false;
        }
    }
    pictures > 0 && captions > 0
}

/// Whether the element is a first letter, or the first words' first, set large.
pub(super) fn is_drop_cap(node: NodeRef<'_, Node>, element: &Element) -> bool {
    if !class_has(element, &IS_DROP_CAP) {
        return false;
    }
    let mut letters = 0;
    for node in node.descendants().inspect(crate::effort::step).take(10) {
        if let Node::Text(text) = node.value() {
            letters += text.trim().chars().count();
        }
    }
    (1..=3).contains(&letters)
}

/// Whether the element is a column of line numbers: grids of pages have gutters too.
pub(super) fn is_line_number(node: NodeRef<'_, Node>, element: &Element) -> bool {
    let class = attribute(element, "class").unwrap_or_default();
    let is_number = |c: char| c.is_numeric() || c.is_whitespace();
    class.split_ascii_whitespace().any(|word| LINE_NUMBERS.contains(&word))
        && node
            .descendants()
            .inspect(crate::effort::step)
            .filter_map(|node| node.value().as_text())
            .all(|text| text.chars().all(is_number))
}

/// Whether a listing stands beside the button, which copies it.
pub(super) fn is_beside_listing(button: NodeRef<'_, Node>) -> bool {
    const FAR: usize = 6;
    let beside = button
        .next_siblings()
        .inspect(crate::effort::step)
        .take(FAR)
        .chain(button.prev_siblings().inspect(crate::effort::step).take(FAR));
    beside.into_iter().any(|node| node.value().as_element().is_some_and(|element| element.name() == "pre"))
}

/// The kept text of a listing, `<br>` and block ends as new lines.
pub(super) fn listing(pre: NodeRef<'_, Node>, kept: &dyn Fn(NodeId) -> bool) -> String {
    let mut text = String::new();
    let mut ignored = 0_usize;
    let mut begun = Vec::new();
    for edge in pre.traverse().inspect(crate::effort::step) {
        match edge {
            Edge::Open(node) => match node.value() {
                Node::Text(run) if ignored == 0 && (run.trim().is_empty() || kept(node.id())) => {
                    text.push_str(run);
                }
                Node::Element(element) if element.name() == "br" => text.push('\n'),
                Node::Element(element) => {
                    ignored += usize::from(is_no_code(node, element));
                    if is_line_before_another(node, element) {
                        begun.push(text.len());
                    }
                }
                _ => {}
            },
            Edge::Close(node) => {
                if let Some(element) = node.value().as_element() {
                    ignored -= usize::from(element.name() != "br" && is_no_code(node, element));
                    let is_line = matches!(element.name(), "div" | "p" | "li" | "tr");
                    let begun = is_line_before_another(node, element).then(|| begun.pop()).flatten();
                    let is_unended = |begun: usize| !text[begun..].ends_with('\n');
                    if is_line && !text.ends_with('\n') || begun.is_some_and(is_unended) {
                        text.push('\n');
                    }
                }
            }
        }
    }
    text
}

/// Whether an element is a line of a listing, right behind which the next one begins: not even a line feed is between.
fn is_line_before_another(node: NodeRef<'_, Node>, element: &Element) -> bool {
    const LINES: &[&str] = &["line", "code-line", "token-line", "view-line"];
    let is_line = |element: &Element| {
        let class = element.attr("class").unwrap_or_default();
        matches!(element.name(), "span" | "code")
            && class.split_ascii_whitespace().any(|word| LINES.contains(&word))
    };
    is_line(element) && node.next_sibling().and_then(|next| next.value().as_element()).is_some_and(is_line)
}

fn is_no_code(node: NodeRef<'_, Node>, element: &Element) -> bool {
    matches!(element.name(), "button" | "script" | "style" | "svg") || is_line_number(node, element)
}

/// Whether the element beside a `noscript` already shows its picture.
pub(super) fn has_picture_beside(noscript: NodeRef<'_, Node>, links: &Links) -> bool {
    let before = noscript.prev_siblings().inspect(crate::effort::step).find(|node| node.value().is_element());
    let after = noscript.next_siblings().inspect(crate::effort::step).find(|node| node.value().is_element());
    before.into_iter().chain(after).any(|beside| {
        let elements = beside
            .descendants()
            .inspect(crate::effort::step)
            .take(20)
            .filter_map(|node| node.value().as_element());
        let sources: Vec<&Element> = elements.clone().filter(|element| element.name() == "source").collect();
        elements
            .into_iter()
            .any(|element| element.name() == "img" && images::picture(element, &sources, links).is_some())
    })
}

/// Whether the node is a part of ruby text.
pub(super) fn is_within_ruby(node: NodeRef<'_, Node>) -> bool {
    node.parent()
        .and_then(|parent| parent.value().as_element())
        .is_some_and(|parent| matches!(parent.name(), "ruby" | "rtc"))
}

/// Whether white space stands before a part of a ruby text, or after its last one.
pub(super) fn is_beside_reading(space: NodeRef<'_, Node>) -> bool {
    let is_part = |node: NodeRef<'_, Node>| {
        node.value().as_element().is_some_and(|part| matches!(part.name(), "rt" | "rp" | "rb" | "rtc"))
    };
    is_within_ruby(space) && space.next_sibling().or(space.prev_sibling()).is_some_and(is_part)
}

/// What an element holds that shows nothing but the space that it takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Blank {
    /// White space.
    Space,
    /// A line break.
    Break,
}

/// What an element is that holds white space and line breaks alone, if it holds any.
pub(super) fn blank(node: NodeRef<'_, Node>) -> Option<Blank> {
    const FEW: usize = 4;
    let mut blank = None;
    for (count, within) in node.descendants().inspect(crate::effort::step).skip(1).enumerate() {
        match within.value() {
            Node::Text(text) if text.trim().is_empty() => blank = blank.or(Some(Blank::Space)),
            Node::Element(element) if element.name() == "br" => blank = Some(Blank::Break),
            _ => return None,
        }
        if count == FEW {
            return None;
        }
    }
    blank
}
