//! Values of the model as columns, and back. What cannot be read back was not written by this program.

use chrono::{DateTime, Utc};
use rusqlite::types::Type;
use rusqlite::{Error, Result, Row};

use crate::model::{ArticleId, CanonicalUrl, Digest, Rank, SourceId, Validators};

pub(super) fn seconds(at: DateTime<Utc>) -> i64 {
    at.timestamp()
}

pub(super) fn instant(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(seconds, 0).unwrap_or_default()
}

pub(super) fn instant_at(row: &Row<'_>, column: usize) -> Result<DateTime<Utc>> {
    row.get(column).map(instant)
}

pub(super) fn maybe_instant_at(row: &Row<'_>, column: usize) -> Result<Option<DateTime<Utc>>> {
    Ok(row.get::<_, Option<i64>>(column)?.map(instant))
}

pub(super) fn digest_at(row: &Row<'_>, column: usize) -> Result<Digest> {
    row.get(column).map(Digest::from_bytes)
}

pub(super) fn maybe_digest_at(row: &Row<'_>, column: usize) -> Result<Option<Digest>> {
    Ok(row.get::<_, Option<_>>(column)?.map(Digest::from_bytes))
}

pub(super) fn id_at(row: &Row<'_>, column: usize) -> Result<ArticleId> {
    row.get(column).map(ArticleId::from_bytes)
}

pub(super) fn number_at(row: &Row<'_>, column: usize) -> Result<u64> {
    row.get(column).map(i64::cast_unsigned)
}

/// `run`, `published` and `position`, which stand beside each other.
pub(super) fn rank_at(row: &Row<'_>, column: usize) -> Result<Rank> {
    let (run, at) = (number_at(row, column)?, instant_at(row, column + 1)?);
    Ok(Rank { run, at, position: row.get(column + 2)? })
}

/// A value that is kept as its text.
pub(super) fn parsed_at<T, E>(
    row: &Row<'_>,
    column: usize,
    parse: impl FnOnce(&str) -> std::result::Result<T, E>,
) -> Result<T>
where
    E: std::error::Error + Send + Sync + 'static,
{
    let text: String = row.get(column)?;
    parse(&text).map_err(|error| Error::FromSqlConversionFailure(column, Type::Text, error.into()))
}

/// A value that is kept as its text, or is missing.
pub(super) fn maybe_parsed_at<T, E>(
    row: &Row<'_>,
    column: usize,
    parse: impl FnOnce(&str) -> std::result::Result<T, E>,
) -> Result<Option<T>>
where
    E: std::error::Error + Send + Sync + 'static,
{
    match row.get_ref(column)?.data_type() {
        Type::Null => Ok(None),
        _ => parsed_at(row, column, parse).map(Some),
    }
}

pub(super) fn source_at(row: &Row<'_>, column: usize) -> Result<SourceId> {
    parsed_at(row, column, SourceId::parse)
}

pub(super) fn url_at(row: &Row<'_>, column: usize) -> Result<CanonicalUrl> {
    parsed_at(row, column, CanonicalUrl::parse)
}

/// `etag` and `last_modified`, which stand beside each other in every table that has them.
pub(super) fn validators_at(row: &Row<'_>, column: usize) -> Result<Validators> {
    Ok(Validators { etag: row.get(column)?, last_modified: row.get(column + 1)? })
}
