//! When a run ends, whatever is left to do.

use std::future::Future;
use std::time::Duration;

use tokio::sync::watch;
use tokio::time::{self, Instant};

/// Asks a run to end in good order: no further page is asked for, and what was fetched is archived and published.
#[derive(Clone, Debug)]
pub struct Stop(watch::Sender<bool>);

impl Default for Stop {
    /// One that was not asked yet.
    fn default() -> Stop {
        Stop(watch::Sender::new(false))
    }
}

impl Stop {
    /// Asks every run that has this, or a clone of it, to end.
    pub fn ask(&self) {
        self.0.send_replace(true);
    }

    fn is_asked(&self) -> bool {
        *self.0.borrow()
    }

    /// Ends once it is asked.
    async fn asked(&self) {
        // There is a sender as long as there is `self`.
        let _ = self.0.subscribe().wait_for(|is_asked| *is_asked).await;
    }
}

/// The end of a run, if it has one.
#[derive(Clone, Debug)]
pub(super) struct Deadline {
    at: Option<Instant>,
    stop: Stop,
}

impl Deadline {
    /// So long from now, or when `stop` is asked.
    pub(super) fn after(time: Option<Duration>, stop: Stop) -> Deadline {
        Deadline { at: time.and_then(|time| Instant::now().checked_add(time)), stop }
    }

    pub(super) fn is_over(&self) -> bool {
        self.stop.is_asked() || self.at.is_some_and(|at| at <= Instant::now())
    }

    /// Why the run ended before it was done.
    pub(super) fn reason(&self) -> &'static str {
        if self.stop.is_asked() { "the run was stopped" } else { "the deadline of the run had passed" }
    }

    /// What `work` gives; `None` if the run ends before.
    pub(super) async fn before<T>(&self, work: impl Future<Output = T>) -> Option<T> {
        let passed = async {
            match self.at {
                Some(at) => time::sleep_until(at).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            biased;
            () = self.stop.asked() => None,
            () = passed => None,
            done = work => Some(done),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn work_ends_at_the_deadline_or_when_it_is_asked_to() {
        let stop = Stop::default();
        let (timed, endless) = (Some(Duration::from_secs(5)), std::future::pending::<()>);
        let (deadline, other) =
            (Deadline::after(timed, Stop::default()), Deadline::after(None, stop.clone()));
        assert_eq!(deadline.before(async { 1 }).await, Some(1));
        assert_eq!((deadline.before(endless()).await, deadline.is_over()), (None, true));
        assert!(!other.is_over());
        let asks = async {
            time::sleep(Duration::from_secs(1)).await;
            stop.ask();
        };
        assert_eq!(tokio::join!(other.before(endless()), asks), (None, ()));
        assert!(other.is_over());
        assert_ne!(deadline.reason(), other.reason());
    }
}
