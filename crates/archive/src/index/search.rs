//! `search.sqlite`: the terms of every article, and the lines of the published site's own search. All of it is made from
//! the archive: where the file is missing, broken, of another version or made from another index, it is made again.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, OptionalExtension, Result, params};

use super::connection::prepared_once;
use super::{is_broken, is_refused, open_immutable};

mod lines;

pub use lines::Line;
pub(crate) use lines::spaced;

/// The schema's number; a file with another one is made again.
const SCHEMA: i32 = 1;

/// Memory for its pages, in KiB.
const CACHE: i32 = 16 * 1024;

/// The key under which it is kept which index it was made from.
const MADE_FROM: &str = "made from";

/// The search index of one archive.
#[derive(Debug)]
pub struct SearchIndex {
    db: Connection,
    path: PathBuf,
}

/// The terms of an article, by where they are, each behind a space.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Terms {
    pub(crate) title: String,
    pub(crate) authors: String,
    pub(crate) address: String,
    pub(crate) text: String,
}

/// How far something in it goes: the number of the newest change that is in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reach {
    /// The terms of articles.
    Words,
    /// The lines of the site's search.
    Lines,
}

impl Reach {
    fn key(self) -> &'static str {
        match self {
            Reach::Words => "words up to",
            Reach::Lines => "lines up to",
        }
    }
}

/// What is asked for.
#[derive(Debug)]
pub(crate) struct Match<'a> {
    /// In the language of FTS5.
    pub(crate) expression: &'a str,
    /// The names of sources, as a JSON array; an empty one means all.
    pub(crate) sources: &'a str,
    /// Nothing that is shown under an earlier instant, in seconds.
    pub(crate) since: Option<i64>,
}

