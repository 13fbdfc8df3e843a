//! WARC and WACZ files that anyone wrote: into the archive, and from there into feeds. Nothing is fetched.
//!
//! One thread reads the file, all cores make articles of its pages, and what came of them is archived in the order of
//! the file.

mod books;
mod imported;
mod sources;

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use chrono::{DateTime, Utc};
use futures_util::{Stream, StreamExt, stream};
use tokio::sync::mpsc;
use url::Url;

use super::extraction::{self, Unreadable};
use super::{Error, Mode, Progress, open, reading};
use crate::archive::{
    self, Import, Intake, Item, Kept, Neighbours, Outcome, Own, Passed, Preview, Seen, Sign, Sought, Taken,
};
use crate::config::{self, Config};
use crate::extract;
use crate::model::{Article, Candidate, Capture, SourceId};
use books::Books;
use sources::Sources;

pub use imported::{Imported, Tally};

/// Groups of records that are written before they are made safe.
const GROUP: u64 = 64;
/// Records that are read ahead of those that are being worked on.
const AHEAD: usize = 4;

/// Takes in what these files hold, or tells what would be taken in. Pages go to `source`; without one, to the source of
/// their host, or to a new one.
///
/// # Errors
/// [`Error`] if a file is none that can be imported, or the archive fails. What was taken in before stays.
pub async fn import(
    config: &Config,
    files: &[PathBuf],
    source: Option<&SourceId>,
    mode: Mode,
    now: DateTime<Utc>,
    observer: &(dyn Fn(Progress) + Sync),
) -> Result<Imported, Error> {
    let all = size(files)?;
    let mut opened = match mode {
        Mode::Preview => None,
        Mode::Keep => Some(open(config, now)?.0),
    };
    let books = match &mut opened {
        Some(archive) => Books::Kept(Import::begin(archive, now)?),
        None => Books::Preview(Box::new(Preview::begin(&config.archive, now)?)),
    };
    let mut desk = Desk {
        books,
        sources: Sources::new(config, source),
        imported: Imported::default(),
        now,
        articles: 0,
        followed_since: BTreeMap::new(),
    };
    let done = Arc::new(AtomicU64::new(0));
    let progress = || observer(Progress::Reading(done.load(Ordering::Relaxed).min(all), all));
    let ended = take_all(&mut desk, items(files.to_vec(), Arc::clone(&done)), config, &progress).await;
    let imported = desk.imported;
    if let Some(archive) = opened {
        archive.close()?;
    }
    ended.map(|()| imported)
}

/// Of all files together, in bytes. That each can be imported is known before the first is.
fn size(files: &[PathBuf]) -> Result<u64, Error> {
    let mut size = 0;
    for path in files {
        if archive::content(path)?.is_none() {
            return Err(archive::Error::NotWarc { path: path.clone() }.into());
        }
        size += std::fs::metadata(path).map_or(0, |found| found.len());
    }
    Ok(size)
}

async fn take_all(
    desk: &mut Desk<'_>,
    items: impl Stream<Item = Result<Item, archive::Error>>,
    config: &Config,
    progress: &dyn Fn(),
) -> Result<(), Error> {
    let sources = desk.sources.clone();
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let worked = items.map(|item| work(item, &sources, config.max_size())).buffered(cores);
    let mut worked = Box::pin(worked);
    let mut taken = 0;
    while let Some(item) = worked.next().await {
        desk.take(item?)?;
        taken += 1;
        if taken % GROUP == 0 {
            desk.books.commit()?;
            progress();
        }
    }
    Ok(desk.books.commit()?)
}

/// What the files hold, read by a thread of its own, which waits while enough is read ahead.
fn items(files: Vec<PathBuf>, done: Arc<AtomicU64>) -> impl Stream<Item = Result<Item, archive::Error>> {
    let (send, receive) = mpsc::channel(AHEAD);
    thread::spawn(move || {
        for file in files {
            let read = Intake::read(&file, &done, &mut |item| send.blocking_send(Ok(item)).is_ok());
            if let Err(error) = read {
                let _ = send.blocking_send(Err(error));
                return;
            }
        }
    });
    stream::unfold(receive, |mut receive| async move { Some((receive.recv().await?, receive)) })
}

/// An item, and what was made of it.
enum Worked {
    Own(Box<Own>),
    Article(Box<(Capture, Article)>),
    Rejected(Url, Unreadable),
    Passed(Passed),
}

async fn work(
    item: Result<Item, archive::Error>,
    sources: &Sources,
    max_size: usize,
) -> Result<Worked, archive::Error> {
    let capture = match item? {
        Item::Own(own) => return Ok(Worked::Own(own)),
        Item::Passed(passed) => return Ok(Worked::Passed(passed)),
        Item::Page(capture) => capture,
    };
    let (settings, url) = (sources.settings(&capture.url), capture.url.clone());
    let read = reading::apart(move || {
        let hints = Candidate::new(capture.url.clone());
        extraction::article(&capture, max_size, &settings, &hints)
            .map(|article| Box::new((*capture, article)))
    });
    Ok(match read.await.unwrap_or_else(|defect| Err(defect.into())) {
        Ok(read) => Worked::Article(read),
        Err(why) => Worked::Rejected(url, why),
    })
}

