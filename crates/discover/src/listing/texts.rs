//! What the links of a page say, and which of them look like headlines.

use std::ops::Range;

use rustc_hash::FxHashMap;
use tearsheet_dates::{DateContext, find_date};

use super::page::Page;
use super::title::{self, words};

/// The kind of a text that is a date.
pub(super) const DATE: &str = "date";
/// A text that says the same of many pages has at most so many words.
const KIND: usize = 6;
/// A count or a day, as "12 comments", has at most so many.
const COUNT: usize = 4;
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
        self.pardon(page);
    }

    /// Takes back the kind of links that stand among a list's titles as one of them: "Week notes 12". What is said beside
    /// each title, as "12 comments" is, keeps it.
    fn pardon(&mut self, page: &Page<'_>) {
        let mut places: FxHashMap<(u64, bool), Vec<usize>> = FxHashMap::default();
        for (at, link) in page.links.iter().enumerate().filter(|(_, link)| stands_alone(page, link.element)) {
            let place = (page.elements[link.element].class_path, page.begins_line(link.element));
            places.entry(place).or_default().push(at);
        }
        for links in places.into_values() {
            let kinds = links.iter().filter(|&&link| !self.kinds[link].is_empty()).count();
            let others = links.len() - kinds;
            if kinds > 0
                && others > 1
                && self.are_titles(&links)
                && !self.is_beside(page, &links, (kinds, others))
            {
                links.iter().for_each(|&link| self.kinds[link].clear());
            }
        }
    }

    /// Whether most of `links`, those that have a kind left out, may be titles.
    fn are_titles(&self, links: &[usize]) -> bool {
        let others = || links.iter().copied().filter(|&link| self.kinds[link].is_empty());
        let titles = others().filter(|&link| self.words[link] > 2).count();
        titles * 2 > others().count()
    }

    /// Whether those of `links`, which stand at like places, that have a kind are said beside the others, which have none.
    fn is_beside(&self, page: &Page<'_>, links: &[usize], (kinds, others): (usize, usize)) -> bool {
        let has_kind = |link: usize| !self.kinds[link].is_empty();
        let turns = links.windows(2).filter(|pair| has_kind(pair[0]) != has_kind(pair[1])).count();
        let is_count = |link: usize| {
            self.titles[link].starts_with(|c: char| c.is_ascii_digit()) && self.words[link] <= COUNT
        };
        let are_counts = links.iter().all(|&link| !has_kind(link) || is_count(link));
        if turns + 1 == links.len() && kinds.abs_diff(others) <= 1 && are_counts {
            return true;
        }
        let beside = (0..links.len()).filter(|&at| has_kind(links[at])).filter(|&at| {
            let around = around(page, links, at);
            let others = links.iter().filter(|&&link| around.contains(&page.links[link].element));
            others.filter(|&&link| !has_kind(link)).count() == 1
        });
        beside.count() * 2 > kinds
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

/// The smallest element around the link at `at` that holds another of `links`, which lead to other pages.
fn around(page: &Page<'_>, links: &[usize], at: usize) -> Range<usize> {
    let element = |at: usize| page.links[links[at]].element;
    let own = page.links[links[at]].target;
    let is_other = |other: &usize| page.links[links[*other]].target != own;
    let before = (0..at).rev().find(is_other).map(element);
    let after = (at + 1..links.len()).find(is_other).map(element);
    let holds = |around: &Range<usize>| [before, after].iter().flatten().any(|other| around.contains(other));
    let mut rings = page.ancestors(element(at)).map(|ancestor| page.inside(ancestor));
    rings.find(holds).unwrap_or(0..page.elements.len())
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

/// Whether there is nothing beside a link on its lines but a day, a bullet, a date.
pub(super) fn stands_alone(page: &Page<'_>, element: usize) -> bool {
    let (own, whole) = (page.text_of(element), page.lines_around(element));
    let Some((before, after)) = whole.split_once(own).filter(|_| whole.len() < own.len() + DATE_LETTERS * 2)
    else {
        return false;
    };
    let is_little = |text: &str| !text.chars().any(char::is_alphabetic) || is_date(text.trim());
    is_little(before) && is_little(after)
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
