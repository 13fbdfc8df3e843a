//! The headings of a page that can be its headline, and the one that is.

use rustc_hash::FxHashSet;
use scraper::ElementRef;
use tearsheet_dates::{DateContext, find_date};

use super::affixes::{Affixes, segments};
use super::slug::Slug;
use super::{is_title, shown, standing};
use crate::choice::Said;
use crate::metadata::material::{Marked, Material};
use crate::segment::{names, signs};
use crate::text::{self, bare, of_element, pieces};

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
    /// It stands in an `article` or `main`.
    main: bool,
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
    /// Of whatever level, its class says that it is the title of an article.
    Marked,
    /// Beside the article, or hidden.
    Aside,
    /// The site's own.
    Site,
}

/// The heading that is most alike, and how much.
type Best<'h, 'a> = Option<(f64, &'h Heading<'a>)>;

/// The headings that can be titles.
pub(super) fn read<'a>(material: &Material<'a>, affixes: &Affixes) -> Vec<Heading<'a>> {
    let headings = material.headings.iter().take(MOST).map(|marked| (marked, is_named(marked)));
    let titled = material.titles.iter().filter(|marked| !is_frame_or_part(marked));
    let titled = titled.take(MOST).map(|marked| (marked, true));
    let all = headings.chain(titled).filter_map(|(marked, is_named)| {
        let level = match marked.element.value().name() {
            _ if marked.place.aside || shown::is_hidden(marked.element) => Level::Aside,
            _ if !is_named && standing::is_of_the_site(marked) => Level::Site,
            "h1" => Level::First,
            _ if is_named && !marked.place.nested => Level::Marked,
            _ => Level::Second,
        };
        let (text, under) = title_of(marked.element);
        let title = affixes.strip(&text)?;
        is_title(&title, affixes).then_some(Heading {
            element: marked.element,
            order: marked.place.order,
            main: marked.place.main,
            level,
            title,
            under,
        })
    });
    all.collect()
}

/// Whether the class of a heading says that it is the title of an article.
fn is_named(marked: &Marked<'_>) -> bool {
    marked.element.attr("itemprop").is_some_and(|property| property.contains("headline"))
        || names::read(marked.class).signs & signs::TITLE != 0
}

/// Whether an element is more than a title, since it holds headings, or less, since it is in one.
fn is_frame_or_part(marked: &Marked<'_>) -> bool {
    let is_heading = |element: ElementRef<'_>| matches!(element.value().name(), "h1" | "h2" | "h3" | "p");
    let mut inside = marked
        .element
        .descendants()
        .inspect(crate::effort::step)
        .skip(1)
        .take(20)
        .filter_map(ElementRef::wrap);
    let mut around =
        marked.element.ancestors().inspect(crate::effort::step).take(3).filter_map(ElementRef::wrap);
    inside.any(is_heading) || around.any(is_heading)
}

