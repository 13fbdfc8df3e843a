//! What can be asked of an archive, by its one writer or by anyone beside it.

use std::cell::RefCell;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use url::Url;

use super::clocks::Clocks;
use crate::Settings;
use crate::error::Error;
use crate::index::Index;
use crate::index::state::{Count, FailedPage, Known, ListingState, Look, PageState, SourceState, Volume};
use crate::model::{ArticleId, Candidate, CanonicalUrl, Capture, SourceId};
use crate::record::key::{key, key_of};
use crate::store::segments;
use crate::store::segments::OpenFile;

/// Where the number of the newest change that was published is remembered.
const MARK: &str = "mark";

/// An archive as it can be read.
#[derive(Debug)]
pub struct View {
    pub(crate) archive: PathBuf,
    pub(crate) index: Index,
    pub(crate) files: RefCell<Vec<OpenFile>>,
    /// By the greatest number of a file of which they were made.
    clocks: RefCell<(i64, Clocks)>,
}

impl View {
    /// Opens an archive for reading, without its lock: what another process is writing appears once it is committed.
    ///
    /// # Errors
    /// [`Error::NoIndex`] if there is no index, or one of another version; otherwise what the file system said.
    pub fn open(settings: &Settings) -> Result<View, Error> {
        let path = index_path(&settings.path);
        match Index::open_to_read(&path) {
            Ok(Some(index)) => Ok(View::new(settings.path.clone(), index)),
            Ok(None) => Err(Error::NoIndex { path }),
            Err(source) => Err(Error::Index { path, source }),
        }
    }

    /// Opens an archive as [`View::open`] does; one of which nothing was written yet is empty.
    ///
    /// # Errors
    /// As [`View::open`].
    pub fn open_or_empty(settings: &Settings) -> Result<View, Error> {
        let archive = settings.path.as_path();
        if !is_missing(archive)? {
            return View::open(settings);
        }
        let path = index_path(archive);
        let index = Index::empty(&path).map_err(|source| Error::Index { path, source })?;
        Ok(View::new(archive.to_owned(), index))
    }

    pub(crate) fn new(archive: PathBuf, index: Index) -> View {
        View { archive, index, files: RefCell::default(), clocks: RefCell::default() }
    }

    /// No date of what is in this file is later, if the clock of its run is known to have been ahead.
    pub(crate) fn latest_in(&self, segment: i64) -> Result<Option<DateTime<Utc>>, Error> {
        let files = self.index.segments().map_err(self.in_index())?;
        let mut clocks = self.clocks.borrow_mut();
        if clocks.0 != files {
            *clocks = (files, Clocks::of(&self.index.marks().map_err(self.in_index())?));
        }
        Ok(clocks.1.latest(segment))
    }

    /// For [`Result::map_err`]: `SQLite` refused.
    pub(crate) fn in_index(&self) -> impl FnOnce(rusqlite::Error) -> Error {
        let path = self.index.path().to_owned();
        move |source| Error::Index { path, source }
    }

    /// The article that is known under `url`, first or later.
    ///
    /// # Errors
    /// [`Error::Index`] if the index cannot be read.
    pub fn article_at(&self, url: &CanonicalUrl) -> Result<Option<Known>, Error> {
        let known = || match self.index.article_at(&key(url.as_url()))? {
            Some(sequence) => self.index.known(sequence).map(Some),
            None => Ok(None),
        };
        known().map_err(self.in_index())
    }

    /// The article with this identity.
    ///
    /// # Errors
    /// [`Error::Index`] if the index cannot be read.
    pub fn article(&self, id: &ArticleId) -> Result<Option<Known>, Error> {
        let known = || match self.index.sequence_of(id)? {
            Some(sequence) => self.index.known(sequence).map(Some),
            None => Ok(None),
        };
        known().map_err(self.in_index())
    }

    /// What is remembered of the page at `url`.
    ///
    /// # Errors
    /// [`Error::Index`] if the index cannot be read.
    pub fn page_state(&self, url: &CanonicalUrl) -> Result<PageState, Error> {
        let page = self.index.page(&key(url.as_url())).map_err(self.in_index())?.unwrap_or_default();
        let validators = self.article_at(url)?.map(|known| known.validators).unwrap_or_default();
        Ok(PageState { validators, ..page })
    }

