//! Parts of what a failure says.

use chrono::{DateTime, Utc};
use reqwest::StatusCode;

pub(super) fn status_text(code: u16) -> String {
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
