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
mod feeds;
pub mod import;
mod mask;
mod new_source;
mod problem;
mod quantity;
mod reason;
mod rule;
mod site;
mod source;
mod table;
mod values;

use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

pub use begin::{NewFolder, new_folder};
pub use broken::BrokenSource;
pub use doubt::{Doubt, doubts, is_contact};
pub use new_source::{NewSource, followable, imported_source_file, source_file, unused_id};
pub use problem::{Errors, Place, Problem};
pub use quantity::{age, duration};
pub use reason::Reason;
pub use rule::{RuleTest, SiteConfig};
pub use values::feed_id;

use url::Url;

use crate::model::{Source, SourceId, bare_host};
use crate::{archive, discover, extract, fetch, publish};
use table::{Problems, TomlFile};

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
        reason::nearest(name, &known)
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
            .field("feed", &self.feed)
            .finish_non_exhaustive()
    }
}

/// Reads `config/tearsheet.toml`, `config/sources/*.toml` and `config/rules/*.toml` beneath `root`. A missing file means
/// defaults, a missing folder no sources and no rules. A source whose file has mistakes is among [`Config::broken`], and
/// stops nothing else.
///
/// # Errors
/// [`Errors`] if anything but a source's file has mistakes, with every problem of every file.
pub fn load(root: &Path) -> Result<Config, Errors> {
    let problems = Problems::default();
    let folder = root.join("config");
    let sites = sites(&folder.join("rules"), &problems);
    let files = source_files(&folder.join("sources"), &problems);
    let ids: Vec<SourceId> = files.iter().filter_map(|file| file.id.as_ref().ok().cloned()).collect();
    let path = folder.join("tearsheet.toml");
    let site = match TomlFile::read(&path) {
        Ok(file) => file.with_table(&problems, |table| site::read(table, root, &ids)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Some(site::defaults(root)),
        Err(error) => {
            problems.add_unread(&path, Reason::Unreadable(error));
            None
        }
    };
    let (sources, broken) = read_sources(files, &rule::shared(&sites));
    match (site, problems.into_errors()) {
        (Some(site), None) => Ok(Config {
            root: root.to_owned(),
            site: site.site,
            archive: site.archive,
            retention: site.retention,
            fetch: site.fetch,
            run: site.run,
            announce: site.announce,
            feeds: site.feeds,
            sources,
            broken,
            sites,
        }),
        (_, errors) => Err(errors.unwrap_or_default().with(&broken)),
    }
}

/// The sources of these files, and those whose files have mistakes.
fn read_sources(
    files: Vec<SourceFile>,
    shared: &(extract::SiteRules, fetch::SiteHeaders),
) -> (Vec<SourceConfig>, Vec<BrokenSource>) {
    let (mut sources, mut broken) = (Vec::new(), Vec::new());
    for file in files {
        let problems = Problems::default();
        let id = file.id.map_err(|reason| problems.add_unread(&file.path, reason)).ok();
        let source = id.clone().and_then(|id| read_source(id, &file.path, shared, &problems));
        match (source, problems.into_errors()) {
            (Some(source), None) => sources.push(source),
            (_, errors) => broken.push(BrokenSource { id, errors: Arc::new(errors.unwrap_or_default()) }),
        }
    }
    (sources, broken)
}

fn read_source(
    id: SourceId,
    path: &Path,
    (rules, headers): &(extract::SiteRules, fetch::SiteHeaders),
    problems: &Problems,
) -> Option<SourceConfig> {
    match TomlFile::read(path) {
        Ok(file) => file.with_table(problems, |table| source::read(table, id)).flatten().map(|mut source| {
            source.extract.sites = rules.clone();
            source.fetch.sites = headers.clone();
            source
        }),
        Err(error) => {
            problems.add_unread(path, Reason::Unreadable(error));
            None
        }
    }
}

/// The rules in the files of `folder`. No two of them may speak of the same host.
fn sites(folder: &Path, problems: &Problems) -> Vec<SiteConfig> {
    let mut sites: Vec<SiteConfig> = Vec::new();
    for (name, path) in toml_files(folder, problems) {
        let site = match TomlFile::read(&path) {
            Ok(file) => file.with_table(problems, |table| rule::read_file(table, &name)).flatten(),
            Err(error) => {
                problems.add_unread(&path, Reason::Unreadable(error));
                None
            }
        };
        let Some(site) = site else { continue };
        let other = sites.iter().find(|other| other.hosts.iter().any(|host| site.hosts.contains(host)));
        if let Some(other) = other {
            problems.add_unread(&path, Reason::DuplicateHost { other: other.file.clone() });
        }
        sites.push(site);
    }
    sites
}

/// A file of a source.
struct SourceFile {
    /// The source's name, or why the file's name cannot be one.
    id: Result<SourceId, Reason>,
    path: PathBuf,
}

/// The source files of `folder`, sorted by name.
fn source_files(folder: &Path, problems: &Problems) -> Vec<SourceFile> {
    let id = |name: &str| feed_id(name.strip_suffix(".toml").unwrap_or(name));
    let files = toml_files(folder, problems).into_iter();
    files.map(|(name, path)| SourceFile { id: id(&name), path }).collect()
}

/// The files of `folder`, sorted by name. Hidden files and those that don't end in `.toml` are not the configuration's.
fn toml_files(folder: &Path, problems: &Problems) -> Vec<(String, PathBuf)> {
    let entries = match fs::read_dir(folder).and_then(Iterator::collect::<io::Result<Vec<_>>>) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Vec::new(),
        Err(error) => {
            problems.add_unread(folder, Reason::Unreadable(error));
            return Vec::new();
        }
    };
    let mut names: Vec<String> =
        entries.iter().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort_unstable();
    let is_ours = |name: &String| name.ends_with(".toml") && !name.starts_with('.');
    names.into_iter().filter(is_ours).map(|name| (name.clone(), folder.join(&name))).collect()
}
