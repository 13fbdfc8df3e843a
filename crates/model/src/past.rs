//! What is known of a page and its source from before, against which a new capture is held.

use super::{Article, TextSketch};

/// What the archive knows that bears on whether a capture can be believed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Past {
    /// What is published of the page; `None` for a page that is new.
    pub before: Option<Article>,
    /// What is published of the page that was asked for, where another one answered.
    pub asked: Option<Article>,
    /// Some of the source's other articles that have the same words.
    pub twins: Vec<Twin>,
    /// What the source's newest pages say that are held back.
    pub held: Vec<HeldText>,
    /// The reasons, by their names, for which the page was held back and then released.
    pub released: Vec<String>,
    /// The languages of the source's newest articles, as BCP 47 tags.
    pub languages: Vec<String>,
    /// What the owner calls the source.
    pub site: Option<String>,
}

/// What a page says that is held back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldText {
    /// Whether it is the page that is asked about.
    pub is_own: bool,
    /// The reason, as one word.
    pub hold: String,
    /// Its text.
    pub sketch: TextSketch,
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
