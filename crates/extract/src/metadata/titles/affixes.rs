//! What stands around a headline: the site's name and the section, behind or before a separator.

use url::Url;

use crate::metadata::canonical;
use crate::text::{self, bare};

/// What stands between a headline and the site's name.
const SEPARATORS: &[&str] = &[
    " | ", " - ", " – ", " — ", " · ", " :: ", " » ", " « ", " • ", "｜", "ㅣ", "│", " / ", " ~ ", "_",
    " < ", "--", " ‹ ", " › ", " ⋆ ", " ‒ ", " |",
];
/// Signs that set a site's name apart from a headline where the name is known; in pairs, they may stand around it.
const SIGNS: &str = "|｜¦│ㅣ-‐–—―‒~〜～:：·•»«›‹<>＜＞/\\_＿⋆★☆@→[]【】()（）「」『』〈〉《》";
/// The fewest words of a headline that stands in front of a section.
const FEWEST_WORDS: usize = 3;

/// The fewest letters of a site's name that is looked for at the ends of a title.
const FEWEST_LETTERS: usize = 3;

/// What may stand around the headlines of one page.
pub(super) struct Affixes {
    /// The site's names, letters and digits alone.
    sites: Vec<Name>,
    /// The label of the site's host.
    label: String,
    /// The sections of the page: those it declares and the folders of its address, letters and digits alone.
    sections: Vec<String>,
}

struct Name {
    letters: String,
    words: usize,
    /// The name without its first word, without its first two, and so on.
    last: Vec<String>,
}

impl Name {
    fn new(site: &str) -> Name {
        let words: Vec<&str> = site.split_whitespace().collect();
        let last = (1..words.len()).map(|at| bare(&words[at..].concat())).collect();
        Name { letters: bare(site), words: words.len(), last }
    }

    /// What is left of a title before or behind this name, where a sign sets the name apart.
    fn without<'t>(&self, title: &'t str) -> Option<&'t str> {
        if self.letters.chars().count() < FEWEST_LETTERS {
            return None;
        }
        let behind = || {
            let end = ends_with(title.trim_end_matches(is_sign), &self.letters)?;
            set_apart(&title[..end], |rest| rest.trim_end_matches(is_sign))
        };
        let before = || {
            let from = title.trim_start_matches(is_sign);
            let end = starts_with(from, &self.letters)?;
            set_apart(&from[end..], |rest| rest.trim_start_matches(is_sign))
        };
        behind().or_else(before)
    }
}

/// `rest` without the signs at its end that `trim` takes off, if there is one that sets it apart: a hyphen that has no
/// space beside it joins words.
fn set_apart<'t>(rest: &'t str, trim: impl Fn(&'t str) -> &'t str) -> Option<&'t str> {
    let headline = trim(rest);
    let signs = match rest.strip_prefix(headline) {
        Some(signs) => signs,
        None => rest.strip_suffix(headline)?,
    };
    let joins = |c: char| matches!(c, '-' | '‐' | '@' | '/' | ':');
    let clear = signs.contains(|c: char| !c.is_whitespace() && !joins(c));
    let loose = signs.contains(joins) && signs.contains(char::is_whitespace);
    let ideographs = || headline.chars().any(text::is_ideograph) && signs.contains(joins);
    let is_headline = bare(headline).chars().count() > 1;
    (is_headline && (clear || loose || ideographs())).then_some(headline)
}

fn is_sign(c: char) -> bool {
    c.is_whitespace() || SIGNS.contains(c)
}

/// Where in `text` its end begins that has but these letters, in this order.
fn ends_with(text: &str, letters: &str) -> Option<usize> {
    let mut wanted = letters.chars().rev().peekable();
    for (at, c) in text.char_indices().rev() {
        for lower in c.to_lowercase().rev().filter(|c| c.is_alphanumeric()) {
            if wanted.next() != Some(lower) {
                return None;
            }
        }
        if wanted.peek().is_none() {
            let whole = text[..at].chars().next_back().is_none_or(|c| !c.is_alphanumeric());
            return whole.then_some(at);
        }
    }
    None
}

/// Where in `text` its beginning ends that has but these letters, in this order.
fn starts_with(text: &str, letters: &str) -> Option<usize> {
    let mut wanted = letters.chars().peekable();
    for (at, c) in text.char_indices() {
        for lower in c.to_lowercase().filter(|c| c.is_alphanumeric()) {
            if wanted.next() != Some(lower) {
                return None;
            }
        }
        if wanted.peek().is_none() {
            let end = at + c.len_utf8();
            let whole = text[end..].chars().next().is_none_or(|c| !c.is_alphanumeric());
            return whole.then_some(end);
        }
    }
    None
}

impl Affixes {
    pub(super) fn new(sites: &[String], declared_sections: &[String], url: &Url) -> Affixes {
        let host = canonical::site(url.host_str().unwrap_or_default());
        let mut sections: Vec<String> = url.path_segments().into_iter().flatten().map(bare).collect();
        sections.pop();
        sections.extend(declared_sections.iter().map(|section| bare(section)));
        Affixes {
            sites: sites.iter().map(|site| Name::new(site)).collect(),
            label: bare(host.split('.').next().unwrap_or_default()),
            sections,
        }
    }

    /// Whether `title` is the site's name alone.
    pub(super) fn are(&self, title: &str) -> bool {
        let letters = bare(title);
        self.sites.iter().any(|site| site.letters == letters)
    }

