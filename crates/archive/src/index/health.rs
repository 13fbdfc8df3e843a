//! What happened to sources, in the order of the archive.

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, Result, params};

use super::columns::{instant_at, number_at, parsed_at};
use super::{Index, Place};
use crate::index::state::Kind;
use crate::model::{HealthEvent, HealthKind, SourceId};

impl Index {
    /// A `metadata` record that something happened to a source.
    pub(crate) fn happened(&self, event: &HealthEvent, place: &Place) -> Result<()> {
        let source = self.source(&event.source)?;
        self.add_volume(source, place, Kind::Notes, Kind::Notes)?;
        let is_held = event.event == HealthKind::Held;
        if is_held {
            self.told(source)?;
        }
        let text = serde_json::to_string(event).expect("plain values serialise");
        let mut write = self.db.prepare_cached(
            "INSERT INTO health (number, source, is_held, event)
             VALUES ((SELECT ifnull(max(number), 0) + 1 FROM health), ?1, ?2, ?3)",
        )?;
        write.execute(params![source, is_held, text]).map(drop)
    }

    /// The newest event of any source, newest first.
    pub(crate) fn events(&self, limit: usize) -> Result<Vec<HealthEvent>> {
        let mut query = self.db.prepare_cached("SELECT event FROM health ORDER BY number DESC LIMIT ?1")?;
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        query.query_map([limit], |row| parsed_at(row, 0, |text| serde_json::from_str(text)))?.collect()
    }

    /// The last event that says how `source` is doing.
    pub(crate) fn last_event(&self, source: &SourceId) -> Result<Option<HealthEvent>> {
        let mut query = self.db.prepare_cached(
            "SELECT h.event FROM health h JOIN source s ON s.id = h.source
             WHERE s.name = ?1 AND NOT h.is_held ORDER BY h.number DESC LIMIT 1",
        )?;
        let event =
            query.query_row([source.as_str()], |row| parsed_at(row, 0, |text| serde_json::from_str(text)));
        event.optional()
    }

    /// Whether the event is unknown and nothing happened to its source since.
    pub(crate) fn is_newer(&self, event: &HealthEvent) -> Result<bool> {
        let mut query = self.db.prepare_cached(
            "SELECT h.event FROM health h JOIN source s ON s.id = h.source
             WHERE s.name = ?1 ORDER BY h.number DESC LIMIT 2",
        )?;
        let known = query.query_map([event.source.as_str()], |row| {
            parsed_at(row, 0, |text| serde_json::from_str::<HealthEvent>(text))
        })?;
        let known = known.collect::<Result<Vec<_>>>()?;
        Ok(known.iter().all(|known| known.at <= event.at && known != event))
    }

    /// The languages of the articles that `source` found last.
    pub(crate) fn languages_of(&self, source: &SourceId, limit: u32) -> Result<Vec<String>> {
        let Some(source) = self.known_source(source)? else { return Ok(Vec::new()) };
        let mut query = self.db.prepare_cached(
            "SELECT a.language FROM (SELECT article FROM finding WHERE source = ?1
                 ORDER BY run DESC, published DESC, position DESC, article DESC LIMIT ?2) f
             JOIN article a ON a.sequence = f.article WHERE a.language IS NOT NULL",
        )?;
        query.query_map(params![source, limit], |row| row.get(0))?.collect()
    }

    /// How many articles `source` found in all, and when those were published that it found last, newest first.
    pub(crate) fn published_of(&self, source: &SourceId, limit: u32) -> Result<(u64, Vec<DateTime<Utc>>)> {
        let Some(source) = self.known_source(source)? else { return Ok((0, Vec::new())) };
        let mut count = self.db.prepare_cached("SELECT count(*) FROM finding WHERE source = ?1")?;
        let all = count.query_row([source], |row| number_at(row, 0))?;
        let mut query = self.db.prepare_cached(
            "SELECT published FROM finding WHERE source = ?1 AND run > 0
             ORDER BY run DESC, published DESC, position DESC, article DESC LIMIT ?2",
        )?;
        let published = query.query_map(params![source, limit], |row| instant_at(row, 0))?;
        Ok((all, published.collect::<Result<_>>()?))
    }
}
