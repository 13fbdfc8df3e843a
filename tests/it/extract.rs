//! Whole pages of our own making, each with what is to come of it, and pages that no one should have to read.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use chrono::{TimeZone, Utc};
use serde_json::{Value, json};
use tearsheet::extract::{self, Binary, Page, Rejection, Settings};
use tearsheet::html::Query;
use tearsheet::model::Article;
use url::Url;

fn pages() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/pages")
}

fn extracted(bytes: &[u8], content_type: Option<&str>, name: &str) -> Result<Article, Rejection> {
    extracted_by(&Settings::default(), bytes, content_type, name)
}

fn extracted_by(
    settings: &Settings,
    bytes: &[u8],
    content_type: Option<&str>,
    name: &str,
) -> Result<Article, Rejection> {
    let url = Url::parse(&format!("https://courier.example/{name}")).unwrap();
    let captured_at = Utc.with_ymd_and_hms(2024, 6, 1, 12, 0, 0).single();
    let page = Page { url: &url, content_type, bytes, captured_at, hints: None };
    extract::article(&page, settings)
}

/// A case is its source, and where they are not left to be found, its content type and the owner's selector for the body.
fn extracted_case(case: &Path) -> Result<Article, Rejection> {
    let source = ["source.html", "source.txt"].iter().map(|name| case.join(name)).find(|path| path.exists());
    let given = |name| fs::read_to_string(case.join(name)).ok().map(|text| text.trim().to_owned());
    let mut settings = Settings::default();
    settings.rules.body.extend(given("body-selector").map(|selector| Query::parse(&selector).unwrap()));
    let name = case.file_name().unwrap().to_str().unwrap();
    let bytes = fs::read(source.unwrap()).unwrap();
    extracted_by(&settings, &bytes, given("content-type").as_deref(), name)
}

fn cases() -> Vec<PathBuf> {
    let mut cases: Vec<PathBuf> = fs::read_dir(pages()).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.sort();
    cases
}

/// What a fixture holds of an article: all that a reader sees, a block a line.
fn seen(article: &Result<Article, Rejection>) -> Value {
    match article {
        Ok(article) => json!({
            "title": article.title,
            "published": article.published,
            "text": article.text.split("\n\n").collect::<Vec<_>>(),
            "html": article.html.lines().collect::<Vec<_>>(),
        }),
        Err(rejection) => json!({ "rejected": rejection.to_string() }),
    }
}

