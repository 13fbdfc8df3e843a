//! What an article said at each time, and what changed in between.

mod words;

use chrono::{DateTime, Utc};

use super::view::View;
use crate::error::Error;
use crate::model::{Article, ArticleId, Field};
use crate::record::Change;

pub use words::changed_words;

/// An article as it was at one time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision {
    /// Its number, counted from 1.
    pub number: u32,
    /// When the page was captured.
    pub captured_at: DateTime<Utc>,
    /// What it changed.
    pub change: Change,
    /// When the capture of an earlier revision was read again, if that is what gave it.
    pub reread_at: Option<DateTime<Utc>>,
    /// What it says.
    pub article: Article,
}

impl View {
    /// The numbers of the article's revisions, oldest first; none if there is no such article. A revision whose record
    /// was lost before the index was made is not among them.
    ///
    /// # Errors
    /// [`Error::Index`] if the index cannot be read.
    pub fn revisions(&self, id: &ArticleId) -> Result<Vec<u32>, Error> {
        let numbers = || match self.index.sequence_of(id)? {
            Some(sequence) => self.index.revision_numbers(sequence),
            None => Ok(Vec::new()),
        };
        numbers().map_err(self.in_index())
    }

    /// The article's revision with this number.
    ///
    /// # Errors
    /// [`Error`] if the index or the WARC file cannot be read.
    pub fn revision(&self, id: &ArticleId, number: u32) -> Result<Option<Revision>, Error> {
        let place = || match self.index.sequence_of(id)? {
            Some(sequence) => self.index.revision_at(sequence, number),
            None => Ok(None),
        };
        let Some(place) = place().map_err(self.in_index())? else { return Ok(None) };
        let conversion = self.conversion(&place)?;
        let (about, article) = (conversion.about, conversion.article);
        let (captured_at, change, reread_at) = (about.captured, about.change, about.reread);
        Ok(Some(Revision { number, captured_at, change, reread_at, article }))
    }
}

/// The fields in which two revisions differ, in the order of [`Article`]. The words of title and body are for
/// [`changed_words`].
#[must_use]
pub fn changed_fields(before: &Article, after: &Article) -> Vec<Field> {
    let differs = [
        (Field::Url, before.url != after.url),
        (Field::Title, before.title != after.title),
        (Field::Authors, before.authors != after.authors),
        (Field::Published, before.published != after.published),
        (Field::Modified, before.modified != after.modified),
        (Field::SiteName, before.site_name != after.site_name),
        (Field::Language, before.language != after.language),
        (Field::Description, before.description != after.description),
        (Field::Image, before.image != after.image),
        (Field::Section, before.section != after.section),
        (Field::Tags, before.tags != after.tags),
        (Field::Body, before.html != after.html || before.text != after.text),
    ];
    differs.into_iter().filter(|(_, differs)| *differs).map(|(field, _)| field).collect()
}
