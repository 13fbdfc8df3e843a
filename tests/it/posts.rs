//! WordPress's and Ghost's lists of posts as JSON: found by `add`, followed by `run`, and as the past of a feed.

use std::fs;

use serde_json::{Value, json};
use tearsheet::discover::{Document, Kind, Listing, Settings, candidates};
use tearsheet::{config, pipeline};
use tempfile::TempDir;
use url::Url;

use crate::newspaper::now;
use crate::program::ON_LOOPBACK;
use crate::small_site::{SmallSite, cards, date, path, rss, title};

const POSTS: &str = "/wp-json/wp/v2/posts?per_page=20&_embed=author%2Cwp%3Afeaturedmedia%2Cwp%3Aterm&\
                     _fields=date%2Cdate_gmt%2Cmodified_gmt%2Cguid%2Clink%2Ctitle%2Ccontent%2Cexcerpt%2C_links%2C_embedded";
const GHOST: &str = "/ghost/api/content/posts/?key=22444f78447824223cefc48062&limit=20&include=authors%2Ctags&\
                     fields=id%2Curl%2Ctitle%2Cpublished_at%2Cupdated_at%2Ccustom_excerpt%2Cexcerpt%2Cfeature_image%2Chtml";

fn post(site: &SmallSite, n: u32) -> Value {
    json!({
        "date": format!("{}T09:00:00", date(n)),
        "date_gmt": format!("{}T08:00:00", date(n)),
        "modified_gmt": format!("{}T08:30:00", date(n)),
        "link": site.at(&path(n)),
        "title": {"rendered": title(n)},
        "excerpt": {"rendered": "<p>What the keeper saw &hellip;</p>\n"},
        "content": {"rendered": "<p>All that the keeper saw.</p>"},
        "_embedded": {
            "author": [{"name": "Ada Keeper"}],
            "wp:featuredmedia": [{"source_url": "/gull.jpg"}],
            "wp:term": [
                [{"taxonomy": "category", "name": "Coast"}],
                [{"taxonomy": "post_tag", "name": "Gulls"}, {"taxonomy": "post_tag", "name": "Nets &amp; ropes"}],
            ],
        },
    })
}

/// A WordPress with 45 posts on three pages, whose front page shows the newest six.
async fn wordpress() -> SmallSite {
    let site = SmallSite::start().await;
    site.articles(1..=45);
    let api = "<link rel='https://api.w.org/' href='/wp-json/'>";
    site.html("/", &format!("{api}<main>{}</main>", cards((40..=45).rev())));
    for page in 0..3 {
        let newest: u32 = 45 - page * 20;
        let posts = (newest.saturating_sub(19).max(1)..=newest).rev().map(|n| post(&site, n));
        let target = if page == 0 { POSTS.to_owned() } else { format!("{POSTS}&page={}", page + 1) };
        site.json(&target, &Value::from(posts.collect::<Vec<_>>()).to_string());
    }
    site
}

