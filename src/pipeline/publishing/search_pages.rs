//! The files of the site's own search. What it knows of each article is kept beside the archive's words, by month; a run
//! writes the months of what it brought, and those of sources that came or went.
//!
//! An article is in the month under which the site lists it, also one that was found long after it was published: what
//! somebody looks for is where its date is, and the newest months are searched first. So a backfill writes the months that it
//! fills again, each once. By the month of first sight all of the past would be in the newest month, and slow every search.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::press::Press;
use crate::archive::{Archive, Line, SearchIndex};
use crate::model::{Entry, SourceId};
use crate::pipeline::Error;
use crate::publish::{self, SearchShard, stale};

/// The note under which it is kept how lines are made; another one makes all of them again.
const MADE_AS: (&str, &str) = ("lines are made as", "1");
/// The note under which the sources are kept whose articles were found.
const SOURCES: &str = "sources of lines";
/// The note under which the scripts of each month are kept.
const SHARDS: &str = "shards of months";
/// The note under which it is kept how far the scripts go. Where lines go farther, a run was ended before it wrote them.
const WRITTEN: &str = "shards up to";

type Shards = BTreeMap<String, Vec<SearchShard>>;

impl Press<'_> {
    /// Writes what the site's search lacks.
    pub(super) fn search(&mut self, archive: &Archive) -> Result<(), Error> {
        // Of a source whose file is broken what was published stays.
        if !self.is_last || !self.publication.is_whole {
            return Ok(());
        }
        let view = self.view;
        let (index, (before, mut months)) = archive.search_index_after(&mut |index| {
            if index.note(MADE_AS.0)?.as_deref() != Some(MADE_AS.1) {
                index.forget_lines()?;
                index.set_note(MADE_AS.0, MADE_AS.1)?;
            }
            let before = index.lines_up_to()?;
            Ok((before, index.catch_up_lines(view, &line)?))
        })?;
        let sources: Vec<SourceId> =
            self.publication.sources.iter().map(|source| source.id.clone()).collect();
        let known = if self.begins_anew { None } else { known(&index, before)? };
        let mut shards = match known {
            Some((before, shards)) => {
                let other = |id: &&SourceId| before.contains(id) != sources.contains(id);
                let others: Vec<SourceId> = before.iter().chain(&sources).filter(other).cloned().collect();
                months.extend(index.months_of(&others)?);
                shards
            }
            None => {
                months.extend(index.months()?);
                Shards::new()
            }
        };
        self.write_months(&index, &months, &sources, &mut shards)?;
        let all: Vec<SearchShard> =
            shards.values().rev().flat_map(|shards| shards.iter().rev()).cloned().collect();
        self.write(&[publish::search_list(self.publication.site, &self.publication.sources, &all)])?;
        let list = publish::shard_path("index");
        let wanted: HashSet<String> =
            all.iter().map(|shard| publish::shard_path(&shard.name)).chain([list]).collect();
        self.published.removed += stale::remove_shards(&self.publication.site.output, &wanted)?;
        index.set_note(WRITTEN, &index.lines_up_to()?.to_string())?;
        index.set_note(SOURCES, &serde_json::to_string(&sources).expect("plain values serialise"))?;
        Ok(index.set_note(SHARDS, &serde_json::to_string(&shards).expect("plain values serialise"))?)
    }

    fn write_months(
        &mut self,
        index: &SearchIndex,
        months: &BTreeSet<String>,
        sources: &[SourceId],
        shards: &mut Shards,
    ) -> Result<(), Error> {
        for month in months {
            let lines = index.lines(month)?;
            let is_shown = |line: &Line| line.sources.iter().any(|id| sources.contains(id));
            let texts: Vec<String> = lines.into_iter().filter(is_shown).map(|line| line.text).collect();
            let (made, files) = publish::search_shard(month, &texts);
            self.write(&files)?;
            shards.insert(month.clone(), made);
        }
        shards.retain(|_, shards| !shards.is_empty());
        Ok(())
    }
}

/// The sources whose articles were found, and the scripts, if they were written with all lines up to this change.
fn known(index: &SearchIndex, up_to: u64) -> Result<Option<(Vec<SourceId>, Shards)>, Error> {
    if index.note(WRITTEN)? != Some(up_to.to_string()) {
        return Ok(None);
    }
    let sources = index.note(SOURCES)?.and_then(|note| serde_json::from_str(&note).ok());
    let shards = index.note(SHARDS)?.and_then(|note| serde_json::from_str(&note).ok());
    Ok(sources.zip(shards))
}

fn line(entry: &Entry, sources: Vec<SourceId>) -> Option<Line> {
    let text = publish::search_line(entry)?;
    Some(Line { month: publish::month_of(entry), at: entry.shown_at(), sources, text })
}
