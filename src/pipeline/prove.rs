//! Tries a site's rule on the pages that it names for it, and tells what each of its selectors gave.

use serde::Serialize;
use url::Url;

use super::reading;
use crate::config::{Config, SiteConfig};
use crate::extract::{self, SiteRule, SiteRules};
use crate::fetch::{Client, Fetched, Request, SiteHeaders, SourceSettings};
use crate::model::{Article, Capture, Field};

/// Characters of a value that are shown.
const SHOWN: usize = 120;

/// What a rule gave on one page.
#[derive(Clone, Debug, Serialize)]
pub struct Proof {
    /// The page.
    pub url: Url,
    /// Why the page could not be fetched or read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failure: Option<String>,
    /// What each key gave.
    pub fields: Vec<Proved>,
    /// The texts that the article must have in it, and has not.
    pub missing: Vec<String>,
}

/// What the selectors of one key gave.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Proved {
    /// The key.
    pub key: &'static str,
    /// The selector that matched; none if none did.
    pub selector: Option<String>,
    /// The beginning of the value, from wherever it came.
    pub value: String,
}

impl Proof {
    /// Whether the rule does on the page what it is made for: the page is read, each key matches, no text is missing.
    #[must_use]
    pub fn holds(&self) -> bool {
        let matched = self.fields.iter().all(|field| field.selector.is_some());
        self.failure.is_none() && self.missing.is_empty() && matched
    }
}

/// Fetches the pages of `site`, at most `most`, and reads them by its rule.
pub async fn prove(client: &Client, config: &Config, site: &SiteConfig, most: usize) -> Vec<Proof> {
    let headers = vec![(site.hosts.clone(), site.headers.clone())];
    let source = SourceSettings { sites: SiteHeaders::new(headers), ..SourceSettings::default() };
    let mut proofs = Vec::new();
    for test in site.tests.iter().take(most) {
        let request = Request { url: &test.url, validators: None, source: &source };
        let read = match client.get(&request).await {
            Ok(Fetched::Captured(capture)) => article(site, capture, config.fetch.max_size).await,
            Ok(Fetched::NotModified { .. }) => Err("the server says that nothing changed".to_owned()),
            Err(failure) => Err(failure.to_string()),
        };
        proofs.push(match read {
            Ok(article) => Proof {
                url: test.url.clone(),
                failure: None,
                fields: fields(site, &article),
                missing: test.contains.iter().filter(|text| !has(&article.text, text)).cloned().collect(),
            },
            Err(why) => {
                Proof { url: test.url.clone(), failure: Some(why), fields: Vec::new(), missing: Vec::new() }
            }
        });
    }
    proofs
}

async fn article(site: &SiteConfig, capture: Capture, max_size: usize) -> Result<Article, String> {
    let rules = SiteRules::new(vec![SiteRule { hosts: site.hosts.clone(), rules: site.rules.clone() }]);
    let settings = extract::Settings { sites: rules, ..extract::Settings::default() };
    let read = reading::apart(move || {
        let payload = capture.payload(max_size).map_err(|error| error.to_string())?;
        let page = extract::Page {
            url: &capture.url,
            content_type: capture.content_type(),
            bytes: &payload,
            captured_at: Some(capture.fetched_at),
            hints: None,
        };
        extract::article(&page, &settings).map_err(|rejection| rejection.to_string())
    });
    read.await.map_err(|defect| defect.to_string())?
}

fn fields(site: &SiteConfig, article: &Article) -> Vec<Proved> {
    let each = site.rules.matched(article).map(|(field, key, matched)| Proved {
        key,
        selector: article
            .provenance
            .get(&field)
            .filter(|_| matched)
            .map(|provenance| provenance.from.trim_start_matches("rule ").to_owned()),
        value: value(article, field).chars().take(SHOWN).collect(),
    });
    each.collect()
}

fn value(article: &Article, field: Field) -> String {
    match field {
        Field::Title => article.title.clone(),
        Field::Authors => article.authors.join("; "),
        Field::Published => article.published.map(|moment| moment.to_string()).unwrap_or_default(),
        Field::Language => article.language.clone().unwrap_or_default(),
        Field::Tags => article.tags.join("; "),
        Field::Image => article.image.as_ref().map(|image| image.url.to_string()).unwrap_or_default(),
        _ => format!("{} words: {}", article.word_count, article.text.replace('\n', " ")),
    }
}

/// Whether `text` has `part` in it, white space aside.
fn has(text: &str, part: &str) -> bool {
    let folded = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    folded(text).contains(&folded(part))
}
