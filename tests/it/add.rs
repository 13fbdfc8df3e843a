//! `tearsheet add`: which way into a site is taken, what is said about it, and what is asked for on the way.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use std::time::Duration;

use serde_json::Value;
use tearsheet::config;
use tearsheet::discover::Kind;
use tearsheet::fetch::{Client, Settings};
use tearsheet::pipeline::{self, Origin, Probe};
use url::Url;

use crate::newspaper::Press;
use crate::small_site::{SmallSite, cards, rss, sitemap};

const MAX_SIZE: usize = 1 << 20;

async fn probe(url: &Url) -> Probe {
    let settings = Settings {
        delay: Duration::ZERO,
        timeout: Duration::from_secs(20),
        max_size: MAX_SIZE,
        allow_private: true,
        ..Settings::default()
    };
    pipeline::probe(&Client::new(&settings).unwrap(), url, MAX_SIZE).await.unwrap()
}

fn taken(probe: &Probe) -> (Kind, Origin, &str) {
    let way = &probe.ways[0];
    (way.kind, way.origin, way.url.path())
}

/// Runs the program in `root`, without blocking the runtime that serves the site.
async fn tearsheet(root: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tearsheet"));
    command.arg("--root").arg(root).args(arguments);
    tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_announced_feed_that_carries_the_page_is_taken() {
    let press = Press::start();
    let probe = probe(&press.server.base_url().join("/business/").unwrap()).await;
    assert_eq!(taken(&probe), (Kind::Feed, Origin::Announced, "/business/feed.xml"));
    assert!(probe.reason.contains("that the page announces"), "{}", probe.reason);
    assert!(probe.sample.article.is_some());
    assert!(press.requested().iter().all(|path| path != "/feed/"), "no other place is tried");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_listing_without_a_feed_is_taken_with_a_selector_that_pins_it() {
    let press = Press::start();
    let probe = probe(&press.server.base_url().join("/world/").unwrap()).await;
    assert_eq!(taken(&probe), (Kind::Listing, Origin::Given, "/world/"));
    let link = probe.selectors.iter().find(|pin| pin.key == "link").unwrap();
    assert_eq!(link.selector, "h2 > a");
    let sitemap = probe.ways.iter().find(|way| way.origin == Origin::Robots).unwrap();
    assert!(sitemap.objection.is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn where_a_page_is_empty_without_scripts_the_sitemap_is_taken() {
    let press = Press::start();
    let probe = probe(&press.server.base_url().join("/science/").unwrap()).await;
    assert_eq!(taken(&probe), (Kind::Sitemap, Origin::Robots, "/science/sitemap.xml"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_feed_at_a_usual_place_is_found_and_ends_the_search() {
    let site = SmallSite::start().await;
    site.articles(1..=6);
    site.html("/", &cards((1..=6).rev()));
    site.xml("/rss.xml", &rss((1..=6).rev()));
    site.xml("/index.xml", &rss((1..=6).rev()));
    let probe = probe(&site.at("/")).await;
    assert_eq!(taken(&probe), (Kind::Feed, Origin::UsualPlace, "/rss.xml"));
    let asked = site.asked();
    assert!(!asked.iter().any(|target| target == "/index.xml") && asked.len() < 8, "{asked:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_feed_that_went_stale_is_left_and_it_is_said() {
    let site = SmallSite::start().await;
    site.articles(1..=70);
    site.html("/", &cards((1..=70).rev()));
    site.xml("/feed.xml", &rss((1..=5).rev()));
    site.text("/robots.txt", "User-agent: *\nAllow: /\nSitemap: /map.xml\n");
    site.xml("/map.xml", &sitemap(1..=70));
    let probe = probe(&site.at("/")).await;
    assert_eq!(taken(&probe), (Kind::Listing, Origin::Given, "/"));
    assert!(probe.reason.contains("newest article is of 2025-01-05"), "{}", probe.reason);
    assert_eq!(probe.ways.len(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn several_urls_become_sources_with_their_reasons_and_selectors() {
    let press = Press::start();
    for file in fs::read_dir(press.root.path().join("config/sources")).unwrap() {
        fs::remove_file(file.unwrap().path()).unwrap();
    }
    let url = |path: &str| press.server.base_url().join(path).unwrap().to_string();
    let (world, business, nothing) = (url("/world/"), url("/business/"), url("/missing"));
    let dry = tearsheet(press.root.path(), &["add", "--dry-run", &world]).await;
    assert!(dry.status.success());
    assert!(String::from_utf8(dry.stdout).unwrap().contains("# link = \"h2 > a\""));
    assert!(config::load(press.root.path()).unwrap().sources.is_empty(), "a dry run writes nothing");

    let added = tearsheet(press.root.path(), &["add", "--json", &world, &business, &nothing]).await;
    assert_eq!(added.status.code(), Some(1), "one of them cannot become a source");
    let lines: Vec<Value> = String::from_utf8(added.stdout)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(lines.len(), 3);
    assert_eq!(lines[1]["probe"]["ways"][0]["kind"], "feed");
    assert!(lines[2]["error"].as_str().unwrap().contains("404"));
    let config = config::load(press.root.path()).unwrap();
    let kinds: Vec<Kind> = config.sources.iter().map(|source| source.discover.kind).collect();
    assert_eq!((kinds.len(), kinds.contains(&Kind::Feed), kinds.contains(&Kind::Listing)), (2, true, true));

    let again = tearsheet(press.root.path(), &["add", &business, &format!("{world}?utm_source=x")]).await;
    assert!(again.status.success());
    let said = String::from_utf8(again.stderr).unwrap();
    assert_eq!(said.matches("is already the source").count(), 2, "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_section_without_a_list_takes_its_part_of_the_sitemap() {
    let site = SmallSite::start().await;
    site.articles(1..=6);
    site.html("/reports/", "<div id=app></div>");
    site.text("/robots.txt", "User-agent: *\nAllow: /\nSitemap: /map.xml\n");
    site.xml(
        "/map.xml",
        &sitemap(1..=6).replace("</urlset>", "<url><loc>/letters/first-letter</loc></url></urlset>"),
    );
    let probe = probe(&site.at("/reports/")).await;
    assert_eq!(taken(&probe), (Kind::Sitemap, Origin::Robots, "/map.xml"));
    assert_eq!(probe.ways[0].candidates.len(), 6);
    assert!(probe.include.unwrap().ends_with("/reports/"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_site_s_past_is_fetched_at_once_if_asked_for() {
    let site = SmallSite::start().await;
    site.articles(1..=12);
    site.html("/", &format!("{}<a rel=next href=\"/?page=2\">Older</a>", cards((7..=12).rev())));
    site.html("/?page=2", &cards((1..=6).rev()));
    let root = tempfile::tempdir().unwrap();
    fs::create_dir_all(root.path().join("config")).unwrap();
    let settings = "[fetch]\nallow_private = true\ndelay = \"0s\"\n";
    fs::write(root.path().join("config/tearsheet.toml"), settings).unwrap();
    let url = site.url.to_string();
    let added = tearsheet(root.path(), &["add", "--id", "gulls", "--history", "3", &url]).await;
    assert!(added.status.success(), "{}", String::from_utf8_lossy(&added.stderr));
    let more = tearsheet(root.path(), &["run", "--backfill", "--json", "gulls"]).await;
    let report: Value = serde_json::from_slice(&more.stdout).unwrap();
    assert_eq!(report["sources"][0]["source"], "gulls");
    let config = config::load(root.path()).unwrap();
    assert_eq!(pipeline::entries(&config).unwrap().len(), 12);
}
