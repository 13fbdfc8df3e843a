//! A source's past: what older pages and sitemaps lead to is archived, within limits and in legs.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use chrono::{Datelike, TimeDelta};
use tearsheet::archive::{Selection, View};
use tearsheet::config::{self, Config};
use tearsheet::pipeline::{self, RunReport};
use tempfile::TempDir;

use crate::newspaper::now;
use crate::small_site::{SmallSite, cards, rss, sitemap};

const PER_PAGE: u32 = 6;

fn follow(site: &SmallSite, source: &str) -> (TempDir, Config) {
    let root = tempfile::tempdir().unwrap();
    let sources = root.path().join("config/sources");
    fs::create_dir_all(&sources).unwrap();
    write(&sources.join("gulls.toml"), &format!("url = \"{}\"\n{source}", site.url));
    write(&root.path().join("config/tearsheet.toml"), "[fetch]\nallow_private = true\ndelay = \"0s\"\n");
    let config = config::load(root.path()).unwrap();
    (root, config)
}

fn write(path: &Path, text: &str) {
    fs::write(path, text).unwrap();
}

/// A site whose front page and older pages list these many articles, newest first.
async fn paged(articles: u32) -> SmallSite {
    let site = SmallSite::start().await;
    site.articles(1..=articles);
    let pages = articles.div_ceil(PER_PAGE);
    for page in 1..=pages {
        let newest = articles - (page - 1) * PER_PAGE;
        let list = cards((newest.saturating_sub(PER_PAGE) + 1..=newest).rev());
        let next = if page < pages {
            format!("<a rel=next href=\"/?page={}\">Older</a>", page + 1)
        } else {
            String::new()
        };
        let target = if page == 1 { "/".to_owned() } else { format!("/?page={page}") };
        site.html(&target, &format!("<main>{list}</main><nav>{next}</nav>"));
    }
    site
}

async fn backfill(config: &Config, most: usize) -> RunReport {
    pipeline::backfill(config, &[], most, now(), &|_| {}).await.unwrap()
}

fn archived(config: &Config) -> Vec<u32> {
    let entries = pipeline::entries(config).unwrap();
    entries.iter().map(|entry| entry.article.published.unwrap().date().ordinal()).collect()
}

/// What the source's feed carries, newest first.
fn in_feed(config: &Config) -> Vec<u32> {
    let view = View::open(&config.archive).unwrap();
    let sources = [config.sources[0].source.id.clone()];
    let entries = view.entries(&Selection { sources: Some(&sources), newest: None });
    entries.map(|entry| entry.unwrap().article.published.unwrap().date().ordinal()).collect()
}

