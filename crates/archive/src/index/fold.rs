//! What a record of the archive changes in the index. Writing and rebuilding both go through here, which is why they
//! end with the same tables.

use std::borrow::Cow;

use chrono::{DateTime, Utc};
use rusqlite::{Result, params};
use url::Url;

use super::Index;
use super::columns::seconds;
use crate::index::state::Kind;
use crate::model::{ArticleId, Candidate, CanonicalUrl, Digest, Rank, SourceId, Validators};
use crate::record::key::{key, key_of};
use crate::record::{About, Change};
use crate::warc::Span;

/// A number of an event that is greater is not counted on from: so many events nobody had. Every number in JSON up to it
/// is read alike by every program (RFC 8259, section 6).
const MOST_BELIEVED: u64 = 1 << 53;

/// Where a group of records stands.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    /// The WARC file.
    pub(crate) segment: i64,
    /// The record that says what the group is.
    pub(crate) record: Span,
    /// The response that it belongs to.
    pub(crate) response: Option<Span>,
    /// The bytes of all records of the group.
    pub(crate) bytes: u64,
}

impl Place {
    /// As columns: offset and length of the record, offset and length of the response.
    pub(super) fn columns(&self) -> [Option<i64>; 4] {
        let response = self.response;
        [
            Some(self.record.offset),
            Some(self.record.length),
            response.map(|r| r.offset),
            response.map(|r| r.length),
        ]
        .map(|number| number.map(u64::cast_signed))
    }
}

/// A listing's new state.
#[derive(Debug)]
pub(crate) struct ListingFact<'a> {
    pub(crate) source: &'a SourceId,
    /// The URL that was asked.
    pub(crate) url: &'a Url,
    /// The one that answered.
    pub(crate) answered: &'a Url,
    pub(crate) moved: bool,
    pub(crate) validators: &'a Validators,
    pub(crate) payload: &'a Digest,
    pub(crate) at: DateTime<Utc>,
}

/// An article found again.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FoundAgain<'a> {
    /// By whom.
    pub(crate) source: &'a SourceId,
    pub(crate) rank: Rank,
    /// Under which further URLs.
    pub(crate) aliases: &'a [CanonicalUrl],
    /// What the source calls it.
    pub(crate) guid: Option<&'a str>,
    /// The number of the run that found it.
    pub(crate) run: u64,
}

