//! The normalised article: what a page says, cleaned of everything that is not said by it.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::de::DeserializeOwned;
use serde::de::value::{self, StrDeserializer};
use serde::{Deserialize, Deserializer, Serialize};
use url::Url;

use super::bounded::maybe_moment;
use super::{Access, CanonicalUrl, Cut, Digest, License, Moment, Provenance};

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
    Access,
    License,
    Body,
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
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "maybe_moment")]
    pub published: Option<Moment>,
    /// When the article was last changed, as the page states it. Never a substitute for `published`.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "maybe_moment")]
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
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "image_of_the_web")]
    pub image: Option<Image>,
    /// The section in which it stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub section: Option<String>,
    /// Tags and keywords.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// Who may read it where it stands, as the page says.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "known_access")]
    pub access: Option<Access>,
    /// The licence under which the page says it may be passed on.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "terms_of_the_web")]
    pub license: Option<License>,
    /// What its page asks of search engines: `noarchive` and `noindex`. Copies of it ask the same.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub robots: Vec<String>,
    /// The body as sanitised HTML with absolute URLs, without the title.
    pub html: String,
    /// The body as plain text without the title: a block per paragraph, separated by an empty line. It has the words of
    /// `html`, but not the captions of pictures, unless these are most of it.
    pub text: String,
    /// Words in `text`; a CJK character counts as half a word, five letters of a script without spaces,
    /// such as Thai, as one.
    pub word_count: u32,
    /// Lines of the page's body that are in neither: they come again word for word in other articles of the source.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub repeated: Vec<String>,
    /// Where each field's value came from.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty", deserialize_with = "known_fields")]
    pub provenance: BTreeMap<Field, Provenance>,
    /// How its body was cut out of each page on which it stands, in their order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cuts: Vec<Cut>,
    /// What is doubtful about it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<String>,
}

/// What is known of where values came from: a newer program may tell it of further fields.
fn known_fields<'de, D: Deserializer<'de>>(input: D) -> Result<BTreeMap<Field, Provenance>, D::Error> {
    let all = BTreeMap::<String, Provenance>::deserialize(input)?;
    Ok(all.into_iter().filter_map(|(name, provenance)| Some((named(&name)?, provenance))).collect())
}

fn known_access<'de, D: Deserializer<'de>>(input: D) -> Result<Option<Access>, D::Error> {
    Ok(Option::<String>::deserialize(input)?.and_then(|name| named(&name)))
}

/// A picture that a reader can load; none with any other URL.
fn image_of_the_web<'de, D: Deserializer<'de>>(input: D) -> Result<Option<Image>, D::Error> {
    Ok(Option::<Image>::deserialize(input)?.filter(|image| is_of_the_web(&image.url)))
}

/// Terms that a reader can look up; none with any other URL.
fn terms_of_the_web<'de, D: Deserializer<'de>>(input: D) -> Result<Option<License>, D::Error> {
    Ok(Option::<License>::deserialize(input)?.filter(|license| is_of_the_web(license.url())))
}

fn is_of_the_web(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https") && url.has_host()
}

/// The value that is written so; none for one of a newer program.
pub(super) fn named<T: DeserializeOwned>(name: &str) -> Option<T> {
    T::deserialize(StrDeserializer::<value::Error>::new(name)).ok()
}

/// Words that are read in a minute, silently and for pleasure (Brysbaert 2019, over 190 studies in English). A CJK
/// character is half a word: 476 of them a minute.
const WORDS_A_MINUTE: u32 = 238;

impl Article {
    /// The minutes that it takes to read it, begun ones counted; none for nothing.
    #[must_use]
    pub fn reading_minutes(&self) -> u32 {
        self.word_count.div_ceil(WORDS_A_MINUTE)
    }

