//! The whole way over many pages: how many a second of processor time each stage takes, and how much memory a run.
//!
//! `cargo bench --bench pipeline -- [MANIFEST] [N]` serves N pages on loopback, 1,000 if not said otherwise, as those of
//! some hosts, and runs the pipeline over them twice; the second run must ask for no page and write no file. A manifest
//! has a line a page, `{"id","url","file"}`, the file relative to it and gzipped or not. Without one the pages are made
//! up. The server is a process of its own, so that neither its memory nor its work is counted.

#![allow(clippy::print_stdout, clippy::unwrap_used)] // it prints its result, and stops at the first surprise

mod meter;
mod pages;
mod server;
mod stages;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Instant, SystemTime};

use chrono::Utc;
use tearsheet::config::{self, Config};
use tearsheet::pipeline::{self, PageOutcome, PageTrouble, RunReport};
use tokio::runtime::Runtime;

use meter::CpuTime;
use pages::Pages;
use server::Server;

/// A run may take no more memory than this, however many pages it reads.
const MOST_MEMORY: u64 = 300 << 20;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    match arguments.split_first() {
        Some((first, rest)) if first == server::SERVE => server::serve(&Pages::of(rest)),
        _ => measure(&arguments),
    }
}

fn measure(arguments: &[String]) {
    let pages = Pages::of(arguments);
    let server = Server::start(arguments);
    let root = tempfile::tempdir().unwrap();
    let config = configure(&root.path().join("run"), &server, pages.len());
    println!("{} pages, {}\n", pages.len(), pages.origin());

    let (wall, cpu) = (Instant::now(), CpuTime::now());
    let report = run(&config);
    let (wall, cpu) = (wall.elapsed(), cpu.elapsed());
    let peak = meter::peak_memory();
    tell(&report);
    assert_eq!(server.take_page_requests(), pages.len(), "each page is asked for once");

    let before = files(root.path());
    let again = run(&config);
    assert_eq!((server.take_page_requests(), again.published.written), (0, 0), "nothing is new");
    assert!(before == files(root.path()), "a run that learns nothing writes nothing");

    let config = configure(&root.path().join("stages"), &server, pages.len());
    for (name, cpu) in stages::measure(&config, &server, &pages) {
        println!("{}", meter::row(name, pages.len(), cpu));
    }
    println!("{}", meter::row("whole run", pages.len(), cpu));
    println!("\n{:.1} s on the clock, {} MB of memory at most", wall.as_secs_f64(), peak >> 20);
    assert!(peak < MOST_MEMORY, "more than {} MB", MOST_MEMORY >> 20);
}

fn configure(root: &Path, server: &Server, pages: usize) -> Config {
    let sources = root.join("config/sources");
    fs::create_dir_all(&sources).unwrap();
    let settings = "[fetch]\nallow_private = true\ndelay = \"0s\"\n";
    fs::write(root.join("config/tearsheet.toml"), settings).unwrap();
    for (host, list) in server.lists().iter().enumerate() {
        let source = format!("url = \"{list}\"\nkind = \"urls\"\nlimit = {pages}\n");
        fs::write(sources.join(format!("host-{host}.toml")), source).unwrap();
    }
    config::load(root).unwrap()
}

fn run(config: &Config) -> RunReport {
    Runtime::new().unwrap().block_on(pipeline::run(config, &[], Utc::now(), &|_| ())).unwrap()
}

fn tell(report: &RunReport) {
    let sources = &report.sources;
    assert!(sources.iter().all(|source| source.failure.is_none()));
    let troubles: Vec<&PageTrouble> = sources.iter().flat_map(|source| &source.troubles).collect();
    println!(
        "{} new articles, {} pages that were known by then, {} held back or failed; {} files written",
        sources.iter().map(|source| source.new).sum::<usize>(),
        sources.iter().map(|source| source.unchanged + source.revised).sum::<usize>(),
        troubles.len(),
        report.published.written
    );
    let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
    for trouble in troubles {
        if let PageOutcome::Held { reason } | PageOutcome::Failed { reason } = &trouble.outcome {
            *reasons.entry(reason).or_default() += 1;
        }
    }
    for (reason, pages) in reasons {
        println!("  {pages:>4}  {reason}");
    }
    println!();
}

/// When each file was written, but for the index, which remembers when a source was last asked.
fn files(root: &Path) -> BTreeMap<PathBuf, (u64, SystemTime)> {
    let (mut files, mut folders) = (BTreeMap::new(), vec![root.to_owned()]);
    while let Some(next) = folders.pop() {
        for found in fs::read_dir(next).unwrap() {
            let found = found.unwrap();
            let (path, about) = (found.path(), found.metadata().unwrap());
            if about.is_dir() {
                folders.push(path);
            } else if !found.file_name().to_string_lossy().starts_with("index.sqlite") {
                files.insert(path, (about.len(), about.modified().unwrap()));
            }
        }
    }
    files
}
