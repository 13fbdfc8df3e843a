//! `tearsheet search`: what is archived is found by its words, and what is not there any longer is not.

use std::fs;

use chrono::{TimeDelta, Utc};
use serde_json::Value;
use tearsheet::archive::Archive;
use tearsheet::{config, pipeline};

use crate::program::{Ended, ON_LOOPBACK, Program};
use crate::small_site::SmallSite;

const HAFEN: &str = "Zürich baut eine Brücke über den Fluss";
const CHINESE: &str = "香港新渡船今日启航";

/// A page with this title and some text of its own.
fn article(site: &SmallSite, path: &str, title: &str, date: &str, words: &str) {
    let paragraph = |part: &str| {
        format!(
            "<p>{words} In {part} the keeper writes what she saw of it from her window, how long it took and who came to \
             look, and that nobody on the shore will forget this day for a long time.</p>"
        )
    };
    let parts =
        [paragraph("the first part"), paragraph("the second part"), paragraph("the last part")].concat();
    site.html(
        path,
        &format!(
            "<article><h1>{title}</h1><p class=byline>By Ada Keeper, <time datetime=\"{date}\">then</time></p>{parts}</article>"
        ),
    );
}

async fn archived() -> (SmallSite, Program) {
    let site = SmallSite::start().await;
    article(&site, "/news/bridge", HAFEN, "2025-03-01", "Die alte Strasse war zu schmal.");
    article(&site, "/news/ferry", CHINESE, "2025-04-01", "渡船由香港出发。");
    article(
        &site,
        "/news/storks",
        "Storks nest on the tower again",
        "2025-05-01",
        "A pair of storks is back.",
    );
    let card =
        |path: &str, title: &str| format!("<div class=card><h3><a href=\"{path}\">{title}</a></h3></div>");
    let cards = [
        card("/news/bridge", HAFEN),
        card("/news/ferry", CHINESE),
        card("/news/storks", "Storks nest on the tower again"),
    ];
    site.html("/", &cards.concat());
    let source = format!("url = \"{}\"\ntitle = \"The Window\"\n", site.url);
    let program = Program::new(ON_LOOPBACK, &[("window", source)]);
    assert_eq!(program.call(&["run"]).code, Some(0));
    (site, program)
}

fn titles(ended: &Ended) -> Vec<String> {
    let hits = &ended.json()["hits"];
    hits.as_array().unwrap().iter().map(|hit| hit["title"].as_str().unwrap().to_owned()).collect()
}

fn found(program: &Program, words: &[&str]) -> Vec<String> {
    let ended = program.call(&[&["search", "--json"], words].concat());
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert_eq!(ended.json()["unsearched"], 0);
    titles(&ended)
}

