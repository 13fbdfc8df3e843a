//! The real program, at work in a folder of its own.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tearsheet::archive::{self, Selection, View};
use tearsheet::model::Entry;
use tempfile::TempDir;

/// Lets a run ask this machine, and without pauses.
pub(crate) const ON_LOOPBACK: &str =
    "[site]\nbase_url = \"https://feeds.example/\"\n[fetch]\nallow_private = true\ndelay = \"0s\"\n";

/// A root with its configuration; it goes with the test.
pub(crate) struct Program {
    root: TempDir,
}

impl Program {
    /// Makes a root with this `config/tearsheet.toml` and these sources: names and what their files say.
    pub(crate) fn new(settings: &str, sources: &[(&str, String)]) -> Program {
        let program = Program { root: tempfile::tempdir().unwrap() };
        fs::create_dir_all(program.path("config/sources")).unwrap();
        fs::write(program.path("config/tearsheet.toml"), settings).unwrap();
        for (id, text) in sources {
            fs::write(program.path(&format!("config/sources/{id}.toml")), text).unwrap();
        }
        program
    }

    pub(crate) fn root(&self) -> &Path {
        self.root.path()
    }

    /// A path within the root.
    pub(crate) fn path(&self, within: &str) -> PathBuf {
        self.root.path().join(within)
    }

    /// The program with `arguments`, about to be started.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tearsheet"));
        command.arg("--root").arg(self.root.path()).args(arguments);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// Starts it and waits until it has ended.
    pub(crate) fn call(&self, arguments: &[&str]) -> Ended {
        Ended::of(self.command(arguments).output().unwrap())
    }

    /// Every article in the archive, newest first.
    pub(crate) fn entries(&self) -> Vec<Entry> {
        let view = self.view();
        view.entries(&Selection::default()).collect::<Result<_, _>>().unwrap()
    }

    /// The archive, to be read.
    pub(crate) fn view(&self) -> View {
        View::open(&self.archive_settings()).unwrap()
    }

    pub(crate) fn archive_settings(&self) -> archive::Settings {
        archive::Settings { path: self.path("archive") }
    }
}

/// What a call came to.
#[derive(Debug)]
pub(crate) struct Ended {
    /// The exit code; `None` if it was killed.
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Ended {
    pub(crate) fn of(output: Output) -> Ended {
        Ended {
            code: output.status.code(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// What `--json` printed.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }
}

/// Every file beneath `folder`, by its path beneath it.
pub(crate) fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let (mut files, mut folders) = (BTreeMap::new(), vec![folder.to_owned()]);
    while let Some(next) = folders.pop() {
        for found in fs::read_dir(next).unwrap() {
            let path = found.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
                files.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    files
}
