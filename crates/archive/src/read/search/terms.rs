//! The terms by which an article is found: words without case and accents, and in scripts that put no space between words
//! the pairs of neighbouring characters. The page that searches the published site folds texts in the same way
//! (`crates/publish/src/site/assets/search.js`).

use icu_normalizer::{ComposingNormalizerBorrowed, DecomposingNormalizerBorrowed};

/// The longest term, in characters; of a longer one this is its beginning.
const LONGEST: usize = 48;

/// Letters that are other letters with a stroke, or two of them, which Unicode does not take apart.
const PLAIN: &[(char, &str)] = &[
    ('ß', "ss"),
    ('æ', "ae"),
    ('œ', "oe"),
    ('ø', "o"),
    ('ł', "l"),
    ('đ', "d"),
    ('ð', "d"),
    ('þ', "th"),
    ('ħ', "h"),
    ('ı', "i"),
    ('ς', "σ"),
];

/// `text` in lower case, without accents, compatible characters made one.
pub(crate) fn folded(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let apart = DecomposingNormalizerBorrowed::new_nfkd().normalize_iter(text.chars());
    let plain = apart.filter(|c| !is_accent(*c)).flat_map(char::to_lowercase).flat_map(|c| {
        let letters = PLAIN.iter().find(|(letter, _)| *letter == c).map(|(_, letters)| *letters);
        let own = letters.is_none().then_some(c);
        letters.unwrap_or_default().chars().chain(own)
    });
    // What was no accent is one character again, such as が.
    ComposingNormalizerBorrowed::new_nfc().normalize_iter(plain).collect()
}

/// Marks of Latin, Greek and Cyrillic letters, points of Hebrew and Arabic ones, and characters that are not seen.
fn is_accent(c: char) -> bool {
    matches!(
        c,
        '\u{300}'..='\u{36f}'
            | '\u{591}'..='\u{5bd}'
            | '\u{5bf}'
            | '\u{5c1}'..='\u{5c2}'
            | '\u{5c4}'..='\u{5c5}'
            | '\u{640}'
            | '\u{64b}'..='\u{65f}'
            | '\u{670}'
            | '\u{ad}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2060}'
            | '\u{feff}'
    )
}

/// Whether `c` is of a script that is written without spaces between words, or, as Korean, with endings on them.
pub(crate) fn is_paired(c: char) -> bool {
    matches!(
        u32::from(c),
        0xe00..=0xeff // Thai, Lao
            | 0x1000..=0x109f // Myanmar
            | 0x1100..=0x11ff // Hangul
            | 0x1780..=0x17ff // Khmer
            | 0x3005..=0x3007
            | 0x3041..=0x318f // Hiragana, Katakana, Bopomofo, Hangul
            | 0x31a0..=0x31ff
            | 0x3400..=0x4dbf
            | 0x4e00..=0x9fff
            | 0xac00..=0xd7ff
            | 0xf900..=0xfaff
            | 0x2_0000..=0x3_ffff
    )
}

/// Whether `c` is part of a word. In scripts of India vowels and signs are characters of their own.
pub(crate) fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || (matches!(c, '\u{900}'..='\u{dff}') && !matches!(c, '\u{964}' | '\u{965}'))
}

/// The terms of `text` in their order. A run of paired characters ends with its last character alone, so that each of its
/// characters begins a term.
pub(crate) fn terms(text: &str) -> Vec<String> {
    let mut terms = Vec::new();
    let (mut word, mut length) = (String::new(), 0);
    let mut before: Option<char> = None;
    for c in folded(text).chars().chain([' ']) {
        let paired = is_paired(c);
        if (paired || !is_letter(c)) && !word.is_empty() {
            terms.push(std::mem::take(&mut word));
            length = 0;
        }
        if let Some(first) = before.take() {
            terms.push(if paired { format!("{first}{c}") } else { first.to_string() });
        }
        if paired {
            before = Some(c);
        } else if is_letter(c) && length < LONGEST {
            word.push(c);
            length += 1;
        }
    }
    terms
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_have_neither_case_nor_accents() {
        assert_eq!(folded("Zürich ÅRHUS Łódź Straße Ｆｕｌｌ ﬁn"), "zurich arhus lodz strasse full fin");
        assert_eq!(folded("ΣΊΣΥΦΟΣ ёлка أهلاً"), "σισυφοσ елка اهلا");
        assert_eq!(folded("cafe\u{301}"), folded("café"));
        assert_eq!(folded("がぎ 한국"), "がぎ 한국", "these marks make other letters");
    }

    #[test]
    fn words_are_terms_and_so_are_pairs_of_characters() {
        assert_eq!(terms("Harbour-bridge, 2026!"), ["harbour", "bridge", "2026"]);
        assert_eq!(terms("香港渡船 ferry"), ["香港", "港渡", "渡船", "船", "ferry"]);
        assert_eq!(terms("橋 7橋x"), ["橋", "7", "橋", "x"]);
        assert_eq!(terms("हिन्दी।"), ["हिन्दी"]);
        assert_eq!(terms(" —…"), Vec::<String>::new());
    }

    #[test]
    fn a_term_is_never_longer_than_it_may_be() {
        assert_eq!(terms(&"a".repeat(5000)), ["a".repeat(LONGEST)]);
    }
}