impl SearchIndex {
    /// Opens the file at `path` for writing. What was not made from the index that is called `made`, whose newest change is
    /// `newest`, is made again, empty.
    pub(crate) fn open(path: &Path, made: &str, newest: u64) -> Result<SearchIndex> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE;
        let known =
            path.exists().then(|| SearchIndex::at(path, flags).and_then(|index| index.current(made, newest)));
        match known {
            Some(Ok(Some(index))) => return Ok(index),
            Some(Err(error)) if !is_broken(&error) => return Err(error),
            // What cannot be removed cannot be written either.
            Some(_) => drop(remove(path)),
            None => {}
        }
        SearchIndex::at(path, flags | OpenFlags::SQLITE_OPEN_CREATE)?.filled(made)
    }

    /// Opens the file at `path` for reading. `None` if [`SearchIndex::open`] would make it again.
    pub(crate) fn open_to_read(path: &Path, made: &str, newest: u64) -> Result<Option<SearchIndex>> {
        if !path.exists() {
            return Ok(None);
        }
        let opened = SearchIndex::at(path, OpenFlags::SQLITE_OPEN_READ_ONLY)
            .and_then(|index| index.current(made, newest));
        match opened {
            Err(error) if is_broken(&error) => Ok(None),
            // A folder that cannot be written holds a file that nobody changes.
            Err(error) if is_refused(&error) => {
                SearchIndex { db: open_immutable(path)?, path: path.to_owned() }.current(made, newest)
            }
            other => other,
        }
    }

    /// An empty one in a file of the system, which goes with it: for an archive that cannot be written.
    pub(crate) fn temporary(path: &Path, made: &str) -> Result<SearchIndex> {
        SearchIndex { db: prepared_once(Connection::open("")?)?, path: path.to_owned() }.filled(made)
    }

    fn at(path: &Path, flags: OpenFlags) -> Result<SearchIndex> {
        let db = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
        let db = prepared_once(db)?;
        db.busy_timeout(Duration::from_secs(10))?;
        db.pragma_update(None, "cache_size", -CACHE)?;
        Ok(SearchIndex { db, path: path.to_owned() })
    }

    fn current(self, made: &str, newest: u64) -> Result<Option<SearchIndex>> {
        let schema: i32 = self.db.query_row("PRAGMA user_version", [], |row| row.get(0))?;
        if schema != SCHEMA || self.fact(MADE_FROM)?.as_deref() != Some(made) {
            return Ok(None);
        }
        // An index that was brought back from a copy has not what this one knows.
        let reach = self.reach(Reach::Words)?.max(self.reach(Reach::Lines)?);
        Ok((reach <= newest).then_some(self))
    }

    fn filled(self, made: &str) -> Result<SearchIndex> {
        self.db.execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; BEGIN;")?;
        self.db.execute_batch(include_str!("search.sql"))?;
        self.set_fact(MADE_FROM, made)?;
        self.db.pragma_update(None, "user_version", SCHEMA)?;
        self.db.execute_batch("COMMIT")?;
        Ok(self)
    }

    /// Where it is.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Begins a transaction, unless one has begun.
    pub(crate) fn begin(&self) -> Result<()> {
        if self.db.is_autocommit() {
            self.db.execute_batch("PRAGMA synchronous = NORMAL; BEGIN IMMEDIATE")
        } else {
            Ok(())
        }
    }

    /// Ends the transaction, if one has begun.
    pub(crate) fn commit(&self) -> Result<()> {
        if self.db.is_autocommit() { Ok(()) } else { self.db.execute_batch("COMMIT") }
    }

    /// How far it goes; 0 for nothing.
    pub(crate) fn reach(&self, of: Reach) -> Result<u64> {
        Ok(self.fact(of.key())?.and_then(|text| text.parse().ok()).unwrap_or_default())
    }

    pub(crate) fn set_reach(&self, of: Reach, change: u64) -> Result<()> {
        self.set_fact(of.key(), &change.to_string())
    }

    pub(crate) fn fact(&self, key: &str) -> Result<Option<String>> {
        let mut query = self.db.prepare_cached("SELECT value FROM fact WHERE key = ?1")?;
        query.query_row([key], |row| row.get(0)).optional()
    }

    pub(crate) fn set_fact(&self, key: &str, value: &str) -> Result<()> {
        let mut write = self.db.prepare_cached("INSERT OR REPLACE INTO fact (key, value) VALUES (?1, ?2)")?;
        write.execute(params![key, value]).map(drop)
    }

    /// Takes the terms of the article with this number in, in place of those that it had.
    pub(crate) fn take_in(&self, sequence: u64, at: i64, sources: &str, terms: &Terms) -> Result<()> {
        self.leave_out(sequence)?;
        let sequence = sequence.cast_signed();
        let mut write =
            self.db.prepare_cached("INSERT INTO article (sequence, at, sources) VALUES (?1, ?2, ?3)")?;
        write.execute(params![sequence, at, sources])?;
        let mut write = self.db.prepare_cached(
            "INSERT INTO words (rowid, title, authors, address, text) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?;
        write.execute(params![sequence, terms.title, terms.authors, terms.address, terms.text]).map(drop)
    }

    /// The article with this number is not found any longer.
    pub(crate) fn leave_out(&self, sequence: u64) -> Result<()> {
        let sequence = sequence.cast_signed();
        let known = self.db.prepare_cached("DELETE FROM article WHERE sequence = ?1")?.execute([sequence])?;
        if known > 0 {
            self.db.prepare_cached("DELETE FROM words WHERE rowid = ?1")?.execute([sequence])?;
        }
        Ok(())
    }

    /// The numbers of the `limit` best articles, the best first and the newer of two that are as good, and how many there
    /// are in all.
    pub(crate) fn matching(&self, asked: &Match<'_>, limit: usize) -> Result<(Vec<u64>, u64)> {
        const CHOSEN: &str = "FROM words JOIN article a ON a.sequence = words.rowid
            WHERE words MATCH ?1 AND (?2 IS NULL OR a.at >= ?2) AND (?3 = '[]' OR EXISTS (
                SELECT 1 FROM json_each(?3) WHERE instr(a.sources, ' ' || value || ' ') > 0))";
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let best = format!("SELECT words.rowid {CHOSEN} ORDER BY words.rank, a.at DESC, a.sequence LIMIT ?4");
        let mut query = self.db.prepare_cached(&best)?;
        let rows = query.query_map(params![asked.expression, asked.since, asked.sources, limit], |row| {
            row.get::<_, i64>(0).map(i64::cast_unsigned)
        })?;
        let found: Vec<u64> = rows.collect::<Result<_>>()?;
        let mut query = self.db.prepare_cached(&format!("SELECT count(*) {CHOSEN}"))?;
        let all = query
            .query_row(params![asked.expression, asked.since, asked.sources], |row| row.get::<_, i64>(0))?;
        Ok((found, all.cast_unsigned()))
    }
}

/// Removes a file that cannot be used, with what `SQLite` keeps beside it.
pub(crate) fn remove(path: &Path) -> io::Result<()> {
    for suffix in ["-wal", "-shm", ""] {
        let mut name = path.as_os_str().to_owned();
        name.push(suffix);
        match fs::remove_file(name) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(())
}
