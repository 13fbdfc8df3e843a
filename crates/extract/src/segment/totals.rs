//! Sums over the blocks in each element, and what repeats.

use rustc_hash::{FxBuildHasher, FxHashMap};

use super::{Blocks, NONE, Totals};

/// Fills in totals, repeats and duplicates.
pub(super) fn add_up(page: &mut Blocks) {
    count_repeats(page);
    count_duplicates(page);
    for (at, block) in page.blocks.iter().enumerate() {
        let at = u32::try_from(at).unwrap_or(u32::MAX);
        let words = block.measure.words;
        let paragraph_words = if block.is_paragraph { words } else { 0 };
        page.paragraph_words += paragraph_words;
        page.elements[block.leaf as usize].totals.add(&Totals {
            words,
            link_words: words as f32 * block.link,
            paragraph_words,
            paragraphs: u32::from(block.is_paragraph),
            blocks: 1,
            commas: block.measure.commas,
            first: at,
            last: at,
        });
    }
    for at in (0..page.elements.len()).rev() {
        let (parent, totals) = (page.elements[at].parent, page.elements[at].totals);
        if parent != NONE && totals.blocks > 0 {
            page.elements[parent as usize].totals.add(&totals);
        }
    }
}

impl Totals {
    fn add(&mut self, other: &Totals) {
        self.words += other.words;
        self.link_words += other.link_words;
        self.paragraph_words += other.paragraph_words;
        self.paragraphs += other.paragraphs;
        self.blocks += other.blocks;
        self.commas += other.commas;
        self.first = self.first.min(other.first);
        self.last = self.last.max(other.last);
    }
}

fn count_repeats(page: &mut Blocks) {
    let mut counts: FxHashMap<(u32, u64), u32> =
        FxHashMap::with_capacity_and_hasher(page.elements.len(), FxBuildHasher);
    for element in &page.elements {
        *counts.entry((element.parent, element.signature)).or_default() += 1;
    }
    for element in &mut page.elements {
        element.repeats = counts[&(element.parent, element.signature)];
    }
}

fn count_duplicates(page: &mut Blocks) {
    let mut counts: FxHashMap<u64, u32> =
        FxHashMap::with_capacity_and_hasher(page.blocks.len(), FxBuildHasher);
    for block in &mut page.blocks {
        let count = counts.entry(block.measure.fingerprint).or_default();
        block.earlier = *count;
        *count += 1;
    }
    for block in &mut page.blocks {
        block.duplicates = counts[&block.measure.fingerprint];
    }
}
