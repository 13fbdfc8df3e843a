//! Tries a site's rule on the pages that it names for it, and tells what each of its selectors gave.

use futures_util::{StreamExt, stream};
use serde::Serialize;
use url::Url;

use super::parts::{self, Manner, Pages, Web};
use super::{extraction, reading};
use crate::config::{Config, SiteConfig};
use crate::extract::{self, SiteRule, SiteRules};
use crate::fetch::{Client, SiteHeaders, SourceSettings};
use crate::model::{Article, Candidate, Field};

/// Rules that are tried at once. Pages of one host wait for one another all the same.
const AT_ONCE: usize = 8;

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

/// Fetches the pages of each of `sites`, at most `most` of one, and reads them by its rule; in the order of `sites`.
pub async fn prove<'a>(
    client: &Client,
    config: &Config,
    sites: impl IntoIterator<Item = &'a SiteConfig>,
    most: usize,
) -> Vec<Vec<Proof>> {
    let each = sites.into_iter().map(|site| prove_one(client, config, site, most));
    stream::iter(each.collect::<Vec<_>>()).buffered(AT_ONCE).collect().await
}

async fn prove_one(client: &Client, config: &Config, site: &SiteConfig, most: usize) -> Vec<Proof> {
    let sites = SiteHeaders::new(vec![(site.hosts.clone(), site.headers.clone())]);
    let rules = SiteRules::new(vec![SiteRule { hosts: site.hosts.clone(), rules: site.rules.clone() }]);
    let settings = extract::Settings { sites: rules, ..extract::Settings::default() };
    let manner = Manner { settings: &settings, max_size: config.max_size() };
    let mut proofs = Vec::new();
    for test in site.tests.iter().take(most) {
        let (home, sites) = (config.home_of(&test.url), sites.clone());
        let source = SourceSettings { home, sites, ..SourceSettings::default() };
        let read = article(&Web::new(client, &source), manner, &test.url).await;
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

/// The article at `url` as a run reads it, with what stands on other pages.
async fn article(web: &Web<'_>, manner: Manner<'_>, url: &Url) -> Result<Article, String> {
    let capture = web.page(url).await?;
    let answered = capture.url.clone();
    let (settings, max_size, hints) = (manner.settings.clone(), manner.max_size, Candidate::new(url.clone()));
    let read = reading::apart(move || extraction::reading(&capture, max_size, &settings, &hints)).await;
    let read = read.map_err(|defect| defect.to_string())?.map_err(|unreadable| unreadable.to_string())?;
    let whole = parts::complete(web, manner, &answered, read).await;
    whole.article.map_err(|rejection| rejection.to_string())
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
