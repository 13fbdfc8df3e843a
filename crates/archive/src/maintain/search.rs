//! Brings the search index up to date with what changed in the archive. It never has what the archive has not.

use std::collections::BTreeSet;

use crate::Archive;
use crate::error::{Action, Error};
use crate::index::is_broken;
use crate::index::search::{Line, Reach, SearchIndex, Terms, remove, spaced};
use crate::model::{Entry, SourceId};
use crate::read::search::in_search;
use crate::read::search::terms::terms;
use crate::read::view::View;

/// How many articles are taken in between two commits.
const GROUP: usize = 256;

impl Archive {
    /// The search index after `work`, to which it is given; an empty one where it has to be made. One that turns out to be
    /// damaged is made again.
    ///
    /// # Errors
    /// [`Error`] if it cannot be opened, and those of `work`.
    pub fn search_index_after<T>(
        &self,
        work: &mut dyn FnMut(&SearchIndex) -> Result<T, Error>,
    ) -> Result<(SearchIndex, T), Error> {
        let (path, made) = self.view().search_place()?;
        let newest = self.view().newest_change()?;
        let open = || {
            let opened = SearchIndex::open(&path, &made, newest);
            opened.map_err(|source| Error::Index { path: path.clone(), source })
        };
        let index = open()?;
        match work(&index) {
            Err(Error::Index { path: at, source }) if at == path && is_broken(&source) => {
                drop(index);
                remove(&path).map_err(Error::io(Action::Remove, &path))?;
                let index = open()?;
                let done = work(&index)?;
                Ok((index, done))
            }
            done => done.map(|done| (index, done)),
        }
    }
}

impl View {
    /// An empty search index that goes when it is dropped, for an archive that cannot be written.
    ///
    /// # Errors
    /// [`Error::Index`] if the system has no room for it.
    pub fn temporary_search_index(&self) -> Result<SearchIndex, Error> {
        let (path, made) = self.search_place()?;
        SearchIndex::temporary(&path, &made).map_err(|source| Error::Index { path, source })
    }
}

impl SearchIndex {
    /// Takes in the words of what changed in the archive of `view` since, and says from time to time how much that was. What
    /// cannot be read is not found.
    ///
    /// # Errors
    /// [`Error`] if an index or a WARC file cannot be read or written.
    pub fn catch_up(&self, view: &View, progress: &mut dyn FnMut(u64)) -> Result<(), Error> {
        let mut done = 0;
        self.follow(view, Reach::Words, &mut |sequence| {
            match readable(view, sequence)? {
                Some((entry, sources)) => self
                    .take_in(sequence, entry.shown_at().timestamp(), &spaced(&sources), &terms_of(&entry))
                    .map_err(in_search(self))?,
                None => self.leave_out(sequence).map_err(in_search(self))?,
            }
            done += 1;
            progress(done);
            Ok(())
        })
    }

    /// Brings the lines of the published site's search up to date: `line` makes that of an article, of which it is given the
    /// sources too. The months whose lines may be others now. The line of an article that cannot be read stays.
    ///
    /// # Errors
    /// [`Error`] if an index or a WARC file cannot be read or written.
    pub fn catch_up_lines(
        &self,
        view: &View,
        line: &dyn Fn(&Entry, Vec<SourceId>) -> Option<Line>,
    ) -> Result<BTreeSet<String>, Error> {
        let mut months = BTreeSet::new();
        self.follow(view, Reach::Lines, &mut |sequence| {
            let Some(id) = view.index.id_of(sequence).map_err(view.in_index())? else { return Ok(()) };
            let is_gone = view.withdrawn(&id)?.is_some();
            let read = if is_gone { None } else { readable(view, sequence)? };
            if read.is_none() && !is_gone {
                return Ok(());
            }
            let line = read.and_then(|(entry, sources)| line(&entry, sources));
            let before = match &line {
                Some(line) => self.keep_line(&id, line),
                None => self.drop_line(&id),
            };
            months.extend(before.map_err(in_search(self))?);
            months.extend(line.map(|line| line.month));
            Ok(())
        })?;
        Ok(months)
    }

    /// Does `work` with the number of each article that changed since.
    fn follow(
        &self,
        view: &View,
        reach: Reach,
        work: &mut dyn FnMut(u64) -> Result<(), Error>,
    ) -> Result<(), Error> {
        loop {
            let mark = self.reach(reach).map_err(in_search(self))?;
            let changed = view.index.changed_since(mark, GROUP).map_err(view.in_index())?;
            let Some((newest, _)) = changed.last() else { return Ok(()) };
            self.begin().map_err(in_search(self))?;
            for (_, sequence) in &changed {
                work(*sequence)?;
            }
            self.set_reach(reach, *newest).map_err(in_search(self))?;
            self.commit().map_err(in_search(self))?;
        }
    }
}

/// An article that is not taken down and can be read, and the sources that found it.
fn readable(view: &View, sequence: u64) -> Result<Option<(Entry, Vec<SourceId>)>, Error> {
    let known = view.index.known(sequence).map_err(view.in_index())?;
    if view.withdrawn(&known.id)?.is_some() {
        return Ok(None);
    }
    match view.entry_of(sequence) {
        Ok(entry) => Ok(Some((entry, known.sources))),
        Err(error) if error.is_of_one_record() => Ok(None),
        Err(error) => Err(error),
    }
}

fn terms_of(entry: &Entry) -> Terms {
    let article = &entry.article;
    let joined = |text: &str| terms(text).join(" ");
    let text = match &article.description {
        Some(description) => format!("{description}\n{}", article.text),
        None => article.text.clone(),
    };
    Terms {
        title: joined(&article.title),
        authors: joined(&article.authors.join("\n")),
        address: joined(&format!("{}\n{}", entry.url, article.url)),
        text: joined(&text),
    }
}
