//! How far a walk into the past has come, as it is noted between runs.

use std::collections::BTreeSet;

use url::Url;

use crate::config::SourceConfig;
use crate::discover::{Kind, Listing};
use crate::pipeline::family;

/// Sitemaps that wait to be read at most.
const MAX_WAITING: usize = 5_000;

/// A document on the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// The source's own document, or an older page of it.
    Page(Url),
    Sitemap(Url),
}

impl Place {
    pub(super) fn url(&self) -> &Url {
        match self {
            Place::Page(url) | Place::Sitemap(url) => url,
        }
    }
}

/// What is still to be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Trail {
    page: Option<Url>,
    /// Pages that were passed; the walk never goes back to one of them.
    passed: BTreeSet<Url>,
    /// Newest first.
    sitemaps: Vec<Url>,
    /// Sitemaps that were passed.
    indexes: BTreeSet<Url>,
    /// The shapes of the source's own articles, by which they are told from what else a site's sitemaps list.
    pub(super) families: BTreeSet<String>,
}

impl Trail {
    pub(super) fn from(url: &Url) -> Trail {
        Trail { page: Some(url.clone()), ..Trail::default() }
    }

    /// Under what the index notes it for `source`.
    pub(super) fn key(source: &SourceConfig) -> String {
        format!("history of {} from {}", source.source.id, source.source.url)
    }

    pub(super) fn is_done(&self) -> bool {
        self.first().is_none()
    }

    pub(super) fn is_at_start(&self) -> bool {
        self.passed.is_empty()
    }

    /// Whether the source's own document was all there is.
    pub(super) fn is_without_pager(&self) -> bool {
        self.is_done() && self.passed.len() == 1 && self.indexes.is_empty() && !self.families.is_empty()
    }

    /// Whether the source's own pages are at their end, and nothing else was read yet.
    pub(super) fn is_past_its_pages(&self) -> bool {
        self.is_done() && !self.passed.is_empty() && self.indexes.is_empty()
    }

    /// What is to be read next.
    pub(super) fn first(&self) -> Option<Place> {
        let page = self.page.clone().map(Place::Page);
        page.or_else(|| self.sitemaps.first().cloned().map(Place::Sitemap))
    }

    /// Goes past `place`; `listing` is what it said, if that leads on.
    pub(super) fn pass(&mut self, place: &Place, listing: Option<Listing>) {
        match place {
            Place::Page(url) => {
                self.page = None;
                self.passed.insert(url.clone());
            }
            Place::Sitemap(_) => drop(self.sitemaps.remove(0)),
        }
        let Some(listing) = listing else {
            // Else a sitemap that cannot be read would be turned to again and again.
            if let Place::Sitemap(url) = place {
                self.indexes.insert(url.clone());
            }
            return;
        };
        if let Place::Sitemap(url) = place
            && listing.kind != Kind::Sitemap
        {
            self.indexes.insert(url.clone());
            let next = listing.next_page.filter(|next| !self.indexes.contains(next));
            self.sitemaps.splice(0..0, next);
        } else if listing.kind != Kind::Sitemap {
            self.page = listing.next_page.filter(|next| !self.passed.contains(next));
        } else if self.indexes.insert(place.url().clone()) {
            let new: Vec<Url> =
                listing.sitemaps.into_iter().filter(|url| !self.indexes.contains(url)).collect();
            self.sitemaps.splice(0..0, new);
            self.sitemaps.truncate(MAX_WAITING);
        }
    }

    /// Goes on with the sitemaps of the site, or with other documents that list its past.
    pub(super) fn turn_to_sitemaps(&mut self, sitemaps: Vec<Url>) {
        self.sitemaps = sitemaps;
    }

    /// Goes on with a page that lists the articles, before anything else.
    pub(super) fn turn_to_page(&mut self, page: Url) {
        self.page = Some(page).filter(|page| !self.passed.contains(page));
    }

    /// Whether an article of a site's sitemap is one of the source's.
    pub(super) fn accepts(&self, url: &Url) -> bool {
        self.families.is_empty() || family::is_of(url, &self.families)
    }

