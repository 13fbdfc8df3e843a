//! Which modules use one another in a circle: none but those that are known.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The circles that are left, at every level: the folder, and the modules in it that use one another. The list only gets
/// shorter. A module and those inside it are no circle.
const KNOWN: &[(&str, &[&str])] = &[
    ("crates/dates/src", &["grammar", "order"]),
    ("crates/dates/src", &["clock", "zone"]),
    ("crates/discover/src/feed", &["markup", "media"]),
    (
        "crates/discover/src/listing",
        &["date_headings", "fields", "head", "page", "region", "tag", "texts", "title"],
    ),
    ("crates/discover/src/listing", &["group", "margin", "worth"]),
    ("crates/discover/src/xml", &["names", "tags"]),
    ("crates/extract/src/metadata", &["json_ld", "places", "terms"]),
    ("crates/extract/src/rules", &["edit", "findings"]),
    ("crates/fetch/src", &["failure", "guard", "resolver"]),
    ("crates/fetch/src", &["exchange", "retry"]),
    ("crates/publish/src", &["atom", "history", "item", "json_feed", "rss", "xml"]),
    ("src/cli", &["manifest", "pages"]),
    ("src/config", &["credentials", "values"]),
    ("src/config", &["broken", "problem"]),
    ("src/config/import", &["rss_bridge", "urls"]),
    ("src/pipeline/page", &["judging", "keeping"]),
    ("src/pipeline/publishing", &["past", "press"]),
];

type Module = Vec<String>;

/// The paths that begin at the start of `text`, with all that is in their braces; `stem` is before them. Gives the bytes
/// that were read.
fn paths(text: &str, stem: &[String], found: &mut Vec<Module>) -> usize {
    let (mut path, mut at) = (stem.to_vec(), 0);
    let blank = |at: usize| text[at..].len() - text[at..].trim_start_matches([' ', '\n', ',']).len();
    loop {
        at += blank(at);
        if text[at..].starts_with('{') {
            at += 1 + blank(at + 1);
            while at < text.len() && !text[at..].starts_with('}') {
                let read = paths(&text[at..], &path, found);
                if read == 0 {
                    return 0;
                }
                at += read;
                at += blank(at);
            }
            return at + 1;
        }
        let length = text[at..].find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len() - at);
        path.extend((length > 0).then(|| text[at..at + length].to_owned()));
        at += length;
        if let Some(alias) = text[at..].strip_prefix(" as ") {
            let name = alias.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(alias.len());
            at += " as ".len() + name;
        }
        if text[at..].starts_with("::") {
            at += 2;
        } else {
            found.push(path);
            return at + usize::from(text[at..].starts_with('*'));
        }
    }
}

/// What `module` names by `crate::` and `super::`, as paths from the crate's root.
fn named(module: &Module, code: &str) -> Vec<Module> {
    let code = code.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
    let code = lines.collect::<Vec<_>>().join("\n");
    let mut found = Vec::new();
    for start in ["crate::", "super::"] {
        for (at, _) in code.match_indices(start) {
            if !code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':') {
                paths(&code[at..], &[], &mut found);
            }
        }
    }
    let resolved = found.into_iter().map(|path| {
        let ups = path.iter().take_while(|part| *part == "super").count();
        let stem = if ups == 0 { &[][..] } else { &module[..module.len().saturating_sub(ups)] };
        [stem, &path[ups.max(1)..]].concat()
    });
    resolved.collect()
}

fn modules(folder: &Path, stem: &Module, found: &mut BTreeMap<Module, PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let module = stem.iter().cloned().chain([name.clone()]).collect::<Module>();
        if path.is_dir() {
            modules(&path, &module, found);
        } else if path.extension().is_some_and(|kind| kind == "rs")
            && !["lib", "main", "tests"].contains(&&*name)
        {
            found.insert(module, path);
        }
    }
}

