//! What reading again gave.

use serde::Serialize;

use crate::model::{Article, ArticleId};

/// What reading again gave, in numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Reread {
    /// Articles of which every field is as it was.
    pub same: u64,
    /// Articles of which a field is another.
    pub changed: u64,
    /// Those of them that differ in substance.
    pub substantive: u64,
    /// Articles whose capture gives none any more. They stay as they are.
    pub rejected: u64,
    /// Pages that were held back and pass.
    pub passing: u64,
    /// Pages that are still held back.
    pub held: u64,
    /// Articles without a capture: it was let go, or lost. They stay as they are.
    pub without_capture: u64,
    /// Articles that were joined of several pages, one of which the archive does not have. They stay as they are.
    pub joined: u64,
    /// Records that cannot be read.
    pub unreadable: Vec<String>,
    /// Rules that matched nothing on some of the pages, by source.
    pub warnings: Vec<String>,
}

/// One article that is not what it was.
#[derive(Clone, Debug)]
pub enum Difference {
    /// It says something else.
    Changed {
        /// Its identity.
        id: ArticleId,
        /// As it is.
        before: Box<Article>,
        /// As it is read now.
        after: Box<Article>,
        /// Whether they differ in substance.
        is_substantive: bool,
    },
    /// Its capture gives no article any more.
    Rejected {
        /// Its identity.
        id: ArticleId,
        /// As it is, and stays.
        before: Box<Article>,
        /// Why.
        reason: String,
    },
    /// It was held back and passes.
    Passing {
        /// What it says.
        article: Box<Article>,
        /// Why it was held back.
        reason: String,
    },
}
