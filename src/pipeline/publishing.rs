//! From the archive to the output: everything, or only what a run changed. What cannot be read from the archive is
//! told, and what was published of it stays as it is.

use std::collections::{BTreeSet, HashSet};

use super::{Error, Progress, Published};
use crate::archive::{self, Archive, Selection, View};
use crate::config::Config;
use crate::model::{Condition, Digest, Entry, Source, SourceId};
use crate::publish::{self, Carries, Feed, File, files, stale};

/// Articles that the index page may choose from.
const NEWEST: usize = 40;
/// Corrections that an article's page tells.
const CORRECTIONS: usize = 10;
/// Events that `health.xml` tells.
const EVENTS: usize = 100;
/// The note under which the archive remembers how the output was made.
const MADE_WITH: &str = "published with";

/// Writes what changed since the output was last written; everything if the output is not there, or was made with
/// another configuration or version of the program. `damaged` is what the archive is known to have lost.
pub(super) fn update(
    config: &Config,
    archive: &mut Archive,
    damaged: Vec<String>,
    observer: &(dyn Fn(Progress) + Sync),
) -> Result<Published, Error> {
    let view = archive.view();
    let fresh = view.note(MADE_WITH)?.is_some_and(|note| note == fingerprint(config));
    if !fresh || !has_output(config) {
        return build(config, archive, damaged, observer);
    }
    if view.mark()? == view.newest_change()? {
        let mut press = Press::new(config, view, damaged);
        press.health()?;
        return Ok(press.published);
    }
    let mut press = Press::new(config, view, damaged);
    let mut touched: BTreeSet<SourceId> = BTreeSet::new();
    for entry in view.changed_since(view.mark()?) {
        if let Some(entry) = press.readable(entry)? {
            touched.extend(view.article(&entry.id)?.into_iter().flat_map(|known| known.sources));
            press.article(&entry)?;
        }
    }
    for feed in feeds(config).iter().filter(|feed| feed.sources.iter().any(|source| touched.contains(source)))
    {
        press.feed(feed)?;
    }
    press.front()?;
    finish(config, press.published, archive)
}

/// Writes everything, and removes what no longer belongs, unless something of the archive is `damaged`.
pub(super) fn build(
    config: &Config,
    archive: &mut Archive,
    damaged: Vec<String>,
    observer: &(dyn Fn(Progress) + Sync),
) -> Result<Published, Error> {
    let view = archive.view();
    let mut press = Press::new(config, view, damaged);
    let all = view.counts()?.iter().map(|count| count.articles).sum();
    let mut wanted = HashSet::new();
    for (done, entry) in view.entries(&Selection::default()).enumerate() {
        if let Some(entry) = press.readable(entry)? {
            wanted.extend(press.article(&entry)?);
        }
        observer(Progress::Rendering(done as u64 + 1, all));
    }
    let feeds = feeds(config);
    for feed in &feeds {
        press.feed(feed)?;
    }
    press.front()?;
    let mut published = press.published;
    if published.unreadable.is_empty() {
        published.removed += stale::remove_feeds(&config.site.output, &feeds)?;
        published.removed += stale::remove_articles(&config.site.output, &wanted)?;
    }
    finish(config, published, archive)
}

/// Whether the output holds what the archive never had: its disk may be missing, and an empty archive would empty it.
pub(super) fn has_vanished(config: &Config, view: &View) -> Result<bool, Error> {
    Ok(has_output(config) && view.newest_change()? == 0 && view.note(MADE_WITH)?.is_none())
}

/// Whether the output folder holds a published site.
fn has_output(config: &Config) -> bool {
    config.site.output.join("index.html").exists()
}

/// Remembers that the output is what the archive says. An output that lacks something is made again the next time.
fn finish(config: &Config, published: Published, archive: &mut Archive) -> Result<Published, Error> {
    if published.unreadable.is_empty() {
        archive.set_mark(archive.view().newest_change()?)?;
        archive.set_note(MADE_WITH, &fingerprint(config))?;
        archive.commit()?;
    }
    Ok(published)
}

/// Everything but the articles that decides what the output's bytes are.
fn fingerprint(config: &Config) -> String {
    let sources: Vec<_> = config.sources.iter().map(|source| (&source.source, &source.feed)).collect();
    let made_with = format!("{} {:?} {:?} {sources:?}", env!("CARGO_PKG_VERSION"), config.site, config.feeds);
    Digest::of(made_with.as_bytes()).to_string()
}

/// Every feed: each source's own, then the merged ones.
fn feeds(config: &Config) -> Vec<Feed> {
    config.sources.iter().map(|source| &source.feed).chain(&config.feeds).cloned().collect()
}

