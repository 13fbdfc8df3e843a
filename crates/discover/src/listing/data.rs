//! The items that a page carries as data: JSON-LD, and the state from which its scripts draw it.

use scraper::Html;
use serde_json::{Map, Value};
use tearsheet_dates::{DateContext, parse_date};
use tearsheet_html::PageData;
use url::Url;

use crate::discover::plain_text;
use crate::model::Candidate;

/// The values that are looked at.
const MOST_VALUES: usize = 500_000;
/// Fewer objects are no list.
const FEW: usize = 3;

const URLS: &[&str] =
    &["url", "link", "href", "permalink", "canonicalUrl", "canonical_url", "webUrl", "path", "uri", "@id"];
const TITLES: &[&str] = &["headline", "title", "name", "shortTitle"];
const PUBLISHED: &[&str] = &[
    "datePublished",
    "publishedAt",
    "published_at",
    "publishDate",
    "publish_date",
    "publicationDate",
    "pubDate",
    "firstPublished",
    "published",
    "date",
    "date_gmt",
    "createdAt",
    "created_at",
];
const SUMMARIES: &[&str] = &["description", "summary", "excerpt", "abstract", "dek", "teaser"];
const IMAGES: &[&str] = &["image", "thumbnailUrl", "thumbnail", "imageUrl", "feature_image"];

/// The longest list of things with an address and a title in a page's data.
pub(super) fn read(html: &Html, base: &Url, context: &DateContext<'_>) -> Vec<Candidate> {
    let data = PageData::of(html);
    let mut best: Vec<Candidate> = Vec::new();
    for value in data.scripts().iter().flat_map(|script| data.values(script)) {
        let list = longest_list(value, base, context);
        if list.len() > best.len() {
            best = list;
        }
    }
    best
}

fn longest_list(value: &Value, base: &Url, context: &DateContext<'_>) -> Vec<Candidate> {
    let mut best: Vec<Candidate> = Vec::new();
    let mut open = vec![value];
    let mut seen = 0;
    while let Some(value) = open.pop() {
        seen += 1;
        if seen > MOST_VALUES {
            break;
        }
        match value {
            Value::Array(values) => {
                let items: Vec<Candidate> =
                    values.iter().filter_map(|value| item(value, base, context)).collect();
                if items.len() >= FEW && items.len() > best.len() {
                    best = items;
                }
                open.extend(values);
            }
            Value::Object(fields) => open.extend(fields.values()),
            _ => {}
        }
    }
    best
}

/// An object with an address and a title of at least three words; `item` of a `ListItem` stands for it.
fn item(value: &Value, base: &Url, context: &DateContext<'_>) -> Option<Candidate> {
    let outer = value.as_object()?;
    let inner = ["item", "node", "content"].iter().find_map(|name| outer.get(*name)?.as_object());
    let fields = |names: &[&str]| inner.and_then(|inner| text(inner, names)).or_else(|| text(outer, names));
    let title = plain_text::line(fields(TITLES)?)?;
    let url = fields(URLS).filter(|url| url.contains('/')).and_then(|url| base.join(url).ok())?;
    if super::title::words(&title) < 3 || !matches!(url.scheme(), "http" | "https") || url.path() == "/" {
        return None;
    }
    Some(Candidate {
        title: Some(title),
        published: fields(PUBLISHED).and_then(|date| parse_date(date, context)),
        summary: fields(SUMMARIES).and_then(plain_text::summary),
        image: fields(IMAGES).and_then(|image| base.join(image).ok()),
        ..Candidate::new(url)
    })
}

/// The first of `names` that is a text, or an object with one in it: `title.rendered`, `image.url`.
fn text<'v>(fields: &'v Map<String, Value>, names: &[&str]) -> Option<&'v str> {
    names
        .iter()
        .find_map(|name| match fields.get(*name)? {
            Value::String(text) => Some(text.as_str()),
            Value::Object(inner) => {
                ["rendered", "default", "text", "url"].iter().find_map(|name| inner.get(*name)?.as_str())
            }
            Value::Array(values) => values.first()?.as_str(),
            _ => None,
        })
        .filter(|text| !text.trim().is_empty())
}
