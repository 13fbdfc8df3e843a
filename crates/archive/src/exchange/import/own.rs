//! Records of this program's own kind, from another archive or another copy of this one. They are taken as they are,
//! byte for byte: ids, first-seen dates, places in feeds and notes. But anyone can have written them: what runs in an
//! article is taken out of it, and nothing that is published here gives way to what is not newer.

use std::borrow::Cow;

use chrono::{DateTime, Utc};
use tearsheet_html::cleaned_html;
use url::Url;

use super::claims::{CLOCKS_DIFFER, Newest, goes_on, is_believed, is_later, is_same};
use super::{Import, Passed};
use crate::error::Error;
use crate::index::Prior;
use crate::maintain::replay::{self, Fact};
use crate::model::{Article, Candidate, Capture, Past, SourceId};
use crate::read::view::View;
use crate::record::key::{key, key_of, keyed};
use crate::record::{About, Conversion, Note, Outline};
use crate::warc::{Message, Raw, RecordType};
use crate::write::neighbours::Neighbours;
use crate::write::new_capture::{Kept, Sign};
use crate::write::sighting::{Seen, Sought};

/// A group of records that belong together: an exchange, if there is one, and what it was.
#[derive(Debug)]
pub struct Own {
    pub(super) response: Option<Raw>,
    request: Option<Raw>,
    pub(super) fact: Raw,
    pub(super) said: Fact,
    /// The article, if it says one.
    whole: Option<Box<Conversion>>,
    /// Whether it was not what it is here: it had to be cleaned, or said wrongly of itself what it says.
    is_changed: bool,
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
    /// # Errors
    /// Why it is passed over: a record is not what its digest says, or no record of this program can hold what it holds.
    pub(super) fn new(exchange: Option<(Raw, Option<Raw>)>, fact: Raw) -> Result<Box<Own>, Passed> {
        let (response, request) =
            exchange.map_or((None, None), |(response, request)| (Some(response), request));
        let is_whole = |raw: &Raw| {
            raw.is_of_this_archive()
                && raw.head.id().is_some()
                && !raw.head.denies("WARC-Block-Digest", &raw.block)
        };
        if ![response.as_ref(), request.as_ref(), Some(&fact)].into_iter().flatten().all(is_whole) {
            return Err(Passed::Incomplete);
        }
        if fact.head.kind() != RecordType::Conversion {
            let said = Fact::parse(fact.head.kind(), &fact.block).map_err(|_| Passed::Unusable)?;
            return Ok(Box::new(Own { response, request, fact, said, whole: None, is_changed: false }));
        }
        let mut whole: Box<Conversion> = serde_json::from_slice(&fact.block).map_err(|_| Passed::Unusable)?;
        let is_changed = set_right(&mut whole);
        let Conversion { about, candidate, article } = &*whole;
        let described = Outline::of(article);
        let said = Conversion { about: about.clone(), candidate: candidate.clone(), article: described };
        let said = Fact::Article(Box::new(said));
        Ok(Box::new(Own { response, request, fact, said, whole: Some(whole), is_changed }))
    }

