//! What is known of a page and its source before a new capture of it is kept.

use super::identity;
use super::new_capture::Kept;
use super::revisions;
use crate::error::Error;
use crate::index::{HeldRow, Prior};
use crate::model::{Article, HeldText, Past, SourceId, Twin};
use crate::read::view::View;
use crate::record::key::key_of;

/// Articles whose languages tell that of the source.
const NEWEST: u32 = 50;
/// Articles with the same words that are looked at.
const TWINS: u32 = 4;
/// Pages that are held back whose texts are looked at.
const HELD: usize = 64;

impl View {
    /// What bears on whether `kept` can be believed; `None` if it is what is kept already.
    ///
    /// # Errors
    /// [`Error`] if the index or a WARC file cannot be read.
    pub fn past(&self, kept: &Kept<'_>) -> Result<Option<Past>, Error> {
        let prior = self.identify(kept, &identity::urls(kept))?.prior();
        let own = prior.as_ref().map(|prior| prior.row.sequence);
        let asked = self.index.article_at(&key_of(kept.candidate)).map_err(self.in_index())?;
        let asked = asked.filter(|asked| own != Some(*asked));
        if let Some(prior) = &prior
            && asked.is_none()
            && (prior.digest == kept.article.digest() || self.is_of_the_same_bytes(prior, kept)?)
        {
            return Ok(None);
        }
        let words = revisions::words_digest(kept.article);
        let alike = self.index.with_words(kept.source, &words, TWINS).map_err(self.in_index())?;
        let twins = alike.into_iter().filter(|sequence| own != Some(*sequence) && asked != Some(*sequence));
        let held_key = self.index.held_key(&key_of(kept.candidate)).map_err(self.in_index())?;
        Ok(Some(Past {
            before: prior.map(|prior| self.text_of(&prior)).transpose()?,
            asked: asked.map(|sequence| self.article_of(sequence)).transpose()?,
            twins: twins.map(|sequence| self.twin(sequence)).collect::<Result<_, _>>()?,
            held: self.held_texts(kept.source, &held_key)?,
            released: self.index.releases_of(&held_key).map_err(self.in_index())?,
            languages: self.index.languages_of(kept.source, NEWEST).map_err(self.in_index())?,
            site: None,
        }))
    }

    pub(crate) fn text_of(&self, prior: &Prior) -> Result<Article, Error> {
        Ok(self.conversion(&prior.row.conversion)?.article)
    }

    fn article_of(&self, sequence: u64) -> Result<Article, Error> {
        let row = self.index.row(sequence).map_err(self.in_index())?;
        Ok(self.conversion(&row.conversion)?.article)
    }

    /// What the newest pages of `source` say that are held back; `own` is the key of the page that is asked about.
    fn held_texts(&self, source: &SourceId, own: &str) -> Result<Vec<HeldText>, Error> {
        let held = self.index.held_of(source).map_err(self.in_index())?;
        let text =
            |row: HeldRow| Some(HeldText { is_own: row.key == own, hold: row.hold, sketch: row.sketch? });
        Ok(held.into_iter().filter_map(text).take(HELD).collect())
    }

    fn twin(&self, sequence: u64) -> Result<Twin, Error> {
        let row = self.index.row(sequence).map_err(self.in_index())?;
        let told = self.index.known(sequence).map_err(self.in_index())?.hint_title;
        let article = self.conversion(&row.conversion)?.article;
        Ok(Twin { title: article.title, told, html: article.html })
    }
}
