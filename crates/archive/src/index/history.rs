//! Questions about an article's revisions.

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, Result, params};

use super::Index;
use super::articles::Located;
use super::columns::{instant_at, number_at};
use crate::model::{CanonicalUrl, SourceId};
use crate::warc::Span;

/// A revision, without what it says.
pub(crate) struct RevisionRow {
    /// The event that it is; none if it is minor.
    pub(crate) event: Option<u64>,
    pub(crate) captured: DateTime<Utc>,
    pub(crate) response: Option<Located>,
    /// The number of the run that wrote it.
    pub(crate) run: u64,
}

impl Index {
    /// The numbers of an article's revisions, in order.
    pub(crate) fn revision_numbers(&self, sequence: u64) -> Result<Vec<u32>> {
        let mut query =
            self.db.prepare_cached("SELECT number FROM revision WHERE article = ?1 ORDER BY number")?;
        query.query_map([sequence.cast_signed()], |row| row.get(0))?.collect()
    }

    /// When the article's revision with this number was captured.
    pub(crate) fn captured(&self, sequence: u64, number: u32) -> Result<DateTime<Utc>> {
        let mut query =
            self.db.prepare_cached("SELECT captured FROM revision WHERE article = ?1 AND number = ?2")?;
        query.query_row(params![sequence.cast_signed(), number], |row| instant_at(row, 0))
    }

    /// The last response of the article that was kept.
    pub(crate) fn newest_response(&self, sequence: u64) -> Result<Option<Located>> {
        let mut query = self.db.prepare_cached(
            "SELECT segment, response_offset, response_length FROM revision
             WHERE article = ?1 AND response_offset IS NOT NULL ORDER BY number DESC LIMIT 1",
        )?;
        let located = |row: &rusqlite::Row<'_>| {
            let span = Span { offset: number_at(row, 1)?, length: number_at(row, 2)? };
            Ok(Located { segment: row.get(0)?, span })
        };
        query.query_row([sequence.cast_signed()], located).optional()
    }

    /// The numbers of the first articles after the one with this number.
    pub(crate) fn articles_after(&self, number: u64, limit: usize) -> Result<Vec<u64>> {
        let mut query = self
            .db
            .prepare_cached("SELECT sequence FROM article WHERE sequence > ?1 ORDER BY sequence LIMIT ?2")?;
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        query.query_map([number.cast_signed(), limit], |row| number_at(row, 0))?.collect()
    }

    /// The article's revision with this number.
    pub(crate) fn remembered(&self, sequence: u64, number: u32) -> Result<Option<RevisionRow>> {
        let mut query = self.db.prepare_cached(
            "SELECT event, captured, segment, response_offset, response_length, run FROM revision
             WHERE article = ?1 AND number = ?2",
        )?;
        let remembered = |row: &rusqlite::Row<'_>| {
            let event = row.get::<_, Option<i64>>(0)?.map(i64::cast_unsigned);
            let response = match row.get::<_, Option<i64>>(3)? {
                Some(offset) => {
                    let span = Span { offset: offset.cast_unsigned(), length: number_at(row, 4)? };
                    Some(Located { segment: row.get(2)?, span })
                }
                None => None,
            };
            Ok(RevisionRow { event, captured: instant_at(row, 1)?, response, run: number_at(row, 5)? })
        };
        query.query_row(params![sequence.cast_signed(), number], remembered).optional()
    }

    /// The URLs under which the article is known, as far as their keys tell them.
    pub(crate) fn aliases_of(&self, sequence: u64) -> Result<Vec<CanonicalUrl>> {
        let mut query = self.db.prepare("SELECT url FROM alias WHERE article = ?1 ORDER BY url")?;
        let keys = query.query_map([sequence.cast_signed()], |row| row.get::<_, String>(0))?;
        let url =
            |key: String| CanonicalUrl::parse(&format!("https://{key}")).ok().filter(|url| url.key() == key);
        Ok(keys.collect::<Result<Vec<_>>>()?.into_iter().filter_map(url).collect())
    }

    /// Where the article's revision with this number stands.
    pub(crate) fn revision_at(&self, sequence: u64, number: u32) -> Result<Option<Located>> {
        let mut query = self.db.prepare_cached(
            "SELECT segment, offset, length FROM revision WHERE article = ?1 AND number = ?2",
        )?;
        let located = |row: &rusqlite::Row<'_>| {
            let span = Span { offset: number_at(row, 1)?, length: number_at(row, 2)? };
            Ok(Located { segment: row.get(0)?, span })
        };
        query.query_row(params![sequence.cast_signed(), number], located).optional()
    }

    /// The newest substantive revisions of articles that one of `sources` found: article and number, newest first.
    pub(crate) fn corrections(&self, sources: &[SourceId], limit: usize) -> Result<Vec<(u64, u32)>> {
        let names = serde_json::to_string(sources).expect("plain values serialise");
        let mut query = self.db.prepare_cached(
            "SELECT r.article, r.number FROM revision r WHERE r.event IS NOT NULL AND r.number > 1
                 AND NOT EXISTS (SELECT 1 FROM withdrawn w WHERE w.article = r.article) AND EXISTS (
                 SELECT 1 FROM finding f JOIN source s ON s.id = f.source
                 WHERE f.article = r.article AND s.name IN (SELECT value FROM json_each(?1)))
             ORDER BY r.event DESC LIMIT ?2",
        )?;
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        query.query_map(params![names, limit], |row| Ok((number_at(row, 0)?, row.get(1)?)))?.collect()
    }

    /// The numbers of the article's newest events but the first, newest first.
    pub(crate) fn corrections_of(&self, sequence: u64, limit: usize) -> Result<Vec<u32>> {
        let mut query = self.db.prepare_cached(
            "SELECT number FROM revision WHERE article = ?1 AND event IS NOT NULL AND number > 1
             ORDER BY number DESC LIMIT ?2",
        )?;
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        query.query_map(params![sequence.cast_signed(), limit], |row| row.get(0))?.collect()
    }
}
