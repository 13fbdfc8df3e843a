//! Characters that nobody sees, white space that nobody meant, and words that were spaced out.

use std::borrow::Cow;

/// White space at an edge of a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Space {
    /// None.
    #[default]
    None,
    /// One no-break space and nothing else.
    NoBreak,
    /// Any other.
    Plain,
}

impl Space {
    /// How it is written.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Space::None => "",
            Space::NoBreak => "\u{a0}",
            Space::Plain => " ",
        }
    }

    /// This white space followed by more.
    pub(super) fn then(self, next: Space) -> Space {
        match (self, next) {
            (Space::None, other) | (other, Space::None) => other,
            _ => Space::Plain,
        }
    }
}

/// A text with its white space collapsed and its edges apart.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Collapsed {
    pub(super) before: Space,
    pub(super) text: String,
    pub(super) after: Space,
}

/// Collapses the white space of `raw` and drops what cannot be seen.
pub(super) fn collapse(raw: &str) -> Collapsed {
    if let Some(collapsed) = plain(raw) {
        return collapsed;
    }
    let seen = without_unseen(raw);
    let joined = join_spaced(&seen);
    let mut text = String::with_capacity(joined.len());
    let (mut before, mut space) = (Space::None, Space::None);
    let mut rest = &*joined;
    while let Some(c) = rest.chars().next() {
        match c {
            '\u{a0}' | '\u{202f}' | '\u{2007}' => space = space.then(Space::NoBreak),
            c if c.is_whitespace() => space = Space::Plain,
            _ => {
                if text.is_empty() {
                    before = space;
                } else {
                    text.push_str(space.as_str());
                }
                space = Space::None;
                let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
                text.push_str(&rest[..end]);
                rest = &rest[end..];
                continue;
            }
        }
        rest = &rest[c.len_utf8()..];
    }
    if text.is_empty() {
        return Collapsed { before: space, text, after: Space::None };
    }
    Collapsed { before, text, after: space }
}

/// A text in which nothing has to be done but at its edges, as most are.
fn plain(raw: &str) -> Option<Collapsed> {
    let start = raw.trim_start_matches([' ', '\n', '\t']);
    let text = start.trim_end_matches([' ', '\n', '\t']);
    let mut last = b'a';
    for byte in text.bytes() {
        if !matches!(byte, b' '..=b'~') || (byte == b' ' && last == b' ') {
            return None;
        }
        last = byte;
    }
    if text.is_empty() || may_be_spaced(text) {
        return None;
    }
    let space = |is_there: bool| if is_there { Space::Plain } else { Space::None };
    Some(Collapsed {
        before: space(start.len() < raw.len()),
        text: text.to_owned(),
        after: space(text.len() < start.len()),
    })
}

/// The same text without what cannot be seen and with plain spaces; other white space stays. For preformatted text.
pub(super) fn visible(raw: &str) -> String {
    without_unseen(raw).replace('\u{a0}', " ")
}

fn without_unseen(raw: &str) -> Cow<'_, str> {
    if !raw.chars().any(may_be_unseen) {
        return Cow::Borrowed(raw);
    }
    let mut text = String::with_capacity(raw.len());
    for (at, c) in raw.char_indices() {
        if c.is_whitespace() || !is_unseen(c, text.chars().next_back(), &raw[at..]) {
            text.push(c);
        }
    }
    Cow::Owned(text)
}

/// Whether `c` shows nothing, wherever it stands or in some places.
fn may_be_unseen(c: char) -> bool {
    match c {
        ' '..='~' | '\n' | '\t' | '\u{a0}'..='\u{ac}' | '\u{ae}'..='\u{200a}' | '\u{2010}'..='\u{2027}' => {
            false
        }
        c => !c.is_whitespace() && is_unseen(c, None, ""),
    }
}

/// Whether `c`, which stands after `before` and opens `rest`, shows nothing: control characters, soft hyphens,
/// zero-width characters and the private letters of icon fonts. Joiners stay where scripts and emoji need them.
fn is_unseen(c: char, before: Option<char>, rest: &str) -> bool {
    match c {
        ' '..='~' => false,
        '\u{0}'..='\u{9f}'
        | '\u{ad}'
        | '\u{200b}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{2064}'
        | '\u{feff}'
        | '\u{fff9}'..='\u{fffc}'
        | '\u{e000}'..='\u{f8ff}'
        | '\u{f0000}'..='\u{10ffff}'
        | '\u{fdd0}'..='\u{fdef}' => true,
        '\u{200c}'..='\u{200f}' => {
            let needs = |c: char| c >= '\u{590}' && !('\u{1e00}'..='\u{205f}').contains(&c);
            !(before.is_some_and(needs)
                && rest.chars().nth(1).is_some_and(|next| needs(next) || c > '\u{200d}'))
        }
        c => (c as u32) & 0xfffe == 0xfffe,
    }
}

