//! Records that anyone may have written: whatever one says, no command panics, and what others say is published.

#![allow(clippy::unwrap_used)] // the functions beside the tests are tests too

use std::fs;
use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;
use proptest::prelude::*;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use tearsheet::model::{ArticleId, CanonicalUrl};

use crate::program::{ON_LOOPBACK, Program};

pub(crate) const ARTICLE: &str = "application/vnd.tearsheet.article+json; v=1";
pub(crate) const NOTE: &str = "application/vnd.tearsheet.note+json; v=1";
/// Where the forged file stands.
const FILE: &str = "archive/warc/2026/11/20261124T061500Z-0001.warc.gz";

fn member(head: &str, block: &[u8]) -> Vec<u8> {
    let digest = data_encoding::BASE32.encode(&Sha256::digest(block));
    let mut packer = GzEncoder::new(Vec::new(), Compression::fast());
    write!(
        packer,
        "WARC/1.1\r\n{head}WARC-Block-Digest: sha256:{digest}\r\nContent-Length: {}\r\n\r\n",
        block.len()
    )
    .unwrap();
    packer.write_all(block).unwrap();
    packer.write_all(b"\r\n\r\n").unwrap();
    packer.finish().unwrap()
}

/// A record of the archive's own kind.
pub(crate) fn record(number: usize, content_type: &str, block: &Value, date: &str) -> Vec<u8> {
    let kind = if content_type == ARTICLE { "conversion" } else { "metadata" };
    let head = format!(
        "WARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{number:012}>\r\nWARC-Date: {date}\r\n\
         WARC-Target-URI: urn:article:https://paper.example/{number}\r\nContent-Type: {content_type}\r\n"
    );
    member(&head, block.to_string().as_bytes())
}

/// A whole article with every field that a record may have.
pub(crate) fn article(number: usize) -> Value {
    let url = format!("https://paper.example/2026/story-{number}");
    let id = ArticleId::of(&CanonicalUrl::parse(&url).unwrap()).to_string();
    let at = "2026-11-24T06:15:00Z";
    let digest = format!("sha256:{number:064x}");
    json!({
        "about": {
            "id": id, "source": "paper", "found_by": "paper", "url": url, "run": 1, "first_seen": at, "updated": at,
            "captured": at, "sequence": number, "rank": { "run": 1, "at": at, "position": number }, "revision": 1,
            "change": "new", "event": number, "answered": url, "aliases": [format!("{url}?a=b")],
            "hops": [{ "from": format!("{url}/old"), "status": 301 }],
            "validators": { "etag": "\"a\"", "last_modified": "Tue, 24 Nov 2026 06:15:00 GMT" },
            "payload": digest, "digest": digest, "words": digest,
        },
        "candidate": {
            "url": url, "title": format!("Story {number}"), "published": at, "modified": at, "summary": "It began so.",
            "image": "https://paper.example/a.jpg?w=1&h=2", "authors": ["Ann Vale"],
        },
        "article": {
            "url": url, "title": format!("Story {number} of the harbour"), "authors": ["Ann Vale"],
            "published": "2026-11-23T08:00:00+01:00", "modified": "2026-11-24", "site_name": "The Paper", "language": "en",
            "description": "What it says.", "section": "News", "tags": ["quay"], "access": "free",
            "image": { "url": "https://paper.example/a.jpg?w=1&h=2", "alt": "A quay", "width": 1200, "height": 630 },
            "license": "https://creativecommons.org/licenses/by/4.0/", "html": "<p>The tide was out.</p>",
            "text": "The tide was out.", "word_count": 4, "repeated": ["Read more"],
            "provenance": { "title": { "from": "h1", "beat": [], "places": ["h1"], "doubted": [0] } },
            "cuts": [{ "agreement": 90, "runs": [{ "kept": true, "reason": "judge", "words": 4, "text": "The" }] }],
            "warnings": ["short"],
        },
    })
}

fn notes(number: usize) -> Vec<Value> {
    let (url, at) = (format!("https://paper.example/note-{number}"), "2026-11-24T06:15:00Z");
    let digest = format!("sha256:{number:064x}");
    let id = article(1)["about"]["id"].clone();
    let candidate = json!({ "url": url, "title": "A page", "published": at });
    let hops = json!([{ "from": url, "status": 302 }]);
    vec![
        json!({ "note": "found", "id": id, "source": "paper", "rank": { "run": 1, "at": at, "position": 1 }, "aliases": [url] }),
        json!({ "note": "listing", "source": "paper", "url": url, "answered": url, "at": at, "hops": hops, "payload": digest }),
        json!({ "note": "rejected", "source": "paper", "candidate": candidate, "reason": "login", "failures": 1,
            "next_try_at": at, "payload": digest, "hold": "login", "at": at, "hops": hops }),
        json!({ "note": "part", "source": "paper", "of": id, "revision": 1, "url": url, "at": at, "payload": digest }),
        json!({ "note": "mended", "source": "paper", "url": url }),
        json!({ "note": "released", "source": "paper", "url": url, "hold": "login" }),
        json!({ "note": "health", "source": "paper", "event": "held", "at": at, "reason": "it asks to pay", "since": at,
            "pages": [{ "url": url, "title": "A page", "reason": "login" }] }),
    ]
}