    /// When it was last changed, as its page states it: the later of `modified` and `published`.
    #[must_use]
    pub fn last_stated(&self) -> Option<DateTime<Utc>> {
        let of_the_web = |moment: Option<Moment>| moment.filter(Moment::is_of_the_web);
        let stated = of_the_web(self.published).into_iter().chain(of_the_web(self.modified));
        stated.map(|moment| moment.to_utc()).max()
    }

    /// Whether both say the same in every field, wherever the values came from and however doubtful they are.
    #[must_use]
    pub fn says_the_same(&self, other: &Article) -> bool {
        let said = |article: &Article| Article {
            provenance: BTreeMap::new(),
            cuts: Vec::new(),
            warnings: Vec::new(),
            ..article.clone()
        };
        said(self) == said(other)
    }

    /// The digest by which a run tells whether a page says something else than before, so that it is worth a revision.
    /// URL, site name, language and `modified` are not in it: sites change them on every page at once, or each day, and
    /// no article says more for it.
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
        let mut bytes = serde_json::to_vec(&seen).expect("plain values serialise");
        // Where a page says neither, the digest is the one that archives have of times before these fields.
        if self.access.is_some() || self.license.is_some() {
            let terms = (&self.access, &self.license);
            bytes.extend(serde_json::to_vec(&terms).expect("plain values serialise"));
        }
        if !self.robots.is_empty() {
            bytes.extend(serde_json::to_vec(&self.robots).expect("plain values serialise"));
        }
        Digest::of(&bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn article(more: &str) -> Article {
        let text = format!(
            r#"{{"url": "https://a.example/1", "title": "One", "html": "<p>x", "text": "x", "word_count": 476{more}}}"#
        );
        serde_json::from_str(&text).unwrap()
    }

    #[test]
    fn an_article_of_times_before_its_terms_were_read_keeps_its_digest() {
        let before = "sha256:7cd6f3b8c8bb7df0ed3e0c8d8e04e197b3a53821e598d7b25b36277078351f81";
        assert_eq!(article("").digest().to_string(), before);
        let told = r#", "provenance": {"title": {"from": "h1", "places": ["main > h1"], "doubted": [0]}},
            "cuts": [{"runs": [{"kept": true, "reason": "judge", "words": 1, "text": "x"}]}]"#;
        assert_eq!(article(told).cuts.len(), 1);
        assert_eq!(article(told).digest().to_string(), before, "where a value stood is nothing that it says");
        let terms =
            [r#", "access": "free""#, r#", "access": "metered""#, r#", "license": "https://a.example/l""#];
        let mut digests: Vec<Digest> = terms.iter().map(|more| article(more).digest()).collect();
        digests.push(article("").digest());
        digests.dedup();
        assert_eq!(digests.len(), 4, "each says something else");
    }

    #[test]
    fn what_is_no_news_is_a_difference_all_the_same() {
        let plain = article("");
        for more in [r#", "language": "cy""#, r#", "site_name": "A""#, r#", "modified": "2026-01-02""#] {
            let other = article(more);
            assert!(plain.digest() == other.digest() && !plain.says_the_same(&other), "{more}");
        }
        let told = [
            r#", "warnings": ["short"]"#,
            r#", "provenance": {"title": {"from": "h1"}}"#,
            r#", "cuts": [{"agreement": 90}]"#,
        ];
        for more in told {
            assert!(plain.says_the_same(&article(more)), "{more}");
        }
    }

    #[test]
    fn what_a_newer_program_tells_beyond_what_is_known_is_passed_over() {
        let newer = r#", "access": "lottery", "mood": "calm",
            "provenance": {"title": {"from": "h1"}, "mood": {"from": "p"}}"#;
        let article = article(newer);
        assert_eq!(article.access, None);
        assert_eq!(article.provenance.keys().collect::<Vec<_>>(), [&Field::Title]);
    }

    #[test]
    fn begun_minutes_count() {
        let minutes = |words| Article { word_count: words, ..article("") }.reading_minutes();
        assert_eq!([0, 1, 238, 239].map(minutes), [0, 1, 1, 2]);
    }
}
