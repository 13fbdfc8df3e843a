//! Lists of articles that have pages of their own on the reading site, and what such a list says of an article.

use std::fmt;

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use url::Url;

use super::{ArticleId, CanonicalUrl, Moment, SourceId};

/// A month of the calendar, written `2026-11`. Months are ordered by time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    year: i32,
    /// From 1 to 12.
    month: u32,
}

impl Month {
    /// The month of a day.
    #[must_use]
    pub fn of(day: NaiveDate) -> Month {
        Month { year: day.year(), month: day.month() }
    }

    /// Parses what [`fmt::Display`] writes.
    #[must_use]
    pub fn parse(text: &str) -> Option<Month> {
        let (year, month) = text.split_once('-')?;
        let month = Month { year: year.parse().ok()?, month: month.parse().ok()? };
        (month.to_string() == text && (1..=12).contains(&month.month)).then_some(month)
    }

    /// Its year.
    #[must_use]
    pub fn year(self) -> i32 {
        self.year
    }

    /// Its place in the year, counted from 0.
    #[must_use]
    pub fn month0(self) -> usize {
        self.month as usize - 1
    }
}

impl fmt::Display for Month {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:04}-{:02}", self.year, self.month)
    }
}

/// A list of articles, oldest first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Shelf {
    /// All of a month.
    Month(Month),
    /// What a source found, of a month.
    Source(SourceId, Month),
    /// Those with a tag or in a section, by its [`label_key`].
    Tag(String),
    /// Those of an author, by the [`label_key`] of the name.
    Author(String),
}

/// A name as it is compared with others: in lower case, with one space for white space, hyphens and underscores.
#[must_use]
pub fn label_key(name: &str) -> String {
    let is_between = |c: char| c.is_whitespace() || matches!(c, '-' | '_');
    let words: Vec<String> =
        name.split(is_between).filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
    words.join(" ")
}

/// The instant under which an article is shown: `published` as the page states it, unless that is missing, older than the
/// web, or later than the first sight of it.
#[must_use]
pub fn shown_at(published: Option<Moment>, first_seen: DateTime<Utc>) -> DateTime<Utc> {
    let published = published.filter(Moment::is_of_the_web);
    published.map_or(first_seen, |published| published.to_utc().min(first_seen))
}

/// What a list says of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// Its identity.
    pub id: ArticleId,
    /// The source that found it first.
    pub source: SourceId,
    /// The canonical URL under which it was first seen.
    pub url: CanonicalUrl,
    /// Its title when it was first seen.
    pub first_title: String,
    /// Its title.
    pub title: String,
    /// Its language, as a BCP 47 tag.
    pub language: Option<String>,
    /// When the run began that first saw it.
    pub first_seen: DateTime<Utc>,
    /// When it was last found to be changed in substance.
    pub updated: DateTime<Utc>,
    /// When it was published, where the page states it and it can be believed.
    pub stated: Option<Moment>,
    /// Whether its publisher asks search engines to leave it out.
    pub is_noindex: bool,
}

impl Card {
    /// The day under which it is listed.
    #[must_use]
    pub fn day(&self) -> NaiveDate {
        self.stated.map_or_else(|| self.first_seen.date_naive(), |stated| stated.date())
    }

    /// The URL under which it was first seen.
    #[must_use]
    pub fn as_url(&self) -> &Url {
        self.url.as_url()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_is_read_back_and_nothing_else_is_one() {
        let month = Month::parse("2026-11").unwrap();
        assert_eq!((month.to_string().as_str(), month.year(), month.month0()), ("2026-11", 2026, 10));
        for text in ["2026-13", "2026-00", "2026-1", "26-11", "2026", "x-11", "2026-11-2"] {
            assert_eq!(Month::parse(text), None, "{text}");
        }
    }

    #[test]
    fn names_that_differ_in_case_and_gaps_are_one() {
        assert_eq!(label_key(" Climate\u{a0}Change "), label_key("climate-change"));
        assert_ne!(label_key("C"), label_key("C++"));
    }
}
