//! Pages that list articles, or lists of them.

use std::collections::{BTreeMap, HashMap};

use serde::Serialize;

use super::dates::{self, Shown};
use super::teaser::{Language, language_of};
use super::{Frame, templates};
use crate::model::{Card, Month, Shelf, Source, SourceId};
use crate::publish::shelves::{self, Around, MONTHS, NAMES, Slice};
use crate::publish::values::{TextLine, WebUrl};
use crate::publish::words::{self, Words};
use crate::publish::{File, Settings, addresses};

#[derive(Serialize)]
struct ShelfPage {
    #[serde(flatten)]
    frame: Frame,
    title: String,
    up: Link,
    articles: Vec<Line>,
    older: Option<String>,
    newer: Option<String>,
}

#[derive(Serialize)]
struct NamesPage {
    #[serde(flatten)]
    frame: Frame,
    title: String,
    up: Option<Link>,
    groups: Vec<Group>,
    older: Option<String>,
    newer: Option<String>,
}

/// Links under a heading, which may be empty.
#[derive(Serialize)]
pub(super) struct Group {
    heading: String,
    links: Vec<Link>,
}

/// A link to another page here.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Link {
    text: String,
    /// From the output folder.
    path: String,
}

/// An article on one line.
#[derive(Serialize)]
struct Line {
    title: TextLine,
    path: String,
    published: Shown,
    source: Option<Link>,
    language: Language,
}

pub(crate) fn shelf_page(
    settings: &Settings,
    (shelf, part, name): (&Shelf, Slice, Option<&str>),
    cards: &[Card],
    around: &Around,
    sources: &[Source],
) -> File {
    let path = shelves::slice_path(shelf, part);
    let words = words::of(&settings.language);
    let by_id: HashMap<&SourceId, &Source> = sources.iter().map(|source| (&source.id, source)).collect();
    let with_source = !matches!(shelf, Shelf::Source(..));
    let line = |card: &Card| {
        let source = by_id.get(&card.source).copied();
        Line {
            title: title(card),
            path: addresses::card_path(card),
            published: dates::of_card(words, card),
            source: source.filter(|_| with_source).map(source_link),
            language: language_of(card.language.as_deref(), source),
        }
    };
    let (older, newer) = shelves::beside(shelf, part, around);
    let page = ShelfPage {
        frame: Frame::new(settings, &path),
        title: heading(words, shelf, part, name),
        up: up(words, shelf, &by_id),
        articles: cards.iter().rev().map(line).collect(),
        older,
        newer,
    };
    File { path, bytes: templates::render(settings, "shelf.html", page) }
}

pub(crate) fn month_of_sources(
    settings: &Settings,
    month: Month,
    named: &[SourceId],
    around: &Around,
    sources: &[Source],
) -> File {
    let (shelf, words) = (Shelf::Month(month), words::of(&settings.language));
    let path = shelves::shelf_path(&shelf);
    let by_id: HashMap<&SourceId, &Source> = sources.iter().map(|source| (&source.id, source)).collect();
    let link = |source: &&Source| Link {
        path: shelves::shelf_path(&Shelf::Source(source.id.clone(), month)),
        ..source_link(source)
    };
    let links = named.iter().filter_map(|id| by_id.get(id)).map(link).collect();
    let (older, newer) = shelves::beside(&shelf, Slice { number: 1, of: 1 }, around);
    let page = NamesPage {
        frame: Frame::new(settings, &path),
        title: dates::month_name(words, month),
        up: Some(up(words, &shelf, &by_id)),
        groups: vec![Group { heading: String::new(), links }],
        older,
        newer,
    };
    File { path, bytes: templates::render(settings, "names.html", page) }
}

pub(crate) fn months_page(settings: &Settings, months: &[Month]) -> File {
    let words = words::of(&settings.language);
    let page = NamesPage {
        frame: Frame::new(settings, MONTHS),
        title: words.by_month.to_owned(),
        up: None,
        groups: years(words, months, |month| shelves::shelf_path(&Shelf::Month(month))),
        older: None,
        newer: None,
    };
    File { path: MONTHS.to_owned(), bytes: templates::render(settings, "names.html", page) }
}

