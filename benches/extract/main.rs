//! How fast articles are read: what each stage of the extraction takes, and how its pace stands to that of the HTML
//! parser alone, scraper's own. Processor time, one thread, pages in memory.
//!
//! `CORPUS=FOLDER cargo bench --bench extract` reads the pages of the folder's `pages.jsonl`, a line a page,
//! `{"id","url","file"}`, and takes every fourth of those that its `truth.jsonl` calls articles, or every fourth page
//! if it calls none so. Without `CORPUS` the pages are made up. `SLOWEST=1` reads all pages of the folder once instead,
//! and tells the slowest and the memory that the extraction took above its page.

#![allow(clippy::print_stdout, clippy::unwrap_used)] // it prints its result, and stops at the first surprise

mod cpu;
mod pages;

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::hint::black_box;
use std::time::Duration;

use criterion::{Criterion, Throughput};
use scraper::Html;
use tearsheet::extract::{self, Settings, Stage};

use cpu::{CpuClock, now};
use pages::Page;

/// Passes over all pages for the table of stages.
const PASSES: u32 = 5;

fn main() {
    let pages = pages::pages();
    if std::env::var_os("SLOWEST").is_some() {
        return slowest(&pages);
    }
    let bytes: usize = pages.iter().map(|page| page.bytes.len()).sum();
    println!("{} pages of {} KB on average", pages.len(), bytes / pages.len() / 1000);
    table(&pages);
    let mut criterion = Criterion::default().with_measurement(CpuClock).sample_size(10).configure_from_args();
    let mut group = criterion.benchmark_group("extract");
    group.throughput(Throughput::Elements(pages.len() as u64));
    group.bench_function("parse alone", |bencher| bencher.iter(|| pages.iter().for_each(parse)));
    group.bench_function("article", |bencher| bencher.iter(|| pages.iter().for_each(read)));
    group.finish();
    criterion.final_summary();
}

fn parse(page: &Page) {
    black_box(Html::parse_document(&String::from_utf8_lossy(&page.bytes)));
}

fn read(page: &Page) {
    let _ = black_box(extract::article(&page.as_input(), &Settings::default()));
}

/// Prints what each stage takes of a page, and the pace beside the parser's in the same passes.
fn table(pages: &[Page]) {
    let spent: RefCell<BTreeMap<Stage, Duration>> = RefCell::default();
    let (mut alone, mut whole) = (Duration::ZERO, Duration::ZERO);
    for pass in 0..=PASSES {
        if pass == 1 {
            // The first pass warms up.
            (alone, whole) = (Duration::ZERO, Duration::ZERO);
            spent.borrow_mut().clear();
        }
        for page in pages {
            let begun = now();
            parse(page);
            alone += now() - begun;
            let begun = now();
            read(page);
            whole += now() - begun;
            let last = Cell::new(now());
            let watch = |stage| {
                let reached = now();
                *spent.borrow_mut().entry(stage).or_default() += reached - last.get();
                last.set(now());
            };
            let _ = black_box(extract::article_watched(&page.as_input(), &Settings::default(), &watch));
        }
    }
    let each = |spent: Duration| spent.as_secs_f64() * 1e3 / f64::from(PASSES) / pages.len() as f64;
    for stage in Stage::ALL {
        let spent = spent.borrow().get(&stage).copied().unwrap_or_default();
        println!("{:<10} {:>7.3} ms a page", format!("{stage:?}").to_lowercase(), each(spent));
    }
    println!("article    {:>7.3} ms a page, {:.0} pages/s", each(whole), 1e3 / each(whole));
    println!("parser     {:>7.3} ms a page, {:.0} pages/s", each(alone), 1e3 / each(alone));
    println!("pace       {:>7.3} of the parser's", alone.as_secs_f64() / whole.as_secs_f64());
}

/// Reads every page once, and tells the slowest and how much memory it took beside the pages.
fn slowest(pages: &[Page]) {
    let before = cpu::peak_memory();
    let mut taken: Vec<(Duration, &Page)> = Vec::new();
    for page in pages {
        let begun = now();
        read(page);
        taken.push((now() - begun, page));
    }
    taken.sort_by_key(|(took, _)| *took);
    for (took, page) in taken.iter().rev().take(5) {
        println!("{:>8.1} ms  {:>7} KB  {}", took.as_secs_f64() * 1e3, page.bytes.len() / 1000, page.id);
    }
    println!("{:>8.1} MB above the pages", (cpu::peak_memory() - before) as f64 / 1e6);
}
