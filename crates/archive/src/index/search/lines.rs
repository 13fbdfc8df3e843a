//! The lines of the published site's search: what a page in a browser knows of an article, by month.

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, Result, params};

use super::{Reach, SearchIndex};
use crate::index::columns::{instant_at, seconds};
use crate::model::{ArticleId, SourceId};

/// What the search of the published site knows of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The month under which it is found: `2026-11`.
    pub month: String,
    /// The instant under which it is shown.
    pub at: DateTime<Utc>,
    /// The sources that found it.
    pub sources: Vec<SourceId>,
    /// What is published of it; on one line.
    pub text: String,
}

impl SearchIndex {
    /// Keeps the line of an article, in place of the one that it had. The month of that, if it is another line.
    pub(crate) fn keep_line(&self, id: &ArticleId, line: &Line) -> Result<Option<String>> {
        let before = self.drop_line(id)?;
        let mut write = self
            .db
            .prepare_cached("INSERT INTO line (id, month, at, sources, text) VALUES (?1, ?2, ?3, ?4, ?5)")?;
        let sources = spaced(&line.sources);
        write.execute(params![id.as_bytes(), line.month, seconds(line.at), sources, line.text])?;
        Ok(before)
    }

    /// Drops the line of an article. Its month.
    pub(crate) fn drop_line(&self, id: &ArticleId) -> Result<Option<String>> {
        let mut write = self.db.prepare_cached("DELETE FROM line WHERE id = ?1 RETURNING month")?;
        write.query_row([id.as_bytes()], |row| row.get(0)).optional()
    }

    /// Drops all lines.
    pub(crate) fn drop_lines(&self) -> Result<()> {
        self.begin()?;
        self.db.execute("DELETE FROM line", [])?;
        self.set_reach(Reach::Lines, 0)?;
        self.commit()
    }

    /// The months of which there are lines, the newest first.
    pub(crate) fn months_with_lines(&self) -> Result<Vec<String>> {
        let mut query = self.db.prepare_cached("SELECT DISTINCT month FROM line ORDER BY month DESC")?;
        query.query_map([], |row| row.get(0))?.collect()
    }

    /// The months of which a line is of an article that one of these sources found.
    pub(crate) fn months_with_lines_of(&self, sources: &[SourceId]) -> Result<Vec<String>> {
        let names = serde_json::to_string(sources).expect("plain values serialise");
        let mut query = self.db.prepare_cached(
            "SELECT DISTINCT month FROM line WHERE EXISTS (
                 SELECT 1 FROM json_each(?1) WHERE instr(sources, ' ' || value || ' ') > 0)",
        )?;
        query.query_map([names], |row| row.get(0))?.collect()
    }

    /// The lines of a month, the oldest first.
    pub(crate) fn lines_of(&self, month: &str) -> Result<Vec<Line>> {
        let mut query =
            self.db.prepare_cached("SELECT at, sources, text FROM line WHERE month = ?1 ORDER BY at, id")?;
        let rows = query.query_map([month], |row| {
            let sources: String = row.get(1)?;
            Ok(Line {
                month: month.to_owned(),
                at: instant_at(row, 0)?,
                sources: sources.split_whitespace().filter_map(|name| SourceId::parse(name).ok()).collect(),
                text: row.get(2)?,
            })
        })?;
        rows.collect()
    }
}

/// The names with a space before and behind each.
pub(crate) fn spaced(sources: &[SourceId]) -> String {
    sources.iter().fold(" ".to_owned(), |names, source| format!("{names}{source} "))
}
