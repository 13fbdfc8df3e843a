//! Items that have no page of their own: the rows of a page and the sections of a changelog, each with a name in the page
//! that a link can lead to, and most with a date. Their text is what the page shows.

use std::ops::Range;

use rustc_hash::FxHashMap;
use scraper::{ElementRef, Html};
use tearsheet_dates::DateContext;

use super::fields;
use super::naming::{Item, naming};
use super::page::{Page, attribute};
use super::tag::Tag;
use super::title::{has_letters, line, words};
use super::titles::without_date;
use crate::discover::plain_text;
use crate::model::{Candidate, Digest};

/// Fewer are no list.
const FEW: usize = 3;
/// More are not read.
const MOST: usize = 500;
/// Elements of a row among which its name is looked for.
const NAMED_WITHIN: usize = 12;
/// What a row of a list says has at least so many words.
const WORDS: usize = 5;
/// The HTML of a row is at most so long, in bytes.
const LONGEST: usize = 256 * 1024;

/// An item: where it is, and its name in the page.
struct Row<'p> {
    elements: Range<usize>,
    /// The elements whose HTML is its text.
    content: Range<usize>,
    name: &'p str,
    heading: Option<usize>,
}

/// The items of `page` that have no page of their own.
pub(super) fn read(page: &Page<'_>, html: &Html, context: &DateContext<'_>) -> Vec<Candidate> {
    let mut best: Vec<Candidate> = Vec::new();
    for rows in runs(page) {
        let found = candidates(page, html, &rows, context);
        if found.len() > best.len() {
            best = found;
        }
    }
    best
}

/// Runs of siblings at like places that all have names.
fn runs<'p>(page: &'p Page<'_>) -> Vec<Vec<Row<'p>>> {
    let mut places: FxHashMap<(usize, u64), Vec<usize>> = FxHashMap::default();
    for (at, element) in page.elements.iter().enumerate().skip(1) {
        let region = element.region;
        let is_block = matches!(element.tag, Tag::Block | Tag::Article | Tag::Heading);
        if is_block && !region.navigation && !region.footer && !region.aside && !region.header {
            places.entry((element.parent, element.class_path)).or_default().push(at);
        }
    }
    let mut runs: Vec<Vec<usize>> =
        places.into_values().filter(|run| (FEW..=MOST).contains(&run.len())).collect();
    runs.sort_unstable();
    let named = runs.iter().map(|run| rows(page, run)).filter(|rows| rows.len() >= FEW);
    named.collect()
}

fn rows<'p>(page: &'p Page<'_>, run: &[usize]) -> Vec<Row<'p>> {
    let is_headings = run.iter().all(|&at| page.elements[at].tag == Tag::Heading);
    let row = |(nth, &at): (usize, &usize)| {
        let inside = page.inside(at);
        let name = name(page, inside.clone())?;
        if !is_headings {
            let heading = inside.clone().find(|&at| page.elements[at].region.heading);
            return Some(Row { content: inside.clone(), elements: inside, name, heading });
        }
        let parent = page.elements[page.elements[at].parent].end;
        let end = run.get(nth + 1).copied().unwrap_or(parent);
        Some(Row { content: inside.end..end, elements: at..end, name, heading: Some(at) })
    };
    let rows: Vec<Row<'p>> = run.iter().enumerate().filter_map(row).collect();
    let mut names: Vec<&str> = rows.iter().map(|row| row.name).collect();
    names.sort_unstable();
    names.dedup();
    // One name for several, or names for some, are no names of items.
    if names.len() == rows.len() && rows.len() * 3 >= run.len() * 2 { rows } else { Vec::new() }
}

/// The first name in an element that a link can lead to.
fn name<'p>(page: &'p Page<'_>, inside: Range<usize>) -> Option<&'p str> {
    inside.take(NAMED_WITHIN).find_map(|at| {
        let data = page.elements[at].data;
        let own = attribute(data, "id").or_else(|| attribute(data, "name").filter(|_| data.name() == "a"));
        let to_itself = || attribute(data, "href")?.strip_prefix('#');
        own.or_else(to_itself)
            .map(str::trim)
            .filter(|name| !name.is_empty() && !name.contains(char::is_whitespace))
    })
}

fn candidates(page: &Page<'_>, html: &Html, rows: &[Row<'_>], context: &DateContext<'_>) -> Vec<Candidate> {
    let ranges: Vec<Range<usize>> = rows.iter().map(|row| row.elements.clone()).collect();
    let dates = fields::dates(page, &ranges, context);
    let dated = dates.iter().flatten().count();
    if dated * 2 <= rows.len() {
        return Vec::new();
    }
    let items: Vec<Item> = ranges.iter().map(|range| (range.clone(), None)).collect();
    let naming = naming(page, &items);
    let found = rows.iter().zip(&items).zip(dates).filter_map(|((row, item), published)| {
        let heading = row.heading.map(|at| line(page.text_of(at)));
        let title = heading.or_else(|| naming.as_ref()?.of(page, item)).filter(|title| has_letters(title));
        let title = title.map(|title| without_date(&title).unwrap_or(title));
        let content = html_of(page, html, row.content.clone());
        let text = plain_text::plain(&content);
        if words(&text) < WORDS {
            return None;
        }
        let mut url = page.url.clone();
        url.set_fragment(Some(row.name));
        Some(Candidate {
            published,
            summary: title.as_deref().and_then(|title| fields::summary(page, row.elements.clone(), title)),
            image: fields::image(page, row.elements.clone()),
            title,
            item: Some(row.name.to_owned()),
            text_digest: Some(Digest::of(text.as_bytes())),
            content: Some(content),
            ..Candidate::new(url)
        })
    });
    let found: Vec<Candidate> = found.collect();
    if found.len() >= FEW { found } else { Vec::new() }
}

/// The HTML of siblings in a row, or of the one element that they are.
fn html_of(page: &Page<'_>, html: &Html, elements: Range<usize>) -> String {
    let mut out = String::new();
    let mut at = elements.start;
    while at < elements.end && out.len() < LONGEST {
        let element = html.tree.get(page.elements[at].id).and_then(ElementRef::wrap);
        out.extend(element.map(|element| element.html()));
        at = page.elements[at].end;
    }
    out
}
