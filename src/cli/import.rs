//! `tearsheet import`: what a file holds decides what becomes of it.

mod rules;
mod warc;

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, anyhow};
use tempfile::NamedTempFile;

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
        if options.source.is_some() {
            return Err(anyhow!(
                "--source says whose articles captured pages become, and no WARC or WACZ file is given"
            )
            .into());
        }
        return rules::run(root, options, quiet);
    }
    if let Some(other) = other {
        let other = other.display();
        return Err(anyhow!(
            "{other} is neither a WARC nor a WACZ file: import captures, and rules or lists of feeds, one after the other"
        )
        .into());
    }
    let of_rules =
        [("--kind", options.kind.is_some()), ("--force", options.force), ("--prove", options.prove)];
    if let Some((name, _)) = of_rules.iter().find(|(_, is_given)| *is_given) {
        return Err(
            anyhow!("{name} is for rules and lists of feeds, and the files given hold captures").into()
        );
    }
    warc::run(root, options, quiet)
}

/// Writes a file of the configuration whole or not at all.
fn write(path: &Path, text: &str) -> Result<(), Failure> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let write = || -> anyhow::Result<()> {
        fs::create_dir_all(folder)?;
        let mut file = NamedTempFile::new_in(folder)?;
        file.write_all(text.as_bytes())?;
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            file.as_file().set_permissions(fs::Permissions::from_mode(0o644))?;
        }
        file.as_file().sync_all()?;
        file.persist(path)?;
        Ok(())
    };
    write().with_context(|| format!("failed to write {}", path.display())).map_err(Failure::Storage)
}
