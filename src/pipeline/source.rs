//! One source, from its listing to its articles.

use chrono::{DateTime, Utc};
use futures_util::{StreamExt, stream};

use super::history;
use super::listing::{self, Found, Pointers};
use super::memory;
use super::page::{self, Page};
use super::plan;
use super::schedule::{self, Asks};
use super::store::Store;
use super::unmatched::Unmatched;
use super::{Error, FoundBy, Progress, SourceReport};
use crate::archive::Sought;
use crate::config::SourceConfig;
use crate::fetch::Client;

/// Pages of one source that are fetched or read at once: while one is read, the next is fetched. Their outcomes are
/// archived in the order of the listing all the same.
const AHEAD: usize = 2;

/// What all sources of a run share.
pub(super) struct Context<'a> {
    pub(super) store: Store,
    pub(super) client: Client,
    /// When the run began.
    pub(super) now: DateTime<Utc>,
    /// Its number in the archive.
    pub(super) run: u64,
    /// Which sources it asks.
    pub(super) asks: Asks,
    pub(super) max_size: usize,
    pub(super) observer: &'a (dyn Fn(Progress) + Sync),
}

/// Runs one source to its end. What goes wrong with the source is part of its report; only what goes wrong with the
/// archive is an error.
pub(super) async fn run(context: &Context<'_>, source: &SourceConfig) -> Result<SourceReport, Error> {
    let mut report = SourceReport::new(source.source.id.clone());
    if !schedule::is_due(context, source).await? {
        report.found_by = FoundBy::NotDue;
        return Ok(report);
    }
    let mut found = listing::find(context, source).await?;
    report.found_by = found.by.map_or(FoundBy::Unchanged, FoundBy::Kind);
    report.candidates = found.candidates.len() + found.missed.len();
    report.failure = found.failure.clone();
    report.drifted = found.drifted.clone();
    report.left_out = std::mem::take(&mut found.left_out);
    report.warnings = std::mem::take(&mut found.warnings);
    let (candidates, missed) = (std::mem::take(&mut found.candidates), std::mem::take(&mut found.missed));
    let order = plan::Order {
        source: source.source.id.clone(),
        now: context.now,
        sought: Sought::News,
        text: source.extract.text,
    };
    let pages = context.store.write(move |archive| plan::pages(archive, &order, candidates, missed)).await?;
    (context.observer)(Progress::Listed { source: source.source.id.clone(), pages: pages.len() });
    read_pages(context, source, pages, &mut report).await?;
    note(context, source, &report, found).await?;
    Ok(report)
}

/// Fetches and archives these pages, in their order.
pub(super) async fn read_pages(
    context: &Context<'_>,
    source: &SourceConfig,
    pages: Vec<Page>,
    report: &mut SourceReport,
) -> Result<(), Error> {
    if pages.is_empty() {
        return Ok(());
    }
    let source = &memory::remembering(context, source).await?;
    let mut unmatched = Unmatched::default();
    let mut read =
        stream::iter(pages.into_iter().map(|page| page::read(context, source, page))).buffered(AHEAD);
    while let Some(read) = read.next().await {
        let url = read.url().clone();
        if let Some((answered, article)) = read.article() {
            unmatched.note(&source.extract, answered, article, read.idle());
        }
        let outcome = page::keep(context, source, read).await?;
        report.count(&url, &outcome);
        (context.observer)(Progress::Page { source: source.source.id.clone(), url, outcome });
    }
    report.warnings.extend(unmatched.warnings());
    if report.new > 0 {
        memory::settle(context, source, &source.extract.memory).await?;
    }
    Ok(())
}

/// Remembers how the source did, and what it listed. Only now: had the listing's validators been kept before its
/// articles, a run that is killed in between would be told "not modified" the next time and miss the rest.
async fn note(
    context: &Context<'_>,
    source: &SourceConfig,
    report: &SourceReport,
    found: Found,
) -> Result<(), Error> {
    let key = Pointers::key(source);
    let anew = found.is_gap_open.then(|| history::anew(source));
    let (id, now, had_news) = (report.source.clone(), context.now, report.new > 0);
    let settings = source.clone();
    context
        .store
        .write(move |archive| {
            // What lists nothing is not remembered as the state of the source: the next run asks for it again.
            if found.failure.is_none() {
                for capture in &found.captures {
                    archive.keep_listing(&id, capture)?;
                }
                if let Some(pointers) = &found.pointers {
                    archive.set_note(&key, &pointers.to_note())?;
                }
            }
            if let Some((key, note)) = anew {
                archive.set_note(&key, &note)?;
            }
            schedule::note(archive, &settings, had_news, now)?;
            archive.note_source(&id, now, found.trouble())
        })
        .await?;
    if report.new + report.revised > 0 { context.store.commit().await } else { Ok(()) }
}
