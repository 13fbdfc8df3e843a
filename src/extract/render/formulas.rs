//! Formulas: MathML as it is, its visual copies and fallback pictures not.

use ego_tree::{NodeRef, iter::Edge};
use scraper::{Node, node::Element};

use super::builder::Builder;
use super::elements::math_element;
use super::tree::{Attributes, Id};

/// Copies a `math` element into the text.
pub(super) fn copy(math: NodeRef<'_, Node>, element: &Element, builder: &mut Builder) {
    let root = builder.inline_element("math", attributes(element));
    let mut open: Vec<Option<Id>> = vec![Some(root)];
    for edge in math.traverse().skip(1) {
        match edge {
            Edge::Open(node) => {
                let parent = open.last().copied().flatten();
                match node.value() {
                    Node::Element(element) => {
                        let tag = math_element(element.name());
                        let id = parent
                            .zip(tag)
                            .map(|(parent, tag)| builder.append(parent, tag, attributes(element)));
                        open.push(id);
                    }
                    Node::Text(text) => {
                        if let Some(parent) = parent.filter(|_| !text.trim().is_empty()) {
                            builder.append_text(parent, text.trim());
                        }
                        open.push(None);
                    }
                    _ => open.push(None),
                }
            }
            Edge::Close(_) => {
                open.pop();
            }
        }
    }
}

fn attributes(element: &Element) -> Attributes {
    let mut kept = Attributes::new();
    for (name, value) in element.attrs() {
        let name = match (element.name(), name) {
            ("math", "display") => "display",
            ("mo", "stretchy") => "stretchy",
            ("mo", "fence") => "fence",
            ("mo", "separator") => "separator",
            ("mi", "mathvariant") => "mathvariant",
            _ => continue,
        };
        kept.push((name, value.to_owned()));
    }
    kept
}

/// Whether the element shows a formula again that stands beside it as MathML.
pub(super) fn is_visual_copy(element: &Element) -> bool {
    element.classes().any(|class| matches!(class, "katex-html" | "MathJax_Preview" | "mjx-math"))
}

/// Whether a picture shows a formula.
pub(super) fn is_picture_of_one(image: &Element) -> bool {
    image.attr("class").is_some_and(|class| class.contains("math") || class.contains("latex"))
        || image.attr("alt").is_some_and(|alt| alt.contains("\\displaystyle") || alt.starts_with('$'))
}
