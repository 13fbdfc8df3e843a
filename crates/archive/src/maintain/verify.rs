//! Reads everything there is, and holds it against its checksums, its digests and the index. It changes nothing, and
//! says of each flaw from what it can be made good.

mod file;
mod finding;

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::thread;

use crate::Settings;
use crate::error::{Action, Error};
use crate::index::{Expected, Index, Mark, is_broken};
use crate::model::ArticleId;
use crate::read::view::index_path;
use crate::store::segments::{self, Name, Segment, State};

use file::{Checked, Flawed};
pub use finding::{Finding, Flaw, Remedy};

/// What a verification read, and what it found.
#[derive(Debug)]
pub struct Verified {
    /// WARC files.
    pub files: u64,
    /// Records, those that only describe the file included.
    pub records: u64,
    /// Bytes of the files.
    pub bytes: u64,
    /// Bytes of the records' blocks.
    pub unpacked: u64,
    /// What is not as it should be: first the index, then the files in their order.
    pub findings: Vec<Finding>,
}

/// Reads every record, as many files at once as there are cores. What another process is writing meanwhile is read as
/// far as it is committed. `progress` is told how many bytes of how many are done.
///
/// # Errors
/// [`Error::NoArchive`] if there is none; otherwise what cannot be listed or read at all. What is damaged or
/// missing is a finding.
pub fn verify(settings: &Settings, progress: &(dyn Fn(u64, u64) + Sync)) -> Result<Verified, Error> {
    let archive = settings.path.as_path();
    // Files first: what is committed after them was there before.
    let mut segments = segments::list(archive)?;
    let (known, mut findings) = Known::read(archive, segments.is_empty())?;
    segments.iter_mut().try_for_each(|segment| grown(archive, segment))?;
    let jobs: Vec<Job<'_>> = segments.iter().map(|segment| known.job(archive, segment)).collect();
    let total = jobs.iter().map(|job| job.until).sum();
    let done = AtomicU64::new(0);
    let checked = in_parallel(&jobs, &|bytes| {
        progress(done.fetch_add(bytes, Ordering::Relaxed) + bytes, total);
    });
    let mut verified =
        Verified { files: jobs.len() as u64, records: 0, bytes: 0, unpacked: 0, findings: Vec::new() };
    for (job, checked) in jobs.iter().zip(checked) {
        verified.records += checked.records;
        verified.bytes += checked.bytes;
        verified.unpacked += checked.unpacked;
        findings.extend(known.lengths(job));
        known.findings(job, checked, &mut findings)?;
    }
    findings.extend(known.missing(archive, &segments)?);
    findings.extend(strays(archive)?);
    verified.findings = findings;
    progress(total, total);
    Ok(verified)
}

/// Files that hold web archives and are not of this one.
fn strays(archive: &Path) -> Result<impl Iterator<Item = Finding>, Error> {
    let is_one = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
        [".warc", ".warc.gz", ".wacz"].iter().any(|ending| name.ends_with(ending))
    };
    let others = segments::others(archive)?.into_iter().filter(is_one);
    Ok(others.map(|path| Finding::of_file(path, Flaw::Stray, Remedy::Import)))
}

/// A file to be read.
struct Job<'a> {
    archive: &'a Path,
    segment: &'a Segment,
    /// How far.
    until: u64,
    expected: &'a [Expected],
    has_index: bool,
}

/// What the index knows of an open file may have been written since the file was listed.
fn grown(archive: &Path, segment: &mut Segment) -> Result<(), Error> {
    if segment.state == State::Open
        && let Ok((file, path)) = segments::open_for_reading(archive, &segment.name)
    {
        segment.length = file.metadata().map_err(Error::io(Action::Read, &path))?.len();
    }
    Ok(())
}

/// What `jobs` gave, in their order.
fn in_parallel(jobs: &[Job<'_>], progress: &(dyn Fn(u64) + Sync)) -> Vec<Checked> {
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        while let Some((at, job)) =
            Some(next.fetch_add(1, Ordering::Relaxed)).and_then(|at| Some((at, jobs.get(at)?)))
        {
            done.push((at, file::check(job, progress)));
        }
        done
    };
    let threads = thread::available_parallelism().map_or(1, usize::from).min(jobs.len().max(1));
    let mut checked: Vec<(usize, Checked)> = thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        workers.into_iter().flat_map(|worker| worker.join().expect("a worker does not panic")).collect()
    });
    checked.sort_by_key(|(at, _)| *at);
    checked.into_iter().map(|(_, checked)| checked).collect()
}

/// What the index knows; nothing, where it cannot be read.
struct Known {
    index: Option<Index>,
    marks: Vec<Mark>,
    expected: Vec<Expected>,
}

