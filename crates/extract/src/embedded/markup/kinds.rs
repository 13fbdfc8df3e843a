//! What kind of block a value is, by the names that editors give their blocks.

use crate::embedded::graph::{At, Graph};

/// Fields that tell the kind of a block.
const KINDS: &[&str] = &[
    "_type",
    "type",
    "nodeType",
    "blockName",
    "kind",
    "blockType",
    "block_type",
    "tagName",
    "tag",
    "component",
    "__typename",
];
const LEFT_OUT: &[&str] = &[
    "ad",
    "ads",
    "advert",
    "advertisement",
    "adslot",
    "ad-slot",
    "promo",
    "promotion",
    "newsletter",
    "related",
    "readmore",
    "interstitial_link",
    "embed",
    "custom_embed",
    "iframe",
    "script",
    "video",
    "audio",
    "player",
    "poll",
    "widget",
    "gallery",
    "slideshow",
    "comments",
    "sponsor",
    "button",
    "form",
    "paywall",
    "recirculation",
    "oembed",
    "oembed_response",
    "raw_script",
    "style",
    "noscript",
    "correction-request",
    "share",
    "subscribe",
    "signup",
    "recommendations",
];

/// What a block is.
pub(super) enum Kind {
    LeftOut,
    Break,
    Rule,
    Heading(u8),
    Item,
    List { is_ordered: bool },
    Quote,
    Code,
    Picture,
    Link,
    Leaf,
    Paragraph,
    Table,
    Unknown,
}

/// Whether a value is a block among blocks, and not a run of text.
pub(in crate::embedded) fn is_block(graph: &Graph, at: At) -> bool {
    let Some(kind) = kind_name(graph, at) else { return false };
    !matches!(kind_of(graph, at, &kind), Kind::Leaf | Kind::Link | Kind::Break)
}

/// What a block calls its kind, in lower case and without what the system puts before it.
pub(in crate::embedded) fn kind_name(graph: &Graph, at: At) -> Option<String> {
    let named = KINDS
        .iter()
        .find_map(|key| graph.text_in(at, key))
        .or_else(|| graph.field(at, "attributes").and_then(|_| graph.text_in(at, "name")))?;
    let name = named.rsplit(['/', ':', '.']).next().unwrap_or(named);
    Some(name.to_lowercase())
}

pub(super) fn kind_of(graph: &Graph, at: At, name: &str) -> Kind {
    let has = |part: &str| name.contains(part);
    if graph.text_in(at, "listItem").is_some() {
        return Kind::Item;
    }
    match name {
        _ if LEFT_OUT.contains(&name) => Kind::LeftOut,
        "br" | "hardbreak" | "hard_break" | "linebreak" | "break" => Kind::Break,
        "hr" | "divider" | "delimiter" | "horizontalrule" | "thematicbreak" | "separator" => Kind::Rule,
        "text" | "span" | "leaf" | "textnode" => Kind::Leaf,
        "li" => Kind::Item,
        "a" | "link" | "hyperlink" | "autolink" => Kind::Link,
        "pre" | "code" | "codeblock" | "code_block" | "code-block" => Kind::Code,
        "table" => Kind::Table,
        _ if has("listitem") || has("list-item") || has("list_item") => Kind::Item,
        _ if has("list") || name == "ul" || name == "ol" => {
            Kind::List { is_ordered: is_ordered(graph, at, name) }
        }
        _ if has("heading") || has("header") || has("subtitle") || has("subhead") || is_heading_tag(name) => {
            Kind::Heading(level(graph, at, name))
        }
        _ if has("quote") => Kind::Quote,
        _ if has("image") || has("picture") || has("figure") || has("photo") => Kind::Picture,
        "block" => match graph.text_in(at, "style") {
            Some(style) if is_heading_tag(style) => Kind::Heading(level(graph, at, style)),
            Some("blockquote") => Kind::Quote,
            _ => Kind::Paragraph,
        },
        "p" | "unstyled" => Kind::Paragraph,
        _ if has("paragraph") => Kind::Paragraph,
        _ => Kind::Unknown,
    }
}

fn is_heading_tag(name: &str) -> bool {
    matches!(name.as_bytes(), [b'h', b'1'..=b'6'])
}

fn is_ordered(graph: &Graph, at: At, name: &str) -> bool {
    let says = |at: At| {
        let mut texts = ["style", "listType", "list_type", "ordered", "tag"]
            .iter()
            .filter_map(|key| graph.word(graph.field(at, key)?));
        texts.any(|text| matches!(text, "ordered" | "number" | "true" | "ol"))
    };
    let inner = ["data", "attrs", "attributes"].iter().filter_map(|key| graph.field(at, key));
    let named =
        name == "ol" || name.contains("ordered") && !name.contains("unordered") || name.contains("number");
    named || says(at) || inner.into_iter().any(says)
}

/// The level of a heading beneath the title.
fn level(graph: &Graph, at: At, name: &str) -> u8 {
    let told = |at: At| ["level", "depth", "tag"].iter().find_map(|key| graph.word(graph.field(at, key)?));
    let inner = ["data", "attrs", "attributes"].iter().filter_map(|key| graph.field(at, key));
    let told = told(at).or_else(|| inner.into_iter().find_map(told)).unwrap_or(name);
    let words = [("one", 1), ("two", 2), ("three", 3), ("four", 4), ("five", 5), ("six", 6)];
    let digit = told.bytes().rev().find(u8::is_ascii_digit).map(|digit| digit - b'0');
    let level =
        digit.or_else(|| words.iter().find(|(word, _)| told.ends_with(word)).map(|(_, level)| *level));
    level.unwrap_or(2).clamp(2, 6)
}
