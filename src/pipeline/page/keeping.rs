//! What came of pages, given to the archive.

use chrono::{DateTime, TimeDelta, Utc};

use super::judging::{JudgedSource, ReadArticle};
use super::{Answer, Page, Read, Unreadable, pass_released};
use crate::archive::{self, Archive, Attempt, Failed, Outcome};
use crate::config::SourceConfig;
use crate::fetch::Failure;
use crate::model::Capture;
use crate::pipeline::context::{Context, Listed};
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
                let next_try_at = wait(&page, FailureKind::Passing).map(|wait| context.now + wait);
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
    let is_gone = answer.is_gone();
    let failed = match answer {
        Answer::NotModified | Answer::Article(_) => {
            archive.note_not_modified(&page.candidate, source.now)?;
            return Ok(PageOutcome::Unchanged);
        }
        Answer::Rejected(capture, why) => PageFailure::of_page(capture, &why, page, source.now),
        Answer::Failed(failure) => PageFailure::of_request(failure, page, source.now),
    };
    if is_gone && let Some(is_news) = failed.note_gone(archive, source, page)? {
        return Ok(if is_news { PageOutcome::Gone } else { PageOutcome::Unchanged });
    }
    failed.keep(archive, source, page)
}

/// What came of a page that gave no article.
struct PageFailure {
    reason: String,
    hold: Option<&'static str>,
    capture: Option<Box<Capture>>,
    next_try_at: Option<DateTime<Utc>>,
    attempt: Attempt,
}

impl PageFailure {
    fn of_page(capture: Box<Capture>, why: &Unreadable, page: &Page, now: DateTime<Utc>) -> PageFailure {
        PageFailure {
            reason: why.to_string(),
            hold: Some(why.name()),
            capture: Some(capture),
            next_try_at: wait(page, FailureKind::Passing).map(|wait| now + wait),
            attempt: Attempt::Made,
        }
    }

    fn of_request(failure: Failure, page: &Page, now: DateTime<Utc>) -> PageFailure {
        let is_postponed = failure.is_postponed();
        let at = wait(page, FailureKind::of(&failure)).map(|wait| now + wait);
        // What the server asks for is honoured where it is longer. A page that could not be tried has not failed.
        let next_try_at = if is_postponed {
            failure.retry_at()
        } else {
            at.max(failure.retry_at().filter(|_| at.is_some()))
        };
        PageFailure {
            reason: failure.to_string(),
            hold: None,
            capture: failure.into_capture(),
            next_try_at,
            attempt: if is_postponed { Attempt::Postponed } else { Attempt::Made },
        }
    }

    fn keep(
        self,
        archive: &mut Archive,
        source: &JudgedSource,
        page: &Page,
    ) -> Result<PageOutcome, archive::Error> {
        let is_news = archive.keep_failure(&Failed {
            source: &source.id,
            candidate: &page.candidate,
            reason: &self.reason,
            hold: self.hold,
            sketch: None,
            capture: self.capture.as_deref(),
            at: source.now,
            next_try_at: self.next_try_at,
            attempt: self.attempt,
        })?;
        let reason = self.reason;
        Ok(match (self.hold, self.attempt) {
            (Some(_), _) if is_news => PageOutcome::Held { reason },
            (Some(_), _) => PageOutcome::StillHeld { reason },
            (None, Attempt::Made) => PageOutcome::Failed { reason },
            (None, Attempt::Postponed) => PageOutcome::Postponed { reason },
        })
    }

    /// Notes that the page is gone, if it is that of an article that is known: whether that is news.
    fn note_gone(
        &self,
        archive: &mut Archive,
        source: &JudgedSource,
        page: &Page,
    ) -> Result<Option<bool>, archive::Error> {
        archive.keep_gone(&Failed {
            source: &source.id,
            candidate: &page.candidate,
            reason: "its page is gone",
            hold: None,
            sketch: None,
            capture: self.capture.as_deref(),
            at: source.now,
            next_try_at: None,
            attempt: Attempt::Made,
        })
    }
}

pub(super) fn outcome(outcome: Outcome) -> PageOutcome {
    match outcome {
        Outcome::New => PageOutcome::New,
        Outcome::Revised => PageOutcome::Revised,
        Outcome::Minor => PageOutcome::Minor,
        Outcome::Unchanged | Outcome::AlreadyKnownElsewhere => PageOutcome::Unchanged,
    }
}

/// How a page failed, as far as it says when it is worth another try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum FailureKind {
    /// It may be over soon: a page is often listed some minutes before it can be had, whatever its server says of it.
    Passing,
    /// It lasts until the site or the configuration changes.
    Lasting,
}

impl FailureKind {
    fn of(failure: &Failure) -> FailureKind {
        match failure {
            Failure::Status { .. } => FailureKind::Passing,
            failure if failure.is_permanent() => FailureKind::Lasting,
            _ => FailureKind::Passing,
        }
    }
}

/// How long to wait before a page that failed is tried again: 1 hour, then 6, then 24, then a week for as long as its
/// source lists it. `None` once one is given up that is no longer listed.
fn wait(page: &Page, trouble: FailureKind) -> Option<TimeDelta> {
    const HOURS: [i64; 3] = [1, 6, 24];
    /// Tries of a page that is no longer listed.
    const UNLISTED: usize = 7;
    const UNLISTED_LASTING: usize = 2;
    let tries = page.failures as usize;
    let (hours, most) = match trouble {
        FailureKind::Passing => (HOURS.get(tries), UNLISTED),
        FailureKind::Lasting => (None, UNLISTED_LASTING),
    };
    let wait = hours.map_or(TimeDelta::weeks(1), |hours| TimeDelta::hours(*hours));
    (page.is_listed || tries < most).then_some(wait)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::{Seen, Sought};
    use crate::model::Candidate;

    /// The waits in hours after so many failures in a row.
    fn waits(is_listed: bool, trouble: FailureKind, failures: u32) -> Vec<i64> {
        let url = url::Url::parse("https://a.example/1").unwrap();
        let seen = Seen { at: DateTime::UNIX_EPOCH, position: 0, sought: Sought::News };
        let page = |failures| Page { failures, is_listed, ..Page::new(Candidate::new(url.clone()), seen) };
        (0..failures)
            .map_while(|failures| wait(&page(failures), trouble))
            .map(|wait| wait.num_hours())
            .collect()
    }

    #[test]
    fn a_page_that_is_listed_is_tried_again_soon_and_then_weekly_for_ever() {
        assert_eq!(waits(true, FailureKind::Passing, 6), [1, 6, 24, 168, 168, 168]);
        assert_eq!(waits(true, FailureKind::Passing, 1_000).len(), 1_000);
        assert_eq!(waits(true, FailureKind::Lasting, 3), [168, 168, 168]);
    }

    #[test]
    fn a_page_that_is_no_longer_listed_is_given_up() {
        assert_eq!(waits(false, FailureKind::Passing, 1_000), [1, 6, 24, 168, 168, 168, 168]);
        assert_eq!(waits(false, FailureKind::Lasting, 1_000), [168, 168]);
    }
}
