//! What a heading says as a headline: without what is read out but not shown, links to itself, readings and sublines.

use scraper::ElementRef;

use super::standing;
use crate::dom::attribute;
use crate::segment::flags::hides;
use crate::segment::groups::HIDDEN;
use crate::segment::names;
use crate::text::{self, bare, of_element_without};

/// Class words of links to the heading that they stand in.
const PERMALINKS: &[&str] = &["anchor", "hash", "headerlink", "permalink"];
/// Class words of what stands in a heading and is not of the headline: the line below it, the day, its mark.
const BESIDE: &[&str] = &[
    "badge",
    "bajada",
    "date",
    "deck",
    "dek",
    "standfirst",
    "subheading",
    "subheadline",
    "subhead",
    "sublin",
    "subtitle",
    "subtitulo",
    "sub-title",
    "tagline",
    "timestamp",
    "unterzeile",
    "untertitel",
];
/// The fewest words of a headline from which something is left out.
const FEWEST_WORDS: usize = 2;

/// The text of `heading` as a headline.
pub(super) fn of_heading(heading: ElementRef<'_>) -> String {
    let bare_text = of_element_without(heading, |inner| is_beside(inner) || is_unsaid(inner));
    let least = if bare_text.chars().any(text::is_ideograph) { 1 } else { FEWEST_WORDS };
    let whole = match text::words(&bare_text).len() >= least {
        true => bare_text,
        false => of_element_without(heading, is_unsaid),
    };
    let whole = if bare(&whole).is_empty() { text::of_element(heading) } else { whole };
    // Some systems write the entities of entities.
    let whole =
        if whole.contains("&#") || whole.contains("&amp;") { text::plain_of_markup(&whole) } else { whole };
    whole.trim_end_matches('¶').trim_end().to_owned()
}

/// Whether an element is not shown.
pub(super) fn is_hidden(element: ElementRef<'_>) -> bool {
    let value = element.value();
    let named = |name| attribute(value, name).is_some_and(|names| names::read(names).groups & HIDDEN != 0);
    let style = || attribute(value, "style").is_some_and(hides);
    attribute(value, "hidden").is_some() || named("class") || style()
}

/// Whether an element in a heading is no part of what it says: a reading of its characters, a link to itself, or hidden.
fn is_unsaid(element: ElementRef<'_>) -> bool {
    match element.value().name() {
        "rt" | "rp" | "svg" => true,
        "a" => is_permalink(element),
        // A sign that is only read out still parts what is shown on two lines.
        _ => is_hidden(element) && !bare(&text::of_element(element)).is_empty(),
    }
}

fn is_permalink(link: ElementRef<'_>) -> bool {
    let named = || class_says(link, PERMALINKS);
    let is_sign = || bare(&text::of_element(link)).is_empty();
    attribute(link.value(), "href").is_some_and(|href| href.contains('#')) && (named() || is_sign())
}

/// Whether an element is a line below or beside the headline, though in its heading.
fn is_beside(element: ElementRef<'_>) -> bool {
    match element.value().name() {
        "time" => true,
        "small" => is_at_an_end(element),
        _ => standing::says(element, BESIDE) && is_at_an_end(element),
    }
}

/// Whether nothing is written before an element, or nothing behind it, in the one around it.
fn is_at_an_end(element: ElementRef<'_>) -> bool {
    let says = |node: ego_tree::NodeRef<'_, scraper::Node>| match node.value() {
        scraper::Node::Text(text) => !text.trim().is_empty(),
        _ => ElementRef::wrap(node).is_some_and(|element| !bare(&text::of_element(element)).is_empty()),
    };
    !element.prev_siblings().inspect(crate::effort::step).any(says)
        || !element.next_siblings().inspect(crate::effort::step).any(says)
}

fn class_says(element: ElementRef<'_>, words: &[&str]) -> bool {
    let class = attribute(element.value(), "class").unwrap_or_default().to_ascii_lowercase();
    words.iter().any(|word| class.contains(word))
}
