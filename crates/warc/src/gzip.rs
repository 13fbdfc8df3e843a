//! Gzip members (RFC 1952) of one record each. The extra field `sl` (skip-lengths, from the drafts of the WARC
//! standard) holds the member's length packed and unpacked, four bytes each, least significant first. Behind it `ck`
//! holds the CRC-32 of all the member's bytes but its own four: gzip's checksum is of what unpacks, so that it misses
//! bits which unpacking does not look at.

use std::io::{self, Read, Write};

use flate2::{Compression, Crc, GzBuilder, bufread::GzDecoder};

/// Bytes of a member's header up to the end of `sl`.
pub(crate) const HEADER: usize = 24;
/// The same up to the end of `ck`.
const SEALED: usize = 32;
const MAGIC: [u8; 3] = [0x1f, 0x8b, 0x08];
const HAS_EXTRA: u8 = 4;
/// The extra field's length, the subfield's name and its length; the two lengths follow.
const SKIP_LENGTHS: [u8; 6] = [20, 0, b's', b'l', 8, 0];
/// The same without `ck`.
const SKIP_LENGTHS_ALONE: [u8; 6] = [12, 0, b's', b'l', 8, 0];
const PACKED_AT: usize = 16;
/// The subfield's name and its length; the checksum follows.
const CHECK: [u8; 4] = [b'c', b'k', 4, 0];

/// Whether a member's bytes are those that were written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seal {
    /// They are.
    Whole,
    /// They are not.
    Broken,
    /// It has none, or was not looked at.
    Absent,
}

/// Packs `pieces` into one member.
pub(super) fn pack(pieces: &[&[u8]]) -> io::Result<Vec<u8>> {
    let unpacked: usize = pieces.iter().map(|piece| piece.len()).sum();
    let mut extra = Vec::with_capacity(20);
    extra.extend_from_slice(&SKIP_LENGTHS[2..]);
    extra.extend_from_slice(&[0; 4]);
    extra.extend_from_slice(&four_bytes(unpacked));
    extra.extend_from_slice(&CHECK);
    extra.extend_from_slice(&[0; 4]);
    let mut packer =
        GzBuilder::new().extra(extra).write(Vec::with_capacity(unpacked / 3 + 64), Compression::default());
    for piece in pieces {
        packer.write_all(piece)?;
    }
    let mut member = packer.finish()?;
    let packed = four_bytes(member.len());
    member[PACKED_AT..PACKED_AT + 4].copy_from_slice(&packed);
    let checksum = checksum(&member).to_le_bytes();
    member[SEALED - 4..SEALED].copy_from_slice(&checksum);
    Ok(member)
}

/// Of all bytes but those that hold it.
fn checksum(member: &[u8]) -> u32 {
    let mut sum = Crc::new();
    sum.update(&member[..SEALED - 4]);
    sum.update(&member[SEALED..]);
    sum.sum()
}

/// Whether a whole member is as it was written.
pub(super) fn seal(member: &[u8]) -> Seal {
    if member.len() < SEALED || member[10..PACKED_AT] != SKIP_LENGTHS || member[HEADER..SEALED - 4] != CHECK {
        return Seal::Absent;
    }
    let is_whole = member[SEALED - 4..SEALED] == checksum(member).to_le_bytes();
    if is_whole { Seal::Whole } else { Seal::Broken }
}

/// A length, or 0 for one that four bytes cannot hold: such a member is read without its lengths.
fn four_bytes(length: usize) -> [u8; 4] {
    u32::try_from(length).unwrap_or_default().to_le_bytes()
}

/// Whether a member may begin with these bytes.
pub(super) fn begins(bytes: &[u8]) -> bool {
    bytes.starts_with(&MAGIC)
}

/// The member's packed length, if its header says it.
pub(super) fn packed_length(header: &[u8; HEADER]) -> Option<u64> {
    let has_lengths = [SKIP_LENGTHS, SKIP_LENGTHS_ALONE].iter().any(|known| header[10..PACKED_AT] == *known);
    if !begins(header) || header[3] != HAS_EXTRA || !has_lengths {
        return None;
    }
    let packed = u32::from_le_bytes(header[PACKED_AT..PACKED_AT + 4].try_into().ok()?);
    (packed as usize > HEADER).then_some(u64::from(packed))
}

/// Unpacks one member with its checksum, and no more than one byte beyond `limit`.
pub(super) fn unpack(packed: impl io::BufRead, limit: usize) -> io::Result<Vec<u8>> {
    let mut data = Vec::new();
    GzDecoder::new(packed).take(limit as u64 + 1).read_to_end(&mut data)?;
    Ok(data)
}

/// The member as this program packs it: as it is, if it bears a seal. In a file in which one does, all do.
pub fn sealed(packed: Vec<u8>) -> io::Result<Vec<u8>> {
    if matches!(seal(&packed), Seal::Absent) { repack(&packed) } else { Ok(packed) }
}

/// Packs anew what a member holds.
pub fn repack(packed: &[u8]) -> io::Result<Vec<u8>> {
    pack(&[&unpack(packed, usize::MAX - 1)?])
}

/// Unpacks what can be unpacked of the beginning of a member.
pub(super) fn unpack_beginning(packed: &[u8], limit: usize) -> Vec<u8> {
    let mut data = vec![0; limit];
    let mut filled = 0;
    let mut unpacker = GzDecoder::new(packed);
    // An error here is the end of what was given, or damage that reading the whole member will find.
    while let Ok(count @ 1..) = unpacker.read(&mut data[filled..]) {
        filled += count;
    }
    data.truncate(filled);
    data
}
