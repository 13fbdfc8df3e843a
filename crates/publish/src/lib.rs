//! Turns archived articles into feeds and a reading site: functions from values to files; [`files`] alone writes.
//!
//! The same values give the same bytes: no clock, no order of a map, no version and no time of a fetch is in them. What
//! an article is, and which articles a feed may choose from, was decided before.

mod addresses;
mod archive_mark;
mod atom;
mod characters;
mod corrections;
mod enclosures;
pub mod files;
mod filter;
mod health;
mod history;
mod hosting;
mod in_feeds;
mod item;
mod json_feed;
mod markup_free;
mod media;
mod opml;
mod pictures;
mod rss;
mod search;
mod selection;
pub mod shelves;
mod site;
mod sitemap;
mod slugs;
pub mod stale;
mod twins;
mod values;
mod words;
mod xml;

use std::collections::HashSet;
use std::path::PathBuf;

use crate as publish;
use serde::{Deserialize, Serialize};
use tearsheet_model as model;
use url::Url;

use crate::model::{Card, Condition, Correction, Entry, HealthEvent, Month, Shelf, Source, SourceId};

pub use addresses::{article_path, card_path, feed_page_path, feed_path, revision_path};
pub use characters::escaped;
pub use filter::{Conditions, Filter};
pub use history::{ENTRIES, Extent, history_files, history_paths};
pub use pictures::{LocalPicture, LocalPictures, Thumbnails, with_local_pictures, without_pictures};
pub use search::{month_of, search_line, search_list, search_shard, shard_path};
pub use site::{SearchShard, Theme, ThemeFault, ThemeFaultKind};
pub use sitemap::{SITEMAP, sitemap_file, sitemap_index, sitemap_path};
pub use twins::{Twins, take_twins};

/// Names that a feed cannot have: they are other folders of the output.
pub const RESERVED_NAMES: &[&str] = &["articles", "assets", "authors", "months", "sitemaps", "tags"];

/// How feeds and pages name what made them; without a version, so that a new one changes no byte. [`stale`] knows our
/// files by it.
const GENERATOR: &str = "tearsheet";

/// A file to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its path below the output folder, with `/` between folders.
    pub path: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// The site as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Its title.
    pub title: String,
    /// Where `output` will be reachable, ending in `/`. Without it feeds carry no self link.
    pub base_url: Option<Url>,
    /// The language of its own words, as a BCP 47 tag.
    pub language: String,
    /// The folder that is written.
    pub output: PathBuf,
    /// The WebSub hubs that are notified when a feed changes.
    pub hubs: Vec<Url>,
    /// How its pages look.
    pub theme: Theme,
}

/// How much of an article a feed carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Level {
    /// The whole body.
    Full,
    /// Its summary.
    Excerpt,
    /// Title and link.
    Link,
}

/// What the items of a feed are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Carries {
    /// Articles, each once.
    Articles,
    /// Substantive changes of articles.
    Corrections,
}

/// A format in which a feed is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Format {
    /// RSS 2.0.
    Rss,
    /// Atom 1.0 (RFC 4287).
    Atom,
    /// JSON Feed 1.1.
    Json,
}

/// Where the link of an item leads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum LinkTo {
    /// To the article at its site.
    #[default]
    Original,
    /// To its page here, on a site that has a base URL.
    Page,
}

/// Where the pictures of an item are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Images {
    /// At their site.
    #[default]
    Original,
    /// In the output folder, on a site that has a base URL; at their site where they are not kept.
    Local,
    /// Nowhere: items carry none.
    None,
}

/// One published feed: a source's own, or several merged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Feed {
    /// Its folder's name beneath the output; of the same shape as a source's name.
    pub id: SourceId,
    /// What its owner calls it: its folder's name, but for a feed that is not listed.
    pub name: SourceId,
    /// Its title.
    pub title: String,
    /// The site that it is made from; `None` for a merged feed.
    pub home: Option<Url>,
    /// Its language, as a BCP 47 tag.
    pub language: Option<String>,
    /// The sources whose articles it carries.
    pub sources: Vec<SourceId>,
    /// How many articles it carries, newest first.
    pub size: usize,
    /// How much of each.
    pub level: Level,
    /// What they are.
    pub carries: Carries,
    /// The formats in which it is written; never empty, no format twice.
    pub formats: Vec<Format>,
    /// Where its items lead.
    pub link: LinkTo,
    /// Where their pictures are.
    #[serde(default)]
    pub images: Images,
    /// A picture of it; the program's own where there is none.
    pub icon: Option<Url>,
    /// Which articles of its sources it carries.
    pub filter: Filter,
    /// Whether lists of feeds name it.
    pub is_listed: bool,
    /// Why nothing more will come; `None` for a feed that goes on.
    pub ended: Option<String>,
    /// Whether articles that say the same are one item.
    pub dedupe: bool,
}

