//! The dates that feeds, sitemaps and their like carry.

use super::{Document, Settings};
use tearsheet_dates::{DateContext, parse_date};

use crate::model::Moment;

/// Reads a date. A time without a zone is taken to be in the source's.
pub(super) fn read(text: &str, document: &Document<'_>, settings: &Settings) -> Option<Moment> {
    let context = DateContext { language: None, timezone: settings.timezone, now: document.fetched_at };
    parse_date(text, &context)
}
