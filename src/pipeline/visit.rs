//! Fetching a page as a browser would: one that only sends its reader on is followed to where it does.

use url::Url;

use super::reading;
use crate::extract;
use crate::fetch::{Client, Failure, Fetched, MAX_REDIRECTS, Request};
use crate::model::{Capture, Hop};

/// Fetches what `request` asks for, past redirects of servers and of pages.
///
/// # Errors
/// [`Failure`] if it cannot be had.
pub(super) async fn visit(client: &Client, request: &Request<'_>) -> Result<Fetched, Failure> {
    let (mut url, mut hops) = (request.url.clone(), Vec::new());
    loop {
        let capture = match client.get(&Request { url: &url, ..*request }).await? {
            Fetched::Captured(capture) => capture,
            Fetched::NotModified { url, hops: more, fresh_for } => {
                hops.extend(more);
                return Ok(Fetched::NotModified { url, hops, fresh_for });
            }
        };
        hops.extend(capture.hops.iter().cloned());
        let max_size = request.source.max_size.unwrap_or(client.max_size());
        let target = forward(&capture, max_size).await;
        let is_new = |target: &Url| *target != capture.url && hops.iter().all(|hop| hop.from != *target);
        match target.filter(is_new) {
            Some(target) if hops.len() < MAX_REDIRECTS => {
                hops.push(Hop { from: capture.url, status: capture.status });
                url = target;
            }
            _ => return Ok(Fetched::Captured(Capture { hops, ..capture })),
        }
    }
}

/// Where the page sends its reader on.
async fn forward(capture: &Capture, max_size: usize) -> Option<Url> {
    let is_page = capture.content_type().is_none_or(|said| said.to_ascii_lowercase().contains("html"));
    if !is_page {
        return None;
    }
    let document = capture.clone();
    let read = move || {
        let capture = document;
        let payload = capture.payload(max_size).ok()?;
        let page = extract::Page {
            url: &capture.url,
            content_type: capture.content_type(),
            bytes: &payload,
            captured_at: None,
            hints: None,
        };
        extract::forward(&page, capture.header("refresh"))
    };
    reading::page_apart(capture, max_size, read).await.ok()?
}
