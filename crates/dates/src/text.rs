//! Brings a date's text into one spelling (lower case, Latin digits, no accents) and cuts it into tokens.

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A run of digits, with its value.
    Number(u64),
    /// A run of letters of any script.
    Word,
    /// A punctuation mark or symbol.
    Mark(char),
}

/// A piece of the normalised text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token<'a> {
    pub(super) text: &'a str,
    pub(super) kind: Kind,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// Digits of other scripts stand in blocks of ten from these.
const ZEROS: &[char] = &[
    '٠', '۰', '०', '০', '੦', '૦', '୦', '௦', '౦', '೦', '൦', '๐', '໐', '༠', '၀', '០', '᠐', '０', '߀', '෦', '꧐',
    '᱐', '꯰',
];

/// Lower case, Latin digits, one kind of dash and quote, and no accents, marks of direction or dots inside the
/// abbreviations of scripts such as Thai.
pub(super) fn normalise(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut out = String::with_capacity(text.len());
    let mut dot = false;
    for c in text.chars().flat_map(char::to_lowercase) {
        if c.is_ascii() && c != '.' {
            flush_dot(&mut out, &mut dot, false);
            out.push(c);
            continue;
        }
        match fold(c) {
            Some('.') => {
                flush_dot(&mut out, &mut dot, false);
                dot = true;
            }
            Some(folded) => {
                flush_dot(&mut out, &mut dot, in_abbreviation(folded));
                out.push(folded);
            }
            None => {}
        }
    }
    flush_dot(&mut out, &mut dot, false);
    replace_numerals(out)
}

/// Writes a dot that was held back, unless it stands between two letters of a script that abbreviates so.
fn flush_dot(out: &mut String, dot: &mut bool, next_abbreviates: bool) {
    if std::mem::take(dot) && !(next_abbreviates && out.chars().next_back().is_some_and(in_abbreviation)) {
        out.push('.');
    }
}

fn in_abbreviation(c: char) -> bool {
    ('\u{0e00}'..='\u{0eff}').contains(&c)
}

/// The plain form of a character, or none for one that does not count.
fn fold(c: char) -> Option<char> {
    Some(match c {
        '\u{ad}'
        | '\u{300}'..='\u{36f}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{feff}'
        | '\u{2066}'..='\u{2069}'
        | '\u{64b}'..='\u{652}'
        | '\u{640}' => return None,
        'à'..='å' | 'ā' | 'ă' | 'ą' | 'ǎ' | '\u{1ea0}'..='\u{1eb7}' => 'a',
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => 'c',
        'ď' | 'đ' | 'ḍ' => 'd',
        'è'..='ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' | 'ẽ' | '\u{1eb8}'..='\u{1ec7}' => 'e',
        'ĝ' | 'ğ' | 'ġ' | 'ģ' => 'g',
        'ĥ' | 'ħ' => 'h',
        'ì'..='ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' | '\u{1ec8}'..='\u{1ecb}' => 'i',
        'ĺ' | 'ļ' | 'ľ' | 'ł' => 'l',
        'ñ' | 'ń' | 'ņ' | 'ň' => 'n',
        'ò'..='ö' | 'ø' | 'ō' | 'ŏ' | 'ő' | '\u{1ecc}'..='\u{1ee3}' | 'ơ' => 'o',
        'ŕ' | 'ŗ' | 'ř' => 'r',
        'ś' | 'ŝ' | 'ş' | 'š' | 'ș' => 's',
        'ţ' | 'ť' | 'ț' => 't',
        'ù'..='ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' | 'ư' | '\u{1ee4}'..='\u{1ef1}' => 'u',
        'ý' | 'ÿ' | 'ŷ' | '\u{1ef2}'..='\u{1ef9}' => 'y',
        'ź' | 'ż' | 'ž' => 'z',
        'ά' => 'α',
        'έ' => 'ε',
        'ή' => 'η',
        'ί' | 'ϊ' | 'ΐ' => 'ι',
        'ό' => 'ο',
        'ύ' | 'ϋ' | 'ΰ' => 'υ',
        'ώ' => 'ω',
        'ς' => 'σ',
        'ё' => 'е',
        'й' => 'и',
        'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
        'ى' | 'ی' | 'ئ' => 'ي',
        'ک' => 'ك',
        'ة' | 'ۀ' | 'ە' => 'ه',
        'ؤ' => 'و',
        '‘' | '’' | 'ʼ' | '´' | '`' | '′' => '\'',
        '‐'..='―' | '−' | '－' | 'ー' => '-',
        '／' | '⁄' | '∕' => '/',
        '：' => ':',
        '．' | '。' => '.',
        '，' | '、' | '،' => ',',
        c if c.is_whitespace() => ' ',
        c => ZEROS
            .iter()
            .find_map(|&zero| {
                (u32::from(c).wrapping_sub(u32::from(zero)) < 10).then(|| u32::from(c) - u32::from(zero))
            })
            .and_then(|digit| char::from_digit(digit, 10))
            .unwrap_or(c),
    })
}