impl Index {
    /// A `conversion` record: a new article, or a new revision of one.
    pub(crate) fn revision(
        &self,
        about: &About,
        candidate: &Candidate,
        next_look_at: Option<DateTime<Utc>>,
        place: &Place,
    ) -> Result<()> {
        let about = &self.with_own_numbers(about)?;
        let source = self.source(&about.source)?;
        let found_by = self.source(&about.found_by)?;
        let mut write = self.db.prepare_cached(
            "INSERT INTO article (sequence, id, source, url, first_seen, updated, revision, changed, digest, words,
                 payload, answered, next_look_at, hint_title, hint_modified, etag, last_modified, run, item,
                 hint_digest, listed)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, (SELECT ifnull(max(changed), 0) + 1 FROM article), ?8, ?9,
                 ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20)
             ON CONFLICT (sequence) DO UPDATE SET source = ?3, updated = ?6, revision = ?7, changed = excluded.changed,
                 digest = ?8, words = ?9, payload = ?10, answered = ?11, next_look_at = ?12, hint_title = ?13,
                 hint_modified = ?14, etag = ?15, last_modified = ?16,
                 hint_digest = ifnull(?19, hint_digest), false_alarms = 0",
        )?;
        write.execute(params![
            about.sequence.cast_signed(),
            about.id.as_bytes(),
            source,
            about.url.as_str(),
            seconds(about.first_seen),
            seconds(about.updated),
            about.revision,
            about.digest.as_bytes(),
            about.words.as_bytes(),
            about.payload.as_bytes(),
            about.answered.as_str(),
            next_look_at.map(seconds),
            candidate.title,
            candidate.modified.map(|moment| moment.to_string()),
            about.validators.etag,
            about.validators.last_modified,
            about.run.cast_signed(),
            about.item,
            candidate.text_digest.as_ref().map(Digest::as_bytes),
            key_of(candidate),
        ])?;
        self.place_revision(about, place)?;
        self.find(about.sequence, source, about.rank, about.run)?;
        self.date_findings(about.sequence, about.rank)?;
        self.add_key(about.sequence, &about.key())?;
        self.add_aliases(about.sequence, &about.aliases)?;
        let listed = key_of(candidate);
        if about.change != Change::New && about.aliases.iter().any(|url| key(url.as_url()) == listed) {
            self.listed_as(about.sequence, &listed)?;
        }
        self.add_guid(about.sequence, found_by, candidate.guid.as_deref())?;
        if about.item.is_some() && about.change == Change::New {
            self.take_over(about)?;
        }
        if about.reread.is_none() {
            self.forget_failure(&listed)?;
            self.forget_failure(&about.key())?;
            self.let_go(&listed)?;
            self.let_go(&about.key())?;
        }
        self.add_volume(found_by, place, Kind::Captures, Kind::Articles)
    }

    /// Files of two archives in one folder have the same numbers: the later article, or event, gets a new one. So does one
    /// whose number nobody counted to.
    fn with_own_numbers<'a>(&self, about: &'a About) -> Result<Cow<'a, About>> {
        let sequence = match self.sequence_of(&about.id)? {
            Some(sequence) => sequence,
            None if about.sequence <= MOST_BELIEVED && self.id_of(about.sequence)?.is_none() => {
                about.sequence
            }
            None => self.next_event()?,
        };
        let event = match (about.change, about.event) {
            (Change::New, Some(_)) => Some(sequence),
            (_, event) => event,
        };
        let is_taken = match event {
            Some(event) if event <= MOST_BELIEVED => {
                self.is_event_of_another(event, sequence, about.revision)?
            }
            event => event.is_some(),
        };
        let event = if is_taken { Some(self.next_event()?) } else { event };
        Ok(if (sequence, event) == (about.sequence, about.event) {
            Cow::Borrowed(about)
        } else {
            Cow::Owned(About { sequence, event, ..about.clone() })
        })
    }

    fn place_revision(&self, about: &About, place: &Place) -> Result<()> {
        let [offset, length, response_offset, response_length] = place.columns();
        let written_in = match about.written_in {
            0 => self.segment_name(place.segment)?.number().into(),
            run => run,
        };
        let mut write = self.db.prepare_cached(
            "INSERT OR REPLACE INTO revision (article, number, event, captured, segment, offset, length,
                 response_offset, response_length, run) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        )?;
        write
            .execute(params![
                about.sequence.cast_signed(),
                about.revision,
                about.event.map(u64::cast_signed),
                seconds(about.captured),
                place.segment,
                offset,
                length,
                response_offset,
                response_length,
                written_in.cast_signed(),
            ])
            .map(drop)
    }

    /// A `metadata` record that an article was found again. An article that is not there was lost with its record.
    pub(crate) fn found_again(&self, id: &ArticleId, finding: &FoundAgain<'_>, place: &Place) -> Result<()> {
        let FoundAgain { aliases, .. } = *finding;
        let source = self.source(finding.source)?;
        self.add_volume(source, place, Kind::Notes, Kind::Notes)?;
        let Some(sequence) = self.sequence_of(id)? else { return Ok(()) };
        let is_new = self.find(sequence, source, finding.rank, finding.run)?;
        if is_new {
            self.shelve_with(id, source, finding.rank)?;
        }
        self.add_aliases(sequence, aliases)?;
        self.add_guid(sequence, source, finding.guid)?;
        aliases.iter().try_for_each(|url| self.let_go(&key(url.as_url())))?;
        // What a feed calls an article is shown nowhere.
        if !is_new && aliases.is_empty() {
            return Ok(());
        }
        let mut write = self.db.prepare_cached(
            "UPDATE article SET changed = (SELECT max(changed) + 1 FROM article) WHERE sequence = ?1",
        )?;
        write.execute([sequence.cast_signed()]).map(drop)
    }

    /// A `metadata` record about a listing.
    pub(crate) fn listing_changed(&self, fact: &ListingFact<'_>, place: &Place) -> Result<()> {
        let source = self.source(fact.source)?;
        self.add_volume(source, place, Kind::Listings, Kind::Notes)?;
        // An index that is made again knows of no other success.
        let mut write = self.db.prepare_cached(
            "UPDATE source SET last_success = max(ifnull(last_success, 0), ?2) WHERE id = ?1",
        )?;
        write.execute(params![source, seconds(fact.at)])?;
        let mut write = self.db.prepare_cached(
            "INSERT OR REPLACE INTO listing (url, payload, checked_at, answered, moved_to, etag, last_modified,
                 segment, response_offset, response_length)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        )?;
        write
            .execute(params![
                fact.url.as_str(),
                fact.payload.as_bytes(),
                seconds(fact.at),
                fact.answered.as_str(),
                fact.moved.then_some(fact.answered.as_str()),
                fact.validators.etag,
                fact.validators.last_modified,
                place.segment,
                place.response.map(|span| span.offset.cast_signed()),
                place.response.map(|span| span.length.cast_signed()),
            ])
            .map(drop)
    }

    fn add_aliases(&self, sequence: u64, urls: &[CanonicalUrl]) -> Result<()> {
        urls.iter().try_for_each(|url| self.add_alias(sequence, url))
    }

    /// A URL that was another article's stays that article's.
    fn add_alias(&self, sequence: u64, url: &CanonicalUrl) -> Result<()> {
        self.add_key(sequence, &key(url.as_url()))
    }

    fn add_key(&self, sequence: u64, key: &str) -> Result<()> {
        let mut write =
            self.db.prepare_cached("INSERT OR IGNORE INTO alias (url, article) VALUES (?1, ?2)")?;
        write.execute(params![key, sequence.cast_signed()]).map(drop)
    }

    /// A guid that was another article's stays that article's.
    fn add_guid(&self, sequence: u64, source: i64, guid: Option<&str>) -> Result<()> {
        let Some(guid) = guid else { return Ok(()) };
        let mut write = self
            .db
            .prepare_cached("INSERT OR IGNORE INTO guid (source, guid, article) VALUES (?1, ?2, ?3)")?;
        write.execute(params![source, guid, sequence.cast_signed()]).map(drop)
    }

    /// What is at the URL of `about` is its text from now on: who had it before is looked at there no longer.
    fn take_over(&self, about: &About) -> Result<()> {
        match self.article_at(&key(about.url.as_url()))? {
            Some(before) if before != about.sequence => self.looked(before, None),
            _ => Ok(()),
        }
    }

    /// The number of `source` here; a new one if it is new.
    pub(super) fn source(&self, source: &SourceId) -> Result<i64> {
        if let Some(id) = self.known_source(source)? {
            return Ok(id);
        }
        self.db.prepare_cached("INSERT INTO source (name) VALUES (?1)")?.execute([source.as_str()])?;
        Ok(self.db.last_insert_rowid())
    }
}
