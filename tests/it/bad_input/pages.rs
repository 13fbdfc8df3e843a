//! A listing's pages: honest ones, and everything that a server can answer instead.

use std::fmt::Write as _;
use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::fetch::server::{Reply, not_found, page, redirect, response};

/// The largest page that the runs of these tests take.
pub(crate) const MAX_SIZE: usize = 2_000_000;
/// Larger than any page that a run should take.
const FIFTY_MEGABYTES: usize = 50 << 20;

/// A page: its path, what is answered, and what its text or the reason against it says.
pub(crate) type Case = (&'static str, fn() -> Reply, &'static str);

/// Pages that were fetched and hold no article.
pub(crate) const HELD: &[Case] = &[
    ("/empty", || page(""), "the page is empty"),
    ("/blank", || page(" \r\n\t\n"), "the page is empty"),
    ("/bare", || page("<!DOCTYPE html><html><head></head><body>&nbsp;</body></html>"), "no text"),
    ("/picture", || html(PNG), "a picture, not text"),
    ("/noise", || html(&noise(20_000)), "binary data, not text"),
    ("/document", || html(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n"), "a PDF document, not text"),
    ("/zeros", || html(&[0; 5000]), "binary data, not text"),
    ("/nested", || page(&nested(200_000)), "no text that reads like an article"),
    ("/open", || page(&"<a".repeat(MAX_SIZE / 2)), "no text that reads like an article"),
    ("/lost", || page(SOFT_ERROR), "the page says that it does not exist"),
    (
        "/json",
        || typed("application/json", "{\"error\": \"no such article\", \"code\": 17}"),
        "data for programs",
    ),
    ("/said-html", || typed("text/html", "[{\"error\": \"no such article\"}]"), "data for programs"),
    ("/style", || typed("text/css", "body { color: black; background: white }"), "data for programs"),
    ("/feed", || typed("application/rss+xml", FEED), "data for programs"),
    ("/word", || typed("text/plain", "Gone"), "no text that reads like an article"),
    // The label does not fit, the page is read; there is no more of it.
    ("/not-packed", || packed("gzip", b"<p>The council has"), "words of text"),
    ("/odd-coding", || packed("rot13", b"<c>Gur pbhapvy unf"), "words of text"),
    ("/script", || page(SCRIPT_ONLY), "no text that reads like an article"),
];

/// Pages that could not be fetched.
pub(crate) const FAILED: &[Case] = &[
    ("/truncated", || cut_off(5000, "<p>The council has"), "the page was cut off after 18 of 5000 bytes"),
    ("/announced", || endless(&format!("Content-Length: {FIFTY_MEGABYTES}")), "larger than 2000000 bytes"),
    ("/streamed", || endless("X-Length: none"), "larger than 2000000 bytes"),
    ("/bomb", || packed("gzip", &gzip(&vec![b' '; FIFTY_MEGABYTES])), "larger than 2000000 bytes"),
    ("/half-packed", || packed("gzip", &gzip(&[b'a'; 5000])[..20]), "the gzip data is broken"),
    ("/gone", not_found, "the server answered 404 (Not Found)"),
    ("/broken", || response("500 Internal Server Error", &[], b"oops"), "500 (Internal Server Error)"),
    ("/teapot", || response("799 No", &[], b""), "the server answered 799"),
    ("/ring", || redirect("302 Found", "/ring-2"), "the redirects lead back to"),
    ("/mirror", || redirect("301 Moved Permanently", "/mirror"), "the redirects lead back to"),
    ("/chain", || redirect("302 Found", "/chain?1"), "more than 10 redirects"),
    ("/outside", || redirect("302 Found", "file:///etc/hostname"), "not an http or https URL"),
    ("/signed", || redirect("302 Found", "http://user:secret@127.0.0.1:9/"), "a user name or password"),
    ("/nowhere", || response("302 Found", &[], b""), "the server answered 302 (Found)"),
];

/// Pages that a careless reader would lose, and a word that stands in their text.
pub(crate) const GOOD: &[Case] = &[
    ("/harbour", || page(&article("harbour", "Crème brûlée")), "Crème brûlée"),
    ("/library", || page(&article("library", "naïve")), "naïve"),
    // UTF-8, said to be something else by the server or the page.
    ("/said-latin", || typed("text/html; charset=iso-8859-1", &article("bridge", "Zürich")), "Zürich"),
    ("/said-wide", || typed("text/html; charset=utf-16", &article("tunnel", "Łódź")), "Łódź"),
    ("/said-nonsense", || typed("text/html; charset=klingon", &article("market", "Ångström")), "Ångström"),
    // Windows-1252, said to be UTF-8.
    ("/said-utf8", || response("200 OK", &[UTF_8], &latin(&article("museum", "São Paulo"))), "São Paulo"),
    ("/hostile", || page(HOSTILE), "The mayor opened the new swimming hall"),
];

const UTF_8: &str = "Content-Type: text/html; charset=utf-8";
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89";
const SOFT_ERROR: &str = "<!DOCTYPE html><html><head><title>Page not found</title></head><body>\
    <nav><a href=/>Home</a> <a href=/world>World</a></nav><main><h1>Page not found</h1>\
    <p>We are sorry, the page you are looking for does not exist or has been moved.</p>\
    <p><a href=/>Back to the front page</a></p></main></body></html>";
const FEED: &str = "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>The Courier</title>\
    <link>https://courier.example/</link><description>All the news of the harbour and the town behind it</description>\
    <item><title>The library opens</title><link>https://courier.example/1</link><description>The library of the town \
    opened on Friday, and who came first was given a book.</description></item></channel></rss>";
const SCRIPT_ONLY: &str = "<!DOCTYPE html><html><head><title>The Courier</title></head><body>\
    <div id=root></div><script src=/app.js></script>\
    <noscript>You need to enable JavaScript to run this app.</noscript></body></html>";
const HOSTILE: &str = include_str!("hostile.html");

/// What the server answers for `path`.
pub(crate) fn answer(path: &str) -> Reply {
    let bad = HELD.iter().chain(FAILED);
    let known = bad.chain(GOOD).find(|(known, ..)| *known == path);
    match (known, path) {
        (Some((_, reply, _)), _) => reply(),
        (None, "/") => page(&listing()),
        (None, "/ring-2") => redirect("302 Found", "/ring"),
        (None, _) if path.starts_with("/chain?") => redirect("302 Found", &format!("{path}1")),
        (None, _) => not_found(),
    }
}

/// The listing, newest first; what a listing says of its articles may be hostile too.
fn listing() -> String {
    let mut items = String::new();
    for (path, ..) in GOOD.iter().chain(HELD).chain(FAILED) {
        let name = &path[1..];
        let _ = write!(
            items,
            "<li><a href=\"{path}\">All about {name} &lt;script&gt;alert(1)&lt;/script&gt;</a>\
             <p>Of {name} &lt;img src=x onerror=alert(1)&gt;</p></li>"
        );
    }
    format!("<!DOCTYPE html><html><head><title>Courier</title></head><body><ul>{items}</ul></body></html>")
}

/// The file of a source that reads [`listing`] at `url`.
pub(crate) fn source(url: &url::Url) -> String {
    format!(
        "url = \"{url}\"\nkind = \"listing\"\nlimit = 100\n\
         [select]\nitems = \"li\"\nlink = \"a\"\ntitle = \"a\"\nsummary = \"p\"\n"
    )
}

/// An article of some length about `subject`, with `word` in its text.
pub(crate) fn article(subject: &str, word: &str) -> String {
    let mut text = String::new();
    for (at, verb) in ["opened", "closed", "measured", "painted", "discussed"].iter().enumerate() {
        let _ = write!(
            text,
            "<p>On day {at} of the works at the {subject}, the people of the town {verb} what had been \
             planned for years, and those who had come to look on said that {word} was never far from \
             their minds, although nobody could remember who had spoken of it first.</p>"
        );
    }
    format!(
        "<!DOCTYPE html><html lang=en><head><title>The {subject}, at last</title></head><body><article>\
         <h1>The {subject}, at last</h1><time datetime=2026-11-20>20 November 2026</time>{text}\
         </article></body></html>"
    )
}

fn html(body: &[u8]) -> Reply {
    response("200 OK", &["Content-Type: text/html"], body)
}

fn typed(content_type: &str, body: &str) -> Reply {
    response("200 OK", &[&format!("Content-Type: {content_type}")], body.as_bytes())
}

fn packed(coding: &str, body: &[u8]) -> Reply {
    response("200 OK", &[&format!("Content-Encoding: {coding}")], body)
}

fn cut_off(length: usize, body: &str) -> Reply {
    Reply::Bytes(format!("HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n{body}").into_bytes())
}

/// Text for as long as anyone reads.
fn endless(header: &str) -> Reply {
    let head = format!("HTTP/1.1 200 OK\r\nConnection: close\r\n{header}\r\n\r\n");
    Reply::Endless(head.into_bytes(), b"<p>And then another thing happened.</p>\n".repeat(1000))
}

fn gzip(plain: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(plain).unwrap();
    encoder.finish().unwrap()
}

fn latin(text: &str) -> Vec<u8> {
    text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect()
}

fn nested(depth: usize) -> String {
    format!("<!DOCTYPE html><title>Deep</title>{}deep{}", "<div>".repeat(depth), "</div>".repeat(depth / 2))
}

/// Bytes in which every value is about as frequent as any other.
fn noise(length: usize) -> Vec<u8> {
    let mut state = 1_u32;
    let next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    };
    std::iter::repeat_with(next).take(length).collect()
}
