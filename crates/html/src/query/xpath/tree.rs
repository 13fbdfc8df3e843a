//! A page's tree as XPath sees it: no doctype, attributes as nodes, names without namespaces and in any case, as
//! everybody writes them for HTML.

use std::cell::Cell;
use std::cmp::Ordering;
use std::panic;

use ego_tree::iter::Edge;
use ego_tree::{NodeId, NodeRef};
use scraper::{Html, Node};
use xpath_eval::{ExpandedName, NodeKind};

use crate::effort::Exhausted;
use crate::query::Match;

/// Bytes of text that are read for one step.
const BYTES_A_STEP: u64 = 32;
/// Texts that are compared for one step.
const COMPARED_A_STEP: u64 = 8;

/// A page's nodes in document order, doctypes left out.
pub(in crate::query) struct Tree<'a> {
    nodes: Vec<Entry<'a>>,
    fuel: Cell<u64>,
    /// Texts that were made for the expression under way.
    texts: Cell<u64>,
}

struct Entry<'a> {
    id: NodeId,
    node: &'a Node,
    parent: u32,
    /// The place behind its last descendant.
    end: u32,
}

impl<'a> Tree<'a> {
    pub(in crate::query) fn of(document: &'a Html) -> Tree<'a> {
        let mut nodes: Vec<Entry<'a>> = Vec::new();
        let mut open: Vec<u32> = Vec::new();
        for edge in document.tree.root().traverse().inspect(crate::effort::step) {
            match edge {
                Edge::Open(node) if counts(&node) => {
                    let (place, parent) = (nodes.len() as u32, open.last().copied().unwrap_or(0));
                    nodes.push(Entry { id: node.id(), node: node.value(), parent, end: place + 1 });
                    open.push(place);
                }
                Edge::Close(node) if counts(&node) => {
                    if let Some(place) = open.pop() {
                        nodes[place as usize].end = nodes.len() as u32;
                    }
                }
                _ => {}
            }
        }
        Tree { nodes, fuel: Cell::new(0), texts: Cell::new(0) }
    }

    pub(super) fn root(&self) -> At<'_> {
        At { tree: self, node: 0, attribute: 0 }
    }

    /// Gives the next expression its steps.
    pub(super) fn refuel(&self, steps: u64) {
        self.fuel.set(steps);
        self.texts.set(0);
    }

    /// The steps that are left.
    pub(super) fn left(&self) -> u64 {
        self.fuel.get()
    }

    fn spend(&self, steps: u64) {
        match self.fuel.get().checked_sub(steps) {
            Some(left) => self.fuel.set(left),
            None => {
                self.fuel.set(0);
                panic::resume_unwind(Box::new(Exhausted));
            }
        }
    }
}

fn counts(node: &NodeRef<'_, Node>) -> bool {
    !node.value().is_doctype()
}

/// A node, or one of its attributes.
#[derive(Clone, Copy)]
pub(super) struct At<'t> {
    tree: &'t Tree<'t>,
    node: u32,
    /// 0 for the node itself, else the number of its attribute.
    attribute: u32,
}

impl PartialEq for At<'_> {
    fn eq(&self, other: &Self) -> bool {
        (self.node, self.attribute) == (other.node, other.attribute)
    }
}

impl Eq for At<'_> {}

impl<'t> At<'t> {
    fn entry(self) -> &'t Entry<'t> {
        &self.tree.nodes[self.node as usize]
    }

