//! The normalised article: what a page says, cleaned of everything that is not said by it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use url::Url;

use super::{CanonicalUrl, Digest, Moment};

/// A lead image.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Image {
    /// Its absolute URL.
    pub url: Url,
    /// Its alternative text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alt: Option<String>,
    /// Width in CSS pixels, where the page says it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub width: Option<u32>,
    /// Height in CSS pixels, where the page says it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub height: Option<u32>,
}

/// A field whose value can be explained.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)] // they are the names of `Article`'s fields
pub enum Field {
    Url,
    Title,
    Authors,
    Published,
    Modified,
    SiteName,
    Language,
    Description,
    Image,
    Section,
    Tags,
    Body,
}

/// Where a field's value came from, and what it beat.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Provenance {
    /// The rule or heuristic that gave the value, as a short name such as `json-ld headline`, `og:title`, `h1`.
    pub from: String,
    /// Other sources that had a value, best first, each with that value cut to 200 characters.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub beat: Vec<(String, String)>,
}

/// A normalised article. This is what the archive keeps as a `conversion` record and what feeds publish.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Article {
    /// The page's own canonical URL: `rel=canonical` where it can be believed, else the URL that answered.
    pub url: CanonicalUrl,
    /// The headline: never the site's name, never empty.
    pub title: String,
    /// Names of people and organisations, in the page's order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub authors: Vec<String>,
    /// When the article was first published, as the page states it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<Moment>,
    /// When the article was last changed, as the page states it. Never a substitute for `published`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub modified: Option<Moment>,
    /// The site's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site_name: Option<String>,
    /// The text's language, as a BCP 47 tag.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// A summary as plain text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The lead image.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image: Option<Image>,
    /// The section in which it stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub section: Option<String>,
    /// Tags and keywords.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// The body as sanitised HTML with absolute URLs, without the title.
    pub html: String,
    /// The body as plain text without the title: a block per paragraph, separated by an empty line. It has the words of
    /// `html`, but not the captions of pictures, unless these are most of it.
    pub text: String,
    /// Words in `text`; a CJK character counts as half a word.
    pub word_count: u32,
    /// Lines of the page's body that are in neither: they come again word for word in other articles of the source.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub repeated: Vec<String>,
    /// Where each field's value came from.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub provenance: BTreeMap<Field, Provenance>,
    /// What is doubtful about it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<String>,
}

impl Article {
    /// The digest by which two normalised copies are compared: of everything a reader sees, and nothing else.
    #[must_use]
    pub fn digest(&self) -> Digest {
        let seen = (
            &self.title,
            &self.authors,
            &self.published,
            &self.description,
            &self.image,
            &self.section,
            &self.tags,
            &self.html,
        );
        Digest::of(&serde_json::to_vec(&seen).expect("plain values serialise"))
    }
}
