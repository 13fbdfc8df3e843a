//! Reads `config/` into one resolved value in which nothing means "default", or into every error it holds at once.
//!
//! A file is first taken as the tree of its values with their places ([`table`]), then read key by key, each key with
//! the function that knows its kind ([`values`]). serde would stop at the first mistake of a file; this finds all of
//! them, and a key that nobody asked for is unknown. The environment is read here and nowhere else: a header or cookie
//! of the form `env:NAME`.

mod feeds;
pub mod import;
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

pub use new_source::{NewSource, followable, imported_source_file, source_file, unused_id};
pub use problem::{Errors, Place, Problem};
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
    /// The merged feeds, in the order of the file. Each source has a feed of its own beside them.
    pub feeds: Vec<publish::Feed>,
    /// The sources, sorted by name.
    pub sources: Vec<SourceConfig>,
    /// The rules of sites, sorted by file.
    pub sites: Vec<SiteConfig>,
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
/// defaults, a missing folder no sources and no rules.
///
/// # Errors
/// [`Errors`], with every problem of every file.
pub fn load(root: &Path) -> Result<Config, Errors> {
    let problems = Problems::default();
    let folder = root.join("config");
    let sites = sites(&folder.join("rules"), &problems);
    let files = source_files(&folder.join("sources"), &problems);
    let ids: Vec<SourceId> = files.iter().map(|(id, _)| id.clone()).collect();
    let path = folder.join("tearsheet.toml");
    let site = match TomlFile::read(&path) {
        Ok(file) => file.with_table(&problems, |table| site::read(table, root, &ids)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Some(site::defaults(root)),
        Err(error) => {
            problems.add_unread(&path, Reason::Unreadable(error));
            None
        }
    };
    let shared = rule::shared(&sites);
    let sources: Vec<SourceConfig> =
        files.into_iter().filter_map(|(id, path)| read_source(id, &path, &shared, &problems)).collect();
    match (site, problems.into_errors()) {
        (Some(site), None) => Ok(Config {
            root: root.to_owned(),
            site: site.site,
            archive: site.archive,
            retention: site.retention,
            fetch: site.fetch,
            feeds: site.feeds,
            sources,
            sites,
        }),
        (_, errors) => Err(errors.unwrap_or_default()),
    }
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

/// The source files of `folder`, sorted by name.
fn source_files(folder: &Path, problems: &Problems) -> Vec<(SourceId, PathBuf)> {
    let mut files = Vec::new();
    for (name, path) in toml_files(folder, problems) {
        match feed_id(name.strip_suffix(".toml").unwrap_or(&name)) {
            Ok(id) => files.push((id, path)),
            Err(reason) => problems.add_unread(&path, reason),
        }
    }
    files
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
