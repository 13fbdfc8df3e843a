//! The order of the stages: discover → fetch → extract → archive → publish. It alone knows all of them, and it prints
//! nothing: what happens is told to an observer, and what came of it is returned.

mod captured;
mod drift;
mod explain;
mod history;
mod import;
mod listing;
mod memory;
mod page;
mod parts;
mod plan;
mod probe;
mod prove;
mod publishing;
mod reading;
mod release;
mod report;
mod reread;
mod robots;
mod schedule;
mod source;
mod store;
mod unmatched;
mod upkeep;

use std::path::PathBuf;

use chrono::{DateTime, Utc};
use futures_util::{StreamExt, TryStreamExt, stream};

use crate::archive::{self, Archive, IndexState, Problem, Rebuilt, Recovery, Selection, Trouble, View};
use crate::config::{Config, SourceConfig};
use crate::fetch::{self, Client};
use crate::model::{CanonicalUrl, CodingError, Entry};
use crate::publish;

pub use explain::{explain, explain_held};
pub use import::{Imported, Tally, import};
pub use memory::site_memory;
pub use probe::{Origin, Probe, Sample, Unusable, Way, capture, probe};
pub use prove::{Proof, Proved, prove};
pub use reading::Defect;
pub use release::{Released, release};
pub use report::{FoundBy, PageOutcome, PageTrouble, Progress, Published, RunReport, SourceReport};
pub use reread::{Difference, Mode, Reread, reread};
use schedule::Asks;
use source::Context;
use store::Store;
pub use upkeep::{prunable, prune, repair};

/// Sources under way at once. They mostly wait for their hosts; how many requests are is the fetcher's to say.
const SOURCES_AT_ONCE: usize = 256;

