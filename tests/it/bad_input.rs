//! Bad input: what a page can be instead of an article ends no run, is named once with its reason, and reaches nothing
//! that is published. The real program is run, over HTTP.

pub(crate) mod pages;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use chrono::Utc;
use scraper::{Html, Node};
use serde_json::Value;
use tearsheet::archive::Archive;
use tearsheet::config;
use tearsheet::model::CanonicalUrl;
use tearsheet::pipeline::{self, PageOutcome};

use crate::fetch::server::{Reply, Server, not_found, page, response};
use crate::program::{self, ON_LOOPBACK, Program};
use pages::{FAILED, GOOD, HELD};

/// A server, and a program whose one source it is.
async fn courier(answer: impl Fn(&str) -> Reply + Send + Sync + 'static) -> (Server, Program) {
    let server = Server::start(move |path, _| answer(path)).await;
    let settings = format!("{ON_LOOPBACK}max_size = {}\n", pages::MAX_SIZE);
    let program = Program::new(&settings, &[("courier", pages::source(&server.url("/")))]);
    (server, program)
}

const HARBOUR: &str = "<ul><li><a href=/harbour>The harbour is open at last</a>";

/// A listing with one article on it.
fn one_article(path: &str) -> Reply {
    match path {
        "/" => page(HARBOUR),
        "/harbour" => page(&pages::article("harbour", "fish")),
        _ => not_found(),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_bad_page_is_one_recorded_failure_and_the_others_are_published() {
    let (server, program) = courier(pages::answer).await;
    let ended = program.call(&["run", "--json"]);
    assert_eq!((ended.code, ended.stderr.as_str()), (Some(1), ""), "{}", ended.stdout);

    let report = ended.json();
    let source = &report["sources"][0];
    assert_eq!((source["failure"].as_str(), source["new"].as_u64()), (None, Some(GOOD.len() as u64)));
    let troubles = source["troubles"].as_array().unwrap();
    assert_eq!(troubles.len(), HELD.len() + FAILED.len());
    for (outcome, bad) in [("held", HELD), ("failed", FAILED)] {
        for (path, _, reason) in bad {
            check_trouble(troubles, server.url(path).as_str(), outcome, reason);
            let url = CanonicalUrl::of(&server.url(path)).unwrap();
            assert_eq!(program.view().page_state(&url).unwrap().failures, 1, "{path}");
        }
    }
    let entries = program.entries();
    assert_eq!(entries.len(), GOOD.len());
    for (path, _, word) in GOOD {
        let entry = entries.iter().find(|entry| entry.url.as_url().path() == *path).unwrap();
        assert!(entry.article.text.contains(word), "{path}: {}", entry.article.text);
    }
    check_published(&program, entries.len());

    // None of them is asked again before its time, and a bad page is no news.
    let before = server.paths().len();
    let again = program.call(&["run", "--quiet"]);
    assert_eq!((again.code, again.stderr.as_str()), (Some(0), ""));
    assert_eq!(&server.paths()[before..], ["/"]);
}

fn check_trouble(troubles: &[Value], url: &str, outcome: &str, reason: &str) {
    let of_page: Vec<&Value> = troubles.iter().filter(|trouble| trouble["url"] == url).collect();
    let [trouble] = of_page[..] else { panic!("{url} has not one trouble: {of_page:?}") };
    assert_eq!(trouble["outcome"], outcome, "{trouble}");
    assert!(trouble["reason"].as_str().unwrap().contains(reason), "{trouble}");
}

/// Every feed carries the articles, and nothing that is published runs anything.
fn check_published(program: &Program, articles: usize) {
    let mut documents = 0;
    for (name, bytes) in program::files(&program.path("public")) {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if name.ends_with("rss.xml") || name.ends_with("atom.xml") || name.ends_with("feed.json") {
            let feed = feed_rs::parser::parse(text.as_bytes()).unwrap();
            // The open archive document has the first, and what the feed does not carry.
            let carried = if name.contains("/history/") { 1 } else { articles };
            assert_eq!(feed.entries.len(), carried, "{name}");
            for entry in feed.entries {
                let content = entry.content.and_then(|content| content.body);
                check_harmless(&name, &content.unwrap());
                check_harmless(&name, &entry.summary.map(|summary| summary.content).unwrap_or_default());
            }
        } else if name.ends_with(".html") {
            check_harmless(&name, &text);
        } else {
            continue;
        }
        documents += 1;
    }
    assert!(documents > articles, "{documents}");
}

/// Nothing in `html` is or calls a script, whichever element or attribute it stands in.
fn check_harmless(name: &str, html: &str) {
    // The site's own search runs a script of its own, and has nothing of a page in it.
    let is_search = name == "search.html";
    let runs = ["script", "iframe", "object", "embed", "form", "base", "template", "svg", "math"];
    let schemes = ["javascript:", "vbscript:", "data:text"];
    for node in Html::parse_document(html).tree.nodes() {
        let Node::Element(element) = node.value() else { continue };
        let is_own = is_search && ["script", "form"].contains(&element.name());
        assert!(is_own || !runs.contains(&element.name()), "{name}: <{}>", element.name());
        for (attribute, value) in element.attrs() {
            let value: String = value.to_lowercase().split_ascii_whitespace().collect();
            assert!(!attribute.starts_with("on") && attribute != "srcdoc", "{name}: {attribute}={value}");
            assert!(!schemes.iter().any(|scheme| value.contains(scheme)), "{name}: {attribute}={value}");
            assert!(attribute != "http-equiv" || value == "content-security-policy", "{name}: {value}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_page_that_never_comes_holds_up_no_other() {
    let (server, program) = courier(|path| match path {
        "/" => page(&format!("{HARBOUR}<li><a href=/mute>What nobody ever heard of it</a>")),
        "/mute" => Reply::Silence,
        _ => one_article(path),
    })
    .await;
    let config = config::load(program.root()).unwrap();
    let report = pipeline::run(&config, &[], Utc::now(), &|_| ()).await.unwrap();
    let source = &report.sources[0];
    assert_eq!((source.new, source.troubles.len()), (1, 1));
    let PageOutcome::Failed { reason } = &source.troubles[0].outcome else { panic!("{source:?}") };
    assert!(reason.ends_with(" took longer than 30s"), "{reason}");
    assert!(report.needs_a_look());
    let asked: BTreeMap<String, usize> =
        server.paths().into_iter().fold(BTreeMap::new(), |mut count, path| {
            *count.entry(path).or_default() += 1;
            count
        });
    assert_eq!((asked["/mute"], asked["/harbour"]), (1, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_goes_on_to_its_end_though_nobody_reads_what_it_says() {
    let (_server, program) = courier(pages::answer).await;
    let mut command = program.command(&["run"]);
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    command.stderr(writer);
    let ended = program::Ended::of(command.output().unwrap());
    assert_eq!((ended.code, program.entries().len()), (Some(1), GOOD.len()), "{ended:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_listing_that_is_none_is_a_failure_of_its_source_alone() {
    let server = Server::start(|path, _| match path {
        "/good/" => page(HARBOUR),
        "/empty/" => page(""),
        "/picture/" => response("200 OK", &[], b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"),
        "/broken/" => response("500 Internal Server Error", &[], b""),
        _ => one_article(path),
    })
    .await;
    let bad = ["broken", "empty", "gone", "picture"];
    let names = bad.iter().chain(["good"].iter());
    let sources: Vec<_> =
        names.map(|name| (*name, pages::source(&server.url(&format!("/{name}/"))))).collect();
    let program = Program::new(ON_LOOPBACK, &sources);
    let ended = program.call(&["run", "--json"]);
    assert_eq!(ended.code, Some(1), "{ended:?}");
    let report = ended.json();
    for source in report["sources"].as_array().unwrap() {
        let is_bad = bad.contains(&source["source"].as_str().unwrap());
        assert_eq!(source["failure"].is_string(), is_bad, "{source}");
        assert_eq!(source["new"], u64::from(!is_bad), "{source}");
    }
    let status = program.call(&["status", "--json"]);
    assert_eq!(status.code, Some(1), "{status:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mistake_in_the_configuration_ends_before_anything_is_asked() {
    let (server, program) = courier(one_article).await;
    let mistakes = [
        ("tearsheet.toml", "[fetch]\ntimeout = \"soon\"\n", "timeout"),
        ("tearsheet.toml", "[fetch\n", "tearsheet.toml"),
    ];
    for (file, text, told) in mistakes {
        let path = program.path("config").join(file);
        let before = fs::read(&path).ok();
        fs::write(&path, text).unwrap();
        for arguments in [&["run"][..], &["run", "--quiet"], &["build"], &["check"]] {
            let ended = program.call(arguments);
            assert_eq!((ended.code, ended.stdout.as_str()), (Some(2), ""), "{ended:?}");
            assert!(ended.stderr.contains(told), "{ended:?}");
        }
        match before {
            Some(text) => fs::write(&path, text).unwrap(),
            None => fs::remove_file(&path).unwrap(),
        }
    }
    assert_eq!(program.call(&["run", "nobody"]).code, Some(2));
    assert_eq!(program.call(&["run", "--no-such-option"]).code, Some(2));
    assert!(server.paths().is_empty(), "{:?}", server.paths());
    assert!(!program.path("archive").join("warc").exists());
    assert_eq!(program.call(&["run"]).code, Some(0));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_archive_that_another_run_holds_is_left_alone() {
    let (server, program) = courier(one_article).await;
    let (archive, _) = Archive::open(&program.archive_settings(), Utc::now()).unwrap();
    for command in ["run", "build", "rebuild"] {
        let ended = program.call(&[command]);
        assert_eq!((ended.code, ended.stdout.as_str()), (Some(4), ""), "{ended:?}");
        assert!(ended.stderr.contains("error: another run is in progress"), "{ended:?}");
    }
    assert!(server.paths().is_empty(), "{:?}", server.paths());
    archive.close().unwrap();
    assert_eq!(program.call(&["run"]).code, Some(0));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_archive_that_cannot_be_written_ends_before_anything_is_asked() {
    let (server, program) = courier(one_article).await;
    fs::write(program.path("archive"), "in its place").unwrap();
    let ended = program.call(&["run"]);
    assert_eq!(ended.code, Some(3), "{ended:?}");
    assert!(ended.stderr.contains("archive"), "{ended:?}");
    assert!(server.paths().is_empty(), "{:?}", server.paths());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_output_that_cannot_be_written_costs_no_article() {
    let (server, program) = courier(one_article).await;
    fs::write(program.path("public"), "in its place").unwrap();
    let ended = program.call(&["run"]);
    assert_eq!(ended.code, Some(3), "{ended:?}");
    assert!(ended.stderr.contains("public"), "{ended:?}");
    fs::remove_file(program.path("public")).unwrap();
    assert_eq!(program.call(&["run"]).code, Some(0));
    assert!(program.path("public/courier/rss.xml").exists());
    assert_eq!(server.paths().iter().filter(|path| *path == "/harbour").count(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn quiet_says_nothing_unless_there_is_trouble() {
    let (_server, program) = courier(one_article).await;
    for arguments in [&["run", "--quiet"][..], &["--quiet", "run"], &["-q", "build"], &["-q", "rebuild"]] {
        let ended = program.call(arguments);
        assert_eq!((ended.code, ended.stdout.as_str(), ended.stderr.as_str()), (Some(0), "", ""));
    }
    let (server, program) = courier(|path| match path {
        "/" => page(&format!("{HARBOUR}<li><a href=/gone>What is gone for good now</a>")),
        _ => one_article(path),
    })
    .await;
    let settings = fs::read_to_string(program.path("config/tearsheet.toml")).unwrap();
    fs::write(program.path("config/tearsheet.toml"), settings + "[run]\ntell_after = \"0s\"\n").unwrap();
    let ended = program.call(&["run", "--quiet"]);
    let expected = format!("courier: {}: failed: the server answered 404 (Not Found)\n", server.url("/gone"));
    assert_eq!((ended.code, ended.stdout, ended.stderr), (Some(1), String::new(), expected));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_is_asked_once_however_often_and_in_whatever_form_it_is_listed() {
    let (server, program) = courier(|path| match path {
        "/" => page(
            "<ul><li><a href=/harbour>The harbour is open at last</a><li><a href=/harbour#top>And once again from the \
             top</a><li><a href='/harbour?utm_source=x'>As told by somebody else entirely</a><li><a \
             href='mailto:me@courier.example'>Write to us about the harbour</a><li><a href='javascript:alert(1)'>Run \
             this script right now please</a><li><a href='http://'>A link that leads to nowhere</a><li><a>A link that \
             has no address at all</a></ul>",
        ),
        _ => one_article(path),
    })
    .await;
    assert_eq!(program.call(&["run", "--quiet"]).code, Some(0));
    let asked: BTreeSet<String> = server.paths().into_iter().collect();
    assert_eq!((server.paths().len(), asked.len()), (2, 2), "{asked:?}");
    assert_eq!(program.entries().len(), 1);
}
