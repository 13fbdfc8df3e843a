//! Holds a new reading of a page against what is known of it and its source. Nothing here is wrong by itself: an article
//! may be short, be written in another language, or repeat a text. It is doubted where it differs from its own past in
//! a way that walls and errors do and authors do not.

use std::collections::BTreeSet;

use rustc_hash::FxHashSet;

use super::kinship::{FIRST_IDEOGRAPH, are_unlike, name_the_same, telling};
use super::phrases::PAYWALLS;
use super::survey::folded;
use crate::Rejection;
use crate::model::{Article, Candidate, Past, Twin};

/// A text of fewer words may shrink to anything.
const LONG_ENOUGH: u32 = 40;
/// A text of fewer words is too little to be told from another.
const BRIEF: u32 = 20;
/// Articles in one language that make it the source's.
const SETTLED: usize = 10;
/// Letters of a word that tells two titles of one series from two strangers.
const TELLING: usize = 4;

/// Why `article`, which `link` led to, cannot be believed, given its past.
#[must_use]
pub fn doubt(article: &Article, link: &Candidate, past: &Past) -> Option<Rejection> {
    let told = link.title.as_deref();
    if let Some(asked) = &past.asked
        && let Some(rejection) = replaced(asked, article, told)
    {
        return Some(rejection);
    }
    match &past.before {
        Some(before) => site_title(before, article, past)
            .or_else(|| shrunk(before, article))
            .or_else(|| cut_short(before, article))
            .or_else(|| translated(before, article))
            .or_else(|| replaced(before, article, told)),
        None => shared(article, told, &past.twins)
            .or_else(|| foreign(article, told, &past.languages))
            .or_else(|| untitled(article, told, past)),
    }
}

/// The page tells another story than the one that is published: neither text nor title have anything to do with it, or the
/// title is the same and the text says nothing of it. An author who writes a story anew keeps its names and its subject.
fn replaced(before: &Article, now: &Article, told: Option<&str>) -> Option<Rejection> {
    let is_same = || shows_the_same(before, now) || is_translation(before, now);
    if before.word_count < BRIEF || !are_unlike(&before.text, &now.text) || is_same() {
        return None;
    }
    let (old, new) = (telling(&before.text), telling(&now.text));
    let title = telling(&before.title);
    let said = |text: &FxHashSet<String>| title.iter().filter(|word| text.contains(*word)).count();
    let is_forgotten = title.len() > 1 && said(&old) * 2 >= title.len() && said(&new) == 0;
    let is_renamed = !are_related(&before.title, &now.title);
    let is_announced = told.is_some_and(|told| are_related(told, &now.title));
    let is_replaced = if is_renamed { !is_announced } else { is_forgotten && !is_later(before, now) };
    is_replaced.then_some(Rejection::Replaced)
}

/// Whether half of the pictures and links of a text are still there.
fn shows_the_same(before: &Article, now: &Article) -> bool {
    let (old, new) = (marks(&before.html), marks(&now.html));
    !old.is_empty() && old.intersection(&new).count() * 2 >= old.len()
}

/// Whether the page says that it is a later one: some URLs show another edition every day.
fn is_later(before: &Article, now: &Article) -> bool {
    before.published.zip(now.published).is_some_and(|(before, now)| before.to_utc() < now.to_utc())
}

/// The title was the article's, and is now the site's name.
fn site_title(before: &Article, now: &Article, past: &Past) -> Option<Rejection> {
    let is_site = |title: &str| [now, before].iter().any(|article| is_name_of_site(title, article, past));
    (is_site(&now.title) && !is_site(&before.title)).then_some(Rejection::SiteTitle)
}

/// A new article is called like its site, and the listing calls it otherwise.
fn untitled(article: &Article, told: Option<&str>, past: &Past) -> Option<Rejection> {
    let is_site = |title: &str| is_name_of_site(title, article, past);
    (is_site(&article.title) && !is_site(told?)).then_some(Rejection::SiteTitle)
}

/// Whether `title` is the site's name, as its owner, the page or its host says it.
fn is_name_of_site(title: &str, article: &Article, past: &Past) -> bool {
    let title = letters(title);
    let host = article.url.as_url().host_str().unwrap_or_default();
    let labels = host.split('.').filter(|label| label.chars().count() >= TELLING).map(letters);
    !title.is_empty()
        && ([&article.site_name, &past.site].into_iter().flatten().any(|name| letters(name) == title)
            || labels.chain([letters(host.trim_start_matches("www."))]).any(|label| label == title))
}

pub(super) fn letters(text: &str) -> String {
    text.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect()
}

fn shrunk(before: &Article, now: &Article) -> Option<Rejection> {
    let (before, now) = (before.word_count, now.word_count);
    let is_shrunk = before >= LONG_ENOUGH && now.saturating_mul(3) < before;
    is_shrunk.then_some(Rejection::Shrunk { before, now })
}

