//! Tells pages that answered and are no article: challenges, consent and login walls, stubs of paid articles, missing
//! pages with status 200, notices of maintenance, lists of links.
//!
//! An honest article may be two sentences long, and may be about any of these. So a page is refused for what it says
//! only if that is nearly all it says; long bodies always pass.

mod destination;
pub(crate) mod forward;
mod kinship;
mod past;
#[rustfmt::skip]
mod phrases;
pub(crate) mod rejected;
pub(crate) mod rejection;
mod survey;
mod teasers;
#[cfg(test)]
mod tests;
mod together;

use rustc_hash::FxHashMap;
use scraper::Html;

pub use self::past::doubt;
use self::phrases::{
    BROWSERS, CHALLENGE_TITLES, CHALLENGES, CONSENT_WORDS, CONSENTS, LOGIN_TITLES, LOGINS, MISSING,
    MISSING_TITLES, PAYWALLS, SCRIPTS, UNAVAILABLE, UNAVAILABLE_TITLES,
};
use self::survey::{Survey, says, visible_text};
pub use self::together::{PageRead, doubts};
use super::Rejection;
use super::render::{Rendered, count_words};

/// A body of more words is an article, whatever it says.
const LONG: u32 = 250;
/// Beneath so many words, what the rest of the page says counts too.
const SHORT: u32 = 80;
/// What is left of a paid article when it is none.
const STUB: u32 = 60;
/// A body that a part of the title may condemn.
const BRIEF: u32 = 40;
/// Fewer words say nothing.
const NOTHING: u32 = 4;

/// Judges a page by what it says and by the `body` that would be published; that is empty if none was found. It is not
/// judged by what is in `waived`.
///
/// # Errors
/// [`Rejection`] if it is no article.
pub(crate) fn judge(document: &Html, body: &Rendered, waived: &[String]) -> Result<(), Rejection> {
    let is_waived = |rejection: &Rejection| waived.iter().any(|name| name == rejection.name());
    let words = body.word_count;
    if words <= LONG {
        let page = Survey::of(document, body, words);
        let reasons = [challenge, missing, unavailable, login, consent, paywall, scripts];
        let mut rejections = reasons.iter().filter_map(|reason| reason(&page));
        if let Some(rejection) = rejections.find(|rejection| !is_waived(rejection)) {
            return Err(rejection);
        }
    }
    let of_body = match words {
        0 => return Err(Rejection::NoArticle),
        _ if is_only_links(body) && !is_shelf(document, body) => Rejection::OnlyLinks,
        1..NOTHING => Rejection::TooShort { words },
        _ => return Ok(()),
    };
    if is_waived(&of_body) { Ok(()) } else { Err(of_body) }
}

fn challenge(page: &Survey) -> Option<Rejection> {
    let is_bare = page.page_words < 200 && page.words < SHORT;
    let says = page.says(CHALLENGES) && is_bare;
    let is_titled = page.is_titled(CHALLENGE_TITLES, SHORT);
    (says || is_titled || (page.is_challenge && page.page_words < SHORT)).then_some(Rejection::Challenge)
}

fn missing(page: &Survey) -> Option<Rejection> {
    let says_so = says(&page.body, MISSING);
    let is_bare = page.words == 0 && page.page_words < LONG && page.says(MISSING);
    let is_titled = page.is_titled(MISSING_TITLES, if says_so { LONG } else { BRIEF });
    (is_titled || is_bare || says_so && page.words < STUB).then_some(Rejection::Missing)
}

fn unavailable(page: &Survey) -> Option<Rejection> {
    let says = page.says(UNAVAILABLE) && page.words < STUB && page.page_words < 150;
    (page.is_titled(UNAVAILABLE_TITLES, SHORT) || says).then_some(Rejection::Unavailable)
}

fn login(page: &Survey) -> Option<Rejection> {
    let asks =
        page.asks_password && page.words < BRIEF / 2 || page.asks_password_aside && page.words < NOTHING;
    let says = says(&page.body, LOGINS) && page.words < STUB;
    let is_asked = asks && page.page_words < LONG;
    (page.is_titled(LOGIN_TITLES, SHORT) || is_asked || says).then_some(Rejection::Login)
}

