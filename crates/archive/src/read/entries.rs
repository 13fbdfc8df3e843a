//! Articles as publishing sees them, newest first, read one after another so that no archive is too large.

use std::collections::VecDeque;

use chrono::{DateTime, Utc};

use super::merged::Merged;
use super::view::View;
use crate::error::Error;
use crate::index::Row;
use crate::model::{Article, ArticleId, Entry, SourceId};
use crate::record::Conversion;

/// How many rows are looked up at once.
const PAGE: usize = 256;

/// Which articles to read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Selection<'a> {
    /// Those that one of these sources found; `None` for all.
    pub sources: Option<&'a [SourceId]>,
    /// So many, the newest of them; `None` for all.
    pub newest: Option<usize>,
}

/// Entries, read as they are asked for.
#[derive(Debug)]
pub struct Entries<'a> {
    view: &'a View,
    order: Order<'a>,
    left: usize,
    page: VecDeque<u64>,
}

#[derive(Debug)]
enum Order<'a> {
    /// Newest first, before this event.
    Newest { before: u64 },
    /// What these sources found, newest first.
    Found(Merged<'a>),
    /// In the order of their changes, after this one.
    Changed { after: u64 },
}

impl View {
    /// The selected articles in their newest state, newest first by the event that brought them. Where sources are
    /// chosen, it is what their feeds carry in the order of those: their past is left out, and an article that another
    /// source had before comes where the chosen found it, so that what came before it stays as it was. An item is an
    /// error if its record cannot be read; those after it can.
    #[must_use]
    pub fn entries<'a>(&'a self, selection: &Selection<'a>) -> Entries<'a> {
        let order = match selection.sources {
            None => Order::Newest { before: i64::MAX.cast_unsigned() },
            Some(by) => Order::Found(Merged::of(by)),
        };
        let left = selection.newest.unwrap_or(usize::MAX);
        Entries { view: self, order, left, page: VecDeque::new() }
    }

    /// The newest `many` that `source` found before the run with this number, as its feed has them.
    #[must_use]
    pub fn entries_before<'a>(&'a self, source: &'a SourceId, run: u64, many: usize) -> Entries<'a> {
        let order = Order::Found(Merged::of(std::slice::from_ref(source)).before(run));
        Entries { view: self, order, left: many, page: VecDeque::new() }
    }

    /// The articles that changed after the change numbered `mark`: new, revised (in substance or not), found under
    /// further URLs or by further sources. The longest changed come first.
    #[must_use]
    pub fn changed_since(&self, mark: u64) -> Entries<'_> {
        Entries { view: self, order: Order::Changed { after: mark }, left: usize::MAX, page: VecDeque::new() }
    }

    /// The article with this identity in its newest state.
    ///
    /// # Errors
    /// [`Error`] if the index or the article's record cannot be read.
    pub fn entry(&self, id: &ArticleId) -> Result<Option<Entry>, Error> {
        let sequence = self.index.sequence_of(id).map_err(self.in_index())?;
        sequence.map(|sequence| self.entry_of(sequence)).transpose()
    }

    pub(crate) fn entry_of(&self, sequence: u64) -> Result<Entry, Error> {
        let row = self.index.row(sequence).map_err(self.in_index())?;
        let Conversion { article, candidate, .. } = self.conversion(&row.conversion)?;
        let stated = self.first_stated(&row, &article)?;
        let (enclosures, comments) = (candidate.enclosures, candidate.comments);
        let not_after = self.latest_in(row.conversion.segment)?;
        let Row { id, source, url, first_title, first_seen, updated, sequence, rank, revision, .. } = row;
        Ok(Entry {
            id,
            source,
            url,
            first_title,
            first_seen,
            updated,
            not_after,
            sequence,
            rank,
            revision,
            article,
            stated,
            enclosures,
            comments,
        })
    }

    /// When the publisher last changed the article of `row`, as its first revision states it. `newest` is its newest.
    fn first_stated(&self, row: &Row, newest: &Article) -> Result<Option<DateTime<Utc>>, Error> {
        if row.revision == 1 || row.updated > row.first_seen {
            return Ok(newest.last_stated());
        }
        let numbers = self.index.revision_numbers(row.sequence).map_err(self.in_index())?;
        let first = numbers.first().map(|first| self.index.revision_at(row.sequence, *first));
        match first.transpose().map_err(self.in_index())?.flatten() {
            Some(place) => Ok(self.conversion(&place)?.article.last_stated()),
            None => Ok(newest.last_stated()),
        }
    }
}

impl Entries<'_> {
    fn fill(&mut self) -> rusqlite::Result<()> {
        let index = &self.view.index;
        let limit = self.left.min(PAGE);
        match &mut self.order {
            Order::Newest { before } => {
                self.page = index.newest(*before, limit)?.into();
                *before = self.page.back().copied().unwrap_or_default();
            }
            Order::Found(merged) => {
                while self.page.len() < limit
                    && let Some(sequence) = merged.next(index, limit)?
                {
                    self.page.push_back(sequence);
                }
            }
            Order::Changed { after } => {
                let changed = index.changed_since(*after, limit)?;
                *after = changed.last().map_or(*after, |(change, _)| *change);
                self.page = changed.into_iter().map(|(_, sequence)| sequence).collect();
            }
        }
        Ok(())
    }
}

impl Iterator for Entries<'_> {
    type Item = Result<Entry, Error>;

    fn next(&mut self) -> Option<Result<Entry, Error>> {
        if self.left == 0 {
            return None;
        }
        if self.page.is_empty()
            && let Err(source) = self.fill()
        {
            self.left = 0;
            return Some(Err(self.view.in_index()(source)));
        }
        self.left -= 1;
        self.page.pop_front().map(|sequence| self.view.entry_of(sequence))
    }
}
