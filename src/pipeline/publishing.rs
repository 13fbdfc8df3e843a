//! From the archive to the output: everything, or only what a run changed. What cannot be read from the archive is
//! told, and what was published of it stays as it is.

mod publication;
mod steps;

use std::collections::{BTreeSet, HashSet};

use publication::Publication;
pub(super) use steps::{Step, Steps};

use super::{Error, Progress, Published};
use crate::archive::{self, Archive, Selection, View};
use crate::config::Config;
use crate::model::{ArticleId, Condition, Entry, Source, SourceId};
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
    publish(config, archive, damaged, Scope::All, observer)
}

/// As [`update`], within a scope.
fn publish(
    config: &Config,
    archive: &mut Archive,
    damaged: Vec<String>,
    scope: Scope<'_>,
    observer: &(dyn Fn(Progress) + Sync),
) -> Result<Published, Error> {
    let view = archive.view();
    let publication = Publication::of(config, view)?;
    let fresh = view.note(MADE_WITH)?.is_some_and(|note| note == publication.fingerprint());
    if !fresh || !has_output(config) {
        return build_within(config, archive, damaged, scope, observer);
    }
    let mut press = Press::new(&publication, view, damaged, scope)?;
    if view.mark()? == view.newest_change()? {
        press.health()?;
        return Ok(press.published);
    }
    let mut touched: BTreeSet<SourceId> = BTreeSet::new();
    for entry in view.changed_since(view.mark()?) {
        if let Some(entry) = press.shown(entry)? {
            touched.extend(view.article(&entry.id)?.into_iter().flat_map(|known| known.sources));
            press.article(&entry)?;
        }
    }
    for feed in
        publication.feeds.iter().filter(|feed| feed.sources.iter().any(|source| touched.contains(source)))
    {
        press.feed(feed)?;
    }
    press.front()?;
    finish(&publication, press.published, scope, archive)
}

/// Writes everything, and removes what no longer belongs, unless something of the archive is `damaged`.
pub(super) fn build(
    config: &Config,
    archive: &mut Archive,
    damaged: Vec<String>,
    observer: &(dyn Fn(Progress) + Sync),
) -> Result<Published, Error> {
    build_within(config, archive, damaged, Scope::All, observer)
}

/// As [`build`], within a scope.
fn build_within(
    config: &Config,
    archive: &mut Archive,
    damaged: Vec<String>,
    scope: Scope<'_>,
    observer: &(dyn Fn(Progress) + Sync),
) -> Result<Published, Error> {
    let view = archive.view();
    let publication = Publication::of(config, view)?;
    let mut press = Press::new(&publication, view, damaged, scope)?;
    let all = view.counts()?.iter().map(|count| count.articles).sum();
    let mut wanted = HashSet::new();
    for (done, entry) in view.entries(&Selection::default()).enumerate() {
        if let Some(entry) = press.shown(entry)? {
            wanted.extend(press.article(&entry)?);
        }
        observer(Progress::Rendering(done as u64 + 1, all));
    }
    for feed in &publication.feeds {
        press.feed(feed)?;
    }
    press.front()?;
    let mut published = press.published;
    if published.unreadable.is_empty() && publication.is_whole {
        published.removed += stale::remove_feeds(&config.site.output, &publication.feeds)?;
        published.removed += stale::remove_articles(&config.site.output, &wanted)?;
    }
    finish(&publication, published, scope, archive)
}

/// Whether the output holds what the archive never had: its disk may be missing, and an empty archive would empty it.
pub(super) fn has_vanished(config: &Config, view: &View) -> Result<bool, Error> {
    Ok(has_output(config) && view.newest_change()? == 0 && view.note(MADE_WITH)?.is_none())
}

/// Whether the output folder holds a published site.
pub(super) fn has_output(config: &Config) -> bool {
    has_output_at(&config.site)
}

fn has_output_at(site: &publish::Settings) -> bool {
    site.output.join("index.html").exists()
}

/// What of the archive is published.
#[derive(Clone, Copy)]
enum Scope<'a> {
    /// All of it.
    All,
    /// What a run that is not over has, without new articles that only sources found which it is not done with.
    Done(&'a steps::FinishedSources),
}

/// Remembers that the output is what the archive says. An output that lacks something is made again the next time.
fn finish(
    publication: &Publication<'_>,
    published: Published,
    scope: Scope<'_>,
    archive: &mut Archive,
) -> Result<Published, Error> {
    if published.unreadable.is_empty() && publication.is_whole {
        let mark = match scope {
            Scope::All => archive.view().newest_change()?,
            // What comes after shows what changed in this run once more.
            Scope::Done(done) => done.since,
        };
        archive.set_mark(mark)?;
        archive.set_note(MADE_WITH, &publication.fingerprint())?;
        publication.remember(archive)?;
        archive.commit()?;
    }
    Ok(published)
}

