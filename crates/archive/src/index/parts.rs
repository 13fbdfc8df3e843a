//! The further pages on which an article stands.

use rusqlite::{Result, params};

use super::articles::Located;
use super::columns::number_at;
use super::{Index, Place};
use crate::model::ArticleId;
use crate::warc::Span;

/// Where a further page stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PartRow {
    /// The note that says of what it is a part.
    pub(crate) note: Located,
    /// None if the capture was let go.
    pub(crate) response: Option<Located>,
}

impl Index {
    /// A `metadata` record that this revision of an article stands on a further page. An article that is not there was
    /// lost with its record.
    pub(crate) fn add_part(&self, of: &ArticleId, revision: u32, place: &Place) -> Result<()> {
        let Some(sequence) = self.sequence_of(of)? else { return Ok(()) };
        let [offset, length, response_offset, response_length] = place.columns();
        let mut write = self.db.prepare_cached(
            "INSERT OR REPLACE INTO part (article, revision, segment, offset, length, response_offset, response_length)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?;
        write
            .execute(params![
                sequence.cast_signed(),
                revision,
                place.segment,
                offset,
                length,
                response_offset,
                response_length,
            ])
            .map(drop)
    }

    /// Forgets the parts that stand in a WARC file: they are read from it again.
    pub(crate) fn forget_parts(&self, segment: i64) -> Result<()> {
        self.db.execute("DELETE FROM part WHERE segment = ?1", [segment]).map(drop)
    }

    /// The further pages of the newest revision of an article that has a response of its own, in their order. One that
    /// was read again stands on the pages of the revision before it.
    pub(crate) fn parts(&self, sequence: u64) -> Result<Vec<PartRow>> {
        let mut query = self.db.prepare_cached(
            "SELECT segment, offset, length, response_offset, response_length FROM part
             WHERE article = ?1 AND revision =
                 (SELECT max(number) FROM revision WHERE article = ?1 AND response_offset IS NOT NULL)
             ORDER BY segment, offset",
        )?;
        let rows = query.query_map([sequence.cast_signed()], |row| {
            let segment = row.get(0)?;
            let located = |offset, length| Located { segment, span: Span { offset, length } };
            let response = match row.get::<_, Option<i64>>(3)? {
                Some(offset) => Some(located(offset.cast_unsigned(), number_at(row, 4)?)),
                None => None,
            };
            Ok(PartRow { note: located(number_at(row, 1)?, number_at(row, 2)?), response })
        })?;
        rows.collect()
    }
}
