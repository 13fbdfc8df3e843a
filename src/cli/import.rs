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
    let mut captures = 0;
    for file in options.files.iter().filter(|file| file.is_file()) {
        let found = archive::content(file).map_err(|error| Failure::Usage(error.into()))?;
        captures += usize::from(found.is_some());
    }
    if captures == 0 {
        return rules::run(root, options, quiet);
    }
    if captures < options.files.len() {
        return Err(
            anyhow!("import captures (WARC, WACZ) and rules or lists of feeds one after the other").into()
        );
    }
    warc::run(root, options, quiet)
}
