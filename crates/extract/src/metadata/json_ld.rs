//! The JSON-LD of a page: its objects, and the one that describes the article at hand.

use std::collections::HashMap;

use serde_json::{Map, Value};
use tearsheet_html::PageData;
use url::Url;

use super::places::path_to;
use super::terms;
use crate::text::{self, plain};

/// The most objects that are looked at.
const MOST_NODES: usize = 2000;
/// The longest text of a field.
const MOST_TEXT: usize = 20_000;

type Object = Map<String, Value>;

/// The objects of a page, flat.
pub(super) struct Graph<'a> {
    nodes: Vec<Node<'a>>,
    ids: HashMap<&'a str, &'a Object>,
}

/// An object, and how it is reached.
#[derive(Clone, Copy)]
struct Node<'a> {
    object: &'a Object,
    /// Below a key that speaks of something else than the page.
    apart: bool,
}

/// How many JSON-LD scripts of a page could not be read.
pub(super) fn unread(data: &PageData<'_>) -> usize {
    let filled = data.linked_data().filter(|script| !script.text.trim().is_empty());
    filled.filter(|script| data.values(script).is_empty()).count()
}

/// The number of the JSON-LD script in which an object stands, from 1, and the path to it.
pub(super) fn place_of(data: &PageData<'_>, object: &Object) -> Option<(usize, String)> {
    let mut numbered = (1..).zip(data.linked_data());
    numbered.find_map(|(number, script)| {
        let mut roots = data.values(script).iter();
        roots.find_map(|root| Some((number, path_to(root, object)?)))
    })
}

impl<'a> Graph<'a> {
    /// Lays out the objects in the JSON-LD of a page.
    pub(super) fn of(data: &'a PageData<'_>) -> Graph<'a> {
        let mut graph = Graph { nodes: Vec::new(), ids: HashMap::new() };
        // In the page's order: a stack whose last is the first to be seen.
        let values = data.linked_data().flat_map(|script| data.values(script));
        let mut waiting: Vec<(&Value, bool, usize)> = values.map(|value| (value, false, 0)).collect();
        waiting.reverse();
        while let Some((value, apart, depth)) = waiting.pop() {
            if graph.nodes.len() >= MOST_NODES || depth > 64 {
                continue;
            }
            match value {
                Value::Array(values) => {
                    waiting.extend(values.iter().rev().map(|value| (value, apart, depth + 1)));
                }
                Value::Object(object) => {
                    graph.add(object, apart);
                    let inner = object.iter().filter(|(_, value)| value.is_object() || value.is_array());
                    let before = waiting.len();
                    waiting
                        .extend(inner.map(|(key, value)| (value, apart || !is_of_the_page(key), depth + 1)));
                    waiting[before..].reverse();
                }
                _ => {}
            }
        }
        graph
    }
}

/// Whether what stands under a key describes the page itself.
fn is_of_the_page(key: &str) -> bool {
    matches!(key, "@graph" | "mainEntity" | "mainEntityOfPage" | "about" | "subjectOf")
}

/// How many of the types at the end of the list describe pages that need not be articles.
const OTHERS: usize = 8;
/// Types of articles, the most telling first.
const ARTICLES: &[&str] = &[
    "newsarticle",
    "reportagenewsarticle",
    "analysisnewsarticle",
    "opinionnewsarticle",
    "backgroundnewsarticle",
    "reviewnewsarticle",
    "article",
    "blogposting",
    "liveblogposting",
    "socialmediaposting",
    "techarticle",
    "scholarlyarticle",
    "advertisercontentarticle",
    "satiricalarticle",
    "medicalscholarlyarticle",
    "report",
    "review",
    "recipe",
    "discussionforumposting",
    "blog",
    "videoobject",
    "podcastepisode",
    "creativework",
    "event",
    "jobposting",
    "webpage",
];

impl<'a> Graph<'a> {
    fn add(&mut self, object: &'a Object, apart: bool) {
        self.nodes.push(Node { object, apart });
        if let Some(id) = object.get("@id").and_then(Value::as_str)
            && object.len() > 1
        {
            let known = self.ids.entry(id).or_insert(object);
            if known.len() < object.len() {
                *known = object;
            }
        }
    }

    /// The object that describes the article at one of `urls`, with one of `titles`.
    pub(super) fn article(&self, urls: &[Url], titles: &[&str]) -> Option<Item<'a, '_>> {
        let best = self
            .nodes
            .iter()
            .enumerate()
            .filter_map(|(at, node)| {
                let rank = rank(node.object)?;
                let mut score: i64 = 100 - i64::try_from(rank).unwrap_or(100) * 2;
                if node.apart {
                    score -= 80;
                }
                if rank >= ARTICLES.len() - OTHERS {
                    score -= 60;
                }
                if self.is_at(node.object, urls) {
                    score += 60;
                }
                let headline = plain_text(node.object.get("headline").or_else(|| node.object.get("name")));
                if headline.is_some_and(|headline| {
                    titles.iter().any(|title| text::similarity(&headline, title) > 0.6)
                }) {
                    score += 50;
                }
                if node.object.contains_key("datePublished") {
                    score += 15;
                }
                Some((score, std::cmp::Reverse(at), node.object))
            })
            .max_by_key(|(score, at, _)| (*score, *at))?;
        Some(Item { object: best.2, graph: self })
    }

