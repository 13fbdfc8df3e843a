//! Who an article is, for ever.

use std::fmt;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{CanonicalUrl, item_key};

/// An article's identity: a UUID of version 5 in the URL namespace (RFC 9562, section 5.5) of the canonical URL under which it was
/// first seen. It never changes afterwards, whatever happens to the URL. Shown as the bare UUID.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ArticleId(Uuid);

impl ArticleId {
    /// The identity of an article first seen at `url`.
    #[must_use]
    pub fn of(url: &CanonicalUrl) -> ArticleId {
        ArticleId(Uuid::new_v5(&Uuid::NAMESPACE_URL, url.as_str().as_bytes()))
    }

    /// The identity of an item that stood with others at `url` when it was first seen: that of the URL with what tells it
    /// from those as its fragment.
    #[must_use]
    pub fn of_item(url: &CanonicalUrl, item: &str) -> ArticleId {
        ArticleId(Uuid::new_v5(&Uuid::NAMESPACE_URL, item_key(url.as_str(), item).as_bytes()))
    }

    /// Parses a bare UUID or a `urn:uuid:`; `None` for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<ArticleId> {
        Uuid::parse_str(text).ok().map(ArticleId)
    }

    /// Its 16 bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8; 16] {
        self.0.as_bytes()
    }

    /// The identity with these bytes.
    #[must_use]
    pub fn from_bytes(bytes: [u8; 16]) -> ArticleId {
        ArticleId(Uuid::from_bytes(bytes))
    }

    /// As published in feeds: `urn:uuid:…` (RFC 9562, section 4).
    #[must_use]
    pub fn urn(&self) -> String {
        self.0.urn().to_string()
    }

    /// The first eight hexadecimal digits, for file names.
    #[must_use]
    pub fn short(&self) -> String {
        self.0.simple().to_string()[..8].to_owned()
    }
}

impl fmt::Display for ArticleId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(out)
    }
}
