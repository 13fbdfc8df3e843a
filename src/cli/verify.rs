//! `tearsheet verify`: whether the archive is what was written.

use std::path::Path;
use std::process::ExitCode;

use chrono::Utc;
use indicatif::HumanBytes;
use serde_json::{Value, json};

use super::arguments::Verify;
use super::failure::Failure;
use super::output;
use super::progress::Display;
use super::root;
use super::words::count;
use crate::archive::{self, Finding, Repaired, Verified};
use crate::config::Config;
use crate::pipeline::{self, Progress};

pub(super) fn run(root: &Path, options: &Verify, quiet: bool) -> Result<ExitCode, Failure> {
    // What is lost is read again by the rules of its source.
    let config = if options.repair { root::load_sound(root) } else { root::load_with_archive(root) }?;
    if options.repair {
        return repair(&config, options, quiet);
    }
    let display = Display::new(quiet || options.json);
    let verified = archive::verify(&config.archive, &|done, all| display.show(&Progress::Reading(done, all)));
    display.finish();
    let verified = verified?;
    if options.json {
        output::json(serde_json::to_string_pretty(&answer(&verified)).expect("plain values serialise"));
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

fn repair(config: &Config, options: &Verify, quiet: bool) -> Result<ExitCode, Failure> {
    let display = Display::new(quiet || options.json);
    let repaired = pipeline::repair(config, Utc::now(), &|progress| display.show(&progress));
    display.finish();
    let repaired = repaired?;
    if options.json {
        output::json(
            serde_json::to_string_pretty(&answer_of_repair(&repaired)).expect("plain values serialise"),
        );
    } else {
        for lost in &repaired.lost {
            output::line(lost);
        }
        if !quiet {
            eprintln!("{}: {}", config.archive.path.display(), done(&repaired));
        }
    }
    Ok(ExitCode::from(u8::from(!repaired.lost.is_empty())))
}

/// What was made good, in words.
fn done(repaired: &Repaired) -> String {
    let mut done = Vec::new();
    if !repaired.set_aside.is_empty() {
        let aside: Vec<String> = repaired.set_aside.iter().map(|path| path.display().to_string()).collect();
        let files = count(repaired.set_aside.len() as u64, "damaged file");
        done.push(format!("{files} set aside as {} and rewritten without the damage", aside.join(", ")));
    }
    if !repaired.read_again.is_empty() {
        let articles = count(repaired.read_again.len() as u64, "article");
        done.push(format!("{articles} read again from their responses"));
    }
    if repaired.index_made {
        done.push("the index made again".to_owned());
    }
    if !repaired.lost.is_empty() {
        done.push(format!(
            "{} that only a copy of the file has",
            count(repaired.lost.len() as u64, "record")
        ));
    }
    if done.is_empty() { "nothing had to be repaired".to_owned() } else { done.join("; ") }
}

fn answer_of_repair(repaired: &Repaired) -> Value {
    let read_again = repaired.read_again.iter();
    let read_again = read_again.map(|(id, number)| json!({ "article": id, "revision": number }));
    json!({
        "set_aside": repaired.set_aside,
        "read_again": read_again.collect::<Vec<_>>(),
        "index_made": repaired.index_made,
        "repaired": repaired.findings.iter().map(finding).collect::<Vec<_>>(),
        "lost": repaired.lost.iter().map(finding).collect::<Vec<_>>(),
    })
}

fn summary(verified: &Verified) -> String {
    let (records, files) = (count(verified.records, "record"), count(verified.files, "file"));
    let found = match verified.findings.len() {
        0 => "no damage found".to_owned(),
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