    pub(super) fn to_note(&self) -> String {
        let page = self.page.iter().map(|url| format!("page {url}"));
        let passed = self.passed.iter().map(|url| format!("passed {url}"));
        let sitemaps = self.sitemaps.iter().map(|url| format!("sitemap {url}"));
        let indexes = self.indexes.iter().map(|url| format!("index {url}"));
        let families = self.families.iter().map(|family| format!("family {family}"));
        page.chain(passed).chain(sitemaps).chain(indexes).chain(families).collect::<Vec<_>>().join("\n")
    }

    pub(super) fn from_note(note: &str) -> Trail {
        let mut trail = Trail::default();
        for (kind, value) in note.lines().filter_map(|line| line.split_once(' ')) {
            match (kind, Url::parse(value)) {
                ("page", Ok(url)) => trail.page = Some(url),
                ("passed", Ok(url)) => drop(trail.passed.insert(url)),
                ("sitemap", Ok(url)) => trail.sitemaps.push(url),
                ("index", Ok(url)) => drop(trail.indexes.insert(url)),
                ("family", _) => drop(trail.families.insert(value.to_owned())),
                _ => {}
            }
        }
        trail
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(path: &str) -> Url {
        Url::parse("https://a.example/").unwrap().join(path).unwrap()
    }

    fn trail() -> Trail {
        Trail { families: BTreeSet::from(["a.example/news".to_owned()]), ..Trail::from(&url("/news")) }
    }

    fn says(kind: Kind, next_page: Option<&str>, sitemaps: &[&str]) -> Option<Listing> {
        Some(Listing {
            kind,
            title: None,
            home: None,
            candidates: Vec::new(),
            next_page: next_page.map(url),
            sitemaps: sitemaps.iter().map(|path| url(path)).collect(),
            feeds: Vec::new(),
            apis: Vec::new(),
            missed: Vec::new(),
            shape: None,
            is_cut: false,
            left_out: Vec::new(),
            warnings: Vec::new(),
        })
    }

    #[test]
    fn a_pager_that_leads_back_ends_the_walk() {
        let mut trail = trail();
        trail.pass(&Place::Page(url("/news")), says(Kind::Listing, Some("/news?page=2"), &[]));
        assert_eq!(trail.first(), Some(Place::Page(url("/news?page=2"))));
        trail.pass(&Place::Page(url("/news?page=2")), says(Kind::Listing, Some("/news"), &[]));
        assert!(trail.is_done() && !trail.is_without_pager());
    }

    #[test]
    fn sitemaps_that_name_one_another_are_read_once() {
        let mut trail = trail();
        trail.pass(&Place::Page(url("/news")), says(Kind::Listing, None, &[]));
        assert!(trail.is_without_pager());
        trail.turn_to_sitemaps(vec![url("/a.xml")]);
        trail.pass(&Place::Sitemap(url("/a.xml")), says(Kind::Sitemap, None, &["/b.xml", "/c.xml"]));
        trail.pass(&Place::Sitemap(url("/b.xml")), says(Kind::Sitemap, None, &["/a.xml"]));
        assert_eq!(trail.first(), Some(Place::Sitemap(url("/c.xml"))));
        trail.pass(&Place::Sitemap(url("/c.xml")), says(Kind::Sitemap, None, &[]));
        assert!(trail.is_done() && !trail.is_without_pager());
    }

    #[test]
    fn a_trail_is_read_back_from_its_note() {
        let mut trail = trail();
        trail.pass(&Place::Page(url("/news")), says(Kind::Listing, Some("/news?page=2"), &[]));
        trail.sitemaps = vec![url("/2.xml"), url("/1.xml")];
        trail.indexes.insert(url("/a.xml"));
        assert_eq!(Trail::from_note(&trail.to_note()), trail);
    }

    #[test]
    fn articles_of_one_section_are_a_family() {
        let check =
            |path: &str, expected: &str| assert_eq!(family::family(&url(path)).as_deref(), Some(expected));
        check("/news/five-eels", "a.example/news");
        check("/2025/05/five-eels", "a.example/#");
        check("/five-eels/", "a.example/");
        check("/about?x=1", "a.example/");
    }
}
