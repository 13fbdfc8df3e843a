//! Texts beside the page's own that say what its article is: the body that its JSON-LD declares, and what a feed
//! carries. A block that is found in one of them is content.

use rustc_hash::FxHashSet;

use crate::dom::{Scripting, parse};
use crate::segment::measure::{Word, words_of};
use crate::segment::{Blocks, segment};

/// A text of fewer words is no article.
const FEWEST_WORDS: usize = 50;
/// The share of a block's runs of three words that a text has to hold.
const DECLARED: f32 = 0.6;
const CARRIED: f32 = 0.8;
/// Runs are this long; a block of fewer words is in no text and in every text.
const RUN: usize = 3;

/// The agreement with the learned judge from which on a body that the page declares is believed: with less, it is an
/// excerpt or another text.
const BELIEVED: f32 = 0.6;
/// A block that is in it belongs to the article if the learned judge gives it this chance.
const CHANCE: f32 = 0.1;

/// Adds to `kept` the blocks that stand in the declared `body`, if that is much the same and the learned judge, who says
/// how `likely` each is, gives them a chance. Sites leave lists and quotations out of it: what is not in it stays.
pub(super) fn add_declared(page: &Blocks, body: &str, likely: &[f32], kept: &mut [bool]) {
    let Some(declared) = held(page, body, kept).filter(|held| agreement(page, kept, held) >= BELIEVED) else {
        return;
    };
    for ((keep, declared), likely) in kept.iter_mut().zip(declared).zip(likely) {
        *keep |= declared && *likely >= CHANCE;
    }
}

/// The F1 of the words that two judges keep.
pub(super) fn agreement(page: &Blocks, one: &[bool], other: &[bool]) -> f32 {
    let (mut both, mut all) = (0, 0);
    for ((block, one), other) in page.blocks.iter().zip(one).zip(other) {
        both += if *one && *other { 2 * block.measure.words } else { 0 };
        all += block.measure.words * (u32::from(*one) + u32::from(*other));
    }
    both as f32 / all.max(1) as f32
}

/// Of each block, whether the declared `body` holds it, or none if that is too short to be one. Of blocks that are
/// too short to tell, what `kept` says.
pub(super) fn held(page: &Blocks, body: &str, kept: &[bool]) -> Option<Vec<bool>> {
    let words = words_of(body);
    let known = runs(&words)?;
    let holds =
        |(at, keep): (usize, &bool)| share(page.words(at), &known).map_or(*keep, |held| held >= DECLARED);
    Some(kept.iter().enumerate().map(holds).collect())
}

/// Adds to `kept` the blocks that stand in `html`, the article as a feed carries it.
pub(super) fn add_carried(page: &Blocks, html: &str, kept: &mut [bool]) {
    let carried = segment(&parse(html, Scripting::Disabled), Scripting::Disabled);
    let Some(known) = runs(&carried.words) else { return };
    for (at, keep) in kept.iter_mut().enumerate() {
        *keep |= share(page.words(at), &known).is_some_and(|held| held >= CARRIED);
    }
}

fn runs(words: &[Word]) -> Option<FxHashSet<&[Word]>> {
    (words.len() >= FEWEST_WORDS).then(|| words.windows(RUN).collect())
}

/// The share of the runs of `words` that are `known`; none if there are no runs.
fn share(words: &[Word], known: &FxHashSet<&[Word]>) -> Option<f32> {
    let count = words.windows(RUN).len();
    let held = words.windows(RUN).filter(|run| known.contains(run)).count();
    (count > 0).then(|| held as f32 / count as f32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_page_declares_is_added_and_what_it_leaves_out_stays() {
        let long = |word: &str| format!("{word} ").repeat(30);
        let [one, two, three, other] = ["one", "two", "three", "other"].map(long);
        let page = segment(
            &parse(&format!("<p>{one}<p>{two}<li>{three}<p>{other}"), Scripting::Enabled),
            Scripting::Enabled,
        );
        let mut kept = [true, false, true, false];
        add_declared(&page, &format!("{one}\n{two}"), &[0.9, 0.2, 0.9, 0.2], &mut kept);
        assert_eq!(kept, [true, false, true, false], "it is too different");
        let mut kept = [true, true, true, false];
        add_declared(&page, &format!("{one}\n{two}\n{other}"), &[0.9, 0.9, 0.9, 0.2], &mut kept);
        assert_eq!(kept, [true, true, true, true]);
        let mut kept = [true, true, true, false];
        add_declared(&page, &format!("{one}\n{two}\n{other}"), &[0.9, 0.9, 0.9, 0.01], &mut kept);
        assert_eq!(kept, [true, true, true, false], "it has no chance");
    }
}
