//! Under which key a page or an item is known, and whether it has moved for good.

use url::Url;

use crate::model::{Candidate, CanonicalUrl, Hop, item_key};

/// The key of the page at `url`: see [`CanonicalUrl::key`].
pub(crate) fn key(url: &Url) -> String {
    CanonicalUrl::of(url).map_or_else(|_| url.to_string(), |url| url.key())
}

/// The key of the item at `url`; `item` distinguishes it from other items there.
pub(crate) fn keyed(url: &Url, item: Option<&str>) -> String {
    let key = key(url);
    item.map_or_else(|| key.clone(), |item| item_key(&key, item))
}

/// The key of a candidate: see [`Candidate::key`].
pub(crate) fn key_of(candidate: &Candidate) -> String {
    keyed(&candidate.url, candidate.item.as_deref())
}

/// Whether every redirect on the way says that the move is for good.
pub(crate) fn is_permanent(hops: &[Hop]) -> bool {
    !hops.is_empty() && hops.iter().all(Hop::is_permanent)
}
