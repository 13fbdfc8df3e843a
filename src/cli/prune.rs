//! `tearsheet prune`: lets captures go that the configuration does not keep.

use std::path::Path;
use std::process::ExitCode;

use chrono::Utc;
use indicatif::HumanBytes;
use serde_json::{Value, json};

use super::arguments::Prune;
use super::failure::Failure;
use super::output;
use super::progress::Display;
use super::root;
use super::table;
use super::words::{self, count};
use crate::archive::{Kind, Pruning, Retention};
use crate::pipeline::{self, Progress};

pub(super) fn run(root: &Path, options: &Prune, quiet: bool) -> Result<ExitCode, Failure> {
    let config = root::load(root)?;
    if config.retention == Retention::default() {
        return Err(Failure::Usage(anyhow::anyhow!(
            "nothing may be deleted: set a rule under [archive.retention] in config/tearsheet.toml first"
        )));
    }
    let display = Display::new(quiet || options.json);
    let observer = |progress: Progress| display.show(&progress);
    let pruned = if options.dry_run {
        pipeline::prunable(&config, Utc::now(), &observer)
    } else {
        pipeline::prune(&config, Utc::now(), &observer)
    };
    display.finish();
    let pruning = pruned?;
    if options.json {
        output::json(serde_json::to_string_pretty(&answer(&pruning)).expect("plain values serialise"));
    } else if !quiet {
        let head = ["", "go", "", "stay", ""];
        let rows: Vec<_> = Kind::ALL.into_iter().filter_map(|kind| row(&pruning, kind)).collect();
        output::line(table::layout(&head, &rows).trim_end());
        eprintln!("{}", summary(&pruning, options.dry_run));
    }
    for path in &pruning.damaged {
        eprintln!("{}: damaged, and not changed; `tearsheet verify --repair` repairs it", path.display());
    }
    Ok(ExitCode::from(u8::from(!pruning.damaged.is_empty())))
}

fn summary(pruning: &Pruning, dry: bool) -> String {
    match (pruning.files(), dry) {
        (0, _) => "nothing to delete".to_owned(),
        (files, true) => format!("{} would be rewritten", count(files as u64, "file")),
        (files, false) => format!("{} rewritten", count(files as u64, "file")),
    }
}

fn row(pruning: &Pruning, kind: Kind) -> Option<Vec<String>> {
    let of = |counts: &std::collections::BTreeMap<Kind, (u64, u64)>| counts.get(&kind).copied();
    let (goes, stays) = (of(&pruning.goes), of(&pruning.stays));
    goes.or(stays)?;
    let cells = |(number, bytes): (u64, u64)| [number.to_string(), HumanBytes(bytes).to_string()];
    let [goes, stays] = [goes, stays].map(|counts| cells(counts.unwrap_or_default()));
    let row = [words::kind(kind).to_owned()].into_iter().chain(goes).chain(stays);
    Some(row.collect())
}

fn answer(pruning: &Pruning) -> Value {
    let counts = |counts: &std::collections::BTreeMap<Kind, (u64, u64)>| -> Value {
        let one = |(kind, (number, bytes)): (&Kind, &(u64, u64))| {
            (kind.name().to_owned(), json!({ "captures": number, "bytes": bytes }))
        };
        counts.iter().map(one).collect::<serde_json::Map<_, _>>().into()
    };
    json!({ "goes": counts(&pruning.goes), "stays": counts(&pruning.stays), "files": pruning.files(), "damaged": pruning.damaged })
}
