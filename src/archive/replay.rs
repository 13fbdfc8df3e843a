//! Reads a WARC file into the index: after a crash what the index has not seen yet, for a rebuild everything.
//! A record that cannot be used is a problem that is told; those around it count.

use std::fmt;
use std::fs::File;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};

use super::error::{Action, Error};
use super::facts::{ARTICLE, Conversion, Dated, Format, NOTE, Note, format};
use super::identity::key;
use super::index::{self, Index, ListingFact, Place};
use super::pages::is_permanent;
use super::schedule::next_look;
use super::segments::{Segment, State};
use super::warc::{Damage, Found, Head, Reader, RecordId, RecordType, Span, Step};

/// What cannot be used of a WARC file.
#[derive(Debug)]
pub struct Problem {
    /// The file.
    pub path: PathBuf,
    /// Where it begins in the file.
    pub offset: u64,
    /// Its length in bytes.
    pub length: u64,
    /// What is wrong.
    pub trouble: Trouble,
}

impl fmt::Display for Problem {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Problem { path, offset, length, trouble } = self;
        write!(out, "{}: {length} bytes at {offset} cannot be used: {trouble}", path.display())
    }
}

/// What is wrong with a record.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    /// It is damaged.
    #[error(transparent)]
    Damaged(Damage),
    /// Another program wrote it.
    #[error("it holds `{content_type}`, which another program wrote")]
    Foreign {
        /// What it says it holds.
        content_type: String,
    },
}

/// What reading a file gave.
#[derive(Debug)]
pub(super) struct Replayed {
    /// The end of the last whole record.
    pub(super) end: u64,
    /// Records read, without those that only describe the file.
    pub(super) records: u64,
    /// Whether the file holds no record at all but what describes it.
    pub(super) is_empty: bool,
    pub(super) problems: Vec<Problem>,
}

/// Reads `segment` from `from` on into `index`; `progress` is told how many bytes of it are done. Of a closed file,
/// captures are passed over without being unpacked.
pub(super) fn segment(
    index: &Index,
    segment: &Segment,
    from: u64,
    now: DateTime<Utc>,
    progress: &mut dyn FnMut(u64),
) -> Result<Replayed, Error> {
    let path = segment.path.as_path();
    let file = File::open(path).map_err(Error::io(Action::Open, path))?;
    let mut reader = Reader::new(file, from).map_err(Error::io(Action::Read, path))?;
    let number = index.segment(&segment.name).map_err(in_index(index))?;
    let mut replay = Replay { index, path, number, now, group: Group::default(), problems: Vec::new() };
    let mut replayed = Replayed { end: from, records: 0, is_empty: true, problems: Vec::new() };
    let wanted = |head: &Head| {
        segment.state == State::Open || matches!(head.kind(), RecordType::Conversion | RecordType::Metadata)
    };
    loop {
        match reader.step(wanted).map_err(Error::io(Action::Read, path))? {
            Step::Record(found) => {
                replayed.end = found.offset + found.length;
                replayed.records += u64::from(found.head.kind() != RecordType::Warcinfo);
                replay.record(&found)?;
                progress(replayed.end);
            }
            Step::Damaged { offset, length, damage } => {
                replay.problem(offset, length, Trouble::Damaged(damage));
                replay.group = Group::default();
            }
            Step::End => break,
        }
    }
    replayed.is_empty = from == 0 && replayed.records == 0;
    replayed.problems = replay.problems;
    Ok(replayed)
}

fn in_index(index: &Index) -> impl FnOnce(rusqlite::Error) -> Error {
    let path = index.path().to_owned();
    move |source| Error::Index { path, source }
}

struct Replay<'a> {
    index: &'a Index,
    path: &'a Path,
    /// The file's number in the index.
    number: i64,
    now: DateTime<Utc>,
    group: Group,
    problems: Vec<Problem>,
}

/// What was read since the last record that said what a group is.
#[derive(Clone, Copy, Default)]
struct Group {
    response: Option<(RecordId, Span)>,
    bytes: u64,
}

impl Replay<'_> {
    fn record(&mut self, found: &Found) -> Result<(), Error> {
        let span = Span { offset: found.offset, length: found.length };
        self.group.bytes += found.length;
        match found.head.kind() {
            RecordType::Warcinfo => self.group = Group::default(),
            RecordType::Response => self.group.response = found.head.id().map(|id| (id, span)),
            RecordType::Request => {}
            RecordType::Conversion | RecordType::Metadata => {
                let group = std::mem::take(&mut self.group);
                self.fact(found, span, &group)?;
            }
            RecordType::Other => self.foreign(found),
        }
        Ok(())
    }

    fn fact(&mut self, found: &Found, span: Span, group: &Group) -> Result<(), Error> {
        let is_article = found.head.kind() == RecordType::Conversion;
        match format(found.head.content_type(), if is_article { ARTICLE } else { NOTE }) {
            Format::Ours => {}
            Format::Newer => {
                return Err(Error::NewerFormat {
                    path: self.path.to_owned(),
                    offset: found.offset,
                    format: found.head.content_type().to_owned(),
                });
            }
            Format::Foreign => {
                self.foreign(found);
                return Ok(());
            }
        }
        let field = if is_article { "WARC-Refers-To" } else { "WARC-Concurrent-To" };
        let named = found.head.get(field).and_then(RecordId::parse);
        let place = Place {
            segment: self.number,
            record: span,
            response: group.response.filter(|(id, _)| named == Some(*id)).map(|(_, span)| span),
            bytes: group.bytes,
        };
        let block = found.block.as_deref().unwrap_or_default();
        let applied = if is_article {
            serde_json::from_slice(block).map(|conversion| self.conversion(&conversion, &place))
        } else {
            serde_json::from_slice(block).map(|note| self.note(&note, &place))
        };
        match applied {
            Ok(done) => done.map_err(in_index(self.index)),
            Err(error) => {
                self.problem(span.offset, span.length, Trouble::Damaged(Damage::Content(error)));
                Ok(())
            }
        }
    }

    fn conversion(&self, conversion: &Conversion<Dated>, place: &Place) -> rusqlite::Result<()> {
        let Conversion { about, candidate, article } = conversion;
        let look = next_look(about.first_seen, article.published, self.now.max(about.captured));
        self.index.revision(about, candidate, look, place)
    }

    fn note(&self, note: &Note, place: &Place) -> rusqlite::Result<()> {
        match note {
            Note::Found { id, source, at_event, aliases } => {
                self.index.found_again(id, source, *at_event, aliases, place)
            }
            Note::Listing { source, url, answered, at, hops, validators, payload } => {
                let moved = is_permanent(hops);
                let fact = ListingFact { source, url, answered, moved, validators, payload, at: *at };
                self.index.listing_changed(&fact, place)
            }
            Note::Rejected { source, candidate, reason, failures, next_try_at, moved_to, payload } => {
                let trouble = index::Trouble {
                    source,
                    candidate,
                    reason,
                    failures: *failures,
                    next_try_at: *next_try_at,
                    moved_to: moved_to.as_ref(),
                    payload: Some(payload),
                    bytes: place.bytes,
                };
                self.index.page_failed(&key(&candidate.url), &trouble)
            }
        }
    }

    fn foreign(&mut self, found: &Found) {
        let content_type = found.head.content_type().to_owned();
        self.problem(found.offset, found.length, Trouble::Foreign { content_type });
    }

    fn problem(&mut self, offset: u64, length: u64, trouble: Trouble) {
        self.problems.push(Problem { path: self.path.to_owned(), offset, length, trouble });
    }
}
