//! What the rules find on a page.

use std::collections::{BTreeMap, HashSet};

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use ego_tree::NodeId;
use scraper::Html;
use tearsheet_dates::{DateContext, DayOrder, OrderEvidence};
use tearsheet_html::{Ground, Match, Query};
use url::Url;

use super::edit::Edits;
use super::{RULE, Rules, is_rule, values};
use crate::lang;
use crate::model::{Field, Image, Moment, Provenance, RuleUse};

/// Authors and tags that are read at most.
const MOST_NAMES: usize = 60;
/// Selectors whose use is remembered.
const MOST_USES: usize = 60;
/// Characters of one that are.
const MOST_SELECTOR: usize = 200;
/// Links that are read at most.
const MOST_LINKS: usize = 20;

/// A page, as far as rules have to know it.
#[derive(Clone, Copy)]
pub(crate) struct Page<'a> {
    pub(crate) url: &'a Url,
    pub(crate) captured_at: Option<DateTime<Utc>>,
    pub(crate) language: Option<&'a str>,
    pub(crate) timezone: Option<Tz>,
}

/// A value, and the selector that gave it.
#[derive(Clone, Debug)]
struct By<T> {
    value: T,
    query: Query,
}

/// What the rules of a page say.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ruled {
    body: Option<By<HashSet<NodeId>>>,
    /// Elements that belong to the body whatever else is found.
    pub(crate) keep: HashSet<NodeId>,
    title: Option<By<String>>,
    authors: Option<By<Vec<String>>>,
    published: Option<By<Moment>>,
    language: Option<By<String>>,
    tags: Option<By<Vec<String>>>,
    image: Option<By<Image>>,
    /// Where the article goes on, the likeliest first.
    pub(crate) next_page: Vec<Url>,
    /// Where all of it stands, the likeliest first.
    pub(crate) single_page: Vec<Url>,
    /// Edits that changed nothing.
    pub(crate) idle: Vec<Idle>,
    /// The selectors that were tried.
    pub(crate) uses: Vec<RuleUse>,
    pub(crate) warnings: Vec<String>,
}

/// An edit of a rule that changed nothing on a page.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Idle {
    /// The key under which it stands: `remove`, `keep`, `wrap`, `unwrap` or `replace`.
    pub key: &'static str,
    /// Its selector, or the text that it looks for.
    pub sought: String,
}

/// What selectors came to; each that came to nothing is told once.
#[derive(Default)]
pub(super) struct RuleFindings {
    warnings: Vec<String>,
    idle: Vec<Idle>,
    uses: Vec<RuleUse>,
}

impl RuleFindings {
    /// Everything that `query` selects. What cannot be used is as if it matched nothing.
    fn select(&mut self, ground: &Ground<'_>, key: &'static str, query: &Query) -> Vec<Match> {
        let found = ground.select(query).unwrap_or_else(|refused| {
            let warning = format!("the rule's selector `{query}` {refused}");
            if !self.warnings.contains(&warning) {
                self.warnings.push(warning);
            }
            Vec::new()
        });
        self.uses.push(rule_use(key, query.as_str(), found.len()));
        found
    }

    /// Everything that an edit selects.
    pub(super) fn edit(&mut self, ground: &Ground<'_>, key: &'static str, query: &Query) -> Vec<Match> {
        let found = self.select(ground, key, query);
        if found.is_empty() {
            self.idle.push(Idle { key, sought: query.to_string() });
        }
        found
    }

    /// The value that `read` makes of what the first selector selects of which it makes any.
    fn first<T>(
        &mut self,
        ground: &Ground<'_>,
        (key, queries): (&'static str, &[Query]),
        read: impl Fn(&[Match]) -> Option<T>,
    ) -> Option<By<T>> {
        queries.iter().find_map(|query| {
            let value = read(&self.select(ground, key, query))?;
            Some(By { value, query: query.clone() })
        })
    }

    fn body(&mut self, ground: &Ground<'_>, query: &Query) -> HashSet<NodeId> {
        self.select(ground, "body", query).iter().filter_map(as_node).collect()
    }
}

/// What is remembered of a selector that was tried.
pub(crate) fn rule_use(of: &str, selector: &str, matched: usize) -> RuleUse {
    let selector = selector.chars().take(MOST_SELECTOR).collect();
    RuleUse { of: of.to_owned(), selector, matched, used: false }
}

fn as_node(found: &Match) -> Option<NodeId> {
    match found {
        Match::Node(id) => Some(*id),
        _ => None,
    }
}

impl Ruled {
    /// Reads fields and links of `document`, makes the edits of `rules` in it, and finds its body.
    pub(crate) fn read(document: &mut Html, rules: &Rules, page: &Page<'_>) -> Ruled {
        let mut findings = RuleFindings::default();
        let (mut ruled, edits) = {
            let ground = Ground::new(document);
            let ruled = fields(&ground, rules, page, &mut findings);
            (ruled, Edits::find(rules, &ground, &mut findings))
        };
        edits.apply(document);
        let ground = Ground::new(document);
        ruled.body = rules.body.iter().find_map(|query| {
            let value = findings.body(&ground, query);
            (!value.is_empty()).then(|| By { value, query: query.clone() })
        });
        let kept = rules.keep.iter().flat_map(|query| findings.edit(&ground, "keep", query));
        ruled.keep = kept.filter_map(|found| as_node(&found)).collect();
        ruled.warnings = findings.warnings;
        ruled.idle = findings.idle;
        ruled.uses = findings.uses;
        ruled
    }