#[tokio::test(flavor = "multi_thread")]
async fn articles_are_found_by_words_of_any_script_whatever_their_case_and_accents() {
    let (_site, program) = archived().await;
    assert!(program.path("archive/search.sqlite").exists(), "a run makes what it brings searchable");
    for (words, title) in [
        (&["zurich"][..], HAFEN),
        (&["BRÜCKE", "strasse"], HAFEN),
        (&["/news/bridge"], HAFEN),
        (&["渡船"], CHINESE),
        (&["新渡船今日"], CHINESE),
        (&["渡"], CHINESE),
        (&["storks nest"], "Storks nest on the tower again"),
        (&["tow*"], "Storks nest on the tower again"),
        (&["stor"], "Storks nest on the tower again"),
    ] {
        assert_eq!(found(&program, words), [title], "{words:?}");
    }
    for words in [&["渡新"][..], &["nest storks"], &["zurich", "storks"], &["ork"]] {
        assert_eq!(found(&program, words), Vec::<String>::new(), "{words:?}");
    }
    assert_eq!(found(&program, &["--", "keeper", "-storks", "-zurich"]), [CHINESE]);
    assert_eq!(found(&program, &["keeper"]).len(), 3);
    assert_eq!(found(&program, &["keeper", "--since", "2025-05-01"]), ["Storks nest on the tower again"]);
    assert_eq!(found(&program, &["keeper", "--since", "1d"]), Vec::<String>::new());
    assert_eq!(found(&program, &["storks", "--source", "window"]).len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_found_is_shown_with_the_words_around_it() {
    let (_site, program) = archived().await;
    let shown = program.call(&["search", "storks"]);
    let lines: Vec<&str> = shown.stdout.lines().map(str::trim).collect();
    assert_eq!(lines[0], "date        source  title");
    assert_eq!(lines[1], "2025-05-01  window  Storks nest on the tower again");
    assert!(
        lines[2].ends_with("/news/storks") && lines[3].starts_with("A pair of storks is back."),
        "{shown:?}"
    );
    let first: Value = program.call(&["search", "keeper", "--limit", "1", "--json"]).json();
    assert_eq!((first["hits"].as_array().unwrap().len(), &first["all"]), (1, &3.into()));
    assert!(first["hits"][0]["snippet"].as_str().unwrap().contains("keeper"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_search_that_cannot_be_made_says_why() {
    let (_site, program) = archived().await;
    let none = program.call(&["search", "quagga"]);
    assert_eq!((none.code, none.stdout.as_str(), none.stderr.as_str()), (Some(0), "", "no article found\n"));
    let unknown = program.call(&["search", "storks", "--source", "windows"]);
    assert_eq!(unknown.code, Some(2));
    assert!(unknown.stderr.contains("did you mean `window`?"), "{unknown:?}");
    for wrong in [&["search", "…"][..], &["search"], &["search", "x", "--since", "yesterday"]] {
        assert_eq!(program.call(wrong).code, Some(2), "{wrong:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_corrected_is_found_as_it_is_now_and_what_was_taken_down_is_not() {
    let (site, program) = archived().await;
    article(
        &site,
        "/news/storks",
        "Herons nest on the tower again",
        "2025-05-01",
        "A pair of herons is back.",
    );
    site.put("/", &site.page("/").replace("Storks", "Herons"));
    let config = config::load(program.root()).unwrap();
    let report = pipeline::run(&config, &[], Utc::now() + TimeDelta::hours(7), &|_| {}).await.unwrap();
    assert_eq!(report.sources[0].revised, 1, "{report:?}");
    assert_eq!(found(&program, &["herons"]), ["Herons nest on the tower again"]);
    assert_eq!(found(&program, &["storks nest"]), Vec::<String>::new());
    let url = site.at("/news/ferry").to_string();
    assert_eq!(program.call(&["withdraw", &url, "--reason", "asked for"]).code, Some(0));
    assert_eq!(found(&program, &["渡船"]), Vec::<String>::new());
    assert_eq!(program.call(&["release", &url]).code, Some(0));
    assert_eq!(found(&program, &["渡船"]), [CHINESE]);
    assert_eq!(found(&program, &["keeper"]).len(), 3, "nothing twice");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_search_index_that_is_missing_or_damaged_is_made_again() {
    let (_site, program) = archived().await;
    let path = program.path("archive/search.sqlite");
    fs::remove_file(&path).unwrap();
    assert_eq!(found(&program, &["zurich"]), [HAFEN]);
    fs::write(&path, "no database at all, though it may once have been one").unwrap();
    assert_eq!(found(&program, &["zurich"]), [HAFEN]);
    // Whole at its beginning, and nothing behind.
    let whole = fs::read(&path).unwrap();
    fs::write(&path, &whole[..4096]).unwrap();
    for beside in ["-wal", "-shm"] {
        let _ = fs::remove_file(program.path(&format!("archive/search.sqlite{beside}")));
    }
    assert_eq!(found(&program, &["zurich"]), [HAFEN]);
    // The numbers of another index mean other articles.
    assert_eq!(program.call(&["rebuild", "--index"]).code, Some(0));
    assert_eq!(found(&program, &["zurich"]), [HAFEN]);
}

#[tokio::test(flavor = "multi_thread")]
async fn beside_a_run_what_is_known_is_searched_and_what_is_not_is_told() {
    let (_site, program) = archived().await;
    let (held, _) = Archive::open(&program.archive_settings(), Utc::now()).unwrap();
    assert_eq!(found(&program, &["zurich"]), [HAFEN], "it needs no lock when nothing is missing");
    fs::remove_file(program.path("archive/search.sqlite")).unwrap();
    let locked = program.call(&["search", "zurich"]);
    assert_eq!(locked.code, Some(4), "{locked:?}");
    drop(held);
    assert_eq!(found(&program, &["zurich"]), [HAFEN]);
}

/// Calls the program as somebody who may read the archive and not write it.
fn call_as_reader(program: &Program, arguments: &[&str]) -> Ended {
    use std::os::unix::fs::PermissionsExt as _;
    use std::os::unix::process::CommandExt as _;
    let mut folders = vec![program.root().to_owned()];
    while let Some(folder) = folders.pop() {
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o555)).unwrap();
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                fs::set_permissions(&path, fs::Permissions::from_mode(0o444)).unwrap();
            }
        }
    }
    let mut command = program.command(arguments);
    // The superuser may write everything.
    if rustix::process::geteuid().is_root() {
        command.uid(65534).gid(65534);
    }
    Ended::of(command.output().unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_archive_that_cannot_be_written_is_searched_with_and_without_an_index() {
    let (site, program) = archived().await;
    let search = |words: &str| {
        let ended = call_as_reader(&program, &["search", words, "--json"]);
        assert_eq!(ended.code, Some(0), "{ended:?}");
        (titles(&ended), ended.stderr)
    };
    let writable = || {
        use std::os::unix::fs::PermissionsExt as _;
        for path in ["", "archive", "archive/search.sqlite"] {
            fs::set_permissions(program.path(path), fs::Permissions::from_mode(0o755)).unwrap();
        }
    };
    assert_eq!(search("zurich").0, [HAFEN]);
    writable();
    fs::remove_file(program.path("archive/search.sqlite")).unwrap();
    assert_eq!(search("zurich").0, [HAFEN], "an index is made that goes again");
    assert!(!program.path("archive/search.sqlite").exists());
    drop(site);
}

#[test]
fn an_archive_without_articles_has_none_to_find() {
    let program = Program::new("", &[("window", "url = \"https://window.example/\"\n".to_owned())]);
    let none = program.call(&["search", "zurich"]);
    assert_eq!((none.code, none.stderr.as_str()), (Some(0), "no article found\n"), "{none:?}");
    assert!(!program.path("archive").exists(), "searching makes no archive");
}
