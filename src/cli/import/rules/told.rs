//! What was taken, as people and programs are told.

use serde_json::{Value, json};

use super::Done;
use crate::cli::arguments::Import;
use crate::cli::output;
use crate::cli::words::count;
use crate::cli::wrap::{hanging, terminal_width};
use crate::config::import::Weight;
use crate::pipeline::Proof;

pub(super) fn tell(done: &[Done], options: &Import, quiet: bool) {
    if options.json {
        let answer =
            json!({ "files": done.iter().map(as_json).collect::<Vec<_>>(), "summary": summary(done) });
        output::json(serde_json::to_string_pretty(&answer).expect("plain values serialise"));
        return;
    }
    for one in done.iter().filter(|one| !quiet || needs_a_look(one)) {
        output::line(one_entry(one, options.dry_run));
    }
    if !quiet {
        let summary = summary(done);
        let number = |key: &str| summary[key].as_u64().unwrap_or_default();
        eprintln!(
            "{}: {} with nothing left out, {} with something unsupported; {} written",
            count(done.len(), "entry"),
            number("whole"),
            number("entries") - number("whole"),
            if options.dry_run { "nothing".to_owned() } else { count(number("written"), "file") },
        );
        if options.dry_run
            && done.len() == 1
            && let Some((_, text)) = &done[0].taken.file
        {
            output::line(format!("\n{}", text.trim_end()));
        }
    }
}

pub(super) fn needs_a_look(one: &Done) -> bool {
    !one.taken.is_whole() || one.kept_back.is_some() || one.proofs.iter().any(|proof| !proof.holds())
}

fn summary(done: &[Done]) -> Value {
    let selectors =
        done.iter().fold((0, 0), |sum, one| (sum.0 + one.taken.selectors.0, sum.1 + one.taken.selectors.1));
    json!({
        "entries": done.len(),
        "whole": done.iter().filter(|one| one.taken.is_whole()).count(),
        "written": done.iter().filter(|one| one.path.is_some() && one.kept_back.is_none()).count(),
        "selectors": selectors.0,
        "selectors_refused": selectors.1,
    })
}

fn as_json(one: &Done) -> Value {
    json!({
        "name": one.taken.name,
        "taken": one.taken.taken,
        "remarks": one.taken.remarks,
        "file": one.path,
        "kept_back": one.kept_back,
        "text": one.taken.file.as_ref().map(|(_, text)| text),
        "proofs": one.proofs,
    })
}

fn one_entry(one: &Done, dry_run: bool) -> String {
    let width = terminal_width();
    let mut lines = vec![match (&one.path, &one.kept_back) {
        (None, _) => format!("{}: skipped", one.taken.name),
        (Some(path), Some(why)) => format!("{}: not written to {}: {why}", one.taken.name, path.display()),
        (Some(path), None) if dry_run => format!("{}: would be {}", one.taken.name, path.display()),
        (Some(path), None) => format!("{}: {}", one.taken.name, path.display()),
    }];
    let taken = one.taken.taken.iter().map(|(name, times)| match times {
        1 => name.clone(),
        _ => format!("{name} ×{times}"),
    });
    let taken = taken.collect::<Vec<_>>().join(", ");
    if !taken.is_empty() {
        lines.push(hanging("  taken        ", &taken, width));
    }
    for remark in &one.taken.remarks {
        let weight = match remark.weight {
            Weight::Meant => "warning    ",
            Weight::Differs => "differs    ",
            Weight::Unsupported => "unsupported",
        };
        let line = remark.line.map(|line| format!("line {line}: ")).unwrap_or_default();
        let text = format!("{line}{}: {}", remark.directive, remark.says);
        lines.push(hanging(&format!("  {weight}  "), &text, width));
    }
    for proof in &one.proofs {
        lines.extend(proved(proof, width));
    }
    lines.join("\n")
}

fn proved(proof: &Proof, width: Option<usize>) -> Vec<String> {
    let verdict = match &proof.failure {
        Some(why) => format!("fails: {why}"),
        None if proof.holds() => "holds".to_owned(),
        None => "does not hold".to_owned(),
    };
    let mut lines = vec![format!("  on {}: {verdict}", proof.url)];
    for field in &proof.fields {
        let text = match &field.selector {
            Some(selector) => format!("{selector} → {}", field.value),
            None => format!("no selector matches; without a rule: {}", field.value),
        };
        lines.push(hanging(&format!("    {:<9} ", field.key), &text, width));
    }
    lines.extend(proof.missing.iter().map(|text| format!("    its text does not have: {text}")));
    lines
}
