//! What the archive's own records say: `conversion` records hold normalised articles, `metadata` records hold
//! everything else that must outlive the index. A capture alone means nothing; one of these says what it was.

pub(crate) mod file_info;
pub(crate) mod key;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use tearsheet_html::picture_sources;
use url::Url;

use crate::model::{
    Article, ArticleId, Candidate, CanonicalUrl, Digest, HealthEvent, Hop, Moment, Picture, Rank, SourceId,
    TextSketch, Validators, bounded,
};
use crate::record::key::keyed;

/// The content type of `conversion` records.
pub(super) const ARTICLE: &str = "application/vnd.tearsheet.article+json; v=1";
/// The content type of `metadata` records.
pub(super) const NOTE: &str = "application/vnd.tearsheet.note+json; v=1";

/// Whose a content type is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    /// This program's, of the version it knows.
    Ours,
    /// This program's, of a later version.
    Newer,
    /// Another program's.
    Foreign,
}

/// Whether this program can read records of `content_type` where `known` is the type that it writes. It reads every
/// version up to that one: a field that came later has a default.
pub(super) fn format(content_type: &str, known: &str) -> Format {
    let (name, version) = name_and_version(content_type);
    let (known_name, newest) = name_and_version(known);
    if name != known_name {
        return Format::Foreign;
    }
    match version {
        Some(1..) if version <= newest => Format::Ours,
        Some(1..) => Format::Newer,
        _ => Format::Foreign,
    }
}

fn name_and_version(content_type: &str) -> (String, Option<u32>) {
    let mut parts = content_type.split(';').map(|part| part.trim().to_ascii_lowercase());
    let name = parts.next().unwrap_or_default();
    (name, parts.find_map(|part| part.strip_prefix("v=")?.parse().ok()))
}

/// What a revision changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// The article was not known.
    New,
    /// What it says.
    Substantive,
    /// How it says it.
    Minor,
}

/// The block of a `conversion` record. `A` is the [`Article`], or what a reader needs of it.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Conversion<A = Article> {
    /// Its place in the archive.
    pub(super) about: About,
    /// The link that led to it, without content.
    pub(super) candidate: Candidate,
    /// What it says.
    pub(super) article: A,
}

/// What the index needs of an article.
#[derive(Debug)]
pub(super) struct Outline {
    pub(super) published: Option<Moment>,
    pub(super) language: Option<String>,
    pub(super) title: String,
    pub(super) authors: Vec<String>,
    /// Its section and its tags.
    pub(super) tags: Vec<String>,
    pub(super) is_noindex: bool,
    /// The pictures that it shows, the lead image first.
    pub(super) pictures: Vec<Url>,
}

/// An article shows so many pictures at most.
const MOST_PICTURES: usize = 500;

impl Outline {
    pub(super) fn of(article: &Article) -> Outline {
        Outline {
            published: article.published,
            language: article.language.clone(),
            title: article.title.clone(),
            authors: article.authors.clone(),
            tags: article.section.iter().chain(&article.tags).cloned().collect(),
            is_noindex: article.robots.iter().any(|word| matches!(word.as_str(), "noindex" | "none")),
            pictures: pictures_of(article),
        }
    }
}

/// The addresses of the pictures that the article shows on the web, each once.
fn pictures_of(article: &Article) -> Vec<Url> {
    let lead = article.lead_image().map(|image| image.url.clone());
    let shown = picture_sources(&article.html).filter_map(|source| Url::parse(&source).ok());
    let mut found: Vec<Url> = Vec::new();
    let on_web = lead.into_iter().chain(shown).filter(|url| matches!(url.scheme(), "http" | "https"));
    for url in on_web.take(MOST_PICTURES) {
        if !found.contains(&url) {
            found.push(url);
        }
    }
    found
}

