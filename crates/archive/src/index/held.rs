//! Pages that were held back, and those that their owner let pass.

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, Result, Row, params};
use url::Url;

use super::articles::Located;
use super::columns::{instant_at, number_at, seconds, source_at, url_at};
use super::{Index, Place};
use crate::index::state::Kind;
use crate::model::{CanonicalUrl, SourceId, TextSketch};
use crate::record::Note;
use crate::record::key::{key_of, keyed};
use crate::warc::Span;

/// A page that is held back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct HeldRow {
    /// Its key: of the article's first URL, where it is one.
    pub(crate) key: String,
    pub(crate) source: SourceId,
    pub(crate) asked: CanonicalUrl,
    pub(crate) title: Option<String>,
    pub(crate) hold: String,
    pub(crate) reason: String,
    pub(crate) since: DateTime<Utc>,
    /// The note that holds it back.
    pub(crate) note: Located,
    pub(crate) response: Option<Located>,
    /// What it says, if it has a text.
    pub(crate) sketch: Option<TextSketch>,
}

/// Why a page is held back.
#[derive(Clone, Copy, Debug)]
struct Holding<'a> {
    source: &'a SourceId,
    asked: &'a CanonicalUrl,
    title: Option<&'a str>,
    hold: &'a str,
    reason: &'a str,
    at: DateTime<Utc>,
    sketch: Option<&'a TextSketch>,
}

const COLUMNS: &str =
    "SELECT h.url, s.name, h.asked, h.title, h.hold, h.reason, h.since, h.segment, h.offset, h.length,
    h.response_offset, h.response_length, h.sketch FROM held h JOIN source s ON s.id = h.source";

fn held(row: &Row<'_>) -> Result<HeldRow> {
    let segment = row.get(7)?;
    let located = |span| Located { segment, span };
    let response = match row.get::<_, Option<i64>>(10)? {
        Some(offset) => Some(located(Span { offset: offset.cast_unsigned(), length: number_at(row, 11)? })),
        None => None,
    };
    Ok(HeldRow {
        key: row.get(0)?,
        source: source_at(row, 1)?,
        asked: url_at(row, 2)?,
        title: row.get(3)?,
        hold: row.get(4)?,
        reason: row.get(5)?,
        since: instant_at(row, 6)?,
        note: located(Span { offset: number_at(row, 8)?, length: number_at(row, 9)? }),
        response,
        sketch: row.get::<_, Option<Vec<u8>>>(12)?.and_then(|bytes| TextSketch::from_bytes(&bytes)),
    })
}

impl Index {
    /// A `metadata` record about a page that gave no article: whether it is held back.
    pub(crate) fn rejected(&self, note: &Note, place: &Place) -> Result<()> {
        let Note::Rejected { source, candidate, reason, hold: Some(hold), at: Some(at), sketch, .. } = note
        else {
            return Ok(());
        };
        let Ok(asked) = CanonicalUrl::of(&candidate.url) else { return Ok(()) };
        let key = self.held_key(&key_of(candidate))?;
        let title = candidate.title.as_deref();
        self.hold(
            &key,
            &Holding { source, asked: &asked, title, hold, reason, at: *at, sketch: sketch.as_ref() },
            place,
        )
    }

