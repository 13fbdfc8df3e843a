//! What a link says of itself.

use scraper::node::Element;

use super::page::{Page, attribute};
use super::tag::Tag;
use crate::discover::plain_text::collapse;

/// How many words `text` has; two characters of a script without spaces count as one.
pub(super) fn words(text: &str) -> usize {
    if text.is_ascii() {
        return ascii_words(text.as_bytes());
    }
    let dense = text.chars().filter(|c| is_dense(*c)).count();
    let is_word = |word: &&str| word.chars().any(|c| c.is_alphanumeric() && !is_dense(c));
    text.split_whitespace().filter(is_word).count() + dense.div_ceil(2)
}

/// A word is counted at its first letter or digit.
fn ascii_words(text: &[u8]) -> usize {
    let mut count = 0;
    let mut is_counted = false;
    for byte in text {
        if byte.is_ascii_whitespace() {
            is_counted = false;
        } else if !is_counted && byte.is_ascii_alphanumeric() {
            is_counted = true;
            count += 1;
        }
    }
    count
}

fn is_dense(c: char) -> bool {
    matches!(c, '\u{0E00}'..='\u{0E7F}' | '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}')
}

/// `text`, whose white space is collapsed but for line breaks, on one line.
pub(super) fn line(text: &str) -> String {
    if !text.contains('\n') {
        return text.trim_ascii().to_owned();
    }
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

pub(super) fn has_letters(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric)
}

/// What a link itself says: the heading in it, its text, its label, its image's label.
pub(super) fn of_link(page: &Page<'_>, link: usize) -> String {
    let element = page.links[link].element;
    let text = page.text_of(element);
    let data = page.elements[element].data;
    if has_letters(text) {
        let title = heading_in(page, element).map_or_else(|| headline_of(text), |at| line(page.text_of(at)));
        return whole(&title, data).unwrap_or(title);
    }
    let images = page.inside(element).filter(|&at| page.elements[at].tag == Tag::Image);
    let alt = images.filter_map(|at| attribute(page.elements[at].data, "alt")).find(|alt| has_letters(alt));
    let labels = [attribute(data, "aria-label"), attribute(data, "title"), alt];
    labels.into_iter().flatten().find(|text| has_letters(text)).map(collapse).unwrap_or_default()
}

/// The whole of a title that is cut where it is shown, if the link's attributes have it.
fn whole(title: &str, link: &Element) -> Option<String> {
    let shown = title.trim_end_matches([']', ')']);
    let shown = shown.strip_suffix('…').or_else(|| shown.strip_suffix("..."))?;
    let shown = shown.trim_end_matches(['[', '(', '.', ' ']);
    let labels = [attribute(link, "title"), attribute(link, "aria-label")];
    let whole = labels.into_iter().flatten().map(collapse);
    whole.into_iter().find(|label| !shown.is_empty() && label.len() > shown.len() && label.starts_with(shown))
}

/// The first heading in an element.
pub(super) fn heading_in(page: &Page<'_>, element: usize) -> Option<usize> {
    let own = page.elements[element].region.heading;
    page.inside(element)
        .skip(1)
        .take_while(|_| !own)
        .find(|&at| page.elements[at].region.heading && has_letters(page.text_of(at)))
}

/// The title among the lines of a link that holds a whole card: its first line of some length.
fn headline_of(text: &str) -> String {
    if !text.contains('\n') {
        return text.to_owned();
    }
    let mut lines = text.lines().filter(|line| has_letters(line));
    let long = lines.clone().find(|line| words(line) >= 4);
    long.or_else(|| lines.next()).map(line).unwrap_or_default()
}

/// A text that names a file or a place on the web and no article.
pub(super) fn is_address(text: &str) -> bool {
    let dots = || text.bytes().filter(|byte| matches!(byte, b'.' | b'/')).count();
    !text.contains(' ')
        && (text.contains("://") || text.starts_with("www.") || dots() > 1 || text.contains('@'))
}

/// A link's text without what differs between items of a kind: `12 Comments` and `3 comments` are one template.
pub(super) fn template(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii() && !c.is_ascii_digit() {
            out.push(c.to_ascii_lowercase());
        } else if !c.is_ascii() {
            out.extend(c.to_lowercase());
        } else if !out.ends_with('#') {
            out.push('#');
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_counted_in_every_script() {
        assert_eq!(words("A tale – of 2 cities"), 5);
        assert_eq!(words("通杀漏洞利用回显方法-linux平台"), 7);
        assert_eq!(words("• |"), 0);
    }

    #[test]
    fn texts_of_a_kind_have_one_template() {
        assert_eq!(template("12 Comments"), template("3 comments"));
    }

    #[test]
    fn addresses_are_no_titles() {
        assert!(is_address("https://a.example/x") && is_address("a.example/x") && is_address("me@a.example"));
        assert!(!is_address("sourcebuster.js") && !is_address("Version 1.2.3"));
    }
}
