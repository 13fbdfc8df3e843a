//! Which captures an archive lets go, and letting them go. What was made of them stays: articles, notes, events, and
//! with them every byte that is published.

use std::collections::BTreeMap;
use std::path::PathBuf;

use chrono::{DateTime, TimeDelta, Utc};

use super::relocate::relocate;
use super::replay::{self, Fact, Said};
use crate::Archive;
use crate::error::Error;
use crate::index::state::Kind;
use crate::model::Digest;
use crate::record::Note;
use crate::record::key::key_of;
use crate::store::rewrite::{Damages, Edit, Edits, rewrite};
use crate::store::segments::{self, State};

/// Which captures may go. What no rule speaks of stays for ever.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Retention {
    /// Those that are older.
    pub max_age: Option<TimeDelta>,
    /// Of one page, listing or feed, all but so many of the newest.
    pub max_per_page: Option<usize>,
    /// The oldest, until all captures together take no more bytes than this.
    pub max_size: Option<u64>,
}

/// What a pruning would let go.
#[derive(Debug, Default)]
pub struct Pruning {
    /// Captures by what they are of, with their bytes.
    pub goes: BTreeMap<Kind, (u64, u64)>,
    /// The same of those that stay.
    pub stays: BTreeMap<Kind, (u64, u64)>,
    /// Files that are left alone, since something in them is damaged.
    pub damaged: Vec<PathBuf>,
    /// What has to be done: edits by the names of files.
    files: BTreeMap<String, Edits>,
}

impl Pruning {
    /// The number of files that are written anew.
    #[must_use]
    pub fn files(&self) -> usize {
        self.files.len()
    }
}

/// A capture as it stands in the archive.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Captured {
    /// The file, by its place among all.
    file: usize,
    offset: u64,
    bytes: u64,
    at: DateTime<Utc>,
    /// What it is of: an article, or a URL.
    page: Digest,
    kind: Kind,
    /// Whether it has to stay: its page is held back, and its owner may let it pass, or its file is damaged.
    is_needed: bool,
}

