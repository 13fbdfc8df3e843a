//! From the archive to the output: everything, or only what a run changed. What cannot be read from the archive is
//! told, and what was published of it stays as it is.

mod made;
mod past;
mod pictures;
mod press;
mod publication;
mod search_pages;
mod shelves;
mod sieve;
mod steps;

use std::collections::{BTreeSet, HashSet};

use made::MadeWith;
use past::Past;
use press::Press;
use publication::Publication;
pub(super) use sieve::Sieve;
pub(super) use steps::{Step, Steps};

use super::{Error, Progress, Published, searching};
use crate::archive::{Archive, Selection, View};
use crate::config::Config;
use crate::model::SourceId;
use crate::publish::{self, Feed, stale};

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
    let publication = Publication::of(config, archive.view())?;
    let before = MadeWith::noted(archive.view())?.filter(|_| has_output(config));
    let remade = before.and_then(|before| MadeWith::of(&publication).remade_since(&before));
    let Some(remade) = remade else {
        return build_within(config, archive, damaged, scope, observer);
    };
    publication.tell(archive)?;
    archive.reshelve(&remade.sources)?;
    let view = archive.view();
    let mut press = Press::new(&publication, view, damaged, scope)?;
    let stale = if press.is_last { view.stale_shelves()? } else { Vec::new() };
    if remade.is_empty() && view.mark()? == view.newest_change()? && stale.is_empty() {
        press.health()?;
        return Ok(press.published);
    }
    let mut pages = press.relabelled(&stale)?;
    let mut touched: BTreeSet<SourceId> = BTreeSet::new();
    let mut done = BTreeSet::new();
    for entry in view.changed_since(view.mark()?) {
        if let Some(entry) = press.shown(entry)? {
            let sources = view.article(&entry.id)?.map(|known| known.sources).unwrap_or_default();
            pages.extend(press.neighbours_of(&entry.id, &sources)?);
            touched.extend(sources);
            done.insert(entry.id);
            press.changed(entry)?;
        }
    }
    for source in &remade.sources {
        pages.extend(view.found_by(source)?);
    }
    for id in pages.difference(&done) {
        press.again(id)?;
    }
    press.flush()?;
    let is_other = |feed: &&Feed| {
        remade.feeds.contains(&feed.id) || feed.sources.iter().any(|source| touched.contains(source))
    };
    for feed in publication.feeds.iter().filter(is_other) {
        press.feed(feed)?;
    }
    if publication.is_whole {
        press.gone(&remade.gone)?;
    }
    press.stale_shelves(&stale)?;
    press.front()?;
    press.search(archive)?;
    let Press { published, pasts, .. } = press;
    finish(&publication, published, &pasts, scope, archive)
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
    let publication = Publication::of(config, archive.view())?;
    publication.tell(archive)?;
    let view = archive.view();
    let mut press = Press::new(&publication, view, damaged, scope)?;
    // Full documents too are written again.
    press.begins_anew = true;
    let all = view.counts()?.iter().map(|count| count.articles).sum();
    let mut wanted = HashSet::new();
    for (done, entry) in view.entries(&Selection::default()).enumerate() {
        if let Some(entry) = press.shown(entry)? {
            wanted.extend(press.changed(entry)?);
        }
        observer(Progress::Rendering(done as u64 + 1, all));
    }
    press.flush()?;
    for feed in &publication.feeds {
        press.feed(feed)?;
    }
    if press.is_last {
        press.all_shelves()?;
    }
    press.front()?;
    press.search(archive)?;
    let Press { mut published, pasts, paths, picture_paths, .. } = press;
    if published.unreadable.is_empty() && publication.is_whole {
        published.removed += stale::remove_feeds(&config.site.output, &publication.feeds)?;
        published.removed += stale::remove_articles(&config.site.output, &wanted)?;
        if matches!(scope, Scope::All) {
            published.removed += stale::remove_pictures(&config.site.output, &picture_paths)?;
        }
        if matches!(scope, Scope::All) {
            let wanted = past::paths(&publication.feeds, &pasts);
            published.removed += stale::remove_history(&config.site.output, &wanted)?;
            published.removed += stale::remove_shelves(&config.site.output, &paths)?;
        }
    }
    finish(&publication, published, &pasts, scope, archive)
}

/// Whether the output holds what the archive never had: its disk may be missing, and an empty archive would empty it.
pub(super) fn has_vanished(config: &Config, view: &View) -> Result<bool, Error> {
    Ok(has_output(config) && view.newest_change()? == 0 && view.note(made::NOTE)?.is_none())
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
    mut published: Published,
    pasts: &[(SourceId, Past)],
    scope: Scope<'_>,
    archive: &mut Archive,
) -> Result<Published, Error> {
    published.theme = publication.site.theme.faults();
    if published.unreadable.is_empty() && publication.is_whole {
        let mark = match scope {
            Scope::All => archive.view().newest_change()?,
            // What comes after shows what changed in this run once more.
            Scope::Done(done) => done.since,
        };
        archive.set_mark(mark)?;
        if matches!(scope, Scope::All) {
            archive.shelves_are_fresh()?;
            // What steps leave out of a new configuration is written at the end.
            archive.set_note(made::NOTE, &MadeWith::of(publication).note())?;
        }
        publication.remember(archive)?;
        pasts.iter().try_for_each(|(feed, past)| past.remember(feed, archive))?;
        archive.commit()?;
    }
    if matches!(scope, Scope::All) {
        searching::follow(archive)?;
    }
    Ok(published)
}
