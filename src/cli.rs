//! The command line: arguments in, exit code out. It alone prints: data on stdout, everything else on stderr.

#![allow(clippy::print_stderr, clippy::print_stdout)]

// As those of std, but where nobody listens any more they do not panic: that would end a command that holds the archive.
macro_rules! eprint {
    ($($text:tt)*) => { $crate::cli::output::remark(format_args!($($text)*)) };
}
macro_rules! eprintln {
    () => { eprint!("\n") };
    ($($text:tt)*) => { $crate::cli::output::remark_line(format_args!($($text)*)) };
}

mod add;
mod arguments;
mod build;
mod candidates;
mod check;
mod demo;
mod discover;
mod edit;
mod explain;
mod export;
mod extract;
mod failure;
mod features;
mod history;
mod import;
mod init;
mod interrupt;
mod list;
mod log;
mod manifest;
mod manual;
mod markdown;
mod mistakes;
mod mistyped;
mod open;
mod output;
mod pages;
mod progress;
mod prune;
mod question;
mod release;
mod remove;
mod reread;
mod root;
mod run;
mod schema;
mod search;
mod serve;
mod show;
mod size;
mod status;
mod table;
mod terminal;
mod verify;
mod withdraw;
mod words;
mod wrap;

use std::env;
use std::process::ExitCode;

use clap::Parser;

use arguments::{Arguments, Command};
use failure::Failure;

/// Runs the command that the process was started with.
#[must_use]
pub fn main() -> ExitCode {
    output::watch_over_panics();
    manual::complete();
    let typed = arguments::joined(env::args_os().collect());
    let arguments = Arguments::try_parse_from(typed).unwrap_or_else(|error| mistyped::amended(error).exit());
    log::start(&arguments);
    dispatch(&arguments).unwrap_or_else(|failure| match failure {
        // To a cron job, a run that still goes on is no news.
        Failure::Locked(_) if arguments.quiet => ExitCode::from(failure::LOCKED),
        failure => failure.report(),
    })
}

fn dispatch(arguments: &Arguments) -> Result<ExitCode, Failure> {
    // Paths are shown: `config/tearsheet.toml` reads better than `./config/tearsheet.toml`.
    let root = arguments.root.strip_prefix(".").unwrap_or(&arguments.root);
    let quiet = arguments.quiet;
    match &arguments.command {
        Command::Init(options) => init::run(root, options, quiet),
        Command::List(options) => list::run(root, options),
        Command::Edit(options) => edit::run(root, options),
        Command::Remove(options) => remove::run(root, options, quiet),
        Command::Open(options) => open::run(root, options),
        Command::Serve(options) => serve::run(root, options, quiet),
        Command::Add(options) => add::run(root, options, quiet),
        Command::Run(options) => run::run(root, options, quiet),
        Command::Build(options) => build::build(root, options, quiet),
        Command::Rebuild(options) if options.extract => reread::run(root, options, quiet),
        Command::Rebuild(options) => build::rebuild(root, options, quiet),
        Command::Status(options) => status::run(root, options),
        Command::Export(options) => export::run(root, options, quiet),
        Command::Import(options) => import::run(root, options, quiet),
        Command::Release(options) => release::run(root, options, quiet),
        Command::Withdraw(options) => withdraw::run(root, options, quiet),
        Command::Verify(options) => verify::run(root, options, quiet),
        Command::Prune(options) => prune::run(root, options, quiet),
        Command::Search(options) => search::run(root, options, quiet),
        Command::Show(options) => show::run(root, options),
        Command::History(options) => history::run(root, options),
        Command::Check(options) => check::run(root, options, quiet),
        Command::Extract(options) => extract::run(root, options),
        Command::Explain(options) => explain::run(root, options),
        Command::Discover(options) => discover::run(root, options),
        Command::Features(options) => features::run(root, options),
        Command::Demo(options) => demo::run(options, quiet),
        Command::Completions { shell } => manual::completions(*shell),
        Command::Man(options) => manual::run(options),
        Command::Schema(options) => schema::run(options),
    }
}
