//! `tearsheet verify`: whether the archive is what was written.

use std::path::Path;
use std::process::ExitCode;

use indicatif::HumanBytes;
use serde_json::{Value, json};

use super::arguments::Json;
use super::failure::Failure;
use super::output;
use super::progress::Display;
use super::words::count;
use crate::archive::{self, Finding, Verified};
use crate::config;
use crate::pipeline::Progress;

pub(super) fn run(root: &Path, options: &Json, quiet: bool) -> Result<ExitCode, Failure> {
    let config = config::load(root)?;
    let display = Display::new(quiet || options.json);
    let verified = archive::verify(&config.archive, &|done, all| display.show(&Progress::Reading(done, all)));
    display.finish();
    let verified = verified?;
    if options.json {
        output::line(serde_json::to_string_pretty(&answer(&verified)).expect("plain values serialise"));
    } else {
        for finding in &verified.findings {
            output::line(finding);
        }
        if !quiet {
            eprintln!("{}: {}", config.archive.path.display(), summary(&verified));
        }
    }
    Ok(ExitCode::from(u8::from(!verified.findings.is_empty())))
}

fn summary(verified: &Verified) -> String {
    let (records, files) = (count(verified.records, "record"), count(verified.files, "file"));
    let found = match verified.findings.len() {
        0 => "all is as it was written".to_owned(),
        found => count(found as u64, "finding"),
    };
    format!("{records} of {files} read, {}; {found}", HumanBytes(verified.bytes))
}

fn answer(verified: &Verified) -> Value {
    json!({
        "files": verified.files,
        "records": verified.records,
        "bytes": verified.bytes,
        "unpacked": verified.unpacked,
        "findings": verified.findings.iter().map(finding).collect::<Vec<_>>(),
    })
}

fn finding(finding: &Finding) -> Value {
    json!({
        "file": finding.path,
        "offset": finding.place.as_ref().map(|place| place.start),
        "length": finding.place.as_ref().map(|place| place.end - place.start),
        "article": finding.revision.map(|(id, _)| id),
        "revision": finding.revision.map(|(_, number)| number),
        "flaw": finding.flaw.to_string(),
        "remedy": finding.remedy.to_string(),
    })
}
