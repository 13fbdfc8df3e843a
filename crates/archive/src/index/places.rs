//! Every place in the WARC files at which the index expects a record.

use rusqlite::Result;

use super::columns::number_at;
use super::fold::Place;
use super::{Index, Mark};
use crate::model::ArticleId;
use crate::warc::{RecordType, Span};

/// A record that the index expects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Expected {
    /// The number of its WARC file.
    pub(crate) segment: i64,
    pub(crate) span: Span,
    /// A conversion, or the response that it was made from.
    pub(crate) kind: RecordType,
    /// The article's number, and its revision's.
    pub(crate) revision: (u64, u32),
    /// For a conversion, where its response begins.
    pub(crate) response: Option<u64>,
}

impl Index {
    /// Every WARC file that the index knows, and every record that it expects, as of one commit.
    pub(crate) fn places(&self) -> Result<(Vec<Mark>, Vec<Expected>)> {
        let _reading = self.db.unchecked_transaction()?;
        Ok((self.marks()?, self.expected()?))
    }

    /// By file and then by place.
    fn expected(&self) -> Result<Vec<Expected>> {
        let mut query = self.db.prepare(
            "SELECT segment, offset, length, article, number, response_offset, 1 FROM revision
             UNION ALL
             SELECT segment, response_offset, response_length, article, number, NULL, 0 FROM revision
             WHERE response_offset IS NOT NULL
             ORDER BY 1, 2",
        )?;
        let rows = query.query_map([], |row| {
            let is_conversion: bool = row.get(6)?;
            Ok(Expected {
                segment: row.get(0)?,
                span: Span { offset: number_at(row, 1)?, length: number_at(row, 2)? },
                kind: if is_conversion { RecordType::Conversion } else { RecordType::Response },
                revision: (number_at(row, 3)?, row.get(4)?),
                response: row.get::<_, Option<i64>>(5)?.map(i64::cast_unsigned),
            })
        })?;
        rows.collect()
    }

    /// Whether the index has this revision of an article, wherever it stands.
    pub(crate) fn has_revision(&self, id: &ArticleId, number: u32) -> Result<bool> {
        let mut query = self.db.prepare_cached(
            "SELECT 1 FROM revision r JOIN article a ON a.sequence = r.article WHERE a.id = ?1 AND r.number = ?2",
        )?;
        query.exists(rusqlite::params![id.as_bytes(), number])
    }

    /// Notes that a revision's records stand elsewhere in their WARC file by now. Whether it is one of that file.
    pub(crate) fn move_revision(&self, id: &ArticleId, number: u32, place: &Place) -> Result<bool> {
        let [offset, length, response_offset, response_length] = place.columns();
        let mut write = self.db.prepare_cached(
            "UPDATE revision SET offset = ?4, length = ?5, response_offset = ?6, response_length = ?7
             WHERE article = (SELECT sequence FROM article WHERE id = ?1) AND number = ?2 AND segment = ?3",
        )?;
        let moved = write.execute(rusqlite::params![
            id.as_bytes(),
            number,
            place.segment,
            offset,
            length,
            response_offset,
            response_length,
        ])?;
        Ok(moved > 0)
    }

    /// How many revisions stand in a WARC file.
    pub(crate) fn revisions_in(&self, segment: i64) -> Result<usize> {
        let mut query = self.db.prepare("SELECT count(*) FROM revision WHERE segment = ?1")?;
        query
            .query_row([segment], |row| number_at(row, 0))
            .map(|count| usize::try_from(count).unwrap_or_default())
    }

    /// Whether `SQLite` finds its own file in order.
    pub(crate) fn is_sound(&self) -> Result<bool> {
        let said: String = self.db.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
        Ok(said == "ok")
    }
}
