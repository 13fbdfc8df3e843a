//! `tearsheet import`: what a file holds decides what becomes of it.

mod warc;

use std::path::Path;
use std::process::ExitCode;

use anyhow::anyhow;

use super::arguments::Import;
use super::failure::Failure;
use crate::archive;

pub(super) fn run(root: &Path, options: &Import, quiet: bool) -> Result<ExitCode, Failure> {
    for file in &options.files {
        let found = archive::content(file).map_err(|error| Failure::Usage(error.into()))?;
        if found.is_none() {
            return Err(anyhow!("{} is neither a WARC nor a WACZ file", file.display()).into());
        }
    }
    warc::run(root, options, quiet)
}
