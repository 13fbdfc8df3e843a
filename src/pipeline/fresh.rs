//! Lists that say how long they stay as they are (RFC 9111, section 4.2) are not asked for again before, as far as the fetcher
//! believes them. Like all that is only worth knowing, that is noted in the index alone. A run that names its sources asks
//! in any case.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use url::Url;

use super::Error;
use crate::archive::{Archive, View};
use crate::model::SourceId;

const NOTE: &str = "fresh lists";
/// Of the time that a list says, the part for which it is believed: a run that comes a second early is not to be for nothing.
const PART: f64 = 0.9;

/// Until when each list stays as it is.
type Lists = BTreeMap<String, DateTime<Utc>>;

/// What lists said, in this run and before.
pub(super) struct Fresh {
    now: DateTime<Utc>,
    before: Lists,
    is_believed: bool,
    said: Mutex<Heard>,
}

#[derive(Default)]
struct Heard {
    /// By sources of which not everything is archived yet.
    pending: HashMap<SourceId, Lists>,
    settled: Lists,
}

impl Fresh {
    /// What is known at the beginning of a run.
    pub(super) fn known(view: &View, now: DateTime<Utc>) -> Result<Fresh, Error> {
        let note = view.note(NOTE)?;
        // What another version wrote is not known.
        let mut before: Lists = note.and_then(|note| serde_json::from_str(&note).ok()).unwrap_or_default();
        // Nobody is believed for longer: a clock was ahead.
        before.retain(|_, until| *until > now && *until <= now + TimeDelta::hours(6));
        Ok(Fresh { now, before, is_believed: true, said: Mutex::default() })
    }

    /// The same for a run that asks in any case.
    pub(super) fn disbelieved(self) -> Fresh {
        Fresh { is_believed: false, ..self }
    }

    /// Whether the list at `url` is as it was.
    pub(super) fn holds(&self, url: &Url) -> bool {
        self.is_believed && self.before.contains_key(url.as_str())
    }

    /// The list at `url`, of `source`, says how long it stays as it is.
    pub(super) fn hear(&self, source: &SourceId, url: &Url, says: Option<Duration>) {
        let Some(stays) = says.and_then(|says| TimeDelta::from_std(says.mul_f64(PART)).ok()) else { return };
        let until = (self.now + stays).trunc_subsecs(0);
        let mut said = self.said.lock().unwrap_or_else(PoisonError::into_inner);
        said.pending.entry(source.clone()).or_default().insert(url.to_string(), until);
    }

    /// What `source` listed is archived: nothing is missed where its lists are not asked for.
    pub(super) fn settle(&self, source: &SourceId) {
        let mut said = self.said.lock().unwrap_or_else(PoisonError::into_inner);
        let lists = said.pending.remove(source).unwrap_or_default();
        said.settled.extend(lists);
    }

    /// What is to be noted for later runs.
    pub(super) fn into_noted(self) -> BTreeMap<String, DateTime<Utc>> {
        let said = self.said.into_inner().unwrap_or_else(PoisonError::into_inner);
        let mut lists = self.before;
        lists.extend(said.settled);
        lists
    }
}

/// Notes what lists said.
pub(super) fn note(archive: &mut Archive, lists: &BTreeMap<String, DateTime<Utc>>) -> Result<(), Error> {
    let note = serde_json::to_string(lists).expect("plain values serialise");
    let before = archive.view().note(NOTE)?;
    if before.as_ref() == Some(&note) || before.is_none() && lists.is_empty() {
        return Ok(());
    }
    archive.set_note(NOTE, &note)?;
    Ok(archive.commit()?)
}
