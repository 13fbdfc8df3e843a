//! The lists of the reading site: of months, of tags and of authors, and the sitemap. A list is written where it is
//! another than before: from the first article on that changed.

use std::collections::BTreeSet;

use super::press::Press;
use crate::model::{ArticleId, Card, Entry, Month, Shelf, SourceId, label_key};
use crate::pipeline::Error;
use crate::publish::shelves::{self, Around, LEAST_LABELLED, SHELF, Slice};
use crate::publish::{self, Carries, Feed, Ways, stale};

/// Articles of a list that are looked up at once, a multiple of what a part has.
const AT_ONCE: usize = 5 * SHELF;
/// Names that are looked up at once.
const NAMES_AT_ONCE: usize = 1_000;

impl Press<'_> {
    /// To what the page of `entry` links, as `source` found it.
    pub(super) fn ways(&self, entry: &Entry, source: &SourceId) -> Result<Ways, Error> {
        let beside = self.view.beside(&entry.id, source, |id| !self.hidden.contains(id))?;
        let article = &entry.article;
        let tags = article.section.iter().chain(&article.tags).map(|name| Shelf::Tag(label_key(name)));
        let authors = article.authors.iter().map(|name| Shelf::Author(label_key(name)));
        let mut ways = Ways { beside, ..Ways::default() };
        for shelf in tags.chain(authors) {
            if self.view.shelf_size(&shelf, LEAST_LABELLED)? >= LEAST_LABELLED as u64 {
                ways.labels.insert(shelf);
            }
        }
        Ok(ways)
    }

    /// The articles beside this one in the order of each of these sources, whose pages link to it.
    pub(super) fn neighbours_of(
        &self,
        id: &ArticleId,
        sources: &[SourceId],
    ) -> Result<Vec<ArticleId>, Error> {
        let mut found = Vec::new();
        for source in sources {
            let beside = self.view.beside(id, source, |id| !self.hidden.contains(id))?;
            found.extend(beside.into_iter().flatten().map(|card| card.id));
        }
        Ok(found)
    }

    /// Writes the page of an article that did not change, since something beside it did.
    pub(super) fn again(&mut self, id: &ArticleId) -> Result<(), Error> {
        let read = self.view.entry(id);
        if let Some(entry) = self.readable(read)?.flatten()
            && !self.hidden.contains(id)
        {
            self.changed(entry)?;
        }
        Ok(())
    }

    /// The months in which the source of a feed has articles; none of a merged feed.
    pub(super) fn months_of(&self, feed: &Feed) -> Result<Vec<Month>, Error> {
        if feed.is_merged() || feed.carries == Carries::Corrections {
            return Ok(Vec::new());
        }
        Ok(self.view.months_of(&feed.id, &self.months)?)
    }

    /// The articles whose pages link to tags and authors otherwise than before: of lists that got a page, or lost it.
    pub(super) fn relabelled(&self, stale: &[(Shelf, u64)]) -> Result<BTreeSet<ArticleId>, Error> {
        let mut articles = BTreeSet::new();
        for (shelf, _) in stale.iter().filter(|(shelf, _)| is_label(shelf)) {
            let cards = self.view.cards(shelf, 0, LEAST_LABELLED + 1)?;
            if cards.len() <= LEAST_LABELLED {
                articles.extend(cards.iter().map(|card| card.id));
            }
        }
        Ok(articles)
    }

    /// Writes the lists that are `stale`, and what names them.
    pub(super) fn stale_shelves(&mut self, stale: &[(Shelf, u64)]) -> Result<(), Error> {
        // A month that came or went is named by those beside it.
        let mut all: BTreeSet<(Shelf, u64)> = stale.iter().cloned().collect();
        for (shelf, before) in stale {
            if *before == 0 {
                all.extend(self.neighbours(shelf)?);
            }
        }
        let mut renamed = Vec::new();
        for kind in [Shelf::Tag(String::new()), Shelf::Author(String::new())] {
            if self.is_named_otherwise(&kind, stale)? {
                renamed.push(kind);
            }
        }
        for (shelf, before) in &all {
            self.shelf(shelf, *before)?;
        }
        for kind in &renamed {
            self.names(kind)?;
        }
        self.index_of_shelves(stale)
    }

    /// Writes all lists, and what names them.
    pub(super) fn all_shelves(&mut self) -> Result<(), Error> {
        for &month in &self.months.clone() {
            self.shelf(&Shelf::Month(month), 0)?;
            for source in self.view.sources_in(month)? {
                self.shelf(&Shelf::Source(source, month), 0)?;
            }
        }
        for kind in [Shelf::Tag(String::new()), Shelf::Author(String::new())] {
            let mut after = kind.clone();
            loop {
                let some = self.view.shelves_after(&after, NAMES_AT_ONCE)?;
                let Some(last) = some.last() else { break };
                after = last.clone();
                for shelf in &some {
                    self.shelf(shelf, 0)?;
                }
            }
            self.names(&kind)?;
        }
        let all: Vec<(Shelf, u64)> = self.months.iter().map(|month| (Shelf::Month(*month), 0)).collect();
        self.index_of_shelves(&all)
    }

    /// The lists before and after one, with the place from which they are to be written.
    fn neighbours(&self, shelf: &Shelf) -> Result<Vec<(Shelf, u64)>, Error> {
        let around = self.around_of(shelf)?;
        let mut found = Vec::new();
        // The newest part links to what is newer, the oldest to what is older.
        if let Some(older) = around.older {
            let size = self.view.shelf_size(&older, usize::MAX)?;
            found.push((older, size.saturating_sub(1)));
        }
        found.extend(around.newer.map(|newer| (newer, 0)));
        Ok(found)
    }

    fn around_of(&self, shelf: &Shelf) -> Result<Around, Error> {
        let same_kind = |month: Month| match shelf {
            Shelf::Source(source, _) => Shelf::Source(source.clone(), month),
            _ => Shelf::Month(month),
        };
        let (Shelf::Month(at) | Shelf::Source(_, at)) = shelf else { return Ok(Around::default()) };
        let mut older = self.months.iter().rev().filter(|month| *month < at).map(|month| same_kind(*month));
        let mut newer = self.months.iter().filter(|month| *month > at).map(|month| same_kind(*month));
        Ok(Around { older: self.first_of(&mut older)?, newer: self.first_of(&mut newer)? })
    }

    /// The first of these that lists anything.
    fn first_of(&self, shelves: &mut dyn Iterator<Item = Shelf>) -> Result<Option<Shelf>, Error> {
        for shelf in shelves {
            if self.view.shelf_size(&shelf, 1)? > 0 {
                return Ok(Some(shelf));
            }
        }
        Ok(None)
    }

    /// Writes the parts of a list from that on in which the article behind the first `before` is, and removes what is
    /// behind them.
    fn shelf(&mut self, shelf: &Shelf, before: u64) -> Result<(), Error> {
        let size = self.view.shelf_size(shelf, usize::MAX)?;
        let least = if is_label(shelf) { LEAST_LABELLED as u64 } else { 1 };
        if size < least {
            return self.no_shelf(shelf);
        }
        let around = self.around_of(shelf)?;
        if let Shelf::Month(month) = shelf
            && size > SHELF as u64
        {
            let named = self.view.sources_in(*month)?;
            let publication = self.publication;
            let file = shelves::month_of_sources_file(
                publication.site,
                *month,
                &named,
                &around,
                &publication.sources,
            );
            return self.write(&[file]);
        }
        let name = if is_label(shelf) { self.view.shelf_name(shelf)? } else { None };
        // The newest full part was the last one before, at another address.
        let from = (before.min(size - 1) / SHELF as u64).saturating_sub(1);
        let mut cards: Vec<Card> = Vec::new();
        let parts: Vec<Slice> = Slice::all(size).skip(usize::try_from(from).unwrap_or(usize::MAX)).collect();
        for part in parts {
            if cards.is_empty() {
                cards = self.view.cards(shelf, part.skips(), AT_ONCE)?;
            }
            let rest = cards.split_off(SHELF.min(cards.len()));
            let publication = self.publication;
            let file = shelves::shelf_file(
                publication.site,
                (shelf, part, name.as_deref()),
                &cards,
                &around,
                &publication.sources,
            );
            cards = rest;
            self.write(&[file])?;
        }
        self.no_more(shelf, size.div_ceil(SHELF as u64))
    }

    fn no_shelf(&mut self, shelf: &Shelf) -> Result<(), Error> {
        let path = shelves::shelf_path(shelf);
        let is_gone = stale::remove_page(&self.publication.site.output, &path)?;
        self.published.removed += usize::from(is_gone);
        self.no_more(shelf, 1)
    }

    /// Removes the numbered parts of a list from this number on.
    fn no_more(&mut self, shelf: &Shelf, from: u64) -> Result<(), Error> {
        for number in from.max(1).. {
            let path = shelves::numbered_path(shelf, number);
            if !stale::remove_page(&self.publication.site.output, &path)? {
                break;
            }
            self.published.removed += 1;
        }
        Ok(())
    }

    /// Whether the page that names all lists of this kind is to be another than it is, by those that are stale and not
    /// written yet: a list gets a page, or loses it, or is called by another article.
    fn is_named_otherwise(&self, kind: &Shelf, stale: &[(Shelf, u64)]) -> Result<bool, Error> {
        let output = &self.publication.site.output;
        if !output.join(shelves::names_path(kind, 0)).exists() {
            return Ok(true);
        }
        let is_of_kind = |shelf: &Shelf| std::mem::discriminant(kind) == std::mem::discriminant(shelf);
        for (shelf, before) in stale.iter().filter(|(shelf, _)| is_of_kind(shelf)) {
            let has_page = self.view.shelf_size(shelf, LEAST_LABELLED)? >= LEAST_LABELLED as u64;
            let had_page = output.join(shelves::shelf_path(shelf)).exists();
            if has_page != had_page || has_page && *before == 0 {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Writes the pages that name all lists of this kind.
    fn names(&mut self, kind: &Shelf) -> Result<(), Error> {
        let mut named = Vec::new();
        let mut after = kind.clone();
        loop {
            let some = self.view.shelves_after(&after, NAMES_AT_ONCE)?;
            let Some(last) = some.last() else { break };
            after = last.clone();
            for shelf in some {
                if self.view.shelf_size(&shelf, LEAST_LABELLED)? < LEAST_LABELLED as u64 {
                    continue;
                }
                let name = self.view.shelf_name(&shelf)?.unwrap_or_default();
                named.push((shelf, name));
            }
        }
        let files = shelves::names_files(self.publication.site, kind, &named);
        self.write(&files)?;
        for part in files.len().. {
            let path = shelves::names_path(kind, part);
            if !stale::remove_page(&self.publication.site.output, &path)? {
                break;
            }
            self.published.removed += 1;
        }
        Ok(())
    }

    /// Writes the page that names the months, and the sitemap.
    fn index_of_shelves(&mut self, stale: &[(Shelf, u64)]) -> Result<(), Error> {
        let publication = self.publication;
        let site = publication.site;
        self.write(&[shelves::months_file(site, &self.months)])?;
        if site.base_url.is_none() {
            return Ok(());
        }
        for (shelf, before) in stale {
            let Shelf::Month(month) = shelf else { continue };
            self.sitemap_of(*month, *before)?;
        }
        let mut parts = Vec::new();
        for &month in &self.months {
            let shelf = Shelf::Month(month);
            let size = self.view.shelf_size(&shelf, usize::MAX)?;
            for (number, skip) in (1..).zip((0..size).step_by(publish::SITEMAP)) {
                if self.view.is_indexed(&shelf, skip, publish::SITEMAP)? {
                    parts.push((month, number));
                }
            }
        }
        self.write(&publish::sitemap_index(site, &publication.feeds, &parts))
    }

    fn sitemap_of(&mut self, month: Month, before: u64) -> Result<(), Error> {
        let each = publish::SITEMAP as u64;
        let mut number = before / each;
        loop {
            let cards = self.view.cards(&Shelf::Month(month), number * each, publish::SITEMAP)?;
            number += 1;
            let at = usize::try_from(number).unwrap_or(usize::MAX);
            if cards.is_empty() {
                let path = publish::sitemap_path(month, at);
                if stale::remove_page(&self.publication.site.output, &path)? {
                    self.published.removed += 1;
                    continue;
                }
                return Ok(());
            }
            match publish::sitemap_file(self.publication.site, (month, at), &cards) {
                Some(file) => self.write(&[file])?,
                None => {
                    let path = publish::sitemap_path(month, at);
                    let is_gone = stale::remove_page(&self.publication.site.output, &path)?;
                    self.published.removed += usize::from(is_gone);
                }
            }
        }
    }
}

fn is_label(shelf: &Shelf) -> bool {
    matches!(shelf, Shelf::Tag(_) | Shelf::Author(_))
}