    /// The elements that are the body.
    pub(crate) fn body(&self) -> Option<&HashSet<NodeId>> {
        self.body.as_ref().map(|by| &by.value)
    }

    pub(crate) fn title(&self) -> Option<String> {
        self.title.as_ref().map(|by| by.value.clone())
    }

    /// The texts that name authors.
    pub(crate) fn authors(&self) -> Option<&[String]> {
        self.authors.as_ref().map(|by| &*by.value)
    }

    pub(crate) fn published(&self) -> Option<Moment> {
        self.published.as_ref().map(|by| by.value)
    }

    pub(crate) fn language(&self) -> Option<String> {
        self.language.as_ref().map(|by| by.value.clone())
    }

    pub(crate) fn tags(&self) -> Option<Vec<String>> {
        self.tags.as_ref().map(|by| by.value.clone())
    }

    pub(crate) fn image(&self) -> Option<Image> {
        self.image.as_ref().map(|by| by.value.clone())
    }

    /// Says in `provenance` which selector gave a field, and of the selectors which gave one.
    pub(crate) fn explain(&mut self, provenance: &mut BTreeMap<Field, Provenance>) {
        for (field, provenance) in provenance.iter_mut().filter(|(_, provenance)| provenance.from == RULE) {
            if let Some(query) = self.query(*field) {
                provenance.from = format!("{RULE} {query}");
                let place = query.as_str().chars().take(MOST_SELECTOR).collect();
                provenance.places.resize(provenance.beat.len() + 1, None);
                provenance.places[0] = Some(place);
            }
        }
        self.uses.truncate(MOST_USES);
        for tried in &mut self.uses {
            let places = provenance.values().filter(|provenance| is_rule(&provenance.from));
            tried.used = places.filter_map(|rule| rule.place(0)).any(|place| place == tried.selector);
        }
    }

    fn query(&self, field: Field) -> Option<&Query> {
        match field {
            Field::Body => self.body.as_ref().map(|by| &by.query),
            Field::Title => self.title.as_ref().map(|by| &by.query),
            Field::Authors => self.authors.as_ref().map(|by| &by.query),
            Field::Published => self.published.as_ref().map(|by| &by.query),
            Field::Language => self.language.as_ref().map(|by| &by.query),
            Field::Tags => self.tags.as_ref().map(|by| &by.query),
            Field::Image => self.image.as_ref().map(|by| &by.query),
            _ => None,
        }
    }
}

/// The fields and links, read before anything is taken out.
/// Whether the page writes the day or the month first: asked only where a rule reads dates.
fn day_order(document: &Html, rules: &Rules, language: Option<&str>, page: &Page<'_>) -> Option<DayOrder> {
    const MOST: usize = 120;
    if rules.date.is_empty() {
        return None;
    }
    let mut evidence = OrderEvidence::default();
    let root = document.root_element().attr("lang");
    language.into_iter().chain(root).for_each(|tag| evidence.language(tag));
    evidence.address(page.url.host_str().unwrap_or_default(), page.url.path());
    let texts = document.tree.nodes().filter_map(|node| node.value().as_text());
    texts.filter(|text| text.len() <= MOST).for_each(|text| evidence.text(text));
    evidence.decide(page.captured_at)
}

fn fields(ground: &Ground<'_>, rules: &Rules, page: &Page<'_>, findings: &mut RuleFindings) -> Ruled {
    let document = ground.document;
    let text = |found: &Match| values::text(document, found);
    let names = |found: &[Match]| {
        let mut names: Vec<String> = Vec::new();
        for name in found.iter().filter_map(text).take(MOST_NAMES) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        (!names.is_empty()).then_some(names)
    };
    let language = findings.first(ground, ("language", &rules.language), |found| {
        found.iter().find_map(|found| lang::tag(&text(found)?))
    });
    let spoken = language.as_ref().map(|by| by.value.clone());
    let root = document.root_element().attr("lang").and_then(lang::tag);
    let spoken = spoken.or(root).or_else(|| page.language.map(str::to_owned));
    let dates = DateContext {
        language: spoken.as_deref(),
        timezone: page.timezone,
        now: page.captured_at,
        order: day_order(document, rules, spoken.as_deref(), page),
    };
    let links = |key, queries: &[Query], findings: &mut RuleFindings| -> Vec<Url> {
        let select = |query| findings.select(ground, key, query);
        let matches: Vec<Match> = queries.iter().flat_map(select).collect();
        matches.iter().take(MOST_LINKS).filter_map(|found| values::link(document, found, page.url)).collect()
    };
    Ruled {
        title: findings.first(ground, ("title", &rules.title), |found| found.iter().find_map(text)),
        authors: findings.first(ground, ("author", &rules.author), names),
        published: findings.first(ground, ("date", &rules.date), |found| {
            found
                .iter()
                .take(MOST_NAMES)
                .find_map(|found| values::date(document, found, &rules.date_format, &dates))
        }),
        language,
        tags: findings.first(ground, ("tags", &rules.tags), names),
        image: findings.first(ground, ("image", &rules.image), |found| {
            found.iter().take(MOST_NAMES).find_map(|found| values::image(document, found, page.url))
        }),
        next_page: links("next_page", &rules.next_page, findings),
        single_page: links("single_page", &rules.single_page, findings),
        ..Ruled::default()
    }
}
