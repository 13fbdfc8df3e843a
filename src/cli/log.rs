//! The log: what the program does beside its work, for whoever looks for a fault. It is written to standard error through
//! the same filter as everything else ([`super::output`]).
//!
//! Only events of tearsheet itself are logged, whatever `RUST_LOG` asks for: at their lowest levels, libraries write the
//! headers of requests, which may hold secrets.

use std::env;
use std::io;

use tracing::level_filters::LevelFilter;
use tracing_subscriber::filter::{Targets, filter_fn};
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::{Layer, fmt, registry};

use super::arguments::{Arguments, LogFormat};
use super::output;
use crate::fetch::LoggedUrl;
use crate::pipeline::Progress;

/// What the names of all modules of tearsheet begin with.
const OWN: &str = "tearsheet";

/// Begins to log as the arguments or `RUST_LOG` say.
pub(super) fn start(arguments: &Arguments) {
    let (targets, mistake) = targets(arguments.verbose, env::var("RUST_LOG").ok().as_deref());
    let is_own = filter_fn(|metadata| metadata.target().starts_with(OWN));
    let is_json = arguments.log_format == LogFormat::Json;
    let layer = fmt::layer().with_writer(Through { is_json }).with_ansi(false);
    let layer = if is_json {
        output::speak_json();
        let targets = targets.with_target(output::SAID, LevelFilter::INFO);
        layer.json().flatten_event(true).with_filter(is_own).with_filter(targets).boxed()
    } else {
        layer.compact().with_target(false).with_filter(is_own).with_filter(targets).boxed()
    };
    // There is one already only where a test of this crate began it.
    let _ = tracing::subscriber::set_global_default(registry().with(layer));
    if let Some(mistake) = mistake {
        eprintln!("RUST_LOG is ignored: {mistake}");
    }
}

/// Whether what is shown to people has to make room for log lines.
pub(super) fn is_on() -> bool {
    output::is_json() || tracing::enabled!(target: OWN, tracing::Level::INFO)
}

/// Logs a step of a run.
pub(super) fn step(progress: &Progress) {
    match progress {
        Progress::Listed { source, pages } => tracing::info!(%source, pages, "source listed"),
        Progress::Page { source, url, outcome } => {
            tracing::info!(%source, url = %LoggedUrl(url), %outcome, "page");
        }
        Progress::Source(report) => tracing::info!(
            source = %report.source,
            found_by = report.found_by.name(),
            listed = report.candidates,
            new = report.new,
            revised = report.revised,
            same = report.unchanged,
            trouble = report.troubles.len(),
            failure = report.failure,
            "source done"
        ),
        Progress::Fetched(source) => tracing::debug!(%source, "page fetched"),
        Progress::Published => tracing::info!("published what is done so far"),
        Progress::Reading(..) | Progress::Rendering(..) => {}
    }
}

/// What is logged, and why `RUST_LOG` is ignored if it is. Arguments count more than the environment.
fn targets(verbose: u8, rust_log: Option<&str>) -> (Targets, Option<String>) {
    let level = match verbose {
        0 => {
            return match rust_log.filter(|text| !text.trim().is_empty()).map(str::parse::<Targets>) {
                None => (Targets::new(), None),
                Some(Ok(targets)) => (targets, None),
                Some(Err(error)) => (Targets::new(), Some(error.to_string())),
            };
        }
        1 => LevelFilter::INFO,
        2 => LevelFilter::DEBUG,
        _ => LevelFilter::TRACE,
    };
    (Targets::new().with_target(OWN, level), None)
}

/// Leads log lines to [`output`].
#[derive(Clone, Copy)]
struct Through {
    is_json: bool,
}

impl io::Write for Through {
    /// An event is written in one piece.
    fn write(&mut self, event: &[u8]) -> io::Result<usize> {
        let text = String::from_utf8_lossy(event);
        match self.is_json {
            true => output::log_json(text.trim_end()),
            false => output::log_line(text.trim_end()),
        }
        Ok(event.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Through {
    type Writer = Through;

    fn make_writer(&self) -> Through {
        *self
    }
}

#[cfg(test)]
mod tests {
    use tracing::Level;

    use super::*;

    #[test]
    fn arguments_count_more_than_the_environment() {
        let is_on = |verbose, rust_log, target: &str, level| {
            targets(verbose, rust_log).0.would_enable(target, &level)
        };
        assert!(!is_on(0, None, "tearsheet_fetch", Level::ERROR));
        assert!(is_on(1, Some("off"), "tearsheet::cli", Level::INFO));
        assert!(!is_on(1, Some("trace"), "tearsheet_fetch", Level::DEBUG));
        assert!(is_on(2, None, "tearsheet_fetch::shown", Level::DEBUG));
        assert!(is_on(0, Some("tearsheet_fetch=debug"), "tearsheet_fetch", Level::DEBUG));
        assert!(!is_on(0, Some("tearsheet_fetch=debug"), "tearsheet", Level::INFO));
        assert!(is_on(0, Some("debug"), "tearsheet", Level::DEBUG));
    }

    #[test]
    fn a_level_that_is_none_is_named_and_ignored() {
        let (targets, mistake) = targets(0, Some("tearsheet=loud"));
        assert!(mistake.is_some() && !targets.would_enable("tearsheet", &Level::ERROR));
    }
}
