//! Where else a site may say what it has: a bounded few places, asked one after the other.

use url::Url;

use super::ways::{Origin, Way};
use super::{Unusable, read};
use crate::discover::{AnnouncedFeed, Kind};
use crate::fetch::{Client, Failure, SourceSettings};

/// Announced feeds that are looked at.
const MAX_FEEDS: usize = 3;
/// APIs that are looked at.
const MAX_APIS: usize = 2;
/// Sitemaps of robots.txt that are looked at.
const MAX_SITEMAPS: usize = 2;
/// Sitemaps of an index that are looked at.
const MAX_PARTS: usize = 3;
/// Where feeds of a section usually are, from its own path.
const SECTION_PLACES: &[&str] = &["feed/", "index.xml", "feed.xml", "rss.xml"];
/// Where feeds of a site usually are.
const SITE_PLACES: &[&str] =
    &["/feed/", "/feed.xml", "/rss.xml", "/atom.xml", "/index.xml", "/rss", "/feed.json"];

/// The feeds that a page announces and that have articles.
pub(super) async fn announced(client: &Client, feeds: &[AnnouncedFeed], max_size: usize) -> Vec<Way> {
    let mut ways = Vec::new();
    for feed in feeds.iter().take(MAX_FEEDS) {
        if let Ok((url, listing)) = read(client, &feed.url, Kind::Feed, max_size).await
            && !listing.candidates.is_empty()
        {
            ways.push(Way::new(url, Origin::Announced, listing));
        }
    }
    ways
}

/// The lists of posts that the site's own software gives.
pub(super) async fn apis(client: &Client, apis: &[Url], max_size: usize) -> Vec<Way> {
    let mut ways = Vec::new();
    for api in apis.iter().take(MAX_APIS) {
        if let Ok((url, listing)) = read(client, api, Kind::Json, max_size).await
            && !listing.candidates.is_empty()
        {
            ways.push(Way::new(url, Origin::Announced, listing));
        }
    }
    ways
}

/// The first feed at one of the places where feeds of `page` usually are. A host that does not answer is not asked on.
pub(super) async fn usual(client: &Client, page: &Url, max_size: usize) -> Option<Way> {
    for url in usual_places(page) {
        match read(client, &url, Kind::Feed, max_size).await {
            Ok((url, listing)) if !listing.candidates.is_empty() => {
                return Some(Way::new(url, Origin::UsualPlace, listing));
            }
            Err(Unusable::Fetch(failure)) if !is_about_one_page(&failure) => return None,
            _ => {}
        }
    }
    None
}

fn is_about_one_page(failure: &Failure) -> bool {
    match failure {
        Failure::RobotsDisallowed { .. } => true,
        Failure::Status { code, .. } => (400..500).contains(code) && *code != 429,
        _ => false,
    }
}

fn usual_places(page: &Url) -> Vec<Url> {
    let mut folder = page.clone();
    folder.set_query(None);
    folder.set_fragment(None);
    let is_file = folder.path().rsplit('/').next().is_some_and(|name| name.contains('.'));
    if !is_file && !folder.path().ends_with('/') {
        folder.set_path(&format!("{}/", page.path()));
    }
    let places = SECTION_PLACES.iter().filter(|_| folder.path() != "/" && !is_file).chain(SITE_PLACES);
    places.filter_map(|place| folder.join(place).ok()).collect()
}

/// The sitemaps that the robots.txt of `page` names and that have articles.
pub(super) async fn sitemaps(client: &Client, page: &Url, max_size: usize) -> Vec<Way> {
    let mut ways = Vec::new();
    let named = client.sitemaps(page, &SourceSettings::default()).await;
    for url in named.iter().take(MAX_SITEMAPS) {
        let Ok((url, listing)) = read(client, url, Kind::Sitemap, max_size).await else { continue };
        let parts = listing.sitemaps.clone();
        let mut way = Way::new(url, Origin::Robots, listing);
        add_parts(client, &mut way, &parts, max_size).await;
        if !way.candidates.is_empty() {
            ways.push(way);
        }
    }
    ways
}

/// Reads the newest sitemaps of an index.
pub(super) async fn add_parts(client: &Client, index: &mut Way, parts: &[Url], max_size: usize) {
    for url in parts.iter().take(MAX_PARTS) {
        if let Ok((_, listing)) = read(client, url, Kind::Sitemap, max_size).await {
            index.candidates.extend(listing.candidates);
        }
    }
    if parts.len() > MAX_PARTS {
        index
            .warnings
            .push(format!("only the newest {MAX_PARTS} of its {} sitemaps were looked at", parts.len()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    #[test]
    fn a_section_s_own_places_come_before_the_site_s() {
        let places = usual_places(&url("https://a.example/news?page=1"));
        assert_eq!(places[0].as_str(), "https://a.example/news/feed/");
        assert_eq!(places[SECTION_PLACES.len()].as_str(), "https://a.example/feed/");
        assert_eq!(usual_places(&url("https://a.example/")).len(), SITE_PLACES.len());
        assert_eq!(usual_places(&url("https://a.example/news.html")).len(), SITE_PLACES.len());
    }
}
