//! The rules: which blocks read like an article's, by where they stand and what they are made of.

use super::landmarks::Landmarks;
use crate::extract::blocks::tag::Tag;
use crate::extract::blocks::{Block, Blocks, Element, NONE, flags, groups};

const UNWANTED_FLAGS: u64 = flags::NAV
    | flags::FOOTER
    | flags::ASIDE
    | flags::ROLE_NAV
    | flags::ROLE_CONTENTINFO
    | flags::ROLE_COMPLEMENTARY
    | flags::ROLE_BANNER
    | flags::ROLE_DIALOG
    | flags::ROLE_OTHER
    | flags::COMMENT_ITEM
    | flags::HIDDEN
    | flags::BUTTON
    | flags::LABEL;
const UNWANTED_GROUPS: u64 = groups::COMMENT
    | groups::SHARE
    | groups::RELATED
    | groups::NAV
    | groups::FOOTER
    | groups::SIDEBAR
    | groups::AD
    | groups::NEWSLETTER
    | groups::AUTHOR
    | groups::TAG
    | groups::COOKIE
    | groups::MODAL
    | groups::PAGE
    | groups::LOGIN
    | groups::CONTENTS
    | groups::COPYRIGHT
    | groups::CTA;

/// The blocks that the rules keep.
pub(super) fn select(page: &Blocks, landmarks: &Landmarks) -> Vec<usize> {
    let unwanted = unwanted_elements(page);
    let root = root(page, landmarks, &unwanted);
    let mut kept: Vec<usize> =
        (0..page.blocks.len()).filter(|at| keeps(page, landmarks, &unwanted, root, *at)).collect();
    trim(page, &mut kept);
    kept
}

/// Whether each element, or one around it, is for something other than the article. One that holds most of the
/// page's paragraphs never is, whatever its class says.
fn unwanted_elements(page: &Blocks) -> Vec<bool> {
    let mut unwanted = vec![false; page.elements.len()];
    for (at, element) in page.elements.iter().enumerate() {
        let outer = element.parent != NONE && unwanted[element.parent as usize];
        unwanted[at] = outer || is_unwanted(page, element);
    }
    unwanted
}

fn is_unwanted(page: &Blocks, element: &Element) -> bool {
    let parent = page.elements.get(element.parent as usize);
    let own = element.flags & !parent.map_or(0, |parent| parent.flags);
    let share = element.totals.paragraph_words as f32 / page.paragraph_words.max(1) as f32;
    if matches!(element.tag, Tag::Html | Tag::Body) || share > 0.4 {
        return false;
    }
    if own & UNWANTED_FLAGS != 0 {
        return true;
    }
    let content = element.groups & (groups::ENTRY | groups::CONTENT | groups::ARTICLE) != 0;
    element.groups & UNWANTED_GROUPS != 0 && !(content && share > 0.1)
}

/// The element in which the article is.
fn root(page: &Blocks, landmarks: &Landmarks, unwanted: &[bool]) -> u32 {
    let mut wanted = vec![0u32; page.elements.len()];
    for block in &page.blocks {
        if block.is_paragraph && !unwanted[block.leaf as usize] {
            wanted[block.leaf as usize] += block.measure.words;
        }
    }
    for at in (1..wanted.len()).rev() {
        let parent = page.elements[at].parent;
        if parent != NONE {
            wanted[parent as usize] += wanted[at];
        }
    }
    let enough = wanted.first().copied().unwrap_or(0) as f32 * 0.8;
    let mut best = 0;
    for (at, element) in page.elements.iter().enumerate() {
        if wanted[at] > 0 && wanted[at] as f32 >= enough && element.depth >= page.elements[best].depth {
            best = at;
        }
    }
    let _ = landmarks;
    u32::try_from(best).unwrap_or(0)
}

fn keeps(page: &Blocks, landmarks: &Landmarks, unwanted: &[bool], root: u32, at: usize) -> bool {
    let block = &page.blocks[at];
    if unwanted[block.leaf as usize] || !page.around(at).any(|(around, _)| around == root) {
        return false;
    }
    if landmarks.title.is_some_and(|title| at == title) {
        return false;
    }
    let tag = page.elements[block.container as usize].tag;
    block.is_paragraph || tag.is_heading() || is_text(block)
}

/// Whether a block is text rather than links.
fn is_text(block: &Block) -> bool {
    block.link < 0.5 && block.button < 0.5
}

/// Drops what stands before the first and after the last paragraph.
fn trim(page: &Blocks, kept: &mut Vec<usize>) {
    let is_paragraph = |at: &usize| page.blocks[*at].is_paragraph;
    if let (Some(first), Some(last)) =
        (kept.iter().position(is_paragraph), kept.iter().rposition(is_paragraph))
    {
        kept.truncate(last + 1);
        kept.drain(..first);
    }
}
