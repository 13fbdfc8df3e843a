//! What a page carries as data in its scripts: JSON-LD, other JSON, and objects that are given to a variable.

mod lenient;
mod strict;

use std::cell::{Cell, OnceCell};

use html5ever::local_name;
use scraper::{Html, Node};
use serde_json::Value;

/// The most scripts that are looked at.
const MOST_SCRIPTS: usize = 400;
/// The longest script, in bytes, that is read.
const MOST_BYTES: usize = 4 << 20;
/// What the values of all scripts of a page may take in memory, in bytes.
const MOST_MEMORY: usize = 48 << 20;
/// The longest name of a variable.
const MOST_NAME: usize = 60;

/// What a script holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScriptKind {
    /// JSON-LD: what the page says about itself to search engines.
    LinkedData,
    /// Other JSON, such as the state from which scripts draw the page.
    Json,
    /// A program. It may give an object to a variable.
    Program,
}

/// A script of a page.
#[derive(Debug)]
pub struct Script<'a> {
    /// What it holds.
    pub kind: ScriptKind,
    /// Its text.
    pub text: &'a str,
    values: OnceCell<Vec<Value>>,
}

/// The scripts of a page. A script is parsed when its values are asked for, and only once.
#[derive(Debug, Default)]
pub struct PageData<'a> {
    scripts: Vec<Script<'a>>,
    /// How much memory values have taken so far, in bytes.
    taken: Cell<usize>,
}

impl<'a> PageData<'a> {
    /// Finds the scripts of `document`, in its order.
    #[must_use]
    pub fn of(document: &'a Html) -> PageData<'a> {
        let scripts = document.tree.nodes().filter_map(|node| {
            let element = node.value().as_element().filter(|it| it.name.local == local_name!("script"))?;
            let Node::Text(text) = node.first_child()?.value() else { return None };
            let kind = match element.attr("type").unwrap_or_default().to_ascii_lowercase() {
                kind if kind.contains("ld+json") => ScriptKind::LinkedData,
                kind if kind.contains("json") => ScriptKind::Json,
                _ => ScriptKind::Program,
            };
            Some(Script { kind, text, values: OnceCell::new() })
        });
        PageData { scripts: scripts.take(MOST_SCRIPTS).collect(), taken: Cell::new(0) }
    }

    /// All scripts, in the order of the page.
    #[must_use]
    pub fn scripts(&self) -> &[Script<'a>] {
        &self.scripts
    }

    /// The scripts of JSON-LD.
    pub fn linked_data(&self) -> impl Iterator<Item = &Script<'a>> {
        self.scripts.iter().filter(|script| script.kind == ScriptKind::LinkedData)
    }

    /// All scripts but those of JSON-LD.
    pub fn others(&self) -> impl Iterator<Item = &Script<'a>> {
        self.scripts.iter().filter(|script| script.kind != ScriptKind::LinkedData)
    }

    /// The values in one of the page's scripts. There are none in a script that holds no data, is too large, or cannot
    /// be read; there are several where JSON documents follow each other.
    pub fn values<'s>(&self, script: &'s Script<'a>) -> &'s [Value] {
        script.values.get_or_init(|| {
            let text = script.text.trim();
            if text.is_empty() || text.len() > MOST_BYTES {
                return Vec::new();
            }
            match script.kind {
                ScriptKind::LinkedData | ScriptKind::Json => lenient::parse(text, &self.taken),
                ScriptKind::Program => assigned(text, &self.taken).into_iter().collect(),
            }
        })
    }
}

/// The object or list that a program is, or gives to its first variable.
fn assigned(program: &str, taken: &Cell<usize>) -> Option<Value> {
    let json = if program.starts_with(['{', '[']) {
        program
    } else {
        let (name, value) = program.split_once('=')?;
        let is_global = name.starts_with("window") || name.starts_with("self") || program.contains("__");
        if !is_global && !is_variable(name) {
            return None;
        }
        value.trim_start()
    };
    if let Some(quoted) = json.strip_prefix("JSON.parse(") {
        let text = strict::first(quoted, taken)?;
        return strict::first(text.as_str()?, taken);
    }
    if json.starts_with(['{', '[']) { strict::first(json, taken) } else { None }
}

/// Whether the left side of `=` names nothing but a variable.
fn is_variable(name: &str) -> bool {
    let name = name.trim();
    let name = ["var ", "let ", "const "].iter().find_map(|word| name.strip_prefix(word)).unwrap_or(name);
    !name.is_empty() && name.len() < MOST_NAME && !name.contains(['(', ' ', '{', ';'])
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn values(html: &str) -> Vec<Value> {
        let document = crate::parse_html(html);
        let data = PageData::of(&document);
        data.scripts().iter().flat_map(|script| data.values(script).to_vec()).collect()
    }

    #[test]
    fn json_is_read_in_each_form_in_which_a_script_holds_it() {
        for script in [
            "<script type=application/ld+json>/* made by hand */ {\"a\": 1,}</script>",
            "<script type=application/json>{\"a\": 1}</script>",
            "<script>{\"a\": 1}</script>",
            "<script>window.__STATE__ = {\"a\": 1};\nstart();</script>",
            "<script>const data = {\"a\": 1}</script>",
            r#"<script>self.data=JSON.parse("{\"a\": 1}");</script>"#,
        ] {
            assert_eq!(values(script), [json!({"a": 1})], "{script}");
        }
    }

    #[test]
    fn a_program_without_data_has_no_values() {
        for script in
            ["", "var x = 1;", "if (a == {\"b\": 1}) { go() }", "window.x = function() { return {} }"]
        {
            assert!(values(&format!("<script>{script}</script>")).is_empty(), "{script}");
        }
    }

    #[test]
    fn scripts_are_told_apart_by_their_type() {
        let document = crate::parse_html(
            "<script type='Application/LD+JSON; charset=utf-8'>{}</script><script type=application/json>{}</script>\
             <script>go()</script>",
        );
        let data = PageData::of(&document);
        let kinds: Vec<ScriptKind> = data.scripts().iter().map(|script| script.kind).collect();
        assert_eq!(kinds, [ScriptKind::LinkedData, ScriptKind::Json, ScriptKind::Program]);
        assert_eq!((data.linked_data().count(), data.others().count()), (1, 2));
    }

    #[test]
    fn the_values_of_a_page_take_no_more_memory_than_they_may() {
        // 700,000 objects of which each takes a hundred times its bytes.
        let list = format!("[{}0]", "{\"\":0},".repeat(700_000));
        let document = crate::parse_html(&format!("<script>{list}</script><script>[1]</script>"));
        let data = PageData::of(&document);
        assert!(data.values(&data.scripts()[0]).is_empty());
        assert_eq!(
            data.values(&data.scripts()[1]),
            [json!([1])],
            "what was given up costs the others nothing"
        );
        assert!(data.taken.get() < MOST_MEMORY);
    }
}
