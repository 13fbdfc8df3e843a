//! The discover stage over documents of every kind.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use regex::Regex;
use serde_json::{Value, json};
use tearsheet::discover::{Document, Error, Kind, Listing, Select, Settings, candidates, pins};
use tearsheet::html::Query;
use tearsheet::model::Candidate;
use url::Url;

const BASE: &str = "https://courier.example/";

fn read(bytes: &[u8], settings: &Settings) -> Result<Listing, Error> {
    let url = Url::parse(BASE).unwrap();
    let fetched_at = "2024-05-10T12:00:00Z".parse().unwrap();
    candidates(
        &Document { url: &url, content_type: None, link: None, bytes, fetched_at: Some(fetched_at) },
        settings,
    )
}

fn urls(listing: &Listing) -> Vec<&str> {
    listing.candidates.iter().map(|candidate| candidate.url.as_str()).collect()
}

fn as_json(listing: &Listing) -> Value {
    let feeds: Vec<Value> =
        listing.feeds.iter().map(|feed| json!({"url": feed.url, "title": feed.title})).collect();
    json!({
        "kind": format!("{:?}", listing.kind),
        "title": listing.title,
        "candidates": listing.candidates,
        "next_page": listing.next_page,
        "sitemaps": listing.sitemaps,
        "feeds": feeds,
        "warnings": listing.warnings,
    })
}

fn fixtures() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/discover");
    let mut cases: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.sort();
    cases
}

fn source(case: &Path) -> Vec<u8> {
    let mut files = fs::read_dir(case).unwrap().map(|entry| entry.unwrap().path());
    fs::read(files.find(|file| file.file_stem().unwrap().to_str().unwrap().starts_with("source")).unwrap())
        .unwrap()
}

