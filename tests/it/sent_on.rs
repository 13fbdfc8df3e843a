//! Pages that only send their reader on: followed as a browser follows them, and remembered as another URL of the
//! article.

use chrono::Utc;
use tearsheet::model::{Capture, Header, Hop, Validators};
use url::Url;

use crate::bad_input::pages;
use crate::fetch::server::{Server, not_found, page, redirect, response};
use crate::program::{ON_LOOPBACK, Program};

const LISTING: &str = "<ul><li><a href=/meta>The harbour is open at last</a><li><a href=/header>The mill burnt down \
                       last night</a><li><a href=/script>The tide came in too early</a><li><a href=/many>The bridge \
                       has a new name</a><li><a href=/choice>The orchard bears its first fruit</a>";

#[tokio::test(flavor = "multi_thread")]
async fn an_article_is_found_where_its_page_sends_its_reader() {
    let server = Server::start(|path, _| match path {
        "/" => page(LISTING),
        "/meta" => page("<meta http-equiv=refresh content='0; url=/new/meta'><p>This page has moved."),
        "/header" => {
            response("200 OK", &["Content-Type: text/html", "Refresh: 1; url=/new/header"], b"Moved")
        }
        "/script" => page("<title>Moved</title><script>location.replace('/new/script')</script>"),
        "/choice" => redirect("300 Multiple Choices", "/new/choice"),
        "/many" => redirect("302 Found", "/many/9"),
        "/many/1" => redirect("302 Found", "/new/many"),
        "/new/meta" => page(&pages::article("harbour", "fish")),
        "/new/header" => page(&pages::article("mill", "flour")),
        "/new/script" => page(&pages::article("tide", "sand")),
        "/new/many" => page(&pages::article("bridge", "stone")),
        "/new/choice" => page(&pages::article("orchard", "plum")),
        _ => match path.strip_prefix("/many/").and_then(|number| number.parse::<u32>().ok()) {
            Some(number) => redirect("302 Found", &format!("/many/{}", number - 1)),
            None => not_found(),
        },
    })
    .await;
    let program = Program::new(ON_LOOPBACK, &[("courier", pages::source(&server.url("/")))]);
    let ended = program.call(&["run"]);
    assert_eq!(ended.code, Some(0), "{}{}", ended.stdout, ended.stderr);
    let mut found: Vec<String> =
        program.entries().iter().map(|entry| entry.url.as_url().path().to_owned()).collect();
    found.sort();
    assert_eq!(found, ["/new/choice", "/new/header", "/new/many", "/new/meta", "/new/script"]);

    // The next run knows them under the URLs that are listed.
    let before = server.paths().len();
    let again = program.call(&["run"]);
    assert_eq!(again.code, Some(0), "{}{}", again.stdout, again.stderr);
    assert_eq!(&server.paths()[before..], ["/"]);
}

#[test]
fn what_a_page_sends_on_to_is_asked_for_without_conditions() {
    let capture = |status| Capture {
        hops: vec![Hop { from: Url::parse("https://paper.example/old").unwrap(), status }],
        headers: vec![Header { name: "etag".to_owned(), value: b"\"a\"".to_vec() }],
        ..Capture::of_item(Url::parse("https://paper.example/new").unwrap(), "", Utc::now())
    };
    assert!(Validators::of(&capture(200)).is_empty());
    assert!(!Validators::of(&capture(302)).is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_that_send_their_reader_round_are_asked_once_each() {
    let server = Server::start(|path, _| match path {
        "/" => page("<ul><li><a href=/a>The harbour is open at last</a>"),
        "/a" => page(&format!(
            "<meta http-equiv=refresh content='0;url=/b'>{}",
            pages::article("harbour", "fish")
        )),
        "/b" => page("<meta http-equiv=refresh content='0;url=/a'><p>Wait"),
        _ => not_found(),
    })
    .await;
    let program = Program::new(ON_LOOPBACK, &[("courier", pages::source(&server.url("/")))]);
    program.call(&["run"]);
    assert_eq!(server.paths(), ["/", "/a", "/b"]);
}