impl Archive {
    /// What `retention` lets go. Files that are being written are left alone. `progress` is told how many bytes of how
    /// many are read.
    ///
    /// # Errors
    /// [`Error`] if the archive cannot be read.
    pub fn prunable(
        &self,
        retention: &Retention,
        now: DateTime<Utc>,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<Pruning, Error> {
        let mut segments = segments::list(&self.view.archive)?;
        segments.retain(|segment| segment.state == State::Closed);
        let mut pruning = Pruning::default();
        let captures = self.captures(&segments, &mut pruning.damaged, progress)?;
        let goes = let_go(&captures, retention, now);
        for (capture, goes) in captures.iter().zip(goes) {
            let count = if goes { &mut pruning.goes } else { &mut pruning.stays };
            let (number, bytes) = count.entry(capture.kind).or_default();
            (*number, *bytes) = (*number + 1, *bytes + capture.bytes);
            if goes {
                let name = segments[capture.file].name.as_str().to_owned();
                pruning.files.entry(name).or_default().insert(capture.offset, Edit::LeaveOut);
            }
        }
        Ok(pruning)
    }

    /// Lets go what `pruning` found. Each file is written anew and takes its old place in one step; a crash leaves it as
    /// it was, or as it is to be. `progress` is told how many files of how many are done.
    ///
    /// # Errors
    /// [`Error`] if the archive cannot be written; files that were done are done.
    pub fn prune(
        &mut self,
        pruning: &Pruning,
        now: DateTime<Utc>,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<(), Error> {
        self.commit()?;
        let all = pruning.files.len() as u64;
        for (done, (name, edits)) in (1..).zip(&pruning.files) {
            let archive = self.view.archive.clone();
            let segments = segments::list(&archive)?;
            let Some(segment) = segments.iter().find(|segment| segment.name.as_str() == name) else {
                continue;
            };
            let length = rewrite(&archive, segment, edits, Damages::Copied, &[], now)?;
            let segment = segments::Segment { length, ..segment.clone() };
            self.change(|archive| {
                let index = &archive.view.index;
                if !relocate(index, &segment)? {
                    return Err(Error::Disagrees { path: segment.path.clone() });
                }
                index.set_mark(&segment.name, length).map(drop).map_err(archive.view.in_index())
            })?;
            self.view.forget_files();
            self.commit()?;
            progress(done, all);
        }
        Ok(())
    }

    fn captures(
        &self,
        segments: &[segments::Segment],
        damaged: &mut Vec<PathBuf>,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<Vec<Captured>, Error> {
        let total = segments.iter().map(|segment| segment.length).sum();
        let (mut captures, mut file, mut done) = (Vec::new(), 0, 0);
        replay::in_order(segments, |segment, steps| {
            let (first, mut is_damaged) = (captures.len(), false);
            for step in steps {
                let step = step?;
                is_damaged |= step.is_damaged();
                progress(done + step.end.unwrap_or_default(), total);
                if let Some(said) = step.said() {
                    captures.extend(self.captured(file, said)?);
                }
            }
            if is_damaged {
                damaged.push(segment.path.clone());
                captures[first..].iter_mut().for_each(|capture: &mut Captured| capture.is_needed = true);
            }
            done += segment.length;
            file += 1;
            Ok(())
        })?;
        Ok(captures)
    }

    /// The capture to which what was said belongs, if it is there.
    fn captured(&self, file: usize, said: Said) -> Result<Option<Captured>, Error> {
        let Said { fact, record, response, bytes, date } = said;
        let Some(response) = response else { return Ok(None) };
        let (page, kind, is_needed) = match &fact {
            Fact::Article(conversion) => (Digest::of(conversion.about.id.as_bytes()), Kind::Captures, false),
            Fact::Note(note) => match &**note {
                Note::Part { url, .. } => (Digest::of(url.as_str().as_bytes()), Kind::Captures, false),
                Note::Listing { url, .. } => (Digest::of(url.as_str().as_bytes()), Kind::Listings, false),
                Note::Rejected { candidate, .. } => {
                    let index = &self.view.index;
                    let held = index.held_key(&key_of(candidate)).and_then(|key| index.held_at(&key));
                    let held = held.map_err(self.view.in_index())?.and_then(|held| held.response);
                    let is_held = held.is_some_and(|held| held.span == response);
                    (Digest::of(key_of(candidate).as_bytes()), Kind::Rejected, is_held)
                }
                Note::Picture { url, payload, .. } => {
                    // What is published does not change by pruning.
                    let shown = self.view.index.is_picture_shown(payload).map_err(self.view.in_index())?;
                    (Digest::of(url.as_str().as_bytes()), Kind::Pictures, shown)
                }
                _ => return Ok(None),
            },
        };
        let bytes = bytes - record.length;
        Ok(Some(Captured { file, offset: response.offset, bytes, at: date, page, kind, is_needed }))
    }
}

/// Whether each of `captures`, which are in the archive's order, goes.
fn let_go(captures: &[Captured], retention: &Retention, now: DateTime<Utc>) -> Vec<bool> {
    let mut seen: BTreeMap<Digest, usize> = BTreeMap::new();
    let mut goes = vec![false; captures.len()];
    for (capture, goes) in captures.iter().zip(&mut goes).rev() {
        let newer = seen.entry(capture.page).or_default();
        let is_old = retention.max_age.is_some_and(|age| now - capture.at > age);
        let is_beyond = retention.max_per_page.is_some_and(|most| *newer >= most);
        *goes = !capture.is_needed && (is_old || is_beyond);
        *newer += 1;
    }
    let Some(most) = retention.max_size else { return goes };
    let staying = captures.iter().zip(&goes).filter(|(_, goes)| !**goes);
    let mut size: u64 = staying.map(|(capture, _)| capture.bytes).sum();
    for (capture, goes) in captures.iter().zip(&mut goes) {
        if size > most && !*goes && !capture.is_needed {
            *goes = true;
            size -= capture.bytes;
        }
    }
    goes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn captured(day: i64, page: &str) -> Captured {
        let at = DateTime::UNIX_EPOCH + TimeDelta::days(day);
        let page = Digest::of(page.as_bytes());
        Captured { file: 0, offset: 0, bytes: 10, at, page, kind: Kind::Captures, is_needed: false }
    }

    /// Which of the captures of a, b, a, a, on days 1 to 4, go on day 4.
    fn check(retention: Retention, expected: [bool; 4]) {
        let captures = [captured(1, "a"), captured(2, "b"), captured(3, "a"), captured(4, "a")];
        let now = DateTime::UNIX_EPOCH + TimeDelta::days(4);
        assert_eq!(let_go(&captures, &retention, now), expected, "{retention:?}");
        let needed = captures.map(|capture| Captured { is_needed: true, ..capture });
        assert_eq!(let_go(&needed, &retention, now), [false; 4], "{retention:?}");
    }

    #[test]
    fn each_rule_lets_go_what_it_says() {
        let nothing = Retention::default();
        check(nothing, [false; 4]);
        check(Retention { max_age: Some(TimeDelta::days(2)), ..nothing }, [true, false, false, false]);
        check(Retention { max_per_page: Some(1), ..nothing }, [true, false, true, false]);
        check(Retention { max_size: Some(25), ..nothing }, [true, true, false, false]);
        check(Retention { max_size: Some(0), ..nothing }, [true; 4]);
    }

    #[test]
    fn a_size_counts_what_the_other_rules_leave() {
        let retention = Retention { max_age: None, max_per_page: Some(1), max_size: Some(10) };
        check(retention, [true, true, true, false]);
    }
}
