//! `tearsheet explain`: what won, where it stood, what it beat, and why each block is kept.

use std::fs;

use serde_json::Value;

use crate::newspaper::{Press, now};
use crate::program::{Ended, Program};

const PAGE: &str = r#"<!DOCTYPE html><html lang="en"><head>
<title>The pier is closed | Vessel Bay Courier</title>
<meta property="og:title" content="Cracks close the old coal pier">
<meta property="og:site_name" content="Vessel Bay Courier">
<link rel="license" href="https://creativecommons.org/licenses/by/4.0/">
<meta property="article:published_time" content="1970-01-01T00:00:00Z">
<script type="application/ld+json">{"@graph": [{"@type": "WebSite", "name": "Courier"},
 {"@type": "NewsArticle", "headline": "Cracks close the old coal pier", "datePublished": "2026-03-02T10:00:00+01:00",
  "author": {"name": "Ida Grünwald"}}]}</script></head>
<body><nav><a href="/">Home</a> <a href="/world">World</a></nav>
<main id="story"><h1>The old coal pier is closed</h1><p class="byline">By Tom Harrow</p>
<p>The harbour of Vessel Bay will close to large ships from Monday, the port authority said, after divers found cracks
in two of the pillars that carry the old coal pier.</p>
<p>Read also: <a href="/ice">The ice factory moves its lorries</a></p>
<p>The pier was built in 1911, and it was last inspected nine years ago. Since then, salt water has eaten deep into the
concrete, and some of the steel has lost a third of its thickness, which nobody had expected.</p>
<p>Fishing boats may still land their catch at the southern quay. For them, little changes, although the ice factory
next to the pier has had to move its lorries to another gate.</p></main></body></html>"#;

/// A root with the page in a file, and what explaining it with `arguments` prints.
fn explain(rules: Option<&str>, arguments: &[&str]) -> Ended {
    let program = Program::new("", &[]);
    fs::write(program.path("page.html"), PAGE).unwrap();
    if let Some(rules) = rules {
        fs::create_dir_all(program.path("config/rules")).unwrap();
        fs::write(program.path("config/rules/courier.example.toml"), rules).unwrap();
    }
    let file = program.path("page.html");
    let page = ["explain", file.to_str().unwrap(), "--url", "https://courier.example/harbour/pier"];
    let ended = program.call(&[&page, arguments].concat());
    assert_eq!(ended.code, Some(0), "{ended:?}");
    ended
}

fn field<'a>(explained: &'a Value, name: &str) -> &'a Value {
    explained["fields"].as_array().unwrap().iter().find(|field| field["field"] == name).unwrap()
}

#[test]
fn each_field_tells_its_source_its_place_and_what_it_beat() {
    let explained = explain(None, &["--json"]).json();
    assert_eq!((&explained["version"], &explained["read_from"]), (&1.into(), &"file".into()));
    let title = field(&explained, "title");
    assert_eq!(title["value"], "The old coal pier is closed");
    assert_eq!((&title["source"], &title["place"]), (&"h1".into(), &"main#story > h1".into()));
    let beaten = title["beaten"].as_array().unwrap();
    let place =
        |source: &str| beaten.iter().find(|beaten| beaten["source"] == source).unwrap()["place"].clone();
    assert_eq!(place("og:title"), "meta[property=\"og:title\"]");
    assert_eq!(place("json-ld headline"), "script[type=\"application/ld+json\"] 1: $.@graph[1].headline");
    let authors = field(&explained, "authors");
    assert_eq!(authors["value"], "Ida Grünwald");
    assert_eq!(authors["beaten"][0]["value"], "Tom Harrow");
    assert_eq!(authors["beaten"][0]["place"], "main#story > p.byline");
}

