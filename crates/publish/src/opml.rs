//! `feeds.opml`: every feed in one OPML 2.0 file (<http://opml.org/spec2.opml>), to be imported by a reader. Feeds of
//! sources are in a folder by their first tag. Merged feeds carry the same articles again: they are in a folder of their
//! own, which whoever imports the list can leave out.

use std::collections::BTreeMap;

use ::opml::{Body, Head, OPML, Outline};

use super::characters::line;
use super::values::{LanguageTag, TextLine};
use super::{Feed, Settings, addresses, words, xml};
use crate::model::Source;

/// The list of `feeds`, in their order within each folder. A site without a base URL names them by their paths.
pub(super) fn document(settings: &Settings, feeds: &[Feed], sources: &[Source]) -> Vec<u8> {
    let (merged, own): (Vec<&Feed>, Vec<&Feed>) =
        feeds.iter().filter(|feed| feed.is_listed).partition(|feed| feed.is_merged());
    let mut folders: BTreeMap<String, Vec<Outline>> = BTreeMap::new();
    let mut outlines = Vec::new();
    for feed in own {
        let tags = tags(feed, sources);
        let entry = outline(settings, feed, &tags);
        match tags.first() {
            Some(tag) => folders.entry(tag.to_string()).or_default().push(entry),
            None => outlines.push(entry),
        }
    }
    outlines.splice(0..0, folders.into_iter().map(|(tag, feeds)| folder(tag, feeds)));
    if !merged.is_empty() {
        let feeds = merged.into_iter().map(|feed| outline(settings, feed, &[])).collect();
        outlines.push(folder(words::of(&settings.language).merged_feeds.to_owned(), feeds));
    }
    let list = OPML {
        version: "2.0".to_owned(),
        head: Some(Head { title: Some(line(&settings.title)), ..Head::default() }),
        body: Body { outlines },
    };
    // The writer fails on I/O alone, and a string has none.
    xml::document(&list.to_string().unwrap_or_default())
}

fn folder(name: String, outlines: Vec<Outline>) -> Outline {
    Outline { text: name.clone(), title: Some(name), outlines, ..Outline::default() }
}

/// The tags that the owner puts on the feed's source.
fn tags(feed: &Feed, sources: &[Source]) -> Vec<TextLine> {
    let source = sources.iter().find(|source| source.id == feed.id);
    source.into_iter().flat_map(|source| &source.tags).filter_map(|tag| TextLine::of(tag)).collect()
}

fn outline(settings: &Settings, feed: &Feed, tags: &[TextLine]) -> Outline {
    let title = line(&feed.title);
    let path = feed.formats.first().map(|&format| addresses::feed_path(&feed.id, format));
    // Categories are separated by commas.
    let categories: Vec<String> = tags.iter().map(|tag| tag.replace(',', " ")).collect();
    Outline {
        text: title.clone(),
        title: Some(title),
        r#type: Some("rss".to_owned()),
        xml_url: path.map(|path| addresses::public(settings, &path).map_or(path, |url| url.to_string())),
        html_url: addresses::home(settings, feed, None).as_deref().map(str::to_owned),
        language: feed.language.as_deref().and_then(LanguageTag::of).as_deref().map(str::to_owned),
        category: Some(categories.join(",")).filter(|categories| !categories.is_empty()),
        ..Outline::default()
    }
}
