//! The index: tables made from the WARC files, and what is only worth knowing until they are made again. It holds no
//! article and no capture, only where they stand. One connection writes.

mod articles;
mod columns;
mod connection;
mod findings;
mod fold;
mod health;
mod held;
mod hints;
mod history;
mod notes;
mod pages;
mod parts;
mod pictures;
mod places;
pub(crate) mod search;
mod sequence;
pub(super) mod shelves;
pub(crate) mod state;
mod volumes;
mod withdrawn;

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::types::Type;
use rusqlite::{Connection, ErrorCode, OpenFlags, OptionalExtension, Result, params};

use connection::prepared_once;

pub(super) use articles::{Located, Prior, Row};
pub(super) use findings::Placed;
pub(super) use fold::{FoundAgain, ListingFact, Place};
pub(super) use held::HeldRow;
pub(super) use hints::Trace;
pub(super) use history::RevisionRow;
pub(super) use notes::apply_note;
pub(super) use pages::Trouble;
pub(super) use parts::PartRow;
pub(super) use pictures::{PictureRow, WantedRow};
pub(super) use places::Expected;

use crate::store::segments::Name;

/// The schema's number; an index with another one is made again.
const SCHEMA: i32 = 14;

/// Under which key an index remembers which one it is.
const MADE: &str = "made";

/// Memory for its pages, in KiB: the upper levels of every table of a million articles.
const CACHE: i32 = 32 * 1024;

/// The index of one archive.
#[derive(Debug)]
pub(super) struct Index {
    db: Connection,
    path: PathBuf,
}

/// How far the index has read a WARC file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) id: i64,
    pub(super) name: String,
    pub(super) length: u64,
}

impl Index {
    /// Opens the index at `path` for writing. `None` if it is not there, was made by another version, or is broken.
    pub(super) fn open(path: &Path) -> Result<Option<Index>> {
        if !path.exists() {
            return Ok(None);
        }
        let opened = Index::at(path, OpenFlags::SQLITE_OPEN_READ_WRITE).and_then(|index| {
            index.db.execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;")?;
            index.current()
        });
        match opened {
            Err(error) if is_broken(&error) => Ok(None),
            other => other,
        }
    }

    /// Opens the index at `path` for reading. `None` if it is not there or was made by another version.
    pub(super) fn open_to_read(path: &Path) -> Result<Option<Index>> {
        if !path.exists() {
            return Ok(None);
        }
        let opened = Index::at(path, OpenFlags::SQLITE_OPEN_READ_ONLY).and_then(Index::current);
        match opened {
            // A folder that cannot be written holds an index that nobody changes.
            Err(error) if is_refused(&error) => {
                Index { db: open_immutable(path)?, path: path.to_owned() }.current()
            }
            other => other,
        }
    }

    fn at(path: &Path, flags: OpenFlags) -> Result<Index> {
        let db = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
        let db = prepared_once(db)?;
        db.busy_timeout(Duration::from_secs(10))?;
        db.pragma_update(None, "cache_size", -CACHE)?;
        Ok(Index { db, path: path.to_owned() })
    }

    fn current(self) -> Result<Option<Index>> {
        let schema: i32 = self.db.query_row("PRAGMA user_version", [], |row| row.get(0))?;
        Ok((schema == SCHEMA).then_some(self))
    }

    /// The index of an archive of which nothing was written yet; it is in memory, and `path` is where it will be.
    pub(super) fn empty(path: &Path) -> Result<Index> {
        let index = Index { db: Connection::open_in_memory()?, path: path.to_owned() };
        index.db.execute_batch(include_str!("index/schema.sql"))?;
        Ok(index)
    }

