//! How fast an archive is verified: generated articles, kept and read back. Not by criterion: one pass over the whole
//! is what counts, with its CPU time and its memory.
//!
//! `cargo bench --bench verify` takes 20,000 articles; `cargo bench --bench verify -- 100000` so many.

#![allow(clippy::print_stdout, clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::fs;
use std::time::Instant;

use bytes::Bytes;
use chrono::{DateTime, TimeDelta, Utc};
use tearsheet::archive::{self, Archive, Kept, Settings};
use tearsheet::model::{Article, Candidate, CanonicalUrl, Capture, Header, SourceId};
use url::Url;

const ARTICLES: usize = 20_000;
/// Articles of a run: each run writes a file.
const RUN: usize = 1_000;
const WORDS: usize = 700;
/// Mark-up around the words of a page.
const PAGE: usize = 60_000;

fn main() {
    let articles = std::env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(ARTICLES);
    let folder = tempfile::tempdir().unwrap();
    let settings = Settings { path: folder.path().to_owned() };
    let begun = Instant::now();
    fill(&settings, articles);
    println!("{articles} articles kept in {:.1} s", begun.elapsed().as_secs_f64());
    let (begun, before) = (Instant::now(), cpu_seconds());
    let verified = archive::verify(&settings, &|_, _| ()).unwrap();
    let (wall, cpu) = (begun.elapsed().as_secs_f64(), cpu_seconds() - before);
    assert_eq!(verified.findings.len(), 0);
    #[allow(clippy::cast_precision_loss)] // megabytes
    let megabytes = |bytes: u64| bytes as f64 / 1e6;
    let (packed, unpacked) = (megabytes(verified.bytes), megabytes(verified.unpacked));
    println!("{} records: {packed:.0} MB in files, {unpacked:.0} MB of blocks", verified.records);
    println!("{wall:.2} s, {cpu:.2} s of CPU time");
    println!("a second of CPU time: {:.0} MB of files, {:.0} MB of blocks", packed / cpu, unpacked / cpu);
    println!(
        "two cores: {:.0} MB/s of files, {:.0} MB/s of blocks",
        2.0 * packed / cpu,
        2.0 * unpacked / cpu
    );
    println!("peak memory since the start: {:.0} MB", peak_megabytes());
}

fn fill(settings: &Settings, articles: usize) {
    let begin: DateTime<Utc> = "2026-01-01T00:00:00Z".parse().unwrap();
    let source = SourceId::parse("bench").unwrap();
    let mut random = Random(7);
    for first in (0..articles).step_by(RUN) {
        let now = begin + TimeDelta::minutes(i64::try_from(first).unwrap());
        let (mut archive, _) = Archive::open(settings, now).unwrap();
        for number in first..articles.min(first + RUN) {
            keep(&mut archive, &source, now, number, &mut random);
        }
        archive.close().unwrap();
    }
}

fn keep(archive: &mut Archive, source: &SourceId, now: DateTime<Utc>, number: usize, random: &mut Random) {
    let url = Url::parse(&format!("https://news.example/{number}")).unwrap();
    let title = random.words(8);
    let paragraphs: Vec<String> = (0..WORDS / 50).map(|_| random.words(50)).collect();
    let html: String = paragraphs.iter().map(|text| format!("<p>{text}</p>\n")).collect();
    let article = Article {
        url: CanonicalUrl::of(&url).unwrap(),
        title: title.clone(),
        authors: vec!["Ann Example".to_owned()],
        published: None,
        modified: None,
        site_name: None,
        language: Some("en".to_owned()),
        description: None,
        image: None,
        section: None,
        tags: Vec::new(),
        html: html.clone(),
        text: paragraphs.join("\n\n"),
        word_count: u32::try_from(WORDS).unwrap(),
        repeated: Vec::new(),
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
    let kept = Kept { source, candidate: &candidate, capture: &capture, article: &article };
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

/// CPU time of this process, its threads included; 0 where the system does not say it as Linux does.
fn cpu_seconds() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace();
    // User and system time are the 14th and 15th fields (proc(5)), in hundredths of a second.
    fields.skip(11).take(2).filter_map(|field| field.parse::<f64>().ok()).sum::<f64>() / 100.0
}

fn peak_megabytes() -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB"));
    peak.and_then(|peak| peak.parse::<f64>().ok()).unwrap_or_default() / 1e3
}
