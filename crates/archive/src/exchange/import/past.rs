//! Captures of the past, which come in after later ones may have been kept.

use chrono::{DateTime, Utc};

use super::Import;
use crate::error::Error;
use crate::write::identity;
use crate::write::keep::Verdict;
use crate::write::new_capture::Kept;
use crate::write::schedule::next_look;

impl Import<'_> {
    /// Keeps an article that was captured at some time. `None` if this archive has a capture of it that is as late: what
    /// an article said before is not written behind what it says now.
    ///
    /// # Errors
    /// [`Error`] if the archive cannot be read or written.
    pub fn keep(&mut self, kept: &Kept<'_>) -> Result<Option<Verdict>, Error> {
        let now = self.now;
        self.archive.change(|archive| {
            let view = &archive.view;
            if let Some(prior) = archive.view.identify(kept, &identity::urls(kept))?.prior() {
                let newest = view.index.captured(prior.row.sequence, prior.row.revision);
                if newest.map_err(view.in_index())? >= kept.capture.fetched_at {
                    return Ok(None);
                }
            }
            let verdict = archive.article(kept)?;
            // The looks that were due in the past are over.
            let view = &archive.view;
            let put_off = || -> rusqlite::Result<()> {
                let Some(sequence) = view.index.sequence_of(&verdict.id)? else { return Ok(()) };
                let first_seen: DateTime<Utc> = view.index.row(sequence)?.first_seen;
                view.index.looked(sequence, next_look(first_seen, kept.article.published, now))
            };
            put_off().map_err(view.in_index())?;
            Ok(Some(verdict))
        })
    }
}
