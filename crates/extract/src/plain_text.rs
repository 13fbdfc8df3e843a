//! Articles that are plain text: a scraper's copy, a mailing, a file.
//!
//! Lines are all there is: the first is the title, a short line by it may be the date or who wrote it, empty lines part
//! the paragraphs, and the lines that pages strew among them are known by what they say.

pub(crate) mod article;

use super::render::{self, Rendered};
use crate::lang::noise::{self, Noise};
use crate::model::Moment;

/// A text of fewer words says nothing.
pub(crate) const FEWEST_WORDS: u32 = 4;
/// How many lines the head of a text may have: title, date, author, share buttons.
const HEAD: usize = 8;
const MAX_TITLE: usize = 250;
const MAX_DATE_LINE: usize = 80;

/// An article that came as plain text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Plain {
    /// Its title, if its first line can be one.
    pub(crate) title: Option<String>,
    /// When it says that it was published.
    pub(crate) published: Option<Moment>,
    /// Who it says wrote it, as it stands after `By`.
    pub(crate) byline: Option<String>,
    /// Its body.
    pub(crate) body: Rendered,
}

/// Whether a page is plain text: it is said to be, or nothing in it is mark-up. What is said to be text and is a
/// document of mark-up all the same is read as that.
pub(crate) fn applies(content_type: Option<&str>, text: &str) -> bool {
    let head: String = text.chars().take(2048).collect::<String>().to_ascii_lowercase();
    let is_document =
        ["<html", "<!doctype", "<body", "<head", "<?xml", "<div", "<p>"].iter().any(|tag| head.contains(tag));
    if is_document {
        return false;
    }
    match essence(content_type).as_deref() {
        Some("text/plain" | "text/markdown") => true,
        _ => !has_tags(text),
    }
}

/// Whether a page is there for programs: a feed or sitemap, JSON, or text that is said to be something of the kind.
pub(crate) fn is_data(content_type: Option<&str>, text: &str) -> bool {
    let is_said = |essence: String| {
        let (kind, name) = essence.split_once('/').unwrap_or_default();
        let data = ["json", "javascript", "ecmascript", "css", "csv", "calendar", "xml"];
        matches!(kind, "text" | "application") && data.iter().any(|data| name.ends_with(data))
    };
    let is_json = || serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok();
    matches!(root(text).as_deref(), Some("rss" | "feed" | "rdf:rdf" | "urlset" | "sitemapindex" | "opml"))
        || (text.trim_start().starts_with(['{', '[']) && is_json())
        || (essence(content_type).is_some_and(is_said) && !has_tags(text))
}

/// The name of the first element, in lower case, if it stands near the start.
fn root(text: &str) -> Option<String> {
    const NEAR: usize = 2048;
    let starts = text.match_indices('<').map(|(at, _)| at).take_while(|at| *at < NEAR);
    let mut tags =
        starts.map(|at| &text[at + 1..]).filter(|rest| rest.starts_with(|c: char| c.is_alphabetic()));
    let name = tags.next()?.split(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).next()?;
    (name.len() < 32).then(|| name.to_ascii_lowercase())
}

/// A content type without its parameters.
fn essence(content_type: Option<&str>) -> Option<String> {
    content_type.map(|value| value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase())
}

/// Whether anything looks like a tag or comment of HTML.
fn has_tags(text: &str) -> bool {
    let last_end = text.rfind('>').unwrap_or_default();
    text[..last_end].match_indices('<').any(|(at, _)| {
        let rest = text[at + 1..].trim_start_matches('/');
        rest.starts_with(|c: char| c.is_ascii_alphabetic() || c == '!')
    })
}

/// Reads the article in `text`; `date` reads a line that is a date. `None` if there is no text.
pub(crate) fn article(text: &str, date: &dyn Fn(&str) -> Option<Moment>) -> Option<Plain> {
    let mut lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    let head = Head::take(&mut lines, date);
    let mut paragraphs = Vec::new();
    let mut was_label = false;
    for block in lines.split(|line| line.trim().is_empty()) {
        let own: Vec<&str> = block.iter().copied().filter(|line| !is_noise(line, &mut was_label)).collect();
        paragraphs.extend(paragraphs_of(&own));
    }
    let body = render::paragraphs(&paragraphs);
    (head.title.is_some() || !body.text.is_empty()).then_some(Plain {
        title: head.title,
        published: head.published,
        byline: head.byline,
        body,
    })
}

