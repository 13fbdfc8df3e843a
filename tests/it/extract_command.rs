//! `tearsheet extract`: a JSON line a page.

use std::fs;
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};

use crate::fetch::server::{Server, not_found, page};
use crate::program::{Ended, ON_LOOPBACK, Program};

const PAGE: &str = r#"<!DOCTYPE html><html lang="en"><head><title>The pier is closed</title>
<link rel="license" href="http://creativecommons.org/licenses/by-sa/4.0/deed.de">
<meta property="article:content_tier" content="metered">
<meta property="og:image" content="/pier.jpg"><meta property="og:image:alt" content="A pier">
<meta property="og:image:width" content="1200"><meta property="og:image:height" content="630"></head>
<body><main><h1>The old coal pier is closed</h1><p class="byline">By Tom Harrow</p>
<p>The harbour of Vessel Bay will close to large ships from Monday, the port authority said, after divers found cracks
in two of the pillars that carry the old coal pier.</p>
<p>The pier was built in 1911, and it was last inspected nine years ago. Since then, salt water has eaten deep into the
concrete, and some of the steel has lost a third of its thickness, which nobody had expected.</p></main></body></html>"#;

/// What `extract` says of [`PAGE`], saved from courier.example, in a root with these rules and these arguments more.
fn extract(program: &Program, arguments: &[&str]) -> Value {
    fs::write(program.path("page.html"), PAGE).unwrap();
    let file = program.path("page.html");
    let page = ["extract", file.to_str().unwrap(), "--url", "https://courier.example/harbour/pier"];
    let ended = program.call(&[&page, arguments].concat());
    assert_eq!(ended.code, Some(0), "{ended:?}");
    ended.json()
}

#[test]
fn a_line_has_each_field_in_its_form() {
    let line = extract(&Program::new("", &[]), &[]);
    let keys: Vec<&str> = line.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(
        keys,
        [
            "access",
            "authors",
            "description",
            "html",
            "id",
            "image",
            "image_alt",
            "image_height",
            "image_width",
            "is_accessible_for_free",
            "language",
            "license",
            "modified",
            "published",
            "reading_minutes",
            "section",
            "site_name",
            "tags",
            "text",
            "title",
            "url",
            "warnings",
            "word_count"
        ]
    );
    assert_eq!(line["image"], "https://courier.example/pier.jpg");
    assert_eq!((&line["image_alt"], &line["image_width"]), (&json!("A pier"), &json!(1200)));
    assert_eq!(line["image_height"], 630);
    assert_eq!((&line["access"], &line["is_accessible_for_free"]), (&json!("metered"), &json!(false)));
    assert_eq!(line["license"], "https://creativecommons.org/licenses/by-sa/4.0/");
    assert_eq!(line["reading_minutes"], 1);
    assert_eq!(line["word_count"], line["text"].as_str().unwrap().split_whitespace().count());
}

fn with_rule(rule: &str) -> Program {
    let program = Program::new("", &[]);
    fs::create_dir_all(program.path("config/rules")).unwrap();
    fs::write(program.path("config/rules/courier.example.toml"), rule).unwrap();
    program
}

#[test]
fn a_sites_rule_is_followed_and_one_that_matches_nothing_is_told() {
    let line = extract(&with_rule("title = \"title\"\nauthor = \".gone\"\n"), &[]);
    assert_eq!(line["title"], "The pier is closed");
    assert_eq!(line["authors"], json!(["Tom Harrow"]));
    assert_eq!(line["warnings"], json!(["the rule for `author` matches nothing; it was found without it"]));
}

#[test]
fn a_manifest_follows_the_rules_too() {
    let program = with_rule("title = \"title\"\n");
    fs::write(program.path("page.html"), PAGE).unwrap();
    let line = r#"{"id": "1", "url": "https://www.courier.example/pier", "file": "page.html"}"#;
    fs::write(program.path("pages.jsonl"), line).unwrap();
    let manifest = program.path("pages.jsonl");
    let ended = program.call(&["extract", "--manifest", manifest.to_str().unwrap()]);
    assert_eq!(ended.json()["title"], "The pier is closed");
}

#[test]
fn the_one_source_of_a_host_says_how_its_pages_are_read_and_any_may_be_named() {
    let source = |path: &str, title: &str| {
        format!("url = \"https://courier.example/{path}\"\n[article]\ntitle = \"{title}\"\n")
    };
    let elsewhere = source("world", "title").replace("courier", "ledger");
    let sources = [("courier", source("news", ".byline")), ("ledger", elsewhere)];
    let program = Program::new("", &sources);
    assert_eq!(extract(&program, &[])["title"], "By Tom Harrow");
    assert_eq!(extract(&program, &["--source", "ledger"])["title"], "The pier is closed");

    let program = Program::new("", &[("a", source("news", ".byline")), ("b", source("world", "title"))]);
    assert_eq!(extract(&program, &[])["title"], "The old coal pier is closed", "of two, neither is meant");
}

