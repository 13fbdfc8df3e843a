//! The real program on a disk that is full, read-only or gone, and on one where it dies: it says so, the archive is as it
//! was, and the next run goes on.

use std::collections::BTreeMap;
use std::env;
use std::fs;

use crate::faults::{Fault, Faults, IO_ERROR, NO_SPACE, READ_ONLY};
use crate::interruption::site::{SECTIONS, Site};
use crate::program::{self, Ended, Program};

/// A program that has published two articles of each section; each has one more by now.
fn program(site: &Site) -> Program {
    site.show(2);
    let program = site.program();
    assert_eq!(program.call(&["run", "--quiet"]).code, Some(0));
    site.show(3);
    program
}

/// The identities of all articles, each with its revision.
fn articles(program: &Program) -> BTreeMap<String, u32> {
    let mut articles = BTreeMap::new();
    for entry in program.entries() {
        let twice = articles.insert(entry.id.urn(), entry.revision);
        assert_eq!(twice, None, "{} is there twice", entry.url);
    }
    articles
}

/// Runs with a fault in this folder, at this step.
fn run_with(program: &Program, folder: &str, step: usize, fault: Fault) -> (Ended, usize) {
    let faults = Faults::of(&program.path(folder));
    let mut command = program.command(&["run", "--quiet"]);
    faults.arm(&mut command, step, fault);
    (Ended::of(command.output().unwrap()), faults.steps().len())
}

#[test]
fn a_disk_that_fails_ends_the_run_with_a_clear_error_and_the_archive_as_it_was() {
    let site = Site::start();
    let faults = [
        (NO_SPACE, "No space left on device"),
        (READ_ONLY, "Read-only file system"),
        (IO_ERROR, "Input/output error"),
    ];
    for (error, reason) in faults {
        // As it opens the archive, as it fetches, and as it commits.
        for step in [1, 12, 20] {
            let program = program(&site);
            let before = (articles(&program), program::files(&program.path("public")));
            let (ended, steps) = run_with(&program, "archive", step, Fault::FromThenOn(error));
            assert!(steps >= step, "{ended:?}");
            assert_eq!((ended.code, ended.stdout.as_str()), (Some(3), ""), "{ended:?}");
            let says = |text: &str| ended.stderr.contains(text);
            let is_of_sqlite = says("index.sqlite") && (says("disk") || says("database"));
            assert!(says("archive/") && (says(reason) || is_of_sqlite), "{}", ended.stderr);
            assert!((articles(&program), program::files(&program.path("public"))) == before);
            assert_eq!(program.call(&["run", "--quiet"]).code, Some(0));
            assert_eq!(articles(&program).len(), 3 * SECTIONS.len());
            assert_eq!(program.call(&["verify", "--quiet"]).code, Some(0));
        }
    }
}

#[test]
fn a_full_disk_for_the_output_costs_no_article_and_no_feed() {
    let site = Site::start();
    let program = program(&site);
    let feeds = |program: &Program| -> Vec<Vec<u8>> {
        SECTIONS
            .iter()
            .map(|section| fs::read(program.path(&format!("public/{section}/rss.xml"))).unwrap())
            .collect()
    };
    let before = feeds(&program);
    let (ended, _) = run_with(&program, "public", 2, Fault::FromThenOn(NO_SPACE));
    assert_eq!(ended.code, Some(3), "{ended:?}");
    assert!(ended.stderr.contains("public/") && ended.stderr.contains("No space left"), "{ended:?}");
    assert_eq!((feeds(&program), articles(&program).len()), (before, 9));
    assert_eq!(program.call(&["build", "--quiet"]).code, Some(0));
    for feed in feeds(&program) {
        assert_eq!(feed_rs::parser::parse(&feed[..]).unwrap().entries.len(), 3);
    }
}

