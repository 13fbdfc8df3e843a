//! Text that was encoded twice: UTF-8 that a program took for windows-1252 and wrote as UTF-8 again, so that readers see
//! `weâ€™ll`. It is mended only where the whole page agrees: one character that cannot come of it, and the page may be
//! about encodings.

/// So many characters have to come of it: a word or two may be meant.
const FEWEST: usize = 3;
/// Characters of windows-1252 that begin a sequence of UTF-8.
const LEADS: std::ops::RangeInclusive<char> = '\u{c2}'..='\u{f4}';

/// `text` as it was written, if all of it was encoded twice.
pub(super) fn mended(text: &str) -> Option<String> {
    if !text.contains(|c| LEADS.contains(&c)) {
        return None;
    }
    let mut mended = String::with_capacity(text.len());
    let mut count = 0;
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| !c.is_ascii()) {
        let end = rest[start..].find(|c: char| c.is_ascii()).map_or(rest.len(), |length| start + length);
        let bytes: Vec<u8> = rest[start..end].chars().map(byte).collect::<Option<_>>()?;
        let run = std::str::from_utf8(&bytes).ok()?;
        count += run.chars().count();
        mended.push_str(&rest[..start]);
        mended.push_str(run);
        rest = &rest[end..];
    }
    mended.push_str(rest);
    (count >= FEWEST).then_some(mended)
}

/// The byte that windows-1252 decodes to `c` (WHATWG Encoding, section 9: its five gaps are the C1 controls).
fn byte(c: char) -> Option<u8> {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
        '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    let high = HIGH.iter().position(|high| *high == c).and_then(|at| u8::try_from(0x80 + at).ok());
    high.or_else(|| u8::try_from(u32::from(c)).ok().filter(|byte| *byte >= 0xa0))
}

#[cfg(test)]
mod tests {
    use encoding_rs::WINDOWS_1252;

    use super::*;

    /// `text` as a program leaves it that takes UTF-8 for windows-1252.
    fn doubled(text: &str) -> String {
        WINDOWS_1252.decode_without_bom_handling(text.as_bytes()).0.into_owned()
    }

    #[test]
    fn text_that_was_encoded_twice_is_mended() {
        for text in
            ["<p>we’ll see “it” – then</p>", "<p>où été château</p>", "<p>жук и ёж</p>", "<p>日本語</p>"]
        {
            assert_eq!(mended(&doubled(text)).as_deref(), Some(text));
        }
    }

    #[test]
    fn a_page_that_does_not_agree_is_left_as_it_is() {
        let broken = doubled("we’ll see “it”");
        assert_eq!(mended(&format!("{broken} – it says")), None);
        assert_eq!(mended("à côté des Âmes"), None);
        assert_eq!(mended(&doubled("we’ll")), None);
        assert_eq!(mended("plain"), None);
    }
}
