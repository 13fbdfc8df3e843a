//! Formulas: MathML as it is, its visual copies and fallback pictures not.

use ego_tree::{NodeRef, iter::Edge};
use scraper::{Node, node::Element};

use super::builder::Builder;
use super::characters::collapse;
use super::elements::math_element;
use super::tree::{Attributes, Id};
use crate::dom::attribute;

/// Copies a `math` element into the text.
pub(super) fn copy(math: NodeRef<'_, Node>, element: &Element, builder: &mut Builder) {
    if !has_symbols(math) {
        return;
    }
    let mut own = attributes(element);
    if own.iter().all(|(name, _)| *name != "alttext") {
        own.extend(source_text(math).map(|text| ("alttext", text)));
    }
    let root = builder.inline_element("math", own);
    let mut open: Vec<Option<Id>> = vec![Some(root)];
    for edge in math.traverse().inspect(crate::effort::step).skip(1) {
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
                        let text = collapse(text).text;
                        if let Some(parent) = parent.filter(|_| !text.is_empty()) {
                            builder.append_text(parent, &text);
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

/// The text of which the formula was made, as its annotation says.
fn source_text(math: NodeRef<'_, Node>) -> Option<String> {
    let is_source = |node: &NodeRef<'_, Node>| {
        node.value().as_element().is_some_and(|element| {
            element.name() == "annotation"
                && attribute(element, "encoding").is_some_and(|encoding| encoding.ends_with("tex"))
        })
    };
    let annotation = math.descendants().inspect(crate::effort::step).find(is_source)?;
    let texts = annotation
        .children()
        .inspect(crate::effort::step)
        .filter_map(|child| child.value().as_text().map(|text| &**text));
    let text = collapse(&texts.collect::<String>()).text.trim().to_owned();
    (!text.is_empty()).then_some(text)
}

/// Whether a symbol stands anywhere in it but in an annotation.
fn has_symbols(math: NodeRef<'_, Node>) -> bool {
    let is_math = |node: NodeRef<'_, Node>| {
        node.value().as_element().is_some_and(|element| math_element(element.name()).is_some())
    };
    math.descendants().inspect(crate::effort::step).any(|node| {
        let is_symbol = node.value().as_text().is_some_and(|text| !collapse(text).text.is_empty());
        is_symbol
            && node
                .ancestors()
                .inspect(crate::effort::step)
                .take_while(|around| around.id() != math.id())
                .all(is_math)
    })
}

fn attributes(element: &Element) -> Attributes {
    let mut kept = Attributes::new();
    for (name, value) in element.attrs() {
        let name = match (element.name(), name) {
            ("math", "display") => "display",
            ("math", "alttext") => "alttext",
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
    let class = attribute(element, "class").unwrap_or_default();
    class.split_ascii_whitespace().any(|word| matches!(word, "katex-html" | "MathJax_Preview" | "mjx-math"))
}

/// Whether a picture shows a formula.
pub(super) fn is_picture_of_one(image: &Element) -> bool {
    attribute(image, "class").is_some_and(|class| class.contains("math") || class.contains("latex"))
        || attribute(image, "alt").is_some_and(|alt| alt.contains("\\displaystyle") || alt.starts_with('$'))
}
