//! The reading site: pages that need no script, no font and no file from elsewhere, and that can be read from a disk.

mod article_page;
mod changes;
mod dates;
mod feed_page;
mod index_page;
mod search_page;
mod shelf_page;
mod status_page;
mod teaser;
mod templates;
mod theme;
mod wide;

use serde::Serialize;

use super::characters::line;
use super::words::{self, Words};
use super::{File, Settings, addresses};

pub(super) use article_page::{article_page, revision_pages};
pub(super) use feed_page::feed_page;
pub(super) use index_page::index_page;
pub use search_page::SearchShard;
pub(super) use search_page::{manifest, search_line, search_page, shard};
pub(super) use shelf_page::{month_of_sources, months_page, names_pages, shelf_page};
pub(super) use status_page::status_page;
pub use theme::{Theme, ThemeFault, ThemeFaultKind};

/// What every page knows.
#[derive(Serialize)]
struct Frame {
    words: &'static Words,
    site_title: String,
    /// The way up to the output folder.
    root: String,
}

impl Frame {
    fn new(settings: &Settings, path: &str) -> Frame {
        Frame {
            words: words::of(&settings.language),
            site_title: line(&settings.title),
            root: addresses::root_from(path),
        }
    }
}

/// The files that every page uses.
pub(super) fn assets(settings: &Settings) -> Vec<File> {
    let note = words::of(&settings.language).feed_note;
    let asset = |(name, bytes): &(&str, &[u8])| File {
        // Browsers and readers ask for this one without being told.
        path: if *name == "favicon.ico" { (*name).to_owned() } else { format!("assets/{name}") },
        bytes: with_note(name, settings.theme.asset(name).unwrap_or(bytes), note),
    };
    theme::ASSETS.iter().map(asset).collect()
}

/// The style of feeds says what a feed is, in the site's language: a feed has no place for that.
fn with_note(name: &str, bytes: &[u8], note: &str) -> Vec<u8> {
    match std::str::from_utf8(bytes) {
        Ok(style) if name == "feed.css" => style.replace("{feed_note}", note).into_bytes(),
        _ => bytes.to_vec(),
    }
}
