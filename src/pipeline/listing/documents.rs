//! One document of a source, from its URL to what it lists.

use chrono::TimeDelta;
use url::Url;

use super::Search;
use crate::archive::ListingState;
use crate::config::SourceConfig;
use crate::discover::{self, Document, Kind, Listing};
use crate::fetch::{Failure, Fetched, Request, SourceSettings, fresh_for};
use crate::model::{Capture, CodingError, Validators};
use crate::pipeline::Error;
use crate::pipeline::context::Context;
use crate::pipeline::reading::{self, Defect};
use crate::pipeline::visit::visit;

/// So many candidates of a document are looked at, even where a source takes fewer: more may have come since the last run.
const WIDE: usize = 500;

/// So long a server is believed that nothing has changed.
const BELIEVED: TimeDelta = TimeDelta::days(3);

/// One document that was fetched and read.
pub(in crate::pipeline) struct Read {
    pub(in crate::pipeline) capture: Capture,
    pub(in crate::pipeline) listing: Listing,
}

/// Why a document gave nothing to read.
#[derive(Debug, thiserror::Error)]
pub(in crate::pipeline) enum Unread {
    #[error(transparent)]
    Fetch(#[from] Failure),
    #[error(transparent)]
    Coding(#[from] CodingError),
    #[error(transparent)]
    Discover(#[from] discover::Error),
    #[error(transparent)]
    Defect(#[from] Defect),
    #[error(transparent)]
    Archive(#[from] Error),
}

impl Unread {
    /// Whether nothing was asked, since the host is left alone for a while.
    pub(in crate::pipeline) fn is_postponed(&self) -> bool {
        matches!(self, Unread::Fetch(failure) if failure.is_postponed())
    }
}

/// Asks for a document if it changed since the archive last had it; `None` if it did not.
pub(super) async fn ask(search: &Search<'_>, url: &Url, kind: Kind) -> Result<Option<Read>, Unread> {
    let key = url.clone();
    let state = search.context.store.read(move |archive| archive.listing_state(&key)).await?;
    ask_again(search, url, state.as_ref(), kind).await
}

/// Asks for a document if it changed since it was in this state; `None` if it did not. A server that has said for long
/// that nothing has changed is asked for the whole document too: some say so for ever. One that was caught at that is
/// believed no more.
pub(super) async fn ask_again(
    search: &Search<'_>,
    url: &Url,
    state: Option<&ListingState>,
    kind: Kind,
) -> Result<Option<Read>, Unread> {
    let Search { context, source, ground } = search;
    let key = format!("asked whole {url}");
    let note = key.clone();
    let is_believed = context.store.read(move |archive| archive.note(&note)).await?.is_none();
    let state = state.filter(|_| is_believed);
    let changed = fetch(context, source, url, state.map(|state| &state.validators), kind).await?;
    let is_long_so = state.is_some_and(|state| context.now - state.checked_at >= BELIEVED);
    if changed.is_some() || !is_long_so {
        return Ok(changed);
    }
    // What cannot be had whole today is as the server said.
    let Ok(Some(whole)) = fetch(context, source, url, None, kind).await else { return Ok(None) };
    let is_known = ground.known(&whole.listing.candidates, None).await?;
    if is_known.contains(&false) {
        let said = context.now.to_rfc3339();
        context.store.write(move |archive| archive.set_note(&key, &said)).await?;
    }
    Ok(Some(whole))
}

/// Asks for a document; `None` if it is as `validators` say.
pub(in crate::pipeline) async fn fetch(
    context: &Context<'_>,
    source: &SourceConfig,
    url: &Url,
    validators: Option<&Validators>,
    kind: Kind,
) -> Result<Option<Read>, Unread> {
    if validators.is_some() && context.fresh.holds(url) {
        return Ok(None);
    }
    // A command shows pages: what is for programs is asked for as it is.
    let plain = SourceSettings { command: None, ..source.fetch.clone() };
    let settings = if kind == Kind::Listing { &source.fetch } else { &plain };
    let answered = visit(&context.client, &Request { url, validators, source: settings }).await?;
    let says = match &answered {
        Fetched::NotModified { fresh_for, .. } => *fresh_for,
        Fetched::Captured(capture) => fresh_for(&capture.headers),
    };
    context.fresh.hear(&source.source.id, url, says);
    let Fetched::Captured(capture) = answered else { return Ok(None) };
    let (page, max_size) = (capture.clone(), context.max_size);
    let limit = source.discover.limit.max(WIDE);
    let settings = discover::Settings { kind, limit, ..source.discover.clone() };
    let listing = reading::page_apart(&capture, max_size, move || read(&page, max_size, &settings)).await??;
    // It is kept until the articles that it lists are: it takes no room from them.
    Ok(Some(Read { capture: capture.detached(), listing }))
}

/// Reads what was fetched.
pub(in crate::pipeline) fn read(
    capture: &Capture,
    max_size: usize,
    settings: &discover::Settings,
) -> Result<Listing, Unread> {
    let payload = capture.payload(max_size)?;
    let link = capture.joined("link");
    let document = Document {
        url: &capture.url,
        content_type: capture.content_type(),
        link: link.as_deref(),
        bytes: &payload,
        fetched_at: Some(capture.fetched_at),
    };
    Ok(discover::candidates(&document, settings)?)
}
