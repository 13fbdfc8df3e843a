//! Existing feeds: RSS 0.9x to 2.0, RDF, Atom and JSON Feed, well-formed or not.

mod json;
mod markup;
mod media;

use url::Url;

use super::{Document, Error, Kind, Listing, Settings, plain_text};

/// The most items that are read of one feed.
const MOST: usize = 20_000;
/// The most enclosures that are read of one item.
const MOST_ENCLOSURES: usize = 20;
/// The most tags that are read of one item, and the longest, in characters.
const MOST_TAGS: usize = 60;
const MOST_TAG: usize = 80;

pub(super) fn read(document: &Document<'_>, text: &str, settings: &Settings) -> Result<Listing, Error> {
    let mut listing = if text.trim_start().starts_with('{') {
        json::read(document, text, settings)?
    } else {
        markup::read(document, text, settings)
    };
    if listing.candidates.is_empty() {
        listing.warnings.push("the feed has no items with a link".to_owned());
    }
    Ok(listing)
}

fn empty(title: Option<String>) -> Listing {
    Listing { title, ..Listing::empty(Kind::Feed) }
}

/// `text` as a URL that can be fetched.
fn web_url(base: &Url, text: &str) -> Option<Url> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    // Some generators escape twice; no parameter's name begins with `amp;`.
    let text = text.replace("&amp;", "&");
    let is_host = text.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("www."));
    base.join(&if is_host { format!("https://{text}") } else { text })
        .ok()
        .filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
}

/// The subjects among `named`, each once.
pub(super) fn tags(named: impl IntoIterator<Item = String>) -> Vec<String> {
    let mut tags: Vec<String> = Vec::new();
    let lines = named.into_iter().filter_map(|text| plain_text::line(&text));
    for tag in lines.filter(|tag| tag.chars().count() <= MOST_TAG && !tag.contains("://")) {
        if tags.len() < MOST_TAGS && !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    tags
}

#[cfg(test)]
mod tests;
