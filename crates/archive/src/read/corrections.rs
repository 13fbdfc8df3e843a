//! What articles said differently than before: their substantive revisions, each with the words that changed.

use super::history::changed_words;
use super::view::View;
use crate::error::Error;
use crate::model::{ArticleId, Correction, Entry, SourceId};

impl View {
    /// The newest substantive revisions of articles that one of `sources` found, newest first.
    ///
    /// # Errors
    /// [`Error`] if the index or a WARC file cannot be read.
    pub fn corrections(&self, sources: &[SourceId], newest: usize) -> Result<Vec<Correction>, Error> {
        let found = self.index.corrections(sources, newest).map_err(self.in_index())?;
        let corrections = found.into_iter().map(|(article, number)| self.correction(article, number));
        let mut corrections = corrections.collect::<Result<Vec<_>, Error>>()?;
        // Sources are read side by side: which of them was done first must not show.
        corrections.sort_by(|one, other| {
            let key = |it: &Correction| (it.entry.updated, it.entry.rank, it.entry.id, it.entry.revision);
            key(other).cmp(&key(one))
        });
        Ok(corrections)
    }

    /// The newest substantive revisions of an article, newest first.
    ///
    /// # Errors
    /// [`Error`] if the index or a WARC file cannot be read.
    pub fn corrections_of(&self, id: &ArticleId, newest: usize) -> Result<Vec<Correction>, Error> {
        let Some(article) = self.index.sequence_of(id).map_err(self.in_index())? else {
            return Ok(Vec::new());
        };
        let numbers = self.index.corrections_of(article, newest).map_err(self.in_index())?;
        numbers.into_iter().map(|number| self.correction(article, number)).collect()
    }

    fn correction(&self, article: u64, number: u32) -> Result<Correction, Error> {
        let numbers = self.index.revision_numbers(article).map_err(self.in_index())?;
        // One that was lost with its record is passed over.
        let earlier = numbers.into_iter().filter(|earlier| *earlier < number).max();
        let before = earlier.map(|earlier| self.entry_at_revision(article, earlier)).transpose()?;
        let entry = self.entry_at_revision(article, number)?;
        let changed = |before: &Entry| changed_words(&before.article, &entry.article);
        let passages = before.as_ref().map(changed).unwrap_or_default();
        Ok(Correction { entry, before, passages })
    }

    /// An article as a revision left it; as it is, if the record of that was lost.
    pub(super) fn entry_at_revision(&self, article: u64, number: u32) -> Result<Entry, Error> {
        let row = self.index.row(article).map_err(self.in_index())?;
        let place = self.index.revision_at(article, number).map_err(self.in_index())?;
        let after = self.conversion(place.as_ref().unwrap_or(&row.conversion))?;
        Ok(Entry {
            id: row.id,
            source: row.source,
            url: row.url,
            first_title: row.first_title,
            first_seen: row.first_seen,
            updated: after.about.updated,
            not_after: self.latest_in(row.conversion.segment)?,
            sequence: row.sequence,
            rank: row.rank,
            revision: number,
            stated: after.article.last_stated(),
            enclosures: after.candidate.enclosures,
            comments: after.candidate.comments,
            article: after.article,
        })
    }
}