    /// What is remembered of the page to which `candidate` leads, but for its validators.
    ///
    /// # Errors
    /// [`Error::Index`] if the index cannot be read.
    pub fn trouble_with(&self, candidate: &Candidate) -> Result<PageState, Error> {
        Ok(self.index.page(&key_of(candidate)).map_err(self.in_index())?.unwrap_or_default())
    }

    /// What is remembered of the listing, feed or sitemap at `url`, as its source asks for it. If it moved for good
    /// and was asked at its new place since, it is what is remembered of that.
    ///
    /// # Errors
    /// [`Error::Index`] if the index cannot be read.
    pub fn listing_state(&self, url: &Url) -> Result<Option<ListingState>, Error> {
        let listing = |url: &Url| self.index.listing(url.as_str()).map_err(self.in_index());
        let Some(state) = listing(url)? else { return Ok(None) };
        let Some(moved_to) = state.moved_to.clone() else { return Ok(Some(state)) };
        Ok(match listing(&moved_to)? {
            Some(moved) if moved.checked_at >= state.checked_at => {
                let (moved_to, moved_at) = (moved.moved_to.or(Some(moved_to)), state.moved_at);
                Some(ListingState { moved_to, moved_at, ..moved })
            }
            _ => Some(state),
        })
    }

    /// What is remembered of `source`.
    ///
    /// # Errors
    /// [`Error::Index`] if the index cannot be read.
    pub fn source_state(&self, source: &SourceId) -> Result<SourceState, Error> {
        self.index.source_state(source).map_err(self.in_index())
    }

    /// Since when `source` is followed: when the first article was seen that was news and its own, in a run before the
    /// one with this number.
    ///
    /// # Errors
    /// [`Error::Index`] if the index cannot be read.
    pub fn followed_since(&self, source: &SourceId, run: u64) -> Result<Option<DateTime<Utc>>, Error> {
        self.index.followed_since(source, run).map_err(self.in_index())
    }

    /// When the newest of the articles of `source` was published that were seen before the run with this number.
    ///
    /// # Errors
    /// [`Error::Index`] if the index cannot be read.
    pub fn newest_before(&self, source: &SourceId, run: u64) -> Result<Option<DateTime<Utc>>, Error> {
        self.index.newest_before(source, run).map_err(self.in_index())
    }

    /// At most `limit` articles of `source` that are to be looked at again, longest due first.
    ///
    /// # Errors
    /// [`Error`] if the index or a WARC file cannot be read.
    pub fn looks_due(&self, source: &SourceId, now: DateTime<Utc>, limit: usize) -> Result<Vec<Look>, Error> {
        let due = self.index.looks_due(source, now, limit).map_err(self.in_index())?;
        due.into_iter().map(|(sequence, answered)| self.look(sequence, &answered)).collect()
    }

    fn look(&self, sequence: u64, answered: &CanonicalUrl) -> Result<Look, Error> {
        let known = self.index.known(sequence).map_err(self.in_index())?;
        let row = self.index.row(sequence).map_err(self.in_index())?;
        let candidate = self.conversion(&row.conversion)?.candidate;
        // What the listing last said is still what it last said.
        let candidate = Candidate {
            url: if known.item.is_some() { &known.url } else { answered }.as_url().clone(),
            title: known.hint_title,
            modified: known.hint_modified,
            text_digest: known.hint_digest,
            ..candidate
        };
        Ok(Look { id: known.id, candidate, validators: known.validators })
    }

    /// Pages of `source` that gave no article and are to be tried again, longest due first.
    ///
    /// # Errors
    /// [`Error::Index`] if the index cannot be read.
    pub fn retries_due(&self, source: &SourceId, now: DateTime<Utc>) -> Result<Vec<Candidate>, Error> {
        self.index.retries_due(source, now).map_err(self.in_index())
    }

    /// Every page of `source` that gave no article, due or not.
    ///
    /// # Errors
    /// [`Error::Index`] if the index cannot be read.
    pub fn failures(&self, source: &SourceId) -> Result<Vec<Candidate>, Error> {
        self.index.failures(source).map_err(self.in_index())
    }

