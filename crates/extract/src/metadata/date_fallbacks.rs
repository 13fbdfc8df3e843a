//! Where a date is looked for when nothing better says one: other `meta` elements, scripts, the title, and months.

use tearsheet_dates::{DateContext, find_date, find_dates, parse_date, parse_month};
use tearsheet_html::PageData;

use super::Found;
use super::date_sources::{PUBLISHED, WEAK};
use super::material::Material;
use crate::choice::Choice;
use crate::dom::attribute;
use crate::model::Moment;
use crate::text;

/// The most elements in which a month is looked for.
const MOST_MONTHS: usize = 20;
/// The most bytes of a line that says whose rights the page is.
const MOST_RIGHT: usize = 160;

/// Adds what is better than nothing: a date that is a part of the title or description, and a month.
pub(super) fn add_last(choice: &mut Choice<Moment>, found: &Found<'_, '_>, dates: &DateContext<'_>) {
    let material = found.material;
    choice.add("page title", material.title.as_deref().and_then(|title| in_segment(title, dates)));
    for name in ["og:title", "og:description", "description"] {
        choice.add(name, material.meta(name).and_then(|text| in_segment(text, dates)));
    }
    let first = found.article.and_then(|article| article.text("datePublished"));
    choice.add("json-ld datePublished", first.and_then(|text| parse_month(&text, dates)));
    for name in PUBLISHED.iter().chain(WEAK) {
        choice.add(name, material.meta(name).and_then(|text| parse_month(text, dates)));
    }
    let elements = material.times.iter().chain(&material.dates).filter(|marked| !marked.place.aside);
    for marked in elements.take(MOST_MONTHS) {
        let stated = attribute(marked.element.value(), "datetime").and_then(|text| parse_month(text, dates));
        let month = stated.or_else(|| parse_month(&text::pieces(marked.element, 60).join(" "), dates));
        choice.add_at("class", month.map(|month| (month, marked.element.id())));
    }
    // Some templates put the article's own date there.
    let is_right =
        |text: &str| text.len() <= MOST_RIGHT && (text.contains('©') || text.contains("Copyright"));
    let right = material.lines.iter().find_map(|line| {
        let date = || find_date(line.text, &DateContext { now: None, ..*dates });
        if is_right(line.text) { Some((date()?, line.parent.id())) } else { None }
    });
    choice.add_at("text", right);
}

/// The date that is a whole part of a title or description, as in `Ferry stays | River TV | 23.04.2020`.
fn in_segment(text: &str, dates: &DateContext<'_>) -> Option<Moment> {
    const MOST: usize = 40;
    let segments = text.split(['|', '·', '•', '–', '—', '\n']).flat_map(|part| part.split(" - "));
    let short = segments.map(str::trim).filter(|part| part.len() <= MOST && part.contains(char::is_numeric));
    let is_date = |part: &&str| {
        let found = find_dates(part, &DateContext { now: None, ..*dates });
        let names = |text: &str| text.chars().any(char::is_alphanumeric);
        matches!(found.as_slice(), [one] if !names(&one.before) && !names(&one.after))
    };
    short.filter(is_date).find_map(|part| parse_date(part, dates))
}

/// A date in a `meta` element that is in no list but whose name speaks of publication.
pub(super) fn in_other_metas(material: &Material<'_>, dates: &DateContext<'_>) -> Option<Moment> {
    let speaks = |name: &str| {
        ["date", "time", "publish", "upload", "created"].iter().any(|word| name.contains(word))
            && !["modif", "updat", "expir", "event", "start", "end", "valid", "review"]
                .iter()
                .any(|word| name.contains(word))
    };
    let named = material.metas.iter().filter(|meta| meta.content.len() >= 8 && speaks(&meta.name));
    named.take(10).find_map(|meta| parse_date(meta.content, dates))
}

/// A date in a script's state, after one of `keys`.
pub(super) fn in_scripts(data: &PageData<'_>, keys: &[&str], dates: &DateContext<'_>) -> Option<Moment> {
    let mut scripts = data.others().map(|script| script.text).filter(|script| script.len() < 4 << 20);
    scripts.find_map(|script| keys.iter().find_map(|key| in_script(script, key, dates)))
}

/// A date that a short script writes into the page: the one text that it gives to a function.
pub(super) fn in_call(data: &PageData<'_>, dates: &DateContext<'_>) -> Option<Moment> {
    const MOST_CALL: usize = 120;
    let mut calls = data.others().map(|script| script.text.trim()).filter(|script| script.len() < MOST_CALL);
    calls.find_map(|call| {
        let (function, rest) = call.split_once(['(', '='])?;
        let mut texts = rest.split(['"', '\'']).skip(1).step_by(2);
        let text = texts.next().filter(|text| text.len() >= 8 && text.contains(['/', '-', '.']))?;
        let one = texts.next().is_none() && !function.contains(['{', '<']);
        one.then(|| parse_date(text, dates)).flatten()
    })
}

fn in_script(script: &str, key: &str, dates: &DateContext<'_>) -> Option<Moment> {
    script.match_indices(key).take(5).find_map(|(at, _)| {
        let rest = script.get(at + key.len()..)?;
        let rest = rest.trim_start_matches(['\\', '"', '\'', ' ', ':']);
        let end = rest.find(['"', '\'', ',', '}', '\\']).filter(|end| (8..60).contains(end))?;
        parse_date(&rest[..end], dates)
    })
}
