//! Boxes that ask the reader for something, known by the field to type it in: newsletters, searches, comments. What
//! their few words say is no part of the text, in whatever language.

use ego_tree::{NodeId, NodeRef};
use rustc_hash::FxHashMap;
use scraper::{Html, Node};

use super::blocks::Blocks;
use super::body::Selection;

/// A box of more words is text that has a field in it.
const MAX_WORDS: u32 = 60;
/// Fields of a page that are looked at.
const MAX_FIELDS: usize = 64;

/// Takes the words of such boxes out of `selection`.
pub(super) fn drop(selection: &mut Selection, document: &Html, page: &Blocks) {
    let fields: Vec<NodeRef<'_, Node>> =
        document.tree.nodes().filter(|node| is_field(node.value())).take(MAX_FIELDS).collect();
    if fields.is_empty() {
        return;
    }
    let places: FxHashMap<NodeId, u32> =
        page.elements.iter().enumerate().map(|(at, element)| (element.id, at as u32)).collect();
    let boxes: Vec<u32> = fields.iter().filter_map(|field| box_of(*field, page, &places)).collect();
    let is_asked = |at: &usize| page.around(*at).any(|(around, _)| boxes.contains(&around));
    let asked: Vec<usize> = selection.blocks.iter().copied().filter(is_asked).collect();
    if asked.len() == selection.blocks.len() {
        return;
    }
    for at in &asked {
        for node in &page.nodes[page.blocks[*at].nodes.clone()] {
            selection.kept.remove(node);
        }
    }
    selection.blocks.retain(|at| !asked.contains(at));
}

/// Whether something is typed into it.
fn is_field(node: &Node) -> bool {
    let Some(element) = node.as_element() else { return false };
    match element.name() {
        "textarea" => true,
        "input" => matches!(element.attr("type").unwrap_or("text"), "text" | "email" | "tel" | "search"),
        _ => false,
    }
}

/// The outermost element around `field` that holds no more than a few words.
fn box_of(field: NodeRef<'_, Node>, page: &Blocks, places: &FxHashMap<NodeId, u32>) -> Option<u32> {
    let around = field.ancestors().filter_map(|ancestor| places.get(&ancestor.id()).copied());
    around.take_while(|at| page.elements[*at as usize].totals.words <= MAX_WORDS).last()
}

#[cfg(test)]
mod tests {
    use crate::extract::{Page, Settings, article};
    use url::Url;

    const TEXT: &str = "<p>The first paragraph of the text, which goes on for long enough to be one, and then some.</p>\
        <p>The second paragraph of the text, which goes on for just as long as the one before it did.</p>";

    fn text(prompt: &str) -> String {
        let url = Url::parse("https://a.example/x").unwrap();
        let html = format!("<title>A title of words</title><article>{TEXT}{prompt}{TEXT}</article>");
        let page =
            Page { url: &url, content_type: None, bytes: html.as_bytes(), captured_at: None, hints: None };
        article(&page, &Settings::default()).unwrap().text
    }

    #[test]
    fn the_words_around_a_field_for_an_address_are_no_text() {
        let prompt = "<div><h4>Brev frå redaksjonen</h4><p>Kvar fredag, gratis.</p><input placeholder=you@a.example></div>";
        assert!(!text(prompt).contains("redaksjonen"));
    }

    #[test]
    fn a_paragraph_of_text_with_a_checkbox_stays() {
        assert!(
            text("<div><p>What is on the list of the town is this.</p><input type=checkbox></div>")
                .contains("on the list")
        );
    }
}