/// A revision's place in the archive. It repeats what earlier records said, so that the loss of one of them does
/// not change the others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct About {
    pub(super) id: ArticleId,
    /// The source that found it first; of several that did so in one run, the first by name.
    pub(super) source: SourceId,
    /// The source that was being read when this revision was captured.
    pub(super) found_by: SourceId,
    /// The canonical URL at first sight.
    pub(super) url: CanonicalUrl,
    /// What told it from other articles at that URL then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) item: Option<String>,
    /// The number of the run that first saw the article.
    #[serde(default, deserialize_with = "bounded::run")]
    pub(super) run: u64,
    #[serde(deserialize_with = "bounded::instant")]
    pub(super) first_seen: DateTime<Utc>,
    #[serde(deserialize_with = "bounded::instant")]
    pub(super) updated: DateTime<Utc>,
    /// When the page was captured.
    #[serde(deserialize_with = "bounded::instant")]
    pub(super) captured: DateTime<Utc>,
    /// The number of the event by which the article was first seen.
    #[serde(deserialize_with = "bounded::event")]
    pub(super) sequence: u64,
    /// Its place in the order of feeds that follow `source`.
    #[serde(default = "unranked")]
    pub(super) rank: Rank,
    pub(super) revision: u32,
    pub(super) change: Change,
    /// The number of the event that this revision is; none if it is minor.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "bounded::maybe_event")]
    pub(super) event: Option<u64>,
    /// The number of the run that wrote this revision; none in records of times before it was noted: then it is that of
    /// their file.
    #[serde(default, skip_serializing_if = "is_zero", deserialize_with = "bounded::run")]
    pub(super) written_in: u64,
    /// When the capture of an earlier revision was read again, and gave this one.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "bounded::maybe_instant")]
    pub(super) reread: Option<DateTime<Utc>>,
    /// The article's title when it was first seen; none where this revision is that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) first_title: Option<String>,
    /// The URL that answered.
    pub(super) answered: CanonicalUrl,
    /// URLs under which it was not known before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) aliases: Vec<CanonicalUrl>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) hops: Vec<Hop>,
    #[serde(default)]
    pub(super) validators: Validators,
    /// The digest of the response's body as sent.
    pub(super) payload: Digest,
    /// The digest of all that a reader sees.
    pub(super) digest: Digest,
    /// The digest of the text's words.
    pub(super) words: Digest,
}

impl About {
    /// The key under which it is known, whatever else is at its URL.
    pub(super) fn key(&self) -> String {
        keyed(self.url.as_url(), self.item.as_deref())
    }
}

/// The place of articles whose records name none: before all that do.
fn unranked() -> Rank {
    Rank { run: 1, at: DateTime::UNIX_EPOCH, position: 0 }
}

/// The block of a `metadata` record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "note", rename_all = "snake_case")]
pub(super) enum Note {
    /// An article was found again: by another source, or under further URLs.
    Found {
        id: ArticleId,
        source: SourceId,
        /// Its place in the order of feeds that follow `source`.
        #[serde(default = "unranked")]
        rank: Rank,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        aliases: Vec<CanonicalUrl>,
        /// What `source` calls it, if that was not known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        guid: Option<String>,
        /// The number of the run that found it; none in records of times before it was noted.
        #[serde(default, skip_serializing_if = "is_zero", deserialize_with = "bounded::run")]
        run: u64,
    },
    /// A listing, feed or sitemap has a new payload.
    Listing {
        source: SourceId,
        /// The URL that was asked.
        url: Url,
        /// The one that answered.
        answered: Url,
        #[serde(deserialize_with = "bounded::instant")]
        at: DateTime<Utc>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        hops: Vec<Hop>,
        #[serde(default)]
        validators: Validators,
        payload: Digest,
    },
    /// A page gave no article.
    Rejected {
        source: SourceId,
        candidate: Box<Candidate>,
        reason: String,
        failures: u32,
        #[serde(
            default,
            skip_serializing_if = "Option::is_none",
            deserialize_with = "bounded::maybe_instant"
        )]
        next_try_at: Option<DateTime<Utc>>,
        /// Of what it answered, if it did; a capture that stands in the archive already is not written again.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        payload: Option<Digest>,
        /// Why it is held back, as one word; none if there was nothing to hold back.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        hold: Option<String>,
        /// When the run began that held it back.
        #[serde(
            default,
            skip_serializing_if = "Option::is_none",
            deserialize_with = "bounded::maybe_instant"
        )]
        at: Option<DateTime<Utc>>,
        /// The redirects to it, if it is held back.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        hops: Vec<Hop>,
        /// What it says, if it is held back and has a text.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        sketch: Option<TextSketch>,
    },
    /// A further page on which a revision of an article stands, in their order.
    Part {
        source: SourceId,
        /// The article.
        of: ArticleId,
        revision: u32,
        /// The URL that answered.
        url: Url,
        #[serde(deserialize_with = "bounded::instant")]
        at: DateTime<Utc>,
        payload: Digest,
        /// The redirects to it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        hops: Vec<Hop>,
    },
    /// A page that had failed or was held back answers again, and says nothing new.
    Mended {
        source: SourceId,
        url: Url,
        /// What tells it from others at that URL.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        item: Option<String>,
    },
    /// The owner lets a page pass that was held back for this reason.
    Released {
        source: SourceId,
        /// As it was asked for.
        url: Url,
        /// What tells it from others at that URL.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        item: Option<String>,
        hold: String,
    },
    /// The site that a source's feed says it is of.
    Home { source: SourceId, home: Url },
    /// The owner takes an article down.
    Withdrawn {
        source: SourceId,
        id: ArticleId,
        reason: String,
        #[serde(deserialize_with = "bounded::instant")]
        at: DateTime<Utc>,
    },
    /// The owner publishes an article again that was taken down.
    Restored { source: SourceId, id: ArticleId },
    /// A picture that an article shows answered. Its response belongs to the note, or a revisit where the archive has its
    /// bytes already; neither where they are what they were.
    Picture {
        source: SourceId,
        /// As it was asked for.
        url: Url,
        #[serde(deserialize_with = "bounded::instant")]
        at: DateTime<Utc>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        hops: Vec<Hop>,
        #[serde(default)]
        validators: Validators,
        payload: Digest,
        /// What it is.
        picture: Picture,
    },
    /// A picture that an article shows could not be had, or was let go.
    NoPicture {
        source: SourceId,
        /// As it was asked for.
        url: Url,
        #[serde(deserialize_with = "bounded::instant")]
        at: DateTime<Utc>,
        reason: String,
        /// How often it failed in a row.
        failures: u32,
        #[serde(
            default,
            skip_serializing_if = "Option::is_none",
            deserialize_with = "bounded::maybe_instant"
        )]
        next_try_at: Option<DateTime<Utc>>,
        /// Whether it is larger than its owner wants to keep.
        #[serde(default)]
        is_let_go: bool,
    },
    /// Something happened to a source.
    Health(HealthEvent),
}

