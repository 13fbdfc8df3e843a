//! RSS 2.0, with the extensions that readers expect: `dc:creator`, `content:encoded` and `atom:link`.

use std::collections::BTreeMap;

use ::rss::extension::atom::{AtomExtension, Link};
use ::rss::extension::dublincore::DublinCoreExtension;
use ::rss::extension::itunes::ITunesChannelExtension;
use ::rss::extension::{Extension, ExtensionMap};
use ::rss::{Category, Channel, Enclosure, Guid, Image, Source};

use super::characters::escaped;
use super::enclosures::{self, AttachedFile};
use super::item::{Issue, Item};
use super::markup_free::markup_free;
use super::values::{LicenseTerms, TextLine, WebUrl};
use super::{Format, addresses, archive_mark, media, xml};

/// The prefix and namespace of <https://www.rssboard.org/creative-commons>.
const LICENSES: (&str, &str) = ("creativeCommons", "http://backend.userland.com/creativeCommonsRssModule");

/// How long a reader may keep a feed before it asks again: runs are mostly an hour apart.
const MINUTES: &str = "60";

/// The prefix and namespace that players of podcasts look for.
const ITUNES: (&str, &str) = ("itunes", "http://www.itunes.com/dtds/podcast-1.0.dtd");

/// The feed as an RSS 2.0 document.
pub(super) fn document(issue: &Issue<'_>) -> Vec<u8> {
    let channel = Channel {
        title: markup_free(&issue.title).into_owned(),
        link: issue.home.as_deref().map_or_else(|| addresses::feed_urn(&issue.feed.id), str::to_owned),
        description: markup_free(&issue.description).into_owned(),
        language: issue.language.as_deref().map(str::to_owned),
        last_build_date: issue.updated.map(|at| at.to_rfc2822()),
        generator: Some(super::GENERATOR.to_owned()),
        ttl: Some(MINUTES.to_owned()),
        image: image(issue),
        itunes_ext: cover(issue),
        atom_ext: links(issue),
        extensions: if issue.part.is_archive() { archive_mark::element(extension) } else { BTreeMap::new() },
        namespaces: namespaces(issue),
        items: issue.items.iter().map(item).collect(),
        ..Channel::default()
    };
    xml::with_stylesheet(&channel.to_string(), issue.part)
}

fn item(item: &Item<'_>) -> ::rss::Item {
    // Without a description before it `content:encoded` is not looked for by older readers.
    let description = item.summary.as_deref().or(item.content.as_ref().map(|_| &*item.title));
    ::rss::Item {
        title: Some(markup_free(&item.title).into_owned()),
        link: Some(item.link.to_string()),
        description: description.map(escaped),
        categories: item
            .categories
            .iter()
            .map(|name| Category { name: markup_free(name).into_owned(), domain: None })
            .collect(),
        guid: Some(Guid { value: item.id.clone(), permalink: false }),
        pub_date: Some(item.published.to_rfc2822()),
        content: item.content_with_targets(),
        enclosure: item.files.first().map(enclosure),
        comments: item.comments.as_deref().map(str::to_owned),
        source: item
            .source
            .as_ref()
            .map(|of| Source { url: of.url.to_string(), title: Some(markup_free(&of.title).into_owned()) }),
        atom_ext: item.related.as_ref().map(related),
        extensions: extensions(item),
        // In one element: of several, readers show the first or the last.
        dublin_core_ext: (!item.authors.is_empty()).then(|| DublinCoreExtension {
            creators: vec![joined(&item.authors)],
            ..DublinCoreExtension::default()
        }),
        ..::rss::Item::default()
    }
}

/// The document itself, and those before and after it.
fn links(issue: &Issue<'_>) -> Option<AtomExtension> {
    let path = issue.part.path(issue.feed, Format::Rss);
    let own = addresses::public(issue.settings, &path).map(|href| ("self", href.to_string()));
    let documents = issue.part.links(issue.settings, issue.feed, Format::Rss);
    let link = |(rel, href): (&str, String)| Link {
        href,
        rel: rel.to_owned(),
        mime_type: Some("application/rss+xml".to_owned()),
        ..Link::default()
    };
    let mut links: Vec<Link> = own.into_iter().chain(documents).map(link).collect();
    let hub = |hub: WebUrl| Link { href: hub.to_string(), rel: "hub".to_owned(), ..Link::default() };
    links.extend(issue.hubs().map(hub));
    (!links.is_empty()).then_some(AtomExtension { links })
}

/// The feed's picture, which must be at a URL and link to a page.
fn image(issue: &Issue<'_>) -> Option<Image> {
    Some(Image {
        url: issue.icon.as_deref()?.to_owned(),
        title: markup_free(&issue.title).into_owned(),
        link: issue.home.as_deref()?.to_owned(),
        ..Image::default()
    })
}

/// The picture of a feed of recordings, which players want large.
fn cover(issue: &Issue<'_>) -> Option<ITunesChannelExtension> {
    let plays = issue.items.iter().flat_map(|item| &item.files).any(enclosures::plays);
    let image = issue.cover.as_deref().filter(|_| plays)?.to_owned();
    let complete = issue.feed.ended.as_ref().map(|_| "Yes".to_owned());
    Some(ITunesChannelExtension { image: Some(image), complete, ..ITunesChannelExtension::default() })
}

/// An item has one enclosure: that is what readers expect (<https://www.rssboard.org/rss-profile>). A length that nobody
/// states is 0 there.
fn enclosure(file: &AttachedFile) -> Enclosure {
    Enclosure {
        url: file.url.to_string(),
        length: file.length.unwrap_or_default().to_string(),
        mime_type: file.media_type.clone(),
    }
}

fn related(page: &WebUrl) -> AtomExtension {
    let link = Link { href: page.to_string(), rel: "related".to_owned(), ..Link::default() };
    AtomExtension { links: vec![link] }
}

fn namespaces(issue: &Issue<'_>) -> BTreeMap<String, String> {
    let of_images = issue.items.iter().any(|item| item.image.is_some()).then(media::namespace);
    let of_licenses = issue.items.iter().any(|item| creative_commons(item).is_some());
    let of_licenses = of_licenses.then(|| (LICENSES.0.to_owned(), LICENSES.1.to_owned()));
    let of_players = cover(issue).map(|_| (ITUNES.0.to_owned(), ITUNES.1.to_owned()));
    let of_history = issue.part.is_archive().then(archive_mark::namespace);
    of_images.into_iter().chain(of_licenses).chain(of_players).chain(of_history).collect()
}

fn extensions(item: &Item<'_>) -> ExtensionMap {
    let image = item.image.as_ref();
    let mut extensions = image.map(|image| media::thumbnail(image, extension)).unwrap_or_default();
    if let Some(license) = creative_commons(item) {
        let license = Extension {
            name: format!("{}:license", LICENSES.0),
            value: Some(license.url.to_string()),
            ..Extension::default()
        };
        let of_licenses = BTreeMap::from([("license".to_owned(), vec![license])]);
        extensions.insert(LICENSES.0.to_owned(), of_licenses);
    }
    extensions
}

/// The item's licence, if it is one for which RSS has a place.
fn creative_commons<'i>(item: &'i Item<'_>) -> Option<&'i LicenseTerms> {
    item.license.as_ref().filter(|license| license.name.is_some())
}

fn joined(names: &[TextLine]) -> String {
    names.iter().map(|name| &**name).collect::<Vec<_>>().join(", ")
}

fn extension(name: String, attrs: BTreeMap<String, String>) -> Extension {
    Extension { name, attrs, ..Extension::default() }
}
