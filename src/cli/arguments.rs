//! The arguments as typed.

mod archive;
mod following;
mod reading;

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use crate::config::Document;

pub(super) use self::archive::{
    Export, History, Import, ImportKind, Prune, Release, SearchArguments, Show, ShowFormat, Since, Verify,
    Withdraw,
};
pub(super) use self::following::{Add, Edit, Init, Open, Remove, Run, Serve, Status};
pub(super) use self::reading::{Explain, Extract, Features, PageArguments};

/// Make feeds for any website, and keep an archive of its articles.
#[derive(Debug, Parser)]
#[command(version, disable_help_subcommand = true, after_help = after_help())]
pub(super) struct Arguments {
    /// The folder with config/, archive/ and public/.
    #[arg(
        long,
        global = true,
        value_name = "DIR",
        default_value = ".",
        env = "TEARSHEET_ROOT",
        hide_env = true
    )]
    pub(super) root: PathBuf,
    /// Print only problems (for cron).
    #[arg(long, short, global = true)]
    pub(super) quiet: bool,
    /// Log what the program does; -vv also logs every request with its time in milliseconds.
    #[arg(long, short, global = true, action = ArgAction::Count, conflicts_with = "quiet")]
    pub(super) verbose: u8,
    /// The format of the log and of everything else on standard error.
    #[arg(long, global = true, value_name = "FORMAT", default_value = "text")]
    pub(super) log_format: LogFormat,
    #[command(subcommand)]
    pub(super) command: Command,
}

/// How standard error is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum LogFormat {
    /// Lines for people.
    Text,
    /// One JSON object per line.
    Json,
}

/// What each exit code means.
pub(super) const EXIT_CODES: [(&str, &str); 5] = [
    ("0", "success"),
    ("1", "finished, but something needs your attention"),
    ("2", "wrong use or configuration"),
    ("3", "the archive or the output cannot be read or written"),
    ("4", "another run is in progress"),
];

/// The text below the list of commands and options.
fn after_help() -> String {
    let codes = EXIT_CODES.iter().map(|(code, meaning)| format!("  {code}  {meaning}\n"));
    format!(
        "Exit codes:\n{}\nEnvironment:\n  TEARSHEET_ROOT       --root\n  TEARSHEET_TABLE_KEY  a key of \
         config/tearsheet.toml: TEARSHEET_SITE_TITLE\n  RUST_LOG             what is logged without -v\n  NO_COLOR             \
         no colours",
        codes.collect::<String>()
    )
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Make a new tearsheet folder with a commented configuration.
    Init(Init),
    /// Look at a site, choose how to follow it, and write its source file.
    Add(Add),
    /// List the sources that you follow.
    List(Json),
    /// Open a source's file, or the configuration, in your editor, and check it.
    Edit(Edit),
    /// Stop following a source: delete its file, and keep its articles in the archive.
    Remove(Remove),
    /// Find, fetch, archive and publish what is new.
    Run(Run),
    /// Show how each source is doing, what is held back and what failed.
    Status(Status),
    /// Serve the published site on this machine, and with --watch run on schedule.
    Serve(Serve),
    /// Open an article, or its page on the published site, in your browser.
    Open(Open),
    /// Search the archived articles: titles, authors, addresses and texts.
    Search(SearchArguments),
    /// Print an article, in its newest or an earlier revision.
    Show(Show),
    /// List an article's revisions and what they changed.
    History(History),
    /// Publish pages that were held back, after you have checked them, and articles that you withdrew.
    Release(Release),
    /// Take articles down: out of feeds, pages and history.
    Withdraw(Withdraw),
    /// Check the configuration, and list every mistake.
    Check(Check),
    /// Publish the feeds and the reading site again from the archive.
    Build(Json),
    /// Rebuild the index from the WARC files, then publish again; works offline.
    Rebuild(Rebuild),
    /// Check every record of the archive for damage, and repair it on request.
    Verify(Verify),
    /// Delete raw captures that the retention rules do not keep; articles stay.
    Prune(Prune),
    /// Export captures and articles to a WACZ or WARC file.
    Export(Export),
    /// Import articles from WARC and WACZ files, or rules and feed lists of other programs.
    Import(Import),
    /// Extract articles from pages, without an archive.
    Extract(Extract),
    /// Explain how each field and block of a page was chosen.
    Explain(Explain),
    /// List the articles that a page, feed or sitemap links to, without an archive.
    Discover(PageArguments),
    /// Write what the body's learned judge sees of pages, for its training.
    #[command(hide = true)]
    Features(Features),
    /// Follow a small news site on this machine, as a demonstration.
    Demo(Demo),
    /// Print a completion script for your shell.
    Completions {
        /// The shell.
        shell: Shell,
    },
    /// Print the manual page of tearsheet or of one command.
    Man(ManOptions),
    /// Print the JSON schema of the configuration, with which an editor checks and completes it.
    Schema(Schema),
}

