//! What stands around a headline: the site's name and the section, behind or before a separator.

use url::Url;

use crate::extract::metadata::canonical;
use crate::extract::metadata::text::{self, bare};

/// What stands between a headline and the site's name.
const SEPARATORS: &[&str] = &[
    " | ", " - ", " – ", " — ", " · ", " :: ", " » ", " « ", " • ", "｜", "ㅣ", "│", " / ", " ~ ", "_",
    " < ", "--", " ‹ ", " › ", " ⋆ ", " ‒ ", " |",
];
/// The fewest words of a headline that stands in front of a section.
const FEWEST_WORDS: usize = 3;

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
}

impl Affixes {
    pub(super) fn new(sites: &[String], declared_sections: &[String], url: &Url) -> Affixes {
        let host = canonical::site(url.host_str().unwrap_or_default());
        let mut sections: Vec<String> = url.path_segments().into_iter().flatten().map(bare).collect();
        sections.pop();
        sections.extend(declared_sections.iter().map(|section| bare(section)));
        Affixes {
            sites: sites.iter().map(|site| Name { letters: bare(site), words: count(site) }).collect(),
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
            let last = SEPARATORS.iter().filter_map(|sign| title.rfind(sign).map(|at| (at, at + sign.len())));
            let first = SEPARATORS.iter().filter_map(|sign| title.find(sign).map(|at| (at, at + sign.len())));
            let (last, first) = (last.max(), first.min());
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
            site.letters == letters || long(&letters) && site.letters.starts_with(&letters) || more
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

/// Whether there is anything in a title that separators are made of: most have nothing, and need no search for each.
fn may_separate(title: &str) -> bool {
    title.bytes().any(|byte| !byte.is_ascii() || b"|-:/~_<".contains(&byte))
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
