//! The pictures that a source's articles show. They are asked for when its articles are archived, each once, and as politely
//! as pages. What goes wrong with one is noted and tried again later; its article is published meanwhile.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use futures_util::{StreamExt, stream};
use indicatif::HumanBytes;

use super::Error;
use super::context::Context;
use super::report::PictureReport;
use crate::archive::{Archive, PictureFailure, WantedPicture, WantedPictures};
use crate::config::{PictureSettings, SourceConfig};
use crate::fetch::{Failure, Fetched, Request, SourceSettings};
use crate::model::{Capture, Picture, SourceId};
use crate::pictures::{self, Unusable};

/// Pictures of one source that are asked for or looked at at once; hosts are asked one by one in any case.
const AHEAD: usize = 4;
/// A picture that was never asked for is of this run, of one that was interrupted, or of a time when none were kept.
const RECENT: TimeDelta = TimeDelta::days(7);
/// How long to wait before a picture that failed is tried again, in hours. After the last it is given up.
const WAITS: [i64; 4] = [1, 6, 24, 168];
/// The same where the server is unlikely to say anything else.
const WAITS_OF_LASTING: [i64; 1] = [24];

/// What came of a picture.
enum PictureAnswer {
    Captured(Box<Capture>, Picture),
    NotModified,
    LetGo(String),
    Failed {
        reason: String,
        is_lasting: bool,
        retry_at: Option<DateTime<Utc>>,
    },
    /// Its host is left alone.
    Postponed,
}

/// Fetches and archives the pictures of one source that are due.
pub(super) async fn fetch(context: &Context<'_>, source: &SourceConfig) -> Result<PictureReport, Error> {
    let mut report = PictureReport::default();
    if !source.pictures.keep || context.deadline.is_over() {
        return Ok(report);
    }
    let (id, now) = (source.source.id.clone(), context.now);
    let which = if context.all_pictures { WantedPictures::All } else { WantedPictures::Recent(now - RECENT) };
    let wanted = context.store.read(move |view| view.pictures_wanted(&id, now, which)).await?;
    if wanted.is_empty() {
        return Ok(report);
    }
    let settings = SourceSettings {
        max_size: Some(source.pictures.max_size),
        // It gives pages.
        command: None,
        ..source.fetch.clone()
    };
    let settings = &settings;
    let ask = |wanted: WantedPicture| async move {
        let answer = ask(context, settings, source.pictures, &wanted).await;
        (wanted, answer)
    };
    let mut answers = stream::iter(wanted.into_iter().map(ask)).buffered(AHEAD).boxed();
    // What the pictures of each article take so far.
    let mut taken: BTreeMap<u64, u64> = BTreeMap::new();
    while let Some(Some((wanted, answer))) = context.deadline.before(answers.next()).await {
        let taken = taken.entry(wanted.article).or_insert(wanted.kept_beside);
        let answer = within_article(answer, source.pictures, taken);
        report.count(&answer);
        let (id, now) = (source.source.id.clone(), context.now);
        context.store.write(move |archive| keep(archive, &id, &wanted, answer, now)).await?;
    }
    context.store.commit().await?;
    Ok(report)
}

/// Asks for one picture, and looks at what comes.
async fn ask(
    context: &Context<'_>,
    settings: &SourceSettings,
    limits: PictureSettings,
    wanted: &WantedPicture,
) -> PictureAnswer {
    let validators = wanted.known.as_ref().map(|(_, validators)| validators);
    let request = Request { url: &wanted.url, validators, source: settings };
    match context.client.get_picture(&request, wanted.page.as_url()).await {
        Ok(Fetched::Captured(capture)) => looked_at(context, capture.detached(), limits).await,
        Ok(Fetched::NotModified { .. }) => PictureAnswer::NotModified,
        Err(failure) => PictureAnswer::of(&failure, limits),
    }
}

