//! WARC and WACZ files.

use std::path::Path;
use std::process::ExitCode;

use anyhow::anyhow;
use chrono::Utc;
use serde_json::json;

use crate::cli::arguments::Import;
use crate::cli::failure::Failure;
use crate::cli::import::write;
use crate::cli::output;
use crate::cli::progress::Display;
use crate::cli::run::{complain_of, published};
use crate::cli::words::count;
use crate::config::{self, Config};
use crate::pipeline::{self, Imported};

pub(super) fn run(root: &Path, options: &Import, quiet: bool) -> Result<ExitCode, Failure> {
    let config = config::load(root)?;
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
    let import = pipeline::import(&config, &options.files, options.source.as_ref(), now, &observer);
    let imported = runtime.block_on(import);
    display.finish();
    let imported = imported?;
    let made = write_sources(&config, &imported)?;
    // What was made is to have its feeds.
    let config = if made.is_empty() { config } else { config::load(root)? };
    let built = pipeline::publish(&config, now, &observer);
    display.finish();
    let built = built?;
    if options.json {
        let answer = json!({ "imported": imported, "written": made, "published": built });
        output::line(serde_json::to_string_pretty(&answer).expect("plain values serialise"));
    } else {
        tell(&config, &imported, quiet);
        if !quiet {
            made.iter().for_each(|path| eprintln!("{path}: written, with `follow = false`"));
            eprintln!("{}", published(&config, &built));
        }
    }
    let needs_a_look = complain_of(&built.unreadable) || imported.needs_a_look();
    Ok(ExitCode::from(u8::from(needs_a_look)))
}

/// Writes a file for each source that is not configured, so that its articles have a feed.
fn write_sources(config: &Config, imported: &Imported) -> Result<Vec<String>, Failure> {
    let folder = config.root.join("config/sources");
    let mut written = Vec::new();
    for (id, url) in &imported.sources {
        let path = folder.join(format!("{id}.toml"));
        write(&path, &config::imported_source_file(url))?;
        written.push(path.display().to_string());
    }
    Ok(written)
}

fn tell(config: &Config, imported: &Imported, quiet: bool) {
    if !quiet {
        eprintln!("{}: {}", config.archive.path.display(), summary(imported));
        for (why, tally) in &imported.rejected {
            eprintln!("no article: {}: {why}, {} first", count(tally.pages, "page"), tally.first);
        }
    }
    for (passed, number) in &imported.passed {
        if passed.is_odd() || !quiet {
            eprintln!("passed over: {number} {passed}");
        }
    }
}

fn summary(imported: &Imported) -> String {
    let (articles, revisions) = (count(imported.articles, "article"), count(imported.revisions, "revision"));
    let known = match imported.known {
        0 => String::new(),
        known => format!("; {} here already", count(known, "capture")),
    };
    format!("{articles} and {revisions} taken in{known}")
}
