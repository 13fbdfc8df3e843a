//! Which source found which article, and where it stands in that source's order: an article that a source finds late
//! comes late in its order, however long another source has known it.

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, Result, params};

use super::Index;
use super::columns::{instant_at, maybe_instant_at, number_at, rank_at, seconds, source_at};
use crate::model::{Rank, SourceId};

/// An article's place in the order of a source, and its number.
pub(crate) type Placed = (Rank, u64);

impl Index {
    /// Notes that `source` found the article; a first finding stands. Whether it is one.
    pub(super) fn find(&self, sequence: u64, source: i64, rank: Rank, found_in: u64) -> Result<bool> {
        let mut write = self.db.prepare_cached(
            "INSERT OR IGNORE INTO finding (article, source, run, published, position, found_in)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?;
        let Rank { run, at, position } = rank;
        write
            .execute(params![
                sequence.cast_signed(),
                source,
                run.cast_signed(),
                seconds(at),
                position,
                found_in.cast_signed(),
            ])
            .map(|added| added > 0)
    }

    /// All sources that found the article go by one date.
    pub(super) fn date_findings(&self, sequence: u64, rank: Rank) -> Result<()> {
        let mut write = self
            .db
            .prepare_cached("UPDATE finding SET published = ?2 WHERE article = ?1 AND published <> ?2")?;
        write.execute([sequence.cast_signed(), seconds(rank.at)]).map(drop)
    }

    /// The source that found the article first, then the others by name.
    pub(super) fn sources_of(&self, sequence: u64) -> Result<Vec<SourceId>> {
        let mut query = self.db.prepare_cached(
            "SELECT s.name FROM finding f JOIN source s ON s.id = f.source JOIN article a ON a.sequence = f.article
             WHERE f.article = ?1 ORDER BY f.source <> a.source, s.name",
        )?;
        query.query_map([sequence.cast_signed()], |row| source_at(row, 0))?.collect()
    }

    /// Whether `source` found the article.
    pub(crate) fn is_found_by(&self, sequence: u64, source: &SourceId) -> Result<bool> {
        let mut query = self.db.prepare_cached(
            "SELECT 1 FROM finding f JOIN source s ON s.id = f.source WHERE f.article = ?1 AND s.name = ?2",
        )?;
        query.exists(params![sequence.cast_signed(), source.as_str()])
    }

    /// When the first article was seen that was `source`'s own and news, before this run.
    pub(crate) fn followed_since(&self, source: &SourceId, run: u64) -> Result<Option<DateTime<Utc>>> {
        let mut query = self.db.prepare_cached(
            "SELECT a.first_seen FROM source s JOIN finding f ON f.source = s.id JOIN article a ON a.sequence = f.article
             WHERE s.name = ?1 AND f.run > 0 AND f.run < ?2 AND a.source = s.id ORDER BY f.run LIMIT 1",
        )?;
        query.query_row(params![source.as_str(), run.cast_signed()], |row| instant_at(row, 0)).optional()
    }

    /// The newest date of what `source` found and was seen before this run. It looks at all of it.
    pub(crate) fn newest_before(&self, source: &SourceId, run: u64) -> Result<Option<DateTime<Utc>>> {
        let mut query = self.db.prepare_cached(
            "SELECT max(f.published) FROM source s JOIN finding f ON f.source = s.id
                 JOIN article a ON a.sequence = f.article
             WHERE s.name = ?1 AND f.run > 0 AND a.run < ?2",
        )?;
        query.query_row(params![source.as_str(), run.cast_signed()], |row| maybe_instant_at(row, 0))
    }

    /// The highest number of a run that found something.
    pub(crate) fn newest_run(&self) -> Result<u64> {
        let mut query = self.db.prepare_cached("SELECT ifnull(max(run), 0) FROM finding")?;
        query.query_row([], |row| number_at(row, 0))
    }

    /// The newest articles that `source` found, before `before` if there is one, newest first. Its past is left out.
    pub(crate) fn placed(
        &self,
        source: &SourceId,
        before: Option<Placed>,
        limit: usize,
    ) -> Result<Vec<Placed>> {
        let Some(source) = self.known_source(source)? else { return Ok(Vec::new()) };
        let mut query = self.db.prepare_cached(
            "SELECT run, published, position, article FROM finding
             WHERE source = ?1 AND run > 0 AND (run, published, position, article) < (?2, ?3, ?4, ?5)
                 AND NOT EXISTS (SELECT 1 FROM withdrawn w WHERE w.article = finding.article)
             ORDER BY run DESC, published DESC, position DESC, article DESC LIMIT ?6",
        )?;
        let (run, published, position, article) = before.map_or([i64::MAX; 4].into(), |(rank, article)| {
            (rank.run.cast_signed(), seconds(rank.at), rank.position, article.cast_signed())
        });
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let rows = query.query_map([source, run, published, position, article, limit], |row| {
            Ok((rank_at(row, 0)?, number_at(row, 3)?))
        })?;
        rows.collect()
    }

    /// Of `sources`, the one in whose order the article stands first.
    pub(crate) fn first_of(&self, article: u64, sources: &[SourceId]) -> Result<Option<SourceId>> {
        let mut query = self.db.prepare_cached(
            "SELECT s.name FROM finding f JOIN source s ON s.id = f.source WHERE f.article = ?1 AND f.run > 0
             ORDER BY f.run, f.published, f.position, s.name",
        )?;
        let mut rows = query.query([article.cast_signed()])?;
        while let Some(row) = rows.next()? {
            let name = source_at(row, 0)?;
            if sources.contains(&name) {
                return Ok(Some(name));
            }
        }
        Ok(None)
    }
}