/// What is left asks for money, which it did not before, and is only part of what there was.
fn cut_short(before: &Article, now: &Article) -> Option<Rejection> {
    let asks = |article: &Article| {
        let text = folded(&article.text);
        PAYWALLS.iter().any(|phrase| text.contains(phrase))
    };
    let is_less = now.word_count.saturating_mul(4) < before.word_count.saturating_mul(3);
    (is_less && asks(now) && !asks(before)).then_some(Rejection::Paywall)
}

/// The same page speaks another language, and says hardly a word of what it said.
fn translated(before: &Article, now: &Article) -> Option<Rejection> {
    let (old, new) = (language(before)?, language(now)?);
    if old == new || is_translation(before, now) {
        return None;
    }
    let words = |article: &Article| words(&article.text);
    let (before, after) = (words(before), words(now));
    let is_other = before.intersection(&after).count() * 5 < before.len().min(after.len());
    is_other.then(|| Rejection::OtherLanguage { before: old.to_owned(), now: new.to_owned() })
}

/// Whether the page tells the same story in another language: it shows the same, or names the same people and numbers.
fn is_translation(before: &Article, now: &Article) -> bool {
    let is_other = language(before).zip(language(now)).is_some_and(|(old, new)| old != new);
    is_other && (shows_the_same(before, now) || name_the_same(&before.text, &now.text))
}

/// A source that has only ever spoken one language speaks another, on a page that does not say what the listing said.
fn foreign(article: &Article, told: Option<&str>, languages: &[String]) -> Option<Rejection> {
    let new = language(article)?;
    let usual = primary(languages.first()?);
    let is_settled = languages.len() >= SETTLED && languages.iter().all(|tag| primary(tag) == usual);
    let is_as_told = match told {
        Some(told) => is_said(told, article),
        None => article.published.is_some() || !article.authors.is_empty(),
    };
    let is_other = is_settled && usual != new && !is_as_told;
    is_other.then(|| Rejection::OtherLanguage { before: usual.to_owned(), now: new.to_owned() })
}

fn language(article: &Article) -> Option<&str> {
    article.language.as_deref().map(primary)
}

fn primary(tag: &str) -> &str {
    tag.split('-').next().unwrap_or(tag)
}

/// Whether the page says most of the words that the listing called it by.
fn is_said(told: &str, article: &Article) -> bool {
    let told = words(told);
    let mut said = words(&article.title);
    said.extend(words(&article.text));
    told.is_empty() || told.intersection(&said).count() * 2 >= told.len()
}

/// Other articles of the source have the same body under titles that have nothing to do with one another. Where the
/// page itself gives them one title and the listing two, one such article is enough.
fn shared(article: &Article, told: Option<&str>, twins: &[Twin]) -> Option<Rejection> {
    let own = marks(&article.html);
    let title = told.unwrap_or(&article.title);
    let strangers: Vec<&Twin> = twins
        .iter()
        .filter(|twin| marks(&twin.html) == own)
        .filter(|twin| {
            let other = twin.told.as_deref().unwrap_or(&twin.title);
            title == other || !are_related(title, other)
        })
        .collect();
    let is_one_page = |twin: &&Twin| {
        let told_apart = twin.told.as_deref().zip(told).is_some_and(|(one, other)| one != other);
        told_apart && twin.title == article.title
    };
    let is_shared = strangers.len() >= 2 || strangers.iter().any(is_one_page);
    is_shared.then_some(Rejection::Shared)
}

/// Where the body's links lead and which pictures it shows, without what is added to them for each page.
pub(super) fn marks(html: &str) -> BTreeSet<&str> {
    let values = [" href=\"", " src=\""].into_iter().flat_map(|name| html.split(name).skip(1));
    values.map(|rest| rest.split(['"', '?', '#']).next().unwrap_or_default()).collect()
}

/// Whether two titles can be of one series: they have half of their words in common.
pub(super) fn are_related(one: &str, other: &str) -> bool {
    let telling = |text: &str| -> BTreeSet<String> {
        let is_telling =
            |word: &String| word.chars().count() >= TELLING && !word.chars().all(char::is_numeric);
        words(text).into_iter().filter(|word| is_telling(word) || word.starts_with(is_ideograph)).collect()
    };
    let (one, other) = (telling(one), telling(other));
    let shared = one.intersection(&other).count();
    shared > 0 && shared * 2 >= one.len().min(other.len())
}

fn is_ideograph(c: char) -> bool {
    c >= FIRST_IDEOGRAPH
}

/// The words of `text` in lower case; an ideograph is one.
fn words(text: &str) -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    for part in text.split(|c: char| !c.is_alphanumeric()) {
        let (ideographs, rest): (Vec<char>, Vec<char>) = part.chars().partition(|c| is_ideograph(*c));
        words.extend(ideographs.iter().map(char::to_string));
        if !rest.is_empty() {
            words.insert(rest.iter().collect::<String>().to_lowercase());
        }
    }
    words
}
