//! `tearsheet status`: how each source is doing.

use std::path::Path;
use std::process::ExitCode;

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::arguments::Json;
use super::failure::Failure;
use super::output;
use super::table;
use crate::archive::View;
use crate::config;

#[derive(Serialize)]
struct SourceStatus {
    source: String,
    articles: u64,
    revisions: u64,
    bytes: u64,
    last_checked: Option<DateTime<Utc>>,
    last_success: Option<DateTime<Utc>>,
    failures_in_a_row: u32,
    trouble: Option<String>,
}

pub(super) fn run(root: &Path, options: &Json) -> Result<ExitCode, Failure> {
    let config = config::load(root)?;
    let archive = View::open(&config.archive)?;
    let counts = archive.counts()?;
    let mut rows = Vec::new();
    for source in &config.sources {
        let id = &source.source.id;
        let state = archive.source_state(id)?;
        let count = counts.iter().find(|count| count.source == *id);
        rows.push(SourceStatus {
            source: id.to_string(),
            articles: count.map_or(0, |count| count.articles),
            revisions: count.map_or(0, |count| count.revisions),
            bytes: count.map_or(0, |count| count.bytes),
            last_checked: state.last_checked,
            last_success: state.last_success,
            failures_in_a_row: state.failures,
            trouble: state.trouble.filter(|_| state.failures > 0),
        });
    }
    let troubled = rows.iter().any(|row| row.trouble.is_some());
    if options.json {
        output::line(serde_json::to_string_pretty(&rows).expect("plain values serialise"));
    } else if rows.is_empty() {
        eprintln!("there is no source yet: `tearsheet add URL` makes one");
    } else {
        let head = ["source", "articles", "revisions", "size", "last success", "trouble"];
        output::line(table::layout(&head, &rows.iter().map(row).collect::<Vec<_>>()).trim_end());
    }
    Ok(ExitCode::from(u8::from(troubled)))
}

fn row(status: &SourceStatus) -> Vec<String> {
    let at = |at: Option<DateTime<Utc>>| {
        at.map_or("never".to_owned(), |at| at.format("%Y-%m-%d %H:%M").to_string())
    };
    vec![
        status.source.clone(),
        status.articles.to_string(),
        status.revisions.to_string(),
        indicatif::HumanBytes(status.bytes).to_string(),
        at(status.last_success),
        status.trouble.clone().unwrap_or_default(),
    ]
}
