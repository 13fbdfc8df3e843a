//! `tearsheet status`: how each source is doing, what is held back, and what the archive takes.

use std::path::Path;
use std::process::ExitCode;

use chrono::{DateTime, Utc};
use owo_colors::{OwoColorize, Stream};
use serde::Serialize;

use super::arguments::Json;
use super::failure::Failure;
use super::output;
use super::size::Size;
use super::table;
use super::words::count;
use crate::archive::View;
use crate::config;
use crate::model::{Condition, HealthKind, Held, SourceId};
use crate::pipeline;

#[derive(Serialize)]
struct Status<'a> {
    sources: &'a [SourceStatus],
    archive: &'a Size,
}

#[derive(Serialize)]
struct SourceStatus {
    source: String,
    articles: u64,
    revisions: u64,
    bytes: u64,
    /// In the last four weeks.
    articles_a_week: Option<f64>,
    last_checked: Option<DateTime<Utc>>,
    last_success: Option<DateTime<Utc>>,
    failures_in_a_row: u32,
    /// `ok`, `failing`, `empty` or `drifted`.
    state: &'static str,
    /// Since when it is in trouble.
    since: Option<DateTime<Utc>>,
    trouble: Option<String>,
    held: Vec<Held>,
    /// Whether something held back is still looked at: who does not look now may have to later.
    #[serde(skip)]
    is_held_now: bool,
}

pub(super) fn run(root: &Path, options: &Json) -> Result<ExitCode, Failure> {
    let config = config::load(root)?;
    let archive = pipeline::view(&config)?;
    let counts = archive.counts()?;
    let now = Utc::now();
    let mut rows = Vec::new();
    for source in &config.sources {
        let id = &source.source.id;
        let count = counts.iter().find(|count| count.source == *id);
        let sizes = count.map_or((0, 0), |count| (count.revisions, count.bytes));
        rows.push(status(&archive, id, sizes, now)?);
    }
    let size = Size::of(&archive.volumes()?);
    if options.json {
        let all = Status { sources: &rows, archive: &size };
        output::line(serde_json::to_string_pretty(&all).expect("plain values serialise"));
    } else if rows.is_empty() {
        eprintln!("there is no source yet: `tearsheet add URL` makes one");
    } else {
        print(&rows);
        output::line(format_args!("\n{}", size.lines()));
    }
    let needs_a_look = rows.iter().any(|row| row.since.is_some() || row.is_held_now);
    Ok(ExitCode::from(u8::from(needs_a_look)))
}

fn status(
    archive: &View,
    id: &SourceId,
    (revisions, bytes): (u64, u64),
    now: DateTime<Utc>,
) -> Result<SourceStatus, Failure> {
    let state = archive.source_state(id)?;
    let condition = archive.condition(id)?;
    let articles_a_week = condition.weekly(now);
    let Condition { trouble, articles, held, .. } = condition;
    let mut is_held_now = false;
    for held in &held {
        is_held_now |= is_looked_at(archive, held)?;
    }
    Ok(SourceStatus {
        source: id.to_string(),
        articles,
        revisions,
        bytes,
        articles_a_week,
        last_checked: state.last_checked,
        last_success: state.last_success,
        failures_in_a_row: state.failures,
        state: trouble.as_ref().map_or("ok", |trouble| HealthKind::from(trouble.kind).name()),
        since: trouble.as_ref().map(|trouble| trouble.since),
        // The last reason, where the index still knows it.
        trouble: trouble.map(|trouble| state.trouble.unwrap_or(trouble.reason)),
        held,
        is_held_now,
    })
}

/// Whether a page that is held back will be asked for again.
fn is_looked_at(archive: &View, held: &Held) -> Result<bool, Failure> {
    Ok(match archive.article(&held.id)?.filter(|_| held.is_revision) {
        Some(known) => known.next_look_at.is_some(),
        None => archive.page_state(&held.url)?.next_try_at.is_some(),
    })
}

fn print(rows: &[SourceStatus]) {
    let head = ["source", "articles", "/week", "revisions", "size", "last success", "state"];
    let table = table::layout(&head, &rows.iter().map(row).collect::<Vec<_>>());
    for (at, line) in table.lines().enumerate() {
        let is_bad = at > 0 && rows[at - 1].since.is_some();
        if is_bad {
            output::line(line.if_supports_color(Stream::Stdout, |line| line.red()));
        } else {
            output::line(line);
        }
    }
    let held: Vec<&Held> = rows.iter().flat_map(|row| &row.held).collect();
    if held.is_empty() {
        return;
    }
    output::line(format_args!(
        "\n{} held back; `tearsheet release URL` publishes one all the same:",
        count(held.len(), "page")
    ));
    for row in rows {
        row.held.iter().for_each(|held| print_held(&row.source, held));
    }
}

fn print_held(source: &str, held: &Held) {
    let kind = if held.is_revision { "a revision of " } else { "" };
    output::line(format_args!("\n  {kind}{}", held.url));
    if let Some(title) = &held.title {
        output::line(format_args!("  {title}"));
    }
    output::line(format_args!("  {source}, since {}: {}", minute(held.since), held.reason));
}

fn minute(at: DateTime<Utc>) -> String {
    at.format("%Y-%m-%d %H:%M").to_string()
}

fn row(status: &SourceStatus) -> Vec<String> {
    let trouble = status.trouble.as_deref().unwrap_or_default();
    let state = match status.since {
        None => status.state.to_owned(),
        Some(since) => format!("{} since {}: {trouble}", status.state, minute(since)),
    };
    vec![
        status.source.clone(),
        status.articles.to_string(),
        status.articles_a_week.map_or("-".to_owned(), |rate| rate.to_string()),
        status.revisions.to_string(),
        indicatif::HumanBytes(status.bytes).to_string(),
        status.last_success.map_or("never".to_owned(), minute),
        state,
    ]
}
