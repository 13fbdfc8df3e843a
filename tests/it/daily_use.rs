//! The commands of daily use, as a user types them: a folder is made, sources come and go, the site is looked at.

use std::fs;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::program::{Ended, ON_LOOPBACK, Program, files};
use crate::small_site::{SmallSite, cards};

/// The program in an empty folder, whatever its root is.
fn bare(folder: &tempfile::TempDir, arguments: &[&str]) -> Ended {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tearsheet"));
    command.current_dir(folder.path()).args(arguments).stdin(Stdio::null()).env_remove("TEARSHEET_ROOT");
    Ended::of(command.output().unwrap())
}

/// A site with three articles, which the program has archived and published.
async fn followed(settings: &str) -> (SmallSite, Program) {
    let site = SmallSite::start().await;
    site.articles(1..=3);
    site.html("/", &cards(1..=3));
    let source = format!("url = \"{}\"\ntitle = \"Gulls of the coast\"\n", site.url);
    let program = Program::new(&format!("{ON_LOOPBACK}{settings}"), &[("gulls", source)]);
    let run = program.call(&["run"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    (site, program)
}

#[test]
fn a_new_folder_is_one_that_check_accepts() {
    let folder = tempfile::tempdir().unwrap();
    let contact = [
        "--title",
        "Gulls \"& terns\"",
        "--base-url",
        "https://gulls.example/f",
        "--contact",
        "a@gulls.example",
    ];
    let made = bare(&folder, &[&["init", "feeds"], &contact[..]].concat());
    assert_eq!(made.code, Some(0), "{made:?}");
    assert!(made.stderr.contains("tearsheet add URL"), "the next step is named: {made:?}");
    let checked = bare(&folder, &["--root", "feeds", "check"]);
    assert_eq!(checked.code, Some(0), "{checked:?}");
    assert!(!checked.stderr.contains("no contact"), "{checked:?}");
    let settings = fs::read_to_string(folder.path().join("feeds/config/tearsheet.toml")).unwrap();
    assert!(settings.contains("title = 'Gulls \"& terns\"'"), "{settings}");

    let before = files(folder.path());
    let again = bare(&folder, &["init", "feeds"]);
    assert_eq!(again.code, Some(2), "{again:?}");
    assert!(again.stderr.contains("already"), "{again:?}");
    assert_eq!(files(folder.path()), before, "what is there stays");
}

#[test]
fn a_value_that_init_cannot_use_makes_no_folder() {
    let folder = tempfile::tempdir().unwrap();
    let made = bare(&folder, &["init", "feeds", "--base-url", "gulls.example"]);
    assert_eq!(made.code, Some(2), "{made:?}");
    assert!(made.stderr.contains("base_url"), "{made:?}");
    assert!(!folder.path().join("feeds").exists());
}

#[test]
fn a_command_in_a_folder_that_is_none_makes_nothing_and_names_init() {
    let commands: [&[&str]; 15] = [
        &["add", "https://gulls.example/"],
        &["import", "list.opml"],
        &["run"],
        &["status"],
        &["list"],
        &["edit"],
        &["remove", "gulls"],
        &["open"],
        &["serve"],
        &["build"],
        &["check"],
        &["show", "https://gulls.example/1"],
        &["prune"],
        &["verify"],
        &["release", "https://gulls.example/1"],
    ];
    for command in commands {
        let folder = tempfile::tempdir().unwrap();
        let ended = bare(&folder, command);
        assert_eq!(ended.code, Some(2), "{command:?}: {ended:?}");
        assert!(ended.stderr.contains("`tearsheet init` makes one"), "{command:?}: {ended:?}");
        assert!(files(folder.path()).is_empty(), "{command:?}");
    }
}

#[test]
fn the_environment_names_the_folder_where_no_option_does() {
    let program = Program::new(ON_LOOPBACK, &[("gulls", "url = \"https://gulls.example/\"\n".to_owned())]);
    let elsewhere = tempfile::tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_tearsheet"));
    command.current_dir(elsewhere.path()).arg("list").env("TEARSHEET_ROOT", program.root());
    let listed = Ended::of(command.output().unwrap());
    assert_eq!(listed.code, Some(0), "{listed:?}");
    assert!(listed.stdout.contains("gulls"), "{listed:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn sources_are_listed_with_their_title_kind_newest_article_and_state() {
    let (_site, program) = followed("").await;
    fs::write(program.path("config/sources/terns.toml"), "url = \"no url\"\n").unwrap();
    let listed = program.call(&["list"]);
    assert_eq!(listed.code, Some(0), "{listed:?}");
    let line = listed.stdout.lines().find(|line| line.starts_with("gulls")).unwrap();
    assert!(line.contains("Gulls of the coast") && line.contains(" 3 ") && line.ends_with("ok"), "{line}");
    let json = program.call(&["list", "--json"]).json();
    let [gulls, terns] = [&json["sources"][0], &json["sources"][1]];
    assert_eq!(
        (&gulls["source"], &gulls["articles"], &gulls["state"]),
        (&"gulls".into(), &3.into(), &"ok".into())
    );
    assert!(gulls["newest_article"].is_string(), "{json}");
    assert_eq!(terns["state"], "broken");

    let one = program.call(&["status", "gulls"]);
    assert_eq!(one.code, Some(0), "the state of others is not asked for: {one:?}");
    assert!(one.stdout.contains("gulls") && !one.stdout.contains("terns"), "{one:?}");
    let unknown = program.call(&["status", "gull"]);
    assert_eq!(unknown.code, Some(2));
    assert!(unknown.stderr.contains("no source called `gull`; did you mean `gulls`?"), "{unknown:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_removed_source_keeps_its_articles_and_comes_back_with_them() {
    let (site, program) = followed("").await;
    let other = format!("url = \"{}\"\nfollow = false\n", site.at("/other"));
    fs::write(program.path("config/sources/terns.toml"), other).unwrap();
    let source = fs::read(program.path("config/sources/gulls.toml")).unwrap();
    let entries = program.entries();

    let planned = program.call(&["remove", "--dry-run", "gulls"]);
    assert_eq!(planned.code, Some(0), "{planned:?}");
    assert!(planned.stderr.contains("would remove") && program.path("config/sources/gulls.toml").exists());

    let removed = program.call(&["remove", "gulls"]);
    assert_eq!(removed.code, Some(0), "{removed:?}");
    assert!(removed.stderr.contains("3 articles stay in the archive"), "{removed:?}");
    assert_eq!(program.call(&["build"]).code, Some(0));
    assert!(!program.path("public/gulls/atom.xml").exists(), "it has no feed any more");
    assert_eq!(program.entries(), entries);

    fs::write(program.path("config/sources/gulls.toml"), source).unwrap();
    assert_eq!(program.call(&["build"]).code, Some(0));
    assert!(program.path("public/gulls/atom.xml").exists());
    assert!(removed.stderr.contains("the next run or build removes"), "{removed:?}");
    let last = program.call(&["remove", "--dry-run", "gulls", "terns"]);
    assert!(last.stderr.contains("no source is left"), "{last:?}");
    let unknown = program.call(&["remove", "gull"]);
    assert_eq!(unknown.code, Some(2));
    assert!(unknown.stderr.contains("did you mean `gulls`?"), "{unknown:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_source_that_a_merged_feed_names_is_not_removed() {
    let (_site, program) = followed("[[feed]]\nid = \"all\"\nsources = [\"gulls\"]\n").await;
    let before = files(&program.path("config"));
    let removed = program.call(&["remove", "gulls"]);
    assert_eq!(removed.code, Some(2), "{removed:?}");
    assert!(removed.stderr.contains("nothing was removed"), "{removed:?}");
    assert_eq!(files(&program.path("config")), before);
}

#[cfg(unix)]
#[test]
fn a_file_is_checked_after_the_editor() {
    let program = Program::new(ON_LOOPBACK, &[("gulls", "url = \"https://gulls.example/\"\n".to_owned())]);
    let edit = |editor: &str, arguments: &[&str]| {
        let mut command = program.command(&[&["edit"], arguments].concat());
        Ended::of(command.env_remove("VISUAL").env("EDITOR", editor).output().unwrap())
    };
    let script = program.path("break.sh");
    fs::write(&script, "echo 'kind = \"nothing\"' >> \"$1\"\n").unwrap();
    assert_eq!(edit("true", &["gulls"]).code, Some(0));
    let broken = edit(&format!("sh {}", script.display()), &["gulls"]);
    assert_eq!(broken.code, Some(2), "{broken:?}");
    assert!(broken.stderr.contains("`nothing` is not one of"), "{broken:?}");
    // A broken file can be edited again: that is how it is mended.
    assert_eq!(edit("true", &["gulls"]).code, Some(2));
    let mend = program.path("mend.sh");
    fs::write(&mend, "echo 'url = \"https://gulls.example/\"' > \"$1\"\n").unwrap();
    assert_eq!(edit(&format!("sh {}", mend.display()), &["gulls"]).code, Some(0));
    let unknown = edit("true", &["gull"]);
    assert!(unknown.code == Some(2) && unknown.stderr.contains("did you mean `gulls`?"), "{unknown:?}");
    let missing = edit("no-such-editor-anywhere", &[]);
    assert!(missing.code == Some(2) && missing.stderr.contains("set EDITOR"), "{missing:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_of_the_site_is_opened_where_it_was_written() {
    let (site, program) = followed("").await;
    let print = |what: &[&str]| program.call(&[&["open", "--print"], what].concat());
    for what in [vec![], vec!["gulls".to_owned()], vec![site.at("/2026/2").to_string()]] {
        let Some(article) = program.entries().into_iter().next() else { panic!("three articles are there") };
        let what = if what.first().is_some_and(|what| what.contains("/2026/")) {
            vec![article.url.to_string()]
        } else {
            what
        };
        let what: Vec<&str> = what.iter().map(String::as_str).collect();
        let opened = print(&what);
        assert_eq!(opened.code, Some(0), "{opened:?}");
        let url = url::Url::parse(opened.stdout.trim()).unwrap();
        assert!(url.to_file_path().unwrap().is_file(), "{url}");
    }
    let id = program.entries()[0].id.to_string();
    assert!(print(&[&id]).stdout.contains("/articles/gulls/"));
    assert!(print(&["gull"]).stderr.contains("did you mean `gulls`?"));
    let mut command = program.command(&["open"]);
    let started = Ended::of(command.env("BROWSER", "true").output().unwrap());
    assert_eq!(started.code, Some(0), "{started:?}");
}

/// A server that was started; it is killed with the test.
struct Served {
    child: Child,
    address: String,
}

impl Served {
    fn start(program: &Program, arguments: &[&str]) -> Served {
        let all = [&["serve", "--listen", "127.0.0.1:0"], arguments].concat();
        let mut child = program.command(&all).spawn().unwrap();
        let mut first = String::new();
        BufReader::new(child.stderr.take().unwrap()).read_line(&mut first).unwrap();
        let address = first.split_whitespace().find(|word| word.starts_with("http://")).unwrap();
        Served { address: address.trim_end_matches(';').to_owned(), child }
    }

    async fn get(&self, path: &str, headers: &[(&str, &str)]) -> reqwest::Response {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let request = reqwest::Client::new().get(format!("{}{path}", self.address));
        headers
            .iter()
            .fold(request, |request, (name, value)| request.header(*name, *value))
            .send()
            .await
            .unwrap()
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_site_is_served_with_its_types_validators_and_compressed() {
    let (_site, program) = followed("").await;
    let served = Served::start(&program, &[]);
    for (path, media_type) in [
        ("", "text/html"),
        ("gulls/atom.xml", "application/atom+xml; charset=utf-8"),
        ("gulls/rss.xml", "application/rss+xml; charset=utf-8"),
        ("gulls/feed.json", "application/feed+json; charset=utf-8"),
        ("feeds.opml", "text/x-opml; charset=utf-8"),
    ] {
        let response = served.get(path, &[]).await;
        assert_eq!(response.status(), 200, "{path}");
        assert_eq!(response.headers()["content-type"], media_type, "{path}");
    }
    let plain = served.get("gulls/atom.xml", &[]).await;
    let etag = plain.headers()["etag"].to_str().unwrap().to_owned();
    assert_eq!(plain.bytes().await.unwrap(), fs::read(program.path("public/gulls/atom.xml")).unwrap());
    assert_eq!(served.get("gulls/atom.xml", &[("if-none-match", &etag)]).await.status(), 304);
    let packed = served.get("gulls/atom.xml", &[("accept-encoding", "gzip")]).await;
    assert_eq!(packed.headers()["content-encoding"], "gzip");
    for outside in ["../config/tearsheet.toml", "%2e%2e/config/tearsheet.toml", "nothing"] {
        assert_eq!(served.get(outside, &[]).await.status(), 404, "{outside}");
    }
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn a_watching_server_runs_by_itself_and_ends_when_it_is_asked_to() {
    let (site, program) = followed("").await;
    site.articles(4..=4);
    site.html("/", &cards(1..=4));
    let mut served = Served::start(&program, &["--watch", "--every", "1s"]);
    for _ in 0..100 {
        if program.entries().len() == 4 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    assert_eq!(program.entries().len(), 4, "the new article was found");
    assert_eq!(served.get("gulls/atom.xml", &[]).await.status(), 200);
    let killed = Command::new("kill").args(["-TERM", &served.child.id().to_string()]).status().unwrap();
    assert!(killed.success());
    let ended = served.child.wait().unwrap();
    assert_eq!(ended.code(), Some(0), "it ended in good order");
    assert_eq!(program.call(&["verify"]).code, Some(0));
}

#[test]
fn each_command_has_a_page_of_the_manual() {
    let folder = tempfile::tempdir().unwrap();
    let written = bare(&folder, &["man", "--dir", "man1"]);
    assert_eq!(written.code, Some(0), "{written:?}");
    let pages = files(&folder.path().join("man1"));
    assert!(pages.len() > 20 && pages.contains_key("tearsheet.1") && pages.contains_key("tearsheet-run.1"));
    for (name, page) in &pages {
        let page = String::from_utf8(page.clone()).unwrap();
        for section in ["NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "FILES", "\"EXIT STATUS\""] {
            assert!(page.contains(&format!(".SH {section}")), "{name} has no {section}");
        }
    }
    let one = bare(&folder, &["man", "run"]);
    assert_eq!(one.stdout.trim_end().as_bytes(), pages["tearsheet-run.1"].trim_ascii_end());
    assert_eq!(bare(&folder, &["man", "nothing"]).code, Some(2));
}

#[cfg(unix)]
#[test]
fn a_reader_that_stops_early_is_no_failure() {
    let folder = tempfile::tempdir().unwrap();
    for command in ["completions bash", "man", "--help"] {
        let script = format!("set -o pipefail; {} {command} | head -1", env!("CARGO_BIN_EXE_tearsheet"));
        let ended = Command::new("bash").args(["-c", &script]).current_dir(folder.path()).output().unwrap();
        assert!(ended.status.success() && ended.stderr.is_empty(), "{command}: {ended:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_replaces_a_file_only_when_it_may_and_can_be_piped() {
    let (_site, program) = followed("").await;
    let file = program.path("all.warc.gz");
    let file = file.to_str().unwrap();
    assert_eq!(program.call(&["export", "--warc", file]).code, Some(0));
    let written = fs::read(file).unwrap();
    fs::write(file, "mine").unwrap();
    let refused = program.call(&["export", "--warc", file]);
    assert_eq!(refused.code, Some(2), "{refused:?}");
    assert!(refused.stderr.contains("exists; --force replaces it"), "{refused:?}");
    assert_eq!(fs::read(file).unwrap(), b"mine");
    assert_eq!(program.call(&["export", "--force", "--warc", file]).code, Some(0));
    assert_eq!(fs::read(file).unwrap(), written);
    let piped = program.command(&["export", "--warc", "-"]).output().unwrap();
    assert_eq!((piped.status.code(), piped.stdout), (Some(0), written));
    assert_eq!(program.call(&["export", "--warc", "-", "--json"]).code, Some(2));
}

#[test]
fn check_names_what_is_hardly_meant() {
    let settings = "[site]\noutput = \"~/public\"\n[fetch]\ncontact = \"me\"\n[[feed]]\nid = \"all\"\nsources = [\"zzz-*\"]\n";
    let source = || "url = \"https://gulls.example/\"\n".to_owned();
    let program = Program::new(settings, &[("gulls", source()), ("terns", source())]);
    fs::create_dir(program.path("config/rules")).unwrap();
    fs::write(program.path("config/rules/waders.example.toml"), "title = \"h1\"\n").unwrap();
    let checked = program.call(&["check"]);
    assert_eq!(checked.code, Some(0), "a doubt is no mistake: {checked:?}");
    for doubt in [
        "the feed `all` carries no source",
        "`gulls` and `terns` follow the same URL",
        "contact = \"me\" is neither an e-mail address nor a URL",
        "no base_url is set",
        "`~` is not expanded",
        "no source is of the host of waders.example.toml",
    ] {
        assert!(checked.stderr.contains(doubt), "{doubt}: {checked:?}");
    }
    assert_eq!(program.call(&["check", "--json"]).json()["doubts"].as_array().unwrap().len(), 6);
    let sound = Program::new(
        "[site]\nbase_url = \"https://feeds.example/\"\n[fetch]\ncontact = \"me@gulls.example\"\n",
        &[("gulls", source())],
    );
    let checked = sound.call(&["check"]);
    assert!(!checked.stderr.contains("doubtful"), "{checked:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backfill_says_what_there_is_when_it_is_less_than_was_asked_for() {
    let (_site, program) = followed("").await;
    let filled = program.call(&["run", "--backfill", "50", "gulls"]);
    assert_eq!(filled.code, Some(0), "{filled:?}");
    assert!(filled.stderr.contains("0 of 50 older articles"), "{filled:?}");
}

#[test]
fn a_mistyped_command_is_answered_with_the_one_that_was_meant() {
    let folder = tempfile::tempdir().unwrap();
    for (typed, tip) in [("rnu", "'run'"), ("remov", "'remove'"), ("ls", "'list'")] {
        let ended = bare(&folder, &[typed]);
        assert_eq!(ended.code, Some(2));
        let tips: Vec<&str> = ended.stderr.lines().filter(|line| line.contains("tip:")).collect();
        assert!(tips.len() == 1 && tips[0].ends_with(tip), "{typed}: {ended:?}");
    }
    assert!(!bare(&folder, &["dance"]).stderr.contains("tip:"));
}
