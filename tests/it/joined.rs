//! Articles that are joined of several pages: read again offline, and looked at again politely.

use std::fs;

use chrono::TimeDelta;
use tearsheet::config::{self, Config};
use tearsheet::model::Article;
use tearsheet::pipeline::{self, Mode, Reread, SourceReport};
use tempfile::TempDir;

use crate::archive::fixture::hurt;
use crate::newspaper::now;
use crate::program::{self, Ended, ON_LOOPBACK};
use crate::small_site::SmallSite;

const RULE: &str = "body = \"article p\"\nnext_page = \"a.next\"\n";

/// Page `n` of a story, whose next page has this path.
fn part(n: u32, next: Option<&str>, more: &str) -> String {
    let next = next.map(|next| format!("<a class=next href={next}>on</a>")).unwrap_or_default();
    format!(
        "<article><h1>The ferry leaves later</h1><p>Part {n}. The ferry to the islands will leave an hour later from next \
         week on, the company said, because fewer people travel before breakfast than did {n} years ago.{more}</p>\
         <p class=note>Note {n}.</p></article>{next}"
    )
}

/// A story on three pages, of which the second moves.
async fn site() -> SmallSite {
    let site = SmallSite::start().await.with_etags();
    site.text("/list", site.at("/ferry").as_str());
    site.html("/ferry", &part(1, Some("/two"), ""));
    site.move_to("/two", "/ferry/2");
    site.html("/ferry/2", &part(2, Some("/ferry/3"), ""));
    site.html("/ferry/3", &part(3, None, ""));
    site
}

fn with_rule(root: &TempDir, rule: &str) -> Config {
    fs::write(root.path().join("config/rules/127.0.0.1.toml"), rule).unwrap();
    config::load(root.path()).unwrap()
}

/// A root that has run over `site`.
async fn followed(site: &SmallSite) -> (TempDir, Config) {
    let root = tempfile::tempdir().unwrap();
    for folder in ["config/sources", "config/rules"] {
        fs::create_dir_all(root.path().join(folder)).unwrap();
    }
    fs::write(root.path().join("config/tearsheet.toml"), ON_LOOPBACK).unwrap();
    let source = format!("url = \"{}\"\nkind = \"urls\"\n", site.at("/list"));
    fs::write(root.path().join("config/sources/ferry.toml"), source).unwrap();
    let config = with_rule(&root, RULE);
    assert_eq!(run(&config, 0).await.new, 1);
    assert_eq!(site.asked(), ["/list", "/ferry", "/two", "/ferry/2", "/ferry/3"]);
    (root, config)
}

/// A run so many hours after the first.
async fn run(config: &Config, hours: i64) -> SourceReport {
    let at = now() + TimeDelta::hours(hours);
    pipeline::run(config, &["ferry".to_owned()], at, &|_| {}).await.unwrap().sources.remove(0)
}

async fn reread(config: &Config) -> Reread {
    pipeline::reread(config, Mode::Keep, now(), &|_| {}, &mut |_| {}).await.unwrap().0
}

/// What the program says in `root`.
fn call(root: &TempDir, arguments: &[&str]) -> Ended {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_tearsheet"));
    Ended::of(command.arg("--root").arg(root.path()).args(arguments).output().unwrap())
}

/// A root in which the story is held back: its first page says more, and its third cannot be had.
async fn held(site: &SmallSite) -> (TempDir, Config) {
    let (root, config) = followed(site).await;
    site.html("/ferry", &part(1, Some("/two"), " The company will say more on Friday."));
    site.fail("/ferry/3", 404);
    assert_eq!(run(&config, 2).await.troubles.len(), 1);
    (root, config)
}

fn prune(config: &Config) {
    let mut config = config.clone();
    config.retention.max_size = Some(0);
    pipeline::prune(&config, now(), &|_| {}).unwrap();
}

fn article(config: &Config) -> Article {
    pipeline::entries(config).unwrap().remove(0).article
}