    /// Makes an empty index at `path`, to be filled in one go: until it is finished a crash may break it.
    pub(super) fn create(path: &Path) -> Result<Index> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
        let index = Index::at(path, flags)?;
        index.db.execute_batch(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE;",
        )?;
        index.db.execute_batch("BEGIN")?;
        index.db.execute_batch(include_str!("index/schema.sql"))?;
        index
            .db
            .execute("INSERT INTO memory (key, value) VALUES (?1, lower(hex(randomblob(16))))", [MADE])?;
        index.db.pragma_update(None, "user_version", SCHEMA)?;
        Ok(index)
    }

    /// What tells it from an index that is made later: the numbers of articles and changes are others in that. Empty in
    /// one of an earlier version.
    pub(super) fn made(&self) -> Result<String> {
        Ok(self.note(MADE)?.unwrap_or_default())
    }

    /// Where it is.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Ends what [`Index::create`] began, and lets go of the file. It is of the kind then that a writer and its readers
    /// share, so that nobody has to change it first.
    pub(super) fn finish(self) -> Result<()> {
        self.db.execute_batch("COMMIT; PRAGMA journal_mode = WAL;")?;
        self.db.close().map_err(|(_, error)| error)
    }

    /// Begins a transaction, unless one has begun.
    pub(super) fn begin(&self) -> Result<()> {
        if self.db.is_autocommit() { self.db.execute_batch("BEGIN IMMEDIATE") } else { Ok(()) }
    }

    /// Ends the transaction, if one has begun.
    pub(super) fn commit(&self) -> Result<()> {
        if self.db.is_autocommit() { Ok(()) } else { self.db.execute_batch("COMMIT") }
    }

    /// Undoes the transaction, if one has begun.
    pub(super) fn roll_back(&self) -> Result<()> {
        if self.db.is_autocommit() { Ok(()) } else { self.db.execute_batch("ROLLBACK") }
    }

    /// Every WARC file that the index knows, in the order in which it read them.
    pub(super) fn marks(&self) -> Result<Vec<Mark>> {
        let mut query = self.db.prepare_cached("SELECT id, name, length FROM segment ORDER BY id")?;
        let rows = query.query_map([], |row| {
            Ok(Mark { id: row.get(0)?, name: row.get(1)?, length: row.get::<_, i64>(2)?.cast_unsigned() })
        })?;
        rows.collect()
    }

    /// The greatest number of a WARC file here, which grows with every new one.
    pub(super) fn segments(&self) -> Result<i64> {
        let mut query = self.db.prepare_cached("SELECT ifnull(max(id), 0) FROM segment")?;
        query.query_row([], |row| row.get(0))
    }

    /// How far the WARC file called `name` has been read.
    pub(super) fn mark(&self, name: &Name) -> Result<u64> {
        let mut query = self.db.prepare_cached("SELECT length FROM segment WHERE name = ?1")?;
        let length = query.query_row([name.as_str()], |row| row.get::<_, i64>(0)).optional()?;
        Ok(length.unwrap_or_default().cast_unsigned())
    }

    /// Notes that the WARC file called `name` has been read up to `length`, and gives its number here.
    pub(super) fn set_mark(&self, name: &Name, length: u64) -> Result<i64> {
        let mut write = self.db.prepare_cached(
            "INSERT INTO segment (name, length) VALUES (?1, ?2)
             ON CONFLICT (name) DO UPDATE SET length = ?2 RETURNING id",
        )?;
        write.query_row(params![name.as_str(), length.cast_signed()], |row| row.get(0))
    }

    /// The number of the WARC file called `name`; a new one if it is new.
    pub(super) fn segment(&self, name: &Name) -> Result<i64> {
        let mut query = self.db.prepare_cached("SELECT id FROM segment WHERE name = ?1")?;
        match query.query_row([name.as_str()], |row| row.get(0)).optional()? {
            Some(id) => Ok(id),
            None => self.set_mark(name, 0),
        }
    }

    /// The name of the WARC file with number `id`.
    pub(super) fn segment_name(&self, id: i64) -> Result<Name> {
        let mut query = self.db.prepare_cached("SELECT name FROM segment WHERE id = ?1")?;
        let name: String = query.query_row([id], |row| row.get(0))?;
        Name::parse(&name).ok_or(rusqlite::Error::InvalidColumnType(0, name, Type::Text))
    }

    /// Forgets the WARC file called `name`, of which nothing was read.
    pub(super) fn forget_segment(&self, name: &Name) -> Result<()> {
        self.db.execute("DELETE FROM segment WHERE name = ?1", [name.as_str()]).map(drop)
    }

    /// What was noted under `key`.
    pub(super) fn note(&self, key: &str) -> Result<Option<String>> {
        let mut query = self.db.prepare_cached("SELECT value FROM memory WHERE key = ?1")?;
        query.query_row([key], |row| row.get(0)).optional()
    }

    /// Notes `value` under `key`.
    pub(super) fn set_note(&self, key: &str, value: &str) -> Result<()> {
        let mut write =
            self.db.prepare_cached("INSERT OR REPLACE INTO memory (key, value) VALUES (?1, ?2)")?;
        write.execute([key, value]).map(drop)
    }
}

/// Whether `error` says that the file itself is damaged.
/// Whether a folder or file cannot be written, which even a reader of a shared file has to.
fn is_refused(error: &rusqlite::Error) -> bool {
    matches!(error.sqlite_error_code(), Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly))
}

/// Opens a file that nobody changes.
fn open_immutable(path: &Path) -> Result<Connection> {
    let invalid = || rusqlite::Error::InvalidPath(path.to_owned());
    let absolute = std::path::absolute(path).map_err(|_| invalid())?;
    let mut uri = url::Url::from_file_path(absolute).map_err(|()| invalid())?;
    uri.set_query(Some("immutable=1"));
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
    prepared_once(Connection::open_with_flags(uri.as_str(), flags)?)
}

pub(crate) fn is_broken(error: &rusqlite::Error) -> bool {
    matches!(error.sqlite_error_code(), Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt))
}
