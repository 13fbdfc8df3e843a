//! What is written of an archive: pages, feeds, and what stands at the front. What cannot be read from the archive is
//! told, and what was published of it stays as it is.

use std::collections::HashSet;

use super::past::Past;
use super::publication::Publication;
use super::sieve::Sieve;
use super::{Scope, has_output_at};
use crate::archive::{self, Selection, View};
use crate::model::{ArticleId, Condition, Correction, Entry, Month, Source, SourceId};
use crate::pipeline::{Error, Published};
use crate::publish::{self, Carries, Feed, File, Twins, files, stale};

/// Articles that the index page may choose from.
const NEWEST: usize = 40;
/// How many times the size of a feed is looked at for articles that say the same.
const TWINS_AMONG: usize = 3;
/// Corrections that an article's page tells.
const CORRECTIONS: usize = 10;
/// Events that `health.xml` tells.
const EVENTS: usize = 100;

/// Pages that are rendered at once.
const AT_ONCE: usize = 256;

/// What the page of an article is made of.
struct PageParts<'a> {
    source: &'a Source,
    entry: Entry,
    corrections: Vec<Correction>,
    ways: publish::Ways,
}

impl PageParts<'_> {
    fn files(&self, site: &publish::Settings) -> Vec<File> {
        let mut files = publish::revision_files(site, self.source, &self.corrections, &self.ways);
        files.push(publish::article_file(site, self.source, &self.entry, &self.corrections, &self.ways));
        files
    }
}

/// Renders and writes.
pub(super) struct Press<'a> {
    pub(super) publication: &'a Publication<'a>,
    pub(super) view: &'a View,
    /// Articles that are not shown yet.
    pub(super) hidden: HashSet<ArticleId>,
    /// Every month that has articles, oldest first.
    pub(super) months: Vec<Month>,
    pub(super) published: Published,
    /// How far the archive documents of each feed go now.
    pub(super) pasts: Vec<(SourceId, Past)>,
    /// Whether the archive documents of the run are complete.
    pub(super) is_last: bool,
    /// Whether archive documents are written that are full already.
    pub(super) begins_anew: bool,
    /// The paths of all files that were written or had their bytes.
    pub(super) paths: HashSet<String>,
    /// Pages that are to be rendered and written, together on all cores.
    pages: Vec<PageParts<'a>>,
    /// The paths of all pictures that pages and lists show.
    pub(super) picture_paths: HashSet<String>,
}

