//! What came of a page, given to the archive.

use chrono::{DateTime, TimeDelta, Utc};

use super::{Answer, Page, Read, pass_released};
use crate::archive::{self, Archive, Attempt, Failed, Kept, Outcome};
use crate::config::SourceConfig;
use crate::extract;
use crate::fetch::Failure;
use crate::model::{Candidate, Capture, Past, SourceId};
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
    let passing = wait(&page, FailureKind::Passing).map(|wait| now + wait);
    let failed = match answer {
        Answer::NotModified => {
            context.store.write(move |archive| archive.note_not_modified(&page.candidate, now)).await?;
            return Ok(PageOutcome::Unchanged);
        }
        Answer::Article(read) => {
            let (capture, article, further) = *read;
            let site = source.source.title.clone();
            let kept = context.store.write(move |archive| {
                let Page { candidate, seen, .. } = &page;
                let (capture, article) = (&capture, &article);
                let kept = Kept { source: &id, candidate, capture, further: &further, article, seen: *seen };
                keep_or_hold(archive, &kept, site, now, passing)
            });
            return kept.await;
        }
        Answer::Rejected(capture, why) => PageFailure {
            reason: why.to_string(),
            hold: Some(why.name()),
            capture: Some(capture),
            next_try_at: passing,
            attempt: Attempt::Made,
        },
        Answer::Failed(failure) => PageFailure::of(failure, &page, now),
    };
    let outcome = failed.outcome();
    let candidate = page.candidate;
    context.store.write(move |archive| failed.keep(archive, &id, &candidate, now)).await?;
    Ok(outcome)
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
    fn of(failure: Failure, page: &Page, now: DateTime<Utc>) -> PageFailure {
        let is_postponed = failure.is_postponed();
        let at = wait(page, FailureKind::of(&failure)).map(|wait| now + wait);
        // What the server asks for is honoured where it is longer. A page that could not be tried has not failed.
        let next_try_at = if is_postponed {
            failure.retry_at()
        } else {
            at.max(failure.retry_at().filter(|_| at.is_some()))
        };
        let attempt = if is_postponed { Attempt::Postponed } else { Attempt::Made };
        PageFailure {
            reason: failure.to_string(),
            hold: None,
            capture: failure.into_capture(),
            next_try_at,
            attempt,
        }
    }

    fn outcome(&self) -> PageOutcome {
        let reason = self.reason.clone();
        match (self.hold, self.attempt) {
            (Some(_), _) => PageOutcome::Held { reason },
            (None, Attempt::Made) => PageOutcome::Failed { reason },
            (None, Attempt::Postponed) => PageOutcome::Postponed { reason },
        }
    }

    fn keep(
        &self,
        archive: &mut Archive,
        source: &SourceId,
        candidate: &Candidate,
        now: DateTime<Utc>,
    ) -> Result<(), archive::Error> {
        archive.keep_failure(&Failed {
            source,
            candidate,
            reason: &self.reason,
            hold: self.hold,
            capture: self.capture.as_deref(),
            at: now,
            next_try_at: self.next_try_at,
            attempt: self.attempt,
        })
    }
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
    let Some(doubt) = past.and_then(|past| extract::doubt(kept.article, kept.candidate, &past)) else {
        let verdict = archive.keep_article(kept)?;
        if verdict.is_news() {
            archive.keep_parts(kept.source, &verdict, kept.further)?;
        }
        return Ok(outcome(verdict.outcome));
    };
    let reason = doubt.to_string();
    archive.keep_failure(&Failed {
        source: kept.source,
        candidate: kept.candidate,
        reason: &reason,
        hold: Some(doubt.name()),
        capture: Some(kept.capture),
        at: now,
        next_try_at,
        attempt: Attempt::Made,
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

    /// The waits in hours after so many failures in a row.
    fn waits(is_listed: bool, trouble: FailureKind, failures: u32) -> Vec<i64> {
        let url = url::Url::parse("https://a.example/1").unwrap();
        let seen = Seen { at: DateTime::UNIX_EPOCH, position: 0, sought: Sought::News };
        let page = |failures| Page {
            candidate: Candidate::new(url.clone()),
            validators: None,
            further: Vec::new(),
            failures,
            is_listed,
            seen,
        };
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
