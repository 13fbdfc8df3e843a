//! How far down a listing reaches what is known of its source. Between the newest that is known and a listing on which
//! all is new, something was missed.

use chrono::{DateTime, TimeDelta, Utc};

use crate::archive::{Recognised, View};
use crate::config::SourceConfig;
use crate::model::{Candidate, SourceId};
use crate::pipeline::Error;
use crate::pipeline::context::Context;

/// Articles may be dated so much earlier than they appear.
const LATE: TimeDelta = TimeDelta::days(2);

/// So many old articles at the end of a listing are no chance.
const MANY: usize = 2;

/// What is known of a source.
pub(super) struct Ground<'a> {
    context: &'a Context<'a>,
    source: SourceId,
    /// How many articles are taken from one document.
    limit: usize,
    /// Whether it was read before.
    is_followed: bool,
}

/// What was known before a run that missed something.
pub(super) struct Before {
    pub(super) run: u64,
    /// When the newest article that was known by then was published.
    newest: Option<DateTime<Utc>>,
}

impl Before {
    /// Whether what is dated so is older than what was known.
    pub(super) fn is_passed(&self, at: DateTime<Utc>) -> bool {
        self.newest.is_some_and(|newest| at < newest - LATE)
    }

    /// How many stand above those that are older than what was known.
    fn above_old(&self, candidates: &[Candidate]) -> Option<usize> {
        let is_old = |candidate: &&Candidate| stated(candidate).is_some_and(|at| self.is_passed(at));
        let old = candidates.iter().rev().take_while(is_old).count();
        (old >= MANY.min(candidates.len()) && old > 0).then(|| candidates.len() - old)
    }
}

impl<'a> Ground<'a> {
    pub(super) async fn of(context: &'a Context<'a>, source: &SourceConfig) -> Result<Ground<'a>, Error> {
        let (id, run) = (source.source.id.clone(), context.run);
        let ask = move |archive: &View| {
            let last_success = archive.source_state(&id)?.last_success;
            Ok(last_success.is_some() || archive.followed_since(&id, run)?.is_some())
        };
        let is_followed = context.store.read(ask).await?;
        Ok(Ground { context, source: source.source.id.clone(), limit: source.discover.limit, is_followed })
    }

    pub(super) fn is_followed(&self) -> bool {
        self.is_followed
    }

    /// What was known before the run with this number.
    pub(super) async fn before(&self, run: u64) -> Result<Before, Error> {
        let source = self.source.clone();
        let newest = self.context.store.read(move |archive| archive.newest_before(&source, run)).await?;
        Ok(Before { run, newest })
    }

    /// How many of `candidates`, which come newest first, stand above what is known, or was known `before`; `None` if
    /// nothing is.
    pub(super) async fn reach(
        &self,
        candidates: &[Candidate],
        before: Option<&Before>,
    ) -> Result<Option<usize>, Error> {
        if !self.is_followed {
            return Ok(None);
        }
        let known = self.known(candidates, before).await?;
        let edge = known.windows(2).position(|pair| !pair[0] && pair[1]).map(|at| at + 1);
        let top = &known[..known.len().min(self.limit)];
        let many = top.iter().filter(|known| **known).count();
        // A few known ones at the top say nothing: some listings begin with what they are proud of.
        let nothing_new = (many > 0 && many * 2 >= top.len()).then_some(0);
        Ok(edge.or(nothing_new).or_else(|| before?.above_old(candidates)))
    }

    /// Of each candidate, whether the source had it before: its article, or its page with whatever came of it.
    pub(super) async fn known(
        &self,
        candidates: &[Candidate],
        before: Option<&Before>,
    ) -> Result<Vec<bool>, Error> {
        // What they carry is not asked for.
        let bare = |candidate: &Candidate| Candidate { content: None, ..candidate.clone() };
        let candidates: Vec<Candidate> = candidates.iter().map(bare).collect();
        let (source, since) = (self.source.clone(), before.map(|before| before.run));
        let ask = move |archive: &View| {
            let recognised = archive.recognise(&source, &candidates)?;
            let is_known = |(candidate, recognised): (&Candidate, Option<Recognised>)| {
                if let Some(Recognised { known, .. }) = recognised {
                    let was_there = since.is_none_or(|since| known.run < since);
                    return Ok(was_there && known.sources.contains(&source));
                }
                Ok(since.is_none() && archive.trouble_with(candidate)?.reason.is_some())
            };
            candidates.iter().zip(recognised).map(is_known).collect()
        };
        self.context.store.read(ask).await
    }
}

/// When a candidate was published or last changed, as its listing says.
pub(super) fn stated(candidate: &Candidate) -> Option<DateTime<Utc>> {
    candidate.published.or(candidate.modified).map(|at| at.to_utc())
}
