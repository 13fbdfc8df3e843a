//! Reads records one after another, or one at its place. Damage is a step like any other: reading goes on at the
//! next record that begins well.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek};

use super::gzip::{self, HEADER, Seal};
use super::record::Head;

/// How much of a member is unpacked to find a record's head; if the head is longer, all of it is.
const BEGINNING: usize = 2 * 1024;
/// What one record may unpack to; more is a bomb or a foreign film.
const RECORD_LIMIT: usize = 256 * 1024 * 1024;
const END_OF_HEAD: &[u8] = b"\r\n\r\n";

/// What is wrong with a record.
#[derive(Debug, thiserror::Error)]
pub enum Damage {
    /// No gzip member begins there.
    #[error("no gzip member begins there")]
    NotGzip,
    /// The file ends within it.
    #[error("the file ends within it")]
    CutOff,
    /// Its data does not unpack, or not to what its checksum says.
    #[error("its data does not unpack")]
    Packed(#[source] io::Error),
    /// It unpacks to more than a record may have.
    #[error("it unpacks to more than {RECORD_LIMIT} bytes")]
    TooLarge,
    /// Its head is not that of a WARC record.
    #[error("its head is not that of a WARC record")]
    Head,
    /// Its block has another length than its head says.
    #[error("its block has another length than its head says")]
    Length,
    /// Its block is not what its kind of record holds.
    #[error("its content is not what such a record holds")]
    Content(#[source] serde_json::Error),
}

/// A whole record.
#[derive(Debug)]
pub struct Found {
    /// Its offset in the file, in bytes.
    pub offset: u64,
    /// Its length in the file.
    pub length: u64,
    /// Its head.
    pub head: Head,
    /// Its block, if it was wanted.
    pub block: Option<Vec<u8>>,
    /// Whether its bytes in the file are those that were written; looked at where the block is.
    pub seal: Seal,
}

/// What a reader comes upon.
#[derive(Debug)]
pub enum Step {
    /// A record.
    Record(Found),
    /// Bytes that are no whole record.
    Damaged {
        /// Where they begin.
        offset: u64,
        /// How many they are.
        length: u64,
        /// What is wrong with them.
        damage: Damage,
    },
    /// The end of the file.
    End,
}

/// Reads a file's records in their order.
#[derive(Debug)]
pub struct Reader {
    input: BufReader<File>,
    /// Where the next record begins.
    next: u64,
    length: u64,
}

impl Reader {
    /// Reads from the record at `offset` on.
    pub fn new(file: File, offset: u64) -> io::Result<Reader> {
        let length = file.metadata()?.len();
        let mut input = BufReader::with_capacity(256 * 1024, file);
        input.seek(io::SeekFrom::Start(offset))?;
        Ok(Reader { input, next: offset, length })
    }

    /// Reads no further than `length`, as if the file ended there.
    pub fn up_to(self, length: u64) -> Reader {
        Reader { length: self.length.min(length), ..self }
    }

    /// The next record. Its block is unpacked and its checksum compared only if its head is one of those that
    /// `wanted` picks.
    pub fn step(&mut self, wanted: impl Fn(&Head) -> bool) -> io::Result<Step> {
        let offset = self.next;
        if offset >= self.length {
            return Ok(Step::End);
        }
        match self.record(offset, &wanted)? {
            Ok(found) => {
                self.next = offset + found.length;
                Ok(Step::Record(found))
            }
            Err(damage) => {
                self.next = self.next_beginning(offset + 1)?;
                Ok(Step::Damaged { offset, length: self.next - offset, damage })
            }
        }
    }

    fn record(&mut self, offset: u64, wanted: &impl Fn(&Head) -> bool) -> io::Result<Result<Found, Damage>> {
        let room = self.length - offset;
        let mut header = [0; HEADER];
        if room < HEADER as u64 {
            return Ok(Err(Damage::CutOff));
        }
        self.go_to(offset)?;
        self.input.read_exact(&mut header)?;
        if !gzip::begins(&header) {
            return Ok(Err(Damage::NotGzip));
        }
        let Some(length) = gzip::packed_length(&header) else {
            return self.record_of_unknown_length(offset);
        };
        if length > room {
            return Ok(Err(Damage::CutOff));
        }
        let (beginning, rest) = (length.min(BEGINNING as u64), length.saturating_sub(BEGINNING as u64));
        let mut packed = header.to_vec();
        read_more(&mut self.input, &mut packed, beginning - HEADER as u64)?;
        let raw = gzip::unpack_beginning(&packed, BEGINNING);
        if let Some(head) = split(&raw).and_then(|(head, _)| Head::parse(head))
            && !wanted(&head)
        {
            return Ok(Ok(Found { offset, length, head, block: None, seal: Seal::Absent }));
        }
        read_more(&mut self.input, &mut packed, rest)?;
        let seal = gzip::seal(&packed);
        Ok(whole(&packed).map(|(head, block)| Found { offset, length, head, block: Some(block), seal }))
    }

    /// A member that another program wrote has to be unpacked to find its end.
    fn record_of_unknown_length(&mut self, offset: u64) -> io::Result<Result<Found, Damage>> {
        self.go_to(offset)?;
        let raw = match gzip::unpack(&mut self.input, RECORD_LIMIT) {
            Ok(raw) => raw,
            Err(source) => return Ok(Err(Damage::Packed(source))),
        };
        let length = self.input.stream_position()? - offset;
        let seal = Seal::Absent;
        Ok(parse(raw).map(|(head, block)| Found { offset, length, head, block: Some(block), seal }))
    }

    /// The first offset from `from` on at which a record begins well, or the end of the file.
    fn next_beginning(&mut self, from: u64) -> io::Result<u64> {
        let mut at = from;
        let mut chunk = Vec::new();
        while at < self.length {
            self.go_to(at)?;
            chunk.clear();
            read_more(&mut self.input, &mut chunk, (self.length - at).min(64 * 1024))?;
            for index in 0..chunk.len().saturating_sub(2) {
                let here = at + index as u64;
                if gzip::begins(&chunk[index..]) && self.record(here, &|_| false)?.is_ok() {
                    return Ok(here);
                }
            }
            // A beginning may lie across two chunks.
            at += chunk.len().saturating_sub(2).max(1) as u64;
        }
        Ok(self.length)
    }

    fn go_to(&mut self, offset: u64) -> io::Result<()> {
        let at = self.input.stream_position()?;
        self.input.seek_relative(offset.cast_signed() - at.cast_signed())
    }
}

/// Reads the one record that takes the `length` bytes at `offset`.
pub fn read_at(file: &mut File, offset: u64, length: u64) -> io::Result<Result<(Head, Vec<u8>), Damage>> {
    file.seek(io::SeekFrom::Start(offset))?;
    // A length that no record has is not worth its memory.
    let mut packed = Vec::with_capacity(usize::try_from(length).unwrap_or_default().min(RECORD_LIMIT));
    file.take(length).read_to_end(&mut packed)?;
    Ok(if (packed.len() as u64) < length { Err(Damage::CutOff) } else { whole(&packed) })
}

fn read_more(input: &mut impl Read, into: &mut Vec<u8>, count: u64) -> io::Result<()> {
    let before = into.len() as u64;
    input.take(count).read_to_end(into)?;
    if into.len() as u64 - before < count { Err(io::ErrorKind::UnexpectedEof.into()) } else { Ok(()) }
}

fn whole(packed: &[u8]) -> Result<(Head, Vec<u8>), Damage> {
    let mut rest = packed;
    let raw = gzip::unpack(&mut rest, RECORD_LIMIT).map_err(Damage::Packed)?;
    if rest.is_empty() { parse(raw) } else { Err(Damage::Length) }
}

/// Takes an unpacked record apart.
fn parse(mut raw: Vec<u8>) -> Result<(Head, Vec<u8>), Damage> {
    if raw.len() > RECORD_LIMIT {
        return Err(Damage::TooLarge);
    }
    let (head, block) = split(&raw).ok_or(Damage::Head)?;
    let head_length = raw.len() - block.len();
    let head = Head::parse(head).ok_or(Damage::Head)?;
    let length = head.content_length().ok_or(Damage::Head)?;
    let end = head_length.checked_add(length).ok_or(Damage::Length)?;
    if raw.get(end..) != Some(END_OF_HEAD) {
        return Err(Damage::Length);
    }
    raw.truncate(end);
    raw.drain(..head_length);
    Ok((head, raw))
}

/// Splits behind the first empty line; the head comes without it.
fn split(raw: &[u8]) -> Option<(&[u8], &[u8])> {
    let end = raw.windows(END_OF_HEAD.len()).position(|window| window == END_OF_HEAD)?;
    Some((&raw[..end], &raw[end + END_OF_HEAD.len()..]))
}
