//! Runs on schedule, beside something else.

use std::future::Future;
use std::io;
use std::path::Path;
use std::time::Duration;

use tokio::task::{self, JoinHandle};
use tokio::time::{MissedTickBehavior, interval};

use crate::cli::failure::Failure;
use crate::cli::root;
use crate::cli::run::{self, Telling};
use crate::pipeline::RunMode;

/// How long a run that is under way has to end when the process is asked to.
const PATIENCE: Duration = Duration::from_secs(20);

/// Runs every source that is due, again and again, until `served` ends. The archive is held only while a run lasts, and the
/// configuration is read for each.
pub(super) async fn beside(
    served: impl Future<Output = io::Result<()>>,
    root: &Path,
    every: Duration,
    quiet: bool,
) -> io::Result<()> {
    tokio::pin!(served);
    let mut ticks = interval(every);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut running: Option<JoinHandle<()>> = None;
    loop {
        tokio::select! {
            ended = &mut served => {
                if let Some(running) = running {
                    let _ = tokio::time::timeout(PATIENCE, running).await;
                }
                return ended;
            }
            _ = ticks.tick() => {
                // A run that takes longer than the time between two is not joined by another.
                if running.as_ref().is_none_or(JoinHandle::is_finished) {
                    let root = root.to_owned();
                    running = Some(task::spawn_blocking(move || one(&root, quiet)));
                }
            }
        }
    }
}

/// Runs once and reports on standard error. A mistake in the configuration or another run in progress does not end the
/// server: the next run tries again.
fn one(root: &Path, quiet: bool) {
    let outcome = root::load(root).and_then(|config| {
        let report = run::once(&config, &[], RunMode::News, true)?;
        let is_news = report.published.written > 0 || report.published.removed > 0;
        let how = if quiet || !is_news { Telling::Quiet } else { Telling::Table };
        run::tell(&config, &report, how);
        Ok::<(), Failure>(())
    });
    if let Err(failure) = outcome {
        failure.report();
    }
}
