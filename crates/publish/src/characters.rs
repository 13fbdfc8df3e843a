//! Which characters may stand in what is published. Feeds and pages are written by crates that escape markup but pass
//! every other character on, and one control character makes a feed unreadable.

use std::borrow::Cow;

/// The longest excerpt that is cut from a body, in characters.
const EXCERPT: usize = 320;

/// `text` without the characters that XML 1.0 (section 2.2) forbids or discourages: controls other than tab and line
/// feed, and noncharacters.
pub(super) fn legal(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_legal) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.chars().filter(|&c| is_legal(c)).collect())
    }
}

fn is_legal(c: char) -> bool {
    let noncharacter = matches!(c, '\u{fdd0}'..='\u{fdef}') || (c as u32) & 0xfffe == 0xfffe;
    matches!(c, '\t' | '\n') || !(c.is_control() || noncharacter)
}

/// `text` on one line: legal characters, each run of white space one space, none at the ends. A line stands among others,
/// whose direction is not for it to turn: what turns it goes, and marks of direction stay.
pub(super) fn line(text: &str) -> String {
    let stays = |c: &char| is_legal(*c) && !matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let spaced = text.chars().map(|c| if c.is_whitespace() { ' ' } else { c });
    let kept: String = spaced.filter(stays).collect();
    let kept = kept.trim_matches(|c: char| c == ' ' || joins(c));
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a character only says how those beside it are set; at an end there is none.
fn joins(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

/// The beginning of `text` on one line, cut between words, with an ellipsis where something was cut.
pub(super) fn excerpt(text: &str) -> String {
    // More than enough characters for the excerpt, so that a long body is not walked as a whole.
    let beginning = text.char_indices().nth(EXCERPT * 4).map_or(text, |(end, _)| &text[..end]);
    let whole = line(beginning);
    let Some((end, _)) = whole.char_indices().nth(EXCERPT) else { return whole };
    let cut = &whole[..end];
    // A script that is written without spaces is cut between characters.
    let between_words = cut.rfind(' ').filter(|&space| space > cut.len() / 2).unwrap_or(cut.len());
    let cut = cut[..between_words].trim_end_matches(|c: char| c.is_whitespace() || c.is_ascii_punctuation());
    format!("{cut}…")
}

/// `text` as HTML text or a double-quoted attribute value.
#[must_use]
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 16);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_and_noncharacters_go() {
        assert_eq!(legal("a\u{0}b\u{1b}c\u{85}d\u{fffe}e\u{1ffff}f\tg\nh"), "abcdef\tg\nh");
        assert!(matches!(legal("plain é 漢 🗞"), Cow::Borrowed(_)));
    }

    #[test]
    fn a_line_has_no_break_and_no_double_space() {
        assert_eq!(line(" One\r\n two \u{1} \u{b}three\u{a0}"), "One two three");
    }

    #[test]
    fn a_line_turns_nothing_around_it() {
        assert_eq!(line("\u{202b}מעבורת\u{202c} \u{200d}"), "מעבורת");
        assert_eq!(line("a\u{200f} b\u{200d}c"), "a\u{200f} b\u{200d}c");
    }

    #[test]
    fn an_excerpt_ends_between_words() {
        let text = "The harbour bridge, ".repeat(40);
        let cut = excerpt(&text);
        assert!(cut.chars().count() <= EXCERPT && cut.ends_with("bridge…"), "{cut}");
        assert_eq!(excerpt("Short\n\ntext."), "Short text.");
    }

    #[test]
    fn a_script_without_spaces_is_cut_too() {
        assert_eq!(excerpt(&"橋".repeat(2000)).chars().count(), EXCERPT + 1);
    }
}
