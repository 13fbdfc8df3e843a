//! Bytes to text: which encoding a page is in, and whether it is text at all.
//!
//! The order is that of the HTML standard (section 13.2.3) where it can be believed: byte order mark, HTTP header, the
//! page's own declaration, and then what the bytes are. A declaration that the bytes contradict loses, since servers
//! that call everything ISO-8859-1 are as common as pages that are in it.

use std::borrow::Cow;
use std::fmt;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// How far a declaration is looked for: the standard says 1024, yet browsers go on and parse again.
const DECLARED_WITHIN: usize = 8192;
/// How much of an undeclared page the guess is made from.
const GUESSED_FROM: usize = 64 * 1024;
/// How much of a page is looked at for bytes that no text has.
const SNIFFED: usize = 4096;

/// A page's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Decoded<'a> {
    /// The text, without byte order mark.
    pub(crate) text: Cow<'a, str>,
    /// What is doubtful about it.
    pub(crate) warning: Option<Warning>,
}

/// A doubt about a page's encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Warning {
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
}

impl fmt::Display for Warning {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Warning::Contradicted { declared, read } => {
                write!(out, "declared as {} and read as {}", declared.name(), read.name())
            }
            Warning::Guessed(encoding) => write!(out, "no charset declared; read as {}", encoding.name()),
            Warning::Malformed(encoding) => write!(out, "some bytes are not {}", encoding.name()),
        }
    }
}

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

/// Decodes `bytes`, which came with `content_type`.
///
/// # Errors
/// [`Binary`] if they are no text.
pub(crate) fn decode<'a>(bytes: &'a [u8], content_type: Option<&str>) -> Result<Decoded<'a>, Binary> {
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
            _ => read(bytes, declared),
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

/// The encoding that a `Content-Type` names.
fn of_content_type(value: &str) -> Option<&'static Encoding> {
    let at = value.to_ascii_lowercase().find("charset")?;
    let rest = value[at + "charset".len()..].trim_start().strip_prefix('=')?.trim_start();
    let label = match rest.strip_prefix(['"', '\'']) {
        Some(quoted) => quoted.split(['"', '\'']).next()?,
        None => rest.split([';', ' ', ',', '"', '\'']).next()?,
    };
    Encoding::for_label(label.as_bytes())
}

/// The encoding that the page declares in a `meta` or an XML declaration, near its start.
fn prescan(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(DECLARED_WITHIN)];
    let declared = of_xml_declaration(head).or_else(|| of_meta(head))?;
    // What is read as ASCII here can be neither of these (section 13.2.3.2).
    match declared {
        encoding if encoding == UTF_16LE || encoding == UTF_16BE => Some(UTF_8),
        encoding if encoding.name() == "x-user-defined" => Some(WINDOWS_1252),
        encoding => Some(encoding),
    }
}

fn of_xml_declaration(head: &[u8]) -> Option<&'static Encoding> {
    let declaration = head.trim_ascii_start().strip_prefix(b"<?xml")?;
    let end = declaration.iter().position(|byte| *byte == b'>')?;
    let declaration = std::str::from_utf8(&declaration[..end]).ok()?;
    let value = declaration.split_once("encoding")?.1.trim_start().strip_prefix('=')?.trim_start();
    let value = value.strip_prefix(['"', '\''])?.split(['"', '\'']).next()?;
    Encoding::for_label(value.as_bytes())
}

fn of_meta(head: &[u8]) -> Option<&'static Encoding> {
    let mut at = 0;
    while let Some(found) = head[at..].iter().position(|byte| *byte == b'<') {
        at += found;
        let rest = &head[at..];
        if rest.starts_with(b"<!--") {
            at += 4 + find(&rest[4..], b"-->")?;
        } else if rest.len() > 6
            && rest[1..5].eq_ignore_ascii_case(b"meta")
            && (rest[5].is_ascii_whitespace() || rest[5] == b'/')
        {
            let end = rest.iter().position(|byte| *byte == b'>').unwrap_or(rest.len());
            if let Some(encoding) = of_meta_attributes(&String::from_utf8_lossy(&rest[5..end])) {
                return Some(encoding);
            }
            at += end.max(1);
        } else {
            at += 1;
        }
    }
    None
}

/// A `meta`'s `charset`, or the charset in the `content` of one that stands for a `Content-Type`.
fn of_meta_attributes(attributes: &str) -> Option<&'static Encoding> {
    let lower = attributes.to_ascii_lowercase();
    if lower.contains("http-equiv") {
        return if lower.contains("content-type") { of_content_type(attributes) } else { None };
    }
    // `name="…" content="… charset …"` declares nothing.
    if lower.contains("content") { None } else { of_content_type(attributes) }
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|window| window == needle)
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

