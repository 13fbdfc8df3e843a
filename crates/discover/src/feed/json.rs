//! JSON Feed 1.0 and 1.1 (jsonfeed.org/version/1.1).

use serde_json::Value;

use super::{MOST, empty, web_url};
use crate::discover::{Document, Error, Listing, Settings, dates, plain_text};
use crate::model::Candidate;

pub(super) fn read(document: &Document<'_>, text: &str, settings: &Settings) -> Result<Listing, Error> {
    let feed: Value = serde_json::from_str(text.trim()).map_err(|source| Error::Json { source })?;
    let mut listing = empty(string(&feed, "title").and_then(plain_text::line));
    listing.next_page = string(&feed, "next_url").and_then(|next| web_url(document.url, next));
    let items = feed.get("items").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let feed_authors = authors(&feed);
    for item in items.iter().take(MOST) {
        if let Some(mut candidate) = candidate(document, item, settings) {
            if candidate.authors.is_empty() {
                candidate.authors.clone_from(&feed_authors);
            }
            listing.candidates.push(candidate);
        }
    }
    Ok(listing)
}

fn candidate(document: &Document<'_>, item: &Value, settings: &Settings) -> Option<Candidate> {
    let url = ["url", "external_url", "id"].iter().filter_map(|key| string(item, key)).find_map(|text| {
        if text.contains("://") || text.starts_with('/') { web_url(document.url, text) } else { None }
    })?;
    let date = |key| string(item, key).and_then(|text| dates::read(text, document, settings));
    Some(Candidate {
        title: string(item, "title").and_then(plain_text::line),
        published: date("date_published"),
        modified: date("date_modified"),
        summary: string(item, "summary")
            .or_else(|| string(item, "content_text"))
            .and_then(plain_text::summary),
        image: ["image", "banner_image"].iter().find_map(|key| web_url(document.url, string(item, key)?)),
        authors: authors(item),
        content: string(item, "content_html").map(str::to_owned),
        ..Candidate::new(url)
    })
}

/// `authors` of version 1.1, `author` of version 1.
fn authors(value: &Value) -> Vec<String> {
    let many = value.get("authors").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let one = value.get("author").map(std::slice::from_ref).unwrap_or_default();
    many.iter().chain(one).filter_map(|author| string(author, "name").and_then(plain_text::line)).collect()
}

fn string<'a>(value: &'a Value, key: &str) -> Option<&'a str> {
    value.get(key)?.as_str().filter(|text| !text.trim().is_empty())
}
