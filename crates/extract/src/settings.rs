//! How a source's article pages are read: what its owner decides, and what its other articles say.

use std::sync::Arc;

use chrono_tz::Tz;
use url::Url;

use super::{Rules, SiteMemory, SiteRules};

/// Where a source's texts are read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TextSource {
    /// On the articles' pages; where one cannot be read, in the feed, if that carries all of it.
    #[default]
    Auto,
    /// On the pages alone.
    Page,
    /// In the feed, whose pages are left alone; on the pages of items of which it carries nothing.
    Feed,
}

/// How to read a source's article pages.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// The owner's selectors for this source.
    pub rules: Rules,
    /// The rules of sites, by the host of a page. The source's own come first.
    pub sites: SiteRules,
    /// The language of pages that do not tell theirs, as a BCP 47 tag.
    pub language: Option<String>,
    /// The zone of dates that name none.
    pub timezone: Option<Tz>,
    /// Where its texts are read.
    pub text: TextSource,
    /// What other articles of the source say.
    pub memory: Arc<SiteMemory>,
    /// What is not held against a page, by [`Rejection::name`](super::Rejection::name): its owner has looked at it.
    pub waived: Vec<String>,
}

impl Settings {
    /// The rules for the page at `url`: the source's own, and behind them those of its site.
    #[must_use]
    pub fn rules_for(&self, url: &Url) -> Rules {
        match self.sites.of(url) {
            Some(site) => self.rules.or(site),
            None => self.rules.clone(),
        }
    }
}
