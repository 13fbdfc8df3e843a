//! What changed alike in many articles of a source at once: a promotion that its templates put into each, a suffix of each
//! title, a place in each text where advertisements take turns. That is the site's doing, and no news of the stories.

use std::collections::{BTreeMap, BTreeSet};

use super::{blocks, is_stamp, is_substantive, joined, split};
use crate::model::{Article, Field};

/// Articles in which something changed alike, at least; of two that were looked at, both.
const FEW: usize = 3;
/// More words are no advertisement.
const ADVERT_WORDS: usize = 60;

/// What an article's change has in common with those of the others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Alike {
    /// Nothing, or it did not change.
    #[default]
    Not,
    /// It changed in nothing but what changed alike in most of them: that is no news of its story.
    Text,
    /// It changed in nothing but a date or a counter that runs on in most of them: that is no revision.
    Stamp,
}

/// An article that a run looked at.
#[derive(Clone, Copy, Debug)]
pub struct Reviewed<'a> {
    /// What is kept of it; `None` if it is new.
    pub before: Option<&'a Article>,
    /// What it says now.
    pub after: &'a Article,
}

/// What the changes of these articles of one source have in common. Beside them, so many are `unchanged`.
#[must_use]
pub fn changed_alike(looks: &[Reviewed<'_>], unchanged: usize) -> Vec<Alike> {
    let changes: Vec<LineChange> = looks.iter().map(LineChange::of).collect();
    let site = SiteChange::of(&changes, unchanged);
    let alike = |(look, change): (&Reviewed<'_>, &LineChange)| match look.before {
        Some(_) if change.stamp.is_some_and(|place| site.stamps.contains(&place)) => Alike::Stamp,
        Some(before) if !change.is_nothing() && site.explains(before, look.after, change) => Alike::Text,
        _ => Alike::Not,
    };
    looks.iter().zip(&changes).map(alike).collect()
}

/// How an article changed, line by line.
struct LineChange {
    is_look: bool,
    /// Whether its title is another.
    is_retitled: bool,
    /// What was removed from its title, what was added in its place, and whether at its end.
    title: Option<(String, String, bool)>,
    /// What runs on, if nothing else differs.
    stamp: Option<Stamp>,
    removed: BTreeSet<String>,
    added: BTreeSet<String>,
    /// What it is called now.
    called: String,
    /// Every line that it has now.
    lines: Vec<String>,
    /// Every line that it had.
    old_lines: Vec<String>,
}

impl LineChange {
    fn of(look: &Reviewed<'_>) -> LineChange {
        let lines = lines(look.after, look.before.map_or(&[][..], |before| &before.repeated));
        let old_lines = look.before.map_or_else(Vec::new, |before| self::lines(before, &look.after.repeated));
        let (old, new): (BTreeSet<_>, BTreeSet<_>) =
            (old_lines.iter().cloned().collect(), lines.iter().cloned().collect());
        LineChange {
            is_look: look.before.is_some(),
            is_retitled: look.before.is_some_and(|before| before.title != look.after.title),
            title: look.before.and_then(|before| affix(&before.title, &look.after.title)),
            stamp: look.before.and_then(|before| stamp(before, look.after)),
            removed: old.difference(&new).cloned().collect(),
            added: new.difference(&old).cloned().collect(),
            called: split(&look.after.title).map(str::to_lowercase).collect::<Vec<_>>().join(" "),
            lines,
            old_lines,
        }
    }

    fn is_nothing(&self) -> bool {
        !self.is_retitled && self.removed.is_empty() && self.added.is_empty()
    }
}

/// What runs on where two versions differ in nothing else: the block at a place in the text, or the date of publication, as
/// a page reckons it that says "an hour ago".
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Stamp {
    Block(usize),
    Date,
}

fn stamp(before: &Article, after: &Article) -> Option<Stamp> {
    let (old, new): (Vec<&str>, Vec<&str>) =
        (before.text.split("\n\n").collect(), after.text.split("\n\n").collect());
    let differing: Vec<usize> = (0..old.len()).filter(|at| new.get(*at) != Some(&old[*at])).collect();
    let stamp = match differing[..] {
        _ if old.len() != new.len() => None,
        [] => Some(Stamp::Date).filter(|_| before.published != after.published),
        [at] => Some(Stamp::Block(at)).filter(|_| is_counting(old[at]) && is_counting(new[at])),
        _ => None,
    };
    let runs_on = before.published == after.published || is_reckoned(before) && is_reckoned(after);
    let rest = |article: &Article| {
        let html = marked_up(&article.html);
        Article { html, published: after.published, ..article.clone() }.digest()
    };
    stamp.filter(|_| runs_on && rest(before) == rest(after))
}

/// Whether the date of publication was read from what the page shows.
fn is_reckoned(article: &Article) -> bool {
    let from = article.provenance.get(&Field::Published).map(|provenance| provenance.from.as_str());
    article.published.is_some() && matches!(from, Some("text" | "class"))
}

fn is_counting(text: &str) -> bool {
    is_stamp(text, &split(text).map(str::to_lowercase).collect::<Vec<_>>())
}

/// The body without its dates and counters.
fn marked_up(html: &str) -> String {
    let pieces = html.split_inclusive('>').map(|piece| match piece.rsplit_once('<') {
        Some((text, tag)) if is_counting(text) => format!("<{tag}"),
        _ => piece.to_owned(),
    });
    pieces.collect()
}

fn lines(article: &Article, left_out: &[String]) -> Vec<String> {
    let lines = blocks(article, left_out).iter().map(|words| joined(words)).collect::<Vec<_>>();
    lines.into_iter().filter(|line| !line.is_empty()).collect()
}

/// What differs at the beginning or the end of two titles that are the same otherwise.
fn affix(before: &str, after: &str) -> Option<(String, String, bool)> {
    if before == after {
        return None;
    }
    let words = |title: &str| -> Vec<String> { split(title).map(str::to_lowercase).collect() };
    let (old, new) = (words(before), words(after));
    let start = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let end = old.iter().rev().zip(new.iter().rev()).take_while(|(a, b)| a == b).count();
    let at_end = start >= end;
    let (old, new) = if at_end {
        (&old[start..], &new[start..])
    } else {
        (&old[..old.len() - end], &new[..new.len() - end])
    };
    Some((old.join(" "), new.join(" "), at_end)).filter(|_| start.max(end) > 0)
}

/// What changed alike.
struct SiteChange {
    removed: BTreeSet<String>,
    added: BTreeSet<String>,
    titles: BTreeSet<(String, String, bool)>,
    /// Dates and counters that run on.
    stamps: BTreeSet<Stamp>,
    /// Where advertisements take turns.
    places: BTreeSet<LinePlace>,
    /// Words that most of the articles say.
    common: BTreeSet<String>,
}

/// A place in a text, in lines from its beginning or from its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum LinePlace {
    FromStart(usize),
    FromEnd(usize),
}

