//! The bytes of a WARC file that anyone wrote, unpacked: no gzip, a member a record, one member for all records, or
//! members one after another that end where they like. What does not unpack is passed over up to the next member.

use std::io::{self, BufRead, Read};

use flate2::bufread::GzDecoder;

const MAGIC: &[u8] = &[0x1f, 0x8b, 0x08];

/// Unpacks what is packed. An error of the kind [`io::ErrorKind::InvalidData`] is damage, behind which reading can go
/// on; any other is the system's.
pub(super) struct Unpacked<R>(Layer<R>);

enum Layer<R> {
    Plain(R),
    Member(Box<GzDecoder<Peeked<R>>>),
    /// Between two members.
    Between(Peeked<R>),
    /// Only while one becomes another.
    Moving,
}

impl<R: BufRead> Unpacked<R> {
    pub(super) fn new(mut input: R) -> io::Result<Unpacked<R>> {
        let is_packed = input.fill_buf()?.starts_with(&MAGIC[..2]);
        let layer = if is_packed { Layer::Between(Peeked::new(input)) } else { Layer::Plain(input) };
        Ok(Unpacked(layer))
    }

    /// Goes to where the next member begins. Whether there is one.
    fn begin(&mut self) -> io::Result<bool> {
        let Layer::Between(input) = &mut self.0 else { return Ok(true) };
        let passed = input.pass_to_member()?;
        if input.is_at_end()? {
            // A file may be padded with zeros.
            return if passed.is_empty_padding {
                Ok(false)
            } else {
                Err(damaged("bytes that are no gzip member"))
            };
        }
        if let Layer::Between(input) = std::mem::replace(&mut self.0, Layer::Moving) {
            self.0 = Layer::Member(Box::new(GzDecoder::new(input)));
        }
        if passed.is_empty_padding { Ok(true) } else { Err(damaged("bytes that are no gzip member")) }
    }

    fn end_member(&mut self) {
        if let Layer::Member(decoder) = std::mem::replace(&mut self.0, Layer::Moving) {
            self.0 = Layer::Between(decoder.into_inner());
        }
    }
}

impl<R: BufRead> Read for Unpacked<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        loop {
            match &mut self.0 {
                Layer::Plain(input) => return input.read(into),
                Layer::Moving => return Ok(0),
                Layer::Between(_) => {
                    if !self.begin()? {
                        return Ok(0);
                    }
                }
                Layer::Member(decoder) => match decoder.read(into) {
                    Ok(0) if !into.is_empty() => self.end_member(),
                    Ok(count) => return Ok(count),
                    Err(error) if is_damage(&error) => {
                        self.end_member();
                        return Err(damaged("data that does not unpack"));
                    }
                    Err(error) => return Err(error),
                },
            }
        }
    }
}

/// What the unpacker says of bad data, as against what the system says of a bad disk.
pub(super) fn is_damage(error: &io::Error) -> bool {
    use io::ErrorKind::{InvalidData, InvalidInput, UnexpectedEof};
    matches!(error.kind(), InvalidData | InvalidInput | UnexpectedEof)
}

fn damaged(what: &'static str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what)
}

/// A reader to which a few bytes can be given back.
struct Peeked<R> {
    front: &'static [u8],
    input: R,
}

/// What was passed over between two members.
struct Passed {
    /// Whether it was nothing, or zeros alone.
    is_empty_padding: bool,
}

impl<R: BufRead> Peeked<R> {
    fn new(input: R) -> Peeked<R> {
        Peeked { front: &[], input }
    }

    fn is_at_end(&mut self) -> io::Result<bool> {
        Ok(self.fill_buf()?.is_empty())
    }

    /// Passes over everything that is not the beginning of a member.
    fn pass_to_member(&mut self) -> io::Result<Passed> {
        let (mut seen, mut is_empty_padding) = (0, true);
        while let Some(byte) = self.input.fill_buf()?.first().copied() {
            self.input.consume(1);
            if byte == MAGIC[seen] {
                seen += 1;
                if seen == MAGIC.len() {
                    self.front = MAGIC;
                    break;
                }
            } else {
                is_empty_padding &= seen == 0 && byte == 0;
                seen = usize::from(byte == MAGIC[0]);
            }
        }
        Ok(Passed { is_empty_padding })
    }
}

impl<R: BufRead> Read for Peeked<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.fill_buf()?.read(into)?;
        self.consume(count);
        Ok(count)
    }
}

impl<R: BufRead> BufRead for Peeked<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.front.is_empty() { self.input.fill_buf() } else { Ok(self.front) }
    }

    fn consume(&mut self, count: usize) {
        if self.front.is_empty() { self.input.consume(count) } else { self.front = &self.front[count..] }
    }
}
