//! Pages that are odd, broken or built to be costly: each gets its article or its reason, and what stands on it is read
//! within bounds. Nothing is fetched.

use chrono::{TimeZone, Utc};
use regex::Regex;
use tearsheet::extract::{self, Finding, Page, Rejection, Replacement, Settings};
use tearsheet::html::Query;
use tearsheet::model::Article;
use url::Url;

const SENTENCE: &str = "The river rose in the night, and before anyone in the valley was awake the boats had been \
                        carried up to the school on the hill, where they stayed until the spring.";

/// Some paragraphs of an article.
fn paragraphs() -> String {
    (1..=5).map(|day| format!("<p>Day {day}. {SENTENCE}</p>")).collect()
}

fn read(settings: &Settings, html: &str, content_type: &str) -> Result<Article, Rejection> {
    let url = Url::parse("https://courier.example/news/the-river").unwrap();
    let captured_at = Utc.with_ymd_and_hms(2024, 6, 1, 12, 0, 0).single();
    let page = Page {
        url: &url,
        content_type: Some(content_type),
        bytes: html.as_bytes(),
        captured_at,
        hints: None,
    };
    extract::article(&page, settings)
}

fn answer(html: &str) -> Result<Article, Rejection> {
    read(&Settings::default(), html, "text/html; charset=utf-8")
}

/// The days of [`paragraphs`] that are in the text.
fn days(article: &Article) -> usize {
    (1..=5).filter(|day| article.text.contains(&format!("Day {day}. {SENTENCE}"))).count()
}

#[test]
fn a_page_that_holds_no_article_says_why() {
    let links: String =
        (0..200).map(|at| format!("<li><a href=/{at}>The council meets again, part {at}</a>")).collect();
    let cases = [
        ("", Rejection::Empty),
        ("Gone", Rejection::NoArticle),
        ("<p>Gone", Rejection::TooShort { words: 1 }),
        (&format!("<title>News</title><ul>{links}</ul>"), Rejection::OnlyLinks),
        (&format!("<script>{}</script>", "window.push({a:1});".repeat(20_000)), Rejection::NoArticle),
        (&"<script src=/a.js></script><style>p{}</style>".repeat(1000), Rejection::NoArticle),
        ("<frameset cols='20%,*'><frame src=/menu><frame src=/main></frameset>", Rejection::NoArticle),
        (&"<p></p><div></div>".repeat(100_000), Rejection::NoArticle),
    ];
    for (html, reason) in cases {
        assert_eq!(answer(html).map(|article| article.text), Err(reason), "{html:.80}");
    }
}

#[test]
fn a_page_that_is_cut_doubled_or_framed_gives_the_text_that_it_has() {
    let text = paragraphs();
    let cases = [
        ("cut in a tag", format!("<title>T</title><article>{text}<p class='more")),
        ("cut in a comment", format!("<title>T</title><article>{text}<!-- and so")),
        ("cut in an entity", format!("<title>T</title><article>{text}&am")),
        ("cut in a script", format!("<title>T</title><article>{text}</article><script>if (a <")),
        ("two bodies", format!("<body class=a><h1>T</h1></body><body class=b>{text}</body>")),
        (
            "two documents",
            format!("<html><head><title>T</title></head></html><html><body>{text}</body></html>"),
        ),
        ("a frame's stand-in", format!("<body>{text}<frameset><frame src=/a></frameset>")),
    ];
    for (name, html) in cases {
        let article = answer(&html).unwrap_or_else(|reason| panic!("{name}: {reason}"));
        assert_eq!(days(&article), 5, "{name}: {}", article.text);
    }
}

#[test]
fn xhtml_is_read_whatever_it_is_served_as() {
    let page = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Strict//EN\" \
         \"http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd\">\n<html xmlns=\"http://www.w3.org/1999/xhtml\" \
         xml:lang=\"en\"><head><script src=\"/a.js\" /><title>The river</title><meta name=\"a\" content=\"b\" /></head><body><a name=\"top\" /><div><br />{}</div>\
         </body></html>",
        paragraphs()
    );
    for content_type in ["application/xhtml+xml", "text/html", "text/plain", "application/xml", "text/xml"] {
        let article = read(&Settings::default(), &page, content_type)
            .unwrap_or_else(|reason| panic!("{content_type}: {reason}"));
        assert_eq!((days(&article), article.title.as_str()), (5, "The river"), "{content_type}");
    }
}

#[test]
fn of_too_many_siblings_the_text_is_kept_and_the_tags_are_not() {
    const MOST: usize = 1 << 16;
    let many = format!("<title>T</title>{}", "<p>a</p>".repeat(MOST + 10_000));
    let article = answer(&many).unwrap();
    assert!(article.text.split("\n\n").count() < MOST);
    assert_eq!(article.text.matches('a').count(), MOST + 10_000);
}

/// An article whose page says `metadata` of it, and shows a byline and a date.
fn with(metadata: &str) -> Article {
    let shown = "<p class=byline>By Ann Lee</p><time datetime=2024-05-08>8 May 2024</time>";
    let page = format!(
        "<title>The river rose</title>{metadata}<article><h1>The river rose</h1>{shown}{}",
        paragraphs()
    );
    answer(&page).unwrap()
}

