//! The archive documents of feeds (RFC 5005): which of a feed's events are in which document, and writing those that are
//! new. The cost of a run is that of what it brought, however long the feed is: the index notes where the last full
//! document ends. That note can be lost. The documents are then cut again, at the same places.

use std::collections::{BTreeMap, HashSet};

use serde::{Deserialize, Serialize};

use super::made;
use super::press::Press;
use super::sieve::Sieve;
use crate::archive::{Archive, Occurrence, View};
use crate::model::{ArticleId, SourceId};
use crate::pipeline::Error;
use crate::publish::{self, ENTRIES, Extent, Feed, Images};

/// How many events are looked at at once.
const AT_ONCE: usize = 50_000;

/// How far the archive documents of a feed go.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Past {
    /// What they were made with, beside their sources.
    made_with: String,
    /// The sources of the feed, with what is said of them.
    sources: BTreeMap<SourceId, String>,
    /// How often articles had been taken down by then.
    withdrawals: u64,
    /// How many documents are full.
    full: u64,
    /// The events behind those in full documents.
    open: Vec<Occurrence>,
    /// The last event that was looked at.
    after: Occurrence,
}

impl Past {
    fn key(feed: &SourceId) -> String {
        format!("past of {feed}")
    }

    /// What is known of a feed's documents.
    fn noted(view: &View, feed: &SourceId) -> Result<Option<Past>, Error> {
        let note = view.note(&Past::key(feed))?;
        Ok(note.and_then(|note| serde_json::from_str(&note).ok()))
    }

    /// Notes it for the next run.
    pub(super) fn remember(&self, feed: &SourceId, archive: &mut Archive) -> Result<(), Error> {
        let note = serde_json::to_string(self).expect("plain values serialise");
        Ok(archive.set_note(&Past::key(feed), &note)?)
    }

    /// `None` before the first event.
    fn extent(&self, carried: &HashSet<ArticleId>) -> Option<Extent> {
        let newest = self.left_to_document(carried).count();
        (!self.open.is_empty()).then_some(Extent { documents: self.full + 1, newest })
    }

    /// The open events that the newest document has to tell: what the feed carries anyway is not told twice, so that the
    /// document is written again only when something leaves the feed. The first is always there, for the document to be.
    fn left_to_document(&self, carried: &HashSet<ArticleId>) -> impl Iterator<Item = &Occurrence> {
        let is_left = |(at, event): &(usize, &Occurrence)| {
            *at == 0 || !event.id.as_ref().is_some_and(|id| carried.contains(id))
        };
        self.open.iter().enumerate().filter(is_left).map(|(_, event)| event)
    }
}

/// The paths of all archive documents of `feeds`.
pub(super) fn paths(feeds: &[Feed], pasts: &[(SourceId, Past)]) -> HashSet<String> {
    let documents = |feed: &Feed| {
        let past = pasts.iter().find(|(id, _)| *id == feed.id).map(|(_, past)| past);
        past.filter(|past| !past.open.is_empty()).map_or(0, |past| past.full + 1)
    };
    feeds.iter().flat_map(|feed| publish::history_paths(feed, documents(feed))).collect()
}

