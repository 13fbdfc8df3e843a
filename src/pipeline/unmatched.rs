//! Rules that no longer match: how often, over the pages of one source in one run, no selector of a field did, and which
//! edits changed nothing on any of them.

use std::collections::BTreeMap;

use url::Url;

use crate::config::SourceConfig;
use crate::extract::{Idle, Rules, Settings};
use crate::model::Article;

/// Pages of a host after which an edit that changed none of them is told. A site has its promotions on some of its
/// pages only: that there is nothing to remove on one says nothing.
const ENOUGH: usize = 5;
/// Edits that are named.
const NAMED: usize = 3;
/// Pages of a source after which a rule that matched on none of them has lost what it was written for.
const MANY: usize = 3;

/// What was seen of the rules of a source's pages.
#[derive(Debug, Default)]
pub(super) struct Unmatched {
    fields: BTreeMap<&'static str, Seen>,
    hosts: BTreeMap<String, Host>,
}

#[derive(Debug, Default)]
struct Seen {
    /// The rule, as messages name it.
    rule: String,
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
        let rules = settings.rules_for(url);
        for (_, key, matched) in rules.matched(article) {
            let seen = self.fields.entry(key).or_default();
            if seen.rule.is_empty() {
                seen.rule = named(&rules, key);
            }
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
            let Seen { rule, pages, missed, .. } = seen;
            Some(format!(
                "{rule} matched nothing on {missed} of {pages} pages, such as {example}; there `{key}` was found \
                 without it"
            ))
        });
        fields.chain(self.hosts.iter().flat_map(|(name, host)| host.warnings(name)))
    }

    /// Why the source has drifted, if a rule of it matched on none of its pages. One that was told `before` stays told
    /// until it matches or is another rule.
    pub(super) fn drift(&self, source: &SourceConfig, before: Option<&str>) -> Option<String> {
        let was_told = |rule: &str| before.is_some_and(|reason| reason.starts_with(rule));
        let lost = self
            .fields
            .values()
            .find(|seen| seen.missed == seen.pages && (seen.pages >= MANY || was_told(&seen.rule)));
        if let Some(Seen { rule, pages, .. }) = lost {
            return Some(format!("{rule} matched nothing on any of {pages} pages"));
        }
        let rules = source.extract.rules_for(&source.source.url);
        let is_so_still = |key: &&str| !self.fields.contains_key(*key) && was_told(&named(&rules, key));
        let mut keys = rules.fields().into_iter().filter(|(_, _, queries)| !queries.is_empty());
        keys.any(|(_, key, _)| is_so_still(&key)).then(|| before.unwrap_or_default().to_owned())
    }
}

/// "the rule for `body` (`article .text`)".
fn named(rules: &Rules, key: &str) -> String {
    let fields = rules.fields();
    let queries = fields.iter().find(|(_, name, _)| *name == key).map_or(&[][..], |(_, _, queries)| queries);
    let selectors: Vec<String> = queries.iter().map(|query| format!("`{query}`")).collect();
    format!("the rule for `{key}` ({})", selectors.join(", "))
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
