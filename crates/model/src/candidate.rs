//! What discovery found: a link that may be an article.

use serde::{Deserialize, Serialize};
use url::Url;

use super::Moment;
use super::bounded::maybe_moment;

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
    /// The article's HTML, where a feed carries it. Not sanitised.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content: Option<String>,
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
            content: None,
        }
    }
}