impl<'a> Press<'a> {
    pub(super) fn new(
        publication: &'a Publication<'a>,
        view: &'a View,
        damaged: Vec<String>,
        scope: Scope<'_>,
    ) -> Result<Press<'a>, Error> {
        let hidden = match scope {
            Scope::All => HashSet::new(),
            Scope::Done(done) => done.hidden(view)?,
        };
        Ok(Press {
            publication,
            view,
            hidden,
            months: view.months()?,
            published: Published { unreadable: damaged, ..Published::default() },
            pasts: Vec::new(),
            is_last: matches!(scope, Scope::All),
            begins_anew: false,
            paths: HashSet::new(),
            pages: Vec::new(),
            picture_paths: HashSet::new(),
        })
    }

    /// What was read, if it can be and is to be shown.
    pub(super) fn shown(&mut self, read: Result<Entry, archive::Error>) -> Result<Option<Entry>, Error> {
        Ok(self.readable(read)?.filter(|entry| !self.hidden.contains(&entry.id)))
    }

    /// Brings up to date what is published of one article. The paths of its pages, if it has any.
    pub(super) fn changed(&mut self, entry: Entry) -> Result<Vec<String>, Error> {
        let (id, path, revision) = (entry.id, publish::article_path(&entry), entry.revision);
        let is_withdrawn = self.view.withdrawn(&entry.id)?.is_some();
        let paths = if is_withdrawn { Vec::new() } else { self.article(entry)? };
        let output = &self.publication.site.output;
        if !paths.is_empty() && revision > 1 {
            self.published.removed += stale::remove_earlier(output, &path, &paths)?;
        } else if paths.is_empty() && self.publication.is_whole {
            self.published.removed += stale::remove_article(output, &path)?;
            self.remove_pictures(&id)?;
        }
        Ok(paths)
    }

    /// Writes the reading pages of an article with the next [`Press::flush`], if a source found it that is still
    /// configured. Their paths; none if it has none.
    fn article(&mut self, entry: Entry) -> Result<Vec<String>, Error> {
        let Some(source) = self.source_of(&entry)? else { return Ok(Vec::new()) };
        let corrections = match entry.revision {
            1 => Vec::new(),
            // What was told of its past is no reason to leave what it says now unpublished.
            _ => self.readable(self.view.corrections_of(&entry.id, CORRECTIONS))?.unwrap_or_default(),
        };
        let ways = publish::Ways { pictures: self.pictures_of(&entry.id)?, ..self.ways(&entry, &source.id)? };
        let earlier = corrections.iter().filter_map(|correction| correction.before.as_ref());
        let mut paths: Vec<String> = earlier.map(publish::revision_path).collect();
        paths.push(publish::article_path(&entry));
        self.pages.push(PageParts { source, entry, corrections, ways });
        if self.pages.len() >= AT_ONCE {
            self.flush()?;
        }
        Ok(paths)
    }

    /// Renders the pages that are waiting on all cores, and writes them in their order.
    pub(super) fn flush(&mut self) -> Result<(), Error> {
        let mut pages = std::mem::take(&mut self.pages);
        let parts = pages.iter_mut().map(|page| (&page.entry.article, &mut page.ways.pictures));
        self.show_pictures(parts)?;
        let site = self.publication.site;
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let each = pages.len().div_ceil(cores).max(1);
        let render =
            |pages: &[PageParts<'_>]| pages.iter().flat_map(|page| page.files(site)).collect::<Vec<File>>();
        let mut shares = pages.chunks(each);
        // The first share is this thread's.
        let own = shares.next().unwrap_or_default();
        let files: Vec<File> = std::thread::scope(|scope| {
            let others: Vec<_> = shares.map(|share| scope.spawn(move || render(share))).collect();
            let mut files = render(own);
            files.extend(others.into_iter().flat_map(|other| other.join().expect("a page can be rendered")));
            files
        });
        let written = files::write(&site.output, &files)?;
        self.published.written += written.written;
        self.published.unchanged += written.unchanged;
        Ok(())
    }

    /// Removes the files of feeds that are gone.
    pub(super) fn gone(&mut self, feeds: &[SourceId]) -> Result<(), Error> {
        if feeds.is_empty() {
            return Ok(());
        }
        let output = &self.publication.site.output;
        for feed in feeds {
            self.published.removed += stale::remove_history_of(output, feed)?;
        }
        self.published.removed += stale::remove_feeds(output, &self.publication.feeds)?;
        Ok(())
    }

    /// The source that found the article first, of those that are configured: others' feeds carry it still when the very
    /// first is followed no longer.
    fn source_of(&self, entry: &Entry) -> Result<Option<&'a Source>, Error> {
        let configured = |id: &SourceId| self.publication.sources.iter().find(|source| source.id == *id);
        if let Some(source) = configured(&entry.source) {
            return Ok(Some(source));
        }
        let known = self.view.article(&entry.id)?;
        Ok(known.into_iter().flat_map(|known| known.sources).find_map(|id| configured(&id)))
    }

    pub(super) fn feed(&mut self, feed: &Feed) -> Result<(), Error> {
        match feed.carries {
            Carries::Articles => {
                let Some((mut entries, twins)) = self.carried(feed)? else { return Ok(()) };
                let archived = self.past(feed, &entries.iter().map(|entry| entry.id).collect())?;
                let months = self.months_of(feed)?;
                let thumbnails = self.thumbnails(&entries)?;
                self.choose_images(feed, &mut entries)?;
                self.write_feed(
                    feed,
                    &publish::feed_files(
                        self.publication.site,
                        feed,
                        &entries,
                        &self.publication.sources,
                        &publish::Beside { archived, twins, months, thumbnails },
                    ),
                )
            }
            Carries::Corrections => {
                let corrections = self.view.corrections(&feed.sources, feed.size);
                let Some(corrections) = self.readable(corrections)? else { return Ok(()) };
                self.write_feed(
                    feed,
                    &publish::correction_files(
                        self.publication.site,
                        feed,
                        &corrections,
                        &self.publication.sources,
                    ),
                )
            }
        }
    }

    fn write_feed(&mut self, feed: &Feed, files: &[File]) -> Result<(), Error> {
        let before = self.published.written;
        self.write(files)?;
        if self.published.written > before {
            self.published.feeds.insert(feed.id.clone());
        }
        Ok(())
    }

    /// Writes the index page and what goes with it.
    pub(super) fn front(&mut self) -> Result<(), Error> {
        // Rather as it was than without a source that is only broken.
        if !self.publication.is_whole && has_output_at(self.publication.site) {
            return Ok(());
        }
        let known: Vec<SourceId> = self.publication.sources.iter().map(|source| source.id.clone()).collect();
        self.health()?;
        let Some(newest) = self.entries(&known, NEWEST)? else { return Ok(()) };
        let thumbnails = self.thumbnails(&newest)?;
        self.write(&publish::index_files(
            self.publication.site,
            &self.publication.feeds,
            &newest,
            &self.publication.sources,
            &thumbnails,
        ))
    }

    /// Writes how the sources are doing. It costs little, and happens without any article: so it is done every time.
    pub(super) fn health(&mut self) -> Result<(), Error> {
        if !self.publication.is_whole && has_output_at(self.publication.site) {
            return Ok(());
        }
        let conditions: Vec<Condition> = self
            .publication
            .sources
            .iter()
            .map(|source| self.view.condition(&source.id))
            .collect::<Result<_, _>>()?;
        let events = self.view.events(EVENTS)?;
        let files =
            publish::health_files(self.publication.site, &self.publication.sources, &conditions, &events);
        self.published.written += files::write(&self.publication.site.output, &files)?.written;
        Ok(())
    }

    /// What `feed` carries now, newest first, and what says the same; `None` if an article cannot be read.
    fn carried(&mut self, feed: &Feed) -> Result<Option<(Vec<Entry>, Twins)>, Error> {
        let most = if feed.dedupe { feed.size.saturating_mul(TWINS_AMONG) } else { feed.size };
        let Some(mut entries) = self.chosen(feed, most)? else { return Ok(None) };
        let twins = if feed.dedupe { publish::take_twins(&mut entries) } else { Twins::new() };
        entries.truncate(feed.size);
        Ok(Some((entries, twins)))
    }

    /// The newest articles that the feed's filter lets pass.
    fn chosen(&mut self, feed: &Feed, most: usize) -> Result<Option<Vec<Entry>>, Error> {
        if feed.filter.is_open() {
            return self.entries(&feed.sources, most);
        }
        let (view, sieve) = (self.view, Sieve::of(&feed.filter));
        let all = Selection { sources: Some(&feed.sources), newest: None };
        let mut entries = Vec::new();
        for entry in view.entries(&all) {
            let Some(entry) = self.readable(entry)? else { return Ok(None) };
            if !self.hidden.contains(&entry.id) && sieve.leaves_out(&entry).is_none() {
                entries.push(entry);
            }
            if entries.len() == most {
                break;
            }
        }
        Ok(Some(entries))
    }

    /// The newest articles of `sources`; `None` if one of them cannot be read.
    fn entries(&mut self, sources: &[SourceId], newest: usize) -> Result<Option<Vec<Entry>>, Error> {
        let view = self.view;
        let chosen = Selection { sources: Some(sources), newest: Some(newest + self.hidden.len()) };
        let mut entries = Some(Vec::new());
        for entry in view.entries(&chosen) {
            match (self.readable(entry)?, &mut entries) {
                (Some(entry), Some(entries)) => entries.push(entry),
                _ => entries = None,
            }
        }
        if let Some(entries) = &mut entries {
            entries.retain(|entry| !self.hidden.contains(&entry.id));
            entries.truncate(newest);
        }
        Ok(entries)
    }

    /// What was read, if its records can be. What is wrong with one record ends nothing.
    pub(super) fn readable<T>(&mut self, read: Result<T, archive::Error>) -> Result<Option<T>, Error> {
        match read {
            Ok(read) => Ok(Some(read)),
            Err(error) if error.is_of_one_record() => {
                let why = error.to_string();
                if !self.published.unreadable.contains(&why) {
                    self.published.unreadable.push(why);
                }
                Ok(None)
            }
            Err(error) => Err(error.into()),
        }
    }

    pub(super) fn write(&mut self, files: &[File]) -> Result<(), Error> {
        let written = files::write(&self.publication.site.output, files)?;
        self.published.written += written.written;
        self.published.unchanged += written.unchanged;
        if self.begins_anew {
            self.paths.extend(files.iter().map(|file| file.path.clone()));
        }
        Ok(())
    }
}
