//! A source's past: its older pages, or the sitemaps of its site, are walked as far as they lead, and what the archive
//! does not have yet is fetched.
//!
//! The walk goes in legs. A leg gathers articles from the newest to older ones, and archives them the other way round:
//! the oldest first, as if they had been followed all the time. After each leg the index notes how far the walk has
//! come, so that the next run goes on from there; what a killed run had archived already costs no request again.

mod trail;

use std::collections::{HashSet, VecDeque};

use url::Url;

use super::context::{Context, Listed};
use super::family::families;
use super::listing::{self, Unread};
use super::page::Page;
use super::pages;
use super::plan::{self, Retries};
use super::{Error, Progress, SourceReport};
use crate::archive::{Sought, View};
use crate::config::SourceConfig;
use crate::discover::{self, Kind, Listing};
use crate::model::{Candidate, CanonicalUrl, Capture};

use trail::{Place, Trail};

/// Articles that one leg gathers at most.
const LEG: usize = 1_000;
/// Documents that one leg reads at most: their captures are held until its articles are archived.
const LEG_DOCUMENTS: usize = 200;
/// Bytes of captures after which a leg reads no further document.
const LEG_BYTES: usize = 32 * 1024 * 1024;
/// Documents that one run reads of a source's past at most.
const MAX_DOCUMENTS: usize = 2_000;

/// A walk under way.
struct Walk<'a> {
    context: &'a Context<'a>,
    source: SourceConfig,
    order: plan::Order,
    /// The place of the newest article that is not gathered yet, counted down from the newest of all.
    newest: i64,
    /// Where the document stands from which `rest` is.
    at: Trail,
    /// Where the walk goes on after it.
    after: Trail,
    /// Unknown articles of that document, newest first.
    rest: VecDeque<Page>,
    captures: Vec<Capture>,
    /// Keys of all articles that pages listed on this walk. Sitemaps end by themselves, and are far longer.
    listed: HashSet<String>,
    documents: usize,
    /// The page that the source's own document names as its home.
    home: Option<Url>,
    /// Documents that nothing names.
    guessed: Vec<Url>,
    /// Why the walk cannot go on now.
    interrupted: bool,
    warnings: Vec<String>,
}

/// Archives at most `most` articles of the past of `source`.
pub(super) async fn fill(
    context: &Context<'_>,
    source: &SourceConfig,
    most: usize,
) -> Result<SourceReport, Error> {
    let mut report = SourceReport::new(source.source.id.clone());
    let mut walk = Walk::begin(context, source).await?;
    let mut left = most;
    while left > 0 && !walk.is_over() && report.unread == 0 {
        let Some(pages) = context.deadline.before(walk.leg(left.min(LEG))).await else { break };
        let pages = pages?;
        left -= pages.len();
        let listed = Progress::Listed { source: source.source.id.clone(), pages: pages.len() };
        (context.observer)(listed);
        let candidates = pages.iter().map(|page| &page.candidate);
        let listed = Listed::of(source, &walk.captures, candidates);
        pages::read(context, source, pages, &listed, &mut report).await?;
        if report.unread == 0 {
            walk.save().await?;
        }
    }
    if report.unread > 0 {
        report.end_early(&context.deadline);
    }
    report.warnings = std::mem::take(&mut walk.warnings);
    if walk.place().is_done() {
        report.warnings.extend(shortfall(most, most - left));
    } else {
        report.warnings.push("there are older articles; run `run --backfill` again to continue".to_owned());
    }
    Ok(report)
}

/// What to say of a source that has fewer older articles than were asked for.
fn shortfall(asked: usize, found: usize) -> Option<String> {
    let is_short = asked != usize::MAX && found < asked;
    is_short.then(|| {
        format!("{found} of {asked} older articles; neither its pages nor its sitemaps lead to more")
    })
}

/// What is to be noted for the next walk to begin anew, and under what: a walk that is complete, or has come far, goes
/// past what was missed since.
pub(super) fn anew(source: &SourceConfig) -> (String, String) {
    (Trail::key(source), Trail::from(&source.source.url).to_note())
}

