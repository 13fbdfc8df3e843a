//! Keeps captures, articles and state: everything in WARC files, with an index beside them that can be made again.
//! What a page says is decided by `extract`; what is shown of it by `publish`.
//!
//! Records are written first, then flushed and synced; then one transaction makes the index point at them. A crash
//! between the two leaves records that the next run reads again, so that the index is at any time what the files say.

mod error;
mod exchange;
mod index;
mod maintain;
mod read;
mod record;
mod store;
mod write;

use std::path::PathBuf;

use chrono::{DateTime, Utc};
use tearsheet_model as model;
use tearsheet_warc as warc;

pub use self::exchange::export::{Exported, Exporting, Shape};
pub use self::exchange::import::{Content, Import, Intake, Item, Own, Passed, Preview, Taken, content};
pub use self::index::search::{Line, SearchIndex};
pub use self::index::state::{
    Count, FailedPage, FurtherPage, Kind, Known, ListingState, Look, Occurrence, PageState, SourceState,
    Volume, WithdrawnArticle,
};
pub use self::maintain::rebuild::{Rebuilt, rebuild};
pub use self::maintain::recovery::{IndexState, Recovery};
pub use self::maintain::repair::{ReadAgain, Repaired, repair};
pub use self::maintain::replay::{Problem, Trouble};
pub use self::maintain::retention::{Pruning, Retention};
pub use self::maintain::verify::{Finding, Flaw, Remedy, Verified, verify};
pub use self::read::entries::{Entries, Selection};
pub use self::read::history::{Revision, changed_fields, changed_words};
pub use self::read::pictures::{PictureCount, PictureState, ShownPicture, WantedPicture, WantedPictures};
pub use self::read::recognition::{Recognised, Recognition};
pub use self::read::search::snippet::Snippet;
pub use self::read::search::{Hit, Hits, Searched};
pub use self::read::view::View;
pub use self::record::Change;
pub use self::write::identity::{Claim, disputed};
pub use self::write::keep::{Outcome, Verdict};
pub use self::write::neighbours::Neighbours;
pub use self::write::new_capture::{Kept, Sign};
pub use self::write::pages::{Attempt, Failed};
pub use self::write::pictures::PictureFailure;
pub use self::write::re_extract::{Reading, is_substantive};
pub use self::write::release::HeldCapture;
pub use self::write::revisions::{Alike, Reviewed, changed_alike};
pub use self::write::sighting::{Seen, Sought};
pub use error::{Action, Error};
pub use warc::Damage;

use self::record::Note;
use self::store::lock::Lock;
use self::store::log::{Log, Written};
use self::write::schedule::next_look;
use crate::record::key::key_of;
use index::Place;
use warc::Span;

use crate::model::Candidate;

/// Where the archive lives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The archive's folder.
    pub path: PathBuf,
}

/// An archive that this process alone may write. What is written becomes part of it with [`Archive::commit`].
#[derive(Debug)]
pub struct Archive {
    view: View,
    log: Log,
    /// The number of this run: that of the first file that it writes.
    run: u64,
    /// Held until the archive is dropped.
    _lock: Lock,
}

impl Archive {
    /// What can be read of it. It shows what this process has written, committed or not.
    #[must_use]
    pub fn view(&self) -> &View {
        &self.view
    }

    /// The number of this run: a later run has a greater one, if this one has anything to keep.
    #[must_use]
    pub fn run(&self) -> u64 {
        self.run
    }

    /// Makes everything since the last commit part of the archive: records first, then the index that points at them.
    ///
    /// # Errors
    /// [`Error`] if the archive cannot be written; it is then as it was at the last commit, but for records that are
    /// whole on the disk and that the index may not know yet: the next run reads them.
    pub fn commit(&mut self) -> Result<(), Error> {
        let synced = self.sync();
        self.or_take_back(synced)?;
        if let Err(source) = self.view.index.commit() {
            // Whether the index has it after all is not known before it is opened anew: its records have to stay.
            let _ = self.view.index.roll_back();
            return Err(self.log.abandon(self.view.in_index()(source)));
        }
        self.log.committed()
    }

    /// Makes the records last, and lets the index know how far they go.
    fn sync(&mut self) -> Result<(), Error> {
        self.log.sync()?;
        let index = &self.view.index;
        if let Some((name, length)) = self.log.written() {
            index.begin().map_err(self.view.in_index())?;
            index.set_mark(name, length).map_err(self.view.in_index())?;
        }
        Ok(())
    }

    /// Commits, and gives the file that was written its final name.
    ///
    /// # Errors
    /// [`Error`] if the archive cannot be written.
    pub fn close(mut self) -> Result<(), Error> {
        self.commit()?;
        self.log.close()
    }

    /// Takes back everything since the last commit.
    pub fn take_back(&mut self) {
        // SQLite rolls back by itself where this fails.
        let _ = self.view.index.roll_back();
        self.log.take_back();
    }

    /// Does `work`, whose writes belong together. If it fails, everything since the last commit is taken back.
    fn change<T>(&mut self, work: impl FnOnce(&mut Archive) -> Result<T, Error>) -> Result<T, Error> {
        let begun = self.view.index.begin().map_err(self.view.in_index());
        let done = begun.and_then(|()| work(self)).and_then(|done| self.log.flush().map(|()| done));
        self.or_take_back(done)
    }

    fn or_take_back<T>(&mut self, done: Result<T, Error>) -> Result<T, Error> {
        if done.is_err() {
            // The first error says what is wrong.
            self.take_back();
        }
        done
    }

    /// Writes a note about `response`, or about `target` where there is none.
    fn write_note(
        &mut self,
        target: &str,
        at: DateTime<Utc>,
        response: Option<&Written>,
        note: &Note,
    ) -> Result<Written, Error> {
        let block = serde_json::to_vec(note).expect("plain values serialise");
        self.log.note(target, at, response, &block)
    }

    /// Where the group stands that began at `before` and ended with `record`.
    fn place(&mut self, before: u64, response: Option<Written>, record: Written) -> Result<Place, Error> {
        self.place_of(before, response.map(|response| response.span), record.span)
    }

    fn place_of(&mut self, before: u64, response: Option<Span>, record: Span) -> Result<Place, Error> {
        let (name, end) = self.log.end()?;
        let segment = self.view.index.segment(name).map_err(self.view.in_index())?;
        Ok(Place { segment, record, response, bytes: end - before })
    }

    /// The article of `candidate`, if it is one, has been looked at. Whether it is one.
    fn looked_at(&mut self, candidate: &Candidate, at: DateTime<Utc>) -> Result<bool, Error> {
        let index = &self.view.index;
        let looked = || {
            let Some(sequence) = index.article_at(&key_of(candidate))? else { return Ok(false) };
            if index.next_look(sequence)?.is_some() {
                index.looked(sequence, next_look(index.row(sequence)?.first_seen, None, at))?;
            }
            Ok(true)
        };
        looked().map_err(self.view.in_index())
    }
}
