//! Captions: no running text, and so none that a body is found by, but they stay with the figures that a body shows.

use super::blocks::{Blocks, flags, groups};
use super::body::Selection;

/// Blocks before the first kept one, and after the last, among which a figure still belongs to the text.
const BEFORE: usize = 4;
const AFTER: usize = 2;
/// Longer texts are told, not shown.
const MAX_WORDS: u32 = 80;

/// Whether block `at` is a caption.
pub(crate) fn is_caption(page: &Blocks, at: usize) -> bool {
    page.elements[page.blocks[at].leaf as usize].flags & flags::FIGURE != 0
        || page
            .around(at)
            .take(3)
            .any(|(_, element)| element.groups & groups::CAPTION != 0 && element.totals.blocks < 4)
}

/// Adds the captions of figures that stand among the kept blocks.
pub(super) fn keep(selection: &mut Selection, page: &Blocks) {
    let (Some(first), Some(last)) = (selection.blocks.first(), selection.blocks.last()) else { return };
    for at in first.saturating_sub(BEFORE)..(last + 1 + AFTER).min(page.blocks.len()) {
        if page.blocks[at].measure.words <= MAX_WORDS
            && is_caption(page, at)
            && is_shown(page, at)
            && page.around(at).any(|(_, element)| element.id == selection.root)
        {
            selection.kept.extend(&page.nodes[page.blocks[at].nodes.clone()]);
        }
    }
}

/// Whether a figure's caption stands in the text's own flow, and not in a box of teasers beside it.
fn is_shown(page: &Blocks, at: usize) -> bool {
    let leaf = page.elements[page.blocks[at].leaf as usize].flags;
    page.blocks[at].link < 0.5 && leaf & (flags::NAV | flags::ASIDE | flags::FOOTER) == 0
}
