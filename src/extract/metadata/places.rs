//! Where in a page each value stands: an element's path as a CSS selector, a place in a script's JSON, or what lies
//! outside the page.

use std::collections::BTreeMap;

use scraper::{ElementRef, Html};
use serde_json::Value;

use super::choice::Said;
use super::json_ld::{Item, Scripts};
use super::material::Material;
use super::{Context, canonical, collect, titles};
use crate::extract::dom;
use crate::model::Field;

/// How deep in a script an object is looked for.
const MOST_DEPTH: usize = 64;

/// Where each of `said` stands in `document`, in the same order; none where nothing is known.
pub(in crate::extract) fn places(
    document: &Html,
    context: &Context<'_>,
    said: &BTreeMap<Field, Vec<Said<String>>>,
) -> BTreeMap<Field, Vec<Option<String>>> {
    let material = collect::collect(document, context.elements);
    let scripts = Scripts::parse(&material.json_ld);
    let graph = scripts.graph();
    let mut urls = vec![context.url.clone()];
    urls.extend(canonical::named(&material, context.url));
    let article = graph.article(&urls, &titles::rough(&material));
    let known = Known { document, material: &material, scripts: &scripts, article };
    let of_field = |said: &Vec<Said<String>>| said.iter().map(|said| known.place(said)).collect();
    said.iter().map(|(field, said)| (*field, of_field(said))).collect()
}

struct Known<'p, 's, 'g> {
    document: &'p Html,
    material: &'p Material<'p>,
    scripts: &'s Scripts,
    article: Option<Item<'s, 'g>>,
}

impl Known<'_, '_, '_> {
    fn place(&self, said: &Said<String>) -> Option<String> {
        if let Some(at) = said.at {
            let node = self.document.tree.get(at)?;
            let element = ElementRef::wrap(node).or_else(|| node.parent().and_then(ElementRef::wrap))?;
            return Some(dom::path(element));
        }
        let outside = match said.from {
            "address" | "host" => "the page's address",
            "hint" => "the listing or feed",
            "setting" => "the source's settings",
            "html lang" => "html[lang]",
            "text" => "the page's text",
            "title" | "page title" | "title as linked" => "title",
            "rel=canonical" => "link[rel=\"canonical\"]",
            "link license" => "link[rel~=\"license\"]",
            "image_src" => "link[rel=\"image_src\"]",
            "script" | "script state" => "script",
            "meta" => "meta",
            _ => "",
        };
        if !outside.is_empty() {
            return Some(outside.to_owned());
        }
        match said.from.strip_prefix("json-ld ") {
            Some(key) => self.in_json(key),
            None => self.meta(said.from),
        }
    }

    /// The place of a key in the JSON-LD object of the article.
    fn in_json(&self, key: &str) -> Option<String> {
        let (script, path) = self.scripts.place_of(self.article?.object())?;
        Some(format!("script[type=\"application/ld+json\"] {script}: ${path}.{key}"))
    }

    fn meta(&self, name: &str) -> Option<String> {
        let meta = self.material.metas.iter().find(|meta| meta.name == name)?;
        let attributes = ["property", "name", "http-equiv", "itemprop"];
        let attribute = attributes.iter().find(|attribute| {
            meta.element.attr(attribute).is_some_and(|value| value.trim().eq_ignore_ascii_case(name))
        })?;
        Some(format!("meta[{attribute}=\"{}\"]", meta.element.attr(attribute)?))
    }
}

/// The path from a script's root to `wanted`, an object in it.
pub(super) fn path_to(root: &Value, wanted: &serde_json::Map<String, Value>) -> Option<String> {
    let mut waiting = vec![(root, String::new(), 0)];
    while let Some((value, path, depth)) = waiting.pop() {
        match value {
            _ if depth > MOST_DEPTH => {}
            Value::Object(object) if std::ptr::eq(object, wanted) => return Some(path),
            Value::Object(object) => {
                waiting.extend(object.iter().map(|(key, value)| (value, format!("{path}.{key}"), depth + 1)));
            }
            Value::Array(values) => {
                waiting.extend(
                    values.iter().enumerate().map(|(at, value)| (value, format!("{path}[{at}]"), depth + 1)),
                );
            }
            _ => {}
        }
    }
    None
}
