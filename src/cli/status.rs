//! `tearsheet status`: how each source is doing, what is held back, and what the archive takes.

use std::path::Path;
use std::process::ExitCode;

use chrono::{DateTime, Utc};
use owo_colors::Stream;
use serde::Serialize;

use super::arguments::Status;
use super::failure::Failure;
use super::output;
use super::root;
use super::run::complain_of;
use super::size::Size;
use super::table;
use super::terminal::{Paint, one_line, painted};
use super::words::count;
use super::wrap::terminal_width;
use crate::archive::{FailedPage, PictureCount, View, WithdrawnArticle};
use crate::config::{BrokenSource, Config};
use crate::model::{Condition, HealthKind, Held, SourceId};
use crate::pipeline::{self, REFUSALS_DAYS, RefusedByHost};

/// Pages of a source that could not be had and are shown.
const FAILED_SHOWN: usize = 10;

#[derive(Serialize)]
struct StatusAnswer<'a> {
    sources: &'a [SourceStatus],
    /// Which hosts refused pages in the last month, how and how often.
    refusals: &'a RefusedByHost,
    archive: &'a Size,
}

#[derive(Serialize)]
pub(super) struct SourceStatus {
    pub(super) source: String,
    pub(super) articles: u64,
    revisions: u64,
    bytes: u64,
    /// In the last four weeks.
    articles_a_week: Option<f64>,
    /// When its newest article was published, or first seen.
    pub(super) newest_article: Option<DateTime<Utc>>,
    last_checked: Option<DateTime<Utc>>,
    last_success: Option<DateTime<Utc>>,
    failures_in_a_row: u32,
    /// `ok`, `failing`, `empty` or `drifted`; `incomplete` if it is well but for pages that failed; `broken` if its file
    /// has mistakes.
    pub(super) state: &'static str,
    /// Since when it is in trouble.
    since: Option<DateTime<Utc>>,
    trouble: Option<String>,
    held: Vec<Held>,
    /// Pages that could not be had.
    failed: Vec<FailedPage>,
    /// Articles that you took down.
    withdrawn: Vec<WithdrawnArticle>,
    /// Pictures that its articles were the first to show.
    pictures: Pictures,
    /// Whether something held back is still looked at: who does not look now may have to later.
    #[serde(skip)]
    is_held_now: bool,
}

#[derive(Clone, Copy, Serialize)]
struct Pictures {
    kept: u64,
    /// Not fetched: older than a week when pictures were first kept, or still to come.
    unasked: u64,
    failed: u64,
    /// Larger than `[pictures]` allows.
    too_large: u64,
}

impl From<PictureCount> for Pictures {
    fn from(count: PictureCount) -> Pictures {
        let PictureCount { kept, unasked, failed, let_go } = count;
        Pictures { kept, unasked, failed, too_large: let_go }
    }
}

impl SourceStatus {
    /// The same of a source whose file has a mistake.
    fn broken(self, mistake: String) -> SourceStatus {
        SourceStatus { state: "broken", since: None, trouble: Some(mistake), ..self }
    }

    fn is_bad(&self) -> bool {
        self.state != "ok"
    }
}

pub(super) fn run(root: &Path, options: &Status) -> Result<ExitCode, Failure> {
    let config = root::load(root)?;
    pipeline::require_sources(&config)?;
    let archive = pipeline::view(&config)?;
    let mut rows = all(&config, &archive, Utc::now())?;
    if let Some(unknown) = options.sources.iter().find(|name| rows.iter().all(|row| row.source != **name)) {
        return Err(pipeline::unknown_source(&config, unknown).into());
    }
    let is_of_all = options.sources.is_empty();
    rows.retain(|row| is_of_all || options.sources.contains(&row.source));
    let size = Size::of(&archive.volumes()?);
    let refusals = if is_of_all { pipeline::refusals(&archive, Utc::now())? } else { RefusedByHost::new() };
    if options.json {
        let answer = StatusAnswer { sources: &rows, refusals: &refusals, archive: &size };
        output::json(serde_json::to_string_pretty(&answer).expect("plain values serialise"));
    } else {
        print(&rows);
        print_refusals(&refusals);
        if is_of_all {
            output::line(format_args!("\n{}", size.lines()));
        }
    }
    let nameless: Vec<String> =
        config.broken.iter().filter(|broken| broken.id.is_none()).map(BrokenSource::summary).collect();
    let needs_a_look = complain_of(&nameless) || rows.iter().any(|row| row.is_bad() || row.is_held_now);
    Ok(ExitCode::from(u8::from(needs_a_look)))
}

/// How each source is doing, sorted by name; those whose files have mistakes too.
pub(super) fn all(config: &Config, archive: &View, now: DateTime<Utc>) -> Result<Vec<SourceStatus>, Failure> {
    let counts = archive.counts()?;
    let mut rows = Vec::new();
    let sound = config.sources.iter().map(|source| (&source.source.id, None));
    let broken =
        config.broken.iter().filter_map(|broken| Some((broken.id.as_ref()?, Some(broken.summary()))));
    for (id, mistake) in sound.chain(broken) {
        let count = counts.iter().find(|count| count.source == *id);
        let sizes = count.map_or((0, 0), |count| (count.revisions, count.bytes));
        let row = status(archive, id, sizes, now)?;
        rows.push(match mistake {
            Some(mistake) => row.broken(mistake),
            None => row,
        });
    }
    rows.sort_by(|one, other| one.source.cmp(&other.source));
    Ok(rows)
}

