//! What an item says of itself beside its title: date, summary, image.

use std::ops::Range;

use chrono::NaiveDate;
use rustc_hash::FxHashMap;
use tearsheet_dates::{DateContext, find_date, parse_date};
use url::Url;

use super::date_headings::DateHeadings;
use super::page::{Element, Page, attribute};
use super::texts::{Digits, is_date};
use super::title::{has_letters, line, words};
use crate::model::Moment;

/// Elements of an item that are looked at.
const ELEMENTS: usize = 2_000;
/// A line with a date in it is at most so long, in bytes: a longer one is prose.
const DATE_LINE: usize = 160;
/// A line that says how long ago something was is at most so long.
const RELATIVE: usize = 40;
/// A summary has at least so many words.
const SUMMARY: usize = 6;
/// Attributes in which a date may stand.
const DATE_ATTRIBUTES: &[&str] =
    &["datetime", "data-datetime", "data-date", "data-time", "data-timestamp", "content", "title"];
/// Attributes in which an image's address may stand, the true one first where images are loaded late.
const IMAGE_ATTRIBUTES: &[&str] =
    &["data-src", "data-lazy-src", "data-original", "src", "data-srcset", "srcset"];

/// A date, and the place of the element that carries it.
pub(super) type Dated = (Moment, u64);

/// The dates of a group's items: for each what stands at the place that dates most of them, else what it has.
pub(super) fn dates(
    page: &Page<'_>,
    items: &[Range<usize>],
    context: &DateContext<'_>,
) -> Vec<Option<Moment>> {
    let mut lines = Lines { context, known: FxHashMap::default() };
    let headings = DateHeadings::of(page, items, context);
    let mut found: Vec<Vec<Dated>> = Vec::with_capacity(items.len());
    for item in items {
        found.push(match &headings {
            Some(headings) => headings.dates_of(page, item, &mut lines),
            None => lines.dates_in(page, item.clone()),
        });
    }
    let mut places: FxHashMap<u64, usize> = FxHashMap::default();
    for dated in &found {
        for (at, (_, place)) in dated.iter().enumerate() {
            if dated[..at].iter().all(|(_, known)| known != place) {
                *places.entry(*place).or_default() += 1;
            }
        }
    }
    let most = |dated: &Vec<Dated>| {
        // The first of those that are equally common.
        dated.iter().rev().max_by_key(|(_, place)| places.get(place)).map(|(date, _)| *date)
    };
    found.iter().map(most).collect()
}

/// The lines of a page in which dates were looked for: items often say the same.
pub(super) struct Lines<'p, 'c> {
    context: &'p DateContext<'c>,
    known: FxHashMap<&'p str, Option<Moment>>,
}

impl<'p> Lines<'p, '_> {
    /// The dates in an item: those of `time` elements and attributes, and if there are none those of its short lines.
    pub(super) fn dates_in(&mut self, page: &'p Page<'_>, item: Range<usize>) -> Vec<Dated> {
        let end = item.end.min(item.start + ELEMENTS);
        let place = |at: usize| page.elements[at].class_path;
        let marked: Vec<Dated> = (item.start..end)
            .filter_map(|at| Some((marked_date(page, at, self.context)?, place(at))))
            .collect();
        if !marked.is_empty() {
            return marked;
        }
        let mut found = Vec::new();
        let mut at = item.start;
        let mut before = "";
        while at < end {
            let element = &page.elements[at];
            let text = page.text_of(at);
            // An element that holds nothing but another says the same.
            let is_said = text.as_ptr() == before.as_ptr() && text.len() == before.len();
            let may_be_one = !is_said && text.len() <= DATE_LINE && !page.is_block(at);
            let date = if may_be_one { self.date_in(text) } else { None };
            before = text;
            found.extend(date.map(|date| (date, element.class_path)));
            at = if date.is_some() || text.is_empty() { element.end } else { at + 1 };
        }
        found.extend(self.loose_date(page, item).filter(|_| found.is_empty()).map(|date| (date, 0)));
        found
    }

    /// The date in a line that is no element's own: text between elements.
    fn loose_date(&mut self, page: &'p Page<'_>, item: Range<usize>) -> Option<Moment> {
        let end = page.elements.get(item.end).map_or(page.text.len(), |after| after.text.start);
        let text = page.text.get(page.elements[item.start].text.start..end)?;
        let mut lines = text.lines().filter(|line| may_hold_a_date(line, self.context)).take(8);
        lines.find_map(|line| self.date_in(line))
    }

    fn date_in(&mut self, line: &'p str) -> Option<Moment> {
        let context = self.context;
        let read = || find_date(line, context);
        match may_hold_a_date(line, context) {
            false => None,
            true if line.len() <= RELATIVE => *self.known.entry(line).or_insert_with(read),
            true => read(),
        }
    }
}

