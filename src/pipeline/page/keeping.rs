//! What came of pages, given to the archive.

use chrono::TimeDelta;

use super::judging::{JudgedSource, ReadArticle};
use super::{Answer, Page, Read, pass_released};
use crate::archive::{self, Archive, Failed, Outcome};
use crate::config::SourceConfig;
use crate::pipeline::source::{Context, Listed};
use crate::pipeline::{Error, PageOutcome};

/// Gives the archive what came of these pages of one source; its articles are judged together. What came of each, in their
/// order.
pub(in crate::pipeline) async fn keep(
    context: &Context<'_>,
    source: &SourceConfig,
    listed: &Listed,
    reads: Vec<Read>,
) -> Result<Vec<PageOutcome>, Error> {
    let (mut articles, mut others) = (Vec::new(), Vec::new());
    for (at, Read { page, answer, .. }) in reads.into_iter().enumerate() {
        match pass_released(context, source, &page, answer).await? {
            Answer::Article(read) => {
                let (capture, article, further) = *read;
                let next_try_at = wait(page.failures, false).map(|wait| context.now + wait);
                articles.push((at, ReadArticle { page, capture, further, article, next_try_at }));
            }
            answer => others.push((at, page, answer)),
        }
    }
    let judged = JudgedSource {
        id: source.source.id.clone(),
        title: source.source.title.clone(),
        listed: listed.clone(),
        now: context.now,
    };
    let writes = articles.len() + others.len();
    let work = move |archive: &mut Archive| -> Result<Vec<PageOutcome>, archive::Error> {
        let (places, articles): (Vec<usize>, Vec<ReadArticle>) = articles.into_iter().unzip();
        let not_modified = others.iter().filter(|(.., answer)| matches!(answer, Answer::NotModified)).count();
        let kept = judged.keep(archive, articles, not_modified)?;
        let mut outcomes: Vec<(usize, PageOutcome)> = places.into_iter().zip(kept).collect();
        for (at, page, answer) in others {
            outcomes.push((at, note(archive, &judged, &page, answer)?));
        }
        outcomes.sort_by_key(|(at, _)| *at);
        Ok(outcomes.into_iter().map(|(_, outcome)| outcome).collect())
    };
    context.store.write_all(writes, work).await
}

/// Notes a page that gave no article.
fn note(
    archive: &mut Archive,
    source: &JudgedSource,
    page: &Page,
    answer: Answer,
) -> Result<PageOutcome, archive::Error> {
    let now = source.now;
    let (reason, capture, next_try_at, hold) = match answer {
        Answer::NotModified | Answer::Article(_) => {
            archive.note_not_modified(&page.candidate, now)?;
            return Ok(PageOutcome::Unchanged);
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
    let is_news = archive.keep_failure(&Failed {
        source: &source.id,
        candidate: &page.candidate,
        reason: &reason,
        hold,
        sketch: None,
        capture: capture.as_deref(),
        at: now,
        next_try_at,
    })?;
    Ok(match hold {
        Some(_) if is_news => PageOutcome::Held { reason },
        Some(_) => PageOutcome::StillHeld { reason },
        None => PageOutcome::Failed { reason },
    })
}

pub(super) fn outcome(outcome: Outcome) -> PageOutcome {
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
