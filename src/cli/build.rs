//! `tearsheet build` and `tearsheet rebuild`: from the archive alone, offline.

use std::path::Path;
use std::process::ExitCode;

use chrono::Utc;
use serde_json::json;

use super::arguments::{Json, Rebuild};
use super::failure::Failure;
use super::output;
use super::progress::Display;
use super::root;
use super::run::{complain_of, published};
use super::words::count;
use crate::pipeline;

pub(super) fn build(root: &Path, options: &Json, quiet: bool) -> Result<ExitCode, Failure> {
    let config = root::load(root)?;
    let display = Display::new(quiet || options.json);
    let built = pipeline::build(&config, Utc::now(), &|progress| display.show(&progress));
    display.finish();
    let built = built?;
    if options.json {
        output::json(json!({ "published": built }));
    } else if !quiet {
        eprintln!("{}", published(&config, &built));
    }
    let is_incomplete = root::complain(&config);
    Ok(ExitCode::from(u8::from(complain_of(&built.unreadable) || is_incomplete)))
}

pub(super) fn rebuild(root: &Path, options: &Rebuild, quiet: bool) -> Result<ExitCode, Failure> {
    let config = root::load(root)?;
    let display = Display::new(quiet || options.json);
    let observer = |progress: pipeline::Progress| display.show(&progress);
    let done = if options.index {
        pipeline::rebuild_index(&config, Utc::now(), &observer).map(|rebuilt| (rebuilt, None))
    } else {
        pipeline::rebuild(&config, Utc::now(), &observer).map(|(rebuilt, built)| (rebuilt, Some(built)))
    };
    display.finish();
    let (rebuilt, built) = done?;
    let mut problems: Vec<String> = rebuilt.problems.iter().map(ToString::to_string).collect();
    for unreadable in built.iter().flat_map(|built| &built.unreadable) {
        if !problems.contains(unreadable) {
            problems.push(unreadable.clone());
        }
    }
    if options.json {
        output::json(
            json!({ "articles": rebuilt.articles, "records": rebuilt.records, "problems": problems, "published": built }),
        );
    } else if !quiet {
        let (articles, records) = (count(rebuilt.articles, "article"), count(rebuilt.records, "record"));
        eprintln!("{}: {articles} from {records}", config.archive.path.display());
        if let Some(built) = &built {
            eprintln!("{}", published(&config, built));
        }
    }
    let is_incomplete = root::complain(&config);
    Ok(ExitCode::from(u8::from(complain_of(&problems) || is_incomplete)))
}
