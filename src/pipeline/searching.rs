//! Searching the archive. Its search index follows what a run brings; where that would take long, it waits for the first
//! search.

use std::io::ErrorKind;

use chrono::{DateTime, Utc};

use super::{Error, Progress, find_source, open, unknown_source, view};
use crate::archive::{self, Archive, Hits, SearchIndex, Searched, View};
use crate::config::Config;
use crate::model::SourceId;

/// So many new articles are made searchable at the end of a run: a few seconds of work.
const AT_ONCE: u64 = 1000;

/// What a search found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SearchResult {
    /// The articles.
    pub hits: Hits,
    /// Articles that are new or changed and could not be searched, since a run is in progress or the archive cannot be
    /// written.
    pub unsearched: u64,
}

/// Searches the archive. Before that it brings the search index up to date, if no run is in progress. `None` where there
/// is nothing to be searched for.
///
/// # Errors
/// [`Error`] if the archive fails, or if there is no search index yet and a run is in progress.
pub fn search(
    config: &Config,
    searched: &Searched<'_>,
    now: DateTime<Utc>,
    observer: &(dyn Fn(Progress) + Sync),
) -> Result<Option<SearchResult>, Error> {
    let view = view(config)?;
    require_known(config, &view, searched.sources)?;
    if view.newest_change()? == 0 {
        return found(&view, &view.temporary_search_index()?, searched);
    }
    let known = view.search_index()?;
    if let Some(index) = known.as_ref().filter(|index| matches!(view.behind(index), Ok(0))) {
        return found(&view, index, searched);
    }
    match open(config, now) {
        Ok((archive, _)) => {
            let mut follow = |index: &SearchIndex| bring_up_to_date(archive.view(), index, observer);
            let (index, ()) = archive.search_index_after(&mut follow)?;
            found(archive.view(), &index, searched)
        }
        // Who cannot write searches what is there.
        Err(error) if is_locked(&error) || is_read_only(&error) => match known {
            Some(index) => found(&view, &index, searched),
            None if is_locked(&error) => Err(error),
            None => {
                let index = view.temporary_search_index()?;
                bring_up_to_date(&view, &index, observer)?;
                found(&view, &index, searched)
            }
        },
        Err(error) => Err(error),
    }
}

/// Refuses to search what neither the configuration nor the archive has.
fn require_known(config: &Config, view: &View, sources: &[SourceId]) -> Result<(), Error> {
    let counts = view.counts()?;
    let is_known = |id: &SourceId| {
        find_source(config, id.as_str()).is_ok() || counts.iter().any(|count| count.source == *id)
    };
    match sources.iter().find(|id| !is_known(id)) {
        Some(unknown) => Err(unknown_source(config, unknown.as_str())),
        None => Ok(()),
    }
}

fn found(view: &View, index: &SearchIndex, searched: &Searched<'_>) -> Result<Option<SearchResult>, Error> {
    let Some(hits) = view.search(index, searched)? else { return Ok(None) };
    Ok(Some(SearchResult { hits, unsearched: view.behind(index)? }))
}

fn bring_up_to_date(
    view: &View,
    index: &SearchIndex,
    observer: &(dyn Fn(Progress) + Sync),
) -> Result<(), archive::Error> {
    let all = view.behind(index)?;
    index.catch_up(view, &mut |done| observer(Progress::Rendering(done, all)))
}

/// Makes what a run brought searchable, unless it is very much.
pub(super) fn follow(archive: &Archive) -> Result<(), Error> {
    let view = archive.view();
    archive.search_index_after(&mut |index| match view.behind(index)? {
        much if much > AT_ONCE => Ok(()),
        _ => index.catch_up(view, &mut |_| ()),
    })?;
    Ok(())
}

fn is_locked(error: &Error) -> bool {
    matches!(error, Error::Archive(archive::Error::Locked { .. }))
}

fn is_read_only(error: &Error) -> bool {
    let Error::Archive(archive::Error::Io { source, .. }) = error else { return false };
    matches!(source.kind(), ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem)
}