/// Of each level, which of its modules use which: what is inside a module counts as the module.
fn levels(files: &BTreeMap<Module, PathBuf>) -> BTreeMap<Module, BTreeMap<String, BTreeSet<String>>> {
    let mut levels: BTreeMap<Module, BTreeMap<String, BTreeSet<String>>> = BTreeMap::new();
    for (user, path) in files {
        for named in named(user, &fs::read_to_string(path).unwrap()) {
            let known = (1..=named.len()).rev().find(|length| files.contains_key(&named[..*length]));
            let Some(used) = known.map(|length| &named[..length]) else { continue };
            let shared = user.iter().zip(used).take_while(|(user, used)| user == used).count();
            if let (Some(from), Some(to)) = (user.get(shared), used.get(shared)) {
                let level = levels.entry(user[..shared].to_vec()).or_default();
                level.entry(from.clone()).or_default().insert(to.clone());
            }
        }
    }
    levels
}

fn reached(level: &BTreeMap<String, BTreeSet<String>>, from: &str) -> BTreeSet<String> {
    let (mut seen, mut open) = (BTreeSet::new(), vec![from.to_owned()]);
    while let Some(at) = open.pop() {
        for next in level.get(&at).into_iter().flatten() {
            if seen.insert(next.clone()) {
                open.push(next.clone());
            }
        }
    }
    seen
}

/// The groups of modules that reach one another.
fn circles(level: &BTreeMap<String, BTreeSet<String>>) -> BTreeSet<Vec<String>> {
    let reach: BTreeMap<&String, BTreeSet<String>> =
        level.keys().map(|from| (from, reached(level, from))).collect();
    let of = |from: &String| -> Vec<String> {
        let back = |to: &&String| reach.get(to).is_some_and(|reach| reach.contains(from));
        reach[from].iter().filter(back).cloned().collect()
    };
    level.keys().map(of).filter(|circle| circle.len() > 1).collect()
}

#[test]
fn paths_are_found_in_braces_and_behind_super() {
    let module = ["a", "b"].map(str::to_owned).to_vec();
    let code = "use crate::{c::{self, D}, e::F as G, h::*};\n// use crate::i;\nuse super::j::K;\nfn f() { crate::l::m() }";
    let found: Vec<String> = named(&module, code).iter().map(|path| path.join("::")).collect();
    assert_eq!(found, ["c::self", "c::D", "e::F", "h", "l::m", "a::j::K"]);
}

#[test]
fn circles_are_found_however_long() {
    let to = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<BTreeSet<_>>();
    let uses = [("a", to(&["b"])), ("b", to(&["c"])), ("c", to(&["a"])), ("d", to(&["a"]))];
    let level = uses.into_iter().map(|(from, to)| (from.to_owned(), to)).collect();
    assert_eq!(circles(&level), BTreeSet::from([["a", "b", "c"].map(str::to_owned).to_vec()]));
}

#[test]
fn no_modules_use_one_another_but_those_that_are_known() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = BTreeSet::new();
    let crates = fs::read_dir(root.join("crates")).unwrap().map(|entry| entry.unwrap().path().join("src"));
    for folder in crates.chain([root.join("src")]) {
        let mut files = BTreeMap::new();
        modules(&folder, &Vec::new(), &mut files);
        assert!(!files.is_empty(), "{}", folder.display());
        let folder = folder.strip_prefix(root).unwrap();
        for (level, uses) in levels(&files) {
            let place = level.iter().fold(folder.to_owned(), |place, part| place.join(part));
            found.extend(circles(&uses).into_iter().map(|circle| (place.display().to_string(), circle)));
        }
    }
    let known = KNOWN.iter().map(|(place, circle)| {
        ((*place).to_owned(), circle.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>())
    });
    let known: BTreeSet<_> = known.collect();
    let new: Vec<_> = found.difference(&known).collect();
    let gone: Vec<_> = known.difference(&found).collect();
    assert!(new.is_empty() && gone.is_empty(), "new circles: {new:#?}\nno longer circles: {gone:#?}");
}
