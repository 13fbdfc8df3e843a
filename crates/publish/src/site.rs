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
pub(super) fn assets() -> Vec<File> {
    let asset = |path: &str, bytes: &[u8]| File { path: path.to_owned(), bytes: bytes.to_vec() };
    vec![
        asset("assets/site.css", include_bytes!("site/assets/site.css")),
        asset("assets/feed.css", include_bytes!("site/assets/feed.css")),
        asset("assets/search.js", include_bytes!("site/assets/search.js")),
        asset("assets/icon.svg", include_bytes!("site/assets/icon.svg")),
        asset(addresses::ICON, include_bytes!("site/assets/icon.png")),
        asset(addresses::COVER, include_bytes!("site/assets/cover.png")),
        // Browsers and readers ask for it without being told.
        asset("favicon.ico", include_bytes!("site/assets/favicon.ico")),
    ]
}