async fn add(site: &SmallSite, arguments: &[&str]) -> TempDir {
    let root = tempfile::tempdir().unwrap();
    fs::create_dir_all(root.path().join("config")).unwrap();
    fs::write(root.path().join("config/tearsheet.toml"), ON_LOOPBACK).unwrap();
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_tearsheet"));
    command
        .arg("--root")
        .arg(root.path())
        .args(["add", "--id", "gulls"])
        .args(arguments)
        .arg(site.url.as_str());
    let added = tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap();
    assert!(added.status.success(), "{}", String::from_utf8_lossy(&added.stderr));
    root
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wordpress_without_a_feed_is_followed_by_its_posts_and_has_a_past() {
    let site = wordpress().await;
    let root = add(&site, &[]).await;
    let config = config::load(root.path()).unwrap();
    assert_eq!(config.sources[0].discover.kind, Kind::Json);
    let report = pipeline::run(&config, &[], now(), &|_| {}).await.unwrap();
    assert_eq!((report.sources[0].new, report.sources[0].found_by.name()), (40, "json"), "{report:?}");
    pipeline::backfill(&config, &[], usize::MAX, now(), &|_| {}).await.unwrap();
    assert_eq!(pipeline::entries(&config).unwrap().len(), 45);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_feed_is_followed_and_the_posts_are_its_past() {
    let site = wordpress().await;
    site.xml("/feed/", &rss((40..=45).rev()));
    let root = add(&site, &["--history", "all"]).await;
    let config = config::load(root.path()).unwrap();
    assert_eq!(config.sources[0].discover.kind, Kind::Feed);
    assert!(config.sources[0].history.as_ref().unwrap().path().ends_with("/wp/v2/posts"));
    assert_eq!(pipeline::entries(&config).unwrap().len(), 45);
}

#[tokio::test(flavor = "multi_thread")]
async fn ghost_is_found_by_the_key_that_its_pages_carry() {
    let site = SmallSite::start().await;
    site.articles(1..=6);
    let script =
        "<script defer src='/portal.js' data-ghost='/' data-key='22444f78447824223cefc48062'></script>";
    site.html("/", &format!("{script}<main>{}</main>", cards((4..=6).rev())));
    let posts = |numbers: std::ops::RangeInclusive<u32>, next: Option<u32>| {
        let post = |n: u32| json!({"url": site.at(&path(n)), "title": title(n), "published_at": format!("{}T08:00:00.000+00:00", date(n))});
        let posts: Vec<Value> = numbers.rev().map(post).collect();
        json!({"posts": posts, "meta": {"pagination": {"next": next}}}).to_string()
    };
    site.json(GHOST, &posts(4..=6, Some(2)));
    site.json(&format!("{GHOST}&page=2"), &posts(1..=3, None));
    let root = add(&site, &["--yes"]).await;
    let config = config::load(root.path()).unwrap();
    assert_eq!(config.sources[0].discover.kind, Kind::Json);
    let report = pipeline::run(&config, &[], now(), &|_| {}).await.unwrap();
    assert_eq!(report.sources[0].new, 6, "{report:?}");
}

fn read(bytes: &str, link: Option<&str>) -> Listing {
    let url = Url::parse("https://a.example/wp-json/wp/v2/posts?per_page=2&page=3").unwrap();
    let settings = Settings { kind: Kind::Json, ..Settings::default() };
    let document =
        Document { url: &url, content_type: None, link, bytes: bytes.as_bytes(), fetched_at: None };
    candidates(&document, &settings).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_post_says_all_that_a_feed_would() {
    let site = SmallSite::start().await;
    let listing = read(&json!([post(&site, 7), {"title": {"rendered": "without a link"}}]).to_string(), None);
    let [candidate] = &listing.candidates[..] else { panic!("{listing:?}") };
    assert_eq!(candidate.published.unwrap().to_string(), "2025-01-07T08:00:00+00:00");
    assert_eq!(candidate.summary.as_deref(), Some("What the keeper saw …"));
    assert_eq!(candidate.authors, ["Ada Keeper"]);
    assert_eq!(candidate.image.as_ref().unwrap().as_str(), "https://a.example/gull.jpg");
    assert_eq!(candidate.tags, ["Gulls", "Nets & ropes"]);
    assert!(candidate.content.is_some());
}

#[test]
fn a_full_page_has_one_after_it_unless_the_server_knows_better() {
    let posts = "[{\"link\": \"/1\"}, {\"link\": \"/2\"}]";
    let next = |listing: Listing| listing.next_page.map(|url| url.query().unwrap().to_owned());
    assert_eq!(next(read(posts, None)).as_deref(), Some("per_page=2&page=4"));
    assert_eq!(next(read(posts, Some("<https://a.example/?page=2>; rel=\"prev\""))), None);
    assert_eq!(next(read("[]", None)), None);
}

#[test]
fn an_error_of_the_site_is_told_in_its_words() {
    let listing =
        read("{\"code\": \"rest_no_route\", \"message\": \"No route was found\", \"data\": {}}", None);
    assert_eq!(listing.warnings, ["no articles found, because the site says: No route was found"]);
}
