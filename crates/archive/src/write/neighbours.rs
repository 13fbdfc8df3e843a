//! What a page has to do with the other pages of its source that a run reads.

use std::collections::BTreeSet;

use super::revisions::Alike;
use crate::model::CanonicalUrl;

/// What a run knows of a page from the other pages of its source.
#[derive(Clone, Copy, Debug, Default)]
pub struct Neighbours<'a> {
    /// The keys of the URLs that the source lists now; `None` if nobody knows.
    pub listed: Option<&'a BTreeSet<String>>,
    /// What its change has in common with theirs.
    pub alike: Alike,
}

impl Neighbours<'_> {
    /// Whether the source is known to list the page at `url` now.
    pub(crate) fn list(&self, url: &CanonicalUrl) -> bool {
        self.listed.is_some_and(|listed| listed.contains(&url.key()))
    }
}
