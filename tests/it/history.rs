//! A source's past: what older pages and sitemaps lead to is archived, within limits and in legs.

use std::collections::BTreeSet;
use std::fs;
use std::ops::RangeInclusive;
use std::path::Path;

use chrono::{Datelike, TimeDelta};
use tearsheet::archive::{Selection, View};
use tearsheet::config::{self, Config};
use tearsheet::pipeline::{self, RunReport, SourceReport};
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
    assert!(
        first.sources[0].warnings.iter().any(|warning| warning.contains("again to continue")),
        "{first:#?}"
    );
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
    assert_eq!(site.robots_asked(), 1, "for what it forbids and for the sitemaps that it names");
    assert!(!site.asked().contains(&"/about-us".to_owned()));
}

/// A site whose feed, at `/feed.xml`, has the newest four of its articles.
async fn fed(articles: u32) -> (SmallSite, TempDir, Config) {
    let site = paged(articles).await;
    site.xml("/feed.xml", &rss((articles - 3..=articles).rev()));
    let (root, _) = follow(&site, "kind = \"feed\"\n");
    let source = format!("url = \"{}feed.xml\"\nkind = \"feed\"\n", site.url);
    write(&root.path().join("config/sources/gulls.toml"), &source);
    let config = config::load(root.path()).unwrap();
    (site, root, config)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_feed_without_older_pages_is_completed_from_the_pages_that_list_its_articles() {
    let (site, _root, config) = fed(20).await;
    site.html("/reports/", "<h1>Reports</h1>");
    let report = backfill(&config, 30).await;
    assert_eq!((report.sources[0].new, report.needs_a_look()), (20, false), "{report:#?}");
    let said = &report.sources[0].warnings;
    assert_eq!(said.len(), 1, "a place that only might have been there is not missed: {said:?}");
    assert!(said[0].starts_with("16 of 30 older articles"), "{said:?}");
    assert_eq!(in_feed(&config), (1..=20).rev().collect::<Vec<_>>());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sitemap_that_nothing_names_and_sections_that_the_feed_does_not_show_belong_to_the_past() {
    let site = SmallSite::start().await;
    site.articles(1..=20);
    let section = |n: u32| ["travel", "photos", "notes", "boats"][n as usize % 4];
    let moved = |text: &str, n: u32| {
        let old = format!("{}<", crate::small_site::path(n));
        text.replace(&old, &format!("/{}/gulls-of-the-cliffs-{n}<", section(n)))
    };
    for n in 1..=20 {
        site.article_at(&format!("/{}/gulls-of-the-cliffs-{n}", section(n)), n, "");
    }
    site.html("/notes/", "<h1>Notes</h1>");
    let feed = (19..=20).rev().fold(rss((19..=20).rev()), |feed, n| moved(&feed, n));
    site.xml("/feed.xml", &feed);
    let map = (1..=20).fold(sitemap(1..=20), |map, n| moved(&map, n));
    let more =
        "<url><loc>/notes/</loc></url><url><loc>/about</loc></url><url><loc>/shop/hats/blue</loc></url>";
    site.xml("/sitemap.xml", &map.replace("</urlset>", &format!("{more}</urlset>")));
    let (root, _) = follow(&site, "kind = \"feed\"\n");
    let source = format!("url = \"{}feed.xml\"\nkind = \"feed\"\n", site.url);
    write(&root.path().join("config/sources/gulls.toml"), &source);
    let config = config::load(root.path()).unwrap();
    let report = backfill(&config, usize::MAX).await;
    assert_eq!((report.sources[0].new, report.needs_a_look()), (20, false), "{report:#?}");
    let asked = site.asked();
    assert!(["/notes/", "/about", "/shop/hats/blue"].iter().all(|page| !asked.contains(&(*page).to_owned())));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sitemap_that_cannot_be_read_is_asked_for_once() {
    let (site, _root, config) = fed(8).await;
    site.html("/", "<p>We count gulls.</p>");
    site.text("/robots.txt", "User-agent: *\nAllow: /\nSitemap: /gone.xml\n");
    let report = backfill(&config, usize::MAX).await;
    assert_eq!(report.sources[0].new, 4, "{report:#?}");
    assert_eq!(site.asked().iter().filter(|target| *target == "/gone.xml").count(), 1);
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
    let page = |numbers: RangeInclusive<u32>, next: &str| {
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

/// A listing of these articles, newest first, that leads on to `next` by this link.
fn listing(numbers: RangeInclusive<u32>, link: &str) -> String {
    format!("<main>{}</main><nav>{link}</nav>", cards(numbers.rev()))
}

async fn run(config: &Config) -> SourceReport {
    pipeline::run(config, &[], now(), &|_| {}).await.unwrap().sources.remove(0)
}

fn all(config: &Config) -> Vec<u32> {
    let mut articles = archived(config);
    articles.sort_unstable();
    articles
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_missed_is_found_on_older_pages_however_they_are_linked() {
    let check = async |select: &str, next: [&str; 3], link: fn(&str) -> String| {
        let site = SmallSite::start().await;
        site.articles(1..=24);
        site.html("/", &listing(1..=6, ""));
        let (_root, config) = follow(&site, &format!("kind = \"listing\"\n{select}"));
        assert_eq!(run(&config).await.new, 6);
        site.html("/", &listing(19..=24, &link(next[0])));
        site.html(next[0], &listing(13..=18, &link(next[1])));
        site.html(next[1], &listing(6..=12, &link(next[2])));
        site.asked();
        let report = run(&config).await;
        assert_eq!((report.new, &report.left_out[..]), (18, &[][..]), "{next:?}: {report:?}");
        assert_eq!(all(&config), (1..=24).collect::<Vec<_>>());
        assert!(!site.asked().contains(&next[2].to_owned()), "known ground is where the walk ends");
    };
    check("", ["/?page=2", "/?page=3", "/?page=4"], |next| format!("<a rel=next href=\"{next}\">Older</a>"))
        .await;
    check("", ["/page/2/", "/page/3/", "/page/4/"], |next| format!("<a href=\"{next}\">2</a>")).await;
    check("", ["/?before=x9Kq", "/?before=b7Lm", "/?before=c1"], |next| {
        format!("<a href=\"{next}\">Load more</a>")
    })
    .await;
    let select = "[select]\nnext = \"a.further\"\n";
    check(select, ["/b", "/c", "/d"], |next| format!("<a class=further href=\"{next}\">&#8674;</a>")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn more_than_the_limit_is_taken_where_more_is_new() {
    let site = SmallSite::start().await;
    site.articles(1..=40);
    site.html("/", &listing(1..=20, ""));
    let (_root, config) = follow(&site, "kind = \"listing\"\nlimit = 5\n");
    assert_eq!(run(&config).await.new, 5, "a new source begins with the newest");
    assert_eq!(run(&config).await.new, 0, "and what is older stays where it is");
    site.html("/", &listing(12..=40, ""));
    assert_eq!(run(&config).await.new, 20);
    assert_eq!(all(&config), (16..=40).collect::<Vec<_>>());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_article_that_stays_on_top_hides_no_gap() {
    let site = SmallSite::start().await;
    site.articles(1..=20);
    site.html("/", &listing(1..=6, ""));
    let (_root, config) = follow(&site, "kind = \"listing\"\n");
    run(&config).await;
    let top = cards(std::iter::once(3));
    let older = "<a rel=next href=\"/?page=2\">Older</a>";
    site.html("/", &format!("<main>{top}{}</main>{older}", cards((15..=20).rev())));
    site.html("/?page=2", &format!("<main>{top}{}</main>", cards((6..=14).rev())));
    assert_eq!(run(&config).await.new, 14);
    assert_eq!(all(&config), (1..=20).collect::<Vec<_>>());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gap_that_is_longer_than_one_run_goes_is_closed_by_the_next() {
    let site = paged(90).await;
    let front = site.page("/");
    site.html("/", &listing(1..=6, ""));
    let (_root, config) = follow(&site, "kind = \"listing\"\n");
    run(&config).await;
    site.put("/", &front);
    let first = run(&config).await;
    assert_eq!(first.new, 60);
    assert!(first.left_out[0].contains("the next run goes on"), "{first:?}");
    // Meanwhile the pages moved on: the next begins with what was known before.
    site.articles(91..=93);
    site.html("/", &listing(85..=93, "<a rel=next href=\"/?page=2\">Older</a>"));
    site.html("/?page=11", &listing(25..=33, "<a rel=next href=\"/?page=12\">Older</a>"));
    let second = run(&config).await;
    assert_eq!((second.new, &second.left_out[..]), (27, &[][..]), "{second:?}");
    assert_eq!(all(&config), (1..=93).collect::<Vec<_>>());
    site.asked();
    run(&config).await;
    assert_eq!(site.asked(), ["/"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_feed_dropped_is_found_on_the_page_that_announces_it() {
    let site = SmallSite::start().await;
    site.articles(1..=20);
    let page = |numbers: RangeInclusive<u32>| {
        format!("<link rel=alternate type=application/rss+xml href=/rss.xml>{}", listing(numbers, ""))
    };
    site.html("/", &page(1..=10));
    site.xml("/rss.xml", &rss((8..=10).rev()));
    let (_root, config) = follow(&site, "");
    assert_eq!((run(&config).await.new, all(&config)), (3, vec![8, 9, 10]));
    site.html("/", &page(7..=20));
    site.xml("/rss.xml", &rss((18..=20).rev()));
    let report = run(&config).await;
    assert_eq!((report.new, &report.left_out[..]), (10, &[][..]), "{report:?}");
    assert_eq!(all(&config), (8..=20).collect::<Vec<_>>());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_feed_dropped_is_found_in_the_sitemap_and_what_was_only_changed_is_no_news() {
    let site = SmallSite::start().await;
    site.articles(1..=40);
    site.xml("/", &rss((18..=20).rev()));
    let (_root, config) = follow(&site, "kind = \"feed\"\n");
    pipeline::run(&config, &[], "2025-01-20T12:00:00Z".parse().unwrap(), &|_| {}).await.unwrap();
    site.xml("/", &rss((36..=40).rev()));
    site.text("/robots.txt", "User-agent: *\nAllow: /\nSitemap: /maps.xml\n");
    site.xml("/maps.xml", "<sitemapindex><sitemap><loc>/map.xml</loc></sitemap></sitemapindex>");
    let changed = sitemap(1..=40).replace("<lastmod>2025-01-03<", "<lastmod>2025-02-03<");
    site.xml("/map.xml", &changed);
    let run = |at: &str| pipeline::run(&config, &[], at.parse().unwrap(), &|_| {});
    let report = run("2025-02-09T12:00:00Z").await.unwrap();
    assert_eq!(report.sources[0].left_out, [""; 0], "{report:?}");
    assert_eq!(in_feed(&config), (18..=40).rev().collect::<Vec<_>>());
    assert_eq!(all(&config), [vec![3], (18..=40).collect()].concat());
}

#[tokio::test(flavor = "multi_thread")]
async fn where_known_ground_is_not_reached_it_is_said_and_a_complete_walk_begins_anew() {
    let site = SmallSite::start().await;
    site.articles(1..=20);
    site.xml("/", &rss((1..=4).rev()));
    let (_root, config) = follow(&site, "kind = \"feed\"\n");
    backfill(&config, usize::MAX).await;
    assert_eq!(run(&config).await.left_out, [""; 0], "all is known");
    site.xml("/", &rss((4..=8).rev()));
    assert_eq!(run(&config).await.left_out, [""; 0]);
    site.xml("/", &rss((15..=18).rev()));
    assert!(run(&config).await.left_out[0].contains("articles in between may be missing"));
    site.text("/robots.txt", "Sitemap: /map.xml\n");
    site.xml("/map.xml", &sitemap(1..=18));
    // A robots.txt holds for a day.
    pipeline::backfill(&config, &[], usize::MAX, now() + TimeDelta::days(1), &|_| {}).await.unwrap();
    assert_eq!(all(&config), (1..=18).collect::<Vec<_>>());
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