    fn at(self, node: u32) -> At<'t> {
        At { tree: self.tree, node, attribute: 0 }
    }

    /// Name and value of the attribute.
    fn pair(self) -> Option<(&'t str, &'t str)> {
        self.entry().node.as_element()?.attrs().nth(self.attribute.checked_sub(1)? as usize)
    }

    fn name(self) -> Option<&'t str> {
        if self.attribute > 0 {
            return self.pair().map(|(name, _)| name);
        }
        match self.entry().node {
            Node::Element(element) => Some(element.name()),
            Node::ProcessingInstruction(instruction) => Some(&instruction.target),
            _ => None,
        }
    }

    /// The text of a node that has no descendants.
    fn own_text(self) -> Option<&'t str> {
        if self.attribute > 0 {
            return self.pair().map(|(_, value)| value);
        }
        match self.entry().node {
            Node::Text(text) => Some(text),
            Node::Comment(comment) => Some(comment),
            Node::ProcessingInstruction(instruction) => Some(&instruction.data),
            _ => None,
        }
    }

    fn text_within(self) -> String {
        let within = &self.tree.nodes[self.node as usize..self.entry().end as usize];
        let mut text = String::new();
        for piece in within.iter().filter_map(|entry| entry.node.as_text()) {
            self.tree.spend(1 + piece.len() as u64 / BYTES_A_STEP);
            text.push_str(piece);
        }
        text
    }

    pub(super) fn as_match(self) -> Option<Match> {
        let id = self.entry().id;
        if self.attribute > 0 {
            let (name, value) = self.pair()?;
            return Some(Match::Attribute(id, name.to_owned(), value.to_owned()));
        }
        match self.entry().node {
            Node::Element(_) | Node::Text(_) => Some(Match::Node(id)),
            Node::Comment(comment) => Some(Match::Value(comment.to_string())),
            _ => None,
        }
    }
}

impl<'t> xpath_eval::Node<'t> for At<'t> {
    fn kind(self) -> NodeKind {
        if self.attribute > 0 {
            return NodeKind::Attribute;
        }
        match self.entry().node {
            Node::Element(_) => NodeKind::Element,
            Node::Text(_) => NodeKind::Text,
            Node::Comment(_) => NodeKind::Comment,
            Node::ProcessingInstruction(_) => NodeKind::ProcessingInstruction,
            Node::Document | Node::Fragment | Node::Doctype(_) => NodeKind::Root,
        }
    }

    fn parent(self) -> Option<Self> {
        self.tree.spend(1);
        if self.attribute > 0 {
            return Some(self.at(self.node));
        }
        (self.node > 0).then(|| self.at(self.entry().parent))
    }

    fn children(self) -> impl Iterator<Item = Self> + 't {
        let end = if self.attribute > 0 { self.node } else { self.entry().end };
        let mut next = self.node + 1;
        std::iter::from_fn(move || {
            let child = (next < end).then(|| self.at(next))?;
            self.tree.spend(1);
            next = child.entry().end;
            Some(child)
        })
    }

    fn attributes(self) -> impl Iterator<Item = Self> + 't {
        let element = if self.attribute > 0 { None } else { self.entry().node.as_element() };
        let count = element.map_or(0, |element| element.attrs.len() as u32);
        (1..=count).map(move |attribute| {
            self.tree.spend(1);
            At { attribute, ..self }
        })
    }

    fn namespaces(self) -> impl Iterator<Item = Self> + 't {
        std::iter::empty()
    }

    fn expanded_name(self) -> Option<ExpandedName> {
        self.name().map(|name| ExpandedName { namespace_uri: None, local_name: name.to_owned() })
    }

    fn has_expanded_name(self, namespace_uri: Option<&str>, local_name: &str) -> bool {
        namespace_uri.is_none() && self.name().is_some_and(|name| name.eq_ignore_ascii_case(local_name))
    }

    fn string_value(self) -> String {
        self.tree.texts.set(self.tree.texts.get() + 1);
        match self.own_text() {
            Some(text) => {
                self.tree.spend(1 + text.len() as u64 / BYTES_A_STEP);
                text.to_owned()
            }
            None => self.text_within(),
        }
    }

    fn with_string_value<R>(self, with: impl FnOnce(&str) -> R) -> R {
        // It may be compared with every text that was made before.
        self.tree.spend(1 + self.tree.texts.get() / COMPARED_A_STEP);
        match self.own_text() {
            Some(text) => with(text),
            None => with(&self.text_within()),
        }
    }

    fn document_order(self, other: Self) -> Ordering {
        (self.node, self.attribute).cmp(&(other.node, other.attribute))
    }

    fn is_id_attribute(self) -> bool {
        self.pair().is_some_and(|(name, _)| name == "id")
    }
}
