//! What is written apart from the running text: notes at its end, and a line before each post of a thread.

use ego_tree::NodeId;
use scraper::Html;
use url::Url;

use crate::model::Reason;
use crate::refine::{footnotes, threads, whole_units};
use crate::render::heads::Heads;
use crate::segment::Blocks;
use crate::select::{Reasons, Selection};

/// What a document has beside its running text.
#[derive(Debug, Default)]
pub(crate) struct Apart {
    /// Elements that are written after all else, in this order.
    pub(crate) notes: Vec<NodeId>,
    /// Who wrote a post, and when, by its element.
    pub(crate) heads: Heads,
}

/// Makes `selection` whole, unless the owner's rule says what it is, and finds what goes with it. Why blocks come and go
/// is written to `reasons`.
pub(crate) fn settle(
    selection: &mut Selection,
    document: &Html,
    page: &Blocks,
    url: &Url,
    reasons: &mut Reasons,
) -> Apart {
    if selection.by_rule {
        return Apart::default();
    }
    let notes = footnotes::settle(selection, document, page, url);
    whole_units::complete(selection, page);
    reasons.note_blocks(Reason::Whole, &selection.blocks);
    let heads = threads::settle(selection, document, page);
    reasons.note_blocks(Reason::BesidePost, &selection.blocks);
    Apart { notes, heads }
}
