//! One document of a source, from its URL to what it lists.

use url::Url;

use crate::config::SourceConfig;
use crate::discover::{self, Document, Kind, Listing};
use crate::fetch::{Failure, Fetched, Request};
use crate::model::{Capture, CodingError, Validators};
use crate::pipeline::Error;
use crate::pipeline::reading::{self, Defect};
use crate::pipeline::source::Context;

/// So many candidates of a document are looked at, even where a source takes fewer: more may have come since the last run.
const WIDE: usize = 500;

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

/// Asks for a document if it changed since the archive last had it; `None` if it did not.
pub(super) async fn ask(
    context: &Context<'_>,
    source: &SourceConfig,
    url: &Url,
    kind: Kind,
) -> Result<Option<Read>, Unread> {
    let key = url.clone();
    let state = context.store.read(move |archive| archive.listing_state(&key)).await?;
    let validators = state.map(|state| state.validators);
    fetch(context, source, url, validators.as_ref(), kind).await
}

/// Asks for a document; `None` if it is as `validators` say.
pub(in crate::pipeline) async fn fetch(
    context: &Context<'_>,
    source: &SourceConfig,
    url: &Url,
    validators: Option<&Validators>,
    kind: Kind,
) -> Result<Option<Read>, Unread> {
    let request = Request { url, validators, source: &source.fetch };
    let capture = match context.client.get(&request).await? {
        Fetched::NotModified { .. } => return Ok(None),
        Fetched::Captured(capture) => capture,
    };
    let (page, max_size) = (capture.clone(), context.max_size);
    let limit = source.discover.limit.max(WIDE);
    let settings = discover::Settings { kind, limit, ..source.discover.clone() };
    let listing = reading::apart(move || read(&page, max_size, &settings)).await??;
    Ok(Some(Read { capture, listing }))
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