/// Renders and writes.
struct Press<'a> {
    config: &'a Config,
    view: &'a View,
    sources: Vec<Source>,
    published: Published,
}

impl<'a> Press<'a> {
    fn new(config: &'a Config, view: &'a View, damaged: Vec<String>) -> Press<'a> {
        let sources = config.sources.iter().map(|source| source.source.clone()).collect();
        let published = Published { unreadable: damaged, ..Published::default() };
        Press { config, view, sources, published }
    }

    /// Writes the reading page of an article that a source found which is still configured. Its path.
    fn article(&mut self, entry: &Entry) -> Result<Option<String>, Error> {
        let Some(source) = self.source_of(entry)? else { return Ok(None) };
        let corrections = match entry.revision {
            1 => Vec::new(),
            // What was told of its past is no reason to leave what it says now unpublished.
            _ => self.readable(self.view.corrections_of(&entry.id, CORRECTIONS))?.unwrap_or_default(),
        };
        let file = publish::article_file(&self.config.site, source, entry, &corrections);
        let path = file.path.clone();
        self.write(&[file])?;
        Ok(Some(path))
    }

    /// The source that found the article first, of those that are configured: others' feeds carry it still when the very
    /// first is followed no longer.
    fn source_of(&self, entry: &Entry) -> Result<Option<&'a Source>, Error> {
        let configured = |id: &SourceId| {
            self.config.sources.iter().map(|source| &source.source).find(|source| source.id == *id)
        };
        if let Some(source) = configured(&entry.source) {
            return Ok(Some(source));
        }
        let known = self.view.article(&entry.id)?;
        Ok(known.into_iter().flat_map(|known| known.sources).find_map(|id| configured(&id)))
    }

    fn feed(&mut self, feed: &Feed) -> Result<(), Error> {
        match feed.carries {
            Carries::Articles => {
                let Some(entries) = self.entries(&feed.sources, feed.size)? else { return Ok(()) };
                self.write(&publish::feed_files(&self.config.site, feed, &entries, &self.sources))
            }
            Carries::Corrections => {
                let corrections = self.view.corrections(&feed.sources, feed.size);
                let Some(corrections) = self.readable(corrections)? else { return Ok(()) };
                self.write(&publish::correction_files(&self.config.site, feed, &corrections, &self.sources))
            }
        }
    }

    /// Writes the index page and what goes with it.
    fn front(&mut self) -> Result<(), Error> {
        let known: Vec<SourceId> = self.sources.iter().map(|source| source.id.clone()).collect();
        self.health()?;
        let Some(newest) = self.entries(&known, NEWEST)? else { return Ok(()) };
        self.write(&publish::index_files(&self.config.site, &feeds(self.config), &newest, &self.sources))
    }

    /// Writes how the sources are doing. It costs little, and happens without any article: so it is done every time.
    fn health(&mut self) -> Result<(), Error> {
        let conditions: Vec<Condition> =
            self.sources.iter().map(|source| self.view.condition(&source.id)).collect::<Result<_, _>>()?;
        let events = self.view.events(EVENTS)?;
        let files = publish::health_files(&self.config.site, &self.sources, &conditions, &events);
        self.published.written += files::write(&self.config.site.output, &files)?.written;
        Ok(())
    }

    /// The newest articles of `sources`; `None` if one of them cannot be read.
    fn entries(&mut self, sources: &[SourceId], newest: usize) -> Result<Option<Vec<Entry>>, Error> {
        let view = self.view;
        let chosen = Selection { sources: Some(sources), newest: Some(newest) };
        let mut entries = Some(Vec::new());
        for entry in view.entries(&chosen) {
            match (self.readable(entry)?, &mut entries) {
                (Some(entry), Some(entries)) => entries.push(entry),
                _ => entries = None,
            }
        }
        Ok(entries)
    }

    /// What was read, if its records can be. What is wrong with one record ends nothing.
    fn readable<T>(&mut self, read: Result<T, archive::Error>) -> Result<Option<T>, Error> {
        match read {
            Ok(read) => Ok(Some(read)),
            Err(error) if error.is_of_one_record() => {
                let why = error.to_string();
                if !self.published.unreadable.contains(&why) {
                    self.published.unreadable.push(why);
                }
                Ok(None)
            }
            Err(error) => Err(error.into()),
        }
    }

    fn write(&mut self, files: &[File]) -> Result<(), Error> {
        let written = files::write(&self.config.site.output, files)?;
        self.published.written += written.written;
        self.published.unchanged += written.unchanged;
        Ok(())
    }
}
