//! What is damaged is set aside, what can be made again is, and what is whole is not touched.

use std::collections::BTreeMap;
use std::fs;

use tearsheet::archive::{self, Error, Repaired};
use tearsheet::model::{Article, Candidate, Capture, Entry, SourceId};

use crate::archive::fixture::{Page, Shelf, at, hurt, records, warc_file};
use crate::interruption::site::Site;
use crate::program;

fn pages() -> [Page; 3] {
    [
        Page::new("https://a.example/1"),
        Page::new("https://a.example/2"),
        Page::new("https://a.example/1").later(1).text("It never happened, says everybody who was there."),
    ]
}

/// An archive of two files: two articles, then a correction of the first.
fn shelf() -> Shelf {
    let shelf = Shelf::in_memory();
    let [one, two, corrected] = pages();
    shelf.run(|archive| [one, two].map(|page| page.keep(archive)));
    shelf.run(|archive| corrected.keep(archive));
    shelf
}

/// Reads a page as it was read when it was kept.
fn read_again(_: &SourceId, _: &Candidate, capture: &Capture, _: &[Capture]) -> Option<Article> {
    pages().iter().find(|page| page.capture().body == capture.body).map(Page::article)
}

fn repair(shelf: &Shelf) -> Result<Repaired, Error> {
    archive::repair(&shelf.settings(), at(9), &mut read_again, &|_, _| ())
}

fn findings(shelf: &Shelf) -> usize {
    archive::verify(&shelf.settings(), &|_, _| ()).unwrap().findings.len()
}

/// Every article as it was, but for a revision's page that may have been lost.
fn check_sound(shelf: &Shelf, before: &[Entry], moment: &str) {
    assert_eq!(shelf.entries(), before, "{moment}");
    assert_eq!(findings(shelf), 0, "{moment}");
    assert!(shelf.recover().problems.is_empty(), "{moment}");
    archive::rebuild(&shelf.settings(), at(9), &mut |_, _| ()).unwrap();
    assert_eq!(shelf.entries(), before, "{moment}");
}

#[test]
fn a_damaged_article_is_read_again_from_its_response() {
    for damaged in [0, 1] {
        let shelf = shelf();
        let before = shelf.entries();
        let path = warc_file(&shelf, damaged);
        let bytes = hurt(&path, "conversion");
        let repaired = repair(&shelf).unwrap();
        assert_eq!((repaired.read_again.len(), repaired.lost.len()), (1, 0), "{repaired:?}");
        assert_eq!(repaired.set_aside.len(), 1);
        assert_eq!(fs::read(&repaired.set_aside[0]).unwrap(), bytes, "the damaged file is kept as it was");
        let numbers = shelf.view().revisions(&before[1].id).unwrap();
        assert_eq!(numbers, [1, 2]);
        check_sound(&shelf, &before, &path.display().to_string());
    }
}

#[test]
fn an_article_outlives_its_damaged_response() {
    let shelf = shelf();
    let before = shelf.entries();
    hurt(&warc_file(&shelf, 1), "response");
    let repaired = repair(&shelf).unwrap();
    assert_eq!((repaired.read_again.len(), repaired.set_aside.len()), (0, 1));
    assert_eq!(shelf.view().capture_of(&before[1].id).unwrap(), None);
    check_sound(&shelf, &before, "response");
}

#[test]
fn wherever_a_byte_is_flipped_every_article_is_there_afterwards() {
    let sound = shelf();
    let before = sound.entries();
    let bytes = fs::read(warc_file(&sound, 0)).unwrap();
    for at in (0..bytes.len()).step_by(41) {
        let shelf = sound.copy();
        let mut bytes = bytes.clone();
        bytes[at] ^= 0x10;
        fs::write(warc_file(&shelf, 0), &bytes).unwrap();
        let repaired = repair(&shelf).unwrap();
        assert!(repaired.findings.len() + repaired.lost.len() > 0, "{at}");
        assert_eq!(repaired.set_aside.len(), 1, "{at}");
        check_sound(&shelf, &before, &format!("byte {at}"));
    }
}

