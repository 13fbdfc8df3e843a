//! From HTML, escaped text and white space to a line of plain text.

use tearsheet_html::parse_html;

/// Longer summaries are cut at a word.
const SUMMARY: usize = 1_000;

/// `text` with each run of white space as one space, none at its ends, and no control characters.
pub(super) fn collapse(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// The text that `html` shows, on one line.
pub(super) fn plain(html: &str) -> String {
    if !html.contains(['<', '&']) {
        return collapse(html);
    }
    let page = parse_html(html);
    let mut out = String::new();
    let mut hidden_until = None;
    for edge in page.tree.root().traverse() {
        match edge {
            ego_tree::iter::Edge::Open(node) if hidden_until.is_none() => match node.value() {
                scraper::Node::Text(text) => out.push_str(text),
                scraper::Node::Element(element) if is_unseen(element.name()) => {
                    hidden_until = Some(node.id());
                }
                scraper::Node::Element(element) if !is_inline(element.name()) => out.push(' '),
                _ => {}
            },
            ego_tree::iter::Edge::Close(node) if hidden_until == Some(node.id()) => hidden_until = None,
            _ => {}
        }
    }
    collapse(&out)
}

/// The summary that `html` shows; `None` if it shows nothing.
pub(super) fn summary(html: &str) -> Option<String> {
    let text = plain(html);
    match text.char_indices().nth(SUMMARY) {
        _ if text.is_empty() => None,
        None => Some(text),
        Some((end, _)) => {
            let cut = &text[..end];
            let cut = cut.rsplit_once(' ').map_or(cut, |(whole, _)| whole);
            Some(format!("{cut}…"))
        }
    }
}

/// `text` as HTML that shows it, a paragraph for each of its own.
pub(super) fn escaped(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    let paragraphs = text.split("\n\n").map(str::trim).filter(|part| !part.is_empty());
    paragraphs.map(|part| format!("<p>{}</p>", part.replace('\n', "<br>"))).collect()
}

/// A non-empty line of text.
pub(super) fn line(html: &str) -> Option<String> {
    Some(plain(html)).filter(|text| !text.is_empty())
}

fn is_unseen(name: &str) -> bool {
    matches!(name, "script" | "style" | "template" | "noscript" | "iframe" | "svg" | "title")
}

pub(super) fn is_inline(name: &str) -> bool {
    matches!(
        name,
        "a" | "abbr"
            | "b"
            | "bdi"
            | "cite"
            | "code"
            | "em"
            | "font"
            | "i"
            | "kbd"
            | "mark"
            | "q"
            | "s"
            | "small"
            | "span"
            | "strong"
            | "sub"
            | "sup"
            | "time"
            | "u"
            | "var"
            | "wbr"
            | "ins"
            | "del"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_go_and_entities_are_read() {
        assert_eq!(plain("<p>A&nbsp;&amp; <b>B</b>\n<p>C<script>x()</script>"), "A & B C");
        assert_eq!(plain("no markup\u{7}  at all "), "no markup at all");
    }

    #[test]
    fn a_long_summary_is_cut_at_a_word() {
        let cut = summary(&"word ".repeat(400)).unwrap();
        assert!(cut.ends_with("word…") && cut.chars().count() <= SUMMARY + 1);
    }
}
