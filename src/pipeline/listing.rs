//! What a source lists now: its feed, sitemap or listing page is fetched and read, and where one document only points
//! to others (an announced feed, the sitemaps of an index, older pages), those are fetched too.
//!
//! Every document is asked for conditionally. That a document which points to others did not change says nothing of
//! those, so the archive's index notes which they were: they are asked by themselves the next time.

mod documents;
mod drift;
mod ground;
mod missed;
mod moved;
mod pointers;

use std::collections::BTreeSet;

use url::Url;

use super::Error;
use super::context::Context;
use crate::archive::ListingState;
use crate::config::SourceConfig;
use crate::discover::{self, Kind, Listing};
use crate::model::{Candidate, Capture, TroubleKind};

pub(super) use documents::{Read, Unread, fetch, read};
use documents::{ask, ask_again};
use ground::Ground;
use missed::Search;
pub(super) use pointers::Pointers;

/// Sitemaps of an index that one run reads: the newest come first.
const MAX_SITEMAPS: usize = 20;

/// What came of asking a source what it has.
#[derive(Default)]
pub(super) struct Found {
    /// The kind of document that gave the candidates; `None` if nothing changed since the last run.
    pub(super) by: Option<Kind>,
    /// The page of the site that the source's own feed says it is of.
    pub(super) home: Option<Url>,
    /// In the document's order.
    pub(super) candidates: Vec<Candidate>,
    /// What came since the last run and is no longer listed, newest first.
    pub(super) missed: Vec<Candidate>,
    /// The keys of all that is listed, if one document lists it: a page that failed is tried for as long as it is there.
    pub(super) listed: Option<BTreeSet<String>>,
    /// What is doubtful.
    pub(super) warnings: Vec<String>,
    /// What could not be read beside the rest: something may have been missed.
    pub(super) left_out: Vec<String>,
    /// Whether something may have been missed that no later run will look for by itself.
    pub(super) is_gap_open: bool,
    /// Why nothing was asked: the host is left alone for a while.
    pub(super) postponed: Option<String>,
    /// Why nothing can be read.
    pub(super) failure: Option<String>,
    /// Why what was found was not found in the way that the source was followed by: its page was built anew, say. The
    /// source is then told as drifted, until a run finds nothing of the kind.
    pub(super) drifted: Option<String>,
    /// The documents, to be archived once their candidates are.
    pub(super) captures: Vec<Capture>,
    /// Whether one of them was cut off.
    pub(super) is_cut: bool,
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
    let search = Search { context, source, ground: Ground::of(context, source).await? };
    let mut found = match documents(&search, known.as_ref()).await {
        Ok(found) => found,
        Err(Unread::Archive(error)) => return Err(error),
        Err(unread) if unread.is_postponed() => {
            return Ok(Found { postponed: Some(unread.to_string()), ..Found::default() });
        }
        Err(unread) => return Ok(Found { failure: Some(unread.to_string()), ..Found::default() }),
    };
    let older = known.as_ref().and_then(|known| known.older.clone());
    // Where this run has missed something too, it has walked the same way.
    if let Some(older) = older.filter(|_| found.missed.is_empty()) {
        let pointers = found.pointers.take().or(known).unwrap_or_default();
        found.pointers = Some(Pointers { older: None, ..pointers });
        search.go_on(older, &mut found).await?;
    }
    Ok(found)
}

/// Asks the feed that the source's page was known to announce, or else the page.
async fn documents(search: &Search<'_>, known: Option<&Pointers>) -> Result<Found, Unread> {
    let Some(feed) = known.and_then(|known| known.feed.as_ref()) else {
        return start(search, known).await;
    };
    match announced(search, feed, known).await {
        Err(Unread::Archive(error)) => Err(error.into()),
        Err(unread) if unread.is_postponed() => Err(unread),
        // The page may announce another feed by now, or none.
        Err(_) => start(search, None).await,
        Ok(mut found) => {
            if let Some(pointers) = &mut found.pointers {
                pointers.feed = Some(feed.clone());
            }
            Ok(found)
        }
    }
}

/// Asks the source's own document, or the place to which it moved for good. Where the new place fails, and once a month,
/// its own is asked again: what was moved by mistake is often moved back.
async fn start(search: &Search<'_>, known: Option<&Pointers>) -> Result<Found, Unread> {
    let Search { context, source, .. } = search;
    let url = source.source.url.clone();
    let state = context.store.read(move |archive| archive.listing_state(&url)).await?;
    let own = &source.source.url;
    let Some((state, moved_to)) = state.as_ref().and_then(|state| Some((state, state.moved_to.as_ref()?)))
    else {
        return at(search, own, state.as_ref(), known).await;
    };
    if moved::is_to_be_asked_again(context, source, state).await? {
        let found = at(search, own, None, known).await;
        if is_good(&found) {
            return found;
        }
    }
    let found = at(search, moved_to, Some(state), known).await;
    if is_good(&found) || matches!(&found, Err(unread) if unread.is_postponed()) {
        return found;
    }
    let again = at(search, own, None, known).await;
    if is_good(&again) { again } else { found }
}

/// Whether a document was read and lists something, or has not changed.
fn is_good(found: &Result<Found, Unread>) -> bool {
    found.as_ref().is_ok_and(|found| found.failure.is_none())
}

