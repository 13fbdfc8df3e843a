//! Publishing while a run is under way: what is done does not wait for the slowest source.
//!
//! A step shows the sources that the run is done with. Of the others it shows what was published before, since until all
//! pages of a source are read it is not known what they have in common. Whatever steps were made, the last publishing of
//! the run leaves what one alone would have.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use futures_util::future::BoxFuture;
use tokio::time::Instant;

use super::Scope;
use crate::archive::{Archive, View};
use crate::config::Config;
use crate::model::{ArticleId, SourceId};
use crate::pipeline::store::Store;
use crate::pipeline::{Error, PictureReport, SourceReport};
use crate::publish::{self, stale};

/// A run that is over sooner publishes once.
const FIRST: Duration = Duration::from_secs(2);
/// Between the end of a step and the next.
const PAUSE: Duration = Duration::from_secs(10);
/// Steps take no more than this part of a run.
const PART: u32 = 10;

/// What a run has done so far.
#[derive(Clone, Debug, Default)]
pub(super) struct FinishedSources {
    /// The newest change before the run.
    pub(super) since: u64,
    /// The number of the run.
    run: u64,
    /// The sources that it is done with.
    sources: BTreeSet<SourceId>,
}

impl FinishedSources {
    /// The new articles that only other sources found.
    pub(super) fn hidden(&self, view: &View) -> Result<HashSet<ArticleId>, Error> {
        let mut hidden = HashSet::new();
        // A record that cannot be read is told where it is published.
        for entry in view.changed_since(self.since).flatten() {
            let Some(known) = view.article(&entry.id)? else { continue };
            if known.run == self.run && !known.sources.iter().any(|source| self.sources.contains(source)) {
                hidden.insert(entry.id);
            }
        }
        Ok(hidden)
    }
}

/// The steps of one run.
pub(in crate::pipeline) struct Steps {
    config: Arc<Config>,
    done: FinishedSources,
    /// Where each article stands that a step showed.
    paths: HashMap<ArticleId, String>,
    /// When the next step may be made.
    next_at: Instant,
    /// Whether there is anything to show.
    is_waiting: bool,
    /// What the archive is known to have lost.
    damaged: Vec<String>,
    written: usize,
    /// The feeds of which they wrote a file.
    feeds: BTreeSet<SourceId>,
}

/// What a step came to.
pub(in crate::pipeline) struct Step {
    paths: HashMap<ArticleId, String>,
    written: usize,
    feeds: BTreeSet<SourceId>,
    began: Instant,
}

impl Steps {
    /// The steps of the run with this number, before which `since` was the newest change and this was `damaged`.
    pub(in crate::pipeline) fn new(config: &Config, run: u64, since: u64, damaged: Vec<String>) -> Steps {
        Steps {
            config: Arc::new(config.clone()),
            done: FinishedSources { since, run, sources: BTreeSet::new() },
            paths: HashMap::new(),
            next_at: Instant::now() + FIRST,
            is_waiting: false,
            damaged,
            written: 0,
            feeds: BTreeSet::new(),
        }
    }

    /// The run is done with a source.
    pub(in crate::pipeline) fn note(&mut self, report: &SourceReport) {
        self.done.sources.insert(report.source.clone());
        self.is_waiting |= report.new + report.revised > 0;
    }

    /// Pictures of a source were archived.
    pub(in crate::pipeline) fn note_pictures(&mut self, pictures: &PictureReport) {
        self.is_waiting |= pictures.kept > 0;
    }

    /// Waits until there is something to show and time to show it.
    pub(in crate::pipeline) async fn due(&self) {
        if self.is_waiting {
            tokio::time::sleep_until(self.next_at).await;
        } else {
            std::future::pending::<()>().await;
        }
    }

    /// Begins a step.
    pub(in crate::pipeline) fn begin(&mut self, store: &Store) -> BoxFuture<'static, Result<Step, Error>> {
        self.is_waiting = false;
        let (store, config) = (store.clone(), Arc::clone(&self.config));
        let (done, mut paths, began) = (self.done.clone(), self.paths.clone(), Instant::now());
        let damaged = self.damaged.clone();
        Box::pin(async move {
            let publish = move |archive: &mut Archive| {
                let published = super::publish(&config, archive, damaged, Scope::Done(&done), &|_| ())?;
                let removed = follow(&mut paths, &config, archive.view(), &done)?;
                Ok((paths, published.written + removed, published.feeds))
            };
            let (paths, written, feeds) = store.publish(publish).await?;
            Ok(Step { paths, written, feeds, began })
        })
    }

    /// A step has ended.
    pub(in crate::pipeline) fn ended(&mut self, step: Step) {
        let took = step.began.elapsed();
        self.next_at = Instant::now() + PAUSE.max(took * PART);
        (self.paths, self.written) = (step.paths, self.written + step.written);
        self.feeds.extend(step.feeds);
    }

    /// Takes away the pages that steps wrote and that stand elsewhere now. How many files the steps wrote in all, and
    /// of which feeds.
    pub(in crate::pipeline) fn finish(mut self, view: &View) -> Result<(usize, BTreeSet<SourceId>), Error> {
        if !self.paths.is_empty() {
            follow(&mut self.paths, &self.config, view, &self.done)?;
        }
        Ok((self.written, self.feeds))
    }
}

/// Brings `paths` up to date with what changed in the run, and removes pages that stand elsewhere now: of two sources that
/// find an article in one run it belongs to the first by name, which may come second. How many files went.
fn follow(
    paths: &mut HashMap<ArticleId, String>,
    config: &Config,
    view: &View,
    done: &FinishedSources,
) -> Result<usize, Error> {
    let mut removed = 0;
    for entry in view.changed_since(done.since).flatten() {
        let path = publish::article_path(&entry);
        if let Some(before) = paths.insert(entry.id, path.clone())
            && before != path
        {
            removed += stale::remove_article(&config.site.output, &before)?;
        }
    }
    Ok(removed)
}
