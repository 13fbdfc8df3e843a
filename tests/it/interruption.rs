//! Interruption: the program is killed at many moments, and the next run goes on with nothing lost and nothing twice.
//! The moments are requests and files, not times: a server kills the program as it asks for a page, and a pipe in the
//! place of a file lets it be killed as it publishes that.

pub(crate) mod site;

use std::collections::BTreeSet;
use std::fs::{self, OpenOptions};
use std::path::Path;
use std::process::Command;
use std::thread;

use feed_rs::model::Feed;
use tearsheet::config;
use tearsheet::pipeline;

use crate::program::{self, Program};
use site::{ARTICLES, SECTIONS, Site};

/// A feed as a reader sees it: the identity and the title of each entry, in order.
type Entries = Vec<(String, String)>;

/// What is to be the same, however often a run was interrupted.
#[derive(Debug, PartialEq, Eq)]
struct Outcome {
    /// The archive's articles by their identity.
    archive: Vec<(String, String)>,
    /// Each section's feed, in each format.
    feeds: Vec<(String, Entries)>,
    /// The feed of all sections, whose articles come as their servers answered.
    all: BTreeSet<(String, String)>,
    /// Every published file.
    files: BTreeSet<String>,
}

impl Outcome {
    fn of(program: &Program) -> Outcome {
        let mut archive: Vec<(String, String)> =
            program.entries().into_iter().map(|entry| (entry.id.urn(), entry.article.title)).collect();
        archive.sort();
        let formats = ["rss.xml", "atom.xml", "feed.json"];
        let paths = SECTIONS.iter().flat_map(|section| formats.map(|format| format!("{section}/{format}")));
        let feeds = paths.map(|path| (path.clone(), read(program, &path))).collect();
        let all = read(program, "all/atom.xml");
        assert_eq!(all.len(), ARTICLES, "nothing stands in the feed twice");
        let files = program::files(&program.path("public")).into_keys().collect();
        Outcome { archive, feeds, all: all.into_iter().collect(), files }
    }
}

fn read(program: &Program, path: &str) -> Entries {
    let bytes = fs::read(program.path("public").join(path)).unwrap();
    let feed: Feed = feed_rs::parser::parse(&bytes[..]).unwrap();
    let title = |entry: &feed_rs::model::Entry| entry.title.clone().unwrap().content;
    feed.entries.iter().map(|entry| (entry.id.clone(), title(entry))).collect()
}

/// Runs a new program to its end, undisturbed.
fn undisturbed(site: &Site) -> Outcome {
    let program = site.program();
    let ended = program.call(&["run", "--quiet"]);
    assert_eq!((ended.code, ended.stderr.as_str()), (Some(0), ""));
    let outcome = Outcome::of(&program);
    assert_eq!(outcome.archive.len(), ARTICLES);
    outcome
}

/// Runs an interrupted program to its end, and compares it with one that was not.
fn check_completed(program: &Program, expected: &Outcome, moment: &str) {
    let ended = program.call(&["run", "--quiet"]);
    assert_eq!((ended.code, ended.stderr.as_str()), (Some(0), ""), "{moment}");
    assert_eq!(Outcome::of(program), *expected, "{moment}");
    let leftovers: Vec<String> = program::files(program.root())
        .into_keys()
        .filter(|name| name.ends_with(".open") || name.contains("/.") && name.ends_with(".new"))
        .collect();
    assert!(leftovers.is_empty(), "{moment}: {leftovers:?}");
}

#[test]
fn killed_at_any_request_the_next_run_completes_it() {
    let site = Site::start();
    let expected = undisturbed(&site);
    let requests = site.take_requests();
    assert_eq!(requests, ARTICLES + SECTIONS.len() + 1, "each article, each section, and robots.txt");
    for at in 1..=requests {
        let program = site.program();
        assert_eq!(site.run_and_kill(&program, at), None, "killed at request {at}");
        site.take_requests();
        check_completed(&program, &expected, &format!("killed at request {at}"));
    }
}

#[test]
fn killed_again_and_again_it_still_gets_to_the_end() {
    let site = Site::start();
    let expected = undisturbed(&site);
    let program = site.program();
    // Far enough into each run that it can have committed something.
    let mut kills = 0;
    while site.run_and_kill(&program, SECTIONS.len() + 1 + ARTICLES / 2 - kills).is_none() {
        kills += 1;
    }
    assert!(kills > 0);
    check_completed(&program, &expected, &format!("killed {kills} times"));
}

#[cfg(unix)]
#[test]
fn killed_while_it_publishes_the_next_run_publishes_the_rest() {
    let site = Site::start();
    let expected = undisturbed(&site);
    // Some of the reading pages, and of everything else. A front page without an archive is an archive that is missing:
    // nothing is published then.
    for file in expected.files.iter().filter(|file| *file != "index.html").step_by(4) {
        let program = site.program();
        let place = program.path("public").join(file);
        kill_at_file(&program, &place);
        check_completed(&program, &expected, &format!("killed at {file}"));
    }
}

/// Runs the program until it looks what stands in `place`, and kills it there.
fn kill_at_file(program: &Program, place: &Path) {
    fs::create_dir_all(place.parent().unwrap()).unwrap();
    assert!(Command::new("mkfifo").arg(place).status().unwrap().success());
    let mut child = program.command(&["run", "--quiet"]).spawn().unwrap();
    let pipe = place.to_owned();
    let opened = thread::spawn(move || OpenOptions::new().write(true).open(pipe));
    // Comes back when the program opens the pipe's other end.
    let _writer = opened.join().unwrap().unwrap();
    child.kill().unwrap();
    assert_eq!(child.wait().unwrap().code(), None);
    fs::remove_file(place).unwrap();
}

#[test]
fn what_an_interrupted_run_had_is_not_fetched_again() {
    let site = Site::start();
    let program = site.program();
    // Pages of a source are judged by the thirty and then committed.
    let articles = 40;
    site.show(articles);
    let all = SECTIONS.len() * articles + SECTIONS.len() + 1;
    assert_eq!(site.run_and_kill(&program, all), None);
    site.take_requests();
    let config = config::load(program.root()).unwrap();
    let before = pipeline::build(&config, chrono::Utc::now(), &|_| ()).unwrap();
    assert!(before.written > 0, "what was committed can be published at once");
    let kept = program.entries().len();
    assert!(kept > 0, "some had been committed");
    assert_eq!(program.call(&["run", "--quiet"]).code, Some(0));
    assert_eq!(site.take_requests(), all - kept);
}
