//! Where articles come from, as far as more than one stage has to know it.

use std::fmt;

use serde::{Deserialize, Serialize};
use url::Url;

/// A source's name: the stem of its file under `config/sources/`. It is part of paths and URLs, so it is made of
/// ASCII lower-case letters, digits, `-` and `_`, starts with a letter or digit, and has at most 64 characters.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct SourceId(String);

/// A text that cannot be a [`SourceId`].
#[derive(Debug, thiserror::Error)]
#[error("`{0}` is not a source name: use 1 to 64 of a-z, 0-9, `-` and `_`, starting with a letter or digit")]
pub struct InvalidSourceId(String);

impl SourceId {
    /// Parses a source name.
    ///
    /// # Errors
    /// [`InvalidSourceId`] if `text` breaks the rules above.
    pub fn parse(text: &str) -> Result<SourceId, InvalidSourceId> {
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
        let fits = (1..=64).contains(&text.len())
            && plain(text.as_bytes()[0])
            && text.bytes().all(|byte| plain(byte) || byte == b'-' || byte == b'_');
        if fits { Ok(SourceId(text.to_owned())) } else { Err(InvalidSourceId(text.to_owned())) }
    }

    /// The name as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for SourceId {
    type Error = InvalidSourceId;

    fn try_from(text: String) -> Result<SourceId, InvalidSourceId> {
        SourceId::parse(&text)
    }
}

impl From<SourceId> for String {
    fn from(id: SourceId) -> String {
        id.0
    }
}

impl fmt::Display for SourceId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

/// What every stage may know of a source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// Its name.
    pub id: SourceId,
    /// The page, feed or sitemap at which discovery starts.
    pub url: Url,
    /// Its title for people; where the owner gave none, its host.
    pub title: String,
    /// The language its owner says it is in, as a BCP 47 tag.
    pub language: Option<String>,
    /// Tags its owner puts on every article.
    pub tags: Vec<String>,
}
