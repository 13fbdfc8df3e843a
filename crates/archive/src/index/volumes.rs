//! How many bytes the records of each kind take, by WARC file and source.

use rusqlite::{Result, params};

use super::Index;
use super::columns::number_at;
use super::fold::Place;
use crate::index::state::{Kind, Volume};
use crate::model::SourceId;

impl Index {
    /// Counts a group of records that was written for `source`: its capture as `captured`, the record that says what
    /// it is as `said`.
    pub(super) fn add_volume(&self, source: i64, place: &Place, captured: Kind, said: Kind) -> Result<()> {
        let mut write = self.db.prepare_cached(
            "INSERT INTO volume (segment, source, kind, bytes) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (segment, source, kind) DO UPDATE SET bytes = bytes + ?4",
        )?;
        let record = place.record.length;
        for (kind, bytes) in [(captured, place.bytes - record), (said, record)] {
            if bytes > 0 {
                write.execute(params![place.segment, source, kind as u8, bytes.cast_signed()])?;
            }
        }
        Ok(())
    }

    /// The same for a source by its name.
    pub(crate) fn count(&self, source: &SourceId, place: &Place, captured: Kind, said: Kind) -> Result<()> {
        self.add_volume(self.source(source)?, place, captured, said)
    }

    /// Forgets what was counted in a WARC file.
    pub(crate) fn forget_volumes(&self, segment: i64) -> Result<()> {
        self.db.execute("DELETE FROM volume WHERE segment = ?1", [segment]).map(drop)
    }

    /// What the records of each month's WARC files take.
    pub(crate) fn volumes(&self) -> Result<Vec<Volume>> {
        let mut query = self.db.prepare_cached(
            "SELECT substr(s.name, 1, 4) || '-' || substr(s.name, 5, 2) AS month, v.kind, sum(v.bytes)
             FROM segment_volume v JOIN segment s ON s.id = v.segment
             GROUP BY month, v.kind ORDER BY month, v.kind",
        )?;
        let rows = query.query_map([], |row| {
            let kind = Kind::ALL.get(usize::from(row.get::<_, u8>(1)?)).copied().unwrap_or(Kind::Notes);
            Ok(Volume { month: row.get(0)?, kind, bytes: number_at(row, 2)? })
        })?;
        rows.collect()
    }
}
