//! What can go wrong with an archive. Each error says what was being done, to which file, and why it failed; texts
//! are fragments that fit after "failed to".

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::warc::Damage;

/// What was being done to a file or folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // the names say it
pub enum Action {
    Create,
    Open,
    List,
    Read,
    Write,
    Sync,
    Cut,
    Rename,
    Remove,
}

impl fmt::Display for Action {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Action::Create => "create",
            Action::Open => "open",
            Action::List => "list",
            Action::Read => "read",
            Action::Write => "write",
            Action::Sync => "sync",
            Action::Cut => "cut",
            Action::Rename => "rename",
            Action::Remove => "remove",
        })
    }
}

/// Why an archive cannot be read or written.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Another run holds the archive.
    #[error("another run is in progress (it holds {})", path.display())]
    Locked {
        /// The lock's file.
        path: PathBuf,
    },
    /// The file system refused: a full disk, a read-only folder, a vanished mount.
    #[error("{action} {}", path.display())]
    Io {
        /// What was being done.
        action: Action,
        /// To what.
        path: PathBuf,
        /// Why it failed.
        #[source]
        source: io::Error,
    },
    /// A write failed in such a way that nothing can follow it: it could not be taken back, or may have come through.
    #[error("finish writing to {}; the next run continues with what is there", path.display())]
    Broken {
        /// The archive.
        path: PathBuf,
        /// What failed.
        #[source]
        source: Arc<Error>,
    },
    /// `SQLite` refused.
    #[error("use the index {}", path.display())]
    Index {
        /// The index's file.
        path: PathBuf,
        /// Why it failed.
        #[source]
        source: rusqlite::Error,
    },
    /// There is no index to read from, or one of another version of the program; `rebuild` makes it.
    #[error("read the index {}: it is missing or was made by another version; `rebuild` makes it", path.display())]
    NoIndex {
        /// Where it would be.
        path: PathBuf,
    },
    /// Nothing was written yet.
    #[error("find an archive in {}: there is none yet, and the first `tearsheet run` makes it", path.display())]
    NoArchive {
        /// The archive's folder.
        path: PathBuf,
    },
    /// A WARC file is gone, or shorter than what was committed to it; `rebuild` starts again from what is there.
    #[error(
        "find what the index knows of in {}: {expected} bytes were committed to it, {found} are there; \
         bring the file back, or let `verify --repair` keep what is there, or `rebuild` go on without it",
        path.display()
    )]
    Shrunk {
        /// The WARC file.
        path: PathBuf,
        /// Committed bytes.
        expected: u64,
        /// Its length now; 0 if it is gone.
        found: u64,
    },
    /// A file was written anew, and the index does not follow it yet: the program was stopped in between. The next one
    /// that writes takes that up.
    #[error("read {}: the file was rewritten since it was indexed; the next run re-indexes it", path.display())]
    Disagrees {
        /// The WARC file.
        path: PathBuf,
    },
    /// A record of a format version that this program does not know.
    #[error("read the record at {offset} of {}: it is of the newer format `{format}`, for which a newer tearsheet is needed", path.display())]
    NewerFormat {
        /// The WARC file.
        path: PathBuf,
        /// The record's offset in bytes.
        offset: u64,
        /// Its content type.
        format: String,
    },
    /// A file that is to be imported is a ZIP file that cannot be read as one.
    #[error("read {} as a WACZ file", path.display())]
    BrokenZip {
        /// Which file.
        path: PathBuf,
        /// Why.
        #[source]
        source: zip::result::ZipError,
    },
    /// A file that is to be imported is something else.
    #[error("read {}: it is not a WARC file, nor a WACZ file with one in its `archive/`", path.display())]
    NotWarc {
        /// Which file.
        path: PathBuf,
    },
    /// The clock is older than this program: every date that it gave would be wrong, and readers drop what is so old.
    #[error("date what is new: this machine's clock says {}; set it and run again", now.format("%Y-%m-%d"))]
    Clock {
        /// What it says.
        now: DateTime<Utc>,
    },
    /// There is no record to be exported.
    #[error("nothing to export: the archive has no record of it")]
    NothingToExport,
    /// A record that must be read is damaged.
    #[error("read the record at {offset} of {}, which `verify --repair` may mend", path.display())]
    Damaged {
        /// The WARC file.
        path: PathBuf,
        /// The record's offset in bytes.
        offset: u64,
        /// What is wrong with it.
        #[source]
        source: Damage,
    },
}

impl Error {
    /// Whether one record cannot be used, and the archive otherwise can.
    #[must_use]
    pub fn is_of_one_record(&self) -> bool {
        matches!(self, Error::Damaged { .. } | Error::NewerFormat { .. })
    }

    /// For [`Result::map_err`]: what failed on `path`.
    pub(crate) fn io(action: Action, path: &Path) -> impl FnOnce(io::Error) -> Error + '_ {
        move |source| Error::Io { action, path: path.to_owned(), source }
    }
}
