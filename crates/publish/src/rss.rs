//! RSS 2.0, with the extensions that readers expect: `dc:creator`, `content:encoded` and `atom:link`.

use std::borrow::Cow;
use std::collections::BTreeMap;

use ::rss::extension::atom::{AtomExtension, Link};
use ::rss::extension::dublincore::DublinCoreExtension;
use ::rss::extension::{Extension, ExtensionMap};
use ::rss::{Category, Channel, Guid};

use super::characters::escaped;
use super::item::{Issue, Item};
use super::values::{LicenseTerms, TextLine};
use super::{Format, addresses, media, xml};

/// The prefix and namespace of <https://www.rssboard.org/creative-commons>.
const LICENSES: (&str, &str) = ("creativeCommons", "http://backend.userland.com/creativeCommonsRssModule");

/// The feed as an RSS 2.0 document.
pub(super) fn document(issue: &Issue<'_>) -> Vec<u8> {
    let path = addresses::feed_path(&issue.feed.id, Format::Rss);
    let self_link = addresses::public(issue.settings, &path).map(|href| AtomExtension {
        links: vec![Link {
            href: href.to_string(),
            rel: "self".to_owned(),
            mime_type: Some("application/rss+xml".to_owned()),
            ..Link::default()
        }],
    });
    let channel = Channel {
        title: without_tags(&issue.title).into_owned(),
        link: issue.home.as_deref().map_or_else(|| super::atom::feed_id(issue), str::to_owned),
        description: without_tags(&issue.description).into_owned(),
        language: issue.language.as_deref().map(str::to_owned),
        last_build_date: issue.updated.map(|at| at.to_rfc2822()),
        generator: Some(super::GENERATOR.to_owned()),
        atom_ext: self_link,
        namespaces: namespaces(issue),
        items: issue.items.iter().map(item).collect(),
        ..Channel::default()
    };
    xml::with_stylesheet(&channel.to_string())
}

fn item(item: &Item<'_>) -> ::rss::Item {
    // Without a description before it `content:encoded` is not looked for by older readers.
    let description = item.summary.as_deref().or(item.content.as_ref().map(|_| &*item.title));
    ::rss::Item {
        title: Some(without_tags(&item.title).into_owned()),
        link: Some(item.link.to_string()),
        description: description.map(escaped),
        categories: item
            .categories
            .iter()
            .map(|name| Category { name: without_tags(name).into_owned(), domain: None })
            .collect(),
        guid: Some(Guid { value: item.id.clone(), permalink: false }),
        pub_date: Some(item.published.to_rfc2822()),
        content: item.content.as_deref().map(str::to_owned),
        extensions: extensions(item),
        // In one element: of several, readers show the first or the last.
        dublin_core_ext: (!item.authors.is_empty()).then(|| DublinCoreExtension {
            creators: vec![joined(&item.authors)],
            ..DublinCoreExtension::default()
        }),
        ..::rss::Item::default()
    }
}

fn namespaces(issue: &Issue<'_>) -> BTreeMap<String, String> {
    let of_images = issue.items.iter().any(|item| item.image.is_some()).then(media::namespace);
    let of_licenses = issue.items.iter().any(|item| creative_commons(item).is_some());
    let of_licenses = of_licenses.then(|| (LICENSES.0.to_owned(), LICENSES.1.to_owned()));
    of_images.into_iter().chain(of_licenses).collect()
}

fn extensions(item: &Item<'_>) -> ExtensionMap {
    let image = item.image.as_ref();
    let mut extensions = image.map(|image| media::content(image, extension)).unwrap_or_default();
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

/// RSS does not say whether a title is text or HTML, so that readers drop what looks like a tag: "How `<canvas>` works"
/// loses its point. Brackets of another kind survive every reader.
fn without_tags(text: &str) -> Cow<'_, str> {
    let opens =
        |rest: &str| rest.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'));
    if !text.match_indices('<').any(|(at, _)| opens(&text[at + 1..])) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut inside = false;
    for (at, c) in text.char_indices() {
        match c {
            '<' if opens(&text[at + 1..]) => {
                inside = true;
                out.push('‹');
            }
            '>' if inside => {
                inside = false;
                out.push('›');
            }
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_like_a_tag_gets_other_brackets() {
        assert_eq!(without_tags("How <canvas> and </p> work"), "How ‹canvas› and ‹/p› work");
        assert_eq!(without_tags("5 < 6 > 4, I <3 this"), "5 < 6 > 4, I <3 this");
    }
}
