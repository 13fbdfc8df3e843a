//! Which module may use which: the table of the design, held against the code.

use std::fs;
use std::path::{Path, PathBuf};

const STAGES_MAY_USE: &[&str] = &["model"];
/// A module, and the modules of this crate that it may name beside itself.
const TABLE: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("discover", STAGES_MAY_USE),
    ("fetch", STAGES_MAY_USE),
    ("extract", STAGES_MAY_USE),
    ("archive", STAGES_MAY_USE),
    ("publish", STAGES_MAY_USE),
    ("config", &["model", "discover", "fetch", "extract", "archive", "publish"]),
    ("pipeline", &["model", "discover", "fetch", "extract", "archive", "publish", "config"]),
    ("demo", &[]),
    ("cli", &["model", "discover", "fetch", "extract", "archive", "publish", "config", "pipeline", "demo"]),
];

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

/// The modules that `code` names after `crate::`, in imports and elsewhere, comments left out.
fn named_modules(code: &str) -> Vec<String> {
    let code: String =
        code.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    let mut names = Vec::new();
    for rest in code.split("crate::").skip(1) {
        let rest = rest.strip_prefix('{').unwrap_or(rest);
        names.push(rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect());
    }
    names
}

#[test]
fn no_module_uses_one_that_the_table_does_not_allow() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    let mut wrong = Vec::new();
    for file in &files {
        let relative = file.strip_prefix(&root).unwrap();
        let module = relative
            .components()
            .next()
            .unwrap()
            .as_os_str()
            .to_str()
            .unwrap()
            .trim_end_matches(".rs")
            .to_owned();
        if module == "lib" || module == "main" {
            continue;
        }
        let Some((_, allowed)) = TABLE.iter().find(|(name, _)| *name == module) else {
            wrong.push(format!("{}: `{module}` is not in the table", relative.display()));
            continue;
        };
        for name in named_modules(&fs::read_to_string(file).unwrap()) {
            if name != module && !allowed.contains(&name.as_str()) {
                wrong.push(format!("{}: `{module}` uses `{name}`", relative.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(files.len() > 10, "the walk found the sources");
}

#[test]
fn only_the_fetching_side_is_async() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for module in ["model", "discover", "extract", "archive", "publish", "config"] {
        let mut files = vec![root.join(format!("{module}.rs"))];
        if root.join(module).is_dir() {
            sources(&root.join(module), &mut files);
        }
        for file in files {
            let code = fs::read_to_string(&file).unwrap();
            assert!(!code.contains("async fn") && !code.contains("tokio::"), "{} is async", file.display());
        }
    }
}
