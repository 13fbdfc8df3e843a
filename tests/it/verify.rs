//! Whatever happens to the files is found, and it is said from what it can be made good.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::Command;

use serde_json::Value;
use tearsheet::archive::{self, Error, Flaw, Remedy, Verified};

use crate::archive::fixture::{Page, Shelf, at, records, warc_file};

/// An archive of two files: two articles, then a correction of the first.
fn shelf() -> Shelf {
    let shelf = Shelf::in_memory();
    shelf.run(|archive| {
        Page::new("https://a.example/1").keep(archive);
        Page::new("https://a.example/2").keep(archive);
    });
    shelf.run(|archive| Page::new("https://a.example/1").later(1).text("It never happened.").keep(archive));
    shelf
}

fn verify(shelf: &Shelf) -> Verified {
    archive::verify(&shelf.settings(), &|_, _| ()).unwrap()
}

/// The only thing that is found.
fn only(shelf: &Shelf) -> archive::Finding {
    let mut findings = verify(shelf).findings;
    assert_eq!(findings.len(), 1, "{findings:?}");
    findings.remove(0)
}

/// Flips a bit in the middle of the first record of each of these kinds.
fn hurt(path: &Path, kinds: &[&str]) {
    let records = records(path);
    let mut bytes = fs::read(path).unwrap();
    for kind in kinds {
        let at = records.iter().position(|(_, found)| found == kind).unwrap();
        let end = records.get(at + 1).map_or(bytes.len(), |(offset, _)| *offset);
        bytes[usize::midpoint(records[at].0, end)] ^= 1;
    }
    fs::write(path, bytes).unwrap();
}

#[test]
fn a_sound_archive_gives_no_finding() {
    let shelf = shelf();
    let verified = verify(&shelf);
    assert_eq!((verified.files, verified.records, verified.findings.len()), (2, 11, 0));
    let length: u64 = (0..2).map(|at| fs::metadata(warc_file(&shelf, at)).unwrap().len()).sum();
    assert_eq!(verified.bytes, length);
    assert!(verified.unpacked > 0);
}

#[test]
fn every_flipped_byte_is_found() {
    let shelf = shelf();
    let path = warc_file(&shelf, 0);
    let sound = fs::read(&path).unwrap();
    let (mut flip, mut missed) = (1_u8, Vec::new());
    for at in 0..sound.len() {
        flip = flip.rotate_left(1);
        let mut bytes = sound.clone();
        bytes[at] ^= flip;
        fs::write(&path, bytes).unwrap();
        if verify(&shelf).findings.is_empty() {
            missed.push((at, flip));
        }
    }
    assert_eq!(missed, []);
    fs::write(&path, sound).unwrap();
    assert!(verify(&shelf).findings.is_empty());
}

#[test]
fn an_article_can_be_made_again_while_its_response_is_whole() {
    let shelf = shelf();
    let id = shelf.entries()[1].id;
    hurt(&warc_file(&shelf, 1), &["conversion"]);
    let finding = only(&shelf);
    assert!(matches!((&finding.flaw, finding.remedy), (Flaw::Damaged(_), Remedy::Extract)), "{finding:?}");
    assert_eq!(finding.revision, Some((id, 2)));
    let told = finding.to_string();
    assert!(
        told.contains(&format!("revision 2 of {id}: its data does not unpack; the article can be")),
        "{told}"
    );
}

#[test]
fn an_article_outlives_its_response() {
    let shelf = shelf();
    let records = records(&warc_file(&shelf, 0));
    hurt(&warc_file(&shelf, 0), &["response", "request"]);
    let finding = only(&shelf);
    assert!(matches!(finding.flaw, Flaw::Damaged(_)), "{finding:?}");
    assert_eq!(
        (finding.remedy, finding.revision.map(|(_, number)| number)),
        (Remedy::ArticleRemains, Some(1))
    );
    let between = |kind: &str| records.iter().find(|(_, found)| found == kind).unwrap().0 as u64;
    assert_eq!(finding.place, Some(between("response")..between("conversion")), "both in one");
}

#[test]
fn nothing_is_made_from_nothing() {
    let shelf = shelf();
    hurt(&warc_file(&shelf, 1), &["response", "conversion"]);
    let remedies: Vec<Remedy> = verify(&shelf).findings.iter().map(|finding| finding.remedy).collect();
    assert_eq!(remedies, [Remedy::Copy, Remedy::Copy]);
}

