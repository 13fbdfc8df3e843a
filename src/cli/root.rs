//! The folder that a command works in. A command that finds no configuration where it is told to look makes nothing and
//! removes nothing: a mistyped path or a disk that is not mounted must not look like a site without sources.

use std::path::{Path, PathBuf};

use anyhow::anyhow;

use super::failure::Failure;
use crate::config::{self, Config};

/// Reads the configuration of a folder that has one.
pub(super) fn load(root: &Path) -> Result<Config, Failure> {
    if !root.join("config").is_dir() {
        return Err(nothing_here(root));
    }
    Ok(config::load(root)?)
}

/// `config/tearsheet.toml` of a folder that has a configuration, whether the file is there or not.
pub(super) fn settings_file(root: &Path) -> Result<PathBuf, Failure> {
    let folder = root.join("config");
    if folder.is_dir() { Ok(folder.join("tearsheet.toml")) } else { Err(nothing_here(root)) }
}

/// As [`load`]; sources whose files have mistakes are named on standard error.
pub(super) fn load_told(root: &Path) -> Result<Config, Failure> {
    let config = load(root)?;
    complain(&config);
    Ok(config)
}

/// As [`load`], where no file of a source may have mistakes: what would be written depends on every source's rules.
pub(super) fn load_sound(root: &Path) -> Result<Config, Failure> {
    let config = load(root)?;
    config.mistakes().map_or(Ok(config), |mistakes| Err(mistakes.into()))
}

/// Reads the configuration of a folder that has one, or an archive in its usual place.
pub(super) fn load_with_archive(root: &Path) -> Result<Config, Failure> {
    if root.join("archive").is_dir() { Ok(config::load(root)?) } else { load(root) }
}

/// Reads the configuration where there is one. For commands that only read pages: they work anywhere.
pub(super) fn load_if_any(root: &Path) -> Result<Config, Failure> {
    if !shown(root).is_dir() {
        return Err(nothing_here(root));
    }
    let config = config::load(root)?;
    complain(&config);
    Ok(config)
}

/// Says which sources cannot be followed, and why. Whether there are any: then somebody should look.
pub(super) fn complain(config: &Config) -> bool {
    config.broken.iter().for_each(|broken| eprintln!("{}", broken.summary()));
    !config.broken.is_empty()
}

fn nothing_here(root: &Path) -> Failure {
    let (folder, path) = (root.join("config"), shown(root).display().to_string());
    let what = if shown(root).is_dir() {
        format!("{}/ not found", folder.display())
    } else {
        format!("{path} is not a folder")
    };
    anyhow!(
        "no tearsheet folder here: {what}; `tearsheet init` makes one. If yours is elsewhere, go there, mount it, or \
         name it with `--root DIR`. Nothing was changed"
    )
    .into()
}

/// The folder that an empty path means.
fn shown(root: &Path) -> &Path {
    if root.as_os_str().is_empty() { Path::new(".") } else { root }
}
