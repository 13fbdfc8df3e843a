//! `tearsheet export`: the archive, or a part of it, in one file.

use std::path::Path;
use std::process::ExitCode;

use indicatif::HumanBytes;
use serde_json::json;

use super::arguments::Export;
use super::failure::Failure;
use super::output;
use super::progress::Display;
use super::root;
use super::words::count;
use crate::archive::{Exporting, Shape};
use crate::pipeline::{self, Progress};

pub(super) fn run(root: &Path, options: &Export, quiet: bool) -> Result<ExitCode, Failure> {
    let config = root::load_with_archive(root)?;
    let (shape, path) = match (&options.wacz, &options.warc) {
        (Some(path), _) => (Shape::Wacz, path),
        (None, path) => (Shape::Warc, path.as_ref().expect("clap asks for one of both")),
    };
    let sources = Some(options.sources.as_slice()).filter(|sources| !sources.is_empty());
    let what = Exporting { sources, title: &config.site.title };
    let display = Display::new(quiet || options.json);
    let view = pipeline::view(&config)?;
    let mut progress = |done, all| display.show(&Progress::Reading(done, all));
    let exported = view.export(&what, shape, path, &mut progress);
    display.finish();
    let exported = exported?;
    let bytes = path.metadata().map_or(0, |file| file.len());
    if options.json {
        let answer = json!({
            "file": path,
            "bytes": bytes,
            "records": exported.records,
            "revisions": exported.revisions,
            "damaged": exported.damaged,
        });
        output::json(serde_json::to_string_pretty(&answer).expect("plain values serialise"));
    } else if !quiet {
        let (records, revisions) = (count(exported.records, "record"), count(exported.revisions, "revision"));
        eprintln!("{}: {records}, {revisions} of articles among them, {}", path.display(), HumanBytes(bytes));
    }
    if exported.damaged > 0 {
        eprintln!("{} left out: `tearsheet verify` tells where", count(exported.damaged, "damaged place"));
    }
    Ok(ExitCode::from(u8::from(exported.damaged > 0)))
}
