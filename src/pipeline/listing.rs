//! What a source lists now: its feed, sitemap or listing page is fetched and read, and where one document only points
//! to others (an announced feed, the sitemaps of an index, older pages), those are fetched too.
//!
//! Every document is asked for conditionally. That a document which points to others did not change says nothing of
//! those, so the archive's index notes which they were: they are asked by themselves the next time.

mod documents;
mod pointers;

use std::collections::BTreeSet;

use url::Url;

use super::Error;
use super::source::Context;
use crate::archive::View;
use crate::config::SourceConfig;
use crate::discover::{self, Kind, Listing};
use crate::model::{Candidate, CanonicalUrl, Capture, TroubleKind};

use documents::ask;
pub(super) use documents::{Read, Unread, fetch};
pub(super) use pointers::Pointers;

/// Sitemaps of an index that one run reads: the newest come first.
const MAX_SITEMAPS: usize = 20;
/// What is said where more was published since the last run than is listed now.
const GAP: &str = "nothing that it lists was known before: articles in between may be missing; `run --backfill` \
                   looks for them";
/// Pages of a listing that one run walks through.
const MAX_PAGES: usize = 10;

/// What came of asking a source what it has.
#[derive(Default)]
pub(super) struct Found {
    /// The kind of document that gave the candidates; `None` if nothing changed since the last run.
    pub(super) by: Option<Kind>,
    /// In the document's order.
    pub(super) candidates: Vec<Candidate>,
    /// What is doubtful.
    pub(super) warnings: Vec<String>,
    /// What could not be read beside the rest: something may have been missed.
    pub(super) left_out: Vec<String>,
    /// Why nothing can be read.
    pub(super) failure: Option<String>,
    /// Why what was found was not found in the way that the source was followed by: its page was built anew, say. The
    /// source is then told as drifted, until a run finds nothing of the kind.
    pub(super) drifted: Option<String>,
    /// The documents, to be archived once their candidates are.
    pub(super) captures: Vec<Capture>,
    /// What to note of them then.
    pub(super) pointers: Option<Pointers>,
}

impl Found {
    /// What the source suffers from. A document that was read and lists nothing is not one that cannot be read.
    pub(super) fn trouble(&self) -> Option<(TroubleKind, &str)> {
        let failed = if self.by.is_some() { TroubleKind::Empty } else { TroubleKind::Failing };
        let failure = self.failure.as_deref().map(|reason| (failed, reason));
        failure.or_else(|| self.drifted.as_deref().map(|reason| (TroubleKind::Drifted, reason)))
    }
}

/// Asks what `source` lists.
pub(super) async fn find(context: &Context<'_>, source: &SourceConfig) -> Result<Found, Error> {
    let key = Pointers::key(source);
    let note = context.store.read(move |archive| archive.note(&key)).await?;
    let known = note.map(|note| Pointers::from_note(&note));
    let mut found = match documents(context, source, known.as_ref()).await {
        Ok(found) => found,
        Err(Unread::Archive(error)) => return Err(error),
        Err(unread) => return Ok(Found { failure: Some(unread.to_string()), ..Found::default() }),
    };
    if let Some(older) = known.as_ref().and_then(|known| known.older.clone()) {
        let pointers = found.pointers.take().or(known).unwrap_or_default();
        found.pointers = Some(Pointers { older: None, ..pointers });
        older_pages(context, source, source.discover.kind, Some(older), &mut found).await?;
    }
    Ok(found)
}

/// Asks the feed that the source's page was known to announce, or else the page.
async fn documents(
    context: &Context<'_>,
    source: &SourceConfig,
    known: Option<&Pointers>,
) -> Result<Found, Unread> {
    let Some(feed) = known.and_then(|known| known.feed.as_ref()) else {
        return start(context, source, known).await;
    };
    match announced(context, source, feed).await {
        Err(Unread::Archive(error)) => Err(error.into()),
        // The page may announce another feed by now, or none.
        Err(_) => start(context, source, None).await,
        found => found,
    }
}

