//! Upkeep of the archive, apart from runs.

use chrono::{DateTime, Utc};

use super::{Error, Progress, open};
use crate::archive::Pruning;
use crate::config::Config;

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