/// The text of a heading without what is marked as an overline in front of it, and whether there was one. An overline
/// that a colon ties to the rest belongs to it.
fn title_of(heading: ElementRef<'_>) -> (String, bool) {
    let whole = shown::of_heading(heading);
    let first = heading
        .descendants()
        .inspect(crate::effort::step)
        .skip(1)
        .take(4)
        .filter_map(ElementRef::wrap)
        .find(is_overline);
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
        "antetitulo",
        "category",
        "dachzeile",
        "eyebrow",
        "kicker",
        "occhiello",
        "overline",
        "pre-title",
        "pretitle",
        "roofline",
        "rubric",
        "rubrik",
        "spitzmarke",
        "supertitle",
        "surtitre",
        "topline",
    ]
    .iter()
    .any(|word| class.contains(word))
        && !of_element(*element).ends_with([':', '：'])
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
    let all = || declared.iter().take(6).flat_map(|said| parts(&said.value));
    let parts: Vec<FxHashSet<String>> = all().filter(|words| words.len() >= FEWEST_WORDS).collect();
    let is_only = headings.iter().filter(|heading| heading.level == Level::First).count() == 1;
    // "Fog" of "Fog - The Ferryman": of one word nothing less than the whole is alike.
    let is_word = |heading: &Heading<'_>, words: &FxHashSet<String>| {
        is_only && heading.level == Level::First && words.len() == 1 && all().any(|part| part == *words)
    };
    let likeness = |heading: &Heading<'_>| {
        let words = text::words(&heading.title);
        let is_word = is_word(heading, &words);
        if is_word {
            return 1.0;
        }
        let parts = parts.iter().filter(|_| heading.level == Level::Marked);
        known.iter().chain(parts).map(|known| text::overlap(known, &words)).fold(0.0, f64::max)
    };
    let (mut first, mut other): (Best<'h, 'a>, Best<'h, 'a>) = (None, None);
    let ranked = headings.iter().any(|heading| heading.level == Level::First);
    let other_level = |heading: &Heading<'_>| {
        let long = || text::words(&heading.title).len() >= MANY_WORDS;
        if !ranked && long() { NO_FIRST_LEVEL } else { OTHER_LEVEL }
    };
    let is_long_enough =
        |heading: &&Heading<'_>| heading.title.len() > 3 || is_word(heading, &text::words(&heading.title));
    for heading in headings.iter().filter(is_long_enough).take(20) {
        let likeness = likeness(heading);
        let (best, bar) = match heading.level {
            Level::First => (&mut first, FIRST_LEVEL),
            Level::Second | Level::Marked | Level::Aside | Level::Site => (&mut other, other_level(heading)),
        };
        if likeness >= bar && best.is_none_or(|(known, _)| likeness > known + EARLIER) {
            *best = Some((likeness, heading));
        }
    }
    let same = other.filter(|(likeness, _)| *likeness > SAME);
    let sure = first.filter(|(likeness, _)| *likeness >= if same.is_some() { SAME } else { SURE });
    sure.or(other).or(first).map(|(_, heading)| heading)
}

/// The words of each part of a title that is cut at separators, where it has more than one.
fn parts(title: &str) -> Vec<FxHashSet<String>> {
    let parts = segments(title);
    let several = parts.len() > 1;
    parts.into_iter().filter(|_| several).map(text::words).collect()
}

/// The heading of which the page's address was made, where nothing that is declared has to do with it: some systems
/// give all their pages one title.
pub(super) fn addressed<'h, 'a>(
    headings: &'h [Heading<'a>],
    declared: &[Said<String>],
    slug: &Slug,
) -> Option<&'h Heading<'a>> {
    if declared.iter().any(|said| !slug.is_silent_on(&said.value)) {
        return None;
    }
    headings.iter().find(|heading| {
        !matches!(heading.level, Level::Aside | Level::Site) && slug.speaks_of(&heading.title)
    })
}

/// Whether all that is declared is what a heading of the site says, and the address speaks of something else.
pub(super) fn is_all_the_site(heading: &Heading<'_>, declared: &[Said<String>], slug: &Slug) -> bool {
    heading.level == Level::Site
        && !slug.speaks_of(&heading.title)
        && declared.iter().all(|said| bare(&said.value) == bare(&heading.title))
}

/// The heading of the first level, or else the one that its class calls a title, within the page's main part where
/// there is one.
pub(super) fn first<'h, 'a>(headings: &'h [Heading<'a>]) -> Option<&'h Heading<'a>> {
    let of = |level: Level, main: bool| {
        headings.iter().find(move |heading| heading.level == level && (heading.main || !main))
    };
    of(Level::First, true).or_else(|| of(Level::First, false)).or_else(|| of(Level::Marked, false))
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
    // Of two words, one that is declared too is enough in the page's main part.
    let shared =
        || declared.iter().any(|said| words(&said.value).intersection(&own).count() * 2 >= own.len());
    let enough = own.len() >= 3 || own.len() == 2 && heading.main && shared();
    (alone && !apart && heading.order < end && enough).then_some(heading)
}

/// The text of a heading without a section or date around it, or in its own letters where it is in capitals, as one of
/// the declared titles has it.
pub(super) fn bare_title(heading: &Heading<'_>, declared: &[Said<String>]) -> String {
    let title = &heading.title;
    let capitals = || {
        let shouts = title.chars().any(char::is_uppercase) && !title.chars().any(char::is_lowercase);
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