fn json_ld(json: &str) -> String {
    format!("<script type=application/ld+json>{json}</script>")
}

#[test]
fn json_beyond_bounds_is_told_once_and_the_next_source_is_used() {
    let large = format!(
        "{{\"@type\": \"Article\", \"author\": \"Bo Ek\", \"x\": [{}]}}",
        "{\"a\": 0},".repeat((5 << 20) / 9)
    );
    let article = with(&json_ld(&large));
    assert_eq!(article.warnings, ["1 of its JSON-LD scripts could not be read"]);
    assert_eq!((article.authors, article.title.as_str()), (vec!["Ann Lee".to_owned()], "The river rose"));

    let deep = format!("{}{{\"@type\": \"Article\", \"author\": \"Bo Ek\"}}", "[{\"a\":".repeat(10_000));
    let article = with(&json_ld(&deep));
    assert_eq!(article.warnings, ["1 of its JSON-LD scripts could not be read"]);
    assert_eq!(article.authors, ["Ann Lee"]);
}

#[test]
fn a_date_that_is_none_is_told_once_and_the_next_source_is_used() {
    for nonsense in [
        "0000-00-00",
        "0000-00-00T00:00:00Z",
        "31/02/2024",
        "20240-05-08T10:00:00Z",
        "2024-13-45",
        "99999999999999999",
    ] {
        for metadata in [
            format!("<meta property=article:published_time content='{nonsense}'>"),
            json_ld(&format!("{{\"@type\": \"Article\", \"datePublished\": \"{nonsense}\"}}")),
        ] {
            let article = with(&metadata);
            assert_eq!(article.published.unwrap().to_string(), "2024-05-08", "{nonsense}");
            let [warning] = &article.warnings[..] else { panic!("{nonsense}: {:?}", article.warnings) };
            assert!(warning.ends_with(&format!("cannot be read as a date: {nonsense}")), "{warning}");
        }
    }
}

#[test]
fn an_epoch_that_cannot_be_is_doubted() {
    for epoch in ["0", "1", "-1", "86400", "32503680000"] {
        let article = with(&format!("<meta property=article:published_time content='{epoch}'>"));
        assert_eq!(article.published.unwrap().to_string(), "2024-05-08", "{epoch}");
        assert!(article.warnings.len() <= 1, "{epoch}: {:?}", article.warnings);
    }
}

#[test]
fn an_author_of_100_kb_is_told_once_and_the_next_source_is_used() {
    for names in ["Ann-Lee,".repeat(13_000), "x".repeat(100_000), "A.".repeat(50_000)] {
        for metadata in [
            format!("<meta name=author content='{names}'><meta name=article:author content='{names}'>"),
            json_ld(&format!("{{\"@type\": \"Article\", \"author\": \"{names}\"}}")),
        ] {
            let article = with(&metadata);
            assert_eq!(article.authors, ["Ann Lee"]);
            let [warning] = &article.warnings[..] else { panic!("{:?}", article.warnings) };
            assert!(warning.ends_with("says is too long to be names"), "{warning}");
        }
    }
}

fn query(selector: &str) -> Query {
    Query::parse(selector).unwrap()
}

#[test]
fn a_rule_that_never_ends_or_selects_a_million_nodes_is_told_once_and_the_heuristics_are_heard() {
    let page = format!(
        "<title>T</title><article>{}</article><footer>{}</footer>",
        paragraphs(),
        "<i>x</i><b>y</b>".repeat(12_000)
    );
    for (selector, warning) in [
        ("footer *", "the rule's selector `footer *` selects more than 20000 places"),
        ("//*", "the rule's selector `//*` selects more than 20000 places"),
        ("i ~ u", "the rule's selector `i ~ u` takes too long"),
        ("//b[. = //i]", "the rule's selector `//b[. = //i]` takes too long"),
    ] {
        let mut settings = Settings::default();
        settings.rules.body = vec![query(selector), query(selector)];
        settings.rules.remove = vec![query(selector)];
        settings.rules.title = vec![query(selector)];
        let article = read(&settings, &page, "text/html").unwrap();
        let told: Vec<&String> = article.warnings.iter().filter(|told| told.contains(selector)).collect();
        assert_eq!((told.as_slice(), days(&article)), ([&warning.to_owned()].as_slice(), 5));
    }
}

#[test]
fn a_pattern_that_never_ends_is_left_out_and_the_page_is_read() {
    let comment = "-".repeat(2 << 20) + &"a".repeat(2000);
    let page = format!("<title>T</title><article>{}</article><p title='{comment}'>", paragraphs());
    let mut settings = Settings::default();
    let find = Finding::Pattern(Regex::new("(a*)*b|a(?s:.*z)?").unwrap());
    settings.rules.replace.push(Replacement { find, with: "b".to_owned() });
    let article = read(&settings, &page, "text/html").unwrap();
    assert_eq!(days(&article), 5);
    assert_eq!(article.warnings, ["a replacement of its rule takes too long on this page and was left out"]);
}
