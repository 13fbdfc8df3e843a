//! Writes a closed file anew without some of its records: the only way in which a closed file ever changes. The new one
//! is whole and on the disk before it takes the old one's name, so that at any moment one of the two is there. It says
//! how long it was before, by which an index that knew it so learns that it has changed.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

use chrono::{DateTime, Utc};
use url::Url;

use super::segments::{self, Segment};
use crate::error::{Action, Error};
use crate::record::ARTICLE;
use crate::record::file_info;
use crate::warc;
use crate::warc::{Found, Reader, Record, RecordId, RecordType, Step, Writer};

/// So much is gathered before it is written.
const GATHERED: u64 = 1 << 20;

/// What becomes of a record.
#[derive(Debug)]
pub(crate) enum Edit {
    /// It goes; of a response, its request goes with it.
    LeaveOut,
    /// It is packed anew: what it says is whole, how it was packed is not.
    Repack,
    /// An article that was made again from the response before it takes its place.
    Article {
        /// The URL of the response.
        url: Url,
        date: DateTime<Utc>,
        block: Vec<u8>,
    },
}

/// By the offsets of the records that they change.
pub(crate) type Edits = BTreeMap<u64, Edit>;

/// What becomes of bytes that are no whole record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Damages {
    /// They are copied as they are.
    Copied,
    /// They are left out: the file was set aside before.
    LeftOut,
}

/// Writes `segment`, which is closed, anew. `was` are lengths by which an
/// index may know it, besides its own. Gives its new length.
pub(crate) fn rewrite(
    archive: &Path,
    segment: &Segment,
    edits: &Edits,
    damages: Damages,
    was: &[u64],
    now: DateTime<Utc>,
) -> Result<u64, Error> {
    let path = segment.path.as_path();
    let mut lengths = file_info::earlier_lengths(path).map_err(Error::io(Action::Read, path))?;
    lengths.extend(was);
    lengths.push(segment.length);
    lengths.sort_unstable();
    lengths.dedup();
    let new = segments::beside(path);
    let file = File::create(&new).map_err(Error::io(Action::Create, &new))?;
    let mut writer = Writer::new(file, segment.name.as_str().to_owned());
    let written = file_info::write(&mut writer, now, &lengths)
        .and_then(|()| copy(path, &mut writer, edits, damages))
        .and_then(|()| {
            // A length that it had before would not tell that it has changed.
            while lengths.contains(&writer.end()) {
                file_info::write(&mut writer, now, &lengths)?;
            }
            writer.sync()
        });
    if let Err(source) = written {
        // What is left of it is no harm, and goes when the archive is opened the next time.
        let _ = fs::remove_file(&new);
        return Err(Error::Io { action: Action::Write, path: new, source });
    }
    segments::replace(archive, &segment.name, &new)?;
    Ok(writer.end())
}

fn copy(path: &Path, writer: &mut Writer, edits: &Edits, damages: Damages) -> io::Result<()> {
    let mut copy = Copy { from: File::open(path)?, writer, edits, response: None, is_leaving: false };
    let mut reader = Reader::new(File::open(path)?, 0)?;
    loop {
        // What is to be left out has to be found, in heads and in blocks.
        match reader.step(|_| damages == Damages::LeftOut)? {
            // The new file has its own.
            Step::Record(found) if found.offset == 0 && found.head.kind() == RecordType::Warcinfo => {}
            Step::Record(found) => copy.record(&found)?,
            Step::Damaged { offset, length, .. } => copy.damaged(offset, length, damages)?,
            Step::End => return copy.writer.flush(),
        }
        if copy.writer.pending() >= GATHERED {
            copy.writer.flush()?;
        }
    }
}

struct Copy<'a> {
    from: File,
    writer: &'a mut Writer,
    edits: &'a Edits,
    /// The one that was copied last.
    response: Option<RecordId>,
    /// Whether the response before is left out.
    is_leaving: bool,
}

impl Copy<'_> {
    fn record(&mut self, found: &Found) -> io::Result<()> {
        let kind = found.head.kind();
        match self.edits.get(&found.offset) {
            Some(Edit::LeaveOut) => {
                self.is_leaving = kind == RecordType::Response;
                return Ok(());
            }
            None if self.is_leaving && kind == RecordType::Request => return Ok(()),
            edit => {
                self.is_leaving = false;
                if kind == RecordType::Response {
                    self.response = found.head.id();
                }
                match edit {
                    Some(Edit::Repack) => {
                        let packed = self.packed(found.offset, found.length)?;
                        self.writer.append_packed(&warc::repack(&packed)?);
                    }
                    Some(edit) => self.article(edit)?,
                    None => {
                        let packed = warc::sealed(self.packed(found.offset, found.length)?)?;
                        self.writer.append_packed(&packed);
                    }
                }
            }
        }
        Ok(())
    }

    fn damaged(&mut self, offset: u64, length: u64, damages: Damages) -> io::Result<()> {
        self.is_leaving = false;
        if damages == Damages::Copied {
            let packed = self.packed(offset, length)?;
            self.writer.append_packed(&packed);
        }
        self.edits.range(offset..offset + length).try_for_each(|(_, edit)| self.article(edit))
    }

    fn packed(&mut self, offset: u64, length: u64) -> io::Result<Vec<u8>> {
        let mut packed = Vec::new();
        self.from.seek(SeekFrom::Start(offset))?;
        (&self.from).take(length).read_to_end(&mut packed)?;
        Ok(packed)
    }

    fn article(&mut self, edit: &Edit) -> io::Result<()> {
        let Edit::Article { url, date, block } = edit else { return Ok(()) };
        let record = Record {
            kind: RecordType::Conversion,
            date: *date,
            content_type: ARTICLE,
            target: Some(&format!("urn:article:{url}")),
            concurrent_to: None,
            refers_to: self.response,
            repeats: None,
            payload: None,
            block: &[block],
        };
        self.writer.write(&record).map(drop)
    }
}
