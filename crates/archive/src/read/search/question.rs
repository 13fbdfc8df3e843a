//! What a person types to search, as FTS5 understands it (<https://sqlite.org/fts5.html#full_text_query_syntax>).

use super::terms::{is_paired, terms};

/// What is searched for: every part, none of those that are excluded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Question {
    parts: Vec<Phrase>,
    excluded: Vec<Phrase>,
}

/// Terms that follow one another.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Phrase {
    terms: Vec<String>,
    /// Whether the last of them may go on.
    is_open: bool,
}

impl Question {
    /// Words; `"words in a row"`; `begin*`; `-without`. `None` where nothing of it can be searched for.
    pub(crate) fn parse(text: &str) -> Option<Question> {
        let mut question = Question::default();
        for (word, is_quoted) in split(text) {
            let (word, is_excluded) = match word.strip_prefix('-') {
                Some(rest) if !is_quoted => (rest, true),
                _ => (word, false),
            };
            let terms = in_a_row(word);
            if terms.is_empty() {
                continue;
            }
            let is_single =
                terms.last().is_some_and(|term| term.chars().count() == 1 && term.chars().all(is_paired));
            let part = Phrase { terms, is_open: is_single || (!is_quoted && word.ends_with('*')) };
            if is_excluded { question.excluded.push(part) } else { question.parts.push(part) }
        }
        (!question.parts.is_empty()).then_some(question)
    }

    /// The same where each word may go on.
    pub(crate) fn opened(mut self) -> Question {
        self.parts.iter_mut().for_each(|part| part.is_open = true);
        self
    }

    /// In the language of FTS5. Terms hold letters and digits alone.
    pub(crate) fn expression(&self) -> String {
        let all =
            |parts: &[Phrase], by: &str| parts.iter().map(Phrase::expression).collect::<Vec<_>>().join(by);
        let wanted = all(&self.parts, " AND ");
        if self.excluded.is_empty() {
            return wanted;
        }
        format!("({wanted}) NOT ({})", all(&self.excluded, " OR "))
    }

    /// The folded texts that an article which is found may show. Pairs are their characters again.
    pub(crate) fn needles(&self) -> Vec<String> {
        self.parts.iter().flat_map(Phrase::needles).collect()
    }
}

impl Phrase {
    fn expression(&self) -> String {
        format!("\"{}\"{}", self.terms.join(" "), if self.is_open { " *" } else { "" })
    }

    fn needles(&self) -> Vec<String> {
        let mut needles: Vec<String> = Vec::new();
        let mut is_run = false;
        for term in &self.terms {
            let paired = term.chars().all(is_paired);
            match needles.last_mut() {
                Some(run) if paired && is_run => run.extend(term.chars().nth(1)),
                _ => needles.push(term.clone()),
            }
            // A single character ends its run.
            is_run = paired && term.chars().count() > 1;
        }
        needles
    }
}

/// The words of `text`, and what is between quotation marks.
fn split(text: &str) -> impl Iterator<Item = (&str, bool)> {
    text.split(['"', '“', '”', '„']).enumerate().flat_map(|(at, part)| {
        let is_quoted = at % 2 == 1;
        let words: Vec<&str> = if is_quoted { vec![part] } else { part.split_whitespace().collect() };
        words.into_iter().map(move |word| (word, is_quoted))
    })
}

/// The terms of `text` without the character that ends its last run, which a text that goes on does not have as a term.
fn in_a_row(text: &str) -> Vec<String> {
    let mut terms = terms(text);
    if let [.., pair, last] = terms.as_slice()
        && last.chars().count() == 1
        && pair.chars().nth(1) == last.chars().next()
        && pair.chars().all(is_paired)
    {
        terms.pop();
    }
    terms
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expression: &str, needles: &[&str]) {
        let question = Question::parse(text).unwrap();
        assert_eq!(
            (question.expression().as_str(), question.needles()),
            (expression, needles.iter().map(|n| (*n).to_owned()).collect())
        );
    }

    #[test]
    fn words_are_all_wanted_and_phrases_stay_together() {
        check("Harbour Zürich", "\"harbour\" AND \"zurich\"", &["harbour", "zurich"]);
        check("\"harbour bridge\" fee*", "\"harbour bridge\" AND \"fee\" *", &["harbour", "bridge", "fee"]);
        check("ferry -strike", "(\"ferry\") NOT (\"strike\")", &["ferry"]);
        check("don't", "\"don t\"", &["don", "t"]);
    }

    #[test]
    fn characters_are_found_by_pairs() {
        check("渡船码头", "\"渡船 船码 码头\"", &["渡船码头"]);
        check("橋", "\"橋\" *", &["橋"]);
        check("東京tower", "\"東京 京 tower\"", &["東京", "tower"]);
    }

    #[test]
    fn whatever_is_typed_is_no_language_of_its_own() {
        for text in ["", "\"", "- * ( )", "--"] {
            assert_eq!(Question::parse(text), None, "{text}");
        }
        check("a OR b NEAR(c", "\"a\" AND \"or\" AND \"b\" AND \"near c\"", &["a", "or", "b", "near", "c"]);
        check("title:x ^y", "\"title x\" AND \"y\"", &["title", "x", "y"]);
    }
}
