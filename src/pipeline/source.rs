//! One source, from its listing to its articles.

use super::context::{Asks, Context, Listed};
use super::history;
use super::listing::{self, Found, Pointers};
use super::pages;
use super::plan::{self, Retries};
use super::schedule;
use super::{Error, FoundBy, Progress, SourceReport};
use crate::archive::Sought;
use crate::config::SourceConfig;

/// Runs one source to its end. What goes wrong with the source is part of its report; only what goes wrong with the
/// archive is an error.
pub(super) async fn run(context: &Context<'_>, source: &SourceConfig) -> Result<SourceReport, Error> {
    let mut report = SourceReport::new(source.source.id.clone());
    if context.deadline.is_over() {
        report.end_early(&context.deadline);
        return Ok(report);
    }
    if !schedule::is_due(context, source).await? {
        report.found_by = FoundBy::NotDue;
        return Ok(report);
    }
    let Some(found) = context.deadline.before(listing::find(context, source)).await else {
        report.end_early(&context.deadline);
        return Ok(report);
    };
    let mut found = found?;
    report.found_by = match (found.by, &found.postponed) {
        (Some(kind), _) => FoundBy::Kind(kind),
        (None, Some(_)) => FoundBy::Postponed,
        (None, None) => FoundBy::Unchanged,
    };
    report.candidates = found.candidates.len() + found.missed.len();
    report.failure = found.failure.clone();
    report.drifted = found.drifted.clone();
    report.left_out = std::mem::take(&mut found.left_out);
    report.warnings = std::mem::take(&mut found.warnings);
    report.warnings.extend(found.postponed.clone());
    let items = plan::ListedItems {
        candidates: std::mem::take(&mut found.candidates),
        missed: std::mem::take(&mut found.missed),
        all: found.listed.take(),
    };
    let listed = Listed::of(source, &found.captures, items.candidates.iter().chain(&items.missed));
    let order = order(context, source);
    let pages = context.store.write(move |archive| plan::pages(archive, &order, items)).await?;
    (context.observer)(Progress::Listed { source: source.source.id.clone(), pages: pages.len() });
    pages::read(context, source, pages, &listed, &mut report).await?;
    // Of a source that was not asked nothing is known that was not before; one that was not read to its end lists what is
    // left the next time.
    found.drifted = report.drifted.clone();
    if report.unread > 0 {
        report.end_early(&context.deadline);
        context.store.commit().await?;
    } else if found.postponed.is_none() {
        note(context, source, &report, found).await?;
    } else if report.new + report.revised > 0 {
        context.store.commit().await?;
    }
    Ok(report)
}

/// What pages of the source are chosen for.
pub(super) fn order(context: &Context<'_>, source: &SourceConfig) -> plan::Order {
    plan::Order {
        source: source.source.id.clone(),
        now: context.now,
        sought: Sought::News,
        text: source.extract.text,
        retries: if context.asks == Asks::Again { Retries::All } else { Retries::Due },
    }
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
    if found.failure.is_none() {
        context.fresh.settle(&id);
    }
    context
        .store
        .write(move |archive| {
            // What lists nothing is not remembered as the state of the source: the next run asks for it again.
            if found.failure.is_none() {
                for capture in &found.captures {
                    if found.is_cut {
                        archive.keep_cut_listing(&id, capture)?;
                    } else {
                        archive.keep_listing(&id, capture)?;
                    }
                }
                if let Some(home) = &found.home {
                    archive.note_home(&id, home, now)?;
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
