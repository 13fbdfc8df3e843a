//! A run: all that is due, side by side, and what is done published without waiting for the rest.

use chrono::{DateTime, Utc};
use futures_util::future::{BoxFuture, OptionFuture};
use futures_util::stream::FuturesUnordered;
use futures_util::{StreamExt, stream};
use tokio::sync::Semaphore;

use super::announce::announce;
use super::context::{Asks, Context};
use super::deadline::{Deadline, Stop};
use super::fresh::{self, Fresh};
use super::publishing::{self, Step, Steps};
use super::source;
use super::store::Store;
use super::{Error, FoundBy, PictureReport, Progress, RunReport, SourceReport};
use super::{
    alerts, damaged, find_source, history, hosts, open, pictures, recovered, refusals, require_sources,
    robots,
};
use crate::archive::Archive;
use crate::config::{BrokenSource, Config, SourceConfig};
use crate::fetch::Client;

/// Sources under way at once. They mostly wait for their hosts; how many requests are is the fetcher's to say.
pub(super) const SOURCES_AT_ONCE: usize = 256;

/// Runs `only` these sources, or all where it is empty: finds, fetches, archives and publishes what is new. What goes
/// wrong with a page or a source is part of the report and ends nothing.
///
/// # Errors
/// [`Error`] if a source is not known, or the archive or the output fails.
pub async fn run(
    config: &Config,
    only: &[String],
    now: DateTime<Utc>,
    observer: &(dyn Fn(Progress) + Sync),
) -> Result<RunReport, Error> {
    run_until(&Stop::default(), config, only, RunMode::News, now, observer).await
}

/// A run that also tries every page again that could not be had before, due or not.
///
/// # Errors
/// As [`run`].
pub async fn retry(
    config: &Config,
    only: &[String],
    now: DateTime<Utc>,
    observer: &(dyn Fn(Progress) + Sync),
) -> Result<RunReport, Error> {
    run_until(&Stop::default(), config, only, RunMode::Retry, now, observer).await
}

/// A run that then fetches, of each source, at most `most` articles of its past that are not archived yet. It goes on
/// where the last one stopped.
///
/// # Errors
/// As [`run`].
pub async fn backfill(
    config: &Config,
    only: &[String],
    most: usize,
    now: DateTime<Utc>,
    observer: &(dyn Fn(Progress) + Sync),
) -> Result<RunReport, Error> {
    run_until(&Stop::default(), config, only, RunMode::Backfill(most), now, observer).await
}

/// A run that also fetches every picture that the archive lacks and an article shows.
///
/// # Errors
/// As [`run`].
pub async fn backfill_pictures(
    config: &Config,
    only: &[String],
    now: DateTime<Utc>,
    observer: &(dyn Fn(Progress) + Sync),
) -> Result<RunReport, Error> {
    run_until(&Stop::default(), config, only, RunMode::Pictures, now, observer).await
}

/// What a run is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RunMode {
    /// What is new.
    News,
    /// That, and at most so many articles of each source's past.
    Backfill(usize),
    /// What is new, and every page that failed.
    Retry,
    /// What is new, and every picture that the archive lacks and an article shows.
    Pictures,
}

/// A run that ends in good order when `stop` is asked.
///
/// # Errors
/// As [`run`].
pub async fn run_until(
    stop: &Stop,
    config: &Config,
    only: &[String],
    mode: RunMode,
    now: DateTime<Utc>,
    observer: &(dyn Fn(Progress) + Sync),
) -> Result<RunReport, Error> {
    let (asks, most) = match mode {
        RunMode::News if only.is_empty() => (Asks::Due, 0),
        RunMode::News | RunMode::Pictures => (Asks::All, 0),
        RunMode::Backfill(most) => (Asks::All, most),
        RunMode::Retry => (Asks::Again, 0),
    };
    let chosen = choose(config, only)?;
    require_sources(config)?;
    let (archive, recovery) = open(config, now)?;
    let (run, since) = (archive.run(), archive.view().newest_change()?);
    let context = Context {
        all_pictures: mode == RunMode::Pictures,
        ..begin(config, archive, Store::new, asks, stop.clone(), now, observer)?
    };
    let damaged = damaged(&recovery.problems);
    let mut steps = Steps::new(config, run, since, damaged.clone());
    let mut sources = all_sources(&context, chosen, most, &mut steps).await?;
    sources.sort_by(|one, other| one.source.cmp(&other.source));
    context.store.commit().await?;
    let (read, troubles) = (context.client.robots_read(), context.client.troubles());
    let refused = context.client.refusals();
    let fresh = context.fresh.into_noted();
    let mut archive = context.store.into_archive().await;
    robots::note(&mut archive, read, now)?;
    hosts::note(&mut archive, &troubles)?;
    refusals::note(&mut archive, refused, now)?;
    fresh::note(&mut archive, &fresh)?;
    let mut published = publishing::update(config, &mut archive, damaged, observer)?;
    let (written, feeds) = steps.finish(archive.view())?;
    published.written += written;
    published.feeds.extend(feeds);
    let alerts = alerts::alerts(&mut archive, &sources, config.run.tell_after, now)?;
    archive.close()?;
    announce(config, &mut published).await;
    let configuration = config.broken.iter().map(BrokenSource::summary).collect();
    let recovered = recovered(&recovery);
    Ok(RunReport { sources, configuration, published, recovered, alerts })
}

