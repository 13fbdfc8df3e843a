//! Data on standard output, everything else on standard error. Whoever reads either may stop early:
//! `tearsheet extract … | head` is no failure.

use std::fmt::{self, Display};
use std::io::{self, ErrorKind, Write};
use std::process;

use anyhow::anyhow;

use super::failure::Failure;

/// Prints `data` and ends the line. Where nobody reads on, it ends the process: not for a command that holds the archive.
pub(super) fn line(data: impl Display) {
    match write(&data) {
        Ok(()) => {}
        Err(error) if error.kind() == ErrorKind::BrokenPipe => process::exit(0),
        Err(error) => {
            remark(format_args!("error: failed to write to standard output: {error}\n"));
            process::exit(3);
        }
    }
}

fn write(data: &dyn Display) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "{data}")?;
    out.flush()
}

/// Standard output of a command that has work to finish, whether anybody reads on or not.
#[derive(Default)]
pub(super) struct Lines {
    failed: Option<io::Error>,
}

impl Lines {
    /// Prints `data` and ends the line, as long as there is a reader.
    pub(super) fn line(&mut self, data: impl Display) {
        if self.failed.is_none() {
            self.failed = write(&data).err();
        }
    }

    /// Whether everything could be printed that somebody wanted to read.
    pub(super) fn finish(self) -> Result<(), Failure> {
        match self.failed {
            Some(error) if error.kind() != ErrorKind::BrokenPipe => {
                Err(Failure::Storage(anyhow!(error).context("failed to write to standard output")))
            }
            _ => Ok(()),
        }
    }
}

/// Says `text` on standard error, if anybody listens.
pub(super) fn remark(text: fmt::Arguments<'_>) {
    let _ = io::stderr().lock().write_fmt(text);
}
