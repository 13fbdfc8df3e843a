//! The demo's newspaper, asked over HTTP: it has to be the site that it says it is before tearsheet is tried on it.

use std::fs;
use std::io::Read;
use std::net::TcpListener;

use flate2::read::GzDecoder;
use reqwest::{Client, Response, header};
use scraper::{Html, Selector};
use tearsheet::config;
use tearsheet::demo::{self, Article, Section, Server, Site};
use url::Url;

/// The newspaper, its server, and a client that follows no redirects.
struct Town {
    site: Site,
    server: Server,
    client: Client,
}

impl Town {
    fn new() -> Town {
        // Another test may have been first.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let site = Site::new();
        let server = site.serve(TcpListener::bind("127.0.0.1:0").unwrap()).unwrap();
        let client =
            Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        Town { site, server, client }
    }

    fn url(&self, path: &str) -> Url {
        self.server.base_url().join(path).unwrap()
    }

    async fn get(&self, path: &str) -> Response {
        self.client.get(self.url(path)).send().await.unwrap()
    }

    async fn text(&self, path: &str) -> String {
        let response = self.get(path).await;
        assert_eq!(response.status(), 200, "{path}");
        let old = response.headers()[header::CONTENT_TYPE] == "text/html";
        let bytes = response.bytes().await.unwrap();
        if old {
            encoding_rs::WINDOWS_1252.decode(&bytes).0.into_owned()
        } else {
            String::from_utf8(bytes.into()).unwrap()
        }
    }

    async fn status(&self, path: &str) -> u16 {
        self.get(path).await.status().as_u16()
    }

    async fn feed(&self) -> feed_rs::model::Feed {
        feed_rs::parser::parse(self.text("/business/feed.xml").await.as_bytes()).unwrap()
    }

    fn of(&self, section: Section) -> Vec<Article> {
        self.site.articles().into_iter().filter(|article| article.section == section).collect()
    }
}

fn links(html: &str, selector: &str) -> Vec<String> {
    let selector = Selector::parse(selector).unwrap();
    Html::parse_document(html).select(&selector).map(|link| link.attr("href").unwrap().to_owned()).collect()
}

