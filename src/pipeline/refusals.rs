//! Which hosts refused to show pages lately. Like all that is only worth knowing, it is noted in the index alone.

use std::collections::BTreeMap;

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::Error;
use crate::archive::{Archive, View};
use crate::fetch::{Refusal, Refusals};

const NOTE: &str = "refusals";
/// So many days a refusal is remembered.
pub const REFUSALS_DAYS: i64 = 30;

/// How often a host refused to show a page in one way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refused {
    /// How many times, since it last did not for [`REFUSALS_DAYS`].
    pub times: u32,
    /// When it did last.
    pub last: DateTime<Utc>,
}

/// What hosts refused, by host and kind.
pub type RefusedByHost = BTreeMap<String, BTreeMap<Refusal, Refused>>;

/// Which hosts refused pages in the [`REFUSALS_DAYS`] before `now`.
///
/// # Errors
/// [`Error`] if the index cannot be read.
pub fn refusals(view: &View, now: DateTime<Utc>) -> Result<RefusedByHost, Error> {
    let note = view.note(NOTE)?;
    // What another version wrote is not known.
    let mut hosts: RefusedByHost = note.and_then(|note| serde_json::from_str(&note).ok()).unwrap_or_default();
    for kinds in hosts.values_mut() {
        kinds.retain(|_, refused| now - refused.last < TimeDelta::days(REFUSALS_DAYS));
    }
    hosts.retain(|_, kinds| !kinds.is_empty());
    Ok(hosts)
}

/// Notes what was refused in a run that began `now`.
pub(super) fn note(archive: &mut Archive, refused: Refusals, now: DateTime<Utc>) -> Result<(), Error> {
    let mut hosts = refusals(archive.view(), now)?;
    let last = now.trunc_subsecs(0);
    for (host, kinds) in refused {
        let known = hosts.entry(host).or_default();
        for (kind, times) in kinds {
            let before = known.get(&kind).map_or(0, |refused| refused.times);
            known.insert(kind, Refused { times: before.saturating_add(times), last });
        }
    }
    let note = serde_json::to_string(&hosts).expect("plain values serialise");
    let before = archive.view().note(NOTE)?;
    if before.as_ref() == Some(&note) || before.is_none() && hosts.is_empty() {
        return Ok(());
    }
    archive.set_note(NOTE, &note)?;
    Ok(archive.commit()?)
}
