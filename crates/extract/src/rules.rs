//! What the owner says of a site's pages: selectors for body and fields, what goes and what stays, where an article
//! goes on. The owner's word is taken before every heuristic; where it matches nothing, the heuristics are heard, and
//! it is said.
//!
//! Fields and links are read before anything is taken out, the body after. All of it works on the one tree that is
//! parsed in any case.

mod edit;
mod findings;
mod join;
mod matches;
mod replace;
mod values;

use std::sync::Arc;

use tearsheet_html::Query;
use url::Url;

pub use self::findings::Idle;
pub(super) use self::findings::{Page, Ruled};
pub use self::join::join;
pub(super) use self::matches::matches;
pub(super) use self::replace::replaced;
pub use self::replace::{Finding, Replacement};
pub use self::values::is_date_format;
use crate::model::{Article, Field, HostPattern, RuleUse};

/// How many pages are joined to one article, where a rule does not say it.
pub const PAGES: usize = 20;
/// The elements in which a rule may put others.
pub const WRAPPERS: &[&str] = &[
    "article",
    "b",
    "blockquote",
    "code",
    "div",
    "em",
    "figcaption",
    "figure",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "i",
    "li",
    "p",
    "pre",
    "section",
    "strong",
    "ul",
];

/// Selectors and edits for article pages. Of each list of selectors, the first that matches wins; where nothing else is
/// said.
#[derive(Clone, Debug, Default)]
pub struct Rules {
    /// The body.
    pub body: Vec<Query>,
    /// The title.
    pub title: Vec<Query>,
    /// Each match names an author.
    pub author: Vec<Query>,
    /// The date of publication.
    pub date: Vec<Query>,
    /// How dates are written, as chrono's `strftime` has it, tried before the usual ways.
    pub date_format: Vec<String>,
    /// The language, as a BCP 47 tag.
    pub language: Vec<Query>,
    /// Each match is a tag.
    pub tags: Vec<Query>,
    /// The lead image.
    pub image: Vec<Query>,
    /// What is taken out before the body is read, attributes too; every selector counts.
    pub remove: Vec<Query>,
    /// What belongs to the body whatever else is found; every selector counts.
    pub keep: Vec<Query>,
    /// What is put in an element of its own, by that element's name; every selector counts.
    pub wrap: Vec<(String, Query)>,
    /// Elements whose content takes their place; every selector counts.
    pub unwrap: Vec<Query>,
    /// The link to the page on which the article goes on.
    pub next_page: Vec<Query>,
    /// How many pages are joined to one article; none for [`PAGES`].
    pub max_pages: Option<usize>,
    /// The link to a page that has all of the article.
    pub single_page: Vec<Query>,
    /// What is replaced in the page's source before it is parsed, in this order.
    pub replace: Vec<Replacement>,
}

/// The rules of a site.
#[derive(Clone, Debug)]
pub struct SiteRule {
    /// Of which hosts it speaks.
    pub hosts: Vec<HostPattern>,
    /// What it says.
    pub rules: Rules,
}

/// The rules of all sites. A copy shares them.
#[derive(Clone, Debug, Default)]
pub struct SiteRules(Arc<[SiteRule]>);

impl SiteRules {
    /// Of two rules that speak of a host as exactly, the first is taken.
    #[must_use]
    pub fn new(rules: Vec<SiteRule>) -> SiteRules {
        SiteRules(rules.into())
    }

