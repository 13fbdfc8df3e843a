//! Which articles a feed carries, and why it leaves one out. It depends on what an article says and on when it was found,
//! never on the clock.

use regex::Regex;

use crate::model::{Article, Entry};
use crate::publish::{Conditions, Filter};

/// A filter that can be asked.
pub(in crate::pipeline) struct Sieve {
    include: Vec<Test>,
    exclude: Vec<Test>,
}

/// One key of the configuration, and what it asks for.
struct Test {
    key: &'static str,
    asks: Asked,
}

enum Asked {
    /// One of these in title, description or text.
    Text(Vec<Regex>),
    /// One of these as an author.
    Author(Vec<Regex>),
    /// One of these as a tag or section.
    Tag(Vec<Regex>),
    Language(Vec<String>),
    AtLeastWords(u32),
    AtMostWords(u32),
    AtLeastAged(i64),
    AtMostAged(i64),
}

impl Sieve {
    pub(in crate::pipeline) fn of(filter: &Filter) -> Sieve {
        Sieve { include: tests(&filter.include), exclude: tests(&filter.exclude) }
    }

    /// The key that leaves the article out, with its table; `None` if the feed carries it.
    pub(in crate::pipeline) fn leaves_out(&self, entry: &Entry) -> Option<String> {
        let said = Told::of(entry);
        let missing = self.include.iter().find(|test| !test.asks.holds(&said));
        let caught = || self.exclude.iter().find(|test| test.asks.holds(&said));
        missing
            .map(|test| format!("include.{}", test.key))
            .or_else(|| caught().map(|test| format!("exclude.{}", test.key)))
    }
}

fn tests(conditions: &Conditions) -> Vec<Test> {
    let Conditions { words, regex, authors, tags, languages, min_words, max_words, min_age, max_age } =
        conditions;
    let list = |key, patterns: Vec<Regex>, asked: fn(Vec<Regex>) -> Asked| {
        (!patterns.is_empty()).then(|| Test { key, asks: asked(patterns) })
    };
    let languages_asked =
        (!languages.is_empty()).then(|| Test { key: "languages", asks: Asked::Language(languages.clone()) });
    [
        list("words", words.iter().filter_map(|words| in_words(words)).collect(), Asked::Text),
        list("regex", regex.iter().filter_map(|pattern| Regex::new(pattern).ok()).collect(), Asked::Text),
        list("authors", authors.iter().filter_map(|name| whole(name)).collect(), Asked::Author),
        list("tags", tags.iter().filter_map(|name| whole(name)).collect(), Asked::Tag),
        languages_asked,
        min_words.map(|least| Test { key: "min_words", asks: Asked::AtLeastWords(least) }),
        max_words.map(|most| Test { key: "max_words", asks: Asked::AtMostWords(most) }),
        min_age.map(|least| Test { key: "min_age", asks: Asked::AtLeastAged(least) }),
        max_age.map(|most| Test { key: "max_age", asks: Asked::AtMostAged(most) }),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// These words in a row, whatever is between them but letters. Scripts that are written without spaces have no borders
/// of words.
fn in_words(words: &str) -> Option<Regex> {
    let parts: Vec<String> = words.split_whitespace().map(regex::escape).collect();
    let border = |c: Option<char>| match c {
        Some(c) if c.is_alphanumeric() && c < '\u{2e80}' => r"\b",
        _ => "",
    };
    let (first, last) = (border(words.trim().chars().next()), border(words.trim().chars().next_back()));
    Regex::new(&format!(r"(?i){first}{}{last}", parts.join(r"[\s\p{P}]+"))).ok()
}

/// A whole name, in which each `*` stands for any text.
fn whole(pattern: &str) -> Option<Regex> {
    let parts: Vec<String> = pattern.trim().split('*').map(regex::escape).collect();
    Regex::new(&format!("(?is)^{}$", parts.join(".*"))).ok()
}

/// What an article says, as tests ask for it.
struct Told<'e> {
    article: &'e Article,
    texts: [&'e str; 3],
    /// Seconds from when it was published to when it was found.
    age: i64,
}

impl<'e> Told<'e> {
    fn of(entry: &'e Entry) -> Told<'e> {
        let article = &entry.article;
        Told {
            article,
            texts: [&article.title, article.description.as_deref().unwrap_or_default(), &article.text],
            age: (entry.first_seen - entry.shown_at()).num_seconds(),
        }
    }
}

impl Asked {
    fn holds(&self, told: &Told<'_>) -> bool {
        let article = told.article;
        let any = |patterns: &[Regex], text: &str| patterns.iter().any(|pattern| pattern.is_match(text));
        match self {
            Asked::Text(patterns) => told.texts.iter().any(|text| any(patterns, text)),
            Asked::Author(names) => article.authors.iter().any(|author| any(names, author)),
            Asked::Tag(names) => article.section.iter().chain(&article.tags).any(|tag| any(names, tag)),
            Asked::Language(tags) => {
                article.language.as_deref().is_some_and(|own| tags.iter().any(|tag| is_within(own, tag)))
            }
            Asked::AtLeastWords(least) => article.word_count >= *least,
            Asked::AtMostWords(most) => article.word_count <= *most,
            Asked::AtLeastAged(least) => told.age >= *least,
            Asked::AtMostAged(most) => told.age <= *most,
        }
    }
}

/// Whether a language is `tag`, or a kind of it.
fn is_within(own: &str, tag: &str) -> bool {
    let (own, tag) = (own.to_ascii_lowercase(), tag.to_ascii_lowercase());
    own == tag || own.strip_prefix(&tag).is_some_and(|rest| rest.starts_with('-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_whole_words_in_a_row_whatever_their_case() {
        let finds = |words: &str, text: &str| in_words(words).unwrap().is_match(text);
        assert!(finds("harbour bridge", "The Harbour-Bridge opened"));
        assert!(finds("harbour  bridge", "the harbour,\nbridge and all"));
        assert!(!finds("ferry", "ferrymen"));
        assert!(finds("C++", "He writes C++, mostly."));
        assert!(finds("渡船", "小渡船来了"));
    }

    #[test]
    fn a_language_holds_its_regions_and_no_other_language() {
        assert!(is_within("en-GB", "en") && is_within("EN", "en"));
        assert!(!is_within("eng", "en") && !is_within("en", "en-GB"));
    }
}