impl Press<'_> {
    /// Writes what the archive documents of `feed` lack, which itself carries these articles. How far they go then; `None`
    /// where that is not known.
    pub(super) fn past(
        &mut self,
        feed: &Feed,
        carried: &HashSet<ArticleId>,
    ) -> Result<Option<Extent>, Error> {
        let made_with = self.made_with(feed);
        let withdrawals = self.view.withdrawals()?;
        let sources = self.made_from(feed);
        let known = match Past::noted(self.view, &feed.id)? {
            Some(past) if past.made_with == made_with && past.withdrawals == withdrawals => {
                self.with_sources(past, &sources)?
            }
            _ => None,
        };
        if !self.is_last {
            // What a run cuts off is only known when it is over.
            return Ok(known.and_then(|past| past.extent(carried)));
        }
        let begin = || Past {
            made_with,
            sources,
            withdrawals,
            full: 0,
            open: Vec::new(),
            after: Occurrence::default(),
        };
        let mut past = known.filter(|_| !self.begins_anew).unwrap_or_else(begin);
        let sieve = (!feed.filter.is_open()).then(|| Sieve::of(&feed.filter));
        loop {
            let events = self.view.events_after(&feed.sources, &past.after, AT_ONCE)?;
            let Some(last) = events.last().cloned() else { break };
            for event in events {
                if self.is_carried(sieve.as_ref(), &event)? {
                    past.open.push(event);
                }
            }
            past.after = last;
            // Another event behind it makes a document full.
            while past.open.len() > ENTRIES {
                let behind = past.open.split_off(ENTRIES);
                self.document(feed, (past.full + 1, past.full + 2), past.open.iter())?;
                past = Past { full: past.full + 1, open: behind, ..past };
            }
        }
        if !past.open.is_empty() {
            self.document(feed, (past.full + 1, past.full + 1), past.left_to_document(carried))?;
        }
        let extent = past.extent(carried);
        self.pasts.push((feed.id.clone(), past));
        Ok(extent)
    }

    /// Whether a feed with this filter carries what the event shows. One that cannot be read has no place in it.
    fn is_carried(&mut self, sieve: Option<&Sieve>, event: &Occurrence) -> Result<bool, Error> {
        let Some(sieve) = sieve else { return Ok(true) };
        let read = self.view.entry_at(event);
        let entry = self.readable(read)?.flatten();
        Ok(entry.is_some_and(|entry| sieve.leaves_out(&entry).is_none()))
    }

    /// Writes the document with this number, of `newest` that there are, unless one of its articles cannot be read.
    fn document<'e>(
        &mut self,
        feed: &Feed,
        numbers: (u64, u64),
        events: impl Iterator<Item = &'e Occurrence>,
    ) -> Result<(), Error> {
        let mut entries = Vec::new();
        for event in events {
            let is_withdrawn = match &event.id {
                Some(id) => self.view.withdrawn(id)?.is_some(),
                None => false,
            };
            // Its place stays.
            if is_withdrawn {
                continue;
            }
            let read = self.view.entry_at(event);
            match self.readable(read)? {
                Some(entry) => entries.extend(entry),
                None => return Ok(()),
            }
        }
        if feed.images == Images::None {
            // Where the others are was decided when the document was full.
            self.choose_images(feed, &mut entries)?;
        }
        let site = self.publication.site;
        self.write(&publish::history_files(site, feed, numbers, &entries, &self.publication.sources))
    }

    /// The documents as they are good for a feed of these sources: those that had another source, or called one otherwise,
    /// are not. A source that comes later adds to them.
    fn with_sources(&self, past: Past, now: &BTreeMap<SourceId, String>) -> Result<Option<Past>, Error> {
        if past.sources.iter().any(|(id, said)| now.get(id) != Some(said)) {
            return Ok(None);
        }
        let new: Vec<SourceId> = now.keys().filter(|id| !past.sources.contains_key(id)).cloned().collect();
        if !new.is_empty() {
            let first = self.view.events_after(&new, &Occurrence::default(), 1)?;
            if first.first().is_some_and(|first| *first <= past.after) {
                return Ok(None);
            }
        }
        Ok(Some(Past { sources: now.clone(), ..past }))
    }

    /// The sources of a feed, with what is said of them.
    fn made_from(&self, feed: &Feed) -> BTreeMap<SourceId, String> {
        let sources = self.publication.sources.iter().filter(|source| feed.sources.contains(&source.id));
        sources.map(|source| (source.id.clone(), made::digest(source))).collect()
    }

    /// Everything but articles and sources that decides what the bytes of a feed's documents are. How many articles the
    /// feed itself carries does not.
    fn made_with(&self, feed: &Feed) -> String {
        let site = publish::Settings { hubs: Vec::new(), ..self.publication.site.clone() };
        // Without a base URL the first source's home is the feed's.
        let first = self.publication.sources.iter().find(|source| feed.sources.contains(&source.id));
        let first = first.filter(|_| site.base_url.is_none()).map(|source| &source.url);
        let feed = Feed { sources: Vec::new(), size: 0, ..feed.clone() };
        made::digest(&(env!("CARGO_PKG_VERSION"), site, first, feed))
    }
}
