//! Quotations are kept whole, with what says whose they are: a post of a network ends with its author and day.

use crate::lang::noise::Noise;
use crate::segment::Blocks;
use crate::segment::tag::Tag;

/// A quotation of more blocks may be a page's own way to indent.
const BLOCKS: u32 = 30;

/// Keeps all of each quotation of which most is kept; what would be noise elsewhere is no noise in it.
pub(super) fn complete(page: &Blocks, noise: &mut [Option<Noise>], kept: &mut [bool]) {
    for quotation in page.elements.iter().filter(|element| element.tag == Tag::Blockquote) {
        let totals = &quotation.totals;
        if !(2..=BLOCKS).contains(&totals.blocks) {
            continue;
        }
        let blocks = totals.first as usize..totals.last as usize + 1;
        let said: u32 = blocks.clone().filter(|at| kept[*at]).map(|at| page.blocks[at].measure.words).sum();
        if said * 2 >= totals.words {
            kept[blocks.clone()].fill(true);
            noise[blocks].fill(None);
        }
    }
}
