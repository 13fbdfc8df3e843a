//! The files to read: named, in a folder, or in a pack.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use super::pack::Pack;

/// The largest file that is read, in bytes; a pack is one.
const MOST_BYTES: u64 = 20_000_000;
/// Endings of the files that are read of a folder or a pack.
const ENDINGS: &[&str] = &["txt", "opml", "xml", "yml", "yaml", "toml"];

/// A file that was read.
pub(super) struct RuleFile {
    pub(super) name: String,
    /// Its text; none if it is too large.
    pub(super) text: Option<String>,
    /// Whether it is one of the many of a folder or a pack, and was not named.
    pub(super) is_collected: bool,
}

impl RuleFile {
    fn named(name: String, bytes: &[u8]) -> RuleFile {
        RuleFile { name, text: Some(String::from_utf8_lossy(bytes).into_owned()), is_collected: false }
    }
}

/// The files to read, those of a folder or a pack sorted by name.
pub(super) fn inputs(paths: &[PathBuf]) -> anyhow::Result<Vec<RuleFile>> {
    let mut inputs = Vec::new();
    for path in paths {
        if path.is_dir() {
            inputs.extend(of_folder(path)?);
        } else {
            let bytes = bytes(path).with_context(|| format!("failed to read {}", path.display()))?;
            let Some(pack) = Pack::of(&bytes) else {
                inputs.push(RuleFile::named(file_name(path), &bytes));
                continue;
            };
            inputs
                .extend(of_pack(pack, &bytes).with_context(|| format!("failed to read {}", path.display()))?);
        }
    }
    Ok(inputs)
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

fn bytes(path: &Path) -> anyhow::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    match path == Path::new("-") {
        true => io::stdin().take(MOST_BYTES + 1).read_to_end(&mut bytes)?,
        false => fs::File::open(path)?.take(MOST_BYTES + 1).read_to_end(&mut bytes)?,
    };
    if bytes.len() as u64 > MOST_BYTES {
        bail!("it has more than {} MB", MOST_BYTES / 1_000_000);
    }
    Ok(bytes)
}

fn of_folder(folder: &Path) -> anyhow::Result<Vec<RuleFile>> {
    let entries = fs::read_dir(folder).and_then(Iterator::collect::<io::Result<Vec<_>>>);
    let entries = entries.with_context(|| format!("failed to read {}", folder.display()))?;
    let mut files: Vec<PathBuf> = entries.into_iter().map(|entry| entry.path()).collect();
    files.retain(|file| file.is_file() && has_ending(&file_name(file)));
    files.sort_unstable();
    let input = |file: PathBuf| {
        let bytes = bytes(&file).with_context(|| format!("failed to read {}", file.display()))?;
        Ok(RuleFile { is_collected: true, ..RuleFile::named(file_name(&file), &bytes) })
    };
    files.into_iter().map(input).collect()
}

/// The files of a pack in all its folders, by their names alone: a rule's says its host, and leads nowhere.
fn of_pack(pack: Pack, bytes: &[u8]) -> anyhow::Result<Vec<RuleFile>> {
    let mut members = pack.read(bytes, MOST_BYTES, is_wanted)?;
    members.sort_by(|one, other| one.path.cmp(&other.path));
    let name = |path: &str| path.rsplit('/').next().unwrap_or_default().to_owned();
    let input = |member: super::pack::Member| RuleFile {
        name: name(&member.path),
        text: member.bytes.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()),
        is_collected: true,
    };
    Ok(members.into_iter().map(input).collect())
}

fn has_ending(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, ending)| ENDINGS.contains(&ending))
}

/// Whether a path in a pack leads to a file that may be a rule or a list. Folders whose names begin with a dot belong to
/// version control and the like; such a file can be a rule, that of a host with all its subdomains.
fn is_wanted(path: &str) -> bool {
    let (folders, name) = path.rsplit_once('/').unwrap_or(("", path));
    let is_apart =
        |folder: &str| folder == "__MACOSX" || folder.starts_with('.') && !matches!(folder, "." | "..");
    has_ending(name) && !name.starts_with("._") && !folders.split('/').any(is_apart)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_a_pack_are_wanted_by_their_names() {
        for path in ["a.example.txt", "./.a.example.txt", "pack-main/site_config/b.example.txt", "/etc/x.txt"]
        {
            assert!(is_wanted(path), "{path}");
        }
        for path in ["pack/.github/ci.yml", "__MACOSX/a.txt", "pack/._a.example.txt", "pack/rule.php", "txt"]
        {
            assert!(!is_wanted(path), "{path}");
        }
    }
}
