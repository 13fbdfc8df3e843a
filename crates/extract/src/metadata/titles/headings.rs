//! The headings of a page that can be its headline, and the one that is.

use rustc_hash::FxHashSet;
use scraper::ElementRef;
use tearsheet_dates::{DateContext, find_date};

use super::affixes::Affixes;
use super::is_title;
use crate::extract::metadata::choice::Said;
use crate::extract::metadata::material::Material;
use crate::extract::metadata::text::{self, bare, of_element, pieces};

/// How many headings are looked at.
const MOST: usize = 40;
/// The fewest words of a headline under an overline.
const FEWEST_WORDS: usize = 3;
/// The likeness to a declared title from which a heading of the first level is the headline.
const FIRST_LEVEL: f64 = 0.3;
/// The likeness from which one of the first level leaves those of the second no chance.
const SURE: f64 = 0.4;
/// The likeness from which another heading is.
const OTHER_LEVEL: f64 = 0.8;
/// The likeness from which one of this many words or more is, where none is of the first level.
const NO_FIRST_LEVEL: f64 = 0.6;
const MANY_WORDS: usize = 6;
/// The likeness of what is all but the same.
const SAME: f64 = 0.95;
/// How much more alike a later heading must be than an earlier one.
const EARLIER: f64 = 0.1;

/// A heading.
pub(super) struct Heading<'a> {
    pub(super) element: ElementRef<'a>,
    /// Its position among all elements.
    pub(super) order: usize,
    pub(super) level: Level,
    pub(super) title: String,
    /// An overline of its own was left out of the title.
    under: bool,
}

/// What kind of heading it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Level {
    First,
    Second,
    /// Beside the article.
    Aside,
}

/// The heading that is most alike, and how much.
type Best<'h, 'a> = Option<(f64, &'h Heading<'a>)>;

/// The headings that can be titles.
pub(super) fn read<'a>(material: &Material<'a>, affixes: &Affixes) -> Vec<Heading<'a>> {
    let all = material.headings.iter().take(MOST).filter_map(|marked| {
        let level = match marked.element.value().name() {
            _ if marked.place.aside => Level::Aside,
            "h1" => Level::First,
            _ => Level::Second,
        };
        let (text, under) = title_of(marked.element);
        let title = affixes.strip(&text).filter(|_| !leads_home(marked.element))?;
        is_title(&title, affixes).then_some(Heading {
            element: marked.element,
            order: marked.place.order,
            level,
            title,
            under,
        })
    });
    all.collect()
}

/// The text of a heading without what is marked as an overline in front of it, and whether there was one. An overline
/// that a colon ties to the rest belongs to it.
fn title_of(heading: ElementRef<'_>) -> (String, bool) {
    let whole = of_element(heading);
    // Some systems write the entities of entities, and some documents a sign behind each heading that links to it.
    let whole =
        if whole.contains("&#") || whole.contains("&amp;") { text::plain_of_markup(&whole) } else { whole };
    let whole = whole.trim_end_matches('¶').trim_end().to_owned();
    let first = heading.descendants().skip(1).take(4).filter_map(ElementRef::wrap).find(is_overline);
    let rest = first.and_then(|first| whole.strip_prefix(of_element(first).as_str()));
    let Some(rest) = rest.filter(|rest| !rest.trim_start().starts_with([':', '：'])) else {
        return (whole, false);
    };
    let rest = rest.trim_start_matches(|c: char| c.is_whitespace() || "-–—/|·•".contains(c));
    if text::words(rest).len() >= FEWEST_WORDS { (rest.to_owned(), true) } else { (whole, false) }
}

/// Whether an element's class says that it stands over the headline.
fn is_overline(element: &ElementRef<'_>) -> bool {
    let class = element.attr("class").unwrap_or_default().to_ascii_lowercase();
    [
        "overline",
        "kicker",
        "eyebrow",
        "roofline",
        "dachzeile",
        "topline",
        "supertitle",
        "surtitre",
        "antetitulo",
    ]
    .iter()
    .any(|word| class.contains(word))
        && !of_element(*element).ends_with([':', '：'])
}

/// Whether a heading is a link to the site's home, and so the site's name.
fn leads_home(heading: ElementRef<'_>) -> bool {
    let link =
        heading.descendants().take(6).filter_map(ElementRef::wrap).find(|inner| inner.value().name() == "a");
    link.and_then(|link| link.attr("href")).is_some_and(|href| {
        let path = href
            .split_once("://")
            .map_or(href, |(_, rest)| rest.split_once('/').map_or("", |(_, path)| path));
        matches!(path.trim_matches('/'), "" | "index.html" | "index.php") && !href.starts_with('#')
    })
}