    fn is_at(&self, object: &Object, urls: &[Url]) -> bool {
        ["url", "mainEntityOfPage", "@id"].iter().filter_map(|key| object.get(*key)).any(|value| {
            let text = match value {
                Value::Object(inner) => inner.get("@id").or_else(|| inner.get("url")).and_then(Value::as_str),
                value => value.as_str(),
            };
            text.is_some_and(|text| urls.iter().any(|url| text::is_same_page(url, text)))
        })
    }

    /// All objects that describe the page and not something else on it, in its order.
    pub(super) fn of_page(&self) -> impl Iterator<Item = Item<'a, '_>> {
        self.nodes.iter().filter(|node| !node.apart).map(|node| Item { object: node.object, graph: self })
    }
}

fn rank(object: &Object) -> Option<usize> {
    types(object)
        .filter_map(|kind| {
            let kind = kind.rsplit(['/', ':']).next().unwrap_or(kind).to_ascii_lowercase();
            ARTICLES.iter().position(|known| *known == kind)
        })
        .min()
}

fn types(object: &Object) -> impl Iterator<Item = &str> {
    let value = object.get("@type");
    let one = value.and_then(Value::as_str);
    let many = value.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
    one.into_iter().chain(many)
}

fn plain_text(value: Option<&Value>) -> Option<String> {
    let text = match value? {
        Value::String(text) => text.as_str(),
        Value::Array(values) => values.first()?.as_str()?,
        Value::Object(inner) => inner.get("@value")?.as_str()?,
        _ => return None,
    };
    Some(plain(&text[..text.floor_char_boundary(MOST_TEXT)])).filter(|text| !text.is_empty())
}

/// An object of a graph.
#[derive(Clone, Copy)]
pub(super) struct Item<'a, 'g> {
    object: &'a Object,
    graph: &'g Graph<'a>,
}

impl<'a, 'g> Item<'a, 'g> {
    /// The object itself.
    pub(super) fn object(&self) -> &'a Object {
        self.object
    }

    /// Whether it has this type.
    pub(super) fn is(&self, kind: &str) -> bool {
        types(self.object).any(|known| known.eq_ignore_ascii_case(kind))
    }

    /// A field as plain text.
    pub(super) fn text(&self, key: &str) -> Option<String> {
        plain_text(self.object.get(key))
    }

    /// A field as a number, also where it is written as text.
    pub(super) fn number(&self, key: &str) -> Option<u32> {
        match self.object.get(key)? {
            Value::Number(number) => u32::try_from(number.as_u64()?).ok(),
            Value::String(text) => text.trim().trim_end_matches("px").parse().ok(),
            Value::Object(inner) => u32::try_from(inner.get("value")?.as_u64()?).ok(),
            _ => None,
        }
    }

    /// A field as a truth, also where it is written as text.
    pub(super) fn truth(&self, key: &str) -> Option<bool> {
        match self.object.get(key)? {
            Value::Bool(truth) => Some(*truth),
            Value::String(text) => terms::truth(text),
            _ => None,
        }
    }

    /// The objects in a field, references followed.
    pub(super) fn items(&self, key: &str) -> Vec<Item<'a, 'g>> {
        self.entries(key).into_iter().filter_map(Entry::item).collect()
    }

    /// The values in a field: objects, references followed, and texts.
    pub(super) fn entries(&self, key: &str) -> Vec<Entry<'a, 'g>> {
        let one = |value: &'a Value| match value {
            Value::Object(object) => {
                let id = object.get("@id").and_then(Value::as_str).filter(|_| !object.contains_key("name"));
                let object = id.and_then(|id| self.graph.ids.get(id).copied()).unwrap_or(object);
                Some(Entry::Item(Item { object, graph: self.graph }))
            }
            Value::String(text) => match self.graph.ids.get(text.as_str()) {
                Some(object) => Some(Entry::Item(Item { object, graph: self.graph })),
                None => Some(Entry::Text(&text[..text.floor_char_boundary(MOST_TEXT)])),
            },
            _ => None,
        };
        match self.object.get(key) {
            Some(Value::Array(values)) => values.iter().take(100).filter_map(one).collect(),
            Some(value) => one(value).into_iter().collect(),
            None => Vec::new(),
        }
    }
}

/// A value in a field.
#[derive(Clone, Copy)]
pub(super) enum Entry<'a, 'g> {
    Item(Item<'a, 'g>),
    Text(&'a str),
}

impl<'a, 'g> Entry<'a, 'g> {
    fn item(self) -> Option<Item<'a, 'g>> {
        match self {
            Entry::Item(item) => Some(item),
            Entry::Text(_) => None,
        }
    }
}
