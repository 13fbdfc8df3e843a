//! How a command ends that did not end well: what is said, and the exit code.

use std::process::ExitCode;

use super::output;
use crate::{archive, config, pipeline};

/// The exit code of a command that finds another run in progress.
pub(super) const LOCKED: u8 = 4;

/// Why a command stopped.
#[derive(Debug)]
pub(super) enum Failure {
    /// The configuration has mistakes.
    Config(config::Errors),
    /// The command cannot be done as asked.
    Usage(anyhow::Error),
    /// The archive or the output cannot be read or written.
    Storage(anyhow::Error),
    /// Another run holds the archive.
    Locked(anyhow::Error),
}

impl Failure {
    /// Says what is wrong on standard error.
    pub(super) fn report(&self) -> ExitCode {
        let (error, code) = match self {
            Failure::Config(errors) => {
                super::mistakes::print(errors);
                return ExitCode::from(2);
            }
            Failure::Usage(error) => (error, 2),
            Failure::Storage(error) => (error, 3),
            Failure::Locked(error) => (error, LOCKED),
        };
        output::error_line(&sentence(error));
        ExitCode::from(code)
    }
}

/// The chain of causes in one line. Errors of the library are fragments that fit after "failed to".
fn sentence(error: &anyhow::Error) -> String {
    let mut text = String::new();
    for cause in error.chain().map(ToString::to_string) {
        // A transparent wrapper and its cause say the same.
        if !text.ends_with(&cause) {
            text = if text.is_empty() { cause } else { format!("{text}: {cause}") };
        }
    }
    text
}

impl From<config::Errors> for Failure {
    fn from(errors: config::Errors) -> Failure {
        Failure::Config(errors)
    }
}

impl From<archive::Error> for Failure {
    fn from(error: archive::Error) -> Failure {
        pipeline::Error::from(error).into()
    }
}

impl From<pipeline::Error> for Failure {
    fn from(error: pipeline::Error) -> Failure {
        let is_locked = matches!(error, pipeline::Error::Archive(archive::Error::Locked { .. }));
        let is_usage = matches!(
            error,
            pipeline::Error::UnknownSource { .. }
                | pipeline::Error::NoSources { .. }
                | pipeline::Error::Broken { .. }
                | pipeline::Error::NotHeld { .. }
                | pipeline::Error::UnknownArticle { .. }
                | pipeline::Error::UnknownFeed { .. }
                | pipeline::Error::NothingToRelease { .. }
                | pipeline::Error::Fetch(_)
                | pipeline::Error::Archive(
                    archive::Error::NotWarc { .. }
                        | archive::Error::BrokenZip { .. }
                        | archive::Error::NothingToExport
                )
        );
        // These say all there is to say; others are what failed.
        let is_whole = is_locked
            || matches!(
                error,
                pipeline::Error::NoSources { .. }
                    | pipeline::Error::Broken { .. }
                    | pipeline::Error::UnknownSource { .. }
                    | pipeline::Error::NotHeld { .. }
                    | pipeline::Error::UnknownArticle { .. }
                    | pipeline::Error::UnknownFeed { .. }
                    | pipeline::Error::Archive(archive::Error::NothingToExport)
            );
        let error = anyhow::Error::from(error);
        let error = if is_whole { error } else { error.context("failed to finish") };
        match (is_locked, is_usage) {
            (true, _) => Failure::Locked(error),
            (_, true) => Failure::Usage(error),
            _ => Failure::Storage(error),
        }
    }
}

impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Failure {
        Failure::Usage(error)
    }
}
