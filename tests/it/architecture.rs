//! Which module may use which: the table of the design, held against the code.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

const STAGES: &[&str] = &["discover", "fetch", "extract", "archive", "publish"];
/// The crates under `crates/`, and those of this workspace that they may depend on.
const CRATES: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("html", &[]),
    ("dates", &["model"]),
    ("warc", &["model"]),
    ("discover", &["model", "html", "dates"]),
    ("fetch", &["model"]),
    ("extract", &["model", "html", "dates"]),
    ("archive", &["model", "html", "warc"]),
    ("publish", &["model", "html", "pictures"]),
    ("pictures", &["model"]),
    ("demo", &[]),
];
/// The modules of the program, and those of this table that they may name beside the crates.
const MODULES: &[(&str, &[&str])] =
    &[("config", &[]), ("pipeline", &["config"]), ("cli", &["config", "pipeline", "demo"])];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// The modules of this crate that `code` names, in imports and elsewhere, comments left out. `depth` says how deep the
/// module of the code's file lies: 1 for `extract`, 2 for `extract::gate`, whose `super::super` is the crate.
fn named_modules(code: &str, depth: usize) -> Vec<String> {
    let code: String =
        code.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    let mut names = behind(&code, "crate::");
    // `self` is the module itself; inline modules only make `super` lead less far.
    names.extend(behind(&code, &"super::".repeat(depth)));
    names
}

/// The names that stand behind `prefix`: the one, or the first of each path in braces.
fn behind(code: &str, prefix: &str) -> Vec<String> {
    let is_part_of_name = |c: char| c.is_alphanumeric() || c == '_';
    let starts = code.match_indices(prefix).filter(|(at, _)| {
        // `crate::` in `other_crate::`, and a longer row of `super::`, are something else.
        !code[..*at].ends_with(|c: char| is_part_of_name(c) || c == ':')
    });
    let mut names = Vec::new();
    for (at, _) in starts {
        let rest = code[at + prefix.len()..].trim_start();
        let paths = rest.strip_prefix('{').map_or_else(|| vec![rest], listed);
        let name = |path: &&str| path.trim_start().chars().take_while(|c| is_part_of_name(*c)).collect();
        names.extend(paths.iter().map(name).filter(|name: &String| !name.is_empty()));
    }
    names
}

/// The paths of a list in braces, behind its opening one, up to its closing one.
fn listed(list: &str) -> Vec<&str> {
    let (mut depth, mut from, mut paths) = (0, 0, Vec::new());
    for (at, c) in list.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => {
                paths.push(&list[from..at]);
                break;
            }
            '}' => depth -= 1,
            ',' if depth == 0 => {
                paths.push(&list[from..at]);
                from = at + 1;
            }
            _ => {}
        }
    }
    paths
}

/// Types of one crate that share a name, and how many they are. The list only gets shorter: give each a name of its own.
/// `Error` and `Settings` may be shared: a stage's root and its modules have their own.
const SHARED_NAMES: &[(&str, &[(&str, usize)])] = &[
    ("archive", &[("Item", 2), ("Known", 2), ("Open", 2), ("Order", 2), ("Trouble", 2)]),
    (
        "extract",
        &[
            ("About", 2),
            ("Attributes", 3),
            ("Declared", 2),
            ("Found", 2),
            ("Graph", 2),
            ("Head", 2),
            ("Kind", 3),
            ("Known", 3),
            ("Line", 3),
            ("Node", 4),
            ("Object", 2),
            ("Open", 2),
            ("Page", 2),
            ("Place", 3),
            ("Reader", 2),
            ("Role", 2),
            ("Seen", 3),
            ("Step", 3),
            ("Tree", 2),
            ("Walk", 2),
            ("Word", 2),
            ("Words", 2),
        ],
    ),
    ("tearsheet", &[("Desk", 2), ("Place", 2), ("Read", 2)]),
];

/// The types that the file defines at its top level, without its tests.
fn types(code: &str) -> Vec<String> {
    let code = code.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    let names = code.lines().filter_map(|line| {
        let item = line
            .strip_prefix("pub ")
            .or_else(|| line.strip_prefix("pub(")?.split_once(") ").map(|(_, item)| item));
        let (kind, rest) = item.unwrap_or(line).split_once(' ')?;
        let name: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
        ["struct", "enum", "type", "trait", "union"].contains(&kind).then_some(name)
    });
    names.collect()
}

/// Each name that several types of the crate have, with their number.
fn shared_names(folder: &Path) -> Vec<(String, usize)> {
    let mut files = Vec::new();
    sources(folder, &mut files);
    files.retain(|file| {
        let within = file.strip_prefix(folder).unwrap();
        !within.ends_with("tests.rs") && !within.iter().any(|part| part == "tests")
    });
    let mut counts = BTreeMap::new();
    for name in files.iter().flat_map(|file| types(&fs::read_to_string(file).unwrap())) {
        *counts.entry(name).or_insert(0) += 1;
    }
    counts.retain(|name, count| *count > 1 && !["Error", "Settings"].contains(&name.as_str()));
    counts.into_iter().collect()
}

