//! Writing what is no article: listings, pages that gave none, and what is only worth knowing for the next run.

use chrono::{DateTime, SubsecRound, Utc};

use crate::Archive;
use crate::error::Error;
use crate::index::{ListingFact, Place, Trouble};
use crate::model::{Candidate, Capture, SourceId, TextSketch, Validators};
use crate::record::Note;
use crate::record::key::{is_permanent, key_of};

/// A page that gave no article.
#[derive(Clone, Copy, Debug)]
pub struct Failed<'a> {
    /// The source that was being read.
    pub source: &'a SourceId,
    /// The link that led to it.
    pub candidate: &'a Candidate,
    /// Why there is no article, for people.
    pub reason: &'a str,
    /// The same as one word, if what was answered is held back.
    pub hold: Option<&'a str>,
    /// What it says, if what is held back has a text.
    pub sketch: Option<&'a TextSketch>,
    /// What was answered, if it is worth keeping.
    pub capture: Option<&'a Capture>,
    /// When it failed.
    pub at: DateTime<Utc>,
    /// When to try again; `None` for never.
    pub next_try_at: Option<DateTime<Utc>>,
    /// Whether it was tried at all.
    pub attempt: Attempt,
}

/// Whether a page that gave no article was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attempt {
    /// It was: it has failed once more.
    Made,
    /// It was not, since its host is left alone.
    Postponed,
}

impl Archive {
    /// Keeps what a listing, feed or sitemap answered, unless it is what it answered before, from the same URL. The listing
    /// is the URL that was asked: the first hop's, if there were any.
    ///
    /// # Errors
    /// [`Error`] if the archive cannot be read or written.
    pub fn keep_listing(&mut self, source: &SourceId, capture: &Capture) -> Result<(), Error> {
        self.change(|archive| archive.listing(source, capture, &Validators::of(capture)))
    }

    /// Keeps what came of a listing whose answer was cut off: the next time it is asked for whole, whether it changed or
    /// not.
    ///
    /// # Errors
    /// [`Error`] if the archive cannot be read or written.
    pub fn keep_cut_listing(&mut self, source: &SourceId, capture: &Capture) -> Result<(), Error> {
        self.change(|archive| archive.listing(source, capture, &Validators::default()))
    }

    fn listing(
        &mut self,
        source: &SourceId,
        capture: &Capture,
        validators: &Validators,
    ) -> Result<(), Error> {
        let url = capture.hops.first().map_or(&capture.url, |hop| &hop.from);
        let (index, at, answered) = (&self.view.index, capture.fetched_at.trunc_subsecs(0), &capture.url);
        let payload = capture.payload_digest();
        if index.is_listed(url, &payload, answered).map_err(self.view.in_index())? {
            return index.listing_checked(url, at, Some(validators)).map_err(self.view.in_index());
        }
        let before = self.log.end()?.1;
        let response = self.log.exchange(capture)?;
        let note = Note::Listing {
            source: source.clone(),
            url: url.clone(),
            answered: answered.clone(),
            at,
            hops: capture.hops.clone(),
            validators: validators.clone(),
            payload,
        };
        let written = self.write_note(url.as_str(), at, Some(&response), &note)?;
        let place = self.place(before, Some(response), written)?;
        let (moved, validators, payload) = (is_permanent(&capture.hops), validators, &payload);
        let fact = ListingFact { source, url, answered, moved, validators, payload, at };
        self.view.index.listing_changed(&fact, &place).map_err(self.view.in_index())
    }

    /// Notes that a page gave no article, and why. What it answered is kept once. Whether that is news: a page that was
    /// held back for the same reason before is none.
    ///
    /// # Errors
    /// [`Error`] if the archive cannot be read or written.
    pub fn keep_failure(&mut self, failed: &Failed<'_>) -> Result<bool, Error> {
        self.change(|archive| archive.failure(failed))
    }

    fn failure(&mut self, failed: &Failed<'_>) -> Result<bool, Error> {
        let url = key_of(failed.candidate);
        if failed.attempt == Attempt::Postponed && !self.is_worth_noting(&url, failed)? {
            return Ok(false);
        }
        let is_known = self.looked_at(failed.candidate, failed.at)?;
        let index = &self.view.index;
        if let Some(sequence) = index.article_at(&url).map_err(self.view.in_index())? {
            // It is asked for again once the listing says something new.
            index.set_hints(sequence, failed.candidate).map_err(self.view.in_index())?;
        }
        let before = index.page(&url).map_err(self.view.in_index())?.unwrap_or_default();
        let seen = index.failed_payload(&url).map_err(self.view.in_index())?;
        let payload = failed.capture.map(Capture::payload_digest);
        let trouble = Trouble {
            source: failed.source,
            candidate: failed.candidate,
            reason: failed.reason,
            failures: before.failures.saturating_add(u32::from(failed.attempt == Attempt::Made)),
            // A known article has its schedule of looks.
            next_try_at: failed.next_try_at.filter(|_| !is_known),
            payload: payload.as_ref(),
        };
        let held = index.held_key(&url).and_then(|key| index.held_at(&key));
        let held = held.map_err(self.view.in_index())?;
        let is_held_so = held.as_ref().is_some_and(|held| failed.hold == Some(held.hold.as_str()));
        // A page that says what it said may have other bytes each time.
        let says_the_same = is_held_so
            && held.and_then(|held| held.sketch).zip(failed.sketch).is_some_and(|(a, b)| a.is_of_one_text(b));
        let is_other = seen != payload && !says_the_same || failed.hold.is_some() && !is_held_so;
        let capture = failed.capture.filter(|capture| is_other && capture.is_exchange());
        let place = self.write_rejected(capture, &trouble, failed)?;
        self.view.index.page_failed(&url, &trouble, &place).map_err(self.view.in_index())?;
        Ok(!is_held_so)
    }

