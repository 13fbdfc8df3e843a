//! Turns archived articles into feeds and a reading site: functions from values to files; `files` alone writes.

use std::path::PathBuf;

use url::Url;

use crate::model::SourceId;

/// The site as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Its title.
    pub title: String,
    /// Where `output` will be reachable, ending in `/`. Without it feeds carry no self link.
    pub base_url: Option<Url>,
    /// The language of its own words, as a BCP 47 tag.
    pub language: String,
    /// The folder that is written.
    pub output: PathBuf,
}

/// How much of an article a feed carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// The whole body.
    Full,
    /// Its summary.
    Excerpt,
    /// Title and link.
    Link,
}

/// A format in which a feed is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// RSS 2.0.
    Rss,
    /// Atom 1.0 (RFC 4287).
    Atom,
    /// JSON Feed 1.1.
    Json,
}

/// One published feed: a source's own, or several merged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feed {
    /// Its folder's name beneath the output; of the same shape as a source's name.
    pub id: SourceId,
    /// Its title.
    pub title: String,
    /// The site that it is made from; `None` for a merged feed.
    pub home: Option<Url>,
    /// Its language, as a BCP 47 tag.
    pub language: Option<String>,
    /// The sources whose articles it carries.
    pub sources: Vec<SourceId>,
    /// How many articles it carries, newest first.
    pub size: usize,
    /// How much of each.
    pub level: Level,
    /// The formats in which it is written; never empty, no format twice.
    pub formats: Vec<Format>,
}
