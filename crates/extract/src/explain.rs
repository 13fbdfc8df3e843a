//! Why a page is read as it is: for every field the value that won, where it stands and what it beat; for the body
//! every block with the reason why it is kept or not; for every selector of the owner what it matched.
//!
//! It reads the page as [`super::article`] does and only looks on.

mod remembered;
pub(crate) mod selection_log;

use serde::Serialize;
use url::Url;

pub use self::remembered::explain_article;
use self::remembered::remembered;
use super::rules::{self, Ruled};
use super::{Page, Rejection, Seen, Settings, charset, choice, dom, read_article};
use crate::model::{Article, Field, Image, Reason, RuleUse, Run};

/// Characters of a block's text that are shown.
const MOST_TEXT: usize = 160;

/// A value that something on the page has for a field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Value {
    /// The value, cut to 200 characters.
    pub value: String,
    /// The source, as an article's provenance names it: `og:title`, `json-ld headline`, `h1`.
    pub source: String,
    /// Where it stands: a CSS selector, a script and a path in its JSON, or what is outside the page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// Whether it was put last because it is hard to believe.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub doubted: bool,
}

/// A field, the value that won, and what that beat, best first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Explained {
    /// The field.
    pub field: Field,
    /// What won.
    #[serde(flatten)]
    pub winner: Value,
    /// What else is known of it: of an image its size and its alternative text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// What lost.
    pub beaten: Vec<Value>,
}

/// A block of the page's text.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct JudgedBlock {
    /// Whether it is in the body.
    pub kept: bool,
    /// Why.
    pub reason: Reason,
    /// How likely the learned judge finds it, from 0 to 1, in hundredths.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub likely: Option<f64>,
    /// Its words.
    pub words: u32,
    /// A CSS selector of the element that holds it.
    pub place: String,
    /// Its text, cut to 160 characters.
    pub text: String,
}

/// Why a page is read as it is.
#[derive(Clone, Debug, Serialize)]
pub struct Explanation {
    /// The URL that answered.
    pub url: Url,
    /// Why it is no article, if it is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rejected: Option<String>,
    /// What is doubtful.
    pub warnings: Vec<String>,
    /// The fields that have a value, in a fixed order.
    pub fields: Vec<Explained>,
    /// Its text.
    #[serde(flatten)]
    pub text: ExplainedText,
    /// Where the page's rules say that all of the article stands, and where that it goes on.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub goes_on: Vec<Url>,
    /// The further pages on which the article stands, in their order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub pages: Vec<ExplainedPage>,
}

/// A further page on which an article stands.
#[derive(Clone, Debug, Serialize)]
pub struct ExplainedPage {
    /// The URL that answered.
    pub url: Url,
    /// Why nothing of it is in the article, if nothing is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub left_out: Option<String>,
    /// Its text.
    #[serde(flatten)]
    pub text: ExplainedText,
}

/// Why the text of a page is in the article or not.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ExplainedText {
    /// All blocks, in the page's order; none where the page is no longer there.
    pub blocks: Vec<JudgedBlock>,
    /// What the article remembers of them, where the page is no longer there.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub runs: Vec<Run>,
    /// How many blocks follow of which it remembers nothing.
    #[serde(skip_serializing_if = "is_none")]
    pub more: usize,
    /// The owner's selectors, those that matched nothing too.
    pub rules: Vec<RuleUse>,
}

#[allow(clippy::trivially_copy_pass_by_ref)] // serde asks for it
fn is_none(count: &usize) -> bool {
    *count == 0
}

/// Reads `page` and explains what it makes of it.
#[must_use]
pub fn explain(page: &Page<'_>, settings: &Settings) -> Explanation {
    let (mut fields, mut blocks) = (Vec::new(), Vec::new());
    let mut ruled = Ruled::default();
    let read = read_article(page, settings, &mut ruled, &mut |seen| {
        fields = explained_fields(seen);
        blocks = explained_blocks(seen);
    });
    if let Ok(article) = &read {
        name_rules(&mut fields, article);
    }
    let (warnings, rejected) = match read {
        Ok(article) => (article.warnings, None),
        Err(rejection) => (Vec::new(), Some(rejection)),
    };
    let rules = used_rules(page, settings, &fields);
    Explanation {
        url: page.url.clone(),
        rejected: rejected.as_ref().map(Rejection::to_string),
        warnings,
        fields,
        text: ExplainedText { blocks, rules, ..ExplainedText::default() },
        goes_on: ruled.single_page.into_iter().take(1).chain(ruled.next_page.into_iter().take(1)).collect(),
        pages: Vec::new(),
    }
}

