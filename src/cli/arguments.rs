//! The arguments as typed.

mod archive;
mod reading;

use std::num::ParseIntError;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use clap_complete::Shell;
use url::Url;

use crate::config;
use crate::model::SourceId;

pub(super) use self::archive::{
    Export, History, Import, ImportKind, Prune, Release, Show, ShowFormat, Verify,
};
pub(super) use self::reading::{Explain, Extract, Features, PageArguments};

/// Turns any website into feeds that can be trusted, from an archive that its owner keeps.
#[derive(Debug, Parser)]
#[command(version, disable_help_subcommand = true, after_help = EXIT_CODES)]
pub(super) struct Arguments {
    /// The folder that holds config/, archive/ and public/.
    #[arg(long, global = true, value_name = "DIR", default_value = ".")]
    pub(super) root: PathBuf,
    /// Say nothing unless somebody should look: for cron.
    #[arg(long, short, global = true)]
    pub(super) quiet: bool,
    #[command(subcommand)]
    pub(super) command: Command,
}

const EXIT_CODES: &str = "\
Exit codes: 0 all well; 1 finished, but something needs a look; 2 wrong use or config;
3 the archive or the output cannot be read or written; 4 another run holds the archive.";

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Look at a site, choose how to follow it, and write its source file.
    Add(Add),
    /// Find, fetch, archive and publish what is new.
    Run(Run),
    /// Write the feeds and the reading site again, from the archive.
    Build(Json),
    /// Make the index again from the WARC files, and the output from it, offline.
    Rebuild(Rebuild),
    /// Say how each source is doing.
    Status(Json),
    /// Publish pages that are held back: you have looked at them.
    Release(Release),
    /// Read every record of the archive, and tell what is damaged or missing.
    Verify(Verify),
    /// Hand on captures and articles in one file that other programs read.
    Export(Export),
    /// Take in the articles of WARC and WACZ files, or rules and lists of feeds of other programs.
    Import(Import),
    /// Let go of raw captures that [archive.retention] does not keep; articles stay.
    Prune(Prune),
    /// Print an article, as it is or as it was.
    Show(Show),
    /// List an article's revisions, and what they changed.
    History(History),
    /// Find every mistake in the configuration.
    Check(Check),
    /// Read articles out of pages, without an archive.
    Extract(Extract),
    /// Tell for every field of a page what gave its value and what lost, and for every block why it is kept or not.
    Explain(Explain),
    /// Find the articles that pages, feeds or sitemaps link to, without an archive.
    Discover(PageArguments),
    /// Write what the body's learned judge sees of pages, for its training.
    #[command(hide = true)]
    Features(Features),
    /// Show it all at work on a small news site on this machine.
    Demo(Demo),
    /// Print a script that completes tearsheet's commands in a shell.
    Completions {
        /// Which shell.
        shell: Shell,
    },
    /// Print the manual page.
    Man,
}

#[derive(Debug, Args)]
pub(super) struct Json {
    /// Print JSON on standard output.
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, Args)]
pub(super) struct Check {
    /// Fetch the pages that each rule names for a try, politely, and tell what its selectors give.
    #[arg(long)]
    pub(super) prove: bool,
    /// Print JSON on standard output.
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, Args)]
pub(super) struct Add {
    /// A page that lists articles, a feed, or a sitemap.
    #[arg(required = true, value_name = "URL")]
    pub(super) urls: Vec<Url>,
    /// The source's name [default: made from the URL].
    #[arg(long, value_name = "NAME", value_parser = config::feed_id)]
    pub(super) id: Option<SourceId>,
    /// Fetch this many articles of its past at once, or all that the site's older pages and sitemaps lead to.
    #[arg(long, value_name = "N|all", value_parser = how_many, conflicts_with = "dry_run")]
    pub(super) history: Option<usize>,
    /// Show what was found and write nothing.
    #[arg(long)]
    pub(super) dry_run: bool,
    /// Take the best way without a question. Only a terminal is ever asked.
    #[arg(long, short)]
    pub(super) yes: bool,
    /// Print JSON on standard output.
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, Args)]
pub(super) struct Run {
    /// Only these sources, whether they are due or not.
    #[arg(value_name = "SOURCE")]
    pub(super) sources: Vec<String>,
    /// Fetch this many articles of each source's past too, or all; it goes on where the last time stopped. They take their
    /// place in the feeds, so this is best done before anybody subscribes.
    #[arg(long, value_name = "N|all", value_parser = how_many, num_args = 0..=1, require_equals = true,
          default_missing_value = "all")]
    pub(super) backfill: Option<usize>,
    /// Try every page again that could not be had, whether it is due or not.
    #[arg(long, conflicts_with = "backfill")]
    pub(super) retry: bool,
    /// Print JSON on standard output.
    #[arg(long)]
    pub(super) json: bool,
}

/// `all`, or a number.
fn how_many(text: &str) -> Result<usize, ParseIntError> {
    if text == "all" { Ok(usize::MAX) } else { text.parse() }
}

#[derive(Debug, Args)]
pub(super) struct Rebuild {
    /// Make the index only, and leave the output as it is.
    #[arg(long)]
    pub(super) index: bool,
    /// Read every article again from its capture, with today's rules, and what is held back. The index is kept.
    #[arg(long, conflicts_with = "index")]
    pub(super) extract: bool,
    /// With --extract: show what would change, and change nothing.
    #[arg(long, requires = "extract")]
    pub(super) dry_run: bool,
    /// Print JSON on standard output.
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, Args)]
pub(super) struct Demo {
    /// Keep what was made in this folder, which must be empty or new.
    #[arg(long, value_name = "DIR")]
    pub(super) keep: Option<PathBuf>,
    /// Serve the result on this machine until Ctrl-C.
    #[arg(long)]
    pub(super) serve: bool,
}
