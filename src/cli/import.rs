//! `tearsheet import`: what a file holds decides what becomes of it.

mod rules;
mod warc;

use std::path::Path;
use std::process::ExitCode;

use anyhow::anyhow;

use super::arguments::Import;
use super::failure::Failure;
use crate::archive;

pub(super) fn run(root: &Path, options: &Import, quiet: bool) -> Result<ExitCode, Failure> {
    let (mut captures, mut other) = (0, None);
    for file in &options.files {
        let content = if file.is_file() { archive::content(file) } else { Ok(None) };
        match content.map_err(|error| Failure::Usage(error.into()))? {
            Some(_) => captures += 1,
            None => other = other.or(Some(file)),
        }
    }
    if captures == 0 {
        return rules::run(root, options, quiet);
    }
    if let Some(other) = other {
        let other = other.display();
        return Err(anyhow!(
            "{other} is neither a WARC nor a WACZ file: import captures, and rules or lists of feeds, one after the other"
        )
        .into());
    }
    warc::run(root, options, quiet)
}
