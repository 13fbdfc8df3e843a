//! One WARC file, record by record.

use std::collections::HashSet;
use std::io;
use std::ops::Range;

use super::Job;
use super::finding::{Flaw, Remedy};
use crate::error::Error;
use crate::index::Expected;
use crate::model::ArticleId;
use crate::record::{ARTICLE, Conversion, Format, NOTE, Note, format};
use crate::store::segments::{State, open_for_reading};
use crate::warc::{Damage, Found, Head, Reader, RecordType, Seal, Step};

/// What was read of a file.
#[derive(Default)]
pub(super) struct Checked {
    pub(super) records: u64,
    pub(super) bytes: u64,
    pub(super) unpacked: u64,
    pub(super) flaws: Vec<Flawed>,
    /// Articles' records that the index does not expect.
    pub(super) unexpected: Vec<(Range<u64>, ArticleId, u32)>,
}

pub(super) struct Flawed {
    pub(super) place: Option<Range<u64>>,
    pub(super) flaw: Flaw,
    pub(super) expected: Option<Expected>,
    pub(super) remedy: Remedy,
}

/// Reads the file of `job`; `progress` is told of the bytes of each step.
pub(super) fn check(job: &Job<'_>, progress: &(dyn Fn(u64) + Sync)) -> Checked {
    let mut check = Check {
        job,
        expected: job.expected,
        checked: Checked::default(),
        unsealed: Vec::new(),
        is_sealed: false,
    };
    if let Err(source) = check.read(progress) {
        check.flaw(None, Flaw::Unreadable(source), None);
    }
    check.finish()
}

struct Check<'a> {
    job: &'a Job<'a>,
    /// What has not been come upon yet.
    expected: &'a [Expected],
    checked: Checked,
    unsealed: Vec<Range<u64>>,
    /// Whether any record of the file bears a seal: then all do.
    is_sealed: bool,
}

impl Check<'_> {
    fn read(&mut self, progress: &(dyn Fn(u64) + Sync)) -> io::Result<()> {
        if self.job.until == 0 {
            return Ok(());
        }
        let opened = open_for_reading(self.job.archive, &self.job.segment.name);
        let (file, _) = opened.map_err(|error| match error {
            Error::Io { source, .. } => source,
            other => io::Error::other(other),
        })?;
        let mut reader = Reader::new(file, 0)?.up_to(self.job.until);
        loop {
            let length = match reader.step(|_| true)? {
                Step::Record(found) => {
                    self.record(&found);
                    found.length
                }
                Step::Damaged { offset, length, damage } => {
                    // A crash may have left the last record of an open file unfinished: the next run cuts it off.
                    let is_unfinished = self.job.segment.state == State::Open && !self.job.has_index;
                    if !(is_unfinished && offset + length == self.job.until) {
                        self.damaged(offset..offset + length, Flaw::Damaged(damage));
                    }
                    length
                }
                Step::End => return Ok(()),
            };
            self.checked.bytes += length;
            progress(length);
        }
    }

    fn record(&mut self, found: &Found) {
        let place = found.offset..found.offset + found.length;
        let block = found.block.as_deref().unwrap_or_default();
        self.checked.records += 1;
        self.checked.unpacked += block.len() as u64;
        while let Some(missed) = self.next_before(place.start) {
            self.no_record(missed);
        }
        let expected = self.next_before(place.start + 1);
        match expected {
            Some(expected) if expected.kind != found.head.kind() || expected.span.length != found.length => {
                self.no_record(expected);
            }
            None => self.unexpected(&place, &found.head, block),
            Some(_) => {}
        }
        match digest_flaw(&found.head, block).or_else(|| content_flaw(&found.head, block)) {
            Some(flaw) => self.flaw(Some(place), flaw, expected),
            None => self.seal(place, found.seal, expected),
        }
    }

    fn seal(&mut self, place: Range<u64>, seal: Seal, expected: Option<Expected>) {
        match seal {
            Seal::Whole => self.is_sealed = true,
            Seal::Broken => {
                self.is_sealed = true;
                self.flaw(Some(place), Flaw::Altered, expected);
            }
            Seal::Absent => self.unsealed.push(place),
        }
    }

    /// An article that the index should have expected.
    fn unexpected(&mut self, place: &Range<u64>, head: &Head, block: &[u8]) {
        let is_article =
            head.kind() == RecordType::Conversion && format(head.content_type(), ARTICLE) == Format::Ours;
        if self.job.has_index
            && is_article
            && let Ok(Conversion { about, .. }) = serde_json::from_slice::<Conversion>(block)
        {
            self.checked.unexpected.push((place.clone(), about.id, about.revision));
        }
    }

    /// What is expected first, if it begins before `offset`.
    fn next_before(&mut self, offset: u64) -> Option<Expected> {
        let (first, rest) = self.expected.split_first()?;
        (first.span.offset < offset).then(|| {
            self.expected = rest;
            *first
        })
    }

    fn damaged(&mut self, place: Range<u64>, flaw: Flaw) {
        while let Some(missed) = self.next_before(place.start) {
            self.no_record(missed);
        }
        let first = self.next_before(place.end);
        self.flaw(Some(place.clone()), flaw, first);
        while let Some(further) = self.next_before(place.end) {
            self.flaw(Some(place_of(&further)), Flaw::Swallowed, Some(further));
        }
    }

    fn no_record(&mut self, expected: Expected) {
        self.flaw(Some(place_of(&expected)), Flaw::NoRecord, Some(expected));
    }

    fn flaw(&mut self, place: Option<Range<u64>>, flaw: Flaw, expected: Option<Expected>) {
        self.checked.flaws.push(Flawed { place, flaw, expected, remedy: Remedy::Copy });
    }

    fn finish(mut self) -> Checked {
        // Where the file ends early, or cannot be read, that is a flaw of its own.
        let is_whole = self.job.segment.length >= self.job.until && self.checked.bytes >= self.job.until;
        while let Some(missed) = self.next_before(if is_whole { u64::MAX } else { 0 }) {
            self.no_record(missed);
        }
        if self.is_sealed {
            for place in std::mem::take(&mut self.unsealed) {
                self.flaw(Some(place), Flaw::Altered, None);
            }
        }
        remedy(&mut self.checked.flaws);
        self.checked
    }
}