    /// Takes the site's name and the section off the end or the beginning.
    pub(super) fn strip(&self, title: &str) -> Option<String> {
        let mut title = title.trim();
        for _ in 0..3 {
            if !may_separate(title) {
                break;
            }
            if let Some(rest) = self.sites.iter().find_map(|site| site.without(title)) {
                title = rest;
                continue;
            }
            let (last, first) = (last_separator(title), first_separator(title));
            let colon = title.find(": ").filter(|at| first.is_none_or(|(before, _)| *at < before));
            if let Some((before, after)) = last
                && (self.names_site(&title[after..]) || self.names_section(&title[..before], &title[after..]))
            {
                title = title[..before].trim();
            } else if let Some(at) = colon
                && self.are(&title[..at])
            {
                title = title[at + 2..].trim();
            } else if let Some((before, after)) = first
                && self.names_site(&title[..before])
            {
                title = title[after..].trim();
            } else if let Some((headline, part)) = title.rsplit_once('-')
                && self.names_section(headline, part)
                && !headline.ends_with(char::is_whitespace)
                && part.chars().all(text::is_ideograph)
            {
                title = headline;
            } else {
                break;
            }
        }
        (!title.is_empty()).then(|| title.to_owned())
    }

    /// Whether `part` is a name of the site: whole, cut, or with a word or two behind it that are no number.
    fn names_site(&self, part: &str) -> bool {
        let (letters, words) = (bare(part), count(part));
        let long = |text: &str| text.chars().count() > 3;
        let known = self.sites.iter().any(|site| {
            let more = long(&site.letters)
                && letters.starts_with(&site.letters)
                && words <= site.words + 2
                && !part.chars().any(char::is_numeric);
            let cut = || site.letters.starts_with(&letters) || site.last.contains(&letters);
            site.letters == letters || long(&letters) && cut() || more
        });
        let labelled = words <= 2
            && letters.len() > 3
            && letters.len() * 2 >= self.label.len()
            && self.label.contains(&letters);
        !letters.is_empty() && (known || labelled)
    }

    /// Whether `part`, behind a `headline`, is the section of the page.
    fn names_section(&self, headline: &str, part: &str) -> bool {
        let letters = bare(part);
        letters.len() > 3 && self.sections.contains(&letters) && text::words(headline).len() >= FEWEST_WORDS
    }
}

/// The last separator in a title.
fn last_separator(title: &str) -> Option<(usize, usize)> {
    SEPARATORS.iter().filter_map(|sign| title.rfind(sign).map(|at| (at, at + sign.len()))).max()
}

/// The first separator in a title.
fn first_separator(title: &str) -> Option<(usize, usize)> {
    SEPARATORS.iter().filter_map(|sign| title.find(sign).map(|at| (at, at + sign.len()))).min()
}

/// A title cut at its last separator, and at its first.
pub(super) fn ends(title: &str) -> Option<(Option<Cut<'_>>, Option<Cut<'_>>)> {
    if !may_separate(title) {
        return None;
    }
    let cut = |(before, after): (usize, usize)| (title[..before].trim(), title[after..].trim());
    Some((last_separator(title).map(cut), first_separator(title).map(cut)))
}

/// What stands before a separator, and what behind it.
pub(super) type Cut<'t> = (&'t str, &'t str);

/// Whether there is anything in a title that separators are made of: most have nothing, and need no search for each.
fn may_separate(title: &str) -> bool {
    title.bytes().any(|byte| !byte.is_ascii() || b"|-:/~_<>@[](\\".contains(&byte))
}

fn count(text: &str) -> usize {
    text.split_whitespace().count()
}

/// The parts of a title, cut at separators.
pub(in crate::metadata) fn segments(title: &str) -> Vec<&str> {
    let mut parts = vec![title];
    if !may_separate(title) {
        return parts.into_iter().map(str::trim).filter(|part| !part.is_empty()).collect();
    }
    for separator in SEPARATORS {
        parts = parts.into_iter().flat_map(|part| part.split(separator)).collect();
    }
    parts.into_iter().map(str::trim).filter(|part| !part.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(title: &str, expected: &str) {
        let url = Url::parse("https://www.thecourier.example/patient-care/rivers/a-bridge").unwrap();
        let affixes = Affixes::new(
            &["The Courier".to_owned(), "courier.example".to_owned()],
            &["정치".to_owned()],
            &url,
        );
        assert_eq!(affixes.strip(title).unwrap(), expected);
    }

    #[test]
    fn the_sites_name_is_taken_off() {
        check("A bridge falls | The Courier", "A bridge falls");
        check("The Courier: A bridge falls", "A bridge falls");
        check("A bridge falls - The Courier Online", "A bridge falls");
        check("A bridge falls | Courier", "A bridge falls");
        check("A bridge - and a river - falls", "A bridge - and a river - falls");
    }

    #[test]
    fn a_headline_that_speaks_of_the_site_stays_whole() {
        check("The Courier opens a house: A bridge falls", "The Courier opens a house: A bridge falls");
        check("The Courier 2026 – A bridge falls", "The Courier 2026 – A bridge falls");
    }

    #[test]
    fn the_section_in_whose_folder_the_page_stands_is_taken_off() {
        check("A bridge falls down | Patient Care | The Courier", "A bridge falls down");
        check("다리가 무너졌다, 강은 그대로-정치ㅣThe Courier", "다리가 무너졌다, 강은 그대로");
        check("A bridge falls down | A river rises", "A bridge falls down | A river rises");
        check("Bridges | Rivers", "Bridges | Rivers");
    }
}
