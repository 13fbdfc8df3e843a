//! The arguments as typed.

use std::num::ParseIntError;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use url::Url;

use crate::model::SourceId;

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
    Check(Json),
    /// Read articles out of pages, without an archive.
    Extract(Extract),
    /// Tell for every field of a page what gave its value and what lost, and for every block why it is kept or not.
    Explain(Explain),
    /// Find the articles that pages, feeds or sitemaps link to, without an archive.
    Discover(Pages),
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
pub(super) struct Add {
    /// A page that lists articles, a feed, or a sitemap.
    #[arg(required = true, value_name = "URL")]
    pub(super) urls: Vec<Url>,
    /// The source's name [default: made from the URL].
    #[arg(long, value_name = "NAME")]
    pub(super) id: Option<String>,
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
#[command(group(clap::ArgGroup::new("shape").required(true)))]
pub(super) struct Export {
    /// As a WACZ file, which ReplayWeb.page and other programs show as pages.
    #[arg(long, value_name = "FILE", group = "shape")]
    pub(super) wacz: Option<PathBuf>,
    /// As one gzipped WARC file.
    #[arg(long, value_name = "FILE", group = "shape")]
    pub(super) warc: Option<PathBuf>,
    /// Only what this source found; may be given more than once [default: everything].
    #[arg(long = "source", value_name = "SOURCE", value_parser = SourceId::parse)]
    pub(super) sources: Vec<SourceId>,
    /// Print JSON on standard output.
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, Args)]
pub(super) struct Import {
    /// WARC and WACZ files, tearsheet's own or anyone's; rules and lists of feeds of other programs: ftr-site-config (a
    /// folder or a file), OPML, also of FreshRSS and Miniflux, html2rss, rsspls, feed-me-up-scotty, URLs of RSS-Bridge, a
    /// list of URLs; or - for standard input.
    #[arg(required = true, value_name = "PATH|-")]
    pub(super) files: Vec<PathBuf>,
    /// What rules or lists are [default: as they look].
    #[arg(long, value_name = "KIND")]
    pub(super) kind: Option<ImportKind>,
    /// Show what rules and lists would become, and write nothing.
    #[arg(long)]
    pub(super) dry_run: bool,
    /// Write over files of the configuration that are there already.
    #[arg(long)]
    pub(super) force: bool,
    /// Fetch the pages that rules name for a try, and tell what each selector gives.
    #[arg(long)]
    pub(super) prove: bool,
    /// The source that captured pages become articles of [default: the source of their host, or a new one].
    #[arg(long, value_name = "SOURCE", value_parser = SourceId::parse)]
    pub(super) source: Option<SourceId>,
    /// Print JSON on standard output.
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, Args)]
pub(super) struct Release {
    /// The URL of a page that is held back, or its id; `tearsheet status` lists them.
    #[arg(required = true, value_name = "ID|URL")]
    pub(super) pages: Vec<String>,
    /// Print JSON on standard output.
    #[arg(long)]
    pub(super) json: bool,
}

/// What is imported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ImportKind {
    /// Rules of Full-Text RSS.
    Ftr,
    /// A list of feeds.
    Opml,
    /// The YAML of html2rss.
    Html2rss,
    /// The TOML of rsspls.
    Rsspls,
    /// The TOML of feed-me-up-scotty.
    Scotty,
    /// URLs of RSS-Bridge.
    RssBridge,
    /// A URL a line.
    Urls,
}

#[derive(Debug, Args)]
pub(super) struct Verify {
    /// Make good what can be: damaged files are set aside in the archive's folder `damaged`, and nothing is thrown away.
    #[arg(long)]
    pub(super) repair: bool,
    /// Print JSON on standard output.
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, Args)]
pub(super) struct Prune {
    /// Say what would go, and let go of nothing.
    #[arg(long)]
    pub(super) dry_run: bool,
    /// Print JSON on standard output.
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, Args)]
pub(super) struct Show {
    /// A URL under which the article is known, or its id.
    #[arg(value_name = "URL|ID")]
    pub(super) article: String,
    /// Which revision [default: the newest].
    #[arg(long, value_name = "N")]
    pub(super) revision: Option<u32>,
    /// As what.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(super) format: Format,
}

/// As what an article is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// Plain text.
    Text,
    /// Markdown (CommonMark, with GitHub's tables).
    Markdown,
    /// A page of HTML.
    Html,
    /// All that is known of it.
    Json,
}

#[derive(Debug, Args)]
pub(super) struct History {
    /// A URL under which the article is known, or its id.
    #[arg(value_name = "URL|ID")]
    pub(super) article: String,
    /// Show the words that each revision removed and added.
    #[arg(long)]
    pub(super) diff: bool,
    /// Print JSON on standard output.
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, Args)]
pub(super) struct Pages {
    /// Files, URLs, or - for standard input.
    #[arg(required_unless_present = "manifest", value_name = "FILE|URL|-")]
    pub(super) pages: Vec<String>,
    /// A JSON Lines file with a page a line, {"id","url","file"}; the file is relative to it and may be gzipped.
    #[arg(long, value_name = "FILE", conflicts_with = "pages")]
    pub(super) manifest: Option<PathBuf>,
    /// The URL that a file or standard input was saved from; its links are resolved against it.
    #[arg(long, value_name = "URL", conflicts_with = "manifest")]
    pub(super) url: Option<Url>,
    /// How many pages of a manifest to work on at once [default: as many as there are cores].
    #[arg(long, value_name = "N", requires = "manifest")]
    pub(super) jobs: Option<usize>,
}

#[derive(Debug, Args)]
pub(super) struct Extract {
    #[command(flatten)]
    pub(super) pages: Pages,
    /// Read them as this source's pages are read [default: by the rules of their host and of the one source that is of it].
    #[arg(long, value_name = "NAME")]
    pub(super) source: Option<String>,
}

const EXPLAINED: &str = "\
The JSON, version 1: new keys may come, none changes its meaning or goes.
  version, read_from (archive, web, file), captured_at, url, rejected, warnings
  fields   field, value, source, place, doubted, beaten (value, source, place, doubted; best first)
  blocks   kept, reason (rule, keep-rule, judge, plain-rules, declared-text, feed-text, noise, repetition, title,
           empty-heading, furniture, site-memory), likely (0 to 1), words, place, text
  rules    of (title, body, remove, ...), selector, matched, used
A place is a CSS selector, or the number of a script and a path in its JSON. Values are cut to 200 characters.";

#[derive(Debug, Args)]
#[command(after_long_help = EXPLAINED)]
pub(super) struct Explain {
    /// An article of the archive by URL or id, else a URL to fetch, a file, or - for standard input.
    #[arg(value_name = "URL|ID|FILE|-")]
    pub(super) page: String,
    /// Fetch the page again, even if the archive has it.
    #[arg(long)]
    pub(super) fetch: bool,
    /// Read it as this source's pages are read [default: as the source that has it in the archive].
    #[arg(long, value_name = "NAME")]
    pub(super) source: Option<String>,
    /// The URL that a file or standard input was saved from.
    #[arg(long, value_name = "URL")]
    pub(super) url: Option<Url>,
    /// Show every block and every loser, and cut nothing.
    #[arg(long)]
    pub(super) all: bool,
    /// Print JSON on standard output.
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, Args)]
pub(super) struct Features {
    #[command(flatten)]
    pub(super) pages: Pages,
    /// Write the texts that follow if the judge says what this JSON Lines file does, {"id","likely"} a page.
    #[arg(long, value_name = "FILE")]
    pub(super) judged: Option<PathBuf>,
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
