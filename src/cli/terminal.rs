//! What may reach a terminal or a log: text without the characters that move the cursor, change colours or turn the
//! direction of writing. Pages, headers, archives and file names can hold them. The program's own colours pass, since
//! [`painted`] marks them with a number that nobody else knows.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::hash::{BuildHasher, RandomState};
use std::sync::LazyLock;

use owo_colors::{OwoColorize, Stream};

/// What the program's own colours begin with: it is drawn once a process.
static OWN: LazyLock<String> = LazyLock::new(|| {
    let drawn = RandomState::new().hash_one(());
    // Parameters of four digits, so that what measures text knows it for an escape sequence without width.
    let parts: Vec<String> = (0..4).map(|at| format!("{:04}", (drawn >> (16 * at)) % 10_000)).collect();
    format!("\x1b[{};", parts.join(";"))
});

/// A colour or weight of text, as the numbers that turn it on and off (ECMA-48, section 8.3.117).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Paint {
    Bold,
    Dimmed,
    Red,
    Green,
    Yellow,
}

impl Paint {
    fn numbers(self) -> (u8, u8) {
        match self {
            Paint::Bold => (1, 22),
            Paint::Dimmed => (2, 22),
            Paint::Red => (31, 39),
            Paint::Green => (32, 39),
            Paint::Yellow => (33, 39),
        }
    }
}

/// `text` in this colour, where `stream` shows colours.
pub(super) fn painted(text: &str, paint: Paint, stream: Stream) -> String {
    if !shows_colours(stream) {
        return text.to_owned();
    }
    marked(text, paint)
}

pub(super) fn shows_colours(stream: Stream) -> bool {
    "x".if_supports_color(stream, |text| text.red()).to_string() != "x"
}

fn marked(text: &str, paint: Paint) -> String {
    let ((on, off), own) = (paint.numbers(), &*OWN);
    format!("{own}{on}m{text}{own}{off}m")
}

/// `text` as a terminal may have it: a control character is shown as its picture (`␛`), and what turns the direction of
/// writing goes. Ends of lines and tabs stay.
pub(super) fn plain(text: &str) -> Cow<'_, str> {
    if !text.contains(|c| c != '\n' && c != '\t' && is_active(c)) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if let Some((sequence, after)) = own_sequence(rest) {
            out.push_str("\x1b[");
            out.push_str(sequence);
            rest = after;
            continue;
        }
        match c {
            '\n' | '\t' => out.push(c),
            c if is_active(c) => out.extend(picture(c)),
            c => out.push(c),
        }
        rest = &rest[c.len_utf8()..];
    }
    Cow::Owned(out)
}

/// The same in one line, for a text that is part of one.
pub(super) fn one_line(text: &str) -> String {
    text.split_inclusive(['\n', '\r', '\u{2028}', '\u{2029}'])
        .map(|line| line.trim_end_matches(['\n', '\r', '\u{2028}', '\u{2029}']))
        .collect::<Vec<_>>()
        .join(" ")
}

/// `json` with those characters as escapes, which say the same. Outside of strings it has none but ends of lines.
pub(super) fn escaped_json(json: &str) -> Cow<'_, str> {
    if !json.contains(|c| c != '\n' && is_active(c)) {
        return Cow::Borrowed(json);
    }
    Cow::Owned(json.chars().fold(String::with_capacity(json.len()), |mut out, c| {
        if c != '\n' && is_active(c) {
            // All of them are in the first plane: one escape each.
            let _ = write!(out, "\\u{:04x}", u32::from(c));
        } else {
            out.push(c);
        }
        out
    }))
}

/// What follows `ESC [` in a sequence of the program's own that `text` begins with, and what comes after it.
fn own_sequence(text: &str) -> Option<(&str, &str)> {
    let rest = text.strip_prefix(OWN.as_str())?;
    let end = rest.find('m').filter(|end| rest[..*end].bytes().all(|byte| byte.is_ascii_digit()))?;
    Some(rest.split_at(end + 1))
}

/// Whether a terminal does something with `c` instead of showing it: control characters, and those that Unicode has for
/// the direction of writing (UAX #9, sections 2.1 to 2.6).
fn is_active(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn picture(c: char) -> Option<char> {
    match u32::from(c) {
        code @ 0..0x20 => char::from_u32(0x2400 + code),
        0x7f => Some('\u{2421}'),
        0x80..0xa0 => Some(char::REPLACEMENT_CHARACTER),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_a_terminal_obeys_passes() {
        let text = "a\x1b[31mred\x1b]0;title\x07\u{9b}2J\r\x08\x7f\u{202e}evil\u{2066}\u{200f}\n\tb";
        assert_eq!(plain(text), "a␛[31mred␛]0;title␇\u{fffd}2J␍␈␡evil\n\tb");
        for c in (0..=0x0010_ffff_u32).filter_map(char::from_u32).filter(|c| is_active(*c)) {
            let text = String::from(c);
            assert!(matches!(c, '\n' | '\t') || !plain(&text).contains(c), "{c:?}");
        }
    }

    #[test]
    fn the_programs_own_colours_pass_and_have_no_width() {
        let text = marked("failed", Paint::Red);
        assert_eq!(plain(&text), "\x1b[31mfailed\x1b[39m");
        assert_eq!(console::measure_text_width(&text), 6);
        assert_eq!(plain(&marked("\x1b[5m", Paint::Bold)), "\x1b[1m␛[5m\x1b[22m");
        assert_eq!(plain("\x1b[1234;1234;1234;1234;31mx"), "␛[1234;1234;1234;1234;31mx");
    }

    #[test]
    fn ordinary_text_stays_as_it_is() {
        for text in ["naïve café, 海の橋", "שלום", "می‌خواهم", "👩‍💻", "a\n\tb"] {
            assert_eq!(plain(text), text);
            assert_eq!(escaped_json(text.trim()), text.replace('\t', "\\u0009"));
        }
    }

    #[test]
    fn json_says_the_same_with_escapes() {
        let value = serde_json::json!({ "a": "\u{85}\u{7f}\u{202e}x\x1b\u{200f}" });
        let text = serde_json::to_string_pretty(&value).unwrap();
        let escaped = escaped_json(&text);
        assert!(!escaped.contains(|c| c != '\n' && is_active(c)), "{escaped}");
        assert_eq!(serde_json::from_str::<serde_json::Value>(&escaped).unwrap(), value);
    }

    #[test]
    fn one_line_is_one() {
        assert_eq!(one_line("a\nb\r\nc\u{2028}d"), "a b  c d");
        assert_eq!(one_line("plain"), "plain");
    }
}
