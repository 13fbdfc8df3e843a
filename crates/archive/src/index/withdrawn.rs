//! Articles that their owner took down, and the homes of sources.

use rusqlite::{OptionalExtension, Result, params};
use url::Url;

use super::columns::{id_at, url_at};
use super::state::{Kind, WithdrawnArticle};
use super::{Index, Place};
use crate::model::{ArticleId, SourceId};

/// Under which key it is remembered how often an article was taken down or published again.
const TIMES: &str = "withdrawals";

impl Index {
    /// A `metadata` record that an article is taken down for `reason`, or published again.
    pub(crate) fn withdraw(
        &self,
        source: &SourceId,
        id: &ArticleId,
        reason: Option<&str>,
        place: &Place,
    ) -> Result<()> {
        self.add_volume(self.source(source)?, place, Kind::Notes, Kind::Notes)?;
        let Some(sequence) = self.sequence_of(id)? else { return Ok(()) };
        let sequence = sequence.cast_signed();
        match reason {
            Some(reason) => {
                let mut write = self
                    .db
                    .prepare_cached("INSERT OR REPLACE INTO withdrawn (article, reason) VALUES (?1, ?2)")?;
                write.execute(params![sequence, reason])?;
            }
            None => {
                self.db.prepare_cached("DELETE FROM withdrawn WHERE article = ?1")?.execute([sequence])?;
            }
        }
        let mut write = self.db.prepare_cached(
            "UPDATE article SET changed = (SELECT max(changed) + 1 FROM article) WHERE sequence = ?1",
        )?;
        write.execute([sequence])?;
        self.settle(id)?;
        self.set_note(TIMES, &(self.withdrawals()? + 1).to_string())
    }

    /// How often an article was taken down or published again.
    pub(crate) fn withdrawals(&self) -> Result<u64> {
        Ok(self.note(TIMES)?.and_then(|times| times.parse().ok()).unwrap_or_default())
    }

    /// Whether the article is taken down.
    pub(crate) fn is_withdrawn(&self, id: &ArticleId) -> Result<bool> {
        let mut query = self.db.prepare_cached(
            "SELECT 1 FROM withdrawn w JOIN article a ON a.sequence = w.article WHERE a.id = ?1",
        )?;
        query.exists([id.as_bytes()])
    }

    /// Why the article is taken down; `None` if it is not.
    pub(crate) fn reason_of_withdrawal(&self, id: &ArticleId) -> Result<Option<String>> {
        let mut query = self.db.prepare_cached(
            "SELECT w.reason FROM withdrawn w JOIN article a ON a.sequence = w.article WHERE a.id = ?1",
        )?;
        query.query_row([id.as_bytes()], |row| row.get(0)).optional()
    }

    /// The articles of a source that are taken down, the longest known first.
    pub(crate) fn withdrawn_of(&self, source: &SourceId) -> Result<Vec<WithdrawnArticle>> {
        let mut query = self.db.prepare_cached(
            "SELECT a.id, a.url, a.title, w.reason FROM withdrawn w JOIN article a ON a.sequence = w.article
             JOIN source s ON s.id = a.source WHERE s.name = ?1 ORDER BY w.article",
        )?;
        let article = |row: &rusqlite::Row<'_>| {
            Ok(WithdrawnArticle {
                id: id_at(row, 0)?,
                url: url_at(row, 1)?,
                title: row.get(2)?,
                reason: row.get(3)?,
            })
        };
        query.query_map([source.as_str()], article)?.collect()
    }

    /// A `metadata` record that a source's feed says of which site it is.
    pub(crate) fn at_home(&self, source: &SourceId, home: &Url, place: &Place) -> Result<()> {
        let id = self.source(source)?;
        self.add_volume(id, place, Kind::Notes, Kind::Notes)?;
        let mut write = self.db.prepare_cached("UPDATE source SET home = ?2 WHERE id = ?1")?;
        write.execute(params![id, home.as_str()]).map(drop)
    }

    /// The site that the source's feed says it is of.
    pub(crate) fn home_of(&self, source: &SourceId) -> Result<Option<String>> {
        let mut query = self.db.prepare_cached("SELECT home FROM source WHERE name = ?1")?;
        Ok(query.query_row([source.as_str()], |row| row.get(0)).optional()?.flatten())
    }
}
