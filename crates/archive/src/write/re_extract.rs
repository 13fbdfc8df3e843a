//! Reading again what was captured: today's rules and heuristics over the captures of the past. The page is the same, so
//! that a text which reads differently is a minor revision: it moves no date, no place and no feed.

use chrono::{DateTime, SubsecRound, Utc};

use super::revisions;
use crate::Archive;
use crate::error::Error;
use crate::index::Located;
use crate::model::{Article, ArticleId, Candidate, CanonicalUrl, Capture, SourceId};
use crate::read::view::View;
use crate::record::key::key;
use crate::record::{About, Change, Conversion, Outline};
use crate::warc::RecordId;

/// An article as it is, with what it was read from.
#[derive(Clone, Debug)]
pub struct Reading {
    /// Its identity.
    pub id: ArticleId,
    /// The source that was read when it was captured.
    pub found_by: SourceId,
    /// The link that led to it.
    pub candidate: Candidate,
    /// The response.
    pub capture: Capture,
    /// Further pages on which it stands, in their order.
    pub parts: Vec<Capture>,
    /// What it says.
    pub article: Article,
    sequence: u64,
    about: About,
    /// The record of the response.
    response: Option<RecordId>,
}

impl View {
    /// The numbers of at most `limit` articles after the one with this number, in the order in which they were first
    /// seen.
    ///
    /// # Errors
    /// [`Error::Index`] if the index cannot be read.
    pub fn articles_after(&self, number: u64, limit: usize) -> Result<Vec<u64>, Error> {
        self.index.articles_after(number, limit).map_err(self.in_index())
    }

    /// The newest revision of the article with this number. `None` if its capture was let go or lost.
    ///
    /// # Errors
    /// [`Error`] if the index or a WARC file cannot be read.
    pub fn reading(&self, number: u64) -> Result<Option<Reading>, Error> {
        let row = self.index.row(number).map_err(self.in_index())?;
        let Conversion { about, candidate, article } = self.conversion(&row.conversion)?;
        let (response, capture) = match (self.captured(number, &about)?, &candidate.content) {
            (Some((place, capture)), _) => (self.record(&place)?.0.id(), capture),
            (None, Some(content)) => (None, Capture::of_item(candidate.url.clone(), content, about.captured)),
            (None, None) => return Ok(None),
        };
        let (found_by, capture) = (about.found_by.clone(), Capture { hops: about.hops.clone(), ..capture });
        let id = row.id;
        let parts = self.parts(number)?;
        Ok(Some(Reading {
            id,
            found_by,
            candidate,
            capture,
            parts,
            article,
            sequence: number,
            about,
            response,
        }))
    }

    /// The response from which the article's newest revision was read: the last one that was kept, whose body is the one
    /// that the revision names.
    pub(crate) fn captured(&self, sequence: u64, about: &About) -> Result<Option<(Located, Capture)>, Error> {
        let place = self.index.newest_response(sequence).map_err(self.in_index())?;
        let Some(place) = place else { return Ok(None) };
        let capture = self.capture_at(&place)?;
        Ok((capture.payload_digest() == about.payload).then_some((place, capture)))
    }

    /// The pages that are held back, by the URLs that were asked, in the order in which they are to be read again.
    ///
    /// # Errors
    /// [`Error::Index`] if the index cannot be read.
    pub fn held_back(&self) -> Result<Vec<CanonicalUrl>, Error> {
        let held = || -> rusqlite::Result<Vec<CanonicalUrl>> {
            let mut held = Vec::new();
            for count in self.index.counts()? {
                held.extend(self.index.held_of(&count.source)?.into_iter().rev().map(|row| row.asked));
            }
            Ok(held)
        };
        held().map_err(self.in_index())
    }
}

/// Whether what an article says differs in substance between two readings of it.
#[must_use]
pub fn is_substantive(before: &Article, after: &Article) -> bool {
    revisions::is_substantive(before, after)
}

impl Archive {
    /// Keeps what `reading` says when it is read again, if any field of it is another.
    ///
    /// # Errors
    /// [`Error`] if the archive cannot be read or written.
    pub fn keep_reading(
        &mut self,
        reading: &Reading,
        article: &Article,
        now: DateTime<Utc>,
    ) -> Result<(), Error> {
        if reading.article.says_the_same(article) {
            return Ok(());
        }
        self.change(|archive| archive.reread(reading, article, now))
    }

    fn reread(&mut self, reading: &Reading, article: &Article, now: DateTime<Utc>) -> Result<(), Error> {
        let before = self.log.end()?.1;
        let about = self.about_reread(reading, article, now)?;
        let known = self.view.index.known(reading.sequence).map_err(self.view.in_index())?;
        let conversion = Conversion { about, candidate: reading.candidate.clone(), article };
        let block = serde_json::to_vec(&conversion).expect("plain values serialise");
        let written = self.log.reread(&reading.capture.url, now, reading.response, &block)?;
        let place = self.place(before, None, written)?;
        let (index, hints) = (
            &self.view.index,
            Candidate { title: known.hint_title, modified: known.hint_modified, ..reading.candidate.clone() },
        );
        index
            .revision(&conversion.about, &reading.candidate, known.next_look_at, &place)
            // What the listing last said is still what it last said.
            .and_then(|()| index.set_hints(reading.sequence, &hints))
            .and_then(|()| index.describe(&conversion.about, &Outline::of(article)))
            .map_err(self.view.in_index())
    }

    fn about_reread(&self, reading: &Reading, article: &Article, now: DateTime<Utc>) -> Result<About, Error> {
        let index = &self.view.index;
        let row = index.row(reading.sequence).map_err(self.view.in_index())?;
        let is_known = index.article_at(&key(article.url.as_url())).map_err(self.view.in_index())?.is_some();
        Ok(About {
            sequence: row.sequence,
            revision: row.revision.saturating_add(1),
            change: Change::Minor,
            event: None,
            written_in: self.run,
            first_title: Some(row.first_title),
            reread: Some(now.trunc_subsecs(0)),
            aliases: if is_known { Vec::new() } else { vec![article.url.clone()] },
            digest: article.digest(),
            words: revisions::words_digest(article),
            ..reading.about.clone()
        })
    }
}
