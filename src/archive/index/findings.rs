//! Which source found which article, and when: an article that a source finds late comes late in that source's order,
//! however long another source has known it.

use rusqlite::{Result, params};

use super::Index;
use super::columns::{number_at, source_at};
use crate::model::SourceId;

/// An article's place in the order of a source, and its number.
pub(in crate::archive) type Placed = (u64, u64);

impl Index {
    /// Notes that `source` found the article when `place` was the newest event; a first finding stands.
    pub(super) fn find(&self, sequence: u64, source: i64, place: u64) -> Result<()> {
        let mut write = self
            .db
            .prepare_cached("INSERT OR IGNORE INTO finding (article, source, place) VALUES (?1, ?2, ?3)")?;
        write.execute([sequence.cast_signed(), source, place.cast_signed()]).map(drop)
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
    pub(in crate::archive) fn is_found_by(&self, sequence: u64, source: &SourceId) -> Result<bool> {
        let mut query = self.db.prepare_cached(
            "SELECT 1 FROM finding f JOIN source s ON s.id = f.source WHERE f.article = ?1 AND s.name = ?2",
        )?;
        query.exists(params![sequence.cast_signed(), source.as_str()])
    }

    /// The newest articles before `before` that `sources` found, newest first. An article that several of them found
    /// has the place of the first of these findings. Gives where to go on as well; `None` at the end.
    pub(in crate::archive) fn newest_of(
        &self,
        sources: &[SourceId],
        before: Placed,
        limit: usize,
    ) -> Result<(Vec<u64>, Option<Placed>)> {
        let known = sources.iter().map(|source| self.known_source(source));
        let sources: Vec<i64> = known.filter_map(Result::transpose).collect::<Result<_>>()?;
        let mut found = Vec::new();
        for source in &sources {
            found.extend(self.placed(*source, before, limit)?);
        }
        found.sort_unstable_by(|a, b| b.cmp(a));
        found.dedup();
        found.truncate(limit);
        let last = found.last().copied();
        let mut newest = Vec::with_capacity(found.len());
        for (place, article) in found {
            if sources.len() == 1 || self.first_place(article, &sources)? == Some(place) {
                newest.push(article);
            }
        }
        Ok((newest, last))
    }

    fn placed(&self, source: i64, before: Placed, limit: usize) -> Result<Vec<Placed>> {
        let mut query = self.db.prepare_cached(
            "SELECT place, article FROM finding WHERE source = ?1 AND (place, article) < (?2, ?3)
             ORDER BY place DESC, article DESC LIMIT ?4",
        )?;
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let bounds = [source, before.0.cast_signed(), before.1.cast_signed(), limit];
        query.query_map(bounds, |row| Ok((number_at(row, 0)?, number_at(row, 1)?)))?.collect()
    }

    fn first_place(&self, article: u64, sources: &[i64]) -> Result<Option<u64>> {
        let mut query =
            self.db.prepare_cached("SELECT source, place FROM finding WHERE article = ?1 ORDER BY place")?;
        let mut rows = query.query([article.cast_signed()])?;
        while let Some(row) = rows.next()? {
            if sources.contains(&row.get(0)?) {
                return number_at(row, 1).map(Some);
            }
        }
        Ok(None)
    }
}
