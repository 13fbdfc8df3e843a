//! Bytes that are no text, and what they are instead.

use std::fmt;

/// How much of a page is looked at for bytes that no text has.
const SNIFFED: usize = 4096;

/// What a page's bytes are when they are no text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Binary {
    /// A PDF document.
    Pdf,
    /// A picture.
    Image,
    /// Sound or film.
    Media,
    /// A ZIP, gzip or other packed file, which many office documents are too.
    Packed,
    /// Something else that is no text.
    Unknown,
}

impl fmt::Display for Binary {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Binary::Pdf => "a PDF document",
            Binary::Image => "a picture",
            Binary::Media => "sound or film",
            Binary::Packed => "a packed file",
            Binary::Unknown => "binary data",
        })
    }
}

/// The beginnings of files that are no text (WHATWG MIME sniffing, section 6, and a few more).
const SIGNATURES: &[(&[u8], Binary)] = &[
    (b"%PDF-", Binary::Pdf),
    (b"\x89PNG\r\n\x1a\n", Binary::Image),
    (b"\xff\xd8\xff", Binary::Image),
    (b"GIF87a", Binary::Image),
    (b"GIF89a", Binary::Image),
    (b"BM\x00", Binary::Image),
    (b"II*\x00", Binary::Image),
    (b"MM\x00*", Binary::Image),
    (b"\x00\x00\x01\x00", Binary::Image),
    (b"OggS\x00", Binary::Media),
    (b"ID3", Binary::Media),
    (b"fLaC", Binary::Media),
    (b"\x1aE\xdf\xa3", Binary::Media),
    (b"\x00\x00\x01\xba", Binary::Media),
    (b"PK\x03\x04", Binary::Packed),
    (b"PK\x05\x06", Binary::Packed),
    (b"\x1f\x8b\x08", Binary::Packed),
    (b"BZh", Binary::Packed),
    (b"\xfd7zXZ\x00", Binary::Packed),
    (b"7z\xbc\xaf\x27\x1c", Binary::Packed),
    (b"Rar!\x1a\x07", Binary::Packed),
    (b"\x28\xb5\x2f\xfd", Binary::Packed),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Binary::Packed),
    (b"\x7fELF", Binary::Unknown),
    (b"\x00asm", Binary::Unknown),
    (b"wOFF", Binary::Unknown),
    (b"wOF2", Binary::Unknown),
];

pub(super) fn signature(bytes: &[u8]) -> Option<Binary> {
    if let Some((_, binary)) = SIGNATURES.iter().find(|(start, _)| bytes.starts_with(start)) {
        // "ID3" and "BZh" could open a text: only a control character tells.
        return bytes[..bytes.len().min(64)]
            .iter()
            .any(|byte| is_no_text(*byte))
            .then_some(*binary)
            .or_else(|| (*binary == Binary::Pdf).then_some(Binary::Pdf));
    }
    match (bytes.get(..4), bytes.get(4..8), bytes.get(8..12)) {
        (Some(b"RIFF"), _, Some(b"WEBP")) => Some(Binary::Image),
        (Some(b"RIFF"), _, Some(b"WAVE" | b"AVI ")) => Some(Binary::Media),
        (_, Some(b"ftyp"), Some(brand)) if brand.starts_with(b"avi") || brand.starts_with(b"hei") => {
            Some(Binary::Image)
        }
        (_, Some(b"ftyp"), _) => Some(Binary::Media),
        _ => None,
    }
}

/// The binary data bytes of the MIME sniffing standard, escape (ISO-2022-JP) left out.
fn is_no_text(byte: u8) -> bool {
    matches!(byte, 0x00..=0x08 | 0x0b | 0x0e..=0x1a | 0x1c..=0x1f)
}

/// Whether more of it is control characters than a text with a few stray ones has.
pub(super) fn is_noise(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(SNIFFED)];
    let strange = head.iter().filter(|byte| is_no_text(**byte)).count();
    strange * 50 > head.len()
}