    /// The rules for the host of `url`: those that name it most exactly.
    #[must_use]
    pub fn of(&self, url: &Url) -> Option<&Rules> {
        let mut best: Option<(&SiteRule, (usize, bool))> = None;
        for rule in &*self.0 {
            let precision =
                rule.hosts.iter().filter(|host| host.matches(url)).map(HostPattern::precision).max();
            if let Some(precision) = precision
                && best.is_none_or(|(_, known)| precision > known)
            {
                best = Some((rule, precision));
            }
        }
        best.map(|(rule, _)| &rule.rules)
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Rules {
    /// These rules, and behind each of their lists that of `other`.
    #[must_use]
    pub fn or(&self, other: &Rules) -> Rules {
        let both = |one: &[Query], two: &[Query]| [one, two].concat();
        Rules {
            body: both(&self.body, &other.body),
            title: both(&self.title, &other.title),
            author: both(&self.author, &other.author),
            date: both(&self.date, &other.date),
            date_format: [&*self.date_format, &*other.date_format].concat(),
            language: both(&self.language, &other.language),
            tags: both(&self.tags, &other.tags),
            image: both(&self.image, &other.image),
            remove: both(&self.remove, &other.remove),
            keep: both(&self.keep, &other.keep),
            wrap: [&*self.wrap, &*other.wrap].concat(),
            unwrap: both(&self.unwrap, &other.unwrap),
            next_page: both(&self.next_page, &other.next_page),
            max_pages: self.max_pages.or(other.max_pages),
            single_page: both(&self.single_page, &other.single_page),
            replace: [&*self.replace, &*other.replace].concat(),
        }
    }

    /// How many pages are joined to one article at most.
    #[must_use]
    pub fn pages(&self) -> usize {
        self.max_pages.unwrap_or(PAGES)
    }

    /// The selectors of each field of an article.
    #[must_use]
    pub fn fields(&self) -> [(Field, &'static str, &[Query]); 7] {
        [
            (Field::Body, "body", &self.body),
            (Field::Title, "title", &self.title),
            (Field::Authors, "author", &self.author),
            (Field::Published, "date", &self.date),
            (Field::Language, "language", &self.language),
            (Field::Tags, "tags", &self.tags),
            (Field::Image, "image", &self.image),
        ]
    }

    /// The edits that found nothing on a page in whose source each replacement was `found` so often.
    pub(super) fn idle_replacements(&self, found: &[usize]) -> impl Iterator<Item = Idle> {
        let idle = self.replace.iter().zip(found).filter(|(_, found)| **found == 0);
        idle.map(|(replacement, _)| Idle { key: "replace", sought: replacement.sought().to_owned() })
    }

    /// What each replacement came to on a page in whose source it was `found` so often.
    pub(super) fn replacement_uses(&self, found: &[usize]) -> impl Iterator<Item = RuleUse> {
        let uses = self.replace.iter().zip(found);
        uses.map(|(replacement, found)| findings::rule_use("replace", replacement.sought(), *found))
    }

    /// The fields of `article` for which there is a selector, and whether one of them gave the value.
    pub fn matched<'a>(
        &'a self,
        article: &'a Article,
    ) -> impl Iterator<Item = (Field, &'static str, bool)> + 'a {
        self.fields().into_iter().filter(|(_, _, queries)| !queries.is_empty()).map(|(field, key, _)| {
            let provenance = article.provenance.get(&field);
            (field, key, provenance.is_some_and(|provenance| is_rule(&provenance.from)))
        })
    }

    /// The keys of which no selector gave `article` its value.
    pub(super) fn unmatched<'a>(&'a self, article: &'a Article) -> impl Iterator<Item = &'static str> + 'a {
        self.matched(article).filter(|(_, _, matched)| !matched).map(|(_, key, _)| key)
    }
}

/// Whether a value came from a rule, by where it is said to come from.
fn is_rule(from: &str) -> bool {
    from == RULE || from.starts_with("rule ")
}

/// Where a value came from that a rule gave; the selector is added behind it.
pub(super) const RULE: &str = "rule";

#[cfg(test)]
mod tests;

#[cfg(test)]
mod hosts {
    use super::*;

    fn titled(title: &str) -> Rules {
        Rules { title: vec![Query::parse(title).unwrap()], ..Rules::default() }
    }

    #[test]
    fn the_rule_that_names_a_host_most_exactly_is_taken() {
        let rule = |hosts: &[&str], title: &str| SiteRule {
            hosts: hosts.iter().map(|host| HostPattern::parse(host).unwrap()).collect(),
            rules: titled(title),
        };
        let rules = SiteRules::new(vec![
            rule(&["*.example.com"], "h1"),
            rule(&["blog.example.com", "example.org"], "h2"),
            rule(&["blog.example.com"], "h3"),
        ]);
        let title = |url: &str| rules.of(&Url::parse(url).unwrap()).map(|rules| rules.title[0].to_string());
        assert_eq!(title("https://www.example.com/").as_deref(), Some("h1"));
        assert_eq!(title("https://blog.example.com/").as_deref(), Some("h2"));
        assert_eq!(title("https://example.net/"), None);
    }

    #[test]
    fn a_sources_own_selectors_come_first() {
        let rules = titled("h1").or(&titled("h2"));
        assert_eq!(rules.title.iter().map(Query::as_str).collect::<Vec<_>>(), ["h1", "h2"]);
    }
}