impl<'a> Walk<'a> {
    async fn begin(context: &'a Context<'a>, source: &SourceConfig) -> Result<Walk<'a>, Error> {
        let (key, id, run) = (Trail::key(source), source.source.id.clone(), context.run);
        let ask = move |archive: &View| Ok((archive.note(&key)?, archive.followed_since(&id, run)?));
        let (note, followed_since) = context.store.read(ask).await?;
        let sought = followed_since.map_or(Sought::News, |followed_since| Sought::Past { followed_since });
        let (text, retries) = (source.extract.text, Retries::Due);
        let order = plan::Order { source: source.source.id.clone(), now: context.now, sought, text, retries };
        let trail = note.map_or_else(|| Trail::from(&source.source.url), |note| Trail::from_note(&note));
        let discover = discover::Settings { limit: usize::MAX, ..source.discover.clone() };
        Ok(Walk {
            context,
            source: SourceConfig { discover, ..source.clone() },
            order,
            newest: -1,
            at: trail.clone(),
            after: trail,
            rest: VecDeque::new(),
            captures: Vec::new(),
            listed: HashSet::new(),
            documents: 0,
            home: None,
            guessed: Vec::new(),
            interrupted: false,
            warnings: Vec::new(),
        })
    }

    /// From where a later walk has to go on.
    fn place(&self) -> &Trail {
        if self.rest.is_empty() { &self.after } else { &self.at }
    }

    fn is_over(&self) -> bool {
        self.interrupted || self.documents >= MAX_DOCUMENTS || self.place().is_done()
    }

    /// The next `room` articles that the archive does not have, oldest first.
    async fn leg(&mut self, room: usize) -> Result<Vec<Page>, Error> {
        let mut pages = Vec::new();
        loop {
            let take = self.rest.len().min(room - pages.len());
            pages.extend(self.rest.drain(..take));
            if pages.len() == room || self.is_over() || is_full(&self.captures) {
                break;
            }
            self.step().await?;
        }
        pages.reverse();
        Ok(pages)
    }

    /// Reads the next document.
    async fn step(&mut self) -> Result<(), Error> {
        let Some(place) = self.after.first() else { return Ok(()) };
        let kind = self.kind_of(&place);
        self.documents += 1;
        self.at = self.after.clone();
        match listing::fetch(self.context, &self.source, place.url(), None, kind).await {
            Ok(Some(read)) => {
                self.captures.push(read.capture);
                self.take(&place, read.listing).await
            }
            Err(Unread::Archive(error)) => Err(error),
            Ok(None) => self.go_on(&place, None).await,
            Err(_) if self.guessed.contains(place.url()) => self.go_on(&place, None).await,
            Err(unread) if self.at.is_at_start() || may_pass(&unread) => {
                self.warnings.push(format!("the way into the past stops at {}: {unread}", place.url()));
                self.interrupted = true;
                Ok(())
            }
            Err(unread) => {
                self.warnings.push(format!("{} was left out: {unread}", place.url()));
                self.go_on(&place, None).await
            }
        }
    }

    /// What a document may be: the one that the source names as its past may be of any kind.
    fn kind_of(&self, place: &Place) -> Kind {
        let is_of_history = |url: &Url| {
            self.source
                .history
                .as_ref()
                .is_some_and(|past| (past.host(), past.path()) == (url.host(), url.path()))
        };
        match place {
            // A feed's past may be told by pages.
            Place::Page(url) if self.is_fed() && *url != self.source.source.url => Kind::Auto,
            Place::Page(_) => self.source.discover.kind,
            Place::Sitemap(url) if is_of_history(url) => Kind::Auto,
            Place::Sitemap(_) => Kind::Sitemap,
        }
    }

    /// Whether the source is followed by a feed, or by what its system says in JSON.
    fn is_fed(&self) -> bool {
        matches!(self.source.discover.kind, Kind::Feed | Kind::Json)
    }

    async fn take(&mut self, place: &Place, mut listing: Listing) -> Result<(), Error> {
        let candidates = std::mem::take(&mut listing.candidates);
        // What is not the source's own document may list other things too.
        let is_own = matches!(place, Place::Page(_)) && !(self.is_fed() && listing.kind == Kind::Listing);
        let is_chosen = |candidate: &Candidate| is_own || self.after.accepts(&candidate.url);
        let candidates: Vec<Candidate> = candidates.into_iter().filter(is_chosen).collect();
        if self.after.is_at_start() {
            self.after.families = families(candidates.iter().map(|candidate| &candidate.url));
            self.home.clone_from(&listing.home);
        }
        // A pager that shows the same again and again has no end.
        let leads_on = matches!(place, Place::Sitemap(_)) || self.lists_more(&candidates);
        self.go_on(place, Some(listing).filter(|_| leads_on)).await?;
        let (order, newest, many) = (self.order.clone(), self.newest, candidates.len());
        self.newest -= i64::try_from(many).unwrap_or_default();
        let unknown = move |archive: &mut _| plan::unknown(archive, &order, candidates, newest);
        self.rest = self.context.store.write(unknown).await?.into();
        Ok(())
    }

    /// Notes what a page lists. Whether any of it is new on this walk.
    fn lists_more(&mut self, candidates: &[Candidate]) -> bool {
        let keys = candidates.iter().filter_map(|candidate| CanonicalUrl::of(&candidate.url).ok());
        let before = self.listed.len();
        self.listed.extend(keys.map(|url| url.key()));
        self.listed.len() > before
    }

    /// Goes past `place`, which said `listing`.
    async fn go_on(&mut self, place: &Place, listing: Option<Listing>) -> Result<(), Error> {
        self.after.pass(place, listing);
        if let Some(history) = self.source.history.clone().filter(|_| self.after.is_past_its_pages()) {
            self.after.turn_to_sitemaps(vec![history]);
        } else if self.after.is_without_pager() {
            let named = self.context.client.sitemaps(&self.source.source.url, &self.source.fetch).await;
            if named.is_empty() {
                self.guessed = usual_sitemaps(&self.source);
            }
            self.after.turn_to_sitemaps(if named.is_empty() { self.guessed.clone() } else { named });
            if self.is_fed() {
                // Its newest pages list what the feed does.
                self.listed.clear();
                self.home_page().into_iter().for_each(|home| self.after.turn_to_page(home));
            }
        }
        Ok(())
    }

    /// The page whose articles the feed announces.
    fn home_page(&self) -> Option<Url> {
        self.home.clone().or_else(|| self.source.source.url.join("/").ok())
    }

    /// Keeps what was read and notes how far the walk has come.
    async fn save(&mut self) -> Result<(), Error> {
        let (key, note) = (Trail::key(&self.source), self.place().to_note());
        let (id, captures) = (self.source.source.id.clone(), std::mem::take(&mut self.captures));
        self.context
            .store
            .write(move |archive| {
                for capture in &captures {
                    archive.keep_listing(&id, capture)?;
                }
                archive.set_note(&key, &note)
            })
            .await?;
        self.context.store.commit().await
    }
}

