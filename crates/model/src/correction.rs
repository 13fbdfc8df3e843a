//! A change of an article that is worth a reader's attention.

use serde::Serialize;

use super::Entry;

/// A piece of a passage, as it stands in the text, paragraph breaks included.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Piece {
    /// Both texts have it.
    Same(String),
    /// Only the earlier text has it.
    Removed(String),
    /// Only the later text has it.
    Added(String),
}

/// A revision that changed what an article says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// The article as the revision left it: its number, its text, and as `updated` when the run began that found it.
    pub entry: Entry,
    /// The article as it was before; `None` if the record of that was lost.
    pub before: Option<Entry>,
    /// The passages in which words were removed or added, in the order of the text.
    pub passages: Vec<Vec<Piece>>,
}
