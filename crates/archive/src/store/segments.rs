//! The WARC files as files: their names, their places beneath `warc/`, and which of them is still being written.
//! What is in them is for others.

use std::fmt;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use chrono::{DateTime, NaiveDateTime, Utc};

use crate::error::{Action, Error};

const EXTENSION: &str = ".warc.gz";
const OPEN: &str = ".open";
const NEW: &str = ".new";

/// A WARC file's name: when it was begun, and its number in the archive, which alone orders the files, since clocks
/// go wrong. `20261124T061500Z-0001.warc.gz` stands in `warc/2026/11/`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Name(String);

impl Name {
    pub(crate) fn new(now: DateTime<Utc>, number: u32) -> Name {
        Name(format!("{}-{number:04}{EXTENSION}", now.format("%Y%m%dT%H%M%SZ")))
    }

    /// Parses a name without `.open`.
    pub(crate) fn parse(text: &str) -> Option<Name> {
        let stem = text.strip_suffix(EXTENSION)?;
        let (begun, number) = stem.split_once('-')?;
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let (day, time) = begun.strip_suffix('Z')?.split_once('T')?;
        let fits = day.len() == 8 && time.len() == 6 && digits(day) && digits(time) && digits(number);
        (fits && number.parse::<u32>().is_ok()).then(|| Name(text.to_owned()))
    }

    /// Its number in the archive.
    pub(crate) fn number(&self) -> u32 {
        let digits = self.0.rsplit('-').next().and_then(|rest| rest.strip_suffix(EXTENSION));
        digits.and_then(|digits| digits.parse().ok()).expect("the name was parsed or made here")
    }

    /// When it was begun, by the clock of its run.
    pub(crate) fn begun(&self) -> Option<DateTime<Utc>> {
        NaiveDateTime::parse_from_str(self.0.get(..16)?, "%Y%m%dT%H%M%SZ").ok().map(|at| at.and_utc())
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    fn folder(&self, archive: &Path) -> PathBuf {
        archive.join("warc").join(&self.0[..4]).join(&self.0[4..6])
    }

    /// The file's path once it is closed.
    pub(crate) fn closed(&self, archive: &Path) -> PathBuf {
        self.folder(archive).join(&self.0)
    }

    /// The file's path while it is being written.
    pub(crate) fn open(&self, archive: &Path) -> PathBuf {
        self.folder(archive).join(format!("{}{OPEN}", self.0))
    }
}

impl fmt::Display for Name {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

/// A WARC file that is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Segment {
    pub(crate) name: Name,
    pub(crate) path: PathBuf,
    pub(crate) length: u64,
    pub(crate) state: State,
}

/// Whether a WARC file can still change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    Open,
    Closed,
}

/// Every WARC file of the archive, in the order in which they were begun. Other files are passed over.
pub(crate) fn list(archive: &Path) -> Result<Vec<Segment>, Error> {
    let mut found = Vec::new();
    for year in folder(&archive.join("warc"))? {
        for month in folder(&year)? {
            found.extend(folder(&month)?.into_iter().filter_map(segment));
        }
    }
    let mut segments = Vec::with_capacity(found.len());
    for (name, state, path) in found {
        let length = fs::metadata(&path).map_err(Error::io(Action::Read, &path))?.len();
        segments.push(Segment { name, path, length, state });
    }
    segments.sort_by(|a, b| (a.name.number(), a.name.as_str()).cmp(&(b.name.number(), b.name.as_str())));
    Ok(segments)
}

fn segment(path: PathBuf) -> Option<(Name, State, PathBuf)> {
    let name = path.file_name()?.to_str()?;
    match name.strip_suffix(OPEN) {
        Some(name) => Some((Name::parse(name)?, State::Open, path)),
        None => Some((Name::parse(name)?, State::Closed, path)),
    }
}

/// A folder's entries; none if `path` is not there or is no folder.
fn folder(path: &Path) -> Result<Vec<PathBuf>, Error> {
    if !path.is_dir() {
        return Ok(Vec::new());
    }
    let entries = fs::read_dir(path).map_err(Error::io(Action::List, path))?;
    entries.map(|entry| Ok(entry.map_err(Error::io(Action::List, path))?.path())).collect()
}