#[test]
fn a_half_copied_file_keeps_its_first_half_and_says_what_is_lost() {
    let shelf = shelf();
    let path = warc_file(&shelf, 0);
    let records = records(&path);
    // Within the response of the second article.
    let cut = records.iter().rposition(|(_, kind)| kind == "response").unwrap();
    let bytes = fs::read(&path).unwrap();
    fs::write(&path, &bytes[..records[cut].0 + 100]).unwrap();
    assert!(matches!(archive::Archive::open(&shelf.settings(), at(2)), Err(Error::Shrunk { .. })));
    let repaired = repair(&shelf).unwrap();
    assert!(!repaired.lost.is_empty());
    assert_eq!(fs::read(&repaired.set_aside[0]).unwrap(), bytes[..records[cut].0 + 100]);
    let urls: Vec<String> = shelf.entries().into_iter().map(|entry| entry.url.into()).collect();
    assert_eq!(urls, ["https://a.example/1"]);
    assert_eq!(findings(&shelf), 0);
    let [_, two, _] = pages();
    shelf.run(|archive| two.later(3).keep(archive));
    assert_eq!(shelf.entries().len(), 2, "it is fetched again");
}

#[test]
fn a_missing_file_is_its_owner_s_to_bring_back() {
    let shelf = shelf();
    let path = warc_file(&shelf, 0);
    let elsewhere = shelf.path().join("elsewhere");
    let before = shelf.entries();
    fs::rename(&path, &elsewhere).unwrap();
    let files = program::files(shelf.path());
    let Err(Error::Shrunk { path: named, found: 0, .. }) = repair(&shelf) else { panic!("it was repaired") };
    assert_eq!(named, path);
    assert!(program::files(shelf.path()) == files, "nothing was touched");
    fs::rename(&elsewhere, &path).unwrap();
    assert!(repair(&shelf).unwrap().findings.is_empty());
    check_sound(&shelf, &before, "brought back");
}

#[test]
fn an_index_that_is_gone_or_broken_is_made_again() {
    let shelf = shelf();
    let (before, index) = (shelf.entries(), shelf.path().join("index.sqlite"));
    let warc = program::files(&shelf.path().join("warc"));
    fs::remove_file(&index).unwrap();
    assert!(repair(&shelf).unwrap().index_made);
    check_sound(&shelf, &before, "gone");
    fs::write(&index, "no database").unwrap();
    assert!(repair(&shelf).unwrap().index_made);
    check_sound(&shelf, &before, "broken");
    let database = rusqlite::Connection::open(&index).unwrap();
    database.execute("UPDATE revision SET offset = offset + 1 WHERE event = 1", []).unwrap();
    drop(database);
    assert!(repair(&shelf).unwrap().index_made);
    check_sound(&shelf, &before, "at odds with the files");
    assert!(program::files(&shelf.path().join("warc")) == warc, "no file was touched");
    assert!(!repair(&shelf).unwrap().index_made, "what is sound is left alone");
}

#[test]
fn the_command_mends_what_a_run_archived_and_no_published_byte_changes() {
    let site = Site::start();
    let program = site.program();
    assert_eq!(program.call(&["run", "--quiet"]).code, Some(0));
    let public = program::files(&program.path("public"));
    let files: BTreeMap<String, Vec<u8>> = program::files(&program.path("archive/warc"));
    let path = program.path("archive/warc").join(files.keys().next().unwrap());
    let bytes = hurt(&path, "conversion");
    assert_eq!(program.call(&["verify", "--quiet"]).code, Some(1));
    let ended = program.call(&["verify", "--repair", "--json"]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    let answer = ended.json();
    assert_eq!(answer["read_again"].as_array().unwrap().len(), 1, "{answer}");
    let aside = answer["set_aside"][0].as_str().unwrap();
    assert_eq!(fs::read(aside).unwrap(), bytes);
    assert_eq!(program.call(&["verify", "--quiet"]).code, Some(0));
    assert_eq!(program.call(&["build", "--quiet"]).code, Some(0));
    assert!(program::files(&program.path("public")) == public);
    let ended = program.call(&["verify", "--repair"]);
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(0), ""), "{ended:?}");
}
