//! `[pictures]`: which pictures of articles are kept, for all sources or for one.

use super::PictureSettings;
use super::table::Table;
use super::values;

/// What the table says; what it does not say is as in `others`.
pub(super) fn read(mut table: Table<'_>, others: PictureSettings) -> PictureSettings {
    PictureSettings {
        keep: table.take("keep", values::flag).unwrap_or(others.keep),
        max_size: table.take("max_size", values::size).unwrap_or(others.max_size),
        max_article: table.take("max_article", values::size).unwrap_or(others.max_article),
    }
}