/// The heading that agrees best with what the page declares to be its title; a little better is not enough for a later
/// one.
pub(super) fn agreed<'h, 'a>(
    headings: &'h [Heading<'a>],
    declared: &[Said<String>],
) -> Option<&'h Heading<'a>> {
    let mut known: Vec<FxHashSet<String>> = Vec::new();
    for said in declared.iter().take(6) {
        let words = text::words(&said.value);
        if !known.contains(&words) {
            known.push(words);
        }
    }
    let likeness = |heading: &Heading<'_>| {
        let words = text::words(&heading.title);
        known.iter().map(|known| text::overlap(known, &words)).fold(0.0, f64::max)
    };
    let (mut first, mut other): (Best<'h, 'a>, Best<'h, 'a>) = (None, None);
    let ranked = headings.iter().any(|heading| heading.level == Level::First);
    let other_level = |heading: &Heading<'_>| {
        let long = || text::words(&heading.title).len() >= MANY_WORDS;
        if !ranked && long() { NO_FIRST_LEVEL } else { OTHER_LEVEL }
    };
    for heading in headings.iter().filter(|heading| heading.title.len() > 3).take(20) {
        let likeness = likeness(heading);
        let (best, bar) = match heading.level {
            Level::First => (&mut first, FIRST_LEVEL),
            Level::Second | Level::Aside => (&mut other, other_level(heading)),
        };
        if likeness >= bar && best.is_none_or(|(known, _)| likeness > known + EARLIER) {
            *best = Some((likeness, heading));
        }
    }
    let same = other.filter(|(likeness, _)| *likeness > SAME);
    let sure = first.filter(|(likeness, _)| *likeness >= if same.is_some() { SAME } else { SURE });
    sure.or(other).or(first).map(|(_, heading)| heading)
}

/// The heading of the first level, if there is but one, before `end`, it is more than a word or two, and shares a word
/// with what is declared.
pub(super) fn only<'h, 'a>(
    headings: &'h [Heading<'a>],
    declared: &[Said<String>],
    end: usize,
) -> Option<&'h Heading<'a>> {
    let mut first = headings.iter().filter(|heading| heading.level == Level::First);
    let heading = first.next()?;
    let alone = first.all(|other| bare(&other.title) == bare(&heading.title));
    let words = |title: &str| -> FxHashSet<String> {
        let telling = |word: &String| word.len() > 1;
        text::words(title).into_iter().filter(telling).collect()
    };
    let own = words(&heading.title);
    let apart = declared.len() > 1 && declared.iter().all(|said| words(&said.value).is_disjoint(&own));
    (alone && !apart && heading.order < end && own.len() >= 3).then_some(heading)
}

/// The text of a heading without a section or date around it, or in its own letters where it is in capitals, as one of
/// the declared titles has it.
pub(super) fn bare_title(heading: &Heading<'_>, declared: &[Said<String>]) -> String {
    let title = &heading.title;
    let capitals = || {
        let shouts = !title.chars().any(char::is_lowercase);
        declared.iter().map(|said| &said.value).find(|other| shouts && text::similarity(other, title) > 0.85)
    };
    let within = || {
        let short = declared.iter().map(|said| &said.value).find(|other| is_within(heading, other))?;
        let with = |text: &String| declared.iter().filter(|said| said.value == *text).count();
        (with(short) >= with(title)).then_some(short)
    };
    let tied = || under_a_kicker(title, declared).filter(|_| !heading.under);
    capitals().or_else(within).or_else(tied).unwrap_or(title).clone()
}

/// Whether a heading is `title` with a few words in front, or behind it where something sets them apart.
fn is_within(heading: &Heading<'_>, title: &str) -> bool {
    let few = |words: &&str| (1..=5).contains(&words.split_whitespace().count());
    let before = || {
        let kicker = heading.title.strip_suffix(title).filter(few);
        // "10", "2026" and "The" are no kickers, but a whole date is none of the headline.
        kicker.is_some_and(|kicker| {
            let lettered = kicker.chars().filter(|c| c.is_alphabetic()).count() > 3;
            let dated = || find_date(kicker, &DateContext::default()).is_some();
            kicker.ends_with([' ', ':', '-', '/']) && (lettered || dated())
        })
    };
    let behind = || {
        heading.title.strip_prefix(title).filter(few).is_some_and(|rest| {
            let rest = rest.trim();
            let last = || pieces(heading.element, 1000).into_iter().rfind(|piece| !piece.trim().is_empty());
            rest.starts_with(['-', '–', '—', '/', '|', '·', '•', '«', '<', '('])
                || last().is_some_and(|piece| text::fold(piece) == rest)
        })
    };
    text::words(title).len() >= 3 && (before() || behind())
}

/// The first declared title, where all that machines read is the heading with the same kicker in front.
fn under_a_kicker<'d>(heading: &str, declared: &'d [Said<String>]) -> Option<&'d String> {
    let first = &declared.first()?.value;
    let kicker = first.strip_suffix(heading)?.trim_end().strip_suffix(':')?;
    let agreed = declared.iter().take(3).filter(|said| said.value == *first).count() == 3;
    (agreed && kicker.split_whitespace().count() <= 4).then_some(first)
}
