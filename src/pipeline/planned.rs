//! What a run would ask for first, told without a request: lists that are due, and pages that are tried again.

use chrono::{DateTime, Utc};
use serde::Serialize;
use url::Url;

use super::context::Asks;
use super::fresh::Fresh;
use super::schedule;
use super::{Error, hosts, run, view};
use crate::archive::View;
use crate::config::{Config, SourceConfig};
use crate::fetch::HostTroubles;
use crate::model::SourceId;

/// What a run that begins now would ask for one source. What its list then names is not known before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PlannedSource {
    /// The source.
    pub source: SourceId,
    /// Its list, if it is due.
    pub list: Option<Url>,
    /// Pages that failed before, and are due.
    pub pages: Vec<Url>,
    /// Until when its list is left alone, if its host or that list asked for it or failed.
    pub left_alone_until: Option<DateTime<Utc>>,
}

/// What a run of `only` these sources, or of all where it is empty, would ask for at `now`. Nothing is asked or written.
///
/// # Errors
/// [`Error`] if a source is not known, or the archive cannot be read.
pub fn plan(config: &Config, only: &[String], now: DateTime<Utc>) -> Result<Vec<PlannedSource>, Error> {
    let view = view(config)?;
    let asks = if only.is_empty() { Asks::Due } else { Asks::All };
    let troubles = hosts::known(&view, asks)?;
    let fresh = Fresh::known(&view, now)?;
    let fresh = if asks == Asks::Due { fresh } else { fresh.disbelieved() };
    let chosen = run::choose(config, only)?;
    chosen.into_iter().map(|source| planned(&view, source, asks, &troubles, &fresh, now)).collect()
}

fn planned(
    view: &View,
    source: &SourceConfig,
    asks: Asks,
    troubles: &HostTroubles,
    fresh: &Fresh,
    now: DateTime<Utc>,
) -> Result<PlannedSource, Error> {
    let (id, url) = (&source.source.id, &source.source.url);
    let is_due = asks != Asks::Due || schedule::is_due_in(view, source, now)?;
    let left_alone_until =
        troubles.get(&url.origin().ascii_serialization()).and_then(|host| host.left_alone_until(url, now));
    let retries = if is_due { view.retries_due(id, now)? } else { Vec::new() };
    Ok(PlannedSource {
        source: id.clone(),
        list: (is_due && left_alone_until.is_none() && !fresh.holds(url)).then(|| url.clone()),
        pages: retries.into_iter().map(|candidate| candidate.url).collect(),
        left_alone_until,
    })
}
