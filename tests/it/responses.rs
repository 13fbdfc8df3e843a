//! Labelled responses: pages that are no article, and more honest short ones that look like them. A false hold is as
//! bad as a false pass.

use std::fmt::Write as _;

use tearsheet::extract::{self, Page, Settings};
use tearsheet::model::{Article, Candidate, Past, Twin};
use url::Url;

use crate::archive::fixture;

const HONEST: &str = include_str!("../fixtures/gate/honest.txt");
const BAD: &str = include_str!("../fixtures/gate/bad.txt");

/// What stands about an article on many sites, and says all that walls say.
const BEFORE: &str = "<header><a href=/>The Gull</a><nav><a href=/news>News</a> <a href=/sea>Sea</a> <a href=/login>Log \
    in</a></nav><form><input name=user><input type=password><button>Log in</button></form></header><main><article>";
const AFTER: &str = "</article></main><aside><h3>Subscribe to our newsletter</h3><p>Already a subscriber? Log in. Forgot \
    your password?</p></aside><div class=\"cookie-banner\"><p>We use cookies. We and our partners value your \
    privacy.</p><button>Accept all</button><button>Reject all</button></div><footer><p>This site is protected by a \
    captcha. Page not found? Tell us.</p></footer>";

/// A response, as its file has it: `== what it is: where and why`, its title, and its body.
struct Response {
    label: String,
    title: String,
    body: String,
}

fn responses(text: &str) -> Vec<Response> {
    let parts = text.split("== ").skip(1);
    let response = |part: &str| {
        let mut lines = part.lines();
        let label = lines.next().unwrap().to_owned();
        let title = lines.next().unwrap().strip_prefix("title: ").expect(&label).to_owned();
        Response { label, title, body: lines.collect() }
    };
    parts.map(response).collect()
}

impl Response {
    /// The name of the reason for which it is refused; empty if it is not.
    fn verdict(&self, before: &str, after: &str) -> &'static str {
        let Response { title, body, .. } = self;
        let html = format!(
            "<!DOCTYPE html><html><head><title>{title}</title></head><body>{before}{body}{after}</body></html>"
        );
        let page = Page {
            url: &Url::parse("https://a.example/2026/11/some-page").unwrap(),
            content_type: Some("text/html; charset=utf-8"),
            bytes: html.as_bytes(),
            captured_at: Some(fixture::at(0)),
            hints: None,
        };
        extract::article(&page, &Settings::default()).map_or_else(|rejection| rejection.name(), |_| "")
    }
}

