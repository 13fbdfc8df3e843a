//! Reads the records of WARC files that anyone wrote, one after another from any stream: of every version since 0.17,
//! packed or not. What is no record is passed over and told; no more than one record is in memory.

use std::io::{self, BufRead, BufReader, Read};

use super::record::Head;
use super::unpacked::{Unpacked, is_damage};

/// What a record's head may have; more is none.
const HEAD_LIMIT: u64 = 64 * 1024;
const VERSION: &[u8] = b"WARC/";

/// A record as it stands in its file.
#[derive(Clone, Debug)]
pub struct Raw {
    /// Its head, parsed.
    pub head: Head,
    /// Its bytes, the empty line included.
    pub head_bytes: Vec<u8>,
    /// Its block.
    pub block: Vec<u8>,
}

impl Raw {
    /// Whether its head is of the one form in which this archive's records are written and read.
    pub fn is_of_this_archive(&self) -> bool {
        let head = self.head_bytes.strip_suffix(b"\r\n\r\n").and_then(Head::parse);
        head.is_some_and(|head| head == self.head && head.content_length() == Some(self.block.len()))
    }
}

/// What a stream holds next.
#[derive(Debug)]
pub enum Part {
    /// A record.
    Record(Raw),
    /// A record that was not wanted.
    Passed(Head),
    /// A record that is larger than was allowed.
    TooLarge,
    /// Bytes that are no whole record; reading goes on behind them.
    Damaged,
}

/// A WARC file under way.
pub struct Stream<R> {
    input: BufReader<Unpacked<R>>,
    /// Whether what was read last was damage: it is told once, however long it is.
    is_lost: bool,
}

impl<R: BufRead> Stream<R> {
    /// Reads from the start of `input`, which may be packed.
    pub fn new(input: R) -> io::Result<Stream<R>> {
        let input = BufReader::with_capacity(64 * 1024, Unpacked::new(input)?);
        Ok(Stream { input, is_lost: false })
    }

    /// What comes next; `None` at the end. Of a record that is not `wanted`, or whose block has more bytes than
    /// `limit`, the block is passed over.
    pub fn next(&mut self, limit: u64, wanted: impl Fn(&Head) -> bool) -> io::Result<Option<Part>> {
        loop {
            match self.part(limit, &wanted) {
                Ok(Some(Part::Damaged)) | Err(Trouble::Damage) if self.is_lost => {}
                Ok(Some(Part::Damaged)) | Err(Trouble::Damage) => {
                    self.is_lost = true;
                    return Ok(Some(Part::Damaged));
                }
                Ok(part) => {
                    self.is_lost = false;
                    return Ok(part);
                }
                Err(Trouble::System(error)) => return Err(error),
            }
        }
    }

    fn part(&mut self, limit: u64, wanted: &impl Fn(&Head) -> bool) -> Result<Option<Part>, Trouble> {
        let mut head_bytes = Vec::new();
        loop {
            head_bytes.clear();
            if self.line(&mut head_bytes)? == 0 {
                return Ok(None);
            }
            if head_bytes.starts_with(VERSION) {
                break;
            }
            if !head_bytes.trim_ascii().is_empty() {
                return Ok(Some(Part::Damaged));
            }
        }
        self.rest_of_head(&mut head_bytes)?;
        let head = Head::parse_foreign(&head_bytes);
        let Some(length) = head.content_length() else { return Ok(Some(Part::Damaged)) };
        let length = length as u64;
        let is_wanted = wanted(&head);
        if !is_wanted || length > limit {
            self.pass_over(length)?;
            return Ok(Some(if is_wanted { Part::TooLarge } else { Part::Passed(head) }));
        }
        let mut block = Vec::new();
        self.input.by_ref().take(length).read_to_end(&mut block)?;
        let is_whole = block.len() as u64 == length;
        Ok(Some(if is_whole { Part::Record(Raw { head, head_bytes, block }) } else { Part::Damaged }))
    }