#[test]
fn a_source_that_is_not_there_is_wrong_use() {
    let program = Program::new("", &[]);
    let ended = program.call(&["extract", "-", "--source", "courier"]);
    assert_eq!(ended.code, Some(2));
    assert!(ended.stderr.contains("there is no source `courier`"), "{ended:?}");
}

#[test]
fn a_page_that_is_no_article_tells_why_and_what_it_says_of_itself() {
    let program = Program::new("", &[]);
    let login = r#"<html lang="en"><title>The pier is closed</title><meta name="author" content="Ann Lee">
        <form action="/login"><h2>Log in</h2><input type="password" name="password"><button>Log in</button></form></html>"#;
    fs::write(program.path("page.html"), login).unwrap();
    let file = program.path("page.html");
    let ended = program.call(&["extract", file.to_str().unwrap(), "--url", "https://courier.example/pier"]);
    let line = ended.json();
    assert!(line["rejected"].is_string(), "{line}");
    assert_eq!((&line["title"], &line["authors"]), (&json!("The pier is closed"), &json!(["Ann Lee"])));
    assert_eq!((&line["text"], &line["word_count"]), (&json!(""), &json!(0)));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_urls_of_one_command_share_one_politeness() {
    let server = Server::start(|path, _| if path == "/robots.txt" { not_found() } else { page(PAGE) }).await;
    let program = Program::new(ON_LOOPBACK, &[]);
    let urls = ["/a", "/b", "/c"].map(|path| server.url(path).to_string());
    for command in ["extract", "discover"] {
        let asked = (server.paths().len(), server.robots_requests());
        let ended = program.call(&[command, &urls[0], &urls[1], &urls[2]]);
        assert_eq!((ended.code, ended.stdout.lines().count()), (Some(0), 3), "{ended:?}");
        assert_eq!((server.paths().len(), server.robots_requests()), (asked.0 + 3, asked.1 + 1));
    }
}

#[test]
fn a_manifest_is_answered_to_its_end_whatever_is_wrong_with_a_line() {
    let program = Program::new("", &[]);
    fs::write(program.path("page.html"), PAGE).unwrap();
    let line = |id: &str, file: &str| format!("{{\"id\": \"{id}\", \"url\": \"\", \"file\": \"{file}\"}}\n");
    let lines =
        [&line("1", "page.html"), "no JSON\n\n", &line("2", "gone.html"), &line("3", "page.html"), "\n"];
    fs::write(program.path("pages.jsonl"), lines.concat()).unwrap();
    let manifest = program.path("pages.jsonl");
    let ended = program.call(&["extract", "--manifest", manifest.to_str().unwrap()]);
    let ids: Vec<Value> =
        ended.stdout.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()["id"].clone()).collect();
    assert_eq!((ended.code, ids), (Some(1), vec![json!("1"), Value::Null, json!("2"), json!("3")]));
    assert!(ended.stderr.ends_with("pages.jsonl: 2 pages could not be answered\n"), "{ended:?}");
}

#[test]
fn whoever_has_read_enough_ends_a_manifest_quietly() {
    let program = Program::new("", &[]);
    fs::write(program.path("page.html"), PAGE).unwrap();
    let line = "{\"id\": \"1\", \"url\": \"\", \"file\": \"page.html\"}\n";
    fs::write(program.path("pages.jsonl"), line).unwrap();
    let manifest = program.path("pages.jsonl");
    let mut command = program.command(&["extract", "--manifest", manifest.to_str().unwrap()]);
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let ended = Ended::of(command.stdout(writer).output().unwrap());
    assert_eq!((ended.code, ended.stderr.as_str()), (Some(0), ""));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_is_asked_for_as_its_source_asks_and_another_site_is_not() {
    let seen: Arc<Mutex<Vec<(String, bool)>>> = Arc::default();
    let start = async || {
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let (address, seen) = (listener.local_addr().unwrap(), Arc::clone(&seen));
        let router =
            axum::Router::new().fallback(move |uri: axum::http::Uri, headers: axum::http::HeaderMap| {
                if uri.path() != "/robots.txt" {
                    let token = headers.get("x-token").is_some_and(|value| value == "s3cret");
                    seen.lock().unwrap().push((address.to_string(), token));
                }
                async { ([("content-type", "text/html")], "<title>Tide</title><p>Low.") }
            });
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        address
    };
    let (own, other) = (start().await, start().await);
    let source =
        format!("url = \"http://{own}/\"\n[fetch]\ndelay = \"0s\"\n[fetch.headers]\nX-Token = \"s3cret\"\n");
    let program = Program::new(ON_LOOPBACK, &[("tide", source)]);
    for address in [own, other] {
        program.call(&["extract", "--source", "tide", &format!("http://{address}/1")]);
    }
    let seen = seen.lock().unwrap();
    assert_eq!(*seen, [(own.to_string(), true), (other.to_string(), false)]);
}