fn marked_date(page: &Page<'_>, element: usize, context: &DateContext<'_>) -> Option<Moment> {
    let Element { data, tag, has_stamp, .. } = &page.elements[element];
    let is_time = tag.is_time();
    if !is_time && !*has_stamp {
        return None;
    }
    let mut values: Vec<(usize, &str)> = data
        .attrs()
        .filter_map(|(name, value)| Some((DATE_ATTRIBUTES.iter().position(|known| *known == name)?, value)))
        .collect();
    values.sort_unstable();
    let values = values.into_iter().map(|(_, value)| value);
    let marked =
        values.filter(|value| is_stamp(value) || is_time).find_map(|value| parse_date(value, context));
    marked.or_else(|| if is_time { parse_date(page.text_of(element), context) } else { None })
}

/// Whether a date may stand in an attribute of this name.
pub(super) fn is_date_attribute(name: &str) -> bool {
    DATE_ATTRIBUTES.contains(&name)
}

/// Whether an attribute's value is a machine's date: prose in a `title` is none.
pub(super) fn is_stamp(value: &str) -> bool {
    if !(6..=80).contains(&value.len()) {
        return false;
    }
    let value = value.trim();
    let digits = value.bytes().filter(u8::is_ascii_digit).count();
    value.len() <= 40 && digits >= 6 && digits * 2 >= value.len()
}

/// Whether a text is short enough to be a date's line, and has a day in it, or words that may mean "yesterday".
fn may_hold_a_date(text: &str, context: &DateContext<'_>) -> bool {
    if !(1..=DATE_LINE).contains(&text.len()) {
        return false;
    }
    let digits = Digits::of(text);
    (context.now.is_some() && (text.len() <= RELATIVE || digits.has_small)) || digits.may_be_of_a_day(text)
}

/// The day that a URL names, as in `/2024/5/8/` or `/2024-05-08-title`.
pub(super) fn url_date(url: &Url) -> Option<Moment> {
    let day = |parts: &[&str]| {
        let [year, month, day] = parts else { return None };
        let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        let is_date =
            year.len() == 4 && month.len() <= 2 && day.len() <= 2 && parts.iter().all(|part| is_number(part));
        let date = NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
        date.filter(|_| is_date).map(Moment::day)
    };
    let parts: Vec<&str> = url.path().split('/').collect();
    let dashed = || parts.iter().find_map(|part| day(&part.split(['-', '_']).take(3).collect::<Vec<_>>()));
    parts.windows(3).find_map(day).or_else(dashed)
}

/// The first line of prose in an item that says more than its title.
pub(super) fn summary(page: &Page<'_>, item: Range<usize>, title: &str) -> Option<String> {
    let end = page.elements.get(item.end).map_or(page.text.len(), |after| after.text.start);
    let text = page.text.get(page.elements[item.start].text.start..end)?;
    let mut prose =
        text.lines().take(60).filter(|text| has_letters(text) && words(text) >= SUMMARY).map(line);
    let says_more = |text: &str| words(&text.replacen(title, " ", 1)) >= SUMMARY;
    prose.find(|text| !is_date(text) && says_more(text) && !title.starts_with(text.as_str()))
}

/// The first picture in an item that is no icon.
pub(super) fn image(page: &Page<'_>, item: Range<usize>) -> Option<Url> {
    positions(&page.pictures, &item).iter().find_map(|&at| image_of(page, at))
}

/// Those of the sorted `elements` that are in `range`.
pub(super) fn positions<'e>(elements: &'e [usize], range: &Range<usize>) -> &'e [usize] {
    let from = elements.partition_point(|at| *at < range.start);
    let until = elements.partition_point(|at| *at < range.end);
    &elements[from..until]
}

fn image_of(page: &Page<'_>, element: usize) -> Option<Url> {
    let data = page.elements[element].data;
    let is_small = |name| {
        attribute(data, name).and_then(|value| value.parse::<u32>().ok()).is_some_and(|size| size < 40)
    };
    if is_small("width") || is_small("height") {
        return None;
    }
    let values = IMAGE_ATTRIBUTES.iter().filter_map(|name| attribute(data, name));
    values
        .map(|value| value.split_whitespace().next().unwrap_or_default().trim_end_matches(','))
        .filter(|address| !address.starts_with("data:") && !address.is_empty() && !address.ends_with(".svg"))
        .find_map(|address| page.resolve(address))
}

/// The date that an element chosen by a selector gives.
pub(super) fn date_of(page: &Page<'_>, element: usize, context: &DateContext<'_>) -> Option<Moment> {
    let inside = page.inside(element).find_map(|at| marked_date(page, at, context));
    inside.or_else(|| parse_date(page.text_of(element), context))
}
