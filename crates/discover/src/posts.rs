//! The lists of posts that a site's own software gives as JSON: WordPress's REST API and Ghost's Content API.

mod ghost;
mod wordpress;

use serde_json::Value;
use url::Url;

use super::items::{self, FeedItem};
use super::links;
use super::{Document, Error, Kind, Listing, Settings};
use crate::model::Candidate;

pub(super) use ghost::posts_of as of_ghost;
pub(super) use wordpress::posts_of as of_wordpress;

/// The most posts that are read of one document; WordPress and Ghost give 100.
const MOST: usize = 5_000;

pub(super) fn read(document: &Document<'_>, text: &str, settings: &Settings) -> Result<Listing, Error> {
    let answer: Value = serde_json::from_str(text.trim()).map_err(|source| Error::Json { source })?;
    let mut listing = Listing::empty(Kind::Json);
    let next = links::next(document.link, document.url);
    if let Some(posts) = answer.as_array() {
        let found = posts.iter().take(MOST).filter_map(|post| wordpress::post(document, post, settings));
        listing.candidates = items::told_apart(found.collect(), document.url);
        // A server between may have dropped the header.
        let guess = || wordpress::page_after(document.url, posts.len()).filter(|_| document.link.is_none());
        listing.next_page = next.or_else(guess);
    } else {
        let posts = answer.get("posts").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let found = posts.iter().take(MOST).filter_map(|post| ghost::post(document, post, settings));
        listing.candidates = items::told_apart(found.collect(), document.url);
        listing.next_page = ghost::page_after(document.url, &answer);
    }
    if listing.candidates.is_empty() {
        listing.warnings.push(nothing(&answer));
    }
    Ok(listing)
}

/// A post, which has a page of its own.
fn item(candidate: Candidate, guid: Option<&str>) -> FeedItem {
    FeedItem { candidate, guid: guid.map(str::to_owned), has_link: true, description: None }
}

/// Why there is nothing: both say what is wrong in words.
fn nothing(answer: &Value) -> String {
    let said = answer.get("message").or_else(|| answer.pointer("/errors/0/message")).and_then(Value::as_str);
    match said {
        Some(said) => format!("no articles found, because the site says: {said}"),
        None => "no articles found, because the JSON has no posts with a link".to_owned(),
    }
}

/// Whether `text` is such a list.
pub(super) fn looks_like(text: &str) -> bool {
    let after = |sign: char| text.strip_prefix(sign).map(str::trim_start);
    let head = &text[..text.floor_char_boundary(4096)];
    after('{').is_some_and(|rest| rest.starts_with("\"posts\""))
        || (after('[').is_some_and(|rest| rest.starts_with('{'))
            && head.contains("\"rendered\"")
            && head.contains("\"link\""))
}

/// `url` with this page number, other parameters as they are.
fn with_page(url: &Url, page: u64) -> Url {
    let others: Vec<(String, String)> = url
        .query_pairs()
        .filter(|(name, _)| name != "page")
        .map(|(name, value)| (name.into(), value.into()))
        .collect();
    let mut url = url.clone();
    url.query_pairs_mut().clear().extend_pairs(others).append_pair("page", &page.to_string());
    url
}

/// The value of a parameter that is a number.
fn number(url: &Url, name: &str) -> Option<u64> {
    url.query_pairs().find(|(known, _)| known == name).and_then(|(_, value)| value.parse().ok())
}

fn string<'v>(value: &'v Value, pointer: &str) -> Option<&'v str> {
    value.pointer(pointer)?.as_str().filter(|text| !text.trim().is_empty())
}
