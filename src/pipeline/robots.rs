//! robots.txt files from one run to the next: they hold for a day (RFC 9309, section 2.4), so that a run every hour does
//! not ask every host for two things. Like all that is only worth knowing, they are noted in the index alone.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::Error;
use crate::archive::{Archive, View};
use crate::fetch::RobotsFiles;

const NOTE: &str = "robots";

#[derive(Serialize, Deserialize)]
struct Noted {
    at: DateTime<Utc>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    text: Option<String>,
}

type Notes = BTreeMap<String, Noted>;

/// What was answered within a day before `now`.
pub(super) fn known(view: &View, now: DateTime<Utc>) -> Result<RobotsFiles, Error> {
    Ok(noted(view, now)?.into_iter().map(|(origin, noted)| (origin, noted.text)).collect())
}

/// Notes what this run was answered.
pub(super) fn note(archive: &mut Archive, read: RobotsFiles, now: DateTime<Utc>) -> Result<(), Error> {
    if read.is_empty() {
        return Ok(());
    }
    let mut notes = noted(archive.view(), now)?;
    notes.extend(read.into_iter().map(|(origin, text)| (origin, Noted { at: now, text })));
    let notes = serde_json::to_string(&notes).expect("plain values serialise");
    archive.set_note(NOTE, &notes)?;
    Ok(archive.commit()?)
}

fn noted(view: &View, now: DateTime<Utc>) -> Result<Notes, Error> {
    let note = view.note(NOTE)?;
    // What another version wrote is not known.
    let mut notes: Notes = note.and_then(|note| serde_json::from_str(&note).ok()).unwrap_or_default();
    notes.retain(|_, noted| noted.at <= now && now - noted.at < TimeDelta::days(1));
    Ok(notes)
}
