//! One process writes: it holds the archive's lock, which the system lets go when the process ends, however it does.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::path::Path;

use crate::error::{Action, Error};

/// The lock, while it is held.
#[derive(Debug)]
pub(crate) struct Lock(File);

impl Lock {
    /// Locks the archive, whose folder is created if it is not there.
    pub(crate) fn take(archive: &Path) -> Result<Lock, Error> {
        fs::create_dir_all(archive).map_err(Error::io(Action::Create, archive))?;
        let path = archive.join("lock");
        let file = OpenOptions::new().create(true).truncate(false).write(true).open(&path);
        let file = file.map_err(Error::io(Action::Open, &path))?;
        match file.try_lock() {
            Ok(()) => Ok(Lock(file)),
            Err(TryLockError::WouldBlock) => Err(Error::Locked { path }),
            Err(TryLockError::Error(source)) => Err(Error::Io { action: Action::Open, path, source }),
        }
    }
}

impl Drop for Lock {
    /// Closing the file is not enough: a child process that is just being started has a copy of it for a moment.
    fn drop(&mut self) {
        let _ = self.0.unlock();
    }
}
