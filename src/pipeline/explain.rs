//! Why an archived article is read as it is, on every page on which it stands.

use super::Error;
use super::captured::Captured;
use super::parts::Manner;
use crate::archive::{HeldCapture, View};
use crate::extract::{self, Explanation, Settings};
use crate::model::{ArticleId, Candidate, Capture, CodingError};

/// Explains the article whose newest revision was read from `first`, with its further pages as the archive has them; of
/// those that it has no more, what the article remembers.
///
/// # Errors
/// [`Error`] if the archive cannot be read, or a capture not be unpacked to `max_size` bytes.
pub async fn explain(
    view: &View,
    id: &ArticleId,
    first: &Capture,
    settings: &Settings,
    max_size: usize,
) -> Result<Explanation, Error> {
    let link = view.candidate_of(id)?.unwrap_or_else(|| Candidate::new(first.url.clone()));
    let parts = view.parts_of(id)?;
    let captured = Captured::new(first, &parts);
    let mut explained = explain_captured(captured, &link, settings, max_size).await?;
    let newest = view.revisions(id)?.last().copied().unwrap_or_default();
    if let Some(revision) = view.revision(id, newest)? {
        explained.remember(&revision.article);
    }
    Ok(explained)
}

/// Explains a page that is held back, and says why it is.
///
/// # Errors
/// [`Error`] if a capture cannot be unpacked to `max_size` bytes.
pub async fn explain_held(
    page: &HeldCapture,
    settings: &Settings,
    max_size: usize,
) -> Result<Explanation, Error> {
    let mut explained = explain_captured(Captured::held(page), &page.candidate, settings, max_size).await?;
    let since = page.held.since.format("%Y-%m-%d %H:%M");
    explained.warnings.insert(0, format!("held back since {since}: {}", page.held.reason));
    Ok(explained)
}

async fn explain_captured(
    captured: Captured<'_>,
    link: &Candidate,
    settings: &Settings,
    max_size: usize,
) -> Result<Explanation, Error> {
    let on = |capture: &Capture, hints: &Candidate| on_page(capture, hints, settings, max_size);
    let manner = Manner { settings, max_size };
    let first = captured.first;
    let Ok(whole) = captured.whole(link, manner).await else {
        return Ok(on(first, link)?);
    };
    let linked = |capture: &Capture| on(capture, &Candidate::new(capture.url.clone()));
    let (explained, further) = match whole.captures.split_first() {
        Some((text, further)) if whole.is_elsewhere => (linked(text)?, further),
        _ => (on(first, link)?, &*whole.captures),
    };
    let further = further.iter().map(linked).collect::<Result<Vec<_>, _>>()?;
    Ok(match &whole.article {
        Ok(article) => explained.joined(article, further),
        Err(_) => explained,
    })
}

fn on_page(
    capture: &Capture,
    hints: &Candidate,
    settings: &Settings,
    max_size: usize,
) -> Result<Explanation, CodingError> {
    let page = extract::Page {
        url: &capture.url,
        content_type: capture.content_type(),
        bytes: &capture.payload(max_size)?,
        captured_at: Some(capture.fetched_at),
        hints: Some(hints),
    };
    Ok(extract::explain(&page, settings))
}
