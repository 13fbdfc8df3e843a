//! Whether a page writes the day or the month first: one decision, for all dates that are read from it.

use tearsheet_dates::{DayOrder, OrderEvidence};

use super::material::Marked;
use super::{Context, Found, material_language};
use crate::dom::attribute;
use crate::text;

/// The most bytes of a value that may be a date.
const MOST: usize = 120;
/// Attributes of an element that may hold its date.
const ATTRIBUTES: [&str; 3] = ["datetime", "content", "title"];

/// The order that everything on the page speaks for.
pub(super) fn decide(found: &Found<'_, '_>, context: &Context<'_>) -> Option<DayOrder> {
    let material = found.material;
    let mut evidence = OrderEvidence::default();
    // A template declares the language of its site, whatever a single text is in.
    let declared = material.language.into_iter().chain(material_language(found));
    found.language.as_deref().into_iter().chain(declared).for_each(|tag| evidence.language(tag));
    found.urls.iter().for_each(|url| evidence.address(url.host_str().unwrap_or_default(), url.path()));
    material
        .metas
        .iter()
        .filter(|meta| meta.content.len() <= MOST)
        .for_each(|meta| evidence.text(meta.content));
    for key in ["datePublished", "dateModified", "dateCreated"] {
        found.article.and_then(|article| article.text(key)).iter().for_each(|text| evidence.text(text));
    }
    // What its listing said was decided over all of the listing's dates.
    let listed = context.hints.and_then(|hints| hints.published);
    listed.iter().for_each(|published| evidence.text(&published.date().to_string()));
    for marked in material.dates.iter().chain(&material.times) {
        add_element(&mut evidence, marked);
    }
    let lines = material.lines.iter().filter(|line| !line.prose && line.text.len() <= MOST);
    lines.for_each(|line| evidence.text(line.text));
    evidence.decide(context.captured_at)
}

fn add_element(evidence: &mut OrderEvidence, marked: &Marked<'_>) {
    let values = ATTRIBUTES.iter().filter_map(|name| attribute(marked.element.value(), name));
    values.for_each(|value| evidence.text(value));
    // A weekday is often in an element of its own.
    let text = text::pieces(marked.element, MOST * 2).join(" ");
    if text.len() <= MOST {
        evidence.text(&text);
    }
}
