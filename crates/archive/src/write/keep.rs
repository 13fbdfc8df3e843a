//! Writing: captures and what was made of them. Everything gathers until it is committed; what fails takes back
//! everything since the last commit, so that the archive is as it was.

use chrono::SubsecRound;

use super::identify::Identity;
use super::identity;
use super::new_capture::Kept;
use super::revisions::{self, Alike};
use super::schedule::{next_look, next_look_at};
use crate::Archive;
use crate::error::Error;
use crate::index::Prior;
use crate::model::{ArticleId, Candidate, CanonicalUrl, Moment, Rank, Validators};
use crate::record::key::{key, key_of};
use crate::record::{About, Change, Conversion, Outline};
use crate::write::touch::Found;

/// What became of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Its identity.
    pub id: ArticleId,
    /// The number of its newest revision.
    pub revision: u32,
    /// What was new about it.
    pub outcome: Outcome,
}

impl Verdict {
    /// Whether the capture gave a revision.
    #[must_use]
    pub fn is_news(&self) -> bool {
        matches!(self.outcome, Outcome::New | Outcome::Revised | Outcome::Minor)
    }
}

/// What was new about a capture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The article.
    New,
    /// What it says: a revision that moves `updated`.
    Revised,
    /// How it says it: a revision that moves nothing.
    Minor,
    /// Nothing.
    Unchanged,
    /// That this source has it too.
    AlreadyKnownElsewhere,
}

impl Archive {
    /// Keeps an article, or learns that there is nothing new about it.
    ///
    /// # Errors
    /// [`Error`] if the archive cannot be read or written.
    pub fn keep_article(&mut self, kept: &Kept<'_>) -> Result<Verdict, Error> {
        self.change(|archive| archive.article(kept))
    }

    pub(crate) fn article(&mut self, kept: &Kept<'_>) -> Result<Verdict, Error> {
        let urls = identity::urls(kept);
        let identity = self.view.identify(kept, &urls)?;
        self.looked_at(kept.candidate, kept.seen.at)?;
        let prior = match identity {
            Identity::Known(prior) => *prior,
            Identity::New { item } => return self.first_revision(kept, item, urls),
        };
        if prior.row.run == self.run && prior.row.revision == 1 && prior.row.source != *kept.source {
            return self.found_by_another(kept, &prior, urls);
        }
        match self.change_since(&prior, kept, &urls)? {
            None => self.unchanged(kept, &prior, urls),
            Some(change) => self.further_revision(kept, &prior, change, urls),
        }
    }

    fn first_revision(
        &mut self,
        kept: &Kept<'_>,
        item: Option<String>,
        urls: Vec<CanonicalUrl>,
    ) -> Result<Verdict, Error> {
        let event = self.view.index.next_event().map_err(self.view.in_index())?;
        let urls = if item.is_some() { self.unknown(urls)? } else { urls };
        let new = self.as_new(kept, event, self.rank(kept), urls);
        let id = item.as_ref().map_or(new.id, |item| ArticleId::of_item(&new.url, item));
        self.write_revision(kept, About { id, item, ..new })
    }

    /// Two sources of one run found the article. What the first by name made of it is kept, whichever came first: its
    /// capture takes the place of the other's.
    fn found_by_another(
        &mut self,
        kept: &Kept<'_>,
        prior: &Prior,
        urls: Vec<CanonicalUrl>,
    ) -> Result<Verdict, Error> {
        let row = &prior.row;
        if *kept.source > row.source {
            return self.unchanged(kept, prior, urls);
        }
        let new = self.as_new(kept, row.sequence, self.rank(kept), self.unknown(urls)?);
        let (url, item) = (row.url.clone(), row.item.clone());
        self.write_revision(kept, About { id: row.id, url, item, ..new })?;
        Ok(Verdict { id: row.id, revision: 1, outcome: Outcome::AlreadyKnownElsewhere })
    }

    fn rank(&self, kept: &Kept<'_>) -> Rank {
        let published =
            kept.article.published.filter(Moment::is_of_the_web).map(|published| published.to_utc());
        kept.seen.rank(self.run, published)
    }

    fn further_revision(
        &mut self,
        kept: &Kept<'_>,
        prior: &Prior,
        change: Change,
        urls: Vec<CanonicalUrl>,
    ) -> Result<Verdict, Error> {
        let event = self.view.index.next_event().map_err(self.view.in_index())?;
        let row = &prior.row;
        if !self.view.index.is_found_by(row.sequence, kept.source).map_err(self.view.in_index())? {
            self.write_found(&Found::by(kept, row, &[]))?;
        }
        let new = self.as_new(kept, event, row.rank, self.unknown(urls)?);
        let is_event = change == Change::Substantive;
        let about = About {
            id: row.id,
            source: row.source.clone(),
            url: row.url.clone(),
            item: row.item.clone(),
            first_title: Some(row.first_title.clone()),
            run: row.run,
            first_seen: row.first_seen,
            updated: if is_event { new.updated.max(row.updated) } else { row.updated },
            sequence: row.sequence,
            revision: row.revision.saturating_add(1),
            change,
            event: is_event.then_some(event),
            ..new
        };
        self.write_revision(kept, about)
    }

