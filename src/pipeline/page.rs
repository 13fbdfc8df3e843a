//! One page, from its URL to the archive.

use chrono::TimeDelta;
use url::Url;

use super::reading::{self, Defect};
use super::source::Context;
use super::{Error, PageOutcome};
use crate::archive::{Failed, Kept, Outcome, Seen};
use crate::config::SourceConfig;
use crate::extract::{self, Rejection};
use crate::fetch::{Failure, Fetched, Request};
use crate::model::{Article, Candidate, Capture, CodingError, Validators};

/// A page to fetch.
pub(super) struct Page {
    pub(super) candidate: Candidate,
    pub(super) validators: Option<Validators>,
    /// How often it has failed in a row.
    pub(super) failures: u32,
    /// How this run came upon it.
    pub(super) seen: Seen,
}

/// A page that was fetched and read.
pub(super) struct Read {
    page: Page,
    answer: Answer,
}

enum Answer {
    NotModified,
    Article(Box<(Capture, Article)>),
    Rejected(Box<Capture>, Unreadable),
    Failed(Failure),
}

/// Why a page that was fetched holds no article.
#[derive(Debug, thiserror::Error)]
pub(super) enum Unreadable {
    #[error(transparent)]
    Coding(#[from] CodingError),
    #[error(transparent)]
    Rejected(#[from] Rejection),
    #[error(transparent)]
    Defect(#[from] Defect),
}

impl Read {
    /// The article, and the URL that answered.
    pub(super) fn article(&self) -> Option<(&Url, &Article)> {
        match &self.answer {
            Answer::Article(read) => Some((&read.0.url, &read.1)),
            _ => None,
        }
    }

    pub(super) fn url(&self) -> &Url {
        &self.page.candidate.url
    }
}

/// Fetches and reads one page. It never fails: what went wrong is part of the answer.
pub(super) async fn read(context: &Context<'_>, source: &SourceConfig, page: Page) -> Read {
    let request =
        Request { url: &page.candidate.url, validators: page.validators.as_ref(), source: &source.fetch };
    let answer = match context.client.get(&request).await {
        Ok(Fetched::NotModified { .. }) => Answer::NotModified,
        Ok(Fetched::Captured(capture)) => extract(context, source, &page.candidate, capture).await,
        Err(failure) => Answer::Failed(failure),
    };
    Read { page, answer }
}

async fn extract(
    context: &Context<'_>,
    source: &SourceConfig,
    hints: &Candidate,
    capture: Capture,
) -> Answer {
    let (max_size, settings, hints) = (context.max_size, source.extract.clone(), hints.clone());
    let page = capture.clone();
    let read = reading::apart(move || article(&page, max_size, &settings, &hints)).await;
    match read.unwrap_or_else(|defect| Err(defect.into())) {
        Ok(article) => Answer::Article(Box::new((capture, article))),
        Err(why) => Answer::Rejected(Box::new(capture), why),
    }
}

pub(super) fn article(
    capture: &Capture,
    max_size: usize,
    settings: &extract::Settings,
    hints: &Candidate,
) -> Result<Article, Unreadable> {
    let payload = capture.payload(max_size)?;
    let page = extract::Page {
        url: &capture.url,
        content_type: capture.content_type(),
        bytes: &payload,
        captured_at: Some(capture.fetched_at),
        hints: Some(hints),
    };
    Ok(extract::article(&page, settings)?)
}

/// Gives the archive what came of a page.
pub(super) async fn keep(
    context: &Context<'_>,
    source: &SourceConfig,
    read: Read,
) -> Result<PageOutcome, Error> {
    let Read { page, answer } = read;
    let (id, now) = (source.source.id.clone(), context.now);
    let (reason, capture, next_try_at, held) = match answer {
        Answer::NotModified => {
            context.store.write(move |archive| archive.note_not_modified(&page.candidate, now)).await?;
            return Ok(PageOutcome::Unchanged);
        }
        Answer::Article(read) => {
            let (capture, article) = *read;
            let verdict = context.store.write(move |archive| {
                let Page { candidate, seen, .. } = &page;
                let (capture, article) = (&capture, &article);
                archive.keep_article(&Kept { source: &id, candidate, capture, article, seen: *seen })
            });
            return Ok(outcome(verdict.await?.outcome));
        }
        Answer::Rejected(capture, why) => {
            (why.to_string(), Some(capture), wait(page.failures, false).map(|wait| now + wait), true)
        }
        Answer::Failed(failure) => {
            let at = wait(page.failures, failure.is_permanent()).map(|wait| now + wait);
            // What the server asks for is honoured where it is longer.
            let at = at.max(failure.retry_at().filter(|_| at.is_some()));
            (failure.to_string(), failure.into_capture(), at, false)
        }
    };
    let told = reason.clone();
    context
        .store
        .write(move |archive| {
            archive.keep_failure(&Failed {
                source: &id,
                candidate: &page.candidate,
                reason: &reason,
                capture: capture.as_deref(),
                at: now,
                next_try_at,
            })
        })
        .await?;
    Ok(if held { PageOutcome::Held { reason: told } } else { PageOutcome::Failed { reason: told } })
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
