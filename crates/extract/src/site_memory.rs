//! What the newest articles of a source say. Only the others tell what a site repeats on each of its pages: lines of text,
//! a title, a picture. Which articles are remembered is left to others.

use std::hash::BuildHasher;

use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};
use url::Url;

use crate::model::{Article, Field};
use crate::segment::measure::measure;

/// In so many articles, this one among them, a line at the head or foot of a text is the site's and not the text's.
pub(crate) const FEW: usize = 3;
/// Within a text, so many: stories that are followed for weeks tell their background in the same words again.
const MANY: usize = 5;
/// What so many articles have, one of which may be the one that is asked about, and more than half of all, is the site's
/// title, or its picture.
const STANDING: usize = 4;
/// Provenance holds so many characters of a value that lost.
const VALUE: usize = 200;
/// The source of titles that says little: any heading of the second rank.
pub(crate) const UNTRUSTED: &str = "h2";

/// What articles of one source say.
#[derive(Clone, Debug, Default)]
pub struct SiteMemory {
    articles: Vec<Remembered>,
    /// In how many articles a title, or the address of a picture, was said; by its fingerprint.
    values: FxHashMap<u64, usize>,
}

#[derive(Clone, Debug)]
pub(crate) struct Remembered {
    title: u64,
    lines: FxHashSet<u64>,
}

impl SiteMemory {
    /// How many of a source's newest articles are worth remembering: enough to tell what is repeated, and so few that
    /// a prompt of last year is forgotten.
    pub const ARTICLES: usize = 24;

    /// Remembers `article`, and what was left out of it.
    pub fn learn(&mut self, article: &Article) {
        let all = article.text.lines().chain(article.repeated.iter().map(String::as_str));
        let lines = all.filter(|line| !line.is_empty()).map(fingerprint).collect();
        self.articles.push(Remembered { title: fingerprint(&article.title), lines });
        let picture = article.image.as_ref().map(|image| image.url.as_str());
        let titles = said(article, Field::Title, Some(&article.title));
        let values: FxHashSet<u64> = titles.chain(said(article, Field::Image, picture)).collect();
        values.into_iter().for_each(|value| *self.values.entry(value).or_default() += 1);
    }

    /// Whether `article` has a line, a title or a picture that it would not have now, as far as it shows.
    #[must_use]
    pub fn knows_of(&self, article: &Article) -> bool {
        let lines: FxHashSet<u64> =
            article.text.lines().filter(|line| !line.is_empty()).map(fingerprint).collect();
        let others = self.others(fingerprint(&article.title), &lines);
        lines.iter().any(|line| times(*line, &others) >= FEW)
            || self.has_standing_title(&article.title)
            || article.image.as_ref().is_some_and(|image| self.has_standing_picture(&image.url))
    }

    /// Whether most articles have this title.
    pub(crate) fn has_standing_title(&self, title: &str) -> bool {
        self.is_standing(value(Field::Title, title))
    }

    /// Whether most articles have this picture.
    pub(crate) fn has_standing_picture(&self, picture: &Url) -> bool {
        self.is_standing(value(Field::Image, picture.as_str()))
    }

    fn is_standing(&self, value: u64) -> bool {
        self.values.get(&value).is_some_and(|times| *times >= STANDING && *times * 2 > self.articles.len())
    }

    /// Whether too few articles are known to tell what is repeated.
    pub(crate) fn is_too_short(&self) -> bool {
        self.articles.len() + 1 < FEW
    }

    /// The articles that are not the one called `title` that says `lines`, in whatever state.
    pub(crate) fn others(&self, title: u64, lines: &FxHashSet<u64>) -> Vec<&Remembered> {
        let is_same = |known: &Remembered| {
            known.title == title && known.lines.intersection(lines).count() * 2 > lines.len()
        };
        self.articles.iter().filter(|known| !is_same(known)).collect()
    }

    /// Beneath this number of articles, a line within a text is left alone. A source of a handful of articles has no
    /// [`MANY`] of them.
    pub(crate) fn many(&self) -> usize {
        (self.articles.len() / 2).clamp(FEW, MANY)
    }
}

/// In how many articles a line stands: the one in which it was found, and `others`.
pub(crate) fn times(line: u64, others: &[&Remembered]) -> usize {
    1 + others.iter().filter(|other| other.lines.contains(&line)).count()
}

pub(crate) fn fingerprint(text: &str) -> u64 {
    measure(text, &mut Vec::new()).fingerprint
}

/// The values that were said of a field, the one that the article has among them. Those that lost are remembered too:
/// else what was known of a site would be forgotten as soon as it is acted upon.
fn said<'a>(article: &'a Article, field: Field, own: Option<&'a str>) -> impl Iterator<Item = u64> {
    let beat = article.provenance.get(&field).map(|known| known.beat.as_slice()).unwrap_or_default();
    let beat = beat.iter().filter(|(from, _)| from != UNTRUSTED).map(|(_, value)| value.as_str());
    own.into_iter().chain(beat).map(move |text| value(field, text))
}

fn value(field: Field, text: &str) -> u64 {
    let cut = text.char_indices().nth(VALUE).map_or(text, |(end, _)| &text[..end]);
    FxBuildHasher.hash_one((field, cut))
}

#[cfg(test)]
mod tests;