    /// The pages of `source` that could not be had, soonest tried again first. What is held back is not among them.
    ///
    /// # Errors
    /// [`Error::Index`] if the index cannot be read.
    pub fn failed_pages(&self, source: &SourceId) -> Result<Vec<FailedPage>, Error> {
        self.index.failed_pages(source).map_err(self.in_index())
    }

    /// How much the archive holds of each source, in the order of their names.
    ///
    /// # Errors
    /// [`Error::Index`] if the index cannot be read.
    pub fn counts(&self) -> Result<Vec<Count>, Error> {
        self.index.counts().map_err(self.in_index())
    }

    /// What the records of each kind take, month by month.
    ///
    /// # Errors
    /// [`Error::Index`] if the index cannot be read.
    pub fn volumes(&self) -> Result<Vec<Volume>, Error> {
        self.index.volumes().map_err(self.in_index())
    }

    /// The number of the newest change to an article; [`View::changed_since`] counts from it.
    ///
    /// # Errors
    /// [`Error::Index`] if the index cannot be read.
    pub fn newest_change(&self) -> Result<u64, Error> {
        self.index.newest_change().map_err(self.in_index())
    }

    /// The mark that was set last; 0 in a new index.
    ///
    /// # Errors
    /// [`Error::Index`] if the index cannot be read.
    pub fn mark(&self) -> Result<u64, Error> {
        Ok(self.note(MARK)?.and_then(|mark| mark.parse().ok()).unwrap_or_default())
    }

    pub(crate) fn set_mark(&self, mark: u64) -> Result<(), Error> {
        self.index.set_note(MARK, &mark.to_string()).map_err(self.in_index())
    }

    /// What was noted under `key`. A new index has forgotten it.
    ///
    /// # Errors
    /// [`Error::Index`] if the index cannot be read.
    pub fn note(&self, key: &str) -> Result<Option<String>, Error> {
        self.index.note(key).map_err(self.in_index())
    }

    /// The newest response of the listing, feed or sitemap at `url` that was archived; `None` if there is none.
    ///
    /// # Errors
    /// [`Error`] if the index or the WARC file cannot be read.
    pub fn listing_capture(&self, url: &Url) -> Result<Option<Capture>, Error> {
        let place = self.index.listing_place(url).map_err(self.in_index())?;
        place.map(|place| self.capture_at(&place)).transpose()
    }

    /// The response from which the newest revision of the article was made. Its hops and its request stand apart and
    /// are left out. `None` if there is no such article, or its capture was let go.
    ///
    /// # Errors
    /// [`Error`] if the index or the WARC file cannot be read.
    pub fn capture_of(&self, id: &ArticleId) -> Result<Option<Capture>, Error> {
        let Some(sequence) = self.index.sequence_of(id).map_err(self.in_index())? else { return Ok(None) };
        let row = self.index.row(sequence).map_err(self.in_index())?;
        match row.response {
            Some(place) => self.capture_at(&place).map(Some),
            None => {
                let about = self.conversion(&row.conversion)?.about;
                Ok(self.captured(sequence, &about)?.map(|(_, capture)| capture))
            }
        }
    }

    /// What led to the newest revision of the article: the listing's or feed's candidate. `None` if there is no such
    /// article.
    ///
    /// # Errors
    /// [`Error`] if the index or the WARC file cannot be read.
    pub fn candidate_of(&self, id: &ArticleId) -> Result<Option<Candidate>, Error> {
        let Some(sequence) = self.index.sequence_of(id).map_err(self.in_index())? else { return Ok(None) };
        let row = self.index.row(sequence).map_err(self.in_index())?;
        Ok(Some(self.conversion(&row.conversion)?.candidate))
    }
}

impl Settings {
    /// Whether nothing was ever written there.
    ///
    /// # Errors
    /// [`Error`] if the folder cannot be read.
    pub fn is_new(&self) -> Result<bool, Error> {
        is_missing(&self.path)
    }
}

/// Whether there is neither an index nor a file from which it could be made.
pub(crate) fn is_missing(archive: &Path) -> Result<bool, Error> {
    Ok(!index_path(archive).exists() && segments::list(archive)?.is_empty())
}

/// Where an archive's index is.
pub(crate) fn index_path(archive: &Path) -> PathBuf {
    archive.join("index.sqlite")
}
