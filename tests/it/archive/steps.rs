//! Every step on the way of a commit, a close, a rebuild: the process is killed there, the power is cut, or the step
//! fails. Committed articles are never lost and never doubled, and the next run needs no help.

use std::collections::BTreeSet;
use std::env;
use std::path::PathBuf;
use std::process::{Command, Output};

use tearsheet::archive::{self, Archive, Error, Failed, IndexState, Kept, Retention, Settings};
use tearsheet::model::Entry;

use super::fixture::{Page, Shelf, at, source};
use crate::faults::{Fault, Faults, IO_ERROR, NO_SPACE};

const ARCHIVE: &str = "TEARSHEET_TEST_ARCHIVE";

fn page(number: u32) -> Page {
    Page::new(&format!("https://a.example/{number}"))
}

fn revised() -> Page {
    page(1).later(1).text("It never happened, says everybody who was there at the time.")
}

fn keep(archive: &mut Archive, page: &Page) -> Result<(), Error> {
    let (candidate, capture, article, source) =
        (page.candidate(), page.capture(), page.article(), source("a"));
    let kept = Kept {
        source: &source,
        candidate: &candidate,
        capture: &capture,
        further: &[],
        article: &article,
        seen: page.seen(),
        sign: archive::Sign::default(),
    };
    archive.keep_article(&kept).map(drop)
}

fn fail(archive: &mut Archive, page: &Page) -> Result<(), Error> {
    let (candidate, source) = (page.candidate(), source("a"));
    let failed = Failed {
        source: &source,
        candidate: &candidate,
        reason: "the server answered 500",
        hold: None,
        capture: None,
        at: page.at,
        next_try_at: Some(at(9)),
    };
    archive.keep_failure(&failed)
}

/// What two runs, a rebuild and a pruning do: three commits, and the last of a run goes with its close. Work that is
/// done already is not done again.
fn work(settings: &Settings, committed: &dyn Fn(&Archive)) -> Result<(), Error> {
    let (mut archive, _) = Archive::open(settings, at(0))?;
    if archive.view().newest_change()? < 3 {
        keep(&mut archive, &page(1))?;
        archive.commit()?;
        committed(&archive);
        keep(&mut archive, &page(2))?;
        archive.keep_listing(&source("a"), &Page::new("https://a.example/").capture())?;
        archive.commit()?;
        committed(&archive);
    }
    archive.close()?;
    let (mut archive, _) = Archive::open(settings, at(1))?;
    keep(&mut archive, &revised())?;
    fail(&mut archive, &page(3))?;
    archive.commit()?;
    committed(&archive);
    keep(&mut archive, &page(4))?;
    archive.close()?;
    archive::rebuild(settings, at(2), &mut |_, _| ())?;
    let (mut archive, _) = Archive::open(settings, at(3))?;
    let retention = Retention { max_size: Some(0), ..Retention::default() };
    let pruning = archive.prunable(&retention, at(3), &mut |_, _| ())?;
    archive.prune(&pruning, at(3), &mut |_, _| ())?;
    archive.close()
}

/// What an archive has, for comparing.
fn contents(archive: &archive::View) -> Result<BTreeSet<String>, Error> {
    let entries = archive.entries(&archive::Selection::default());
    entries.map(|entry| entry.map(|entry| format!("{} {}", entry.url, entry.revision))).collect()
}

#[test]
#[ignore = "it is run, and stopped, by the tests below"]
fn worker() {
    let Ok(path) = env::var(ARCHIVE) else { return };
    let settings = Settings { path: PathBuf::from(path) };
    let said = |archive: &Archive| {
        let now: Vec<String> = contents(archive.view()).unwrap().into_iter().collect();
        println!("\ncommitted {}", now.join(","));
    };
    match work(&settings, &said) {
        Ok(()) => println!("\ndone"),
        Err(error) => println!("\nfailed to {error}"),
    }
}

/// A worker in a process of its own.
fn command(shelf: &Shelf) -> Command {
    let mut command = Command::new(env::current_exe().unwrap());
    command
        .args(["--exact", "archive::steps::worker", "--ignored", "--nocapture"])
        .env(ARCHIVE, shelf.path());
    command
}

/// What a worker last said that it had committed.
fn committed(output: &Output) -> Option<BTreeSet<String>> {
    let text = String::from_utf8_lossy(&output.stdout);
    let last = text.lines().filter_map(|line| line.strip_prefix("committed ")).next_back()?;
    Some(last.split(',').map(str::to_owned).collect())
}

fn said(output: &Output, word: &str) -> bool {
    String::from_utf8_lossy(&output.stdout).lines().any(|line| line == word)
}

/// The steps of the whole work, and what it leads to.
fn undisturbed() -> (Vec<String>, Vec<Entry>) {
    let shelf = Shelf::in_memory();
    let faults = Faults::of(shelf.path());
    let mut command = command(&shelf);
    faults.watch(&mut command);
    assert!(said(&command.output().unwrap(), "done"));
    (faults.steps(), entries(&shelf))
}

