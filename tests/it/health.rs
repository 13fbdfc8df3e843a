//! How the sources are doing, as files and on a terminal.

use std::fs;

use feed_rs::model::Feed;
use serde_json::Value;

use crate::program::{ON_LOOPBACK, Program, files};
use crate::small_site::{SmallSite, cards, path};

const LOGIN: &str = "<h1>Log in</h1><form><input name=user><input type=password></form>";

/// A site of three reports, followed by its listing.
async fn followed() -> (SmallSite, Program) {
    let site = SmallSite::start().await;
    site.articles(1..=3);
    site.html("/", &cards(1..=3));
    let source = format!("url = \"{}\"\ntitle = \"The Gull\"\nkind = \"listing\"\n", site.url);
    (site, Program::new(ON_LOOPBACK, &[("gull", source)]))
}

fn status(program: &Program) -> Value {
    let status: Value =
        serde_json::from_slice(&fs::read(program.path("public/status.json")).unwrap()).unwrap();
    assert_eq!(status["version"], 1);
    status["sources"][0].clone()
}

fn feed(program: &Program) -> Feed {
    let bytes = fs::read(program.path("public/health.xml")).unwrap();
    feed_rs::parser::parse(bytes.as_slice()).unwrap()
}

/// What the feed's entries are called, oldest first.
fn told(program: &Program) -> Vec<String> {
    let mut titles: Vec<_> =
        feed(program).entries.iter().map(|entry| entry.title.clone().unwrap().content).collect();
    titles.reverse();
    titles
}

fn run(program: &Program, code: i32) {
    let ended = program.call(&["run"]);
    assert_eq!(ended.code, Some(code), "{ended:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_source_that_fails_is_told_once_and_once_more_when_it_recovers() {
    let (site, program) = followed().await;
    run(&program, 0);
    assert_eq!((status(&program)["state"].as_str(), told(&program)), (Some("ok"), Vec::new()));
    assert_eq!(status(&program)["articles"], 3);
    site.fail("/", 500);
    run(&program, 1);
    let public = files(&program.path("public"));
    run(&program, 1);
    assert_eq!(files(&program.path("public")), public, "that it goes on changes nothing");
    assert_eq!(status(&program)["state"], "failing");
    assert_eq!(status(&program)["reason"], "the server answered 500 (Internal Server Error)");
    assert_eq!(told(&program), ["The Gull: cannot be read"]);
    site.mend("/");
    run(&program, 0);
    assert_eq!((status(&program)["state"].as_str(), status(&program).get("since")), (Some("ok"), None));
    assert_eq!(told(&program), ["The Gull: cannot be read", "The Gull: works again"]);
    site.html("/", "<p>We have moved on.</p>");
    run(&program, 1);
    assert_eq!(status(&program)["state"], "empty");
    assert_eq!(told(&program)[2..], ["The Gull: lists nothing"]);
    let entries = feed(&program).entries;
    let ids: std::collections::BTreeSet<_> = entries.iter().map(|entry| &entry.id).collect();
    assert_eq!(ids.len(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn health_is_made_again_byte_for_byte() {
    let (site, program) = followed().await;
    site.html(&path(2), LOGIN);
    run(&program, 1);
    site.fail("/", 500);
    run(&program, 1);
    let public = files(&program.path("public"));
    fs::remove_dir_all(program.path("public")).unwrap();
    fs::remove_file(program.path("archive/index.sqlite")).unwrap();
    assert_eq!(program.call(&["rebuild"]).code, Some(0));
    assert_eq!(files(&program.path("public")), public);
    assert_eq!(told(&program), ["The Gull: pages held back", "The Gull: cannot be read"]);
    let index = String::from_utf8(public["index.html"].clone()).unwrap();
    assert!(index.contains("href=\"status.html\""));
}

#[tokio::test(flavor = "multi_thread")]
async fn status_says_what_is_wrong_since_when_and_what_is_held_back() {
    let (site, program) = followed().await;
    run(&program, 0);
    let good = program.call(&["status"]);
    assert_eq!(good.code, Some(0), "{good:?}");
    assert!(good.stdout.lines().nth(1).unwrap().ends_with("  ok"), "{good:?}");
    site.html("/", &cards(1..=4));
    site.html(&path(4), LOGIN);
    run(&program, 1);
    let held = program.call(&["status"]);
    assert_eq!(held.code, Some(1));
    for told in ["1 page held back", &path(4), "Report 4 from the cliffs", "the page asks to log in"] {
        assert!(held.stdout.contains(told), "{told}: {held:?}");
    }
    let page = || String::from_utf8(files(&program.path("public"))["status.html"].clone()).unwrap();
    assert!(page().contains("Pages held back") && page().contains("the page asks to log in"), "{}", page());
    assert!(!page().contains("class=\"trouble\"") && page().contains("All other sources are well."));
    site.fail("/", 404);
    run(&program, 1);
    assert!(page().contains("<strong>cannot be read</strong> In trouble since <time"), "{}", page());
    let failing = program.call(&["status"]);
    assert_eq!(failing.code, Some(1));
    assert!(failing.stdout.contains("failing since 2"), "{failing:?}");
    let json = program.call(&["status", "--json"]).json();
    let source = &json["sources"][0];
    let size = &json["archive"];
    assert!(size["kinds"]["captures"].as_u64() > size["kinds"]["notes"].as_u64(), "{size}");
    assert!(failing.stdout.contains("\nby month: 20"), "{failing:?}");
    assert_eq!((source["state"].as_str(), source["articles"].as_u64()), (Some("failing"), Some(3)));
    assert!(source["since"].is_string() && source["articles_a_week"].is_number(), "{source}");
    assert_eq!(
        (&source["held"][0]["hold"], &source["held"][0]["is_revision"]),
        (&"login".into(), &false.into())
    );
}
