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
    for edge in page.tree.root().traverse().inspect(crate::effort::step) {
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

/// Elements that titles are marked up with.
const MARKUP: &[&str] = &[
    "a", "abbr", "b", "bdi", "big", "cite", "code", "del", "div", "em", "font", "h1", "h2", "h3", "h4", "h5",
    "h6", "i", "ins", "kbd", "mark", "p", "q", "s", "small", "span", "strike", "strong", "sub", "sup",
    "time", "tt", "u", "var",
];

/// A title as one line of text. Feeds do not say whether `<` begins a tag in it: only what titles are marked up with does,
/// and only if it has an end tag. `Vec<String>` and `the <dialog> element` are words.
pub(super) fn title(text: &str) -> Option<String> {
    if !text.contains('<') {
        return line(text);
    }
    let lower = text.to_ascii_lowercase();
    let mut out = String::with_capacity(text.len() + 8);
    let mut rest = 0;
    for (at, _) in text.match_indices('<') {
        out.push_str(&text[rest..at]);
        out.push_str(if is_markup(&lower, at) { "<" } else { "&lt;" });
        rest = at + 1;
    }
    out.push_str(&text[rest..]);
    line(&out)
}

/// Whether the `<` at `at` begins a tag that a title is marked up with.
fn is_markup(lower: &str, at: usize) -> bool {
    let tag = &lower[at + 1..];
    let is_end = tag.starts_with('/');
    let tag = tag.trim_start_matches('/');
    let name = &tag[..tag.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(tag.len())];
    let has_bracket = tag.find(['<', '>']).is_some_and(|end| tag[end..].starts_with('>'));
    let void = matches!(name, "br" | "img" | "wbr" | "hr");
    has_bracket
        && (void
            || MARKUP.contains(&name)
                && if is_end { has_start(&lower[..at], name) } else { has_end(&lower[at..], name) })
        || lower[at..].starts_with("<!--") && lower[at..].contains("-->")
}

fn has_end(text: &str, name: &str) -> bool {
    text.match_indices("</")
        .any(|(at, _)| text[at + 2..].strip_prefix(name).is_some_and(|rest| rest.starts_with('>')))
}

fn has_start(text: &str, name: &str) -> bool {
    let is_after = |rest: &str| rest.starts_with(|c: char| c == '>' || c.is_whitespace());
    text.match_indices('<').any(|(at, _)| text[at + 1..].strip_prefix(name).is_some_and(is_after))
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
    fn a_sign_in_a_title_is_a_tag_only_where_it_marks_the_title_up() {
        let check = |text: &str, expected: &str| assert_eq!(title(text).as_deref(), Some(expected), "{text}");
        check("<em>Ice</em> on the <a href='/x'>rope</a>", "Ice on the rope");
        check("One<br>two<br />three", "One two three");
        check("Use of <figure> in HTML", "Use of <figure> in HTML");
        check("Vec<String> and Option<u8>", "Vec<String> and Option<u8>");
        check("When to use <b> and when <strong>", "When to use <b> and when <strong>");
        check("a < b and c > d", "a < b and c > d");
        check("I <3 boats &amp; <b>bread</b>", "I <3 boats & bread");
        check("The &lt;dialog&gt; element", "The <dialog> element");
        check("<h2>Rope</h2>", "Rope");
        check("x<b>y", "x<b>y");
    }

    #[test]
    fn a_long_summary_is_cut_at_a_word() {
        let cut = summary(&"word ".repeat(400)).unwrap();
        assert!(cut.ends_with("word…") && cut.chars().count() <= SUMMARY + 1);
    }
}
