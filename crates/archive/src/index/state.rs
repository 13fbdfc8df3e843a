//! What the archive answers when it is asked: about articles, pages, listings and sources.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use url::Url;

use crate::model::{ArticleId, Candidate, CanonicalUrl, Digest, Moment, SourceId, Validators};

/// An article that the archive has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// Its identity.
    pub id: ArticleId,
    /// The canonical URL under which it was first seen.
    pub url: CanonicalUrl,
    /// The URL that answered when it was last captured.
    pub answered: CanonicalUrl,
    /// The source that found it first, then the others that found it, by name.
    pub sources: Vec<SourceId>,
    /// The number of the run that first saw it.
    pub run: u64,
    /// When it is to be looked at again; `None` once the schedule is done.
    pub next_look_at: Option<DateTime<Utc>>,
    /// The title that its listing or feed showed at the last look.
    pub hint_title: Option<String>,
    /// The change that its feed or sitemap stated at the last look.
    pub hint_modified: Option<Moment>,
    /// The digest of the text that its feed carried then; none if it carried none, or its changes say nothing.
    pub hint_digest: Option<Digest>,
    /// What tells it from other articles at its URL.
    pub item: Option<String>,
    /// What its page can be asked again with.
    pub validators: Validators,
}

/// What is remembered of a page's URL, whether or not it became an article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageState {
    /// Attempts since the last success that gave no article.
    pub failures: u32,
    /// Why the last of them failed, or why it could not be tried; `None` if the page is in no trouble.
    pub reason: Option<String>,
    /// When it is to be tried again; `None` if nothing failed, or it is given up.
    pub next_try_at: Option<DateTime<Utc>>,
    /// Whether its source still lists it.
    pub is_listed: bool,
    /// What it can be asked again with.
    pub validators: Validators,
}

/// An article that its owner took down.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WithdrawnArticle {
    /// Its identity.
    pub id: ArticleId,
    /// Its URL.
    pub url: CanonicalUrl,
    /// Its title.
    pub title: String,
    /// Why it was taken down.
    pub reason: String,
}

/// A page that gave no article and is not held back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FailedPage {
    /// Its URL.
    pub url: Url,
    /// The title that led to it.
    pub title: Option<String>,
    /// Why it failed, or could not be tried.
    pub reason: String,
    /// Attempts in a row that gave no article.
    pub failures: u32,
    /// When it is to be tried again.
    pub next_try_at: Option<DateTime<Utc>>,
}

/// What is remembered of a listing, feed or sitemap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListingState {
    /// What it can be asked again with.
    pub validators: Validators,
    /// The digest of its newest payload.
    pub payload: Digest,
    /// When it last answered.
    pub checked_at: DateTime<Utc>,
    /// The URL that answered then.
    pub answered: Url,
    /// Where it moved for good.
    pub moved_to: Option<Url>,
    /// When its own URL was last asked, if it moved for good.
    pub moved_at: DateTime<Utc>,
}

/// What is remembered of a source. Only the index has it: a rebuild forgets it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceState {
    /// When it was last asked.
    pub last_checked: Option<DateTime<Utc>>,
    /// When it last answered well.
    pub last_success: Option<DateTime<Utc>>,
    /// Checks since then that failed.
    pub failures: u32,
    /// What the last trouble was; kept after the trouble is over.
    pub trouble: Option<String>,
}

/// A second look that is due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    /// The article.
    pub id: ArticleId,
    /// The link with the hints that it had when the article was last kept; its URL is the one that answered then.
    pub candidate: Candidate,
    /// What the page can be asked again with.
    pub validators: Validators,
}

/// A further page of an article, as it can be asked again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FurtherPage {
    /// The URL that answered.
    pub url: Url,
    /// What it can be asked again with.
    pub validators: Validators,
    /// The digest of what it answered.
    pub payload: Digest,
}

/// How much the archive holds of a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Count {
    /// The source.
    pub source: SourceId,
    /// Articles that it found, first or second.
    pub articles: u64,
    /// Revisions, first ones included, of the articles that it found first.
    pub revisions: u64,
    /// Bytes of WARC records that were written for it.
    pub bytes: u64,
}

/// What records hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Articles in their normalised form.
    Articles,
    /// The captures from which articles were made.
    Captures,
    /// Captures of listings, feeds and sitemaps.
    Listings,
    /// Captures of pages that gave no article.
    Rejected,
    /// Notes of what happened.
    Notes,
    /// Pictures that articles show.
    Pictures,
}

impl Kind {
    /// All of them.
    pub const ALL: [Kind; 6] =
        [Kind::Articles, Kind::Captures, Kind::Listings, Kind::Rejected, Kind::Notes, Kind::Pictures];

    /// A word for programs.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Kind::Articles => "articles",
            Kind::Captures => "captures",
            Kind::Listings => "listings",
            Kind::Rejected => "rejected",
            Kind::Notes => "notes",
            Kind::Pictures => "pictures",
        }
    }
}

/// What the records of one kind take in the WARC files of one month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Volume {
    /// The month in which the files were begun: `2026-11`.
    pub month: String,
    /// The kind.
    pub kind: Kind,
    /// Bytes, as packed.
    pub bytes: u64,
}

/// An event of a feed, by its place in the order of the feed's events. The default comes before the first.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Occurrence {
    /// The number of the run that brought it.
    pub(crate) run: u64,
    /// Whether it is a revision. In one run these come after what was found.
    pub(crate) is_revision: bool,
    /// When the article was published, in seconds.
    pub(crate) at: i64,
    /// The article's place in its source's order.
    pub(crate) position: i64,
    /// The article; none before the first event.
    pub id: Option<ArticleId>,
    /// The number of the revision that the event shows.
    pub(crate) revision: u32,
}
