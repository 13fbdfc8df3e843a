//! The events of a feed, from which its archive documents are cut (RFC 5005, section 4).

use super::view::View;
use crate::error::Error;
use crate::index::state::Occurrence;
use crate::model::{Entry, SourceId};

impl View {
    /// At most `limit` events of the feed that carries what `sources` found, after this one: articles that were found,
    /// those of the past too, and what was said of them differently later.
    ///
    /// # Errors
    /// [`Error::Index`] if the index cannot be read.
    pub fn events_after(
        &self,
        sources: &[SourceId],
        after: &Occurrence,
        limit: usize,
    ) -> Result<Vec<Occurrence>, Error> {
        self.index.events_after(sources, after, limit).map_err(self.in_index())
    }

    /// The article as it was at this event, taken down or not; `None` if there is none.
    ///
    /// # Errors
    /// [`Error`] if the index or the WARC file cannot be read.
    pub fn entry_at(&self, event: &Occurrence) -> Result<Option<Entry>, Error> {
        let Some(id) = &event.id else { return Ok(None) };
        let sequence = self.index.sequence_of(id).map_err(self.in_index())?;
        sequence.map(|sequence| self.entry_at_revision(sequence, event.revision)).transpose()
    }
}