    /// Notes that the page of a known article is gone, once; what is known of it stays. `None` if no article is known there,
    /// else whether it was there when it was last looked at.
    ///
    /// # Errors
    /// [`Error`] if the archive cannot be read or written.
    pub fn keep_gone(&mut self, failed: &Failed<'_>) -> Result<Option<bool>, Error> {
        self.change(|archive| {
            let key = key_of(failed.candidate);
            let index = &archive.view.index;
            let found = index.article_at(&key).map_err(archive.view.in_index())?;
            let Some(sequence) = found else { return Ok(None) };
            let known = index.known(sequence).map_err(archive.view.in_index())?;
            let before = index.page(&key).map_err(archive.view.in_index())?;
            let is_told = before.is_some_and(|before| before.reason.as_deref() == Some(failed.reason));
            let is_elsewhere = known.item.is_none() && known.answered.key() != key;
            if is_told || is_elsewhere {
                archive.looked_at(failed.candidate, failed.at)?;
                return Ok(Some(false));
            }
            archive.failure(failed)?;
            Ok(Some(true))
        })
    }

    /// Whether anything would be lost if it were forgotten that a page could not be tried: an article is looked at again in
    /// any case, and so is a page that has as long to wait.
    fn is_worth_noting(&self, url: &str, failed: &Failed<'_>) -> Result<bool, Error> {
        let index = &self.view.index;
        let is_known = index.article_at(url).map_err(self.view.in_index())?.is_some();
        let before = index.page(url).map_err(self.view.in_index())?;
        let waits = before.is_some_and(|before| before.next_try_at >= failed.next_try_at);
        Ok(!is_known && !waits)
    }

    /// `capture` is what is not in the archive yet.
    fn write_rejected(
        &mut self,
        capture: Option<&Capture>,
        trouble: &Trouble<'_>,
        failed: &Failed<'_>,
    ) -> Result<Place, Error> {
        let before = self.log.end()?.1;
        let response = capture.map(|capture| self.log.exchange(capture)).transpose()?;
        let note = Note::Rejected {
            source: trouble.source.clone(),
            candidate: Box::new(Candidate { content: None, ..trouble.candidate.clone() }),
            reason: trouble.reason.to_owned(),
            failures: trouble.failures,
            next_try_at: trouble.next_try_at.map(|at| at.trunc_subsecs(0)),
            payload: trouble.payload.copied(),
            hold: capture.and(failed.hold).map(str::to_owned),
            at: capture.and(failed.hold).map(|_| failed.at.trunc_subsecs(0)),
            hops: capture.map(|capture| capture.hops.clone()).unwrap_or_default(),
            sketch: capture.and(failed.sketch).cloned(),
        };
        let about = capture.map_or(&trouble.candidate.url, |capture| &capture.url);
        let at = capture.map_or(failed.at, |capture| capture.fetched_at);
        let written = self.write_note(about.as_str(), at, response.as_ref(), &note)?;
        let place = self.place(before, response, written)?;
        self.view.index.rejected(&note, &place).map_err(self.view.in_index())?;
        Ok(place)
    }

    /// Notes that the page of `candidate` answers what is known of it, if it had failed or was held back.
    pub(crate) fn mend(&mut self, candidate: &Candidate, at: DateTime<Utc>) -> Result<(), Error> {
        let (index, key) = (&self.view.index, key_of(candidate));
        let failed = index.failed_for(&key).map_err(self.view.in_index())?;
        let held = index.held_key(&key).and_then(|key| index.held_at(&key)).map_err(self.view.in_index())?;
        let Some(source) = failed.or(held.map(|held| held.source)) else { return Ok(()) };
        let before = self.log.end()?.1;
        let (url, item) = (candidate.url.clone(), candidate.item.clone());
        let note = Note::Mended { source: source.clone(), url, item };
        let written = self.write_note(candidate.url.as_str(), at, None, &note)?;
        let place = self.place(before, None, written)?;
        self.view.index.page_mended(&key, &source, &place).map_err(self.view.in_index())
    }
}