/// What a run has when it begins: the archive as `store` has it, and a client that knows what earlier runs learned about
/// hosts.
pub(super) fn begin<'a>(
    config: &Config,
    archive: Archive,
    store: impl FnOnce(Archive) -> Store,
    asks: Asks,
    stop: Stop,
    now: DateTime<Utc>,
    observer: &'a (dyn Fn(Progress) + Sync),
) -> Result<Context<'a>, Error> {
    let (robots, troubles) = (robots::known(archive.view(), now)?, hosts::known(archive.view(), asks)?);
    let fresh = Fresh::known(archive.view(), now)?;
    Ok(Context {
        client: Client::knowing(&config.fetch, robots, troubles, now)?,
        fresh: if asks == Asks::Due { fresh } else { fresh.disbelieved() },
        now,
        run: archive.run(),
        asks,
        max_size: config.max_size(),
        deadline: Deadline::after(config.run.deadline, stop),
        all_pictures: false,
        decoding: Semaphore::new(1),
        observer,
        store: store(archive),
    })
}

/// Runs all of `chosen`, and publishes in steps what is done of them.
async fn all_sources(
    context: &Context<'_>,
    chosen: Vec<&SourceConfig>,
    most: usize,
    steps: &mut Steps,
) -> Result<Vec<SourceReport>, Error> {
    let running = chosen.into_iter().map(|one| one_source(context, one, most));
    let mut running = stream::iter(running).buffer_unordered(SOURCES_AT_ONCE);
    // Articles do not wait for their pictures.
    let (mut showing, mut is_over) = (FuturesUnordered::new(), false);
    let mut step: Option<BoxFuture<'_, Result<Step, Error>>> = None;
    let mut sources = Vec::new();
    loop {
        tokio::select! {
            report = running.next(), if !is_over => match report {
                Some(done) => {
                    let (source, report) = done?;
                    steps.note(&report);
                    if report.found_by != FoundBy::NotDue {
                        showing.push(pictures_of(context, source, sources.len()));
                    }
                    sources.push(report);
                }
                None if showing.is_empty() => break,
                None => is_over = true,
            },
            Some(shown) = showing.next() => {
                let (at, pictures): (usize, PictureReport) = shown?;
                steps.note_pictures(&pictures);
                sources[at].pictures = pictures;
                if is_over && showing.is_empty() {
                    break;
                }
            }
            Some(ended) = OptionFuture::from(step.as_mut()) => {
                step = None;
                steps.ended(ended?);
                (context.observer)(Progress::Published);
            }
            () = steps.due(), if step.is_none() => step = Some(steps.begin(&context.store)),
        }
    }
    if let Some(step) = step {
        steps.ended(step.await?);
    }
    Ok(sources)
}

/// The pictures of a source, for the report at this place.
async fn pictures_of(
    context: &Context<'_>,
    source: &SourceConfig,
    at: usize,
) -> Result<(usize, PictureReport), Error> {
    Ok((at, pictures::fetch(context, source).await?))
}

async fn one_source<'a>(
    context: &Context<'_>,
    source: &'a SourceConfig,
    most: usize,
) -> Result<(&'a SourceConfig, SourceReport), Error> {
    let mut report = source::run(context, source).await?;
    // What is new has not to wait for the past.
    if most > 0 {
        report.add(history::fill(context, source, most).await?);
    }
    (context.observer)(Progress::Source(report.clone()));
    Ok((source, report))
}

pub(super) fn choose<'a>(config: &'a Config, only: &[String]) -> Result<Vec<&'a SourceConfig>, Error> {
    if only.is_empty() {
        return Ok(config.sources.iter().filter(|source| source.is_followed).collect());
    }
    let mut chosen: Vec<&SourceConfig> = Vec::new();
    for id in only {
        let source = find_source(config, id)?;
        // Whoever names a source twice wants it asked once.
        if !chosen.iter().any(|one| one.source.id == source.source.id) {
            chosen.push(source);
        }
    }
    Ok(chosen)
}
