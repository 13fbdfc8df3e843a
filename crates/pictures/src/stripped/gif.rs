//! GIF89a: blocks, each of which says what it is.

use super::bytes_at;
use crate::Unusable;

/// Applications whose extension says how often the frames are shown.
const LOOPS: &[&[u8]] = &[b"NETSCAPE2.0", b"ANIMEXTS1.0"];
const END: u8 = 0x3b;

/// A block of the file.
enum Block<'a> {
    /// What every file begins with: its size and colours.
    Head(&'a [u8]),
    /// How the next frame is shown, or how often all are.
    Control(&'a [u8]),
    Frame(&'a [u8]),
    Other,
}

pub(super) fn stripped(bytes: &[u8]) -> Result<Vec<u8>, Unusable> {
    let mut out = Vec::with_capacity(bytes.len());
    walk(bytes, &mut |block| match block {
        Block::Head(bytes) | Block::Control(bytes) | Block::Frame(bytes) => out.extend_from_slice(bytes),
        Block::Other => {}
    })?;
    out.push(END);
    Ok(out)
}

pub(super) fn frames(bytes: &[u8]) -> usize {
    let mut frames = 0;
    let read = walk(bytes, &mut |block| frames += usize::from(matches!(block, Block::Frame(_))));
    if read.is_ok() { frames } else { 0 }
}

fn walk<'a>(bytes: &'a [u8], each: &mut dyn FnMut(Block<'a>)) -> Result<(), Unusable> {
    let head = 13 + colours(bytes_at(bytes, 10, 1)?[0]);
    each(Block::Head(bytes_at(bytes, 0, head)?));
    let mut at = head;
    loop {
        let begun = at;
        match bytes_at(bytes, at, 1)?[0] {
            END => return Ok(()),
            0x2c => {
                let frame = bytes_at(bytes, at, 10)?;
                at = behind_data(bytes, at + 11 + colours(frame[9]))?;
                each(Block::Frame(&bytes[begun..at]));
            }
            0x21 => {
                let label = bytes_at(bytes, at + 1, 1)?[0];
                let is_loop =
                    label == 0xff && LOOPS.contains(&bytes.get(at + 3..at + 14).unwrap_or_default());
                at = behind_data(bytes, at + 2)?;
                let is_control = label == 0xf9 || is_loop;
                each(if is_control { Block::Control(&bytes[begun..at]) } else { Block::Other });
            }
            // Some writers pad blocks.
            0 => at += 1,
            _ => return Err(Unusable::Damaged { what: "an unknown block".to_owned() }),
        }
    }
}

/// How many bytes the table of colours takes that these flags announce.
fn colours(flags: u8) -> usize {
    if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) }
}

/// Where the sub-blocks end that begin at `at`.
fn behind_data(bytes: &[u8], mut at: usize) -> Result<usize, Unusable> {
    loop {
        let length = usize::from(bytes_at(bytes, at, 1)?[0]);
        at += 1 + length;
        if length == 0 {
            return Ok(at);
        }
    }
}
