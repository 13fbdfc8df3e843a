//! Opens an archive for writing: locks it, closes a file that a crash left open, and brings the index up to date.

use std::path::Path;

use chrono::{DateTime, Utc};

use super::rebuild;
use super::recovery::{IndexState, Recovery, finish};
use super::relocate::relocate;
use super::replay;
use crate::error::{Action, Error};
use crate::index::{Index, Mark};
use crate::read::clocks;
use crate::read::view::{View, index_path, is_missing};
use crate::record::file_info;
use crate::store::lock::Lock;
use crate::store::log::Log;
use crate::store::segments::{self, Segment, State};
use crate::{Archive, Settings};

/// Runs are not counted on from a greater number in a record: so many nobody made.
const MOST_RUNS: u32 = 1 << 30;

impl Archive {
    /// Opens the archive for writing, and creates it if there is none. `now` names the files that will be written.
    ///
    /// # Errors
    /// [`Error::Clock`] if `now` is of a time before this program; [`Error::Locked`] if another process has it open; [`Error::Shrunk`] if a closed file is gone or shorter than
    /// what was committed to it; otherwise what cannot be read or written.
    pub fn open(settings: &Settings, now: DateTime<Utc>) -> Result<(Archive, Recovery), Error> {
        if !clocks::can_be_right(now) {
            return Err(Error::Clock { now });
        }
        let archive = settings.path.as_path();
        let lock = Lock::take(archive)?;
        let (index, recovery) = bring_up_to_date(archive, now)?;
        let view = View::new(archive.to_owned(), index);
        // What was imported may be of runs of another archive.
        let newest = view.index.newest_run().map_err(view.in_index())?;
        let newest = u32::try_from(newest).unwrap_or(u32::MAX).min(MOST_RUNS);
        let last = segments::list(archive)?.last().map_or(0, |segment| segment.name.number());
        let number = last.max(newest).saturating_add(1);
        let log = Log::new(archive.to_owned(), now, number);
        Ok((Archive { view, log, run: number.into(), _lock: lock }, recovery))
    }
}

fn bring_up_to_date(archive: &Path, now: DateTime<Utc>) -> Result<(Index, Recovery), Error> {
    let path = index_path(archive);
    let opened = Index::open(&path).map_err(|source| Error::Index { path: path.clone(), source })?;
    if let Some(index) = opened
        && let Some(recovery) = catch_up(archive, &index, now)?
    {
        return Ok((index, recovery));
    }
    let is_new = is_missing(archive)?;
    let mut recovery = rebuild::make(archive, now, &mut |_, _| ())?.1;
    if is_new {
        recovery.index = IndexState::Created;
    }
    match Index::open(&path) {
        Ok(Some(index)) => Ok((index, recovery)),
        Ok(None) => Err(Error::NoIndex { path }),
        Err(source) => Err(Error::Index { path, source }),
    }
}

/// Reads what `index` has not seen yet. `None` if it has seen what is no longer in a file that was never closed: the
/// disk lost what it had said it had.
fn catch_up(archive: &Path, index: &Index, now: DateTime<Utc>) -> Result<Option<Recovery>, Error> {
    let in_index = |source| Error::Index { path: index.path().to_owned(), source };
    let marks = index.marks().map_err(in_index)?;
    segments::sweep(archive)?;
    let segments = segments::list(archive)?;
    let anew = written_anew(&marks, &segments)?;
    if !all_there(archive, &marks, &segments, &anew)? || !follow(index, &anew)? {
        return Ok(None);
    }
    let mut recovery = Recovery::new(IndexState::Current);
    for segment in &segments {
        let mark = marks.iter().find(|mark| mark.name == segment.name.as_str());
        let from = mark.map_or(0, |mark| mark.length);
        let is_read = from == segment.length || anew.iter().any(|anew| anew.name == segment.name);
        if is_read && segment.state == State::Closed {
            continue;
        }
        index.begin().map_err(in_index)?;
        let replayed = replay::segment(index, segment, from, now, &mut |_| ())?;
        let end = finish(archive, index, segment, &replayed)?;
        index.commit().map_err(in_index)?;
        recovery.add(archive, segment, end, replayed);
    }
    Ok(Some(recovery))
}

/// Closed files that were written anew since the index read them.
fn written_anew(marks: &[Mark], segments: &[Segment]) -> Result<Vec<Segment>, Error> {
    let mut anew = Vec::new();
    for segment in segments.iter().filter(|segment| segment.state == State::Closed) {
        let mark = marks.iter().find(|mark| mark.name == segment.name.as_str());
        if let Some(mark) = mark.filter(|mark| mark.length != segment.length) {
            let path = segment.path.as_path();
            let was = file_info::earlier_lengths(path).map_err(Error::io(Action::Read, path))?;
            anew.extend(was.contains(&mark.length).then(|| segment.clone()));
        }
    }
    Ok(anew)
}

/// Brings the index in line with files that were written anew. `false` if it has to be made again.
fn follow(index: &Index, anew: &[Segment]) -> Result<bool, Error> {
    let in_index = |source| Error::Index { path: index.path().to_owned(), source };
    for segment in anew {
        index.begin().map_err(in_index)?;
        if !relocate(index, segment)? {
            index.roll_back().map_err(in_index)?;
            return Ok(false);
        }
        index.set_mark(&segment.name, segment.length).map_err(in_index)?;
        index.commit().map_err(in_index)?;
    }
    Ok(true)
}

fn all_there(archive: &Path, marks: &[Mark], segments: &[Segment], anew: &[Segment]) -> Result<bool, Error> {
    for mark in marks.iter().filter(|mark| !anew.iter().any(|anew| anew.name.as_str() == mark.name)) {
        let found = segments.iter().find(|segment| segment.name.as_str() == mark.name);
        match found {
            Some(segment) if segment.length >= mark.length => {}
            Some(segment) if segment.state == State::Open => return Ok(false),
            _ => {
                let path = found.map_or_else(|| archive.join("warc").join(&mark.name), |s| s.path.clone());
                let found = found.map_or(0, |segment| segment.length);
                return Err(Error::Shrunk { path, expected: mark.length, found });
            }
        }
    }
    Ok(true)
}
