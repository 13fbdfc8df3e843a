//! Hosts in trouble from one run to the next: who was told to come again tomorrow does not come again in an hour. Like all
//! that is only worth knowing, they are noted in the index alone.

use super::Error;
use super::context::Asks;
use crate::archive::{Archive, View};
use crate::fetch::HostTroubles;

const NOTE: &str = "hosts in trouble";

/// What is known of hosts, for a run that asks for this.
pub(super) fn known(view: &View, asks: Asks) -> Result<HostTroubles, Error> {
    let note = view.note(NOTE)?;
    // What another version wrote is not known.
    let hosts: HostTroubles = note.and_then(|note| serde_json::from_str(&note).ok()).unwrap_or_default();
    Ok(match asks {
        Asks::Due => hosts,
        // Whoever names a source, or wants everything tried, does not want to wait where no server asked for it.
        Asks::All | Asks::Again => hosts.into_iter().map(|(name, host)| (name, host.asked())).collect(),
    })
}

/// Notes which hosts are in trouble now.
pub(super) fn note(archive: &mut Archive, troubles: &HostTroubles) -> Result<(), Error> {
    let note = serde_json::to_string(troubles).expect("plain values serialise");
    let before = archive.view().note(NOTE)?;
    if before.as_ref() == Some(&note) || before.is_none() && troubles.is_empty() {
        return Ok(());
    }
    archive.set_note(NOTE, &note)?;
    Ok(archive.commit()?)
}