/// Where the sitemap of a site usually is, if its robots.txt names none.
fn usual_sitemaps(source: &SourceConfig) -> Vec<Url> {
    source.source.url.join("/sitemap.xml").into_iter().collect()
}

/// Whether asking again later may help.
fn may_pass(unread: &Unread) -> bool {
    matches!(unread, Unread::Fetch(failure) if !failure.is_permanent())
}

/// Whether so much was read that it has to be archived before more is.
fn is_full(captures: &[Capture]) -> bool {
    captures.len() >= LEG_DOCUMENTS
        || captures.iter().map(|capture| capture.body.len()).sum::<usize>() >= LEG_BYTES
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use chrono::DateTime;

    use super::*;

    /// So many captures of so many bytes.
    fn captures(number: usize, bytes: usize) -> Vec<Capture> {
        let capture = Capture {
            url: Url::parse("https://a.example/map.xml").unwrap(),
            hops: Vec::new(),
            fetched_at: DateTime::UNIX_EPOCH,
            request_head: Vec::new(),
            status: 200,
            headers: Vec::new(),
            body: Bytes::from(vec![b' '; bytes]),
        };
        vec![capture; number]
    }

    #[test]
    fn a_leg_ends_after_many_documents_or_few_large_ones() {
        assert!(!is_full(&captures(LEG_DOCUMENTS - 1, 1000)) && is_full(&captures(LEG_DOCUMENTS, 1000)));
        let large = LEG_BYTES / 4;
        assert!(!is_full(&captures(3, large)) && is_full(&captures(4, large)));
    }
}
