//! What takes bytes of strangers, each as a plain function that must come back whatever it is given. The test beside this file
//! and the targets of cargo-fuzz in `fuzz/` call the same ones.

use std::fs;
use std::io::Write;

use chrono::DateTime;
use tearsheet::config::{self, import};
use tearsheet::discover::{self, Document, Kind};
use tearsheet::html::{Ground, Query, charset, parse_html};
use tearsheet::{dates, extract, fetch, warc};
use url::Url;

/// An entry: its name, which is that of its corpus too, and what it does.
pub(crate) type Entry = (&'static str, fn(&[u8]));

/// Every entry.
pub(crate) const ENTRIES: &[Entry] = &[
    ("page", page),
    ("feed", feed),
    ("sitemap", sitemap),
    ("listing", listing),
    ("robots", robots),
    ("charset", charset),
    ("date", date),
    ("rule", rule),
    ("xpath", xpath),
    ("warc", warc),
    ("import", import),
    ("config", config),
];

const PAGE: &str = "<html lang=en><title>Low tide</title><article><h1 class=t>Low tide</h1><p id=a>The harbour fell dry at \
                    noon.<a href=/b>More</a></p><ul><li>1</li></ul></article></html>";

fn url() -> Url {
    Url::parse("https://courier.example/2024/low-tide").expect("it is a URL")
}

pub(crate) fn page(bytes: &[u8]) {
    let url = url();
    let page = extract::Page { url: &url, content_type: None, bytes, captured_at: None, hints: None };
    let _ = extract::read(&page, &extract::Settings::default());
    let _ = extract::forward(&page, std::str::from_utf8(bytes).ok());
}

pub(crate) fn feed(bytes: &[u8]) {
    document(bytes, Kind::Feed);
}

pub(crate) fn sitemap(bytes: &[u8]) {
    document(bytes, Kind::Sitemap);
}

pub(crate) fn listing(bytes: &[u8]) {
    document(bytes, Kind::Auto);
}

fn document(bytes: &[u8], kind: Kind) {
    let url = url();
    let link = std::str::from_utf8(bytes).ok();
    let document = Document { url: &url, content_type: None, link, bytes, fetched_at: None };
    let _ = discover::candidates(
        &document,
        &discover::Settings { kind, limit: 500, ..discover::Settings::default() },
    );
}

pub(crate) fn robots(bytes: &[u8]) {
    for path in ["/", "/a/b.html?c=%7E", "/%zz/~", "/f%C3%A4hre"] {
        let url = url().join(path).expect("it is a path");
        let _ = fetch::robots_allow(bytes, &url);
    }
}

pub(crate) fn charset(bytes: &[u8]) {
    for content_type in [None, Some("text/html; charset=shift_jis"), std::str::from_utf8(bytes).ok()] {
        let _ = charset::decode(bytes, content_type);
    }
}

pub(crate) fn date(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    for language in [None, Some("en-US"), Some("ja"), Some("fa")] {
        let context =
            dates::DateContext { language, timezone: None, now: Some(DateTime::UNIX_EPOCH), order: None };
        let _ = dates::parse_date(&text, &context);
        let _ = dates::parse_month(&text, &context);
        let _ = dates::find_dates(&text, &context);
    }
}

pub(crate) fn rule(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    if import::rule("courier.example.toml", &text).is_err() {
        return;
    }
    let root = tempfile::tempdir().expect("there is room for a folder");
    let folder = root.path().join("config/rules");
    fs::create_dir_all(&folder).expect("there is room for a folder");
    fs::write(folder.join("courier.example.toml"), text.as_bytes()).expect("there is room for a file");
    let Ok(config) = config::load(root.path()) else { return };
    let url = url();
    let page = extract::Page {
        url: &url,
        content_type: None,
        bytes: PAGE.as_bytes(),
        captured_at: None,
        hints: None,
    };
    let _ = extract::read(&page, &config.reading());
}

pub(crate) fn xpath(bytes: &[u8]) {
    let Ok(query) = Query::parse(&String::from_utf8_lossy(bytes)) else { return };
    let document = parse_html(PAGE);
    let _ = Ground::new(&document).select(&query);
}

pub(crate) fn warc(bytes: &[u8]) {
    let mut file = tempfile::tempfile().expect("there is room for a file");
    file.write_all(bytes).expect("there is room for a file");
    let mut reader = warc::Reader::new(file, 0).expect("the file can be read");
    while !matches!(reader.step(|_| true), Ok(warc::Step::End) | Err(_)) {}
    let _ = warc::Message::parse(bytes.to_vec());
}

pub(crate) fn import(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    for name in ["courier.example.txt", "a.toml", "a.yml"] {
        if let Some(kind) = import::detect(name, &text) {
            let _ = import::read(kind, name, &text);
        }
    }
}

pub(crate) fn config(bytes: &[u8]) {
    let root = tempfile::tempdir().expect("there is room for a folder");
    let folder = root.path().join("config/sources");
    fs::create_dir_all(&folder).expect("there is room for a folder");
    for file in [folder.join("../tearsheet.toml"), folder.join("courier.toml")] {
        fs::write(file, bytes).expect("there is room for a file");
    }
    let shown = match config::load(root.path()) {
        Ok(config) => format!("{:?}", config.mistakes()),
        Err(errors) => format!("{errors:?}"),
    };
    drop(shown);
}
