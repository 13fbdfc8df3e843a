//! `tearsheet check`: what is wrong with the configuration, and what is doubtful.

mod proofs;
mod tried;

use std::path::Path;
use std::process::ExitCode;

use miette::Diagnostic;
use serde_json::{Value, json};

use self::proofs::Proofs;
use super::arguments::Check;
use super::failure::Failure;
use super::output;
use super::root;
use super::run::hint_at_contact;
use super::words::count;
use crate::config::{self, Config, Problem};

pub(super) fn run(root: &Path, options: &Check, quiet: bool) -> Result<ExitCode, Failure> {
    let config = match root::load_sound(root) {
        Err(Failure::Config(errors)) if options.json => {
            let problems: Vec<Value> = errors.problems.iter().map(|problem| as_json(problem)).collect();
            output::json(json!({ "problems": problems }));
            return Ok(ExitCode::from(2));
        }
        loaded => loaded?,
    };
    if let Some(feed) = &options.feed {
        return tried::tell(&config, feed, options.json);
    }
    let proofs = if options.prove { Some(Proofs::gather(&config)?) } else { None };
    let doubts = config::doubts(&config);
    if options.json {
        let doubts: Vec<String> = doubts.iter().map(ToString::to_string).collect();
        let mut answer = json!({ "problems": [], "doubts": doubts });
        if let Some(proofs) = &proofs {
            answer["rules"] = proofs.as_json();
        }
        output::json(answer);
    } else {
        if !quiet {
            eprintln!("no mistakes found: {}", summary(&config));
            hint_at_contact(&config);
            doubts.iter().for_each(|doubt| eprintln!("doubtful: {doubt}"));
        }
        if let Some(proofs) = &proofs {
            proofs.tell(quiet);
        }
    }
    Ok(ExitCode::from(u8::from(proofs.is_some_and(|proofs| !proofs.hold()))))
}

fn summary(config: &Config) -> String {
    let (sources, feeds) = (config.sources.len(), config.feeds.len());
    let rules = config.sites.len();
    format!("{}, {}, {}", count(sources, "source"), count(rules, "rule"), count(feeds, "merged feed"))
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