impl Known {
    fn read(archive: &Path, is_empty: bool) -> Result<(Known, Vec<Finding>), Error> {
        let path = index_path(archive);
        let nothing = |flaw| {
            let finding = Finding::of_file(path.clone(), flaw, Remedy::Rebuild);
            (Known { index: None, marks: Vec::new(), expected: Vec::new() }, vec![finding])
        };
        let read = || match Index::open_to_read(&path)? {
            Some(index) if !index.is_sound()? => Ok(Some(Err(Flaw::BrokenIndex))),
            Some(index) => {
                let (marks, expected) = index.places()?;
                Ok(Some(Ok(Known { index: Some(index), marks, expected })))
            }
            None => Ok(None),
        };
        match read() {
            Ok(Some(Ok(known))) => Ok((known, Vec::new())),
            Ok(Some(Err(flaw))) => Ok(nothing(flaw)),
            Ok(None) if is_empty => Err(Error::NoArchive { path: archive.to_owned() }),
            Ok(None) => Ok(nothing(Flaw::NoIndex)),
            Err(error) if is_broken(&error) => Ok(nothing(Flaw::BrokenIndex)),
            Err(source) => Err(Error::Index { path, source }),
        }
    }

    fn mark(&self, name: &Name) -> Option<&Mark> {
        self.marks.iter().find(|mark| mark.name == name.as_str())
    }

    fn job<'a>(&'a self, archive: &'a Path, segment: &'a Segment) -> Job<'a> {
        let mark = self.mark(&segment.name);
        let until = match (segment.state, &self.index) {
            (State::Open, Some(_)) => mark.map_or(0, |mark| mark.length).min(segment.length),
            _ => segment.length,
        };
        let expected = mark.map_or(&[][..], |mark| self.expected_in(mark.id));
        Job { archive, segment, until, expected, has_index: self.index.is_some() }
    }

    fn expected_in(&self, segment: i64) -> &[Expected] {
        let start = self.expected.partition_point(|expected| expected.segment < segment);
        let end = self.expected.partition_point(|expected| expected.segment <= segment);
        &self.expected[start..end]
    }

    /// Whether the file is as long as the index knows it.
    fn lengths(&self, job: &Job<'_>) -> Option<Finding> {
        let (length, path) = (job.segment.length, job.segment.path.clone());
        let committed = self.mark(&job.segment.name).map_or(0, |mark| mark.length);
        if length < committed {
            let flaw = Flaw::Shrunk { expected: committed, found: length };
            return Some(Finding::of_file(path, flaw, Remedy::Copy));
        }
        let is_unseen = length > committed && job.segment.state == State::Closed && job.has_index;
        is_unseen.then(|| Finding {
            place: Some(committed..length),
            ..Finding::of_file(path, Flaw::Unseen, Remedy::Rebuild)
        })
    }

    /// Files of which the index knows that are not there.
    fn missing(&self, archive: &Path, segments: &[Segment]) -> Result<Vec<Finding>, Error> {
        let mut findings = Vec::new();
        for mark in &self.marks {
            let Some(name) = Name::parse(&mark.name) else { continue };
            if segments.iter().any(|segment| segment.name == name) || mark.length == 0 {
                continue;
            }
            // One that was begun meanwhile is there by now.
            match segments::open_for_reading(archive, &name) {
                Ok(_) => {}
                Err(Error::Io { source, .. }) if source.kind() == std::io::ErrorKind::NotFound => {
                    let lost = self.expected_in(mark.id).iter().map(|expected| expected.revision);
                    let revisions = lost.collect::<HashSet<_>>().len() as u64;
                    let flaw = Flaw::Missing { bytes: mark.length, revisions };
                    findings.push(Finding::of_file(name.closed(archive), flaw, Remedy::Copy));
                }
                Err(error) => return Err(error),
            }
        }
        Ok(findings)
    }

    fn findings(&self, job: &Job<'_>, checked: Checked, findings: &mut Vec<Finding>) -> Result<(), Error> {
        let Some(index) = &self.index else {
            findings.extend(checked.flaws.into_iter().map(|flawed| finding(job, flawed, None)));
            return Ok(());
        };
        let in_index = |source| Error::Index { path: index.path().to_owned(), source };
        for flawed in checked.flaws {
            let id = match flawed.expected {
                Some(expected) => index.id_of(expected.revision.0).map_err(in_index)?,
                None => None,
            };
            let revision = id.zip(flawed.expected.map(|expected| expected.revision.1));
            findings.push(finding(job, flawed, revision));
        }
        for (place, id, number) in checked.unexpected {
            // Of two records of one revision the index has the later.
            if !index.has_revision(&id, number).map_err(in_index)? {
                let flaw = Finding::of_file(job.segment.path.clone(), Flaw::Unseen, Remedy::Rebuild);
                findings.push(Finding { place: Some(place), revision: Some((id, number)), ..flaw });
            }
        }
        Ok(())
    }
}

fn finding(job: &Job<'_>, flawed: Flawed, revision: Option<(ArticleId, u32)>) -> Finding {
    let Flawed { place, flaw, remedy, .. } = flawed;
    Finding { path: job.segment.path.clone(), place, flaw, revision, remedy }
}
