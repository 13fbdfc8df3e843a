//! From the archive to the output: everything, or only what a run changed.

use std::collections::{BTreeSet, HashSet};

use super::{Error, Progress, Published};
use crate::archive::{Archive, Selection, View};
use crate::config::Config;
use crate::model::{Digest, Entry, Source, SourceId};
use crate::publish::{self, Feed, File, files, stale};

/// Articles that the index page may choose from.
const NEWEST: usize = 40;
/// The note under which the archive remembers how the output was made.
const MADE_WITH: &str = "published with";

/// Writes what changed since the output was last written; everything if the output is not there, or was made with
/// another configuration or version of the program.
pub(super) fn update(
    config: &Config,
    archive: &mut Archive,
    observer: &(dyn Fn(Progress) + Sync),
) -> Result<Published, Error> {
    let made_with = fingerprint(config);
    let fresh = archive.view().note(MADE_WITH)?.is_some_and(|note| note == made_with);
    if !fresh || !config.site.output.join("index.html").exists() {
        return build(config, archive, observer);
    }
    let view = archive.view();
    if view.mark()? == view.newest_change()? {
        return Ok(Published::default());
    }
    let mut published = Published::default();
    let sources = sources(config);
    let mut touched: BTreeSet<SourceId> = BTreeSet::new();
    for entry in view.changed_since(view.mark()?) {
        let entry = entry?;
        touched.extend(view.article_at(&entry.url)?.into_iter().flat_map(|known| known.sources));
        write(config, &article(config, &sources, &entry), &mut published)?;
    }
    let feeds = feeds(config);
    for feed in feeds.iter().filter(|feed| feed.sources.iter().any(|source| touched.contains(source))) {
        write(config, &feed_files(config, view, feed, &sources)?, &mut published)?;
    }
    write(config, &index_files(config, view, &feeds, &sources)?, &mut published)?;
    remember(archive, &made_with)?;
    Ok(published)
}

/// Writes everything, and removes what no longer belongs.
pub(super) fn build(
    config: &Config,
    archive: &mut Archive,
    observer: &(dyn Fn(Progress) + Sync),
) -> Result<Published, Error> {
    let mut published = Published::default();
    let (sources, feeds) = (sources(config), feeds(config));
    let view = archive.view();
    let all = view.counts()?.iter().map(|count| count.articles).sum();
    let mut wanted = HashSet::new();
    for (done, entry) in view.entries(&Selection::default()).enumerate() {
        let files = article(config, &sources, &entry?);
        wanted.extend(files.iter().map(|file| file.path.clone()));
        write(config, &files, &mut published)?;
        observer(Progress::Rendering(done as u64 + 1, all));
    }
    for feed in &feeds {
        write(config, &feed_files(config, view, feed, &sources)?, &mut published)?;
    }
    write(config, &index_files(config, view, &feeds, &sources)?, &mut published)?;
    published.removed += stale::remove_feeds(&config.site.output, &feeds)?;
    published.removed += stale::remove_articles(&config.site.output, &wanted)?;
    remember(archive, &fingerprint(config))?;
    Ok(published)
}

/// Everything but the articles that decides what the output's bytes are.
fn fingerprint(config: &Config) -> String {
    let sources: Vec<_> = config.sources.iter().map(|source| (&source.source, &source.feed)).collect();
    let made_with = format!("{} {:?} {:?} {sources:?}", env!("CARGO_PKG_VERSION"), config.site, config.feeds);
    Digest::of(made_with.as_bytes()).to_string()
}

fn remember(archive: &mut Archive, made_with: &str) -> Result<(), Error> {
    archive.set_mark(archive.view().newest_change()?)?;
    archive.set_note(MADE_WITH, made_with)?;
    Ok(archive.commit()?)
}

fn sources(config: &Config) -> Vec<Source> {
    config.sources.iter().map(|source| source.source.clone()).collect()
}

/// Every feed: each source's own, then the merged ones.
fn feeds(config: &Config) -> Vec<Feed> {
    config.sources.iter().map(|source| &source.feed).chain(&config.feeds).cloned().collect()
}

/// The reading page of an article whose source is still configured.
fn article(config: &Config, sources: &[Source], entry: &Entry) -> Vec<File> {
    let source = sources.iter().find(|source| source.id == entry.source);
    source.map(|source| publish::article_file(&config.site, source, entry)).into_iter().collect()
}

fn feed_files(config: &Config, view: &View, feed: &Feed, sources: &[Source]) -> Result<Vec<File>, Error> {
    let chosen = Selection { sources: Some(&feed.sources), newest: Some(feed.size) };
    let entries = view.entries(&chosen).collect::<Result<Vec<Entry>, _>>()?;
    Ok(publish::feed_files(&config.site, feed, &entries, sources))
}

fn index_files(config: &Config, view: &View, feeds: &[Feed], sources: &[Source]) -> Result<Vec<File>, Error> {
    let known: Vec<SourceId> = sources.iter().map(|source| source.id.clone()).collect();
    let chosen = Selection { sources: Some(&known), newest: Some(NEWEST) };
    let newest = view.entries(&chosen).collect::<Result<Vec<Entry>, _>>()?;
    Ok(publish::index_files(&config.site, feeds, &newest, sources))
}

fn write(config: &Config, files: &[File], published: &mut Published) -> Result<(), Error> {
    let written = files::write(&config.site.output, files)?;
    published.written += written.written;
    published.unchanged += written.unchanged;
    Ok(())
}
