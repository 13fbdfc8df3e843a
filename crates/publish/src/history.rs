//! Archive documents: what a feed carried, from the first article on, in documents of a fixed number of entries (RFC 5005,
//! section 4). A reader follows their links from the feed back to the beginning.
//!
//! A document that is full never changes. The newest one has what the feed itself does not carry, and grows until it is
//! full: the feed links to it by an address with the number of its entries as a query, so that a reader which remembers
//! what it has seen asks for it again.

use super::addresses;
use super::item::Issue;
use super::{Feed, File, Format, Settings, atom, json_feed, rss};
use crate::model::{Entry, Source};

/// How many entries a full document has.
pub const ENTRIES: usize = 50;

/// How far the archive documents of a feed go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Extent {
    /// The number of the newest document; documents are counted from 1.
    pub documents: u64,
    /// How many entries the newest has so far.
    pub newest: usize,
}

/// Which document of a feed something is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Part {
    /// The feed itself, without archive documents, or before they are written.
    #[default]
    Alone,
    /// The feed itself.
    Current(Extent),
    /// The archive document with this number, of those up to this one.
    Archive { number: u64, newest: u64 },
}

/// The links of a document, each with its relation.
type Links = Vec<(&'static str, String)>;

/// The archive document with this number, of `newest` that there are, in each format of the feed. `entries` are in the order of the events.
#[must_use]
pub fn history_files(
    settings: &Settings,
    feed: &Feed,
    (number, newest): (u64, u64),
    entries: &[Entry],
    sources: &[Source],
) -> Vec<File> {
    let issue = Issue::archived(settings, feed, Part::Archive { number, newest }, entries, sources);
    let file = |&format: &Format| File {
        path: history_path(feed, number, format),
        bytes: match format {
            Format::Rss => rss::document(&issue),
            Format::Atom => atom::document(&issue),
            Format::Json => json_feed::document(&issue),
        },
    };
    feed.formats.iter().map(file).collect()
}

/// The paths of all archive documents of a feed.
pub fn history_paths(feed: &Feed, documents: u64) -> impl Iterator<Item = String> + '_ {
    (1..=documents)
        .flat_map(move |number| feed.formats.iter().map(move |&format| history_path(feed, number, format)))
}

fn history_path(feed: &Feed, number: u64, format: Format) -> String {
    format!("{}{}", folder(feed), name(number, format))
}

fn folder(feed: &Feed) -> String {
    format!("{}/history/", feed.id)
}

fn name(number: u64, format: Format) -> String {
    match format {
        Format::Rss => format!("{number:04}-rss.xml"),
        Format::Atom => format!("{number:04}.xml"),
        Format::Json => format!("{number:04}.json"),
    }
}

impl Part {
    pub(super) fn is_archive(self) -> bool {
        matches!(self, Part::Archive { .. })
    }

    /// The path of the document in a format.
    pub(super) fn path(self, feed: &Feed, format: Format) -> String {
        match self {
            Part::Alone | Part::Current(_) => addresses::feed_path(&feed.id, format),
            Part::Archive { number, .. } => history_path(feed, number, format),
        }
    }

    /// The links to the documents before and after it, and to the feed itself. On a site without a base URL they are
    /// relative.
    pub(super) fn links(self, settings: &Settings, feed: &Feed, format: Format) -> Links {
        let to = |path: String, relative: String| {
            addresses::public(settings, &path).map_or(relative, |url| url.to_string())
        };
        let document = |number| to(history_path(feed, number, format), name(number, format));
        match self {
            Part::Alone => Vec::new(),
            Part::Current(extent) => {
                let name = format!("{}?{}", name(extent.documents, format), extent.newest);
                let path = format!("{}{name}", folder(feed));
                vec![("prev-archive", to(path, format!("history/{name}")))]
            }
            Part::Archive { number, newest } => {
                let current = addresses::feed_path(&feed.id, format);
                let file = current.rsplit('/').next().unwrap_or_default().to_owned();
                let before = (number > 1).then(|| ("prev-archive", document(number - 1)));
                let after = (number < newest).then(|| ("next-archive", document(number + 1)));
                let current = ("current", to(current, format!("../{file}")));
                std::iter::once(current).chain(before).chain(after).collect()
            }
        }
    }
}
