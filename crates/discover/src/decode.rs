//! From a document's bytes to its text.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE};

/// How far into a document its declaration is looked for.
const DECLARATION: usize = 2048;

/// Decodes a document. A byte-order mark says what it is in; else bytes that are UTF-8 are UTF-8, whatever is
/// declared; else what HTTP says, what the document says, and at last what the bytes look like.
pub(super) fn decode<'a>(bytes: &'a [u8], content_type: Option<&str>) -> Cow<'a, str> {
    let encoding = encoding_of(bytes, content_type);
    // Removes the mark, if there is one.
    let (text, _, _) = encoding.decode(bytes);
    text
}

fn encoding_of(bytes: &[u8], content_type: Option<&str>) -> &'static Encoding {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding;
    }
    match bytes {
        [b'<', 0, ..] => return UTF_16LE,
        [0, b'<', ..] => return UTF_16BE,
        _ => {}
    }
    let declared = content_type.and_then(charset_of).or_else(|| declared_in(bytes));
    let escapes = declared == Some(ISO_2022_JP) && bytes.contains(&0x1B);
    if !escapes && std::str::from_utf8(bytes).is_ok() {
        return UTF_8;
    }
    declared.filter(|encoding| *encoding != UTF_8).unwrap_or_else(|| guess(bytes))
}

fn charset_of(content_type: &str) -> Option<&'static Encoding> {
    let lower = content_type.to_ascii_lowercase();
    label_after(&lower, "charset=")
}

/// The encoding of an XML declaration or an HTML `meta`.
fn declared_in(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(DECLARATION)];
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let declaration = head.trim_start().strip_prefix("<?xml").and_then(|rest| rest.split("?>").next());
    let found = match declaration {
        Some(declaration) => label_after(declaration, "encoding="),
        None => label_after(&head, "charset="),
    };
    // A document whose declaration could be read bytewise is in neither of these.
    found.filter(|encoding| ![UTF_16LE, UTF_16BE].contains(encoding))
}

fn label_after(text: &str, key: &str) -> Option<&'static Encoding> {
    let (_, rest) = text.split_once(key)?;
    let rest = rest.trim_start_matches(['"', '\'', ' ']);
    let label: String =
        rest.chars().take_while(|c| c.is_ascii_alphanumeric() || "-_:.".contains(*c)).collect();
    Encoding::for_label(label.as_bytes())
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Allow)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], content_type: Option<&str>, text: &str) {
        assert_eq!(decode(bytes, content_type), text);
    }

    #[test]
    fn a_byte_order_mark_wins() {
        check(b"\xEF\xBB\xBF<a>\xC3\xA9", Some("text/xml; charset=iso-8859-1"), "<a>é");
        check(b"\xFE\xFF\0<\0a", None, "<a");
    }

    #[test]
    fn utf_16_without_a_mark_is_seen() {
        check(b"<\0a\0>\0", None, "<a>");
        check(b"\0<\0a\0>", None, "<a>");
    }

    #[test]
    fn what_is_utf_8_is_utf_8_whatever_it_declares() {
        check("<?xml encoding='iso-8859-1'?>é".as_bytes(), None, "<?xml encoding='iso-8859-1'?>é");
    }

    #[test]
    fn what_http_declares_comes_before_what_the_document_declares() {
        check(
            b"<?xml encoding='utf-8'?>\xE9",
            Some("text/xml; charset=ISO-8859-1"),
            "<?xml encoding='utf-8'?>é",
        );
        check(b"<meta charset=windows-1251>\xE9", None, "<meta charset=windows-1251>й");
    }

    #[test]
    fn a_wrong_declaration_of_utf_8_is_not_believed() {
        check(b"<?xml encoding='utf-8'?>caf\xE9 cr\xE8me", None, "<?xml encoding='utf-8'?>café crème");
    }
}