/// Renders and writes.
struct Press<'a> {
    publication: &'a Publication<'a>,
    view: &'a View,
    /// Articles that are not shown yet.
    hidden: HashSet<ArticleId>,
    published: Published,
}

impl<'a> Press<'a> {
    fn new(
        publication: &'a Publication<'a>,
        view: &'a View,
        damaged: Vec<String>,
        scope: Scope<'_>,
    ) -> Result<Press<'a>, Error> {
        let hidden = match scope {
            Scope::All => HashSet::new(),
            Scope::Done(done) => done.hidden(view)?,
        };
        Ok(Press {
            publication,
            view,
            hidden,
            published: Published { unreadable: damaged, ..Published::default() },
        })
    }

    /// What was read, if it can be and is to be shown.
    fn shown(&mut self, read: Result<Entry, archive::Error>) -> Result<Option<Entry>, Error> {
        Ok(self.readable(read)?.filter(|entry| !self.hidden.contains(&entry.id)))
    }

    /// Writes the reading page of an article that a source found which is still configured. Its path.
    fn article(&mut self, entry: &Entry) -> Result<Option<String>, Error> {
        let Some(source) = self.source_of(entry)? else { return Ok(None) };
        let corrections = match entry.revision {
            1 => Vec::new(),
            // What was told of its past is no reason to leave what it says now unpublished.
            _ => self.readable(self.view.corrections_of(&entry.id, CORRECTIONS))?.unwrap_or_default(),
        };
        let file = publish::article_file(self.publication.site, source, entry, &corrections);
        let path = file.path.clone();
        self.write(&[file])?;
        Ok(Some(path))
    }

    /// The source that found the article first, of those that are configured: others' feeds carry it still when the very
    /// first is followed no longer.
    fn source_of(&self, entry: &Entry) -> Result<Option<&'a Source>, Error> {
        let configured = |id: &SourceId| self.publication.sources.iter().find(|source| source.id == *id);
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
                self.write(&publish::feed_files(
                    self.publication.site,
                    feed,
                    &entries,
                    &self.publication.sources,
                ))
            }
            Carries::Corrections => {
                let corrections = self.view.corrections(&feed.sources, feed.size);
                let Some(corrections) = self.readable(corrections)? else { return Ok(()) };
                self.write(&publish::correction_files(
                    self.publication.site,
                    feed,
                    &corrections,
                    &self.publication.sources,
                ))
            }
        }
    }

    /// Writes the index page and what goes with it.
    fn front(&mut self) -> Result<(), Error> {
        // Rather as it was than without a source that is only broken.
        if !self.publication.is_whole && has_output_at(self.publication.site) {
            return Ok(());
        }
        let known: Vec<SourceId> = self.publication.sources.iter().map(|source| source.id.clone()).collect();
        self.health()?;
        let Some(newest) = self.entries(&known, NEWEST)? else { return Ok(()) };
        self.write(&publish::index_files(
            self.publication.site,
            &self.publication.feeds,
            &newest,
            &self.publication.sources,
        ))
    }

    /// Writes how the sources are doing. It costs little, and happens without any article: so it is done every time.
    fn health(&mut self) -> Result<(), Error> {
        if !self.publication.is_whole && has_output_at(self.publication.site) {
            return Ok(());
        }
        let conditions: Vec<Condition> = self
            .publication
            .sources
            .iter()
            .map(|source| self.view.condition(&source.id))
            .collect::<Result<_, _>>()?;
        let events = self.view.events(EVENTS)?;
        let files =
            publish::health_files(self.publication.site, &self.publication.sources, &conditions, &events);
        self.published.written += files::write(&self.publication.site.output, &files)?.written;
        Ok(())
    }

    /// The newest articles of `sources`; `None` if one of them cannot be read.
    fn entries(&mut self, sources: &[SourceId], newest: usize) -> Result<Option<Vec<Entry>>, Error> {
        let view = self.view;
        let chosen = Selection { sources: Some(sources), newest: Some(newest + self.hidden.len()) };
        let mut entries = Some(Vec::new());
        for entry in view.entries(&chosen) {
            match (self.readable(entry)?, &mut entries) {
                (Some(entry), Some(entries)) => entries.push(entry),
                _ => entries = None,
            }
        }
        if let Some(entries) = &mut entries {
            entries.retain(|entry| !self.hidden.contains(&entry.id));
            entries.truncate(newest);
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
        let written = files::write(&self.publication.site.output, files)?;
        self.published.written += written.written;
        self.published.unchanged += written.unchanged;
        Ok(())
    }
}