/// What is put in the place of a value; `None` takes it out.
fn hostile() -> Vec<Option<Value>> {
    let values = json!([
        null,
        -1,
        0,
        255,
        256,
        65536,
        4_294_967_295_u32,
        4_294_967_296_u64,
        9_007_199_254_740_993_u64,
        i64::MAX,
        u64::MAX,
        i64::MIN,
        0.5,
        1e300,
        true,
        [],
        {},
        "",
        "new",
        "minor",
        "substantive",
        "assets",
        "..",
        "javascript:alert(1)",
        "<script>alert(1)</script>",
        "https://ann:secret@paper.example/",
        "data:text/html,x",
        "file:///etc/passwd",
        "+12345-01-01T00:00:00Z",
        "-0001-11-30T00:00:00Z",
        "0000-01-01T00:00:00Z",
        "0001-01-01T00:00:00+23:59",
        "9999-12-31T23:59:60Z",
        "9999-12-31T23:59:59-23:59",
        "262142-12-31T23:59:59Z",
        "1900-01-01T00:00:00Z",
        "1970-01-01T00:00:00Z",
        "2199-01-01T00:00:00Z",
        "\u{0}\u{1b}\u{ffff}]]>",
        "\u{202e}x",
        "x".repeat(3000),
    ]);
    let values = values.as_array().unwrap().iter().cloned().map(Some);
    values.chain([None]).collect()
}

/// The paths of all values in a record.
fn paths(value: &Value) -> Vec<Vec<String>> {
    let children: Vec<(String, &Value)> = match value {
        Value::Object(fields) => fields.iter().map(|(key, value)| (key.clone(), value)).collect(),
        Value::Array(items) => items.iter().enumerate().map(|(at, value)| (at.to_string(), value)).collect(),
        _ => Vec::new(),
    };
    let below = children.into_iter().flat_map(|(key, child)| {
        let of_child = paths(child).into_iter();
        of_child.map(move |path| std::iter::once(key.clone()).chain(path).collect())
    });
    std::iter::once(Vec::new()).chain(below).collect()
}

fn forge(record: &mut Value, path: &[String], value: Option<Value>) {
    let Some((last, way)) = path.split_last() else {
        *record = value.unwrap_or_default();
        return;
    };
    let Some(parent) = record.pointer_mut(&way.iter().map(|key| format!("/{key}")).collect::<String>())
    else {
        return;
    };
    match (parent, value) {
        (Value::Object(fields), Some(value)) => drop(fields.insert(last.clone(), value)),
        (Value::Object(fields), None) => drop(fields.remove(last)),
        (Value::Array(items), Some(value)) => items[last.parse::<usize>().unwrap()] = value,
        (Value::Array(items), None) => items.clear(),
        _ => {}
    }
}

/// A root whose archive has an honest article before and after the forged records.
pub(crate) fn program(forged: &[Vec<u8>]) -> Program {
    let source = "url = \"http://127.0.0.1:9/feed.xml\"\nkind = \"feed\"\n[feed]\nsize = 20000\n".to_owned();
    let program = Program::new(ON_LOOPBACK, &[("paper", source)]);
    let head = "WARC-Type: warcinfo\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-9000-000000000000>\r\n\
                WARC-Date: 2026-11-24T06:15:00Z\r\nContent-Type: application/warc-fields\r\n";
    let date = "2026-11-24T06:15:00Z";
    let mut file = member(head, b"software: tearsheet/0.1.0\r\n");
    file.extend(record(1, ARTICLE, &article(1), date));
    forged.iter().for_each(|member| file.extend(member));
    file.extend(record(2, ARTICLE, &article(2), date));
    let path = program.path(FILE);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, file).unwrap();
    program
}

const COMMANDS: &[&[&str]] = &[
    &["rebuild"],
    &["build"],
    &["status"],
    &["status", "--json"],
    &["list"],
    &["show", "https://paper.example/2026/story-2"],
    &["history", "https://paper.example/2026/story-2"],
    &["search", "tide"],
    &["check"],
    &["verify"],
    &["export", "--wacz", "all.wacz"],
    &["export", "--warc", "all.warc.gz"],
    &["prune"],
    &["run"],
    &["verify", "--repair"],
    &["rebuild", "--extract"],
    &["build"],
];

