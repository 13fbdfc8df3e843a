//! Which pages of a source a run fetches: what is new, what looks changed, and what is due for another look or try.
//! What the archive already has is never fetched again for its own sake.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use super::page::Page;
use crate::archive::{self, Archive, Known, PageState, Seen, Sought};
use crate::model::{Candidate, CanonicalUrl, SourceId};

/// Second looks that one run takes at a source's articles.
const MAX_LOOKS: usize = 100;

/// For which source and run pages are chosen.
#[derive(Clone)]
pub(super) struct Order {
    pub(super) source: SourceId,
    /// When the run began.
    pub(super) now: DateTime<Utc>,
    /// What is looked for.
    pub(super) sought: Sought,
    /// Which pages that failed are tried again.
    pub(super) retries: Retries,
}

/// Which pages that failed are tried again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Retries {
    /// Those that are due.
    Due,
    /// All of them.
    All,
}

/// What a source lists.
pub(super) struct Listed {
    /// What a run looks at, in the document's order.
    pub(super) candidates: Vec<Candidate>,
    /// What came since the last run and is no longer listed, newest first.
    pub(super) missed: Vec<Candidate>,
    /// The keys of all that is listed, where that is known.
    pub(super) all: Option<BTreeSet<String>>,
}

impl Order {
    fn seen(&self, position: i64) -> Seen {
        Seen { at: self.now, position, sought: self.sought }
    }
}

/// The pages to fetch, each once, oldest first: a listing has its newest first, and what was `missed` is older.
pub(super) fn pages(
    archive: &mut Archive,
    order: &Order,
    listed: Listed,
) -> Result<Vec<Page>, archive::Error> {
    let Listed { candidates, missed, all } = listed;
    if let Some(all) = all {
        archive.note_listed(&order.source, &all)?;
    }
    let followed_since = archive.view().followed_since(&order.source, archive.run())?;
    let sought = followed_since.map_or(order.sought, |followed_since| Sought::Missed { followed_since });
    let missing = Order { sought, ..order.clone() };
    let mut planned: BTreeSet<String> = BTreeSet::new();
    let mut pages = Vec::new();
    let mut add = |page: Option<Page>| {
        if let Some(page) = page
            && CanonicalUrl::of(&page.candidate.url).is_ok_and(|url| planned.insert(url.key()))
        {
            pages.push(page);
        }
    };
    let retries = match order.retries {
        Retries::Due => archive.view().retries_due(&order.source, order.now)?,
        Retries::All => archive.view().failures(&order.source)?,
    };
    let looks = archive.view().looks_due(&order.source, order.now, MAX_LOOKS)?;
    let mut positions = 0..;
    for (candidate, position) in missed.into_iter().rev().zip(&mut positions) {
        add(page(archive, &missing, candidate, position)?);
    }
    for (candidate, position) in retries.into_iter().chain(candidates.into_iter().rev()).zip(&mut positions) {
        add(page(archive, order, candidate, position)?);
    }
    for (look, position) in looks.into_iter().zip(positions) {
        let (candidate, validators) = (look.candidate, Some(look.validators));
        let further = archive.view().further_pages(&look.id)?;
        let seen = order.seen(position);
        add(Some(Page { candidate, validators, further, failures: 0, is_listed: true, seen }));
    }
    Ok(pages)
}

/// The pages of which nothing is known yet, in the order of `candidates`, each older than the one before.
pub(super) fn unknown(
    archive: &mut Archive,
    order: &Order,
    candidates: Vec<Candidate>,
    newest: i64,
) -> Result<Vec<Page>, archive::Error> {
    let mut pages = Vec::new();
    for (candidate, below) in candidates.into_iter().zip(0..) {
        let page = page(archive, order, candidate, newest - below)?;
        pages.extend(page.filter(|page| page.validators.is_none() && page.failures == 0));
    }
    Ok(pages)
}

/// The page of one candidate, if it is to be fetched.
fn page(
    archive: &mut Archive,
    order: &Order,
    candidate: Candidate,
    position: i64,
) -> Result<Option<Page>, archive::Error> {
    let Ok(url) = CanonicalUrl::of(&candidate.url) else { return Ok(None) };
    let (seen, source) = (order.seen(position), &order.source);
    // Asked for without what tells the server how its reader came.
    let candidate = Candidate { url: url.as_url().clone(), ..candidate };
    let state = archive.view().page_state(&url)?;
    let known = archive.view().article_at(&url)?;
    if state.reason.is_some() {
        // One that was given up and is listed again is tried again; an article has its looks.
        let is_given_up = state.next_try_at.is_none() && known.is_none();
        let is_due = state.next_try_at.is_some_and(|at| at <= order.now);
        let is_tried = is_due || is_given_up || order.retries == Retries::All;
        let is_news = known.as_ref().is_some_and(|known| looks_changed(known, source, &candidate));
        let further = match known {
            Some(known) => archive.view().further_pages(&known.id)?,
            None => Vec::new(),
        };
        let PageState { failures, is_listed, .. } = state;
        let page = Page { candidate, validators: None, further, failures, is_listed, seen };
        return Ok((is_tried || is_news).then_some(page));
    }
    match known {
        Some(known) if !known.sources.contains(source) && !is_behind(&known, archive, source) => {
            archive.add_source(known.id, source, seen)?;
            Ok(None)
        }
        Some(known) if known.sources.contains(source) => {
            if !looks_changed(&known, source, &candidate) {
                return Ok(None);
            }
            // It is the page that answered last which its validators are of, and which has not moved since.
            let candidate = Candidate { url: known.answered.as_url().clone(), ..candidate };
            let further = archive.view().further_pages(&known.id)?;
            let validators = Some(known.validators);
            Ok(Some(Page { candidate, validators, further, failures: 0, is_listed: true, seen }))
        }
        _ => {
            let further = Vec::new();
            Ok(Some(Page { candidate, validators: None, further, failures: 0, is_listed: true, seen }))
        }
    }
}

/// Whether another source of this very run was only quicker: of several that find an article in one run it belongs to
/// the first by name, whose page it is then.
fn is_behind(known: &Known, archive: &Archive, source: &SourceId) -> bool {
    known.run == archive.run() && known.sources.first() > Some(source)
}

/// Whether the listing says something else of an article than when it was last looked at. Only the source that found
/// it first is believed: two listings that word their links differently would otherwise take turns for ever.
fn looks_changed(known: &Known, source: &SourceId, candidate: &Candidate) -> bool {
    let differs = |title: &String| known.hint_title.as_ref().is_some_and(|before| before != title);
    known.sources.first() == Some(source)
        && (candidate.modified.is_some() && candidate.modified != known.hint_modified
            || candidate.title.as_ref().is_some_and(differs))
}