impl SiteChange {
    fn of(changes: &[LineChange], unchanged: usize) -> SiteChange {
        let looks = changes.iter().filter(|change| change.is_look).count() + unchanged;
        let all = changes.len() + unchanged;
        let mut removed = Votes::default();
        let mut added = Votes::default();
        let mut titles = Votes::default();
        let mut stamps = Votes::default();
        for change in changes {
            change.removed.iter().for_each(|line| removed.add(line));
            change.added.iter().for_each(|line| added.add(line));
            change.title.iter().for_each(|title| titles.add(title));
            change.stamp.iter().for_each(|place| stamps.add(place));
        }
        let common = common_words(changes);
        let mut site = SiteChange {
            removed: removed.of_most(looks),
            // New articles have it too.
            added: added.of_most(all),
            titles: titles.of_most(looks),
            stamps: stamps.of_most(looks),
            places: BTreeSet::new(),
            common,
        };
        let mut places = Votes::default();
        for change in changes.iter().filter(|change| change.is_look) {
            site.places_of(change).iter().for_each(|place| places.add(place));
        }
        if looks >= FEW {
            site.places = places.of_most(looks);
        }
        site
    }

    /// The places of a single short passage that came, went or was replaced, and says nothing of its story.
    fn places_of(&self, change: &LineChange) -> Vec<LinePlace> {
        let Some((at, removed, added)) = SiteChange::passage(change) else { return Vec::new() };
        let is_foreign = |lines: &[String], rest: &[String]| {
            let words: Vec<&str> = lines.iter().flat_map(|line| line.split(' ')).collect();
            let rest = rest.iter().chain([&change.called]).flat_map(|line| line.split(' '));
            let rest: BTreeSet<&str> = rest.collect();
            let telling = |word: &&&str| word.chars().count() > 4 && !self.common.contains(**word);
            words.len() <= ADVERT_WORDS && !words.iter().filter(telling).any(|word| rest.contains(*word))
        };
        let rest = |lines: &[String], length: usize| [&lines[..at], &lines[at + length..]].concat();
        let (old_rest, rest) = (rest(&change.old_lines, removed.len()), rest(&change.lines, added.len()));
        if !is_foreign(removed, &old_rest) || !is_foreign(added, &rest) {
            return Vec::new();
        }
        vec![LinePlace::FromStart(at), LinePlace::FromEnd(rest.len() - at)]
    }

