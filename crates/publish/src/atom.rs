//! Atom 1.0 (RFC 4287).

use std::collections::BTreeMap;

use atom_syndication::extension::Extension;
use atom_syndication::{Category, Content, Entry, FixedDateTime, Generator, Link, Person, Source, Text};
use chrono::{DateTime, TimeZone, Utc};

use super::characters::escaped;
use super::enclosures::AttachedFile;
use super::item::{Issue, Item};
use super::markup_free::markup_free;
use super::values::WebUrl;
use super::{Format, addresses, archive_mark, media, xml};

/// The feed as an Atom document.
pub(super) fn document(issue: &Issue<'_>) -> Vec<u8> {
    let feed = atom_syndication::Feed {
        title: text(&issue.title),
        id: addresses::feed_urn(&issue.feed.id),
        // An empty feed must state an instant (section 4.1.1) and has none.
        updated: fixed(issue.updated.unwrap_or_else(beginning)),
        generator: Some(Generator { value: super::GENERATOR.to_owned(), ..Generator::default() }),
        icon: issue.icon.as_deref().map(str::to_owned),
        links: links(issue),
        subtitle: Some(text(&issue.description)),
        entries: issue.items.iter().map(entry).collect(),
        lang: issue.language.as_deref().map(str::to_owned),
        namespaces: namespaces(issue),
        extensions: if issue.part.is_archive() { archive_mark::element(extension) } else { BTreeMap::new() },
        ..atom_syndication::Feed::default()
    };
    xml::with_stylesheet(&feed.to_string(), issue.part)
}

fn namespaces(issue: &Issue<'_>) -> BTreeMap<String, String> {
    let of_images = issue.items.iter().any(|item| item.image.is_some()).then(media::namespace);
    let of_history = issue.part.is_archive().then(archive_mark::namespace);
    of_images.into_iter().chain(of_history).collect()
}

fn links(issue: &Issue<'_>) -> Vec<Link> {
    let path = issue.part.path(issue.feed, Format::Atom);
    let of_type = |rel: &str, href: String| Link {
        href,
        rel: rel.to_owned(),
        mime_type: Some("application/atom+xml".to_owned()),
        ..Link::default()
    };
    let own = addresses::public(issue.settings, &path).map(|href| of_type("self", href.to_string()));
    let documents = issue.part.links(issue.settings, issue.feed, Format::Atom);
    // Who subscribes at a hub subscribes to the feed, not to its past.
    let hubs = issue.hubs().map(|hub| link("hub", &hub));
    own.into_iter()
        .chain(hubs)
        .chain(documents.into_iter().map(|(rel, href)| of_type(rel, href)))
        .chain(issue.home.as_ref().map(alternate))
        .collect()
}

fn alternate(href: &WebUrl) -> Link {
    Link { href: href.to_string(), rel: "alternate".to_owned(), ..Link::default() }
}

fn link(rel: &str, href: &WebUrl) -> Link {
    Link { href: href.to_string(), rel: rel.to_owned(), ..Link::default() }
}

/// The entry's page, its other place, its files, its discussion (RFC 4685) and its licence (RFC 4946).
fn entry_links(item: &Item<'_>) -> Vec<Link> {
    let file = |file: &AttachedFile| Link {
        mime_type: Some(file.media_type.clone()),
        length: file.length.map(|length| length.to_string()),
        ..link("enclosure", &file.url)
    };
    let html = |link| Link { mime_type: Some("text/html".to_owned()), ..link };
    std::iter::once(alternate(&item.link))
        .chain(item.related.as_ref().map(|page| link("related", page)))
        .chain(item.files.iter().map(file))
        .chain(item.comments.as_ref().map(|page| html(link("replies", page))))
        .chain(item.license.as_ref().map(|terms| link("license", &terms.url)))
        .collect()
}

/// The feed that has the entry too (section 4.2.11).
fn source(item: &Item<'_>) -> Option<Source> {
    let of = item.source.as_ref()?;
    Some(Source {
        title: text(&of.title),
        id: of.id.clone(),
        updated: fixed(item.updated),
        links: vec![link("self", &of.url)],
        ..Source::default()
    })
}

fn entry(item: &Item<'_>) -> Entry {
    // Every entry names somebody (section 4.2.1), in itself: readers do not look for an author of the feed.
    let names = if item.authors.is_empty() { std::slice::from_ref(&item.publisher) } else { &item.authors };
    Entry {
        title: text(&item.title),
        id: item.id.clone(),
        updated: fixed(item.updated),
        published: Some(fixed(item.published)),
        authors: names.iter().map(|name| Person { name: name.to_string(), ..Person::default() }).collect(),
        categories: item
            .categories
            .iter()
            .map(|term| Category { term: term.to_string(), ..Category::default() })
            .collect(),
        links: entry_links(item),
        source: source(item),
        summary: item.summary.as_deref().map(text),
        content: item.whole_content().map(|html| Content {
            content_type: Some("html".to_owned()),
            // Its only relative links are those to places in it.
            base: html.contains("href=\"#").then(|| item.places().to_string()),
            value: Some(html),
            lang: item.language.as_deref().map(str::to_owned),
            ..Content::default()
        }),
        extensions: item.image.as_ref().map(|image| media::thumbnail(image, extension)).unwrap_or_default(),
        ..Entry::default()
    }
}

/// The crate writes attributes of extensions as they stand, and escapes every other value itself.
fn extension(name: String, attributes: BTreeMap<String, String>) -> Extension {
    let attrs = attributes.into_iter().map(|(name, value)| (name, escaped(&value))).collect();
    Extension { name, attrs, ..Extension::default() }
}

/// A text construct (section 3.1). It is plain text, and nothing in it looks like HTML: readers do not agree on what they
/// make of either.
pub(super) fn text(plain: &str) -> Text {
    Text::plain(markup_free(plain))
}

pub(super) fn fixed(at: DateTime<Utc>) -> FixedDateTime {
    at.fixed_offset()
}

pub(super) fn beginning() -> DateTime<Utc> {
    Utc.timestamp_opt(946_684_800, 0).single().expect("the year 2000 is in range")
}
