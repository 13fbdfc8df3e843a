//! Files that are packed with Zstandard (`.warc.zst`, <https://iipc.github.io/warc-specifications/specifications/warc-zstd/>):
//! a frame for each record, and before them perhaps the dictionary that all of them share, in a skippable frame.

use std::io::{self, BufRead, Read};

use zstd::stream::read::Decoder;

/// The beginning of a frame (RFC 8878, section 3.1.1), and of the one with the dictionary.
const FRAME: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];
const DICTIONARY: [u8; 4] = [0x5d, 0x2a, 0x4d, 0x18];
/// The most bytes of a dictionary.
const MOST: u64 = 16 << 20;

/// Whether a file that begins so is packed with Zstandard.
pub(super) fn begins(bytes: &[u8]) -> bool {
    bytes.starts_with(&FRAME) || bytes.starts_with(&DICTIONARY)
}

/// What a file holds, unpacked. Behind damage it is at its end: frames cannot be told from what is in them.
pub(super) struct Frames<R: BufRead> {
    decoder: Decoder<'static, R>,
    is_over: bool,
}

impl<R: BufRead> Frames<R> {
    pub(super) fn new(mut input: R) -> io::Result<Frames<R>> {
        let dictionary =
            if input.fill_buf()?.starts_with(&DICTIONARY) { dictionary(&mut input)? } else { Vec::new() };
        Ok(Frames { decoder: Decoder::with_dictionary(input, &dictionary)?, is_over: false })
    }
}

impl<R: BufRead> Read for Frames<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.is_over {
            return Ok(0);
        }
        self.decoder.read(into).map_err(|error| {
            self.is_over = true;
            io::Error::new(io::ErrorKind::InvalidData, error)
        })
    }
}

/// Reads the dictionary at the beginning of a file; it may be packed itself.
fn dictionary(input: &mut impl BufRead) -> io::Result<Vec<u8>> {
    let mut head = [0; 8];
    input.read_exact(&mut head)?;
    let size = u32::from_le_bytes([head[4], head[5], head[6], head[7]]).into();
    let mut packed = Vec::new();
    input.take(size).read_to_end(&mut packed)?;
    if !packed.starts_with(&FRAME) {
        return Ok(packed);
    }
    let mut dictionary = Vec::new();
    Decoder::with_buffer(&packed[..])?.take(MOST).read_to_end(&mut dictionary)?;
    Ok(dictionary)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unpacked(bytes: &[u8]) -> io::Result<String> {
        let mut text = String::new();
        Frames::new(bytes)?.read_to_string(&mut text).map(|_| text)
    }

    #[test]
    fn frames_are_read_with_and_without_a_dictionary() {
        let pack = |text: &str| zstd::encode_all(text.as_bytes(), 3).unwrap();
        let both = [pack("one "), pack("two")].concat();
        assert_eq!(unpacked(&both).unwrap(), "one two");

        let dictionary = b"WARC/1.1\r\nWARC-Type: response\r\n".repeat(9);
        let mut packer = zstd::stream::write::Encoder::with_dictionary(Vec::new(), 3, &dictionary).unwrap();
        io::Write::write_all(&mut packer, b"WARC/1.1\r\nWARC-Type: response\r\n").unwrap();
        let frame = packer.finish().unwrap();
        for told in [dictionary.clone(), zstd::encode_all(&dictionary[..], 3).unwrap()] {
            let size = u32::try_from(told.len()).unwrap().to_le_bytes();
            let file = [&DICTIONARY[..], &size, &told, &frame].concat();
            assert_eq!(unpacked(&file).unwrap(), "WARC/1.1\r\nWARC-Type: response\r\n");
        }
    }

    #[test]
    fn damage_is_told_once_and_then_the_file_is_over() {
        let mut bytes = zstd::encode_all(&b"one two three".repeat(99)[..], 3).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle..].fill(0xff);
        let mut frames = Frames::new(&bytes[..]).unwrap();
        let mut buffer = [0; 4096];
        let error = std::iter::repeat_with(|| frames.read(&mut buffer)).find_map(Result::err).unwrap();
        assert_eq!(error.kind(), io::ErrorKind::InvalidData);
        assert_eq!(frames.read(&mut buffer).unwrap(), 0);
    }
}
