//! What finding the articles of an HTML page costs beyond parsing it, in processor time.
//!
//! `cargo bench --bench discover` takes pages that it makes up: a front page of 200 kB and a listing of 5 MB with 20,000
//! links. With `PAGES=FOLDER` it measures each file of a folder instead, gzipped or not, one line a page.

#![allow(clippy::print_stdout, clippy::unwrap_used)] // it prints its result, and stops at the first surprise

mod pages;

use std::path::Path;
use std::time::Duration;

use chrono::{DateTime, Utc};
use criterion::{BenchmarkId, Criterion};
use rustix::time::{ClockId, clock_gettime};
use tearsheet::discover::{Document, Settings, candidates};
use tearsheet::html::parse_html;
use url::Url;

/// Times that each file of a folder is read; the fastest counts.
const TIMES: usize = 15;

fn main() {
    if let Some(folder) = std::env::var_os("PAGES") {
        return measure(Path::new(&folder));
    }
    let mut criterion = Criterion::default().sample_size(20).configure_from_args();
    for (name, page) in [("200 kB", pages::front_page()), ("5 MB", pages::long_list())] {
        let found = find(&page);
        println!("{name}: {} bytes, {found} articles", page.len());
        let mut group = criterion.benchmark_group("listing");
        group.bench_function(BenchmarkId::new("parse", name), |bencher| {
            bencher.iter_custom(|times| (0..times).map(|_| cost(|| parse_html(&page))).sum());
        });
        group.bench_function(BenchmarkId::new("beyond the parse", name), |bencher| {
            bencher.iter_custom(|times| (0..times).map(|_| beyond_the_parse(&page)).sum());
        });
        group.finish();
    }
    criterion.final_summary();
}

/// Reads every page of `folder`.
fn measure(folder: &Path) {
    let (mut parses, mut rests, mut bytes) = (Duration::ZERO, Duration::ZERO, 0);
    for (name, page) in pages::of(folder) {
        let parse = (0..TIMES).map(|_| cost(|| parse_html(&page))).min().unwrap();
        let whole = (0..TIMES).map(|_| cost(|| find(&page))).min().unwrap();
        let rest = whole.saturating_sub(parse);
        println!("{:>8} bytes  parse {parse:>10.1?}  beyond {rest:>10.1?}  {name}", page.len());
        (parses, rests, bytes) = (parses + parse, rests + rest, bytes + page.len());
    }
    let of_200_kb = |cost: Duration| cost.as_secs_f64() * 1e3 * 200e3 / bytes as f64;
    println!(
        "a page of 200 kB in the mean: parse {:.2} ms, beyond {:.2} ms",
        of_200_kb(parses),
        of_200_kb(rests)
    );
}

fn find(page: &str) -> usize {
    let fetched_at: DateTime<Utc> = "2026-05-10T12:00:00Z".parse().unwrap();
    let url = Url::parse("https://courier.example/news").unwrap();
    let document = Document {
        url: &url,
        content_type: Some("text/html; charset=utf-8"),
        link: None,
        bytes: page.as_bytes(),
        fetched_at: Some(fetched_at),
    };
    candidates(&document, &Settings::default()).map_or(0, |listing| listing.candidates.len())
}

/// The whole less the parse, one after the other, so that a machine that slows down slows both.
fn beyond_the_parse(page: &str) -> Duration {
    let parse = cost(|| parse_html(page));
    cost(|| find(page)).saturating_sub(parse)
}

/// The processor time that this thread takes for `work`.
fn cost<T>(work: impl FnOnce() -> T) -> Duration {
    let now = || {
        let time = clock_gettime(ClockId::ThreadCPUTime);
        Duration::new(time.tv_sec.unsigned_abs(), u32::try_from(time.tv_nsec).unwrap())
    };
    let begun = now();
    drop(std::hint::black_box(work()));
    now() - begun
}
