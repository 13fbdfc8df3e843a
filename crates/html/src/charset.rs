//! Bytes to text: which encoding a page is in, and whether it is text at all.
//!
//! The order is that of the HTML standard (section 13.2.3) where it can be believed: byte order mark, HTTP header, the
//! page's own declaration, and then what the bytes are. A declaration that the bytes contradict loses, since servers
//! that call everything ISO-8859-1 are as common as pages that are in it.

mod binary;
mod declared;
mod doubled;

use std::borrow::Cow;
use std::fmt;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

pub use self::binary::Binary;
use self::binary::{is_noise, signature};
use self::declared::{of_content_type, prescan};

/// How much of an undeclared page the guess is made from.
const GUESSED_FROM: usize = 64 * 1024;

/// A page's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded<'a> {
    /// The text, without byte order mark.
    pub text: Cow<'a, str>,
    /// What is doubtful about it.
    pub warning: Option<Warning>,
}

/// A doubt about a page's encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Warning {
    /// It declares one encoding and is in another.
    Contradicted {
        /// What it, or its server, says.
        declared: &'static Encoding,
        /// What it was read as.
        read: &'static Encoding,
    },
    /// It declares none; its bytes look like this one.
    Guessed(&'static Encoding),
    /// Some of its bytes are no text in its encoding.
    Malformed(&'static Encoding),
    /// Its text was encoded twice before it was sent: UTF-8 that was taken for this encoding.
    Doubled(&'static Encoding),
}

impl fmt::Display for Warning {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Warning::Contradicted { declared, read } => {
                write!(out, "declared as {} and read as {}", declared.name(), read.name())
            }
            Warning::Guessed(encoding) => write!(out, "no charset declared; read as {}", encoding.name()),
            Warning::Malformed(encoding) => write!(out, "some bytes are not {}", encoding.name()),
            Warning::Doubled(encoding) => {
                write!(out, "encoded twice, as UTF-8 and as {}; read as it was written", encoding.name())
            }
        }
    }
}

/// Decodes `bytes`, which came with `content_type`.
///
/// # Errors
/// [`Binary`] if they are no text.
pub fn decode<'a>(bytes: &'a [u8], content_type: Option<&str>) -> Result<Decoded<'a>, Binary> {
    let decoded = decode_once(bytes, content_type)?;
    Ok(match doubled::mended(&decoded.text) {
        Some(text) => Decoded { text: text.into(), warning: Some(Warning::Doubled(WINDOWS_1252)) },
        None => decoded,
    })
}

fn decode_once<'a>(bytes: &'a [u8], content_type: Option<&str>) -> Result<Decoded<'a>, Binary> {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return Ok(read(&bytes[length..], encoding));
    }
    if let Some(binary) = signature(bytes) {
        return Err(binary);
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        return Ok(Decoded { warning: Some(Warning::Guessed(encoding)), ..read(bytes, encoding) });
    }
    if is_noise(bytes) {
        return Err(Binary::Unknown);
    }
    let declared = content_type.and_then(of_content_type).or_else(|| prescan(bytes));
    Ok(match declared {
        Some(declared) => read_as_declared(bytes, declared),
        None => read_undeclared(bytes),
    })
}

fn read<'a>(bytes: &'a [u8], encoding: &'static Encoding) -> Decoded<'a> {
    let (text, malformed) = encoding.decode_without_bom_handling(bytes);
    Decoded { text, warning: malformed.then_some(Warning::Malformed(encoding)) }
}

fn read_as_declared<'a>(bytes: &'a [u8], declared: &'static Encoding) -> Decoded<'a> {
    if declared != UTF_8 {
        // Only ISO-2022-JP has text that is valid UTF-8 without being it: it is pure ASCII.
        return match std::str::from_utf8(bytes) {
            Ok(text) if !text.is_ascii() => {
                Decoded { text: text.into(), warning: Some(Warning::Contradicted { declared, read: UTF_8 }) }
            }
            _ => read_single_byte(bytes, declared),
        };
    }
    let decoded = read(bytes, UTF_8);
    if decoded.warning.is_none() || is_mostly_utf8(bytes) {
        return decoded;
    }
    let guess = prescan(bytes).filter(|encoding| *encoding != UTF_8).unwrap_or_else(|| guess(bytes));
    let decoded = read(bytes, guess);
    Decoded { warning: Some(Warning::Contradicted { declared, read: guess }), ..decoded }
}

/// Cyrillic has five charsets, and pages name the wrong one. Text of KOI8 read as windows-1251, or the other way round,
/// has its capitals and small letters swapped, which no honest text has.
fn read_single_byte<'a>(bytes: &'a [u8], declared: &'static Encoding) -> Decoded<'a> {
    let decoded = read(bytes, declared);
    if !is_swapped(&decoded.text) {
        return decoded;
    }
    let read_as = guess(bytes);
    let other = read(bytes, read_as);
    if read_as == declared || is_swapped(&other.text) {
        return decoded;
    }
    Decoded { warning: Some(Warning::Contradicted { declared, read: read_as }), ..other }
}

/// Whether most words of Cyrillic letters begin small and go on in capitals.
fn is_swapped(text: &str) -> bool {
    const FEWEST: usize = 10;
    let is_cyrillic = |c: char| ('\u{400}'..='\u{4ff}').contains(&c);
    let words = text.split(|c| !is_cyrillic(c)).filter(|word| word.chars().nth(2).is_some());
    let (mut all, mut swapped) = (0_usize, 0_usize);
    for word in words {
        all += 1;
        let capitals = word.chars().skip(1).filter(|c| c.is_uppercase()).count();
        swapped += usize::from(capitals * 2 > word.chars().count());
    }
    // A headline in capitals is one; a page of them is read as its declaration says.
    all >= FEWEST && swapped * 10 > all * 8
}

fn read_undeclared(bytes: &[u8]) -> Decoded<'_> {
    if let Ok(text) = std::str::from_utf8(bytes)
        && !bytes.contains(&0x1b)
    {
        return Decoded { text: text.into(), warning: None };
    }
    let encoding = if is_mostly_utf8(bytes) { UTF_8 } else { guess(bytes) };
    Decoded { warning: Some(Warning::Guessed(encoding)), ..read(bytes, encoding) }
}

/// Whether broken sequences are the exception: a page cut within a character, or one bad comment on it.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    bad == 0 || good >= bad * 4 || (good == 0 && bad == 1 && bytes.len() > 512 && is_cut_at_end(bytes))
}

fn is_cut_at_end(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes).is_err_and(|error| error.error_len().is_none())
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(&bytes[..bytes.len().min(GUESSED_FROM)], true);
    detector.guess(None, Utf8Detection::Allow)
}

/// UTF-16 shows by every other byte being zero, since mark-up is ASCII.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(512) & !1];
    let zeros = |offset| head.iter().skip(offset).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd, half) = (zeros(0), zeros(1), head.len() / 2);
    match half {
        0..4 => None,
        _ if odd * 10 >= half * 7 && even * 10 <= half => Some(UTF_16LE),
        _ if even * 10 >= half * 7 && odd * 10 <= half => Some(UTF_16BE),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