    fn write_revision(&mut self, kept: &Kept<'_>, about: About) -> Result<Verdict, Error> {
        let before = self.log.end()?.1;
        let exchange = kept.capture.is_exchange().then(|| self.log.exchange(kept.capture));
        let response = exchange.transpose()?;
        // What an article was read from is kept: where it is no page, its feed's text.
        let content = kept.candidate.content.clone().filter(|_| response.is_none());
        let candidate = Candidate { content, item: about.item.clone(), ..kept.candidate.clone() };
        let conversion = Conversion { about, candidate, article: kept.article };
        let block = serde_json::to_vec(&conversion).expect("plain values serialise");
        let written = self.log.conversion(kept.capture, response.as_ref(), &block)?;
        let place = self.place(before, response, written)?;
        let Conversion { about, candidate, .. } = conversion;
        let look = next_look_at(&about, &candidate, kept.article.published, kept.seen.at);
        let index = &self.view.index;
        let written = index.revision(&about, &candidate, look, &place);
        written
            .and_then(|()| index.describe(&about, &Outline::of(kept.article)))
            .map_err(self.view.in_index())?;
        let outcome = match about.change {
            Change::New => Outcome::New,
            Change::Substantive => Outcome::Revised,
            Change::Minor => Outcome::Minor,
        };
        Ok(Verdict { id: about.id, revision: about.revision, outcome })
    }

    /// The text is the one that is kept already: only a new source or a new URL is worth a record.
    fn unchanged(
        &mut self,
        kept: &Kept<'_>,
        prior: &Prior,
        urls: Vec<CanonicalUrl>,
    ) -> Result<Verdict, Error> {
        let row = &prior.row;
        let elsewhere =
            !self.view.index.is_found_by(row.sequence, kept.source).map_err(self.view.in_index())?;
        let aliases = self.unknown(urls)?;
        let guid = self.view.guid_to_learn(kept, row)?;
        if elsewhere || !aliases.is_empty() || guid.is_some() {
            self.write_found(&Found { guid, ..Found::by(kept, row, &aliases) })?;
        }
        let index = &self.view.index;
        let look = next_look(row.first_seen, kept.article.published, kept.seen.at);
        let look = look.filter(|_| kept.capture.is_exchange());
        index.looked(row.sequence, look).map_err(self.view.in_index())?;
        let listed = key_of(kept.candidate);
        if aliases.iter().any(|url| key(url.as_url()) == listed) {
            index.listed_as(row.sequence, &listed).map_err(self.view.in_index())?;
        }
        if row.source == *kept.source {
            index
                .set_hints(row.sequence, kept.candidate)
                .and_then(|()| index.set_validators(row.sequence, &Validators::of(kept.capture)))
                .map_err(self.view.in_index())?;
        }
        self.mend(kept.candidate, kept.capture.fetched_at)?;
        let outcome = if elsewhere { Outcome::AlreadyKnownElsewhere } else { Outcome::Unchanged };
        Ok(Verdict { id: row.id, revision: row.revision, outcome })
    }

    /// What `kept` changes. An unchanged payload that reads differently was read by another version of the program:
    /// that is no news.
    fn change_since(
        &self,
        prior: &Prior,
        kept: &Kept<'_>,
        urls: &[CanonicalUrl],
    ) -> Result<Option<Change>, Error> {
        if prior.digest == kept.article.digest() || kept.neighbours.alike == Alike::Stamp {
            // A page that says of itself that it is elsewhere by now is linked there.
            let has_moved = !self.unknown(urls.first().cloned().into_iter().collect())?.is_empty();
            return Ok(has_moved.then_some(Change::Minor));
        }
        if !self.view.is_of_the_same_bytes(prior, kept)?
            && kept.neighbours.alike == Alike::Not
            && revisions::is_substantive(&self.view.text_of(prior)?, kept.article)
        {
            return Ok(Some(Change::Substantive));
        }
        Ok(Some(Change::Minor))
    }

    /// Those of `urls` under which no article is known.
    fn unknown(&self, urls: Vec<CanonicalUrl>) -> Result<Vec<CanonicalUrl>, Error> {
        let mut unknown = Vec::new();
        for url in urls {
            if self.view.index.article_at(&key(url.as_url())).map_err(self.view.in_index())?.is_none() {
                unknown.push(url);
            }
        }
        Ok(unknown)
    }

    /// The place of an article that nobody has seen before.
    fn as_new(&self, kept: &Kept<'_>, event: u64, rank: Rank, aliases: Vec<CanonicalUrl>) -> About {
        let (article, first_seen) = (kept.article, kept.seen.instant());
        let url = CanonicalUrl::of(article.url.as_url()).unwrap_or_else(|_| article.url.clone());
        About {
            id: ArticleId::of(&url),
            source: kept.source.clone(),
            found_by: kept.source.clone(),
            url,
            item: None,
            run: self.run,
            written_in: self.run,
            first_seen,
            updated: first_seen,
            captured: kept.capture.fetched_at.trunc_subsecs(0),
            sequence: event,
            rank,
            revision: 1,
            change: Change::New,
            event: Some(event),
            reread: None,
            first_title: None,
            answered: CanonicalUrl::of(&kept.capture.url).unwrap_or_else(|_| article.url.clone()),
            aliases,
            hops: kept.capture.hops.clone(),
            validators: Validators::of(kept.capture),
            payload: kept.capture.payload_digest(),
            digest: article.digest(),
            words: revisions::words_digest(article),
        }
    }
}
