//! What each note of the records means for the index.

use rusqlite::Result;

use super::pictures::FailedPicture;
use super::state::Kind;
use super::{FoundAgain, Index, ListingFact, Place, Trouble};
use crate::record::Note;
use crate::record::key::{is_permanent, key_of, keyed};

/// Adds `note`, whose record is at `place`, to `index`.
pub(crate) fn apply_note(index: &Index, note: &Note, place: &Place) -> Result<()> {
    match note {
        Note::Found { id, source, rank, aliases, guid, run } => {
            let run = if *run == 0 { rank.run } else { *run };
            let finding = FoundAgain { source, rank: *rank, aliases, guid: guid.as_deref(), run };
            index.found_again(id, &finding, place)
        }
        Note::Listing { source, url, answered, at, hops, validators, payload } => {
            let moved = is_permanent(hops);
            let fact = ListingFact { source, url, answered, moved, validators, payload, at: *at };
            index.listing_changed(&fact, place)
        }
        Note::Rejected { source, candidate, reason, failures, next_try_at, payload, .. } => {
            let trouble = Trouble {
                source,
                candidate,
                reason,
                failures: *failures,
                next_try_at: *next_try_at,
                payload: payload.as_ref(),
            };
            index.rejected(note, place)?;
            index.page_failed(&key_of(candidate), &trouble, place)
        }
        Note::Part { source, of, revision, .. } => {
            index.add_part(of, *revision, place)?;
            index.count(source, place, Kind::Captures, Kind::Notes)
        }
        Note::Mended { source, url, item } => index.page_mended(&keyed(url, item.as_deref()), source, place),
        Note::Released { source, url, item, hold } => {
            index.released(source, (url, item.as_deref()), hold, place)
        }
        Note::Home { source, home } => index.at_home(source, home, place),
        Note::Withdrawn { source, id, reason, .. } => index.withdraw(source, id, Some(reason), place),
        Note::Restored { source, id } => index.withdraw(source, id, None, place),
        Note::Picture { source, url, validators, payload, picture, .. } => {
            index.picture_kept(url, payload, validators, picture, place)?;
            index.count(source, place, Kind::Pictures, Kind::Notes)
        }
        Note::NoPicture { source, url, reason, failures, next_try_at, is_let_go, .. } => {
            let failed = FailedPicture {
                reason,
                failures: *failures,
                next_try_at: *next_try_at,
                is_let_go: *is_let_go,
            };
            index.picture_failed(url, &failed)?;
            index.count(source, place, Kind::Pictures, Kind::Notes)
        }
        Note::Health(event) => index.happened(event, place),
    }
}
