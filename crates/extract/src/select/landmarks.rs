//! Places on a page by which its blocks are judged: where its paragraphs are, and where its title is.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::segment::measure::{Word, words_of};
use crate::segment::tag::Tag;
use crate::segment::{Blocks, NONE};

/// What an element gets of a paragraph's score, from the paragraph's container outwards.
const DECAY: [f32; 4] = [1.0, 0.7, 0.35, 0.2];

/// Places on a page.
#[derive(Clone, Debug)]
pub(crate) struct Landmarks {
    /// The element whose paragraphs score best, as the field's readers choose theirs.
    pub(crate) top: u32,
    /// It and the elements around it, and how far above it they are.
    pub(crate) above_top: FxHashMap<u32, u32>,
    /// The deepest elements that hold 60 % and 85 % of all words in paragraphs.
    pub(crate) holds_60: u32,
    pub(crate) holds_85: u32,
    /// The block that is the title.
    pub(crate) title: Option<usize>,
    /// The first and the last paragraph.
    pub(crate) first_paragraph: Option<usize>,
    pub(crate) last_paragraph: Option<usize>,
}

/// Finds those of `page`, which is called `title`.
pub(crate) fn find(page: &Blocks, title: &str) -> Landmarks {
    let top = top(page);
    Landmarks {
        top,
        above_top: above(page, top),
        holds_60: deepest(page, 0.6),
        holds_85: deepest(page, 0.85),
        title: title_block(page, title),
        first_paragraph: page.blocks.iter().position(|block| block.is_paragraph),
        last_paragraph: page.blocks.iter().rposition(|block| block.is_paragraph),
    }
}

fn top(page: &Blocks) -> u32 {
    let mut scores: FxHashMap<u32, f32> = FxHashMap::default();
    for block in page.blocks.iter().filter(|block| block.is_paragraph) {
        let score = 1.0 + block.measure.commas as f32 + (block.measure.words as f32 / 15.0).min(4.0);
        for ((at, _), share) in page.outwards(block.container).zip(DECAY) {
            *scores.entry(at).or_default() += score * share;
        }
    }
    let scored = |at: u32, score: f32| score * (1.0 - page.elements[at as usize].totals.link_density());
    scores
        .into_iter()
        .map(|(at, score)| (at, scored(at, score)))
        .max_by(|one, two| one.1.total_cmp(&two.1).then(two.0.cmp(&one.0)))
        .map_or(0, |(at, _)| at)
}

fn deepest(page: &Blocks, share: f32) -> u32 {
    let enough = page.paragraph_words as f32 * share;
    let mut best = 0;
    for (at, element) in page.elements.iter().enumerate() {
        let holds = element.totals.paragraph_words as f32;
        if holds > 0.0 && holds >= enough && element.depth > page.elements[best].depth {
            best = at;
        }
    }
    u32::try_from(best).unwrap_or(NONE)
}

/// The elements around `top`, it included, and how far above it they are.
fn above(page: &Blocks, top: u32) -> FxHashMap<u32, u32> {
    page.outwards(top).map(|(at, _)| at).zip(0..).collect()
}

fn title_block(page: &Blocks, title: &str) -> Option<usize> {
    let wanted: FxHashSet<Word> = words_of(title).into_iter().collect();
    let is_title = |at: &usize| {
        let said: FxHashSet<Word> = page.words(*at).iter().copied().collect();
        let shared = said.intersection(&wanted).count() as f32;
        !said.is_empty() && shared >= (0.7 * said.len() as f32).max(2.0)
    };
    let headings = |tags: &'static [Tag]| {
        (0..page.blocks.len())
            .filter(move |at| tags.contains(&page.elements[page.blocks[*at].container as usize].tag))
    };
    headings(&[Tag::H1, Tag::H2]).find(is_title).or_else(|| headings(&[Tag::H1]).next())
}
