//! The rules: which blocks read like an article's, by where they stand and what they are made of.

use rustc_hash::FxHashMap;

use super::landmarks::Landmarks;
use crate::lang::noise::Noise;
use crate::segment::tag::Tag;
use crate::segment::{Block, Blocks, Element, NONE, flags, groups};

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

/// How much of what elements say is believed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Belief {
    /// Tags, roles, classes and ids.
    All,
    /// Tags and roles.
    Tags,
    Nothing,
}

/// The share of the page's paragraph words that the rules have to keep, or they believe less of what elements say.
const ENOUGH: f32 = 0.3;

/// What the rules say of a page.
#[derive(Clone, Debug, Default)]
pub(super) struct Verdict {
    /// Of each block, whether it is kept.
    pub(super) kept: Vec<bool>,
    /// Of each block, whether it is in the element in which the article is.
    pub(super) inside: Vec<bool>,
    /// Of each element, whether it is for something other than the article.
    pub(super) unwanted: Vec<bool>,
    /// Of each element, the words that are kept and all words in it.
    words: Vec<(u32, u32)>,
    /// The first and the last block that is kept.
    pub(super) first: Option<usize>,
    pub(super) last: Option<usize>,
}

/// Judges `page` by rules.
pub(super) fn judge(page: &Blocks, landmarks: &Landmarks, noise: &[Option<Noise>]) -> Verdict {
    let mut verdict = Verdict::default();
    for belief in [Belief::All, Belief::Tags, Belief::Nothing] {
        verdict = believe(page, landmarks, noise, belief);
        let words: u32 = page
            .blocks
            .iter()
            .zip(&verdict.kept)
            .filter(|(block, kept)| **kept && block.is_paragraph)
            .map(|(block, _)| block.measure.words)
            .sum();
        if words as f32 >= ENOUGH * page.paragraph_words as f32 && verdict.first.is_some() {
            break;
        }
    }
    verdict
}

fn believe(page: &Blocks, landmarks: &Landmarks, noise: &[Option<Noise>], belief: Belief) -> Verdict {
    let unwanted = unwanted_elements(page, belief);
    let root = root(page, &unwanted);
    let holds = inside_of(page, root);
    let inside: Vec<bool> = page.blocks.iter().map(|block| holds[block.leaf as usize]).collect();
    let mut kept: Vec<bool> = (0..page.blocks.len())
        .map(|at| {
            inside[at]
                && !unwanted[page.blocks[at].leaf as usize]
                && reads_like_text(page, landmarks, at)
                && noise[at].is_none()
        })
        .collect();
    trim(page, &mut kept);
    let (first, last) = (kept.iter().position(|kept| *kept), kept.iter().rposition(|kept| *kept));
    let words = words(page, &kept);
    Verdict { kept, inside, unwanted, words, first, last }
}

/// Of each element, whether it is `root` or in it.
fn inside_of(page: &Blocks, root: u32) -> Vec<bool> {
    let mut inside = vec![false; page.elements.len()];
    for (at, element) in (0u32..).zip(&page.elements) {
        inside[at as usize] = at == root || (element.parent != NONE && inside[element.parent as usize]);
    }
    inside
}

fn words(page: &Blocks, kept: &[bool]) -> Vec<(u32, u32)> {
    let mut words: Vec<(u32, u32)> = page.elements.iter().map(|element| (0, element.totals.words)).collect();
    for (block, _) in page.blocks.iter().zip(kept).filter(|(_, kept)| **kept) {
        words[block.leaf as usize].0 += block.measure.words;
    }
    for at in (0..words.len()).rev() {
        let (kept, parent) = (words[at].0, page.elements[at].parent);
        if parent != NONE {
            words[parent as usize].0 += kept;
        }
    }
    words
}

impl Verdict {
    /// The share of all kept words that are in element `at`.
    pub(super) fn share_of_all(&self, at: u32) -> f32 {
        self.words[at as usize].0 as f32 / self.words[0].0.max(1) as f32
    }

    /// The share of element `at`'s words that are kept.
    pub(super) fn share(&self, at: u32) -> f32 {
        let (kept, all) = self.words[at as usize];
        kept as f32 / all.max(1) as f32
    }
}

/// Whether each element, or one around it, is for something other than the article. One that holds many of the
/// page's paragraphs never is, whatever its class says, nor are those that together do and look alike.
fn unwanted_elements(page: &Blocks, belief: Belief) -> Vec<bool> {
    let mut unwanted = vec![false; page.elements.len()];
    let alike = alike_share(page);
    for (at, element) in page.elements.iter().enumerate() {
        let outer = element.parent != NONE && unwanted[element.parent as usize];
        let share = alike.get(&element.signature).copied().unwrap_or_default();
        unwanted[at] = outer || is_unwanted(page, element, share, belief);
    }
    unwanted
}

/// For each signature, the share of the page's paragraph words in the elements that have it.
fn alike_share(page: &Blocks) -> FxHashMap<u64, f32> {
    let total = page.paragraph_words.max(1) as f32;
    let mut shares: FxHashMap<u64, f32> = FxHashMap::default();
    for element in page.elements.iter().filter(|element| element.totals.paragraph_words > 0) {
        *shares.entry(element.signature).or_default() += element.totals.paragraph_words as f32 / total;
    }
    shares
}

fn is_unwanted(page: &Blocks, element: &Element, alike: f32, belief: Belief) -> bool {
    let parent = page.elements.get(element.parent as usize);
    let own = element.flags & !parent.map_or(0, |parent| parent.flags);
    let share = element.totals.paragraph_words as f32 / page.paragraph_words.max(1) as f32;
    if matches!(element.tag, Tag::Html | Tag::Body) || share > 0.4 || belief == Belief::Nothing {
        return false;
    }
    if own & UNWANTED_FLAGS != 0 {
        return true;
    }
    let content = element.groups & (groups::ENTRY | groups::CONTENT | groups::ARTICLE) != 0;
    belief == Belief::All && element.groups & UNWANTED_GROUPS != 0 && alike < 0.5 && !(content && share > 0.1)
}

/// The element in which the article is.
fn root(page: &Blocks, unwanted: &[bool]) -> u32 {
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
    u32::try_from(best).unwrap_or(0)
}

fn reads_like_text(page: &Blocks, landmarks: &Landmarks, at: usize) -> bool {
    let block = &page.blocks[at];
    if landmarks.title == Some(at) || is_caption(page, at) {
        return false;
    }
    let tag = page.elements[block.container as usize].tag;
    block.is_paragraph || tag.is_heading() || is_text(block)
}

/// Whether a block is text rather than links.
fn is_text(block: &Block) -> bool {
    block.link < 0.5 && block.button < 0.5
}

/// Whether block `at` is a caption: it stays with its figure, and is no part of the running text.
fn is_caption(page: &Blocks, at: usize) -> bool {
    page.elements[page.blocks[at].leaf as usize].flags & flags::FIGURE != 0
        || page
            .around(at)
            .take(3)
            .any(|(_, element)| element.groups & groups::CAPTION != 0 && element.totals.blocks < 4)
}

/// Drops what stands before the first and after the last paragraph.
fn trim(page: &Blocks, kept: &mut [bool]) {
    let is_paragraph = |(kept, block): (&bool, &Block)| *kept && block.is_paragraph;
    let first = kept.iter().zip(&page.blocks).position(is_paragraph);
    let last = kept.iter().zip(&page.blocks).rposition(is_paragraph);
    if let (Some(first), Some(last)) = (first, last) {
        kept[..first].fill(false);
        kept[last + 1..].fill(false);
    }
}
