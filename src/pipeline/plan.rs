//! Which pages of a source a run fetches: what is new, what looks changed, and what is due for another look or try.
//! What the archive already has is never fetched again for its own sake.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use super::page::Page;
use crate::archive::{self, Archive, Known};
use crate::model::{Candidate, CanonicalUrl, SourceId};

/// Second looks that one run takes at a source's articles.
const MAX_LOOKS: usize = 100;

/// The pages to fetch, each once, oldest first: a listing has its newest first.
pub(super) fn pages(
    archive: &mut Archive,
    source: &SourceId,
    candidates: Vec<Candidate>,
    now: DateTime<Utc>,
) -> Result<Vec<Page>, archive::Error> {
    let mut planned: BTreeSet<String> = BTreeSet::new();
    let mut pages = Vec::new();
    let mut add = |page: Option<Page>| {
        if let Some(page) = page
            && CanonicalUrl::of(&page.candidate.url).is_ok_and(|url| planned.insert(url.key()))
        {
            pages.push(page);
        }
    };
    for candidate in archive.view().retries_due(source, now)? {
        add(listed(archive, source, candidate, now)?);
    }
    for candidate in candidates.into_iter().rev() {
        add(listed(archive, source, candidate, now)?);
    }
    for look in archive.view().looks_due(source, now, MAX_LOOKS)? {
        add(Some(Page { candidate: look.candidate, validators: Some(look.validators), failures: 0 }));
    }
    Ok(pages)
}

/// The pages of which nothing is known yet, in the order of `candidates`.
pub(super) fn unknown(
    archive: &mut Archive,
    source: &SourceId,
    candidates: Vec<Candidate>,
    now: DateTime<Utc>,
) -> Result<Vec<Page>, archive::Error> {
    let mut pages = Vec::new();
    for candidate in candidates {
        let page = listed(archive, source, candidate, now)?;
        pages.extend(page.filter(|page| page.validators.is_none() && page.failures == 0));
    }
    Ok(pages)
}

/// The page of one candidate, if it is to be fetched.
fn listed(
    archive: &mut Archive,
    source: &SourceId,
    candidate: Candidate,
    now: DateTime<Utc>,
) -> Result<Option<Page>, archive::Error> {
    let Ok(url) = CanonicalUrl::of(&candidate.url) else { return Ok(None) };
    // Asked for without what tells the server how its reader came.
    let candidate = Candidate { url: url.as_url().clone(), ..candidate };
    let state = archive.view().page_state(&url)?;
    if state.failures > 0 {
        let due = state.next_try_at.is_some_and(|at| at <= now);
        return Ok(due.then_some(Page { candidate, validators: None, failures: state.failures }));
    }
    match archive.view().article_at(&url)? {
        None => Ok(Some(Page { candidate, validators: None, failures: 0 })),
        Some(known) if !known.sources.contains(source) => {
            archive.add_source(known.id, source, now)?;
            Ok(None)
        }
        Some(known) if looks_changed(&known, source, &candidate) => {
            Ok(Some(Page { candidate, validators: Some(known.validators), failures: 0 }))
        }
        Some(_) => Ok(None),
    }
}

/// Whether the listing says something else of an article than when it was last looked at. Only the source that found
/// it first is believed: two listings that word their links differently would otherwise take turns for ever.
fn looks_changed(known: &Known, source: &SourceId, candidate: &Candidate) -> bool {
    let differs = |title: &String| known.hint_title.as_ref().is_some_and(|before| before != title);
    known.sources.first() == Some(source)
        && (candidate.modified.is_some() && candidate.modified != known.hint_modified
            || candidate.title.as_ref().is_some_and(differs))
}
