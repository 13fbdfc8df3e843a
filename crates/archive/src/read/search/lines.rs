//! The lines of the published site's search, as publishing asks for them.

use super::in_search;
use crate::error::Error;
use crate::index::search::{Line, Reach, SearchIndex};
use crate::model::SourceId;

impl SearchIndex {
    /// The number of the newest change that its lines know.
    ///
    /// # Errors
    /// [`Error::Index`] if it cannot be read.
    pub fn lines_up_to(&self) -> Result<u64, Error> {
        self.reach(Reach::Lines).map_err(in_search(self))
    }

    /// The months of which there are lines, the newest first.
    ///
    /// # Errors
    /// [`Error::Index`] if it cannot be read.
    pub fn months(&self) -> Result<Vec<String>, Error> {
        self.months_with_lines().map_err(in_search(self))
    }

    /// The months with a line of an article that one of these sources found.
    ///
    /// # Errors
    /// [`Error::Index`] if it cannot be read.
    pub fn months_of(&self, sources: &[SourceId]) -> Result<Vec<String>, Error> {
        self.months_with_lines_of(sources).map_err(in_search(self))
    }

    /// The lines of a month, the oldest first.
    ///
    /// # Errors
    /// [`Error::Index`] if it cannot be read.
    pub fn lines(&self, month: &str) -> Result<Vec<Line>, Error> {
        self.lines_of(month).map_err(in_search(self))
    }

    /// Drops all lines: they are to be made in another way.
    ///
    /// # Errors
    /// [`Error::Index`] if it cannot be written.
    pub fn forget_lines(&self) -> Result<(), Error> {
        self.drop_lines().map_err(in_search(self))
    }

    /// What was noted under `key`. One that is made again has forgotten it.
    ///
    /// # Errors
    /// [`Error::Index`] if it cannot be read.
    pub fn note(&self, key: &str) -> Result<Option<String>, Error> {
        self.fact(key).map_err(in_search(self))
    }

    /// Notes `value` under `key`.
    ///
    /// # Errors
    /// [`Error::Index`] if it cannot be written.
    pub fn set_note(&self, key: &str, value: &str) -> Result<(), Error> {
        self.set_fact(key, value).map_err(in_search(self))
    }
}
