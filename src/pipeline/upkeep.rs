//! Upkeep of the archive, apart from runs.

use chrono::{DateTime, Utc};

use super::captured::Captured;
use super::parts::Manner;
use super::{Error, Progress, open, reading};
use crate::archive::{self, Pruning, Repaired};
use crate::config::Config;
use crate::model::{Article, Candidate, Capture, SourceId};

/// Makes good what is damaged in the archive, from what is whole. An article that is lost is read again from its response
/// as its source is configured now.
///
/// # Errors
/// [`Error`] if the archive fails.
pub fn repair(
    config: &Config,
    now: DateTime<Utc>,
    observer: &(dyn Fn(Progress) + Sync),
) -> Result<Repaired, Error> {
    let max_size = config.max_size();
    let mut read_again =
        |id: &SourceId, hints: &Candidate, first: &Capture, parts: &[Capture]| -> Option<Article> {
            let source = config.sources.iter().find(|source| source.source.id == *id);
            let settings = source.map(|source| source.extract.clone()).unwrap_or_default();
            let captured = Captured::new(first, parts);
            reading::wait_for(captured.read(hints, Manner { settings: &settings, max_size })).ok()
        };
    let reading = |done, all| observer(Progress::Reading(done, all));
    Ok(archive::repair(&config.archive, now, &mut read_again, &reading)?)
}

/// What the configuration lets the archive let go of.
///
/// # Errors
/// [`Error`] if the archive fails.
pub fn prunable(
    config: &Config,
    now: DateTime<Utc>,
    observer: &(dyn Fn(Progress) + Sync),
) -> Result<Pruning, Error> {
    let (archive, _) = open(config, now)?;
    let mut reading = |done, all| observer(Progress::Reading(done, all));
    let pruning = archive.prunable(&config.retention, now, &mut reading)?;
    archive.close()?;
    Ok(pruning)
}

/// Lets go of it. Nothing that is published changes.
///
/// # Errors
/// [`Error`] if the archive fails.
pub fn prune(
    config: &Config,
    now: DateTime<Utc>,
    observer: &(dyn Fn(Progress) + Sync),
) -> Result<Pruning, Error> {
    let (mut archive, _) = open(config, now)?;
    let mut reading = |done, all| observer(Progress::Reading(done, all));
    let pruning = archive.prunable(&config.retention, now, &mut reading)?;
    archive.prune(&pruning, now, &mut |done, all| observer(Progress::Rendering(done, all)))?;
    archive.close()?;
    Ok(pruning)
}
