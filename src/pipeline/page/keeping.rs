//! What came of a page, given to the archive.

use chrono::{DateTime, TimeDelta, Utc};

use super::{Answer, Page, Read, pass_released};
use crate::archive::{self, Archive, Failed, Kept, Outcome, Sign};
use crate::config::SourceConfig;
use crate::extract::{self, Rejection};
use crate::model::{Capture, Past, SourceId};
use crate::pipeline::source::Context;
use crate::pipeline::{Error, PageOutcome};

/// Gives the archive what came of a page.
pub(in crate::pipeline) async fn keep(
    context: &Context<'_>,
    source: &SourceConfig,
    read: Read,
) -> Result<PageOutcome, Error> {
    let Read { page, answer, .. } = read;
    let answer = pass_released(context, source, &page, answer).await?;
    let (id, now) = (source.source.id.clone(), context.now);
    let is_gone = answer.is_gone();
    let (reason, capture, next_try_at, hold) = match answer {
        Answer::NotModified => {
            context.store.write(move |archive| archive.note_not_modified(&page.candidate, now)).await?;
            return Ok(PageOutcome::Unchanged);
        }
        Answer::Article(read) => {
            let (capture, article, further) = *read;
            let next_try_at = wait(page.failures, false).map(|wait| now + wait);
            let site = source.source.title.clone();
            let kept = context.store.write(move |archive| {
                let Page { candidate, seen, known, guids, .. } = &page;
                let (capture, article) = (&capture, &article);
                let (seen, sign) = (*seen, Sign { known: *known, guids: Some(guids) });
                let kept = Kept { source: &id, candidate, capture, further: &further, article, seen, sign };
                keep_or_hold(archive, &kept, site, now, next_try_at)
            });
            return kept.await;
        }
        Answer::Rejected(capture, why) => {
            let at = wait(page.failures, false).map(|wait| now + wait);
            (why.to_string(), Some(capture), at, Some(why.name()))
        }
        Answer::Failed(failure) => {
            let at = wait(page.failures, failure.is_permanent()).map(|wait| now + wait);
            // What the server asks for is honoured where it is longer.
            let at = at.max(failure.retry_at().filter(|_| at.is_some()));
            (failure.to_string(), failure.into_capture(), at, None)
        }
    };
    let told = reason.clone();
    if is_gone && let Some(is_news) = note_gone(context, &id, &page, capture.as_deref()).await? {
        return Ok(if is_news { PageOutcome::Gone } else { PageOutcome::Unchanged });
    }
    context
        .store
        .write(move |archive| {
            archive.keep_failure(&Failed {
                source: &id,
                candidate: &page.candidate,
                reason: &reason,
                hold,
                capture: capture.as_deref(),
                at: now,
                next_try_at,
            })
        })
        .await?;
    Ok(if hold.is_some() { PageOutcome::Held { reason: told } } else { PageOutcome::Failed { reason: told } })
}

/// Notes that a page is gone, if it is that of an article that is known: whether that is news.
async fn note_gone(
    context: &Context<'_>,
    source: &SourceId,
    page: &Page,
    capture: Option<&Capture>,
) -> Result<Option<bool>, Error> {
    let (source, candidate, capture) = (source.clone(), page.candidate.clone(), capture.cloned());
    let at = context.now;
    let note = move |archive: &mut Archive| {
        archive.keep_gone(&Failed {
            source: &source,
            candidate: &candidate,
            reason: "its page is gone",
            hold: None,
            capture: capture.as_ref(),
            at,
            next_try_at: None,
        })
    };
    context.store.write(note).await
}

/// Keeps an article, unless it cannot be believed, given its past: then what is published of it stays.
fn keep_or_hold(
    archive: &mut Archive,
    kept: &Kept<'_>,
    site: String,
    now: DateTime<Utc>,
    next_try_at: Option<DateTime<Utc>>,
) -> Result<PageOutcome, archive::Error> {
    let past = archive.view().past(kept)?.map(|past| Past { site: Some(site), ..past });
    // What an item says itself is no wall and no other page; at most its feed says less of it than before.
    let is_item = kept.candidate.item.is_some() && !kept.capture.is_exchange();
    let doubt = past.and_then(|past| extract::doubt(kept.article, kept.candidate, &past));
    let Some(doubt) = doubt.filter(|doubt| !is_item || matches!(doubt, Rejection::Shrunk { .. })) else {
        let verdict = archive.keep_article(kept)?;
        if verdict.is_news() {
            archive.keep_parts(kept.source, &verdict, kept.further)?;
        }
        return Ok(outcome(verdict.outcome));
    };
    let reason = doubt.to_string();
    if is_item {
        // There is no page to try again; what its feed carries next is looked at.
        archive.note_not_modified(kept.candidate, now)?;
        return Ok(PageOutcome::Held { reason });
    }
    archive.keep_failure(&Failed {
        source: kept.source,
        candidate: kept.candidate,
        reason: &reason,
        hold: Some(doubt.name()),
        capture: Some(kept.capture),
        at: now,
        next_try_at,
    })?;
    Ok(PageOutcome::Held { reason })
}

fn outcome(outcome: Outcome) -> PageOutcome {
    match outcome {
        Outcome::New => PageOutcome::New,
        Outcome::Revised => PageOutcome::Revised,
        Outcome::Minor => PageOutcome::Minor,
        Outcome::Unchanged | Outcome::AlreadyKnownElsewhere => PageOutcome::Unchanged,
    }
}

/// How long to wait before a page that failed is tried again: longer after every failure in a row, and a week where
/// the failure looks permanent. `None` once it is given up.
fn wait(failures_before: u32, permanent: bool) -> Option<TimeDelta> {
    const HOURS: [i64; 7] = [1, 6, 24, 72, 168, 168, 168];
    const WEEKS: usize = 2;
    let tries = failures_before as usize;
    if permanent {
        return (tries < WEEKS).then(|| TimeDelta::weeks(1));
    }
    HOURS.get(tries).map(|hours| TimeDelta::hours(*hours))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_failure_in_a_row_makes_the_wait_longer() {
        let hours: Vec<i64> =
            (0..9).map_while(|failures| wait(failures, false)).map(|wait| wait.num_hours()).collect();
        assert_eq!(hours, [1, 6, 24, 72, 168, 168, 168], "and then it is given up");
    }

    #[test]
    fn what_looks_permanent_waits_a_week_and_is_soon_given_up() {
        assert_eq!(wait(0, true), Some(TimeDelta::weeks(1)));
        assert_eq!(wait(2, true), None);
    }
}
