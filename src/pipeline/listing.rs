//! What a source lists now: its feed, sitemap or listing page is fetched and read, and where one document only points
//! to others (an announced feed, the sitemaps of an index), those are fetched too.

use url::Url;

use super::Error;
use super::source::Context;
use crate::archive::View;
use crate::config::SourceConfig;
use crate::discover::{self, Document, Kind, Listing};
use crate::fetch::{Failure, Fetched, Request};
use crate::model::{Candidate, CanonicalUrl, Capture, Validators};

/// Sitemaps of an index that one run reads: the newest come first.
const MAX_SITEMAPS: usize = 20;

/// Pages of a listing that one run walks through.
const MAX_PAGES: usize = 10;

/// What came of asking a source what it has.
pub(super) enum Found {
    /// The server says that nothing changed since the last run.
    Unchanged,
    /// It could not be read.
    Failed {
        /// Why.
        reason: String,
    },
    /// It was read.
    Listed {
        /// The kind of document that gave the candidates.
        by: &'static str,
        /// In the document's order.
        candidates: Vec<Candidate>,
        /// What is doubtful.
        warnings: Vec<String>,
        /// The documents, to be archived once their candidates are.
        captures: Vec<Capture>,
    },
}

/// One document that was fetched and read.
struct Read {
    capture: Capture,
    listing: Listing,
}

/// Why a document gave nothing to read.
#[derive(Debug, thiserror::Error)]
enum Unread {
    #[error(transparent)]
    Fetch(#[from] Failure),
    #[error(transparent)]
    Coding(#[from] crate::model::CodingError),
    #[error(transparent)]
    Discover(#[from] discover::Error),
}

/// Asks what `source` lists.
pub(super) async fn find(context: &Context<'_>, source: &SourceConfig) -> Result<Found, Error> {
    let url = source.source.url.clone();
    let state = context.store.read(move |archive| archive.listing_state(&url)).await?;
    let start =
        state.as_ref().and_then(|state| state.moved_to.clone()).unwrap_or_else(|| source.source.url.clone());
    let validators = state.map(|state| state.validators);
    let first = match read(context, source, &start, validators.as_ref(), source.discover.kind).await {
        Ok(Some(first)) => first,
        Ok(None) => return Ok(Found::Unchanged),
        Err(unread) => return Ok(Found::Failed { reason: unread.to_string() }),
    };
    follow(context, source, first).await
}

/// Takes the candidates of `first`, or of the documents that it points to.
async fn follow(context: &Context<'_>, source: &SourceConfig, first: Read) -> Result<Found, Error> {
    if first.listing.kind == Kind::Sitemap && !first.listing.sitemaps.is_empty() {
        return Ok(sitemaps(context, source, first).await);
    }
    let announced = first.listing.feeds.first().map(|feed| feed.url.clone());
    if source.discover.kind == Kind::Auto
        && let Some(announced) = announced
        && let Ok(Some(feed)) = read(context, source, &announced, None, Kind::Feed).await
        && !feed.listing.candidates.is_empty()
    {
        return Ok(listed(feed.listing, vec![first.capture, feed.capture]));
    }
    walk(context, source, first).await
}

/// Goes through the older pages of a listing until something on one is known already: what stood between was missed,
/// or has never been seen.
async fn walk(context: &Context<'_>, source: &SourceConfig, first: Read) -> Result<Found, Error> {
    let Read { capture, mut listing } = first;
    let mut captures = vec![capture];
    let mut page = listing.candidates.clone();
    while captures.len() < MAX_PAGES && listing.candidates.len() < source.discover.limit {
        let Some(next) = listing.next_page.clone() else { break };
        if captures.iter().any(|capture| capture.url == next) || knows_any(context, page).await? {
            break;
        }
        match read(context, source, &next, None, Kind::Listing).await {
            Ok(Some(older)) => {
                page = older.listing.candidates.clone();
                listing.next_page = older.listing.next_page;
                listing.candidates.extend(older.listing.candidates);
                captures.push(older.capture);
            }
            Ok(None) => break,
            Err(unread) => {
                listing.warnings.push(format!("the older page {next} was left out: {unread}"));
                break;
            }
        }
    }
    listing.candidates.truncate(source.discover.limit);
    Ok(listed(listing, captures))
}

async fn knows_any(context: &Context<'_>, candidates: Vec<Candidate>) -> Result<bool, Error> {
    let any = move |archive: &View| {
        for candidate in &candidates {
            if let Ok(url) = CanonicalUrl::of(&candidate.url)
                && archive.article_at(&url)?.is_some()
            {
                return Ok(true);
            }
        }
        Ok(false)
    };
    context.store.read(any).await
}

async fn sitemaps(context: &Context<'_>, source: &SourceConfig, index: Read) -> Found {
    let mut all =
        Listing { candidates: index.listing.candidates, warnings: index.listing.warnings, ..empty_sitemap() };
    let mut captures = vec![index.capture];
    for url in index.listing.sitemaps.iter().take(MAX_SITEMAPS) {
        match read(context, source, url, None, Kind::Sitemap).await {
            Ok(Some(sitemap)) => {
                all.candidates.extend(sitemap.listing.candidates);
                all.warnings.extend(sitemap.listing.warnings);
                captures.push(sitemap.capture);
            }
            Ok(None) => {}
            Err(unread) => all.warnings.push(format!("the sitemap {url} was left out: {unread}")),
        }
        if all.candidates.len() >= source.discover.limit {
            break;
        }
    }
    all.candidates.truncate(source.discover.limit);
    listed(all, captures)
}

fn empty_sitemap() -> Listing {
    Listing {
        kind: Kind::Sitemap,
        title: None,
        candidates: Vec::new(),
        next_page: None,
        sitemaps: Vec::new(),
        feeds: Vec::new(),
        warnings: Vec::new(),
    }
}

fn listed(listing: Listing, captures: Vec<Capture>) -> Found {
    if listing.candidates.is_empty() {
        let reason =
            listing.warnings.into_iter().next().unwrap_or_else(|| "no articles were found".to_owned());
        return Found::Failed { reason };
    }
    Found::Listed {
        by: listing.kind.name(),
        candidates: listing.candidates,
        warnings: listing.warnings,
        captures,
    }
}

async fn read(
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
    let payload = capture.payload(context.max_size)?;
    let document = Document {
        url: &capture.url,
        content_type: capture.content_type(),
        bytes: &payload,
        fetched_at: Some(capture.fetched_at),
    };
    let settings = discover::Settings { kind, ..source.discover.clone() };
    let listing = discover::candidates(&document, &settings)?;
    Ok(Some(Read { capture, listing }))
}
