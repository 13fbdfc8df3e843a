//! The further pages on which an article stands: kept after it, and read back with it.

use chrono::SubsecRound;

use super::keep::Verdict;
use super::new_capture::Kept;
use crate::Archive;
use crate::error::Error;
use crate::index::state::FurtherPage;
use crate::index::{self, PartRow, Prior};
use crate::model::{ArticleId, Capture, SourceId, Validators};
use crate::read::view::View;
use crate::record::Note;
use crate::warc::Damage;

impl Archive {
    /// Keeps the further pages on which the newest revision of an article stands, in their order.
    ///
    /// # Errors
    /// [`Error`] if the archive cannot be read or written.
    pub fn keep_parts(
        &mut self,
        source: &SourceId,
        verdict: &Verdict,
        captures: &[Capture],
    ) -> Result<(), Error> {
        for capture in captures {
            self.change(|archive| archive.part(source, verdict, capture))?;
        }
        Ok(())
    }

    pub(crate) fn part(
        &mut self,
        source: &SourceId,
        verdict: &Verdict,
        capture: &Capture,
    ) -> Result<(), Error> {
        let at = capture.fetched_at.trunc_subsecs(0);
        let before = self.log.end()?.1;
        let response = self.log.exchange(capture)?;
        let note = Note::Part {
            source: source.clone(),
            of: verdict.id,
            revision: verdict.revision,
            url: capture.url.clone(),
            at,
            payload: capture.payload_digest(),
            hops: capture.hops.clone(),
        };
        let written = self.write_note(capture.url.as_str(), at, Some(&response), &note)?;
        let place = self.place(before, Some(response), written)?;
        index::apply_note(&self.view.index, &note, &place).map_err(self.view.in_index())
    }
}

impl View {
    /// The further pages on which the article stands, in their order, as far as their captures are there. Their requests
    /// are left out.
    ///
    /// # Errors
    /// [`Error`] if the index or a WARC file cannot be read.
    pub fn parts_of(&self, id: &ArticleId) -> Result<Vec<Capture>, Error> {
        let sequence = self.index.sequence_of(id).map_err(self.in_index())?;
        sequence.map_or_else(|| Ok(Vec::new()), |sequence| self.parts(sequence))
    }

    /// The same of the article with this number.
    pub(crate) fn parts(&self, sequence: u64) -> Result<Vec<Capture>, Error> {
        let rows = self.index.parts(sequence).map_err(self.in_index())?;
        let parts = rows.into_iter().map(|row| self.part(row));
        parts.filter_map(Result::transpose).collect()
    }

    /// The further pages of an article, as they can be asked again.
    ///
    /// # Errors
    /// [`Error`] if the index or a WARC file cannot be read.
    pub fn further_pages(&self, id: &ArticleId) -> Result<Vec<FurtherPage>, Error> {
        let page = |capture: Capture| FurtherPage {
            validators: Validators::of(&capture),
            payload: capture.payload_digest(),
            url: capture.url,
        };
        Ok(self.parts_of(id)?.into_iter().map(page).collect())
    }

    fn part(&self, row: PartRow) -> Result<Option<Capture>, Error> {
        let Some(response) = row.response else { return Ok(None) };
        let (_, block) = self.record(&row.note)?;
        let note = serde_json::from_slice(&block);
        let note: Note = note.map_err(|source| self.damaged(&row.note, Damage::Content(source)))?;
        let Note::Part { hops, .. } = note else { return Err(self.damaged(&row.note, Damage::Head)) };
        Ok(Some(Capture { hops, ..self.capture_at(&response)? }))
    }

    /// Whether `kept` was read from the very bytes that `prior` was, those of further pages too.
    pub(crate) fn is_of_the_same_bytes(&self, prior: &Prior, kept: &Kept<'_>) -> Result<bool, Error> {
        if prior.payload != kept.capture.payload_digest() {
            return Ok(false);
        }
        let before = self.parts(prior.row.sequence)?;
        // Captures may have been let go, and rules that led to further pages may have come or gone.
        Ok(before.is_empty()
            || kept.further.is_empty()
            || before
                .iter()
                .map(Capture::payload_digest)
                .eq(kept.further.iter().map(Capture::payload_digest)))
    }
}