/// The arguments with `--backfill 50` as one word: its number may be left out, and `--backfill gulls` names a source.
pub(super) fn joined(typed: Vec<OsString>) -> Vec<OsString> {
    let is_number =
        |word: &OsString| word.to_str().is_some_and(|word| word == "all" || word.parse::<usize>().is_ok());
    let mut joined: Vec<OsString> = Vec::with_capacity(typed.len());
    for word in typed {
        match joined.last_mut() {
            Some(flag) if *flag == "--backfill" && is_number(&word) => {
                flag.push("=");
                flag.push(word);
            }
            _ => joined.push(word),
        }
    }
    joined
}

#[derive(Debug, Args)]
pub(super) struct Json {
    /// Print JSON on standard output.
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, Args)]
pub(super) struct Check {
    /// Fetch the test pages that the rules name, politely, and show what each selector matches.
    #[arg(long)]
    pub(super) prove: bool,
    /// Say what this feed carries of the archive, and which key leaves the rest out.
    #[arg(long, value_name = "ID", conflicts_with = "prove")]
    pub(super) feed: Option<String>,
    /// Print JSON on standard output.
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, Args)]
pub(super) struct Rebuild {
    /// Rebuild the index only, and leave the output as it is.
    #[arg(long)]
    pub(super) index: bool,
    /// Extract every article again from its capture, with today's rules, held pages too. The index is kept.
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
    /// Keep the result in this folder, which must be empty or new.
    #[arg(long, value_name = "DIR")]
    pub(super) keep: Option<PathBuf>,
    /// Serve the result on this machine until Ctrl-C.
    #[arg(long)]
    pub(super) serve: bool,
}

#[derive(Debug, Args)]
pub(super) struct ManOptions {
    /// A command [default: tearsheet as a whole].
    #[arg(value_name = "COMMAND")]
    pub(super) command: Option<String>,
    /// Write every page into this folder, as tearsheet.1, tearsheet-run.1 and so on.
    #[arg(long, value_name = "DIR", conflicts_with = "command")]
    pub(super) dir: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct Schema {
    /// The kind of file.
    #[arg(value_name = "FILE", default_value = "settings", conflicts_with = "dir")]
    pub(super) document: SchemaDocument,
    /// Write all of them into this folder, as settings.schema.json and so on.
    #[arg(long, value_name = "DIR")]
    pub(super) dir: Option<PathBuf>,
}

/// A kind of file of the configuration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum SchemaDocument {
    /// config/tearsheet.toml.
    Settings,
    /// config/sources/NAME.toml.
    Source,
    /// config/rules/HOST.toml.
    Rule,
}

impl From<SchemaDocument> for Document {
    fn from(document: SchemaDocument) -> Document {
        match document {
            SchemaDocument::Settings => Document::Settings,
            SchemaDocument::Source => Document::Source,
            SchemaDocument::Rule => Document::Rule,
        }
    }
}
