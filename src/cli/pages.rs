//! `tearsheet extract` and `tearsheet discover`: the two reading stages alone, over a manifest, files, URLs or
//! standard input.

use std::cell::OnceCell;
use std::fs;
use std::io::{self, Read};
use std::panic::{self, AssertUnwindSafe};
use std::process::ExitCode;

use anyhow::Context;
use chrono::{DateTime, Utc};
use serde_json::Value;
use tokio::runtime::Runtime;
use url::Url;

use super::arguments::PageArguments;
use super::failure::Failure;
use super::manifest::{self, MAX_PAGE};
use super::output;
use super::words::count;
use crate::config::{Config, SourceConfig};
use crate::fetch::Client;
use crate::pipeline::{self, Defect};

/// The URL of a page of which nobody said where it was saved from.
const NOWHERE: &str = "https://unknown.invalid/";

/// A page to answer.
pub(super) struct PageInput<'a> {
    pub(super) id: &'a str,
    pub(super) url: &'a Url,
    pub(super) content_type: Option<&'a str>,
    /// When it was captured, where that is known.
    pub(super) captured_at: Option<DateTime<Utc>>,
    pub(super) bytes: &'a [u8],
}

/// Prints a JSON line for every page, as `answer` makes it. What is fetched is asked for as `source` asks.
pub(super) fn run(
    config: &Config,
    options: &PageArguments,
    source: Option<&SourceConfig>,
    answer: impl Fn(&PageInput<'_>) -> Value + Sync,
) -> Result<ExitCode, Failure> {
    if let Some(path) = &options.manifest {
        let failures = match manifest::answer(path, options.jobs, io::stdout().lock(), answer) {
            Ok(failures) => failures,
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => return Ok(ExitCode::SUCCESS),
            Err(error) => Err(error).with_context(|| format!("failed to answer {}", path.display()))?,
        };
        if failures > 0 {
            eprintln!("{}: {} could not be answered", path.display(), count(failures, "page"));
        }
        return Ok(ExitCode::from(u8::from(failures > 0)));
    }
    let pages = Given::new(config, options.url.as_ref(), source);
    let mut troubled = false;
    for page in &options.pages {
        match pages.read(page, &answer) {
            Ok(value) => output::json(value),
            Err(error) => {
                troubled = true;
                eprintln!("error: {page}: {error:#}");
            }
        }
    }
    Ok(ExitCode::from(u8::from(troubled)))
}

/// What `answer` gives, unless it panics. What that said is on standard error.
pub(super) fn shielded<T>(answer: impl FnOnce() -> T) -> Result<T, Defect> {
    panic::catch_unwind(AssertUnwindSafe(answer)).map_err(|_| Defect)
}

/// The pages that one command was given.
pub(super) struct Given<'a> {
    config: &'a Config,
    /// What files and standard input were saved from.
    url: Option<&'a Url>,
    /// The source whose settings are used to fetch pages; `None` for those that fit each URL.
    source: Option<&'a SourceConfig>,
    web: OnceCell<WebAccess>,
}

/// One for all pages of a command, so that a host is asked for its robots.txt once and for its pages one by one.
struct WebAccess {
    runtime: Runtime,
    client: Client,
}

impl<'a> Given<'a> {
    pub(super) fn new(
        config: &'a Config,
        url: Option<&'a Url>,
        source: Option<&'a SourceConfig>,
    ) -> Given<'a> {
        Given { config, url, source, web: OnceCell::new() }
    }

    /// What `answer` makes of one page: a URL, a file, or `-` for standard input.
    pub(super) fn read<T>(&self, page: &str, answer: &impl Fn(&PageInput<'_>) -> T) -> anyhow::Result<T> {
        if let Ok(url) = Url::parse(page)
            && url.has_host()
        {
            return self.fetched(&url, answer);
        }
        let mut bytes = Vec::new();
        if page == "-" {
            io::stdin().take(MAX_PAGE).read_to_end(&mut bytes).context("failed to read standard input")?;
        } else {
            let file = fs::File::open(page).with_context(|| format!("failed to open {page}"))?;
            file.take(MAX_PAGE).read_to_end(&mut bytes).with_context(|| format!("failed to read {page}"))?;
        }
        let nowhere = Url::parse(NOWHERE).expect("a literal URL");
        let url = self.url.unwrap_or(&nowhere);
        let content_type = content_type(page);
        Ok(shielded(|| answer(&PageInput { id: page, url, content_type, captured_at: None, bytes: &bytes }))?)
    }

    fn fetched<T>(&self, url: &Url, answer: &impl Fn(&PageInput<'_>) -> T) -> anyhow::Result<T> {
        let web = self.web()?;
        let fetching = self.source.map_or_else(|| self.config.fetching(url), |source| source.fetch.clone());
        let capture = web.runtime.block_on(pipeline::capture(&web.client, &fetching, url))?;
        let bytes = capture.payload(self.config.max_size())?;
        let input = PageInput {
            id: url.as_str(),
            url: &capture.url,
            content_type: capture.content_type(),
            captured_at: Some(capture.fetched_at),
            bytes: &bytes,
        };
        Ok(shielded(|| answer(&input))?)
    }

    fn web(&self) -> anyhow::Result<&WebAccess> {
        if let Some(web) = self.web.get() {
            return Ok(web);
        }
        let web = WebAccess { runtime: Runtime::new()?, client: Client::new(&self.config.fetch)? };
        Ok(self.web.get_or_init(|| web))
    }
}

/// What a file's name says of it: only a text file has to be told apart from HTML.
fn content_type(path: &str) -> Option<&'static str> {
    path.ends_with(".txt").then_some("text/plain")
}
