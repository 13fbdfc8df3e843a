//! Why an archived article is read as it is, on every page on which it stands.

use super::Error;
use super::captured::Captured;
use super::parts::Manner;
use crate::archive::View;
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
    let on = |capture: &Capture, hints: &Candidate| on_page(capture, hints, settings, max_size);
    let manner = Manner { settings, max_size };
    let Ok(whole) =
        (Captured { first, parts: &parts, is_joined: !parts.is_empty() }).whole(&link, manner).await
    else {
        return Ok(on(first, &link)?);
    };
    let linked = |capture: &Capture| on(capture, &Candidate::new(capture.url.clone()));
    let (explained, further) = match whole.captures.split_first() {
        Some((text, further)) if whole.is_elsewhere => (linked(text)?, further),
        _ => (on(first, &link)?, &*whole.captures),
    };
    let further = further.iter().map(linked).collect::<Result<Vec<_>, _>>()?;
    let mut explained = match &whole.article {
        Ok(article) => explained.joined(article, further),
        Err(_) => explained,
    };
    let newest = view.revisions(id)?.last().copied().unwrap_or_default();
    if let Some(revision) = view.revision(id, newest)? {
        explained.remember(&revision.article);
    }
    Ok(explained)
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
