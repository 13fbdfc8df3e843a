//! Whether and when a request is made again within a run.

use std::hash::{BuildHasher, RandomState};
use std::time::Duration;

use chrono::{DateTime, Utc};

use super::Failure;
use super::backoff::LONGEST_RETRY_AFTER;
use super::exchange::Answer;

/// How often one request is made again at most.
pub(super) const MAX_RETRIES: u32 = 2;
/// The mean pause before the first retry; it doubles with each.
const FIRST_BACKOFF: Duration = Duration::from_secs(1);
/// A server that asks for more than this is asked again in a later run.
const LONGEST_WAIT: Duration = Duration::from_secs(10);

/// What to do with the outcome of a request.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Plan {
    /// Take it.
    Enough,
    /// Ask again.
    Again { after: Duration },
}

/// Decides after `retries` retries of at most `most`; `random` is from 0 to 1.
pub(super) fn plan(outcome: &Result<Answer, Failure>, retries: u32, most: u32, random: f64) -> Plan {
    if retries >= most {
        return Plan::Enough;
    }
    let backoff = FIRST_BACKOFF.mul_f64((0.5 + random) * f64::from(1 << retries));
    match outcome {
        Ok(answer) if matches!(answer.status, 429 | 502 | 503 | 504) => match answer.retry_after {
            Some(after) if after > LONGEST_WAIT => Plan::Enough,
            // Who asks too often does not ask again at once.
            after if answer.status == 429 && after.is_none_or(|after| after.is_zero()) => Plan::Enough,
            Some(after) => Plan::Again { after },
            None => Plan::Again { after: backoff },
        },
        // Its time is over: another try would hold up the run for as long again.
        Err(Failure::Timeout { .. } | Failure::TooSlow { .. }) => Plan::Enough,
        Err(failure) if failure.is_silence() => Plan::Again { after: backoff },
        // A connection that broke is worth one more try.
        Err(Failure::CutOff { .. }) if retries == 0 => Plan::Again { after: backoff },
        _ => Plan::Enough,
    }
}

/// How long a 429 or 503 asks to wait from `now` on, in seconds or as a date (RFC 9110, section 10.2.3).
pub(super) fn retry_after(answer: &Answer, now: DateTime<Utc>) -> Option<Duration> {
    if !matches!(answer.status, 429 | 503) {
        return None;
    }
    let text = std::str::from_utf8(answer.header("retry-after")?).ok()?.trim();
    let wait = match seconds(text) {
        Some(seconds) => Duration::from_secs(seconds),
        None => {
            let at = httpdate::parse_http_date(text);
            // Some leave the zone out, which is always GMT.
            let at = at.or_else(|_| httpdate::parse_http_date(&format!("{text} GMT"))).ok()?;
            (DateTime::<Utc>::from(at) - now).to_std().unwrap_or_default()
        }
    };
    Some(wait.min(LONGEST_RETRY_AFTER))
}

/// A number of seconds; a broken one is rounded up, and one that no number holds is as long as can be.
fn seconds(text: &str) -> Option<u64> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let is_number =
        !whole.is_empty() && [whole, fraction].iter().all(|part| part.bytes().all(|b| b.is_ascii_digit()));
    let is_more = fraction.bytes().any(|byte| byte != b'0');
    is_number.then(|| whole.parse::<u64>().unwrap_or(u64::MAX).saturating_add(u64::from(is_more)))
}

/// A number from 0 to 1, so that clients that failed together do not come back together.
pub(super) fn random() -> f64 {
    RandomState::new().hash_one(()) as f64 / u64::MAX as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Header;

    fn answer(status: u16, retry_after_text: Option<&str>) -> Answer {
        let now = DateTime::parse_from_rfc3339("2026-11-24T09:00:00Z").unwrap().to_utc();
        let headers =
            retry_after_text.map(|text| Header { name: "retry-after".to_owned(), value: text.into() });
        let headers = headers.into_iter().collect();
        let mut answer = Answer { status, headers, body: None, at: now, retry_after: None, peer: None };
        answer.retry_after = retry_after(&answer, now);
        answer
    }

    fn check(outcome: &Result<Answer, Failure>, retries: u32, expected_seconds: Option<f64>) {
        let expected = expected_seconds.map(Duration::from_secs_f64);
        let expected = expected.map_or(Plan::Enough, |after| Plan::Again { after });
        assert_eq!(plan(outcome, retries, MAX_RETRIES, 0.5), expected);
    }

    #[test]
    fn the_backoff_doubles_and_ends() {
        check(&Ok(answer(503, None)), 0, Some(1.0));
        check(&Ok(answer(504, None)), 1, Some(2.0));
        check(&Ok(answer(502, None)), 2, None);
        let timeout = Failure::Timeout { host: "a.example".to_owned(), after: Duration::from_secs(30) };
        check(&Err(timeout), 0, None);
    }

    #[test]
    fn other_outcomes_are_final() {
        check(&Ok(answer(200, None)), 0, None);
        check(&Ok(answer(404, Some("1"))), 0, None);
        check(&Ok(answer(500, None)), 0, None);
        check(&Err(Failure::TooLarge { limit: 1 }), 0, None);
    }

    #[test]
    fn retry_after_overrides_the_backoff() {
        check(&Ok(answer(429, Some("7"))), 1, Some(7.0));
        check(&Ok(answer(503, Some("Tue, 24 Nov 2026 09:00:08 GMT"))), 0, Some(8.0));
        check(&Ok(answer(503, Some("Tue, 24 Nov 2020 09:00:40 GMT"))), 0, Some(0.0));
        check(&Ok(answer(503, Some("soon"))), 0, Some(1.0));
        check(&Ok(answer(503, Some("-5"))), 0, Some(1.0));
    }

    #[test]
    fn a_429_that_names_no_time_is_left_to_a_later_run() {
        for header in [None, Some("0"), Some("-1"), Some("soon"), Some("Tue, 24 Nov 2020 09:00:40 GMT")] {
            check(&Ok(answer(429, header)), 0, None);
        }
    }

    #[test]
    fn a_retry_after_is_read_as_servers_write_it() {
        let wait = |text| answer(429, Some(text)).retry_after.map(|wait| wait.as_secs());
        assert_eq!(wait("120.5"), Some(121));
        assert_eq!(wait(" 7 "), Some(7));
        assert_eq!(wait("Tue, 24 Nov 2026 10:00:00"), Some(3600));
        assert_eq!(wait("Wed, 24 Nov 2027 09:00:00 GMT"), Some(LONGEST_RETRY_AFTER.as_secs()));
        assert_eq!(wait("99999999999999999999999"), Some(LONGEST_RETRY_AFTER.as_secs()));
        assert_eq!(["-5", "soon", "", "."].map(wait), [None; 4]);
    }

    #[test]
    fn a_long_retry_after_is_left_to_a_later_run() {
        check(&Ok(answer(429, Some("11"))), 0, None);
        check(&Ok(answer(503, Some("Tue, 24 Nov 2026 10:00:00 GMT"))), 0, None);
        let for_ever = answer(429, Some("18446744073709551615"));
        assert_eq!(for_ever.retry_at(), Some(for_ever.at + LONGEST_RETRY_AFTER));
    }

    #[test]
    fn jitter_is_from_0_to_1() {
        assert!((0..100).map(|_| random()).all(|random| (0.0..=1.0).contains(&random)));
    }
}
