//! Which source a captured page belongs to: the one that was asked for, the one that is configured for its host, or one
//! that is made for the host.

use std::collections::{BTreeMap, BTreeSet};

use url::Url;

use crate::config::{self, Config};
use crate::extract;
use crate::model::{SourceId, bare_host};

/// Sources that one import makes; each is a file of the configuration, and a folder of the site.
const MOST_NEW: usize = 100;

/// The sources of an import.
#[derive(Clone)]
pub(super) struct Sources {
    chosen: Option<SourceId>,
    configured: Vec<Configured>,
    /// Feeds of several sources: no source can have one of their names.
    feeds: Vec<SourceId>,
    /// Those that are not configured and to which something came.
    new: BTreeSet<SourceId>,
    /// Those that were made, by their hosts.
    made: BTreeMap<String, SourceId>,
}

#[derive(Clone)]
struct Configured {
    id: SourceId,
    host: String,
    is_followed: bool,
    settings: extract::Settings,
}

impl Sources {
    pub(super) fn new(config: &Config, chosen: Option<&SourceId>) -> Sources {
        let configured = config.sources.iter().map(|source| Configured {
            id: source.source.id.clone(),
            host: host(&source.source.url),
            is_followed: source.is_followed,
            settings: source.extract.clone(),
        });
        Sources {
            chosen: chosen.cloned(),
            configured: configured.collect(),
            feeds: config.feeds.iter().map(|feed| feed.id.clone()).collect(),
            new: BTreeSet::new(),
            made: BTreeMap::new(),
        }
    }

    /// Whether something may come to the source: it is configured, or a file of that name may be made for it.
    pub(super) fn admits(&mut self, id: &SourceId) -> bool {
        if self.is_configured(id) || self.new.contains(id) {
            return true;
        }
        let is_free = config::feed_id(id.as_str()).is_ok() && !self.feeds.contains(id);
        let admits = is_free && self.new.len() < MOST_NEW;
        if admits {
            self.new.insert(id.clone());
        }
        admits
    }

    pub(super) fn is_configured(&self, id: &SourceId) -> bool {
        self.configured.iter().any(|source| source.id == *id)
    }

    /// Whether runs ask it for news.
    pub(super) fn is_followed(&self, id: &SourceId) -> bool {
        self.configured.iter().any(|source| source.id == *id && source.is_followed)
    }

    fn configured(&self, url: &Url) -> Option<&Configured> {
        match &self.chosen {
            Some(chosen) => self.configured.iter().find(|source| source.id == *chosen),
            None => {
                let host = host(url);
                self.configured.iter().find(|source| source.host == host)
            }
        }
    }

    /// How the page at `url` is read.
    pub(super) fn settings(&self, url: &Url) -> extract::Settings {
        self.configured(url).map(|source| source.settings.clone()).unwrap_or_default()
    }

    /// The source of the page at `url`.
    pub(super) fn of(&mut self, url: &Url) -> SourceId {
        if let Some(source) = self.chosen.as_ref().or(self.configured(url).map(|source| &source.id)) {
            return source.clone();
        }
        let host = host(url);
        if let Some(source) = self.made.get(&host) {
            return source.clone();
        }
        let site = url.join("/").unwrap_or_else(|_| url.clone());
        let made = config::unused_id(&site, None, |id| {
            self.is_configured(id) || self.feeds.contains(id) || self.made.values().any(|made| made == id)
        });
        self.made.insert(host, made.clone());
        made
    }
}

/// With its port, if it has one, and without `www.`.
fn host(url: &Url) -> String {
    let host = bare_host(url);
    url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}
