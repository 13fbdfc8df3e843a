//! What is written is read back equal, and damage stays where it is.

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};

use bytes::Bytes;
use chrono::{DateTime, Utc};
use proptest::prelude::*;
use tempfile::TempDir;
use url::Url;

use super::*;
use tearsheet_model::{Capture, Header};

fn date() -> DateTime<Utc> {
    "2026-11-24T06:15:00Z".parse().unwrap()
}

fn record<'a>(target: &'a str, block: &'a [&'a [u8]]) -> Record<'a> {
    Record {
        kind: RecordType::Response,
        date: date(),
        content_type: "application/http; msgtype=response",
        target: Some(target),
        concurrent_to: None,
        refers_to: None,
        repeats: None,
        payload: None,
        block,
    }
}

/// A file with these blocks in records of their own.
fn file(blocks: &[&[u8]]) -> (TempDir, PathBuf, Vec<Span>) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.warc.gz");
    let mut writer = Writer::new(File::create(&path).unwrap(), "a.warc.gz".to_owned());
    let write = |block: &&[u8]| writer.write(&record("https://a.example/", &[block])).unwrap().1;
    let spans = blocks.iter().map(write).collect();
    writer.sync().unwrap();
    (folder, path, spans)
}

/// The block of each record that can be read, if it was wanted.
type Blocks = Vec<Option<Vec<u8>>>;

/// Reads a file, and tells where it cannot be read.
fn read(path: &Path, all: bool) -> (Blocks, Vec<(u64, u64)>) {
    let mut reader = Reader::new(File::open(path).unwrap(), 0).unwrap();
    let (mut blocks, mut damage) = (Vec::new(), Vec::new());
    loop {
        match reader.step(|_| all).unwrap() {
            Step::Record(found) => blocks.push(found.block),
            Step::Damaged { offset, length, .. } => damage.push((offset, length)),
            Step::End => return (blocks, damage),
        }
    }
}

fn whole(blocks: &[&[u8]]) -> Blocks {
    blocks.iter().map(|block| Some(block.to_vec())).collect()
}

fn header() -> impl Strategy<Value = Header> {
    ("[A-Za-z][A-Za-z0-9-]{0,20}", proptest::collection::vec(any::<u8>(), 0..40)).prop_map(|(name, value)| {
        let value: Vec<u8> = value.into_iter().filter(|byte| !matches!(byte, b'\r' | b'\n' | 0)).collect();
        Header { name, value: value.trim_ascii().to_vec() }
    })
}

proptest! {
    #[test]
    fn blocks_are_read_back_equal(
        blocks in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..5000), 0..6),
    ) {
        let blocks: Vec<&[u8]> = blocks.iter().map(Vec::as_slice).collect();
        let (_folder, path, spans) = file(&blocks);
        prop_assert_eq!(read(&path, true), (whole(&blocks), Vec::new()));
        prop_assert_eq!(read(&path, false), (vec![None; blocks.len()], Vec::new()));
        for (span, block) in spans.iter().zip(&blocks) {
            let (head, read) = read_at(&mut File::open(&path).unwrap(), span.offset, span.length).unwrap().unwrap();
            prop_assert_eq!(&read, block);
            prop_assert_eq!(head.date(), Some(date()));
            prop_assert_eq!(head.content_length(), Some(block.len()));
        }
    }

    #[test]
    fn captures_are_read_back_equal(
        headers in proptest::collection::vec(header(), 0..8),
        body in proptest::collection::vec(any::<u8>(), 0..500),
        status in 100_u16..600,
    ) {
        let url = Url::parse("https://a.example/1").unwrap();
        let capture = Capture {
            url: url.clone(),
            hops: Vec::new(),
            fetched_at: date(),
            request_head: Vec::new(),
            status,
            headers,
            body: Bytes::from(body),
        };
        let block = [response_head(&capture).as_slice(), &capture.body].concat();
        prop_assert_eq!(response_capture(url, date(), block), Some(capture));
    }

    #[test]
    fn a_flipped_byte_hurts_one_record_and_never_changes_what_is_read(at in 0_usize..600, by in 1_u8..=255) {
        let blocks: [&[u8]; 3] = [b"the first of them", b"the second of them", b"the third of them"];
        let (_folder, path, spans) = file(&blocks);
        let mut bytes = std::fs::read(&path).unwrap();
        let second = usize::try_from(spans[1].offset).unwrap();
        let at = second + at % usize::try_from(spans[1].length).unwrap();
        bytes[at] ^= by;
        std::fs::write(&path, bytes).unwrap();
        let (found, damage) = read(&path, true);
        // Some bits of a gzip header and the last bits of packed data mean nothing.
        if damage.is_empty() {
            prop_assert_eq!(found, whole(&blocks));
        } else {
            prop_assert_eq!(found, whole(&[blocks[0], blocks[2]]));
            prop_assert_eq!(damage, vec![(spans[1].offset, spans[1].length)]);
        }
    }

    #[test]
    fn any_bytes_are_read_without_panic(bytes in proptest::collection::vec(any::<u8>(), 0..2000)) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.warc.gz");
        std::fs::write(&path, [&[0x1f, 0x8b, 0x08], bytes.as_slice()].concat()).unwrap();
        prop_assert!(read(&path, true).0.is_empty());
    }
}

#[test]
fn a_file_of_another_program_is_read() {
    let (_folder, path, _) = file(&[b"ours"]);
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packer.write_all(b"WARC/1.0\r\nWARC-Type: resource\r\nContent-Length: 6\r\n\r\ntheirs\r\n\r\n").unwrap();
    let theirs = packer.finish().unwrap();
    let ours = std::fs::read(&path).unwrap();
    std::fs::write(&path, [ours.as_slice(), &theirs, &theirs, &ours].concat()).unwrap();
    assert_eq!(read(&path, true), (whole(&[b"ours", b"theirs", b"theirs", b"ours"]), Vec::new()));
}

#[test]
fn a_head_longer_than_what_is_unpacked_first_is_read_whole() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.warc.gz");
    let mut writer = Writer::new(File::create(&path).unwrap(), "a.warc.gz".to_owned());
    let target = format!("https://a.example/{}", "long/".repeat(5000));
    writer.write(&record(&target, &[b"block"])).unwrap();
    writer.sync().unwrap();
    assert_eq!(read(&path, false), (whole(&[b"block"]), Vec::new()));
}

#[test]
fn a_request_ends_with_an_empty_line() {
    for head in [
        &b"GET / HTTP/1.1\r\nHost: a"[..],
        b"GET / HTTP/1.1\r\nHost: a\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\n\r\n",
    ] {
        assert_eq!(request_block(head), b"GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    }
}

#[test]
fn the_same_records_make_the_same_file() {
    let (_one, one, _) = file(&[b"one", b"two", b"two"]);
    let (_two, two, _) = file(&[b"one", b"two", b"two"]);
    assert_eq!(std::fs::read(one).unwrap(), std::fs::read(two).unwrap());
}
