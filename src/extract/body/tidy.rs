//! The last look at what the judges keep: the title, noise, repetitions and headings of nothing go.

use rustc_hash::FxHashSet;

use super::{Reason, Reasons};
use crate::extract::blocks::Blocks;
use crate::extract::blocks::measure::measure;
use crate::extract::noise::Noise;

/// A block of this many words that is kept twice is kept once.
const REPEATED_WORDS: u32 = 8;
/// Takes out of `kept` what is not the body of an article called `title`.
pub(super) fn tidy(
    page: &Blocks,
    noise: &[Option<Noise>],
    title: &str,
    kept: &mut [bool],
    reasons: &mut Reasons,
) {
    drop_repetitions(page, kept);
    reasons.note(Reason::Repetition, kept);
    for (keep, noise) in kept.iter_mut().zip(noise) {
        *keep &= noise.is_none();
    }
    reasons.note_all(Reason::Noise, noise.iter().map(Option::is_some));
    drop_title(page, title, kept);
    reasons.note(Reason::Title, kept);
    drop_last_headings(page, kept);
    reasons.note(Reason::EmptyHeading, kept);
}

/// Pages say the same twice for wide and for narrow screens.
fn drop_repetitions(page: &Blocks, kept: &mut [bool]) {
    let mut said = FxHashSet::default();
    for (block, keep) in page.blocks.iter().zip(kept) {
        if *keep && block.measure.words >= REPEATED_WORDS {
            *keep = said.insert(block.measure.fingerprint);
        }
    }
}

/// Drops the title where it stands before the text.
fn drop_title(page: &Blocks, title: &str, kept: &mut [bool]) {
    let title = measure(title, &mut Vec::new()).fingerprint;
    for (block, keep) in page.blocks.iter().zip(kept) {
        if *keep && block.is_paragraph {
            break;
        }
        *keep &= block.measure.fingerprint != title;
    }
}

/// Drops headings at the end, under which nothing is kept.
fn drop_last_headings(page: &Blocks, kept: &mut [bool]) {
    for (block, keep) in page.blocks.iter().zip(kept).rev().filter(|(_, keep)| **keep) {
        if !page.elements[block.container as usize].tag.is_heading() {
            break;
        }
        *keep = false;
    }
}
