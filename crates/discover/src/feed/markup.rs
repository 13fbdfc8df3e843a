//! RSS, RDF and Atom. Told apart by their elements, not by their versions: one item may carry fields of all of them.

use url::Url;

use super::{MOST, empty, web_url};
use crate::discover::items::{self, FeedItem};
use crate::discover::xml::{self, Field, Record};
use crate::discover::{Document, Listing, Settings, dates, plain_text};
use crate::model::Candidate;

const SHAPE: xml::Shape = xml::Shape { records: &["item", "entry"], is_field, most: MOST };

/// The text of a description that is an article rather than a teaser is at least this long.
const ARTICLE: usize = 600;

/// Fields in the order in which they are preferred.
/// FeedBurner's name for the link that it replaced by one of its own, whatever the prefix.
const ORIGINAL_LINK: &str = ":origlink";
const LINKS: &[&str] = &["link", "atom:link", "guid", "id", "atom:id"];
const GUIDS: &[&str] = &["guid", "id", "atom:id"];
const TITLES: &[&str] = &["title", "atom:title", "dc:title", "media:title"];
const PUBLISHED: &[&str] = &[
    "pubdate",
    "published",
    "atom:published",
    "dc:date",
    "issued",
    "dcterms:issued",
    "created",
    "dcterms:created",
];
const MODIFIED: &[&str] =
    &["updated", "atom:updated", "a10:updated", "modified", "dcterms:modified", "dc:modified"];
const CONTENTS: &[&str] = &["content:encoded", "content", "atom:content", "xhtml:body", "body"];
const SUMMARIES: &[&str] =
    &["description", "summary", "atom:summary", "itunes:summary", "dc:description", "media:description"];
const AUTHORS: &[&str] = &["dc:creator", "author", "atom:author", "a10:author", "itunes:author"];
const IMAGES: &[&str] = &["media:thumbnail", "media:content", "enclosure", "link", "image", "itunes:image"];
/// Fields of no use whose content would be taken for the item's own.
const HOLDERS: &[&str] = &["source", "atom:source", "contributor", "textinput", "comments", "media:credit"];

fn is_field(name: &str) -> bool {
    name.ends_with(ORIGINAL_LINK)
        || [LINKS, TITLES, PUBLISHED, MODIFIED, CONTENTS, SUMMARIES, AUTHORS, IMAGES, HOLDERS]
            .iter()
            .any(|names| names.contains(&name))
}

pub(super) fn read(document: &Document<'_>, text: &str, settings: &Settings) -> Listing {
    let feed = xml::read(text, SHAPE);
    let base = base_of(document, &feed);
    let channel = Record { fields: feed.channel, ..Record::default() };
    let mut listing = empty(first(&channel, TITLES).and_then(title_text));
    listing.next_page = ["next", "prev-archive"].iter().find_map(|rel| linked(&base, &channel, rel));
    listing.is_cut = feed.is_cut;
    if feed.truncated {
        listing.warnings.push(format!("the feed has more than {MOST} items; the rest was not read"));
    }
    let feed_authors = authors(&channel);
    let read = |record| {
        let mut item = item(document, &base, record, settings);
        if item.candidate.authors.is_empty() {
            item.candidate.authors.clone_from(&feed_authors);
        }
        item
    };
    listing.candidates = items::told_apart(feed.records.iter().map(read).collect(), &base);
    listing
}

/// What relative links are relative to: `xml:base`, the channel's own link, the feed's URL.
fn base_of(document: &Document<'_>, feed: &xml::XmlDocument) -> Url {
    let declared = feed.root.attribute("xml:base");
    let channel = feed.channel.iter().find(|field| field.name == "link" && field.attribute("href").is_none());
    declared
        .and_then(|base| web_url(document.url, base))
        .or_else(|| web_url(document.url, &channel?.text))
        .unwrap_or_else(|| document.url.clone())
}

fn item(document: &Document<'_>, base: &Url, record: &Record, settings: &Settings) -> FeedItem {
    let own_base = record.head.attribute("xml:base").and_then(|own| web_url(base, own));
    let home = base;
    let base = own_base.as_ref().unwrap_or(base);
    let link = link(base, record);
    let description = first(record, SUMMARIES).map(html);
    let content =
        CONTENTS.iter().find_map(|name| fields(record, name).map(html).find(|html| !html.trim().is_empty()));
    let content = content.or_else(|| description.clone().filter(|html| is_article(html)));
    let date = |names| first(record, names).and_then(|field| dates::read(&field.text, document, settings));
    let shown = content.as_deref().or(description.as_deref());
    let candidate = Candidate {
        title: first(record, TITLES).and_then(title_text),
        published: date(PUBLISHED),
        modified: date(MODIFIED),
        image: image(base, record).or_else(|| shown.and_then(|html| first_image(base, html))),
        summary: description.as_deref().and_then(plain_text::summary),
        authors: authors(record),
        content,
        ..Candidate::new(link.clone().unwrap_or_else(|| home.clone()))
    };
    FeedItem { candidate, guid: guid(record), has_link: link.is_some(), description }
}

