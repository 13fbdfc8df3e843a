//! What comes in from WARC files that anyone wrote: this program's own records, taken as they are, and pages, which are
//! for others to make articles of. What is neither is counted and told.

mod claims;
mod file;
mod intake;
mod own;
mod past;
mod preview;
mod zstd;

use std::collections::HashSet;
use std::fs::File;
use std::path::Path;

use chrono::{DateTime, Utc};

use crate::Archive;
use crate::error::{Action, Error};
use crate::model::ArticleId;
use crate::read::view::View;
use crate::store::segments;
use crate::warc::{Reader, RecordId, RecordType, Step};

pub use file::{Content, content};
pub use intake::{Intake, Item, Passed};
pub use own::{Own, Taken};
pub use preview::Preview;

/// An import under way.
#[derive(Debug)]
pub struct Import<'a> {
    archive: &'a mut Archive,
    now: DateTime<Utc>,
    /// The records by which this archive says something: none is taken in twice.
    known: HashSet<RecordId>,
    /// The articles that came in: their histories come whole from where they came.
    came: HashSet<ArticleId>,
}

impl<'a> Import<'a> {
    /// Begins one; for that it reads which records the archive has.
    ///
    /// # Errors
    /// [`Error`] if the archive cannot be read.
    pub fn begin(archive: &'a mut Archive, now: DateTime<Utc>) -> Result<Import<'a>, Error> {
        let known = facts(&archive.view.archive)?;
        Ok(Import { archive, now, known, came: HashSet::new() })
    }

    /// What can be read of the archive.
    #[must_use]
    pub fn view(&self) -> &View {
        &self.archive.view
    }

    /// The number of this run.
    #[must_use]
    pub fn run(&self) -> u64 {
        self.archive.run
    }

    /// Makes everything that was taken in part of the archive.
    ///
    /// # Errors
    /// [`Error`] if the archive cannot be written; it is then as it was at the last commit.
    pub fn commit(&mut self) -> Result<(), Error> {
        self.archive.commit()
    }
}

/// The ids of all records that say something.
fn facts(archive: &Path) -> Result<HashSet<RecordId>, Error> {
    let mut known = HashSet::new();
    for segment in segments::list(archive)? {
        let path = segment.path.as_path();
        let file = File::open(path).map_err(Error::io(Action::Open, path))?;
        let mut reader = Reader::new(file, 0).map_err(Error::io(Action::Read, path))?;
        loop {
            match reader.step(|_| false).map_err(Error::io(Action::Read, path))? {
                Step::Record(found) => known.extend(found.head.id().filter(|_| is_fact(found.head.kind()))),
                Step::Damaged { .. } => {}
                Step::End => break,
            }
        }
    }
    Ok(known)
}

fn is_fact(kind: RecordType) -> bool {
    matches!(kind, RecordType::Conversion | RecordType::Metadata)
}
