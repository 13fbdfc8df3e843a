//! What a capture holds, or why it holds nothing.

use super::reading::Defect;
use crate::extract::{self, Rejection};
use crate::model::{Article, Candidate, Capture, CodingError};

/// Why a page that was fetched holds no article.
#[derive(Debug, thiserror::Error)]
pub(super) enum Unreadable {
    #[error(transparent)]
    Coding(#[from] CodingError),
    #[error(transparent)]
    Rejected(#[from] Rejection),
    #[error(transparent)]
    Defect(#[from] Defect),
    #[error("the article continues on further pages, and one of them cannot be read")]
    Joined,
    #[error("its text has more than {limit} bytes, which is more than a long novel")]
    TooLong { limit: usize },
}

impl Unreadable {
    /// Why, as one word.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Unreadable::Coding(_) => "coding",
            Unreadable::Rejected(rejection) => rejection.name(),
            Unreadable::Defect(_) => "defect",
            Unreadable::Joined => "joined",
            Unreadable::TooLong { .. } => "too-long",
        }
    }
}

pub(super) fn article(
    capture: &Capture,
    max_size: usize,
    settings: &extract::Settings,
    hints: &Candidate,
) -> Result<Article, Unreadable> {
    Ok(reading(capture, max_size, settings, hints)?.article?)
}

/// What a page holds, and where its rules say that more of it stands.
pub(super) fn reading(
    capture: &Capture,
    max_size: usize,
    settings: &extract::Settings,
    hints: &Candidate,
) -> Result<extract::Reading, Unreadable> {
    if !capture.is_exchange() {
        let article = extract::carried(hints, capture.fetched_at, settings);
        return Ok(extract::Reading {
            article,
            next_page: Vec::new(),
            single_page: Vec::new(),
            idle: Vec::new(),
        });
    }
    let payload = capture.payload(max_size)?;
    let page = extract::Page {
        url: &capture.url,
        content_type: capture.content_type(),
        bytes: &payload,
        captured_at: Some(capture.fetched_at),
        hints: Some(hints),
    };
    Ok(extract::read(&page, settings))
}
