//! What a WARC file says of itself, in its first record.

use std::fs::File;
use std::io;
use std::path::Path;

use chrono::{DateTime, Utc};

use crate::warc::{Reader, Record, RecordType, Step, Writer};

const SOFTWARE: &str = concat!("software: tearsheet/", env!("CARGO_PKG_VERSION"), "\r\n");
const FORMAT: &str = "format: WARC File Format 1.1\r\nconformsTo: \
                      http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/\r\n";
/// A length that the file had before it was written anew.
const WAS: &str = "tearsheet-was";

/// Writes it: by which program the file was made, and which lengths it had before it was written anew.
pub(crate) fn write(writer: &mut Writer, now: DateTime<Utc>, was: &[u64]) -> io::Result<()> {
    let was: String = was.iter().map(|length| format!("{WAS}: {length}\r\n")).collect();
    let info = format!("{SOFTWARE}{FORMAT}{was}\r\n");
    let record = Record {
        kind: RecordType::Warcinfo,
        date: now,
        content_type: "application/warc-fields",
        target: None,
        concurrent_to: None,
        refers_to: None,
        repeats: None,
        payload: None,
        block: &[info.as_bytes()],
    };
    writer.write(&record).map(drop)
}

/// The lengths that the file had before it was written anew; none if it never was.
pub(crate) fn earlier_lengths(path: &Path) -> io::Result<Vec<u64>> {
    let mut reader = Reader::new(File::open(path)?, 0)?;
    let Step::Record(found) = reader.step(|head| head.kind() == RecordType::Warcinfo)? else {
        return Ok(Vec::new());
    };
    let block = found.block.unwrap_or_default();
    let text = String::from_utf8_lossy(&block);
    let was = text.lines().filter_map(|line| line.split_once(": ")).filter(|(name, _)| *name == WAS);
    Ok(was.filter_map(|(_, length)| length.parse().ok()).collect())
}
