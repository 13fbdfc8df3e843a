//! Parts of what a failure says.

use chrono::{DateTime, Utc};
use reqwest::StatusCode;

use crate::model::Capture;
use crate::refusals::Refusal;

/// What a status that is no success says, and by which kind of refusal.
pub(super) fn refusal_text(code: u16, capture: Option<&Capture>) -> String {
    let status = status_text(code);
    let header = |name: &str| capture.and_then(|capture| capture.header(name));
    match Refusal::of(code, header) {
        Some(challenge @ Refusal::Challenge) => format!("{challenge}, and answered {status}"),
        Some(refusal) => format!("the server answered {status}: {refusal}"),
        None => format!("the server answered {status}"),
    }
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
