//! Makes good what `verify` finds, from what is there. Nothing is thrown away: a file that is damaged is set aside as it
//! is, and one without the damage takes its place. An article whose response is whole is read again from it, and keeps
//! its identity, its place and its dates; the index is made again at the end.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};

use super::rebuild;
use super::verify::{self, Finding, Flaw, Remedy};
use crate::Settings;
use crate::error::{Action, Error};
use crate::index::{Located, RevisionRow};
use crate::model::{Article, ArticleId, Candidate, CanonicalUrl, Capture, Digest, SourceId, Validators};
use crate::read::view::View;
use crate::record::{About, Change, Conversion};
use crate::store::lock::Lock;
use crate::store::rewrite::{Damages, Edit, Edits, rewrite};
use crate::store::segments::{self, Segment, State};
use crate::write::revisions;

/// What was made good.
#[derive(Debug, Default)]
pub struct Repaired {
    /// What was wrong.
    pub findings: Vec<Finding>,
    /// Where damaged files were set aside.
    pub set_aside: Vec<PathBuf>,
    /// Articles, with the numbers of their revisions, that were read again from their responses.
    pub read_again: Vec<(ArticleId, u32)>,
    /// What only a copy of a file has. It is in none of the files any more but those that were set aside.
    pub lost: Vec<Finding>,
    /// Whether the index was made again.
    pub index_made: bool,
}

/// Reads a page that `source` found through the link anew; `None` if it is no article any more.
pub type ReadAgain<'a> = dyn FnMut(&SourceId, &Candidate, &Capture, &[Capture]) -> Option<Article> + 'a;

/// Makes good what can be. `progress` is told how many bytes of how many are verified.
///
/// # Errors
/// [`Error::Locked`] if another process has the archive open; [`Error::Shrunk`] if a whole file is gone, since the
/// articles in it would go with it: it is for the owner to bring it back, or to rebuild without it. Otherwise what
/// cannot be read or written.
pub fn repair(
    settings: &Settings,
    now: DateTime<Utc>,
    read_again: &mut ReadAgain<'_>,
    progress: &(dyn Fn(u64, u64) + Sync),
) -> Result<Repaired, Error> {
    let archive = settings.path.as_path();
    let _lock = Lock::take(archive)?;
    let mut findings = verify::verify(settings, progress)?.findings;
    // What is not the archive's has nothing that could be lost.
    findings.retain(|found| found.remedy != Remedy::Import);
    check_none_missing(&findings)?;
    let mut repaired = Repaired::default();
    let view = View::open(settings).ok();
    for segment in segments::list(archive)?.iter().filter(|segment| segment.state == State::Closed) {
        let flaws: Vec<&Finding> = findings.iter().filter(|found| found.path == segment.path).collect();
        if flaws.iter().any(|found| found.remedy != Remedy::Rebuild) {
            let mut mending = Mending { view: view.as_ref(), read_again, repaired: &mut repaired };
            mending.file(archive, segment, &flaws, now)?;
        }
    }
    drop(view);
    if !findings.is_empty() {
        rebuild::make(archive, now, &mut |_, _| ())?;
        repaired.index_made = true;
    }
    let (lost, findings) = findings.into_iter().partition(|found| {
        let is_again = found.revision.is_some_and(|revision| repaired.read_again.contains(&revision));
        found.remedy == Remedy::Copy || found.remedy == Remedy::Extract && !is_again
    });
    Ok(Repaired { lost, findings, ..repaired })
}

fn check_none_missing(findings: &[Finding]) -> Result<(), Error> {
    let missing = findings.iter().find_map(|found| match found.flaw {
        Flaw::Missing { bytes, .. } => Some((found.path.clone(), bytes)),
        _ => None,
    });
    missing.map_or(Ok(()), |(path, expected)| Err(Error::Shrunk { path, expected, found: 0 }))
}

struct Mending<'a, 'b> {
    /// What the index still knows; nothing where it cannot be read.
    view: Option<&'a View>,
    read_again: &'a mut ReadAgain<'b>,
    repaired: &'a mut Repaired,
}

impl Mending<'_, '_> {
    fn file(
        &mut self,
        archive: &Path,
        segment: &Segment,
        flaws: &[&Finding],
        now: DateTime<Utc>,
    ) -> Result<(), Error> {
        let (mut edits, mut was) = (Edits::new(), Vec::new());
        for found in flaws {
            if let Flaw::Unreadable(source) = &found.flaw {
                let source = io::Error::new(source.kind(), source.to_string());
                return Err(Error::Io { action: Action::Read, path: found.path.clone(), source });
            }
            if let Flaw::Shrunk { expected, .. } = found.flaw {
                was.push(expected);
            }
            let Some(place) = &found.place else { continue };
            let edit = match (&found.flaw, found.remedy, found.revision) {
                (Flaw::Altered, ..) => Edit::Repack,
                (_, Remedy::Extract, Some(revision)) => self.article(revision)?.unwrap_or(Edit::LeaveOut),
                (Flaw::NoRecord | Flaw::Unseen, ..) => continue,
                _ => Edit::LeaveOut,
            };
            edits.insert(self.begins(found).unwrap_or(place.start), edit);
        }
        self.repaired.set_aside.push(set_aside(archive, &segment.path)?);
        rewrite(archive, segment, &edits, Damages::LeftOut, &was, now).map(drop)
    }

