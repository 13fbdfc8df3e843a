//! A captured article, before it is known whether it is new.

use std::collections::BTreeSet;

use super::neighbours::Neighbours;
use super::sighting::Seen;
use crate::model::{Article, ArticleId, Candidate, Capture, SourceId};

/// An article that was fetched, and what was made of it.
#[derive(Clone, Copy, Debug)]
pub struct Kept<'a> {
    /// The source that was being read.
    pub source: &'a SourceId,
    /// The link that led to it.
    pub candidate: &'a Candidate,
    /// The exchange.
    pub capture: &'a Capture,
    /// The exchanges for further pages on which it stands, in their order.
    pub further: &'a [Capture],
    /// What it says.
    pub article: &'a Article,
    /// How the run came upon it.
    pub seen: Seen,
    /// How its listing identifies the article, besides its URL.
    pub sign: Sign<'a>,
    /// What the run knows of it from the other pages of its source.
    pub neighbours: Neighbours<'a>,
}

/// How a listing identifies an item, besides its URL.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sign<'a> {
    /// The article that it is by its guid.
    pub known: Option<ArticleId>,
    /// What the listing calls its items; `None` for nothing, or where there is none.
    pub guids: Option<&'a BTreeSet<String>>,
}