/// Noise, a line of signs, or the title that a promotion's label announced.
fn is_noise(line: &str, was_label: &mut bool) -> bool {
    if line.is_empty() {
        return true;
    }
    let is_sentence = line.ends_with(['.', '!', '?', '。']);
    let noise = noise::of_line(line).filter(|noise| *noise != Noise::MaybePromotion || !is_sentence);
    let is_announced = *was_label && line.chars().count() < 160 && !is_sentence;
    *was_label = noise == Some(Noise::PromotionLabel);
    noise.is_some() || is_announced || !line.contains(char::is_alphanumeric)
}

/// What stands before the text.
#[derive(Debug, Default)]
struct Head {
    title: Option<String>,
    published: Option<Moment>,
    byline: Option<String>,
}

impl Head {
    /// Takes the head's lines out of `lines`.
    fn take(lines: &mut [&str], date: &dyn Fn(&str) -> Option<Moment>) -> Head {
        let mut head = Head::default();
        let filled: Vec<usize> =
            (0..lines.len()).filter(|at| !lines[*at].trim().is_empty()).take(HEAD).collect();
        let has_more = filled.len() > 1;
        for (place, at) in filled.into_iter().enumerate() {
            let line = lines[at].trim();
            if head.published.is_none()
                && line.len() <= MAX_DATE_LINE
                && let Some(moment) = date(date_of(line))
            {
                head.published = Some(moment);
            } else if let Some(name) = byline(line) {
                head.byline.get_or_insert(name);
            } else if head.title.is_none()
                && place < 4
                && noise::of_line(line).is_none()
                && line.contains(char::is_alphanumeric)
            {
                match title(line).filter(|_| has_more) {
                    Some(title) => head.title = Some(title),
                    None => break,
                }
            } else if noise::of_line(line).is_none() && line.contains(char::is_alphanumeric) {
                break;
            }
            lines[at] = "";
        }
        head
    }
}

/// The date in a line without what is said before it.
fn date_of(line: &str) -> &str {
    let label = line.split_once(':').filter(|(label, _)| {
        !label.is_empty()
            && label.chars().count() <= 16
            && label.chars().all(|c| c.is_alphabetic() || c == ' ')
    });
    label.map_or(line, |(_, date)| date).trim()
}