/// Asks the source's own document. It is only asked whether it changed where it is known to what it points.
async fn start(
    context: &Context<'_>,
    source: &SourceConfig,
    known: Option<&Pointers>,
) -> Result<Found, Unread> {
    let url = source.source.url.clone();
    let state = context.store.read(move |archive| archive.listing_state(&url)).await?;
    let moved = state.as_ref().and_then(|state| state.moved_to.clone());
    let url = moved.unwrap_or_else(|| source.source.url.clone());
    let validators = state.map(|state| state.validators).filter(|_| known.is_some());
    match fetch(context, source, &url, validators.as_ref(), source.discover.kind).await? {
        Some(first) => follow(context, source, first, known).await,
        None => {
            let parts = known.map(|known| known.sitemaps.clone()).unwrap_or_default();
            sitemaps(context, source, &parts, known, Found::default()).await
        }
    }
}

/// Takes the candidates of `first`, or of the documents that it points to.
async fn follow(
    context: &Context<'_>,
    source: &SourceConfig,
    first: Read,
    known: Option<&Pointers>,
) -> Result<Found, Unread> {
    let Read { capture, listing } = first;
    if listing.kind == Kind::Sitemap && !listing.sitemaps.is_empty() {
        let parts: Vec<Url> = listing.sitemaps.iter().take(MAX_SITEMAPS).cloned().collect();
        return sitemaps(context, source, &parts, known, listed(listing, vec![capture])).await;
    }
    if let Some(feed) = listing.feeds.first().filter(|_| source.discover.kind == Kind::Auto) {
        match announced(context, source, &feed.url).await {
            Ok(mut found) => {
                found.captures.insert(0, capture);
                let pointers = found.pointers.take().unwrap_or_default();
                found.pointers = Some(Pointers { feed: Some(feed.url.clone()), ..pointers });
                return Ok(found);
            }
            Err(Unread::Archive(error)) => return Err(error.into()),
            // The page lists its articles too.
            Err(_) => {}
        }
    }
    let mut found = walk(context, source, Read { capture, listing }).await?;
    found.pointers.get_or_insert_default();
    Ok(found)
}

/// Reads a feed that the source's page announces. A feed without articles is no good: the page is better.
async fn announced(context: &Context<'_>, source: &SourceConfig, feed: &Url) -> Result<Found, Unread> {
    match ask(context, source, feed, Kind::Feed).await? {
        None => Ok(Found::default()),
        Some(read) if read.listing.candidates.is_empty() => Err(discover::Error::Empty.into()),
        Some(read) => walk(context, source, read).await,
    }
}

/// Reads those of `parts`, the sitemaps of an index, that changed, and adds what they list to `found`. A part that was
/// never read is left alone once there is enough, or once a part before it is as it was: what is in it is older.
async fn sitemaps(
    context: &Context<'_>,
    source: &SourceConfig,
    parts: &[Url],
    known: Option<&Pointers>,
    mut found: Found,
) -> Result<Found, Unread> {
    let mut asked = Vec::new();
    let mut unchanged = false;
    for url in parts {
        let was_read = known.is_some_and(|known| known.sitemaps.contains(url));
        if !was_read && (unchanged || found.candidates.len() >= source.discover.limit) {
            continue;
        }
        asked.push(url.clone());
        match ask(context, source, url, Kind::Sitemap).await {
            Ok(Some(read)) => {
                let part = listed(read.listing, vec![read.capture]);
                found.by = part.by;
                found.candidates.extend(part.candidates);
                found.warnings.extend(part.warnings);
                found.captures.extend(part.captures);
            }
            Ok(None) => unchanged = true,
            Err(Unread::Archive(error)) => return Err(error.into()),
            Err(unread) => found.left_out.push(format!("the sitemap {url} was left out: {unread}")),
        }
    }
    found.pointers = Some(Pointers { sitemaps: asked, ..Pointers::default() });
    found.candidates.truncate(source.discover.limit);
    if unchanged && found.candidates.is_empty() {
        // The index was written anew, and its parts are as they were.
        found.by = None;
    }
    Ok(settled(found))
}