/// Whoever reads version 1 finds these keys: more may come, none goes.
#[test]
fn the_json_of_version_1_has_its_form() {
    let rules = "title = \".kicker\"\nauthor = \".byline\"\n";
    let explained = explain(Some(rules), &["--json"]).json();
    let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(explained["version"], 1);
    assert_eq!(keys(&explained), ["blocks", "fields", "read_from", "rules", "url", "version", "warnings"]);
    assert_eq!(keys(field(&explained, "title")), ["beaten", "field", "place", "source", "value"]);
    assert_eq!(keys(&field(&explained, "title")["beaten"][0]), ["place", "source", "value"]);
    assert_eq!(keys(&explained["blocks"][0]), ["kept", "likely", "place", "reason", "text", "words"]);
    assert_eq!(keys(&explained["rules"][0]), ["matched", "of", "selector", "used"]);
    assert_eq!(keys(field(&explained, "body")), ["beaten", "detail", "field", "place", "source", "value"]);
    let names: Vec<&str> = explained["fields"]
        .as_array()
        .unwrap()
        .iter()
        .map(|field| field["field"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["url", "title", "authors", "published", "site_name", "language", "license", "body"]);
    assert_eq!(
        explained["warnings"],
        serde_json::json!(["the rule for `title` matches nothing; it was found without it"])
    );
}

#[test]
fn a_date_that_is_doubted_says_so() {
    let explained = explain(None, &["--json"]).json();
    let published = field(&explained, "published");
    assert_eq!(published["value"], "2026-03-02T10:00:00+01:00");
    let beaten = published["beaten"].as_array().unwrap();
    let declared = beaten.iter().find(|beaten| beaten["source"] == "article:published_time").unwrap();
    assert_eq!(declared["doubted"], true);
    assert_eq!(beaten[0].get("doubted"), None);
}

#[test]
fn each_block_tells_why_it_is_kept_or_not() {
    let explained = explain(None, &["--json"]).json();
    let blocks = explained["blocks"].as_array().unwrap();
    let reason = |text: &str| {
        let block = blocks.iter().find(|block| block["text"].as_str().unwrap().starts_with(text)).unwrap();
        (block["kept"].as_bool().unwrap(), block["reason"].as_str().unwrap().to_owned())
    };
    assert_eq!(reason("The pier was built"), (true, "judge".to_owned()));
    assert_eq!(reason("Read also"), (false, "noise".to_owned()));
    assert_eq!(reason("Home"), (false, "judge".to_owned()));
}

#[test]
fn a_rule_that_gives_a_value_and_one_that_matches_nothing_are_told() {
    let rules = "title = \".kicker\"\nauthor = \".byline\"\nreplace = [{ find = \"The \", with = \"A \" }]\n";
    let explained = explain(Some(rules), &["--json"]).json();
    assert_eq!(field(&explained, "authors")["source"], "rule .byline");
    let rules = &explained["rules"];
    assert_eq!(
        (&rules[2]["of"], &rules[2]["selector"], &rules[2]["matched"]),
        (&"replace".into(), &"The ".into(), &5.into())
    );
    assert_eq!(rules[0]["of"], "title");
    assert_eq!((&rules[0]["matched"], &rules[0]["used"]), (&0.into(), &false.into()));
    assert_eq!((&rules[1]["matched"], &rules[1]["used"]), (&1.into(), &true.into()));
}

#[test]
fn people_get_a_table_that_is_no_wider_than_it_should_be() {
    let text = explain(None, &[]).stdout;
    assert!(
        text.contains("title       The old coal pier is closed\n            h1 · main#story > h1\n"),
        "{text}"
    );
    assert!(text.contains("beat byline      Tom Harrow"), "{text}");
    assert!(text.lines().all(|line| line.chars().count() <= 120), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_archived_article_is_explained_offline() {
    let press = Press::start();
    press.run(now()).await;
    let view = tearsheet::archive::View::open(&press.config.archive).unwrap();
    let entry = view.entries(&Default::default()).next().unwrap().unwrap();
    let Press { server, root, .. } = press;
    let explained = |argument: &str, more: &[&str]| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_tearsheet"));
        command.arg("--root").arg(root.path()).args(["explain", argument, "--json"]).args(more);
        Ended::of(command.output().unwrap())
    };
    let fetched = explained(entry.article.url.as_str(), &["--fetch"]).json();
    assert_eq!(fetched["read_from"], "web");
    let held = server.base_url().join(tearsheet::demo::SOFT_ERROR_PATH).unwrap();
    drop(server);
    let held = explained(held.as_str(), &[]).json();
    assert_eq!(held["read_from"], "archive");
    assert!(held["rejected"].as_str().unwrap().contains("does not exist"), "{held}");
    assert!(held["warnings"][0].as_str().unwrap().starts_with("held back since "), "{held}");
    for argument in [entry.article.url.as_str(), &entry.id.to_string()] {
        let explained = explained(argument, &[]).json();
        assert_eq!(explained["read_from"], "archive");
        assert_eq!(field(&explained, "title")["value"], entry.article.title.as_str());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_article_whose_capture_was_let_go_is_explained_by_its_record_as_it_was_before() {
    let press = Press::start();
    press.run(now()).await;
    let view = tearsheet::archive::View::open(&press.config.archive).unwrap();
    let entry = view.entries(&Default::default()).next().unwrap().unwrap();
    drop(view);
    let Press { root, mut config, .. } = press;
    let call = |arguments: &[&str]| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_tearsheet"));
        Ended::of(command.arg("--root").arg(root.path()).args(arguments).output().unwrap())
    };
    let explained = || call(&["explain", entry.article.url.as_str(), "--json"]).json();
    let before = explained();
    config.retention.max_size = Some(0);
    tearsheet::pipeline::prune(&config, now(), &|_| {}).unwrap();
    let after = explained();
    assert_eq!((&before["read_from"], &after["read_from"]), (&"archive".into(), &"record".into()));

    assert_eq!(before["fields"], after["fields"]);
    let place = "main#content > article.post > header.entry-header > h1.entry-title";
    assert_eq!(field(&after, "title")["place"], place);
    assert_eq!(field(&after, "body")["source"], "learned judge");
    assert!(after["fields"].as_array().unwrap().iter().all(|field| !field["place"].is_null()), "{after}");

    let words = |list: &Value, kept: bool| -> u64 {
        let list = list.as_array().unwrap().iter().filter(|item| item["kept"] == kept);
        list.map(|item| item["words"].as_u64().unwrap()).sum()
    };
    for kept in [true, false] {
        assert_eq!(words(&before["blocks"], kept), words(&after["runs"], kept), "{after}");
    }
    let shown = call(&["show", &entry.id.to_string(), "--why"]).stdout;
    assert!(shown.starts_with(&entry.article.title), "{shown}");
    assert!(shown.contains(place), "{shown}");
    assert!(shown.contains("\nbody        "), "{shown}");
}

#[test]
fn a_text_out_of_a_script_tells_which_and_where_in_it() {
    let program = Program::new("", &[]);
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/pages/state-next/source.html");
    let url = "https://courier.example/state-next";
    let explained = program.call(&["explain", file, "--url", url, "--json"]).json();
    let body = field(&explained, "body");
    assert_eq!(body["source"], "script state");
    assert_eq!(body["place"], "script#__NEXT_DATA__ props.pageProps.article.body");
    assert!(explained["warnings"][0].as_str().unwrap().ends_with("props.pageProps.article.body"));
    let reasons: Vec<&str> =
        explained["blocks"].as_array().unwrap().iter().filter_map(|block| block["reason"].as_str()).collect();
    assert!(reasons.contains(&"script-data") && reasons.contains(&"noise"), "{reasons:?}");
}
