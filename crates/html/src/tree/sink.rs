//! The tree as it is being made, with an eye on how deep and how large it has become.

use std::borrow::Cow;
use std::cell::Cell;

use ego_tree::{NodeId, Tree};
use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::{Attribute, QualName};
use scraper::{Html, HtmlTreeSink, Node};

/// How deep elements may nest. Browsers stop at 512; real pages stay beneath 100.
pub(super) const MAX_DEPTH: usize = 256;
/// How many elements and comments a page may have: a few bytes of formatting tags can make html5ever build millions, and a
/// node, with what is made of it, costs a kilobyte and a half of memory. The longest pages of the web have some tens of thousands.
pub(super) const MAX_ELEMENTS: usize = 1 << 16;
/// How many attributes further `<html>` and `<body>` tags may add: each is sorted in among all before it.
const MAX_MERGED_ATTRIBUTES: usize = 256;

/// For each so many bytes of a page there is room for a node from the beginning, up to a bound.
const BYTES_PER_NODE: usize = 64;
const MOST_FORESEEN: usize = 1 << 14;

/// scraper's sink, with an eye on how deep and how large the tree has become.
pub(super) struct CountingSink {
    inner: HtmlTreeSink,
    most: usize,
    elements: Cell<usize>,
    /// Attributes that were offered to elements that were there before.
    merged: Cell<usize>,
    /// No element was deeper than this when it was inserted.
    depth_at_most: Cell<usize>,
    /// End tags since it was measured.
    closed: Cell<usize>,
    /// Where something was inserted last.
    newest: Cell<NodeId>,
    /// Where `depth_at_most` was measured last.
    measured: Cell<NodeId>,
}

impl CountingSink {
    /// A sink for a page of so many `bytes`, and `most` elements.
    pub(super) fn new(bytes: usize, most: usize) -> CountingSink {
        let mut html = Html::new_document();
        html.tree = Tree::with_capacity(Node::Document, (bytes / BYTES_PER_NODE).min(MOST_FORESEEN));
        let inner = HtmlTreeSink::new(html);
        let root = inner.get_document();
        CountingSink {
            inner,
            most,
            elements: Cell::new(0),
            merged: Cell::new(0),
            depth_at_most: Cell::new(0),
            closed: Cell::new(0),
            newest: Cell::new(root),
            measured: Cell::new(root),
        }
    }

    pub(super) fn is_full(&self) -> bool {
        self.elements.get() >= self.most
    }

    pub(super) fn is_deep(&self) -> bool {
        if self.depth_at_most.get() < MAX_DEPTH {
            return false;
        }
        if self.measured.get() != self.newest.get() {
            let html = self.inner.0.borrow();
            let depth = html
                .tree
                .get(self.newest.get())
                .map_or(0, |node| node.ancestors().inspect(crate::effort::step).count());
            self.depth_at_most.set(depth);
            self.measured.set(self.newest.get());
            self.closed.set(0);
        }
        self.depth_at_most.get().saturating_sub(self.closed.get()) >= MAX_DEPTH
    }

    /// An end tag that was not dropped: what is deepest may have closed.
    pub(super) fn note_end(&self) {
        self.closed.set(self.closed.get() + 1);
    }

    fn insert_at(&self, parent: NodeId, child: &NodeOrText<NodeId>) {
        self.newest.set(match child {
            NodeOrText::AppendNode(node) => *node,
            NodeOrText::AppendText(_) => parent,
        });
    }
}

impl TreeSink for CountingSink {
    type Output = Html;
    type Handle = NodeId;
    type ElemName<'a> = <HtmlTreeSink as TreeSink>::ElemName<'a>;

    fn finish(self) -> Html {
        self.inner.finish()
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> NodeId {
        self.inner.get_document()
    }

    fn elem_name<'a>(&'a self, target: &'a NodeId) -> Self::ElemName<'a> {
        self.inner.elem_name(target)
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, flags: ElementFlags) -> NodeId {
        self.elements.set(self.elements.get() + 1);
        self.depth_at_most.set(self.depth_at_most.get() + 1);
        self.inner.create_element(name, attributes, flags)
    }

    fn create_comment(&self, text: StrTendril) -> NodeId {
        self.elements.set(self.elements.get() + 1);
        self.inner.create_comment(text)
    }

    fn create_pi(&self, target: StrTendril, data: StrTendril) -> NodeId {
        self.inner.create_pi(target, data)
    }

    fn append(&self, parent: &NodeId, child: NodeOrText<NodeId>) {
        self.insert_at(*parent, &child);
        self.inner.append(parent, child);
    }

    fn append_based_on_parent_node(&self, element: &NodeId, previous: &NodeId, child: NodeOrText<NodeId>) {
        self.insert_at(*previous, &child);
        self.inner.append_based_on_parent_node(element, previous, child);
    }

    fn append_doctype_to_document(&self, name: StrTendril, public_id: StrTendril, system_id: StrTendril) {
        self.inner.append_doctype_to_document(name, public_id, system_id);
    }

    fn get_template_contents(&self, target: &NodeId) -> NodeId {
        self.inner.get_template_contents(target)
    }

    fn same_node(&self, one: &NodeId, other: &NodeId) -> bool {
        one == other
    }

    fn set_quirks_mode(&self, mode: QuirksMode) {
        self.inner.set_quirks_mode(mode);
    }

    fn append_before_sibling(&self, sibling: &NodeId, child: NodeOrText<NodeId>) {
        self.insert_at(*sibling, &child);
        self.inner.append_before_sibling(sibling, child);
    }

    fn add_attrs_if_missing(&self, target: &NodeId, attributes: Vec<Attribute>) {
        let merged = self.merged.get() + attributes.len();
        if merged <= MAX_MERGED_ATTRIBUTES {
            self.merged.set(merged);
            self.inner.add_attrs_if_missing(target, attributes);
        }
    }

    fn remove_from_parent(&self, target: &NodeId) {
        self.inner.remove_from_parent(target);
    }

    fn reparent_children(&self, node: &NodeId, parent: &NodeId) {
        self.inner.reparent_children(node, parent);
    }
}
