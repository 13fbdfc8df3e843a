//! Headings that date the items below them: a day, or the month or year of which the items say the day.

use std::ops::Range;

use tearsheet_dates::{DateContext, find_date};

use super::fields::{Dated, Lines, positions};
use super::page::Page;
use super::tag::Tag;
use super::texts::is_date;
use crate::model::Moment;

/// Fewer headings are no order.
const FEW: usize = 2;
/// A longer heading says more than a date, in bytes.
const LONGEST: usize = 48;
/// What is before or after an item's title is a day up to this length, in bytes.
const DAY: usize = 24;

pub(super) struct DateHeadings {
    /// In the page's order, each with its element.
    headings: Vec<(usize, HeadingDate)>,
}

enum HeadingDate {
    Day(Moment),
    /// A month with its year, or a year.
    Span(String),
    /// Something that ends what the heading before it dates.
    Nothing,
}

impl DateHeadings {
    /// The headings that date `items`, which are in the page's order; `None` if most of its headings say no dates.
    pub(super) fn of(
        page: &Page<'_>,
        items: &[Range<usize>],
        context: &DateContext<'_>,
    ) -> Option<DateHeadings> {
        let (first, last) = (items.first()?, items.last()?);
        let from = first.start.saturating_sub(BEFORE);
        let links: Vec<usize> = page.links.iter().map(|link| link.element).collect();
        let mut headings = Vec::new();
        let mut at = from;
        while at < last.end {
            let inside = page.inside(at);
            if !page.elements[at].region.heading && !is_line_of_date(page, items, at) {
                at += 1;
                continue;
            }
            if positions(&links, &inside).is_empty() && !page.text_of(at).is_empty() {
                headings.push((at, said(page.text_of(at), context)));
            }
            at = inside.end;
        }
        let dated = headings.iter().filter(|(_, said)| !matches!(said, HeadingDate::Nothing)).count();
        (dated >= FEW && dated * 2 > headings.len()).then_some(DateHeadings { headings })
    }

    /// The dates of an item: its own, or what its heading says of it.
    pub(super) fn dates_of<'p>(
        &self,
        page: &'p Page<'_>,
        item: &Range<usize>,
        lines: &mut Lines<'p, '_>,
    ) -> Vec<Dated> {
        // A card may hold a heading: its own before its text, or the next item's after it.
        let text = |at: usize| page.elements[at].text.start;
        let is_own = |heading: usize| heading < item.start || text(heading) == text(item.start);
        let own = self.headings.iter().rev().find(|(at, _)| *at < item.end && is_own(*at));
        let Some((heading, said)) = own else { return lines.dates_in(page, item.clone()) };
        let begin = if item.contains(heading) { page.elements[*heading].end } else { item.start };
        let next = self.headings.iter().map(|(at, _)| *at).find(|at| *at > *heading && item.contains(at));
        let rest = begin..next.unwrap_or(item.end);
        let from_heading = match said {
            HeadingDate::Day(day) => Some(*day),
            HeadingDate::Span(span) => day_of(page, &rest, span),
            HeadingDate::Nothing => None,
        };
        let own = if rest.is_empty() { Vec::new() } else { lines.dates_in(page, rest) };
        match (from_heading, said) {
            (Some(date), HeadingDate::Span(_)) => vec![(date, 0)],
            (Some(date), _) if own.is_empty() => vec![(date, 0)],
            _ => own,
        }
    }
}

/// Whether an element outside the items' first lines is a block that says a date and nothing else, and no item's own.
fn is_line_of_date(page: &Page<'_>, items: &[Range<usize>], at: usize) -> bool {
    let element = &page.elements[at];
    let text = page.text_of(at);
    let holds_an_item =
        || items.iter().any(|item| page.inside(element.parent).contains(&item.start) && item.start > at);
    element.tag == Tag::Block
        && !text.is_empty()
        && text.len() <= LONGEST
        && is_date(text)
        && !items.iter().any(|item| item.start <= at && at < item.end)
        && holds_an_item()
}

/// Elements before a list among which its first heading is.
const BEFORE: usize = 12;

fn said(text: &str, context: &DateContext<'_>) -> HeadingDate {
    if text.len() > LONGEST {
        return HeadingDate::Nothing;
    }
    let year = text.split(|c: char| !c.is_ascii_digit()).find(|digits| digits.len() == 4);
    let is_year =
        year.is_some_and(|year| year == text.trim() && (year.starts_with("19") || year.starts_with("20")));
    let words = text.split_whitespace().count();
    if is_year {
        return HeadingDate::Span(text.trim().to_owned());
    }
    // A month with a year is one if a day before it makes it a date.
    let numbers = text.split(|c: char| !c.is_ascii_digit()).filter(|digits| !digits.is_empty()).count();
    if year.is_some() && numbers == 1 && words <= 3 && find_date(&format!("1 {text}"), context).is_some() {
        return HeadingDate::Span(text.trim().to_owned());
    }
    match find_date(text, context).filter(|_| is_date(text)) {
        Some(day) => HeadingDate::Day(day),
        None => HeadingDate::Nothing,
    }
}

/// The date of an item that says its day before or after its link, of the month or year that is `span`.
fn day_of(page: &Page<'_>, item: &Range<usize>, span: &str) -> Option<Moment> {
    let link = page.links.iter().map(|link| link.element).find(|at| item.contains(at))?;
    let (whole, own) = (page.lines_around(link), page.text_of(link));
    let beside = whole.split_once(own).map(|(before, after)| [before, after]);
    let lines = item.clone().map(|at| page.text_of(at)).filter(|text| !text.contains('\n'));
    beside.into_iter().flatten().chain(lines).find_map(|text| {
        let day = text.trim_matches(|c: char| !c.is_alphanumeric() && c != '.');
        let digits: Vec<&str> =
            day.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
        let is_day =
            (1..=DAY).contains(&day.len()) && !digits.is_empty() && digits.iter().all(|part| part.len() <= 2);
        let read = || {
            let day = day.trim_end_matches('.');
            let spaced = find_date(&format!("{day} {span}"), &DateContext::default());
            spaced.or_else(|| find_date(&format!("{day}.{span}"), &DateContext::default()))
        };
        if is_day { read() } else { None }
    })
}
