//! Rules that no longer match: how often, over the pages of one source in one run, no selector of a field did.

use std::collections::BTreeMap;

use url::Url;

use crate::extract::Settings;
use crate::model::Article;

/// What was seen of the rules of a source's pages.
#[derive(Debug, Default)]
pub(super) struct Unmatched(BTreeMap<&'static str, Seen>);

#[derive(Debug, Default)]
struct Seen {
    pages: usize,
    missed: usize,
    example: Option<Url>,
}

impl Unmatched {
    /// Notes which rules gave the fields of the article at `url`.
    pub(super) fn note(&mut self, settings: &Settings, url: &Url, article: &Article) {
        for (_, key, matched) in settings.rules_for(url).matched(article) {
            let seen = self.0.entry(key).or_default();
            seen.pages += 1;
            if !matched {
                seen.missed += 1;
                seen.example.get_or_insert_with(|| url.clone());
            }
        }
    }

    /// A warning for each key of which no selector matched somewhere.
    pub(super) fn warnings(&self) -> impl Iterator<Item = String> {
        self.0.iter().filter_map(|(key, seen)| {
            let example = seen.example.as_ref()?;
            let Seen { pages, missed, .. } = seen;
            Some(format!(
                "the rule for `{key}` matched nothing on {missed} of {pages} pages, such as {example}; there it was \
                 found without a rule"
            ))
        })
    }
}
