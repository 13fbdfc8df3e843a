//! When a run ends, whatever is left to do.

use std::future::Future;
use std::time::Duration;

use tokio::time::{self, Instant};

/// The end of a run, if it has one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Deadline(Option<Instant>);

impl Deadline {
    /// So long from now.
    pub(super) fn after(time: Option<Duration>) -> Deadline {
        Deadline(time.and_then(|time| Instant::now().checked_add(time)))
    }

    pub(super) fn is_over(self) -> bool {
        self.0.is_some_and(|at| at <= Instant::now())
    }

    /// What `work` gives; `None` if the run ends before.
    pub(super) async fn before<T>(self, work: impl Future<Output = T>) -> Option<T> {
        match self.0 {
            Some(at) => time::timeout_at(at, work).await.ok(),
            None => Some(work.await),
        }
    }
}
