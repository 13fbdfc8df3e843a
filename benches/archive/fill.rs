//! Generated articles of many sources, kept as a run keeps them.

use std::collections::BTreeMap;

use bytes::Bytes;
use chrono::{DateTime, TimeDelta, Utc};
use tearsheet::archive::{Archive, Kept, Neighbours, Seen, Settings, Sign, Sought};
use tearsheet::model::{Article, Candidate, CanonicalUrl, Capture, Header, Moment, SourceId};
use url::Url;

/// Sources among which the articles are dealt out.
pub(crate) const SOURCES: usize = 1_000;
/// Articles of a run: each run writes a file.
const RUN: usize = 1_000;
const WORDS: usize = 700;
/// Mark-up around the words of a page.
const PAGE: usize = 60_000;

/// The name of a source.
pub(crate) fn source_id(source: usize) -> String {
    format!("source-{source:04}")
}

/// The URL of an article; article n is of source n modulo [`SOURCES`].
pub(crate) fn url(number: usize) -> String {
    format!("https://news-{}.example/{number}", number % SOURCES)
}

/// The title of an article, as its feed shows it too.
pub(crate) fn title(number: usize) -> String {
    Random(number as u64 + 7).words(8)
}

/// Keeps so many articles. They are old enough that none is due for a second look.
pub(crate) fn fill(settings: &Settings, articles: usize) {
    let begin: DateTime<Utc> = "2026-01-01T00:00:00Z".parse().unwrap();
    let mut random = Random(7);
    for first in (0..articles).step_by(RUN) {
        let now = begin + TimeDelta::minutes(i64::try_from(first).unwrap());
        let (mut archive, _) = Archive::open(settings, now).unwrap();
        for number in first..articles.min(first + RUN) {
            keep(&mut archive, now, number, &mut random);
        }
        archive.close().unwrap();
    }
}

/// Keeps one more article, in a run of its own; it is of the source whose number it has modulo [`SOURCES`].
pub(crate) fn one(settings: &Settings, number: usize) {
    let now: DateTime<Utc> = "2026-11-01T00:00:00Z".parse().unwrap();
    let (mut archive, _) = Archive::open(settings, now).unwrap();
    keep(&mut archive, now, number, &mut Random(11));
    archive.close().unwrap();
}

fn keep(archive: &mut Archive, now: DateTime<Utc>, number: usize, random: &mut Random) {
    let url = Url::parse(&url(number)).unwrap();
    let (source, title) = (SourceId::parse(&source_id(number % SOURCES)).unwrap(), title(number));
    let paragraphs: Vec<String> = (0..WORDS / 50).map(|_| random.words(50)).collect();
    let html: String = paragraphs.iter().map(|text| format!("<p>{text}</p>\n")).collect();
    let article = Article {
        url: CanonicalUrl::of(&url).unwrap(),
        title: title.clone(),
        authors: vec!["Ann Example".to_owned()],
        published: Some(Moment::parse("2025-01-01").unwrap()),
        modified: None,
        site_name: None,
        language: Some("en".to_owned()),
        description: None,
        image: None,
        section: None,
        tags: Vec::new(),
        access: None,
        license: None,
        robots: Vec::new(),
        html: html.clone(),
        text: paragraphs.join("\n\n"),
        word_count: u32::try_from(WORDS).unwrap(),
        repeated: Vec::new(),
        cuts: Vec::new(),
        provenance: BTreeMap::new(),
        warnings: Vec::new(),
    };
    let capture = Capture {
        url: url.clone(),
        hops: Vec::new(),
        fetched_at: now,
        request_head: format!("GET /{number} HTTP/1.1\r\nHost: news.example\r\n\r\n").into(),
        status: 200,
        headers: vec![Header { name: "Content-Type".to_owned(), value: b"text/html; charset=utf-8".into() }],
        body: Bytes::from(page(&title, &html, random)),
    };
    let candidate = Candidate { title: Some(title), ..Candidate::new(url) };
    let seen = Seen { at: now, position: 0, sought: Sought::News };
    let kept = Kept {
        source: &source,
        candidate: &candidate,
        capture: &capture,
        further: &[],
        article: &article,
        seen,
        neighbours: Neighbours::default(),
        sign: Sign::default(),
    };
    archive.keep_article(&kept).unwrap();
}

/// A page as they are sent: mostly mark-up that repeats itself with small differences.
fn page(title: &str, html: &str, random: &mut Random) -> String {
    let mut page = format!("<!DOCTYPE html><title>{title}</title><h1>{title}</h1>{html}<aside>");
    while page.len() < PAGE {
        let (link, words) = (random.next() % 100_000, random.words(4));
        page.push_str(&format!(
            "<div class=\"card card--{link:x}\"><a class=\"card__link\" href=\"/news/{link}\">\
             <span class=\"card__title\">{words}</span></a></div>\n"
        ));
    }
    page
}

/// Numbers that are the same at every start.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// Words of a vocabulary about as large as a newspaper's, common ones more often.
    fn words(&mut self, count: usize) -> String {
        const SYLLABLES: &[&str] = &[
            "ka", "to", "ri", "men", "sa", "lo", "ver", "in", "da", "pu", "es", "no", "ti", "al", "re", "bo",
        ];
        let word = |mut number: u64| {
            let mut word = String::new();
            while word.is_empty() || number > 0 {
                word.push_str(SYLLABLES[usize::try_from(number % 16).unwrap()]);
                number /= 16;
            }
            word
        };
        let numbers = (0..count).map(|_| (self.next() % 200) * (self.next() % 100) / 2);
        numbers.map(word).collect::<Vec<_>>().join(" ")
    }
}