#[test]
fn each_page_becomes_what_its_fixture_says() {
    let mut wrong = String::new();
    for case in cases() {
        let got = seen(&extracted_case(&case));
        let path = case.join("expected.json");
        if std::env::var_os("UPDATE_FIXTURES").is_some() {
            fs::write(&path, format!("{got:#}\n")).unwrap();
        }
        let expected: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
        if got != expected {
            writeln!(wrong, "{}: got {got:#}", case.display()).unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// The title and the paragraphs of the page that the project was born from: all its lines but the date, the icons and
/// the promotion.
fn seed() -> (String, Vec<String>) {
    let text = fs::read_to_string(pages().join("plain-seed/source.txt")).unwrap();
    let is_own = |line: &&str| {
        !line.trim().is_empty()
            && !["Wed May 08", "icon-", "READ ALSO"].iter().any(|start| line.starts_with(start))
    };
    let mut lines = text.lines().filter(is_own).map(str::to_owned);
    (lines.next().unwrap(), lines.collect())
}

#[test]
fn the_first_page_is_read_right_in_every_dress() {
    let (title, paragraphs) = seed();
    assert_eq!(paragraphs.len(), 15);
    let dresses: Vec<PathBuf> =
        cases().into_iter().filter(|case| case.to_string_lossy().contains("seed")).collect();
    assert!(dresses.len() > 5);
    for case in dresses {
        let article = extracted_case(&case).unwrap();
        let name = case.display();
        assert_eq!(article.title, title, "{name}");
        assert_eq!(article.published.unwrap().date().to_string(), "2024-05-08", "{name}");
        let is_caption = |block: &&str| article.html.contains(&format!("<figcaption>{block}</figcaption>"));
        let blocks: Vec<&str> = article.text.split("\n\n").filter(|block| !is_caption(block)).collect();
        assert_eq!(blocks, paragraphs, "{name}");
    }
}

#[test]
fn text_and_html_of_every_page_have_the_same_words_captions_aside() {
    for case in cases() {
        let Ok(article) = extracted_case(&case) else { continue };
        let spaced = article.html.replace("</", " </").replace("<br>", " ").replace("<li>", " ");
        let document = scraper::Html::parse_fragment(&spaced);
        let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
        let caption = scraper::Selector::parse("figcaption").unwrap();
        let captions: Vec<_> = document.select(&caption).map(|caption| caption.id()).collect();
        let is_caption = |node: &ego_tree::NodeRef<'_, scraper::Node>| captions.contains(&node.id());
        let texts = document.tree.nodes().filter(|node| !node.ancestors().any(|around| is_caption(&around)));
        let html: String = texts.filter_map(|node| node.value().as_text().map(|text| &**text)).collect();
        assert_eq!(letters(&article.text), letters(&html), "{}", case.display());
    }
}

fn check_rejected(bytes: &[u8], expected: Rejection) {
    assert_eq!(extracted(bytes, None, "x").map(|article| article.text), Err(expected));
}

#[test]
fn what_is_no_page_has_a_reason() {
    check_rejected(b"", Rejection::Empty);
    check_rejected(b" \n\t ", Rejection::Empty);
    check_rejected(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n", Rejection::Binary(Binary::Pdf));
    check_rejected(&[0; 4000], Rejection::Binary(Binary::Unknown));
    check_rejected(b"<html><body><script>app()</script></body></html>", Rejection::NoArticle);
    check_rejected(b"<!-- nothing -->", Rejection::NoArticle);
}

/// An answer in bounded time is all that is asked of these; what it is, is theirs to fear.
#[test]
fn hostile_pages_get_an_answer() {
    let sentence = "The river rose, and the boats were carried to the school on the hill. ";
    let hostile = [
        sentence.repeat(5 << 20 >> 6),
        format!("<p>{}", sentence.repeat(5 << 20 >> 6)),
        "<p>a</p>".repeat(200_000),
        "<br>x".repeat(200_000),
        "<div>".repeat(200_000),
        format!("{}{sentence}", "<b>".repeat(20_000)),
        format!("{}{sentence}", "<ul><li>".repeat(50_000)),
        format!("{}{sentence}", "<table><tr><td>".repeat(20_000)),
        format!("{}{sentence}", "<a href=x><i><p>".repeat(3_000)),
        format!("<p>{sentence}</p><p class='{}", "x".repeat(100_000)),
        "&".repeat(300_000),
        "<".repeat(300_000),
        "<img src=x>".repeat(50_000),
        format!("<p>{sentence}</p>{}", "<figure><img src=/a.jpg>".repeat(20_000)),
        format!("<p>{sentence}</p><p>{}", "<ruby>a<rt>b".repeat(20_000)),
        format!("<table>{}", "<tr><td>one<td>two<td>3".repeat(20_000)),
        format!("<p>{sentence}</p><p class=gutter>{}", "<span><br></span>".repeat(50_000)),
    ];
    for page in hostile {
        match extracted(page.as_bytes(), Some("text/html; charset=utf-8"), "x") {
            Ok(article) => assert!(!article.text.is_empty()),
            Err(rejection) => assert!(!rejection.to_string().is_empty()),
        }
    }
}

mod properties {
    use proptest::prelude::*;

    use super::extracted;

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
            let _ = extracted(&bytes, None, "x");
        }

        #[test]
        fn no_markup_makes_it_panic(
            markup in "(<[a-z!/]{0,6}[ a-z='\"]{0,8}>?|[ -~é日]{0,9}|&[a-z#0-9]{0,5};?){0,60}",
            content_type in prop::sample::select(vec!["text/html", "text/plain", "text/html; charset=gbk", "x"]),
        ) {
            let _ = extracted(markup.as_bytes(), Some(content_type), "x");
        }
    }
}

#[test]
fn a_line_that_says_who_and_when_is_no_description() {
    let text = "<p>The harbour fell dry at noon, and half the town walked out to the lighthouse to see the wreck.</p>".repeat(5);
    let html = format!(
        "<title>Low tide</title><meta name=author content='Ann Vale'><meta property=article:published_time \
         content=2025-01-20><meta name=description content='By Ann Vale | 20 January 2025'><article><h1>Low \
         tide</h1>{text}</article>"
    );
    let url = Url::parse("https://courier.example/low-tide").unwrap();
    let page = Page { url: &url, content_type: None, bytes: html.as_bytes(), captured_at: None, hints: None };
    assert_eq!(extract::article(&page, &Settings::default()).unwrap().description, None);
}
