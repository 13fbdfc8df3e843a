//! What a page with a short body says about that: its titles, its visible text, and what its mark-up asks for.

use ego_tree::iter::Edge;
use scraper::{Html, Node, node::Element};

use super::phrases::CHALLENGE_MARKS;
use super::{BRIEF, SHORT};
use crate::dom::attribute;
use crate::effort;
use crate::render::{Rendered, count_words};
use crate::text::beginning;

/// How much of a page is looked through.
const SEARCHED: usize = 20_000;
/// How much of a body: one of few words may have a word of megabytes.
const BODY_SEARCHED: usize = 64 << 10;
/// How much of a title.
const TITLE_SEARCHED: usize = 4 << 10;

/// What a page with a short body says, in lower case.
#[derive(Debug)]
pub(super) struct Survey {
    pub(super) words: u32,
    pub(super) body: String,
    pub(super) paragraphs: Vec<String>,
    /// The title and the first main heading, whole.
    pub(super) titles: Vec<String>,
    /// The parts of the title, of which one is the site's name.
    pub(super) parts: Vec<String>,
    /// The visible text, as far as it is searched.
    pub(super) text: String,
    pub(super) page_words: u32,
    pub(super) asks_password: bool,
    /// The same, in what stands about every page of a site.
    pub(super) asks_password_aside: bool,
    pub(super) is_paid: bool,
    pub(super) is_challenge: bool,
}

impl Survey {
    pub(super) fn of(document: &Html, body: &Rendered, words: u32) -> Survey {
        let text = beginning(&body.text, BODY_SEARCHED);
        let mut survey = Survey {
            words,
            body: folded(text),
            paragraphs: text.split("\n\n").map(folded).collect(),
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
        for edge in document.tree.root().traverse().inspect(effort::step) {
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
                        let text = beginning(text, TITLE_SEARCHED);
                        self.titles.push(trimmed(&folded(text)));
                        self.parts = parts(text);
                    }
                    Node::Text(text) if hidden > 0 => self.is_paid |= says_paid(text),
                    Node::Text(text) if self.text.len() < SEARCHED => {
                        let text = beginning(text, SEARCHED);
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
        if element.name() == "input" && attribute(element, "type") == Some("password") {
            self.asks_password |= !is_aside;
            self.asks_password_aside |= is_aside;
        }
        let marks = [
            element.id(),
            attribute(element, "class"),
            attribute(element, "src"),
            attribute(element, "action"),
        ];
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
    pub(super) fn is_titled(&self, phrases: &[&str], limit: u32) -> bool {
        let is_one = |title: &String| phrases.contains(&title.as_str());
        let is_lone_word = |title: &String| title.chars().all(char::is_alphabetic);
        let limit_of = |title: &String| if is_lone_word(title) { BRIEF / 2 } else { limit };
        self.titles.iter().any(|title| is_one(title) && self.words < limit_of(title))
            || self.parts.iter().any(|part| is_one(part) && self.words < limit_of(part).min(BRIEF))
    }

    /// Whether the body, or if it is short the page, says one of `phrases`.
    pub(super) fn says(&self, phrases: &[&str]) -> bool {
        let is_most =
            |title: &String, phrase: &str| title.contains(phrase) && phrase.len() * 3 >= title.len() * 2;
        let is_headed =
            || phrases.iter().any(|phrase| self.titles.iter().any(|title| is_most(title, phrase)));
        says(&self.body, phrases) || (self.words < SHORT && (says(&self.text, phrases) || is_headed()))
    }
}

/// Whether `text` says one of `phrases` itself. What stands behind a quotation mark somebody else has said.
pub(super) fn says(text: &str, phrases: &[&str]) -> bool {
    let is_own =
        |at: usize| !text[..at].ends_with(['"', '“', '”', '„', '«', '»', '\'', '「', '『', '‚', '‹']);
    phrases.iter().any(|phrase| text.match_indices(phrase).any(|(at, _)| is_own(at)))
}

/// Whether the element stands about every page of a site, or opens above it.
fn is_aside(element: &Element) -> bool {
    const PARTS: &[&str] =
        &["modal", "dialog", "popup", "overlay", "drawer", "offcanvas", "sidebar", "navbar", "header"];
    let marks = [element.id(), attribute(element, "class"), attribute(element, "role")];
    let is_marked = |mark: &&str| PARTS.iter().any(|part| mark.to_ascii_lowercase().contains(part));
    let is_page = matches!(element.name(), "html" | "body" | "main" | "article");
    matches!(element.name(), "header" | "nav" | "footer" | "aside" | "dialog")
        || !is_page && marks.iter().flatten().any(is_marked)
}

/// All that a page shows, in its order.
pub(super) fn visible_text(document: &Html) -> String {
    let (mut hidden, mut text) = (0_usize, String::new());
    for edge in document.tree.root().traverse().inspect(effort::step) {
        let (node, opens) = match edge {
            Edge::Open(node) => (node, true),
            Edge::Close(node) => (node, false),
        };
        match node.value() {
            Node::Element(element) if is_hidden(element.name()) => {
                hidden = if opens { hidden + 1 } else { hidden - 1 };
            }
            Node::Text(said) if opens && hidden == 0 => text.push_str(said),
            _ => {}
        }
    }
    text
}

pub(super) fn is_hidden(name: &str) -> bool {
    matches!(name, "script" | "style" | "noscript" | "template" | "head" | "svg" | "select" | "textarea")
}

/// Whether structured data says that the article is not free.
fn says_paid(data: &str) -> bool {
    let Some(at) = data.find("isAccessibleForFree") else { return false };
    let value: String = data[at..].chars().skip("isAccessibleForFree".len()).take(12).collect();
    value.to_lowercase().contains("false")
}

/// Lower case, one space between words, straight apostrophes.
pub(super) fn folded(text: &str) -> String {
    effort::over(text);
    let text = text.to_lowercase().replace(['’', '‘'], "'");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The parts of a title, between which pages put `|`, dashes and the like.
pub(super) fn parts(title: &str) -> Vec<String> {
    let title = folded(title);
    let separators = [" | ", " - ", " – ", " — ", " :: ", " » ", " • ", " · "];
    let parts = separators
        .iter()
        .filter(|separator| title.contains(*separator))
        .flat_map(|separator| title.split(separator));
    parts.map(trimmed).filter(|part| !part.is_empty()).collect()
}

/// Letters and digits with single spaces and the apostrophes between them.
pub(super) fn trimmed(title: &str) -> String {
    let plain: String =
        title.chars().map(|c| if c.is_alphanumeric() || c == '\'' { c } else { ' ' }).collect();
    plain.split_whitespace().map(|word| word.trim_matches('\'')).collect::<Vec<_>>().join(" ")
}