/// Why a run could not be made, or not to its end.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The archive failed.
    #[error(transparent)]
    Archive(#[from] archive::Error),
    /// The fetcher could not be made.
    #[error(transparent)]
    Fetch(#[from] fetch::Error),
    /// The output could not be written.
    #[error(transparent)]
    Write(#[from] publish::files::Error),
    /// The archive is empty, but a site was published: more likely its disk is missing than all of it is meant to go.
    #[error(
        "publish {}: the archive {} is new and empty, but a site was published before; bring the archive back, \
         or delete the published folder to begin anew",
        output.display(), archive.display()
    )]
    Vanished {
        /// The archive's folder.
        archive: PathBuf,
        /// The published folder.
        output: PathBuf,
    },
    /// There is no such page among those that are held back.
    #[error("find `{name}` among what is held back: `tearsheet status` lists it")]
    NotHeld {
        /// As asked for.
        name: String,
    },
    /// A page that is held back holds nothing that could be published.
    #[error("release {url}: {reason}")]
    NothingToRelease {
        /// The page's URL.
        url: CanonicalUrl,
        /// What reading it says.
        reason: String,
    },
    /// A capture cannot be unpacked.
    #[error(transparent)]
    Coding(#[from] CodingError),
    /// There is no such source.
    #[error("find the source `{id}`: there is no config/sources/{id}.toml")]
    UnknownSource {
        /// As asked for.
        id: String,
    },
}

/// Runs `only` these sources, or all where it is empty: finds, fetches, archives and publishes what is new. What goes
/// wrong with a page or a source is part of the report and ends nothing.
///
/// # Errors
/// [`Error`] if a source is not known, or the archive or the output fails.
pub async fn run(
    config: &Config,
    only: &[String],
    now: DateTime<Utc>,
    observer: &(dyn Fn(Progress) + Sync),
) -> Result<RunReport, Error> {
    backfill(config, only, 0, now, observer).await
}

/// A run that then fetches, of each source, at most `most` articles of its past that are not archived yet. It goes on
/// where the last one stopped.
///
/// # Errors
/// As [`run`].
pub async fn backfill(
    config: &Config,
    only: &[String],
    most: usize,
    now: DateTime<Utc>,
    observer: &(dyn Fn(Progress) + Sync),
) -> Result<RunReport, Error> {
    let chosen = choose(config, only)?;
    let (archive, recovery) = open(config, now)?;
    let client = Client::knowing(&config.fetch, robots::known(archive.view(), now)?)?;
    let (run, max_size) = (archive.run(), config.fetch.max_size);
    let asks = if only.is_empty() && most == 0 { Asks::Due } else { Asks::All };
    let context = Context { store: Store::new(archive), client, now, run, asks, max_size, observer };
    let mut sources: Vec<SourceReport> =
        stream::iter(chosen.into_iter().map(|one| one_source(&context, one, most)))
            .buffer_unordered(SOURCES_AT_ONCE)
            .try_collect()
            .await?;
    sources.sort_by(|one, other| one.source.cmp(&other.source));
    context.store.commit().await?;
    let read = context.client.robots_read();
    let mut archive = context.store.into_archive();
    robots::note(&mut archive, read, now)?;
    let published = publishing::update(config, &mut archive, damaged(&recovery.problems), observer)?;
    archive.close()?;
    Ok(RunReport { sources, published, recovered: recovered(&recovery) })
}

async fn one_source(
    context: &Context<'_>,
    source: &SourceConfig,
    most: usize,
) -> Result<SourceReport, Error> {
    let mut report = source::run(context, source).await?;
    // What is new has not to wait for the past.
    if most > 0 {
        report.add(history::fill(context, source, most).await?);
    }
    (context.observer)(Progress::Source(report.clone()));
    Ok(report)
}

/// Writes feeds and reading site again, from what the archive has.
///
/// # Errors
/// [`Error`] if the archive or the output fails.
pub fn build(
    config: &Config,
    now: DateTime<Utc>,
    observer: &(dyn Fn(Progress) + Sync),
) -> Result<Published, Error> {
    let (mut archive, recovery) = open(config, now)?;
    let published = publishing::build(config, &mut archive, damaged(&recovery.problems), observer)?;
    archive.close()?;
    Ok(published)
}

/// Writes what changed in the archive since feeds and reading site were last written.
///
/// # Errors
/// [`Error`] if the archive or the output fails.
pub fn publish(
    config: &Config,
    now: DateTime<Utc>,
    observer: &(dyn Fn(Progress) + Sync),
) -> Result<Published, Error> {
    let (mut archive, recovery) = open(config, now)?;
    let published = publishing::update(config, &mut archive, damaged(&recovery.problems), observer)?;
    archive.close()?;
    Ok(published)
}

/// Makes the index again from the WARC files alone, and the output from it, offline. Where a record is damaged, what was
/// published of it stays.
///
/// # Errors
/// [`Error`] if the archive or the output fails.
pub fn rebuild(
    config: &Config,
    now: DateTime<Utc>,
    observer: &(dyn Fn(Progress) + Sync),
) -> Result<(Rebuilt, Published), Error> {
    let rebuilt = rebuild_index(config, now, observer)?;
    let (mut archive, _) = open(config, now)?;
    let published = publishing::build(config, &mut archive, damaged(&rebuilt.problems), observer)?;
    archive.close()?;
    Ok((rebuilt, published))
}

/// Makes the index again from the WARC files alone, offline.
///
/// # Errors
/// [`Error`] if the archive fails.
pub fn rebuild_index(
    config: &Config,
    now: DateTime<Utc>,
    observer: &(dyn Fn(Progress) + Sync),
) -> Result<Rebuilt, Error> {
    let mut progress = |done, all| observer(Progress::Reading(done, all));
    Ok(archive::rebuild(&config.archive, now, &mut progress)?)
}

/// The problems that may have cost an article; a record of another program's has none of ours.
fn damaged(problems: &[Problem]) -> Vec<String> {
    let is_damage = |problem: &&Problem| matches!(problem.trouble, Trouble::Damaged(_));
    problems.iter().filter(is_damage).map(ToString::to_string).collect()
}

/// Opens the archive, unless it seems to have vanished.
fn open(config: &Config, now: DateTime<Utc>) -> Result<(Archive, Recovery), Error> {
    let (archive, recovery) = Archive::open(&config.archive, now)?;
    // An index that was made again has files to speak for it.
    if recovery.index != IndexState::Rebuilt && publishing::has_vanished(config, archive.view())? {
        return Err(vanished(config));
    }
    Ok((archive, recovery))
}

/// What had to be mended, in words.
fn recovered(recovery: &Recovery) -> Option<String> {
    let mut done = Vec::new();
    if !recovery.closed.is_empty() {
        done.push(format!(
            "the run before was interrupted; {} records of it were taken up",
            recovery.records
        ));
    }
    if recovery.cut > 0 {
        done.push(format!("{} bytes of an unfinished record were cut off", recovery.cut));
    }
    done.extend(recovery.problems.iter().map(ToString::to_string));
    (!done.is_empty()).then(|| done.join("; "))
}

/// The archive as it can be read; an empty one where nothing was written yet.
///
/// # Errors
/// [`Error`] if the archive cannot be read, or seems to have vanished.
pub fn view(config: &Config) -> Result<View, Error> {
    let view = View::open_or_empty(&config.archive)?;
    // An index that was made again knows nothing of the output, but of records.
    let is_gone = publishing::has_vanished(config, &view)? && view.volumes()?.is_empty();
    if is_gone { Err(vanished(config)) } else { Ok(view) }
}

fn vanished(config: &Config) -> Error {
    Error::Vanished { archive: config.archive.path.clone(), output: config.site.output.clone() }
}

/// Every article in the archive, newest first.
///
/// # Errors
/// [`Error`] if the archive fails.
pub fn entries(config: &Config) -> Result<Vec<Entry>, Error> {
    let view = View::open(&config.archive)?;
    Ok(view.entries(&Selection::default()).collect::<Result<_, _>>()?)
}

fn choose<'a>(config: &'a Config, only: &[String]) -> Result<Vec<&'a SourceConfig>, Error> {
    if only.is_empty() {
        return Ok(config.sources.iter().filter(|source| source.is_followed).collect());
    }
    let mut chosen: Vec<&SourceConfig> = Vec::new();
    for id in only {
        let source = config.source(id).ok_or_else(|| Error::UnknownSource { id: id.clone() })?;
        // Whoever names a source twice wants it asked once.
        if !chosen.iter().any(|one| one.source.id == source.source.id) {
            chosen.push(source);
        }
    }
    Ok(chosen)
}
