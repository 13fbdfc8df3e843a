//! Which pages of a source a run fetches: what is new, what looks changed, and what is due for another look or try.
//! What the archive already has is never fetched again for its own sake.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::page::{Page, TextPlace};
use crate::archive::{self, Archive, Known, PageState, Recognised, Recognition, Seen, Sought};
use crate::extract::TextSource;
use crate::model::{ArticleId, Candidate, CanonicalUrl, SourceId};

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
    /// Where the texts are read.
    pub(super) text: TextSource,
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

/// The items that a source lists.
pub(super) struct ListedItems {
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
    listed: ListedItems,
) -> Result<Vec<Page>, archive::Error> {
    let ListedItems { candidates, missed, all } = listed;
    if let Some(all) = all {
        archive.note_listed(&order.source, &all)?;
    }
    let followed_since = archive.view().followed_since(&order.source, archive.run())?;
    let sought = followed_since.map_or(order.sought, |followed_since| Sought::Missed { followed_since });
    let missing = Order { sought, ..order.clone() };
    let retries = match order.retries {
        Retries::Due => archive.view().retries_due(&order.source, order.now)?,
        Retries::All => archive.view().failures(&order.source)?,
    };
    let looks = archive.view().looks_due(&order.source, order.now, MAX_LOOKS)?;
    let retries = recognised(archive, order, retries)?.into_iter().map(|retry| retry.of_the_past(order.text));
    let (missed, listed) = (recognised(archive, order, missed)?, recognised(archive, order, candidates)?);
    let mut plan = Plan::of(listed.iter().chain(&missed));
    let mut positions = 0..;
    for (item, position) in missed.into_iter().rev().zip(&mut positions) {
        plan.add(page(archive, &missing, item, position)?);
    }
    let as_before: BTreeSet<ArticleId> = listed.iter().filter_map(Item::says_the_same).collect();
    for (item, position) in retries.chain(listed.into_iter().rev()).zip(&mut positions) {
        plan.add(page(archive, order, item, position)?);
    }
    let moved: BTreeSet<ArticleId> = plan.pages.iter().filter_map(|page| page.known).collect();
    // Where an article has moved, its old place says nothing any more.
    for (look, position) in looks.into_iter().filter(|look| !moved.contains(&look.id)).zip(positions) {
        let further = archive.view().further_pages(&look.id)?;
        let from = TextPlace::of_known(&look.candidate, order.text);
        let is_as_before = as_before.contains(&look.id);
        let page = Page::new(look.candidate, order.seen(position));
        plan.add(Some(Page { validators: Some(look.validators), further, from, is_as_before, ..page }));
    }
    Ok(plan.pages)
}

/// The pages that a run fetches.
struct Plan {
    pages: Vec<Page>,
    planned: BTreeSet<String>,
    /// What the listing calls its items.
    guids: Arc<BTreeSet<String>>,
}

impl Plan {
    fn of<'a>(items: impl Iterator<Item = &'a Item>) -> Plan {
        let guids = items.filter_map(|item| item.candidate.guid.clone()).collect();
        Plan { pages: Vec::new(), planned: BTreeSet::new(), guids: Arc::new(guids) }
    }

    fn add(&mut self, page: Option<Page>) {
        if let Some(page) = page
            && page.candidate.key().is_some_and(|key| self.planned.insert(key))
        {
            self.pages.push(Page { guids: Arc::clone(&self.guids), ..page });
        }
    }
}

/// An item of a listing, with the article that it is.
struct Item {
    candidate: Candidate,
    recognised: Option<Recognised>,
    from: TextPlace,
}

impl Item {
    /// The article, if its feed carries the text that it carried before.
    fn says_the_same(&self) -> Option<ArticleId> {
        let known = &self.recognised.as_ref()?.known;
        let now = self.candidate.text_digest?;
        (known.hint_digest == Some(now)).then_some(known.id)
    }

    /// As one that was found by an earlier run.
    fn of_the_past(self, text: TextSource) -> Item {
        Item { from: TextPlace::of_known(&self.candidate, text), ..self }
    }
}

fn recognised(
    archive: &Archive,
    order: &Order,
    candidates: Vec<Candidate>,
) -> Result<Vec<Item>, archive::Error> {
    let recognised = archive.view().recognise(&order.source, &candidates)?;
    let item = |(candidate, recognised): (Candidate, Option<Recognised>)| {
        let from = TextPlace::of(&candidate, order.text);
        // From now on it is called as the archive calls it.
        let item = recognised.as_ref().map_or_else(|| candidate.item.clone(), |it| it.known.item.clone());
        Item { candidate: Candidate { item, ..candidate }, recognised, from }
    };
    Ok(candidates.into_iter().zip(recognised).map(item).collect())
}

