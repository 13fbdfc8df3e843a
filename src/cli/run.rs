//! `tearsheet run`: the main job.

use std::path::Path;
use std::process::ExitCode;

use chrono::Utc;
use indicatif::HumanBytes;

use super::arguments::Run;
use super::failure::Failure;
use super::interrupt;
use super::output;
use super::progress::{Display, mark_failed};
use super::root;
use super::table;
use super::words::count;
use super::wrap::error_width;
use crate::archive::View;
use crate::config::Config;
use crate::pipeline::{
    self, Asks, FoundBy, PictureReport, Published, RehearsedSource, RunMode, RunReport, SourceReport, Stop,
};

pub(super) fn run(root: &Path, options: &Run, quiet: bool) -> Result<ExitCode, Failure> {
    let config = root::load(root)?;
    pipeline::require_sources(&config)?;
    if options.plan {
        return plan(&config, options);
    }
    if options.dry_run {
        return rehearse(&config, options);
    }
    let is_first = !(quiet || options.json) && is_first(&config);
    if is_first {
        hint_at_contact(&config);
    }
    let mode = match options.backfill {
        Some(most) => RunMode::Backfill(most),
        None if options.retry => RunMode::Retry,
        None if options.backfill_images => RunMode::Pictures,
        None => RunMode::News,
    };
    let report = once(&config, &options.sources, mode, quiet || options.json)?;
    tell(&config, &report, Telling::of(options.json, quiet));
    if is_first && report.published.written > 0 {
        eprintln!("`tearsheet serve` shows it on this machine, with the addresses to subscribe to");
    }
    Ok(exit_code(&report))
}

/// Prints what a run would ask for first, a URL a line.
fn plan(config: &Config, options: &Run) -> Result<ExitCode, Failure> {
    let plan = pipeline::plan(config, &options.sources, Utc::now())?;
    if options.json {
        output::json(serde_json::to_string_pretty(&plan).expect("plain values serialise"));
        return Ok(ExitCode::SUCCESS);
    }
    for planned in &plan {
        if let Some(until) = planned.left_alone_until {
            eprintln!("{}: backing off until {}", planned.source, until.format("%Y-%m-%d %H:%M UTC"));
        }
        planned.list.iter().chain(&planned.pages).for_each(output::line);
    }
    eprintln!("articles that a list names are fetched too; robots.txt files are asked for once a day");
    Ok(ExitCode::SUCCESS)
}

/// Whether nothing was archived yet.
fn is_first(config: &Config) -> bool {
    let volumes = View::open_or_empty(&config.archive).and_then(|view| view.volumes());
    volumes.is_ok_and(|volumes| volumes.is_empty())
}

/// Prints which pages a run would fetch.
fn rehearse(config: &Config, options: &Run) -> Result<ExitCode, Failure> {
    let asks = match (options.retry, options.sources.is_empty()) {
        (true, _) => Asks::Again,
        (false, true) => Asks::Due,
        (false, false) => Asks::All,
    };
    let runtime = tokio::runtime::Runtime::new().map_err(anyhow::Error::from)?;
    let sources = runtime.block_on(pipeline::rehearse(config, &options.sources, asks, Utc::now()))?;
    let has_trouble = sources.iter().any(|source| source.trouble.is_some());
    if options.json {
        output::json(serde_json::to_string_pretty(&sources).expect("plain values serialise"));
        return Ok(ExitCode::from(u8::from(has_trouble)));
    }
    for RehearsedSource { source, is_due, trouble, pages } in &sources {
        match trouble {
            Some(trouble) => eprintln!("{} {source}: {trouble}", mark_failed()),
            None if *is_due => eprintln!("{source}: {} to fetch", count(pages.len(), "page")),
            None => eprintln!("{source}: not due; name it to ask it all the same"),
        }
        for page in pages {
            output::line(format!("{:<5}  {}", page.why.name(), page.url));
        }
    }
    Ok(ExitCode::from(u8::from(has_trouble)))
}

/// Says that who runs a site cannot tell whose requests these are, if it is so.
pub(super) fn hint_at_contact(config: &Config) {
    if config.fetch.contact.is_none() && !config.sources.is_empty() {
        eprintln!(
            "no contact is set, so the sites you follow cannot reach you; set contact = \"…\" (an e-mail address or a \
             URL) under [fetch] in config/tearsheet.toml"
        );
    }
}

/// How the outcome of a run is told.
#[derive(Clone, Copy)]
pub(super) enum Telling {
    /// To programs.
    Json,
    /// To cron: only what somebody should look at.
    Quiet,
    /// To people.
    Table,
}

impl Telling {
    pub(super) fn of(json: bool, quiet: bool) -> Telling {
        match (json, quiet) {
            (true, _) => Telling::Json,
            (false, true) => Telling::Quiet,
            (false, false) => Telling::Table,
        }
    }
}

