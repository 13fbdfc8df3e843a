//! Looks for what was missed: a source on whose listing nothing was known has more that is new than it shows. Older pages
//! are walked, and where they end before known ground is reached, the page that announces the feed and its older pages,
//! and then the sitemaps of the site.

use std::collections::{BTreeSet, VecDeque};

use url::Url;

use super::documents::{Unread, fetch};
use super::ground::{Before, Ground, stated};
use super::pointers::Older;
use super::{Found, MAX_SITEMAPS};
use crate::config::SourceConfig;
use crate::discover::{Kind, Listing};
use crate::model::{Candidate, CanonicalUrl};
use crate::pipeline::Error;
use crate::pipeline::context::Context;
use crate::pipeline::family::family;

/// Documents of a listing that one run reads.
const MAX_PAGES: usize = 10;
/// Articles that one run catches up on.
const MAX_MISSED: usize = 1_000;
/// What is said where known ground cannot be reached.
const GAP: &str = "nothing that it lists was known before: articles in between may be missing; `run --backfill` \
                   looks for them";
/// What is said where it was not reached yet.
const LONG_GAP: &str = "nothing that it lists was known before, nor on the older pages that were read: the next run \
                        goes on with them";

/// Where a walk through older pages ended.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    /// On known ground.
    Known,
    /// At the last page.
    Over,
    /// At a limit, or at a page that cannot be read: the next run may go on.
    Stopped,
}

/// What a search goes by.
pub(super) struct Search<'a> {
    pub(super) context: &'a Context<'a>,
    pub(super) source: &'a SourceConfig,
    pub(super) ground: Ground<'a>,
}

