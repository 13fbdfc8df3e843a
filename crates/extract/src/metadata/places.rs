//! Where in a page each value stands: an element's path as a CSS selector, a place in a script's JSON, or what lies
//! outside the page.

use std::cell::OnceCell;

use scraper::{ElementRef, Html};
use serde_json::Value;
use tearsheet_html::PageData;

use super::Found;
use super::json_ld::{self, Item};
use super::material::Material;
use crate::choice::Said;
use crate::dom;

/// How deep in a script an object is looked for.
const MOST_DEPTH: usize = 64;
/// Characters of a place.
const MOST_TEXT: usize = 200;

/// A page in which places are looked up.
pub(super) struct Known<'p, 's, 'g> {
    document: &'p Html,
    material: &'p Material<'p>,
    data: &'s PageData<'p>,
    article: Option<Item<'s, 'g>>,
    /// The script and the path of the article's object, once it was looked for.
    object: OnceCell<Option<(usize, String)>>,
}

impl<'p, 'g> Known<'p, 'g, 'g> {
    pub(super) fn new(document: &'p Html, found: &Found<'p, 'g>, data: &'g PageData<'p>) -> Self {
        let (material, article) = (found.material, found.article);
        Known { document, material, data, article, object: OnceCell::new() }
    }
}

impl Known<'_, '_, '_> {
    /// Where what was said stands, in at most 200 characters.
    pub(super) fn place(&self, said: &Said<String>) -> Option<String> {
        self.whole_place(said).map(bounded)
    }

    fn whole_place(&self, said: &Said<String>) -> Option<String> {
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
        let object = || json_ld::place_of(self.data, self.article?.object());
        let (script, path) = self.object.get_or_init(object).as_ref()?;
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

/// As much of the end of `place` as is kept, from the beginning of a step: the end of a selector selects the same element
/// and perhaps others.
fn bounded(mut place: String) -> String {
    while place.chars().count() > MOST_TEXT
        && let Some((_, rest)) = place.split_once(" > ")
    {
        place = rest.to_owned();
    }
    place.chars().take(MOST_TEXT).collect()
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