/// Where what comes in is archived and counted.
struct Desk<'a> {
    books: Books<'a>,
    sources: Sources,
    imported: Imported,
    now: DateTime<Utc>,
    /// How many were made of captured pages.
    articles: i64,
    /// Since when sources were followed before the import.
    followed_since: BTreeMap<SourceId, Option<DateTime<Utc>>>,
}

impl Desk<'_> {
    fn take(&mut self, worked: Worked) -> Result<(), Error> {
        match worked {
            Worked::Own(own) => self.own(&own),
            Worked::Article(mut read) => {
                // A clock that was ahead saw nothing that is newer than now.
                read.0.fetched_at = read.0.fetched_at.min(self.now);
                self.article(&read.0, &read.1)
            }
            Worked::Rejected(url, why) => {
                self.imported.reject(url, &why);
                Ok(())
            }
            Worked::Passed(passed) => {
                self.pass_over(passed);
                Ok(())
            }
        }
    }

    fn pass_over(&mut self, passed: Passed) {
        *self.imported.passed.entry(passed).or_default() += 1;
    }

    fn own(&mut self, own: &Own) -> Result<(), Error> {
        if !own.sources().into_iter().all(|source| self.sources.admits(source)) {
            self.pass_over(Passed::Source);
            return Ok(());
        }
        if let Some((url, doubt)) = self.doubted(own)? {
            self.imported.reject(url, &doubt);
            return Ok(());
        }
        match self.books.take_in(own)? {
            Taken::Article => self.imported.articles += 1,
            Taken::Revision => self.imported.revisions += 1,
            Taken::Note => self.imported.notes += 1,
            Taken::Known | Taken::Older => self.imported.known += 1,
        }
        if let Some((source, url)) = own.source()
            && !self.sources.is_configured(source)
        {
            self.note_source(source.clone(), url, own.is_listing());
        }
        Ok(())
    }

    /// Why an article of another archive cannot take the place of what is published of it here.
    fn doubted(&self, own: &Own) -> Result<Option<(Url, impl fmt::Display + use<>)>, Error> {
        let Some((article, candidate)) = own.article() else { return Ok(None) };
        let past = self.books.replaced(own)?;
        let doubt = past.and_then(|past| extract::doubt(article, candidate, &past));
        Ok(doubt.map(|doubt| (article.url.as_url().clone(), doubt)))
    }

    fn article(&mut self, capture: &Capture, article: &Article) -> Result<(), Error> {
        let source = self.sources.of(&capture.url);
        if !self.sources.admits(&source) {
            self.pass_over(Passed::Source);
            return Ok(());
        }
        let candidate = Candidate::new(capture.url.clone());
        let seen = self.seen(&source, capture)?;
        let kept = Kept {
            source: &source,
            candidate: &candidate,
            capture,
            further: &[],
            article,
            seen,
            sign: Sign::default(),
            neighbours: Neighbours::default(),
        };
        let past = self.books.view().past(&kept)?;
        if let Some(doubt) = past.and_then(|past| extract::doubt(article, &candidate, &past)) {
            self.imported.reject(capture.url.clone(), &doubt);
            return Ok(());
        }
        match self.books.keep(&kept)? {
            Some(Outcome::New) => self.imported.articles += 1,
            Some(Outcome::Revised | Outcome::Minor) => self.imported.revisions += 1,
            Some(Outcome::Unchanged | Outcome::AlreadyKnownElsewhere) | None => self.imported.known += 1,
        }
        if !self.sources.is_configured(&source) {
            self.note_source(source, &capture.url, false);
        }
        Ok(())
    }

    /// As a run at the time of the capture would have seen it. For a source that is followed it is the past.
    fn seen(&mut self, source: &SourceId, capture: &Capture) -> Result<Seen, Error> {
        self.articles += 1;
        let followed_since = match self.followed_since.get(source) {
            Some(known) => *known,
            None => {
                let since = self.books.view().followed_since(source, self.books.run())?;
                let since = since.filter(|_| self.sources.is_followed(source));
                self.followed_since.insert(source.clone(), since);
                since
            }
        };
        let sought = followed_since.map_or(Sought::News, |followed_since| Sought::Past { followed_since });
        Ok(Seen { at: capture.fetched_at, position: self.articles, sought })
    }

    /// A listing's URL says more of a source than that of an article.
    fn note_source(&mut self, source: SourceId, url: &Url, is_listing: bool) {
        let known = self.imported.sources.get(&source);
        let site = if is_listing { url.clone() } else { url.join("/").unwrap_or_else(|_| url.clone()) };
        if (is_listing || known.is_none())
            && let Some(url) = config::followable(&site)
        {
            self.imported.sources.insert(source, url);
        }
    }
}