/// The months, newest first, under their years.
pub(super) fn years(words: &Words, months: &[Month], path: impl Fn(Month) -> String) -> Vec<Group> {
    let mut years: BTreeMap<i32, Vec<Month>> = BTreeMap::new();
    for &month in months {
        years.entry(month.year()).or_default().push(month);
    }
    let link = |month: Month| Link { text: words.months[month.month0()].to_owned(), path: path(month) };
    let group = |(year, months): (i32, Vec<Month>)| Group {
        heading: year.to_string(),
        links: months.into_iter().rev().map(link).collect(),
    };
    years.into_iter().rev().map(group).collect()
}

pub(crate) fn names_pages(settings: &Settings, kind: &Shelf, named: &[(Shelf, String)]) -> Vec<File> {
    let words = words::of(&settings.language);
    let title = if matches!(kind, Shelf::Author(_)) { words.authors } else { words.tags };
    let link = |(shelf, name): &(Shelf, String)| {
        Some(Link { text: TextLine::of(name)?.to_string(), path: shelves::shelf_path(shelf) })
    };
    let parts: Vec<&[(Shelf, String)]> =
        if named.is_empty() { vec![named] } else { named.chunks(NAMES).collect() };
    let at = |part: usize| shelves::names_path(kind, part);
    let page = |(part, named): (usize, &&[(Shelf, String)])| {
        let path = at(part);
        let page = NamesPage {
            frame: Frame::new(settings, &path),
            title: title.to_owned(),
            up: None,
            groups: vec![Group { heading: String::new(), links: named.iter().filter_map(link).collect() }],
            older: (part + 1 < parts.len()).then(|| at(part + 1)),
            newer: part.checked_sub(1).map(at),
        };
        File { path, bytes: templates::render(settings, "names.html", page) }
    };
    parts.iter().enumerate().map(page).collect()
}

fn heading(words: &Words, shelf: &Shelf, part: Slice, name: Option<&str>) -> String {
    let title = match shelf {
        Shelf::Month(month) | Shelf::Source(_, month) => dates::month_name(words, *month),
        Shelf::Tag(key) | Shelf::Author(key) => {
            let name = name.and_then(TextLine::of).or_else(|| TextLine::of(key));
            name.as_deref().unwrap_or_default().to_owned()
        }
    };
    if part.of > 1 && part.number < part.of { format!("{title} ({})", part.number) } else { title }
}

fn up(words: &Words, shelf: &Shelf, sources: &HashMap<&SourceId, &Source>) -> Link {
    let text = match shelf {
        Shelf::Month(_) => words.by_month.to_owned(),
        Shelf::Source(source, _) => {
            sources.get(source).map_or_else(|| source.to_string(), |source| source_link(source).text)
        }
        Shelf::Tag(_) => words.tags.to_owned(),
        Shelf::Author(_) => words.authors.to_owned(),
    };
    Link { text, path: shelves::above(shelf) }
}

pub(super) fn source_link(source: &Source) -> Link {
    let title = TextLine::of(&source.title);
    Link {
        text: title.map_or_else(|| source.id.to_string(), |title| title.to_string()),
        path: addresses::feed_page_path(&source.id),
    }
}

/// The article in a list that leads to it.
pub(super) fn article_link(card: &Card) -> Link {
    Link { text: title(card).to_string(), path: addresses::card_path(card) }
}

/// The page of a tag or author, by the name that an article has for it.
pub(super) fn label_link(name: &TextLine, shelf: &Shelf) -> Link {
    Link { text: name.to_string(), path: shelves::shelf_path(shelf) }
}

fn title(card: &Card) -> TextLine {
    TextLine::of(&card.title).unwrap_or_else(|| WebUrl::of_page(&card.url).to_line())
}