/// The numbers of the parts that an article has, in its order.
fn parts(article: &Article) -> Vec<&str> {
    article.text.split("Part ").skip(1).filter_map(|rest| rest.split('.').next()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn todays_rules_reach_every_page_of_it_offline() {
    let site = site().await;
    let (root, _) = followed(&site).await;
    let config = with_rule(&root, &format!("{RULE}remove = [\".note\"]\n"));
    pipeline::rebuild(&config, now(), &|_| {}).unwrap();
    assert!(article(&config).text.contains("Note 3."));
    let read = reread(&config).await;
    assert_eq!((read.changed, read.joined), (1, 0), "{read:?}");
    let after = article(&config);
    assert_eq!(parts(&after), ["1", "2", "3"]);
    assert!(!after.text.contains("Note"), "{}", after.text);
    assert_eq!(reread(&config).await.same, 1, "a revision that was read again stands on the same pages");
    assert!(site.asked().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn one_of_which_a_page_is_not_in_the_archive_stays_as_it_is() {
    let site = site().await;
    site.html("/ferry", &part(1, Some("/two"), "<a class=print href=/print>Print</a>"));
    let (root, _) = followed(&site).await;
    let config = with_rule(&root, &format!("{RULE}single_page = \"a.print\"\n"));
    let before = article(&config);
    let read = reread(&config).await;
    assert_eq!((read.changed, read.joined), (0, 1), "{read:?}");
    assert_eq!(article(&config), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_further_page_that_changed_alone_is_noticed_and_nothing_is_fetched_that_did_not_change() {
    let site = site().await;
    let (_root, config) = followed(&site).await;
    assert_eq!(run(&config, 2).await.unchanged, 1);
    assert_eq!(
        site.asked(),
        ["/list", "/ferry", "/ferry/2", "/ferry/3"],
        "each says that it has not changed"
    );

    site.html(
        "/ferry/3",
        &part(3, None, " That was a mistake: it leaves half an hour later, and from Sunday."),
    );
    let report = run(&config, 30).await;
    assert_eq!(report.revised, 1, "{report:?}");
    let after = article(&config);
    assert_eq!(parts(&after), ["1", "2", "3"]);
    assert!(after.text.contains("from Sunday"), "{}", after.text);
    let asked = site.asked();
    assert_eq!(asked.iter().filter(|target| *target == "/ferry/3").count(), 1, "{asked:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_further_page_that_cannot_be_had_takes_nothing_from_what_is_published() {
    let site = site().await;
    let (_root, config) = followed(&site).await;
    let before = article(&config);
    site.html("/ferry", &part(1, Some("/two"), " The company will say more on Friday."));
    site.fail("/ferry/3", 404);
    let report = run(&config, 2).await;
    assert_eq!((report.revised, report.troubles.len()), (0, 1), "{report:?}");
    assert_eq!(article(&config), before);
    let read = reread(&config).await;
    assert_eq!((read.passing, read.held), (0, 1), "what is held is known in part: {read:?}");
    assert_eq!(article(&config), before);

    site.mend("/ferry/3");
    assert_eq!(run(&config, 9).await.revised, 1);
    assert!(article(&config).text.contains("on Friday"));
}

#[tokio::test(flavor = "multi_thread")]
async fn each_page_on_which_it_stands_is_explained_and_so_it_is_once_their_captures_are_gone() {
    let site = site().await;
    let (root, config) = followed(&site).await;
    let url = site.at("/ferry").to_string();
    let explained = || call(&root, &["explain", &url, "--json"]).json();
    let before = explained();
    assert_eq!(before["url"], url);
    let pages = before["pages"].as_array().unwrap();
    assert_eq!(
        pages.iter().map(|page| page["url"].as_str().unwrap()).collect::<Vec<_>>(),
        [site.at("/ferry/2").as_str(), site.at("/ferry/3").as_str()]
    );
    for (n, page) in (2..).zip(pages) {
        let kept = page["blocks"].as_array().unwrap().iter().find(|block| block["kept"] == true).unwrap();
        assert!(kept["text"].as_str().unwrap().starts_with(&format!("Part {n}.")), "{page}");
        assert_eq!(
            (&page["rules"][0]["selector"], &page["rules"][0]["used"]),
            (&"article p".into(), &true.into())
        );
    }
    let body = before["fields"].as_array().unwrap().iter().find(|field| field["field"] == "body").unwrap();
    assert_eq!(body["value"], format!("{} words", article(&config).word_count), "of all pages");
    let text = call(&root, &["explain", &url]).stdout;
    assert!(text.contains(&format!("page 1 of 3 {url}\n")), "{text}");
    assert!(text.contains(&format!("page 3 of 3 {}\n", site.at("/ferry/3"))), "{text}");

    prune(&config);
    let after = explained();
    assert_eq!((&after["read_from"], &after["fields"]), (&"record".into(), &before["fields"]));
    let pages = after["pages"].as_array().unwrap();
    assert_eq!(pages[1]["url"], site.at("/ferry/3").as_str());
    assert!(pages[1]["runs"][1]["text"].as_str().unwrap().starts_with("Part 3."), "{after}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_the_archive_does_not_have_tells_where_it_goes_on() {
    let site = site().await;
    let (root, _) = followed(&site).await;
    let explained = call(&root, &["explain", site.at("/ferry").as_str(), "--fetch", "--json"]).json();
    assert_eq!(explained["goes_on"], serde_json::json!([site.at("/two").as_str()]));
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_is_held_back_is_released_with_its_other_pages() {
    let site = site().await;
    let (root, config) = held(&site).await;
    let read = reread(&config).await;
    assert_eq!(
        (read.held, read.passing),
        (1, 0),
        "whether its other pages changed, only its site knows: {read:?}"
    );
    assert!(!article(&config).text.contains("on Friday"));
    let released = call(&root, &["release", site.at("/ferry").as_str()]);
    assert_eq!(released.code, Some(0), "{released:?}");
    let after = article(&config);
    assert!(after.text.contains("on Friday"), "{}", after.text);
    assert_eq!(parts(&after), ["1", "2", "3"]);
    let read = reread(&config).await;
    assert_eq!((read.same, read.joined), (1, 0), "the new revision stands on its pages: {read:?}");
    let public = crate::newspaper::files(&root.path().join("public"));
    pipeline::rebuild(&config, now(), &|_| {}).unwrap();
    assert_eq!(crate::newspaper::files(&root.path().join("public")), public);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_of_which_a_page_is_missing_is_not_released() {
    let site = site().await;
    let (root, config) = held(&site).await;
    let before = article(&config);
    prune(&config);
    let released = call(&root, &["release", site.at("/ferry").as_str()]);
    assert_eq!(released.code, Some(2), "{released:?}");
    let says =
        format!("it continues at {}, which cannot be read: the archive does not have it", site.at("/two"));
    assert!(released.stderr.replace('\n', " ").contains(&says), "{released:?}");
    assert_eq!(article(&config), before);

    with_rule(&root, "body = \"article p\"\n");
    assert_eq!(call(&root, &["release", site.at("/ferry").as_str()]).code, Some(0), "the page alone");
    assert_eq!(parts(&article(&config)), ["1"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_whose_record_is_damaged_is_read_again_with_every_page() {
    let site = site().await;
    let (root, config) = followed(&site).await;
    let before = article(&config);
    let warc = root.path().join("archive/warc");
    hurt(&warc.join(program::files(&warc).keys().next().unwrap()), "conversion");
    let mended = config.clone();
    let repaired =
        tokio::task::spawn_blocking(move || pipeline::repair(&mended, now(), &|_| {})).await.unwrap();
    assert_eq!(repaired.unwrap().read_again.len(), 1);
    assert_eq!(article(&config), before);
}
