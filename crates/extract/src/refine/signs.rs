//! Lines of signs alone, which say nothing that could be judged and belong to what stands around them: stars between
//! scenes, a rating, a closing brace on a line of its own.

use crate::segment::tag::Tag;
use crate::segment::{Blocks, Sign};
use crate::select::Selection;

/// Elements that are kept with the signs at their ends.
const UNITS: &[Tag] = &[Tag::Ul, Tag::Ol, Tag::Dl, Tag::Table, Tag::Pre, Tag::Blockquote];

/// Adds the signs to `selection` that stand amid what is selected.
pub(crate) fn keep(selection: &mut Selection, page: &Blocks) {
    let is_kept = |at: usize| selection.blocks.binary_search(&at).is_ok();
    let is_amid = |sign: &&Sign| {
        let before = sign.before.checked_sub(1).filter(|at| is_kept(*at));
        let after = Some(sign.before).filter(|at| is_kept(*at));
        match (before, after) {
            (Some(_), Some(_)) => true,
            (Some(beside), None) | (None, Some(beside)) => shares_unit(page, sign, beside),
            (None, None) => false,
        }
    };
    let nodes: Vec<_> = page.signs.iter().filter(is_amid).flat_map(|sign| sign.nodes.clone()).collect();
    selection.kept.extend(nodes);
}

/// Whether a sign and the block at `beside` stand in one list, table, listing or quotation.
fn shares_unit(page: &Blocks, sign: &Sign, beside: usize) -> bool {
    let unit = page.outwards(sign.container).find(|(_, element)| UNITS.contains(&element.tag));
    unit.is_some_and(|(unit, _)| page.around(beside).any(|(place, _)| place == unit))
}
