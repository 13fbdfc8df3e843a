//! RSS, RDF and Atom. Told apart by their elements, not by their versions: one item may carry fields of all of them.

use tearsheet_dates::DayOrder;
use url::Url;

use super::{MOST, empty, media, web_url};
use crate::discover::items::{self, FeedItem};
use crate::discover::xml::{self, Field, Record};
use crate::discover::{Document, Listing, Settings, dates, plain_text};
use crate::model::Candidate;

const SHAPE: xml::Shape = xml::Shape { records: &["item", "entry"], is_field, most: MOST };

/// The text of a description that is an article rather than a teaser is at least this long.
const ARTICLE: usize = 600;

/// FeedBurner's name for the link that it replaced by one of its own, whatever the prefix.
const ORIGINAL_LINK: &str = ":origlink";
/// Fields in the order in which they are preferred.
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
    "date",
];
const MODIFIED: &[&str] = &["updated", "atom:updated", "modified", "dcterms:modified", "dc:modified"];
const CONTENTS: &[&str] = &["content:encoded", "content", "atom:content", "xhtml:body", "body"];
const SUMMARIES: &[&str] =
    &["description", "summary", "atom:summary", "itunes:summary", "dc:description", "media:description"];
const AUTHORS: &[&str] = &["dc:creator", "author", "atom:author", "itunes:author"];
const TAGS: &[&str] = &["category", "atom:category", "dc:subject", "media:keywords", "itunes:keywords"];
/// Fields of no use whose content would be taken for the item's own.
const HOLDERS: &[&str] = &["source", "atom:source", "contributor", "textinput", "comments", "media:credit"];

fn is_field(name: &str) -> bool {
    name.ends_with(ORIGINAL_LINK)
        || name == "language"
        || [LINKS, TITLES, PUBLISHED, MODIFIED, CONTENTS, SUMMARIES, AUTHORS, TAGS, media::IMAGES, HOLDERS]
            .iter()
            .any(|names| names.contains(&name))
}

pub(super) fn read(document: &Document<'_>, text: &str, settings: &Settings) -> Listing {
    let feed = xml::read(text, SHAPE);
    let base = base_of(document, &feed);
    let home = home_of(document, &base, &feed);
    let channel = Record { fields: feed.channel, ..Record::default() };
    let mut listing = empty(first(&channel, TITLES).and_then(title_text));
    listing.home = stated_home(&base, &channel).filter(|home| home != document.url);
    listing.next_page = ["next", "prev-archive"].iter().find_map(|rel| linked(&base, &channel, rel));
    listing.is_cut = feed.is_cut;
    if feed.truncated {
        listing.warnings.push(format!("the feed has more than {MOST} items; the rest was not read"));
    }
    let feed_authors = authors(&channel);
    let is_date = |field: &&Field| PUBLISHED.iter().chain(MODIFIED).any(|name| field.name == *name);
    let dated = feed.records.iter().flat_map(|record| record.fields.iter().filter(is_date));
    let language = fields(&channel, "language").next().map(|field| field.text.as_str());
    let order = dates::order(document, language, dated.map(|field| field.text.as_str()));
    let read = |record| {
        let mut item = item(document, (&base, &home), record, (settings, order));
        if item.candidate.authors.is_empty() {
            item.candidate.authors.clone_from(&feed_authors);
        }
        item
    };
    listing.candidates = items::told_apart(feed.records.iter().map(read).collect(), &home);
    listing
}

/// What relative links are relative to: `xml:base` of the feed and of its channel, the channel's own link, the feed's URL.
fn base_of(document: &Document<'_>, feed: &xml::XmlDocument) -> Url {
    let declared = [&feed.root, &feed.holder].into_iter().fold(None, |base: Option<Url>, element| {
        let own = based(base.as_ref().unwrap_or(document.url), element);
        own.or(base)
    });
    declared.unwrap_or_else(|| home_of(document, document.url, feed))
}

/// The page that the channel's own link names.
fn stated_home(base: &Url, channel: &Record) -> Option<Url> {
    let text = fields(channel, "link").find(|field| field.attribute("href").is_none());
    let stated = text.and_then(|link| web_url(base, &link.text));
    stated.or_else(|| linked(base, channel, "alternate"))
}

/// The site that the feed is of.
fn home_of(document: &Document<'_>, base: &Url, feed: &xml::XmlDocument) -> Url {
    let channel = feed.channel.iter().find(|field| field.name == "link" && field.attribute("href").is_none());
    channel.and_then(|link| web_url(base, &link.text)).unwrap_or_else(|| match base.host_str() {
        Some(_) => base.clone(),
        None => document.url.clone(),
    })
}

/// What links in an element are relative to, if it says so.
fn based(base: &Url, element: &Field) -> Option<Url> {
    web_url(base, element.attribute("xml:base")?)
}

/// The target of `text`, which `field` says.
pub(super) fn url_in(base: &Url, field: &Field, text: &str) -> Option<Url> {
    web_url(based(base, field).as_ref().unwrap_or(base), text)
}

