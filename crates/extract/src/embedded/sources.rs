//! Where a page keeps data: its scripts, and attributes that hold JSON.

use ego_tree::NodeRef;
use html5ever::local_name;
use scraper::node::Element;
use scraper::{Html, Node as DomNode};

use super::graph::{At, Graph, Node};
use super::literal::{self, Unread};
use super::{assigned, flat, flight};

/// Bytes of data that are read of a page.
const MOST_BYTES: usize = 4 << 20;
/// Shorter scripts and attributes hold no article.
const LEAST: usize = 200;
/// How often JSON may stand in a string of JSON.
const MOST_NESTED: usize = 3;

/// A value, and how the place where it stands is called.
pub(super) struct Source {
    /// `script#__NEXT_DATA__`, `script window.__INITIAL_STATE__`, `div#data[data-preloaded]`.
    pub(super) label: String,
    pub(super) root: At,
}

/// The data of a page.
#[derive(Default)]
pub(super) struct Sources {
    pub(super) graph: Graph,
    pub(super) found: Vec<Source>,
    /// How many scripts and attributes were too large to be read.
    pub(super) too_large: usize,
    bytes: usize,
}

/// Reads the data of `document` that `is_told` takes for that of the page.
pub(super) fn read(document: &Html, is_told: &dyn Fn(&str) -> bool) -> Sources {
    let mut sources = Sources::default();
    let mut stream = String::new();
    for node in document.tree.nodes() {
        let DomNode::Element(element) = node.value() else { continue };
        if element.name.local == local_name!("script") {
            let Some(text) = node.first_child().and_then(|child| child.value().as_text()) else { continue };
            if text.contains(flight::PUSH) && stream.len() + text.len() <= MOST_BYTES {
                flight::pushed(text, &mut stream);
            } else if text.len() >= LEAST && is_told(text) {
                sources.script(node, element, text);
            }
        } else {
            for (name, value) in &element.attrs {
                if value.len() >= LEAST && value.trim_start().starts_with(['{', '[']) && is_told(value) {
                    let label = format!("{}[{}]", tag(element), &*name.local);
                    sources.json(&label, value);
                }
            }
        }
    }
    if is_told(&stream) {
        sources.stream(&stream);
    }
    sources.open_texts();
    sources.open_references();
    sources
}

/// A name for an element: with its id, if it has one.
fn tag(element: &Element) -> String {
    match element.id() {
        Some(id) => format!("{}#{id}", element.name()),
        None => element.name().to_owned(),
    }
}

impl Sources {
    /// Whether so many bytes more may be read.
    fn affords(&mut self, bytes: usize) -> bool {
        let affords = self.bytes + bytes <= MOST_BYTES;
        if affords {
            self.bytes += bytes;
        } else {
            self.too_large += 1;
        }
        affords
    }

    fn script(&mut self, node: NodeRef<'_, DomNode>, element: &Element, text: &str) {
        if !self.affords(text.len()) {
            return;
        }
        let mut found = Vec::new();
        if assigned::read(text, &mut self.graph, &mut found) == Err(Unread::TooLarge) {
            self.too_large += 1;
        }
        let kind = element.attr("type").filter(|kind| element.id().is_none() && kind.contains("json"));
        for (name, root) in found {
            let root = flat::raise(&mut self.graph, root).unwrap_or(root);
            let label = match (name.is_empty(), kind) {
                (true, Some(kind)) => format!("{}[type=\"{kind}\"]{}", tag(element), nth(node, kind)),
                (true, None) => tag(element),
                (false, _) => format!("{} {name}", tag(element)),
            };
            self.found.push(Source { label, root });
        }
    }

    fn json(&mut self, label: &str, text: &str) {
        if !self.affords(text.len()) {
            return;
        }
        match literal::read(text, 0, &mut self.graph) {
            Ok(read) => self.found.push(Source { label: label.to_owned(), root: read.root }),
            Err(Unread::TooLarge) => self.too_large += 1,
            Err(Unread::Broken) => {}
        }
    }

    fn stream(&mut self, stream: &str) {
        if !self.affords(stream.len()) {
            return;
        }
        match flight::read(stream, &mut self.graph) {
            Ok(rows) => {
                let named = |(id, root)| Source { label: format!("script self.__next_f {id}"), root };
                self.found.extend(rows.into_iter().map(named));
            }
            Err(_) => self.too_large += 1,
        }
    }

    /// Reads the texts that are JSON themselves.
    fn open_texts(&mut self) {
        let mut from = 0;
        for _ in 0..MOST_NESTED {
            let until = self.graph.len();
            for at in from..until {
                let Ok(at) = At::try_from(at) else { return };
                let Some(Node::Text(text)) = self.graph.raw_mut(at) else { continue };
                if !is_json(text) || self.bytes + text.len() > 2 * MOST_BYTES {
                    continue;
                }
                let text = std::mem::take(text);
                self.bytes += text.len();
                let read = literal::read(&text, text.len() - text.trim_start().len(), &mut self.graph);
                let read = read.ok().filter(|read| text[read.end..].trim().is_empty());
                if let Some(node) = self.graph.raw_mut(at) {
                    *node = read.map_or(Node::Text(text), |read| Node::Alias(read.root));
                }
            }
            from = until;
        }
    }

    /// Puts objects where Apollo's cache only names them: `{"__ref": "Article:1"}`.
    fn open_references(&mut self) {
        let places = 0..At::try_from(self.graph.len()).unwrap_or_default();
        let named = |at: At| {
            let fields = self.graph.fields(at);
            let kept =
                fields.iter().filter(|(key, at)| key.contains(':') && !self.graph.fields(*at).is_empty());
            kept.map(|(key, at)| (key.clone(), *at)).collect::<Vec<_>>()
        };
        let known: rustc_hash::FxHashMap<String, At> = places.clone().flat_map(named).collect();
        if known.is_empty() {
            return;
        }
        for at in places {
            let fields = self.graph.fields(at);
            let key = match fields.first() {
                Some((key, _)) if key == "__ref" && fields.len() == 1 => key,
                _ => continue,
            };
            let Some(object) = self.graph.text_in(at, key).and_then(|name| known.get(name).copied()) else {
                continue;
            };
            if object != at
                && let Some(node) = self.graph.raw_mut(at)
            {
                *node = Node::Alias(object);
            }
        }
    }
}

/// Which of the scripts of its type it is, from the second on.
fn nth(node: NodeRef<'_, DomNode>, kind: &str) -> String {
    let alike = |node: &NodeRef<'_, DomNode>| {
        node.value()
            .as_element()
            .is_some_and(|element| element.name() == "script" && element.attr("type") == Some(kind))
    };
    match node.prev_siblings().inspect(crate::effort::step).filter(alike).count() {
        0 => String::new(),
        before => format!(":nth({})", before + 1),
    }
}

/// Whether a text looks like JSON.
fn is_json(text: &str) -> bool {
    let text = text.trim();
    let opens = |open: char, close: char| text.starts_with(open) && text.ends_with(close);
    text.len() >= LEAST / 4
        && (opens('{', '}') || opens('[', ']'))
        && text[1..].trim_start().starts_with(['"', '{', '['])
}
