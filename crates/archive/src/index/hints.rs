//! What listings last said of articles and under which URLs, and what feeds call them: by this a change is noticed, and
//! an article is known under another URL.

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, Result, params};

use super::Index;
use super::columns::{instant_at, number_at, url_at};
use crate::model::{Candidate, Digest, SourceId};
use crate::record::key::keyed;

/// After so many changes of an article's text in its feed that its page did not show, they say nothing.
pub(super) const MANY_FALSE_ALARMS: i64 = 3;

/// How the listings of a source last had an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Trace {
    /// The key of the canonical URL at first sight, whatever else is there.
    pub(crate) url_key: String,
    /// The keys of the URLs at which it was.
    pub(crate) keys: Vec<String>,
    /// What the source calls it.
    pub(crate) guids: Vec<String>,
    /// The title that its listing last showed.
    pub(crate) title: Option<String>,
    /// How often it was listed under another URL than before.
    pub(crate) url_changes: u32,
    /// When it was published, as far as is known.
    pub(crate) published: DateTime<Utc>,
    /// Whether the source found it first.
    pub(crate) is_own: bool,
}

impl Index {
    /// What the listing last said of the article. Where its text changed and the page did not, that was a false alarm.
    pub(crate) fn set_hints(&self, sequence: u64, candidate: &Candidate) -> Result<()> {
        let mut write = self.db.prepare_cached(
            "UPDATE article SET hint_title = ?2, hint_modified = ?3,
                 false_alarms = false_alarms + ifnull(hint_digest <> ?4, 0), hint_digest = ifnull(?4, hint_digest)
             WHERE sequence = ?1",
        )?;
        let modified = candidate.modified.map(|moment| moment.to_string());
        let digest = candidate.text_digest.as_ref().map(Digest::as_bytes);
        write.execute(params![sequence.cast_signed(), candidate.title, modified, digest]).map(drop)
    }

    /// Notes the digest of the text that the article's feed carries, which was not known.
    pub(crate) fn learn_digest(&self, sequence: u64, digest: &Digest) -> Result<()> {
        let mut write = self.db.prepare_cached(
            "UPDATE article SET hint_digest = ?2 WHERE sequence = ?1 AND hint_digest IS NULL",
        )?;
        write.execute(params![sequence.cast_signed(), digest.as_bytes()]).map(drop)
    }

    /// Notes that the article is listed under another URL than before.
    pub(crate) fn listed_as(&self, sequence: u64, key: &str) -> Result<()> {
        let mut write = self.db.prepare_cached(
            "UPDATE article SET listed = ?2, url_changes = url_changes + 1 WHERE sequence = ?1",
        )?;
        write.execute(params![sequence.cast_signed(), key]).map(drop)
    }

    /// The article that `source` calls so.
    pub(crate) fn article_called(&self, source: &SourceId, guid: &str) -> Result<Option<u64>> {
        let mut query = self.db.prepare_cached(
            "SELECT g.article FROM guid g JOIN source s ON s.id = g.source WHERE s.name = ?1 AND g.guid = ?2",
        )?;
        query.query_row([source.as_str(), guid], |row| number_at(row, 0)).optional()
    }

    /// All that `source` calls the article.
    pub(crate) fn guids_of(&self, sequence: u64, source: &SourceId) -> Result<Vec<String>> {
        let mut query = self.db.prepare_cached(
            "SELECT g.guid FROM guid g JOIN source s ON s.id = g.source WHERE g.article = ?1 AND s.name = ?2
             ORDER BY g.guid",
        )?;
        query.query_map(params![sequence.cast_signed(), source.as_str()], |row| row.get(0))?.collect()
    }

    /// How the listings of `source` last had the article.
    pub(crate) fn trace(&self, sequence: u64, source: &SourceId) -> Result<Trace> {
        let guids = self.guids_of(sequence, source)?;
        let is_own = self.sources_of(sequence)?.first() == Some(source);
        let mut query = self.db.prepare_cached(
            "SELECT a.url, a.item, a.answered, a.listed, a.hint_title, a.url_changes, f.published
             FROM article a JOIN finding f ON f.article = a.sequence AND f.source = a.source
             WHERE a.sequence = ?1",
        )?;
        query.query_row([sequence.cast_signed()], |row| {
            let (url, answered) = (url_at(row, 0)?, url_at(row, 2)?);
            let item: Option<String> = row.get(1)?;
            let key = keyed(url.as_url(), item.as_deref());
            let listed: Option<String> = row.get(3)?;
            let mut keys = vec![key, url.key(), answered.key()];
            keys.extend(listed);
            keys.sort_unstable();
            keys.dedup();
            Ok(Trace {
                url_key: url.key(),
                keys,
                guids,
                title: row.get(4)?,
                url_changes: row.get(5)?,
                published: instant_at(row, 6)?,
                is_own,
            })
        })
    }
}
