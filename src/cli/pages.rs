//! `tearsheet extract` and `tearsheet discover`: the two reading stages alone, over a manifest, files, URLs or
//! standard input.

use std::fs;
use std::io::{self, Read};
use std::panic::{self, AssertUnwindSafe};
use std::path::Path;
use std::process::ExitCode;

use anyhow::Context;
use chrono::{DateTime, Utc};
use serde_json::Value;
use url::Url;

use super::arguments::Pages;
use super::failure::Failure;
use super::manifest::{self, MAX_PAGE};
use super::output;
use super::words::count;
use crate::config::{self, Config};
use crate::fetch::Client;
use crate::pipeline::{self, Defect};

/// The URL of a page of which nobody said where it was saved from.
const NOWHERE: &str = "https://unknown.invalid/";

/// A page to answer.
pub(super) struct Input<'a> {
    pub(super) id: &'a str,
    pub(super) url: &'a Url,
    pub(super) content_type: Option<&'a str>,
    /// When it was captured, where that is known.
    pub(super) captured_at: Option<DateTime<Utc>>,
    pub(super) bytes: &'a [u8],
}

/// Prints a JSON line for every page, as `answer` makes it.
pub(super) fn run(
    root: &Path,
    options: &Pages,
    answer: impl Fn(&Input<'_>) -> Value + Sync,
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
    let mut troubled = false;
    for page in &options.pages {
        match one(root, options.url.as_ref(), page, &answer) {
            Ok(value) => output::line(value),
            Err(Failure::Usage(error)) => {
                troubled = true;
                eprintln!("error: {page}: {error:#}");
            }
            Err(failure) => return Err(failure),
        }
    }
    Ok(ExitCode::from(u8::from(troubled)))
}

/// What `answer` gives, unless it panics. What that said is on standard error.
pub(super) fn shielded<T>(answer: impl FnOnce() -> T) -> Result<T, Defect> {
    panic::catch_unwind(AssertUnwindSafe(answer)).map_err(|_| Defect)
}

/// What `answer` makes of one page: a URL, a file that was saved from `url`, or `-` for standard input.
pub(super) fn one<T>(
    root: &Path,
    url: Option<&Url>,
    page: &str,
    answer: &impl Fn(&Input<'_>) -> T,
) -> Result<T, Failure> {
    if let Ok(url) = Url::parse(page)
        && url.has_host()
    {
        return Ok(from_network(&config::load(root)?, &url, answer)?);
    }
    let mut bytes = Vec::new();
    if page == "-" {
        io::stdin().take(MAX_PAGE).read_to_end(&mut bytes).context("failed to read standard input")?;
    } else {
        let file = fs::File::open(page).with_context(|| format!("failed to open {page}"))?;
        file.take(MAX_PAGE).read_to_end(&mut bytes).with_context(|| format!("failed to read {page}"))?;
    }
    let nowhere = Url::parse(NOWHERE).expect("a literal URL");
    let url = url.unwrap_or(&nowhere);
    let input = Input { id: page, url, content_type: content_type(page), captured_at: None, bytes: &bytes };
    Ok(shielded(|| answer(&input)).map_err(anyhow::Error::from)?)
}

fn from_network<T>(config: &Config, url: &Url, answer: &impl Fn(&Input<'_>) -> T) -> anyhow::Result<T> {
    let runtime = tokio::runtime::Runtime::new()?;
    let client = Client::new(&config.fetch)?;
    let capture = runtime.block_on(pipeline::capture(&client, &config.fetching(), url))?;
    let bytes = capture.payload(config.fetch.max_size)?;
    let input = Input {
        id: url.as_str(),
        url: &capture.url,
        content_type: capture.content_type(),
        captured_at: Some(capture.fetched_at),
        bytes: &bytes,
    };
    Ok(shielded(|| answer(&input))?)
}

/// What a file's name says of it: only a text file has to be told apart from HTML.
fn content_type(path: &str) -> Option<&'static str> {
    path.ends_with(".txt").then_some("text/plain")
}
