//! `tearsheet schema`: what an editor needs to check and complete the configuration as it is typed.

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use anyhow::Context;

use super::arguments::Schema;
use super::failure::Failure;
use super::output;
use crate::config::{self, Document};

pub(super) fn run(options: &Schema) -> Result<ExitCode, Failure> {
    match &options.dir {
        None => output::json(text(options.document.into())),
        Some(dir) => write_all(dir)?,
    }
    Ok(ExitCode::SUCCESS)
}

fn write_all(dir: &Path) -> Result<(), Failure> {
    fs::create_dir_all(dir).with_context(|| format!("failed to create {}", dir.display()))?;
    for document in Document::ALL {
        let path = dir.join(format!("{}.schema.json", document.name()));
        let text = format!("{}\n", text(document));
        fs::write(&path, text).with_context(|| format!("failed to write {}", path.display()))?;
        eprintln!("wrote {}", path.display());
    }
    Ok(())
}

fn text(document: Document) -> String {
    serde_json::to_string_pretty(&config::schema(document)).expect("plain values serialise")
}
