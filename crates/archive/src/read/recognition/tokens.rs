//! Links with a token that is another at each fetch: a session, a click counter, a random number against caches. What
//! is a token shows in the listing as a whole: items that have titles of known articles have links that differ from
//! theirs in this part alone, and none has the part as it was.

use std::collections::{BTreeMap, BTreeSet};

use super::{Decision, ListedItem, Recognition, Trace};

/// A part of a path that may be a token has so many characters.
const LONG: usize = 8;

/// A part of a URL.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    /// The part of the path with this number, on paths of so many; the host is number 0.
    Path { at: usize, of: usize },
    /// The parameter with this name.
    Parameter(String),
}

/// An item that is perhaps a known article, under a URL that differs in these parts.
struct Guess {
    item: usize,
    article: u64,
    parts: BTreeSet<Part>,
    /// Whether earlier links of the article differed so, and led to it.
    is_proven: bool,
}

/// Finds, of the items that are not known at their URLs, those whose URLs differ in a token from those of known articles.
pub(super) fn recognise(
    items: &[ListedItem],
    traces: &BTreeMap<u64, Trace>,
    decided: &mut [Option<Decision>],
) {
    let mut guesses = guesses(items, traces, decided);
    let is_listed = |decision: &Option<Decision>| decision.is_some_and(|it| it.by == Recognition::Listed);
    let listed = items.iter().zip(decided.iter()).filter(|(_, decision)| is_listed(decision));
    // What a known link has, and is as it was, is no token.
    let lasting: BTreeSet<Part> = listed.flat_map(|(item, _)| parts(&item.url_key)).collect();
    guesses.retain(|guess| guess.parts.is_disjoint(&lasting));
    let unknown = decided.iter().filter(|decision| !is_listed(decision)).count();
    let are_many = guesses.len() > 1 && guesses.len() * 2 >= unknown;
    for Guess { item, article, is_proven, .. } in guesses {
        let is_failing = items[item].is_old_page_failing;
        if (are_many || is_proven) && !is_failing {
            decided[item] = Some(Decision { article, by: Recognition::Token });
        }
    }
}

fn guesses(items: &[ListedItem], traces: &BTreeMap<u64, Trace>, decided: &[Option<Decision>]) -> Vec<Guess> {
    let taken: BTreeSet<u64> = decided.iter().flatten().map(|decision| decision.article).collect();
    let mut guesses: Vec<Guess> = Vec::new();
    for (at, (item, decision)) in items.iter().zip(decided).enumerate() {
        let found = match decision {
            Some(Decision { by: Recognition::Listed | Recognition::Token, .. }) => continue,
            Some(Decision { article, by: Recognition::Moved }) => guess(at, item, *article, &traces[article]),
            None => {
                let others = traces.iter().filter(|(article, _)| !taken.contains(article));
                let mut alike = others.filter(|(_, trace)| is_alike(item, trace));
                let only = alike.next().filter(|_| alike.next().is_none());
                only.and_then(|(article, trace)| guess(at, item, *article, trace))
            }
        };
        guesses.extend(found);
    }
    // Of two items that are one article, neither is known to be.
    let articles: Vec<u64> = guesses.iter().map(|guess| guess.article).collect();
    guesses.retain(|guess| articles.iter().filter(|article| **article == guess.article).count() == 1);
    guesses
}

fn guess(at: usize, item: &ListedItem, article: u64, trace: &Trace) -> Option<Guess> {
    let parts = trace.keys.iter().find_map(|key| tokens(key, &item.key))?;
    let differ_so = |one: &String| trace.keys.iter().any(|other| tokens(one, other).as_ref() == Some(&parts));
    let is_proven = trace.url_changes > 0 && trace.keys.iter().any(differ_so);
    Some(Guess { item: at, article, parts, is_proven })
}

/// Whether `item`, whose guid is not known, may be the article all the same.
fn is_alike(item: &ListedItem, trace: &Trace) -> bool {
    let is_called_so = match &item.guid {
        Some(guid) if !trace.guids.is_empty() => {
            trace.guids.iter().any(|known| known == guid || tokens(known, guid).is_some())
        }
        _ => true,
    };
    let is_titled_so = item.title.is_some() && item.title == trace.title;
    is_titled_so && is_called_so && item.is_of_the_time_of(trace)
}

/// The parts in which two URLs, or their keys, differ, if these are tokens and all else is the same.
fn tokens(one: &str, other: &str) -> Option<BTreeSet<Part>> {
    let (one_parts, other_parts) = (split(one), split(other));
    if one_parts.len() != other_parts.len() {
        return None;
    }
    let mut differing = BTreeSet::new();
    for ((part, value), (other_part, other_value)) in one_parts.into_iter().zip(other_parts) {
        if part != other_part {
            return None;
        }
        if value == other_value {
            continue;
        }
        if matches!(part, Part::Path { .. }) && !(is_random(value) && is_random(other_value)) {
            return None;
        }
        differing.insert(part);
    }
    (!differing.is_empty()).then_some(differing)
}

fn parts(key: &str) -> impl Iterator<Item = Part> {
    let shown = |(part, value): (Part, &str)| {
        (!matches!(part, Part::Path { .. }) || is_random(value)).then_some(part)
    };
    split(key).into_iter().filter_map(shown)
}

/// The parts of a URL or its key, with their values.
fn split(key: &str) -> Vec<(Part, &str)> {
    let key = key.split('#').next().unwrap_or_default();
    let (path, query) = key.split_once('?').unwrap_or((key, ""));
    let segments: Vec<&str> = path.split('/').collect();
    let of = segments.len();
    let segments = segments.into_iter().enumerate().map(|(at, value)| (Part::Path { at, of }, value));
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    let pairs = pairs.map(|pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (Part::Parameter(name.to_owned()), value)
    });
    segments.chain(pairs).collect()
}

/// Whether a part of a path reads like nothing that anybody wrote.
fn is_random(part: &str) -> bool {
    let digits = part.bytes().filter(u8::is_ascii_digit).count();
    let is_plain = part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
    part.len() >= LONG && is_plain && digits * 5 >= part.len() && !is_slug(part)
}

/// Words, perhaps with a number among them.
fn is_slug(part: &str) -> bool {
    part.split(['-', '_'])
        .filter(|word| word.len() >= 3 && word.bytes().all(|byte| byte.is_ascii_alphabetic()))
        .count()
        >= 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(one: &str, other: &str, differs: bool) {
        assert_eq!(tokens(one, other).is_some(), differs, "{one} {other}");
        assert_eq!(tokens(other, one).is_some(), differs, "{other} {one}");
    }

    #[test]
    fn a_token_is_a_parameter_or_a_part_that_nobody_wrote() {
        check("a.example/1?tok=1", "a.example/1?tok=2", true);
        check("a.example/1?id=7&tok=1", "a.example/1?id=7&tok=2", true);
        check("a.example/1?tok=1", "a.example/2?tok=1", false);
        check("a.example/1?tok=1", "a.example/1", false);
        check("a.example/1?tok=1", "b.example/1?tok=2", false);
        check("a.example/s/8f31ab09c2/story", "a.example/s/77c0d1e9ab/story", true);
        check("a.example/s/8f31ab09c2/story", "a.example/s/77c0d1e9ab/other", false);
        check("a.example/the-old-ferry-2019", "a.example/the-new-ferry-2020", false);
        check("a.example/1", "a.example/1", false);
    }
}
