//! `import` of another archive of tearsheet, which anyone can have written.

#![allow(clippy::unwrap_used)] // the functions beside the tests are tests too

use std::fs;

use serde_json::{Value, json};

use crate::forged_records::{ARTICLE, NOTE, article, program, record};
use crate::program::{Ended, Program, files};

const DATE: &str = "2026-11-24T06:15:00Z";

/// A program that has published stories 1 and 2 of the source `paper`.
fn published() -> Program {
    let program = program(&[]);
    assert_eq!(program.call(&["rebuild", "--quiet"]).code, Some(0));
    program
}

fn import(program: &Program, records: &[Vec<u8>]) -> Ended {
    let file = program.path("other.warc.gz");
    fs::write(&file, records.concat()).unwrap();
    program.call(&["import", "--json", file.to_str().unwrap()])
}

fn feed(program: &Program) -> Vec<Value> {
    let feed = fs::read(program.path("public/paper/feed.json")).unwrap();
    let feed: Value = serde_json::from_slice(&feed).unwrap();
    feed["items"].as_array().unwrap().clone()
}

/// Whether any file that is published has `text` in it.
fn publishes(program: &Program, text: &str) -> bool {
    files(&program.path("public")).into_values().any(|bytes| String::from_utf8_lossy(&bytes).contains(text))
}

#[test]
fn nothing_runs_in_what_was_imported_and_its_text_stays() {
    let program = published();
    let mut forged = article(10);
    forged["article"]["html"] = json!(
        "<p onclick=\"steal()\">The tide<script>steal()</script> was <b>out</b>.</p><img src=x onerror=steal()>\
         <a href=\"javascript:steal()\">more</a><form action=\"https://evil.example/\"><input name=a></form>\
         <meta http-equiv=\"refresh\" content=\"0;url=https://evil.example/\"><iframe src=\"https://evil.example/\"></iframe>\
         <a href=\"https://ann:secret@paper.example/x\">here</a>"
    );
    forged["article"]["image"]["url"] = json!("javascript:steal()");
    forged["article"]["license"] = json!("javascript:steal()");
    let ended = import(&program, &[record(10, ARTICLE, &forged, DATE)]);
    assert_eq!((ended.code, &ended.json()["imported"]["articles"]), (Some(0), &json!(1)), "{ended:?}");
    for text in ["steal()", "evil.example", "ann:secret"] {
        assert!(!publishes(&program, text), "{text}");
    }
    let story = feed(&program).into_iter().find(|item| item["title"] == "Story 10 of the harbour").unwrap();
    let html = story["content_html"].as_str().unwrap();
    assert!(
        html.contains("<p>The tide was out.</p>")
            && html.contains("<a href=\"https://paper.example/x\">here</a>"),
        "{html}"
    );
    let before = files(&program.path("public"));
    for command in [&["verify"][..], &["rebuild"]] {
        assert_eq!(program.call(command).code, Some(0), "{command:?}");
    }
    assert!(files(&program.path("public")) == before, "and a rebuild gives the same");
    let again = import(&program, &[record(10, ARTICLE, &forged, DATE)]);
    assert_eq!(again.json()["imported"]["known"], 1, "{again:?}");
}

/// Story 2 as another archive has it, with another text.
fn other_story(revision: u32, captured: &str, html: &str) -> Vec<u8> {
    let mut forged = article(2);
    let text = html.replace("<p>", "").replace("</p>", "");
    forged["about"]["revision"] = json!(revision);
    forged["about"]["change"] = json!(if revision == 1 { "new" } else { "substantive" });
    forged["about"]["event"] = json!(50 + revision);
    forged["about"]["captured"] = json!(captured);
    forged["article"]["word_count"] = json!(text.split_whitespace().count());
    forged["article"]["text"] = json!(text);
    forged["article"]["html"] = json!(html);
    record(50, ARTICLE, &forged, DATE)
}

#[test]
fn what_is_published_gives_way_only_to_what_is_newer() {
    for (revision, captured, replaces) in [
        (2, "2026-11-24T06:14:59Z", false),
        (1, DATE, false),
        (1, "2026-11-24T07:00:00Z", false),
        (2, "2199-01-01T00:00:00Z", false),
        (2, "2026-11-24T07:00:00Z", true),
    ] {
        let program = published();
        let ended = import(&program, &[other_story(revision, captured, "<p>The tide was high.</p>")]);
        assert_eq!(ended.code, Some(0), "{ended:?}");
        assert_eq!(publishes(&program, "The tide was high."), replaces, "revision {revision} of {captured}");
        assert!(publishes(&program, "The tide was out."), "story 1 says it still");
        assert_eq!(feed(&program).len(), 2);
    }
}

#[test]
fn what_a_run_would_hold_back_replaces_nothing_when_it_is_imported() {
    let program = published();
    let long =
        "<p>In the first part the harbour master counts the boats that came home before the storm.</p>"
            .repeat(9);
    let newer = other_story(2, "2026-11-24T07:00:00Z", &long);
    assert_eq!(import(&program, &[newer]).code, Some(0));
    assert!(publishes(&program, "counts the boats"));
    let shell = other_story(3, "2026-11-24T08:00:00Z", "<p>Please wait while we load.</p>");
    let ended = import(&program, &[shell]);
    assert!(ended.json()["imported"]["rejected"].as_object().is_some_and(|why| why.len() == 1), "{ended:?}");
    assert!(publishes(&program, "counts the boats") && !publishes(&program, "Please wait"));
}

#[test]
fn a_record_that_gives_a_false_digest_does_not_pass_for_what_is_known() {
    let program = published();
    // Payload and digest are those of the record that is known.
    let mut forged = article(2);
    forged["article"]["html"] = json!("<p>The tide was high.</p>");
    import(&program, &[record(50, ARTICLE, &forged, DATE)]);
    assert!(!publishes(&program, "The tide was high."));
}

#[test]
fn an_archive_cannot_move_a_source_that_is_followed() {
    let program = published();
    let url = "http://127.0.0.1:9/feed.xml";
    let moved = json!({ "note": "listing", "source": "paper", "url": url, "answered": "https://evil.example/feed.xml",
        "at": DATE, "hops": [{ "from": url, "status": 301 }], "payload": format!("sha256:{}", "0".repeat(64)) });
    assert_eq!(import(&program, &[record(60, NOTE, &moved, DATE)]).code, Some(0));
    let url = url::Url::parse(url).unwrap();
    assert_eq!(program.view().listing_state(&url).unwrap(), None);
}

#[test]
fn names_that_no_source_can_have_make_no_file_and_the_rest_comes_in() {
    let program = published();
    let of_source = |number: usize, source: &str| {
        let mut forged = article(number);
        forged["about"]["source"] = json!(source);
        forged["about"]["found_by"] = json!(source);
        record(number, ARTICLE, &forged, DATE)
    };
    let mut records = vec![of_source(70, "assets"), of_source(71, "articles"), of_source(72, "other")];
    records.extend((0..3000).map(|number| of_source(100 + number, &format!("name-{number}"))));
    let ended = import(&program, &records);
    assert_eq!(ended.code, Some(1), "what was left out is told");
    let made = fs::read_dir(program.path("config/sources")).unwrap().count();
    assert!((2..=102).contains(&made), "{made}");
    assert!(program.path("config/sources/other.toml").exists());
    assert_eq!(program.call(&["check"]).code, Some(0));
}
