//! What is written apart from the running text: notes at its end, and a line before each post of a thread.

use ego_tree::NodeId;
use scraper::Html;
use url::Url;

use super::blocks::Blocks;
use super::body::{Reasons, Selection};
use super::threads::Heads;
use super::{completion, notes, threads};
use crate::model::Reason;

/// What a document has beside its running text.
#[derive(Debug, Default)]
pub(super) struct Apart {
    /// Elements that are written after all else, in this order.
    pub(super) notes: Vec<NodeId>,
    /// Who wrote a post, and when, by its element.
    pub(super) heads: Heads,
}

/// Makes `selection` whole, unless the owner's rule says what it is, and finds what goes with it. Why blocks come and go
/// is written to `reasons`.
pub(super) fn settle(
    selection: &mut Selection,
    document: &Html,
    page: &Blocks,
    url: &Url,
    reasons: &mut Reasons,
) -> Apart {
    if selection.by_rule {
        return Apart::default();
    }
    let notes = notes::settle(selection, document, page, url);
    completion::complete(selection, page);
    reasons.note_blocks(Reason::Whole, &selection.blocks);
    let heads = threads::settle(selection, document, page);
    reasons.note_blocks(Reason::BesidePost, &selection.blocks);
    Apart { notes, heads }
}