    /// The page under `key` is held back. It is since when it first was; another reason is told again.
    fn hold(&self, key: &str, holding: &Holding<'_>, place: &Place) -> Result<()> {
        let [offset, length, response_offset, response_length] = place.columns();
        let mut write = self.db.prepare_cached(
            "INSERT INTO held (url, source, asked, title, hold, reason, since, is_told, segment, offset, length,
                 response_offset, response_length, sketch)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 0, ?8, ?9, ?10, ?11, ?12, ?13)
             ON CONFLICT (url) DO UPDATE SET asked = ?3, title = ?4, is_told = is_told AND hold = ?5, hold = ?5,
                 reason = ?6, segment = ?8, offset = ?9, length = ?10, response_offset = ?11, response_length = ?12,
                 sketch = ?13",
        )?;
        write
            .execute(params![
                key,
                self.source(holding.source)?,
                holding.asked.as_str(),
                holding.title,
                holding.hold,
                holding.reason,
                seconds(holding.at),
                place.segment,
                offset,
                length,
                response_offset,
                response_length,
                holding.sketch.map(TextSketch::to_bytes),
            ])
            .map(drop)
    }

    /// Notes that the records of a page that is held back stand elsewhere in their WARC file by now. Whether it is one of
    /// that file.
    pub(crate) fn move_held(&self, asked: &CanonicalUrl, place: &Place) -> Result<bool> {
        let [offset, length, response_offset, response_length] = place.columns();
        let mut write = self.db.prepare_cached(
            "UPDATE held SET offset = ?3, length = ?4, response_offset = ?5, response_length = ?6
             WHERE segment = ?1 AND asked = ?2",
        )?;
        let moved = write.execute(params![
            place.segment,
            asked.as_str(),
            offset,
            length,
            response_offset,
            response_length,
        ])?;
        Ok(moved > 0)
    }

    /// How many pages are held back by notes of a WARC file.
    pub(crate) fn held_in(&self, segment: i64) -> Result<usize> {
        let mut query = self.db.prepare("SELECT count(DISTINCT asked) FROM held WHERE segment = ?1")?;
        query
            .query_row([segment], |row| number_at(row, 0))
            .map(|count| usize::try_from(count).unwrap_or_default())
    }

    /// The key under which the page with this `key` is held back: an article has many URLs, and is held back once.
    pub(crate) fn held_key(&self, key: &str) -> Result<String> {
        match self.article_at(key)? {
            Some(sequence) => Ok(self.row(sequence)?.key()),
            None => Ok(key.to_owned()),
        }
    }

    /// The page under `key` is held back no longer.
    pub(super) fn let_go(&self, key: &str) -> Result<()> {
        self.db.prepare_cached("DELETE FROM held WHERE url = ?1")?.execute([key]).map(drop)
    }

    pub(crate) fn held_at(&self, key: &str) -> Result<Option<HeldRow>> {
        self.db.prepare_cached(&format!("{COLUMNS} WHERE h.url = ?1"))?.query_row([key], held).optional()
    }

    /// What is held back of `source`, newest first.
    pub(crate) fn held_of(&self, source: &SourceId) -> Result<Vec<HeldRow>> {
        let sql = format!("{COLUMNS} WHERE s.name = ?1 ORDER BY h.since DESC, h.url");
        self.db.prepare_cached(&sql)?.query_map([source.as_str()], held)?.collect()
    }

    /// What is held back of `source` and was named by no event yet, oldest first.
    pub(crate) fn untold(&self, source: &SourceId) -> Result<Vec<HeldRow>> {
        let sql = format!("{COLUMNS} WHERE s.name = ?1 AND NOT h.is_told ORDER BY h.since, h.url");
        self.db.prepare_cached(&sql)?.query_map([source.as_str()], held)?.collect()
    }

    /// An event has named every page that is held back of `source`.
    pub(super) fn told(&self, source: i64) -> Result<()> {
        self.db.prepare_cached("UPDATE held SET is_told = 1 WHERE source = ?1")?.execute([source]).map(drop)
    }

    /// A `metadata` record that the page at `url` passes whatever is held against it by the word `hold`.
    pub(crate) fn released(
        &self,
        source: &SourceId,
        (url, item): (&Url, Option<&str>),
        hold: &str,
        place: &Place,
    ) -> Result<()> {
        self.add_volume(self.source(source)?, place, Kind::Notes, Kind::Notes)?;
        let key = self.held_key(&keyed(url, item))?;
        let mut write =
            self.db.prepare_cached("INSERT OR IGNORE INTO released (url, hold) VALUES (?1, ?2)")?;
        write.execute([key.as_str(), hold])?;
        self.let_go(&key)
    }

    /// The reasons for which the page under `key` was held back and released.
    pub(crate) fn releases_of(&self, key: &str) -> Result<Vec<String>> {
        let mut query = self.db.prepare_cached("SELECT hold FROM released WHERE url = ?1 ORDER BY hold")?;
        query.query_map([key], |row| row.get(0))?.collect()
    }

    pub(crate) fn is_released(&self, key: &str, hold: &str) -> Result<bool> {
        let mut query = self.db.prepare_cached("SELECT 1 FROM released WHERE url = ?1 AND hold = ?2")?;
        query.exists([key, hold])
    }

    /// The first page that is held back and is `wanted`.
    pub(crate) fn held_where(&self, wanted: impl Fn(&HeldRow) -> bool) -> Result<Option<HeldRow>> {
        let mut query = self.db.prepare_cached(&format!("{COLUMNS} ORDER BY h.url"))?;
        let mut rows = query.query_map([], held)?;
        rows.find(|row| row.as_ref().map_or(true, &wanted)).transpose()
    }
}
