//! The dates that feeds, sitemaps and their like carry.

use tearsheet_dates::{DateContext, DayOrder, OrderEvidence, parse_date};

use super::{Document, Settings};
use crate::model::Moment;

/// Reads a date. A time without a zone is taken to be in the source's.
pub(super) fn read(text: &str, document: &Document<'_>, settings: &Settings) -> Option<Moment> {
    read_ordered(text, document, settings, None)
}

/// Reads a date of a document that writes day and month in this order.
pub(super) fn read_ordered(
    text: &str,
    document: &Document<'_>,
    settings: &Settings,
    order: Option<DayOrder>,
) -> Option<Moment> {
    let context = DateContext {
        timezone: settings.timezone,
        now: document.fetched_at,
        order,
        ..DateContext::default()
    };
    // What is older was never set: counters begin in 1970.
    parse_date(text, &context).filter(Moment::is_of_the_web)
}

/// Whether a document writes the day or the month first: one decision, for all its `dates`, by them, its language and
/// its address.
pub(super) fn order<'a>(
    document: &Document<'_>,
    language: Option<&str>,
    dates: impl IntoIterator<Item = &'a str>,
) -> Option<DayOrder> {
    let mut evidence = OrderEvidence::default();
    language.iter().for_each(|tag| evidence.language(tag));
    evidence.address(document.url.host_str().unwrap_or_default(), document.url.path());
    dates.into_iter().for_each(|text| evidence.text(text));
    evidence.decide(document.fetched_at)
}
