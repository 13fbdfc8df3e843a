//! Atom 1.0 (RFC 4287).

use std::collections::BTreeMap;

use atom_syndication::extension::Extension;
use atom_syndication::{Category, Content, Entry, FixedDateTime, Generator, Link, Person, Text};
use chrono::{DateTime, TimeZone, Utc};
use uuid::Uuid;

use super::characters::escaped;
use super::item::{Issue, Item};
use super::values::{LicenseTerms, WebUrl};
use super::{Format, addresses, media, xml};

/// The feed as an Atom document.
pub(super) fn document(issue: &Issue<'_>) -> Vec<u8> {
    let feed = atom_syndication::Feed {
        title: text(&issue.title),
        id: feed_id(issue),
        // An empty feed must state an instant (section 4.1.1) and has none.
        updated: fixed(issue.updated.unwrap_or_else(beginning)),
        generator: Some(Generator { value: super::GENERATOR.to_owned(), ..Generator::default() }),
        links: links(issue),
        subtitle: Some(text(&issue.description)),
        entries: issue.items.iter().map(entry).collect(),
        lang: issue.language.as_deref().map(str::to_owned),
        namespaces: issue
            .items
            .iter()
            .any(|item| item.image.is_some())
            .then(media::namespace)
            .into_iter()
            .collect(),
        ..atom_syndication::Feed::default()
    };
    xml::with_stylesheet(&feed.to_string())
}

/// The feed's own identity: its public folder, or a UUID of version 5 of its name for a site that has no URL.
pub(super) fn feed_id(issue: &Issue<'_>) -> String {
    let id = &issue.feed.id;
    let url = addresses::public(issue.settings, &format!("{id}/"));
    url.map_or_else(
        || {
            let name = format!("tearsheet:feed:{id}");
            Uuid::new_v5(&Uuid::NAMESPACE_URL, name.as_bytes()).urn().to_string()
        },
        |url| url.to_string(),
    )
}

fn links(issue: &Issue<'_>) -> Vec<Link> {
    let path = addresses::feed_path(&issue.feed.id, Format::Atom);
    let own = addresses::public(issue.settings, &path).map(|href| Link {
        href: href.to_string(),
        rel: "self".to_owned(),
        mime_type: Some("application/atom+xml".to_owned()),
        ..Link::default()
    });
    own.into_iter().chain(issue.home.as_ref().map(alternate)).collect()
}

fn alternate(href: &WebUrl) -> Link {
    Link { href: href.to_string(), rel: "alternate".to_owned(), ..Link::default() }
}

/// A licence (RFC 4946).
fn license(terms: &LicenseTerms) -> Link {
    Link { href: terms.url.to_string(), rel: "license".to_owned(), ..Link::default() }
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
        links: std::iter::once(alternate(&item.link)).chain(item.license.as_ref().map(license)).collect(),
        summary: item.summary.as_deref().map(text),
        content: item.content.as_ref().map(|html| Content {
            value: Some(html.to_string()),
            content_type: Some("html".to_owned()),
            lang: item.language.as_deref().map(str::to_owned),
            ..Content::default()
        }),
        extensions: item.image.as_ref().map(|image| media::content(image, extension)).unwrap_or_default(),
        ..Entry::default()
    }
}

/// The crate writes attributes of extensions as they stand, and escapes every other value itself.
fn extension(name: String, attributes: BTreeMap<String, String>) -> Extension {
    let attrs = attributes.into_iter().map(|(name, value)| (name, escaped(&value))).collect();
    Extension { name, attrs, ..Extension::default() }
}

/// A text construct (section 3.1): declared as HTML where it could be taken for it, so that nobody has to guess.
pub(super) fn text(plain: &str) -> Text {
    if plain.contains(['<', '&']) { Text::html(escaped(plain)) } else { Text::plain(plain) }
}

pub(super) fn fixed(at: DateTime<Utc>) -> FixedDateTime {
    at.fixed_offset()
}

pub(super) fn beginning() -> DateTime<Utc> {
    Utc.timestamp_opt(946_684_800, 0).single().expect("the year 2000 is in range")
}