/// Banners ask for consent on every other page: only a body that does little else is a wall. One phrase alone may be
/// about anything, cookies that are eaten included.
fn consent(page: &Survey) -> Option<Rejection> {
    let is_number = |word: &&str| word.contains(char::is_numeric);
    let without_numbers = |text: &String| -> String {
        text.split(' ').filter(|word| !is_number(word)).collect::<Vec<_>>().join(" ")
    };
    let paragraphs: Vec<String> = page.paragraphs.iter().map(without_numbers).collect();
    // Cookies speak of a site beside another word that does: alone they may be on a plate.
    let speaks = |paragraph: &str| {
        let words = CONSENT_WORDS.iter().filter(|word| paragraph.contains(**word)).count();
        words + usize::from(words > 0 && paragraph.contains("cookie")) > 1
    };
    let asks = |paragraph: &&String| {
        CONSENTS.iter().any(|phrase| paragraph.contains(phrase)) || speaks(paragraph.as_str())
    };
    let asking: u32 = paragraphs.iter().filter(asks).map(|paragraph| count_words(paragraph)).sum();
    let body = paragraphs.join(" ");
    let is_titled_so = page.titles.iter().any(|title| CONSENTS.iter().any(|phrase| title.contains(phrase)));
    let said: Vec<&&str> = CONSENTS.iter().filter(|phrase| body.contains(**phrase)).collect();
    let is_about_sites = || {
        let rest = said.iter().fold(body.clone(), |rest, phrase| rest.replace(**phrase, ""));
        CONSENT_WORDS.iter().any(|word| rest.contains(word))
    };
    let is_meant = said.len() > 1 || said.len() == 1 && is_titled_so || said.len() == 1 && is_about_sites();
    // Of a wall there may be a button left, and no more.
    let is_button = (1..NOTHING).contains(&page.words) && page.page_words < LONG && page.says(CONSENTS);
    (is_button || is_meant && asking * 2 > page.words).then_some(Rejection::Consent)
}

/// The beginning of a paid article is better than nothing, if it is more than a sentence.
fn paywall(page: &Survey) -> Option<Rejection> {
    let is_paid = page.is_paid || page.says(PAYWALLS);
    (is_paid && page.words < STUB).then_some(Rejection::Paywall)
}

/// A page that asks for scripts says little else, but may ask for more than them.
fn scripts(page: &Survey) -> Option<Rejection> {
    let asks = |sentence: &&str| [SCRIPTS, BROWSERS].iter().any(|phrases| says(sentence, phrases));
    let asking: u32 = page.body.split_inclusive(['.', '!', '?', '\n']).filter(asks).map(count_words).sum();
    let is_all_it_says = says(&page.body, SCRIPTS) && page.words < SHORT && asking * 10 >= page.words * 7;
    (page.says(SCRIPTS) && page.words < STUB / 2 || is_all_it_says).then_some(Rejection::NeedsScripts)
}

/// Whether a body of links is a shelf of a shop, where each link says all there is to say of a thing: it names prices, the
/// page has one beside every other link, or the links list what things are like.
fn is_shelf(document: &Html, body: &Rendered) -> bool {
    const PRICES: usize = 5;
    let links = body.html.matches("<a href").count();
    prices(&body.text) >= PRICES
        || prices(&visible_text(document)) >= PRICES.max(links / 2)
        || lists_features(&body.html)
}

/// Whether half of what is linked to has a list that is all in its link.
fn lists_features(html: &str) -> bool {
    const THINGS: usize = 5;
    const LINK: &str = "<a href=\"";
    let mut items: FxHashMap<&str, usize> = FxHashMap::default();
    for (at, _) in html.match_indices(LINK) {
        let target = html[at + LINK.len()..].split('"').next().unwrap_or_default();
        *items.entry(target).or_default() += usize::from(html[..at].ends_with("<li>"));
    }
    let listed = items.values().filter(|items| **items > 1).count();
    listed >= THINGS && listed * 2 >= items.len()
}

/// How often a text says what something costs.
fn prices(text: &str) -> usize {
    const SIGNS: &[char] = &['$', '€', '£', '¥', '₹', '₽', '₩', '₺', '₴'];
    let is_price = |(at, sign): &(usize, &str)| {
        let (before, after) = (text[..*at].trim_end(), text[at + sign.len()..].trim_start());
        after.starts_with(char::is_numeric) || before.ends_with(char::is_numeric)
    };
    text.match_indices(SIGNS).filter(is_price).count()
}

/// Whether next to nothing in a body stands outside of links.
fn is_only_links(body: &Rendered) -> bool {
    const LINKS: usize = 5;
    if body.html.matches("<a href").take(LINKS).count() < LINKS {
        return false;
    }
    // No text has more characters than bytes, so an article's first paragraphs decide.
    let enough = body.html.len() * 3 / 100;
    let (mut all, mut linked, mut in_tag, mut in_link) = (0_usize, 0_usize, false, false);
    let mut rest = body.html.as_str();
    while let Some(c) = rest.chars().next() {
        match c {
            '<' => {
                in_tag = true;
                in_link = (in_link || rest.starts_with("<a href")) && !rest.starts_with("</a");
            }
            '>' => in_tag = false,
            c if !in_tag && c.is_alphanumeric() => {
                all += 1;
                linked += usize::from(in_link);
                if all - linked > enough {
                    return false;
                }
            }
            _ => {}
        }
        rest = &rest[c.len_utf8()..];
    }
    linked * 100 >= all * 97
}