impl Search<'_> {
    /// Adds what the source lists on older pages, from `next` on, until there is enough: nothing of it is known yet.
    pub(super) async fn begin(&self, kind: Kind, next: Option<Url>, found: &mut Found) -> Result<(), Error> {
        self.older_pages(kind, next, None, found).await.map(drop)
    }

    /// Goes on where the walk through older pages stopped in a run before.
    pub(super) async fn go_on(&self, older: Older, found: &mut Found) -> Result<(), Error> {
        let Older { page, since } = older;
        let before = match since {
            Some(since) => Some(self.ground.before(since).await?),
            None => None,
        };
        let end = self.older_pages(self.source.discover.kind, Some(page), before.as_ref(), found).await?;
        if before.is_some() && end != End::Known {
            self.tell(end, found);
        }
        Ok(())
    }

    /// Looks for what was missed between what `found` lists and what was known before the run `since`.
    pub(super) async fn catch_up(
        &self,
        kind: Kind,
        next: Option<Url>,
        since: u64,
        found: &mut Found,
    ) -> Result<(), Error> {
        let before = self.ground.before(since).await?;
        let mut end = self.older_pages(kind, next, Some(&before), found).await?;
        if end == End::Over && kind == Kind::Feed && self.source.discover.kind == Kind::Auto {
            let page = Some(self.source.source.url.clone());
            end = self.older_pages(Kind::Listing, page, Some(&before), found).await?;
        }
        if end == End::Over && self.sitemaps(&before, found).await? {
            end = End::Known;
        }
        if end != End::Known {
            self.tell(end, found);
        }
        Ok(())
    }

    fn tell(&self, end: End, found: &mut Found) {
        found.is_gap_open = end == End::Over;
        // A page that cannot be read is told already.
        if end == End::Over || found.left_out.is_empty() {
            found.left_out.push(if end == End::Over { GAP } else { LONG_GAP }.to_owned());
        }
    }

    /// Adds the older pages from `next` on to `found`, down to what was known `before`.
    async fn older_pages(
        &self,
        kind: Kind,
        mut next: Option<Url>,
        before: Option<&Before>,
        found: &mut Found,
    ) -> Result<End, Error> {
        let since = before.map(|before| before.run);
        while let Some(page) = next.take() {
            if found.captures.iter().any(|capture| capture.url == page) {
                break;
            }
            if self.is_enough(since, found) {
                found.pointers.get_or_insert_default().older = since.map(|_| Older { page, since });
                return Ok(End::Stopped);
            }
            match fetch(self.context, self.source, &page, None, kind).await {
                Ok(Some(older)) => {
                    let above = self.ground.reach(&older.listing.candidates, before).await?;
                    let many = found.add(older.listing.candidates, above, since.is_some());
                    found.by.get_or_insert(older.listing.kind);
                    found.captures.push(older.capture);
                    match above {
                        Some(_) => return Ok(End::Known),
                        // A pager that shows the same again and again has no end.
                        None if many == 0 => break,
                        None => next = older.listing.next_page,
                    }
                }
                Ok(None) => break,
                Err(Unread::Archive(error)) => return Err(error),
                Err(unread) => {
                    found.left_out.push(format!("the older page {page} was left out: {unread}"));
                    found.pointers.get_or_insert_default().older = Some(Older { page, since });
                    return Ok(End::Stopped);
                }
            }
        }
        Ok(End::Over)
    }

    fn is_enough(&self, since: Option<u64>, found: &Found) -> bool {
        let most = if since.is_some() { MAX_MISSED } else { self.source.discover.limit };
        found.captures.len() >= MAX_PAGES || found.candidates.len() + found.missed.len() >= most
    }

    /// Adds what the dated sitemaps of the site list above what was known `before`. Whether they reach so far back.
    async fn sitemaps(&self, before: &Before, found: &mut Found) -> Result<bool, Error> {
        let named = self.context.client.sitemaps(&self.source.source.url, &self.source.fetch).await;
        let mut waiting = VecDeque::from(named);
        let families = found.candidates.iter().filter_map(|candidate| family(&candidate.url));
        let families: BTreeSet<String> = families.collect();
        let (mut asked, mut is_reached) = (BTreeSet::new(), false);
        while let Some(url) = waiting.pop_front() {
            if asked.len() >= MAX_SITEMAPS || found.missed.len() >= MAX_MISSED || !asked.insert(url.clone()) {
                continue;
            }
            match fetch(self.context, self.source, &url, None, Kind::Sitemap).await {
                Ok(Some(read)) => {
                    let is_index = !read.listing.sitemaps.is_empty();
                    let (recent, reaches) = recent(&read.listing, &families, before);
                    is_reached |= reaches;
                    for part in read.listing.sitemaps.into_iter().rev() {
                        waiting.push_front(part);
                    }
                    if recent.is_empty() && reaches && !is_index {
                        // The newest parts of an index come first.
                        break;
                    }
                    let known = self.ground.known(&recent, Some(before)).await?;
                    let unknown = recent.into_iter().zip(known).filter(|(_, known)| !known);
                    found.add(unknown.map(|(candidate, _)| candidate).collect(), None, true);
                }
                Ok(None) => {}
                Err(Unread::Archive(error)) => return Err(error),
                Err(unread) => {
                    found.warnings.push(format!("the sitemap {url} was left out: {unread}"));
                }
            }
        }
        Ok(is_reached)
    }
}

/// What a sitemap lists of the source's own since what was known `before`, and whether it reaches further back.
fn recent(listing: &Listing, families: &BTreeSet<String>, before: &Before) -> (Vec<Candidate>, bool) {
    let is_own =
        |candidate: &&Candidate| family(&candidate.url).is_some_and(|family| families.contains(&family));
    let dated = listing.candidates.iter().filter(is_own).filter_map(|one| Some((one, stated(one)?)));
    let (passed, recent): (Vec<_>, Vec<_>) = dated.partition(|(_, at)| before.is_passed(*at));
    (recent.into_iter().map(|(candidate, _)| candidate.clone()).collect(), !passed.is_empty())
}

impl Found {
    /// Adds those of `candidates` that stand `above` known ground and are not there yet: to what was missed, or to what is
    /// listed. How many they were.
    fn add(&mut self, candidates: Vec<Candidate>, above: Option<usize>, as_missed: bool) -> usize {
        let key = |candidate: &Candidate| CanonicalUrl::of(&candidate.url).ok().map(|url| url.key());
        let mut there: BTreeSet<String> =
            self.candidates.iter().chain(&self.missed).filter_map(key).collect();
        let above = above.unwrap_or(candidates.len());
        let new =
            candidates.into_iter().take(above).filter(|one| key(one).is_some_and(|key| there.insert(key)));
        let to = if as_missed { &mut self.missed } else { &mut self.candidates };
        let before = to.len();
        to.extend(new);
        to.len() - before
    }
}
