//! What an archive of 100,000 articles of 1,000 sources costs: to be verified, to have its index made again, to be
//! taken up after a crash, to be run when there is nothing new, and to be published: as a whole, and after small changes.
//! The real program does it all, as a child process whose CPU time and memory are measured; the sources' feeds are served
//! on loopback.
//!
//! `cargo bench --bench archive -- [ARTICLES] [FOLDER]`; a folder is kept, and what stands in it is used again.

#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::cast_precision_loss)] // it prints its result

mod command;
mod fill;
mod server;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::atomic::Ordering;
use std::time::Instant;

use serde_json::Value;
use tearsheet::archive::Settings;

use command::{Cost, tearsheet};
use fill::SOURCES;

const ARTICLES: usize = 100_000;
/// Nothing may take more memory than this, in megabytes.
const MOST_MEMORY: f64 = 300.0;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let articles = arguments.first().map_or(ARTICLES, |number| number.parse().unwrap());
    let temporary = tempfile::tempdir().unwrap();
    let root = arguments.get(1).map_or_else(|| temporary.path().to_owned(), PathBuf::from);
    let (port, asked) = server::start(articles);
    configure(&root, port);
    if !root.join("archive").exists() {
        let begun = Instant::now();
        fill::fill(&Settings { path: root.join("archive") }, articles);
        println!("{articles} articles kept in {:.1} s", begun.elapsed().as_secs_f64());
    }
    verify(&root);
    rebuild(&root, articles);
    recover(&root);
    tearsheet(&root, &["run", "--quiet"]);
    for counter in [&asked.unchanged, &asked.feeds, &asked.robots, &asked.others] {
        counter.store(0, Ordering::Relaxed);
    }
    let idle = tearsheet(&root, &["run", "--quiet"]);
    let count = |counter: &std::sync::atomic::AtomicUsize| counter.load(Ordering::Relaxed);
    println!(
        "  nothing new: {} conditional requests, {} feeds sent again, {} robots.txt, {} others, {:.2} s of CPU time",
        count(&asked.unchanged),
        count(&asked.feeds),
        count(&asked.robots),
        count(&asked.others),
        idle.cpu
    );
    publish(&root, articles, port);
}

fn configure(root: &Path, port: u16) {
    let sources = root.join("config/sources");
    fs::create_dir_all(&sources).unwrap();
    let settings = "[fetch]\nallow_private = true\ndelay = \"0s\"\n";
    fs::write(root.join("config/tearsheet.toml"), settings).unwrap();
    for source in 0..SOURCES {
        let (id, host) = (fill::source_id(source), server::host(source));
        let text = format!("url = \"http://{host}:{port}/feed-{source}\"\nkind = \"feed\"\n");
        fs::write(sources.join(format!("{id}.toml")), text).unwrap();
    }
}

/// What publishing costs: everything, one article that is new, a source that is new, a title and a size that change.
fn publish(root: &Path, articles: usize, port: u16) {
    let _ = fs::remove_dir_all(root.join("public"));
    let whole = tearsheet(root, &["build", "--quiet"]);
    println!("  the whole site: {:.0} articles a second of CPU time", articles as f64 / whole.cpu);
    check_memory(&whole);
    // One source is asked, which has nothing new: what is left is publishing.
    let run = |what: &str| {
        let cost = tearsheet(root, &["run", "source-0000"]);
        println!(
            "  {what}: {:.2} s of CPU time; {}",
            cost.cpu,
            cost.stdout.lines().last().unwrap_or_default()
        );
    };
    run("nothing new");
    fill::one(&Settings { path: root.join("archive") }, articles.next_multiple_of(SOURCES));
    run("one new article");
    let file = |name: &str| root.join(format!("config/sources/{name}.toml"));
    let (host, url) = (server::host(0), format!("{port}/feed-0"));
    let text = format!("url = \"http://{host}:{url}\"\nkind = \"feed\"\n");
    fs::write(file("source-new"), &text).unwrap();
    run("a new source");
    fs::write(file("source-new"), format!("{text}title = \"Another\"\n")).unwrap();
    run("its title changed");
    fs::write(file("source-new"), format!("{text}[feed]\nsize = 9\n")).unwrap();
    run("its title and the size of its feed changed");
    fs::remove_file(file("source-new")).unwrap();
    run("a source gone");
}

fn verify(root: &Path) {
    let cost = tearsheet(root, &["verify", "--json"]);
    let answer: Value = serde_json::from_str(&cost.stdout).unwrap();
    assert_eq!(answer["findings"].as_array().unwrap().len(), 0);
    let megabytes = |name: &str| answer[name].as_f64().unwrap() / 1e6;
    let (packed, unpacked) = (megabytes("bytes"), megabytes("unpacked"));
    println!(
        "  {packed:.0} MB of files, {unpacked:.0} MB of blocks; on two cores {:.0} MB/s of files, {:.0} MB/s of blocks",
        2.0 * packed / cost.cpu,
        2.0 * unpacked / cost.cpu
    );
    check_memory(&cost);
}

fn rebuild(root: &Path, articles: usize) {
    let cost = tearsheet(root, &["rebuild", "--index", "--quiet"]);
    println!(
        "  {:.0} articles a second on the clock, {:.0} a second of CPU time",
        articles as f64 / cost.wall,
        articles as f64 / cost.cpu
    );
    check_memory(&cost);
}

/// Kills a run at once, and measures what the next command does before its own work.
fn recover(root: &Path) {
    let mut killed = command::start(root, &["run", "--quiet"], Stdio::null());
    killed.kill().unwrap();
    killed.wait().unwrap();
    let begun = Instant::now();
    let settings = Settings { path: root.join("archive") };
    drop(tearsheet::archive::Archive::open(&settings, chrono::Utc::now()).unwrap());
    println!("{:<24} {:>7.3} s", "recovery", begun.elapsed().as_secs_f64());
}

fn check_memory(cost: &Cost) {
    assert!(cost.memory < MOST_MEMORY, "{:.0} MB", cost.memory);
}
