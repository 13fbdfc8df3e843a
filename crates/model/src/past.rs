//! What is known of a page and its source from before, against which a new capture is held.

use super::Article;

/// What the archive knows that bears on whether a capture can be believed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Past {
    /// What is published of the page; `None` for a page that is new.
    pub before: Option<Article>,
    /// Some of the source's other articles that have the same words.
    pub twins: Vec<Twin>,
    /// The languages of the source's newest articles, as BCP 47 tags.
    pub languages: Vec<String>,
    /// What the owner calls the source.
    pub site: Option<String>,
}

/// An article that has the words of another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Twin {
    /// Its title, as its page says it.
    pub title: String,
    /// Its title, as its listing or feed says it.
    pub told: Option<String>,
    /// Its body.
    pub html: String,
}
