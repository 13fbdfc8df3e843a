//! Pictures that articles show: which are to be had, which could not be, and where the bytes of those stand that the archive
//! has. What is the same in the URLs of a picture's sizes names it, so that it is asked for once.

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, Result, Row, params};
use url::Url;

use super::articles::Located;
use super::columns::{maybe_digest_at, number_at, parsed_at, seconds};
use super::{Index, Place};
use crate::model::{ArticleId, CanonicalUrl, Digest, Picture, SourceId, Validators, picture_key};
use crate::record::{About, Change};
use crate::warc::Span;

/// A picture that could not be had.
pub(crate) struct FailedPicture<'a> {
    pub(crate) reason: &'a str,
    pub(crate) failures: u32,
    pub(crate) next_try_at: Option<DateTime<Utc>>,
    pub(crate) is_let_go: bool,
}

/// A picture that is to be asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct WantedRow {
    pub(crate) url: Url,
    pub(crate) article: u64,
    /// The page that shows it.
    pub(crate) page: CanonicalUrl,
    pub(crate) failures: u32,
    pub(crate) validators: Validators,
    pub(crate) payload: Option<Digest>,
}

/// A picture that an article shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PictureRow {
    pub(crate) key: String,
    pub(crate) reason: Option<String>,
    pub(crate) is_let_go: bool,
    /// Its digest, and what it is, if the archive has its bytes.
    pub(crate) kept: Option<(Digest, Picture)>,
}

impl Index {
    /// What the newest revision of an article shows. A picture that is new is to be asked for; one that the archive has is
    /// asked for once more when the article changed in substance.
    pub(super) fn show_pictures(&self, sequence: u64, about: &About, urls: &[Url]) -> Result<()> {
        let article = sequence.cast_signed();
        self.db.prepare_cached("DELETE FROM shows WHERE article = ?1")?.execute([article])?;
        if urls.is_empty() {
            return Ok(());
        }
        let source = self.source(&about.source)?;
        let mut add = self.db.prepare_cached(
            "INSERT INTO picture (key, url, source, article, next_try_at) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (key) DO UPDATE SET next_try_at = CASE
                 WHEN ?6 AND payload IS NOT NULL AND (etag IS NOT NULL OR last_modified IS NOT NULL) THEN ?5
                 ELSE next_try_at END
             RETURNING id",
        )?;
        let mut show =
            self.db.prepare_cached("INSERT OR IGNORE INTO shows (article, picture) VALUES (?1, ?2)")?;
        let is_again = about.change == Change::Substantive && about.reread.is_none();
        for url in urls {
            let values =
                params![picture_key(url), url.as_str(), source, article, seconds(about.captured), is_again];
            let id: i64 = add.query_row(values, |row| row.get(0))?;
            show.execute([article, id])?;
        }
        Ok(())
    }

    /// Reads a `metadata` record which says that a picture was fetched. The articles that show it are published again.
    pub(super) fn picture_kept(
        &self,
        url: &Url,
        payload: &Digest,
        validators: &Validators,
        picture: &Picture,
        place: &Place,
    ) -> Result<()> {
        if let Some(response) = place.response {
            self.place_picture(payload, picture, place.segment, response)?;
        }
        let key = picture_key(url);
        let mut known = self.db.prepare_cached("SELECT payload FROM picture WHERE key = ?1")?;
        let before = known.query_row([&key], |row| maybe_digest_at(row, 0)).optional()?;
        let mut write = self.db.prepare_cached(
            "UPDATE picture SET payload = ?2, etag = ?3, last_modified = ?4, failures = 0, reason = NULL,
                 is_let_go = 0, next_try_at = NULL WHERE key = ?1",
        )?;
        write.execute(params![key, payload.as_bytes(), validators.etag, validators.last_modified])?;
        if before.is_some_and(|before| before != Some(*payload)) { self.show_again(&key) } else { Ok(()) }
    }

    /// Where the bytes of a picture stand. Of two places the first counts.
    pub(crate) fn place_picture(
        &self,
        payload: &Digest,
        picture: &Picture,
        segment: i64,
        response: Span,
    ) -> Result<()> {
        let mut write = self.db.prepare_cached(
            "INSERT OR IGNORE INTO picture_body (payload, picture, bytes, segment, offset, length)
             VALUES (?1, ?2, ?3, ?4, ?5, ?3)",
        )?;
        let picture = serde_json::to_string(picture).expect("plain values serialise");
        let (offset, length) = (response.offset.cast_signed(), response.length.cast_signed());
        write.execute(params![payload.as_bytes(), picture, length, segment, offset]).map(drop)
    }

