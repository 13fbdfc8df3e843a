//! Reading a page costs as much as the page is long, whatever it holds: eight times the page takes eight times the steps. They are
//! counted, so that no clock and no other program has a say. The kinds are those by which pages have cost more.

use std::fmt::Write as _;

use tearsheet::discover::{self, Document, Kind};
use tearsheet::extract::{self, Page, Rejection, Settings};
use tearsheet::html::effort;
use url::Url;

/// Bytes of the smaller page.
const SMALL: usize = 12 << 10;
/// How many times larger the other is.
const TIMES: usize = 8;
/// Steps that a page may cost beside those of its bytes.
const BESIDE: u64 = 10_000;

const PARAGRAPH: &str = "<p>The harbour fell dry at noon, for the first time in forty years, and half the town walked out to \
                         the old lighthouse to see the wreck that nobody had believed in.</p>";

/// `part`, to the length of a page of so many bytes.
fn many(part: &str, bytes: usize) -> String {
    part.repeat(bytes / part.len())
}

fn numbered(bytes: usize, part: impl Fn(usize) -> String) -> String {
    let mut text = String::new();
    let mut at = 0;
    while text.len() < bytes {
        text += &part(at);
        at += 1;
    }
    text
}

/// An article that holds `inside` beside its text.
fn article(inside: &str) -> String {
    let text = PARAGRAPH.repeat(4);
    format!("<html lang=en><title>Low tide</title><article><h1>Low tide</h1>{text}{inside}</article></html>")
}

fn footnotes(bytes: usize) -> String {
    let (mut marks, mut notes) = (String::new(), String::new());
    for at in 0..bytes / 130 {
        write!(marks, "<p>The tide fell {at}<sup><a href=#f{at} id=r{at}>{at}</a></sup></p>").unwrap();
        write!(notes, "<li id=f{at}>Note {at} <a href=#r{at}>back</a></li>").unwrap();
    }
    format!("{marks}<ol>{notes}</ol>")
}

type Build = fn(usize) -> String;

const KINDS: &[(&str, Build)] = &[
    ("a title", |bytes| format!("<title>{}</title>{}", many("word ", bytes), article(""))),
    ("a title of one word", |bytes| format!("<title>{}</title>{}", many("x", bytes), article(""))),
    ("a heading", |bytes| article(&format!("<h1>{}</h1>", many("word ", bytes)))),
    ("a word", |bytes| format!("<article><p>{}</p></article>", many("x", bytes))),
    ("marks on one letter", |bytes| article(&format!("<p>a{}", many("\u{301}", bytes)))),
    ("a paragraph", |bytes| article(&format!("<p>{}", many("The town walked out to the wreck. ", bytes)))),
    ("a paragraph without spaces", |bytes| {
        article(&format!("<p>{}", many("今日は東京で会議がありました。", bytes)))
    }),
    ("links", |bytes| article(&numbered(bytes, |n| format!("<a href=/{n}>{n}</a>")))),
    ("nested links", |bytes| article(&many("<a href=x>", bytes))),
    ("nested links and blocks", |bytes| article(&many("<a href=x><div>", bytes))),
    ("nested formatting", |bytes| article(&many("<b><i><p>x", bytes))),
    ("footnotes", |bytes| article(&footnotes(bytes))),
    ("marks of footnotes", |bytes| {
        article(&numbered(bytes, |n| format!("<p id=n{n}>x<sup><a href=#n{n}>{n}</a></sup>")))
    }),
    ("styles", |bytes| article(&many("<style></style>", bytes))),
    ("scripts", |bytes| article(&many("<script></script>", bytes))),
    ("bodies of one attribute", |bytes| article(&many("<body a><body b>", bytes))),
    ("bodies of many attributes", |bytes| article(&numbered(bytes, |n| format!("<body a{n}=1>")))),
    ("attributes", |bytes| article(&format!("<p{}>x", numbered(bytes, |n| format!(" a{n}=1"))))),
    ("classes", |bytes| article(&format!("<div class='{}'>x</div>", numbered(bytes, |n| format!("c{n} "))))),
    ("paragraphs", |bytes| article(&numbered(bytes, |n| format!("<p>Word {n} of the harbour")))),
    ("a list", |bytes| article(&format!("<ul>{}</ul>", many("<li>word one", bytes)))),
    ("definitions", |bytes| article(&format!("<dl>{}</dl>", many("<dt>a<dd>b c d", bytes)))),
    ("a table", |bytes| article(&format!("<table>{}</table>", many("<tr><td>a<td>b", bytes)))),
    ("breaks", |bytes| article(&format!("<p>{}", many("one line<br>", bytes)))),
    ("headings", |bytes| {
        article(&numbered(bytes, |n| format!("<h2>Head {n}</h2><p>the harbour fell dry</p>")))
    }),
    ("dates", |bytes| article(&many("<time datetime=2024-01-02>2 Jan 2024</time>", bytes))),
    ("a byline", |bytes| article(&format!("<p class=byline>By {}", many("Ann Lee, Bo Ek and ", bytes)))),
    ("tags", |bytes| {
        format!("{}{}", numbered(bytes, |n| format!("<meta property=article:tag content=t{n}>")), article(""))
    }),
    ("a value for machines", |bytes| {
        format!("<meta property=og:title content='{}'>{}", many("word ", bytes), article(""))
    }),
    ("pictures", |bytes| {
        article(&numbered(bytes, |n| {
            format!("<figure><img src=/{n}.jpg><figcaption>c{n}</figcaption></figure>")
        }))
    }),
    ("forms of a picture", |bytes| {
        article(&format!(
            "<img src=a.jpg srcset='{}'>",
            numbered(bytes, |n| format!("/a{n}.jpg {}w, ", n + 1))
        ))
    }),
    ("nested data", |bytes| {
        format!("<script type=application/ld+json>{}</script>{}", many("{\"a\":[", bytes), article(""))
    }),
    ("data in parts", |bytes| {
        let part = "<script type=application/ld+json>{\"@type\":\"Article\",\"headline\":\"x\"}</script>";
        format!("{}{}", many(part, bytes), article(""))
    }),
    ("state of scripts", |bytes| {
        format!("<script id=__NEXT_DATA__>{}</script>{}", many("{\"a\":", bytes), article(""))
    }),
    ("spaces", |bytes| article(&format!("<p>{}x", many(" ", bytes)))),
    ("signs that begin no tag", |bytes| article(&many("<", bytes))),
    ("entities", |bytes| article(&many("&amp;", bytes))),
    ("plain text", |bytes| many("The harbour fell dry at noon.\n", bytes)),
];

