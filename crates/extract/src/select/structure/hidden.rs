//! What a page hides: offers that scripts show, and panels that open when a reader asks.

use rustc_hash::FxHashMap;

use crate::segment::tag::Tag;
use crate::segment::{Blocks, Element, NONE, flags, groups};

/// What opens a panel says no more than this.
const CONTROL_WORDS: u32 = 20;
/// A panel is one of so many, at least, that look alike.
const PANELS: u32 = 2;

/// Drops what the page does not show, unless that is most of what is kept: then a script shows it. Panels stay.
pub(super) fn drop(page: &Blocks, kept: &mut [bool]) {
    let hidden = hidden(page);
    let words = |is_hidden: bool| -> u32 {
        let wanted = (0..kept.len()).filter(|at| kept[*at] && hidden[*at] == is_hidden);
        wanted.map(|at| page.blocks[at].measure.words).sum()
    };
    if words(true) < words(false) {
        for (keep, is_hidden) in kept.iter_mut().zip(hidden) {
            *keep &= !is_hidden;
        }
    }
}

/// Of each block, whether it is hidden and in no panel.
fn hidden(page: &Blocks) -> Vec<bool> {
    let mut hidden = vec![false; page.blocks.len()];
    let tops: Vec<&Element> = page.elements.iter().filter(|element| is_top(page, element)).collect();
    let mut alike: FxHashMap<u64, u32> = FxHashMap::default();
    for top in &tops {
        *alike.entry(top.signature).or_default() += 1;
    }
    for top in tops {
        if alike[&top.signature] < PANELS || !is_panel(page, top) {
            hidden[top.totals.first as usize..=top.totals.last as usize].fill(true);
        }
    }
    hidden
}

/// Whether an element hides its text, and none around it does.
fn is_top(page: &Blocks, element: &Element) -> bool {
    let around = if element.parent == NONE { 0 } else { page.elements[element.parent as usize].flags };
    element.totals.blocks > 0 && element.flags & !around & flags::HIDDEN != 0
}

/// Whether a hidden element is named as a panel, or follows what may open it.
fn is_panel(page: &Blocks, element: &Element) -> bool {
    let before = (element.totals.first as usize).checked_sub(1).map(|at| &page.blocks[at]);
    let opens = before.is_some_and(|before| !before.is_paragraph && before.measure.words <= CONTROL_WORDS);
    element.tag != Tag::P && (element.groups & (groups::FAQ | groups::TAB) != 0 || opens)
}
