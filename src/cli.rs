//! The command line: arguments in, exit code out. It alone prints: data on stdout, everything else on stderr.

#![allow(clippy::print_stderr, clippy::print_stdout)]

mod discover;
mod extract;
mod manifest;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

/// Turns any website into feeds that can be trusted, from an archive that its owner keeps.
#[derive(Debug, Parser)]
#[command(version, disable_help_subcommand = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Read articles out of pages, without an archive.
    Extract(Pages),
    /// Find the articles that pages, feeds or sitemaps link to, without an archive.
    Discover(Pages),
}

#[derive(Debug, Args)]
struct Pages {
    /// A JSON Lines file with a page a line, {"id","url","file"}; the file is relative to it and may be gzipped.
    #[arg(long, value_name = "FILE")]
    manifest: PathBuf,
    /// How many pages to work on at once [default: as many as there are cores].
    #[arg(long, value_name = "N")]
    jobs: Option<usize>,
}

/// Runs the command that the process was started with.
#[must_use]
pub fn main() -> ExitCode {
    let result = match Arguments::parse().command {
        Command::Extract(pages) => manifest::answer(&pages.manifest, pages.jobs, extract::answer),
        Command::Discover(pages) => manifest::answer(&pages.manifest, pages.jobs, discover::answer),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}
