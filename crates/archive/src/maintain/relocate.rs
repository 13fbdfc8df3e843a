//! Brings the index in line with a file that was written anew: its records stand elsewhere now, and captures may be
//! gone. What they say has not changed.

use std::collections::HashSet;

use super::replay::{Fact, Facts, Said};
use crate::error::Error;
use crate::index::state::Kind;
use crate::index::{Index, Place};
use crate::model::CanonicalUrl;
use crate::record::Note;
use crate::store::segments::Segment;

/// Whether all that the index has of `segment` is still in it. Where it is not, the index has to be made again.
pub(crate) fn relocate(index: &Index, segment: &Segment) -> Result<bool, Error> {
    let in_index = |source| Error::Index { path: index.path().to_owned(), source };
    let number = index.segment(&segment.name).map_err(in_index)?;
    index
        .forget_volumes(number)
        .and_then(|()| index.forget_parts(number))
        .and_then(|()| index.forget_pictures(number))
        .map_err(in_index)?;
    // Of two records of one revision the later counts.
    let (mut moved, mut held) = (HashSet::new(), HashSet::new());
    for item in Facts::of(segment, 0)? {
        let Some(Said { fact, record, response, bytes, .. }) = item?.said() else { continue };
        let place = Place { segment: number, record, response, bytes };
        let (source, captured, said) = match &fact {
            Fact::Article(conversion) => {
                let about = &conversion.about;
                if index.move_revision(&about.id, about.revision, &place).map_err(in_index)? {
                    moved.insert((about.id, about.revision));
                }
                (&about.found_by, Kind::Captures, Kind::Articles)
            }
            Fact::Note(note) => {
                if let Note::Rejected { candidate, hold: Some(_), .. } = &**note
                    && let Ok(asked) = CanonicalUrl::of(&candidate.url)
                    && index.move_held(&asked, &place).map_err(in_index)?
                {
                    held.insert(asked.as_str().to_owned());
                }
                if let Note::Part { of, revision, .. } = &**note {
                    index.add_part(of, *revision, &place).map_err(in_index)?;
                }
                if let (Note::Picture { payload, picture, .. }, Some(response)) = (&**note, response) {
                    index.place_picture(payload, picture, number, response).map_err(in_index)?;
                }
                (note.source(), captured_as(note), Kind::Notes)
            }
        };
        index.count(source, &place, captured, said).map_err(in_index)?;
    }
    Ok(moved.len() == index.revisions_in(number).map_err(in_index)?
        && held.len() == index.held_in(number).map_err(in_index)?)
}

fn captured_as(note: &Note) -> Kind {
    match note {
        Note::Listing { .. } => Kind::Listings,
        Note::Part { .. } => Kind::Captures,
        Note::Rejected { .. } => Kind::Rejected,
        Note::Picture { .. } | Note::NoPicture { .. } => Kind::Pictures,
        Note::Found { .. }
        | Note::Mended { .. }
        | Note::Released { .. }
        | Note::Home { .. }
        | Note::Withdrawn { .. }
        | Note::Restored { .. }
        | Note::Health(_) => Kind::Notes,
    }
}