    /// The lines that differ, if they are few and stand together.
    fn passage(change: &LineChange) -> Option<(usize, &[String], &[String])> {
        let (old, new) = (&change.old_lines, &change.lines);
        let start = old.iter().zip(new).take_while(|(a, b)| a == b).count();
        let end =
            old[start..].iter().rev().zip(new[start..].iter().rev()).take_while(|(a, b)| a == b).count();
        let (old, new) = (&old[start..old.len() - end], &new[start..new.len() - end]);
        (old.len() <= 2 && new.len() <= 2 && (!old.is_empty() || !new.is_empty()))
            .then_some((start, old, new))
    }

    /// Whether an article differs from what it was in nothing else.
    fn explains(&self, before: &Article, after: &Article, change: &LineChange) -> bool {
        let is_titled_alike = change.title.as_ref().is_some_and(|title| self.titles.contains(title));
        if self.places_of(change).iter().any(|place| self.places.contains(place)) {
            return is_titled_alike || !change.is_retitled;
        }
        let is_any = is_titled_alike
            || change.removed.iter().any(|line| self.removed.contains(line))
            || change.added.iter().any(|line| self.added.contains(line));
        let before = SiteChange::without(before, is_titled_alike, &self.removed);
        is_any && !is_substantive(&before, &SiteChange::without(after, is_titled_alike, &self.added))
    }

    /// The article without these lines of the site's, and without a title that changed as the others did.
    fn without(article: &Article, is_titled_alike: bool, lines: &BTreeSet<String>) -> Article {
        let is_sites = |block: &&str| {
            let plain = Article { text: (*block).to_owned(), ..article.clone() };
            !self::lines(&plain, &[]).iter().any(|line| lines.contains(line))
        };
        Article {
            title: if is_titled_alike { String::new() } else { article.title.clone() },
            text: article.text.split("\n\n").filter(is_sites).collect::<Vec<_>>().join("\n\n"),
            ..article.clone()
        }
    }
}

/// Words that half of the articles say: they tell none of them from the others.
fn common_words(changes: &[LineChange]) -> BTreeSet<String> {
    let mut votes = Votes::default();
    for change in changes {
        let words: BTreeSet<String> =
            change.lines.iter().flat_map(|line| line.split(' ')).map(str::to_owned).collect();
        words.iter().for_each(|word| votes.add(word));
    }
    votes.of_most(changes.len())
}

/// How many articles something was seen in.
struct Votes<T>(BTreeMap<T, usize>);

impl<T> Default for Votes<T> {
    fn default() -> Votes<T> {
        Votes(BTreeMap::new())
    }
}

impl<T: Ord + Clone> Votes<T> {
    fn add(&mut self, what: &T) {
        *self.0.entry(what.clone()).or_default() += 1;
    }

    /// What most of `all` articles have.
    fn of_most(self, all: usize) -> BTreeSet<T> {
        let is_most = |votes: usize| votes >= FEW.min(all.max(2)) && votes * 2 >= all;
        self.0.into_iter().filter(|(_, votes)| is_most(*votes)).map(|(what, _)| what).collect()
    }
}
