//! `tearsheet edit`: a file of the configuration in an editor, checked afterwards.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use anyhow::{Context, anyhow};

use super::arguments::Edit;
use super::failure::Failure;
use super::root;
use crate::config::Config;
use crate::pipeline;

pub(super) fn run(root: &Path, options: &Edit) -> Result<ExitCode, Failure> {
    let file = file(root, options)?;
    let editor = editor();
    let shown = editor.to_string_lossy().into_owned();
    // An editor is often a command with arguments, such as `code --wait`.
    let mut words = shown.split_whitespace();
    let program = words.next().unwrap_or("vi");
    let status = Command::new(program).args(words).arg(&file).status().with_context(|| {
        format!("failed to start the editor `{shown}`; set EDITOR to one that is installed")
    })?;
    if !status.success() {
        return Err(anyhow!("the editor `{shown}` failed: {status}").into());
    }
    root::load_sound(root)?;
    eprintln!("{}: no mistakes found", file.display());
    Ok(ExitCode::SUCCESS)
}

fn editor() -> OsString {
    let set = |name| env::var_os(name).filter(|value| !value.is_empty());
    set("VISUAL").or_else(|| set("EDITOR")).unwrap_or_else(|| "vi".into())
}

/// The file to edit. The configuration need not be sound: that may be why somebody edits it.
fn file(root: &Path, options: &Edit) -> Result<PathBuf, Failure> {
    let Some(name) = &options.source else { return root::settings_file(root) };
    let file = root::settings_file(root)?.with_file_name("sources").join(format!("{name}.toml"));
    if file.is_file() {
        return Ok(file);
    }
    let config: Config = root::load(root)?;
    Err(pipeline::unknown_source(&config, name).into())
}