/// Asks the document at `url`, which was in this state. It is only asked whether it changed where it is known to what it
/// points.
async fn at(
    search: &Search<'_>,
    url: &Url,
    state: Option<&ListingState>,
    known: Option<&Pointers>,
) -> Result<Found, Unread> {
    let asked = state.filter(|_| known.is_some());
    let Some(first) = ask_again(search, url, asked, search.source.discover.kind).await? else {
        let parts = known.map(|known| known.sitemaps.clone()).unwrap_or_default();
        return sitemaps(search, &parts, known, Found::default()).await;
    };
    let Some(doubt) = moved::doubt(search, &first).await? else { return follow(search, first, known).await };
    if !moved::lists_known(search, &first).await? {
        return Ok(Found { by: None, failure: Some(doubt), ..Found::default() });
    }
    let mut found = follow(search, first, known).await?;
    // Neither the place nor what it lists is remembered before its owner has seen that, or some time has passed.
    found.captures.clear();
    found.drifted.get_or_insert(doubt);
    Ok(found)
}

/// Takes the candidates of `first`, or of the documents that it points to.
async fn follow(search: &Search<'_>, first: Read, known: Option<&Pointers>) -> Result<Found, Unread> {
    let Read { capture, listing } = first;
    if listing.kind == Kind::Sitemap && !listing.sitemaps.is_empty() {
        let all = listing.sitemaps.len();
        let parts: Vec<Url> = listing.sitemaps.iter().take(MAX_SITEMAPS).cloned().collect();
        let mut found = sitemaps(search, &parts, known, listed(listing, vec![capture])).await?;
        if all > MAX_SITEMAPS && found.candidates.len() < search.source.discover.limit {
            found
                .warnings
                .push(format!("only the newest {MAX_SITEMAPS} of its {all} sitemaps were looked at"));
        }
        return Ok(found);
    }
    if let Some(feed) = listing.feeds.first().filter(|_| search.source.discover.kind == Kind::Auto) {
        match announced(search, &feed.url, known).await {
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
    let mut found = walk(search, Read { capture, listing }, known).await?;
    found.pointers.get_or_insert_default();
    Ok(found)
}

/// Reads a feed that the source's page announces. A feed without articles is no good: the page is better.
async fn announced(search: &Search<'_>, feed: &Url, known: Option<&Pointers>) -> Result<Found, Unread> {
    match ask(search, feed, Kind::Feed).await? {
        None => Ok(Found::default()),
        Some(read) if read.listing.candidates.is_empty() => Err(discover::Error::Empty.into()),
        // Whoever follows a page is at home on it.
        Some(read) => Ok(Found { home: None, ..walk(search, read, known).await? }),
    }
}

/// Reads those of `parts`, the sitemaps of an index, that changed, and adds what they list to `found`. A part that was
/// never read is left alone once there is enough, or once a part before it is as it was: what is in it is older.
async fn sitemaps(
    search: &Search<'_>,
    parts: &[Url],
    known: Option<&Pointers>,
    mut found: Found,
) -> Result<Found, Unread> {
    let limit = search.source.discover.limit;
    let mut asked = Vec::new();
    let mut unchanged = false;
    for url in parts {
        let was_read = known.is_some_and(|known| known.sitemaps.contains(url));
        if !was_read && (unchanged || found.candidates.len() >= limit) {
            continue;
        }
        asked.push(url.clone());
        match ask(search, url, Kind::Sitemap).await {
            Ok(Some(read)) => {
                let is_cut = read.listing.is_cut;
                let part = listed(read.listing, vec![read.capture]);
                found.by = part.by;
                found.candidates.extend(part.candidates);
                found.warnings.extend(part.warnings);
                found.captures.extend(part.captures);
                found.is_cut |= is_cut;
            }
            Ok(None) => unchanged = true,
            Err(Unread::Archive(error)) => return Err(error.into()),
            Err(unread) => found.left_out.push(format!("the sitemap {url} was left out: {unread}")),
        }
    }
    found.pointers = Some(Pointers { sitemaps: asked, ..Pointers::default() });
    let above = search.ground.reach(&found.candidates, None).await?;
    if above.is_some() || !search.ground.is_followed() {
        found.candidates.truncate(above.unwrap_or_default().max(limit));
    }
    if unchanged && found.candidates.is_empty() {
        // The index was written anew, and its parts are as they were.
        found.by = None;
    }
    Ok(settled(found))
}

/// Takes what a listing or feed has above known ground, and no less than the source takes anyway. Where nothing on it is
/// known its older pages are read: what stood between was missed, or has never been seen.
async fn walk(search: &Search<'_>, first: Read, known: Option<&Pointers>) -> Result<Found, Unread> {
    let (kind, next_page) = (first.listing.kind, first.listing.next_page.clone());
    let above = search.ground.reach(&first.listing.candidates, None).await?;
    let limit = search.source.discover.limit;
    let drifted = drift::of(search.context, search.source, &first).await?;
    let is_cut = first.listing.is_cut;
    let mut found = listed(first.listing, vec![first.capture]);
    found.is_cut = is_cut;
    if let Some(above) = above {
        found.candidates.truncate(limit.max(above));
    } else if !search.ground.is_followed() {
        search.begin(kind, next_page, &mut found).await?;
        found.candidates.truncate(limit);
    } else if !found.candidates.is_empty() {
        let pending = known.and_then(|known| known.older.as_ref()?.since);
        search.catch_up(kind, next_page, pending.unwrap_or(search.context.run), &mut found).await?;
    }
    if drifted.is_some() {
        // What the archive has stays the measure.
        found.captures.clear();
    }
    found.drifted = drifted;
    Ok(settled(found))
}

fn listed(listing: Listing, captures: Vec<Capture>) -> Found {
    let keys = listing.candidates.iter().filter_map(Candidate::key);
    // The other sitemaps of a site list something too.
    let all = (listing.kind != Kind::Sitemap).then(|| keys.collect());
    Found {
        by: Some(listing.kind),
        home: listing.home,
        listed: all,
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