fn place_of(expected: &Expected) -> Range<u64> {
    expected.span.offset..expected.span.offset + expected.span.length
}

/// The flaw of a record that unpacks but is not what its digests say.
fn digest_flaw(head: &Head, block: &[u8]) -> Option<Flaw> {
    if head.denies("WARC-Block-Digest", block) {
        return Some(Flaw::Block);
    }
    let payload = match head.kind() {
        RecordType::Response => {
            block.windows(4).position(|window| window == b"\r\n\r\n").map(|end| &block[end + 4..])
        }
        _ => None,
    };
    payload.filter(|payload| head.denies("WARC-Payload-Digest", payload)).map(|_| Flaw::Payload)
}

/// The flaw of a record that is as it was written, and holds what no such record can: what it says cannot be used.
fn content_flaw(head: &Head, block: &[u8]) -> Option<Flaw> {
    let (kind, content_type) = (head.kind(), head.content_type());
    let read = match kind {
        RecordType::Conversion if format(content_type, ARTICLE) == Format::Ours => {
            serde_json::from_slice::<Conversion>(block).map(drop)
        }
        RecordType::Metadata if format(content_type, NOTE) == Format::Ours => {
            serde_json::from_slice::<Note>(block).map(drop)
        }
        _ => Ok(()),
    };
    read.err().map(|error| Flaw::Damaged(Damage::Content(error)))
}

/// Says of each flaw from what it can be made good.
fn remedy(flaws: &mut [Flawed]) {
    let lost = |flawed: &&Flawed| !matches!(flawed.flaw, Flaw::Altered | Flaw::NoRecord);
    let lost: Vec<Expected> = flaws.iter().filter(lost).filter_map(|flawed| flawed.expected).collect();
    let offsets: HashSet<u64> = lost.iter().map(|expected| expected.span.offset).collect();
    let articles: HashSet<(u64, u32)> = lost
        .iter()
        .filter(|expected| expected.kind == RecordType::Conversion)
        .map(|expected| expected.revision)
        .collect();
    for flawed in flaws {
        flawed.remedy = match (&flawed.flaw, flawed.expected) {
            (Flaw::Altered, _) => Remedy::Nothing,
            (Flaw::NoRecord, _) => Remedy::Rebuild,
            (Flaw::Damaged(Damage::Content(_)), None) => Remedy::SetAside,
            (_, Some(Expected { kind: RecordType::Conversion, response: Some(response), .. }))
                if !offsets.contains(&response) =>
            {
                Remedy::Extract
            }
            (_, Some(Expected { kind: RecordType::Response, revision, .. }))
                if !articles.contains(&revision) =>
            {
                Remedy::ArticleRemains
            }
            _ => Remedy::Copy,
        };
    }
}
