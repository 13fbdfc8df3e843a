//! Questions about an article's revisions.

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, Result, params};

use super::Index;
use super::articles::Located;
use super::columns::{instant_at, number_at};
use crate::archive::warc::Span;
use crate::model::SourceId;

impl Index {
    /// The numbers of an article's revisions, in order.
    pub(in crate::archive) fn revision_numbers(&self, sequence: u64) -> Result<Vec<u32>> {
        let mut query =
            self.db.prepare_cached("SELECT number FROM revision WHERE article = ?1 ORDER BY number")?;
        query.query_map([sequence.cast_signed()], |row| row.get(0))?.collect()
    }

    /// When the article's revision with this number was captured.
    pub(in crate::archive) fn captured(&self, sequence: u64, number: u32) -> Result<DateTime<Utc>> {
        let mut query =
            self.db.prepare_cached("SELECT captured FROM revision WHERE article = ?1 AND number = ?2")?;
        query.query_row(params![sequence.cast_signed(), number], |row| instant_at(row, 0))
    }

    /// The last response of the article that was kept.
    pub(in crate::archive) fn newest_response(&self, sequence: u64) -> Result<Option<Located>> {
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
    pub(in crate::archive) fn articles_after(&self, number: u64, limit: usize) -> Result<Vec<u64>> {
        let mut query = self
            .db
            .prepare_cached("SELECT sequence FROM article WHERE sequence > ?1 ORDER BY sequence LIMIT ?2")?;
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        query.query_map([number.cast_signed(), limit], |row| number_at(row, 0))?.collect()
    }

    /// Where the article's revision with this number stands.
    pub(in crate::archive) fn revision_at(&self, sequence: u64, number: u32) -> Result<Option<Located>> {
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
    pub(in crate::archive) fn corrections(
        &self,
        sources: &[SourceId],
        limit: usize,
    ) -> Result<Vec<(u64, u32)>> {
        let names = serde_json::to_string(sources).expect("plain values serialise");
        let mut query = self.db.prepare_cached(
            "SELECT r.article, r.number FROM revision r WHERE r.event IS NOT NULL AND r.number > 1 AND EXISTS (
                 SELECT 1 FROM finding f JOIN source s ON s.id = f.source
                 WHERE f.article = r.article AND s.name IN (SELECT value FROM json_each(?1)))
             ORDER BY r.event DESC LIMIT ?2",
        )?;
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        query.query_map(params![names, limit], |row| Ok((number_at(row, 0)?, row.get(1)?)))?.collect()
    }
}
