//! How a page's body was cut out of it, in the few words that are kept with the article.

use crate::model::{Cut, Run};
use crate::segment::Blocks;
use crate::select::{Reasons, Selection};

/// Runs of blocks that are told of.
const MOST_RUNS: usize = 40;
/// Characters of how a run begins.
const MOST_TEXT: usize = 60;

/// How `selection` was cut out of a page; what its rules came to is known later.
pub(crate) fn cut(page: &Blocks, reasons: &Reasons, selection: &Selection) -> Cut {
    let mut runs = runs(page, reasons);
    let more = runs.iter().skip(MOST_RUNS).map(|run| run.blocks).sum();
    runs.truncate(MOST_RUNS);
    let agreement = (!selection.by_rule).then(|| hundredths(selection.confidence));
    Cut { url: None, agreement, runs, more, rules: Vec::new() }
}

/// The blocks of `page`, those together that follow one another and are kept or not for one reason.
fn runs(page: &Blocks, reasons: &Reasons) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for (at, (kept, reason)) in reasons.kept.iter().zip(&reasons.why).enumerate() {
        let words = page.blocks[at].measure.words;
        let likely = reasons.likely.get(at).map(|likely| hundredths(*likely));
        match runs.last_mut().filter(|run| (run.kept, run.reason) == (*kept, *reason)) {
            Some(run) => {
                run.blocks += 1;
                run.words = run.words.saturating_add(words);
                let both = run.likely.zip(likely);
                run.likely = both.map(|((least, most), next)| (least.min(next), most.max(next)));
            }
            None => runs.push(Run {
                kept: *kept,
                reason: *reason,
                likely: likely.map(|likely| (likely, likely)),
                blocks: 1,
                words,
                text: beginning(page.text(at)),
            }),
        }
    }
    runs
}

/// How `text` begins.
fn beginning(text: &str) -> String {
    match text.char_indices().nth(MOST_TEXT) {
        Some(_) => text.chars().take(MOST_TEXT - 1).chain(['…']).collect(),
        None => text.to_owned(),
    }
}

/// A share from 0 to 1, in hundredths.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // it is from 0 to 100
fn hundredths(share: f32) -> u8 {
    (share.clamp(0.0, 1.0) * 100.0).round() as u8
}
