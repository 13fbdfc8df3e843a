//! The ways into a site: what each is, how it was come by, and what it lists.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use serde::Serialize;
use url::Url;

use crate::discover::{Kind, Listing};
use crate::extract::is_in_language;
use crate::model::{Candidate, CanonicalUrl};

/// Articles whose titles and summaries tell the language of a site: at least, and at most.
const SEVERAL: usize = 3;
const SAMPLE: usize = 20;

/// How a way in was come by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// Its URL was given.
    Given,
    /// The given page announces it.
    Announced,
    /// It is where such documents usually are.
    UsualPlace,
    /// The site's robots.txt names it.
    Robots,
}

impl Origin {
    pub(super) fn words(self) -> &'static str {
        match self {
            Origin::Given => "at the URL",
            Origin::Announced => "that the page announces",
            Origin::UsualPlace => "at its usual place",
            Origin::Robots => "that robots.txt names",
        }
    }
}

/// One way into a site.
#[derive(Clone, Debug, Serialize)]
pub struct Way {
    /// The document's URL.
    pub url: Url,
    /// What it is.
    #[serde(serialize_with = "kind_name")]
    pub kind: Kind,
    /// How it was come by.
    pub origin: Origin,
    /// Its title.
    pub title: Option<String>,
    /// What it lists.
    pub candidates: Vec<Candidate>,
    /// Whether it says where what is older stands.
    pub leads_on: bool,
    /// What is doubtful about it.
    pub warnings: Vec<String>,
    /// What speaks against it, if it was not taken.
    pub objection: Option<String>,
}

impl Way {
    pub(super) fn new(url: Url, origin: Origin, listing: Listing) -> Way {
        Way {
            url,
            kind: listing.kind,
            origin,
            title: listing.title,
            candidates: listing.candidates,
            leads_on: listing.next_page.is_some(),
            warnings: listing.warnings,
            objection: None,
        }
    }

    /// How many of its articles it dates.
    #[must_use]
    pub fn dated(&self) -> usize {
        self.candidates.iter().filter(|candidate| date(candidate).is_some()).count()
    }

    /// How many of its articles it carries with a text.
    #[must_use]
    pub fn with_text(&self) -> usize {
        self.candidates.iter().filter(|candidate| candidate.content.is_some()).count()
    }

    /// Whether what it says of several articles is in the language of `tag`: one article alone tells little of a site.
    #[must_use]
    pub fn is_in(&self, tag: &str) -> bool {
        let said = self.candidates.iter().take(SAMPLE).filter_map(|candidate| {
            let title = candidate.title.as_deref()?;
            Some(format!("{title}. {}", candidate.summary.as_deref().unwrap_or_default()))
        });
        let said: Vec<String> = said.collect();
        said.len() >= SEVERAL && is_in_language(&said.join("\n"), tag)
    }

    /// The date of its newest article, if it dates any.
    #[must_use]
    pub fn newest(&self) -> Option<DateTime<Utc>> {
        self.candidates.iter().filter_map(date).max()
    }

    pub(super) fn oldest(&self) -> Option<DateTime<Utc>> {
        self.candidates.iter().filter_map(date).min()
    }

    /// Leaves of a whole site's sitemap what stands beneath `section`, if that is some but not all, and gives the
    /// regular expression by which the rest is left out.
    pub(super) fn keep_to(&mut self, section: &Url) -> Option<String> {
        if self.origin != Origin::Robots {
            return None;
        }
        let folder = section.join(".").ok()?;
        let beneath = |url: &Url| url.origin() == folder.origin() && url.path().starts_with(folder.path());
        let inside = self.candidates.iter().filter(|candidate| beneath(&candidate.url)).count();
        if inside == 0 || inside == self.candidates.len() {
            return None;
        }
        self.candidates.retain(|candidate| beneath(&candidate.url));
        let after_scheme = folder.as_str().split_once(':').map_or(folder.as_str(), |(_, rest)| rest);
        Some(format!("^https?:{}", regex::escape(after_scheme)))
    }

    pub(super) fn keys(&self) -> BTreeSet<String> {
        self.candidates.iter().filter_map(key).collect()
    }
}

pub(super) fn date(candidate: &Candidate) -> Option<DateTime<Utc>> {
    candidate.published.or(candidate.modified).map(|moment| moment.to_utc())
}

pub(super) fn key(candidate: &Candidate) -> Option<String> {
    CanonicalUrl::of(&candidate.url).ok().map(|url| url.key())
}

#[allow(clippy::trivially_copy_pass_by_ref)] // serde's signature
fn kind_name<S: serde::Serializer>(kind: &Kind, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(kind.name())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_site_s_sitemap_a_section_takes_what_is_beneath_it() {
        let check = |section: &str, kept: usize, expected: Option<&str>| {
            let url = |path: &str| Url::parse("https://a.example/").unwrap().join(path).unwrap();
            let candidates = ["news/1", "news/2", "shop/1", "about"].map(|path| Candidate::new(url(path)));
            let mut sitemap = Way {
                url: url("sitemap.xml"),
                kind: Kind::Sitemap,
                origin: Origin::Robots,
                title: None,
                candidates: candidates.into(),
                leads_on: false,
                warnings: Vec::new(),
                objection: None,
            };
            let include = sitemap.keep_to(&url(section));
            assert_eq!((include.as_deref(), sitemap.candidates.len()), (expected, kept), "{section}");
        };
        check("news/", 2, Some(r"^https?://a\.example/news/"));
        check("news/index.html?x=1", 2, Some(r"^https?://a\.example/news/"));
        check("", 4, None);
        check("elsewhere/", 4, None);
    }
}
