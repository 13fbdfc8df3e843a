//! The encoding that a header or the page itself declares.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// How far a declaration is looked for: the standard says 1024, yet browsers go on and parse again.
const DECLARED_WITHIN: usize = 8192;

/// The encoding that a `Content-Type` names.
pub(super) fn of_content_type(value: &str) -> Option<&'static Encoding> {
    let at = value.to_ascii_lowercase().find("charset")?;
    let rest = value[at + "charset".len()..].trim_start().strip_prefix('=')?.trim_start();
    let label = match rest.strip_prefix(['"', '\'']) {
        Some(quoted) => quoted.split(['"', '\'']).next()?,
        None => rest.split([';', ' ', ',', '"', '\'']).next()?,
    };
    Encoding::for_label(label.as_bytes())
}

/// The encoding that the page declares in a `meta` or an XML declaration, near its start.
pub(super) fn prescan(bytes: &[u8]) -> Option<&'static Encoding> {
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
