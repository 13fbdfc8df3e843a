//! Real feed readers and validators, over HTTP on loopback. `tests/run` says in `TEARSHEET_JUDGES` which of them this
//! machine has; without it these tests judge nothing, and `tests/run` names what was skipped.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::json;
use tearsheet::archive::{Exporting, Selection, Shape, View};
use tower_http::services::ServeDir;

use crate::identity_replay;
use crate::newspaper::{Press, now, text};

const FEED: &str = "all";

/// Where the judges are installed, if `name` is one that this machine has.
pub(crate) fn tools(name: &str) -> Option<PathBuf> {
    let judges = env::var("TEARSHEET_JUDGES").unwrap_or_default();
    judges
        .split(' ')
        .any(|judge| judge == name)
        .then(|| PathBuf::from(env::var("TEARSHEET_JUDGE_TOOLS").unwrap()))
}

pub(crate) fn judge(name: &str) -> String {
    format!("{}/tests/judges/{name}", env!("CARGO_MANIFEST_DIR"))
}

/// A published newspaper, and what is true of it.
struct Published {
    press: Press,
    truth: PathBuf,
    url: String,
}

async fn publish() -> Published {
    let press = Press::start();
    press.run(now()).await;
    let articles: Vec<_> = press
        .site
        .articles()
        .iter()
        .map(|article| {
            json!({
                "title": article.title,
                "date": article.published.to_utc().date_naive(),
                "authors": article.authors,
                "text": text(article),
            })
        })
        .collect();
    let truth = press.root.path().join("truth.json");
    fs::write(&truth, serde_json::to_vec(&articles).unwrap()).unwrap();
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let url = format!("http://{}/{FEED}", listener.local_addr().unwrap());
    let router = axum::Router::new().fallback_service(ServeDir::new(press.output()));
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    Published { press, truth, url }
}

impl Published {
    fn feed(&self, file: &str) -> PathBuf {
        self.press.output().join(FEED).join(file)
    }

    /// Everything as a WACZ file.
    fn wacz(&self) -> PathBuf {
        let path = self.press.root.path().join("export.wacz");
        let what = Exporting { sources: None, title: "The Courier" };
        self.view().export(&what, Shape::Wacz, &path, &mut |_, _| ()).unwrap();
        path
    }

    fn view(&self) -> View {
        View::open(&self.press.config.archive).unwrap()
    }

    /// The captures of all articles, for pywb's judge.
    fn captures(&self) -> PathBuf {
        let view = self.view();
        let entries: Vec<_> = view.entries(&Selection::default()).map(Result::unwrap).collect();
        let captures = entries.iter().map(|entry| view.capture_of(&entry.id).unwrap().unwrap());
        let captures = captures.map(|capture| {
            json!({
                "url": capture.url,
                "timestamp": capture.fetched_at.format("%Y%m%d%H%M%S").to_string(),
                "body": data_encoding::BASE64.encode(&capture.body),
            })
        });
        let path = self.press.root.path().join("captures.json");
        fs::write(&path, serde_json::to_vec(&captures.collect::<Vec<_>>()).unwrap()).unwrap();
        path
    }

    fn warcs(&self) -> Vec<PathBuf> {
        let folder = self.press.root.path().join("archive/warc");
        crate::newspaper::files(&folder).into_keys().map(|path| folder.join(path)).collect()
    }
}