#[test]
fn no_honest_response_is_held_back_and_no_other_passes() {
    let (honest, bad) = (responses(HONEST), responses(BAD));
    assert!(honest.len() + bad.len() >= 120 && honest.len() > bad.len());
    let mut wrong = String::new();
    for response in &honest {
        for verdict in [response.verdict("", ""), response.verdict(BEFORE, AFTER)] {
            if !verdict.is_empty() {
                writeln!(wrong, "{}: held back as {verdict}", response.label).unwrap();
            }
        }
    }
    for response in &bad {
        let expected = response.label.split([':', ',']).next().unwrap();
        let is_furnished = response.label.contains(", site:");
        let frames = [("", ""), (BEFORE, AFTER)];
        for (before, after) in &frames[..1 + usize::from(is_furnished)] {
            let verdict = response.verdict(before, after);
            if !expected.split('/').any(|expected| verdict == expected) {
                writeln!(wrong, "{}: `{verdict}`", response.label).unwrap();
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

const NEWS: &str = "The ferry to the island was late again on Monday, and thirty people waited on the quay in the rain \
    for two hours.\n\nIts captain said that the engine had failed once more, and that the spare part was on its way \
    from the yard.\n\nThe harbour office asks everyone to look at the timetable before they leave home, and has put \
    two benches and a roof on the quay.";
const GERMAN: &str = "Diese Seite ist in Ihrem Land leider nicht in der gewohnten Form zu lesen. Bitte wenden Sie sich \
    an den Verlag, wenn Sie mehr darüber wissen möchten, und nennen Sie dabei Ihren Wohnort.";

fn article(title: &str, text: &str) -> Article {
    let page = fixture::Page::new("https://www.thegull.example/1").title(title).text(text);
    Article { site_name: Some("The Gull".to_owned()), authors: Vec::new(), ..page.article() }
}

fn in_language(language: &str, article: Article) -> Article {
    Article { language: Some(language.to_owned()), ..article }
}

fn verdict(article: &Article, told: Option<&str>, past: &Past) -> &'static str {
    let link = Candidate::new(article.url.as_url().clone());
    let link = Candidate { title: told.map(str::to_owned), ..link };
    extract::doubt(article, &link, past).map_or("", |rejection| rejection.name())
}

#[test]
fn a_revision_is_doubted_for_what_walls_do_and_not_for_what_authors_do() {
    let first = || article("Ferry late again", NEWS);
    let edited = |from: &str, to: &str| article("Ferry late again", &NEWS.replacen(from, to, 1));
    let halved = NEWS.rsplit_once("\n\n").unwrap().0;
    let short = || {
        article(
            "Bridge shut",
            "The bridge is shut until further notice, and nobody knows for how long it will be.",
        )
    };
    let opened = || article("Bridge open", "The bridge is open again.");
    let begun = NEWS.split_once("\n\n").unwrap().0;
    let stub = format!("{begun}\n\nSubscribe to continue reading this report and many more of its kind.");
    let quoted = format!("{NEWS}\n\n“Subscribe to continue reading,” said the screen in the waiting room.");
    let cases: Vec<(&str, Article, Article, &str)> = vec![
        ("a line is left", first(), article("Ferry late again", "This page is being updated."), "shrunk"),
        (
            "an error is left",
            first(),
            article("Ferry late again", "Something is wrong here. Come back later."),
            "shrunk",
        ),
        ("the site's name", first(), article("The Gull", NEWS), "title"),
        ("the site's name in capitals", first(), article("THE GULL", NEWS), "title"),
        ("the host's name", first(), article("thegull.example", NEWS), "title"),
        ("another language", first(), in_language("de", article("Nicht verfügbar", GERMAN)), "language"),
        ("a stub that asks to pay", first(), article("Ferry late again", &stub), "paywall"),
        ("a typing mistake", first(), edited("captain", "captian"), ""),
        ("a figure", first(), edited("thirty", "forty"), ""),
        (
            "a paragraph more",
            first(),
            article("Ferry late again", &format!("{NEWS}\n\nIt sails again on Friday.")),
            "",
        ),
        ("a paragraph fewer", first(), article("Ferry late again", halved), ""),
        ("another title", first(), article("Island ferry waits for its spare part", NEWS), ""),
        ("a title that names the site", first(), article("Ferry late again – The Gull", NEWS), ""),
        ("an article about the gull", article("The Gull", NEWS), article("The Gull", halved), ""),
        ("a language by another tag", first(), in_language("en-GB", first()), ""),
        ("a language that was wrong", in_language("de", first()), first(), ""),
        ("an honest short update", short(), opened(), ""),
        ("an update that grows", short(), first(), ""),
        ("words of a wall in a quotation", first(), article("Ferry late again", &quoted), ""),
        ("a stub that becomes whole", article("Ferry late again", &stub), first(), ""),
    ];
    let mut wrong = String::new();
    for (label, before, after, expected) in cases {
        let past = Past { before: Some(before), ..Past::default() };
        let verdict = verdict(&after, Some("Ferry late again"), &past);
        if verdict != expected {
            writeln!(wrong, "{label}: `{verdict}`").unwrap();
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// What it is; the page's title and the listing's; its body; the source's other articles; and the verdict.
type Shared<'a> = (&'a str, &'a str, Option<&'a str>, String, Vec<Twin>, &'a str);

#[test]
#[allow(clippy::too_many_lines)] // it is a table
fn a_text_that_many_articles_share_is_doubted_but_a_series_is_not() {
    let twin = |title: &str, told: Option<&str>, html: &str| Twin {
        title: title.to_owned(),
        told: told.map(str::to_owned),
        html: html.to_owned(),
    };
    let plain = "<p>Read this and more with a ticket.</p>";
    let cartoon = |n: u32| format!("<p>By Ann Example</p><img src=\"https://a.example/{n}.png\">");
    let link = |n: u32| format!("<p><a href=\"https://b.example/{n}\">Read it there.</a></p>");
    let back = |n: u32| format!("<p><a href=\"https://a.example/in?to={n}\">Log in.</a></p>");
    let cases: Vec<Shared<'_>> = vec![
        (
            "one page under three titles",
            "Storks on the mill",
            None,
            plain.to_owned(),
            vec![twin("Bread costs more", None, plain), twin("A boat is missing", None, plain)],
            "shared",
        ),
        (
            "with a way back to each",
            "Storks on the mill",
            None,
            back(3),
            vec![twin("Bread costs more", None, &back(1)), twin("A boat is missing", None, &back(2))],
            "shared",
        ),
        (
            "one page that the listing knows by two titles",
            "Dear reader",
            Some("Storks on the mill"),
            plain.to_owned(),
            vec![twin("Dear reader", Some("Bread costs more"), plain)],
            "shared",
        ),
        (
            "one title and no listing's",
            "Dear reader",
            None,
            plain.to_owned(),
            vec![twin("Dear reader", None, plain), twin("Dear reader", None, plain)],
            "shared",
        ),
        (
            "an article that is there twice",
            "Storks on the mill",
            Some("Storks on the mill"),
            plain.to_owned(),
            vec![twin("Storks nest on the old mill", Some("Storks nest on the old mill"), plain)],
            "",
        ),
        (
            "a series",
            "Open thread 3",
            Some("Open thread 3"),
            plain.to_owned(),
            vec![
                twin("Open thread 1", Some("Open thread 1"), plain),
                twin("Open thread 2", Some("Open thread 2"), plain),
            ],
            "",
        ),
        (
            "pictures of the day",
            "The mayor and the whale",
            None,
            cartoon(3),
            vec![twin("Storm at sea", None, &cartoon(1)), twin("Bread for all", None, &cartoon(2))],
            "",
        ),
        (
            "links to elsewhere",
            "On bees",
            None,
            link(3),
            vec![twin("On maps", None, &link(1)), twin("On clips", None, &link(2))],
            "",
        ),
    ];
    for (label, title, told, html, twins, expected) in cases {
        let article = Article { html, ..article(title, "Read this and more with a ticket.") };
        assert_eq!(verdict(&article, told, &Past { twins, ..Past::default() }), expected, "{label}");
    }
}

#[test]
fn a_new_page_in_another_language_or_without_a_title_is_doubted_unless_it_is_as_told() {
    let past = |languages: &[&str], times: usize| {
        let languages = languages.iter().cycle().take(times).map(|tag| (*tag).to_owned()).collect();
        Past { languages, ..Past::default() }
    };
    let english = || past(&["en", "en-GB"], 12);
    let german = || in_language("de", article("Nicht verfügbar", GERMAN));
    let dated = || {
        in_language(
            "de",
            fixture::Page::new("https://a.example/1").text(GERMAN).published("2026-11-20").article(),
        )
    };
    let cases: Vec<(&str, Article, Option<&str>, Past, &str)> = vec![
        ("not what the listing said", german(), Some("Ferry late again"), english(), "language"),
        ("nothing that an article has", german(), None, english(), "language"),
        ("a guest, as the listing said", german(), Some("Nicht verfügbar"), english(), ""),
        ("a guest with a date", dated(), None, english(), ""),
        ("a source of two languages", german(), Some("Ferry late again"), past(&["en", "de"], 12), ""),
        ("a source that is new", german(), Some("Ferry late again"), past(&["en"], 3), ""),
        ("the usual one", article("Ferry late again", NEWS), Some("Ferry"), english(), ""),
        ("called like the site", article("The Gull", NEWS), Some("Ferry late again"), english(), "title"),
        ("called so by the listing too", article("The Gull", NEWS), Some("The Gull"), english(), ""),
        ("called so without a listing", article("The Gull", NEWS), None, english(), ""),
    ];
    for (label, article, told, past, expected) in cases {
        assert_eq!(verdict(&article, told, &past), expected, "{label}");
    }
}
