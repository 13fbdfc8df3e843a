//! Where the values of an article came from: of each field what gave it and what that beat, of its body how each page was
//! cut. It is kept with the article, so that every value can be explained when its page is long gone; a reader never sees
//! it, and it makes no revision.

use serde::{Deserialize, Deserializer, Serialize};
use url::Url;

use super::article::named;

/// Where a field's value came from, and what it beat.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Provenance {
    /// The rule or heuristic that gave the value, as a short name such as `json-ld headline`, `og:title`, `h1`.
    pub from: String,
    /// Other sources that had a value, best first, each with that value cut to 200 characters.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub beat: Vec<(String, String)>,
    /// Where the value stood, and then those that it beat: a CSS selector, a script and a path in its JSON, a rule's selector,
    /// or what lies outside the page; at most 200 characters. Records of times before it was kept have none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<Option<String>>,
    /// Which values are hard to believe: 0 is the winner, 1 the first that it beat.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub doubted: Vec<usize>,
}

impl Provenance {
    /// Of a value that nothing else competed with.
    #[must_use]
    pub fn of(from: &str) -> Provenance {
        Provenance { from: from.to_owned(), ..Provenance::default() }
    }

    /// Where the value stood; with 1, 2 and so on, where the others did.
    #[must_use]
    pub fn place(&self, of: usize) -> Option<&str> {
        self.places.get(of)?.as_deref()
    }
}

/// How the body was cut out of one of the pages on which an article stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cut {
    /// The URL that answered; none for the page that the article's own `url` tells of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<Url>,
    /// The F1 that its words are expected to have, in hundredths; none where the owner's rules say what it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agreement: Option<u8>,
    /// Its blocks of text, in the page's order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub runs: Vec<Run>,
    /// How many blocks follow of which it does not tell.
    #[serde(default, skip_serializing_if = "is_none")]
    pub more: usize,
    /// The selectors of the owner's rules that were tried, those that matched nothing too.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<RuleUse>,
}

/// Blocks of text that follow one another and are in the body, or not, for one reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    /// Whether they are in the body.
    pub kept: bool,
    /// Why.
    #[serde(deserialize_with = "known_reason")]
    pub reason: Reason,
    /// How likely the learned judge finds the least likely of them and the most likely, in hundredths.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub likely: Option<(u8, u8)>,
    /// How many they are.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub blocks: usize,
    /// Their words.
    pub words: u32,
    /// How the first begins, in 60 characters.
    pub text: String,
}

fn known_reason<'de, D: Deserializer<'de>>(input: D) -> Result<Reason, D::Error> {
    Ok(named(&String::deserialize(input)?).unwrap_or(Reason::Unknown))
}

fn one() -> usize {
    1
}

#[allow(clippy::trivially_copy_pass_by_ref)] // serde asks for it
fn is_none(count: &usize) -> bool {
    *count == 0
}

#[allow(clippy::trivially_copy_pass_by_ref)] // as above
fn is_one(count: &usize) -> bool {
    *count == 1
}

/// A selector of the owner's rules.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleUse {
    /// For what it is: `body`, `title`, `remove`, …
    pub of: String,
    /// The selector.
    pub selector: String,
    /// How much it matched.
    pub matched: usize,
    /// Whether a field has its value by it.
    #[serde(default)]
    pub used: bool,
}

/// Why a block of a page is in the body or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// The owner's rule selects it, or something else.
    Rule,
    /// The owner's rule keeps it whatever else is found.
    KeepRule,
    /// The learned judge finds it likely, or not.
    Judge,
    /// The page has very many blocks, and simple rules alone were heard.
    PlainRules,
    /// It is in the text that the page declares for machines, or not.
    DeclaredText,
    /// It is in the text that the page's scripts hold as data.
    ScriptData,
    /// It is in the text that the feed carries.
    FeedText,
    /// It says what promotions, prompts, share bars and counters say.
    Noise,
    /// It says again what another block said.
    Repetition,
    /// It says the title again.
    Title,
    /// It is a heading with nothing beneath it.
    EmptyHeading,
    /// It is a byline, a date line, a button or a promoted link; or it belongs to a table that is kept as a whole.
    Furniture,
    /// It goes with what is kept: a footnote, an item of a list, the heading of a section.
    Whole,
    /// It stands beside the text of a post in a thread: who wrote it, a signature, a note of an edit.
    BesidePost,
    /// Other articles of the source have it too.
    SiteMemory,
    /// The page does not show it.
    Hidden,
    /// It belongs to another article on the same page, or announces one.
    OtherArticle,
    /// What a newer program says.
    #[serde(skip_deserializing)]
    Unknown,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_of_times_before_places_and_one_of_a_newer_program_are_read() {
        let older: Provenance =
            serde_json::from_str(r#"{"from": "h1", "beat": [["og:title", "One"]]}"#).unwrap();
        assert_eq!((older.place(0), older.doubted.len()), (None, 0));
        let newer = r#"{"kept": true, "reason": "mood", "words": 3, "text": "One", "mood": "calm"}"#;
        let newer: Run = serde_json::from_str(newer).unwrap();
        assert_eq!((newer.reason, newer.blocks), (Reason::Unknown, 1));
    }
}
