//! The files to read.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::Context;

/// The largest file that is read, in bytes.
const MOST_BYTES: u64 = 20_000_000;
/// Endings of the files that are read of a folder.
const ENDINGS: &[&str] = &["txt", "opml", "xml", "yml", "yaml", "toml"];

/// The files to read, those of a folder sorted by name.
pub(super) fn inputs(paths: &[PathBuf]) -> anyhow::Result<Vec<(String, String)>> {
    let mut inputs = Vec::new();
    for path in paths {
        if path == Path::new("-") {
            let mut bytes = Vec::new();
            std::io::stdin()
                .take(MOST_BYTES)
                .read_to_end(&mut bytes)
                .context("failed to read standard input")?;
            inputs.push(("-".to_owned(), String::from_utf8_lossy(&bytes).into_owned()));
        } else if path.is_dir() {
            let entries = fs::read_dir(path).and_then(Iterator::collect::<std::io::Result<Vec<_>>>);
            let entries = entries.with_context(|| format!("failed to read {}", path.display()))?;
            let mut files: Vec<PathBuf> = entries.into_iter().map(|entry| entry.path()).collect();
            files.retain(|file| {
                let ending = file.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
                file.is_file() && ENDINGS.contains(&ending)
            });
            files.sort_unstable();
            for file in files {
                inputs.push(input(&file)?);
            }
        } else {
            inputs.push(input(path)?);
        }
    }
    Ok(inputs)
}

fn input(path: &Path) -> anyhow::Result<(String, String)> {
    let file = fs::File::open(path).with_context(|| format!("failed to open {}", path.display()))?;
    let mut bytes = Vec::new();
    file.take(MOST_BYTES)
        .read_to_end(&mut bytes)
        .with_context(|| format!("failed to read {}", path.display()))?;
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    Ok((name, String::from_utf8_lossy(&bytes).into_owned()))
}
