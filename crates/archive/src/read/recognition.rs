//! Which articles the items of a listing are, before any of them is fetched. An item is known by its URL; under another
//! URL by its guid, as far as nothing speaks against that; and where a listing puts a random token into its links, so
//! that all of them are new each time, by what is the same in them but for the token.
//!
//! Whether an item that is not known, or has moved, is another after all, only its page tells: see
//! [`crate::write::identity`].

mod tokens;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, TimeDelta, Utc};

use super::view::View;
use crate::error::Error;
use crate::index::Trace;
use crate::index::state::Known;
use crate::model::{Candidate, SourceId};

/// Articles of a source that are looked through for one whose link has another token.
const NEWEST: usize = 300;
/// Guids of one article and source that are believed; a guid that changes more often says nothing.
pub(crate) const MOST_GUIDS: usize = 3;
/// An article that was listed under so many URLs one after the other is not looked at under yet another.
const MANY_URLS: u32 = 3;

/// How an item of a listing is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recognition {
    /// Under its URL.
    Listed,
    /// Under another URL, whose guid it has: the article has moved.
    Moved,
    /// Under a URL that differs in a token, which is another each time.
    Token,
}

/// An item that is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recognised {
    /// The article.
    pub known: Known,
    /// How it is known.
    pub by: Recognition,
    /// Whether its guid is news.
    pub is_guid_new: bool,
}

/// An item of a listing, with the articles that it may be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct ListedItem {
    /// The key of its URL, and what tells it from others there.
    key: String,
    /// The key of its URL.
    url_key: String,
    title: Option<String>,
    guid: Option<String>,
    published: Option<DateTime<Utc>>,
    /// The article under its key.
    at: Option<u64>,
    /// The article that has its URL, if it is one of several items there.
    before: Option<u64>,
    /// The article with its guid, or under the URL that its guid is.
    called: Option<u64>,
    /// Whether the page of the article with its guid fails.
    is_old_page_failing: bool,
}

/// What is decided of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Decision {
    article: u64,
    by: Recognition,
}

impl View {
    /// Of each of `candidates`, which are what a listing of `source` has, whether it is known and how.
    ///
    /// # Errors
    /// [`Error::Index`] if the index cannot be read.
    pub fn recognise(
        &self,
        source: &SourceId,
        candidates: &[Candidate],
    ) -> Result<Vec<Option<Recognised>>, Error> {
        self.recognised(source, candidates).map_err(self.in_index())
    }

    fn recognised(
        &self,
        source: &SourceId,
        candidates: &[Candidate],
    ) -> rusqlite::Result<Vec<Option<Recognised>>> {
        let items: Vec<ListedItem> =
            candidates.iter().map(|candidate| self.item(source, candidate)).collect::<Result<_, _>>()?;
        let mut named: BTreeSet<u64> =
            items.iter().flat_map(|item| [item.at, item.before, item.called]).flatten().collect();
        let has_strangers = items.iter().any(|item| item.at.is_none() && item.called.is_none());
        if has_strangers {
            let newest = self.index.placed(source, None, NEWEST.max(2 * items.len()))?;
            named.extend(newest.into_iter().map(|(_, sequence)| sequence));
        }
        let traces: BTreeMap<u64, Trace> = named
            .into_iter()
            .map(|sequence| Ok((sequence, self.index.trace(sequence, source)?)))
            .collect::<rusqlite::Result<_>>()?;
        let decided = decide(&items, &traces);
        let recognised = items.iter().zip(decided).map(|(item, decision)| {
            let Some(Decision { article, by }) = decision else { return Ok(None) };
            let trace = &traces[&article];
            let is_news = |guid: &String| item.called.is_none() && is_guid_to_learn(guid, trace);
            let is_guid_new = item.guid.as_ref().is_some_and(is_news);
            Ok(Some(Recognised { known: self.index.known(article)?, by, is_guid_new }))
        });
        recognised.collect()
    }

    fn item(&self, source: &SourceId, candidate: &Candidate) -> rusqlite::Result<ListedItem> {
        let Some(key) = candidate.key() else { return Ok(ListedItem::default()) };
        let url_key = crate::record::key::key(&candidate.url);
        let at = self.index.article_at(&key)?;
        let before = if candidate.item.is_some() { self.index.article_at(&url_key)? } else { None };
        let called = match &candidate.guid {
            Some(guid) => self.called(source, guid)?,
            None => None,
        };
        let is_old_page_failing = match called.filter(|called| at != Some(*called)) {
            Some(called) => self.index.page(&self.index.row(called)?.key())?.is_some(),
            None => false,
        };
        let title = candidate.title.clone();
        let published = candidate.published.map(|published| published.to_utc());
        let guid = candidate.guid.clone();
        Ok(ListedItem { key, url_key, title, guid, published, at, before, called, is_old_page_failing })
    }

