//! The pages of one source that are to be fetched, from their URLs to the archive.

use url::Url;

use super::context::{Context, Listed};
use super::lanes::Lanes;
use super::memory;
use super::page::{self, Batch, Page, Read};
use super::unmatched::Unmatched;
use super::{Error, Progress, SourceReport};
use crate::config::SourceConfig;
use crate::model::TroubleKind;

/// Fetches and archives these pages, in their order.
pub(super) async fn read(
    context: &Context<'_>,
    source: &SourceConfig,
    pages: Vec<Page>,
    listed: &Listed,
    report: &mut SourceReport,
) -> Result<(), Error> {
    let mut unmatched = Unmatched::default();
    let before = drift_before(context, source).await?;
    if pages.is_empty() {
        report.drifted = report.drifted.take().or_else(|| unmatched.drift(source, before.as_deref()));
        return Ok(());
    }
    let source = &memory::remembering(context, source).await?;
    let mut left = pages.len();
    let mut lanes = Lanes::new(context, source, pages);
    let mut batch = Batch::default();
    loop {
        let read = tokio::select! {
            biased;
            read = context.deadline.before(lanes.next()) => read.flatten(),
            // Pages that wait to be judged with others are judged now: a request needs their memory.
            () = context.client.room_wanted(), if !batch.is_empty() => {
                keep(context, source, listed, batch.take(), report).await?;
                continue;
            }
        };
        let Some(read) = read else { break };
        left -= 1;
        (context.observer)(Progress::Fetched(source.source.id.clone()));
        if let Some((answered, article)) = read.article() {
            unmatched.note(&source.extract, answered, article, read.idle());
        }
        batch.add(read);
        if batch.is_full() {
            keep(context, source, listed, batch.take(), report).await?;
        }
    }
    keep(context, source, listed, batch.take(), report).await?;
    report.unread += left;
    report.drifted = report.drifted.take().or_else(|| unmatched.drift(source, before.as_deref()));
    report.warnings.extend(unmatched.warnings());
    if report.new > 0 {
        memory::settle(context, source, &source.extract.memory).await?;
    }
    Ok(())
}

/// Why the source was told to have drifted, if it was.
async fn drift_before(context: &Context<'_>, source: &SourceConfig) -> Result<Option<String>, Error> {
    let id = source.source.id.clone();
    let condition = context.store.read(move |archive| archive.condition(&id)).await?;
    let drifted = condition.trouble.filter(|trouble| trouble.kind == TroubleKind::Drifted);
    Ok(drifted.map(|trouble| trouble.reason))
}

/// Archives what can be believed of these pages, which are judged together.
async fn keep(
    context: &Context<'_>,
    source: &SourceConfig,
    listed: &Listed,
    reads: Vec<Read>,
    report: &mut SourceReport,
) -> Result<(), Error> {
    let urls: Vec<Url> = reads.iter().map(|read| read.url().clone()).collect();
    let outcomes = page::keep(context, source, listed, reads).await?;
    for (url, outcome) in urls.into_iter().zip(outcomes) {
        report.count(&url, &outcome);
        (context.observer)(Progress::Page { source: source.source.id.clone(), url, outcome });
    }
    Ok(())
}
