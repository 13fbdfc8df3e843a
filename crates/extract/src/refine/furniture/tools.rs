//! Links that are a page's tools: those that come again at each part of it, and those that lead the text.

use crate::segment::{Block, Blocks, flags};
use crate::select::Selection;

/// A tool says no more words than these, and stands on the page so often.
const WORDS: u32 = 4;
const TIMES: u32 = 3;
/// From this share of linked words on, a block is a link.
const LINKED: f32 = 0.9;
/// What holds links that belong to a text: lists, cells, headings, quotations.
const HELD: u64 = flags::UL | flags::OL | flags::TABLE | flags::HEADING | flags::BLOCKQUOTE | flags::DL;

/// Drops the tools from `selection`, unless nothing else is in it.
pub(super) fn drop(selection: &mut Selection, page: &Blocks) {
    let is_link = |block: &Block, held: u64| {
        let flags = page.elements[block.leaf as usize].flags;
        block.link > LINKED && block.measure.words <= WORDS && flags & held == 0
    };
    let (mut left, mut tools, mut leads) = (Vec::new(), Vec::new(), true);
    for at in &selection.blocks {
        let block = &page.blocks[*at];
        // What leads a text may stand in a cell that lays out the page.
        leads &= is_link(block, HELD & !flags::TABLE);
        let is_tool = leads || is_link(block, HELD) && block.duplicates >= TIMES;
        if is_tool { tools.push(*at) } else { left.push(*at) }
    }
    if left.is_empty() {
        return;
    }
    for node in tools.iter().flat_map(|at| &page.nodes[page.blocks[*at].nodes.clone()]) {
        selection.kept.remove(node);
    }
    selection.blocks = left;
}
