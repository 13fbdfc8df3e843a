//! Which blocks the learned judge is asked about. About half of a page's blocks are menus and lists of links far from
//! any text: to look at them as closely as at the others would take as long and change nothing.

use super::landmarks::Landmarks;
use super::rules::Verdict;
use crate::segment::{Blocks, flags};

/// Where links lead about the site.
const ABOUT_THE_SITE: u64 = flags::NAV | flags::ROLE_NAV | flags::FOOTER | flags::ROLE_CONTENTINFO;
/// Blocks before and after one that the rules keep which are asked about too.
const NEAR: usize = 3;
/// Links of fewer words, far from all text, are out of the question.
const FEW_WORDS: u32 = 8;
const LINKED: f32 = 0.9;

/// The places of the blocks that may belong to the article.
pub(super) fn open(page: &Blocks, landmarks: &Landmarks, verdict: &Verdict) -> Vec<usize> {
    let within = inside_of(page, landmarks.holds_85);
    let may_be = |at: &usize| {
        let block = &page.blocks[*at];
        let leaf = block.leaf as usize;
        if verdict.kept[*at] {
            return true;
        }
        if page.elements[leaf].flags & ABOUT_THE_SITE != 0 {
            return false;
        }
        let is_lone_link = block.link > LINKED && block.measure.words < FEW_WORDS && !within[leaf];
        !is_lone_link || is_near(&verdict.kept, *at)
    };
    (0..page.blocks.len()).filter(may_be).collect()
}

fn is_near(kept: &[bool], at: usize) -> bool {
    kept[at.saturating_sub(NEAR)..(at + NEAR + 1).min(kept.len())].contains(&true)
}

/// Of each element, whether it is `root` or in it.
fn inside_of(page: &Blocks, root: u32) -> Vec<bool> {
    let mut inside = vec![false; page.elements.len()];
    for (at, element) in (0u32..).zip(&page.elements) {
        inside[at as usize] = at == root || inside.get(element.parent as usize).copied().unwrap_or(false);
    }
    inside
}