fn signature(bytes: &[u8]) -> Option<Binary> {
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
fn is_noise(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(SNIFFED)];
    let strange = head.iter().filter(|byte| is_no_text(**byte)).count();
    strange * 50 > head.len()
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
mod tests {
    use super::*;

    fn check(bytes: &[u8], content_type: Option<&str>, text: &str) -> Option<Warning> {
        let decoded = decode(bytes, content_type).unwrap();
        assert_eq!(decoded.text, text);
        decoded.warning
    }

    fn latin2(declaration: &str) -> Vec<u8> {
        encoding_rs::ISO_8859_2
            .encode(&format!("{declaration}<p>Příliš žluťoučký kůň úpěl</p>"))
            .0
            .into_owned()
    }

    #[test]
    fn the_byte_order_mark_beats_every_declaration() {
        assert_eq!(check(b"\xef\xbb\xbf<p>\xc3\xa9", Some("text/html; charset=iso-8859-1"), "<p>é"), None);
        assert_eq!(check(b"\xff\xfe<\0p\0>\0", Some("text/html; charset=utf-8"), "<p>"), None);
    }

    #[test]
    fn the_header_beats_the_page() {
        let page = latin2("<meta charset=koi8-r>");
        let text = "<meta charset=koi8-r><p>Příliš žluťoučký kůň úpěl</p>";
        assert_eq!(check(&page, Some("text/html; Charset=\"ISO-8859-2\""), text), None);
    }

    #[test]
    fn the_page_says_it_in_a_meta() {
        for declaration in [
            "<meta charset=iso-8859-2>",
            "<META CHARSET = 'ISO-8859-2' />",
            "<!-- <meta charset=koi8-r> --><meta http-equiv=Content-Type content=\"text/html; charset=iso-8859-2\">",
            "<meta content='text/html;charset=iso-8859-2' http-equiv='content-type'>",
            "<meta name=x content='charset=koi8-r'><meta charset=\"latin2\">",
            "<?xml version=\"1.0\" encoding=\"ISO-8859-2\"?>",
        ] {
            let text = format!("{declaration}<p>Příliš žluťoučký kůň úpěl</p>");
            assert_eq!(check(&latin2(declaration), Some("text/html"), &text), None, "{declaration}");
        }
    }

    #[test]
    fn utf8_that_is_called_latin1_is_utf8_all_the_same() {
        let warning = check("<p>Ärger".as_bytes(), Some("text/html; charset=ISO-8859-1"), "<p>Ärger");
        assert_eq!(warning.unwrap().to_string(), "declared as windows-1252 and read as UTF-8");
    }

    #[test]
    fn latin2_that_is_called_utf8_is_found_out() {
        let page = latin2("<meta charset=utf-8>").repeat(4);
        let decoded = decode(&page, None).unwrap();
        assert!(decoded.text.contains("žluťoučký"), "{}", decoded.text);
        assert!(matches!(decoded.warning, Some(Warning::Contradicted { .. })));
    }

    #[test]
    fn one_bad_byte_does_not_turn_a_utf8_page_into_another() {
        let mut page = "<p>Žluťoučký kůň".to_owned().into_bytes();
        page.push(0xff);
        assert_eq!(check(&page, None, "<p>Žluťoučký kůň\u{fffd}"), Some(Warning::Guessed(UTF_8)));
    }

    #[test]
    fn without_a_declaration_the_bytes_decide() {
        assert_eq!(check("<p>жук".as_bytes(), None, "<p>жук"), None);
        let text = "<p>Съешь же ещё этих мягких французских булок да выпей чаю";
        let cyrillic = encoding_rs::WINDOWS_1251.encode(text).0;
        assert!(matches!(check(&cyrillic, None, text), Some(Warning::Guessed(_))));
        let japanese = encoding_rs::SHIFT_JIS.encode("これは日本語の記事です。").0;
        check(&japanese, None, "これは日本語の記事です。");
    }

    #[test]
    fn utf16_without_a_mark_is_seen() {
        let bytes: Vec<u8> = "<html><p>Hi there".encode_utf16().flat_map(u16::to_be_bytes).collect();
        check(&bytes, None, "<html><p>Hi there");
    }

    #[test]
    fn what_is_no_text_is_refused_by_its_kind() {
        let zip = b"PK\x03\x04\x14\x00\x06\x00\x08\x00";
        for (bytes, binary) in [
            (&b"%PDF-1.7 %\xe2\xe3"[..], Binary::Pdf),
            (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", Binary::Image),
            (b"RIFF\x10\0\0\0WEBPVP8 ", Binary::Image),
            (b"\0\0\0\x20ftypisom\0\0", Binary::Media),
            (zip, Binary::Packed),
            (b"abc\0\0\0\0\0\0\0\0xyz", Binary::Unknown),
        ] {
            assert_eq!(decode(bytes, Some("text/html")), Err(binary));
        }
    }

    #[test]
    fn a_stray_zero_byte_is_still_a_page() {
        let page = format!("<p>{}\0</p>", "word ".repeat(50));
        assert!(decode(page.as_bytes(), None).is_ok());
        assert!(decode(b"ID3 tags explained", None).is_ok());
    }
}
