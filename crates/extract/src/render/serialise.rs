//! The clean document as HTML and as plain text.

use super::tree::{Content, Id, ROOT, Tree, is_cell, is_leaf};
use crate::effort;
use tearsheet_html::{allows_attribute, allows_element, cleaned_html};

enum Step {
    Open(Id, bool),
    Close(Id),
}

/// The children of the root as HTML, a line each.
pub(super) fn html(tree: &Tree) -> String {
    let html = written(tree);
    // Formulas are in another namespace, where the names of elements mean something else.
    if html.contains("<math") { cleaned_html(&html).into_owned() } else { html }
}

fn written(tree: &Tree) -> String {
    let mut html = String::new();
    let mut steps: Vec<Step> = Vec::new();
    for (at, block) in tree.node(ROOT).children.iter().enumerate() {
        if at > 0 {
            html.push('\n');
        }
        steps.push(Step::Open(*block, false));
        while let Some(step) = steps.pop() {
            match step {
                Step::Open(id, is_bare) => open(tree, id, is_bare, &mut html, &mut steps),
                Step::Close(id) => close(tree.tag(id), &mut html),
            }
        }
    }
    html
}

fn open(tree: &Tree, id: Id, is_bare: bool, html: &mut String, steps: &mut Vec<Step>) {
    effort::spend(1);
    let node = tree.node(id);
    let tag = match &node.content {
        Content::Text(text) => return escape(text, Place::Content, html),
        Content::Element(tag) => *tag,
    };
    if !is_bare && allows_element(tag) {
        html.push('<');
        html.push_str(tag);
        for (name, value) in &node.attributes {
            if !allows_attribute(tag, name, value) {
                continue;
            }
            html.push(' ');
            html.push_str(name);
            html.push_str("=\"");
            escape(value, Place::Value, html);
            html.push('"');
        }
        html.push('>');
        if matches!(tag, "img" | "br" | "hr") {
            return;
        }
        steps.push(Step::Close(id));
    }
    let has_lone_paragraph = is_cell(tag) && lone_paragraph(tree, id);
    for child in node.children.iter().rev() {
        steps.push(Step::Open(*child, has_lone_paragraph && tree.tag(*child) == "p"));
    }
}

fn close(tag: &str, html: &mut String) {
    html.push_str("</");
    html.push_str(tag);
    html.push('>');
}

/// Whether one paragraph is all the text a cell has of its own, so that it needs no element.
fn lone_paragraph(tree: &Tree, cell: Id) -> bool {
    let children = &tree.node(cell).children;
    let paragraphs = children.iter().filter(|child| tree.tag(**child) == "p");
    let is_plain = |id: &Id| tree.node(*id).attributes.is_empty();
    paragraphs.clone().count() == 1
        && paragraphs.clone().all(is_plain)
        && children.iter().all(|child| matches!(tree.tag(*child), "p" | "ul" | "ol"))
}

/// Where a text is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Content,
    Value,
}

/// `text` as an attribute's value or an element's content may have it.
pub(crate) fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    escape(text, Place::Value, &mut html);
    html
}

/// Writes `text` as the HTML standard does (section 13.3).
fn escape(text: &str, place: Place, html: &mut String) {
    let mut done = 0;
    for (at, byte) in text.bytes().enumerate() {
        let (entity, length) = match byte {
            b'&' => ("&amp;", 1),
            b'<' => ("&lt;", 1),
            b'>' => ("&gt;", 1),
            b'"' if place == Place::Value => ("&quot;", 1),
            0xc2 if text.as_bytes().get(at + 1) == Some(&0xa0) => ("&nbsp;", 2),
            _ => continue,
        };
        html.push_str(&text[done..at]);
        html.push_str(entity);
        done = at + length;
    }
    html.push_str(&text[done..]);
}

/// The text: a block a paragraph, a table's row too, separated by an empty line. Its spaces are all plain, so that what
/// is looked for in it is found. A caption says nothing without its picture and is not in it, unless captions are most
/// of what there is, as in a gallery.
pub(super) fn text(tree: &Tree) -> String {
    let (running, captions) = paragraphs(tree, Captions::Apart);
    if captions > running.iter().map(String::len).sum() {
        return joined(paragraphs(tree, Captions::InPlace).0);
    }
    joined(running)
}

fn joined(mut paragraphs: Vec<String>) -> String {
    paragraphs.retain(|paragraph| !paragraph.trim().is_empty());
    paragraphs.join("\n\n").replace('\u{a0}', " ")
}

/// What becomes of captions.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Captions {
    Apart,
    InPlace,
}

/// The paragraphs, and how many bytes of captions are not among them.
fn paragraphs(tree: &Tree, captions: Captions) -> (Vec<String>, usize) {
    let mut paragraphs: Vec<String> = Vec::new();
    let mut apart = 0;
    let mut steps: Vec<(Id, bool)> = vec![(ROOT, false)];
    let mut row_is_new = false;
    while let Some((id, is_in_row)) = steps.pop() {
        let tag = tree.tag(id);
        if tag == "figcaption" && captions == Captions::Apart {
            apart += tree.text(id).len();
            continue;
        }
        if is_leaf(tag) {
            let text = tree.text(id);
            match paragraphs.last_mut() {
                Some(row) if is_in_row && !row_is_new => {
                    row.push('\t');
                    row.push_str(&text.replace('\n', " "));
                }
                _ => paragraphs.push(text),
            }
            row_is_new = false;
            continue;
        }
        row_is_new |= tag == "tr" && !is_in_row;
        steps.extend(tree.node(id).children.iter().rev().map(|child| (*child, is_in_row || tag == "tr")));
    }
    (paragraphs, apart)
}

/// Words in `text`. A Chinese, Japanese or Korean character counts as half a word, and five letters of a script that is
/// written without spaces between words as one, about as long as words are in Thai, Burmese and Khmer.
pub(crate) fn count_words(text: &str) -> u32 {
    const LETTERS_OF_A_WORD: u32 = 5;
    let (mut halves, mut unspaced, mut is_in_word) = (0_u32, 0_u32, false);
    for c in text.chars() {
        if c.is_ascii_alphanumeric() {
            halves = halves.saturating_add(if is_in_word { 0 } else { 2 });
            is_in_word = true;
        } else if c.is_ascii() {
            is_in_word &= !c.is_whitespace();
        } else if is_ideograph(c) {
            halves = halves.saturating_add(1);
            is_in_word = false;
        } else if is_unspaced(c) {
            unspaced = unspaced.saturating_add(1);
            is_in_word = false;
        } else if c.is_whitespace() {
            is_in_word = false;
        } else if !is_in_word && c.is_alphanumeric() {
            halves = halves.saturating_add(2);
            is_in_word = true;
        }
    }
    halves.div_ceil(2).saturating_add(unspaced.div_ceil(LETTERS_OF_A_WORD))
}

/// A letter or sign of Thai, Lao, Burmese or Khmer.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}')
}

fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}
