//! Parts of what a failure says.

use chrono::{DateTime, Utc};
use reqwest::StatusCode;

use crate::model::Capture;

/// What a status that is no success says, and by which kind of refusal.
pub(super) fn refusal_text(code: u16, capture: Option<&Capture>) -> String {
    let status = status_text(code);
    if capture.is_some_and(|capture| is_challenge(code, |name| capture.header(name))) {
        return format!("the server wants to see a browser first, and answered {status}");
    }
    let says = match code {
        401 => ": it asks for a login",
        402 => ": it asks to be paid",
        403 => ": it does not let us see the page",
        407 => ": a proxy asks for a login",
        451 => ": the law forbids it to show the page",
        _ => "",
    };
    format!("the server answered {status}{says}")
}

/// Whether an answer with this status and these headers is a test for browsers.
pub(crate) fn is_challenge<'a>(code: u16, header: impl Fn(&str) -> Option<&'a str>) -> bool {
    let says = |name: &str, what: &str| header(name).is_some_and(|value| value.eq_ignore_ascii_case(what));
    matches!(code, 401 | 403 | 405 | 429 | 503)
        && (says("cf-mitigated", "challenge")
            || says("x-amzn-waf-action", "challenge")
            || says("x-amzn-waf-action", "captcha")
            || header("x-datadome").is_some())
}

fn status_text(code: u16) -> String {
    let reason = StatusCode::from_u16(code).ok().and_then(|code| code.canonical_reason());
    reason.map_or_else(|| code.to_string(), |reason| format!("{code} ({reason})"))
}

pub(super) fn asked_to_wait(retry_at: Option<&DateTime<Utc>>) -> String {
    retry_at.map(|at| format!(" and asks to come back at {}", minute(at))).unwrap_or_default()
}

pub(super) fn expected_size(expected: Option<u64>) -> String {
    expected.map(|expected| format!(" of {expected}")).unwrap_or_default()
}

pub(super) fn minute(at: &DateTime<Utc>) -> String {
    at.format("%Y-%m-%d %H:%M UTC").to_string()
}
