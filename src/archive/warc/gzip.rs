//! Gzip members (RFC 1952) of one record each. The extra field `sl` (skip-lengths, from the drafts of the WARC
//! standard) holds the member's length packed and unpacked, four bytes each, least significant first.

use std::io::{self, Read, Write};

use flate2::{Compression, GzBuilder, bufread::GzDecoder};

/// Bytes of a member's header as this archive writes it: the fixed ten, and an extra field with `sl` alone.
pub(crate) const HEADER: usize = 24;
const MAGIC: [u8; 3] = [0x1f, 0x8b, 0x08];
const HAS_EXTRA: u8 = 4;
/// The extra field's length, the subfield's name and its length; the two lengths follow.
const SKIP_LENGTHS: [u8; 6] = [12, 0, b's', b'l', 8, 0];
const PACKED_AT: usize = 16;

/// Packs `pieces` into one member.
pub(super) fn pack(pieces: &[&[u8]]) -> io::Result<Vec<u8>> {
    let unpacked: usize = pieces.iter().map(|piece| piece.len()).sum();
    let mut extra = Vec::with_capacity(12);
    extra.extend_from_slice(&SKIP_LENGTHS[2..]);
    extra.extend_from_slice(&[0; 4]);
    extra.extend_from_slice(&four_bytes(unpacked));
    let mut packer =
        GzBuilder::new().extra(extra).write(Vec::with_capacity(unpacked / 3 + 64), Compression::default());
    for piece in pieces {
        packer.write_all(piece)?;
    }
    let mut member = packer.finish()?;
    let packed = four_bytes(member.len());
    member[PACKED_AT..PACKED_AT + 4].copy_from_slice(&packed);
    Ok(member)
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
    if !begins(header) || header[3] != HAS_EXTRA || header[10..PACKED_AT] != SKIP_LENGTHS {
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
