//! Why each block of a page is in the body or not: the last step that changed its mind.

use crate::model::Reason;

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
