//! What an import did, in numbers.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;
use url::Url;

use crate::archive::Passed;
use crate::model::SourceId;

/// What an import did.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Imported {
    /// Articles that were not known.
    pub articles: u64,
    /// Revisions of articles that were.
    pub revisions: u64,
    /// What the archive has already, or later.
    pub known: u64,
    /// Notes on listings, aliases and pages without an article, from another archive of tearsheet.
    pub notes: u64,
    /// Pages that are no article, by why.
    pub rejected: BTreeMap<String, Tally>,
    /// What was passed over, by what it is.
    pub passed: BTreeMap<Passed, u64>,
    /// Sources that articles came to and that are not configured, each with the URL of its site.
    pub sources: BTreeMap<SourceId, Url>,
}

/// How many pages, and one of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// How many.
    pub pages: u64,
    /// The first of them.
    pub first: Url,
}

impl Imported {
    /// Whether somebody should look at it.
    #[must_use]
    pub fn needs_a_look(&self) -> bool {
        self.passed.keys().any(|passed| passed.is_odd())
    }

    pub(super) fn reject(&mut self, url: Url, why: &dyn fmt::Display) {
        self.rejected.entry(why.to_string()).or_insert(Tally { pages: 0, first: url }).pages += 1;
    }
}
