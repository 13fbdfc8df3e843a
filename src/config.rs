//! Reads `config/` into one resolved value in which nothing means "default", or into every error it holds at once.
//!
//! A file is first taken as the tree of its values with their places ([`table`]), then read key by key, each key with
//! the function that knows its kind ([`values`]). serde would stop at the first mistake of a file; this finds all of
//! them, and a key that nobody asked for is unknown. The environment is read here and nowhere else: a header or cookie
//! of the form `env:NAME` ([`credentials`]).

mod begin;
mod broken;
mod credentials;
mod doubt;
mod environment;
mod feeds;
mod file;
pub mod import;
mod include;
mod load;
mod mask;
mod new_source;
mod pictures;
mod problem;
mod problems;
mod quantity;
mod reason;
mod rule;
mod schema;
mod site;
mod source;
mod table;
mod values;

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

pub use begin::{NewFolder, new_folder};
pub use broken::BrokenSource;
pub use doubt::{Doubt, doubts, is_contact};
pub use load::{load, load_with, source_names};
pub use new_source::{NewSource, followable, imported_source_file, source_file, unused_id};
pub use problem::{Errors, Place, Problem};
pub use quantity::{age, duration};
pub use reason::{Reason, nearest};
pub use rule::{RuleTest, SiteConfig};
pub use schema::{Document, schema};
pub use values::feed_id;

use url::Url;

use crate::model::{Source, SourceId, bare_host};
use crate::{archive, discover, extract, fetch, publish};

/// Everything that `config/` says, with every default filled in.
#[derive(Clone, Debug)]
pub struct Config {
    /// The folder that holds `config/`, and against which the paths of the configuration are resolved.
    pub root: PathBuf,
    /// What is published, and where.
    pub site: publish::Settings,
    /// Where the archive is.
    pub archive: archive::Settings,
    /// Which captures the archive may let go.
    pub retention: archive::Retention,
    /// How to fetch.
    pub fetch: fetch::Settings,
    /// Which pictures are kept, where a source does not say otherwise.
    pub pictures: PictureSettings,
    /// How long a run may take.
    pub run: RunSettings,
    /// What is notified after publishing.
    pub announce: AnnounceSettings,
    /// The merged feeds, in the order of the file. Each source has a feed of its own beside them.
    pub feeds: Vec<publish::Feed>,
    /// The sources, sorted by name.
    pub sources: Vec<SourceConfig>,
    /// The sources whose files have mistakes, sorted by file.
    pub broken: Vec<BrokenSource>,
    /// The rules of sites, sorted by file.
    pub sites: Vec<SiteConfig>,
}

/// The command and webhook that are notified when feeds change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnnounceSettings {
    /// A program and its arguments.
    pub command: Option<Vec<String>>,
    /// Where a description of what changed is sent.
    pub webhook: Option<Url>,
    /// How long each of them may take.
    pub timeout: Duration,
}

impl Config {
    /// How pages are read that no source leads to.
    #[must_use]
    pub fn reading(&self) -> extract::Settings {
        extract::Settings { sites: rule::shared(&self.sites).0, ..extract::Settings::default() }
    }

    /// How the page at `url` is read, without a word on what led to it: as the one source reads it that is of its host,
    /// else as a page that no source leads to.
    #[must_use]
    pub fn reading_of(&self, url: &Url) -> extract::Settings {
        let mut of_host = self.sources.iter().filter(|source| is_of_one_host(&source.source.url, url));
        match (of_host.next(), of_host.next()) {
            (Some(source), None) => source.extract.clone(),
            _ => self.reading(),
        }
    }

    /// The source of this name.
    #[must_use]
    pub fn source(&self, name: &str) -> Option<&SourceConfig> {
        self.sources.iter().find(|source| source.source.id.as_str() == name)
    }

