//! Titles that every reader shows alike. Formats say what a title is, but many readers take it for HTML, or HTML for
//! text, whatever the format says: "How `<canvas>` works" loses its point in some, and `&amp;` is shown as such in
//! others. A title in which nothing looks like markup is shown right by all of them; in any other, what looks like it
//! gets characters that do not.

use std::borrow::Cow;

use tearsheet_html::parse_html;

/// The longest reference to a character, with its ampersand.
const LONGEST_REFERENCE: usize = 34;

/// `text` with nothing in it that a reader could take for HTML.
pub(super) fn markup_free(text: &str) -> Cow<'_, str> {
    if !text.contains(['<', '&']) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut is_inside = false;
    for (at, c) in text.char_indices() {
        match c {
            '<' if opens_a_tag(&text[at + 1..]) => {
                is_inside = true;
                out.push('‹');
            }
            '>' if is_inside => {
                is_inside = false;
                out.push('›');
            }
            '&' if begins_a_reference(&text[at..]) => out.push('＆'),
            c => out.push(c),
        }
    }
    if out == text { Cow::Borrowed(text) } else { Cow::Owned(out) }
}

/// Whether a reader could drop what follows a `<`: HTML does from a letter on, and those that strip tags by a pattern do
/// whatever stands before a `>`.
fn opens_a_tag(rest: &str) -> bool {
    rest.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')) || rest.contains('>')
}

/// Whether HTML reads another character where `rest` begins with an ampersand.
fn begins_a_reference(rest: &str) -> bool {
    let name = |c: char| c.is_ascii_alphanumeric() || c == '#';
    let letters = rest[1..].chars().take(LONGEST_REFERENCE).take_while(|&c| name(c)).count();
    if letters == 0 {
        return false;
    }
    // Every character of a name is one byte.
    let end = 1 + letters + usize::from(rest[1 + letters..].starts_with(';'));
    let page = parse_html(&rest[..end]);
    let shown: String =
        page.tree.nodes().filter_map(|node| node.value().as_text()).map(|text| &**text).collect();
    shown != rest[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_like_a_tag_gets_other_brackets() {
        assert_eq!(markup_free("How <canvas> and </p> work"), "How ‹canvas› and ‹/p› work");
        assert_eq!(markup_free("I <b this"), "I ‹b this");
    }

    #[test]
    fn what_a_pattern_would_strip_stays() {
        assert_eq!(markup_free("5 < 6 > 4"), "5 ‹ 6 › 4");
    }

    #[test]
    fn what_looks_like_a_reference_gets_another_ampersand() {
        assert_eq!(
            markup_free("What &nbsp; and &#38; do, &copy2026"),
            "What ＆nbsp; and ＆#38; do, ＆copy2026"
        );
    }

    #[test]
    fn a_title_without_markup_is_not_touched() {
        for title in ["Fish & Chips", "AT&T, R&D and Q&A", "5 < 6, I <3 this", "a > b", "Tom&Jerry; &; &#;"] {
            assert!(matches!(markup_free(title), Cow::Borrowed(same) if same == title), "{title}");
        }
    }
}