/// What the run did, for whoever reads it.
pub(super) fn tell(config: &Config, report: &RunReport, how: Telling) {
    match how {
        Telling::Json => {
            output::json(serde_json::to_string_pretty(report).expect("plain values serialise"));
        }
        Telling::Quiet => complain(report),
        Telling::Table => print(config, report),
    }
}

/// One run, with its progress shown unless `silent`.
pub(super) fn once(
    config: &Config,
    only: &[String],
    mode: RunMode,
    silent: bool,
) -> Result<RunReport, Failure> {
    let display = Display::new(silent);
    let runtime = tokio::runtime::Runtime::new().map_err(anyhow::Error::from)?;
    let observer = |progress| display.show(&progress);
    let now = Utc::now();
    let stop = Stop::default();
    runtime.spawn(stop_when_interrupted(stop.clone()));
    let ran = runtime.block_on(pipeline::run_until(&stop, config, only, mode, now, &observer));
    display.finish();
    Ok(ran?)
}

/// The first Ctrl-C, or the signal by which services are stopped, ends a run in good order; the second ends it at once,
/// and the next run takes up what it left.
async fn stop_when_interrupted(stop: Stop) {
    interrupt::interrupted().await;
    eprintln!("stopping: what was fetched is archived and published; Ctrl-C again ends it at once");
    stop.ask();
    interrupt::interrupted().await;
    std::process::exit(interrupt::EXIT_CODE);
}

pub(super) fn exit_code(report: &RunReport) -> ExitCode {
    ExitCode::from(u8::from(report.needs_a_look()))
}

/// The summary.
pub(super) fn print(config: &Config, report: &RunReport) {
    complain_of(&report.configuration);
    complain_of(&report.published.unannounced);
    complain_of(&report.published.theme);
    complain_of(&report.published.unreadable);
    if let Some(recovered) = &report.recovered {
        eprintln!("{recovered}");
    }
    let rows: Vec<Vec<String>> = report.sources.iter().map(row).collect();
    if !rows.is_empty() {
        let head = ["source", "found by", "listed", "new", "revised", "same", "trouble", ""];
        if report.needs_a_look() {
            eprintln!();
        }
        eprint!("{}", table::blocks(&head, &rows, error_width()).concat());
    }
    if let Some(line) = pictures(report) {
        eprintln!("{line}");
    }
    eprintln!("{}", published(config, &report.published));
}

/// What came of pictures; nothing where none was asked for.
fn pictures(report: &RunReport) -> Option<String> {
    let sum = |of: fn(&PictureReport) -> usize| -> usize {
        report.sources.iter().map(|source| of(&source.pictures)).sum()
    };
    let bytes: u64 = report.sources.iter().map(|source| source.pictures.bytes).sum();
    let (kept, failed, let_go) = (sum(|one| one.kept), sum(|one| one.failed), sum(|one| one.let_go));
    let mut parts = Vec::new();
    if kept > 0 {
        parts.push(format!("{kept} kept ({})", HumanBytes(bytes)));
    }
    if failed > 0 {
        parts.push(format!("{failed} could not be fetched"));
    }
    if let_go > 0 {
        parts.push(format!("{let_go} too large"));
    }
    (!parts.is_empty()).then(|| format!("pictures: {}", parts.join(", ")))
}

fn row(report: &SourceReport) -> Vec<String> {
    let remark = report
        .failure
        .as_ref()
        .or(report.drifted.as_ref())
        .or(report.left_out.first())
        .or(report.warnings.first())
        .cloned()
        .unwrap_or_default();
    vec![
        report.source.to_string(),
        found_by(report).to_owned(),
        report.candidates.to_string(),
        report.new.to_string(),
        report.revised.to_string(),
        report.unchanged.to_string(),
        report.troubles.len().to_string(),
        remark,
    ]
}

/// How the articles were found; nothing of a source that could not be read.
fn found_by(report: &SourceReport) -> &'static str {
    match report.found_by {
        FoundBy::Unchanged if report.failure.is_some() => "-",
        found_by => found_by.name(),
    }
}

pub(super) fn published(config: &Config, published: &Published) -> String {
    let output = config.site.output.display();
    match (published.written, published.removed) {
        (0, 0) => format!("{output}: nothing changed"),
        (written, 0) => format!("{output}: {} written", count(written, "file")),
        (written, removed) => format!("{output}: {} written, {removed} removed", count(written, "file")),
    }
}

/// Says which records cannot be read, on standard error. Whether there are any: then somebody should look.
pub(super) fn complain_of(records: &[String]) -> bool {
    records.iter().for_each(|unreadable| eprintln!("{unreadable}"));
    !records.is_empty()
}

/// What cron should mail: only what somebody should look at.
fn complain(report: &RunReport) {
    complain_of(&report.configuration);
    complain_of(&report.published.unannounced);
    complain_of(&report.published.theme);
    complain_of(&report.published.unreadable);
    report.alerts.iter().for_each(|alert| eprintln!("{alert}"));
}
