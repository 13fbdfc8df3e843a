//! Data on standard output. Whoever reads it may stop early: `tearsheet extract … | head` is no failure.

use std::fmt::Display;
use std::io::{self, ErrorKind, Write};
use std::process;

/// Prints `data` and ends the line.
pub(super) fn line(data: impl Display) {
    let mut out = io::stdout().lock();
    match writeln!(out, "{data}").and_then(|()| out.flush()) {
        Ok(()) => {}
        Err(error) if error.kind() == ErrorKind::BrokenPipe => process::exit(0),
        Err(error) => {
            eprintln!("error: failed to write to standard output: {error}");
            process::exit(3);
        }
    }
}