/// All articles. Which run found one depends on where the runs were interrupted.
fn entries(shelf: &Shelf) -> Vec<Entry> {
    let mut entries = shelf.entries();
    entries.iter_mut().for_each(|entry| entry.rank.run = 0);
    entries
}

/// Goes over the work once more, and compares what it leads to.
fn check_completed(shelf: &Shelf, expected: &[Entry], moment: &str) {
    work(&shelf.settings(), &|_| ()).unwrap();
    assert_eq!(entries(shelf), expected, "{moment}");
    let files = shelf.warc_files();
    assert!(files.iter().all(|name| name.ends_with(".warc.gz")), "{moment}: {files:?}");
    let verified = archive::verify(&shelf.settings(), &|_, _| ()).unwrap();
    assert!(verified.findings.is_empty(), "{moment}: {:?}", verified.findings);
}

/// Lets the steps of the work go wrong, each in an archive of its own, and checks what came of it: every step, or only
/// each `stride`th where nobody asked for more.
fn at_steps(fault: Fault, stride: usize, check: impl Fn(&Shelf, &Output, &[Entry], &str)) {
    let (steps, expected) = undisturbed();
    let stride = if crate::faults::are_all_wanted() { 1 } else { stride };
    for (step, name) in (1..).zip(&steps).step_by(stride) {
        let shelf = Shelf::in_memory();
        let faults = Faults::of(shelf.path());
        let mut command = command(&shelf);
        faults.arm(&mut command, step, fault);
        let output = command.output().unwrap();
        assert!(faults.steps().len() >= step, "{name}");
        check(&shelf, &output, &expected, &format!("{fault:?} at step {step}, {name}"));
    }
}

/// What was committed before the step went wrong is there, in this revision or a later one.
fn check_kept(found: &BTreeSet<String>, output: &Output, moment: &str) {
    let Some(committed) = committed(output) else { return };
    let is_there = |said: &String| {
        let (url, revision) = said.split_once(' ').unwrap();
        let later = format!("{url} {}", revision.parse::<u32>().unwrap() + 1);
        found.contains(said) || found.contains(&later)
    };
    assert!(committed.iter().all(is_there), "{moment}: {committed:?} were committed, {found:?} are there");
}

fn check_recovers(shelf: &Shelf, output: &Output, expected: &[Entry], moment: &str) {
    assert!(!said(output, "done"), "{moment}");
    let (archive, recovery) = Archive::open(&shelf.settings(), at(1)).unwrap();
    assert!(committed(output).is_none() || recovery.index != IndexState::Created, "{moment}");
    check_kept(&contents(archive.view()).unwrap(), output, moment);
    archive.close().unwrap();
    check_completed(shelf, expected, moment);
}

/// A reader finds the archive as it was, and the next run goes on.
fn check_as_it_was(shelf: &Shelf, output: &Output, expected: &[Entry], moment: &str) {
    match archive::View::open(&shelf.settings()).and_then(|view| contents(&view)) {
        Ok(found) => check_kept(&found, output, moment),
        // Nothing was committed yet, or a file is in its new form and the index still in its old.
        Err(Error::NoIndex { .. }) => assert_eq!(committed(output), None, "{moment}"),
        Err(Error::Disagrees { .. }) => {}
        Err(error) => panic!("{moment}: {error}"),
    }
    check_completed(shelf, expected, moment);
}

#[test]
fn the_steps_are_all_there() {
    let (steps, _) = undisturbed();
    let kinds: BTreeSet<&str> = steps.iter().map(|step| step.split_once(' ').unwrap().0).collect();
    assert!(kinds.is_superset(&BTreeSet::from(["create", "remove", "rename", "sync", "write"])), "{kinds:?}");
    for file in [".warc.gz.open", "index.sqlite-wal", "index.sqlite.new"] {
        for kind in ["write", "sync"] {
            let is_it = |step: &&String| step.starts_with(kind) && step.ends_with(file);
            assert!(steps.iter().any(|step| is_it(&step)), "{kind} {file}: {steps:#?}");
        }
    }
}

#[test]
fn killed_at_any_step_nothing_is_lost_or_doubled() {
    at_steps(Fault::Kill, 1, check_recovers);
}

#[test]
fn without_power_at_any_step_nothing_is_lost_or_doubled() {
    at_steps(Fault::PowerCut, 2, check_recovers);
}

#[test]
fn a_step_that_fails_takes_nothing_with_it() {
    at_steps(Fault::Once(IO_ERROR), 5, check_as_it_was);
}

#[test]
fn a_disk_that_is_full_from_any_step_on_leaves_the_archive_as_it_was() {
    at_steps(Fault::FromThenOn(NO_SPACE), 5, check_as_it_was);
}