impl Feed {
    /// The feed called `id` of these sources, with nothing else chosen.
    #[must_use]
    pub fn of(id: SourceId, sources: Vec<SourceId>) -> Feed {
        Feed {
            title: id.to_string(),
            name: id.clone(),
            id,
            home: None,
            language: None,
            sources,
            size: 50,
            level: Level::Full,
            carries: Carries::Articles,
            formats: vec![Format::Rss, Format::Atom, Format::Json],
            link: LinkTo::Original,
            images: Images::Original,
            icon: None,
            filter: Filter::default(),
            is_listed: true,
            ended: None,
            dedupe: false,
        }
    }

    /// Whether it is made of other feeds rather than of a site.
    #[must_use]
    pub fn is_merged(&self) -> bool {
        self.home.is_none()
    }
}

/// What is known of a feed beside its articles.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Beside {
    /// How far its archive documents go, if it has any.
    pub archived: Option<Extent>,
    /// The articles that say what its items say.
    pub twins: Twins,
    /// The months in which its source has articles; none of a merged feed.
    pub months: Vec<Month>,
    /// The pictures that stand for its articles.
    pub thumbnails: Thumbnails,
}

/// The files of one feed: each of its formats, and the page that explains it. Of `entries`, in any order, the newest
/// `feed.size` are carried. `sources` has at least those that `entries` came from. `beside` is what is
/// known of the feed besides.
#[must_use]
pub fn feed_files(
    settings: &Settings,
    feed: &Feed,
    entries: &[Entry],
    sources: &[Source],
    beside: &Beside,
) -> Vec<File> {
    let issue = item::Issue::new(settings, feed, entries, sources, &beside.twins);
    let part = beside.archived.map_or(history::Part::Alone, history::Part::Current);
    issue_files(&item::Issue { part, ..issue }, sources, beside, &[])
}

/// The files of a feed that carries corrections. Of `corrections`, newest first, the first `feed.size` are carried.
#[must_use]
pub fn correction_files(
    settings: &Settings,
    feed: &Feed,
    corrections: &[Correction],
    sources: &[Source],
) -> Vec<File> {
    let carried = &corrections[..corrections.len().min(feed.size)];
    let issue = corrections::issue(settings, feed, carried, sources);
    issue_files(&issue, sources, &Beside::default(), carried)
}

fn issue_files(
    issue: &item::Issue<'_>,
    sources: &[Source],
    beside: &Beside,
    corrections: &[Correction],
) -> Vec<File> {
    let feed = issue.feed;
    let written = feed.formats.iter().map(|&format| File {
        path: feed_path(&feed.id, format),
        bytes: match format {
            Format::Rss => rss::document(issue),
            Format::Atom => atom::document(issue),
            Format::Json => json_feed::document(issue),
        },
    });
    let page = site::feed_page(issue, sources, beside, corrections);
    written.chain([page]).collect()
}

/// To what an article's page links beside its source, and what it shows of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ways {
    /// The article of its source before it, and the one behind it.
    pub beside: [Option<Card>; 2],
    /// The tags and authors of the article that have pages.
    pub labels: HashSet<Shelf>,
    /// Its pictures that are in the output folder.
    pub pictures: LocalPictures,
}

/// The reading page of `entry`, which `source` found, with what `corrections` changed in it, newest first. Its source has
/// a feed of its own, to whose page it links.
#[must_use]
pub fn article_file(
    settings: &Settings,
    source: &Source,
    entry: &Entry,
    corrections: &[Correction],
    ways: &Ways,
) -> File {
    site::article_page(settings, source, entry, corrections, ways)
}

/// The pages of the revisions that `corrections`, newest first, replaced. None of them changes when another correction
/// follows.
#[must_use]
pub fn revision_files(
    settings: &Settings,
    source: &Source,
    corrections: &[Correction],
    ways: &Ways,
) -> Vec<File> {
    site::revision_pages(settings, source, corrections, ways)
}

/// The files of the site as a whole: `index.html` with every feed and the newest of `newest`, `search.html`, `feeds.opml`, and the
/// assets that every page uses. `newest` holds articles of any feed, in any order, and may hold one twice; `thumbnails`
/// stand for them.
#[must_use]
pub fn index_files(
    settings: &Settings,
    feeds: &[Feed],
    newest: &[Entry],
    sources: &[Source],
    thumbnails: &Thumbnails,
) -> Vec<File> {
    let list = File { path: "feeds.opml".to_owned(), bytes: opml::document(settings, feeds, sources) };
    let mut files = vec![
        site::index_page(settings, feeds, newest, sources, thumbnails),
        site::search_page(settings),
        list,
    ];
    files.extend(site::assets(settings));
    files.extend(hosting::files(settings));
    files
}

/// `status.json`, `status.html` and `health.xml`: how each of `sources` is doing, by its condition, and the newest events, newest first.
#[must_use]
pub fn health_files(
    settings: &Settings,
    sources: &[Source],
    conditions: &[Condition],
    events: &[HealthEvent],
) -> Vec<File> {
    health::files(settings, sources, conditions, events)
}
