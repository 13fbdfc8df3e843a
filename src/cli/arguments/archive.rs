//! What may be asked of the archive.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::config;
use crate::model::SourceId;

#[derive(Debug, Args)]
#[command(group(clap::ArgGroup::new("shape").required(true)))]
pub(in crate::cli) struct Export {
    /// As a WACZ file, which ReplayWeb.page and other programs show as pages.
    #[arg(long, value_name = "FILE", group = "shape")]
    pub(in crate::cli) wacz: Option<PathBuf>,
    /// As one gzipped WARC file.
    #[arg(long, value_name = "FILE", group = "shape")]
    pub(in crate::cli) warc: Option<PathBuf>,
    /// Only what this source found; may be given more than once [default: everything].
    #[arg(long = "source", value_name = "SOURCE", value_parser = config::feed_id)]
    pub(in crate::cli) sources: Vec<SourceId>,
    /// Print JSON on standard output.
    #[arg(long)]
    pub(in crate::cli) json: bool,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Import {
    /// WARC and WACZ files, tearsheet's own or anyone's; rules and lists of feeds of other programs: ftr-site-config (a
    /// file, a folder or a .tar.gz or .zip of it), OPML, also of FreshRSS and Miniflux, html2rss, rsspls, feed-me-up-scotty, URLs of RSS-Bridge, a
    /// list of URLs; or - for standard input.
    #[arg(required = true, value_name = "PATH|-")]
    pub(in crate::cli) files: Vec<PathBuf>,
    /// What rules or lists are [default: as they look].
    #[arg(long, value_name = "KIND")]
    pub(in crate::cli) kind: Option<ImportKind>,
    /// Show what rules and lists would become, or what would be taken in of captures, and write nothing.
    #[arg(long)]
    pub(in crate::cli) dry_run: bool,
    /// Write over files of the configuration that are there already.
    #[arg(long)]
    pub(in crate::cli) force: bool,
    /// Fetch the pages that rules name for a try, and tell what each selector gives.
    #[arg(long)]
    pub(in crate::cli) prove: bool,
    /// The source that captured pages become articles of [default: the source of their host, or a new one].
    #[arg(long, value_name = "SOURCE", value_parser = config::feed_id)]
    pub(in crate::cli) source: Option<SourceId>,
    /// Print JSON on standard output.
    #[arg(long)]
    pub(in crate::cli) json: bool,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Release {
    /// The URL of a page that is held back, or its id; `tearsheet status` lists them.
    #[arg(required = true, value_name = "ID|URL")]
    pub(in crate::cli) pages: Vec<String>,
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
    /// A URL a line.
    Urls,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Verify {
    /// Make good what can be: damaged files are set aside in the archive's folder `damaged`, and nothing is thrown away.
    #[arg(long)]
    pub(in crate::cli) repair: bool,
    /// Print JSON on standard output.
    #[arg(long)]
    pub(in crate::cli) json: bool,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Prune {
    /// Say what would go, and let go of nothing.
    #[arg(long)]
    pub(in crate::cli) dry_run: bool,
    /// Print JSON on standard output.
    #[arg(long)]
    pub(in crate::cli) json: bool,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Show {
    /// A URL under which the article is known, or its id.
    #[arg(value_name = "URL|ID")]
    pub(in crate::cli) article: String,
    /// Which revision [default: the newest].
    #[arg(long, value_name = "N")]
    pub(in crate::cli) revision: Option<u32>,
    /// As what.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(in crate::cli) format: ShowFormat,
    /// Tell behind its text where each value came from, as the archive recorded it; the JSON always tells it.
    #[arg(long, conflicts_with = "format")]
    pub(in crate::cli) why: bool,
}

/// As what an article is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum ShowFormat {
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
pub(in crate::cli) struct History {
    /// A URL under which the article is known, or its id.
    #[arg(value_name = "URL|ID")]
    pub(in crate::cli) article: String,
    /// Show the words that each revision removed and added.
    #[arg(long)]
    pub(in crate::cli) diff: bool,
    /// Print JSON on standard output.
    #[arg(long)]
    pub(in crate::cli) json: bool,
}
