//! This program's own records, from another archive or another copy of this one. They are taken as they are, byte for
//! byte: ids, first-seen dates, places in feeds and notes.

use chrono::{DateTime, Utc};
use url::Url;

use super::Import;
use crate::archive::error::Error;
use crate::archive::facts::{About, Conversion, Dated, Note};
use crate::archive::identity::key;
use crate::archive::index::Prior;
use crate::archive::replay::{self, Fact};
use crate::archive::seen::{Seen, Sought};
use crate::archive::view::View;
use crate::archive::warc::{Message, Raw};
use crate::model::{Article, Capture, Digest, SourceId};

use crate::archive::keep::Kept;

/// A group of records that belong together: an exchange, if there is one, and what it was.
#[derive(Debug)]
pub struct Own {
    pub(super) response: Option<Raw>,
    request: Option<Raw>,
    pub(super) fact: Raw,
    pub(super) said: Fact,
}

/// What became of a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// An article that was not known.
    Article,
    /// A revision of an article.
    Revision,
    /// A note.
    Note,
    /// It was here already.
    Known,
    /// It is of an article of which this archive has something later, or of none.
    Older,
}

impl Own {
    /// `None` if a record is not what its digest says, or not what such a record holds.
    pub(super) fn new(exchange: Option<(Raw, Option<Raw>)>, fact: Raw) -> Option<Box<Own>> {
        let (response, request) =
            exchange.map_or((None, None), |(response, request)| (Some(response), request));
        let is_whole =
            |raw: &Raw| raw.head.id().is_some() && !raw.head.denies("WARC-Block-Digest", &raw.block);
        if ![response.as_ref(), request.as_ref(), Some(&fact)].into_iter().flatten().all(is_whole) {
            return None;
        }
        let said = Fact::parse(fact.head.kind(), &fact.block).ok()?;
        Some(Box::new(Own { response, request, fact, said }))
    }

    /// The source that it belongs to, and a URL of that: of its listing where the group is one, or of an article.
    #[must_use]
    pub fn source(&self) -> Option<(&SourceId, &Url)> {
        match &self.said {
            Fact::Article(conversion) => Some((&conversion.about.source, conversion.about.url.as_url())),
            Fact::Note(note) => match &**note {
                Note::Listing { source, url, .. } => Some((source, url)),
                _ => None,
            },
        }
    }

    /// Whether it is a listing.
    #[must_use]
    pub fn is_listing(&self) -> bool {
        matches!(&self.said, Fact::Note(note) if matches!(**note, Note::Listing { .. }))
    }

    /// The exchange, for an article of which this archive has a history of its own.
    fn capture(&self, about: &About) -> Option<Capture> {
        let response = self.response.as_ref()?;
        let url = Url::parse(response.head.get("WARC-Target-URI")?).ok()?;
        let Message { status, headers, body } = Message::parse(response.block.clone())?;
        let request_head = self.request.as_ref().map(|request| request.block.clone()).unwrap_or_default();
        let (hops, fetched_at) = (about.hops.clone(), about.captured);
        Some(Capture { url, hops, fetched_at, request_head, status, headers, body })
    }
}

