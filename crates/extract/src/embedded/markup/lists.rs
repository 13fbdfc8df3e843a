//! Blocks that follow one another, and lists, which some editors keep as a block of items and others as loose items.

use super::{Kind, Place, Writer, is_block, kind_name, kind_of};
use crate::embedded::graph::{At, Node};

impl Writer<'_> {
    /// Blocks in a row; items of a list that has no block of its own get one.
    pub(super) fn list(&mut self, items: &[At], place: Place, depth: usize) {
        let mut open: Option<&str> = None;
        for at in items {
            let list = (place == Place::Flow).then(|| self.loose_item(*at)).flatten();
            if open != list {
                self.html += &open.map(|tag| format!("</{tag}>")).unwrap_or_default();
                self.html += &list.map(|tag| format!("<{tag}>")).unwrap_or_default();
                open = list;
            }
            self.value(*at, place, depth + 1);
        }
        self.html += &open.map(|tag| format!("</{tag}>")).unwrap_or_default();
    }

    /// The list to which a block belongs that is an item.
    fn loose_item(&self, at: At) -> Option<&'static str> {
        if let Some(kind) = self.graph.text_in(at, "listItem") {
            return Some(if kind == "number" { "ol" } else { "ul" });
        }
        let kind = kind_name(self.graph, at)?;
        matches!(kind_of(self.graph, at, &kind), Kind::Item).then_some(if kind.starts_with("ordered") {
            "ol"
        } else {
            "ul"
        })
    }

    pub(super) fn item(&mut self, at: At, depth: usize) {
        self.html += "<li>";
        let has_blocks = |at| {
            !self.graph.items(at).is_empty()
                && self.graph.items(at).iter().any(|at| is_block(self.graph, *at))
        };
        let flows =
            ["children", "content"].iter().filter_map(|key| self.graph.field(at, key)).any(has_blocks);
        self.inner(at, if flows { Place::Flow } else { Place::Line }, depth);
        self.html += "</li>\n";
    }

    /// A list, whose parts are blocks or texts.
    pub(super) fn items(&mut self, at: At, tag: &str, depth: usize) {
        let graph = self.graph;
        let data = graph.field(at, "data").unwrap_or(at);
        let parts = ["items", "list_items", "children", "content", "innerBlocks"];
        let parts =
            [at, data].into_iter().flat_map(|at| parts.iter().filter_map(move |key| graph.field(at, key)));
        let Some(parts) = parts.into_iter().find(|at| !graph.items(*at).is_empty()) else {
            return self.inner(at, Place::Flow, depth);
        };
        self.html += &format!("<{tag}>");
        for part in graph.items(parts) {
            match graph.node(*part) {
                Node::Object(_) if self.loose_item(*part).is_some() => self.value(*part, Place::Flow, depth),
                _ => {
                    self.html += "<li>";
                    self.value(*part, Place::Line, depth);
                    self.html += "</li>\n";
                }
            }
        }
        self.html += &format!("</{tag}>\n");
    }
}
