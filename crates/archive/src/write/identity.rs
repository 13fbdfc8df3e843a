//! Which article a capture is of. It is the one that is known under the page's canonical URL; else under a URL that
//! led there, provided that it tells the same story, since some URLs show another article every day; else one of the
//! same source with the same text, whose URL has changed.

mod claims;

use std::collections::BTreeSet;

use super::new_capture::Kept;
use crate::model::{Article, CanonicalUrl};
use crate::record::key::key;

pub use claims::{Claim, disputed};

/// Fewer words than this can be equal by chance, or by a template.
const ENOUGH_WORDS: u32 = 100;
/// The same for pages that also state the same day.
const ENOUGH_DATED_WORDS: u32 = 20;

/// Every URL by which the page of `kept` was reached, its own first, each once.
pub(crate) fn urls(kept: &Kept<'_>) -> Vec<CanonicalUrl> {
    if kept.candidate.item.is_some() && !kept.capture.is_exchange() {
        // It has no page: what is at its URL is others' too.
        return Vec::new();
    }
    let hops = kept.capture.hops.iter().rev().map(|hop| &hop.from);
    let all =
        [kept.article.url.as_url(), &kept.capture.url].into_iter().chain(hops).chain([&kept.candidate.url]);
    let mut seen = BTreeSet::new();
    all.filter(|url| seen.insert(key(url))).filter_map(|url| CanonicalUrl::of(url).ok()).collect()
}

/// Whether two captures can be of one article that was edited: their titles are equal, or a third of their words is.
pub(crate) fn same_story(before: &Article, after: &Article) -> bool {
    let words = |article: &Article| -> BTreeSet<String> {
        article.text.split_whitespace().map(str::to_lowercase).collect()
    };
    let (old, new) = (words(before), words(after));
    let shared = old.intersection(&new).count();
    before.title == after.title || shared * 3 >= old.union(&new).count()
}

/// Whether an equal text is enough to call two pages one article whose URL has changed. Series repeat themselves: they
/// differ in a number of their titles, in their dates, or in the pictures and links that they show. A page that
/// `is_still_listed` has not moved: it may be listed twice, but then under one title.
pub(crate) fn is_telling(before: &Article, after: &Article, is_still_listed: bool) -> bool {
    let enough = match (before.published, after.published) {
        (Some(old), Some(new)) if old.date() == new.date() => ENOUGH_DATED_WORDS,
        (Some(_), Some(_)) => return false,
        _ => ENOUGH_WORDS,
    };
    let is_titled_so = if is_still_listed {
        before.title.to_lowercase() == after.title.to_lowercase()
    } else {
        are_related(&before.title, &after.title)
    };
    after.word_count >= enough && is_titled_so && shown(&before.html) == shown(&after.html)
}

/// The pictures and links of a body, without what is added to their addresses for each page.
fn shown(html: &str) -> BTreeSet<&str> {
    let values = [" href=\"", " src=\""].into_iter().flat_map(|name| html.split(name).skip(1));
    values.map(|rest| rest.split(['"', '?', '#']).next().unwrap_or_default()).collect()
}

fn are_related(before: &str, after: &str) -> bool {
    let (old, new) = (parts(before), parts(after));
    numbers_agree(before, after)
        && (old == new || old.intersection(&new).any(|word| word.chars().count() >= 4))
}

fn parts(title: &str) -> BTreeSet<String> {
    title.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase).collect()
}

/// Whether two titles have the same numbers: those of a series have not.
fn numbers_agree(before: &str, after: &str) -> bool {
    let is_number = |part: &&String| part.contains(char::is_numeric);
    parts(before).iter().filter(is_number).eq(parts(after).iter().filter(is_number))
}