fn read(html: &str) -> u64 {
    let url = Url::parse("https://courier.example/2024/low-tide").unwrap();
    let page = Page { url: &url, content_type: None, bytes: html.as_bytes(), captured_at: None, hints: None };
    let (reading, steps) = effort::counted(|| extract::read(&page, &Settings::default()));
    assert!(!matches!(reading.article, Err(Rejection::TooCostly)));
    steps
}

fn list(kind: Kind) -> impl Fn(&str) -> u64 {
    move |text| {
        let url = Url::parse("https://courier.example/").unwrap();
        let document =
            Document { url: &url, content_type: None, link: None, bytes: text.as_bytes(), fetched_at: None };
        let settings = discover::Settings { kind, limit: 500, ..discover::Settings::default() };
        effort::counted(|| discover::candidates(&document, &settings).map(drop)).1
    }
}

fn check(cost: impl Fn(&str) -> u64, kinds: &[(&str, Build)]) {
    let mut costly = String::new();
    for (name, build) in kinds {
        let (small, large) = (cost(&build(SMALL)), cost(&build(TIMES * SMALL)));
        if large > TIMES as u64 * small + BESIDE {
            writeln!(costly, "{name}: {small} steps, and {large} of {TIMES} times the page").unwrap();
        }
    }
    assert!(costly.is_empty(), "{costly}");
}

#[test]
fn a_page_costs_as_much_as_it_is_long() {
    check(read, KINDS);
}

#[test]
fn a_listing_costs_as_much_as_it_is_long() {
    check(list(Kind::Auto), KINDS);
}

#[test]
fn a_page_that_takes_too_much_work_is_no_article_and_says_so() {
    let url = Url::parse("https://courier.example/2024/low-tide").unwrap();
    let html = article("");
    let page = Page { url: &url, content_type: None, bytes: html.as_bytes(), captured_at: None, hints: None };
    let settings = Settings::default();
    // What is only made once is made before.
    let whole = extract::article(&page, &settings);
    assert!(whole.is_ok());
    let steps = effort::counted(|| extract::article(&page, &settings)).1;
    for part in [0, steps / 4, steps / 2, steps - 1] {
        let read = effort::within(part, || extract::article(&page, &settings));
        assert!(matches!(read, Ok(Err(Rejection::TooCostly))), "{part} of {steps} steps: {read:?}");
    }
    assert_eq!(effort::within(steps, || extract::article(&page, &settings)), Ok(whole));
}
