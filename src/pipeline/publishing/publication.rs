//! What is published: every source that is configured, with the feeds. A source whose file is broken is published as it
//! was when its file was last right, so that a mistake in one file takes nothing away from its readers.

use serde::{Deserialize, Serialize};

use super::Error;
use crate::archive::{Archive, View};
use crate::config::Config;
use crate::model::{Source, SourceId};
use crate::publish::{self, Feed};

/// The note under which the archive remembers the sources that were published.
const NOTE: &str = "published sources";

/// What is published.
pub(super) struct Publication<'a> {
    pub(super) site: &'a publish::Settings,
    /// Every source, in the order of their names.
    pub(super) sources: Vec<Source>,
    /// Every feed: each source's own, then the merged ones.
    pub(super) feeds: Vec<Feed>,
    /// Whether every source is known. What was published of one that is not has to stay.
    pub(super) is_whole: bool,
}

/// A source and its own feed.
#[derive(Clone, Serialize, Deserialize)]
struct Remembered {
    source: Source,
    feed: Feed,
}

impl<'a> Publication<'a> {
    pub(super) fn of(config: &'a Config, view: &View) -> Result<Publication<'a>, Error> {
        let broken: Vec<&SourceId> = config.broken.iter().filter_map(|broken| broken.id.as_ref()).collect();
        let mut all = of_config(config);
        if !broken.is_empty() {
            let note = view.note(NOTE)?;
            // What another version wrote is not known.
            let before: Vec<Remembered> =
                note.and_then(|note| serde_json::from_str(&note).ok()).unwrap_or_default();
            all.extend(before.into_iter().filter(|one| broken.contains(&&one.source.id)));
            all.sort_by(|one, other| one.source.id.cmp(&other.source.id));
        }
        let is_known = |id: &SourceId| all.iter().any(|one| one.source.id == *id);
        let was_published = |id: &SourceId| config.site.output.join(id.as_str()).exists();
        let is_whole = broken.iter().all(|id| is_known(id) || !was_published(id));
        for one in &mut all {
            if let Some(home) = view.home_of(&one.source.id)? {
                one.feed.home = Some(home);
            }
        }
        let (sources, mut feeds): (Vec<Source>, Vec<Feed>) =
            all.into_iter().map(|one| (one.source, one.feed)).unzip();
        feeds.extend(config.feeds.iter().cloned());
        Ok(Publication { site: &config.site, sources, feeds, is_whole })
    }

    /// Tells the archive which sources are published. While one is broken that is as it was.
    pub(super) fn tell(&self, archive: &mut Archive) -> Result<(), Error> {
        if self.is_whole {
            let known: Vec<SourceId> = self.sources.iter().map(|source| source.id.clone()).collect();
            archive.publish_sources(&known)?;
        }
        Ok(())
    }

    /// Notes the sources for a time when one of their files is broken.
    pub(super) fn remember(&self, archive: &mut Archive) -> Result<(), Error> {
        let sources = self.sources.iter().zip(&self.feeds);
        let all: Vec<Remembered> =
            sources.map(|(source, feed)| Remembered { source: source.clone(), feed: feed.clone() }).collect();
        let note = serde_json::to_string(&all).expect("plain values serialise");
        if archive.view().note(NOTE)?.as_ref() != Some(&note) {
            archive.set_note(NOTE, &note)?;
        }
        Ok(())
    }
}

fn of_config(config: &Config) -> Vec<Remembered> {
    let sources = config.sources.iter();
    sources.map(|one| Remembered { source: one.source.clone(), feed: one.feed.clone() }).collect()
}