/// What the item is called.
fn guid(record: &Record) -> Option<String> {
    let field = first(record, GUIDS).map(|field| field.text.clone());
    field.or_else(|| record.head.attribute("rdf:about").map(str::to_owned))
}

/// The item's page. A GUID or id stands for it if it is a URL and nothing else is.
fn link(base: &Url, record: &Record) -> Option<Url> {
    let mut originals = record.fields.iter().filter(|field| field.name.ends_with(ORIGINAL_LINK));
    if let Some(url) = originals.find_map(|field| web_url(base, &field.text)) {
        return Some(url);
    }
    let texts = fields(record, "link");
    linked(base, record, "alternate")
        .or_else(|| {
            texts
                .filter(|field| field.attribute("href").is_none())
                .find_map(|field| web_url(base, &field.text))
        })
        .or_else(|| {
            let ids = GUIDS.iter().flat_map(|name| fields(record, name));
            ids.filter(|field| field.attribute("ispermalink") != Some("false"))
                .map(|field| field.text.trim())
                .find_map(|id| if id.contains("://") { web_url(base, id) } else { None })
        })
        .or_else(|| web_url(base, record.head.attribute("rdf:about")?))
}

/// The target of an Atom link with this relation; HTML before other types.
fn linked(base: &Url, record: &Record, rel: &str) -> Option<Url> {
    let links = || {
        ["link", "atom:link"].into_iter().flat_map(|name| fields(record, name)).filter(|field| {
            field.attribute("href").is_some() && field.attribute("rel").unwrap_or("alternate").trim() == rel
        })
    };
    let html = links().find(|field| field.attribute("type").is_none_or(|kind| kind.contains("html")));
    html.or_else(|| links().next()).and_then(|field| web_url(base, field.attribute("href")?))
}

/// Names, from an element with `name` in it, or from `address (name)`.
fn authors(record: &Record) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for known in AUTHORS {
        for field in fields(record, known) {
            let inner = field.inner("name");
            let texts = if field.markup.is_some() { inner } else { vec![field.text.clone()] };
            for name in
                texts.iter().filter_map(|text| plain_text::line(text)).map(|text| without_address(&text))
            {
                if !name.is_empty() && !names.contains(&name) {
                    names.push(name);
                }
            }
        }
        if !names.is_empty() {
            break;
        }
    }
    names
}

/// RSS's `author` is an address, after which the name may stand in brackets.
fn without_address(text: &str) -> String {
    let Some((address, name)) = text.split_once('(') else {
        return if text.contains('@') && !text.contains(' ') { String::new() } else { text.to_owned() };
    };
    if address.contains('@') { name.trim_end_matches(')').trim().to_owned() } else { text.to_owned() }
}

fn image(base: &Url, record: &Record) -> Option<Url> {
    IMAGES.iter().flat_map(|name| fields(record, name)).find_map(|field| {
        let kind = field.attribute("type").or(field.attribute("medium")).unwrap_or_default();
        let is_image = kind.starts_with("image");
        let target = match field.name.as_str() {
            "media:thumbnail" => field.attribute("url"),
            "media:content" | "enclosure" if is_image => field.attribute("url"),
            "link" if is_image && field.attribute("rel") == Some("enclosure") => field.attribute("href"),
            "itunes:image" => field.attribute("href"),
            "image" => return web_url(base, field.inner("url").first().unwrap_or(&field.text)),
            _ => None,
        };
        web_url(base, target?)
    })
}

fn first_image(base: &Url, html: &str) -> Option<Url> {
    if !html.contains("<img") {
        return None;
    }
    let page = tearsheet_html::parse_html(html);
    let mut elements = page.tree.nodes().filter_map(|node| node.value().as_element());
    elements.find(|element| element.name() == "img").and_then(|image| web_url(base, image.attr("src")?))
}

/// What a field holds as HTML: its markup as written, or its text, which is HTML in RSS.
fn html(field: &Field) -> String {
    match &field.markup {
        Some(markup) => markup.clone(),
        None if field.attribute("type") == Some("text") => {
            field.text.replace('&', "&amp;").replace('<', "&lt;")
        }
        None => field.text.clone(),
    }
}

fn title_text(field: &Field) -> Option<String> {
    plain_text::line(&html(field))
}

fn is_article(html: &str) -> bool {
    html.len() > ARTICLE
        && (html.contains("<p") || html.contains("<br"))
        && plain_text::plain(html).len() > ARTICLE
}

/// The first of `names` that has something in it.
fn first<'a>(record: &'a Record, names: &[&str]) -> Option<&'a Field> {
    names.iter().find_map(|name| {
        fields(record, name).find(|field| !field.text.trim().is_empty() || field.markup.is_some())
    })
}

fn fields<'a>(record: &'a Record, name: &str) -> impl Iterator<Item = &'a Field> {
    record.fields.iter().filter(move |field| field.name == name)
}
