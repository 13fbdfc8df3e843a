//! Figures and captions that are not marked up as such, drop caps, and the lines of a listing.

use ego_tree::{NodeId, NodeRef, iter::Edge};
use scraper::{Node, node::Element};

use super::builder::Builder;
use super::images;
use super::links::Links;

/// Parts of class names of a picture's caption or credit.
const CAPTIONS: &[&str] =
    &["caption", "credit", "copyright", "cutline", "photographer", "legende", "bildunterschrift"];
/// Parts of class names of what holds a picture and its caption.
const FIGURES: &[&str] = &["caption", "image", "img", "photo", "picture", "figure", "media", "bild", "foto"];
/// Parts of class names of a first letter that is set large.
const DROP_CAPS: &[&str] =
    &["dropcap", "drop-cap", "drop_cap", "firstletter", "first-letter", "lettrine", "first-character"];
/// Class words of the column of line numbers beside a listing.
const LINE_NUMBERS: &[&str] =
    &["gutter", "lineno", "linenos", "lnt", "line-number", "line-numbers-rows", "blob-num", "linenumbers"];

/// Whether a part of the element's class is one of `parts`, in any case.
fn class_has(element: &Element, parts: &[&str]) -> bool {
    let Some(class) = element.attr("class") else { return false };
    let has = |class: &str| parts.iter().any(|part| class.contains(part));
    has(class) || (class.bytes().any(|byte| byte.is_ascii_uppercase()) && has(&class.to_ascii_lowercase()))
}

/// Whether the element is the caption or credit of the figure that is open.
pub(super) fn is_caption(element: &Element, builder: &Builder) -> bool {
    builder.container() == "figure" && is_caption_like(element)
}

/// Whether the element is a caption or credit by its name or class.
pub(super) fn is_caption_like(element: &Element) -> bool {
    element.name() == "figcaption" || class_has(element, CAPTIONS)
}

/// Whether the element is a prompt to fill in: a field to type in, and few words.
pub(super) fn is_prompt(node: NodeRef<'_, Node>) -> bool {
    const NODES: usize = 80;
    const LETTERS: usize = 400;
    let (mut has_field, mut letters) = (false, 0);
    for (count, descendant) in node.descendants().enumerate() {
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
            matches!(element.attr("type"), None | Some("text" | "email" | "search" | "tel" | "password"))
        }
        _ => false,
    }
}

/// Whether the element holds a picture with its caption, and little else.
pub(super) fn is_figure(node: NodeRef<'_, Node>, element: &Element) -> bool {
    const NODES: usize = 80;
    if !class_has(element, FIGURES) {
        return false;
    }
    let (mut pictures, mut captions, mut letters) = (0, 0, 0);
    for (count, descendant) in node.descendants().skip(1).enumerate() {
        match descendant.value() {
            Node::Element(element) => match element.name() {
                "img" | "amp-img" => pictures += 1,
                "figure" | "li" | "table" | "article" | "h1" | "h2" | "h3" => return false,
                _ => captions += usize::from(class_has(element, CAPTIONS)),
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
    if !class_has(element, DROP_CAPS) {
        return false;
    }
    let mut letters = 0;
    for node in node.descendants().take(10) {
        if let Node::Text(text) = node.value() {
            letters += text.trim().chars().count();
        }
    }
    (1..=3).contains(&letters)
}

/// Whether the element is a column of line numbers.
pub(super) fn is_line_number(element: &Element) -> bool {
    let class = element.attr("class").unwrap_or_default();
    class.split_ascii_whitespace().any(|word| LINE_NUMBERS.contains(&word))
}

/// Whether a listing stands beside the button, which copies it.
pub(super) fn is_beside_listing(button: NodeRef<'_, Node>) -> bool {
    const FAR: usize = 6;
    let beside = button.next_siblings().take(FAR).chain(button.prev_siblings().take(FAR));
    beside.into_iter().any(|node| node.value().as_element().is_some_and(|element| element.name() == "pre"))
}

/// The kept text of a listing, `<br>` and block ends as new lines.
pub(super) fn listing(pre: NodeRef<'_, Node>, kept: &dyn Fn(NodeId) -> bool) -> String {
    let mut text = String::new();
    let mut ignored = 0_usize;
    for edge in pre.traverse() {
        match edge {
            Edge::Open(node) => match node.value() {
                Node::Text(run) if ignored == 0 && (run.trim().is_empty() || kept(node.id())) => {
                    text.push_str(run);
                }
                Node::Element(element) if element.name() == "br" => text.push('\n'),
                Node::Element(element) => ignored += usize::from(is_no_code(element)),
                _ => {}
            },
            Edge::Close(node) => {
                if let Some(element) = node.value().as_element() {
                    ignored -= usize::from(element.name() != "br" && is_no_code(element));
                    let is_line = matches!(element.name(), "div" | "p" | "li" | "tr");
                    if is_line && !text.ends_with('\n') {
                        text.push('\n');
                    }
                }
            }
        }
    }
    text
}

fn is_no_code(element: &Element) -> bool {
    matches!(element.name(), "button" | "script" | "style" | "svg") || is_line_number(element)
}

/// Whether the element beside a `noscript` already shows its picture.
pub(super) fn has_picture_beside(noscript: NodeRef<'_, Node>, links: &Links) -> bool {
    let before = noscript.prev_siblings().find(|node| node.value().is_element());
    let after = noscript.next_siblings().find(|node| node.value().is_element());
    before.into_iter().chain(after).any(|beside| {
        let elements = beside.descendants().take(20).filter_map(|node| node.value().as_element());
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

/// Whether white space stands between the parts of a ruby text.
pub(super) fn is_beside_reading(space: NodeRef<'_, Node>) -> bool {
    is_within_ruby(space)
        && space.prev_sibling().into_iter().chain(space.next_sibling()).any(|beside| {
            beside.value().as_element().is_some_and(|part| matches!(part.name(), "rt" | "rp" | "rb" | "rtc"))
        })
}

/// Whether all that an element holds is white space.
pub(super) fn is_space(node: NodeRef<'_, Node>) -> bool {
    let mut within = node.descendants().skip(1).take(4);
    within.next().is_some_and(|first| {
        std::iter::once(first).chain(within).all(|node| match node.value() {
            Node::Text(text) => text.trim().is_empty(),
            _ => false,
        })
    })
}
