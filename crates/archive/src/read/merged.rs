//! The orders of several sources merged into one, newest first. An article that several of them found comes once, where
//! the first of them found it.

use std::collections::VecDeque;

use chrono::{DateTime, Utc};
use rusqlite::Result;

use crate::index::{Index, Placed};
use crate::model::{Rank, SourceId};

/// How many places of one source are looked up at once.
const PAGE: usize = 64;
/// The same of one of many sources, of which each is likely to have few of the newest.
const LEAST: usize = 4;

#[derive(Debug)]
pub(crate) struct Merged<'a> {
    sources: &'a [SourceId],
    orders: Vec<Order<'a>>,
}

/// The order of one source, as far as it was looked up.
#[derive(Debug)]
struct Order<'a> {
    source: &'a SourceId,
    before: Option<Placed>,
    page: VecDeque<Placed>,
    is_over: bool,
}

impl<'a> Merged<'a> {
    pub(crate) fn of(sources: &'a [SourceId]) -> Merged<'a> {
        let order = |source| Order { source, before: None, page: VecDeque::new(), is_over: false };
        Merged { sources, orders: sources.iter().map(order).collect() }
    }

    /// Without what the run with this number found, and later ones.
    pub(crate) fn before(mut self, run: u64) -> Merged<'a> {
        let first = Rank { run, at: DateTime::<Utc>::MIN_UTC, position: i64::MIN };
        self.orders.iter_mut().for_each(|order| order.before = Some((first, 0)));
        self
    }

    /// The number of the next article; of one source no more than `limit` are looked up at once.
    pub(crate) fn next(&mut self, index: &Index, limit: usize) -> Result<Option<u64>> {
        let share = limit.saturating_mul(LEAST) / self.orders.len().max(1);
        loop {
            for order in &mut self.orders {
                order.fill(index, limit.min(share.clamp(LEAST, PAGE)))?;
            }
            // Of two in the same place that of the first source by name is the older.
            let newest = self.orders.iter_mut().max_by_key(|order| (order.rank(), order.source));
            let Some(order) = newest.filter(|order| !order.page.is_empty()) else { return Ok(None) };
            let Some((_, article)) = order.page.pop_front() else { return Ok(None) };
            if self.sources.len() == 1
                || index.first_of(article, self.sources)?.as_ref() == Some(order.source)
            {
                return Ok(Some(article));
            }
        }
    }
}

impl Order<'_> {
    fn rank(&self) -> Option<Rank> {
        self.page.front().map(|(rank, _)| *rank)
    }

    fn fill(&mut self, index: &Index, limit: usize) -> Result<()> {
        if self.page.is_empty() && !self.is_over {
            self.page = index.placed(self.source, self.before, limit)?.into();
            self.before = self.page.back().copied();
            self.is_over = self.page.len() < limit;
        }
        Ok(())
    }
}
