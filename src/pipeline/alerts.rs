//! What a run says to somebody who only wants to hear of trouble: each trouble once, when it has lasted long enough to
//! matter, and once more when it is over. What was said is noted in the archive's index.

use std::fmt;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;
use url::Url;

use super::{PageOutcome, PageTrouble, SourceReport};
use crate::archive::{self, Archive};
use crate::model::{HealthKind, SourceId, Trouble};

/// One thing that somebody should know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "alert", rename_all = "snake_case")]
pub enum Alert {
    /// A source is in trouble, and has been for a while.
    Trouble {
        /// Which source.
        source: SourceId,
        /// `failing`, `empty` or `drifted`.
        state: &'static str,
        /// Since when.
        since: DateTime<Utc>,
        /// Why.
        reason: String,
    },
    /// A trouble that was told is over.
    Over {
        /// Which source.
        source: SourceId,
    },
    /// A page was held back, or has failed for a while.
    Page {
        /// The source that lists it.
        source: SourceId,
        /// Its URL.
        url: Url,
        /// Why.
        reason: String,
    },
    /// Something could not be read beside the rest, or may have been missed.
    LeftOut {
        /// Of which source.
        source: SourceId,
        /// What, and why.
        reason: String,
    },
}

impl fmt::Display for Alert {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Alert::Trouble { source, state, since, reason } => {
                write!(out, "{source}: {state} since {}: {reason}", since.format("%Y-%m-%d %H:%M"))
            }
            Alert::Over { source } => write!(out, "{source}: recovered"),
            Alert::Page { source, url, reason } => write!(out, "{source}: {url}: {reason}"),
            Alert::LeftOut { source, reason } => write!(out, "{source}: {reason}"),
        }
    }
}

/// What has to be said after a run over these sources. A trouble matters once it has lasted for `after`.
pub(super) fn alerts(
    archive: &mut Archive,
    reports: &[SourceReport],
    after: Duration,
    now: DateTime<Utc>,
) -> Result<Vec<Alert>, archive::Error> {
    let after = TimeDelta::from_std(after).unwrap_or(TimeDelta::MAX);
    let mut alerts = Vec::new();
    for report in reports {
        alerts.extend(of_source(archive, report, after, now)?);
        alerts.extend(of_what_is_left_out(archive, report)?);
        alerts.extend(of_pages(archive, report, after, now)?);
    }
    Ok(alerts)
}

fn of_source(
    archive: &mut Archive,
    report: &SourceReport,
    after: TimeDelta,
    now: DateTime<Utc>,
) -> Result<Option<Alert>, archive::Error> {
    let source = report.source.clone();
    let key = format!("told trouble of {source}");
    let told = archive.view().note(&key)?.unwrap_or_default();
    match archive.view().condition(&source)?.trouble {
        None if told.is_empty() => Ok(None),
        None => {
            archive.set_note(&key, "")?;
            Ok(Some(Alert::Over { source }))
        }
        Some(Trouble { kind, since, reason }) => {
            let this = format!("{} {}", HealthKind::from(kind).name(), since.to_rfc3339());
            if told == this || now - since < after {
                return Ok(None);
            }
            archive.set_note(&key, &this)?;
            let reason = report.failure.clone().or_else(|| report.drifted.clone()).unwrap_or(reason);
            Ok(Some(Alert::Trouble { source, state: HealthKind::from(kind).name(), since, reason }))
        }
    }
}

fn of_what_is_left_out(archive: &mut Archive, report: &SourceReport) -> Result<Vec<Alert>, archive::Error> {
    let source = &report.source;
    let key = format!("told left out of {source}");
    let (told, this) = (archive.view().note(&key)?.unwrap_or_default(), report.left_out.join("\n"));
    if told == this {
        return Ok(Vec::new());
    }
    archive.set_note(&key, &this)?;
    let new = report.left_out.iter().filter(|reason| !told.lines().any(|line| line == **reason));
    Ok(new.map(|reason| Alert::LeftOut { source: source.clone(), reason: reason.clone() }).collect())
}

/// A page that was held back is named at once. One that failed is named once, when nothing will be known of it for longer than
/// `after`: it has been tried in vain for about so long, or waiting does not help it.
fn of_pages(
    archive: &mut Archive,
    report: &SourceReport,
    after: TimeDelta,
    now: DateTime<Utc>,
) -> Result<Vec<Alert>, archive::Error> {
    let source = &report.source;
    let key = format!("told pages of {source}");
    let note = archive.view().note(&key)?.unwrap_or_default();
    let failed = archive.view().failed_pages(source)?;
    let still_fails = |url: &&str| failed.iter().any(|page| page.url.as_str() == *url);
    let mut told: Vec<&str> = note.lines().filter(still_fails).collect();
    let mut alerts = Vec::new();
    for PageTrouble { url, outcome } in &report.troubles {
        if matches!(outcome, PageOutcome::Failed { .. }) {
            let next = failed.iter().find(|page| page.url == *url).and_then(|page| page.next_try_at);
            let is_soon_tried = next.is_some_and(|next| next - now <= after);
            if is_soon_tried || told.contains(&url.as_str()) {
                continue;
            }
            told.push(url.as_str());
        }
        alerts.push(Alert::Page { source: source.clone(), url: url.clone(), reason: outcome.to_string() });
    }
    let told = told.join("\n");
    if told != note {
        archive.set_note(&key, &told)?;
    }
    Ok(alerts)
}