#[test]
fn every_fixture_gives_what_is_expected_of_it() {
    let mut wrong = Vec::new();
    for case in fixtures() {
        let found = as_json(&read(&source(&case), &Settings::default()).unwrap());
        let expected = case.join("expected.json");
        if std::env::var_os("UPDATE_FIXTURES").is_some() {
            fs::write(&expected, serde_json::to_string_pretty(&found).unwrap() + "\n").unwrap();
        }
        let expected: Value = serde_json::from_slice(&fs::read(&expected).unwrap()).unwrap();
        if found != expected {
            wrong.push(format!("{}:\n{}", case.display(), serde_json::to_string_pretty(&found).unwrap()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn selectors_that_are_named_give_the_same_items() {
    let url = Url::parse(BASE).unwrap();
    let mut named = Vec::new();
    for case in fixtures() {
        let bytes = source(&case);
        let fetched_at = "2024-05-10T12:00:00Z".parse().unwrap();
        let document = Document {
            url: &url,
            content_type: None,
            link: None,
            bytes: &bytes,
            fetched_at: Some(fetched_at),
        };
        let pins = pins(&document);
        if pins.is_empty() {
            continue;
        }
        let selector = |key: &str| {
            let pin = pins.iter().find(|pin| pin.key == key)?;
            Some(Query::parse(&pin.selector).unwrap())
        };
        let select = Select {
            items: selector("items"),
            link: selector("link"),
            title: selector("title"),
            date: selector("date"),
            summary: selector("summary"),
            image: selector("image"),
            next: selector("next"),
        };
        let by_hand = candidates(&document, &Settings { select, ..Settings::default() }).unwrap();
        let found = candidates(&document, &Settings::default()).unwrap();
        assert_eq!(by_hand.candidates, found.candidates, "{}: {pins:?}", case.display());
        assert_eq!(by_hand.next_page, found.next_page, "{}: {pins:?}", case.display());
        named.extend(pins.into_iter().map(|pin| pin.key));
    }
    for key in ["items", "link", "title", "date", "summary", "image"] {
        assert!(named.contains(&key), "{key}: {named:?}");
    }
}

#[test]
fn a_well_formed_feed_reads_as_feed_rs_reads_it() {
    for name in ["rss-2.0", "atom", "rdf", "rss-0.91", "json-feed"] {
        let case = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/discover").join(name);
        let ours = read(&source(&case), &Settings::default()).unwrap();
        let theirs = feed_rs::parser::Builder::new().base_uri(Some(BASE)).build();
        let theirs = theirs.parse(source(&case).as_slice()).unwrap();
        let entry = |candidate: &Candidate| {
            theirs
                .entries
                .iter()
                .find(|entry| entry.links.iter().any(|link| link.href == candidate.url.as_str()))
        };
        let mut seen = 0;
        for candidate in &ours.candidates {
            let Some(entry) = entry(candidate) else { continue };
            seen += 1;
            let published = candidate.published.map(|at| at.to_utc());
            assert_eq!(
                published.or(candidate.modified.map(|at| at.to_utc())),
                entry.published.or(entry.updated)
            );
        }
        assert!(seen > 0, "{name}");
    }
}

#[test]
fn include_exclude_and_limit_choose() {
    let list = b"https://a.example/news/1\nhttps://a.example/news/2\nhttps://a.example/tag/x\nhttps://a.example/news/3";
    let settings = Settings {
        include: vec![Regex::new("/news/").unwrap()],
        exclude: vec![Regex::new("/1$").unwrap()],
        limit: 1,
        ..Settings::default()
    };
    assert_eq!(urls(&read(list, &settings).unwrap()), ["https://a.example/news/2"]);
    let none = Settings { include: vec![Regex::new("nothing").unwrap()], ..Settings::default() };
    let listing = read(list, &none).unwrap();
    assert!(listing.candidates.is_empty() && listing.warnings[0].contains("include"));
}

#[test]
fn a_document_of_another_kind_is_an_error() {
    let settings = Settings { kind: Kind::Feed, ..Settings::default() };
    let error = read(b"<html><p>We will be back soon", &settings).unwrap_err();
    assert_eq!(error.to_string(), "the document is an HTML page, not a feed");
    assert!(matches!(read(b" \n", &Settings::default()), Err(Error::Empty)));
    assert!(matches!(read(b"{\"items\": [}", &Settings::default()), Err(Error::Json { .. })));
}

fn selector(css: &str) -> Option<Query> {
    Some(Query::parse(css).unwrap())
}

fn blog() -> Vec<u8> {
    source(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/discover/listing-blog"))
}

#[test]
fn selectors_say_what_an_item_is_and_the_rest_is_found() {
    let select = Select { items: selector("aside li"), next: selector(".pager a"), ..Select::default() };
    let listing = read(&blog(), &Settings { select, ..Settings::default() }).unwrap();
    assert_eq!(
        urls(&listing),
        [
            "https://courier.example/2023/01/how-to-read-a-river",
            "https://courier.example/2022/01/what-the-crow-knew"
        ]
    );
    assert_eq!(listing.candidates[0].title.as_deref(), Some("How to read a river"));
    assert_eq!(listing.next_page.unwrap().as_str(), "https://courier.example/page/2/");
}

#[test]
fn a_listing_is_read_by_xpath_too() {
    let select = Select {
        items: selector("//aside//li"),
        next: selector("//*[@class='pager']//a/@href"),
        ..Select::default()
    };
    let listing = read(&blog(), &Settings { select, ..Settings::default() }).unwrap();
    assert_eq!(listing.candidates.len(), 2);
    assert_eq!(listing.next_page.unwrap().as_str(), "https://courier.example/page/2/");
}

#[test]
fn a_selector_for_the_link_alone_is_enough() {
    let select = Select { link: selector("article h2 a"), summary: selector(".meta"), ..Select::default() };
    let listing = read(&blog(), &Settings { select, ..Settings::default() }).unwrap();
    let first = &listing.candidates[0];
    assert_eq!((listing.candidates.len(), first.title.as_deref()), (3, Some("Herons at the weir")));
    assert_eq!(first.published.unwrap().to_string(), "2024-05-08");
    assert!(first.summary.as_ref().unwrap().starts_with("By Mo Tarr"));
}

#[test]
fn a_selector_that_matches_nothing_is_said_and_the_articles_are_found_without_it() {
    let select = Select { items: selector(".teaser"), ..Select::default() };
    let listing = read(&blog(), &Settings { select, ..Settings::default() }).unwrap();
    assert_eq!(listing.warnings, ["the selector for `items` matches nothing"]);
    assert_eq!(listing.candidates.len(), 3);
}

#[test]
fn a_page_nested_200_000_deep_is_read() {
    let page = "<div>".repeat(200_000) + "<a href=/a/deep-story-about-depth>A deep story about depth</a>";
    assert!(read(page.as_bytes(), &Settings::default()).unwrap().candidates.len() <= 1);
}

#[test]
fn a_page_without_links_says_so() {
    let listing = read(b"<p>Nothing here", &Settings::default()).unwrap();
    assert_eq!(listing.warnings, ["no articles found, because the page has no links"]);
}

proptest! {
    #[test]
    fn any_bytes_are_read_without_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        for kind in [Kind::Auto, Kind::Listing, Kind::Feed, Kind::Sitemap, Kind::Urls] {
            let _ = read(&bytes, &Settings { kind, ..Settings::default() });
        }
    }

    #[test]
    fn a_damaged_document_gives_web_urls_each_once(
        case in any::<prop::sample::Index>(),
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..12),
        cut in any::<prop::sample::Index>(),
    ) {
        let cases = fixtures();
        let mut bytes = source(&cases[case.index(cases.len())]);
        for (at, byte) in damage {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        bytes.truncate(cut.index(bytes.len()) + 1);
        if let Ok(listing) = read(&bytes, &Settings::default()) {
            let mut found = urls(&listing);
            prop_assert!(found.iter().all(|url| url.starts_with("http://") || url.starts_with("https://")));
            let all = found.len();
            found.sort_unstable();
            found.dedup();
            prop_assert_eq!(found.len(), all);
        }
    }
}
