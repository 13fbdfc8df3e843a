//! What `&name;` and `&#number;` stand for in XML.

use encoding_rs::WINDOWS_1252;

/// The longest reference, from `&` to `;`.
const LONGEST: usize = 12;

/// The text of the reference that `text` begins with, and its length. Names that XML does not know stay as they are
/// written: they are HTML's, and are read with it.
pub(super) fn entity(text: &str) -> Option<(String, usize)> {
    let end = text.bytes().take(LONGEST).position(|byte| byte == b';')?;
    let name = &text[1..end];
    if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'#') {
        return None;
    }
    let known = match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => name.strip_prefix('#').and_then(numbered),
    };
    Some((known.map_or_else(|| text[..=end].to_owned(), String::from), end + 1))
}

/// The character of this number. Those from 128 to 159 are controls that nobody means: they are windows-1252 (HTML
/// standard, section 13.2.5.80).
fn numbered(digits: &str) -> Option<char> {
    let code = match digits.strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16).ok()?,
        None => digits.parse().ok()?,
    };
    match u8::try_from(code) {
        Ok(byte @ 0x80..=0x9F) => WINDOWS_1252.decode(&[byte]).0.chars().next(),
        _ => char::from_u32(code),
    }
}

/// `text` with its references read.
pub(super) fn read_entities(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        match entity(rest) {
            Some((text, length)) => {
                out.push_str(&text);
                rest = &rest[length..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_read_once_and_the_rest_is_text() {
        let check = |text: &str, expected: &str| assert_eq!(read_entities(text), expected);
        check("a &amp;amp; b &lt;i&gt; &#x41;&#66;", "a &amp; b <i> AB");
        check("it&#146;s &#8220;so&#148;", "it’s “so”");
        check("R&D & x&; &&amp; &eacute; &#xFFFFFFF; &", "R&D & x&; && &eacute; &#xFFFFFFF; &");
    }
}
