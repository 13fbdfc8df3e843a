//! What the records of another archive may change in this one: histories go on, what is newer counts, and nobody else says
//! where a source is.

use chrono::{DateTime, TimeDelta, Utc};

use crate::index::Prior;
use crate::model::{Digest, SourceId};
use crate::record::key::is_permanent;
use crate::record::{About, Note};

/// Clocks differ; what is later than now by more is of no clock.
pub(super) const CLOCKS_DIFFER: TimeDelta = TimeDelta::days(1);

/// The newest revision of an article, as far as it decides what becomes of another.
#[derive(Clone, Debug)]
pub(super) struct Newest {
    pub(super) source: SourceId,
    pub(super) first_seen: DateTime<Utc>,
    pub(super) revision: u32,
    pub(super) digest: Digest,
    pub(super) payload: Digest,
}

impl Newest {
    pub(super) fn of(prior: &Prior) -> Newest {
        let (row, digest, payload) = (&prior.row, prior.digest, prior.payload);
        let (source, first_seen, revision) = (row.source.clone(), row.first_seen, row.revision);
        Newest { source, first_seen, revision, digest, payload }
    }
}

/// Whether it is the next revision of the article, the newest once more, whose record was lost here, or the first as the
/// first of two sources had it that found the article in one run.
pub(super) fn goes_on(newest: &Newest, about: &About) -> bool {
    let is_first =
        about.revision == 1 && about.first_seen == newest.first_seen && about.source < newest.source;
    let is_next = about.revision > newest.revision && about.source == newest.source;
    is_next || about.revision == newest.revision && (is_same(newest, about) || is_first)
}

/// Whether it says what the newest says, word for word.
pub(super) fn is_same(newest: &Newest, about: &About) -> bool {
    about.digest == newest.digest && about.payload == newest.payload
}

/// Whether a capture is no earlier than the newest, and of this day at the latest.
pub(super) fn is_later(newest: DateTime<Utc>, captured: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    captured >= newest && captured <= now + CLOCKS_DIFFER
}

/// Whether a note may be taken from another archive. Where a source moved to is learnt from its own site.
pub(super) fn is_believed(note: &Note, now: DateTime<Utc>) -> bool {
    match note {
        Note::Listing { hops, at, .. } => !is_permanent(hops) && *at <= now + CLOCKS_DIFFER,
        Note::Health(event) => event.at <= now + CLOCKS_DIFFER,
        _ => true,
    }
}
