//! Faults: every step that a program takes on the disk goes wrong, one after the other. A library that is loaded before
//! the C library counts the steps and kills the process, cuts the power, or lets the step fail. What runs is the
//! program as it is, SQLite included.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use tempfile::TempDir;

/// Errors by the numbers that Linux has for them.
pub(crate) const IO_ERROR: i32 = 5;
pub(crate) const NO_SPACE: i32 = 28;
pub(crate) const READ_ONLY: i32 = 30;

/// What goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// The process is killed, in the middle of a write.
    Kill,
    /// So is the machine: what was not synced is gone.
    PowerCut,
    /// The step fails with this error, and the next one does not.
    Once(i32),
    /// The step fails with this error, and so does every one after it.
    FromThenOn(i32),
}

/// Where steps are counted, and may go wrong.
pub(crate) struct Faults {
    folder: PathBuf,
    aside: TempDir,
}

impl Faults {
    /// Watches `folder`.
    pub(crate) fn of(folder: &Path) -> Faults {
        let folder = folder.canonicalize().unwrap();
        let aside = tempfile::tempdir_in(folder.parent().unwrap()).unwrap();
        Faults { folder, aside }
    }

    /// Lets `command` only be watched.
    pub(crate) fn watch(&self, command: &mut Command) {
        command.env("LD_PRELOAD", library()).env("FAULT_FOLDER", &self.folder);
        command.env("FAULT_ASIDE", self.aside.path());
    }

    /// Lets step number `at` of `command`, counted from 1, go wrong.
    pub(crate) fn arm(&self, command: &mut Command, at: usize, fault: Fault) {
        self.watch(command);
        let kind = match fault {
            Fault::Kill => "kill".to_owned(),
            Fault::PowerCut => "cut".to_owned(),
            Fault::Once(error) => error.to_string(),
            Fault::FromThenOn(error) => format!("+{error}"),
        };
        command.env("FAULT_AT", at.to_string()).env("FAULT_KIND", kind);
    }

    /// The steps that were taken: what was done, and to what beneath the folder.
    pub(crate) fn steps(&self) -> Vec<String> {
        let steps = fs::read_to_string(self.aside.path().join("steps")).unwrap_or_default();
        steps.lines().map(str::to_owned).collect()
    }
}

/// Whether every fault is wanted, as `.ci/run` does, and not as many as a developer waits for.
pub(crate) fn are_all_wanted() -> bool {
    env::var_os("TEARSHEET_STORM").is_some()
}

/// The library, compiled once.
fn library() -> &'static Path {
    static LIBRARY: OnceLock<PathBuf> = OnceLock::new();
    LIBRARY.get_or_init(|| {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/faults/fault.c");
        // Every test may be a process of its own.
        let place = folder.join(format!("fault-{}.so", std::process::id()));
        let compiled = Command::new("cc")
            .args(["-shared", "-fPIC", "-O1", "-o"])
            .args([place.as_path(), source.as_path()])
            .args(["-ldl", "-lpthread"])
            .status();
        assert!(compiled.unwrap().success(), "a C compiler is among what building needs");
        let shared = folder.join("fault.so");
        fs::rename(place, &shared).unwrap();
        shared
    })
}
