//! The JSON schema of the configuration: `tearsheet schema`, and what a validator makes of it.

use std::fs;
use std::process::Command;

use serde_json::{Map, Value, json};
use tearsheet::config;

use crate::judges;
use crate::program::{Program, files};

#[test]
fn each_schema_is_printed_and_all_of_them_are_written() {
    let program = Program::new("", &[]);
    for document in ["settings", "source", "rule"] {
        let printed = program.call(&["schema", document]);
        assert_eq!(printed.code, Some(0), "{printed:?}");
        let schema = printed.json();
        assert_eq!(schema["$schema"], "http://json-schema.org/draft-07/schema#");
        assert!(schema["definitions"][document]["properties"].is_object());
    }
    assert_eq!(program.call(&["schema"]).json(), program.call(&["schema", "settings"]).json());
    let folder = program.path("schema");
    assert_eq!(program.call(&["schema", "--dir", folder.to_str().unwrap()]).code, Some(0));
    let written: Vec<String> = files(&folder).into_keys().collect();
    assert_eq!(written, ["rule.schema.json", "settings.schema.json", "source.schema.json"]);
    assert_eq!(program.call(&["schema", "sources"]).code, Some(2));
}

/// A TOML text as the JSON that a validator reads.
fn as_json(toml: &str) -> Value {
    serde_json::to_value(toml.parse::<toml::Table>().unwrap()).unwrap()
}

#[test]
fn samples_fit_the_schema_and_mistakes_do_not() {
    // The validator comes with what judges JSON feeds.
    let Some(tools) = judges::tools("jsonfeed") else { return };
    let settings = include_str!("../../config/tearsheet.toml");
    // What is a comment in the sample is a value in this one.
    let all = settings.lines().map(|line| match line.strip_prefix('#') {
        Some(rest) if rest.starts_with('[') || rest.contains(" = ") && !rest.starts_with(' ') => rest,
        _ => line,
    });
    let all = all.collect::<Vec<_>>().join("\n");
    assert!(all.contains("\nid = \"all\"") && all.contains("\nmax_age = "), "{all}");
    let source = include_str!("../../config/sources/example.toml.sample");
    let rule = include_str!("../../config/rules/example.toml.sample");
    let cases = [
        ("settings", settings, true),
        ("settings", &all, true),
        ("settings", "[site]\ntitel = \"x\"", false),
        ("settings", "[fetch]\ndelay = 3", false),
        ("settings", "[[feed]]\ntitle = \"no id\"", false),
        ("source", source, true),
        ("source", "title = \"no URL\"", false),
        ("source", "url = \"https://a.example/\"\nkind = \"page\"", false),
        ("rule", rule, true),
        ("rule", "[wrap]\nmarquee = \"p\"", false),
    ];
    let schemas: Map<String, Value> = config::Document::ALL
        .iter()
        .map(|document| (document.name().to_owned(), config::schema(*document)))
        .collect();
    let documents: Vec<Value> = cases
        .iter()
        .map(|(schema, text, _)| json!({ "schema": schema, "document": as_json(text) }))
        .collect();
    let input = json!({ "schemas": schemas, "documents": documents });
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("input.json");
    fs::write(&file, input.to_string()).unwrap();
    let judged =
        Command::new("node").arg(judges::judge("schema_judge.cjs")).arg(tools).arg(file).output().unwrap();
    assert!(judged.status.success(), "{}", String::from_utf8_lossy(&judged.stderr));
    let verdicts: Vec<Value> = serde_json::from_slice(&judged.stdout).unwrap();
    assert_eq!(verdicts.len(), cases.len());
    for (verdict, (schema, text, is_good)) in verdicts.iter().zip(cases) {
        assert_eq!(verdict.as_array().unwrap().is_empty(), is_good, "{schema}: {verdict}\n{text}");
    }
}
