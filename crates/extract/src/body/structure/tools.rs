//! Links that are a page's tools: those that come again at each part of it, and those that lead the text.

use crate::extract::blocks::{Block, Blocks, flags};

/// A tool says no more words than these, and stands on the page so often.
const WORDS: u32 = 4;
const TIMES: u32 = 3;
/// From this share of linked words on, a block is a link.
const LINKED: f32 = 0.9;

/// Drops the tools among what is kept.
pub(super) fn drop(page: &Blocks, kept: &mut [bool]) {
    let is_link = |block: &Block, held: u64| {
        let flags = page.elements[block.leaf as usize].flags;
        block.link > LINKED && block.measure.words <= WORDS && flags & held == 0
    };
    let mut leads = true;
    for (block, keep) in page.blocks.iter().zip(kept).filter(|(_, keep)| **keep) {
        // What leads a text may stand in a cell that lays out the page.
        leads &= is_link(block, HELD & !flags::TABLE);
        *keep = !leads && !(is_link(block, HELD) && block.duplicates >= TIMES);
    }
}

/// What holds links that belong to a text: lists, cells, headings, quotations.
const HELD: u64 = flags::UL | flags::OL | flags::TABLE | flags::HEADING | flags::BLOCKQUOTE | flags::DL;
