//! Reads a WARC file into the index: after a crash what the index has not seen yet, for a rebuild everything.
//! A record that cannot be used is a problem that is told; those around it count.

mod ahead;
mod read;

use std::fmt;
use std::path::PathBuf;

use chrono::{DateTime, Utc};

use crate::error::Error;
use crate::index::{self, Index, Place};
use crate::record::{Conversion, Outline};
use crate::store::segments::Segment;
use crate::warc::Damage;
use crate::write::schedule::next_look_at;

pub(crate) use ahead::in_order;
pub(crate) use read::{Fact, Facts, Said};
use read::{Item, What};

/// What cannot be used of a WARC file.
#[derive(Debug)]
pub struct Problem {
    /// The file.
    pub path: PathBuf,
    /// Where it begins in the file.
    pub offset: u64,
    /// Its length in bytes.
    pub length: u64,
    /// What is wrong.
    pub trouble: Trouble,
}

impl fmt::Display for Problem {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Problem { path, offset, length, trouble } = self;
        write!(out, "{}: {length} bytes at {offset} cannot be used: {trouble}", path.display())
    }
}

/// What is wrong with a record.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    /// It is damaged.
    #[error(transparent)]
    Damaged(Damage),
    /// Another program wrote it.
    #[error("it holds `{content_type}`, which another program wrote")]
    Foreign {
        /// What it says it holds.
        content_type: String,
    },
}

/// What reading a file gave.
#[derive(Debug)]
pub(crate) struct Replayed {
    /// The end of the last whole record.
    pub(crate) end: u64,
    /// Records read, without those that only describe the file.
    pub(crate) records: u64,
    pub(crate) problems: Vec<Problem>,
}

/// Reads `segment` from `from` on into `index`; `progress` is told how many bytes of it are done.
pub(crate) fn segment(
    index: &Index,
    segment: &Segment,
    from: u64,
    now: DateTime<Utc>,
    progress: &mut dyn FnMut(u64),
) -> Result<Replayed, Error> {
    let facts = Facts::of(segment, from)?;
    let replayed = fold(index, segment, facts, now, progress)?;
    Ok(Replayed { end: replayed.end.max(from), ..replayed })
}

/// Folds what was read of `segment` into `index`.
pub(crate) fn fold(
    index: &Index,
    segment: &Segment,
    items: impl Iterator<Item = Result<Item, Error>>,
    now: DateTime<Utc>,
    progress: &mut dyn FnMut(u64),
) -> Result<Replayed, Error> {
    let in_index = |source| Error::Index { path: index.path().to_owned(), source };
    let number = index.segment(&segment.name).map_err(in_index)?;
    let mut replayed = Replayed { end: 0, records: 0, problems: Vec::new() };
    for item in items {
        let Item { end, is_content, what } = item?;
        replayed.end = end.unwrap_or(replayed.end);
        replayed.records += u64::from(is_content);
        match what {
            What::Nothing => {}
            What::Said(said) => {
                let Said { fact, record, response, bytes, .. } = *said;
                let place = Place { segment: number, record, response, bytes };
                apply(index, &fact, &place, now).map_err(in_index)?;
            }
            What::Problem(problem) => replayed.problems.push(problem),
        }
        progress(replayed.end);
    }
    Ok(replayed)
}

/// Makes `index` say what a record says, whose group stands at `place`.
pub(crate) fn apply(index: &Index, fact: &Fact, place: &Place, now: DateTime<Utc>) -> rusqlite::Result<()> {
    match fact {
        Fact::Article(conversion) => revision(index, conversion, place, now),
        Fact::Note(note) => index::apply_note(index, note, place),
    }
}

fn revision(
    index: &Index,
    conversion: &Conversion<Outline>,
    place: &Place,
    now: DateTime<Utc>,
) -> rusqlite::Result<()> {
    let Conversion { about, candidate, article } = conversion;
    let look = next_look_at(about, candidate, article.published, now.max(about.updated));
    index.revision(about, candidate, look, place)?;
    index.describe(about, article)
}
