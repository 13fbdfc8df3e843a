//! PNG (W3C, third edition): chunks, each with a length, a name and a checksum.

use super::bytes_at;
use crate::Unusable;

const SIGNATURE: usize = 8;
/// The chunks that make the picture: its pixels, its frames and its colours.
#[rustfmt::skip]
const OF_PICTURE: &[&[u8]] = &[
    b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"cICP", b"sBIT",
    b"acTL", b"fcTL", b"fdAT",
];

pub(super) fn stripped(bytes: &[u8]) -> Result<Vec<u8>, Unusable> {
    let mut out = bytes_at(bytes, 0, SIGNATURE)?.to_vec();
    walk(bytes, &mut |name, chunk| {
        if OF_PICTURE.contains(&name) {
            out.extend_from_slice(chunk);
        }
    })?;
    Ok(out)
}

pub(super) fn moves(bytes: &[u8]) -> bool {
    let mut has_frames = false;
    let read = walk(bytes, &mut |name, _| has_frames |= name == b"acTL");
    read.is_ok() && has_frames
}

/// Gives `each` the name and the bytes of every chunk up to the last.
fn walk<'a>(bytes: &'a [u8], each: &mut dyn FnMut(&'a [u8], &'a [u8])) -> Result<(), Unusable> {
    let mut at = SIGNATURE;
    loop {
        let head = bytes_at(bytes, at, 8)?;
        let length = u32::from_be_bytes([head[0], head[1], head[2], head[3]]) as usize;
        let whole = length.checked_add(12).ok_or(Unusable::CutOff)?;
        each(&head[4..], bytes_at(bytes, at, whole)?);
        if &head[4..] == b"IEND" {
            return Ok(());
        }
        at += whole;
    }
}