    /// The article that `source` calls so; or that it has at this URL, where it is one: many a guid is the first link.
    fn called(&self, source: &SourceId, guid: &str) -> rusqlite::Result<Option<u64>> {
        if let Some(called) = self.index.article_called(source, guid)? {
            return Ok(Some(called));
        }
        let Ok(url) = crate::model::CanonicalUrl::parse(guid) else { return Ok(None) };
        match self.index.article_at(&url.key())? {
            Some(found) if self.index.is_found_by(found, source)? => Ok(Some(found)),
            _ => Ok(None),
        }
    }
}

/// Whether an article that a source calls otherwise, or not at all yet, may be called so too.
fn is_guid_to_learn(guid: &str, trace: &Trace) -> bool {
    trace.guids.len() < MOST_GUIDS && !trace.guids.iter().any(|known| known == guid)
}

/// Which article each of `items` is.
fn decide(items: &[ListedItem], traces: &BTreeMap<u64, Trace>) -> Vec<Option<Decision>> {
    let mut decided: Vec<Option<Decision>> = items
        .iter()
        .map(|item| item.at_its_url(traces).map(|article| Decision { article, by: Recognition::Listed }))
        .collect();
    let listed: BTreeSet<u64> = decided.iter().flatten().map(|decision| decision.article).collect();
    let trust = Trust::of(items, &decided, traces);
    for (item, decision) in items.iter().zip(&mut decided).filter(|(_, decision)| decision.is_none()) {
        let called = item.called.filter(|called| !listed.contains(called));
        let believed = called.filter(|called| trust.believes(item, &traces[called]));
        *decision = believed.map(|article| Decision { article, by: Recognition::Moved });
    }
    tokens::recognise(items, traces, &mut decided);
    for (item, decision) in items.iter().zip(&mut decided) {
        if let Some(decision) = decision
            && decision.by == Recognition::Moved
        {
            let trace = &traces[&decision.article];
            let is_enough = trace.url_changes >= MANY_URLS && !item.is_old_page_failing;
            if is_enough || !trace.is_own {
                decision.by = Recognition::Token;
            }
        }
    }
    decided
}

impl ListedItem {
    /// The article at its URL; of several there the one with its guid.
    fn at_its_url(&self, traces: &BTreeMap<u64, Trace>) -> Option<u64> {
        let is_here = |called: &u64| traces[called].url_key == self.url_key;
        // The first of them had the page for its text before the others were there, or before guids were kept.
        let is_it = |before: &u64| {
            let trace = &traces[before];
            trace.guids.is_empty() && self.title.is_some() && self.title == trace.title
        };
        self.called.filter(is_here).or(self.at).or(self.before.filter(is_it))
    }

    /// Whether its title has a word of `title` that says something; one that is missing is no witness.
    fn is_titled_like(&self, title: Option<&str>) -> bool {
        let words = |title: &str| -> BTreeSet<String> {
            let words = title.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() >= 4);
            words.map(str::to_lowercase).collect()
        };
        let (Some(own), Some(other)) = (self.title.as_deref(), title) else { return true };
        own.to_lowercase() == other.to_lowercase() || !words(own).is_disjoint(&words(other))
    }

    /// Whether it may have been published with the article; a day is what time zones make of one moment.
    fn is_of_the_time_of(&self, trace: &Trace) -> bool {
        self.published.is_none_or(|published| (published - trace.published).abs() <= TimeDelta::days(1))
    }
}

/// How far the guids of a listing can be believed: some feeds number their items from the top, or call all of them the
/// same.
struct Trust {
    /// Items that have the guid of the article at their URL.
    confirmed: usize,
    /// Items at a URL that is not known, with the guid of an article of which the title says nothing.
    strange: usize,
    /// Guids at other URLs than before that are at known ones: numbers that were given away again.
    contradicted: usize,
}

impl Trust {
    fn of(items: &[ListedItem], decided: &[Option<Decision>], traces: &BTreeMap<u64, Trace>) -> Trust {
        let mut trust = Trust { confirmed: 0, strange: 0, contradicted: 0 };
        for (item, decision) in items.iter().zip(decided) {
            match (item.called, decision) {
                (Some(called), Some(decision)) if called == decision.article => trust.confirmed += 1,
                (Some(_), Some(_)) => trust.contradicted += 1,
                (Some(called), None) if !item.is_titled_like(traces[&called].title.as_deref()) => {
                    trust.strange += 1;
                }
                _ => {}
            }
        }
        trust
    }

    /// Whether `item`, at a URL that is not known, is the article that has its guid.
    fn believes(&self, item: &ListedItem, trace: &Trace) -> bool {
        let is_like = item.is_titled_like(trace.title.as_deref());
        let is_used = self.confirmed > self.strange;
        self.contradicted == 0 && (is_like || is_used) || is_like && item.is_of_the_time_of(trace)
    }
}

#[cfg(test)]
mod tests;
