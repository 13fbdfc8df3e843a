//! Taking an article down and publishing it again, and what else the owner or the source says of a source for good. Each
//! is a record, so that it holds when the index is made again.

use chrono::{DateTime, SubsecRound, Utc};
use url::Url;

use crate::Archive;
use crate::error::Error;
use crate::index::Place;
use crate::index::state::WithdrawnArticle;
use crate::model::{ArticleId, SourceId};
use crate::read::view::View;
use crate::record::Note;

impl View {
    /// Why the article is taken down; `None` if it is not.
    ///
    /// # Errors
    /// [`Error::Index`] if the index cannot be read.
    pub fn withdrawn(&self, id: &ArticleId) -> Result<Option<String>, Error> {
        self.index.reason_of_withdrawal(id).map_err(self.in_index())
    }

    /// The articles of `source` that are taken down, the longest known first.
    ///
    /// # Errors
    /// [`Error::Index`] if the index cannot be read.
    pub fn withdrawn_of(&self, source: &SourceId) -> Result<Vec<WithdrawnArticle>, Error> {
        self.index.withdrawn_of(source).map_err(self.in_index())
    }

    /// How often an article was taken down or published again.
    ///
    /// # Errors
    /// [`Error::Index`] if the index cannot be read.
    pub fn withdrawals(&self) -> Result<u64, Error> {
        self.index.withdrawals().map_err(self.in_index())
    }

    /// The site that the feed of `source` says it is of.
    ///
    /// # Errors
    /// [`Error::Index`] if the index cannot be read.
    pub fn home_of(&self, source: &SourceId) -> Result<Option<Url>, Error> {
        let home = self.index.home_of(source).map_err(self.in_index())?;
        Ok(home.and_then(|home| Url::parse(&home).ok()))
    }
}

impl Archive {
    /// Takes an article down: it is published no longer. Whether it was published.
    ///
    /// # Errors
    /// [`Error`] if the archive cannot be read or written.
    pub fn withdraw(&mut self, id: &ArticleId, reason: &str, now: DateTime<Utc>) -> Result<bool, Error> {
        let at = now.trunc_subsecs(0);
        let note = |source| Note::Withdrawn { source, id: *id, reason: reason.to_owned(), at };
        self.take_down(id, Some(reason), now, note)
    }

    /// Publishes an article again that was taken down. Whether it was.
    ///
    /// # Errors
    /// [`Error`] if the archive cannot be read or written.
    pub fn restore(&mut self, id: &ArticleId, now: DateTime<Utc>) -> Result<bool, Error> {
        self.take_down(id, None, now, |source| Note::Restored { source, id: *id })
    }

    fn take_down(
        &mut self,
        id: &ArticleId,
        reason: Option<&str>,
        now: DateTime<Utc>,
        note: impl FnOnce(SourceId) -> Note,
    ) -> Result<bool, Error> {
        self.change(|archive| {
            let in_index = || archive.view.in_index();
            let Some(sequence) = archive.view.index.sequence_of(id).map_err(in_index())? else {
                return Ok(false);
            };
            if archive.view.index.is_withdrawn(id).map_err(in_index())? == reason.is_some() {
                return Ok(false);
            }
            let row = archive.view.index.row(sequence).map_err(in_index())?;
            let place = archive.noted(row.url.as_str(), now, &note(row.source.clone()))?;
            let withdrawn = archive.view.index.withdraw(&row.source, id, reason, &place);
            withdrawn.map_err(archive.view.in_index())?;
            Ok(true)
        })
    }

    /// Notes of which site the feed of `source` says it is, if that is news.
    ///
    /// # Errors
    /// [`Error`] if the archive cannot be read or written.
    pub fn note_home(&mut self, source: &SourceId, home: &Url, now: DateTime<Utc>) -> Result<(), Error> {
        self.change(|archive| {
            if archive.view.home_of(source)?.as_ref() == Some(home) {
                return Ok(());
            }
            let note = Note::Home { source: source.clone(), home: home.clone() };
            let place = archive.noted(&format!("source:{source}"), now, &note)?;
            archive.view.index.at_home(source, home, &place).map_err(archive.view.in_index())
        })
    }

    fn noted(&mut self, target: &str, now: DateTime<Utc>, note: &Note) -> Result<Place, Error> {
        let before = self.log.end()?.1;
        let written = self.write_note(target, now, None, note)?;
        self.place(before, None, written)
    }
}
