//! An archived article as publishing sees it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use url::Url;

use super::{Article, ArticleId, CanonicalUrl, Enclosure, SourceId, bounded, shown_at};

/// What happened to an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EventKind {
    /// It was seen for the first time.
    New,
    /// Its text changed in substance.
    Revised,
}

/// Where an article stands in the order of feeds. A later run comes later. What one run found is ordered by when it was
/// published and then as its source lists it, so that nothing depends on which answer came first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Rank {
    /// The number of the run that found it, counted from 1; 0 for an article of a source's past, which is no news.
    #[serde(deserialize_with = "bounded::run")]
    pub run: u64,
    /// When it was published as far as was known by then, else when the run began; to the second.
    #[serde(deserialize_with = "bounded::instant")]
    pub at: DateTime<Utc>,
    /// Its place in its source's order within the run: the greater the newer.
    pub position: i64,
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
    /// Its title when it was first seen; never changes.
    pub first_title: String,
    /// When the run began that first saw it; never changes.
    pub first_seen: DateTime<Utc>,
    /// When the run began that last found its text changed in substance; `first_seen` until then.
    pub updated: DateTime<Utc>,
    /// No date of it is shown later, where the clock of its run is known to have been ahead.
    pub not_after: Option<DateTime<Utc>>,
    /// The number of the event by which it was first seen, counted from 1 in the order of writing. What is published
    /// does not depend on it.
    pub sequence: u64,
    /// Where it stands in the order of feeds; never changes.
    pub rank: Rank,
    /// The number of its newest revision, counted from 1.
    pub revision: u32,
    /// That revision.
    pub article: Article,
    /// When its publisher last changed it, as its first revision states it. A later revision that says nothing new does
    /// not move it.
    pub stated: Option<DateTime<Utc>>,
    /// Files that its feed attaches to it.
    pub enclosures: Vec<Enclosure>,
    /// The page on which readers discuss it.
    pub comments: Option<Url>,
}

impl Entry {
    /// The instant under which feeds and pages show and sort the article: `published` as the page states it, unless
    /// that is missing, older than the web, or later than the first sight of it.
    #[must_use]
    pub fn shown_at(&self) -> DateTime<Utc> {
        let shown = shown_at(self.article.published, self.first_seen);
        self.not_after.map_or(shown, |latest| shown.min(latest))
    }

    /// `updated`, as far as its run's clock can be believed.
    #[must_use]
    pub fn updated_at(&self) -> DateTime<Utc> {
        self.not_after.map_or(self.updated, |latest| self.updated.min(latest))
    }

    /// The instant of its last change that means something to readers (RFC 4287, section 4.2.15): what its publisher
    /// states, until we have seen its text change in substance; then when we saw that.
    #[must_use]
    pub fn changed_at(&self) -> DateTime<Utc> {
        if self.updated > self.first_seen {
            return self.updated_at();
        }
        let changed = self.stated.map_or(self.first_seen, |stated| stated.min(self.first_seen));
        self.not_after.map_or(changed, |latest| changed.min(latest))
    }
}
