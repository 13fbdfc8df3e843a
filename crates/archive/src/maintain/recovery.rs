//! What opening an archive found and mended.

use std::fs::OpenOptions;
use std::path::{Path, PathBuf};

use super::replay::{Problem, Replayed};
use crate::error::{Action, Error};
use crate::index::Index;
use crate::store::segments::{self, Segment, State};

/// What was found when an archive was opened.
#[derive(Debug)]
pub struct Recovery {
    /// Files that a crash had left open, now closed; one that held no record is gone.
    pub closed: Vec<PathBuf>,
    /// Bytes cut off them that were no whole record.
    pub cut: u64,
    /// Records that the index had not seen.
    pub records: u64,
    /// How the index was found.
    pub index: IndexState,
    /// What cannot be used among what was read.
    pub problems: Vec<Problem>,
}

/// How the index was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IndexState {
    /// It knew every file, or had only to read on.
    Current,
    /// There was no archive: it is new. Where one was expected, its disk may be missing.
    Created,
    /// It was missing, broken, of another version or ahead of the files, and was made again.
    Rebuilt,
}

/// Cuts an open file behind its last whole record and closes it, or removes it if it never held any. Gives the length
/// up to which it is read now.
pub(crate) fn finish(
    archive: &Path,
    index: &Index,
    segment: &Segment,
    replayed: &Replayed,
) -> Result<u64, Error> {
    let in_index = |source| Error::Index { path: index.path().to_owned(), source };
    if segment.state == State::Closed {
        return index.set_mark(&segment.name, segment.length).map(|_| segment.length).map_err(in_index);
    }
    let read_before = index.mark(&segment.name).map_err(in_index)?;
    if replayed.records == 0 && read_before == 0 {
        segments::remove(archive, &segment.name)?;
        return index.forget_segment(&segment.name).map(|()| 0).map_err(in_index);
    }
    let path = &segment.path;
    if segment.length > replayed.end {
        let file = OpenOptions::new().write(true).open(path).map_err(Error::io(Action::Open, path))?;
        file.set_len(replayed.end).map_err(Error::io(Action::Cut, path))?;
        file.sync_all().map_err(Error::io(Action::Sync, path))?;
    }
    segments::close(archive, &segment.name)?;
    index.set_mark(&segment.name, replayed.end).map(|_| replayed.end).map_err(in_index)
}

impl Recovery {
    pub(crate) fn new(index: IndexState) -> Recovery {
        Recovery { closed: Vec::new(), cut: 0, records: 0, index, problems: Vec::new() }
    }

    /// Counts a file that was read, and `end`ed there.
    pub(crate) fn add(&mut self, archive: &Path, segment: &Segment, end: u64, mut replayed: Replayed) {
        if segment.state == State::Open {
            self.cut += segment.length - end;
            self.closed.push(segment.name.closed(archive));
            // What was cut off had never been committed.
            replayed.problems.retain(|problem| problem.offset < end);
        }
        self.records += replayed.records;
        self.problems.extend(replayed.problems);
    }
}
