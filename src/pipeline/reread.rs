//! Today's rules and heuristics over the captures that the archive has: what each article would say now, and what is
//! held back that would pass. Nothing is fetched; no client is made.
//!
//! All cores read, one batch after another; what came of a batch is told and archived in its order, so that the same
//! archive and rules give the same records.

mod held;
mod told;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use std::thread;

use chrono::{DateTime, Utc};
use futures_util::{StreamExt, stream};

pub use self::told::{Difference, Reread};
use super::captured::Captured;
use super::extraction::Unreadable;
use super::page;
use super::parts::Manner;
use super::unmatched::Unmatched;
use super::{Error, Progress, Published, damaged, memory, open, publishing};
use crate::archive::{self, Archive, Reading, View, is_substantive};
use crate::config::Config;
use crate::extract;
use crate::model::{Article, Candidate, CanonicalUrl, SourceId};

/// Articles of one batch.
const BATCH: usize = 64;
/// Bytes of captures after which a batch is full.
const BATCH_BYTES: usize = 32 * 1024 * 1024;

/// Whether what is read is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// It is only told.
    Preview,
    /// It is kept, and published.
    Keep,
}

/// Reads every article again and tells how they differ, in the order in which they were first seen; then what is held
/// back.
///
/// # Errors
/// [`Error`] if the archive or the output fails. What is wrong with one record is counted.
pub async fn reread(
    config: &Config,
    mode: Mode,
    now: DateTime<Utc>,
    observer: &(dyn Fn(Progress) + Sync),
    tell: &mut dyn FnMut(Difference),
) -> Result<(Reread, Option<Published>), Error> {
    let desk = match mode {
        Mode::Preview => Desk::Preview(Box::new(super::view(config)?)),
        Mode::Keep => Desk::Keep(Box::new(open(config, now)?)),
    };
    let settings = settings(config, desk.view());
    let mut all = Rereading {
        config,
        now,
        desk,
        settings,
        reread: Reread::default(),
        unmatched: BTreeMap::new(),
        passed: 0,
        tell,
    };
    all.articles(observer).await?;
    all.held().await?;
    let Rereading { desk, mut reread, unmatched, .. } = all;
    for (source, unmatched) in unmatched {
        reread.warnings.extend(unmatched.warnings().map(|warning| format!("{source}: {warning}")));
    }
    let Desk::Keep(opened) = desk else { return Ok((reread, None)) };
    let (mut archive, recovery) = *opened;
    archive.commit()?;
    let published = publishing::update(config, &mut archive, damaged(&recovery.problems), observer)?;
    archive.close()?;
    Ok((reread, Some(published)))
}

/// How the pages of each source are read, with what the archive knows of it now.
fn settings(config: &Config, view: &View) -> HashMap<SourceId, extract::Settings> {
    let of = |source: &crate::config::SourceConfig| {
        let id = source.source.id.clone();
        let memory = Arc::new(memory::site_memory(view, &id));
        (id, extract::Settings { memory, ..source.extract.clone() })
    };
    config.sources.iter().map(of).collect()
}

/// The archive, read or written.
enum Desk {
    Preview(Box<View>),
    Keep(Box<(Archive, archive::Recovery)>),
}

impl Desk {
    fn view(&self) -> &View {
        match self {
            Desk::Preview(view) => view,
            Desk::Keep(opened) => opened.0.view(),
        }
    }

    fn archive(&mut self) -> Option<&mut Archive> {
        match self {
            Desk::Preview(_) => None,
            Desk::Keep(opened) => Some(&mut opened.0),
        }
    }
}

struct Rereading<'a> {
    config: &'a Config,
    now: DateTime<Utc>,
    desk: Desk,
    settings: HashMap<SourceId, extract::Settings>,
    reread: Reread,
    /// Rules of each source that no longer match.
    unmatched: BTreeMap<SourceId, Unmatched>,
    /// How many pages passed that were held back.
    passed: i64,
    tell: &'a mut dyn FnMut(Difference),
}

