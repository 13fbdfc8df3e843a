//! Which of the candidates found are kept: each page once, by the source's own rules, up to its limit.

use rustc_hash::FxHashSet;

use super::{Listing, Settings};
use crate::model::{Candidate, CanonicalUrl};

pub(super) fn apply(listing: &mut Listing, settings: &Settings) {
    let found = listing.candidates.len();
    let mut known = FxHashSet::default();
    listing.candidates.retain(|candidate| {
        CanonicalUrl::of(&candidate.url)
            .is_ok_and(|url| wanted(candidate, settings) && known.insert(url.key()))
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
