//! `tearsheet check`, and how mistakes in the configuration are shown.

use std::path::Path;
use std::process::ExitCode;

use miette::{Diagnostic, GraphicalReportHandler, GraphicalTheme};
use owo_colors::{OwoColorize, Stream};
use serde_json::{Value, json};

use super::arguments::Json;
use super::failure::Failure;
use super::output;
use super::words::count;
use crate::config::{self, Config, Errors, Problem};

pub(super) fn run(root: &Path, options: &Json, quiet: bool) -> Result<ExitCode, Failure> {
    let loaded = config::load(root);
    if options.json {
        let problems = loaded.as_ref().err().map_or(&[][..], |errors| &errors.problems);
        output::line(json!({ "problems": problems.iter().map(as_json).collect::<Vec<_>>() }));
        return Ok(ExitCode::from(if problems.is_empty() { 0 } else { 2 }));
    }
    let config = loaded?;
    if !quiet {
        eprintln!("the configuration is sound: {}", summary(&config));
    }
    Ok(ExitCode::SUCCESS)
}

fn summary(config: &Config) -> String {
    let (sources, feeds) = (config.sources.len(), config.feeds.len());
    format!("{}, {}", count(sources, "source"), count(feeds, "merged feed"))
}

fn as_json(problem: &Problem) -> Value {
    let place = problem.place();
    json!({
        "file": place.file,
        "line": place.at.map(|(line, _)| line),
        "column": place.at.map(|(_, column)| column),
        "problem": problem.reason.to_string(),
        "hint": problem.help().map(|hint| hint.to_string()),
    })
}

/// Shows every problem with its file, its line underlined, and a hint.
pub(super) fn print(errors: &Errors) {
    let colored = "x".if_supports_color(Stream::Stderr, |text| text.red()).to_string() != "x";
    let theme = if colored { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
    let handler = GraphicalReportHandler::new_themed(theme).with_links(false);
    for problem in &errors.problems {
        let mut text = String::new();
        if handler.render_report(&mut text, problem).is_ok() {
            eprintln!("{}", text.trim_end());
        }
    }
    eprintln!("\nerror: {errors}");
}