#[test]
fn an_archive_that_vanishes_is_not_taken_for_an_empty_one() {
    let site = Site::start();
    let program = program(&site);
    let public = program::files(&program.path("public"));
    let elsewhere = program.path("elsewhere");
    fs::rename(program.path("archive"), &elsewhere).unwrap();
    fs::create_dir(program.path("archive")).unwrap();
    let ended = program.call(&["run", "--quiet"]);
    assert_eq!(ended.code, Some(3), "{ended:?}");
    assert!(ended.stderr.contains("bring the archive back"), "{}", ended.stderr);
    assert!(program::files(&program.path("public")) == public);
    fs::remove_dir_all(program.path("archive")).unwrap();
    fs::rename(&elsewhere, program.path("archive")).unwrap();
    assert_eq!(program.call(&["run", "--quiet"]).code, Some(0));
    assert_eq!(articles(&program).len(), 9);
}

#[test]
fn killed_at_any_step_of_publishing_the_next_build_completes_it() {
    let site = Site::start();
    let program = program(&site);
    let public = program.path("public");
    let build = |step: usize| {
        let faults = Faults::of(&public);
        let mut command = program.command(&["build", "--quiet"]);
        faults.arm(&mut command, step, Fault::Kill);
        (command.output().unwrap().status.code(), faults.steps())
    };
    let expected = program::files(&public);
    let empty = || {
        fs::remove_dir_all(&public).unwrap();
        fs::create_dir(&public).unwrap();
    };
    empty();
    let (code, steps) = build(usize::MAX);
    assert_eq!(code, Some(0));
    assert!(program::files(&public) == expected);
    for (step, name) in (1..).zip(&steps) {
        empty();
        assert_eq!(build(step).0, None, "{step}, {name}");
        for (name, bytes) in program::files(&public) {
            let is_temporary = name.ends_with(".new");
            assert!(is_temporary || expected[&name] == bytes, "{name} is half written at {step}");
        }
        assert_eq!(program.call(&["build", "--quiet"]).code, Some(0));
        assert!(program::files(&public) == expected, "killed at {step}, {name}");
    }
}

/// Numbers that are the same at every start.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % bound as u64).unwrap()
    }
}

/// A storm: the program is killed again and again, at any step it takes, while the site publishes.
#[test]
fn a_storm_of_kills_loses_nothing_and_doubles_nothing() {
    // `.ci/run` asks for more.
    let kills = env::var("TEARSHEET_STORM").map_or(40, |text| text.parse().unwrap());
    let site = Site::start();
    let program = program(&site);
    let (mut random, mut killed, mut runs, mut had) = (Random(7), 0, 0, articles(&program));
    while killed < kills {
        runs += 1;
        site.show(3 + 17 * killed / kills);
        let fault = if runs % 2 == 0 { Fault::PowerCut } else { Fault::Kill };
        let folder = if fault == Fault::Kill { "." } else { "archive" };
        let (ended, _) = run_with(&program, folder, 1 + random.below(60), fault);
        assert!(matches!(ended.code, None | Some(0)), "run {runs}: {ended:?}");
        killed += usize::from(ended.code.is_none());
        let has = articles(&program);
        assert!(had.keys().all(|id| has.contains_key(id)), "run {runs} lost something");
        had = has;
    }
    site.show(20);
    let ended = program.call(&["run", "--quiet"]);
    assert_eq!((ended.code, ended.stderr.as_str()), (Some(0), ""));
    assert_eq!(articles(&program).len(), 20 * SECTIONS.len());
    for section in SECTIONS {
        let feed = fs::read(program.path(&format!("public/{section}/atom.xml"))).unwrap();
        let feed = feed_rs::parser::parse(&feed[..]).unwrap();
        let numbers: Vec<String> = feed
            .entries
            .iter()
            .map(|entry| entry.links[0].href.rsplit('/').next().unwrap().to_owned())
            .collect();
        let mut expected: Vec<String> = (1..=20).map(|number: u32| number.to_string()).collect();
        expected.sort();
        let mut found = numbers.clone();
        found.sort();
        assert_eq!(found, expected, "{section}: each once");
    }
    assert_eq!(program.call(&["verify", "--quiet"]).code, Some(0));
    let before = articles(&program);
    assert_eq!(program.call(&["rebuild", "--quiet"]).code, Some(0));
    assert_eq!(articles(&program), before);
}