fn title(line: &str) -> Option<String> {
    let line = line.trim_start_matches('#').trim();
    let is_sentence = line.ends_with(['.', '。', ';', ',']) && line.chars().count() > 90;
    (line.chars().count() <= MAX_TITLE && !is_sentence)
        .then(|| line.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// The name in a line such as `By Ana Lima`.
fn byline(line: &str) -> Option<String> {
    const STARTS: &[&str] =
        &["by ", "von ", "par ", "por ", "di ", "door ", "автор: ", "author: ", "autor: ", "written by "];
    let start = STARTS
        .iter()
        .find(|start| line.get(..start.len()).is_some_and(|head| head.to_lowercase() == **start))?;
    let name = line[start.len()..].trim();
    let words = name.split_whitespace().count();
    let is_name = name.chars().next().is_some_and(|first| first.is_uppercase() || !first.is_ascii());
    ((1..=8).contains(&words) && is_name && !name.ends_with('.')).then(|| name.to_owned())
}

/// The paragraphs in lines without an empty one between: one if they are one that was wrapped, one each if they are
/// long, and else one whose line breaks mean something.
fn paragraphs_of(lines: &[&str]) -> Vec<Vec<String>> {
    let longest = lines.iter().map(|line| line.chars().count()).max().unwrap_or(0);
    let trimmed = || lines.iter().map(|line| line.trim().to_owned());
    if lines.len() < 2 || longest > 120 {
        return trimmed().map(|line| vec![line]).collect();
    }
    let filled =
        lines[..lines.len() - 1].iter().filter(|line| line.chars().count() * 10 >= longest * 6).count();
    if longest >= 50 && filled * 5 >= (lines.len() - 1) * 4 {
        return vec![vec![trimmed().collect::<Vec<_>>().join(" ")]];
    }
    vec![trimmed().collect()]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(line: &str) -> Option<Moment> {
        ["%a %b %d %Y", "%d %B %Y", "%Y-%m-%d"]
            .iter()
            .find_map(|format| chrono::NaiveDate::parse_from_str(line, format).ok())
            .map(Moment::day)
    }

    fn read(text: &str) -> Plain {
        article(text, &day).unwrap()
    }

    #[test]
    fn what_only_programs_read_is_no_article() {
        let check =
            |said: Option<&str>, text: &str, expected| assert_eq!(is_data(said, text), expected, "{text}");
        check(None, "{\"error\": {\"html\": \"<p>gone</p>\"}}", true);
        check(Some("text/html"), "<?xml version='1.0'?><!-- news --><rss version='2.0'>", true);
        check(Some("text/css"), "body { color: black }", true);
        check(Some("text/css"), "<p>A page that its server calls a style sheet.</p>", false);
        check(Some("application/xhtml+xml"), "<?xml version='1.0'?><!DOCTYPE html><html>", false);
        check(Some("text/plain"), "{ a text may begin like this }", false);
        check(None, "[1] The first note of a text.", false);
    }

    #[test]
    fn the_page_the_project_was_born_from() {
        let plain = read(include_str!("../../../tests/fixtures/pages/plain-seed/source.txt"));
        assert_eq!(
            plain.title.as_deref(),
            Some("US for Action on Irregular Migration at Guatemala Gathering")
        );
        assert_eq!(plain.published.unwrap().to_string(), "2024-05-08");
        let paragraphs: Vec<&str> = plain.body.text.split("\n\n").collect();
        assert_eq!(paragraphs.len(), 15);
        assert!(paragraphs[0].starts_with("GUATEMALA CITY, Guatemala: Washington"));
        assert!(paragraphs[14].starts_with("A month earlier"));
        assert!(!plain.body.text.contains("icon-") && !plain.body.text.contains("READ ALSO"));
    }

    #[test]
    fn head_lines_are_no_text() {
        let plain =
            read("# Floods\n\nBy Ana Lima\nPublished: 8 May 2024\n\nThe river rose.\n\nIt fell again.\n");
        assert_eq!(plain.title.as_deref(), Some("Floods"));
        assert_eq!(plain.byline.as_deref(), Some("Ana Lima"));
        assert_eq!(plain.published.unwrap().to_string(), "2024-05-08");
        assert_eq!(plain.body.text, "The river rose.\n\nIt fell again.");
    }

    #[test]
    fn wrapped_lines_are_one_paragraph_and_verse_is_not() {
        let wrapped = "Title\n\nThe river rose during the night and took the bridge that the\nvillage had built only last year, the mayor said on the radio,\nand nobody was hurt.";
        assert_eq!(read(wrapped).body.text.lines().count(), 1);
        let verse = "Title\n\nRough winds do shake\nthe darling buds\nof May";
        assert_eq!(read(verse).body.html, "<p>Rough winds do shake<br>the darling buds<br>of May</p>");
    }

    #[test]
    fn a_promotion_takes_the_title_it_announces_along() {
        let plain = read("Title\n\nOne sentence.\n\nREAD ALSO\n\nA headline elsewhere\n\nTwo sentences.");
        assert_eq!(plain.body.text, "One sentence.\n\nTwo sentences.");
    }

    #[test]
    fn signs_are_escaped() {
        assert_eq!(read("Title\n\na < b & c").body.html, "<p>a &lt; b &amp; c</p>");
    }

    #[test]
    fn markup_that_is_called_text_is_markup() {
        assert!(applies(None, "Title\n\nText with 3 < 4 and 5 > 2."));
        assert!(applies(Some("text/plain; charset=utf-8"), "How to use <b> in HTML"));
        assert!(!applies(Some("text/plain"), "<?xml version='1.0'?><html xmlns='x'><body/></html>"));
        assert!(!applies(Some("text/html"), "<title>x</title>text"));
    }
}
