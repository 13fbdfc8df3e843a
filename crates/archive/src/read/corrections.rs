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
        let in_index = || self.in_index();
        let place = |number| self.index.revision_at(article, number).map_err(in_index());
        let numbers = self.index.revision_numbers(article).map_err(in_index())?;
        // One that was lost with its record is passed over.
        let earlier = numbers.into_iter().filter(|earlier| *earlier < number).max();
        let before = match earlier.map(place).transpose()?.flatten() {
            Some(place) => Some(self.conversion(&place)?.article),
            None => None,
        };
        let row = self.index.row(article).map_err(in_index())?;
        let after = match place(number)? {
            Some(place) => self.conversion(&place)?,
            None => self.conversion(&row.conversion)?,
        };
        let passages = before.map(|before| changed_words(&before, &after.article)).unwrap_or_default();
        let entry = Entry {
            id: row.id,
            source: row.source,
            url: row.url,
            first_seen: row.first_seen,
            updated: after.about.updated,
            not_after: self.latest_in(row.conversion.segment)?,
            sequence: row.sequence,
            rank: row.rank,
            revision: number,
            article: after.article,
        };
        Ok(Correction { entry, passages })
    }
}
