//! Makes the index again from the WARC files alone.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};

use super::recovery::{IndexState, Recovery, finish};
use super::replay::{self, Problem};
use crate::Settings;
use crate::error::{Action, Error};
use crate::index::Index;
use crate::read::view::index_path;
use crate::store::lock::Lock;
use crate::store::segments;

/// What a rebuild found.
#[derive(Debug)]
pub struct Rebuilt {
    /// Articles.
    pub articles: u64,
    /// Their revisions, the first ones included.
    pub revisions: u64,
    /// Records read.
    pub records: u64,
    /// What cannot be used.
    pub problems: Vec<Problem>,
}

/// Makes the index again, whatever there was, while no other process writes. `progress` is told how many bytes of how
/// many are done. What only the index knew (when sources were checked, what was noted) is forgotten.
///
/// # Errors
/// [`Error::Locked`] if another process has the archive open; [`Error::NewerFormat`] if a record was written by a
/// later version; otherwise what cannot be read or written. The old index is then still there.
pub fn rebuild(
    settings: &Settings,
    now: DateTime<Utc>,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Rebuilt, Error> {
    let _lock = Lock::take(&settings.path)?;
    let (sizes, recovery) = make(&settings.path, now, progress)?;
    let (articles, revisions) = sizes;
    Ok(Rebuilt { articles, revisions, records: recovery.records, problems: recovery.problems })
}

/// Gives the numbers of articles and revisions, and what was recovered on the way.
pub(crate) fn make(
    archive: &Path,
    now: DateTime<Utc>,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<((u64, u64), Recovery), Error> {
    segments::sweep(archive)?;
    let path = archive.join("index.sqlite.new");
    remove(&path)?;
    let in_index = |source| Error::Index { path: path.clone(), source };
    let index = Index::create(&path).map_err(in_index)?;
    let segments = segments::list(archive)?;
    let total = segments.iter().map(|segment| segment.length).sum();
    let (mut recovery, mut done) = (Recovery::new(IndexState::Rebuilt), 0);
    replay::in_order(&segments, |segment, steps| {
        let replayed = replay::fold(&index, segment, steps, now, &mut |here| progress(done + here, total))?;
        let end = finish(archive, &index, segment, &replayed)?;
        recovery.add(archive, segment, end, replayed);
        done += segment.length;
        Ok(())
    })?;
    let sizes = index.sizes().map_err(in_index)?;
    index.finish().map_err(in_index)?;
    put_in_place(archive, &path, &index_path(archive))?;
    progress(total, total);
    Ok((sizes, recovery))
}

/// Lets the new index, which is finished, take the place of the old one in one step. A log that is still there once the
/// old index was closed in order belongs to one that cannot be used, or that somebody is reading: then the old index goes
/// first and its log next, since a log beside an index that is not its own is damage.
fn put_in_place(archive: &Path, new: &Path, index: &Path) -> Result<(), Error> {
    let file = File::open(new).map_err(Error::io(Action::Open, new))?;
    file.sync_all().map_err(Error::io(Action::Sync, new))?;
    // Whatever is wrong with it, it goes.
    drop(Index::open(index));
    let beside = |suffix: &str| {
        let mut name = index.as_os_str().to_owned();
        name.push(suffix);
        PathBuf::from(name)
    };
    if beside("-wal").exists() {
        remove(index)?;
        segments::sync_folders(archive, archive)?;
        remove(&beside("-wal"))?;
    }
    remove(&beside("-shm"))?;
    fs::rename(new, index).map_err(Error::io(Action::Rename, new))?;
    segments::sync_folders(archive, archive)
}

fn remove(path: &Path) -> Result<(), Error> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(Error::Io { action: Action::Remove, path: path.to_owned(), source: error })
        }
        _ => Ok(()),
    }
}
