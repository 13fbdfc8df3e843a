//! The events of a feed in the order in which they came about: an article that was found, news or not, and a revision
//! that changed what it says. What a later run adds comes after all that is there, and nothing there moves.

use rusqlite::{Result, params};

use super::Index;
use super::columns::{id_at, number_at};
use super::state::Occurrence;
use crate::model::SourceId;

/// An article that several of the sources found was found by the first of them. It is shown as the run left it that
/// found it; its later revisions are events of their own.
const EVENTS: &str = "
    WITH chosen AS MATERIALIZED (
        SELECT id FROM source WHERE name IN (SELECT value FROM json_each(?1))
    ), event AS (
        SELECT f.found_in AS run, 0 AS kind, f.published AS at, f.position, f.article,
            ifnull((SELECT max(number) FROM revision r WHERE r.article = f.article AND r.run <= f.found_in), 1) AS number
        FROM chosen c CROSS JOIN finding f ON f.source = c.id AND f.found_in >= ?2
        WHERE NOT EXISTS (
            SELECT 1 FROM finding g WHERE g.article = f.article AND g.source IN chosen
                AND (g.found_in, g.published, g.position, g.source) < (f.found_in, f.published, f.position, f.source))
        UNION ALL
        SELECT r.run, 1, 0, 0, r.article, r.number FROM revision r
        WHERE r.event IS NOT NULL AND r.number > 1 AND r.run >= ?2 AND r.run > (
            SELECT min(f.found_in) FROM finding f WHERE f.article = r.article AND f.source IN chosen)
    )
    SELECT e.run, e.kind, e.at, e.position, a.id, e.number
    FROM event e JOIN article a ON a.sequence = e.article
    WHERE (e.run, e.kind, e.at, e.position, a.id, e.number) > (?2, ?3, ?4, ?5, ?6, ?7)
    ORDER BY e.run, e.kind, e.at, e.position, a.id, e.number LIMIT ?8";

impl Index {
    /// At most `limit` events of the feed of `sources` after the one with this key, in their order.
    pub(crate) fn events_after(
        &self,
        sources: &[SourceId],
        after: &Occurrence,
        limit: usize,
    ) -> Result<Vec<Occurrence>> {
        let names = serde_json::to_string(sources).expect("plain values serialise");
        let mut query = self.db.prepare_cached(EVENTS)?;
        let id: &[u8] = after.id.as_ref().map_or(&[], |id| id.as_bytes());
        let rows = query.query_map(
            params![
                names,
                after.run.cast_signed(),
                after.is_revision,
                after.at,
                after.position,
                id,
                after.revision,
                i64::try_from(limit).unwrap_or(i64::MAX)
            ],
            |row| {
                Ok(Occurrence {
                    run: number_at(row, 0)?,
                    is_revision: row.get(1)?,
                    at: row.get(2)?,
                    position: row.get(3)?,
                    id: Some(id_at(row, 4)?),
                    revision: row.get(5)?,
                })
            },
        )?;
        rows.collect()
    }
}
