//! How often a source is asked by runs that ask all of them: at each run while there is news, and the longer there was
//! none the more seldom. What is new is so found within a tenth of the time that nothing was, and a source that is in
//! trouble, or whose file was changed, is asked each time. A run that names a source asks it in any case.

use std::hash::Hasher;

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use rustc_hash::FxHasher;

use super::Error;
use super::context::{Asks, Context};
use crate::archive::{self, Archive};
use crate::config::SourceConfig;
use crate::model::SourceId;

/// Of the time without news, the part that passes until the source is asked again.
const PART: i32 = 10;
/// No source is left alone for longer: what it lists may be gone by then.
const LONGEST: TimeDelta = TimeDelta::hours(6);
/// A shorter pause is none.
const SHORTEST: TimeDelta = TimeDelta::minutes(1);

/// Whether `source` is to be asked now.
pub(super) async fn is_due(context: &Context<'_>, source: &SourceConfig) -> Result<bool, Error> {
    if context.asks != Asks::Due {
        return Ok(true);
    }
    let (source, now) = (source.clone(), context.now);
    context.store.read(move |archive| is_due_in(archive, &source, now)).await
}

/// Whether a run at `now` that asks what is due asks `source`.
pub(super) fn is_due_in(
    archive: &archive::View,
    source: &SourceConfig,
    now: DateTime<Utc>,
) -> Result<bool, archive::Error> {
    let (id, settings) = (&source.source.id, settings(source));
    let state = archive.source_state(id)?;
    let news = archive.note(&key(id))?.and_then(|note| News::from_note(&note));
    // Whoever has changed its file wants to see what comes of it.
    let news = news.filter(|news| news.settings == settings);
    let is_over =
        |(checked, news): (DateTime<Utc>, News)| is_pause_over(checked, news.at, now) || state.failures > 0;
    // Nothing else is asked of the archive where this says enough: most sources of most runs.
    Ok(state.last_checked.zip(news).is_none_or(is_over)
        || archive.condition(id)?.trouble.is_some()
        || !archive.retries_due(id, now)?.is_empty())
}

/// Notes that a source was asked, and whether it had news.
pub(super) fn note(
    archive: &mut Archive,
    source: &SourceConfig,
    had_news: bool,
    now: DateTime<Utc>,
) -> Result<(), archive::Error> {
    let (key, settings) = (key(&source.source.id), settings(source));
    let known = archive.view().note(&key)?.and_then(|note| News::from_note(&note));
    if had_news || known.is_none_or(|news| news.settings != settings) {
        archive.set_note(&key, &News { at: now.trunc_subsecs(0), settings }.to_note())?;
    }
    Ok(())
}

/// A source's last news.
struct News {
    at: DateTime<Utc>,
    /// How the source was followed then.
    settings: u64,
}

impl News {
    fn to_note(&self) -> String {
        format!("{} {:016x}", self.at.to_rfc3339(), self.settings)
    }

    fn from_note(note: &str) -> Option<News> {
        let (at, settings) = note.split_once(' ')?;
        Some(News { at: at.parse().ok()?, settings: u64::from_str_radix(settings, 16).ok()? })
    }
}

/// How a source is followed, as a number.
fn settings(source: &SourceConfig) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(format!("{} {:?}", source.source.url, source.discover).as_bytes());
    hasher.finish()
}

fn key(source: &SourceId) -> String {
    format!("news of {source}")
}

/// Whether a source that was asked at `checked` is to be asked again. One that was asked later than now was asked by a clock
/// that was ahead.
fn is_pause_over(checked: DateTime<Utc>, news: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    checked > now || now - checked >= pause(news, now)
}

/// How long a source is left alone whose last news was at `news`.
fn pause(news: DateTime<Utc>, now: DateTime<Utc>) -> TimeDelta {
    let pause = ((now - news) / PART).min(LONGEST);
    if pause < SHORTEST { TimeDelta::zero() } else { pause }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_is_left_alone_for_a_tenth_of_the_time_that_it_was_silent() {
        let news: DateTime<Utc> = "2026-11-01T00:00:00Z".parse().unwrap();
        let after = |minutes: i64| pause(news, news + TimeDelta::minutes(minutes));
        assert_eq!(after(0), TimeDelta::zero());
        assert_eq!(after(9), TimeDelta::zero());
        assert_eq!(after(10), TimeDelta::minutes(1));
        assert_eq!(after(24 * 60), TimeDelta::minutes(144));
        assert_eq!(after(30 * 24 * 60), LONGEST);
        assert_eq!(after(-60), TimeDelta::zero(), "a clock that was set back");
    }

    #[test]
    fn a_clock_that_was_ahead_keeps_no_source_from_being_asked() {
        let now: DateTime<Utc> = "2026-11-01T00:00:00Z".parse().unwrap();
        let (news, ahead) = (now - TimeDelta::days(30), now + TimeDelta::days(365));
        assert!(is_pause_over(ahead, news, now) && !is_pause_over(now - TimeDelta::hours(1), news, now));
    }
}