/// Writes Han numerals before the signs of year, month, day and hour as digits.
fn replace_numerals(text: String) -> String {
    if !text.contains(['年', '月', '日']) || !text.contains(|c| numeral(c).is_some()) {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    let mut run = String::new();
    for c in text.chars() {
        if numeral(c).is_some() {
            run.push(c);
            continue;
        }
        match han_number(&run).filter(|_| matches!(c, '年' | '月' | '日' | '号' | '號' | '时' | '時'))
        {
            Some(number) => out.push_str(&number.to_string()),
            None => out.push_str(&run),
        }
        run.clear();
        out.push(c);
    }
    out + &run
}

fn numeral(c: char) -> Option<u32> {
    "〇一二三四五六七八九十零元"
        .chars()
        .position(|known| known == c)
        .and_then(|at| u32::try_from(at).ok())
        .map(|at| match at {
            11 => 0,
            12 => 1,
            at => at,
        })
}

fn han_number(run: &str) -> Option<u32> {
    let digits: Vec<u32> = run.chars().filter_map(numeral).collect();
    match digits.as_slice() {
        [] => None,
        [10] => Some(10),
        [10, ones] => Some(10 + ones),
        [tens, 10] => Some(tens * 10),
        [tens, 10, ones] => Some(tens * 10 + ones),
        plain if plain.len() <= 4 && !plain.contains(&10) => {
            Some(plain.iter().fold(0, |sum, digit| sum * 10 + digit))
        }
        _ => None,
    }
}

/// Cuts normalised text into tokens; white space is left out.
pub(super) fn tokens(text: &str) -> Vec<Token<'_>> {
    // A word and the space after it have six letters in the mean.
    let mut out = Vec::with_capacity(text.len() / 4 + 2);
    let mut chars = text.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        if c.is_whitespace() {
            continue;
        }
        let class = class(c);
        let mut end = start + c.len_utf8();
        if class != Class::Mark {
            while let Some(&(at, next)) = chars.peek() {
                if self::class(next) != class {
                    break;
                }
                end = at + next.len_utf8();
                chars.next();
            }
        }
        let piece = &text[start..end];
        let kind = match class {
            Class::Digit => Kind::Number(piece.parse().unwrap_or(u64::MAX)),
            Class::Letter => Kind::Word,
            Class::Mark => Kind::Mark(c),
        };
        out.push(Token { text: piece, kind, start, end });
    }
    out
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Digit,
    Letter,
    Mark,
}

fn class(c: char) -> Class {
    match c {
        '0'..='9' => Class::Digit,
        'a'..='z' => Class::Letter,
        c if c.is_ascii() || c.is_whitespace() => Class::Mark,
        'ª' | 'º' | 'µ' => Class::Letter,
        '\u{80}'..='\u{bf}'
        | '×'
        | '÷'
        | '\u{2000}'..='\u{2bff}'
        | '\u{3000}'..='\u{3004}'
        | '\u{3008}'..='\u{3020}'
        | '\u{30fb}'
        | '\u{ff00}'..='\u{ff20}'
        | '\u{ff3b}'..='\u{ff40}'
        | '؛'
        | '؟'
        | '۔'
        | '।'
        | '॥'
        | '၊'
        | '။'
        | '։' => Class::Mark,
        _ => Class::Letter,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(from: &str, to: &str) {
        assert_eq!(normalise(from), to);
    }

    #[test]
    fn digits_of_all_scripts_become_latin() {
        check("٨ مايو ٢٠٢٤", "8 مايو 2024");
        check("८ मई २०२४", "8 मई 2024");
        check("２０２４年５月８日", "2024年5月8日");
    }

    #[test]
    fn han_numerals_before_a_sign_become_digits() {
        check("二〇二四年五月十八日", "2024年5月18日");
        check("第一届", "第一届");
    }

    #[test]
    fn accents_and_inner_dots_go() {
        check("8 févr. 2024", "8 fevr. 2024");
        check("8 พ.ค. 2567", "8 พค. 2567");
        check("İSTANBUL", "istanbul");
    }

    #[test]
    fn letters_digits_and_marks_are_cut_apart() {
        let text = normalise("8May2024, 10:00");
        let cut: Vec<&str> = tokens(&text).iter().map(|token| token.text).collect();
        assert_eq!(cut, ["8", "may", "2024", ",", "10", ":", "00"]);
    }
}