fn explained_fields(seen: &Seen<'_>) -> Vec<Explained> {
    let said = &seen.metadata.said;
    let of_field = |(field, said): (&Field, &Vec<choice::Said<String>>)| {
        let provenance = seen.metadata.provenance.get(field);
        let place = |at| provenance.and_then(|provenance| provenance.place(at)).map(str::to_owned);
        let values = said.iter().enumerate().map(|(at, said)| Value {
            value: said.value.clone(),
            source: said.from.to_owned(),
            place: place(at),
            doubted: said.doubted,
        });
        let mut values: Vec<Value> = values.collect();
        let beaten = values.split_off(1);
        let detail = seen.metadata.image.as_ref().filter(|_| *field == Field::Image).and_then(detail);
        Explained { field: *field, winner: values.remove(0), detail, beaten }
    };
    said.iter().filter(|(_, said)| !said.is_empty()).map(of_field).collect()
}

/// `1200 × 630, “A bridge”`
fn detail(image: &Image) -> Option<String> {
    let size = match (image.width, image.height) {
        (Some(width), Some(height)) => Some(format!("{width} × {height}")),
        (Some(width), None) => Some(format!("{width} wide")),
        (None, Some(height)) => Some(format!("{height} high")),
        (None, None) => None,
    };
    let alt = image.alt.as_ref().map(|alt| format!("“{alt}”"));
    let parts: Vec<String> = size.into_iter().chain(alt).collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// Names the fields' sources as the article does: a rule by its selector. A field that only the article has is added.
fn name_rules(fields: &mut Vec<Explained>, article: &Article) {
    for (field, provenance) in &article.provenance {
        match fields.iter_mut().find(|explained| explained.field == *field) {
            Some(Explained { winner, .. }) => {
                winner.source.clone_from(&provenance.from);
                winner.place = provenance.place(0).map(str::to_owned);
            }
            None => fields.push(remembered(article, *field, provenance)),
        }
    }
    fields.sort_by_key(|explained| explained.field);
}

fn explained_blocks(seen: &Seen<'_>) -> Vec<JudgedBlock> {
    let shown = (seen.document, seen.blocks, seen.reasons);
    let (document, page, reasons) =
        seen.drawn.map_or(shown, |drawn| (&drawn.document, &drawn.blocks, &drawn.reasons));
    let of_block = |at: usize| {
        let element = &page.elements[page.blocks[at].leaf as usize];
        let element = document.tree.get(element.id).and_then(scraper::ElementRef::wrap);
        JudgedBlock {
            kept: reasons.kept[at],
            reason: reasons.why[at],
            likely: reasons.likely.get(at).map(|likely| (f64::from(*likely) * 100.0).round() / 100.0),
            words: page.blocks[at].measure.words,
            place: element.map(dom::path).unwrap_or_default(),
            text: page.text(at).chars().take(MOST_TEXT).collect(),
        }
    };
    (0..reasons.kept.len()).map(of_block).collect()
}

/// What each selector of the page's rules matches.
fn used_rules(page: &Page<'_>, settings: &Settings, fields: &[Explained]) -> Vec<RuleUse> {
    let rules = settings.rules_for(page.url);
    let Ok(decoded) = charset::decode(page.bytes, page.content_type) else { return Vec::new() };
    let replaced = rules::replaced(&rules, &decoded.text);
    let document = dom::parse(&replaced.html, dom::Scripting::Enabled);
    let replacements = rules.replace.iter().zip(replaced.found);
    let replacements =
        replacements.map(|(replacement, found)| ("replace", replacement.sought().to_owned(), found));
    let matches = rules::matches(&document, &rules).into_iter().chain(replacements);
    let is_used = |selector: &str| fields.iter().any(|field| is_by(&field.winner.source, selector));
    let uses = matches.map(|(of, selector, matched)| RuleUse {
        of: of.to_owned(),
        used: is_used(&selector),
        selector,
        matched,
    });
    uses.collect()
}

/// Whether a field's source is the rule that has this selector.
fn is_by(source: &str, selector: &str) -> bool {
    source.strip_prefix(rules::RULE).is_some_and(|rest| rest.trim_start() == selector)
}