/// What a capture is. Pictures are decoded one after another, since each may take much memory for a while.
async fn looked_at(context: &Context<'_>, capture: Capture, limits: PictureSettings) -> PictureAnswer {
    let _turn = context.decoding.acquire().await.expect("the semaphore is never closed");
    let body = capture.payload(limits.max_size);
    let looked = tokio::task::spawn_blocking(move || body.map(|body| pictures::check(&body))).await;
    match looked {
        Ok(Ok(Ok(picture))) => PictureAnswer::Captured(Box::new(capture), picture),
        Ok(Ok(Err(why @ Unusable::TooManyPixels { .. }))) => PictureAnswer::LetGo(why.to_string()),
        Ok(Ok(Err(why))) => PictureAnswer::failed(why.to_string()),
        Ok(Err(coding)) => PictureAnswer::failed(coding.to_string()),
        Err(_) => PictureAnswer::failed("internal error while decoding it".to_owned()),
    }
}

/// Lets a picture go for which there is no room among those of its article; `taken` is what they take.
fn within_article(answer: PictureAnswer, limits: PictureSettings, taken: &mut u64) -> PictureAnswer {
    let PictureAnswer::Captured(capture, picture) = answer else { return answer };
    let bytes = capture.body.len() as u64;
    let most = limits.max_article as u64;
    if taken.saturating_add(bytes) > most {
        return PictureAnswer::LetGo(format!(
            "the pictures of its article take more than {}",
            HumanBytes(most)
        ));
    }
    *taken += bytes;
    PictureAnswer::Captured(capture, picture)
}

/// Archives a picture that was fetched, or why it was not.
fn keep(
    archive: &mut Archive,
    source: &SourceId,
    wanted: &WantedPicture,
    answer: PictureAnswer,
    now: DateTime<Utc>,
) -> Result<(), crate::archive::Error> {
    let failed = |reason, failures, next_try_at, is_let_go| PictureFailure {
        source,
        url: &wanted.url,
        at: now,
        reason,
        failures,
        next_try_at,
        is_let_go,
    };
    match answer {
        PictureAnswer::Captured(capture, picture) => {
            archive.keep_picture(source, &wanted.url, &capture, picture)
        }
        PictureAnswer::NotModified => match &wanted.known {
            Some((payload, validators)) => {
                archive.keep_same_picture(source, &wanted.url, (*payload, validators), now)
            }
            None => Ok(()),
        },
        PictureAnswer::LetGo(reason) => {
            archive.keep_picture_failure(&failed(&reason, wanted.failures, None, true))
        }
        PictureAnswer::Failed { reason, is_lasting, retry_at } => {
            let next = wait(wanted.failures, is_lasting).map(|wait| now + wait);
            let next = next.max(retry_at.filter(|_| next.is_some()));
            archive.keep_picture_failure(&failed(&reason, wanted.failures.saturating_add(1), next, false))
        }
        PictureAnswer::Postponed => Ok(()),
    }
}

fn wait(failures: u32, is_lasting: bool) -> Option<TimeDelta> {
    let waits: &[i64] = if is_lasting { &WAITS_OF_LASTING } else { &WAITS };
    waits.get(failures as usize).map(|hours| TimeDelta::hours(*hours))
}

impl PictureAnswer {
    fn failed(reason: String) -> PictureAnswer {
        PictureAnswer::Failed { reason, is_lasting: false, retry_at: None }
    }

    fn of(failure: &Failure, limits: PictureSettings) -> PictureAnswer {
        match failure {
            Failure::TooLarge { .. } => {
                PictureAnswer::LetGo(format!("it is larger than {}", HumanBytes(limits.max_size as u64)))
            }
            failure if failure.is_postponed() => PictureAnswer::Postponed,
            failure => PictureAnswer::Failed {
                reason: failure.to_string(),
                is_lasting: failure.is_permanent(),
                retry_at: failure.retry_at(),
            },
        }
    }
}

impl PictureReport {
    fn count(&mut self, answer: &PictureAnswer) {
        match answer {
            PictureAnswer::Captured(capture, _) => {
                self.kept += 1;
                self.bytes += capture.body.len() as u64;
            }
            PictureAnswer::NotModified => self.unchanged += 1,
            PictureAnswer::LetGo(_) => self.let_go += 1,
            PictureAnswer::Failed { .. } | PictureAnswer::Postponed => self.failed += 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_that_cannot_be_had_is_given_up_after_some_tries() {
        let hours = |lasting: bool| {
            (0..9)
                .map_while(|failures| wait(failures, lasting))
                .map(|wait| wait.num_hours())
                .collect::<Vec<_>>()
        };
        assert_eq!((hours(false), hours(true)), (vec![1, 6, 24, 168], vec![24]));
    }
}
