//! Mark-up that is known by its class: tools beside headings, lines of verse, titles of boxes, labels for ears alone.

use ego_tree::NodeRef;
use scraper::{Node, node::Element};

use crate::dom::attribute;

/// Class words of links that lead to the heading in which they stand, or to where it is edited.
const TOOLS: &[&str] = &[
    "headerlink",
    "header-anchor",
    "heading-anchor",
    "hash-link",
    "doc-anchor",
    "anchorjs-link",
    "anchor-link",
    "anchorlink",
    "mw-editsection",
    "viewcode-link",
    "section-link",
    "permalink-heading",
];
/// What such links say that have no class.
const SIGNS: &[&str] = &["", "¶", "§", "#", "🔗", "⚓", "∞", "¤"];
/// Parts of class names of what holds verse.
const VERSE: &[&str] = &["poem", "verse", "stanza", "lyrics", "poetry", "strophe"];
/// Longer lines are no verse; in bytes.
const VERSE_LINE: usize = 300;
/// Class words of the title of a box.
const BOX_TITLES: &[&str] = &[
    "admonition-title",
    "callout-title",
    "alert-heading",
    "markdown-alert-title",
    "custom-block-title",
    "starlight-aside__title",
];
/// Class words of what is read out and not shown.
const UNSHOWN: &[&str] = &[
    "visually-hidden",
    "visuallyhidden",
    "sr-only",
    "screen-reader-text",
    "screen-reader",
    "screenreader",
    "a11y-hidden",
];

fn words(element: &Element) -> impl Iterator<Item = &str> {
    attribute(element, "class").unwrap_or_default().split_ascii_whitespace()
}

/// Whether the element is a tool of a heading: it says nothing of what stands there.
pub(super) fn is_tool(node: NodeRef<'_, Node>, element: &Element) -> bool {
    if !matches!(element.name(), "a" | "span" | "button" | "div") {
        return false;
    }
    if words(element).any(|word| TOOLS.contains(&word)) {
        return true;
    }
    let is_local =
        element.name() == "a" && attribute(element, "href").is_some_and(|href| href.starts_with('#'));
    is_local && SIGNS.contains(&said(node).as_str())
}

/// What a link of a few letters says, what cannot be seen left out.
fn said(node: NodeRef<'_, Node>) -> String {
    let texts =
        node.descendants().inspect(crate::effort::step).take(12).filter_map(|node| node.value().as_text());
    let letters = texts.flat_map(|text| text.chars());
    letters
        .filter(|c| !c.is_whitespace() && !matches!(c, '\u{200b}'..='\u{200d}' | '\u{feff}'))
        .take(3)
        .collect()
}

/// Whether the element is a line of verse: within what holds verse, and nothing but inline text.
pub(super) fn is_verse_line(node: NodeRef<'_, Node>, element: &Element) -> bool {
    let holder = node.parent().and_then(|parent| parent.value().as_element());
    if !holder.is_some_and(holds_verse) || holds_verse(element) {
        return false;
    }
    let mut letters = 0;
    for within in node.descendants().inspect(crate::effort::step).skip(1) {
        match within.value() {
            Node::Element(element) if is_block(element.name()) => return false,
            Node::Text(text) => letters += text.trim().len(),
            _ => {}
        }
        if letters > VERSE_LINE {
            return false;
        }
    }
    true
}

fn holds_verse(element: &Element) -> bool {
    attribute(element, "class").is_some_and(|class| {
        let class = class.to_ascii_lowercase();
        VERSE.iter().any(|part| class.contains(part))
    })
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "div"
            | "p"
            | "ul"
            | "ol"
            | "li"
            | "table"
            | "blockquote"
            | "pre"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "figure"
            | "img"
    )
}

/// Whether the element is the title of a box.
pub(super) fn is_box_title(element: &Element) -> bool {
    words(element).any(|word| BOX_TITLES.contains(&word) || word.starts_with("admonitionHeading"))
}

/// Whether the element is a label for ears alone, in a heading, a caption or a link beside them: no text says so.
pub(super) fn is_label_unshown(node: NodeRef<'_, Node>, element: &Element) -> bool {
    let holds_label =
        |around: &Element| matches!(around.name(), "figcaption" | "a" | "h2" | "h3" | "h4" | "h5" | "h6");
    is_unshown(element)
        && node
            .ancestors()
            .inspect(crate::effort::step)
            .take(2)
            .filter_map(|node| node.value().as_element())
            .any(holds_label)
}

/// Whether the element is read out and not shown.
pub(super) fn is_unshown(element: &Element) -> bool {
    words(element).any(|word| UNSHOWN.contains(&word))
}
