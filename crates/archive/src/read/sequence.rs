//! The events of a feed, from which its archive documents are cut (RFC 5005, section 4).

use serde::{Deserialize, Serialize};

use super::view::View;
use crate::error::Error;
use crate::model::{ArticleId, Entry, SourceId};

/// An event of a feed, by its place in the order of the feed's events. The default comes before the first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Occurrence {
    /// The number of the run that brought it.
    pub(crate) run: u64,
    /// Whether it is a revision. In one run these come after what was found.
    pub(crate) is_revision: bool,
    /// When the article was published, in seconds.
    pub(crate) at: i64,
    /// The article's place in its source's order.
    pub(crate) position: i64,
    /// The article; none before the first event.
    pub id: Option<ArticleId>,
    /// The number of the revision that the event shows.
    pub(crate) revision: u32,
}

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