fn item(
    document: &Document<'_>,
    (base, home): (&Url, &Url),
    record: &Record,
    (settings, order): (&Settings, Option<DayOrder>),
) -> FeedItem {
    let own_base = based(base, &record.head);
    let base = own_base.as_ref().unwrap_or(base);
    let link = link(base, record);
    let description = first(record, SUMMARIES).map(html);
    let content =
        CONTENTS.iter().flat_map(|name| fields(record, name)).find(|field| !html(field).trim().is_empty());
    let content = content.map(|field| with_base(base, link.as_ref(), (&record.head, field)));
    let content = content.or_else(|| description.clone().filter(|html| is_article(html)));
    // One that cannot be read may be followed by one that can.
    let date = |names: &[&str]| {
        let fields = names.iter().flat_map(|name| fields(record, name));
        fields.filter_map(|field| dates::read_ordered(&field.text, document, settings, order)).next()
    };
    let shown = content.as_deref().or(description.as_deref());
    let candidate = Candidate {
        title: TITLES.iter().flat_map(|name| fields(record, name)).find_map(title_text),
        published: date(PUBLISHED),
        modified: date(MODIFIED),
        image: media::image(base, record).or_else(|| shown.and_then(|html| media::first_image(base, html))),
        summary: description.as_deref().and_then(plain_text::summary),
        authors: authors(record),
        tags: tags(record),
        enclosures: media::enclosures(base, record),
        comments: comments(base, record),
        content,
        ..Candidate::new(link.clone().unwrap_or_else(|| home.clone()))
    };
    FeedItem { candidate, guid: guid(record), has_link: link.is_some(), description }
}

/// The content of an item as HTML. Where it says what its links are relative to, and that is not the item's page, that is
/// said in HTML too.
fn with_base(base: &Url, link: Option<&Url>, (head, field): (&Field, &Field)) -> String {
    let own = based(base, field).or_else(|| head.attribute("xml:base").map(|_| base.clone()));
    match own.filter(|own| Some(own) != link) {
        Some(own) => format!("<base href=\"{}\">{}", own.as_str().replace('"', "%22"), html(field)),
        None => html(field),
    }
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
    let texts = fields(record, "link").filter(|field| field.attribute("href").is_none());
    let ids = |is_permalink: bool| {
        let ids = GUIDS.iter().flat_map(|name| fields(record, name));
        let is_wanted = |field: &&Field| {
            is_permalink != field.attribute("ispermalink").is_some_and(|value| value.trim() == "false")
        };
        ids.filter(is_wanted).find_map(|field| {
            let id = field.text.trim();
            if id.contains("://") { url_in(base, field, id) } else { None }
        })
    };
    linked(base, record, "alternate")
        .or_else(|| texts.into_iter().find_map(|field| url_in(base, field, &field.text)))
        .or_else(|| ids(true))
        .or_else(|| web_url(base, record.head.attribute("rdf:about")?))
        // It says that it is no link; yet where there is none it mostly is.
        .or_else(|| ids(false))
}

/// The page on which readers discuss the item: `comments` of RSS, a link of Atom with the relation `replies` (RFC 4685).
fn comments(base: &Url, record: &Record) -> Option<Url> {
    let stated = fields(record, "comments").find_map(|field| url_in(base, field, &field.text));
    let is_page = |field: &&Field| field.attribute("type").is_none_or(|kind| kind.contains("html"));
    let replies = || links(record, "replies").find(is_page);
    stated.or_else(|| replies().and_then(|field| url_in(base, field, field.attribute("href")?)))
}

/// The links of Atom with this relation.
pub(super) fn links<'a>(record: &'a Record, rel: &str) -> impl Iterator<Item = &'a Field> {
    let all = ["link", "atom:link"].into_iter().flat_map(|name| fields(record, name));
    all.filter(move |field| field.attribute("href").is_some() && relation(field) == rel)
}

/// The relation of a link in lower case; those that are registered may be written as URLs (RFC 4287, section 4.2.7.2).
fn relation(link: &Field) -> String {
    let rel = link.attribute("rel").unwrap_or("alternate").trim().to_ascii_lowercase();
    let name = rel.strip_prefix("http://www.iana.org/assignments/relation/").unwrap_or(&rel);
    if name.is_empty() { "alternate".to_owned() } else { name.to_owned() }
}

/// The target of an Atom link with this relation; HTML before other types.
fn linked(base: &Url, record: &Record, rel: &str) -> Option<Url> {
    let is_html = |field: &&Field| field.attribute("type").is_none_or(|kind| kind.contains("html"));
    let target = |field: &Field| url_in(base, field, field.attribute("href")?);
    links(record, rel).filter(is_html).find_map(target).or_else(|| links(record, rel).find_map(target))
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

/// The subjects: the text of RSS's `category`, the `label` or else the `term` of Atom's (RFC 4287, section 4.2.2), and
/// lists with commas.
fn tags(record: &Record) -> Vec<String> {
    let all = TAGS.iter().flat_map(|name| fields(record, name));
    let text = |field: &Field| {
        let stated = ["label", "term"].iter().find_map(|name| field.attribute(name)).map(str::to_owned);
        stated.unwrap_or_else(|| field.text.clone())
    };
    let is_list = |field: &Field| field.name.ends_with("keywords");
    let named = all.flat_map(|field| match is_list(field) {
        true => text(field).split(',').map(str::to_owned).collect(),
        false => vec![text(field)],
    });
    super::tags(named)
}

/// RSS's `author` is an address, after which the name may stand in brackets.
fn without_address(text: &str) -> String {
    let Some((address, name)) = text.split_once('(') else {
        return if text.contains('@') && !text.contains(' ') { String::new() } else { text.to_owned() };
    };
    if address.contains('@') { name.trim_end_matches(')').trim().to_owned() } else { text.to_owned() }
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

/// A title as plain text. Only Atom says that there is no markup in it.
fn title_text(field: &Field) -> Option<String> {
    match field.attribute("type").map(str::trim) {
        Some("text" | "text/plain") => {
            Some(plain_text::collapse(&field.text)).filter(|text| !text.is_empty())
        }
        _ => plain_text::title(field.markup.as_deref().unwrap_or(&field.text)),
    }
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

pub(super) fn fields<'a>(record: &'a Record, name: &str) -> impl Iterator<Item = &'a Field> {
    record.fields.iter().filter(move |field| field.name == name)
}
