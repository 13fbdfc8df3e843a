//! Which articles a feed carries, in which order, and under which instants.

use chrono::{DateTime, Duration, SubsecRound, Utc};

use crate::model::Entry;

/// The newest `size` of `entries`, newest first. Two that are shown under the same instant stand in the order
/// in which they were found.
pub(super) fn newest<'a>(entries: impl IntoIterator<Item = &'a Entry>, size: usize) -> Vec<&'a Entry> {
    let mut all: Vec<&Entry> = entries.into_iter().collect();
    all.sort_by_key(|entry| std::cmp::Reverse((entry.shown_at(), entry.rank, entry.id)));
    all.dedup_by_key(|entry| entry.id);
    all.truncate(size);
    all
}

/// The instant of an article's last change. Feed readers want distinct ones: hundredths of the second are the article's
/// place in its run, so that a reader that sorts by it sees the order in which its source lists it, and what is smaller
/// comes from its identity.
pub(super) fn changed_at(entry: &Entry) -> DateTime<Utc> {
    apart(entry, entry.changed_at())
}

/// When the run began that last found something to tell of the article, distinct as [`changed_at`] is.
pub(super) fn found_at(entry: &Entry) -> DateTime<Utc> {
    apart(entry, entry.updated_at())
}

fn apart(entry: &Entry, at: DateTime<Utc>) -> DateTime<Utc> {
    let [first, second, ..] = *entry.id.as_bytes();
    let below = u32::from(u16::from_be_bytes([first, second])) * 10_000 / 0x1_0000;
    let place = entry.rank.position.clamp(0, 99) * 10_000;
    at.trunc_subsecs(0) + Duration::microseconds(place + i64::from(below))
}
