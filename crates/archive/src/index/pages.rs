//! What is remembered of pages that gave no article, of listings and of sources. Most of it is worth nothing once the
//! next run has asked again, so that a rebuild may forget it.

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, Result, Row, params};
use url::Url;

use super::Index;
use super::articles::Located;
use super::columns::{
    digest_at, instant_at, maybe_instant_at, maybe_parsed_at, number_at, parsed_at, seconds, source_at,
    validators_at,
};
use super::fold::Place;
use crate::index::state::{FailedPage, Kind, ListingState, PageState, SourceState};
use crate::model::{Candidate, Digest, SourceId, TroubleKind, Validators};
use crate::warc::Span;

/// A page that gave no article.
#[derive(Debug)]
pub(crate) struct Trouble<'a> {
    pub(crate) source: &'a SourceId,
    pub(crate) candidate: &'a Candidate,
    pub(crate) reason: &'a str,
    pub(crate) failures: u32,
    pub(crate) next_try_at: Option<DateTime<Utc>>,
    pub(crate) payload: Option<&'a Digest>,
}

impl Index {
    /// What is remembered of the page at `url`, as [`crate::record::key::key_of`] spells it. The validators are
    /// with the article, where there is one.
    pub(crate) fn page(&self, url: &str) -> Result<Option<PageState>> {
        let mut query = self
            .db
            .prepare_cached("SELECT failures, reason, next_try_at, is_listed FROM page WHERE url = ?1")?;
        let found = query.query_row([url], |row| {
            Ok(PageState {
                failures: row.get(0)?,
                reason: row.get(1)?,
                next_try_at: maybe_instant_at(row, 2)?,
                is_listed: row.get(3)?,
                validators: Validators::default(),
            })
        });
        found.optional()
    }

    /// The digest of what the page at `url` answered when it last failed.
    pub(crate) fn failed_payload(&self, url: &str) -> Result<Option<Digest>> {
        let mut query =
            self.db.prepare_cached("SELECT payload FROM page WHERE url = ?1 AND payload IS NOT NULL")?;
        query.query_row([url], |row| digest_at(row, 0)).optional()
    }

    /// Notes that the page at `url` failed.
    pub(crate) fn page_failed(&self, url: &str, trouble: &Trouble<'_>, place: &Place) -> Result<()> {
        let source = self.source(trouble.source)?;
        self.add_volume(source, place, Kind::Rejected, Kind::Notes)?;
        let candidate = Candidate { content: None, ..trouble.candidate.clone() };
        let candidate = serde_json::to_string(&candidate).expect("plain values serialise");
        let mut write = self.db.prepare_cached(
            "INSERT INTO page (url, source, candidate, failures, reason, next_try_at, payload)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
             ON CONFLICT (url) DO UPDATE SET source = ?2, candidate = ?3, failures = ?4, reason = ?5,
                 next_try_at = ?6, payload = ifnull(?7, payload)",
        )?;
        write
            .execute(params![
                url,
                source,
                candidate,
                trouble.failures,
                trouble.reason,
                trouble.next_try_at.map(seconds),
                trouble.payload.map(Digest::as_bytes),
            ])
            .map(drop)
    }

    /// The source for which the page at `url` failed, if it did.
    pub(crate) fn failed_for(&self, url: &str) -> Result<Option<SourceId>> {
        let mut query = self
            .db
            .prepare_cached("SELECT s.name FROM page p JOIN source s ON s.id = p.source WHERE p.url = ?1")?;
        query.query_row([url], |row| source_at(row, 0)).optional()
    }

    /// A `metadata` record that a page which had failed or was held back answers again.
    pub(crate) fn page_mended(&self, key: &str, source: &SourceId, place: &Place) -> Result<()> {
        let source = self.source(source)?;
        self.add_volume(source, place, Kind::Notes, Kind::Notes)?;
        self.let_go(&self.held_key(key)?)?;
        self.forget_failure(key)
    }

    pub(crate) fn forget_failure(&self, url: &str) -> Result<()> {
        self.db.prepare_cached("DELETE FROM page WHERE url = ?1")?.execute([url]).map(drop)
    }

    /// Pages of `source` that are to be tried again, longest due first.
    pub(crate) fn retries_due(&self, source: &SourceId, now: DateTime<Utc>) -> Result<Vec<Candidate>> {
        let mut query = self.db.prepare_cached(
            "SELECT p.candidate FROM page p JOIN source s ON s.id = p.source
             WHERE s.name = ?1 AND p.next_try_at <= ?2 ORDER BY p.next_try_at, p.url",
        )?;
        let rows = query.query_map(params![source.as_str(), seconds(now)], |row| candidate_at(row, 0))?;
        rows.collect()
    }

    /// Every page of `source` that failed, whether it is to be tried again or not, in the order of their URLs.
    pub(crate) fn failures(&self, source: &SourceId) -> Result<Vec<Candidate>> {
        let mut query = self.db.prepare_cached(
            "SELECT p.candidate FROM page p JOIN source s ON s.id = p.source WHERE s.name = ?1 ORDER BY p.url",
        )?;
        query.query_map([source.as_str()], |row| candidate_at(row, 0))?.collect()
    }

