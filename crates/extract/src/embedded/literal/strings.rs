//! Strings of scripts, and what stands behind a backslash in them.

/// The string that begins at `start` and ends with `quote`, and where the text goes on behind that.
pub(in crate::embedded) fn string(text: &str, start: usize, quote: u8) -> Option<(String, usize)> {
    let bytes = text.as_bytes();
    let mut out = String::new();
    let (mut from, mut at) = (start, start);
    loop {
        at += memchr::memchr2(quote, b'\\', bytes.get(at..)?)?;
        out.push_str(&text[from..at]);
        if bytes[at] == quote {
            return Some((out, at + 1));
        }
        at = escape(text, at + 1, &mut out)?;
        from = at;
    }
}

/// Reads what stands behind a backslash, and gives where the text goes on.
fn escape(text: &str, at: usize, out: &mut String) -> Option<usize> {
    let escaped = text.get(at..)?.chars().next()?;
    let end = at + escaped.len_utf8();
    let unit = |at: usize, digits: usize| u16::from_str_radix(text.get(at..at + digits)?, 16).ok();
    match escaped {
        'n' | 'r' => out.push('\n'),
        't' => out.push('\t'),
        'b' | 'f' | 'v' | '0' => out.push(' '),
        '\n' => {}
        'x' => {
            out.extend(char::from_u32(u32::from(unit(end, 2)?)));
            return Some(end + 2);
        }
        'u' => {
            let high = unit(end, 4)?;
            let low = text.get(end + 4..end + 6).filter(|_| (0xd800..0xdc00).contains(&high));
            let low = low.filter(|lead| *lead == "\\u").and_then(|_| unit(end + 6, 4));
            let units = std::iter::once(high).chain(low);
            for c in char::decode_utf16(units) {
                out.push(c.unwrap_or(char::REPLACEMENT_CHARACTER));
            }
            return Some(end + if low.is_some() { 10 } else { 4 });
        }
        other => out.push(other),
    }
    Some(end)
}
