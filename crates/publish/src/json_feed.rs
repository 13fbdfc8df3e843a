//! JSON Feed 1.1 (<https://www.jsonfeed.org/version/1.1/>).

use chrono::SecondsFormat;
use serde::Serialize;

use super::enclosures::AttachedFile;
use super::item::{Issue, Item};
use super::values::{TextLine, WebUrl};
use super::{Format, addresses};
use crate::model::Access;

#[derive(Serialize)]
struct JsonFeed<'a> {
    version: &'static str,
    /// An extension, for the format has no place of its own for it.
    #[serde(rename = "_generator")]
    generator: Name<'static>,
    title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    home_page_url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    feed_url: Option<WebUrl>,
    /// The document with what came before.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_url: Option<String>,
    description: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    icon: Option<&'a WebUrl>,
    #[serde(skip_serializing_if = "Option::is_none")]
    favicon: Option<WebUrl>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
    /// Whether nothing more will come.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    expired: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    hubs: Vec<Hub>,
    items: Vec<JsonItem<'a>>,
}

#[derive(Serialize)]
struct JsonItem<'a> {
    id: &'a str,
    url: &'a str,
    title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    external_url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    content_html: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    content_text: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    summary: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    image: Option<&'a WebUrl>,
    date_published: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_modified: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    authors: Vec<Name<'a>>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    tags: &'a [TextLine],
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    attachments: Vec<Attachment<'a>>,
    /// An extension: what the format has no place for.
    #[serde(rename = "_tearsheet")]
    more: More<'a>,
}

#[derive(Serialize)]
struct Hub {
    #[serde(rename = "type")]
    kind: &'static str,
    url: WebUrl,
}

#[derive(Serialize)]
struct Attachment<'a> {
    url: &'a str,
    mime_type: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    size_in_bytes: Option<u64>,
}

#[derive(Serialize)]
struct ItemFeed<'a> {
    title: &'a str,
    url: &'a str,
}

#[derive(Serialize)]
struct More<'a> {
    word_count: u32,
    reading_minutes: u32,
    /// Its page here.
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<&'a str>,
    /// The page on which readers discuss it.
    #[serde(skip_serializing_if = "Option::is_none")]
    comments: Option<&'a str>,
    /// In a merged feed, the feed of its source.
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<ItemFeed<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    access: Option<Access>,
    #[serde(skip_serializing_if = "Option::is_none")]
    license: Option<&'a WebUrl>,
    #[serde(skip_serializing_if = "Option::is_none")]
    image_alt: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    image_width: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    image_height: Option<u32>,
}

#[derive(Serialize)]
struct Name<'a> {
    name: &'a str,
}

/// The feed as a JSON document.
pub(super) fn document(issue: &Issue<'_>) -> Vec<u8> {
    let documents = issue.part.links(issue.settings, issue.feed, Format::Json);
    let feed = JsonFeed {
        version: "https://jsonfeed.org/version/1.1",
        generator: Name { name: super::GENERATOR },
        title: &issue.title,
        home_page_url: issue.home.as_deref(),
        feed_url: addresses::public(issue.settings, &issue.part.path(issue.feed, Format::Json)),
        next_url: documents.into_iter().find(|(rel, _)| *rel == "prev-archive").map(|(_, url)| url),
        description: &issue.description,
        icon: issue.cover.as_ref(),
        favicon: addresses::public(issue.settings, addresses::ICON),
        language: issue.language.as_deref(),
        expired: issue.feed.ended.is_some(),
        hubs: issue.hubs().map(|url| Hub { kind: "WebSub", url }).collect(),
        items: issue.items.iter().map(item).collect(),
    };
    let mut bytes = serde_json::to_vec_pretty(&feed).expect("plain values serialise");
    bytes.push(b'\n');
    bytes
}

fn item<'a>(item: &'a Item<'_>) -> JsonItem<'a> {
    // An item must have a content; the shorter levels have their summary or title for it.
    let text = item.summary.as_deref().unwrap_or(&item.title);
    let instant = |at: chrono::DateTime<chrono::Utc>| at.to_rfc3339_opts(SecondsFormat::AutoSi, true);
    JsonItem {
        id: &item.id,
        url: &item.link,
        title: &item.title,
        external_url: item.leads_here().then_some(item.related.as_deref()).flatten(),
        // What shows an item shows it whole: a link to a place in it leads there.
        content_html: item.whole_content(),
        content_text: item.content.is_none().then_some(text),
        summary: item.summary.as_deref(),
        image: item.image.as_ref().map(|image| &image.url),
        date_published: instant(item.published),
        date_modified: (item.entry.updated > item.entry.first_seen).then(|| instant(item.entry.updated_at())),
        authors: item.authors.iter().map(|name| Name { name }).collect(),
        tags: &item.categories,
        language: item.language.as_deref(),
        attachments: item.files.iter().map(attachment).collect(),
        more: more(item),
    }
}

fn attachment(file: &AttachedFile) -> Attachment<'_> {
    Attachment { url: &file.url, mime_type: &file.media_type, size_in_bytes: file.length }
}

fn more<'a>(item: &'a Item<'_>) -> More<'a> {
    let (article, image) = (&item.entry.article, item.image.as_ref());
    More {
        word_count: article.word_count,
        reading_minutes: article.reading_minutes(),
        page: item.page.as_deref(),
        comments: item.comments.as_deref(),
        source: item.source.as_ref().map(|of| ItemFeed { title: &of.title, url: &of.url }),
        access: article.access,
        license: item.license.as_ref().map(|license| &license.url),
        image_alt: image.map(|image| &*image.alt).filter(|alt| !alt.is_empty()),
        image_width: image.and_then(|image| image.width),
        image_height: image.and_then(|image| image.height),
    }
}