    /// Pages of `source` that are not archived, not held back, and still listed or to be tried again: soonest first.
    pub(crate) fn failed_pages(&self, source: &SourceId) -> Result<Vec<FailedPage>> {
        let mut query = self.db.prepare_cached(
            "SELECT p.candidate, p.reason, p.failures, p.next_try_at FROM page p JOIN source s ON s.id = p.source
             WHERE s.name = ?1 AND (p.is_listed OR p.next_try_at IS NOT NULL)
                 AND NOT EXISTS (SELECT 1 FROM alias a WHERE a.url = p.url)
                 AND NOT EXISTS (SELECT 1 FROM held h WHERE h.url = p.url)
             ORDER BY p.next_try_at IS NULL, p.next_try_at, p.url",
        )?;
        let rows = query.query_map([source.as_str()], |row| {
            let Candidate { url, title, .. } = candidate_at(row, 0)?;
            let (reason, failures) = (row.get(1)?, row.get(2)?);
            Ok(FailedPage { url, title, reason, failures, next_try_at: maybe_instant_at(row, 3)? })
        })?;
        rows.collect()
    }

    /// Notes which of the pages of `source` that failed it lists: those of which `is_listed` says so, by their keys.
    pub(crate) fn note_listed(&self, source: &SourceId, is_listed: impl Fn(&str) -> bool) -> Result<()> {
        let mut query = self.db.prepare_cached(
            "SELECT p.url, p.is_listed FROM page p JOIN source s ON s.id = p.source WHERE s.name = ?1",
        )?;
        let rows = query.query_map([source.as_str()], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let before: Vec<(String, bool)> = rows.collect::<Result<_>>()?;
        let mut write = self.db.prepare_cached("UPDATE page SET is_listed = ?2 WHERE url = ?1")?;
        for (url, was_listed) in before {
            if is_listed(&url) != was_listed {
                write.execute(params![url, !was_listed])?;
            }
        }
        Ok(())
    }

    /// What is remembered of the listing at `url`.
    pub(crate) fn listing(&self, url: &str) -> Result<Option<ListingState>> {
        let mut query = self.db.prepare_cached(
            "SELECT payload, checked_at, moved_to, etag, last_modified, answered FROM listing WHERE url = ?1",
        )?;
        let found = query.query_row([url], |row| {
            Ok(ListingState {
                payload: digest_at(row, 0)?,
                checked_at: instant_at(row, 1)?,
                answered: parsed_at(row, 5, Url::parse)?,
                moved_to: maybe_parsed_at(row, 2, Url::parse)?,
                moved_at: instant_at(row, 1)?,
                validators: validators_at(row, 3)?,
            })
        });
        found.optional()
    }

    /// Where the newest response of the listing at `url` stands.
    pub(crate) fn listing_place(&self, url: &Url) -> Result<Option<Located>> {
        let mut query = self.db.prepare_cached(
            "SELECT segment, response_offset, response_length FROM listing
             WHERE url = ?1 AND response_offset IS NOT NULL",
        )?;
        let found = query.query_row([url.as_str()], |row| {
            let span = Span { offset: number_at(row, 1)?, length: number_at(row, 2)? };
            Ok(Located { segment: row.get(0)?, span })
        });
        found.optional()
    }

    /// Whether the listing at `url` had this payload when it last answered, and answered from `answered`.
    pub(crate) fn is_listed(&self, url: &Url, payload: &Digest, answered: &Url) -> Result<bool> {
        let mut query = self
            .db
            .prepare_cached("SELECT 1 FROM listing WHERE url = ?1 AND payload = ?2 AND answered = ?3")?;
        query.exists(params![url.as_str(), payload.as_bytes(), answered.as_str()])
    }

    /// The listing at `url` answered, and said nothing new. It may be asked again with other validators.
    pub(crate) fn listing_checked(
        &self,
        url: &Url,
        now: DateTime<Utc>,
        validators: Option<&Validators>,
    ) -> Result<()> {
        let mut write = self.db.prepare_cached("UPDATE listing SET checked_at = ?2 WHERE url = ?1")?;
        write.execute(params![url.as_str(), seconds(now)])?;
        let Some(validators) = validators else { return Ok(()) };
        let mut write =
            self.db.prepare_cached("UPDATE listing SET etag = ?2, last_modified = ?3 WHERE url = ?1")?;
        write.execute(params![url.as_str(), validators.etag, validators.last_modified]).map(drop)
    }

    /// What is remembered of `source`.
    pub(crate) fn source_state(&self, source: &SourceId) -> Result<SourceState> {
        let mut query = self.db.prepare_cached(
            "SELECT last_checked, last_success, failures, trouble FROM source WHERE name = ?1",
        )?;
        let found = query.query_row([source.as_str()], |row| {
            Ok(SourceState {
                last_checked: maybe_instant_at(row, 0)?,
                last_success: maybe_instant_at(row, 1)?,
                failures: row.get(2)?,
                trouble: row.get(3)?,
            })
        });
        Ok(found.optional()?.unwrap_or_default())
    }

    /// Notes what asking `source` gave: `trouble`, or none.
    pub(crate) fn source_checked(
        &self,
        source: &SourceId,
        at: DateTime<Utc>,
        trouble: Option<(TroubleKind, &str)>,
    ) -> Result<()> {
        let source = self.source(source)?;
        let (kind, reason) = trouble.unzip();
        // What drifted answered all the same.
        let answered = kind.is_none_or(|kind| kind == TroubleKind::Drifted);
        let mut write = self.db.prepare_cached(
            "UPDATE source SET last_checked = ?2, last_success = iif(?3, ?2, last_success),
                 failures = iif(?3, 0, failures + 1), trouble = ifnull(?4, trouble) WHERE id = ?1",
        )?;
        write.execute(params![source, seconds(at), answered, reason]).map(drop)
    }
}

fn candidate_at(row: &Row<'_>, column: usize) -> Result<Candidate> {
    parsed_at(row, column, |text| serde_json::from_str(text))
}
