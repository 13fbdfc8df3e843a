//! From files to a configuration.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::environment;
use super::file::TomlFile;
use super::include;
use super::problems::Problems;
use super::table::{Layer, Table};
use super::{
    BrokenSource, Config, Errors, PictureSettings, Reason, SiteConfig, SourceConfig, feed_id, rule, site,
    source,
};
use crate::model::SourceId;
use crate::{extract, fetch, publish};

/// Reads the configuration beneath `root`, and the variables of the environment that say what keys of
/// `config/tearsheet.toml` say.
///
/// # Errors
/// As [`load_with`].
pub fn load(root: &Path) -> Result<Config, Errors> {
    load_with(root, &environment::of_process())
}

/// Reads `config/tearsheet.toml`, `config/sources/*.toml` and `config/rules/*.toml` beneath `root`. A missing file means
/// defaults, a missing folder no sources and no rules. A source whose file has mistakes is among [`Config::broken`], and
/// stops nothing else. `variables` are names and values of the environment.
///
/// # Errors
/// [`Errors`] if anything but a source's file has mistakes, with every problem of every file.
pub fn load_with(root: &Path, variables: &[(String, String)]) -> Result<Config, Errors> {
    let problems = Problems::default();
    let folder = root.join("config");
    let sites = sites(&folder.join("rules"), &problems);
    let source_files = source_files(&folder.join("sources"), &problems);
    let ids: Vec<SourceId> = source_files.iter().filter_map(|file| file.id.as_ref().ok().cloned()).collect();
    let files = settings_files(folder.join("tearsheet.toml"), &problems);
    let site = read_site(&files, variables, &problems, |table| site::read(table, root, &ids));
    let theme = theme(&folder.join("theme"), &problems);
    let shared = Shared { rules: rule::shared(&sites), pictures: site.pictures };
    let (sources, broken) = read_sources(source_files, &shared);
    match (site, problems.into_errors()) {
        (site, None) => Ok(Config {
            root: root.to_owned(),
            site: publish::Settings { theme, ..site.site },
            archive: site.archive,
            retention: site.retention,
            fetch: site.fetch,
            pictures: site.pictures,
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

/// `config/tearsheet.toml` and what it includes, what counts more first; none if there is no such file.
fn settings_files(path: PathBuf, problems: &Problems) -> Vec<TomlFile> {
    match TomlFile::read(&path) {
        Ok(file) => include::with_included(file, path, problems),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
        Err(error) => {
            problems.add_unread(&path, Reason::Unreadable(error));
            Vec::new()
        }
    }
}

/// Hands `read` the table that these files make, with the variables above them.
fn read_site<T>(
    files: &[TomlFile],
    variables: &[(String, String)],
    problems: &Problems,
    read: impl FnOnce(Table<'_>) -> T,
) -> T {
    let variables = environment::variables(variables);
    let above: Vec<_> = variables.iter().map(environment::Variable::tree).collect();
    let trees: Vec<_> = files.iter().map(|file| (file, file.tree(problems))).collect();
    let trees = trees.iter().filter_map(|(file, tree)| Some((file, tree.as_ref()?.get_ref())));
    let below = trees.map(|(file, keys)| Layer::of_file(file.place(problems), keys));
    read(Table::top(above.iter().map(|variable| variable.layer(problems)).chain(below).collect()))
}

/// The names of all sources, sound or not, from the names of their files alone.
#[must_use]
pub fn source_names(root: &Path) -> Vec<SourceId> {
    let files = source_files(&root.join("config/sources"), &Problems::default());
    files.into_iter().filter_map(|file| file.id.ok()).collect()
}

/// What all sources have in common.
struct Shared {
    rules: (extract::SiteRules, fetch::SiteHeaders),
    pictures: PictureSettings,
}

/// The sources of these files, and those whose files have mistakes.
fn read_sources(files: Vec<SourceFile>, shared: &Shared) -> (Vec<SourceConfig>, Vec<BrokenSource>) {
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

fn read_source(id: SourceId, path: &Path, shared: &Shared, problems: &Problems) -> Option<SourceConfig> {
    match TomlFile::read(path) {
        Ok(file) => {
            let read = file.with_table(problems, |table| source::read(table, id, shared.pictures)).flatten();
            read.map(|mut source| {
                let (rules, headers) = &shared.rules;
                source.extract.sites = rules.clone();
                source.fetch.sites = headers.clone();
                source
            })
        }
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

/// The templates and assets in `folder`, each in the place of the program's own of that name.
fn theme(folder: &Path, problems: &Problems) -> publish::Theme {
    let mut files = BTreeMap::new();
    for (name, path) in files_of(folder, problems) {
        match fs::read(&path) {
            Ok(bytes) => {
                files.insert(name, bytes);
            }
            Err(error) => problems.add_unread(&path, Reason::Unreadable(error)),
        }
    }
    publish::Theme::of(files).unwrap_or_else(|faults| {
        for fault in faults {
            problems.add_unread(&folder.join(&fault.file), Reason::Theme(fault));
        }
        publish::Theme::default()
    })
}

/// The files of `folder`, sorted by name. Those that don't end in `.toml` are not the configuration's.
fn toml_files(folder: &Path, problems: &Problems) -> Vec<(String, PathBuf)> {
    let files = files_of(folder, problems).into_iter();
    files.filter(|(name, _)| name.ends_with(".toml")).collect()
}

/// What is in `folder`, sorted by name, without what is hidden.
fn files_of(folder: &Path, problems: &Problems) -> Vec<(String, PathBuf)> {
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
    let is_shown = |name: &String| !name.starts_with('.');
    names.into_iter().filter(is_shown).map(|name| (name.clone(), folder.join(&name))).collect()
}
