//! Lists of articles and where their pages are. A list is cut into parts of a fixed size, oldest first, so that what comes
//! later changes the last part alone. The last part has the list's own address; those before it are numbered.

use super::{File, Settings, addresses, site, slugs};
use crate::model::{Card, Month, Shelf, Source, SourceId};

/// Articles of a full part.
pub const SHELF: usize = 200;
/// A tag or author of fewer articles has no page.
pub const LEAST_LABELLED: usize = 2;
/// Names on one page of tags or authors.
pub const NAMES: usize = 1_000;

/// A part of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slice {
    /// Its number, counted from 1.
    pub number: u64,
    /// How many there are.
    pub of: u64,
}

impl Slice {
    /// The parts of a list of so many articles, oldest first.
    pub fn all(articles: u64) -> impl Iterator<Item = Slice> {
        let of = articles.div_ceil(SHELF as u64);
        (1..=of).map(move |number| Slice { number, of })
    }

    /// How many articles come before it.
    #[must_use]
    pub fn skips(self) -> u64 {
        (self.number - 1) * SHELF as u64
    }

    fn is_last(self) -> bool {
        self.number == self.of
    }

    fn before(self) -> Option<Slice> {
        (self.number > 1).then(|| Slice { number: self.number - 1, ..self })
    }

    fn behind(self) -> Option<Slice> {
        (!self.is_last()).then(|| Slice { number: self.number + 1, ..self })
    }
}

/// Lists that come before and after one in time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Around {
    /// The older one.
    pub older: Option<Shelf>,
    /// The newer one.
    pub newer: Option<Shelf>,
}

/// The path of a list's newest part.
#[must_use]
pub fn shelf_path(shelf: &Shelf) -> String {
    slice_path(shelf, Slice { number: 1, of: 1 })
}

/// The path of the numbered part of a list.
#[must_use]
pub fn numbered_path(shelf: &Shelf, number: u64) -> String {
    slice_path(shelf, Slice { number, of: u64::MAX })
}

pub(super) fn slice_path(shelf: &Shelf, part: Slice) -> String {
    let number = part.number;
    match (shelf, part.is_last()) {
        (Shelf::Month(month), true) => format!("months/{month}.html"),
        (Shelf::Month(month), false) => format!("months/{month}-{number}.html"),
        (Shelf::Source(source, month), true) => format!("{source}/months/{month}.html"),
        (Shelf::Source(source, month), false) => format!("{source}/months/{month}-{number}.html"),
        (Shelf::Tag(key), true) => format!("tags/{}/index.html", slugs::label_slug(key)),
        (Shelf::Tag(key), false) => format!("tags/{}/{number}.html", slugs::label_slug(key)),
        (Shelf::Author(key), true) => format!("authors/{}/index.html", slugs::label_slug(key)),
        (Shelf::Author(key), false) => format!("authors/{}/{number}.html", slugs::label_slug(key)),
    }
}

/// The path of the part with this number, counted from 0, of the page that names all tags, or all authors.
#[must_use]
pub fn names_path(kind: &Shelf, part: usize) -> String {
    let folder = if matches!(kind, Shelf::Author(_)) { "authors" } else { "tags" };
    match part {
        0 => format!("{folder}/index.html"),
        part => format!("{folder}/index-{}.html", part + 1),
    }
}

/// Where the months are named.
pub(super) const MONTHS: &str = "months/index.html";

/// The paths to the parts before and behind one, across lists that come before and after it.
pub(super) fn beside(shelf: &Shelf, part: Slice, around: &Around) -> (Option<String>, Option<String>) {
    let own = |part| slice_path(shelf, part);
    let older = part.before().map(own).or_else(|| around.older.as_ref().map(shelf_path));
    // Not to its oldest part: that has another address once there are more.
    let newer = part.behind().map(own).or_else(|| around.newer.as_ref().map(shelf_path));
    (older, newer)
}

/// The page of one part of a list, whose articles are `cards`, oldest first. `name` is what a tag or an author is called.
#[must_use]
pub fn shelf_file(
    settings: &Settings,
    (shelf, part, name): (&Shelf, Slice, Option<&str>),
    cards: &[Card],
    around: &Around,
    sources: &[Source],
) -> File {
    site::shelf_page(settings, (shelf, part, name), cards, around, sources)
}

/// The page of a month with more articles than one page shows: it names the sources that have articles then.
#[must_use]
pub fn month_of_sources_file(
    settings: &Settings,
    month: Month,
    named: &[SourceId],
    around: &Around,
    sources: &[Source],
) -> File {
    site::month_of_sources(settings, month, named, around, sources)
}

/// The page that names all months.
#[must_use]
pub fn months_file(settings: &Settings, months: &[Month]) -> File {
    site::months_page(settings, months)
}

/// The pages that name all tags, or all authors: `named` are the lists with the names of what they list.
#[must_use]
pub fn names_files(settings: &Settings, kind: &Shelf, named: &[(Shelf, String)]) -> Vec<File> {
    site::names_pages(settings, kind, named)
}

/// The way from the front of the site to a list's page.
pub(super) fn above(shelf: &Shelf) -> String {
    match shelf {
        Shelf::Month(_) => MONTHS.to_owned(),
        Shelf::Source(source, _) => addresses::feed_page_path(source),
        Shelf::Tag(_) | Shelf::Author(_) => names_path(shelf, 0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_later_is_in_the_last_part_alone() {
        let tag = Shelf::Tag("sea".to_owned());
        let paths =
            |articles: u64| Slice::all(articles).map(|part| slice_path(&tag, part)).collect::<Vec<_>>();
        assert!(paths(0).is_empty());
        assert_eq!(paths(200), ["tags/sea/index.html"]);
        assert_eq!(paths(201), ["tags/sea/1.html", "tags/sea/index.html"]);
        assert_eq!(paths(401), ["tags/sea/1.html", "tags/sea/2.html", "tags/sea/index.html"]);
        assert_eq!(Slice::all(401).last().unwrap().skips(), 400);
    }

    #[test]
    fn the_way_through_time_goes_from_part_to_part_and_from_month_to_month() {
        let month = |text| Shelf::Month(Month::parse(text).unwrap());
        let around = Around { older: Some(month("2026-10")), newer: Some(month("2026-12")) };
        let at = |number| beside(&month("2026-11"), Slice { number, of: 2 }, &around);
        let path = |text: &str| Some(text.to_owned());
        assert_eq!(at(1), (path("months/2026-10.html"), path("months/2026-11.html")));
        assert_eq!(at(2), (path("months/2026-11-1.html"), path("months/2026-12.html")));
    }
}
