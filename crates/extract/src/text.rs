//! Plain text out of attributes, JSON and elements, and how alike two texts or two URLs are.

use std::borrow::Cow;

use ego_tree::NodeRef;
use ego_tree::iter::Edge;
use rustc_hash::FxHashSet;
use scraper::{ElementRef, Html, Node};
use url::Url;

use crate::effort;

/// The most nodes of an element that are read for its text.
const MOST_NODES: usize = 300;
/// The most bytes of that text: nothing that it is read for is as long.
const MOST_BYTES: usize = 64 << 10;
/// The least that is read of a text where little is wanted.
const LEAST_BYTES: usize = 4 << 10;

/// The beginning of `text`, of at most so many bytes.
pub(crate) fn beginning(text: &str, bytes: usize) -> &str {
    &text[..text.floor_char_boundary(bytes)]
}

/// The text with entities and tags resolved and white space folded.
pub(crate) fn plain(text: &str) -> String {
    // Some systems write the entities of entities.
    fold(&resolved(&resolved(text)))
}

/// The same of a text of which the parser has resolved the entities once. What is still escaped then is resolved, and no
/// more: a title may be about `&nbsp;`.
pub(crate) fn plain_of_markup(text: &str) -> String {
    let once = resolved(text);
    let is_escaped = once.contains("&#") || once.contains("&amp;");
    fold(&if is_escaped { resolved(&once) } else { once })
}

fn resolved(text: &str) -> Cow<'_, str> {
    if !text.contains(['<', '&']) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(Html::parse_fragment(text).root_element().text().collect())
}

/// The text with white space folded and invisible characters removed.
pub(crate) fn fold(text: &str) -> String {
    effort::over(text);
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_whitespace() {
            if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
        } else if !matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{feff}' | '\u{ad}')
            && !c.is_control()
        {
            out.push(c);
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// The text of an element, without scripts and styles.
pub(crate) fn of_element(element: ElementRef<'_>) -> String {
    joined(&pieces(element, MOST_BYTES))
}

/// The same without the elements inside it that `skips`.
pub(crate) fn of_element_without(element: ElementRef<'_>, skips: impl Fn(ElementRef<'_>) -> bool) -> String {
    let mut out = Vec::new();
    let (mut skipped, mut left) = (None, MOST_BYTES);
    for edge in element.traverse().inspect(effort::step).take(MOST_NODES * 2) {
        match edge {
            Edge::Open(node) if skipped.is_none() => match ElementRef::wrap(node) {
                Some(inner) if inner != element && skips(inner) => skipped = Some(node.id()),
                _ => piece(node, &mut out, &mut left),
            },
            Edge::Close(node) if skipped == Some(node.id()) => {
                skipped = None;
                let is_reading = |name: &str| matches!(name, "rt" | "rp");
                if !node.value().as_element().is_some_and(|inner| is_reading(inner.name())) {
                    out.push(" ");
                }
            }
            _ => {}
        }
    }
    joined(&out)
}

fn joined(pieces: &[&str]) -> String {
    let mut out = String::new();
    for piece in pieces {
        // Two blocks whose texts touch in the source do not touch on the page.
        let ends = out.chars().next_back().is_some_and(char::is_lowercase);
        let mut begins = piece.chars();
        if ends
            && begins.next().is_some_and(char::is_uppercase)
            && begins.next().is_some_and(char::is_lowercase)
        {
            out.push(' ');
        }
        out.push_str(piece);
    }
    fold(&out)
}

/// The texts of an element, up to the one with which they have more than `most` bytes. That one is cut if it is very long.
pub(crate) fn pieces(element: ElementRef<'_>, most: usize) -> Vec<&str> {
    let mut out = Vec::new();
    let (mut size, mut left) = (0, most.max(LEAST_BYTES));
    for node in element.descendants().inspect(effort::step).take(MOST_NODES) {
        piece(node, &mut out, &mut left);
        size += node.value().as_text().map_or(0, |text| text.len());
        if size > most {
            break;
        }
    }
    out
}

/// Adds what a node says itself, as far as bytes are `left`, or the break that it makes.
fn piece<'a>(node: NodeRef<'a, Node>, out: &mut Vec<&'a str>, left: &mut usize) {
    match node.value() {
        Node::Text(text) => {
            let parent = node.parent().and_then(|parent| parent.value().as_element());
            let hidden =
                parent.is_some_and(|parent| matches!(parent.name(), "script" | "style" | "noscript" | "svg"));
            if !hidden {
                let text = beginning(text, *left);
                effort::over(text);
                *left -= text.len();
                out.push(text);
            }
        }
        Node::Element(element)
            if matches!(element.name(), "br" | "div" | "p" | "li" | "h1" | "h2" | "td") =>
        {
            out.push("\n");
        }
        _ => {}
    }
}

/// The words of a text in one spelling; in scripts without spaces, each character is one.
pub(crate) fn words(text: &str) -> FxHashSet<String> {
    effort::over(text);
    let mut out = FxHashSet::default();
    let mut word = String::new();
    for c in text.chars().flat_map(char::to_lowercase) {
        if is_ideograph(c) {
            out.insert(c.to_string());
        } else if c.is_alphanumeric() {
            word.push(c);
            continue;
        }
        if !word.is_empty() {
            out.insert(std::mem::take(&mut word));
        }
    }
    if !word.is_empty() {
        out.insert(word);
    }
    out
}

/// Whether a character is of a script that puts no spaces between words.
pub(crate) fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{e00}'..='\u{e7f}')
}

/// The share of words that two texts have in common, from 0 to 1.
pub(crate) fn similarity(a: &str, b: &str) -> f64 {
    overlap(&words(a), &words(b))
}

/// The share of words that two sets have in common, from 0 to 1.
pub(crate) fn overlap(a: &FxHashSet<String>, b: &FxHashSet<String>) -> f64 {
    let all = a.len() + b.len();
    if all == 0 { 0.0 } else { 2.0 * a.intersection(b).count() as f64 / all as f64 }
}

/// Letters and digits alone, in lower case: for comparing names.
pub(crate) fn bare(text: &str) -> String {
    effort::over(text);
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Whether `text` is a URL of the same page as `url`.
pub(crate) fn is_same_page(url: &Url, text: &str) -> bool {
    let Ok(other) = url.join(text.trim()) else { return false };
    let host = |url: &Url| url.host_str().unwrap_or_default().trim_start_matches("www.").to_owned();
    host(url) == host(&other)
        && url.path().trim_end_matches('/') == other.path().trim_end_matches('/')
        && (url.path().len() > 1 || url.query() == other.query())
}
