//! What is said of article pages: `[article]` in a source's file, and `config/rules/*.toml` for whole sites.

use std::fmt;

use regex::RegexBuilder;
use toml::de::DeValue;
use url::Url;

use super::reason::Reason;
use super::table::Table;
use super::values;
use crate::extract::{self, Finding, Replacement, Rules, WRAPPERS};
use crate::html::Query;
use crate::model::HostPattern;

/// What a compiled pattern may take of the memory, in bytes.
const PATTERN_SIZE: usize = 1 << 20;

/// A file of `config/rules/`: what holds for a site, whichever source leads to it.
#[derive(Clone)]
pub struct SiteConfig {
    /// The file's name, without its folder.
    pub file: String,
    /// Of which hosts it speaks.
    pub hosts: Vec<HostPattern>,
    /// What it says of their pages.
    pub rules: Rules,
    /// What is sent to them, and to no other; it may be secret, and is never stored or shown.
    pub headers: Vec<(String, String)>,
    /// Pages on which it can be tried.
    pub tests: Vec<RuleTest>,
}

impl fmt::Debug for SiteConfig {
    /// Leaves the headers out: they may hold secrets.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("SiteConfig")
            .field("file", &self.file)
            .field("hosts", &self.hosts)
            .field("rules", &self.rules)
            .field("tests", &self.tests)
            .finish_non_exhaustive()
    }
}

/// A page on which a rule can be tried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleTest {
    /// Its URL.
    pub url: Url,
    /// What its text must have in it.
    pub contains: Vec<String>,
}

/// Reads a rule's file. Where it does not say of which hosts it speaks, its name without `.toml` does.
pub(super) fn read_file(mut top: Table<'_>, file: &str) -> Option<SiteConfig> {
    let stem = file.strip_suffix(".toml").unwrap_or(file);
    let mut hosts = top.take_one_or_more("host", values::host);
    let named = top.has("host");
    if !named {
        hosts.extend(HostPattern::parse(stem).ok());
        if hosts.is_empty() {
            top.require("host", values::host);
        }
    }
    let rules = read(&mut top);
    let headers = top.take_secrets("headers", values::header);
    let tests = top.tables("test").into_iter().filter_map(test).collect();
    (!hosts.is_empty()).then(|| SiteConfig { file: file.to_owned(), hosts, rules, headers, tests })
}

/// Reads the keys that `[article]` and a rule's file have in common.
pub(super) fn read(table: &mut Table<'_>) -> Rules {
    Rules {
        body: table.take_one_or_more("body", values::query),
        title: table.take_one_or_more("title", values::query),
        author: table.take_one_or_more("author", values::query),
        date: table.take_one_or_more("date", values::query),
        date_format: table.take_one_or_more("date_format", values::date_format),
        language: table.take_one_or_more("language", values::query),
        tags: table.take_one_or_more("tags", values::query),
        image: table.take_one_or_more("image", values::query),
        remove: table.take_one_or_more("remove", values::query),
        keep: table.take_one_or_more("keep", values::query),
        wrap: table.take_pairs("wrap", wrapped).into_iter().flatten().collect(),
        unwrap: table.take_one_or_more("unwrap", values::query),
        next_page: table.take_one_or_more("next_page", values::query),
        max_pages: table.take("max_pages", values::count),
        single_page: table.take_one_or_more("single_page", values::query),
        replace: table.tables("replace").into_iter().filter_map(replacement).collect(),
    }
}

/// `blockquote = ["div.quote"]`: what is put in a `blockquote`.
fn wrapped(name: &str, value: &DeValue<'_>) -> Result<Vec<(String, Query)>, Reason> {
    if !WRAPPERS.contains(&name) {
        return Err(Reason::NotAChoice { found: name.to_owned(), choices: WRAPPERS.to_vec() });
    }
    let queries = match value.as_array() {
        Some(list) => {
            list.iter().map(|value| values::query(value.get_ref())).collect::<Result<Vec<_>, _>>()?
        }
        None => vec![values::query(value)?],
    };
    Ok(queries.into_iter().map(|query| (name.to_owned(), query)).collect())
}

/// `{ find = "…", with = "…" }` or `{ pattern = '…', with = "…" }`.
fn replacement(mut table: Table<'_>) -> Option<Replacement> {
    let find = if table.has("pattern") {
        table.take("pattern", pattern).map(Finding::Pattern)
    } else {
        table.require("find", values::some_text).map(Finding::Text)
    };
    let with = table.take("with", |value| values::any_text(value).map(str::to_owned)).unwrap_or_default();
    Some(Replacement { find: find?, with })
}

fn pattern(value: &DeValue<'_>) -> Result<regex::Regex, Reason> {
    let pattern = RegexBuilder::new(&values::some_text(value)?).size_limit(PATTERN_SIZE).build();
    pattern.map_err(|error| Reason::Pattern(Box::new(error)))
}

fn test(mut table: Table<'_>) -> Option<RuleTest> {
    let contains = table.take_one_or_more("contains", values::text);
    table.require("url", values::url).map(|url| RuleTest { url, contains })
}

/// The rules of all files, as the stages take them.
pub(super) fn shared(sites: &[SiteConfig]) -> (extract::SiteRules, crate::fetch::SiteHeaders) {
    let rules =
        sites.iter().map(|site| extract::SiteRule { hosts: site.hosts.clone(), rules: site.rules.clone() });
    let headers = sites.iter().filter(|site| !site.headers.is_empty());
    let headers = headers.map(|site| (site.hosts.clone(), site.headers.clone())).collect();
    (extract::SiteRules::new(rules.collect()), crate::fetch::SiteHeaders::new(headers))
}
