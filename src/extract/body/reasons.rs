//! Why each block of a page is in the body or not: the last step that changed its mind.

use serde::Serialize;

/// Why a block is kept or left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize))]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// The owner's rule selects it, or something else.
    Rule,
    /// The owner's rule keeps it whatever else is found.
    KeepRule,
    /// The learned judge finds it likely, or not.
    Judge,
    /// The page has very many blocks, and simple rules alone were heard.
    PlainRules,
    /// It is in the text that the page declares for machines, or not.
    DeclaredText,
    /// It is in the text that the feed carries.
    FeedText,
    /// It says what promotions, prompts, share bars and counters say.
    Noise,
    /// It says again what another block said.
    Repetition,
    /// It says the title again.
    Title,
    /// It is a heading with nothing beneath it.
    EmptyHeading,
    /// It is a byline, a date line, a button or a promoted link; or it belongs to a table that is kept as a whole.
    Furniture,
    /// It goes with what is kept: a footnote, an item of a list, the heading of a section.
    Whole,
    /// It stands beside the text of a post in a thread: who wrote it, a signature, a note of an edit.
    BesidePost,
    /// Other articles of the source have it too.
    SiteMemory,
}

/// The reasons for all blocks of a page.
#[derive(Clone, Debug, Default)]
pub(crate) struct Reasons {
    pub(crate) kept: Vec<bool>,
    pub(crate) why: Vec<Reason>,
    /// How likely the learned judge finds each block, if it was heard.
    pub(crate) likely: Vec<f32>,
}

impl Reasons {
    pub(super) fn new(reason: Reason, kept: &[bool], likely: Vec<f32>) -> Reasons {
        Reasons { kept: kept.to_vec(), why: vec![reason; kept.len()], likely }
    }

    /// Notes that `reason` led to `kept`.
    pub(crate) fn note(&mut self, reason: Reason, kept: &[bool]) {
        for ((known, why), kept) in self.kept.iter_mut().zip(&mut self.why).zip(kept) {
            if known != kept {
                (*known, *why) = (*kept, reason);
            }
        }
    }

    /// Notes that `reason` alone keeps the `told` blocks out, whatever else was said of them.
    pub(super) fn note_all(&mut self, reason: Reason, told: impl Iterator<Item = bool>) {
        for (at, _) in told.enumerate().filter(|(_, told)| *told) {
            (self.kept[at], self.why[at]) = (false, reason);
        }
    }

    /// Notes that `reason` led to the `blocks` that are kept.
    pub(crate) fn note_blocks(&mut self, reason: Reason, blocks: &[usize]) {
        let mut kept = vec![false; self.kept.len()];
        for at in blocks {
            kept[*at] = true;
        }
        self.note(reason, &kept);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_step_that_changed_a_block_is_its_reason() {
        let mut reasons = Reasons::new(Reason::Judge, &[true, true, false], Vec::new());
        reasons.note(Reason::Noise, &[true, false, false]);
        reasons.note_blocks(Reason::FeedText, &[0, 2]);
        assert_eq!(reasons.why, [Reason::Judge, Reason::Noise, Reason::FeedText]);
        assert_eq!(reasons.kept, [true, false, true]);
    }
}
