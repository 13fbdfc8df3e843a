//! What can be wrong with an archive, in words, and from what it can be made good.

use std::fmt;
use std::io;
use std::ops::Range;
use std::path::PathBuf;

use crate::model::ArticleId;
use crate::warc::Damage;

/// Something that is not as it should be.
#[derive(Debug)]
pub struct Finding {
    /// The file.
    pub path: PathBuf,
    /// Which of its bytes; none for the whole.
    pub place: Option<Range<u64>>,
    /// What is wrong.
    pub flaw: Flaw,
    /// The article and the number of its revision, where the index knows whose record it is.
    pub revision: Option<(ArticleId, u32)>,
    /// From what it can be made good.
    pub remedy: Remedy,
}

impl Finding {
    pub(super) fn of_file(path: PathBuf, flaw: Flaw, remedy: Remedy) -> Finding {
        Finding { path, place: None, flaw, revision: None, remedy }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", self.path.display())?;
        if let Some(place) = &self.place {
            write!(out, ": {} bytes at {}", place.end.saturating_sub(place.start), place.start)?;
        }
        if let Some((id, number)) = &self.revision {
            write!(out, ", revision {number} of {id}")?;
        }
        write!(out, ": {}; {}", self.flaw, self.remedy)
    }
}

/// What is wrong.
#[derive(Debug, thiserror::Error)]
pub enum Flaw {
    /// A record cannot be read.
    #[error(transparent)]
    Damaged(Damage),
    /// A record lies within the damage of the one before it.
    #[error("it lies within damaged bytes")]
    Swallowed,
    /// A block is not the one that its digest was made of.
    #[error("its block is not what its digest says")]
    Block,
    /// A payload is not the one that its digest was made of.
    #[error("its payload is not what its digest says")]
    Payload,
    /// Bytes changed that nothing is read from.
    #[error("its bytes are not those that were written, though it reads as it did")]
    Altered,
    /// The disk gives a file only in part, or not at all.
    #[error("it cannot be read further")]
    Unreadable(#[source] io::Error),
    /// A file that was committed is gone.
    #[error("the file is gone, and with it {bytes} bytes that belong to {revisions} revisions")]
    Missing {
        /// Committed bytes.
        bytes: u64,
        /// Revisions whose records are there.
        revisions: u64,
    },
    /// A file is shorter than what was committed to it.
    #[error("it has {found} bytes where {expected} were committed")]
    Shrunk {
        /// Committed bytes.
        expected: u64,
        /// Bytes that are there.
        found: u64,
    },
    /// The index expects a record where none, or another one, begins.
    #[error("the index expects a record there, and it is not there")]
    NoRecord,
    /// The index does not know of what is there.
    #[error("the index does not know of it")]
    Unseen,
    /// Another program's file stands among the archive's.
    #[error("it is none of the archive's files, and nothing is read from it")]
    Stray,
    /// There is no index, or one of another version.
    #[error("there is no index, or one of another version of the program")]
    NoIndex,
    /// `SQLite` finds the index damaged.
    #[error("the index is damaged")]
    BrokenIndex,
}

/// From what a flaw can be made good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remedy {
    /// Nothing is lost.
    Nothing,
    /// The WARC files say what the index should.
    Rebuild,
    /// The article's response is whole.
    Extract,
    /// The article is whole, without its response.
    ArticleRemains,
    /// Only a copy of the file has it.
    Copy,
    /// It can be taken in.
    Import,
    /// Nothing was ever published of it.
    SetAside,
}

impl fmt::Display for Remedy {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Remedy::Nothing => "nothing is lost, but the disk may be failing",
            Remedy::Rebuild => "`rebuild` makes the index again from the WARC files",
            Remedy::Extract => "the article can be extracted again from its response, which is whole",
            Remedy::ArticleRemains => "the article is whole; its response is only in a copy of the file",
            Remedy::Copy => "only a copy of the file has it",
            Remedy::SetAside => "nothing is published of it, and `verify --repair` sets it aside",
            Remedy::Import => "`import` takes in what it holds, and then it can go elsewhere",
        })
    }
}
