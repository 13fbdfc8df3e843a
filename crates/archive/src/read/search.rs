//! Searching an archive: what was asked, as the search index understands it, and what was found, as the archive has it.

pub(crate) mod lines;
pub(crate) mod question;
pub(crate) mod snippet;
pub(crate) mod terms;

use std::path::PathBuf;

use chrono::{DateTime, Utc};

use self::question::Question;
use self::snippet::{Snippet, snippet};
use super::view::View;
use crate::error::Error;
use crate::index::search::{Match, Reach, SearchIndex};
use crate::model::{Entry, SourceId};

/// The name of the search index in the archive's folder.
const FILE: &str = "search.sqlite";

/// What is searched for.
#[derive(Clone, Copy, Debug)]
pub struct Searched<'a> {
    /// Words, all of which an article has; `"words in a row"`; `begin*`; `-without`.
    pub words: &'a str,
    /// The sources that found it; all, if there is none.
    pub sources: &'a [SourceId],
    /// Nothing that was published earlier.
    pub since: Option<DateTime<Utc>>,
    /// How many articles are read, the best first.
    pub limit: usize,
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hits {
    /// The best first.
    pub hits: Vec<Hit>,
    /// How many there are in all.
    pub all: u64,
}

/// An article that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// As it is now.
    pub entry: Entry,
    /// The place of its text that shows why; `None` without text.
    pub snippet: Option<Snippet>,
}

impl View {
    /// Where the search index is, and the index that it has to be made from.
    pub(crate) fn search_place(&self) -> Result<(PathBuf, String), Error> {
        Ok((self.archive.join(FILE), self.index.made().map_err(self.in_index())?))
    }

    /// The search index as it is on the disk; `None` where it has to be made.
    ///
    /// # Errors
    /// [`Error::Index`] if it cannot be read.
    pub fn search_index(&self) -> Result<Option<SearchIndex>, Error> {
        let (path, made) = self.search_place()?;
        let newest = self.newest_change()?;
        SearchIndex::open_to_read(&path, &made, newest).map_err(|source| Error::Index { path, source })
    }

    /// How many articles changed since they were taken into the search index.
    ///
    /// # Errors
    /// [`Error::Index`] if an index cannot be read.
    pub fn behind(&self, search: &SearchIndex) -> Result<u64, Error> {
        let reach = search.reach(Reach::Words).map_err(in_search(search))?;
        self.index.changes_since(reach).map_err(self.in_index())
    }

    /// What `search` finds. Where no article has a word as it was typed, those count whose words begin with it. `None` where
    /// there is nothing that can be searched for.
    ///
    /// # Errors
    /// [`Error`] if an index or a WARC file cannot be read.
    pub fn search(&self, search: &SearchIndex, searched: &Searched<'_>) -> Result<Option<Hits>, Error> {
        let Some(question) = Question::parse(searched.words) else { return Ok(None) };
        let hits = self.hits(search, searched, &question)?;
        Ok(Some(if hits.all == 0 { self.hits(search, searched, &question.opened())? } else { hits }))
    }

    fn hits(
        &self,
        search: &SearchIndex,
        searched: &Searched<'_>,
        question: &Question,
    ) -> Result<Hits, Error> {
        let sources = serde_json::to_string(searched.sources).expect("plain values serialise");
        let since = searched.since.map(|since| since.timestamp());
        let asked = Match { expression: &question.expression(), sources: &sources, since };
        let (found, all) = search.matching(&asked, searched.limit).map_err(in_search(search))?;
        let needles = question.needles();
        let mut hits = Hits { hits: Vec::new(), all };
        for sequence in found {
            let Some(id) = self.index.id_of(sequence).map_err(self.in_index())? else { continue };
            // It may have been taken down since.
            if self.index.is_withdrawn(&id).map_err(self.in_index())? {
                continue;
            }
            match self.entry_of(sequence) {
                Ok(entry) => hits.hits.push(Hit { snippet: snippet(&entry.article.text, &needles), entry }),
                Err(error) if error.is_of_one_record() => {}
                Err(error) => return Err(error),
            }
        }
        Ok(hits)
    }
}

/// For [`Result::map_err`]: `SQLite` refused.
pub(crate) fn in_search(search: &SearchIndex) -> impl FnOnce(rusqlite::Error) -> Error {
    let path = search.path().to_owned();
    move |source| Error::Index { path, source }
}
