//! The lists of the reading site, as publishing asks for them.

use super::view::View;
use crate::Archive;
use crate::error::Error;
use crate::index::shelves::{kind_of, shelf};
use crate::model::{ArticleId, Card, Month, Shelf, SourceId};

impl View {
    /// Every month that has articles, oldest first.
    ///
    /// # Errors
    /// [`Error::Index`] if the index cannot be read.
    pub fn months(&self) -> Result<Vec<Month>, Error> {
        let keys = self.index.shelves_after(MONTHS, "", usize::MAX).map_err(self.in_index())?;
        Ok(keys.iter().filter_map(|key| Month::parse(key)).collect())
    }

    /// Those of `months` in which `source` has articles.
    ///
    /// # Errors
    /// [`Error::Index`] if the index cannot be read.
    pub fn months_of(&self, source: &SourceId, months: &[Month]) -> Result<Vec<Month>, Error> {
        let mut own = Vec::new();
        for &month in months {
            if self.shelf_size(&Shelf::Source(source.clone(), month), 1)? > 0 {
                own.push(month);
            }
        }
        Ok(own)
    }

    /// The sources that have articles of a month, by name.
    ///
    /// # Errors
    /// [`Error::Index`] if the index cannot be read.
    pub fn sources_in(&self, month: Month) -> Result<Vec<SourceId>, Error> {
        let (mut sources, mut after) = (Vec::new(), format!("{month} "));
        loop {
            let next = self.index.shelves_after(SOURCES, &after, 1).map_err(self.in_index())?;
            match next.first().and_then(|key| shelf(SOURCES, key)) {
                Some(Shelf::Source(source, of)) if of == month => sources.push(source),
                _ => return Ok(sources),
            }
            after.clone_from(&next[0]);
        }
    }

    /// At most `limit` lists behind `after`, of its kind and in the order of their names. Those of months and of sources
    /// come by month.
    ///
    /// # Errors
    /// [`Error::Index`] if the index cannot be read.
    pub fn shelves_after(&self, after: &Shelf, limit: usize) -> Result<Vec<Shelf>, Error> {
        let kind = kind_of(after);
        let key = match after {
            Shelf::Month(month) => month.to_string(),
            Shelf::Source(source, month) => format!("{month} {source}"),
            Shelf::Tag(key) | Shelf::Author(key) => key.clone(),
        };
        let keys = self.index.shelves_after(kind, &key, limit).map_err(self.in_index())?;
        Ok(keys.iter().filter_map(|key| shelf(kind, key)).collect())
    }

    /// The lists that changed since they were last published, each with how many articles come before the first change.
    ///
    /// # Errors
    /// [`Error::Index`] if the index cannot be read.
    pub fn stale_shelves(&self) -> Result<Vec<(Shelf, u64)>, Error> {
        self.index.stale_shelves().map_err(self.in_index())
    }

    /// The articles that `source` found, the past too.
    ///
    /// # Errors
    /// [`Error::Index`] if the index cannot be read.
    pub fn found_by(&self, source: &SourceId) -> Result<Vec<ArticleId>, Error> {
        self.index.found_by(source).map_err(self.in_index())
    }

    /// How many articles a list has, but no more than `most`.
    ///
    /// # Errors
    /// [`Error::Index`] if the index cannot be read.
    pub fn shelf_size(&self, shelf: &Shelf, most: usize) -> Result<u64, Error> {
        self.index.shelf_size(shelf, most).map_err(self.in_index())
    }

    /// Whether search engines may see one of the articles of a list behind the first `skip`, of at most `limit`.
    ///
    /// # Errors
    /// [`Error::Index`] if the index cannot be read.
    pub fn is_indexed(&self, shelf: &Shelf, skip: u64, limit: usize) -> Result<bool, Error> {
        self.index.is_indexed(shelf, skip, limit).map_err(self.in_index())
    }

    /// How the oldest article of a list of a tag or an author spells its name.
    ///
    /// # Errors
    /// [`Error::Index`] if the index cannot be read.
    pub fn shelf_name(&self, shelf: &Shelf) -> Result<Option<String>, Error> {
        self.index.shelf_name(shelf).map_err(self.in_index())
    }

    /// At most `limit` articles of a list behind the first `skip`, oldest first.
    ///
    /// # Errors
    /// [`Error::Index`] if the index cannot be read.
    pub fn cards(&self, shelf: &Shelf, skip: u64, limit: usize) -> Result<Vec<Card>, Error> {
        self.index.cards(shelf, skip, limit).map_err(self.in_index())
    }

    /// The nearest article before this one, and the nearest behind it, that `is_shown`, in the order in which `source` found
    /// its articles.
    ///
    /// # Errors
    /// [`Error::Index`] if the index cannot be read.
    pub fn beside(
        &self,
        id: &ArticleId,
        source: &SourceId,
        is_shown: impl Fn(&ArticleId) -> bool,
    ) -> Result<[Option<Card>; 2], Error> {
        let mut limit = 1;
        loop {
            let sides = self.index.beside(id, source, limit).map_err(self.in_index())?;
            let is_done = |side: &Vec<Card>| side.len() < limit || side.iter().any(|card| is_shown(&card.id));
            if sides.iter().all(is_done) {
                return Ok(sides.map(|side| side.into_iter().find(|card| is_shown(&card.id))));
            }
            limit *= 8;
        }
    }
}

const MONTHS: i64 = 1;
const SOURCES: i64 = 2;

impl Archive {
    /// These sources are published, and no other: articles of others leave the lists, and come back with their source.
    ///
    /// # Errors
    /// [`Error::Index`] if the index cannot be written.
    pub fn publish_sources(&mut self, sources: &[SourceId]) -> Result<(), Error> {
        self.change(|archive| archive.view.index.publish_sources(sources).map_err(archive.view.in_index()))
    }

    /// Every list with an article of one of these sources is to be written again: they are called otherwise.
    ///
    /// # Errors
    /// [`Error::Index`] if the index cannot be written.
    pub fn reshelve(&mut self, sources: &[SourceId]) -> Result<(), Error> {
        self.change(|archive| {
            let index = &archive.view.index;
            sources.iter().try_for_each(|source| index.reshelve(source)).map_err(archive.view.in_index())
        })
    }

    /// All lists are published as they are now.
    ///
    /// # Errors
    /// [`Error::Index`] if the index cannot be written.
    pub fn shelves_are_fresh(&mut self) -> Result<(), Error> {
        self.change(|archive| archive.view.index.shelves_are_fresh().map_err(archive.view.in_index()))
    }
}