pub(crate) async fn passes(command: &mut Command) {
    let mut command = std::mem::replace(command, Command::new("true"));
    let output = tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap();
    assert!(
        output.status.success(),
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
}

pub(crate) fn python(tools: &Path, script: &str) -> Command {
    let mut command = Command::new(tools.join("venv/bin/python"));
    command.arg(judge(script));
    command
}

#[tokio::test(flavor = "multi_thread")]
async fn feedparser_reads_every_title_date_author_and_text() {
    let Some(tools) = tools("feedparser") else { return };
    let published = publish().await;
    let (rss, atom) = (format!("{}/rss.xml", published.url), format!("{}/atom.xml", published.url));
    passes(python(&tools, "feedparser_judge.py").arg(&published.truth).args([rss, atom])).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn newsboat_reads_every_title_date_author_and_text() {
    if tools("newsboat").is_none() {
        return;
    }
    let published = publish().await;
    for file in ["rss.xml", "atom.xml"] {
        let url = format!("{}/{file}", published.url);
        passes(Command::new("python3").arg(judge("newsboat_judge.py")).arg(&published.truth).arg(url)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn sfeed_podcastparser_and_rss_parser_read_every_title_date_and_text() {
    let published = publish().await;
    let urls = ["rss.xml", "atom.xml"].map(|file| format!("{}/{file}", published.url));
    if tools("sfeed").is_some() {
        let mut judge = Command::new("python3");
        passes(judge.arg(self::judge("sfeed_judge.py")).arg(&published.truth).args(&urls)).await;
    }
    if let Some(tools) = tools("podcastparser") {
        passes(python(&tools, "podcastparser_judge.py").arg(&published.truth).args(&urls)).await;
    }
    if let Some(tools) = tools("rss-parser") {
        let mut judge = Command::new("node");
        judge.arg(self::judge("rss_parser_judge.cjs")).arg(tools).arg(&published.truth).args(&urls);
        passes(&mut judge).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_reader_library_finds_nothing_new_in_the_same_feed() {
    let Some(tools) = tools("reader") else { return };
    let published = publish().await;
    let url = format!("{}/atom.xml", published.url);
    passes(python(&tools, "reader_judge.py").arg(&published.truth).arg(url)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn feedparser_sees_each_article_of_the_replayed_weeks_once() {
    let Some(tools) = tools("feedparser") else { return };
    let week = identity_replay::replay().await;
    passes(python(&tools, "feedparser_weeks_judge.py").arg(week.states())).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn newsboat_sees_each_article_of_the_replayed_weeks_once() {
    if tools("newsboat").is_none() {
        return;
    }
    let week = identity_replay::replay().await;
    passes(Command::new("python3").arg(judge("newsboat_weeks_judge.py")).arg(week.states())).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn feeds_are_valid_by_their_schemas() {
    let published = publish().await;
    if tools("jing").is_some() {
        passes(Command::new("jing").arg("-c").arg(judge("atom.rnc")).arg(published.feed("atom.xml"))).await;
        passes(Command::new("jing").arg("-c").arg(judge("rss20.rnc")).arg(published.feed("rss.xml"))).await;
    }
    if tools("xmllint").is_some() {
        let files = ["atom.xml", "rss.xml"].map(|file| published.feed(file));
        passes(Command::new("xmllint").arg("--noout").args(files)).await;
        passes(Command::new("xmllint").arg("--noout").arg(published.press.output().join("feeds.opml"))).await;
    }
    if let Some(tools) = tools("jsonfeed") {
        let feed = published.feed("feed.json");
        passes(Command::new("node").arg(judge("jsonfeed_judge.cjs")).arg(tools).arg(feed)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_that_is_published_can_run_in_a_browser() {
    let Some(tools) = tools("parse5") else { return };
    let published = publish().await;
    let feed = published.feed("feed.json");
    passes(Command::new("node").arg(judge("browser_judge.mjs")).arg(tools).arg(feed)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_is_accessible_valid_and_searched_in_a_browser_that_asks_nobody_else() {
    let published = publish().await;
    let output = published.press.output();
    if let Some(tools) = tools("axe") {
        let searches = [
            "electric tugs=>Shipyard Wins Order",
            "図書館=>港町の古い倉庫が図書館に",
            "KEEPERS=>The Last Keepers",
        ];
        let mut browser = Command::new("node");
        passes(browser.arg(judge("site_judge.mjs")).arg(tools).arg(&output).args(searches)).await;
    }
    if let Some(tools) = tools("html-validate") {
        let pages: Vec<_> = crate::newspaper::files(&output)
            .into_keys()
            .filter(|path| path.extension().is_some_and(|kind| kind == "html"))
            .map(|path| output.join(path))
            .collect();
        assert!(pages.len() > 20, "{pages:?}");
        let rules = judge("html-validate.json");
        let program = tools.join("node_modules/.bin/html-validate");
        passes(Command::new(program).arg("-c").arg(rules).args(pages)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn other_programs_read_the_warc_files() {
    let published = publish().await;
    assert!(!published.warcs().is_empty());
    if let Some(tools) = tools("warcio") {
        passes(Command::new(tools.join("venv/bin/warcio")).arg("check").args(published.warcs())).await;
    }
    if let Some(tools) = tools("warcat") {
        for warc in published.warcs() {
            passes(python(&tools, "warcat_judge.py").arg(warc)).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn pywb_replays_every_article_byte_for_byte() {
    let Some(tools) = tools("pywb") else { return };
    let published = publish().await;
    let captures = published.captures();
    passes(python(&tools, "pywb_judge.py").arg(captures).args(published.warcs())).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_exported_wacz_file_is_valid_and_its_index_right() {
    let published = publish().await;
    let wacz = published.wacz();
    if let Some(tools) = tools("wacz") {
        passes(Command::new(tools.join("venv/bin/wacz")).args(["validate", "-f"]).arg(&wacz)).await;
    }
    if let Some(tools) = tools("cdxj-indexer") {
        passes(python(&tools, "wacz_judge.py").arg(&wacz)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn replay_web_page_shows_an_article_of_an_exported_wacz_file() {
    let Some(tools) = tools("replayweb") else { return };
    let published = publish().await;
    let article = &published.press.site.articles()[0];
    let entries = published.view();
    let entry = entries.entries(&Selection::default()).map(Result::unwrap);
    let entry = entry.into_iter().find(|entry| entry.article.title == article.title).unwrap();
    let url = entries.capture_of(&entry.id).unwrap().unwrap().url.to_string();
    let words: Vec<&str> = entry.article.text.split_whitespace().take(8).collect();
    let judge = judge("replay_judge.mjs");
    passes(Command::new("node").arg(judge).arg(tools).arg(published.wacz()).args([url, words.join(" ")]))
        .await;
}

/// `tests/run` with these arguments, where cargo does nothing and whoever would install something leaves a mark.
#[cfg(unix)]
fn run_tests(arguments: &[&str], is_ci: bool) -> (std::process::Output, bool) {
    use std::os::unix::fs::PermissionsExt;

    let tools = tempfile::tempdir().unwrap();
    let mark = tools.path().join("installed");
    for name in ["cargo", "apt-get", "python3", "npm"] {
        let does = if name == "cargo" { "true".to_owned() } else { format!("touch {}", mark.display()) };
        let path = tools.path().join(name);
        fs::write(&path, format!("#!/bin/sh\n{does}\n")).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    }
    let path = format!("{}:{}", tools.path().display(), env::var("PATH").unwrap());
    let mut command = Command::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/run"));
    command.args(arguments).env("PATH", path).env("CI", if is_ci { "true" } else { "" });
    let output = command.output().unwrap();
    (output, mark.exists())
}

#[test]
#[cfg(unix)]
fn whoever_wants_no_judges_gets_nothing_installed_but_ci_insists_on_them() {
    for is_ci in [false, true] {
        let (output, is_installed) = run_tests(&["--no-judges"], is_ci);
        let told = String::from_utf8(output.stdout).unwrap();
        assert!(told.starts_with("judges used: none\njudges skipped, as asked: newsboat"), "{told}");
        assert_eq!((output.status.success(), is_installed), (!is_ci, false), "{told}");
    }
}