/// Runs every command; none panics, and both honest articles stay published.
fn check(program: &Program) {
    for command in COMMANDS {
        let mut called = program.command(command);
        let ended = crate::program::Ended::of(called.current_dir(program.root()).output().unwrap());
        let is_orderly = matches!(ended.code, Some(0..=2)) && !ended.stderr.contains("panicked");
        assert!(
            is_orderly,
            "{command:?}: {:?} {}",
            ended.code,
            &ended.stderr[..ended.stderr.len().min(3000)]
        );
        assert_published(program, command);
    }
    for command in [&["verify"][..], &["build"], &["rebuild"]] {
        let ended = program.call(command);
        assert_eq!(ended.code, Some(0), "{command:?} once it is repaired: {} {}", ended.stdout, ended.stderr);
    }
}

fn assert_published(program: &Program, command: &[&str]) {
    let feed: Value =
        serde_json::from_slice(&fs::read(program.path("public/paper/feed.json")).unwrap()).unwrap();
    let titles: Vec<&str> =
        feed["items"].as_array().unwrap().iter().filter_map(|item| item["title"].as_str()).collect();
    for honest in ["Story 1 of the harbour", "Story 2 of the harbour"] {
        assert!(titles.contains(&honest), "{honest} is gone after {command:?}: {titles:?}");
    }
    for name in ["rss.xml", "atom.xml"] {
        let text = fs::read_to_string(program.path("public/paper").join(name)).unwrap();
        let document = roxmltree::Document::parse(&text).unwrap();
        for node in document.descendants() {
            let named = node.attributes().filter(|attribute| matches!(attribute.name(), "href" | "url"));
            let is_link = node.tag_name().name() == "link" && node.attribute("href").is_none();
            let urls = named.map(|attribute| attribute.value()).chain(node.text().filter(|_| is_link));
            for url in urls {
                assert!(url.starts_with("http") && !url.contains("ann:secret"), "{name}: {url}");
            }
            let is_content = matches!(node.tag_name().name(), "encoded" | "content");
            let html = node.text().filter(|_| is_content).unwrap_or_default();
            for running in ["<script", "href=\"javascript:", "src=\"javascript:"] {
                assert!(!html.contains(running), "{name}: {html}");
            }
        }
    }
}

#[test]
fn no_value_of_an_article_ends_a_command() {
    let mut forged = Vec::new();
    for path in paths(&article(0)) {
        for value in hostile() {
            let number = forged.len() + 10;
            let mut told = article(number);
            forge(&mut told, &path, value);
            forged.push(record(number, ARTICLE, &told, "2026-11-24T06:15:00Z"));
        }
    }
    check(&program(&forged));
}

#[test]
fn no_value_of_a_note_ends_a_command() {
    let mut forged = Vec::new();
    for note in notes(0) {
        for path in paths(&note) {
            for value in hostile() {
                let mut told = note.clone();
                forge(&mut told, &path, value);
                forged.push(record(forged.len() + 10, NOTE, &told, "2026-11-24T06:15:00Z"));
            }
        }
    }
    check(&program(&forged));
}

#[test]
fn no_date_in_a_head_ends_a_command() {
    let dates = [
        "+12345-01-01T00:00:00Z",
        "-0001-11-30T00:00:00Z",
        "0000-01-01T00:00:00Z",
        "never",
        "",
        "1900-01-01T00:00:00Z",
    ];
    let forged: Vec<Vec<u8>> = dates
        .iter()
        .enumerate()
        .map(|(at, date)| record(at + 10, ARTICLE, &article(at + 10), date))
        .collect();
    check(&program(&forged));
}

#[test]
fn revisions_that_all_say_that_they_are_the_first_are_all_kept() {
    let forged: Vec<Vec<u8>> = (10..13)
        .map(|revision| {
            let mut told = article(3);
            told["about"]["revision"] = json!(revision);
            record(revision, ARTICLE, &told, "2026-11-24T06:15:00Z")
        })
        .collect();
    let program = program(&forged);
    assert_eq!(program.call(&["rebuild"]).code, Some(0));
    let ended = program.call(&["verify"]);
    assert_eq!(ended.code, Some(0), "{}", ended.stdout);
    check(&program);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3, max_shrink_iters: 0, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_row_of_revisions_ends_a_command(
        forgeries in prop::collection::vec((0..2_usize, any::<prop::sample::Index>(), prop::sample::select(hostile())), 1..40),
    ) {
        let mut forged = Vec::new();
        for (of, path, value) in forgeries {
            let number = forged.len() + 10;
            // A further revision of an article that is published, or of one that is forged too.
            let mut told = article(if of == 0 { 3 } else { number });
            told["about"]["revision"] = json!(number);
            told["about"]["event"] = json!(number);
            let all = paths(&told);
            forge(&mut told, &all[path.index(all.len())], value);
            forged.push(record(number, ARTICLE, &told, "2026-11-24T06:15:00Z"));
        }
        check(&program(&forged));
    }
}
