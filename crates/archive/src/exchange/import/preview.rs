//! What an import would take in: the same questions to the same index, and nothing is written. What came in before is
//! remembered, as far as it decides what becomes of the rest; that two pages of one import have the same words is not.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};

use super::claims::{Newest, goes_on, is_believed, is_later, is_same};
use super::facts;
use super::own::{Own, Taken};
use crate::Settings;
use crate::error::Error;
use crate::index::Prior;
use crate::maintain::replay::Fact;
use crate::model::{ArticleId, HealthEvent, Past, SourceId, picture_key};
use crate::read::view::View;
use crate::record::key::{key, key_of, keyed};
use crate::record::{About, Note};
use crate::warc::RecordId;
use crate::write::identity;
use crate::write::keep::Outcome;
use crate::write::new_capture::Kept;

/// An import of which nothing is kept.
#[derive(Debug)]
pub struct Preview {
    view: View,
    now: DateTime<Utc>,
    /// The articles that came in and were not known.
    came: HashSet<ArticleId>,
    /// The records by which the archive says something, and those that came in.
    known: HashSet<RecordId>,
    /// The articles of which something came in, and where they are among them.
    articles: Vec<Latest>,
    by_id: HashMap<ArticleId, usize>,
    by_key: HashMap<String, usize>,
    /// Pages that gave no article.
    rejected: HashSet<String>,
    /// The keys of pictures that came.
    pictures: HashSet<String>,
    /// When the documents that came in were last looked at, by URL.
    listings: HashMap<String, DateTime<Utc>>,
    /// What happened to each source, as it came in.
    events: HashMap<SourceId, Vec<HealthEvent>>,
}

/// An article as it would be by now.
#[derive(Clone, Debug)]
struct Latest {
    id: ArticleId,
    newest: Newest,
    captured: DateTime<Utc>,
}

impl Preview {
    /// Begins one; for that it reads which records the archive has. One that was never written is empty.
    ///
    /// # Errors
    /// [`Error`] if the archive cannot be read.
    pub fn begin(settings: &Settings, now: DateTime<Utc>) -> Result<Preview, Error> {
        let (view, known) = (View::open_or_empty(settings)?, facts(&settings.path)?);
        let (articles, by_id, by_key) = (Vec::new(), HashMap::new(), HashMap::new());
        let (rejected, listings, events) = (HashSet::new(), HashMap::new(), HashMap::new());
        let (came, pictures) = (HashSet::new(), HashSet::new());
        Ok(Preview { view, now, known, came, articles, by_id, by_key, rejected, pictures, listings, events })
    }

    /// What can be read of the archive.
    #[must_use]
    pub fn view(&self) -> &View {
        &self.view
    }

    /// What would become of a group of another archive's records.
    ///
    /// # Errors
    /// [`Error`] if the archive cannot be read.
    pub fn take_in(&mut self, own: &Own) -> Result<Taken, Error> {
        if own.fact.head.id().is_none_or(|id| !self.known.insert(id)) {
            return Ok(Taken::Known);
        }
        match &own.said {
            Fact::Article(conversion) => self.take_article(own, &conversion.about),
            Fact::Note(note) => {
                let is_news = is_believed(note, self.now) && self.is_news(note)?;
                Ok(if is_news { Taken::Note } else { Taken::Older })
            }
        }
    }

    /// What was published before the import and would give way to the article; `None` if nothing would.
    ///
    /// # Errors
    /// [`Error`] if the archive cannot be read.
    pub fn replaced(&self, own: &Own) -> Result<Option<Past>, Error> {
        let is_known = own.fact.head.id().is_none_or(|id| self.known.contains(&id));
        match &own.said {
            Fact::Article(conversion) if !is_known && !self.came.contains(&conversion.about.id) => {
                self.view.replaced(&conversion.about)
            }
            _ => Ok(None),
        }
    }

    fn take_article(&mut self, own: &Own, about: &About) -> Result<Taken, Error> {
        let aliases = about.aliases.iter().map(|url| key(url.as_url()));
        let keys: Vec<String> = std::iter::once(about.key()).chain(aliases).collect();
        let same = match self.by_id.get(&about.id) {
            Some(at) => Some(self.articles[*at].clone()),
            None => self.view.prior_of(about)?.map(|prior| self.latest(&prior)).transpose()?,
        };
        let (is_free, latest) = match same {
            Some(latest) => {
                let is_newer =
                    is_same(&latest.newest, about) || is_later(latest.captured, about.captured, self.now);
                let is_newer = is_newer || self.came.contains(&about.id);
                (goes_on(&latest.newest, about) && is_newer, Some(latest))
            }
            None => {
                let other = self.at(&keys);
                (other.is_none() && !self.view.is_at_known_url(about)?, other)
            }
        };
        if !is_free {
            // In the history that the article has here, only a later capture counts.
            let is_later = latest.is_none_or(|latest| latest.captured < about.captured);
            return Ok(if own.response.is_some() && is_later { Taken::Revision } else { Taken::Older });
        }
        let is_known = latest.is_some();
        if !is_known {
            self.came.insert(about.id);
        }
        let newest = Newest {
            source: about.source.clone(),
            first_seen: about.first_seen,
            revision: about.revision,
            digest: about.digest,
            payload: about.payload,
        };
        self.remember(Latest { id: about.id, newest, captured: about.captured }, keys);
        Ok(if is_known { Taken::Revision } else { Taken::Article })
    }

