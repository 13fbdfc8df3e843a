//! JPEG (ITU T.81, annex B): segments, each with a marker and a length, and the data of scans.

use super::bytes_at;
use crate::Unusable;

const START_OF_SCAN: u8 = 0xda;
const END: u8 = 0xd9;

/// A part of the file.
enum Segment<'a> {
    /// Marker, length and content.
    Marked(u8, &'a [u8]),
    /// The data behind the head of a scan.
    Scan(&'a [u8]),
}

pub(super) fn stripped(bytes: &[u8]) -> Result<Vec<u8>, Unusable> {
    let mut out = Vec::with_capacity(bytes.len());
    out.extend_from_slice(&[0xff, 0xd8]);
    walk(bytes, &mut |segment| match segment {
        Segment::Marked(marker, segment) if is_of_picture(marker, segment) => out.extend_from_slice(segment),
        Segment::Marked(..) => {}
        Segment::Scan(data) => out.extend_from_slice(data),
    })?;
    out.extend_from_slice(&[0xff, END]);
    Ok(out)
}

/// How many scans it has: each is decoded over all of the picture.
pub(crate) fn scans(bytes: &[u8]) -> Result<usize, Unusable> {
    let mut scans = 0;
    walk(bytes, &mut |segment| scans += usize::from(matches!(segment, Segment::Scan(_))))?;
    Ok(scans)
}

/// Frames, tables and scans; colours as ICC and Adobe say them. Everything else is about the picture.
fn is_of_picture(marker: u8, segment: &[u8]) -> bool {
    match marker {
        0xe2 => segment[4..].starts_with(b"ICC_PROFILE\0"),
        0xee => segment[4..].starts_with(b"Adobe"),
        0xe0..=0xef | 0xfe => false,
        _ => true,
    }
}

/// Gives `each` the segments up to the end of the picture.
fn walk<'a>(bytes: &'a [u8], each: &mut dyn FnMut(Segment<'a>)) -> Result<(), Unusable> {
    let mut at = 2;
    let mut has_scan = false;
    loop {
        let marker = match bytes_at(bytes, at, 2)? {
            [0xff, 0xff] => {
                at += 1;
                continue;
            }
            [0xff, marker] => *marker,
            _ => return Err(Unusable::Damaged { what: "no marker where one has to be".to_owned() }),
        };
        match marker {
            END if has_scan => return Ok(()),
            END => return Err(Unusable::CutOff),
            0x01 | 0xd0..=0xd8 => at += 2,
            _ => {
                let length = bytes_at(bytes, at + 2, 2)?;
                let length = usize::from(u16::from_be_bytes([length[0], length[1]]));
                if length < 2 {
                    return Err(Unusable::Damaged { what: "a segment without a length".to_owned() });
                }
                each(Segment::Marked(marker, bytes_at(bytes, at, length + 2)?));
                at += length + 2;
                if marker == START_OF_SCAN {
                    let end = scan_end(&bytes[at..]).ok_or(Unusable::CutOff)?;
                    each(Segment::Scan(&bytes[at..at + end]));
                    has_scan = true;
                    at += end;
                }
            }
        }
    }
}

/// Where the next marker is that is no part of the data.
fn scan_end(data: &[u8]) -> Option<usize> {
    data.windows(2).position(|pair| pair[0] == 0xff && !matches!(pair[1], 0x00 | 0xd0..=0xd7 | 0xff))
}
