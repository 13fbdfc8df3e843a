//! What the steps of a run share.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use tokio::sync::Semaphore;
use url::Url;

use super::Progress;
use super::deadline::Deadline;
use super::fresh::Fresh;
use super::store::Store;
use crate::config::SourceConfig;
use crate::fetch::Client;
use crate::model::{Candidate, CanonicalUrl, Capture};

/// Which sources a run asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asks {
    /// Those that are due.
    Due,
    /// All that it was told.
    All,
    /// The same, and every page of them that failed.
    Again,
}

/// What all sources of a run share.
pub(super) struct Context<'a> {
    pub(super) store: Store,
    pub(super) client: Client,
    pub(super) fresh: Fresh,
    /// When the run began.
    pub(super) now: DateTime<Utc>,
    /// Its number in the archive.
    pub(super) run: u64,
    /// Which sources it asks.
    pub(super) asks: Asks,
    pub(super) max_size: usize,
    pub(super) deadline: Deadline,
    /// Whether pictures are fetched however long they have been wanted.
    pub(super) all_pictures: bool,
    /// Whose turn it is to decode a picture.
    pub(super) decoding: Semaphore,
    pub(super) observer: &'a (dyn Fn(Progress) + Sync),
}

/// What a source lists in this run.
#[derive(Clone, Debug, Default)]
pub(super) struct Listed {
    /// The documents that list its articles.
    pub(super) documents: Vec<Url>,
    /// The keys of its articles' links.
    pub(super) links: BTreeSet<String>,
}

impl Listed {
    pub(super) fn of<'a>(
        source: &SourceConfig,
        documents: &[Capture],
        candidates: impl Iterator<Item = &'a Candidate>,
    ) -> Listed {
        let own = std::iter::once(&source.source.url);
        let key = |candidate: &Candidate| CanonicalUrl::of(&candidate.url).ok().map(|url| url.key());
        Listed {
            documents: own.chain(documents.iter().map(|capture| &capture.url)).cloned().collect(),
            links: candidates.filter_map(key).collect(),
        }
    }
}
