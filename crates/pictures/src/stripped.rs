//! Pictures without metadata, losslessly: of each format the parts that make the picture are copied, all others are left
//! out. With them go what was hidden behind the picture's end and between its parts.

mod gif;
mod jpeg;
mod png;
mod webp;

use crate::{Kind, Unusable, avif, svg};

pub(crate) use jpeg::scans;

/// `bytes`, a picture of this kind, with nothing in it but the picture.
pub(crate) fn without_metadata(kind: Kind, bytes: &[u8]) -> Result<Vec<u8>, Unusable> {
    match kind {
        Kind::Jpeg => jpeg::stripped(bytes),
        Kind::Png => png::stripped(bytes),
        Kind::WebP => webp::stripped(bytes),
        Kind::Gif => gif::stripped(bytes),
        Kind::Avif => avif::stripped(bytes),
        Kind::Svg => svg::cleaned(bytes),
    }
}

/// Whether it has several frames.
pub(crate) fn moves(kind: Kind, bytes: &[u8]) -> bool {
    match kind {
        Kind::Gif => gif::frames(bytes) > 1,
        Kind::Png => png::moves(bytes),
        Kind::WebP => webp::moves(bytes),
        Kind::Jpeg | Kind::Avif | Kind::Svg => false,
    }
}

/// The `length` bytes at `at`.
fn bytes_at(bytes: &[u8], at: usize, length: usize) -> Result<&[u8], Unusable> {
    let end = at.checked_add(length).ok_or(Unusable::CutOff)?;
    bytes.get(at..end).ok_or(Unusable::CutOff)
}