    /// The article, and the link that led to it, if it says one.
    #[must_use]
    pub fn article(&self) -> Option<(&Article, &Candidate)> {
        self.whole.as_ref().map(|whole| (&whole.article, &whole.candidate))
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

    /// Every source that it names.
    #[must_use]
    pub fn sources(&self) -> Vec<&SourceId> {
        match &self.said {
            Fact::Article(conversion) => vec![&conversion.about.source, &conversion.about.found_by],
            Fact::Note(note) => vec![note.source()],
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
            Fact::Article(conversion) => self.take_article(own, &conversion.about),
            Fact::Note(note) => self.take_note(own, note),
        }
    }

    /// What was published before the import and would give way to the article; `None` if nothing would.
    ///
    /// # Errors
    /// [`Error`] if this archive cannot be read.
    pub fn replaced(&self, own: &Own) -> Result<Option<Past>, Error> {
        let is_known = own.fact.head.id().is_none_or(|id| self.known.contains(&id));
        match &own.whole {
            Some(whole) if !is_known && !self.came.contains(&whole.about.id) => {
                self.archive.view.replaced(&whole.about)
            }
            _ => Ok(None),
        }
    }

    fn take_article(&mut self, own: &Own, about: &About) -> Result<Taken, Error> {
        let prior = self.archive.view.prior_of(about)?;
        let is_free = match &prior {
            Some(prior) => {
                let newest = Newest::of(prior);
                if own.is_changed && is_same(&newest, about) {
                    return Ok(Taken::Known);
                }
                let captured = self.archive.view.captured_of(prior)?;
                let is_newer = is_same(&newest, about) || is_later(captured, about.captured, self.now);
                goes_on(&newest, about) && (is_newer || self.came.contains(&about.id))
            }
            None => !self.archive.view.is_at_known_url(about)?,
        };
        if !is_free {
            return self.keep_otherwise(own, about);
        }
        self.copy(own)?;
        if prior.is_some() {
            return Ok(Taken::Revision);
        }
        self.came.insert(about.id);
        Ok(Taken::Article)
    }

    /// Here the article has another history: the capture takes its place in that if it is the latest.
    fn keep_otherwise(&mut self, own: &Own, about: &About) -> Result<Taken, Error> {
        let (Some(capture), Some(whole)) = (own.capture(about), &own.whole) else { return Ok(Taken::Older) };
        if about.captured > self.now + CLOCKS_DIFFER {
            return Ok(Taken::Older);
        }
        let seen = Seen { at: about.captured, position: about.rank.position, sought: Sought::News };
        let (source, candidate, capture, article) =
            (&about.found_by, &whole.candidate, &capture, &whole.article);
        let kept = Kept {
            source,
            candidate,
            capture,
            further: &[],
            article,
            seen,
            sign: Sign::default(),
            neighbours: Neighbours::default(),
        };
        Ok(if self.keep(&kept)?.is_some() { Taken::Revision } else { Taken::Older })
    }

    fn take_note(&mut self, own: &Own, note: &Note) -> Result<Taken, Error> {
        if !is_believed(note, self.now) || !self.archive.view.is_news(note)? {
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
            let written = match &own.whole {
                Some(whole) if own.is_changed => {
                    let block = serde_json::to_vec(whole).expect("plain values serialise");
                    let (url, date) = (whole.about.answered.as_url(), whole.about.captured);
                    let of = own.response.as_ref().and_then(|raw| raw.head.id());
                    archive.log.reread(url, date, of, &block)?.span
                }
                _ => archive.log.copy(&own.fact)?,
            };
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

    /// When the newest revision of `prior` was captured.
    pub(super) fn captured_of(&self, prior: &Prior) -> Result<DateTime<Utc>, Error> {
        let row = &prior.row;
        self.index.captured(row.sequence, row.revision).map_err(self.in_index())
    }

    /// What is published of the article that `about` is of, or that has one of its URLs, unless it says the same.
    pub(super) fn replaced(&self, about: &About) -> Result<Option<Past>, Error> {
        let prior = match self.prior_of(about)? {
            Some(prior) => Some(prior),
            None => self.at_known_url(about)?,
        };
        let Some(prior) = prior.filter(|prior| prior.digest != about.digest) else { return Ok(None) };
        Ok(Some(Past { before: Some(self.text_of(&prior)?), ..Past::default() }))
    }

    /// The article that has one of its URLs.
    fn at_known_url(&self, about: &About) -> Result<Option<Prior>, Error> {
        let index = &self.index;
        let aliases = about.aliases.iter().map(|url| key(url.as_url()));
        for key in std::iter::once(about.key()).chain(aliases) {
            if let Some(sequence) = index.article_at(&key).map_err(self.in_index())? {
                return index.prior(sequence).map(Some).map_err(self.in_index());
            }
        }
        Ok(None)
    }

    /// Whether another article has one of its URLs.
    pub(super) fn is_at_known_url(&self, about: &About) -> Result<bool, Error> {
        Ok(self.at_known_url(about)?.is_some())
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
                let page = key_of(candidate);
                Ok(index.article_at(&page)?.is_none() && index.page(&page)?.is_none())
            }
            Note::Part { of, .. } => Ok(index.sequence_of(of)?.is_some()),
            Note::Mended { url, item, .. } => Ok(index.page(&keyed(url, item.as_deref()))?.is_some()),
            Note::Released { url, item, hold, .. } => {
                let key = keyed(url, item.as_deref());
                Ok(!index.held_key(&key).and_then(|key| index.is_released(&key, hold))?)
            }
            Note::Home { source, .. } => Ok(index.home_of(source)?.is_none()),
            Note::Withdrawn { id, .. } => Ok(index.sequence_of(id)?.is_some() && !index.is_withdrawn(id)?),
            Note::Restored { id, .. } => index.is_withdrawn(id),
            Note::Picture { url, .. } => Ok(!index.has_picture(url)?),
            // This archive asks for itself.
            Note::NoPicture { .. } => Ok(false),
            Note::Health(event) => index.is_newer(event),
        };
        is_news().map_err(self.in_index())
    }
}

/// Takes out of the article what a clean document has not, and says of it what it says. Whether anything changed.
fn set_right(conversion: &mut Conversion) -> bool {
    let is_clean = match cleaned_html(&conversion.article.html) {
        Cow::Borrowed(_) => true,
        Cow::Owned(clean) => {
            conversion.article.html = clean;
            false
        }
    };
    let digest = conversion.article.digest();
    let is_true = digest == conversion.about.digest;
    conversion.about.digest = digest;
    !(is_clean && is_true)
}
