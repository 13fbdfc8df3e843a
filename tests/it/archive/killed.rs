//! A process that is killed while it writes, again and again, over one archive.

use std::env;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Command, Stdio};

use tearsheet::archive::{self, Archive, Settings};

use super::fixture::{Page, Shelf, at};

const ARCHIVE: &str = "TEARSHEET_TEST_ARCHIVE";
const ROUNDS: usize = 20;

fn page(number: usize) -> Page {
    Page::new(&format!("https://a.example/{number}"))
}

/// Keeps one article after another for ever, and says which of them it has committed.
#[test]
#[ignore = "it is run, and killed, by the test below"]
fn writer() {
    let Ok(path) = env::var(ARCHIVE) else { return };
    let (mut archive, _) = Archive::open(&Settings { path: PathBuf::from(path) }, at(0)).unwrap();
    let begun = archive.view().newest_change().unwrap();
    for number in usize::try_from(begun).unwrap().. {
        page(number).keep(&mut archive);
        if number % 3 == 0 {
            archive.commit().unwrap();
            println!("\ncommitted {number}");
        }
    }
}

/// Runs the writer until it has committed `commits` times, and kills it. Gives the last article that it committed.
fn kill_after(shelf: &Shelf, commits: usize) -> usize {
    let mut writer = Command::new(env::current_exe().unwrap())
        .args(["--exact", "archive::killed::writer", "--ignored", "--nocapture"])
        .env(ARCHIVE, shelf.path())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(writer.stdout.take().unwrap()).lines().map(Result::unwrap);
    let mut committed = lines.filter_map(|line| line.strip_prefix("committed ")?.parse().ok());
    let last = committed.nth(commits).unwrap();
    // It goes on writing meanwhile: where the signal meets it is left to chance.
    writer.kill().unwrap();
    writer.wait().unwrap();
    committed.last().unwrap_or(last)
}

#[test]
fn what_was_committed_outlives_every_kill() {
    let shelf = Shelf::new();
    for round in 0..ROUNDS {
        let committed = kill_after(&shelf, round % 4);
        shelf.recover();
        let mut urls: Vec<String> = shelf.entries().into_iter().map(|entry| entry.url.into()).collect();
        urls.reverse();
        assert!(urls.len() > committed, "{} of {committed}", urls.len());
        let expected: Vec<String> = (0..urls.len()).map(|number| page(number).article().url.into()).collect();
        assert_eq!(urls, expected, "none is lost and none is there twice");
    }
    let before = shelf.entries();
    archive::rebuild(&shelf.settings(), at(0), &mut |_, _| ()).unwrap();
    assert_eq!(shelf.entries(), before);
}