fn twice(targets: &[String]) -> Vec<&String> {
    let mut seen = BTreeSet::new();
    targets.iter().filter(|target| target.starts_with("/reports/") && !seen.insert(*target)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_whole_past_of_a_new_source_is_archived_and_the_newest_stays_on_top() {
    let site = paged(75).await;
    let (_root, config) = follow(&site, "kind = \"listing\"\n");
    let report = backfill(&config, usize::MAX).await;
    assert_eq!((report.sources[0].new, report.needs_a_look()), (75, false), "{report:#?}");
    assert_eq!(in_feed(&config), (1..=75).rev().collect::<Vec<_>>(), "each under its own date");
    assert_eq!(twice(&site.asked()), [""; 0]);
    backfill(&config, usize::MAX).await;
    assert_eq!(site.asked(), ["/"], "what is complete is not walked again");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_limited_walk_goes_on_where_it_stopped() {
    let site = paged(75).await;
    let (_root, config) = follow(&site, "kind = \"listing\"\n");
    pipeline::run(&config, &[], now(), &|_| {}).await.unwrap();
    assert_eq!(archived(&config).len(), 40, "a run takes as many as its limit");
    site.asked();
    let first = backfill(&config, 20).await;
    assert_eq!(first.sources[0].new, 20);
    assert!(first.sources[0].warnings.iter().any(|warning| warning.contains("goes on")), "{first:#?}");
    site.asked();
    assert_eq!(backfill(&config, 20).await.sources[0].new, 15);
    let asked = site.asked();
    assert!(!asked.contains(&"/?page=2".to_owned()) && asked.contains(&"/?page=11".to_owned()), "{asked:?}");
    assert_eq!(archived(&config).len(), 75);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_past_of_a_followed_source_comes_after_its_news_oldest_first_and_floods_no_feed() {
    let site = paged(75).await;
    let (root, config) = follow(&site, "kind = \"listing\"\nlimit = 6\n");
    pipeline::run(&config, &[], now(), &|_| {}).await.unwrap();
    let first: Vec<u32> = (70..=75).rev().collect();
    assert_eq!(in_feed(&config), first);
    site.articles(76..=77);
    let front = format!("<main>{}</main><a rel=next href=\"/?page=2\">Older</a>", cards((70..=77).rev()));
    site.html("/", &front);
    site.asked();
    let report = pipeline::backfill(&config, &[], 20, now() + TimeDelta::hours(1), &|_| {}).await.unwrap();
    assert_eq!(report.sources[0].new, 22, "what is new does not count as past");
    let asked = site.asked();
    let at = |n: u32| asked.iter().position(|target| *target == crate::small_site::path(n)).unwrap();
    assert!(at(77) < at(50) && at(50) < at(51) && at(51) < at(69), "news first, then the past, oldest first");
    assert_eq!(in_feed(&config), [vec![77, 76], first].concat(), "and the past is no news");
    assert_eq!(archived(&config).len(), 28);
    let feed = fs::read_to_string(root.path().join("public/gulls/feed.json")).unwrap();
    assert!(feed.contains("cliffs-77") && !feed.contains("cliffs-60"), "{feed}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_feed_without_older_pages_is_completed_from_the_sitemap_of_its_section() {
    let site = SmallSite::start().await;
    site.articles(1..=12);
    site.html("/about-us", "<h1>About us</h1><p>We count gulls.</p>");
    site.xml("/", &rss((9..=12).rev()));
    site.text("/robots.txt", "User-agent: *\nAllow: /\nSitemap: /maps.xml\n");
    site.xml("/maps.xml", "<sitemapindex><sitemap><loc>/map.xml</loc></sitemap><sitemap><loc>/maps.xml</loc></sitemap></sitemapindex>");
    site.xml("/map.xml", &sitemap(1..=12).replace("</urlset>", "<url><loc>/about-us</loc></url></urlset>"));
    let (_root, config) = follow(&site, "kind = \"feed\"\n");
    let report = backfill(&config, usize::MAX).await;
    assert_eq!((report.sources[0].new, report.needs_a_look()), (12, false), "{report:#?}");
    assert!(!site.asked().contains(&"/about-us".to_owned()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pager_without_end_ends() {
    let site = paged(12).await;
    let last = |page: u32| {
        format!("<main>{}</main><a rel=next href=\"/?page={}\">Older</a>", cards((1..=6).rev()), page + 1)
    };
    for page in 2..=30 {
        site.html(&format!("/?page={page}"), &last(page));
    }
    let (_root, config) = follow(&site, "kind = \"listing\"\n");
    assert_eq!(backfill(&config, usize::MAX).await.sources[0].new, 12);
    assert!(!site.asked().contains(&"/?page=4".to_owned()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_in_trouble_interrupts_the_walk_and_loses_nothing() {
    let site = paged(75).await;
    let (_root, config) = follow(&site, "kind = \"listing\"\n");
    site.fail("/?page=9", 403);
    let report = backfill(&config, usize::MAX).await;
    assert_eq!(report.sources[0].new, 48);
    assert!(report.sources[0].warnings.iter().any(|warning| warning.contains("stops at")));
    site.mend("/?page=9");
    assert_eq!(backfill(&config, usize::MAX).await.sources[0].new, 27);
    assert_eq!(twice(&site.asked()), [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_feed_s_older_pages_are_walked_where_nothing_on_it_is_known() {
    let site = SmallSite::start().await;
    site.articles(1..=20);
    let page = |numbers: std::ops::RangeInclusive<u32>, next: &str| {
        let link = format!(
            "<title>The Gull</title><atom:link xmlns:atom=\"http://www.w3.org/2005/Atom\" rel=\"next\" href=\"{next}\"/>"
        );
        rss(numbers.rev()).replace("<title>The Gull</title>", &link)
    };
    site.xml("/", &page(1..=4, "/none.xml"));
    let (_root, config) = follow(&site, "kind = \"feed\"\n");
    pipeline::run(&config, &[], now(), &|_| {}).await.unwrap();
    site.xml("/", &page(17..=20, "/2.xml"));
    site.xml("/2.xml", &page(11..=16, "/3.xml"));
    site.xml("/3.xml", &page(3..=10, "/4.xml"));
    let report = pipeline::run(&config, &[], now(), &|_| {}).await.unwrap();
    assert_eq!(report.sources[0].new, 16, "{report:#?}");
    assert!(!site.asked().contains(&"/4.xml".to_owned()), "known ground is where the walk ends");
    assert_eq!(report.sources[0].warnings, [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn where_known_ground_is_not_reached_it_is_said() {
    let site = SmallSite::start().await;
    site.articles(1..=20);
    site.xml("/", &rss((1..=4).rev()));
    let (_root, config) = follow(&site, "kind = \"feed\"\n");
    let warnings = async || {
        let report = pipeline::run(&config, &[], now(), &|_| {}).await.unwrap();
        report.sources[0].left_out.clone()
    };
    assert_eq!(warnings().await, [""; 0], "the first run knows nothing");
    site.xml("/", &rss((4..=8).rev()));
    assert_eq!(warnings().await, [""; 0]);
    site.xml("/", &rss((15..=18).rev()));
    assert!(warnings().await[0].contains("articles in between may be missing"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_older_page_that_fails_is_where_the_next_run_goes_on() {
    let site = paged(14).await;
    let (_root, config) = follow(&site, "kind = \"listing\"\n");
    site.fail("/?page=2", 500);
    let report = pipeline::run(&config, &[], now(), &|_| {}).await.unwrap();
    assert!(report.sources[0].left_out[0].contains("/?page=2"), "{:?}", report.sources[0].left_out);
    assert!(report.needs_a_look());
    assert_eq!(archived(&config).len(), 6);
    site.mend("/?page=2");
    let report = pipeline::run(&config, &[], now(), &|_| {}).await.unwrap();
    assert!(!report.needs_a_look(), "{report:?}");
    let mut articles = archived(&config);
    articles.sort_unstable();
    assert_eq!(articles, (1..=14).collect::<Vec<_>>());
    site.asked();
    pipeline::run(&config, &[], now(), &|_| {}).await.unwrap();
    assert_eq!(site.asked(), ["/"], "then all is known");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_listing_that_went_empty_is_a_failure_for_as_long_as_it_is() {
    let site = paged(6).await;
    let (_root, config) = follow(&site, "kind = \"listing\"\n");
    pipeline::run(&config, &[], now(), &|_| {}).await.unwrap();
    site.html("/", "<main><p>We are moving house.</p></main>");
    for _ in 0..2 {
        let report = pipeline::run(&config, &[], now(), &|_| {}).await.unwrap();
        assert!(report.sources[0].failure.is_some() && report.needs_a_look());
        assert_eq!(archived(&config).len(), 6, "and what is archived stays");
    }
}