    fn rest_of_head(&mut self, head: &mut Vec<u8>) -> Result<(), Trouble> {
        loop {
            let before = head.len();
            if self.line(head)? == 0 || head.len() as u64 > HEAD_LIMIT {
                return Err(Trouble::Damage);
            }
            if head[before..].trim_ascii().is_empty() {
                return Ok(());
            }
        }
    }

    /// Appends a line with its end, or what there is of one that is too long.
    fn line(&mut self, into: &mut Vec<u8>) -> Result<usize, Trouble> {
        Ok(self.input.by_ref().take(HEAD_LIMIT).read_until(b'\n', into)?)
    }

    fn pass_over(&mut self, length: u64) -> Result<(), Trouble> {
        let passed = io::copy(&mut self.input.by_ref().take(length), &mut io::sink())?;
        if passed == length { Ok(()) } else { Err(Trouble::Damage) }
    }
}

enum Trouble {
    Damage,
    System(io::Error),
}

impl From<io::Error> for Trouble {
    fn from(error: io::Error) -> Trouble {
        if is_damage(&error) { Trouble::Damage } else { Trouble::System(error) }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    fn record(version: &str, target: &str, block: &str) -> Vec<u8> {
        format!(
            "{version}\r\nWARC-Type: resource\r\nWARC-Target-URI: {target}\r\nContent-Length: {}\r\n\r\n{block}\r\n\r\n",
            block.len()
        )
        .into_bytes()
    }

    fn packed(bytes: &[u8]) -> Vec<u8> {
        let mut packer = GzEncoder::new(Vec::new(), Compression::fast());
        packer.write_all(bytes).unwrap();
        packer.finish().unwrap()
    }

    /// The blocks that are read, `!` for damage.
    fn read(bytes: &[u8]) -> Vec<String> {
        let mut stream = Stream::new(bytes).unwrap();
        let mut read = Vec::new();
        while let Some(part) = stream.next(1000, |_| true).unwrap() {
            read.push(match part {
                Part::Record(raw) => String::from_utf8(raw.block).unwrap(),
                _ => "!".to_owned(),
            });
        }
        read
    }

    #[test]
    fn every_way_to_pack_is_read() {
        let (one, two) = (record("WARC/1.0", "a:1", "one"), record("WARC/1.1", "a:2", "two"));
        let both = [one.clone(), two.clone()].concat();
        for bytes in [
            both.clone(),
            packed(&both),
            [packed(&one), packed(&two)].concat(),
            [packed(&both[..50]), packed(&both[50..])].concat(),
            [packed(&one), packed(&two), vec![0; 512]].concat(),
            String::from_utf8(both).unwrap().replace("\r\n", "\n").into_bytes(),
        ] {
            assert_eq!(read(&bytes), ["one", "two"]);
        }
    }

    #[test]
    fn what_is_no_record_is_told_once_and_passed_over() {
        let (one, two) = (record("WARC/1.0", "a:1", "one"), record("WARC/1.1", "a:2", "two"));
        let mut broken = packed(&record("WARC/1.0", "a:3", &"broken ".repeat(99)));
        let middle = broken.len() / 2;
        broken[middle] ^= 0xff;
        for bytes in [
            [one.clone(), b"one\ntwo\nthree\n".to_vec(), two.clone()].concat(),
            [packed(&one), b"\x1f\x8bno member".to_vec(), packed(&two)].concat(),
            [packed(&one), broken, packed(&two)].concat(),
        ] {
            assert_eq!(read(&bytes), ["one", "!", "two"]);
        }
        let cut = packed(&[one, two].concat());
        assert_eq!(read(&cut[..cut.len() - 20]).last().unwrap(), "!");
    }

    #[test]
    fn a_record_larger_than_the_limit_is_passed_over() {
        let bytes = [record("WARC/1.0", "a:1", &"x".repeat(1001)), record("WARC/1.1", "a:2", "two")].concat();
        assert_eq!(read(&bytes), ["!", "two"]);
    }
}
