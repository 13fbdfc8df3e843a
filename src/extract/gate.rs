//! Tells pages that answered and are no article: challenges, consent and login walls, stubs of paid articles, missing
//! pages with status 200, notices of maintenance, lists of links.
//!
//! An honest article may be two sentences long, and may be about any of these. So a page is refused for what it says
//! only if that is nearly all it says; long bodies always pass.

mod past;
#[rustfmt::skip]
mod phrases;

use ego_tree::iter::Edge;
use scraper::{Html, Node, node::Element};

pub use self::past::doubt;
use self::phrases::{
    CHALLENGE_MARKS, CHALLENGE_TITLES, CHALLENGES, CONSENTS, LOGIN_TITLES, LOGINS, MISSING, MISSING_TITLES,
    PAYWALLS, SCRIPTS, UNAVAILABLE, UNAVAILABLE_TITLES,
};
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
/// How much of a page is looked through.
const SEARCHED: usize = 20_000;

/// Judges a page by what it says and by the `body` that would be published; that is empty if none was found. It is not
/// judged by what is in `waived`.
///
/// # Errors
/// [`Rejection`] if it is no article.
pub(crate) fn judge(document: &Html, body: &Rendered, waived: &[String]) -> Result<(), Rejection> {
    let is_waived = |rejection: &Rejection| waived.iter().any(|name| name == rejection.name());
    let words = body.word_count;
    if words <= LONG {
        let page = Survey::of(document, body);
        let reasons = [challenge, missing, unavailable, login, consent, paywall, scripts];
        let mut rejections = reasons.iter().filter_map(|reason| reason(&page));
        if let Some(rejection) = rejections.find(|rejection| !is_waived(rejection)) {
            return Err(rejection);
        }
    }
    let of_body = match words {
        0 => return Err(Rejection::NoArticle),
        _ if is_only_links(body) => Rejection::OnlyLinks,
        1..NOTHING => Rejection::TooShort { words },
        _ => return Ok(()),
    };
    if is_waived(&of_body) { Ok(()) } else { Err(of_body) }
}

/// What a page with a short body says, in lower case.
#[derive(Debug)]
struct Survey {
    words: u32,
    body: String,
    paragraphs: Vec<String>,
    /// The title and the first main heading, whole.
    titles: Vec<String>,
    /// The parts of the title, of which one is the site's name.
    parts: Vec<String>,
    /// The visible text, as far as it is searched.
    text: String,
    page_words: u32,
    asks_password: bool,
    is_paid: bool,
    is_challenge: bool,
}

impl Survey {
    fn of(document: &Html, body: &Rendered) -> Survey {
        let mut survey = Survey {
            words: body.word_count,
            body: folded(&body.text),
            paragraphs: body.text.split("\n\n").map(folded).collect(),
            titles: Vec::new(),
            parts: Vec::new(),
            text: String::new(),
            page_words: 0,
            asks_password: false,
            is_paid: false,
            is_challenge: false,
        };
        survey.look_through(document);
        survey.page_words = count_words(&survey.text);
        survey.text = folded(&survey.text);
        survey
    }

    fn look_through(&mut self, document: &Html) {
        let mut hidden = 0_usize;
        let mut around = "";
        for edge in document.tree.root().traverse() {
            match edge {
                Edge::Open(node) => match node.value() {
                    Node::Element(element) => {
                        hidden += usize::from(is_hidden(element.name()));
                        around = if matches!(around, "h1") && hidden == 0 { around } else { element.name() };
                        self.meet(element);
                    }
                    Node::Text(text) if text.trim().is_empty() => {}
                    Node::Text(text) if around == "title" && self.titles.is_empty() => {
                        self.titles.push(trimmed(&folded(text)));
                        self.parts = parts(text);
                    }
                    Node::Text(text) if hidden > 0 => self.is_paid |= says_paid(text),
                    Node::Text(text) if self.text.len() < SEARCHED => {
                        if around == "h1" && self.titles.len() < 2 {
                            self.titles.push(trimmed(&folded(text)));
                        }
                        self.text.push_str(text);
                        self.text.push(' ');
                    }
                    _ => {}
                },
                Edge::Close(node) => {
                    if let Some(element) = node.value().as_element() {
                        hidden -= usize::from(is_hidden(element.name()));
                        if element.name() == around {
                            around = "";
                        }
                    }
                }
            }
        }
    }

    fn meet(&mut self, element: &Element) {
        self.asks_password |= element.name() == "input" && element.attr("type") == Some("password");
        let marks = [element.id(), element.attr("class"), element.attr("src"), element.attr("action")];
        self.is_challenge |=
            marks.iter().flatten().any(|mark| CHALLENGE_MARKS.iter().any(|known| mark.contains(known)));
    }

