//! `tearsheet export`: the archive, or a part of it, in one file.

use std::fs::File;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, anyhow};
use indicatif::HumanBytes;
use serde_json::json;
use tempfile::TempDir;

use super::arguments::Export;
use super::failure::Failure;
use super::output;
use super::progress::Display;
use super::root;
use super::words::count;
use crate::archive::{Exporting, Shape};
use crate::pipeline::{self, Progress};

pub(super) fn run(root: &Path, options: &Export, quiet: bool) -> Result<ExitCode, Failure> {
    let config = root::load_with_archive(root)?;
    let (shape, path) = match (&options.wacz, &options.warc) {
        (Some(path), _) => (Shape::Wacz, path),
        (None, path) => (Shape::Warc, path.as_ref().expect("clap asks for one of both")),
    };
    let target = Target::of(path, options)?;
    let sources = Some(options.sources.as_slice()).filter(|sources| !sources.is_empty());
    let what = Exporting { sources, title: &config.site.title };
    let display = Display::new(quiet || options.json);
    let view = pipeline::view(&config)?;
    let mut progress = |done, all| display.show(&Progress::Reading(done, all));
    let exported = view.export(&what, shape, target.path(), &mut progress);
    display.finish();
    let exported = exported?;
    let bytes = target.path().metadata().map_or(0, |file| file.len());
    target.hand_over()?;
    if options.json {
        let answer = json!({
            "file": path,
            "bytes": bytes,
            "records": exported.records,
            "revisions": exported.revisions,
            "damaged": exported.damaged,
        });
        output::json(serde_json::to_string_pretty(&answer).expect("plain values serialise"));
    } else if !quiet {
        let (records, revisions) = (count(exported.records, "record"), count(exported.revisions, "revision"));
        eprintln!("{}: {records}, {revisions} of articles among them, {}", path.display(), HumanBytes(bytes));
    }
    if exported.damaged > 0 {
        eprintln!("{} left out; `tearsheet verify` shows where", count(exported.damaged, "damaged place"));
    }
    Ok(ExitCode::from(u8::from(exported.damaged > 0)))
}

/// Where an export goes.
enum Target<'a> {
    File(&'a Path),
    /// Standard output, by way of a file: the package needs to know its length before its end.
    Output {
        path: PathBuf,
        _folder: TempDir,
    },
}

impl<'a> Target<'a> {
    /// # Errors
    /// If there is a file already, or data and JSON would both go to standard output.
    fn of(path: &'a Path, options: &Export) -> Result<Target<'a>, Failure> {
        if path == Path::new("-") {
            if options.json {
                return Err(anyhow!("`-` and --json would both write to standard output; give a file").into());
            }
            let folder = tempfile::tempdir().context("failed to create a temporary folder")?;
            let path = folder.path().join("export");
            return Ok(Target::Output { path, _folder: folder });
        }
        if path.exists() && !options.force {
            return Err(anyhow!("{} exists; --force replaces it", path.display()).into());
        }
        Ok(Target::File(path))
    }

    fn path(&self) -> &Path {
        match self {
            Target::File(path) => path,
            Target::Output { path, .. } => path,
        }
    }

    fn hand_over(&self) -> Result<(), Failure> {
        let Target::Output { path, .. } = self else { return Ok(()) };
        let copied = File::open(path).and_then(|mut file| io::copy(&mut file, &mut io::stdout().lock()));
        match copied {
            Err(error) if error.kind() != ErrorKind::BrokenPipe => {
                Err(Failure::Storage(anyhow!(error).context("failed to write to standard output")))
            }
            _ => Ok(()),
        }
    }
}
