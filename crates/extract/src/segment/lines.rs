//! The lines of a block of text, as line breaks part them.

use ego_tree::NodeId;
use scraper::{Html, Node};

/// A line of a block, as its line breaks part it.
pub(crate) struct Line<'a> {
    /// Its text, white space as in the page.
    pub(crate) text: String,
    /// Its text nodes.
    pub(crate) nodes: &'a [NodeId],
}

/// The lines of a block whose text nodes are `nodes`.
pub(crate) fn lines<'a>(document: &Html, nodes: &'a [NodeId]) -> Vec<Line<'a>> {
    let mut starts: Vec<usize> =
        (0..nodes.len()).filter(|at| *at == 0 || follows_break(document, nodes[*at])).collect();
    starts.push(nodes.len());
    let text_of = |nodes: &[NodeId]| {
        let texts =
            nodes.iter().filter_map(|node| document.tree.get(*node)?.value().as_text().map(|text| &**text));
        texts.collect::<String>()
    };
    starts
        .windows(2)
        .map(|ends| &nodes[ends[0]..ends[1]])
        .map(|nodes| Line { text: text_of(nodes), nodes })
        .collect()
}

/// Whether nothing but white space stands between a line break and the text node `id`.
fn follows_break(document: &Html, id: NodeId) -> bool {
    let Some(mut node) = document.tree.get(id) else { return false };
    loop {
        let said = node.prev_siblings().inspect(crate::effort::step).find(|sibling| match sibling.value() {
            Node::Text(text) => !text.trim().is_empty(),
            Node::Element(_) => true,
            _ => false,
        });
        match (said, node.parent()) {
            (Some(said), _) => {
                return said.value().as_element().is_some_and(|element| element.name() == "br");
            }
            (None, Some(parent)) if is_inline(parent.value()) => node = parent,
            (None, _) => return false,
        }
    }
}

fn is_inline(node: &Node) -> bool {
    const INLINE: &[&str] =
        &["a", "abbr", "b", "big", "cite", "em", "font", "i", "small", "span", "strong", "time", "u"];
    node.as_element().is_some_and(|element| INLINE.contains(&element.name()))
}
