//! With what the output was made, by what it is used for: what is another than before says which files are to be written
//! again.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::publication::Publication;
use crate::archive::View;
use crate::model::{Digest, Source, SourceId};
use crate::pipeline::Error;
use crate::publish::Feed;

/// The note under which the archive remembers it.
pub(super) const NOTE: &str = "published with";

/// Digests of everything but the articles that decides what the output's bytes are.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct MadeWith {
    /// What is on every page.
    site: String,
    /// What is in feeds alone.
    hubs: String,
    sources: BTreeMap<SourceId, String>,
    feeds: BTreeMap<SourceId, String>,
}

/// What is another than when the output was made.
#[derive(Debug, Default)]
pub(super) struct Remade {
    /// Sources that are new, gone, or called otherwise.
    pub(super) sources: Vec<SourceId>,
    /// Feeds that are new or otherwise.
    pub(super) feeds: BTreeSet<SourceId>,
    /// Feeds that are gone.
    pub(super) gone: Vec<SourceId>,
}

impl Remade {
    pub(super) fn is_empty(&self) -> bool {
        self.sources.is_empty() && self.feeds.is_empty() && self.gone.is_empty()
    }
}

impl MadeWith {
    pub(super) fn of(publication: &Publication<'_>) -> MadeWith {
        let version = env!("CARGO_PKG_VERSION");
        let site = crate::publish::Settings { hubs: Vec::new(), ..publication.site.clone() };
        let sources = publication.sources.iter().map(|source| (source.id.clone(), digest(source))).collect();
        let by_id: BTreeMap<&SourceId, &Source> =
            publication.sources.iter().map(|source| (&source.id, source)).collect();
        let feed = |feed: &Feed| {
            let sources: Vec<_> = feed.sources.iter().map(|id| by_id.get(id)).collect();
            (feed.id.clone(), digest(&(feed, sources)))
        };
        MadeWith {
            site: digest(&(version, crate::pictures::VERSION, site)),
            hubs: digest(&publication.site.hubs),
            sources,
            feeds: publication.feeds.iter().map(feed).collect(),
        }
    }

    /// As it was noted; `None` if nothing was, or by another version.
    pub(super) fn noted(view: &View) -> Result<Option<MadeWith>, Error> {
        Ok(view.note(NOTE)?.and_then(|note| serde_json::from_str(&note).ok()))
    }

    pub(super) fn note(&self) -> String {
        serde_json::to_string(self).expect("plain values serialise")
    }

    /// What is another than it was `before`; `None` if that is something on every page.
    pub(super) fn remade_since(&self, before: &MadeWith) -> Option<Remade> {
        if self.site != before.site {
            return None;
        }
        let is_other = |id: &&SourceId| self.sources.get(*id) != before.sources.get(*id);
        let all: BTreeSet<&SourceId> = self.sources.keys().chain(before.sources.keys()).collect();
        let hubs_differ = self.hubs != before.hubs;
        let feeds = self.feeds.iter().filter(|(id, made)| hubs_differ || before.feeds.get(id) != Some(made));
        Some(Remade {
            sources: all.into_iter().filter(is_other).cloned().collect(),
            feeds: feeds.map(|(id, _)| id.clone()).collect(),
            gone: before.feeds.keys().filter(|id| !self.feeds.contains_key(id)).cloned().collect(),
        })
    }
}

/// What decides bytes, as one text of fixed length.
pub(super) fn digest(value: &impl std::fmt::Debug) -> String {
    Digest::of(format!("{value:?}").as_bytes()).to_string()
}
