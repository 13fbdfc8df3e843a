//! What the newest articles of a source say, so that what they repeat is left out of the next, and out of themselves
//! once it is known.

use std::sync::Arc;

use super::Error;
use super::captured::Captured;
use super::context::Context;
use super::page;
use super::parts::Manner;
use crate::archive::{Selection, View};
use crate::config::SourceConfig;
use crate::extract::{self, SiteMemory};
use crate::model::{Article, SourceId};

/// A number that no run reaches.
const EVERY_RUN: u64 = i64::MAX.cast_unsigned();

/// `source` with what the archive knows of it. What a run adds is known to the next: the order in which pages are read
/// and kept within one changes nothing.
pub(super) async fn remembering(context: &Context<'_>, source: &SourceConfig) -> Result<SourceConfig, Error> {
    with_memory(context, source, context.run).await
}

async fn with_memory(context: &Context<'_>, source: &SourceConfig, run: u64) -> Result<SourceConfig, Error> {
    let id = source.source.id.clone();
    let memory = Arc::new(context.store.read(move |view| Ok(of_source(view, &id, run))).await?);
    let extract = extract::Settings { memory, ..source.extract.clone() };
    Ok(SourceConfig { extract, ..source.clone() })
}

/// What the newest articles of `source` say, by which a page of it is read.
#[must_use]
pub fn site_memory(view: &View, source: &SourceId) -> SiteMemory {
    of_source(view, source, EVERY_RUN)
}

/// What the newest articles of `source` say, of those that were found before the run with this number.
fn of_source(view: &View, source: &SourceId, run: u64) -> SiteMemory {
    let mut memory = SiteMemory::default();
    // A record that cannot be read is told where it is published.
    let newest = view.entries_before(source, run, SiteMemory::ARTICLES).flatten();
    newest.for_each(|entry| memory.learn(&entry.article));
    memory
}

/// Reads those of the newest articles again of which `before`, what was known when the run began, did not know that
/// they repeat others.
pub(super) async fn settle(
    context: &Context<'_>,
    source: &SourceConfig,
    before: &SiteMemory,
) -> Result<(), Error> {
    let source = with_memory(context, source, EVERY_RUN).await?;
    let (id, after, before) = (source.source.id.clone(), source.extract.memory.clone(), before.clone());
    let is_learnt = move |article: &Article| after.knows_of(article) && !before.knows_of(article);
    let ask = move |view: &View| {
        let newest = Selection { sources: Some(&[id]), newest: Some(SiteMemory::ARTICLES) };
        let learnt = view.entries(&newest).flatten().filter(|entry| is_learnt(&entry.article));
        // The oldest first: that is the order of the archive.
        let numbers: Vec<u64> = learnt.map(|entry| entry.sequence).collect();
        Ok(numbers.into_iter().rev().collect::<Vec<u64>>())
    };
    for number in context.store.read(ask).await? {
        // One whose record cannot be read stays as it is, and is told where it is published.
        let reading = context.store.read(move |view| Ok(view.reading(number).ok().flatten())).await?;
        let Some(reading) = reading else { continue };
        let manner = Manner { settings: &source.extract, max_size: context.max_size };
        if let Ok(article) = Captured::of(&reading).read(&reading.candidate, manner).await
            && lacks_what_is_the_sites(&reading.article, &article)
        {
            let (now, article) = (context.now, page::read_again(&reading.article, article));
            context.store.write(move |archive| archive.keep_reading(&reading, &article, now)).await?;
        }
    }
    Ok(())
}

/// Whether something was left out of `after` that the site has on its other pages too.
fn lacks_what_is_the_sites(before: &Article, after: &Article) -> bool {
    !after.repeated.is_empty() || before.title != after.title || before.image != after.image
}
