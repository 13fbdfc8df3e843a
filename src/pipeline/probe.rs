//! Looks at a site for the first time: what ways in does it offer, what does each give, and which one is best.

use std::collections::BTreeSet;

use serde::Serialize;
use url::Url;

use super::page;
use crate::discover::{self, AnnouncedFeed, Document, Kind, Listing};
use crate::extract;
use crate::fetch::{Client, Failure, Fetched, Request, SourceSettings};
use crate::model::{Article, Candidate, CanonicalUrl, Capture, CodingError};

/// Announced feeds that are looked at.
const MAX_FEEDS: usize = 3;
/// Sitemaps of an index that are looked at.
const MAX_SITEMAPS: usize = 3;
/// The share of a listing's links that a feed must carry to stand for it. A site-wide feed announced by a section's
/// page does not.
const STANDS_FOR: f64 = 0.2;

/// One way into a site.
#[derive(Clone, Debug, Serialize)]
pub struct Way {
    /// The document's URL.
    pub url: Url,
    /// What it is.
    #[serde(serialize_with = "kind_name")]
    pub kind: Kind,
    /// Its title.
    pub title: Option<String>,
    /// What it lists.
    pub candidates: Vec<Candidate>,
    /// What is doubtful about it.
    pub warnings: Vec<String>,
}

/// An article read on trial.
#[derive(Clone, Debug, Serialize)]
pub struct Sample {
    /// Its URL.
    pub url: Url,
    /// What was read.
    pub article: Option<Box<Article>>,
    /// Why nothing was.
    pub trouble: Option<String>,
}

/// What was found at a URL.
#[derive(Clone, Debug, Serialize)]
pub struct Probe {
    /// The ways in, the chosen one first.
    pub ways: Vec<Way>,
    /// Why it was chosen.
    pub reason: String,
    /// One of its articles.
    pub sample: Sample,
}

