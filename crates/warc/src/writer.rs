//! Appends records to one file. Records gather in memory until they are flushed, so that a group that belongs
//! together reaches the file in one piece; `sync` makes them last.

use std::fs::File;
use std::io::{self, Seek, SeekFrom, Write};

use sha2::{Digest as _, Sha256};

use super::gzip;
use super::record::{Record, RecordId};
use super::stream::Raw;
use tearsheet_model::Digest;

/// Where a record stands in its file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// Its first byte.
    pub offset: u64,
    /// Its length in bytes, packed.
    pub length: u64,
}

/// The end of one WARC file.
#[derive(Debug)]
pub struct Writer {
    file: File,
    /// The file's final name, which its `warcinfo` and its records' ids hold.
    name: String,
    flushed: u64,
    pending: Vec<u8>,
}

impl Writer {
    /// Writes to an empty `file`.
    pub fn new(file: File, name: String) -> Writer {
        Writer { file, name, flushed: 0, pending: Vec::new() }
    }

    /// Appends `record`; it is in the file after the next flush.
    pub fn write(&mut self, record: &Record<'_>) -> io::Result<(RecordId, Span)> {
        let mut digest = Sha256::new();
        for piece in record.block {
            digest.update(piece);
        }
        let offset = self.end();
        let (id, head) = record.head(&Digest::from_bytes(digest.finalize().into()), &self.name, offset);
        let mut pieces = Vec::with_capacity(record.block.len() + 2);
        pieces.push(head.as_bytes());
        pieces.extend_from_slice(record.block);
        Ok((id, self.append(pieces)?))
    }

    /// Appends a record as it stood in another file.
    pub fn copy(&mut self, raw: &Raw) -> io::Result<Span> {
        self.append(vec![&raw.head_bytes, &raw.block])
    }

    fn append(&mut self, mut pieces: Vec<&[u8]>) -> io::Result<Span> {
        pieces.push(b"\r\n\r\n");
        let (offset, member) = (self.end(), gzip::pack(&pieces)?);
        self.append_packed(&member);
        Ok(Span { offset, length: member.len() as u64 })
    }

    /// Appends a record as it is packed.
    pub fn append_packed(&mut self, member: &[u8]) {
        self.pending.extend_from_slice(member);
    }

    /// How many bytes wait for the next flush.
    pub fn pending(&self) -> u64 {
        self.pending.len() as u64
    }

    /// The length that the file has once everything is flushed.
    pub fn end(&self) -> u64 {
        self.flushed + self.pending.len() as u64
    }

    /// Hands what is pending to the operating system.
    pub fn flush(&mut self) -> io::Result<()> {
        self.file.write_all(&self.pending)?;
        self.flushed += self.pending.len() as u64;
        self.pending.clear();
        Ok(())
    }

    /// Flushes, and waits until the disk has it.
    pub fn sync(&mut self) -> io::Result<()> {
        self.flush()?;
        self.file.sync_data()
    }

    /// Forgets everything behind `length`, after a write that failed.
    pub fn cut(&mut self, length: u64) -> io::Result<()> {
        self.pending.clear();
        self.file.set_len(length)?;
        self.file.seek(SeekFrom::Start(length))?;
        self.flushed = length;
        Ok(())
    }
}
