//! Data on standard output, everything else on standard error, and the one place that writes to either: what it writes
//! goes through [`super::terminal`]. Whoever reads may stop early: `tearsheet extract … | head` is no failure.

use std::fmt::{self, Display};
use std::io::{self, ErrorKind, Write};
use std::panic;
use std::process;
use std::sync::atomic::{AtomicBool, Ordering};

use super::terminal;

/// The target of log lines that carry what is said to people.
pub(super) const SAID: &str = "tearsheet::said";

/// Whether standard error is JSON Lines.
static SPEAKS_JSON: AtomicBool = AtomicBool::new(false);

/// From now on standard error is JSON Lines: what is said to people becomes a log line each.
pub(super) fn speak_json() {
    SPEAKS_JSON.store(true, Ordering::Relaxed);
}

/// Whether standard error is for programs.
pub(super) fn is_json() -> bool {
    SPEAKS_JSON.load(Ordering::Relaxed)
}

/// Prints `text` and ends the line. Where nobody reads on, it ends the process: not for a command that holds the archive.
pub(super) fn line(text: impl Display) {
    end_where_nobody_reads(write(&terminal::plain(&text.to_string())));
}

/// The same of JSON, which says all that it said.
pub(super) fn json(data: impl Display) {
    end_where_nobody_reads(write(&terminal::escaped_json(&data.to_string())));
}

fn end_where_nobody_reads(written: io::Result<()>) {
    match written {
        Ok(()) => {}
        Err(error) if error.kind() == ErrorKind::BrokenPipe => process::exit(0),
        Err(error) => {
            remark(format_args!("error: failed to write to standard output: {error}\n"));
            process::exit(3);
        }
    }
}

fn write(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "{text}")?;
    out.flush()
}

/// Standard output of a command that has work to finish, whether anybody reads on or not.
#[derive(Default)]
pub(super) struct Lines {
    failed: Option<io::Error>,
}

impl Lines {
    /// Prints JSON and ends the line, as long as there is a reader.
    pub(super) fn json(&mut self, data: impl Display) {
        if self.failed.is_none() {
            self.failed = write(&terminal::escaped_json(&data.to_string())).err();
        }
    }

    /// Whether everything could be printed that somebody wanted to read.
    pub(super) fn finish(self) -> io::Result<()> {
        self.failed.filter(|error| error.kind() != ErrorKind::BrokenPipe).map_or(Ok(()), Err)
    }
}

/// Says `text` on standard error, if anybody listens.
pub(super) fn remark(text: fmt::Arguments<'_>) {
    let text = text.to_string();
    if is_json() {
        let lines = text.lines().filter(|line| !line.trim().is_empty());
        return lines.for_each(|line| tracing::info!(target: SAID, "{line}"));
    }
    let _ = io::stderr().lock().write_all(terminal::plain(&text).as_bytes());
}

/// Says `text` on standard error in one line, empty lines before it apart: no page can add a line of its own to a log.
pub(super) fn remark_line(text: fmt::Arguments<'_>) {
    let text = text.to_string();
    let start = text.len() - text.trim_start_matches('\n').len();
    remark(format_args!("{}{}\n", &text[..start], terminal::one_line(&text[start..])));
}

/// Says on standard error what ended a command.
pub(super) fn error_line(text: &str) {
    if is_json() {
        return tracing::error!(target: SAID, "{text}");
    }
    remark_line(format_args!("error: {text}"));
}

/// Writes a line of the log, whoever its texts are from.
pub(super) fn log_line(text: &str) {
    let line = format!("{}\n", terminal::plain(&terminal::one_line(text)));
    let _ = io::stderr().lock().write_all(line.as_bytes());
}

/// The same of a log in JSON.
pub(super) fn log_json(text: &str) {
    let line = format!("{}\n", terminal::escaped_json(text));
    let _ = io::stderr().lock().write_all(line.as_bytes());
}

/// Says `text` on standard error, which the program itself laid out and coloured. What it holds of others was made plain
/// before.
pub(super) fn remark_laid_out(text: &str) {
    let _ = io::stderr().lock().write_all(text.as_bytes());
}

/// Has a defect say what it says through here: it may quote a page.
pub(super) fn watch_over_panics() {
    panic::set_hook(Box::new(|panic| remark_line(format_args!("internal error: {panic}"))));
}
