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
    CHALLENGE_MARKS, CHALLENGE_TITLES, CHALLENGES, CONSENT_WORDS, CONSENTS, LOGIN_TITLES, LOGINS, MISSING,
    MISSING_TITLES, PAYWALLS, SCRIPTS, UNAVAILABLE, UNAVAILABLE_TITLES,
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
    let words = body.word_count.max(unspaced(&body.text));
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
    /// The same, in what stands about every page of a site.
    asks_password_aside: bool,
    is_paid: bool,
    is_challenge: bool,
}

impl Survey {
    fn of(document: &Html, body: &Rendered, words: u32) -> Survey {
        let mut survey = Survey {
            words,
            body: folded(&body.text),
            paragraphs: body.text.split("\n\n").map(folded).collect(),
            titles: Vec::new(),
            parts: Vec::new(),
            text: String::new(),
            page_words: 0,
            asks_password: false,
            asks_password_aside: false,
            is_paid: false,
            is_challenge: false,
        };
        survey.look_through(document);
        survey.drop_begun_titles();
        survey.page_words = count_words(&survey.text);
        survey.text = folded(&survey.text);
        survey
    }

    fn look_through(&mut self, document: &Html) {
        let (mut hidden, mut aside) = (0_usize, 0_usize);
        let mut around = "";
        for edge in document.tree.root().traverse() {
            match edge {
                Edge::Open(node) => match node.value() {
                    Node::Element(element) => {
                        hidden += usize::from(is_hidden(element.name()));
                        aside += usize::from(is_aside(element));
                        around = if matches!(around, "h1") && hidden == 0 { around } else { element.name() };
                        self.meet(element, aside > 0);
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
                        } else {
                            self.text.push_str(text);
                            self.text.push(' ');
                        }
                    }
                    _ => {}
                },
                Edge::Close(node) => {
                    if let Some(element) = node.value().as_element() {
                        hidden -= usize::from(is_hidden(element.name()));
                        aside -= usize::from(is_aside(element));
                        if element.name() == around {
                            around = "";
                        }
                    }
                }
            }
        }
    }

    fn meet(&mut self, element: &Element, is_aside: bool) {
        if element.name() == "input" && element.attr("type") == Some("password") {
            self.asks_password |= !is_aside;
            self.asks_password_aside |= is_aside;
        }
        let marks = [element.id(), element.attr("class"), element.attr("src"), element.attr("action")];
        self.is_challenge |=
            marks.iter().flatten().any(|mark| CHALLENGE_MARKS.iter().any(|known| mark.contains(known)));
    }

    /// A title of which the main heading says more is the beginning of a headline.
    fn drop_begun_titles(&mut self) {
        if let [title, heading] = &self.titles[..]
            && heading.len() > title.len()
            && heading.contains(title.as_str())
        {
            self.titles.remove(0);
            self.parts.clear();
        }
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
        let is_most =
            |title: &String, phrase: &str| title.contains(phrase) && phrase.len() * 3 >= title.len() * 2;
        let is_headed =
            || phrases.iter().any(|phrase| self.titles.iter().any(|title| is_most(title, phrase)));
        says(&self.body, phrases) || (self.words < SHORT && (says(&self.text, phrases) || is_headed()))
    }
}

/// Whether `text` says one of `phrases` itself. What stands behind a quotation mark somebody else has said.
fn says(text: &str, phrases: &[&str]) -> bool {
    let is_own =
        |at: usize| !text[..at].ends_with(['"', '“', '”', '„', '«', '»', '\'', '「', '『', '‚', '‹']);
    phrases.iter().any(|phrase| text.match_indices(phrase).any(|(at, _)| is_own(at)))
}

/// How many words a text has at least that is written in a script without spaces, besides ideographs.
fn unspaced(text: &str) -> u32 {
    const LETTERS_OF_A_WORD: usize = 5;
    let is_unspaced =
        |c: &char| matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}');
    u32::try_from(text.chars().filter(is_unspaced).count() / LETTERS_OF_A_WORD).unwrap_or(u32::MAX)
}

/// Whether the element stands about every page of a site, or opens above it.
fn is_aside(element: &Element) -> bool {
    const PARTS: &[&str] =
        &["modal", "dialog", "popup", "overlay", "drawer", "offcanvas", "sidebar", "navbar", "header"];
    let marks = [element.id(), element.attr("class"), element.attr("role")];
    let is_marked = |mark: &&str| PARTS.iter().any(|part| mark.to_ascii_lowercase().contains(part));
    let is_page = matches!(element.name(), "html" | "body" | "main" | "article");
    matches!(element.name(), "header" | "nav" | "footer" | "aside" | "dialog")
        || !is_page && marks.iter().flatten().any(is_marked)
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
    let asks = |paragraph: &&String| CONSENTS.iter().any(|phrase| paragraph.contains(phrase));
    let asking: u32 = paragraphs.iter().filter(asks).map(|paragraph| count_words(paragraph)).sum();
    let body = paragraphs.join(" ");
    let said: Vec<&&str> = CONSENTS.iter().filter(|phrase| body.contains(**phrase)).collect();
    let is_about_sites = || {
        let rest = said.iter().fold(body.clone(), |rest, phrase| rest.replace(**phrase, ""));
        CONSENT_WORDS.iter().any(|word| rest.contains(word))
    };
    let is_meant = said.len() > 1 || said.len() == 1 && is_about_sites();
    (is_meant && asking * 2 > page.words).then_some(Rejection::Consent)
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
