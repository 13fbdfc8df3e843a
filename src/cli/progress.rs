//! What a run says while it is under way: a bar on a terminal, a line a trouble otherwise, nothing when quiet.

use std::io::IsTerminal;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use owo_colors::Stream;

use super::log;
use super::terminal::{Paint, one_line, painted, plain};
use crate::pipeline::{PageOutcome, Progress};

const PAGES: &str = "{bar:24.cyan/dim} {pos}/{len} {wide_msg:.dim}";
const BYTES: &str = "{bar:24.cyan/dim} {bytes}/{total_bytes}, {bytes_per_sec}, {eta} to go";

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).expect("a literal template").progress_chars("━━─")
}

/// Shows the [`Progress`] of one command.
pub(super) struct Display {
    bar: ProgressBar,
    quiet: bool,
}

impl Display {
    pub(super) fn new(quiet: bool) -> Display {
        // Log lines would tear a bar apart.
        let bar = if quiet || log::is_on() || !std::io::stderr().is_terminal() {
            ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden())
        } else {
            ProgressBar::new(0)
        };
        bar.set_style(style(PAGES));
        bar.enable_steady_tick(Duration::from_millis(120));
        Display { bar, quiet }
    }

    pub(super) fn show(&self, progress: &Progress) {
        log::step(progress);
        match progress {
            Progress::Listed { source, pages } => {
                self.bar.inc_length(*pages as u64);
                self.bar.set_message(source.to_string());
            }
            Progress::Fetched(_) => self.bar.inc(1),
            Progress::Page { source, url, outcome } => {
                self.bar.set_message(plain(&one_line(&format!("{source}  {url}"))).into_owned());
                self.page(url.as_str(), outcome);
            }
            Progress::Source(report) => {
                if let Some(failure) = &report.failure {
                    self.say(&format!("{} {}: {failure}", mark_failed(), report.source));
                }
            }
            Progress::Published => {}
            Progress::Reading(done, all) => self.far(BYTES, *done, *all),
            Progress::Rendering(done, all) => self.far(PAGES, *done, *all),
        }
    }

    /// So far is it, of something that is counted as `template` says.
    fn far(&self, template: &str, done: u64, all: u64) {
        if self.bar.length() != Some(all) {
            self.bar.set_style(style(template));
            self.bar.set_length(all);
        }
        self.bar.set_position(done);
    }

    /// Takes the bar away.
    pub(super) fn finish(&self) {
        self.bar.finish_and_clear();
    }

    fn page(&self, url: &str, outcome: &PageOutcome) {
        match outcome {
            PageOutcome::Held { reason } => self.say(&format!("{} {url}: {reason}", mark_held())),
            PageOutcome::Failed { reason } => self.say(&format!("{} {url}: {reason}", mark_failed())),
            PageOutcome::Gone => self.say(&format!("{} {url}: {outcome}", mark_held())),
            PageOutcome::New
            | PageOutcome::Revised
            | PageOutcome::Minor
            | PageOutcome::Unchanged
            | PageOutcome::StillHeld { .. }
            | PageOutcome::Postponed { .. } => {}
        }
    }

    /// Prints with the bar out of the way.
    pub(super) fn aside(&self, print: impl FnOnce()) {
        self.bar.suspend(print);
    }

    /// One line on standard error, above the bar.
    fn say(&self, line: &str) {
        if !self.quiet {
            self.bar.suspend(|| eprintln!("{line}"));
        }
    }
}

pub(super) fn mark_held() -> String {
    painted("held", Paint::Yellow, Stream::Stderr)
}

pub(super) fn mark_failed() -> String {
    painted("failed", Paint::Red, Stream::Stderr)
}