/// Creates the file called `name`, to be written.
pub(crate) fn create(archive: &Path, name: &Name) -> Result<File, Error> {
    let path = name.open(archive);
    let folder = name.folder(archive);
    fs::create_dir_all(&folder).map_err(Error::io(Action::Create, &folder))?;
    let file = File::create_new(&path).map_err(Error::io(Action::Create, &path))?;
    sync_folders(archive, &folder).inspect_err(|_| drop(fs::remove_file(&path)))?;
    Ok(file)
}

/// Gives the file called `name` its final name.
pub(crate) fn close(archive: &Path, name: &Name) -> Result<(), Error> {
    let path = name.open(archive);
    fs::rename(&path, name.closed(archive)).map_err(Error::io(Action::Rename, &path))?;
    sync_folders(archive, &name.folder(archive))
}

/// Where a file is written that is to take the place of the closed one at `path`.
pub(crate) fn beside(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(NEW);
    name.into()
}

/// Lets the file at `new`, which is synced, take the place of the closed file called `name`.
pub(crate) fn replace(archive: &Path, name: &Name, new: &Path) -> Result<(), Error> {
    let path = name.closed(archive);
    fs::rename(new, &path).map_err(Error::io(Action::Rename, new))?;
    sync_folders(archive, &name.folder(archive))
}

/// Removes what was being written beside closed files when a crash came.
pub(crate) fn sweep(archive: &Path) -> Result<(), Error> {
    for path in others(archive)? {
        let name = path.file_name().and_then(|name| name.to_str()?.strip_suffix(NEW));
        if name.and_then(Name::parse).is_some() {
            fs::remove_file(&path).map_err(Error::io(Action::Remove, &path))?;
        }
    }
    Ok(())
}

/// The files beneath `warc/` that are none of the archive's.
pub(crate) fn others(archive: &Path) -> Result<Vec<PathBuf>, Error> {
    let (mut others, mut folders) = (Vec::new(), vec![archive.join("warc")]);
    while let Some(next) = folders.pop() {
        for path in folder(&next)? {
            if path.is_dir() {
                folders.push(path);
            } else if segment(path.clone()).is_none() {
                others.push(path);
            }
        }
    }
    others.sort();
    Ok(others)
}

/// Removes the unfinished file called `name`.
pub(crate) fn remove(archive: &Path, name: &Name) -> Result<(), Error> {
    let path = name.open(archive);
    fs::remove_file(&path).map_err(Error::io(Action::Remove, &path))?;
    sync_folders(archive, &name.folder(archive))
}

/// Makes a name last: a folder's entries are synced apart from its files. Other systems than Unix do it themselves.
pub(crate) fn sync_folders(archive: &Path, folder: &Path) -> Result<(), Error> {
    if cfg!(unix) {
        for folder in folder.ancestors().take_while(|ancestor| ancestor.starts_with(archive)) {
            let opened = File::open(folder).map_err(Error::io(Action::Open, folder))?;
            opened.sync_all().map_err(Error::io(Action::Sync, folder))?;
        }
    }
    Ok(())
}

/// Opens the file called `name`, whether it is closed or not yet.
pub(crate) fn open_for_reading(archive: &Path, name: &Name) -> Result<(File, PathBuf), Error> {
    // The order matters: a file that is closed meanwhile has its final name by the second attempt.
    if let Ok(file) = File::open(name.open(archive)) {
        return Ok((file, name.open(archive)));
    }
    let path = name.closed(archive);
    let file = File::open(&path).map_err(Error::io(Action::Open, &path))?;
    Ok((file, path))
}

/// A WARC file that stays open for the next record.
#[derive(Debug)]
pub(crate) struct OpenFile {
    pub(crate) segment: i64,
    pub(crate) path: PathBuf,
    pub(crate) file: File,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_ordered_by_their_number() {
        let name = Name::parse("20261124T061500Z-0012.warc.gz").unwrap();
        assert_eq!(name.number(), 12);
        assert_eq!(name.closed(Path::new("a")), Path::new("a/warc/2026/11/20261124T061500Z-0012.warc.gz"));
        assert_eq!(Name::parse("20261124T061500Z-10000.warc.gz").unwrap().number(), 10_000);
    }

    #[test]
    fn other_names_are_not_ours() {
        for text in ["a.warc.gz", "20261124T061500Z-.warc.gz", "20261124T061500Z-1.warc", "x-1.warc.gz"] {
            assert_eq!(Name::parse(text), None, "{text}");
        }
    }
}
