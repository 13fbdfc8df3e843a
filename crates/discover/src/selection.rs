//! Which of the candidates found are kept: each page or item once, by the source's own rules, up to its limit.

use rustc_hash::FxHashSet;

use super::{Listing, Settings};
use crate::model::Candidate;

pub(super) fn apply(listing: &mut Listing, settings: &Settings) {
    let found = listing.candidates.len();
    let mut known = FxHashSet::default();
    listing.candidates.retain(|candidate| {
        candidate.key().is_some_and(|key| wanted(candidate, settings) && known.insert(key))
    });
    if found > 0 && listing.candidates.is_empty() {
        listing.warnings.push(format!("all {found} links found are left out by `include` and `exclude`"));
    }
    listing.candidates.truncate(settings.limit);
}

fn wanted(candidate: &Candidate, settings: &Settings) -> bool {
    let url = candidate.url.as_str();
    (settings.include.is_empty() || settings.include.iter().any(|pattern| pattern.is_match(url)))
        && !settings.exclude.iter().any(|pattern| pattern.is_match(url))
}
