//! Letting a page pass that was held back: its owner has looked at it. That is a record too, so that the page passes
//! again when it is read again.

use chrono::{DateTime, Utc};

use super::keep::Verdict;
use super::neighbours::Neighbours;
use super::new_capture::{Kept, Sign};
use crate::Archive;
use crate::error::Error;
use crate::index::HeldRow;
use crate::model::{Article, ArticleId, Candidate, CanonicalUrl, Capture, Held, SourceId};
use crate::read::view::View;
use crate::record::Note;
use crate::record::key::{key, key_of};
use crate::warc::Damage;
use crate::write::sighting::{Seen, Sought};

/// A page that is held back, with what it answered.
#[derive(Clone, Debug)]
pub struct HeldCapture {
    /// Why and since when.
    pub held: Held,
    /// The source that found it.
    pub source: SourceId,
    /// The link that led to it.
    pub candidate: Candidate,
    /// What it answered. Its request stands apart and is left out.
    pub capture: Capture,
    /// The further pages on which its article stands, as the archive has them.
    pub parts: Vec<Capture>,
}

impl View {
    /// The page that is held back under `url`, or under another URL of the same article.
    ///
    /// # Errors
    /// [`Error`] if the index or the WARC file cannot be read.
    pub fn held_at(&self, url: &CanonicalUrl) -> Result<Option<HeldCapture>, Error> {
        let index = &self.index;
        let row = index.held_key(&key(url.as_url())).and_then(|key| index.held_at(&key));
        row.map_err(self.in_index())?.map(|row| self.held_capture(row)).transpose()
    }

    /// The page that is held back and is, or would be, the article with this identity.
    ///
    /// # Errors
    /// [`Error`] if the index or the WARC file cannot be read.
    pub fn held_with(&self, id: &ArticleId) -> Result<Option<HeldCapture>, Error> {
        let known = self.index.sequence_of(id).map_err(self.in_index())?;
        let row = match known {
            Some(sequence) => {
                let key = self.index.row(sequence).map_err(self.in_index())?.key();
                self.index.held_at(&key)
            }
            None => self.index.held_where(|row| ArticleId::of(&row.asked) == *id),
        };
        row.map_err(self.in_index())?.map(|row| self.held_capture(row)).transpose()
    }

    /// Whether the owner let the page at `url` pass whatever is held against it by the word `hold`.
    ///
    /// # Errors
    /// [`Error::Index`] if the index cannot be read.
    pub fn is_released(&self, url: &CanonicalUrl, hold: &str) -> Result<bool, Error> {
        let index = &self.index;
        let released = index.held_key(&key(url.as_url())).and_then(|key| index.is_released(&key, hold));
        released.map_err(self.in_index())
    }

    fn held_capture(&self, row: HeldRow) -> Result<HeldCapture, Error> {
        let (note, response) = (row.note, row.response);
        let (_, block) = self.record(&note)?;
        let read = serde_json::from_slice(&block);
        let read: Note = read.map_err(|source| self.damaged(&note, Damage::Content(source)))?;
        let (Note::Rejected { candidate, hops, .. }, Some(response)) = (read, response) else {
            return Err(self.damaged(&note, Damage::Head));
        };
        let capture = Capture { hops, ..self.capture_at(&response)? };
        let known = self.index.article_at(&key_of(&candidate)).map_err(self.in_index())?;
        let parts = known.map_or_else(|| Ok(Vec::new()), |sequence| self.parts(sequence))?;
        let source = row.source.clone();
        Ok(HeldCapture { held: self.held(row)?, source, candidate: *candidate, capture, parts })
    }
}

impl Archive {
    /// Keeps `article`, which was read from a page that is held back and from its parts, and lets that page pass from now on whatever is
    /// held against it by the same word.
    ///
    /// # Errors
    /// [`Error`] if the archive cannot be read or written.
    pub fn release(
        &mut self,
        page: &HeldCapture,
        article: &Article,
        now: DateTime<Utc>,
    ) -> Result<Verdict, Error> {
        let HeldCapture { held, source, candidate, capture, parts } = page;
        self.change(|archive| {
            let note = Note::Released {
                source: source.clone(),
                url: candidate.url.clone(),
                item: candidate.item.clone(),
                hold: held.hold.clone(),
            };
            let before = archive.log.end()?.1;
            let written = archive.write_note(candidate.url.as_str(), now, None, &note)?;
            let place = archive.place(before, None, written)?;
            let released = archive.view.index.released(
                source,
                (&candidate.url, candidate.item.as_deref()),
                &held.hold,
                &place,
            );
            released.map_err(archive.view.in_index())?;
            let seen = Seen { at: now, position: 0, sought: Sought::News };
            let (sign, neighbours) = (Sign::default(), Neighbours::default());
            let kept = Kept { source, candidate, capture, further: parts, article, seen, sign, neighbours };
            let verdict = archive.article(&kept)?;
            if verdict.is_news() {
                parts.iter().try_for_each(|part| archive.part(source, &verdict, part))?;
            }
            Ok(verdict)
        })
    }
}
