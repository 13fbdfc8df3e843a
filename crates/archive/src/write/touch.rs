//! What a run notes without having anything to keep.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use super::new_capture::Kept;
use crate::Archive;
use crate::error::Error;
use crate::index::{FoundAgain, Row};
use crate::model::{ArticleId, Candidate, CanonicalUrl, Digest, SourceId};
use crate::record::Note;
use crate::record::key::key_of;
use crate::write::sighting::Seen;

/// An article that was found again.
#[derive(Clone, Copy)]
pub(crate) struct Found<'a> {
    pub(crate) row: &'a Row,
    pub(crate) source: &'a SourceId,
    pub(crate) aliases: &'a [CanonicalUrl],
    /// What the source calls it, if that is news.
    pub(crate) guid: Option<&'a str>,
    pub(crate) seen: Seen,
}

impl<'a> Found<'a> {
    pub(crate) fn by(kept: &Kept<'a>, row: &'a Row, aliases: &'a [CanonicalUrl]) -> Found<'a> {
        Found { row, source: kept.source, aliases, guid: None, seen: kept.seen }
    }
}

impl Archive {
    /// Notes that `source` found an article that is known, without having fetched it, or what it calls it.
    ///
    /// # Errors
    /// [`Error`] if the archive cannot be read or written.
    pub fn add_source(
        &mut self,
        id: ArticleId,
        source: &SourceId,
        guid: Option<&str>,
        seen: Seen,
    ) -> Result<(), Error> {
        self.change(|archive| {
            let index = &archive.view.index;
            let Some(sequence) = index.sequence_of(&id).map_err(archive.view.in_index())? else {
                return Ok(());
            };
            if guid.is_none() && index.is_found_by(sequence, source).map_err(archive.view.in_index())? {
                return Ok(());
            }
            let row = index.row(sequence).map_err(archive.view.in_index())?;
            archive.write_found(&Found { row: &row, source, aliases: &[], guid, seen })
        })
    }

    /// Notes the digest of the text that the feed of an article carries, if none was known.
    ///
    /// # Errors
    /// [`Error`] if the index cannot be written.
    pub fn learn_digest(&mut self, id: ArticleId, digest: &Digest) -> Result<(), Error> {
        self.change(|archive| {
            let index = &archive.view.index;
            let learnt = index.sequence_of(&id).and_then(|found| match found {
                Some(sequence) => index.learn_digest(sequence, digest),
                None => Ok(()),
            });
            learnt.map_err(archive.view.in_index())
        })
    }

    /// Notes that an article's page answered that it has not changed.
    ///
    /// # Errors
    /// [`Error`] if the archive cannot be written.
    pub fn note_not_modified(&mut self, candidate: &Candidate, now: DateTime<Utc>) -> Result<(), Error> {
        self.change(|archive| {
            archive.looked_at(candidate, now)?;
            let index = &archive.view.index;
            let noted = index.article_at(&key_of(candidate)).and_then(|found| match found {
                Some(sequence) => index.set_hints(sequence, candidate),
                None => Ok(()),
            });
            noted.map_err(archive.view.in_index())?;
            archive.mend(candidate, now)
        })
    }

    pub(crate) fn write_found(&mut self, found: &Found<'_>) -> Result<(), Error> {
        let Found { row, source, aliases, guid, seen } = *found;
        let rank = seen.rank(self.run, Some(row.rank.at));
        let (aliases, guid_text) = (aliases.to_vec(), guid.map(str::to_owned));
        let run = self.run;
        let note = Note::Found { id: row.id, source: source.clone(), rank, aliases, guid: guid_text, run };
        let before = self.log.end()?.1;
        let written = self.write_note(row.url.as_str(), seen.at, None, &note)?;
        let place = self.place(before, None, written)?;
        let finding = FoundAgain { source, rank, aliases: found.aliases, guid, run };
        self.view.index.found_again(&row.id, &finding, &place).map_err(self.view.in_index())
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
