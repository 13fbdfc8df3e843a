//! How often hosts refused to show pages in a run. It is only counted here; what a refusal means for the next request is
//! decided elsewhere.

use std::sync::{Mutex, PoisonError};

use url::Url;

use super::exchange::Answer;
use super::failure::{self, Failure};
use super::refusals::Refusals;

/// What is counted in a run.
#[derive(Default)]
pub(super) struct Counts(Mutex<Refusals>);

impl Counts {
    /// Counts the outcome of a request for `url`, if it is a refusal.
    pub(super) fn note(&self, url: &Url, outcome: &Result<Answer, Failure>) {
        let Ok(answer) = outcome else { return };
        let Some(refusal) = answer.refusal() else { return };
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let times = counts.entry(failure::host(url)).or_default().entry(refusal).or_default();
        *times = times.saturating_add(1);
    }

    /// What was counted.
    pub(super) fn read(&self) -> Refusals {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