/// The pages of which nothing is known yet, in the order of `candidates`, each older than the one before.
pub(super) fn unknown(
    archive: &mut Archive,
    order: &Order,
    candidates: Vec<Candidate>,
    newest: i64,
) -> Result<Vec<Page>, archive::Error> {
    let mut pages = Vec::new();
    for (item, below) in recognised(archive, order, candidates)?.into_iter().zip(0..) {
        let page = page(archive, order, item, newest - below)?;
        let is_new = |page: &Page| page.validators.is_none() && page.failures == 0 && page.known.is_none();
        pages.extend(page.filter(is_new));
    }
    Ok(pages)
}

/// The page of one candidate, if it is to be fetched.
fn page(
    archive: &mut Archive,
    order: &Order,
    item: Item,
    position: i64,
) -> Result<Option<Page>, archive::Error> {
    let Item { candidate, recognised, from } = item;
    let Ok(url) = CanonicalUrl::of(&candidate.url) else { return Ok(None) };
    let (seen, source) = (order.seen(position), &order.source);
    // Asked for without what tells the server how its reader came.
    let link = if candidate.item.is_some() { candidate.url.clone() } else { url.as_url().clone() };
    let candidate = Candidate { url: link, ..candidate };
    let page = |candidate| Page { from, ..Page::new(candidate, seen) };
    let state = archive.view().trouble_with(&candidate)?;
    if let Some(recognised) = &recognised {
        learn(archive, order, recognised, &candidate, seen)?;
    }
    if state.reason.is_some() {
        // One that was given up and is listed again is tried again; an article has its looks.
        let is_given_up = state.next_try_at.is_none() && recognised.is_none();
        let is_due = state.next_try_at.is_some_and(|at| at <= order.now);
        let is_tried = is_due || is_given_up || order.retries == Retries::All;
        let is_news = recognised.as_ref().is_some_and(|it| looks_changed(&it.known, source, &candidate));
        let further = match &recognised {
            Some(recognised) => archive.view().further_pages(&recognised.known.id)?,
            None => Vec::new(),
        };
        let known = recognised.filter(|it| it.by != Recognition::Listed).map(|it| it.known.id);
        let PageState { failures, is_listed, .. } = state;
        let page = Page { further, failures, is_listed, known, ..page(candidate) };
        return Ok((is_tried || is_news).then_some(page));
    }
    let Some(Recognised { known, by, .. }) = recognised else { return Ok(Some(page(candidate))) };
    if !known.sources.contains(source) {
        return Ok(is_behind(&known, archive, source).then(|| page(candidate)));
    }
    let has_changed = looks_changed(&known, source, &candidate);
    match by {
        // Its link is another each time; the one of today may be the only one that answers.
        Recognition::Moved => return Ok(Some(Page { known: Some(known.id), ..page(candidate) })),
        Recognition::Token if has_changed => {
            return Ok(Some(Page { known: Some(known.id), ..page(candidate) }));
        }
        _ if !has_changed => return Ok(None),
        _ => {}
    }
    // It is the page that answered last which its validators are of, and which has not moved since.
    let link = if known.item.is_some() { candidate.url.clone() } else { known.answered.as_url().clone() };
    let further = archive.view().further_pages(&known.id)?;
    let validators = Some(known.validators);
    Ok(Some(Page { validators, further, ..page(Candidate { url: link, ..candidate }) }))
}

/// Notes what the listing says of a known article that costs no look at it.
fn learn(
    archive: &mut Archive,
    order: &Order,
    recognised: &Recognised,
    candidate: &Candidate,
    seen: Seen,
) -> Result<(), archive::Error> {
    let (known, source) = (&recognised.known, &order.source);
    let is_found = known.sources.contains(source);
    if !is_found && is_behind(known, archive, source) {
        return Ok(());
    }
    let is_told = !is_found || !looks_changed(known, source, candidate);
    let guid = candidate.guid.as_deref().filter(|_| recognised.is_guid_new && is_told);
    if !is_found || guid.is_some() {
        archive.add_source(known.id, source, guid, seen)?;
    }
    match &candidate.text_digest {
        Some(digest) if known.hint_digest.is_none() && known.sources.first() == Some(source) => {
            archive.learn_digest(known.id, digest)
        }
        _ => Ok(()),
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
    let is_other_text =
        candidate.text_digest.zip(known.hint_digest).is_some_and(|(now, before)| now != before);
    known.sources.first() == Some(source)
        && (candidate.modified.is_some() && candidate.modified != known.hint_modified
            || candidate.title.as_ref().is_some_and(differs)
            || is_other_text)
}
