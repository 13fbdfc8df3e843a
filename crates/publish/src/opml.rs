//! `feeds.opml`: every feed in one OPML 2.0 file (<http://opml.org/spec2.opml>), to be imported by a reader.

use ::opml::{Body, Head, OPML, Outline};

use super::characters::line;
use super::values::LanguageTag;
use super::{Feed, Settings, addresses, xml};

/// The list of `feeds`, in their order. A site without a base URL names them by their paths.
pub(super) fn document(settings: &Settings, feeds: &[Feed]) -> Vec<u8> {
    let list = OPML {
        version: "2.0".to_owned(),
        head: Some(Head { title: Some(line(&settings.title)), ..Head::default() }),
        body: Body { outlines: feeds.iter().map(|feed| outline(settings, feed)).collect() },
    };
    // The writer fails on I/O alone, and a string has none.
    xml::document(&list.to_string().unwrap_or_default())
}

fn outline(settings: &Settings, feed: &Feed) -> Outline {
    let title = line(&feed.title);
    let path = feed.formats.first().map(|&format| addresses::feed_path(&feed.id, format));
    Outline {
        text: title.clone(),
        title: Some(title),
        r#type: Some("rss".to_owned()),
        xml_url: path.map(|path| addresses::public(settings, &path).map_or(path, |url| url.to_string())),
        html_url: addresses::home(settings, feed, None).as_deref().map(str::to_owned),
        language: feed.language.as_deref().and_then(LanguageTag::of).as_deref().map(str::to_owned),
        ..Outline::default()
    }
}