    fn is_news(&mut self, note: &Note) -> Result<bool, Error> {
        match note {
            Note::Found { id, .. } | Note::Part { of: id, .. } if self.by_id.contains_key(id) => Ok(true),
            Note::Rejected { candidate, .. } => {
                let page = key_of(candidate);
                let is_new = !self.by_key.contains_key(&page) && self.rejected.insert(page);
                Ok(is_new && self.view.is_news(note)?)
            }
            Note::Picture { url, .. } => {
                Ok(self.pictures.insert(picture_key(url)) && self.view.is_news(note)?)
            }
            Note::Listing { url, at, .. } => {
                let is_new = self.listings.get(url.as_str()).is_none_or(|last| last < at);
                let is_news = is_new && self.view.is_news(note)?;
                if is_news {
                    self.listings.insert(url.to_string(), *at);
                }
                Ok(is_news)
            }
            Note::Health(event) => {
                let came = self.events.entry(event.source.clone()).or_default();
                let mut last = came.iter().rev().take(2);
                let is_new = last.all(|known| known.at <= event.at && known != event);
                let is_news = is_new && (came.len() > 1 || self.view.is_news(note)?);
                if is_news {
                    came.push(event.clone());
                }
                Ok(is_news)
            }
            Note::Mended { url, item, .. } if self.rejected.contains(&keyed(url, item.as_deref())) => {
                Ok(true)
            }
            _ => self.view.is_news(note),
        }
    }

    /// What would become of an article that was captured at some time; `None` if the archive has a capture of it that is
    /// as late.
    ///
    /// # Errors
    /// [`Error`] if the archive cannot be read.
    pub fn keep(&mut self, kept: &Kept<'_>) -> Result<Option<Outcome>, Error> {
        let urls = identity::urls(kept);
        let keys: Vec<String> = urls.iter().map(|url| key(url.as_url())).collect();
        let latest = match self.at(&keys) {
            Some(latest) => Some(latest),
            None => self.view.identify(kept, &urls)?.prior().map(|prior| self.latest(&prior)).transpose()?,
        };
        let digest = kept.article.digest();
        let outcome = match &latest {
            Some(latest) if latest.captured >= kept.capture.fetched_at => return Ok(None),
            Some(latest) if latest.newest.digest == digest => return Ok(Some(Outcome::Unchanged)),
            Some(_) => Outcome::Revised,
            None => Outcome::New,
        };
        let newest = Newest {
            source: latest.as_ref().map_or(kept.source, |latest| &latest.newest.source).clone(),
            first_seen: latest.as_ref().map_or(kept.seen.at, |latest| latest.newest.first_seen),
            revision: latest.as_ref().map_or(1, |latest| latest.newest.revision.saturating_add(1)),
            digest,
            payload: kept.capture.payload_digest(),
        };
        let id = latest.map_or_else(|| ArticleId::of(&kept.article.url), |latest| latest.id);
        self.remember(Latest { id, newest, captured: kept.capture.fetched_at }, keys);
        Ok(Some(outcome))
    }

    /// What came in under one of these keys.
    fn at(&self, keys: &[String]) -> Option<Latest> {
        let at = keys.iter().find_map(|key| self.by_key.get(key))?;
        Some(self.articles[*at].clone())
    }

    /// An article of the archive, as it is by now.
    fn latest(&self, prior: &Prior) -> Result<Latest, Error> {
        let row = &prior.row;
        if let Some(at) = self.by_id.get(&row.id) {
            return Ok(self.articles[*at].clone());
        }
        let captured = self.view.index.captured(row.sequence, row.revision);
        Ok(Latest {
            id: row.id,
            newest: Newest::of(prior),
            captured: captured.map_err(self.view.in_index())?,
        })
    }

    fn remember(&mut self, latest: Latest, keys: Vec<String>) {
        let at = *self.by_id.entry(latest.id).or_insert(self.articles.len());
        if at == self.articles.len() {
            self.articles.push(latest);
        } else {
            self.articles[at] = latest;
        }
        self.by_key.extend(keys.into_iter().map(|key| (key, at)));
    }
}
