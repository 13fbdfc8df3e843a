//! `tearsheet list`: the sources that are followed.

use std::path::Path;
use std::process::ExitCode;

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::json;
use url::Url;

use super::arguments::Json;
use super::failure::Failure;
use super::output;
use super::root;
use super::status::{SourceStatus, all};
use super::table;
use super::wrap::terminal_width;
use crate::config::{Config, SourceConfig};
use crate::pipeline;

/// A source in the list.
#[derive(Serialize)]
struct ListedSource<'a> {
    source: &'a str,
    title: Option<&'a str>,
    url: Option<&'a Url>,
    /// The way in which it is followed, as its file says; `none` if it is not.
    kind: &'a str,
    articles: u64,
    newest_article: Option<DateTime<Utc>>,
    state: &'a str,
}

pub(super) fn run(root: &Path, options: &Json) -> Result<ExitCode, Failure> {
    let config = root::load(root)?;
    pipeline::require_sources(&config)?;
    let rows = all(&config, &pipeline::view(&config)?, Utc::now())?;
    let listed: Vec<ListedSource<'_>> = rows.iter().map(|status| listed(&config, status)).collect();
    if options.json {
        let answer = json!({ "sources": listed });
        output::json(serde_json::to_string_pretty(&answer).expect("plain values serialise"));
    } else {
        let head = ["source", "title", "kind", "articles", "newest", "state"];
        let rows: Vec<Vec<String>> = listed.iter().map(row).collect();
        output::line(table::blocks(&head, &rows, terminal_width()).concat().trim_end());
    }
    Ok(ExitCode::SUCCESS)
}

fn listed<'a>(config: &'a Config, status: &'a SourceStatus) -> ListedSource<'a> {
    let source = config.source(&status.source);
    let kind = |source: &&SourceConfig| source.is_followed;
    ListedSource {
        source: &status.source,
        title: source.map(|source| source.source.title.as_str()),
        url: source.map(|source| &source.source.url),
        kind: source.filter(kind).map_or("none", |source| source.discover.kind.name()),
        articles: status.articles,
        newest_article: status.newest_article,
        state: status.state,
    }
}

fn row(listed: &ListedSource<'_>) -> Vec<String> {
    vec![
        listed.source.to_owned(),
        listed.title.unwrap_or_default().to_owned(),
        listed.kind.to_owned(),
        listed.articles.to_string(),
        listed.newest_article.map_or("-".to_owned(), |at| at.date_naive().to_string()),
        listed.state.to_owned(),
    ]
}