    /// Forgets the bytes of pictures that stand in a WARC file: they are looked for in it again.
    pub(crate) fn forget_pictures(&self, segment: i64) -> Result<()> {
        self.db.execute("DELETE FROM picture_body WHERE segment = ?1", [segment]).map(drop)
    }

    /// A `metadata` record that a picture could not be had, or was let go. That it was let go is shown.
    pub(super) fn picture_failed(&self, url: &Url, failed: &FailedPicture<'_>) -> Result<()> {
        let key = picture_key(url);
        let mut write = self.db.prepare_cached(
            "UPDATE picture SET failures = ?2, reason = ?3, is_let_go = ?4, next_try_at = ?5 WHERE key = ?1",
        )?;
        let next_try_at = failed.next_try_at.map(seconds);
        write.execute(params![key, failed.failures, failed.reason, failed.is_let_go, next_try_at])?;
        if failed.is_let_go { self.show_again(&key) } else { Ok(()) }
    }

    /// The articles that show a picture are another than they were for who publishes them.
    fn show_again(&self, key: &str) -> Result<()> {
        let mut query = self.db.prepare_cached(
            "SELECT s.article FROM picture p JOIN shows s ON s.picture = p.id WHERE p.key = ?1 ORDER BY 1",
        )?;
        let articles: Vec<i64> = query.query_map([key], |row| row.get(0))?.collect::<Result<_>>()?;
        let mut write = self.db.prepare_cached(
            "UPDATE article SET changed = (SELECT max(changed) + 1 FROM article) WHERE sequence = ?1",
        )?;
        articles.iter().try_for_each(|article| write.execute([article]).map(drop))
    }

    /// The pictures of `source` that are due, in the order of the articles that showed them first. Those that were never
    /// asked for only if they were shown `since` then.
    pub(crate) fn pictures_wanted(
        &self,
        source: &SourceId,
        now: DateTime<Utc>,
        since: DateTime<Utc>,
    ) -> Result<Vec<WantedRow>> {
        let Some(source) = self.known_source(source)? else { return Ok(Vec::new()) };
        let mut query = self.db.prepare_cached(
            "SELECT p.url, p.article, a.url, p.failures, p.etag, p.last_modified, p.payload
             FROM picture p JOIN article a ON a.sequence = p.article
             WHERE p.source = ?1 AND p.next_try_at IS NOT NULL
                 AND CASE WHEN p.failures > 0 THEN p.next_try_at <= ?2 ELSE p.next_try_at >= ?3 END
                 AND EXISTS (SELECT 1 FROM shows s WHERE s.picture = p.id)
             ORDER BY p.id",
        )?;
        let rows = query.query_map(params![source, seconds(now), seconds(since)], wanted)?;
        rows.collect()
    }

    /// The pictures of `source` that articles show and the archive does not have, in the same order.
    pub(crate) fn pictures_missing(&self, source: &SourceId) -> Result<Vec<WantedRow>> {
        let Some(source) = self.known_source(source)? else { return Ok(Vec::new()) };
        let mut query = self.db.prepare_cached(
            "SELECT p.url, p.article, a.url, p.failures, p.etag, p.last_modified, p.payload
             FROM picture p JOIN article a ON a.sequence = p.article
             WHERE p.source = ?1 AND p.payload IS NULL
                 AND EXISTS (SELECT 1 FROM shows s WHERE s.picture = p.id)
             ORDER BY p.id",
        )?;
        let rows = query.query_map([source], wanted)?;
        rows.collect()
    }

    /// What is known of the picture at `url`, as far as it decides what a failure means.
    pub(crate) fn has_picture(&self, url: &Url) -> Result<bool> {
        let mut query =
            self.db.prepare_cached("SELECT 1 FROM picture WHERE key = ?1 AND payload IS NOT NULL")?;
        query.exists([picture_key(url)])
    }

