//! Takes the text of scripts, styles and the like out of what the tokenizer has still to read, whole.

use html5ever::buffer_queue::BufferQueue;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use memchr::memmem;

/// The text before the end tag called `name`, taken from the beginning of `input`. None if that is not plain to see,
/// and the tokenizer has to find out: where it would replace a character, or where a script opens a comment, which may
/// hold end tags of its own.
pub(super) fn take(input: &BufferQueue, kind: RawKind, name: &str) -> Option<StrTendril> {
    if !matches!(kind, RawKind::Rawtext | RawKind::ScriptData) {
        return None;
    }
    let mut rest = input.peek_front_chunk_mut()?;
    let end = end(&rest, name)?;
    let text = &rest.as_bytes()[..end];
    let is_plain = memchr::memchr(b'\0', text).is_none()
        && (kind == RawKind::Rawtext || memmem::find(text, b"<!--").is_none());
    if !is_plain || text.is_empty() {
        return None;
    }
    let end = u32::try_from(end).ok()?;
    let text = rest.subtendril(0, end);
    rest.pop_front(end);
    Some(text)
}

/// Where the end tag called `name` begins in `text`.
fn end(text: &str, name: &str) -> Option<usize> {
    memmem::find_iter(text.as_bytes(), b"</").find(|at| {
        let tag = &text.as_bytes()[at + 2..];
        tag.get(..name.len()).is_some_and(|called| called.eq_ignore_ascii_case(name.as_bytes()))
            && tag.get(name.len()).is_some_and(|next| b" \t\n\x0c/>".contains(next))
    })
}

#[cfg(test)]
mod tests {
    use scraper::Html;

    use crate::{Scripting, parse_html_with};

    #[test]
    fn raw_text_ends_where_the_parser_ends_it() {
        for text in [
            "if (a < b && c </d>) {\n\n}",
            "\r\na\rb\0c",
            "<!-- <script>x</script> -->y",
            "a</scripts>b</SCRIPT x=y>c<script>",
            "",
        ] {
            for name in ["script", "style", "noscript", "iframe", "xmp", "title", "textarea"] {
                let page =
                    format!("<!doctype html><p>a<{name}>{text}</{name}>b<svg><{name}>{text}</{name}></svg>c");
                let expected = Html::parse_document(&page).html();
                assert_eq!(parse_html_with(&page, Scripting::Enabled).html(), expected, "{page}");
            }
        }
    }

    #[test]
    fn raw_text_that_never_ends_is_the_rest() {
        for page in ["<p>a<script>b<p>c", "<style>a</styl", "<script>a</script", "<script>"] {
            let expected = Html::parse_document(page).html();
            assert_eq!(parse_html_with(page, Scripting::Enabled).html(), expected, "{page}");
        }
    }
}
