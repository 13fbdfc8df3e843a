//! The whole flow, over HTTP, against the demo's newspaper: what a run finds, asks for, keeps and writes.

use std::collections::BTreeSet;
use std::fs;

use chrono::TimeDelta;
use tearsheet::demo::{Article, DISALLOWED_PATH, MISSING_PATH, SOFT_ERROR_PATH};
use tearsheet::pipeline::{self, PageOutcome};
use url::Url;

use crate::newspaper::{Press, captions, files, now, text};
use crate::program::{ON_LOOPBACK, Program};
use crate::small_site::{SmallSite, cards};

fn words(text: &str) -> String {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// What is read and was not written, and the other way round. One thing that some templates add is the newspaper's own
/// text as well: the summary above it.
fn paragraphs_that_differ(read: &str, article: &Article) -> String {
    let split = |text: &str| -> Vec<String> {
        let parts = text.split(['\n', '\t']).map(words);
        parts.filter(|part| !part.is_empty()).collect()
    };
    let (read, written, summary) = (split(read), split(&text(article)), words(&article.summary));
    let extra: Vec<_> = read.iter().filter(|part| !written.contains(part) && **part != summary).collect();
    let missing: Vec<_> = written.iter().filter(|part| !read.contains(part)).collect();
    match (extra.is_empty(), missing.is_empty()) {
        (true, true) => String::new(),
        _ => format!("\n  too much: {extra:?}\n  missing: {missing:?}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_article_is_archived_as_the_newspaper_wrote_it() {
    let press = Press::start();
    press.run(now()).await;
    let entries = pipeline::entries(&press.config).unwrap();
    let mut wrong = Vec::new();
    for article in press.site.articles() {
        let Some(entry) = entries.iter().find(|entry| entry.article.title == article.title) else {
            wrong.push(format!("missing: {}", article.title));
            continue;
        };
        let date = entry.article.published.map(|moment| moment.date());
        if date != Some(article.published.date_naive()) {
            wrong.push(format!("{}: date {date:?}, not {}", article.title, article.published));
        }
        if entry.article.authors != article.authors {
            wrong.push(format!("{}: authors {:?}", article.title, entry.article.authors));
        }
        let difference = paragraphs_that_differ(&entry.article.text, &article);
        if !difference.is_empty() {
            wrong.push(format!("{}: {difference}", article.title));
        }
        for caption in captions(&article).iter().filter(|caption| !entry.article.html.contains(*caption)) {
            wrong.push(format!("{}: no caption {caption}", article.title));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(entries.len(), press.site.articles().len(), "and nothing else is");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_article_is_held_back_or_failed_with_its_reason() {
    let press = Press::start();
    let report = press.run(now()).await;
    let requested = press.requested();
    assert!(!requested.iter().any(|path| path == DISALLOWED_PATH), "a disallowed path is never requested");
    let troubles: Vec<_> = report.sources.iter().flat_map(|source| &source.troubles).collect();
    let trouble = |path: &str| {
        troubles.iter().find(|trouble| trouble.url.path() == path).map(|trouble| &trouble.outcome)
    };
    assert!(
        matches!(trouble(DISALLOWED_PATH), Some(PageOutcome::Failed { reason }) if reason.contains("robots.txt"))
    );
    assert!(matches!(trouble(MISSING_PATH), Some(PageOutcome::Failed { reason }) if reason.contains("404")));
    assert!(matches!(trouble(SOFT_ERROR_PATH), Some(PageOutcome::Held { .. })));
    assert_eq!(troubles.len(), 3);
    assert!(report.needs_a_look());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_run_asks_for_no_article_and_writes_no_file() {
    let press = Press::start();
    press.run(now()).await;
    let (archived, published) = (files(&press.root.path().join("archive/warc")), files(&press.output()));
    let article_paths: BTreeSet<String> =
        press.site.articles().into_iter().map(|article| article.path).collect();
    press.requested();
    let report = press.run(now() + TimeDelta::minutes(10)).await;
    let requested = press.requested();
    assert!(!requested.is_empty());
    assert!(requested.iter().all(|path| !article_paths.contains(path)), "{requested:?}");
    assert_eq!((report.published.written, report.published.removed), (0, 0));
    assert!(files(&press.root.path().join("archive/warc")) == archived, "no WARC file was written");
    assert!(files(&press.output()) == published, "no published byte changed");
    assert!(!report.needs_a_look(), "a trouble that waits for its next try is not told again");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_article_and_a_corrected_one_are_fetched_and_nothing_else() {
    let press = Press::start();
    press.run(now()).await;
    press.requested();
    for round in 1..=2 {
        let new = press.site.publish_one_more().unwrap();
        let edited = press.site.edit_one().unwrap();
        let report = press.run(now() + TimeDelta::minutes(10 * round)).await;
        let requested = press.requested();
        let articles: Vec<String> = press.site.articles().into_iter().map(|article| article.path).collect();
        let asked: BTreeSet<&String> = requested.iter().filter(|path| articles.contains(path)).collect();
        assert_eq!(asked, BTreeSet::from([&new.path, &edited.path]));
        let (added, revised) = report.sources.iter().fold((0, 0), |(a, r), s| (a + s.new, r + s.revised));
        assert_eq!((added, revised), (1, 1), "{report:#?}");
        let entries = pipeline::entries(&press.config).unwrap();
        let entry = entries.iter().find(|entry| entry.article.title == edited.title).unwrap();
        assert_eq!(paragraphs_that_differ(&entry.article.text, &edited), "");
        assert_eq!(entry.revision, 2);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn index_and_output_are_rebuilt_from_the_warc_files_byte_for_byte() {
    let press = Press::start();
    press.run(now()).await;
    let _ = (press.site.publish_one_more(), press.site.edit_one());
    press.run(now() + TimeDelta::minutes(10)).await;
    let published = files(&press.output());
    for name in ["index.sqlite", "index.sqlite-wal", "index.sqlite-shm"] {
        let _ = fs::remove_file(press.root.path().join("archive").join(name));
    }
    fs::remove_dir_all(press.output()).unwrap();
    // The newspaper is gone: what is rebuilt is rebuilt offline.
    let Press { server, config, .. } = &press;
    drop(server.take_requests());
    pipeline::rebuild_index(config, now(), &|_| {}).unwrap();
    pipeline::build(config, now(), &|_| {}).unwrap();
    assert!(server.take_requests().is_empty());
    let rebuilt = files(&press.output());
    let names = |files: &std::collections::BTreeMap<std::path::PathBuf, Vec<u8>>| {
        files.keys().cloned().collect::<Vec<_>>()
    };
    assert_eq!(names(&rebuilt), names(&published));
    for (path, bytes) in &published {
        assert!(rebuilt[path] == *bytes, "{} differs", path.display());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_index_costs_no_article_request() {
    let press = Press::start();
    press.run(now()).await;
    press.requested();
    fs::remove_file(press.root.path().join("archive/index.sqlite")).unwrap();
    press.run(now() + TimeDelta::minutes(10)).await;
    let articles: Vec<String> = press.site.articles().into_iter().map(|article| article.path).collect();
    assert!(press.requested().iter().all(|path| !articles.contains(path)));
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_named_sources_are_run() {
    let press = Press::start();
    let only = ["courier-science".to_owned()];
    let report = pipeline::run(&press.config, &only, now(), &|_| {}).await.unwrap();
    assert_eq!(report.sources.len(), 1);
    assert!(press.requested().iter().all(|path| path.starts_with("/science") || path.starts_with("/images")));
    let unknown = pipeline::run(&press.config, &["nobody".to_owned()], now(), &|_| {}).await;
    assert!(matches!(unknown, Err(pipeline::Error::UnknownSource { id, .. }) if id == "nobody"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_source_that_is_named_twice_is_run_once() {
    let press = Press::start();
    let named = ["courier-science", "courier-science"].map(str::to_owned);
    let report = pipeline::run(&press.config, &named, now(), &|_| {}).await.unwrap();
    assert_eq!(report.sources.len(), 1);
    let mut asked = press.requested();
    let all = asked.len();
    asked.sort();
    asked.dedup();
    assert_eq!(asked.len(), all, "nothing is fetched twice");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_archive_that_vanished_empties_no_output() {
    let press = Press::start();
    press.run(now()).await;
    let published = files(&press.output());
    fs::remove_dir_all(press.root.path().join("archive")).unwrap();
    for _ in 0..2 {
        let refused = pipeline::run(&press.config, &[], now(), &|_| {}).await;
        assert!(matches!(refused, Err(pipeline::Error::Vanished { .. })), "{refused:?}");
        assert!(pipeline::build(&press.config, now(), &|_| {}).is_err());
    }
    assert!(files(&press.output()) == published);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_record_takes_nothing_from_the_output() {
    let press = Press::start();
    press.run(now()).await;
    let published = files(&press.output());
    let warcs = press.root.path().join("archive/warc");
    let (name, mut bytes) = files(&warcs).into_iter().next().unwrap();
    // A fifth of the file holds the whole of some article.
    let (from, to) = (bytes.len() * 2 / 5, bytes.len() * 3 / 5);
    for byte in &mut bytes[from..to] {
        *byte ^= 0xff;
    }
    fs::write(warcs.join(name), bytes).unwrap();
    let built = pipeline::build(&press.config, now(), &|_| {}).unwrap();
    assert!(!built.unreadable.is_empty());
    assert_eq!((built.written, built.removed), (0, 0));
    assert!(files(&press.output()) == published);
}

/// The links on the page at `path` of the output that lead to no file.
fn dead_links(program: &Program, path: &str) -> Vec<String> {
    let file = program.path("public").join(path);
    let page = fs::read_to_string(&file).unwrap();
    let base = Url::from_file_path(file).unwrap();
    let links = page.split("href=\"").skip(1).map(|rest| base.join(rest.split('"').next().unwrap()).unwrap());
    let dead = links.filter(|link| link.to_file_path().is_ok_and(|file| !file.exists()));
    dead.map(|link| link.to_string()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_article_keeps_its_page_while_any_source_has_it() {
    let site = SmallSite::start().await;
    site.articles(1..5);
    site.html("/", &cards(1..3));
    site.html("/world", &cards(1..5));
    let source = |path: &str| format!("url = \"{}\"\nkind = \"listing\"\n", site.at(path));
    let program = Program::new(ON_LOOPBACK, &[("front", source("/")), ("world", source("/world"))]);
    let called = tokio::task::spawn_blocking(move || {
        let ran = program.call(&["run"]);
        fs::remove_file(program.path("config/sources/front.toml")).unwrap();
        let built = program.call(&["build"]);
        (program, ran, built)
    });
    let (program, ran, built) = called.await.unwrap();
    assert_eq!((ran.code, built.code, program.entries().len()), (Some(0), Some(0), 4), "{ran:?} {built:?}");
    assert!(program.entries().iter().any(|entry| entry.source.as_str() == "front"));
    assert!(!program.path("public/front/index.html").exists());
    for page in ["index.html", "world/index.html"] {
        assert_eq!(dead_links(&program, page), [""; 0], "{page}");
    }
}
