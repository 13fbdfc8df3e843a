//! WebP (RFC 9649): a RIFF file of chunks.

use super::bytes_at;
use crate::Unusable;

const HEAD: usize = 12;
/// The chunks that make the picture.
const OF_PICTURE: &[&[u8]] = &[b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ANMF", b"ICCP"];
/// The flags of `VP8X` that announce Exif and XMP.
const METADATA_FLAGS: u8 = 0x08 | 0x04;
const MOVES: u8 = 0x02;

pub(super) fn stripped(bytes: &[u8]) -> Result<Vec<u8>, Unusable> {
    let mut out = b"RIFF\0\0\0\0WEBP".to_vec();
    walk(bytes, &mut |name, chunk| {
        if OF_PICTURE.contains(&name) {
            let at = out.len();
            out.extend_from_slice(chunk);
            if name == b"VP8X" && chunk.len() > 8 {
                out[at + 8] &= !METADATA_FLAGS;
            }
        }
    })?;
    let length = u32::try_from(out.len() - 8).map_err(|_| Unusable::CutOff)?;
    out[4..8].copy_from_slice(&length.to_le_bytes());
    Ok(out)
}

pub(super) fn moves(bytes: &[u8]) -> bool {
    let mut moves = false;
    let read = walk(bytes, &mut |name, chunk| {
        moves |= name == b"VP8X" && chunk.get(8).is_some_and(|flags| flags & MOVES != 0);
    });
    read.is_ok() && moves
}

/// Gives `each` the name and the bytes of every chunk, padding included.
fn walk<'a>(bytes: &'a [u8], each: &mut dyn FnMut(&'a [u8], &'a [u8])) -> Result<(), Unusable> {
    let number = |at| -> Result<usize, Unusable> {
        let bytes = bytes_at(bytes, at, 4)?;
        Ok(u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]) as usize)
    };
    let end = number(4)?.checked_add(8).ok_or(Unusable::CutOff)?;
    let bytes = bytes_at(bytes, 0, end)?;
    let mut at = HEAD;
    while at + 8 <= end {
        let length = number(at + 4)?;
        let padded = length.checked_add(length % 2).and_then(|length| length.checked_add(8));
        let whole = padded.ok_or(Unusable::CutOff)?;
        // Some writers leave the padding of the last chunk out.
        let is_short = at.checked_add(whole) == Some(end + 1);
        each(&bytes[at..at + 4], bytes_at(bytes, at, whole - usize::from(is_short))?);
        at += whole;
    }
    Ok(())
}
