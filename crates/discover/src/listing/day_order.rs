//! Whether a list writes the day or the month first: one decision, for all its items.

use chrono::{DateTime, Utc};
use scraper::Html;
use tearsheet_dates::{DayOrder, OrderEvidence};

use super::fields::is_date_attribute;
use super::page::{Page, attribute};

/// A line with a date in it is at most so long, in bytes.
const LINE: usize = 120;

/// The order that everything on the page speaks for; `now` is when it was fetched.
pub(super) fn decide(
    page: &Page<'_>,
    html: &Html,
    language: Option<&str>,
    now: Option<DateTime<Utc>>,
) -> Option<DayOrder> {
    let mut evidence = OrderEvidence::default();
    language.into_iter().chain(locale(html)).for_each(|tag| evidence.language(tag));
    page.text.lines().filter(|line| line.len() <= LINE).for_each(|line| evidence.text(line));
    for element in page.elements.iter().filter(|element| element.has_stamp) {
        let stamps = element.data.attrs().filter(|(name, _)| is_date_attribute(name));
        stamps.for_each(|(_, value)| evidence.text(value));
    }
    page.targets.iter().for_each(|target| evidence.path(target.url.path()));
    evidence.address(page.url.host_str().unwrap_or_default(), page.url.path());
    evidence.decide(now)
}

fn locale(html: &Html) -> Option<&str> {
    let head = html.root_element().children().take(4).flat_map(|child| child.children());
    let metas = head.filter_map(|node| node.value().as_element()).filter(|element| element.name() == "meta");
    let named = |name: &str| matches!(name, "og:locale" | "content-language");
    metas
        .filter(|meta| attribute(meta, "property").or(attribute(meta, "http-equiv")).is_some_and(named))
        .find_map(|meta| attribute(meta, "content"))
}