fn plain(html: &str) -> String {
    Html::parse_document(html)
        .root_element()
        .text()
        .collect::<Vec<_>>()
        .join("")
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

#[tokio::test]
async fn every_article_is_on_its_page_whole() {
    let town = Town::new();
    while town.site.publish_one_more().is_some() {}
    while town.site.edit_one().is_some() {}
    for article in town.site.articles() {
        let page = plain(&town.text(&article.path).await);
        assert!(page.contains(&article.title), "{}", article.path);
        for part in article.paragraphs().iter().chain(&article.authors) {
            assert!(page.contains(part.as_str()), "{}: {part}", article.path);
        }
    }
}

#[tokio::test]
async fn the_pages_are_as_messy_as_real_ones() {
    let town = Town::new();
    let page =
        |slug: &str| town.site.articles().into_iter().find(|article| article.slug == slug).unwrap().path;
    for (slug, mess) in [
        ("ferry-link", "icon-facebook icon-twitter icon-whatsapp"),
        ("ferry-link", "READ ALSO: Crews Hold the Line on Caldera Hill"),
        ("night-train", "By Edda Wynn icon-facebook icon-twitter icon-whatsapp"),
        ("bakery-chain", "Article continues below"),
        ("seegras", "Veröffentlicht am 25. April 2025"),
        ("harbour-library", "2025年4月28日"),
    ] {
        assert!(plain(&town.text(&page(slug)).await).contains(mess), "{slug}: {mess}");
    }
    let gazette = town.text(&page("night-train")).await;
    assert!(gazette.contains("<BR><BR>") && !gazette.contains("<P>") && !gazette.contains("2025-02-11"));
    assert!(town.text(&page("ferry-link")).await.contains("data-src=\"/images/ferry.svg\""));
}

#[tokio::test]
async fn the_listing_has_two_pages_and_three_traps() {
    let town = Town::new();
    let first = town.text("/world/").await;
    assert_eq!(links(&first, "a[rel=next]"), ["/world/?page=2"]);
    let second = town.text("/world/?page=2").await;
    assert!(links(&second, "a[rel=next]").is_empty());
    let mut found = links(&first, "h2 a");
    for trap in [demo::MISSING_PATH, demo::DISALLOWED_PATH, demo::SOFT_ERROR_PATH] {
        assert!(found.iter().any(|link| link == trap), "{trap}");
        found.retain(|link| link != trap);
    }
    found.extend(links(&second, "h2 a"));
    assert!(found.iter().any(|link| link.contains("utm_source=")), "some links say where they were clicked");
    let bare: Vec<&str> = found.iter().map(|link| link.split(['?', '&']).next().unwrap()).collect();
    let articles = town.of(Section::World);
    let truth: Vec<&str> = articles.iter().map(|article| article.path.split('?').next().unwrap()).collect();
    assert_eq!(bare, truth);
    for link in found {
        assert_eq!(town.status(&link).await, 200, "{link}");
    }
}

#[tokio::test]
async fn the_feed_is_announced_and_truncated() {
    let town = Town::new();
    let announced = links(&town.text("/business/").await, "link[type=\"application/rss+xml\"]");
    assert_eq!(announced, ["/business/feed.xml"]);
    let feed = town.feed().await;
    let articles = town.of(Section::Business);
    assert_eq!(feed.entries.len(), articles.len());
    for (entry, article) in feed.entries.iter().zip(&articles) {
        assert_eq!(entry.title.as_ref().unwrap().content, article.title);
        assert_eq!(entry.published.unwrap(), article.published.to_utc());
        let summary = &entry.summary.as_ref().unwrap().content;
        assert!(summary.ends_with("[…]") && summary.len() < 200, "{summary}");
    }
}

#[tokio::test]
async fn a_redirecting_link_leads_to_its_article_for_good() {
    let town = Town::new();
    let feed = town.feed().await;
    let redirecting = town.url(demo::REDIRECTING_PATH);
    assert!(feed.entries.iter().any(|entry| entry.links[0].href == redirecting.as_str()));
    let response = town.get(demo::REDIRECTING_PATH).await;
    assert_eq!(response.status(), 301);
    let article = town.site.articles().into_iter().find(|article| article.slug == "wool-prices").unwrap();
    assert_eq!(response.headers()[header::LOCATION], article.path.as_str());
}

#[tokio::test]
async fn the_sitemap_is_named_by_robots_txt_and_lists_everything() {
    let town = Town::new();
    let robots = town.text("/robots.txt").await;
    let robots = texting_robots::Robot::new("tearsheet", robots.as_bytes()).unwrap();
    assert!(!robots.allowed(town.url(demo::DISALLOWED_PATH).as_str()));
    assert!(robots.allowed(town.url("/world/").as_str()));
    let index = town.text(&robots.sitemaps[0]).await;
    let maps: Vec<&str> =
        index.split("<loc>").skip(1).map(|rest| rest.split("</loc>").next().unwrap()).collect();
    let [archive, recent] = maps[..] else { panic!("two sitemaps: {index}") };
    let mut all = town.text(recent).await;
    let packed = town.get(archive).await.bytes().await.unwrap();
    GzDecoder::new(&packed[..]).read_to_string(&mut all).unwrap();
    for article in town.of(Section::Science) {
        let url = format!("{}</loc>", article.path);
        assert_eq!(all.matches(&url).count(), 1, "{url}");
    }
}

#[tokio::test]
async fn what_is_published_later_appears_where_it_is_looked_for() {
    let town = Town::new();
    let world = town.site.publish_one_more().unwrap();
    let business = town.site.publish_one_more().unwrap();
    let science = town.site.publish_one_more().unwrap();
    let sections = [world.section, business.section, science.section];
    assert_eq!(sections, [Section::World, Section::Business, Section::Science]);
    assert!(links(&town.text("/world/").await, "h2 a")[0].starts_with(&world.path));
    assert_eq!(town.feed().await.entries[0].title.as_ref().unwrap().content, business.title);
    assert!(town.text("/science/sitemap-recent.xml").await.contains(&science.title));
}

#[tokio::test]
async fn what_is_not_published_yet_is_not_there() {
    let town = Town::new();
    let held = Site::new().publish_one_more().unwrap();
    assert_eq!(town.status(&held.path).await, 404);
}

#[tokio::test]
async fn a_correction_shows_on_the_page_and_where_the_article_is_listed() {
    let town = Town::new();
    let science = town.site.edit_one().unwrap();
    assert_eq!(science.section, Section::Science);
    let map = town.text("/science/sitemap-recent.xml").await;
    assert!(map.contains(&format!("<lastmod>{}</lastmod>", science.modified.unwrap().to_rfc3339())));
    let business = town.site.edit_one().unwrap();
    let feed = town.feed().await;
    let entry =
        feed.entries.iter().find(|entry| entry.title.as_ref().unwrap().content == business.title).unwrap();
    assert_eq!(entry.updated.unwrap(), business.modified.unwrap().to_utc());
    assert!(town.site.edit_one().is_some());
    assert!(town.text("/world/").await.contains("Corrected 26 May 2025"));
}

#[tokio::test]
async fn unchanged_pages_answer_304_until_they_change() {
    let town = Town::new();
    let article = town.site.articles().into_iter().find(|article| article.slug == "eel-journey").unwrap();
    let paths = [article.path.as_str(), "/world/", "/business/feed.xml", "/science/sitemap-recent.xml"];
    let mut tags = Vec::new();
    for path in paths {
        tags.push(town.get(path).await.headers()[header::ETAG].clone());
    }
    assert_eq!(town.server.take_requests().len(), 4);
    let again = async |at: usize| {
        let request = town.client.get(town.url(paths[at])).header(header::IF_NONE_MATCH, &tags[at]);
        request.send().await.unwrap().status().as_u16()
    };
    for (at, path) in paths.iter().enumerate() {
        assert_eq!(again(at).await, 304, "{path}");
    }
    let log = town.server.take_requests();
    assert!(
        log.iter().all(|request| request.conditional && request.status == 304 && request.method == "GET")
    );
    assert_eq!(log.iter().map(|request| request.target.as_str()).collect::<Vec<_>>(), paths);
    assert!(town.site.edit_one().is_some() && town.site.publish_one_more().is_some());
    assert_eq!((again(0).await, again(1).await, again(2).await, again(3).await), (200, 200, 304, 200));
}

#[tokio::test]
async fn text_is_packed_for_who_asks() {
    let town = Town::new();
    let request = town.client.get(town.url("/world/")).header(header::ACCEPT_ENCODING, "gzip");
    let response = request.send().await.unwrap();
    assert_eq!(response.headers()[header::CONTENT_ENCODING], "gzip");
    let packed = response.bytes().await.unwrap();
    let mut page = String::new();
    GzDecoder::new(&packed[..]).read_to_string(&mut page).unwrap();
    assert_eq!(page, town.text("/world/").await);
}

#[tokio::test]
async fn errors_hard_and_soft_look_the_same_but_for_the_status() {
    let town = Town::new();
    let hard = town.get(demo::MISSING_PATH).await;
    let soft = town.get(demo::SOFT_ERROR_PATH).await;
    assert_eq!((hard.status().as_u16(), soft.status().as_u16()), (404, 200));
    assert_eq!(hard.text().await.unwrap(), soft.text().await.unwrap());
    assert_eq!(town.client.post(town.url("/subscribe")).send().await.unwrap().status(), 405);
}

#[tokio::test]
async fn every_picture_that_a_page_shows_is_there() {
    let town = Town::new();
    for article in town.site.articles() {
        let page = town.text(&article.path).await;
        for rest in page.split("/images/").skip(1) {
            let name: String =
                rest.chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-')).collect();
            assert_eq!(town.status(&format!("/images/{name}")).await, 200, "{name}");
        }
    }
}

#[test]
fn its_configuration_loads() {
    let root = tempfile::tempdir().unwrap();
    let sources = root.path().join("config/sources");
    fs::create_dir_all(&sources).unwrap();
    let site = Url::parse("http://127.0.0.1:4711/").unwrap();
    let published = Url::parse("http://127.0.0.1:4712/").unwrap();
    for (name, text) in demo::source_files(&site) {
        fs::write(sources.join(name), text).unwrap();
    }
    fs::write(root.path().join("config/tearsheet.toml"), demo::settings_file(&published)).unwrap();
    let config = config::load(root.path()).unwrap();
    assert_eq!(config.sources.len(), 3);
    assert!(config.sources.iter().all(|source| source.source.url.as_str().starts_with(site.as_str())));
    assert_eq!(config.feeds[0].sources.len(), 3);
    assert_eq!(config.site.base_url, Some(published));
    assert!(config.fetch.allow_private && config.fetch.delay.is_zero() && config.fetch.robots);
}
