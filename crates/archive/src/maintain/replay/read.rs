//! What the records of a WARC file say, one after another. What that changes in the index is for others.

use std::fs::File;

use chrono::{DateTime, Utc};

use super::{Problem, Trouble};
use crate::error::{Action, Error};
use crate::record::{ARTICLE, Conversion, Format, NOTE, Note, Outline, format};
use crate::store::segments::{Segment, State};
use crate::warc::{Damage, Found, Head, Reader, RecordId, RecordType, Span, Step};

/// One step through a file.
pub(crate) struct Item {
    /// Where the record ends, if it is whole.
    pub(crate) end: Option<u64>,
    /// Whether it is a record that does more than describe the file.
    pub(super) is_content: bool,
    pub(super) what: What,
}

impl Item {
    /// Whether something is there that is no whole record.
    pub(crate) fn is_damaged(&self) -> bool {
        matches!(&self.what, What::Problem(Problem { trouble: Trouble::Damaged(_), .. }))
    }

    /// What the record says, if it says what a group is.
    pub(crate) fn said(self) -> Option<Said> {
        match self.what {
            What::Said(said) => Some(*said),
            What::Nothing | What::Problem(_) => None,
        }
    }
}

pub(super) enum What {
    /// A part of a group.
    Nothing,
    /// The record that says what a group is.
    Said(Box<Said>),
    /// What cannot be used.
    Problem(Problem),
}

/// What a group of records is.
pub(crate) struct Said {
    pub(crate) fact: Fact,
    /// Where the record that says it stands.
    pub(crate) record: Span,
    /// The response that it belongs to.
    pub(crate) response: Option<Span>,
    /// The bytes of all records of the group.
    pub(crate) bytes: u64,
    /// The date of the record.
    pub(crate) date: DateTime<Utc>,
}

#[derive(Debug)]
pub(crate) enum Fact {
    Article(Box<Conversion<Outline>>),
    Note(Box<Note>),
}

impl Fact {
    /// What the block of such a record says. An article is read as a whole, though little of it is kept here: one that
    /// cannot be published is in no index.
    pub(crate) fn parse(kind: RecordType, block: &[u8]) -> serde_json::Result<Fact> {
        if kind == RecordType::Conversion {
            let Conversion { about, candidate, article } = serde_json::from_slice::<Conversion>(block)?;
            let article = Outline::of(&article);
            Ok(Fact::Article(Box::new(Conversion { about, candidate, article })))
        } else {
            serde_json::from_slice(block).map(Fact::Note)
        }
    }
}

/// Reads a file step by step. Of a closed file, captures are passed over without being unpacked.
pub(crate) struct Facts<'a> {
    segment: &'a Segment,
    reader: Reader,
    group: Group,
}

/// What was read since the last record that said what a group is.
#[derive(Clone, Copy, Default)]
struct Group {
    response: Option<(RecordId, Span)>,
    bytes: u64,
}

impl<'a> Facts<'a> {
    pub(crate) fn of(segment: &'a Segment, from: u64) -> Result<Facts<'a>, Error> {
        let path = segment.path.as_path();
        let file = File::open(path).map_err(Error::io(Action::Open, path))?;
        let reader = Reader::new(file, from).map_err(Error::io(Action::Read, path))?;
        Ok(Facts { segment, reader, group: Group::default() })
    }

    fn record(&mut self, found: &Found) -> Result<What, Error> {
        let span = Span { offset: found.offset, length: found.length };
        self.group.bytes += found.length;
        match found.head.kind() {
            RecordType::Warcinfo => self.group = Group::default(),
            RecordType::Response => self.group.response = found.head.id().map(|id| (id, span)),
            RecordType::Request | RecordType::Revisit => {}
            RecordType::Conversion | RecordType::Metadata => {
                let group = std::mem::take(&mut self.group);
                return self.fact(found, span, &group);
            }
            RecordType::Other => return Ok(What::Problem(self.foreign(found))),
        }
        Ok(What::Nothing)
    }

    fn fact(&self, found: &Found, record: Span, group: &Group) -> Result<What, Error> {
        let is_article = found.head.kind() == RecordType::Conversion;
        match format(found.head.content_type(), if is_article { ARTICLE } else { NOTE }) {
            Format::Ours => {}
            Format::Newer => {
                return Err(Error::NewerFormat {
                    path: self.segment.path.clone(),
                    offset: found.offset,
                    format: found.head.content_type().to_owned(),
                });
            }
            Format::Foreign => return Ok(What::Problem(self.foreign(found))),
        }
        let field = if is_article { "WARC-Refers-To" } else { "WARC-Concurrent-To" };
        let named = found.head.get(field).and_then(RecordId::parse);
        let response = group.response.filter(|(id, _)| named == Some(*id)).map(|(_, span)| span);
        let block = found.block.as_deref().unwrap_or_default();
        let date = found.head.date().unwrap_or_default();
        Ok(match Fact::parse(found.head.kind(), block) {
            Ok(fact) => What::Said(Box::new(Said { fact, record, response, bytes: group.bytes, date })),
            Err(error) => {
                let trouble = Trouble::Damaged(Damage::Content(error));
                What::Problem(self.problem(record.offset, record.length, trouble))
            }
        })
    }

    fn foreign(&self, found: &Found) -> Problem {
        let content_type = found.head.content_type().to_owned();
        self.problem(found.offset, found.length, Trouble::Foreign { content_type })
    }

    fn problem(&self, offset: u64, length: u64, trouble: Trouble) -> Problem {
        Problem { path: self.segment.path.clone(), offset, length, trouble }
    }
}

impl Iterator for Facts<'_> {
    type Item = Result<Item, Error>;

    fn next(&mut self) -> Option<Result<Item, Error>> {
        let state = self.segment.state;
        let wanted = |head: &Head| {
            state == State::Open || matches!(head.kind(), RecordType::Conversion | RecordType::Metadata)
        };
        match self.reader.step(wanted).map_err(Error::io(Action::Read, &self.segment.path)) {
            Ok(Step::Record(found)) => {
                let is_content = found.head.kind() != RecordType::Warcinfo;
                let end = Some(found.offset + found.length);
                Some(self.record(&found).map(|what| Item { end, is_content, what }))
            }
            Ok(Step::Damaged { offset, length, damage }) => {
                self.group = Group::default();
                let problem = self.problem(offset, length, Trouble::Damaged(damage));
                Some(Ok(Item { end: None, is_content: false, what: What::Problem(problem) }))
            }
            Ok(Step::End) => None,
            Err(error) => Some(Err(error)),
        }
    }
}
