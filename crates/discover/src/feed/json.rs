//! JSON Feed 1.0 and 1.1 (jsonfeed.org/version/1.1).

use serde_json::Value;

use url::Url;

use super::{MOST, MOST_ENCLOSURES, empty, web_url};
use crate::discover::items::{self, FeedItem};
use crate::discover::{Document, Error, Listing, Settings, dates, json, plain_text};
use crate::model::{Candidate, Enclosure};

pub(super) fn read(document: &Document<'_>, text: &str, settings: &Settings) -> Result<Listing, Error> {
    let (feed, is_cut) = json::read(text).map_err(|source| Error::Json { source })?;
    let mut listing = empty(string(&feed, "title").and_then(plain_text::title));
    listing.is_cut = is_cut;
    listing.next_page = string(&feed, "next_url").and_then(|next| web_url(document.url, next));
    let items = feed.get("items").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let feed_authors = authors(&feed);
    let home = string(&feed, "home_page_url").and_then(|home| web_url(document.url, home));
    listing.home = home.clone().filter(|home| home != document.url);
    let home = home.unwrap_or_else(|| document.url.clone());
    let read = |value| {
        let mut item = item(document, &home, value, settings);
        if item.candidate.authors.is_empty() {
            item.candidate.authors.clone_from(&feed_authors);
        }
        item
    };
    listing.candidates = items::told_apart(items.iter().take(MOST).map(read).collect(), &home);
    Ok(listing)
}

fn item(document: &Document<'_>, home: &Url, item: &Value, settings: &Settings) -> FeedItem {
    let link = ["url", "external_url", "id"].iter().filter_map(|key| string(item, key)).find_map(|text| {
        if text.contains("://") || text.starts_with('/') { web_url(document.url, text) } else { None }
    });
    let date = |key| string(item, key).and_then(|text| dates::read(text, document, settings));
    let candidate = Candidate {
        title: string(item, "title").and_then(plain_text::title),
        published: date("date_published"),
        modified: date("date_modified"),
        summary: string(item, "summary")
            .or_else(|| string(item, "content_text"))
            .and_then(plain_text::summary),
        image: ["image", "banner_image"].iter().find_map(|key| web_url(document.url, string(item, key)?)),
        authors: authors(item),
        tags: super::tags(strings(item, "tags").map(str::to_owned)),
        enclosures: attachments(document, item),
        content: string(item, "content_html").map(str::to_owned),
        ..Candidate::new(link.clone().unwrap_or_else(|| home.clone()))
    };
    let description =
        string(item, "content_text").or_else(|| string(item, "summary")).map(plain_text::escaped);
    FeedItem { candidate, guid: guid(item), has_link: link.is_some(), description }
}

fn attachments(document: &Document<'_>, item: &Value) -> Vec<Enclosure> {
    let attachments =
        item.get("attachments").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let read = |attachment: &Value| {
        Some(Enclosure {
            url: web_url(document.url, string(attachment, "url")?)?,
            media_type: string(attachment, "mime_type").map(str::to_owned),
            length: attachment.get("size_in_bytes").and_then(Value::as_u64),
        })
    };
    attachments.iter().filter_map(read).take(MOST_ENCLOSURES).collect()
}

/// What the item is called; some feeds number their items.
fn guid(item: &Value) -> Option<String> {
    match item.get("id")? {
        Value::Number(number) => Some(number.to_string()),
        id => id.as_str().map(str::to_owned),
    }
}

/// `authors` of version 1.1, `author` of version 1.
fn authors(value: &Value) -> Vec<String> {
    let many = value.get("authors").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let one = value.get("author").map(std::slice::from_ref).unwrap_or_default();
    many.iter().chain(one).filter_map(|author| string(author, "name").and_then(plain_text::line)).collect()
}

fn strings<'a>(value: &'a Value, key: &str) -> impl Iterator<Item = &'a str> {
    value.get(key).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str)
}

fn string<'a>(value: &'a Value, key: &str) -> Option<&'a str> {
    value.get(key)?.as_str().filter(|text| !text.trim().is_empty())
}
