//! The order of the stages: discover → fetch → extract → archive → publish. It alone knows all of them, and it prints
//! nothing: what happens is told to an observer, and what came of it is returned.

mod alerts;
mod announce;
mod captured;
mod context;
mod deadline;
mod explain;
mod extraction;
mod family;
mod fresh;
mod history;
mod hosts;
mod import;
mod lanes;
mod listing;
mod memory;
mod page;
mod pages;
mod parts;
mod pictures;
mod plan;
mod planned;
mod probe;
mod prove;
mod publishing;
mod reading;
mod refusals;
mod rehearsal;
mod release;
mod report;
mod reread;
mod robots;
mod run;
mod schedule;
mod searching;
mod source;
mod store;
mod try_feed;
mod unmatched;
mod upkeep;
mod visit;
mod withdraw;

use std::path::PathBuf;

use chrono::{DateTime, Utc};

use crate::archive::{self, Archive, IndexState, Problem, Rebuilt, Recovery, Selection, Trouble, View};
use crate::config::{BrokenSource, Config, SourceConfig};
use crate::fetch;
use crate::model::{CanonicalUrl, CodingError, Entry};
use crate::publish;

pub use alerts::Alert;
pub use announce::announce;
pub use context::Asks;
pub use deadline::Stop;
pub use explain::{explain, explain_held};
pub use import::{Imported, Tally, import};
pub use memory::site_memory;
pub use planned::{PlannedSource, plan};
pub use probe::{Origin, Probe, Sample, Unusable, Way, capture, probe};
pub use prove::{Proof, Proved, prove};
pub use reading::Defect;
pub use refusals::{REFUSALS_DAYS, Refused, RefusedByHost, refusals};
pub use rehearsal::{RehearsedPage, RehearsedSource, Why, rehearse};
pub use release::{Released, release};
pub use report::{
    FoundBy, PageOutcome, PageTrouble, PictureReport, Progress, Published, RunReport, SourceReport,
};
pub use reread::{Difference, Mode, Reread, reread};
pub use run::{RunMode, backfill, backfill_pictures, retry, run, run_until};
pub use searching::{SearchResult, search};
pub use try_feed::{TriedArticle, try_feed};
pub use upkeep::{prunable, prune, repair};
pub use withdraw::{Withdrawn, find_article, withdraw};

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
    #[error("`{name}` is neither held back nor withdrawn; `tearsheet status` lists what is")]
    NotHeld {
        /// As asked for.
        name: String,
    },
    /// There is no such feed.
    #[error("there is no feed `{name}`: no source has this name, and no [[feed]] has this id")]
    UnknownFeed {
        /// As asked for.
        name: String,
    },
    /// The archive has no such article.
    #[error("the archive has no article `{name}`; give its URL or its ID")]
    UnknownArticle {
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
    /// Nothing is configured that could be run or published. Published feeds are not removed for that: it is more likely
    /// that the configuration is not there.
    #[error(
        "no sources: {} has no source file, so nothing was changed; `tearsheet add URL` makes one, or mount the disk that \
         holds them", folder.display()
    )]
    NoSources {
        /// Where they are expected.
        folder: PathBuf,
    },
    /// The source's file has mistakes.
    #[error("the source `{id}` cannot be run: {}", errors.summary())]
    Broken {
        /// As asked for.
        id: String,
        /// What is wrong with its file.
        errors: BrokenSource,
    },
    /// There is no such source.
    #[error("no source called `{id}`{}", hint(similar.as_deref()))]
    UnknownSource {
        /// As asked for.
        id: String,
        /// The source that may be meant.
        similar: Option<String>,
    },
}

fn hint(similar: Option<&str>) -> String {
    similar.map_or_else(
        || "; `tearsheet list` shows all sources".to_owned(),
        |similar| format!("; did you mean `{similar}`?"),
    )
}

/// The source called `id`, if its file has no mistakes.
///
/// # Errors
/// [`Error::UnknownSource`], [`Error::Broken`].
pub fn find_source<'a>(config: &'a Config, id: &str) -> Result<&'a SourceConfig, Error> {
    config.source(id).ok_or_else(|| {
        let is_it = |broken: &&BrokenSource| broken.id.as_ref().is_some_and(|known| known.as_str() == id);
        match config.broken.iter().find(is_it) {
            Some(broken) => Error::Broken { id: id.to_owned(), errors: broken.clone() },
            None => unknown_source(config, id),
        }
    })
}

/// Says that there is no source called `id`, and which one is called like it.
#[must_use]
pub fn unknown_source(config: &Config, id: &str) -> Error {
    Error::UnknownSource { id: id.to_owned(), similar: config.source_like(id) }
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
    require_sources(config)?;
    let (mut archive, recovery) = open(config, now)?;
    let published = publishing::build(config, &mut archive, damaged(&recovery.problems), observer)?;
    archive.close()?;
    Ok(published)
}

/// Writes what changed in the archive since feeds and reading site were last written; nothing where there are no sources.
///
/// # Errors
/// [`Error`] if the archive or the output fails.
pub fn publish(
    config: &Config,
    now: DateTime<Utc>,
    observer: &(dyn Fn(Progress) + Sync),
) -> Result<Published, Error> {
    if require_sources(config).is_err() {
        return Ok(Published::default());
    }
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
    require_sources(config)?;
    require_archive(config)?;
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

/// Refuses to go on where nothing is configured.
///
/// # Errors
/// [`Error::NoSources`].
pub fn require_sources(config: &Config) -> Result<(), Error> {
    if config.sources.is_empty() && config.broken.is_empty() {
        return Err(Error::NoSources { folder: config.root.join("config/sources") });
    }
    Ok(())
}

/// Refuses to begin a new archive beside a site that was published from another.
fn require_archive(config: &Config) -> Result<(), Error> {
    let has_vanished = publishing::has_output(config) && config.archive.is_new()?;
    if has_vanished { Err(vanished(config)) } else { Ok(()) }
}

/// Opens the archive, unless it seems to have vanished.
fn open(config: &Config, now: DateTime<Utc>) -> Result<(Archive, Recovery), Error> {
    // Nothing is made where its disk will be mounted again.
    require_archive(config)?;
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
            "the previous run was interrupted; {} of its records were recovered",
            recovery.records
        ));
    }
    if recovery.cut > 0 {
        done.push(format!("{} bytes of an unfinished record were removed", recovery.cut));
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
