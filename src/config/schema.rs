//! The JSON schema of the configuration, for editors; and the table of its keys for whoever has to know them all.
//!
//! It is written by hand beside the code that reads the keys; tests hold the two to one another.

use std::sync::LazyLock;

use serde_json::{Value, json};

/// All of it: the definitions that every document shares.
const DEFINITIONS: &str = include_str!("schema.json");

static SCHEMA: LazyLock<Value> =
    LazyLock::new(|| serde_json::from_str(DEFINITIONS).expect("a test reads the file"));

/// A kind of file of the configuration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Document {
    /// `config/tearsheet.toml`.
    Settings,
    /// A file in `config/sources/`.
    Source,
    /// A file in `config/rules/`.
    Rule,
}

impl Document {
    /// Every kind.
    pub const ALL: [Document; 3] = [Document::Settings, Document::Source, Document::Rule];

    /// `settings`, `source` or `rule`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Document::Settings => "settings",
            Document::Source => "source",
            Document::Rule => "rule",
        }
    }
}

/// The JSON schema (draft 7, which TOML editors know best) of a kind of file.
#[must_use]
pub fn schema(document: Document) -> Value {
    let name = document.name();
    json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": SCHEMA["definitions"][name]["description"],
        "allOf": [{ "$ref": format!("#/definitions/{name}") }],
        "definitions": SCHEMA["definitions"],
    })
}

/// The keys of `config/tearsheet.toml` with the tables that hold them: `["archive", "retention", "max_age"]`. A list of
/// tables is one key.
pub(super) fn settings_keys() -> Vec<Vec<&'static str>> {
    let mut keys = Vec::new();
    let mut open = vec![(Vec::new(), &SCHEMA["definitions"][Document::Settings.name()])];
    while let Some((path, table)) = open.pop() {
        for (key, value) in table["properties"].as_object().into_iter().flatten() {
            let path: Vec<&str> = path.iter().copied().chain([key.as_str()]).collect();
            if value["properties"].is_object() { open.push((path, value)) } else { keys.push(path) }
        }
    }
    keys
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::*;
    use crate::config::PictureSettings;
    use crate::config::file::TomlFile;
    use crate::config::problems::Problems;
    use crate::config::reason::Reason;
    use crate::config::{rule, site, source, values};
    use crate::extract::WRAPPERS;

    /// The keys that the code knows in the table with this header, from what it says of one that it does not know.
    fn known(document: Document, header: &str) -> BTreeSet<String> {
        let start = if document == Document::Source { "url = \"https://gulls.example/\"\n" } else { "" };
        let text = if header.is_empty() {
            format!("zzz = 1\n{start}")
        } else {
            format!("{start}{header}\nzzz = 1\n")
        };
        let file = TomlFile::of("gulls.example.toml", &text);
        let problems = Problems::default();
        file.with_table(&problems, |table| match document {
            Document::Settings => drop(site::read(table, Path::new(""), &[])),
            Document::Source => drop(source::read(table, values::nameless(), PictureSettings::default())),
            Document::Rule => drop(rule::read_file(table, "gulls.example.toml")),
        });
        let errors = problems.into_errors().expect("there is no such key");
        let known = errors.problems.iter().find_map(|problem| match &problem.reason {
            Reason::UnknownKey { key, known, .. } if key == "zzz" => Some(known),
            _ => None,
        });
        let known = known.unwrap_or_else(|| panic!("{document:?} {header} takes any key: {errors:?}"));
        known.iter().map(|key| (*key).to_owned()).collect()
    }

    /// What a `$ref`, alone or under `allOf`, leads to.
    fn resolved(mut value: &'static Value) -> &'static Value {
        loop {
            let target = value["$ref"].as_str().or(value["allOf"][0]["$ref"].as_str());
            match target.and_then(|target| target.strip_prefix("#/definitions/")) {
                Some(name) => value = &SCHEMA["definitions"][name],
                None => return value,
            }
        }
    }

    #[test]
    fn the_schema_has_every_key_that_is_read_and_no_other() {
        let mut tables = 0;
        for document in Document::ALL {
            let mut open = vec![(String::new(), String::new(), &SCHEMA["definitions"][document.name()])];
            while let Some((path, header, table)) = open.pop() {
                let properties = table["properties"].as_object().unwrap();
                let written: BTreeSet<String> = properties.keys().cloned().collect();
                assert_eq!(written, known(document, &header), "{document:?} {header}");
                assert_eq!(table["additionalProperties"], false, "{document:?} {header}");
                tables += 1;
                for (key, value) in properties {
                    let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                    let (value, items) = (resolved(value), resolved(&value["items"]));
                    if value["properties"].is_object() {
                        open.push((path.clone(), format!("{header}\n[{path}]"), value));
                    } else if items["properties"].is_object() {
                        open.push((path.clone(), format!("{header}\n[[{path}]]"), items));
                    }
                }
            }
        }
        assert!(tables > 15, "only {tables} tables were compared");
    }

    #[test]
    fn elements_that_can_be_put_around_others_are_those_of_the_extractor() {
        let written = &SCHEMA["definitions"]["rule"]["properties"]["wrap"]["propertyNames"]["enum"];
        assert_eq!(*written, json!(WRAPPERS));
        let of_source = &SCHEMA["definitions"]["source"]["properties"]["article"]["properties"]["wrap"];
        assert_eq!(of_source["propertyNames"]["enum"], *written);
    }
}