impl Import<'_> {
    /// Takes a group of another archive's records in, unless what it says is known.
    ///
    /// # Errors
    /// [`Error`] if this archive cannot be read or written.
    pub fn take_in(&mut self, own: &Own) -> Result<Taken, Error> {
        if own.fact.head.id().is_none_or(|id| !self.known.insert(id)) {
            return Ok(Taken::Known);
        }
        match &own.said {
            Fact::Article(conversion) => self.take_article(own, conversion),
            Fact::Note(note) => self.take_note(own, note),
        }
    }

    fn take_article(&mut self, own: &Own, conversion: &Conversion<Dated>) -> Result<Taken, Error> {
        let about = &conversion.about;
        let prior = self.archive.view.prior_of(about)?;
        let is_free = match &prior {
            Some(prior) => goes_on(&Newest::of(prior), about),
            None => !self.archive.view.is_at_known_url(about)?,
        };
        if !is_free {
            return self.keep_otherwise(own, about);
        }
        self.copy(own)?;
        Ok(if prior.is_some() { Taken::Revision } else { Taken::Article })
    }

    /// Here the article has another history: the capture takes its place in that if it is the latest.
    fn keep_otherwise(&mut self, own: &Own, about: &About) -> Result<Taken, Error> {
        let Some(capture) = own.capture(about) else { return Ok(Taken::Older) };
        let Ok(Conversion { candidate, article, .. }) =
            serde_json::from_slice::<Conversion<Article>>(&own.fact.block)
        else {
            return Ok(Taken::Older);
        };
        let seen = Seen { at: about.captured, position: about.rank.position, sought: Sought::News };
        let (source, candidate, capture, article) = (&about.found_by, &candidate, &capture, &article);
        let kept = Kept { source, candidate, capture, further: &[], article, seen };
        Ok(if self.keep(&kept)?.is_some() { Taken::Revision } else { Taken::Older })
    }

    fn take_note(&mut self, own: &Own, note: &Note) -> Result<Taken, Error> {
        if !self.archive.view.is_news(note)? {
            return Ok(Taken::Older);
        }
        self.copy(own)?;
        Ok(Taken::Note)
    }

    /// Writes the records, and makes the index point at them.
    fn copy(&mut self, own: &Own) -> Result<(), Error> {
        let now = self.now;
        self.archive.change(|archive| {
            let before = archive.log.end()?.1;
            let response = own.response.as_ref().map(|raw| archive.log.copy(raw)).transpose()?;
            own.request.as_ref().map(|raw| archive.log.copy(raw)).transpose()?;
            let written = archive.log.copy(&own.fact)?;
            let place = archive.place_of(before, response, written)?;
            replay::apply(&archive.view.index, &own.said, &place, now).map_err(archive.view.in_index())
        })
    }
}

impl View {
    /// What is kept of the article that `about` is of.
    pub(super) fn prior_of(&self, about: &About) -> Result<Option<Prior>, Error> {
        let index = &self.index;
        let prior =
            index.sequence_of(&about.id).and_then(|found| found.map(|at| index.prior(at)).transpose());
        prior.map_err(self.in_index())
    }

    /// Whether another article has one of its URLs.
    pub(super) fn is_at_known_url(&self, about: &About) -> Result<bool, Error> {
        let index = &self.index;
        for url in std::iter::once(&about.url).chain(&about.aliases) {
            if index.article_at(&key(url.as_url())).map_err(self.in_index())?.is_some() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Whether the note says something that the archive does not know better.
    pub(super) fn is_news(&self, note: &Note) -> Result<bool, Error> {
        let index = &self.index;
        let is_news = || match note {
            Note::Found { id, .. } => Ok(index.sequence_of(id)?.is_some()),
            Note::Listing { url, at, .. } => {
                Ok(index.listing(url.as_str())?.is_none_or(|known| known.checked_at < *at))
            }
            Note::Rejected { candidate, .. } => {
                let page = key(&candidate.url);
                Ok(index.article_at(&page)?.is_none() && index.page(&page)?.is_none())
            }
            Note::Part { of, .. } => Ok(index.sequence_of(of)?.is_some()),
            Note::Mended { url, .. } => Ok(index.page(&key(url))?.is_some()),
            Note::Released { url, hold, .. } => {
                Ok(!index.held_key(url).and_then(|key| index.is_released(&key, hold))?)
            }
            Note::Health(event) => index.is_newer(event),
        };
        is_news().map_err(self.in_index())
    }
}

/// The newest revision of an article, as far as it decides what becomes of another.
#[derive(Clone, Debug)]
pub(super) struct Newest {
    pub(super) source: SourceId,
    pub(super) first_seen: DateTime<Utc>,
    pub(super) revision: u32,
    pub(super) digest: Digest,
    pub(super) payload: Digest,
}

impl Newest {
    pub(super) fn of(prior: &Prior) -> Newest {
        let (row, digest, payload) = (&prior.row, prior.digest, prior.payload);
        let (source, first_seen, revision) = (row.source.clone(), row.first_seen, row.revision);
        Newest { source, first_seen, revision, digest, payload }
    }
}

/// Whether it is the next revision of the article, the newest once more, whose record was lost here, or the first as the
/// first of two sources had it that found the article in one run.
pub(super) fn goes_on(newest: &Newest, about: &About) -> bool {
    let is_same = about.digest == newest.digest && about.payload == newest.payload;
    let is_first =
        about.revision == 1 && about.first_seen == newest.first_seen && about.source < newest.source;
    about.revision > newest.revision || about.revision == newest.revision && (is_same || is_first)
}
