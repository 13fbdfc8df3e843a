//! Holes between kept siblings of one container.

use super::Judged;
use crate::lang::noise::Noise;
use crate::segment::groups::{self, Groups};
use crate::segment::tag::Tag;
use crate::segment::{Blocks, Element, flags};

/// Names of what stands among an article's parts and is none of them.
const APART: Groups = groups::RELATED
    | groups::SHARE
    | groups::NAV
    | groups::NEWSLETTER
    | groups::AD
    | groups::COMMENT
    | groups::AUTHOR
    | groups::COOKIE
    | groups::MODAL
    | groups::LOGIN
    | groups::PAGE
    | groups::CONTENTS
    | groups::COPYRIGHT
    | groups::CTA
    | groups::PRODUCT
    | groups::SEARCH;
/// What an element is by its tag or role that is none of them.
const APART_FLAGS: u64 = flags::NAV
    | flags::FOOTER
    | flags::FORM
    | flags::BUTTON
    | flags::HIDDEN
    | flags::ARIA_HIDDEN
    | flags::LABEL
    | flags::ROLE_NAV
    | flags::ROLE_CONTENTINFO
    | flags::ROLE_BANNER
    | flags::ROLE_DIALOG
    | flags::COMMENT_ITEM;
/// Where numbers alone say something.
const UNITS: u64 = flags::TABLE | flags::UL | flags::OL | flags::DL | flags::PRE | flags::BLOCKQUOTE;
/// How far beneath a common container the blocks around a hole may stand.
const FAR: u32 = 3;
/// The odds from which on a hole is filled: with what is marked up as its neighbours, with text, and with links.
const LIKE_ODDS: f32 = 0.02;
const TEXT_ODDS: f32 = 0.05;
const LINK_ODDS: f32 = 0.3;
/// From this share of linked words on, a block leads elsewhere.
const LINKED: f32 = 0.5;

/// Fills the holes in `kept`.
pub(super) fn fill(judged: &Judged<'_>, noise: &[Option<Noise>], kept: &mut [bool]) {
    let holes = Holes { judged, noise };
    let mut before = None;
    for at in 0..kept.len() {
        if !kept[at] {
            continue;
        }
        if let Some(before) = before.filter(|before| at - before > 1) {
            holes.fill(before, at, kept);
        }
        before = Some(at);
    }
}

struct Holes<'a> {
    judged: &'a Judged<'a>,
    noise: &'a [Option<Noise>],
}

impl Holes<'_> {
    /// Fills the hole between the kept blocks at `before` and `after`.
    fn fill(&self, before: usize, after: usize, kept: &mut [bool]) {
        let page = self.judged.page;
        let Some((common, element)) = common(page, before, after) else { return };
        let depth = |at: usize| page.elements[page.blocks[at].container as usize].depth;
        if depth(before).max(depth(after)) > element.depth + FAR {
            return;
        }
        let mut at = before + 1;
        while at < after {
            let piece = piece(page, common, at, after);
            let left: Vec<usize> = piece.clone().filter(|at| !self.is_apart(common, *at)).collect();
            if self.belongs(&left, [before, after]) {
                for at in left {
                    kept[at] = true;
                }
            }
            at = piece.end;
        }
    }

    /// Whether `blocks`, which stand between two kept ones, belong with them.
    fn belongs(&self, blocks: &[usize], ends: [usize; 2]) -> bool {
        let page = self.judged.page;
        let Some(first) = blocks.first() else { return false };
        let look = |at: usize| {
            let container = &page.elements[page.blocks[at].container as usize];
            (container.parent, container.signature)
        };
        let words = |at: &usize| self.judged.words(*at);
        let linked: f32 = blocks.iter().map(|at| page.blocks[*at].link * words(at)).sum();
        let wanted = if linked > LINKED * blocks.iter().map(words).sum::<f32>() {
            LINK_ODDS
        } else if ends.iter().any(|end| look(*end) == look(*first)) {
            LIKE_ODDS
        } else {
            TEXT_ODDS
        };
        self.judged.mean(blocks.iter().copied()) >= wanted
    }

    /// Whether the block at `at`, or an element around it within `common`, is noise or named as something else.
    fn is_apart(&self, common: u32, at: usize) -> bool {
        let page = self.judged.page;
        let mut around = page.around(at).take_while(|(place, _)| *place != common);
        let says_nothing = page.blocks[at].measure.letters == 0
            && page.elements[page.blocks[at].leaf as usize].flags & UNITS == 0;
        self.noise[at].is_some() || says_nothing || around.any(|(_, element)| is_named_apart(page, element))
    }
}

/// The innermost element around two blocks, and its place.
fn common(page: &Blocks, one: usize, other: usize) -> Option<(u32, &Element)> {
    let (first, last) = (u32::try_from(one).ok()?, u32::try_from(other).ok()?);
    let holds = |element: &Element| element.totals.first <= first && element.totals.last >= last;
    page.outwards(page.blocks[one].container).find(|(_, element)| holds(element))
}

/// The blocks from `at` on that stand in one child of `common`, before the one at `end`.
fn piece(page: &Blocks, common: u32, at: usize, end: usize) -> std::ops::Range<usize> {
    let child = page.around(at).find(|(_, element)| element.parent == common);
    let last = child.map_or(at, |(_, child)| child.totals.last as usize);
    at..(last + 1).clamp(at + 1, end)
}

fn is_named_apart(page: &Blocks, element: &Element) -> bool {
    let parent = page.elements.get(element.parent as usize);
    let own = element.flags & !parent.map_or(0, |parent| parent.flags);
    // A post of a network is called after it, and is quoted.
    let is_quoted = element.tag == Tag::Blockquote || element.groups & groups::QUOTE != 0;
    own & APART_FLAGS != 0 || element.groups & APART != 0 && !is_quoted
}
