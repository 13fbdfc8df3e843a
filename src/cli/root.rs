//! The folder that a command works in. A command that finds no configuration where it is told to look makes nothing and
//! removes nothing: a mistyped path or a disk that is not mounted must not look like a site without sources.

use std::path::Path;

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

/// As [`load`], where no file of a source may have mistakes: what would be written depends on every source's rules.
pub(super) fn load_sound(root: &Path) -> Result<Config, Failure> {
    let config = load(root)?;
    config.mistakes().map_or(Ok(config), |mistakes| Err(mistakes.into()))
}

/// Reads the configuration of a folder that has one, or an archive in its usual place.
pub(super) fn load_with_archive(root: &Path) -> Result<Config, Failure> {
    if root.join("archive").is_dir() { Ok(config::load(root)?) } else { load(root) }
}

/// Reads the configuration of a folder that may have none yet.
pub(super) fn load_or_begin(root: &Path) -> Result<Config, Failure> {
    if !shown(root).is_dir() {
        let path = root.display();
        return Err(anyhow!("there is no folder {path}; make it first, or correct --root").into());
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
        "no tearsheet folder here: {what}. Nothing was changed. Go to your tearsheet folder, name it with `--root DIR`, or \
         mount its disk; `tearsheet add URL` begins a new one"
    )
    .into()
}

/// The folder that an empty path means.
fn shown(root: &Path) -> &Path {
    if root.as_os_str().is_empty() { Path::new(".") } else { root }
}
