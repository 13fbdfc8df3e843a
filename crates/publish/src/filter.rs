//! What a feed carries of the articles of its sources.

use serde::{Deserialize, Serialize};

/// Which articles a feed carries: those for which every condition of `include` holds, and none of `exclude`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filter {
    /// Every key that says something must hold.
    pub include: Conditions,
    /// No key that says something may hold.
    pub exclude: Conditions,
}

/// Conditions on an article. A list holds where one of its values does, an empty one says nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conditions {
    /// Words, or several in a row, in title, description or text, whatever their case.
    pub words: Vec<String>,
    /// Regular expressions for the same.
    pub regex: Vec<String>,
    /// Names of authors, in any case; `*` matches any text.
    pub authors: Vec<String>,
    /// Tags or sections, in any case; `*` matches any text.
    pub tags: Vec<String>,
    /// Languages; `en` is `en-GB` too.
    pub languages: Vec<String>,
    /// The least number of words.
    pub min_words: Option<u32>,
    /// The greatest number of words.
    pub max_words: Option<u32>,
    /// At least so many seconds passed from when it was published to when it was found.
    pub min_age: Option<i64>,
    /// At most so many.
    pub max_age: Option<i64>,
}

impl Filter {
    /// Whether it leaves everything as it is.
    #[must_use]
    pub fn is_open(&self) -> bool {
        *self == Filter::default()
    }
}