    /// Where the record of the article begins of which `found` tells: damaged bytes may begin before it.
    fn begins(&self, found: &Finding) -> Option<u64> {
        let ((id, number), index) = (found.revision?, &self.view?.index);
        let sequence = index.sequence_of(&id).ok()??;
        let place = index.revision_at(sequence, number).ok()??;
        let range = found.place.as_ref()?;
        range.contains(&place.span.offset).then_some(place.span.offset)
    }

    /// The article made again from its response, if it can be.
    fn article(&mut self, (id, number): (ArticleId, u32)) -> Result<Option<Edit>, Error> {
        let Some(view) = self.view else { return Ok(None) };
        let Some((known, place)) = known(view, &id, number).map_err(view.in_index())? else {
            return Ok(None);
        };
        let capture = view.capture_at(&place)?;
        let parts = if known.is_newest { view.parts_of(&id)? } else { Vec::new() };
        let Some(article) = (self.read_again)(&known.about.source, &known.candidate, &capture, &parts) else {
            return Ok(None);
        };
        let about = About {
            answered: CanonicalUrl::of(&capture.url).unwrap_or_else(|_| article.url.clone()),
            hops: capture.hops.clone(),
            validators: Validators::of(&capture),
            payload: capture.payload_digest(),
            digest: article.digest(),
            words: revisions::words_digest(&article),
            ..known.about
        };
        let candidate = Candidate { url: capture.url.clone(), ..known.candidate };
        let block = serde_json::to_vec(&Conversion { about, candidate, article });
        let block = block.expect("plain values serialise");
        self.repaired.read_again.push((id, number));
        Ok(Some(Edit::Article { url: capture.url, date: capture.fetched_at, block }))
    }
}

/// What the index remembers of a revision whose record is lost.
struct Remembered {
    about: About,
    candidate: Candidate,
    /// Whether no revision came after it.
    is_newest: bool,
}

/// The same, with the place of the response; `None` if the index does not have it.
fn known(view: &View, id: &ArticleId, number: u32) -> rusqlite::Result<Option<(Remembered, Located)>> {
    let index = &view.index;
    let Some(sequence) = index.sequence_of(id)? else { return Ok(None) };
    let Some(revision) = index.remembered(sequence, number)? else { return Ok(None) };
    let RevisionRow { event, captured, response, run: written_in } = revision;
    let (row, known) = (index.row(sequence)?, index.known(sequence)?);
    let is_newest = number == row.revision;
    let updated = match number {
        _ if is_newest => row.updated,
        1 => row.first_seen,
        _ => captured,
    };
    let change = match (number, event) {
        (1, _) => Change::New,
        (_, Some(_)) => Change::Substantive,
        (_, None) => Change::Minor,
    };
    let unknown = Digest::of(&[]);
    let about = About {
        id: row.id,
        source: row.source.clone(),
        found_by: row.source,
        answered: row.url.clone(),
        url: row.url,
        item: row.item,
        first_title: (number > 1).then_some(row.first_title),
        first_seen: row.first_seen,
        updated,
        captured,
        sequence,
        run: row.run,
        rank: row.rank,
        written_in,
        reread: None,
        revision: number,
        change,
        event,
        aliases: index.aliases_of(sequence)?,
        hops: Vec::new(),
        validators: Validators::default(),
        payload: unknown,
        digest: unknown,
        words: unknown,
    };
    let candidate = Candidate::new(about.url.as_url().clone());
    let candidate = Candidate {
        title: known.hint_title.filter(|_| is_newest),
        modified: known.hint_modified.filter(|_| is_newest),
        ..candidate
    };
    Ok(response.map(|response| (Remembered { about, candidate, is_newest }, response)))
}

/// Keeps the file at `path` as it is in the archive's folder `damaged/`, under a name that nothing has yet.
fn set_aside(archive: &Path, path: &Path) -> Result<PathBuf, Error> {
    let folder = archive.join("damaged");
    fs::create_dir_all(&folder).map_err(Error::io(Action::Create, &folder))?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let names = (1..).map(|count| match count {
        1 => name.to_string(),
        _ => format!("{name}.{count}"),
    });
    let place = names.map(|name| folder.join(name)).find(|place| !place.exists()).unwrap_or_default();
    // The file that takes its place is another one, so that a link keeps these bytes.
    if fs::hard_link(path, &place).is_err() {
        fs::copy(path, &place).map_err(Error::io(Action::Write, &place))?;
        let copy = File::open(&place).map_err(Error::io(Action::Open, &place))?;
        copy.sync_all().map_err(Error::io(Action::Sync, &place))?;
    }
    segments::sync_folders(archive, &folder)?;
    Ok(place)
}
