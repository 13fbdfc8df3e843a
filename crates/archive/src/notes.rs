//! What a run notes without having anything to keep.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use super::Archive;
use super::error::Error;
use super::identity::key;
use super::seen::Seen;
use crate::model::{ArticleId, Candidate, SourceId};

impl Archive {
    /// Notes that `source` found an article that is known, without having fetched it.
    ///
    /// # Errors
    /// [`Error`] if the archive cannot be read or written.
    pub fn add_source(&mut self, id: ArticleId, source: &SourceId, seen: Seen) -> Result<(), Error> {
        self.change(|archive| {
            let index = &archive.view.index;
            let Some(sequence) = index.sequence_of(&id).map_err(archive.view.in_index())? else {
                return Ok(());
            };
            if index.is_found_by(sequence, source).map_err(archive.view.in_index())? {
                return Ok(());
            }
            let row = index.row(sequence).map_err(archive.view.in_index())?;
            archive.write_found(&row, source, &[], seen)
        })
    }

    /// Notes that an article's page answered that it has not changed.
    ///
    /// # Errors
    /// [`Error`] if the archive cannot be written.
    pub fn note_not_modified(&mut self, candidate: &Candidate, now: DateTime<Utc>) -> Result<(), Error> {
        self.change(|archive| {
            archive.looked_at(&candidate.url, now)?;
            let index = &archive.view.index;
            let noted = index.article_at(&key(&candidate.url)).and_then(|found| match found {
                Some(sequence) => index.set_hints(sequence, candidate),
                None => Ok(()),
            });
            noted.map_err(archive.view.in_index())?;
            archive.mend(&candidate.url, now)
        })
    }

    /// Notes what `source` lists now, by the keys of URLs: a page that failed and is listed no longer is given up sooner.
    ///
    /// # Errors
    /// [`Error`] if the index cannot be written.
    pub fn note_listed(&mut self, source: &SourceId, keys: &BTreeSet<String>) -> Result<(), Error> {
        self.change(|archive| {
            let noted = archive.view.index.note_listed(source, |key| keys.contains(key));
            noted.map_err(archive.view.in_index())
        })
    }

    /// Remembers the change up to which everything has been published.
    ///
    /// # Errors
    /// [`Error`] if the index cannot be written.
    pub fn set_mark(&mut self, mark: u64) -> Result<(), Error> {
        self.change(|archive| archive.view.set_mark(mark))
    }

    /// Notes `value` under `key`, until the index is made again.
    ///
    /// # Errors
    /// [`Error`] if the index cannot be written.
    pub fn set_note(&mut self, key: &str, value: &str) -> Result<(), Error> {
        self.change(|archive| archive.view.index.set_note(key, value).map_err(archive.view.in_index()))
    }
}