    /// Whether the title or the main heading is one of `phrases` and the body no longer than `limit`. One word says
    /// less, and so does a part of the title: an article may be called so.
    fn is_titled(&self, phrases: &[&str], limit: u32) -> bool {
        let is_one = |title: &String| phrases.contains(&title.as_str());
        let is_lone_word = |title: &String| title.chars().all(char::is_alphabetic);
        let limit_of = |title: &String| if is_lone_word(title) { BRIEF / 2 } else { limit };
        self.titles.iter().any(|title| is_one(title) && self.words < limit_of(title))
            || self.parts.iter().any(|part| is_one(part) && self.words < limit_of(part).min(BRIEF))
    }

    /// Whether the body, or if it is short the page, says one of `phrases`.
    fn says(&self, phrases: &[&str]) -> bool {
        let said = |text: &str| phrases.iter().any(|phrase| text.contains(phrase));
        said(&self.body) || (self.words < SHORT && said(&self.text))
    }
}

fn is_hidden(name: &str) -> bool {
    matches!(name, "script" | "style" | "noscript" | "template" | "head" | "svg" | "select" | "textarea")
}

/// Whether structured data says that the article is not free.
fn says_paid(data: &str) -> bool {
    let Some(at) = data.find("isAccessibleForFree") else { return false };
    let value: String = data[at..].chars().skip("isAccessibleForFree".len()).take(12).collect();
    value.to_lowercase().contains("false")
}

/// Lower case, one space between words, straight apostrophes.
fn folded(text: &str) -> String {
    let text = text.to_lowercase().replace(['’', '‘'], "'");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The parts of a title, between which pages put `|`, dashes and the like.
fn parts(title: &str) -> Vec<String> {
    let title = folded(title);
    let separators = [" | ", " - ", " – ", " — ", " :: ", " » ", " • ", " · "];
    let parts = separators
        .iter()
        .filter(|separator| title.contains(*separator))
        .flat_map(|separator| title.split(separator));
    parts.map(trimmed).filter(|part| !part.is_empty()).collect()
}

/// Letters and digits with single spaces and the apostrophes between them.
fn trimmed(title: &str) -> String {
    let plain: String =
        title.chars().map(|c| if c.is_alphanumeric() || c == '\'' { c } else { ' ' }).collect();
    plain.split_whitespace().map(|word| word.trim_matches('\'')).collect::<Vec<_>>().join(" ")
}

fn challenge(page: &Survey) -> Option<Rejection> {
    let is_bare = page.page_words < 200 && page.words < SHORT;
    let says = page.says(CHALLENGES) && is_bare;
    let is_titled = page.is_titled(CHALLENGE_TITLES, SHORT);
    (says || is_titled || (page.is_challenge && page.page_words < SHORT)).then_some(Rejection::Challenge)
}

fn missing(page: &Survey) -> Option<Rejection> {
    let says = MISSING.iter().any(|phrase| page.body.contains(phrase)) && page.words < STUB;
    let is_bare = page.words == 0 && page.page_words < LONG && page.says(MISSING);
    (page.is_titled(MISSING_TITLES, LONG) || says || is_bare).then_some(Rejection::Missing)
}

fn unavailable(page: &Survey) -> Option<Rejection> {
    let says = page.says(UNAVAILABLE) && page.words < STUB && page.page_words < 150;
    (page.is_titled(UNAVAILABLE_TITLES, SHORT) || says).then_some(Rejection::Unavailable)
}

fn login(page: &Survey) -> Option<Rejection> {
    let asks = page.asks_password && page.words < BRIEF / 2 && page.page_words < LONG;
    let says = LOGINS.iter().any(|phrase| page.body.contains(phrase)) && page.words < STUB;
    (page.is_titled(LOGIN_TITLES, SHORT) || asks || says).then_some(Rejection::Login)
}

/// Banners ask for consent on every other page: only a body that does little else is a wall, and an article about
/// them does not ask in the first person.
fn consent(page: &Survey) -> Option<Rejection> {
    let asks = |paragraph: &&str| CONSENTS.iter().any(|phrase| paragraph.contains(phrase));
    let asking: u32 = page.paragraphs.iter().map(String::as_str).filter(asks).map(count_words).sum();
    (asking * 2 > page.words).then_some(Rejection::Consent)
}

/// The beginning of a paid article is better than nothing, if it is more than a sentence.
fn paywall(page: &Survey) -> Option<Rejection> {
    let is_paid = page.is_paid || page.says(PAYWALLS);
    (is_paid && page.words < STUB).then_some(Rejection::Paywall)
}

fn scripts(page: &Survey) -> Option<Rejection> {
    (page.says(SCRIPTS) && page.words < STUB / 2).then_some(Rejection::NeedsScripts)
}

/// Whether next to nothing in a body stands outside of links.
fn is_only_links(body: &Rendered) -> bool {
    const LINKS: usize = 5;
    let links = body.html.matches("<a href").count();
    if links < LINKS {
        return false;
    }
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
            }
            _ => {}
        }
        rest = &rest[c.len_utf8()..];
    }
    linked * 100 >= all * 97
}

#[cfg(test)]
mod tests;
