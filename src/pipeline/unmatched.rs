//! Rules that no longer match: how often, over the pages of one source in one run, no selector of a field did, and which
//! edits changed nothing on any of them.

use std::collections::BTreeMap;

use url::Url;

use crate::extract::{Idle, Settings};
use crate::model::Article;

/// Pages of a host after which an edit that changed none of them is told. A site has its promotions on some of its
/// pages only: that there is nothing to remove on one says nothing.
const ENOUGH: usize = 5;
/// Edits that are named.
const NAMED: usize = 3;

/// What was seen of the rules of a source's pages.
#[derive(Debug, Default)]
pub(super) struct Unmatched {
    fields: BTreeMap<&'static str, Seen>,
    hosts: BTreeMap<String, Host>,
}

#[derive(Debug, Default)]
struct Seen {
    pages: usize,
    missed: usize,
    example: Option<Url>,
}

/// The pages of one host, and on how many of them each edit changed nothing.
#[derive(Debug, Default)]
struct Host {
    pages: usize,
    idle: BTreeMap<Idle, usize>,
}

impl Unmatched {
    /// Notes which rules gave the fields of the article at `url`, and which edits were idle there.
    pub(super) fn note(&mut self, settings: &Settings, url: &Url, article: &Article, idle: &[Idle]) {
        for (_, key, matched) in settings.rules_for(url).matched(article) {
            let seen = self.fields.entry(key).or_default();
            seen.pages += 1;
            if !matched {
                seen.missed += 1;
                seen.example.get_or_insert_with(|| url.clone());
            }
        }
        let host = self.hosts.entry(url.host_str().unwrap_or_default().to_owned()).or_default();
        host.pages += 1;
        for edit in idle {
            *host.idle.entry(edit.clone()).or_default() += 1;
        }
    }

    /// A warning for each key of which no selector matched somewhere, and for each whose edits did nothing anywhere.
    pub(super) fn warnings(&self) -> impl Iterator<Item = String> {
        let fields = self.fields.iter().filter_map(|(key, seen)| {
            let example = seen.example.as_ref()?;
            let Seen { pages, missed, .. } = seen;
            Some(format!(
                "the rule for `{key}` matched nothing on {missed} of {pages} pages, such as {example}; there it was \
                 found without a rule"
            ))
        });
        fields.chain(self.hosts.iter().flat_map(|(name, host)| host.warnings(name)))
    }
}

impl Host {
    fn warnings(&self, name: &str) -> Vec<String> {
        let mut by_key: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (edit, pages) in &self.idle {
            if *pages == self.pages && self.pages >= ENOUGH {
                by_key.entry(edit.key).or_default().push(&edit.sought);
            }
        }
        let warning = |(key, sought): (&str, Vec<&str>)| {
            let named: Vec<String> = sought.iter().take(NAMED).map(|sought| format!("`{sought}`")).collect();
            let more = match sought.len().saturating_sub(NAMED) {
                0 => String::new(),
                more => format!(" and {more} more"),
            };
            let (pages, named) = (self.pages, named.join(", "));
            format!("the rule's `{key}` found nothing on any of {pages} pages of {name}: {named}{more}")
        };
        by_key.into_iter().map(warning).collect()
    }
}
