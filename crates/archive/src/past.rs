//! What is known of a page and its source before a new capture of it is kept.

use super::error::Error;
use super::identity;
use super::keep::Kept;
use super::revisions;
use super::view::View;
use crate::model::{Past, Twin};

/// Articles whose languages tell that of the source.
const NEWEST: u32 = 50;
/// Articles with the same words that are looked at.
const TWINS: u32 = 4;

impl View {
    /// What bears on whether `kept` can be believed; `None` if it is what is kept already.
    ///
    /// # Errors
    /// [`Error`] if the index or a WARC file cannot be read.
    pub fn past(&self, kept: &Kept<'_>) -> Result<Option<Past>, Error> {
        let prior = self.identify(kept, &identity::urls(kept))?.prior();
        if let Some(prior) = &prior
            && (prior.digest == kept.article.digest() || self.is_of_the_same_bytes(prior, kept)?)
        {
            return Ok(None);
        }
        let own = prior.as_ref().map(|prior| prior.row.sequence);
        let words = revisions::words_digest(kept.article);
        let alike = self.index.with_words(kept.source, &words, TWINS).map_err(self.in_index())?;
        let twins = alike.into_iter().filter(|sequence| own != Some(*sequence));
        Ok(Some(Past {
            before: prior.map(|prior| self.text_of(&prior)).transpose()?,
            twins: twins.map(|sequence| self.twin(sequence)).collect::<Result<_, _>>()?,
            languages: self.index.languages_of(kept.source, NEWEST).map_err(self.in_index())?,
            site: None,
        }))
    }

    fn twin(&self, sequence: u64) -> Result<Twin, Error> {
        let row = self.index.row(sequence).map_err(self.in_index())?;
        let told = self.index.known(sequence).map_err(self.in_index())?.hint_title;
        let article = self.conversion(&row.conversion)?.article;
        Ok(Twin { title: article.title, told, html: article.html })
    }
}
