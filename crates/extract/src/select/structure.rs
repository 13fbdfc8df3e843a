//! The choice over the tree. The learned judge gives odds block by block; what stands together in the page goes
//! together: what is hidden and what readers wrote beside a post goes as a whole, quotations stay whole, and a hole
//! between kept siblings of one container is filled, unless it is named as something else or its odds are bad. Containers
//! decide, not neighbours, so a page's length changes nothing.

mod beside;
mod headings;
mod hidden;
mod islands;
mod quotations;

use super::Reasons;
use super::landmarks::Landmarks;
use crate::lang::noise::Noise;
use crate::model::Reason;
use crate::segment::Blocks;

/// What is known of a page's blocks when they are looked at together.
#[derive(Clone, Copy)]
pub(super) struct Judged<'a> {
    pub(super) page: &'a Blocks,
    pub(super) landmarks: &'a Landmarks,
    /// Of each block, how likely it is the article's; empty if the learned judge was not asked.
    pub(super) likely: &'a [f32],
    /// Whether the page says that it is a discussion.
    pub(super) is_thread: bool,
}

impl Judged<'_> {
    fn likely(&self, at: usize) -> f32 {
        self.likely.get(at).copied().unwrap_or_default()
    }

    fn words(&self, at: usize) -> f32 {
        self.page.blocks[at].measure.words as f32
    }

    fn is_heading(&self, at: usize) -> bool {
        self.page.elements[self.page.blocks[at].container as usize].tag.is_heading()
    }

    /// The mean of the odds of the blocks at `places`, by their words.
    fn mean(&self, places: impl Iterator<Item = usize>) -> f32 {
        let (mut sum, mut all) = (0.0, 0.0);
        for at in places {
            sum += self.likely(at) * self.words(at);
            all += self.words(at);
        }
        if all > 0.0 { sum / all } else { 0.0 }
    }
}

/// Makes `kept` agree with the page's containers; what is no noise where it stands is taken out of `noise`. Why blocks
/// come and go is written to `reasons`.
pub(super) fn settle(
    judged: &Judged<'_>,
    noise: &mut [Option<Noise>],
    kept: &mut [bool],
    reasons: &mut Reasons,
) {
    hidden::drop(judged.page, kept);
    reasons.note(Reason::Hidden, kept);
    if !judged.is_thread {
        beside::drop_remarks(judged, kept);
        beside::drop_signed_rows(judged, kept);
        reasons.note(Reason::BesidePost, kept);
    }
    beside::drop_further_articles(judged, kept);
    beside::drop_announced_sections(judged, noise, kept);
    reasons.note(Reason::OtherArticle, kept);
    islands::fill(judged, noise, kept);
    quotations::complete(judged.page, noise, kept);
    headings::keep(judged, noise, kept);
    reasons.note(Reason::Whole, kept);
}

#[cfg(test)]
mod tests;