    /// The pictures that the newest revision of an article shows.
    pub(crate) fn pictures_of(&self, id: &ArticleId) -> Result<Vec<PictureRow>> {
        let Some(sequence) = self.sequence_of(id)? else { return Ok(Vec::new()) };
        let mut query = self.db.prepare_cached(
            "SELECT p.key, p.reason, p.is_let_go, b.payload, b.picture
             FROM shows s JOIN picture p ON p.id = s.picture LEFT JOIN picture_body b ON b.payload = p.payload
             WHERE s.article = ?1 ORDER BY p.id",
        )?;
        let rows = query.query_map([sequence.cast_signed()], |row| {
            let kept = match maybe_digest_at(row, 3)? {
                Some(payload) => Some((payload, described_at(row, 4)?)),
                None => None,
            };
            Ok(PictureRow { key: row.get(0)?, reason: row.get(1)?, is_let_go: row.get(2)?, kept })
        })?;
        rows.collect()
    }

    /// How many bytes the pictures take that an article shows.
    pub(crate) fn picture_bytes_of(&self, sequence: u64) -> Result<u64> {
        let mut query = self.db.prepare_cached(
            "SELECT ifnull(sum(b.bytes), 0) FROM shows s JOIN picture p ON p.id = s.picture
             JOIN picture_body b ON b.payload = p.payload WHERE s.article = ?1",
        )?;
        query.query_row([sequence.cast_signed()], |row| number_at(row, 0))
    }

    /// Where the bytes of a picture stand.
    pub(crate) fn picture_place(&self, payload: &Digest) -> Result<Option<Located>> {
        let mut query =
            self.db.prepare_cached("SELECT segment, offset, length FROM picture_body WHERE payload = ?1")?;
        let place = |row: &Row<'_>| {
            let span = Span { offset: number_at(row, 1)?, length: number_at(row, 2)? };
            Ok(Located { segment: row.get(0)?, span })
        };
        query.query_row([payload.as_bytes()], place).optional()
    }

    /// What the picture with these bytes is.
    pub(crate) fn picture_shape(&self, payload: &Digest) -> Result<Option<Picture>> {
        let mut query = self.db.prepare_cached("SELECT picture FROM picture_body WHERE payload = ?1")?;
        query.query_row([payload.as_bytes()], |row| described_at(row, 0)).optional()
    }

    /// Whether an article that is published shows a picture with these bytes.
    pub(crate) fn is_picture_shown(&self, payload: &Digest) -> Result<bool> {
        let mut query = self.db.prepare_cached(
            "SELECT 1 FROM picture p JOIN shows s ON s.picture = p.id
             WHERE p.payload = ?1 AND NOT EXISTS (SELECT 1 FROM withdrawn w WHERE w.article = s.article)",
        )?;
        query.exists([payload.as_bytes()])
    }

    /// Whether an article that one of `sources` found shows the picture at `url`.
    pub(crate) fn is_picture_of(&self, url: &Url, sources: &[SourceId]) -> Result<bool> {
        let mut query = self.db.prepare_cached(
            "SELECT s.article FROM picture p JOIN shows s ON s.picture = p.id WHERE p.key = ?1",
        )?;
        let articles = query.query_map([picture_key(url)], |row| number_at(row, 0))?;
        let articles: Vec<u64> = articles.collect::<Result<_>>()?;
        for article in articles {
            for source in sources {
                if self.is_found_by(article, source)? {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }

    /// Of the pictures that articles of `source` showed first: how many the archive has, how many are still to be had, how
    /// many could not be had, and how many were let go.
    pub(crate) fn picture_counts(&self, source: &SourceId) -> Result<[u64; 4]> {
        let Some(source) = self.known_source(source)? else { return Ok([0; 4]) };
        let mut query = self.db.prepare_cached(
            "SELECT count(payload), count(CASE WHEN payload IS NULL AND reason IS NULL THEN 1 END),
                 count(CASE WHEN payload IS NULL AND reason IS NOT NULL AND NOT is_let_go THEN 1 END),
                 count(CASE WHEN payload IS NULL AND is_let_go THEN 1 END)
             FROM picture WHERE source = ?1",
        )?;
        query.query_row([source], |row| {
            Ok([number_at(row, 0)?, number_at(row, 1)?, number_at(row, 2)?, number_at(row, 3)?])
        })
    }
}

fn wanted(row: &Row<'_>) -> Result<WantedRow> {
    Ok(WantedRow {
        url: parsed_at(row, 0, Url::parse)?,
        article: number_at(row, 1)?,
        page: parsed_at(row, 2, CanonicalUrl::parse)?,
        failures: row.get(3)?,
        validators: Validators { etag: row.get(4)?, last_modified: row.get(5)? },
        payload: maybe_digest_at(row, 6)?,
    })
}

fn described_at(row: &Row<'_>, column: usize) -> Result<Picture> {
    parsed_at(row, column, |text| serde_json::from_str(text))
}