/// Why a URL cannot become a source.
#[derive(Debug, thiserror::Error)]
pub enum Unusable {
    /// It could not be fetched.
    #[error(transparent)]
    Fetch(#[from] Failure),
    /// It could not be unpacked.
    #[error(transparent)]
    Coding(#[from] CodingError),
    /// It is nothing in which articles can be looked for.
    #[error(transparent)]
    Discover(#[from] discover::Error),
    /// It was read, and has no articles.
    #[error("{}", warnings.first().map_or("no articles were found", String::as_str))]
    Nothing {
        /// What was looked at.
        warnings: Vec<String>,
    },
}

/// Fetches one page for a look at it.
///
/// # Errors
/// [`Failure`] if it cannot be had.
pub async fn capture(client: &Client, url: &Url) -> Result<Capture, Failure> {
    let source = SourceSettings::default();
    match client.get(&Request { url, validators: None, source: &source }).await? {
        Fetched::Captured(capture) => Ok(capture),
        Fetched::NotModified { .. } => {
            unreachable!("no validators were sent, and the fetcher lets no 304 pass without")
        }
    }
}

/// Looks at `url`, at the feeds that it announces, and at one article.
///
/// # Errors
/// [`Unusable`] if no way in gives an article.
pub async fn probe(client: &Client, url: &Url, max_size: usize) -> Result<Probe, Unusable> {
    let (final_url, listing) = read(client, url, Kind::Auto, max_size).await?;
    let feeds = listing.feeds.clone();
    let sitemaps = listing.sitemaps.clone();
    let mut first = way(final_url, listing);
    if first.kind == Kind::Sitemap {
        add_sitemaps(client, &mut first, &sitemaps, max_size).await;
    }
    let announced = read_feeds(client, &feeds, max_size).await;
    let (ways, reason) = rank(first, announced);
    let Some(candidate) = ways[0].candidates.first() else {
        return Err(Unusable::Nothing { warnings: ways[0].warnings.clone() });
    };
    let sample = sample(client, candidate, max_size).await;
    Ok(Probe { ways, reason, sample })
}

async fn read(client: &Client, url: &Url, kind: Kind, max_size: usize) -> Result<(Url, Listing), Unusable> {
    let capture = capture(client, url).await?;
    let payload = capture.payload(max_size)?;
    let document = Document {
        url: &capture.url,
        content_type: capture.content_type(),
        bytes: &payload,
        fetched_at: Some(capture.fetched_at),
    };
    let settings = discover::Settings { kind, ..discover::Settings::default() };
    let listing = discover::candidates(&document, &settings)?;
    Ok((capture.url, listing))
}

async fn read_feeds(client: &Client, feeds: &[AnnouncedFeed], max_size: usize) -> Vec<Way> {
    let mut ways = Vec::new();
    for feed in feeds.iter().take(MAX_FEEDS) {
        if let Ok((url, listing)) = read(client, &feed.url, Kind::Feed, max_size).await
            && !listing.candidates.is_empty()
        {
            ways.push(way(url, listing));
        }
    }
    ways
}

async fn add_sitemaps(client: &Client, index: &mut Way, sitemaps: &[Url], max_size: usize) {
    for url in sitemaps.iter().take(MAX_SITEMAPS) {
        if let Ok((_, listing)) = read(client, url, Kind::Sitemap, max_size).await {
            index.candidates.extend(listing.candidates);
        }
    }
}

fn way(url: Url, listing: Listing) -> Way {
    Way {
        url,
        kind: listing.kind,
        title: listing.title,
        candidates: listing.candidates,
        warnings: listing.warnings,
    }
}

/// Puts the best way first, and says why it is.
fn rank(first: Way, announced: Vec<Way>) -> (Vec<Way>, String) {
    let best = announced.iter().position(|feed| stands_for(feed, &first));
    let Some(best) = best else {
        let reason = match (first.kind, announced.len()) {
            (Kind::Feed, _) => "the URL is a feed".to_owned(),
            (Kind::Sitemap, _) => "the URL is a sitemap".to_owned(),
            (Kind::Urls, _) => "the URL is a list of URLs".to_owned(),
            (_, 0) => "the page lists articles and announces no feed".to_owned(),
            (_, _) => "the page lists articles that the feed it announces does not have".to_owned(),
        };
        return (std::iter::once(first).chain(announced).collect(), reason);
    };
    let reason = format!("the page announces a feed with {} articles", announced[best].candidates.len());
    let mut ways = announced;
    ways.rotate_left(best);
    ways.insert(1, first);
    (ways, reason)
}

/// Whether `feed` carries what `page` lists.
fn stands_for(feed: &Way, page: &Way) -> bool {
    if page.candidates.is_empty() {
        return true;
    }
    let canonical = |candidate: &Candidate| CanonicalUrl::of(&candidate.url).ok();
    let carried: BTreeSet<CanonicalUrl> = feed.candidates.iter().filter_map(canonical).collect();
    let listed: BTreeSet<CanonicalUrl> = page.candidates.iter().filter_map(canonical).collect();
    let both = carried.intersection(&listed).count();
    let smaller = carried.len().min(listed.len()).max(1);
    both as f64 / smaller as f64 >= STANDS_FOR
}

async fn sample(client: &Client, candidate: &Candidate, max_size: usize) -> Sample {
    let url = candidate.url.clone();
    let read = match capture(client, &url).await {
        Ok(capture) => page::article(&capture, max_size, &extract::Settings::default(), candidate)
            .map_err(|unreadable| unreadable.to_string()),
        Err(failure) => Err(failure.to_string()),
    };
    match read {
        Ok(article) => Sample { url, article: Some(Box::new(article)), trouble: None },
        Err(trouble) => Sample { url, article: None, trouble: Some(trouble) },
    }
}

#[allow(clippy::trivially_copy_pass_by_ref)] // serde's signature
fn kind_name<S: serde::Serializer>(kind: &Kind, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(kind.name())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn way(kind: Kind, paths: &[&str]) -> Way {
        let url = Url::parse("https://a.example/").unwrap();
        let candidates = paths.iter().map(|path| Candidate::new(url.join(path).unwrap())).collect();
        Way { url, kind, title: None, candidates, warnings: Vec::new() }
    }

    #[test]
    fn a_feed_of_the_same_articles_wins() {
        let (ways, _) = rank(way(Kind::Listing, &["1", "2", "3"]), vec![way(Kind::Feed, &["2", "3", "4"])]);
        assert_eq!(ways[0].kind, Kind::Feed);
        assert_eq!(ways.len(), 2);
    }

    #[test]
    fn a_site_wide_feed_does_not_stand_for_a_section() {
        let (ways, _) = rank(way(Kind::Listing, &["1", "2", "3"]), vec![way(Kind::Feed, &["7", "8", "9"])]);
        assert_eq!(ways[0].kind, Kind::Listing);
    }

    #[test]
    fn a_feed_stands_for_a_page_that_lists_nothing() {
        let (ways, _) = rank(way(Kind::Listing, &[]), vec![way(Kind::Feed, &["7"])]);
        assert_eq!(ways[0].kind, Kind::Feed);
    }
}