fn status(
    archive: &View,
    id: &SourceId,
    (revisions, bytes): (u64, u64),
    now: DateTime<Utc>,
) -> Result<SourceStatus, Failure> {
    let state = archive.source_state(id)?;
    let condition = archive.condition(id)?;
    let failed = archive.failed_pages(id)?;
    let (articles_a_week, newest_article) = (condition.weekly(now), condition.newest_at());
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
        newest_article,
        last_checked: state.last_checked,
        last_success: state.last_success,
        failures_in_a_row: state.failures,
        state: match &trouble {
            Some(trouble) => HealthKind::from(trouble.kind).name(),
            None if failed.is_empty() => "ok",
            None => "incomplete",
        },
        since: trouble.as_ref().map(|trouble| trouble.since),
        // The last reason, where the index still knows it.
        trouble: trouble.map(|trouble| state.trouble.unwrap_or(trouble.reason)),
        held,
        failed,
        withdrawn: archive.withdrawn_of(id)?,
        pictures: archive.picture_count(id)?.into(),
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
    let blocks = table::blocks(&head, &rows.iter().map(row).collect::<Vec<_>>(), terminal_width());
    for (at, block) in blocks.iter().enumerate().filter(|(_, block)| !block.is_empty()) {
        let block = block.strip_suffix('\n').unwrap_or(block);
        let is_bad = at > 0 && rows[at - 1].is_bad();
        if is_bad {
            output::line(painted(block, Paint::Red, Stream::Stdout));
        } else {
            output::line(block);
        }
    }
    print_pictures(rows);
    print_failed_pages(rows);
    print_held_pages(rows);
    print_withdrawn(rows);
}

fn print_held_pages(rows: &[SourceStatus]) {
    let all: usize = rows.iter().map(|row| row.held.len()).sum();
    if all == 0 {
        return;
    }
    output::line(format_args!(
        "\n{} held back; `tearsheet release URL` publishes one all the same:",
        count(all, "page")
    ));
    for row in rows {
        row.held.iter().for_each(|held| print_held(&row.source, held));
    }
}

fn print_withdrawn(rows: &[SourceStatus]) {
    let all: usize = rows.iter().map(|row| row.withdrawn.len()).sum();
    if all == 0 {
        return;
    }
    output::line(format_args!(
        "\n{} withdrawn; `tearsheet release URL` publishes one again:",
        count(all, "article")
    ));
    for row in rows {
        for article in &row.withdrawn {
            output::line(format_args!("\n  {}\n  {}", article.url, one_line(&article.title)));
            output::line(format_args!("  {}: {}", row.source, one_line(&article.reason)));
        }
    }
}

/// Says how many pictures there are, where there are any, and what became of the others.
fn print_pictures(rows: &[SourceStatus]) {
    let sum = |of: fn(&Pictures) -> u64| -> u64 { rows.iter().map(|row| of(&row.pictures)).sum() };
    let others = [
        (sum(|one| one.unasked), "not fetched; `tearsheet run --backfill-images` fetches them"),
        (sum(|one| one.failed), "could not be fetched"),
        (sum(|one| one.too_large), "larger than [pictures] allows"),
    ];
    let others: Vec<String> = others
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{count} {what}"))
        .collect();
    let kept = sum(|one| one.kept);
    if kept > 0 || !others.is_empty() {
        let all: Vec<String> = [format!("{kept} kept")].into_iter().chain(others).collect();
        output::line(format_args!("\npictures: {}", all.join(", ")));
    }
}

/// Says which pages could not be had, why, and when they are tried again.
fn print_failed_pages(rows: &[SourceStatus]) {
    let all: usize = rows.iter().map(|row| row.failed.len()).sum();
    if all == 0 {
        return;
    }
    output::line(format_args!(
        "\n{} could not be fetched; `tearsheet run --retry` tries again now:",
        count(all, "page")
    ));
    for row in rows {
        for page in row.failed.iter().take(FAILED_SHOWN) {
            let next = page.next_try_at.map_or("when it is listed again".to_owned(), minute);
            output::line(format_args!(
                "\n  {}\n  {}: {}; next try {next}",
                page.url,
                row.source,
                one_line(&page.reason)
            ));
        }
        if row.failed.len() > FAILED_SHOWN {
            let more = row.failed.len() - FAILED_SHOWN;
            output::line(format_args!("\n  {}: and {more} more; `--json` has all", row.source));
        }
    }
}

/// Says which hosts refused pages.
fn print_refusals(refusals: &RefusedByHost) {
    if refusals.is_empty() {
        return;
    }
    output::line(format_args!(
        "\n{} refused pages in the last {REFUSALS_DAYS} days:\n",
        count(refusals.len(), "host")
    ));
    for (host, kinds) in refusals {
        for (refusal, refused) in kinds {
            let (times, last) = (count(refused.times as usize, "time"), minute(refused.last));
            output::line(format_args!("  {}: {refusal}; {times}, last {last}", one_line(host)));
        }
    }
}

fn print_held(source: &str, held: &Held) {
    let kind = if held.is_revision { "a revision of " } else { "" };
    output::line(format_args!("\n  {kind}{}", held.url));
    if let Some(title) = &held.title {
        output::line(format_args!("  {}", one_line(title)));
    }
    output::line(format_args!("  {source}, since {}: {}", minute(held.since), one_line(&held.reason)));
}

fn minute(at: DateTime<Utc>) -> String {
    at.format("%Y-%m-%d %H:%M").to_string()
}

fn row(status: &SourceStatus) -> Vec<String> {
    let trouble = status.trouble.as_deref().unwrap_or_default();
    let state = match (status.since, trouble) {
        (Some(since), trouble) => format!("{} since {}: {trouble}", status.state, minute(since)),
        (None, "") if !status.failed.is_empty() => {
            format!("{}: {} could not be fetched", status.state, count(status.failed.len(), "page"))
        }
        (None, "") => status.state.to_owned(),
        (None, trouble) => format!("{}: {trouble}", status.state),
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
