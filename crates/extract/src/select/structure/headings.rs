//! A heading goes with what it heads.

use super::Judged;
use crate::lang::noise::Noise;
use crate::segment::tag::Tag;

/// A heading has no more words than this.
const HEADING_WORDS: u32 = 24;
/// The odds that a heading needs which is a link.
const LINK_ODDS: f32 = 0.2;
/// From this share of linked words on, a block leads elsewhere.
const LINKED: f32 = 0.5;
/// How far outwards a heading and what it heads share an element, within the text and at its beginning.
const FAR: usize = 5;
const NEAR: usize = 2;

/// Keeps the headings directly over what is kept.
pub(super) fn keep(judged: &Judged<'_>, noise: &[Option<Noise>], kept: &mut [bool]) {
    let (Some(first), Some(last)) = (kept.iter().position(|kept| *kept), kept.iter().rposition(|kept| *kept))
    else {
        return;
    };
    for at in (0..last).rev() {
        if at + 1 < first && !kept[at + 1] {
            break;
        }
        let far = if at < first { NEAR } else { FAR };
        kept[at] |= kept[at + 1] && noise[at].is_none() && is_heading_over(judged, at, far);
    }
}

/// Whether the block at `at` is a heading of a part of the text, and heads the one after it.
fn is_heading_over(judged: &Judged<'_>, at: usize, far: usize) -> bool {
    let page = judged.page;
    let block = &page.blocks[at];
    let tag = page.elements[block.container as usize].tag;
    let is_part = tag.is_heading() && tag != Tag::H1 && judged.landmarks.title != Some(at);
    let may_be = is_part
        && block.measure.words <= HEADING_WORDS
        && (block.link <= LINKED || judged.likely(at) >= LINK_ODDS)
        && !judged.is_heading(at + 1);
    let around =
        |at: usize| page.outwards(page.blocks[at].container).skip(1).take(far).map(|(place, _)| place);
    may_be && around(at).any(|place| around(at + 1).any(|other| other == place))
}
