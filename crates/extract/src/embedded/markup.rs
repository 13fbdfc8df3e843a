//! Writes a value that is a text as HTML: HTML itself, plain text, and the trees of blocks in which editors keep it.
//!
//! The systems differ in names and not in kind: a block has a kind, and a text, or parts that are blocks or texts. What
//! stands for advertising, players, related articles and the like is left out.

mod kinds;
mod lists;
mod parts;

use self::kinds::{Kind, kind_of};
pub(super) use self::kinds::{is_block, kind_name};
use self::parts::{escape, unescaped};
use super::graph::{At, Graph, Node};
use crate::render::escaped;

/// How deep blocks may lie in blocks.
const MOST_DEPTH: usize = 40;
/// The most values that are written of a text, and bytes of it.
const MOST_STEPS: usize = 50_000;
const MOST_BYTES: usize = 2 << 20;
/// A text of a block of unknown kind that has fewer letters is a label.
const LABEL: usize = 25;

/// Fields that hold a block's text or its parts, the surest first.
const INNER: &[&str] = &[
    "html",
    "innerHTML",
    "contentHtml",
    "bodyHtml",
    "children",
    "content",
    "text",
    "value",
    "rendered",
    "paragraphs",
    "blocks",
    "nodes",
    "items",
    "elements",
    "content_elements",
    "list_items",
    "innerBlocks",
    "body",
    "root",
    "document",
    "json",
    "raw",
    "processed",
    "data",
    "attributes",
    "attrs",
    "fields",
    "props",
    "markdown",
];
const BLOCK_TAGS: &[&str] = &[
    "<p",
    "<div",
    "<h2",
    "<h3",
    "<h4",
    "<ul",
    "<ol",
    "<blockquote",
    "<figure",
    "<br",
    "<table",
    "<section",
    "<pre",
    "<li",
];
/// What is written, and what it cost.
pub(super) struct Writer<'a> {
    graph: &'a Graph,
    html: String,
    steps: usize,
}

/// The value at `at` as HTML, empty if it is no text.
pub(super) fn html(graph: &Graph, at: At) -> String {
    let mut writer = Writer { graph, html: String::new(), steps: 0 };
    writer.value(at, Place::Flow, 0);
    writer.html
}

/// Where a value stands: among blocks, or in a line of one.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    Flow,
    Line,
}

