//! Texts beside the page's own that say what its article is: the body that its JSON-LD declares, and what a feed
//! carries. A block that is found in one of them is content.

use rustc_hash::FxHashSet;

use crate::extract::blocks::measure::{Word, words_of};
use crate::extract::blocks::{Blocks, segment};
use crate::extract::dom::{Scripting, parse};

/// A text of fewer words is no article.
const FEWEST_WORDS: usize = 50;
/// The share of a block's runs of three words that a text has to hold.
const DECLARED: f32 = 0.6;
const CARRIED: f32 = 0.8;
/// Runs are this long; a block of fewer words is in no text and in every text.
const RUN: usize = 3;

/// Of each block, whether the declared `body` holds it, or none if that is too short to be one. Of blocks that are
/// too short to tell, what `kept` says.
pub(super) fn declared(page: &Blocks, body: &str, kept: &[bool]) -> Option<Vec<bool>> {
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
