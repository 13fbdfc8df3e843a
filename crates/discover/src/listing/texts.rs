//! What the links of a page say, and which of them look like headlines.

use rustc_hash::FxHashMap;
use tearsheet_dates::{DateContext, find_date};

use super::page::Page;
use super::title::{self, words};

/// The kind of a text that is a date.
pub(super) const DATE: &str = "date";
/// A text that says the same of many pages has at most so many words.
const KIND: usize = 6;
/// A text that is little more than a date has at most so many letters.
const DATE_LETTERS: usize = 25;

/// The texts of a page's links, by their number.
pub(super) struct Texts {
    pub(super) titles: Vec<String>,
    pub(super) words: Vec<usize>,
    /// What a text says that is no title: "12 comments", a date. Empty for all others.
    pub(super) kinds: Vec<String>,
    /// Whether it could be an article's title by itself.
    pub(super) is_headline: Vec<bool>,
    /// How many pages are linked with this text.
    counts: Vec<usize>,
}

impl Texts {
    pub(super) fn of(page: &Page<'_>) -> Texts {
        let titles: Vec<String> = (0..page.links.len()).map(|link| title::of_link(page, link)).collect();
        let mut texts = Texts {
            words: titles.iter().map(|title| words(title)).collect(),
            counts: Vec::new(),
            titles,
            kinds: Vec::new(),
            is_headline: Vec::new(),
        };
        texts.find_kinds(page);
        texts.is_headline = (0..page.links.len()).map(|link| texts.could_be_a_title(page, link)).collect();
        texts
    }

    /// How many pages are linked with the text of `link`.
    pub(super) fn count(&self, link: usize) -> usize {
        self.counts[link]
    }

    fn find_kinds(&mut self, page: &Page<'_>) {
        let is_short = |link: usize| self.words[link] <= KIND;
        let template = |link: usize| {
            if is_short(link) { title::template(&self.titles[link]) } else { String::new() }
        };
        let templates: Vec<String> = (0..self.titles.len()).map(template).collect();
        self.counts = count_targets(page, &self.titles);
        let counts = count_targets(page, &templates);
        let is_kind = |link: usize| is_short(link) && counts[link] > 2;
        self.kinds = templates
            .into_iter()
            .enumerate()
            .map(|(link, template)| {
                if page.is_block(page.links[link].element) {
                    String::new()
                } else if is_kind(link) {
                    template
                } else if is_date(&self.titles[link]) {
                    DATE.to_owned()
                } else {
                    String::new()
                }
            })
            .collect();
    }

    fn could_be_a_title(&self, page: &Page<'_>, link: usize) -> bool {
        let element = page.links[link].element;
        let region = page.elements[element].region;
        self.words[link] >= 4
            && self.kinds[link].is_empty()
            && !region.navigation
            && !region.footer
            && self.count(link) <= 2
            && !page.text_of(element).is_empty()
            && line_share(page, element) > 0.6
    }
}

/// For each of `texts`, which are the links' in order, how many pages are linked with it.
fn count_targets(page: &Page<'_>, texts: &[String]) -> Vec<usize> {
    let mut known: FxHashMap<&str, usize> = FxHashMap::default();
    known.reserve(texts.len());
    let mut counts: Vec<(usize, usize)> = Vec::new();
    let mut numbers = Vec::with_capacity(texts.len());
    for (link, text) in page.links.iter().zip(texts) {
        let number = *known.entry(text).or_insert(counts.len());
        if number == counts.len() {
            counts.push((0, usize::MAX));
        }
        let (count, last) = &mut counts[number];
        if *last != link.target {
            (*count, *last) = (*count + 1, link.target);
        }
        numbers.push(number);
    }
    numbers.into_iter().map(|number| counts[number].0).collect()
}

/// How much of the text of the lines on which it stands is a link's.
pub(super) fn line_share(page: &Page<'_>, element: usize) -> f32 {
    let whole = page.lines_around(element).trim_ascii().len();
    if whole == 0 { 1.0 } else { page.text_of(element).len() as f32 / whole as f32 }
}

/// Whether a text is a date and little else.
pub(super) fn is_date(text: &str) -> bool {
    text.len() < 80
        && Digits::of(text).may_be_of_a_day(text)
        && text.chars().filter(|c| c.is_alphabetic()).count() <= DATE_LETTERS
        && !title::is_address(text)
        && find_date(text, &DateContext::default()).is_some()
}

/// The numbers in a text. Most texts have none, and a date need not be looked for in them.
#[derive(Clone, Copy, Default)]
pub(super) struct Digits {
    numbers: usize,
    /// One that may be a year, or a whole date.
    has_year: bool,
    /// One that may be a day's, or a count of hours.
    pub(super) has_small: bool,
    has_mark: bool,
}

impl Digits {
    pub(super) fn of(text: &str) -> Digits {
        let mut found = Digits::default();
        let mut run = 0;
        for byte in text.bytes() {
            if byte.is_ascii_digit() {
                run += 1;
            } else {
                if run > 0 {
                    found.add(run);
                    run = 0;
                }
                found.has_mark |= matches!(byte, b'/' | b'.' | b'-');
            }
        }
        if run > 0 {
            found.add(run);
        }
        found
    }

    fn add(&mut self, digits: usize) {
        self.numbers += 1;
        self.has_year |= matches!(digits, 4 | 8);
        self.has_small |= digits <= 3;
    }

    /// Whether there is a year in `text`, whose digits these are, or there are numbers that may be a day's.
    pub(super) fn may_be_of_a_day(self, text: &str) -> bool {
        self.has_year
            || (self.numbers > 1 && self.has_mark)
            || (self.numbers == 0
                && !text.is_ascii()
                && text.contains(|c: char| !c.is_ascii() && c.is_numeric()))
    }
}