    /// The name of a source, a broken one too, that `name` was probably meant to be.
    #[must_use]
    pub fn source_like(&self, name: &str) -> Option<String> {
        let sound = self.sources.iter().map(|source| &source.source.id);
        let known: Vec<&SourceId> =
            sound.chain(self.broken.iter().filter_map(|broken| broken.id.as_ref())).collect();
        nearest(name, &known)
    }

    /// The mistakes in the files of sources, each of which stops that source alone; `None` if there are none.
    #[must_use]
    pub fn mistakes(&self) -> Option<Errors> {
        let all = self.broken.iter().flat_map(|broken| &broken.errors.problems);
        let problems: Vec<_> = all.map(Arc::clone).collect();
        (!problems.is_empty()).then_some(Errors { problems })
    }

    /// Every name that a new source cannot have: those of sources, broken ones too, and of merged feeds.
    #[must_use]
    pub fn taken_ids(&self) -> Vec<SourceId> {
        let sources = self.sources.iter().map(|source| &source.source.id);
        let broken = self.broken.iter().filter_map(|broken| broken.id.as_ref());
        sources.chain(broken).chain(self.feeds.iter().map(|feed| &feed.id)).cloned().collect()
    }

    /// The most bytes that any source's page may have.
    #[must_use]
    pub fn max_size(&self) -> usize {
        let of_sources = self.sources.iter().filter_map(|source| source.fetch.max_size);
        of_sources.chain([self.fetch.max_size]).max().unwrap_or(self.fetch.max_size)
    }

    /// How the page at `url` is fetched, if no source leads to it.
    #[must_use]
    pub fn fetching(&self, url: &Url) -> fetch::SourceSettings {
        let (sites, home) = (rule::shared(&self.sites).1, self.home_of(url));
        fetch::SourceSettings { home, sites, ..fetch::SourceSettings::default() }
    }

    /// The URL of a source at the origin of `url`.
    #[must_use]
    pub fn home_of(&self, url: &Url) -> Option<Url> {
        let mut homes = self.sources.iter().map(|source| &source.source.url);
        homes.find(|home| home.origin() == url.origin()).cloned()
    }
}

fn is_of_one_host(one: &Url, other: &Url) -> bool {
    one.has_host() && bare_host(one) == bare_host(other)
}

/// What holds for a run as a whole.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RunSettings {
    /// After how long it ends in good order, whatever is left to do.
    pub deadline: Option<Duration>,
    /// How long a trouble lasts before a quiet run says so.
    pub tell_after: Duration,
}

/// Which pictures that articles show are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PictureSettings {
    /// Whether any are.
    pub keep: bool,
    /// The most bytes of one.
    pub max_size: usize,
    /// The most bytes of those of one article.
    pub max_article: usize,
}

impl Default for PictureSettings {
    fn default() -> PictureSettings {
        PictureSettings { keep: true, max_size: 2_000_000, max_article: 20_000_000 }
    }
}

/// One source, with the settings that each stage needs for it.
#[derive(Clone)]
pub struct SourceConfig {
    /// Who it is.
    pub source: Source,
    /// Whether a run asks it for news, if it is not told which sources to ask.
    pub is_followed: bool,
    /// Where its past is listed, if its own document does not lead there.
    pub history: Option<Url>,
    /// How its articles are found.
    pub discover: discover::Settings,
    /// What is special in fetching from it.
    pub fetch: fetch::SourceSettings,
    /// How its articles are read.
    pub extract: extract::Settings,
    /// Which pictures of its articles are kept.
    pub pictures: PictureSettings,
    /// Its own feed.
    pub feed: publish::Feed,
}

impl fmt::Debug for SourceConfig {
    /// Leaves `fetch` out: it may hold secrets, and nothing that is published depends on it.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("SourceConfig")
            .field("source", &self.source)
            .field("is_followed", &self.is_followed)
            .field("history", &self.history)
            .field("discover", &self.discover)
            .field("extract", &self.extract)
            .field("pictures", &self.pictures)
            .field("feed", &self.feed)
            .finish_non_exhaustive()
    }
}
