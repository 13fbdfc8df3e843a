//! What discovery found: a link that may be an article.

use serde::{Deserialize, Serialize};
use url::Url;

use super::bounded::maybe_moment;
use super::{CanonicalUrl, Digest, Moment};

/// A link that may be an article, with what its listing, feed or sitemap says of it. The hints travel with the
/// link into extraction and into the archive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Candidate {
    /// The absolute URL as found.
    pub url: Url,
    /// The title shown there, as plain text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// When it was published, as said there.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "maybe_moment")]
    pub published: Option<Moment>,
    /// When it was last changed, as said there (`updated` of a feed, `lastmod` of a sitemap).
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "maybe_moment")]
    pub modified: Option<Moment>,
    /// A summary, as plain text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    /// An image's absolute URL.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image: Option<Url>,
    /// Authors, as named there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub authors: Vec<String>,
    /// Its subjects, as named there: `category` of RSS and Atom, `tags` of JSON Feed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// The article's HTML, where a feed carries it. Not sanitised.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content: Option<String>,
    /// What its feed calls it: `guid` of RSS, `id` of Atom and JSON Feed, without surrounding white space; a URL in its
    /// one spelling. None where that says no more than the link does, or is said of other items too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub guid: Option<String>,
    /// What tells it from other items at its URL, where it is one of several there, or has no page: its guid, the
    /// fragment of its link, or a digest. Its text is what its feed carries, not what is at the URL.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<String>,
    /// Recordings, films and documents that its feed attaches to it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub enclosures: Vec<Enclosure>,
    /// The page on which readers discuss it, as said there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comments: Option<Url>,
    /// The digest of the text that its feed carries, by which an edit is noticed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text_digest: Option<Digest>,
}

/// A file that a feed attaches to an item: `enclosure` of RSS, a link of Atom with that relation, `media:content`, or an
/// attachment of JSON Feed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enclosure {
    /// Its absolute URL.
    pub url: Url,
    /// Its media type, as said there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub media_type: Option<String>,
    /// Its length in bytes, as said there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub length: Option<u64>,
}

impl Candidate {
    /// A bare link.
    #[must_use]
    pub fn new(url: Url) -> Candidate {
        Candidate {
            url,
            title: None,
            published: None,
            modified: None,
            summary: None,
            image: None,
            authors: Vec::new(),
            tags: Vec::new(),
            content: None,
            guid: None,
            item: None,
            enclosures: Vec::new(),
            comments: None,
            text_digest: None,
        }
    }

    /// Whether its feed carries a text of it, or something to look at; what a listing shows of an article is none.
    #[must_use]
    pub fn is_carried(&self) -> bool {
        self.content.is_some() || self.text_digest.is_some() && self.summary.is_some()
    }

    /// What it has in common with every candidate of the same article and, as far as its listing tells, with no other's:
    /// the key of its URL (see [`CanonicalUrl::key`]), and what tells the item from others there. `None` if its URL is no
    /// page's.
    #[must_use]
    pub fn key(&self) -> Option<String> {
        let key = CanonicalUrl::of(&self.url).ok()?.key();
        Some(match &self.item {
            Some(item) => item_key(&key, item),
            None => key,
        })
    }
}

/// The key of an item that shares its URL with others: the URL's key, and what distinguishes the item.
#[must_use]
pub fn item_key(url_key: &str, item: &str) -> String {
    format!("{url_key}#{item}")
}
