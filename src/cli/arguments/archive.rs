//! Arguments of the commands that work on the archive.

use std::path::PathBuf;

use chrono::{NaiveDate, TimeDelta};
use clap::builder::NonEmptyStringValueParser;
use clap::{Args, ValueEnum};

use crate::cli::candidates;
use crate::config;
use crate::model::SourceId;

#[derive(Debug, Args)]
#[command(group(clap::ArgGroup::new("shape").required(true)))]
pub(in crate::cli) struct Export {
    /// Write a WACZ file, which ReplayWeb.page and other programs show as pages; - is standard output.
    #[arg(long, value_name = "FILE", group = "shape")]
    pub(in crate::cli) wacz: Option<PathBuf>,
    /// Write one gzipped WARC file; - is standard output.
    #[arg(long, value_name = "FILE", group = "shape")]
    pub(in crate::cli) warc: Option<PathBuf>,
    /// Export only what this source found; you can give it more than once [default: everything].
    #[arg(long = "source", value_name = "SOURCE", value_parser = config::feed_id, add = candidates::sources())]
    pub(in crate::cli) sources: Vec<SourceId>,
    /// Replace the file if there is one.
    #[arg(long)]
    pub(in crate::cli) force: bool,
    /// Print JSON on standard output.
    #[arg(long)]
    pub(in crate::cli) json: bool,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Import {
    /// WARC and WACZ files of any program; or rules and feed lists of other programs: ftr-site-config (a file, a folder,
    /// a .tar.gz or a .zip), OPML (also of FreshRSS and Miniflux), html2rss, rsspls, feed-me-up-scotty, RSS-Bridge URLs,
    /// a list of URLs. Use - for standard input.
    #[arg(required = true, value_name = "PATH|-")]
    pub(in crate::cli) files: Vec<PathBuf>,
    /// The format of rules or lists [default: detected].
    #[arg(long, value_name = "KIND")]
    pub(in crate::cli) kind: Option<ImportKind>,
    /// Show what would be written or imported, and write nothing.
    #[arg(long)]
    pub(in crate::cli) dry_run: bool,
    /// Overwrite configuration files that exist.
    #[arg(long)]
    pub(in crate::cli) force: bool,
    /// Fetch the test pages that rules name, and show what each selector matches.
    #[arg(long)]
    pub(in crate::cli) prove: bool,
    /// The source that imported pages belong to [default: the source of their host, or a new one].
    #[arg(long, value_name = "SOURCE", value_parser = config::feed_id, add = candidates::sources())]
    pub(in crate::cli) source: Option<SourceId>,
    /// Print JSON on standard output.
    #[arg(long)]
    pub(in crate::cli) json: bool,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Release {
    /// The URL or ID of a page that is held back; `tearsheet status` lists them.
    #[arg(required = true, value_name = "ID|URL")]
    pub(in crate::cli) pages: Vec<String>,
    /// Print JSON on standard output.
    #[arg(long)]
    pub(in crate::cli) json: bool,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Withdraw {
    /// The article's URL or id.
    #[arg(required = true, value_name = "ID|URL")]
    pub(in crate::cli) articles: Vec<String>,
    /// Why. The archive keeps the reason; it is not published.
    #[arg(long, value_name = "TEXT", value_parser = NonEmptyStringValueParser::new())]
    pub(in crate::cli) reason: String,
    /// Print JSON on standard output.
    #[arg(long)]
    pub(in crate::cli) json: bool,
}

/// What is imported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum ImportKind {
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
    /// One URL per line.
    Urls,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Verify {
    /// Repair what can be repaired. Damaged files are moved to the folder `damaged` of the archive; nothing is deleted.
    #[arg(long)]
    pub(in crate::cli) repair: bool,
    /// Print JSON on standard output.
    #[arg(long)]
    pub(in crate::cli) json: bool,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Prune {
    /// Show what would be deleted, and delete nothing.
    #[arg(long)]
    pub(in crate::cli) dry_run: bool,
    /// Print JSON on standard output.
    #[arg(long)]
    pub(in crate::cli) json: bool,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct SearchArguments {
    /// Words that an article has, whatever their case and accents. "two words" must follow one another; begin* finds words
    /// that begin so; -word leaves articles with it out (write -- before the words then).
    #[arg(required = true, value_name = "WORDS")]
    pub(in crate::cli) words: Vec<String>,
    /// Search only what this source found; you can give it more than once [default: everything].
    #[arg(long = "source", value_name = "SOURCE", value_parser = config::feed_id, add = candidates::sources())]
    pub(in crate::cli) sources: Vec<SourceId>,
    /// Only articles published on this day or later (2026-11-30), or within this time (12h, 7d).
    #[arg(long, value_name = "DATE|AGE", value_parser = since)]
    pub(in crate::cli) since: Option<Since>,
    /// How many articles to print at most, the best first.
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u16).range(1..=1000))]
    pub(in crate::cli) limit: u16,
    /// Print JSON on standard output.
    #[arg(long)]
    pub(in crate::cli) json: bool,
}

/// From when on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cli) enum Since {
    /// A day, in UTC.
    Day(NaiveDate),
    /// So long before now.
    Age(TimeDelta),
}

fn since(text: &str) -> Result<Since, String> {
    let day = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().map(Since::Day);
    day.or_else(|| config::age(text).map(Since::Age))
        .ok_or_else(|| "expected a day, for example 2026-11-30, or an age, for example 12h or 7d".to_owned())
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Show {
    /// A URL of the article, or its ID.
    #[arg(value_name = "URL|ID")]
    pub(in crate::cli) article: String,
    /// The number of a revision [default: the newest].
    #[arg(long, value_name = "N")]
    pub(in crate::cli) revision: Option<u32>,
    /// The output format.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(in crate::cli) format: ShowFormat,
    /// Also show where each value came from, as the archive recorded it; JSON always includes it.
    #[arg(long, conflicts_with_all = ["format", "json"])]
    pub(in crate::cli) why: bool,
    /// Print JSON on standard output: --format json.
    #[arg(long, conflicts_with = "format")]
    pub(in crate::cli) json: bool,
}

/// How an article is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum ShowFormat {
    /// Plain text.
    Text,
    /// Markdown (CommonMark, with GitHub's tables).
    Markdown,
    /// A page of HTML.
    Html,
    /// Everything that is known about it, as JSON.
    Json,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct History {
    /// A URL of the article, or its ID.
    #[arg(value_name = "URL|ID")]
    pub(in crate::cli) article: String,
    /// Show the words that each revision removed and added.
    #[arg(long)]
    pub(in crate::cli) diff: bool,
    /// Print JSON on standard output.
    #[arg(long)]
    pub(in crate::cli) json: bool,
}