impl Writer<'_> {
    fn value(&mut self, at: At, place: Place, depth: usize) {
        self.steps += 1;
        if depth > MOST_DEPTH
            || self.steps > MOST_STEPS
            || self.html.len() > MOST_BYTES
            || !self.graph.affords(at)
        {
            return;
        }
        let graph = self.graph;
        match graph.node(at) {
            Node::Text(text) => self.text(text, place),
            Node::List(items) if is_element(graph, items) => self.element(items, place, depth),
            Node::List(items) => self.list(items, place, depth),
            Node::Object(_) => self.block(at, place, depth),
            _ => {}
        }
    }

    fn text(&mut self, text: &str, place: Place) {
        let is_markup =
            text.contains("</") || text.contains("<br") || BLOCK_TAGS.iter().any(|tag| text.contains(tag));
        match place {
            Place::Line if is_markup => self.html += text,
            Place::Line => escape(text, &mut self.html),
            Place::Flow if BLOCK_TAGS.iter().any(|tag| text.contains(tag)) => self.html += text,
            Place::Flow if text.contains("&lt;p") || text.contains("&lt;div") => {
                self.html += &unescaped(text);
            }
            Place::Flow => {
                let between = if text.contains("\n\n") { "\n\n" } else { "\n" };
                for paragraph in text.split(between).map(str::trim).filter(|part| !part.is_empty()) {
                    self.html += "<p>";
                    self.text(paragraph, Place::Line);
                    self.html += "</p>\n";
                }
            }
        }
    }

    /// An element of React: `["$", "p", null, {"children": …}]`.
    fn element(&mut self, items: &[At], place: Place, depth: usize) {
        let graph = self.graph;
        let tag = graph.text(items[1]).filter(|tag| tag.bytes().all(|byte| byte.is_ascii_alphanumeric()));
        let properties = items[3];
        if tag.is_some_and(|tag| matches!(tag, "script" | "style" | "noscript" | "head" | "nav" | "footer")) {
            return;
        }
        let link = graph.text_in(properties, "href").map(|href| format!(" href=\"{}\"", escaped(href)));
        let source = graph.text_in(properties, "src").map(|src| format!(" src=\"{}\"", escaped(src)));
        let within = if tag.is_some_and(is_line) { Place::Line } else { place };
        if let Some(tag) = tag {
            self.html += &format!("<{tag}{}{}>", link.unwrap_or_default(), source.unwrap_or_default());
        }
        if let Some(at) = graph.field(properties, "children") {
            self.value(at, within, depth + 1);
        }
        let raw =
            graph.field(properties, "dangerouslySetInnerHTML").and_then(|at| graph.text_in(at, "__html"));
        self.html += raw.unwrap_or_default();
        if let Some(tag) = tag.filter(|tag| !matches!(*tag, "br" | "hr" | "img")) {
            self.html += &format!("</{tag}>");
        }
    }

    fn block(&mut self, at: At, place: Place, depth: usize) {
        let kind = kind_name(self.graph, at);
        let depth = depth + 1;
        match kind.map_or(Kind::Unknown, |kind| kind_of(self.graph, at, &kind)) {
            Kind::LeftOut => {}
            Kind::Break => self.html += "<br>",
            Kind::Rule => self.html += "<hr>",
            Kind::Heading(level) => self.line(at, &format!("h{level}"), depth),
            Kind::Paragraph if place == Place::Flow => self.paragraph(at, depth),
            Kind::Item => self.item(at, depth),
            Kind::List { is_ordered } => self.items(at, if is_ordered { "ol" } else { "ul" }, depth),
            Kind::Quote => {
                self.html += "<blockquote>";
                self.inner(at, Place::Flow, depth);
                self.html += "</blockquote>\n";
            }
            Kind::Code => self.line(at, "pre", depth),
            Kind::Picture => self.picture(at),
            Kind::Link => self.link(at, depth),
            Kind::Leaf if place == Place::Line => self.leaf(at, depth),
            Kind::Table => self.table(at, depth),
            Kind::Leaf | Kind::Paragraph => self.inner(at, place, depth),
            Kind::Unknown => self.unknown(at, place, depth),
        }
    }

    /// Writes what a block holds.
    fn inner(&mut self, at: At, place: Place, depth: usize) {
        let graph = self.graph;
        let held = |key: &&&str| {
            graph.field(at, key).is_some_and(|at| match graph.node(at) {
                Node::Text(text) => !text.trim().is_empty(),
                Node::List(items) => !items.is_empty(),
                Node::Object(fields) => !fields.is_empty(),
                _ => false,
            })
        };
        let Some(key) = INNER.iter().find(held) else { return };
        if let Some(inner) = graph.field(at, key) {
            self.value(inner, place, depth);
        }
        // WordPress keeps the blocks that are in a block beside its text.
        if let Some(inner) = graph.field(at, "innerBlocks").filter(|_| matches!(*key, "attributes" | "attrs"))
        {
            self.value(inner, place, depth);
        }
    }

    fn line(&mut self, at: At, tag: &str, depth: usize) {
        self.html += &format!("<{tag}>");
        self.inner(at, Place::Line, depth);
        self.html += &format!("</{tag}>\n");
    }

    /// A paragraph, unless its text has blocks of its own.
    fn paragraph(&mut self, at: At, depth: usize) {
        let start = self.html.len();
        self.inner(at, Place::Line, depth);
        let text = self.html.split_off(start);
        if text.trim().is_empty() {
            return;
        }
        if BLOCK_TAGS.iter().any(|tag| *tag != "<br" && text.contains(tag)) {
            self.html += &text;
        } else {
            self.html += &format!("<p>{text}</p>\n");
        }
    }

    /// A block that does not say what it is: what it holds, if that is more than a label.
    fn unknown(&mut self, at: At, place: Place, depth: usize) {
        let graph = self.graph;
        let parts = graph.field(at, "children").map(|at| graph.items(at)).unwrap_or_default();
        let is_leaf = |at: &At| graph.text_in(*at, "text").is_some() && !is_block(graph, *at);
        if place == Place::Line {
            return self.leaf(at, depth);
        }
        if parts.iter().any(is_leaf) {
            return self.paragraph(at, depth);
        }
        let start = self.html.len();
        self.inner(at, place, depth);
        let letters = self.html[start..].chars().filter(|c| c.is_alphabetic()).count();
        if letters < LABEL && !self.html[start..].contains("<img") {
            self.html.truncate(start);
        } else if let Some(heading) =
            ["heading", "title", "headline"].iter().find_map(|key| graph.text_in(at, key))
        {
            let mut section = String::new();
            escape(heading, &mut section);
            self.html.insert_str(start, &format!("<h2>{section}</h2>\n"));
        }
    }
}

/// Whether a list is an element of React.
fn is_element(graph: &Graph, items: &[At]) -> bool {
    items.len() == 4 && graph.text(items[0]) == Some("$") && graph.text(items[1]).is_some()
}

fn is_line(tag: &str) -> bool {
    matches!(
        tag,
        "p" | "a"
            | "b"
            | "i"
            | "em"
            | "strong"
            | "span"
            | "li"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "figcaption"
            | "td"
            | "th"
    )
}