impl Rereading<'_> {
    async fn articles(&mut self, observer: &(dyn Fn(Progress) + Sync)) -> Result<(), Error> {
        let all = self.desk.view().counts()?.iter().map(|count| count.articles).sum();
        let (mut after, mut done) = (0, 0);
        loop {
            let numbers = self.desk.view().articles_after(after, BATCH)?;
            let Some(last) = numbers.last() else { return Ok(()) };
            after = *last;
            done += numbers.len() as u64;
            let mut numbers = numbers.into_iter().peekable();
            while numbers.peek().is_some() {
                let batch = self.batch(&mut numbers)?;
                self.read(batch).await?;
            }
            observer(Progress::Rendering(done.min(all), all));
        }
    }

    /// The next readings, as many as may be in memory.
    fn batch(&mut self, numbers: &mut impl Iterator<Item = u64>) -> Result<Vec<Reading>, Error> {
        let (mut batch, mut bytes) = (Vec::new(), 0);
        while bytes < BATCH_BYTES
            && let Some(number) = numbers.next()
        {
            match self.desk.view().reading(number) {
                Ok(Some(reading)) => {
                    let parts = reading.parts.iter();
                    bytes += parts.chain([&reading.capture]).map(|capture| capture.body.len()).sum::<usize>();
                    batch.push(reading);
                }
                Ok(None) => self.reread.without_capture += 1,
                Err(error) if error.is_of_one_record() => self.reread.unreadable.push(error.to_string()),
                Err(error) => return Err(error.into()),
            }
        }
        Ok(batch)
    }

    async fn read(&mut self, batch: Vec<Reading>) -> Result<(), Error> {
        let jobs = batch.into_iter().map(|reading| {
            let settings = self.settings(&reading.found_by);
            let max_size = self.config.max_size();
            let view = self.desk.view();
            let waived = move |url: &CanonicalUrl, hold: &str| view.is_released(url, hold);
            async move {
                let captured = Captured::of(&reading);
                let read = apart(captured, &reading.candidate, settings, max_size, &waived).await;
                read.map(|read| (reading, read))
            }
        });
        let cores = thread::available_parallelism().map_or(1, usize::from);
        let read: Vec<_> = stream::iter(jobs.collect::<Vec<_>>()).buffered(cores).collect().await;
        for read in read {
            let (reading, read) = read?;
            self.take(&reading, read)?;
        }
        if let Some(archive) = self.desk.archive() {
            archive.commit()?;
        }
        Ok(())
    }

    fn settings(&self, source: &SourceId) -> extract::Settings {
        self.settings.get(source).cloned().unwrap_or_default()
    }

    fn take(&mut self, reading: &Reading, read: Result<Article, Unreadable>) -> Result<(), Error> {
        let (id, before) = (reading.id, Box::new(reading.article.clone()));
        if let (Ok(article), Some(settings)) = (&read, self.settings.get(&reading.found_by)) {
            let unmatched = self.unmatched.entry(reading.found_by.clone()).or_default();
            unmatched.note(settings, article.url.as_url(), article, &[]);
        }
        let read = read.map(|article| page::read_again(&before, article));
        match read {
            Err(Unreadable::Joined) => self.reread.joined += 1,
            Err(why) => {
                self.reread.rejected += 1;
                (self.tell)(Difference::Rejected { id, before, reason: why.to_string() });
            }
            Ok(article) if article.says_the_same(&before) => self.reread.same += 1,
            Ok(article) => {
                let now = self.now;
                if let Some(archive) = self.desk.archive() {
                    archive.keep_reading(reading, &article, now)?;
                }
                let is_substantive = is_substantive(&before, &article);
                self.reread.changed += 1;
                self.reread.substantive += u64::from(is_substantive);
                (self.tell)(Difference::Changed { id, before, after: Box::new(article), is_substantive });
            }
        }
        Ok(())
    }
}

/// Reads captures beside the other work, as their site's rules join them. What its owner let pass once passes again.
async fn apart(
    captured: Captured<'_>,
    link: &Candidate,
    mut settings: extract::Settings,
    max_size: usize,
    is_released: &impl Fn(&CanonicalUrl, &str) -> Result<bool, archive::Error>,
) -> Result<Result<Article, Unreadable>, Error> {
    loop {
        let manner = Manner { settings: &settings, max_size };
        let why = match captured.read(link, manner).await {
            Ok(article) => return Ok(Ok(article)),
            Err(why) => why,
        };
        let waives = |url: CanonicalUrl| is_released(&url, why.name());
        let is_new = !settings.waived.iter().any(|waived| waived == why.name());
        if !is_new || !CanonicalUrl::of(&link.url).map_or(Ok(false), waives)? {
            return Ok(Err(why));
        }
        settings.waived.push(why.name().to_owned());
    }
}
