//! WARC and WACZ files.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::anyhow;
use chrono::Utc;
use serde_json::json;

use crate::cli::arguments::Import;
use crate::cli::failure::Failure;
use crate::cli::import::write;
use crate::cli::output;
use crate::cli::progress::Display;
use crate::cli::root;
use crate::cli::run::{complain_of, published};
use crate::cli::words::count;
use crate::config::{self, Config};
use crate::model::SourceId;
use crate::pipeline::{self, Imported, Mode};

pub(super) fn run(root: &Path, options: &Import, quiet: bool) -> Result<ExitCode, Failure> {
    let config = root::load_told(root)?;
    // Captures are read by the rules of their source.
    if let Some(mistakes) = config.mistakes() {
        return Err(mistakes.into());
    }
    // A source's file of that name would be a mistake in the configuration.
    if let Some(feed) = config.feeds.iter().find(|feed| Some(&feed.id) == options.source.as_ref()) {
        return Err(
            anyhow!("`{}` is a feed of several sources: captures become articles of one", feed.id).into()
        );
    }
    let display = Display::new(quiet || options.json);
    let runtime = tokio::runtime::Runtime::new().map_err(anyhow::Error::from)?;
    let observer = |progress: pipeline::Progress| display.show(&progress);
    let now = Utc::now();
    let mode = if options.dry_run { Mode::Preview } else { Mode::Keep };
    let import = pipeline::import(&config, &options.files, options.source.as_ref(), mode, now, &observer);
    let imported = runtime.block_on(import);
    display.finish();
    let imported = imported?;
    if mode == Mode::Preview {
        preview(&config, &imported, options, quiet);
        return Ok(ExitCode::from(u8::from(imported.needs_a_look())));
    }
    let made = write_sources(&config, &imported)?;
    // What was made is to have its feeds.
    let config = if made.is_empty() { config } else { root::load_told(root)? };
    let built = pipeline::publish(&config, now, &observer);
    display.finish();
    let built = built?;
    if options.json {
        let answer = json!({ "imported": imported, "written": made, "published": built });
        output::json(serde_json::to_string_pretty(&answer).expect("plain values serialise"));
    } else {
        tell(&config, &imported, mode, quiet);
        if !quiet {
            made.iter().for_each(|path| eprintln!("{path}: written, with `follow = false`"));
            eprintln!("{}", published(&config, &built));
        }
    }
    let needs_a_look = complain_of(&built.unreadable) || imported.needs_a_look();
    Ok(ExitCode::from(u8::from(needs_a_look)))
}

/// What an import would do.
fn preview(config: &Config, imported: &Imported, options: &Import, quiet: bool) {
    let made: Vec<String> =
        imported.sources.keys().map(|id| source_file(config, id).display().to_string()).collect();
    if options.json {
        let answer = json!({ "would_import": imported, "would_write": made });
        output::json(serde_json::to_string_pretty(&answer).expect("plain values serialise"));
        return;
    }
    tell(config, imported, Mode::Preview, quiet);
    if !quiet {
        made.iter().for_each(|path| eprintln!("{path}: would be written, with `follow = false`"));
    }
}

fn source_file(config: &Config, id: &SourceId) -> PathBuf {
    config.root.join("config/sources").join(format!("{id}.toml"))
}

/// Writes a file for each source that is not configured, so that its articles have a feed.
fn write_sources(config: &Config, imported: &Imported) -> Result<Vec<String>, Failure> {
    let mut written = Vec::new();
    for (id, url) in &imported.sources {
        let path = source_file(config, id);
        write(&path, &config::imported_source_file(url))?;
        written.push(path.display().to_string());
    }
    Ok(written)
}

fn tell(config: &Config, imported: &Imported, mode: Mode, quiet: bool) {
    if !quiet {
        eprintln!("{}: {}", config.archive.path.display(), summary(imported, mode));
        for (why, tally) in &imported.rejected {
            eprintln!("no article: {}: {why}, {} first", count(tally.pages, "page"), tally.first);
        }
    }
    for (passed, number) in &imported.passed {
        if passed.is_odd() || !quiet {
            eprintln!("skipped: {number} {passed}");
        }
    }
}

fn summary(imported: &Imported, mode: Mode) -> String {
    let (articles, revisions) = (count(imported.articles, "article"), count(imported.revisions, "revision"));
    let done = match mode {
        Mode::Preview => "would be imported",
        Mode::Keep => "imported",
    };
    let known = match imported.known {
        0 => String::new(),
        known => format!("; {} here already", count(known, "capture")),
    };
    format!("{articles} and {revisions} {done}{known}")
}