/// Joins `S P E C I A L   R E P O R T`: single letters with single spaces between, five or more of them, words apart by
/// more. An alphabet is none.
fn join_spaced(raw: &str) -> Cow<'_, str> {
    if !may_be_spaced(raw) {
        return Cow::Borrowed(raw);
    }
    let Some(words) = spaced_words(raw.trim()).into_iter().map(joined).collect::<Option<Vec<String>>>()
    else {
        return Cow::Borrowed(raw);
    };
    let letters: usize = words.iter().map(|word| word.chars().filter(|c| c.is_alphabetic()).count()).sum();
    let joined = words.join(" ");
    if letters < 5 || is_alphabet(&joined) { Cow::Borrowed(raw) } else { Cow::Owned(joined) }
}

fn may_be_spaced(raw: &str) -> bool {
    let mut letters = raw.trim().chars();
    letters.next().is_some_and(char::is_alphabetic)
        && letters.next().is_some_and(char::is_whitespace)
        && raw.len() < 400
}

/// The words of a spaced-out text: apart by two or more spaces.
fn spaced_words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut rest = text;
    while let Some(end) = rest.char_indices().find_map(|(at, c)| {
        let is_gap = c.is_whitespace() && rest[at + c.len_utf8()..].starts_with(char::is_whitespace);
        is_gap.then_some(at)
    }) {
        words.push(&rest[..end]);
        rest = rest[end..].trim_start();
    }
    words.push(rest);
    words
}

/// The word whose letters stand apart; `None` if other than letters do.
fn joined(word: &str) -> Option<String> {
    let mut letters = String::new();
    for part in word.split_whitespace() {
        let mut chars = part.chars();
        letters.push(chars.next().filter(|c| c.is_alphabetic() && !letters.ends_with(['.', '!', '?', ':']))?);
        if let Some(sign) = chars.next() {
            letters.push(Some(sign).filter(|sign| ['.', '!', '?', ':'].contains(sign))?);
        }
        if chars.next().is_some() {
            return None;
        }
    }
    Some(letters)
}

fn is_alphabet(text: &str) -> bool {
    let letters: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).collect();
    letters.windows(2).filter(|pair| pair[0] < pair[1]).count() * 4 >= (letters.len() - 1) * 3
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(raw: &str, text: &str) {
        let once = collapse(raw);
        assert_eq!(once.text, text);
        assert_eq!(collapse(&once.text).text, text, "collapsing is idempotent");
    }

    #[test]
    fn white_space_collapses_and_a_lone_no_break_space_stays() {
        check("  a\n\t b ", "a b");
        check("«\u{a0}mot\u{a0}»", "«\u{a0}mot\u{a0}»");
        check("a\u{a0} \u{a0}b", "a b");
        let edges = collapse(" a\u{a0}");
        assert_eq!((edges.before, edges.after), (Space::Plain, Space::NoBreak));
    }

    #[test]
    fn what_nobody_sees_goes() {
        check("ex\u{ad}tra\u{200b}or\u{2060}dinary\u{feff}", "extraordinary");
        check("\u{f09a}share\u{0}", "share");
        check("a\u{200d}b", "ab");
    }

    #[test]
    fn joiners_stay_where_they_mean_something() {
        check("می\u{200c}خواهم", "می\u{200c}خواهم");
        check("👩\u{200d}🚒", "👩\u{200d}🚒");
    }

    #[test]
    fn spaced_out_words_are_joined() {
        check("S P E C I A L", "SPECIAL");
        check("S P E C I A L   R E P O R T", "SPECIAL REPORT");
        check("S P E C I A L \u{a0} R E P O R T", "SPECIAL REPORT");
        check("A B C D E F G", "A B C D E F G");
        check("I am a man", "I am a man");
        check("A 1 B", "A 1 B");
        check("x = y + z", "x = y + z");
    }
}