/// Goes through the older pages of a listing or feed until something on one is known already: what stood between was
/// missed, or has never been seen.
async fn walk(context: &Context<'_>, source: &SourceConfig, first: Read) -> Result<Found, Unread> {
    let (kind, next_page) = (first.listing.kind, first.listing.next_page.clone());
    let is_known_ground = knows_any(context, first.listing.candidates.clone()).await?;
    let mut found = listed(first.listing, vec![first.capture]);
    let is_reached = is_known_ground || older_pages(context, source, kind, next_page, &mut found).await?;
    let is_whole = found.left_out.is_empty() && !found.candidates.is_empty();
    if !is_reached && is_whole && was_read_before(context, source).await? {
        found.left_out.push(GAP.to_owned());
    }
    found.candidates.truncate(source.discover.limit);
    Ok(settled(found))
}

/// Adds the older pages from `next_page` on to `found`, and says whether known ground was reached. One that cannot be
/// read is where the next run goes on.
async fn older_pages(
    context: &Context<'_>,
    source: &SourceConfig,
    kind: Kind,
    mut next_page: Option<Url>,
    found: &mut Found,
) -> Result<bool, Error> {
    while let Some(page) = next_page.take() {
        let enough = found.captures.len() >= MAX_PAGES || found.candidates.len() >= source.discover.limit;
        if enough || found.captures.iter().any(|capture| capture.url == page) {
            break;
        }
        match fetch(context, source, &page, None, kind).await {
            // A pager that shows the same again and again has no end.
            Ok(Some(older)) if !lists_another(&older.listing, found) => break,
            Ok(Some(older)) => {
                let is_known_ground = knows_any(context, older.listing.candidates.clone()).await?;
                next_page = older.listing.next_page;
                found.by.get_or_insert(older.listing.kind);
                found.candidates.extend(older.listing.candidates);
                found.captures.push(older.capture);
                if is_known_ground {
                    return Ok(true);
                }
            }
            Ok(None) => break,
            Err(Unread::Archive(error)) => return Err(error),
            Err(unread) => {
                found.left_out.push(format!("the older page {page} was left out: {unread}"));
                found.pointers.get_or_insert_default().older = Some(page);
            }
        }
    }
    Ok(false)
}

/// Whether `listing` has an article that is not among those found.
fn lists_another(listing: &Listing, found: &Found) -> bool {
    let key = |candidate: &Candidate| CanonicalUrl::of(&candidate.url).ok().map(|url| url.key());
    let known: BTreeSet<String> = found.candidates.iter().filter_map(key).collect();
    listing.candidates.iter().filter_map(key).any(|key| !known.contains(&key))
}

async fn was_read_before(context: &Context<'_>, source: &SourceConfig) -> Result<bool, Error> {
    let id = source.source.id.clone();
    let state = context.store.read(move |archive| archive.source_state(&id)).await?;
    Ok(state.last_success.is_some())
}

/// Whether one of these pages was fetched before, with whatever came of it.
async fn knows_any(context: &Context<'_>, candidates: Vec<Candidate>) -> Result<bool, Error> {
    let any = move |archive: &View| {
        for candidate in &candidates {
            if let Ok(url) = CanonicalUrl::of(&candidate.url)
                && (archive.article_at(&url)?.is_some() || archive.page_state(&url)?.failures > 0)
            {
                return Ok(true);
            }
        }
        Ok(false)
    };
    context.store.read(any).await
}

fn listed(listing: Listing, captures: Vec<Capture>) -> Found {
    Found {
        by: Some(listing.kind),
        candidates: listing.candidates,
        warnings: listing.warnings,
        captures,
        ..Found::default()
    }
}

/// What was read and lists nothing is a failure: an empty listing is more often broken than empty.
fn settled(mut found: Found) -> Found {
    if found.by.is_some() && found.candidates.is_empty() {
        let reason = found.warnings.first().cloned();
        found.failure = Some(reason.unwrap_or_else(|| "no articles were found".to_owned()));
    }
    found
}