#[allow(clippy::trivially_copy_pass_by_ref)] // serde asks so
fn is_zero(number: &u64) -> bool {
    *number == 0
}

impl Note {
    /// The source that it is about.
    pub(super) fn source(&self) -> &SourceId {
        match self {
            Note::Found { source, .. }
            | Note::Listing { source, .. }
            | Note::Rejected { source, .. }
            | Note::Part { source, .. }
            | Note::Mended { source, .. }
            | Note::Released { source, .. }
            | Note::Home { source, .. }
            | Note::Withdrawn { source, .. }
            | Note::Restored { source, .. }
            | Note::Picture { source, .. }
            | Note::NoPicture { source, .. }
            | Note::Health(HealthEvent { source, .. }) => source,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_version_up_to_the_one_that_is_written_is_read() {
        let written = "application/vnd.tearsheet.article+json; v=3";
        for (content_type, expected) in [
            (written, Format::Ours),
            ("application/vnd.tearsheet.article+json;V=1", Format::Ours),
            ("Application/vnd.tearsheet.article+JSON; charset=utf-8; v=2", Format::Ours),
            ("application/vnd.tearsheet.article+json; v=4", Format::Newer),
            ("application/vnd.tearsheet.article+json; v=10", Format::Newer),
            ("application/vnd.tearsheet.article+json", Format::Foreign),
            ("application/vnd.tearsheet.article+json; v=0", Format::Foreign),
            ("application/vnd.tearsheet.note+json; v=1", Format::Foreign),
            ("", Format::Foreign),
        ] {
            assert_eq!(format(content_type, written), expected, "{content_type}");
        }
    }

    #[test]
    fn a_record_without_later_fields_and_with_unknown_ones_is_read() {
        let digest = format!("sha256:{}", "00".repeat(32));
        let record = serde_json::json!({
            "about": {
                "id": "31b4fd2e-2ea6-5353-8b7f-63a93969cc2e", "source": "a", "found_by": "a",
                "url": "https://a.example/1", "first_seen": "2026-11-24T06:15:00Z",
                "updated": "2026-11-24T06:15:00Z", "captured": "2026-11-24T06:15:00Z", "sequence": 1,
                "revision": 1, "change": "new", "event": 1, "at_event": 1, "answered": "https://a.example/1",
                "payload": digest, "digest": digest, "words": digest, "mood": "cheerful",
            },
            "candidate": { "url": "https://a.example/1" },
            "article": { "url": "https://a.example/1", "title": "One", "html": "", "text": "", "word_count": 0 },
            "added": { "later": true },
        });
        let read: Conversion = serde_json::from_value(record).unwrap();
        assert_eq!((read.about.rank, read.about.reread), (unranked(), None));
    }
}
