//! Which article a capture is of, as the archive knows it. What decides is in [`super::identity`].

use super::identity;
use super::new_capture::Kept;
use super::revisions;
use crate::error::Error;
use crate::index::{Prior, Row};
use crate::model::{ArticleId, CanonicalUrl};
use crate::read::recognition::MOST_GUIDS;
use crate::read::view::View;
use crate::record::key::{key, key_of};

/// Which article a capture is of.
#[derive(Debug)]
pub(crate) enum Identity {
    /// One that is known.
    Known(Box<Prior>),
    /// One that is not, with what tells it from others at its URL.
    New { item: Option<String> },
}

impl Identity {
    pub(crate) fn prior(self) -> Option<Prior> {
        match self {
            Identity::Known(prior) => Some(*prior),
            Identity::New { .. } => None,
        }
    }
}

impl View {
    /// The article that `kept`, which was reached by `urls`, is of.
    pub(crate) fn identify(&self, kept: &Kept<'_>, urls: &[CanonicalUrl]) -> Result<Identity, Error> {
        let known = |prior| Ok(Identity::Known(Box::new(prior)));
        if let Some(prior) = self.named(kept, urls)? {
            return known(prior);
        }
        if kept.candidate.item.is_some() {
            return Ok(Identity::New { item: kept.candidate.item.clone() });
        }
        let mut is_taken = false;
        for (place, url) in urls.iter().enumerate() {
            let found = self.index.article_at(&key(url.as_url())).map_err(self.in_index())?;
            let Some(prior) = found.map(|sequence| self.prior(sequence)).transpose()? else { continue };
            // The first is the page's own canonical URL.
            let is_own = place == 0 && !self.is_called_otherwise(kept, &prior.row)?;
            if is_own || identity::same_story(&self.text_of(&prior)?, kept.article) {
                return known(prior);
            }
            is_taken |= place == 0;
        }
        if is_taken {
            // A URL that was used before, for another story.
            return Ok(Identity::New { item: kept.candidate.guid.clone() });
        }
        let found = match self.called_so(kept)? {
            Some(prior) => Some(prior),
            None => self.with_the_same_words(kept)?,
        };
        found.map_or_else(|| Ok(Identity::New { item: None }), known)
    }

    /// The article that the listing names, unless the page says that it is another one that is known.
    fn named(&self, kept: &Kept<'_>, urls: &[CanonicalUrl]) -> Result<Option<Prior>, Error> {
        if kept.candidate.item.is_some() {
            let at = self.index.article_at(&key_of(kept.candidate)).map_err(self.in_index())?;
            if let Some(sequence) = at {
                return self.prior(sequence).map(Some);
            }
        }
        let Some(id) = kept.sign.known else { return Ok(None) };
        let Some(prior) = self.prior_with(&id)? else { return Ok(None) };
        let own = urls.first().map(|url| self.index.article_at(&key(url.as_url()))).transpose();
        let another = own.map_err(self.in_index())?.flatten().filter(|own| *own != prior.row.sequence);
        let is_taken = another.is_some() && kept.candidate.item.is_none();
        Ok((!is_taken).then_some(prior))
    }

    /// Whether the listing that led to `kept` has other names for the article at its URL, and never had this one.
    fn is_called_otherwise(&self, kept: &Kept<'_>, row: &Row) -> Result<bool, Error> {
        let Some(guid) = &kept.candidate.guid else { return Ok(false) };
        let index = &self.index;
        let called = index.article_called(kept.source, guid).map_err(self.in_index())?;
        let guids = index.guids_of(row.sequence, kept.source).map_err(self.in_index())?;
        Ok(called.is_none() && !guids.is_empty() && guids.len() < MOST_GUIDS)
    }

    /// The article that the source calls so, if it tells the same story: whatever the guid is worth, it has moved.
    fn called_so(&self, kept: &Kept<'_>) -> Result<Option<Prior>, Error> {
        let Some(guid) = &kept.candidate.guid else { return Ok(None) };
        let called = self.index.article_called(kept.source, guid).map_err(self.in_index())?;
        let Some(prior) = called.map(|sequence| self.prior(sequence)).transpose()? else { return Ok(None) };
        Ok(identity::same_story(&self.text_of(&prior)?, kept.article).then_some(prior))
    }

    /// The one article of the source that has the same words and may be the same one, under a URL that has changed.
    fn with_the_same_words(&self, kept: &Kept<'_>) -> Result<Option<Prior>, Error> {
        let words = revisions::words_digest(kept.article);
        let alike = self.index.with_words(kept.source, &words, 2).map_err(self.in_index())?;
        let [sequence] = alike[..] else { return Ok(None) };
        let prior = self.prior(sequence)?;
        // What is listed beside it under another name is another article, however much it says the same.
        if self.is_listed_beside(kept, &prior.row)? {
            return Ok(None);
        }
        let is_listed = kept.neighbours.list(&prior.row.url);
        Ok(identity::is_telling(&self.text_of(&prior)?, kept.article, is_listed).then_some(prior))
    }

    /// Whether the listing that led to `kept` has the article too, under another name.
    fn is_listed_beside(&self, kept: &Kept<'_>, row: &Row) -> Result<bool, Error> {
        let (Some(guid), Some(listed)) = (&kept.candidate.guid, kept.sign.guids) else { return Ok(false) };
        let guids = self.index.guids_of(row.sequence, kept.source).map_err(self.in_index())?;
        Ok(!guids.contains(guid) && guids.iter().any(|guid| listed.contains(guid)))
    }

    /// What the source of `kept` calls the article, if that is not known and may be believed.
    pub(crate) fn guid_to_learn<'a>(&self, kept: &Kept<'a>, row: &Row) -> Result<Option<&'a str>, Error> {
        let Some(guid) = kept.candidate.guid.as_deref() else { return Ok(None) };
        let index = &self.index;
        let called = index.article_called(kept.source, guid).map_err(self.in_index())?;
        let guids = index.guids_of(row.sequence, kept.source).map_err(self.in_index())?;
        Ok((called.is_none() && guids.len() < MOST_GUIDS).then_some(guid))
    }

    fn prior(&self, sequence: u64) -> Result<Prior, Error> {
        self.index.prior(sequence).map_err(self.in_index())
    }

    fn prior_with(&self, id: &ArticleId) -> Result<Option<Prior>, Error> {
        let sequence = self.index.sequence_of(id).map_err(self.in_index())?;
        sequence.map(|sequence| self.prior(sequence)).transpose()
    }
}