#[test]
fn types_are_found_however_visible_they_are() {
    let code = "pub struct A;\npub(crate) enum B {}\npub(in crate::c) type C = u8;\nstruct D<T>(T);\n    type E = u8;\n\
        // struct F;\n#[cfg(test)]\nmod tests {\nstruct G;\n}\n";
    assert_eq!(types(code), ["A", "B", "C", "D"]);
}

#[test]
fn no_two_types_of_a_crate_share_a_name_but_those_that_are_known() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let crates = CRATES.iter().map(|(name, _)| (*name, root.join("crates").join(name).join("src")));
    let mut wrong = Vec::new();
    for (name, folder) in crates.chain([("tearsheet", root.join("src"))]) {
        let known = SHARED_NAMES.iter().find(|(known, _)| *known == name).map_or(&[][..], |(_, names)| names);
        let shared = shared_names(&folder);
        for (shared, count) in &shared {
            let known = known.iter().find(|(known, _)| known == shared).map_or(1, |(_, count)| *count);
            if *count > known {
                wrong.push(format!("{name}: {count} types are called `{shared}`"));
            }
        }
        for (known, count) in known {
            let found = shared.iter().find(|(shared, _)| shared == known).map_or(1, |(_, count)| *count);
            if found < *count {
                wrong
                    .push(format!("{name}: {found} types are called `{known}`; shorten the list of {count}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// How deep the module of this file lies in the crate.
fn depth(relative: &Path) -> usize {
    relative.components().count()
}

/// What `module` names beside itself and what it may.
fn trespasses(module: &str, allowed: &[&str], code: &str, depth: usize) -> Vec<String> {
    let mut names = named_modules(code, depth);
    names.retain(|name| name != module && !allowed.contains(&name.as_str()));
    names
}

#[test]
fn every_way_to_name_a_module_is_seen() {
    for (code, depth, found) in [
        ("use crate::fetch;", 2, vec!["fetch"]),
        ("use crate::{model, fetch};", 2, vec!["fetch"]),
        (
            "use crate::{\n    model::{Article, Field},\n    fetch::{self, Client},\n    publish,\n};",
            2,
            vec!["fetch", "publish"],
        ),
        ("use super::super::fetch;", 2, vec!["fetch"]),
        ("use super::{model, archive::View};", 1, vec!["archive"]),
        ("fn f() -> crate::archive::View {}", 2, vec!["archive"]),
        ("use super::fetch; use self::fetch; use super::super::fetch;", 3, vec![]),
        ("use other_crate::fetch; use crate::model;", 2, vec![]),
        ("// use crate::fetch;\nuse crate::extract::gate;", 2, vec![]),
    ] {
        assert_eq!(trespasses("extract", &["model"], code, depth), found, "{code}");
    }
}

/// The crates of this workspace that the manifest of the crate `name` depends on.
fn dependencies(name: &str) -> Vec<String> {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("crates").join(name).join("Cargo.toml");
    let manifest = fs::read_to_string(manifest).unwrap();
    let names = manifest.lines().filter_map(|line| line.strip_prefix("tearsheet-"));
    names.map(|rest| rest.chars().take_while(|c| c.is_alphanumeric() || *c == '-').collect()).collect()
}

#[test]
fn no_module_uses_one_that_the_table_does_not_allow() {
    let mut wrong = Vec::new();
    for folder in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("crates")).unwrap() {
        let name = folder.unwrap().file_name().into_string().unwrap();
        let Some((_, allowed)) = CRATES.iter().find(|(known, _)| *known == name) else {
            wrong.push(format!("the crate `{name}` is not in the table"));
            continue;
        };
        let mut used = dependencies(&name);
        used.retain(|used| !allowed.contains(&used.as_str()));
        wrong.extend(used.iter().map(|used| format!("the crate `{name}` depends on `{used}`")));
    }

    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    for file in &files {
        let relative = file.strip_prefix(&root).unwrap();
        let module =
            relative.components().next().unwrap().as_os_str().to_str().unwrap().trim_end_matches(".rs");
        if module == "lib" || module == "main" {
            continue;
        }
        let Some((_, allowed)) = MODULES.iter().find(|(name, _)| *name == module) else {
            wrong.push(format!("{}: `{module}` is not in the table", relative.display()));
            continue;
        };
        let allowed = [*allowed, STAGES, &["model", "html", "dates", "pictures"]].concat();
        let code = fs::read_to_string(file).unwrap();
        let used = trespasses(module, &allowed, &code, depth(relative));
        wrong.extend(used.iter().map(|name| format!("{}: `{module}` uses `{name}`", relative.display())));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(files.len() > 10, "the walk found the sources");
}

#[test]
fn only_the_fetching_side_is_async() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for part in ["model", "html", "dates", "warc", "discover", "extract", "archive", "publish"] {
        assert!(!is_async(&root.join("crates").join(part).join("src")), "{part} is async");
    }
    assert!(!is_async(&root.join("src/config")), "config is async");
}

fn is_async(folder: &Path) -> bool {
    let mut files = Vec::new();
    sources(folder, &mut files);
    assert!(!files.is_empty(), "{} has sources", folder.display());
    files.iter().any(|file| {
        let code = fs::read_to_string(file).unwrap();
        code.contains("async fn") || code.contains("tokio::")
    })
}
