//! Questions about articles, and the little that a look without news changes.

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, Result, params};

use super::Index;
use super::columns::{
    digest_at, id_at, instant_at, maybe_digest_at, maybe_instant_at, number_at, rank_at, seconds, source_at,
    url_at, validators_at,
};
use super::hints::MANY_FALSE_ALARMS;
use crate::index::state::{Count, Known};
use crate::model::{ArticleId, CanonicalUrl, Digest, Moment, Rank, SourceId, Validators};
use crate::record::key::keyed;
use crate::warc::Span;

/// Where a record stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Located {
    pub(crate) segment: i64,
    pub(crate) span: Span,
}

/// An article's newest state, without the article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) id: ArticleId,
    pub(crate) source: SourceId,
    pub(crate) url: CanonicalUrl,
    /// What tells it from other articles at that URL.
    pub(crate) item: Option<String>,
    pub(crate) first_title: String,
    pub(crate) first_seen: DateTime<Utc>,
    pub(crate) updated: DateTime<Utc>,
    pub(crate) sequence: u64,
    pub(crate) rank: Rank,
    /// The number of the run that first saw it.
    pub(crate) run: u64,
    pub(crate) revision: u32,
    pub(crate) conversion: Located,
    /// The response that it was made from.
    pub(crate) response: Option<Located>,
}

impl Row {
    /// The key under which it is known, whatever else is at its URL.
    pub(crate) fn key(&self) -> String {
        keyed(self.url.as_url(), self.item.as_deref())
    }
}

/// What a new capture is compared with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Prior {
    pub(crate) row: Row,
    pub(crate) digest: Digest,
    pub(crate) payload: Digest,
}

const ROW: &str = "SELECT a.id, s.name, a.url, a.first_seen, a.updated, a.sequence, a.revision,
        r.segment, r.offset, r.length, r.response_offset, r.response_length, a.digest, a.payload,
        f.run, f.published, f.position, a.run, a.item, a.first_title
    FROM article a
    JOIN source s ON s.id = a.source
    JOIN finding f ON f.article = a.sequence AND f.source = a.source
    JOIN revision r ON r.article = a.sequence AND r.number = a.revision
    WHERE a.sequence = ?1";

fn row(row: &rusqlite::Row<'_>) -> Result<Row> {
    let segment = row.get(7)?;
    let located = |span| Located { segment, span };
    let response = match row.get::<_, Option<i64>>(10)? {
        Some(offset) => Some(located(Span { offset: offset.cast_unsigned(), length: number_at(row, 11)? })),
        None => None,
    };
    Ok(Row {
        id: id_at(row, 0)?,
        source: source_at(row, 1)?,
        url: url_at(row, 2)?,
        item: row.get(18)?,
        first_title: row.get(19)?,
        first_seen: instant_at(row, 3)?,
        updated: instant_at(row, 4)?,
        sequence: number_at(row, 5)?,
        rank: rank_at(row, 14)?,
        run: number_at(row, 17)?,
        revision: row.get(6)?,
        conversion: located(Span { offset: number_at(row, 8)?, length: number_at(row, 9)? }),
        response,
    })
}

impl Index {
    /// The article that is known under `url`, as [`crate::record::key::key`] spells it.
    pub(crate) fn article_at(&self, url: &str) -> Result<Option<u64>> {
        let mut query = self.db.prepare_cached("SELECT article FROM alias WHERE url = ?1")?;
        query.query_row([url], |row| number_at(row, 0)).optional()
    }

    pub(crate) fn sequence_of(&self, id: &ArticleId) -> Result<Option<u64>> {
        let mut query = self.db.prepare_cached("SELECT sequence FROM article WHERE id = ?1")?;
        query.query_row([id.as_bytes()], |row| number_at(row, 0)).optional()
    }

    pub(crate) fn id_of(&self, sequence: u64) -> Result<Option<ArticleId>> {
        let mut query = self.db.prepare_cached("SELECT id FROM article WHERE sequence = ?1")?;
        query.query_row([sequence.cast_signed()], |row| id_at(row, 0)).optional()
    }