#[test]
fn a_missing_file_and_a_shorter_one_are_told() {
    let shelf = shelf();
    let path = warc_file(&shelf, 1);
    let bytes = fs::read(&path).unwrap();
    fs::remove_file(&path).unwrap();
    let finding = only(&shelf);
    assert!(matches!(finding.flaw, Flaw::Missing { revisions: 1, .. }), "{finding:?}");
    assert_eq!((finding.path, finding.remedy), (path.clone(), Remedy::Copy));
    fs::write(&path, &bytes).unwrap();
    let last = records(&path).last().unwrap().0;
    fs::write(&path, &bytes[..last]).unwrap();
    let found = verify(&shelf).findings;
    assert!(matches!(found[0].flaw, Flaw::Shrunk { .. }), "{found:?}");
    assert_eq!(found[0].remedy, Remedy::Copy);
}

#[test]
fn a_copy_within_a_file_and_a_cut_out_record_are_told() {
    let shelf = shelf();
    let path = warc_file(&shelf, 0);
    let (bytes, records) = (fs::read(&path).unwrap(), records(&path));
    let (second, third) = (records[1].0, records[2].0);
    fs::write(&path, [&bytes[..third], &bytes[second..]].concat()).unwrap();
    assert!(!verify(&shelf).findings.is_empty());
    fs::write(&path, [&bytes[..second], &bytes[third..]].concat()).unwrap();
    assert!(!verify(&shelf).findings.is_empty());
}

#[test]
fn what_is_wrong_with_the_index_alone_is_made_good_by_a_rebuild() {
    let shelf = shelf();
    let index = shelf.path().join("index.sqlite");
    let sound = fs::read(&index).unwrap();
    fs::write(&index, "no database").unwrap();
    assert!(matches!(only(&shelf).flaw, Flaw::BrokenIndex));
    fs::remove_file(&index).unwrap();
    let finding = only(&shelf);
    assert!(matches!((&finding.flaw, finding.remedy), (Flaw::NoIndex, Remedy::Rebuild)));
    fs::write(&index, &sound).unwrap();
    let database = rusqlite::Connection::open(&index).unwrap();
    database.execute("DELETE FROM revision WHERE number = 2", []).unwrap();
    let finding = only(&shelf);
    assert!(matches!((&finding.flaw, finding.remedy), (Flaw::Unseen, Remedy::Rebuild)), "{finding:?}");
    database.execute("UPDATE revision SET offset = offset + 1 WHERE event = 1", []).unwrap();
    let found = verify(&shelf).findings;
    assert!(found.iter().all(|finding| finding.remedy == Remedy::Rebuild), "{found:?}");
    assert!(found.iter().any(|finding| matches!(finding.flaw, Flaw::NoRecord)), "{found:?}");
    drop(database);
    archive::rebuild(&shelf.settings(), at(9), &mut |_, _| ()).unwrap();
    assert!(verify(&shelf).findings.is_empty());
}

#[test]
fn what_another_process_is_writing_is_no_finding() {
    let shelf = shelf();
    let mut archive = shelf.open();
    Page::new("https://a.example/3").keep(&mut archive);
    assert!(verify(&shelf).findings.is_empty(), "before the commit");
    archive.commit().unwrap();
    Page::new("https://a.example/4").keep(&mut archive);
    assert!(verify(&shelf).findings.is_empty(), "after it");
    let path = warc_file(&shelf, 2);
    fs::OpenOptions::new().append(true).open(path).unwrap().write_all(b"half a record").unwrap();
    assert!(verify(&shelf).findings.is_empty(), "behind it");
}

#[test]
fn where_there_is_no_archive_there_is_nothing_to_verify() {
    let shelf = Shelf::new();
    assert!(matches!(archive::verify(&shelf.settings(), &|_, _| ()), Err(Error::NoArchive { .. })));
}

#[test]
fn the_command_says_what_it_found_and_its_exit_code_says_it_too() {
    let root = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tearsheet"));
        command.arg("--root").arg(root.path()).args(arguments).output().unwrap()
    };
    assert_eq!(run(&["verify"]).status.code(), Some(2), "there is no tearsheet folder");
    fs::create_dir(root.path().join("config")).unwrap();
    assert_eq!(run(&["verify"]).status.code(), Some(3), "there is no archive");
    shelf().copy_to(&root.path().join("archive"));
    let output = run(&["verify"]);
    assert_eq!((output.status.code(), output.stdout.len()), (Some(0), 0));
    fs::remove_file(root.path().join("archive/index.sqlite")).unwrap();
    let output = run(&["verify", "--json"]);
    assert_eq!(output.status.code(), Some(1));
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(answer["findings"][0]["flaw"], "there is no index, or one of another version of the program");
    let output = run(&["verify", "--quiet"]);
    assert!(String::from_utf8(output.stdout).unwrap().contains("`rebuild` makes the index again"));
}
