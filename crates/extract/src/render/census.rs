//! What is kept of a page, seen from its elements: which hold kept text, the smallest that holds all of it, and which
//! hold nothing but a picture.

use std::borrow::Cow;

use ego_tree::{NodeId, NodeRef, iter::Edge};
use html5ever::local_name;
use rustc_hash::{FxHashMap, FxHashSet};
use scraper::{Html, Node, node::Element};

use super::elements::{Role, role};
use super::figures::is_caption_like;
use super::links::decoded;
use super::marks::is_unshown;
use crate::dom::attribute;

/// The count over a page.
#[derive(Debug)]
pub(super) struct Census<'a> {
    /// The smallest element that holds all kept text.
    pub(super) root: NodeId,
    /// How many text nodes are kept.
    pub(super) texts: usize,
    /// Fragments to which links on the page lead.
    targets: FxHashSet<Cow<'a, str>>,
    /// Elements that hold kept text, with their depth.
    live: FxHashMap<NodeId, usize>,
}

impl<'a> Census<'a> {
    /// Counts what is kept beneath `root` and, apart from that, in the elements that are `notes`; `None` if nothing is.
    pub(super) fn of(
        document: &'a Html,
        root: NodeId,
        notes: &[NodeId],
        kept: &dyn Fn(NodeId) -> bool,
    ) -> Option<Census<'a>> {
        let top = document.tree.get(root)?;
        let mut census = Census { root, texts: 0, targets: FxHashSet::default(), live: FxHashMap::default() };
        let (mut depth, mut apart) = (0, 0_usize);
        for edge in top.traverse().inspect(crate::effort::step) {
            match edge {
                Edge::Open(node) => {
                    depth += 1;
                    apart += usize::from(notes.contains(&node.id()));
                    if apart == 0 {
                        census.meet(node, depth, kept);
                    }
                }
                Edge::Close(node) => {
                    depth -= 1;
                    apart -= usize::from(notes.contains(&node.id()));
                }
            }
        }
        for note in notes.iter().filter_map(|id| document.tree.get(*id)) {
            census.count_apart(note, kept);
        }
        (census.texts > 0).then_some(census)
    }

    /// Counts what is kept in an element that is written apart.
    fn count_apart(&mut self, note: NodeRef<'a, Node>, kept: &dyn Fn(NodeId) -> bool) {
        for node in note.descendants().inspect(crate::effort::step) {
            self.look_for_link(node);
            if node.value().as_text().is_some_and(|text| !text.trim().is_empty()) && kept(node.id()) {
                let within = node
                    .ancestors()
                    .inspect(crate::effort::step)
                    .take_while(|around| around.id() != note.id());
                self.live.extend(within.chain([note]).map(|around| (around.id(), usize::MAX)));
            }
        }
    }

    fn meet(&mut self, node: NodeRef<'a, Node>, depth: usize, kept: &dyn Fn(NodeId) -> bool) {
        match node.value() {
            Node::Text(text) if !text.trim().is_empty() && kept(node.id()) => self.mark(node, depth),
            _ => self.look_for_link(node),
        }
    }

    fn look_for_link(&mut self, node: NodeRef<'a, Node>) {
        if let Node::Element(element) = node.value()
            && element.name.local == local_name!("a")
        {
            let fragment = attribute(element, "href").and_then(|href| href.split_once('#'));
            self.targets.extend(fragment.map(|(_, fragment)| decoded(fragment)));
        }
    }

    /// Marks the ancestors of a kept text up to the first that is marked: that one, or the root so far, holds all.
    fn mark(&mut self, text: NodeRef<'_, Node>, depth: usize) {
        self.texts += 1;
        let is_first = self.texts == 1;
        let mut depth = depth;
        for ancestor in text.ancestors().inspect(crate::effort::step) {
            depth = depth.saturating_sub(1);
            if let Some(known) = self.live.get(&ancestor.id()) {
                if *known < self.live.get(&self.root).copied().unwrap_or(0) {
                    self.root = ancestor.id();
                }
                return;
            }
            if is_first && self.live.is_empty() {
                self.root = ancestor.id();
            }
            self.live.insert(ancestor.id(), depth);
            if depth <= 1 {
                return;
            }
        }
    }

    /// Whether kept text stands in the element.
    pub(super) fn is_live(&self, id: NodeId) -> bool {
        self.live.contains_key(&id)
    }

    /// Whether a link on the page leads to the fragment.
    pub(super) fn is_target(&self, fragment: &str) -> bool {
        self.targets.contains(fragment)
    }
}

/// Elements whose text says nothing about what else stands in their container.
const NO_TEXT: &[&str] = &[
    "noscript", "script", "style", "math", "svg", "template", "video", "audio", "object", "iframe", "select",
    "button",
];

/// Whether the element, in which no text is kept, holds something to look at and no text of its own: dropped text takes
/// the pictures beside it along, yet a wrapper of a picture is none.
pub(super) fn is_picture_frame(top: NodeRef<'_, Node>) -> bool {
    let mut shows = false;
    let mut ignored = 0_usize;
    for edge in top.traverse().inspect(crate::effort::step) {
        match edge {
            Edge::Open(node) => match node.value() {
                // The clock of a player and the count of a gallery are no text.
                Node::Text(text) if ignored == 0 && text.contains(char::is_alphabetic) => return false,
                Node::Element(element) => {
                    ignored += usize::from(says_nothing(element));
                    shows |= matches!(
                        role(&element.name.local),
                        Role::Image | Role::Picture | Role::Player | Role::Noscript | Role::Math
                    );
                }
                _ => {}
            },
            Edge::Close(node) => {
                ignored -= usize::from(node.value().as_element().is_some_and(says_nothing));
            }
        }
    }
    shows
}

fn says_nothing(element: &Element) -> bool {
    NO_TEXT.contains(&element.name()) || is_caption_like(element) || is_unshown(element)
}