    /// Whether the event belongs to another revision than this one of the article.
    pub(crate) fn is_event_of_another(&self, event: u64, sequence: u64, revision: u32) -> Result<bool> {
        let mut query = self
            .db
            .prepare_cached("SELECT 1 FROM revision WHERE event = ?1 AND (article, number) <> (?2, ?3)")?;
        query.exists(params![event.cast_signed(), sequence.cast_signed(), revision])
    }

    /// At most `limit` articles that `source` found and whose words have this digest.
    pub(crate) fn with_words(&self, source: &SourceId, words: &Digest, limit: u32) -> Result<Vec<u64>> {
        let mut query = self.db.prepare_cached(
            // Not a join: that would begin with all articles of the source.
            "SELECT a.sequence FROM article a WHERE a.words = ?1 AND EXISTS (
                 SELECT 1 FROM finding f JOIN source s ON s.id = f.source
                 WHERE f.article = a.sequence AND s.name = ?2) LIMIT ?3",
        )?;
        query.query_map(params![words.as_bytes(), source.as_str(), limit], |row| number_at(row, 0))?.collect()
    }

    pub(crate) fn row(&self, sequence: u64) -> Result<Row> {
        self.db.prepare_cached(ROW)?.query_row([sequence.cast_signed()], row)
    }

    pub(crate) fn prior(&self, sequence: u64) -> Result<Prior> {
        self.db.prepare_cached(ROW)?.query_row([sequence.cast_signed()], |found| {
            Ok(Prior { row: row(found)?, digest: digest_at(found, 12)?, payload: digest_at(found, 13)? })
        })
    }

    pub(crate) fn known(&self, sequence: u64) -> Result<Known> {
        let mut query = self.db.prepare_cached(
            "SELECT id, url, next_look_at, hint_title, hint_modified, etag, last_modified, run, answered, item,
                 iif(false_alarms < ?2, hint_digest, NULL) FROM article WHERE sequence = ?1",
        )?;
        query.query_row([sequence.cast_signed(), MANY_FALSE_ALARMS], |row| {
            Ok(Known {
                id: id_at(row, 0)?,
                url: url_at(row, 1)?,
                sources: self.sources_of(sequence)?,
                run: number_at(row, 7)?,
                answered: url_at(row, 8)?,
                next_look_at: maybe_instant_at(row, 2)?,
                hint_title: row.get(3)?,
                hint_modified: row.get::<_, Option<String>>(4)?.and_then(|text| Moment::parse(&text).ok()),
                hint_digest: maybe_digest_at(row, 10)?,
                item: row.get(9)?,
                validators: validators_at(row, 5)?,
            })
        })
    }

    /// The number that the next event gets.
    pub(crate) fn next_event(&self) -> Result<u64> {
        let mut query = self
            .db
            // An article's number is that of an event, whether or not a record says so.
            .prepare_cached(
                "SELECT max(ifnull((SELECT max(event) FROM revision WHERE event IS NOT NULL), 0),
                     ifnull((SELECT max(sequence) FROM article), 0)) + 1",
            )?;
        query.query_row([], |row| number_at(row, 0))
    }

    /// The article was looked at, and the next look is due at `next`.
    pub(crate) fn looked(&self, sequence: u64, next: Option<DateTime<Utc>>) -> Result<()> {
        let mut write = self.db.prepare_cached("UPDATE article SET next_look_at = ?2 WHERE sequence = ?1")?;
        write.execute(params![sequence.cast_signed(), next.map(seconds)]).map(drop)
    }

    /// When the article is to be looked at next.
    pub(crate) fn next_look(&self, sequence: u64) -> Result<Option<DateTime<Utc>>> {
        let mut query = self.db.prepare_cached("SELECT next_look_at FROM article WHERE sequence = ?1")?;
        query.query_row([sequence.cast_signed()], |row| maybe_instant_at(row, 0))
    }

    /// What the article's page can be asked again with.
    pub(crate) fn set_validators(&self, sequence: u64, validators: &Validators) -> Result<()> {
        let mut write =
            self.db.prepare_cached("UPDATE article SET etag = ?2, last_modified = ?3 WHERE sequence = ?1")?;
        write.execute(params![sequence.cast_signed(), validators.etag, validators.last_modified]).map(drop)
    }

    /// Articles that `source` found first and that are to be looked at again, longest due first, with the URL that
    /// answered last.
    pub(crate) fn looks_due(
        &self,
        source: &SourceId,
        now: DateTime<Utc>,
        limit: usize,
    ) -> Result<Vec<(u64, CanonicalUrl)>> {
        let mut query = self.db.prepare_cached(
            "SELECT a.sequence, a.answered FROM article a JOIN source s ON s.id = a.source
             WHERE s.name = ?1 AND a.next_look_at <= ?2 ORDER BY a.next_look_at, a.sequence LIMIT ?3",
        )?;
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let rows = query.query_map(params![source.as_str(), seconds(now), limit], |row| {
            Ok((number_at(row, 0)?, url_at(row, 1)?))
        })?;
        rows.collect()
    }

    /// The numbers of the newest articles before `before`, newest first.
    pub(crate) fn newest(&self, before: u64, limit: usize) -> Result<Vec<u64>> {
        let mut query = self.db.prepare_cached(
            "SELECT sequence FROM article WHERE sequence < ?1
                 AND NOT EXISTS (SELECT 1 FROM withdrawn w WHERE w.article = sequence)
             ORDER BY sequence DESC LIMIT ?2",
        )?;
        query
            .query_map([before.cast_signed(), i64::try_from(limit).unwrap_or(i64::MAX)], |row| {
                number_at(row, 0)
            })?
            .collect()
    }

    /// Articles that changed after the change numbered `mark`, each with its change's number, in that order.
    pub(crate) fn changed_since(&self, mark: u64, limit: usize) -> Result<Vec<(u64, u64)>> {
        let mut query = self.db.prepare_cached(
            "SELECT changed, sequence FROM article WHERE changed > ?1 ORDER BY changed LIMIT ?2",
        )?;
        let rows = query
            .query_map([mark.cast_signed(), i64::try_from(limit).unwrap_or(i64::MAX)], |row| {
                Ok((number_at(row, 0)?, number_at(row, 1)?))
            })?;
        rows.collect()
    }

    /// How many articles changed after the change numbered `mark`.
    pub(crate) fn changes_since(&self, mark: u64) -> Result<u64> {
        let mut query = self.db.prepare_cached("SELECT count(*) FROM article WHERE changed > ?1")?;
        query.query_row([mark.cast_signed()], |row| number_at(row, 0))
    }

    /// The number of the newest change.
    pub(crate) fn newest_change(&self) -> Result<u64> {
        let mut query = self.db.prepare_cached("SELECT ifnull(max(changed), 0) FROM article")?;
        query.query_row([], |row| number_at(row, 0))
    }

    /// The number of articles, and of their revisions.
    pub(crate) fn sizes(&self) -> Result<(u64, u64)> {
        let mut query = self
            .db
            .prepare_cached("SELECT (SELECT count(*) FROM article), (SELECT count(*) FROM revision)")?;
        query.query_row([], |row| Ok((number_at(row, 0)?, number_at(row, 1)?)))
    }

    pub(crate) fn counts(&self) -> Result<Vec<Count>> {
        let mut query =
            self.db.prepare_cached("SELECT name, articles, revisions, bytes FROM source ORDER BY name")?;
        let rows = query.query_map([], |row| {
            Ok(Count {
                source: source_at(row, 0)?,
                articles: number_at(row, 1)?,
                revisions: number_at(row, 2)?,
                bytes: number_at(row, 3)?,
            })
        })?;
        rows.collect()
    }

    pub(crate) fn known_source(&self, source: &SourceId) -> Result<Option<i64>> {
        let mut query = self.db.prepare_cached("SELECT id FROM source WHERE name = ?1")?;
        query.query_row([source.as_str()], |row| row.get(0)).optional()
    }
}
