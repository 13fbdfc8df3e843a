//! Which articles a feed carries, in which order, and under which instants.

use chrono::{DateTime, Datelike, Duration, Timelike, Utc};

use crate::model::Entry;

/// The newest `size` of `entries`, newest first. Two that are shown under the same instant stand in the order of the
/// archive.
pub(super) fn newest<'a>(entries: impl IntoIterator<Item = &'a Entry>, size: usize) -> Vec<&'a Entry> {
    let mut all: Vec<&Entry> = entries.into_iter().collect();
    all.sort_by_key(|entry| std::cmp::Reverse((published_at(entry), entry.sequence, entry.id)));
    all.dedup_by_key(|entry| entry.id);
    all.truncate(size);
    all
}

/// The instant under which an article is published: [`Entry::shown_at`], or its first sight where the page states a
/// year that the formats cannot write (RFC 3339, section 1).
pub(super) fn published_at(entry: &Entry) -> DateTime<Utc> {
    let shown = entry.shown_at();
    if shown.year() >= 1 { shown } else { entry.first_seen }
}

/// The instant of an article's last substantive change, distinct from every other article's: to the millisecond as the
/// archive has it, then the article's number in the archive as microseconds. A reader that sorts by it sees the order
/// of the archive even where a run found many articles in one moment.
pub(super) fn updated_at(entry: &Entry) -> DateTime<Utc> {
    let millisecond = entry.updated.nanosecond() / 1_000_000 * 1_000_000;
    let whole = entry.updated.with_nanosecond(millisecond).unwrap_or(entry.updated);
    whole + Duration::microseconds(i64::try_from(entry.sequence % 1000).unwrap_or_default())
}
