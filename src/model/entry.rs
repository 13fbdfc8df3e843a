//! An archived article as publishing sees it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{Article, ArticleId, CanonicalUrl, SourceId};

/// What happened to an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EventKind {
    /// It was seen for the first time.
    New,
    /// Its text changed in substance.
    Revised,
}

/// The newest published state of an article, with its place in the archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its identity.
    pub id: ArticleId,
    /// The source that found it first.
    pub source: SourceId,
    /// The canonical URL under which it was first seen.
    pub url: CanonicalUrl,
    /// When it was first seen; never changes.
    pub first_seen: DateTime<Utc>,
    /// When its text last changed in substance; `first_seen` until then.
    pub updated: DateTime<Utc>,
    /// The number of the event by which it was first seen, counted from 1 in the order of the archive.
    pub sequence: u64,
    /// The number of its newest revision, counted from 1.
    pub revision: u32,
    /// That revision.
    pub article: Article,
}

impl Entry {
    /// The instant under which feeds and pages show and sort the article: `published` as the page states it, unless
    /// that is missing or later than the first sight of it.
    #[must_use]
    pub fn shown_at(&self) -> DateTime<Utc> {
        self.article.published.map_or(self.first_seen, |published| published.to_utc().min(self.first_seen))
    }
}
