//! Crashes: whatever is left on the disk, the next run goes on with nothing lost and nothing twice.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use tearsheet::archive::{self, Archive, Error, IndexState, Outcome, Trouble};

use super::fixture::{Page, Shelf, at};

fn page(number: u32) -> Page {
    Page::new(&format!("https://a.example/{number}"))
}

/// An archive as a crash leaves it: one article committed, another written but not committed. With the length that
/// was committed.
fn crashed() -> (Shelf, u64) {
    let shelf = Shelf::new();
    let mut archive = shelf.open();
    page(1).keep(&mut archive);
    archive.commit().unwrap();
    let committed = fs::metadata(shelf.only_file()).unwrap().len();
    page(2).keep(&mut archive);
    // Neither committed nor closed.
    drop(archive);
    (shelf, committed)
}

fn cut(path: &Path, length: u64) {
    fs::OpenOptions::new().write(true).open(path).unwrap().set_len(length).unwrap();
}

fn urls(shelf: &Shelf) -> Vec<String> {
    let mut urls: Vec<String> = shelf.entries().into_iter().map(|entry| entry.url.into()).collect();
    urls.reverse();
    urls
}

#[test]
fn a_crash_at_any_byte_loses_nothing_that_was_committed_and_doubles_nothing() {
    let (crashed, committed) = crashed();
    let whole = fs::metadata(crashed.only_file()).unwrap().len();
    // A disk that loses what it had synced is no crash, but it must not end in a muddle either: a sample is enough.
    for length in (0..committed).step_by(61).chain(committed..=whole) {
        let shelf = crashed.copy();
        cut(&shelf.only_file(), length);
        let (mut archive, recovery) = Archive::open(&shelf.settings(), at(0)).unwrap();
        let files = shelf.warc_files();
        assert!(files.iter().all(|name| name.ends_with(".warc.gz")), "{length}: {files:?}");
        if length >= committed {
            assert_eq!(recovery.problems.len(), 0, "what no commit made part of the archive is no loss");
            assert_eq!(recovery.index, IndexState::Current, "{length}");
            assert_eq!(urls(&shelf)[0], "https://a.example/1", "{length}");
            assert_eq!(page(1).later(1).keep(&mut archive).outcome, Outcome::Unchanged, "{length}");
        }
        // What follows is the same for all lengths within a record.
        if length % 61 != 0 && length.abs_diff(committed) > 1 {
            continue;
        }
        page(1).later(1).keep(&mut archive);
        page(2).later(1).keep(&mut archive);
        archive.close().unwrap();
        assert_eq!(urls(&shelf), ["https://a.example/1", "https://a.example/2"], "{length}");
        let before = shelf.entries();
        let rebuilt = archive::rebuild(&shelf.settings(), at(2), &mut |_, _| ()).unwrap();
        assert_eq!((shelf.entries(), rebuilt.problems.len()), (before, 0), "{length}");
    }
}

#[test]
fn what_was_whole_when_it_crashed_is_kept() {
    let (shelf, _) = crashed();
    let recovery = shelf.recover();
    assert_eq!((recovery.cut, recovery.records, recovery.closed.len()), (0, 3, 1));
    assert_eq!(urls(&shelf), ["https://a.example/1", "https://a.example/2"]);
    assert_eq!(shelf.recover().closed, Vec::<PathBuf>::new());
}

#[test]
fn a_closed_file_that_is_gone_is_an_error_until_a_rebuild() {
    let shelf = Shelf::new();
    shelf.run(|archive| page(1).keep(archive));
    let lost = shelf.only_file();
    shelf.run(|archive| page(2).keep(archive));
    let elsewhere = shelf.path().join("elsewhere");
    fs::rename(&lost, &elsewhere).unwrap();
    let opened = Archive::open(&shelf.settings(), at(0));
    assert!(matches!(opened, Err(Error::Shrunk { found: 0, .. })));
    fs::rename(&elsewhere, &lost).unwrap();
    assert_eq!(shelf.recover().index, IndexState::Current);
    fs::remove_file(&lost).unwrap();
    archive::rebuild(&shelf.settings(), at(0), &mut |_, _| ()).unwrap();
    assert_eq!(urls(&shelf), ["https://a.example/2"]);
    assert_eq!(shelf.entries()[0].sequence, 2, "the others keep their places");
}

#[test]
fn a_closed_file_that_was_cut_is_an_error() {
    let shelf = Shelf::new();
    shelf.run(|archive| page(1).keep(archive));
    cut(&shelf.only_file(), 100);
    let opened = Archive::open(&shelf.settings(), at(0));
    assert!(matches!(opened, Err(Error::Shrunk { found: 100, .. })));
}

#[test]
fn a_damaged_record_does_not_take_the_others_with_it() {
    let shelf = Shelf::new();
    let ends: Vec<u64> = shelf.run(|archive| {
        let keep = |number| {
            page(number).keep(archive);
            fs::metadata(shelf.only_file()).unwrap().len()
        };
        (1..=3).map(keep).collect()
    });
    let file = shelf.only_file();
    let mut bytes = fs::read(&file).unwrap();
    // The conversion is the last record of an article.
    bytes[usize::try_from(ends[1]).unwrap() - 40] ^= 0xff;
    fs::write(&file, bytes).unwrap();
    let rebuilt = archive::rebuild(&shelf.settings(), at(0), &mut |_, _| ()).unwrap();
    assert_eq!(urls(&shelf), ["https://a.example/1", "https://a.example/3"]);
    assert_eq!(rebuilt.problems.len(), 1);
    assert_eq!(rebuilt.problems[0].path, file);
    assert_eq!(rebuilt.problems[0].offset + rebuilt.problems[0].length, ends[1]);
    assert!(matches!(rebuilt.problems[0].trouble, Trouble::Damaged(_)));
}

#[test]
fn a_lost_first_revision_is_restored_from_the_second() {
    let shelf = Shelf::new();
    shelf.run(|archive| page(1).keep(archive));
    let first = shelf.only_file();
    shelf.run(|archive| page(1).later(1).text("Another text with quite other words.").keep(archive));
    let before = shelf.entries();
    fs::remove_file(first).unwrap();
    archive::rebuild(&shelf.settings(), at(2), &mut |_, _| ()).unwrap();
    assert_eq!(shelf.entries(), before);
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_written_is_an_error_that_names_it() {
    let shelf = Shelf::new();
    let path = shelf.path().join("file");
    fs::write(&path, "no folder").unwrap();
    let settings = archive::Settings { path: path.join("archive") };
    let Err(Error::Io { path: named, .. }) = Archive::open(&settings, at(0)) else { panic!("it opened") };
    assert_eq!(named, settings.path);
}

#[test]
fn a_write_that_fails_takes_back_what_was_not_committed() {
    let shelf = Shelf::new();
    shelf.run(|archive| page(1).keep(archive));
    let mut archive = shelf.open();
    // A file stands where the folder of the next WARC file would be.
    let folder = shelf.path().join("warc/2026");
    let aside = shelf.path().join("aside");
    fs::rename(&folder, &aside).unwrap();
    fs::write(&folder, "in the way").unwrap();
    let (candidate, capture, article) = (page(2).candidate(), page(2).capture(), page(2).article());
    let kept = archive::Kept {
        source: &super::source("a"),
        candidate: &candidate,
        capture: &capture,
        further: &[],
        article: &article,
        seen: page(2).seen(),
        sign: archive::Sign::default(),
    };
    assert!(matches!(archive.keep_article(&kept), Err(Error::Io { .. })));
    fs::remove_file(&folder).unwrap();
    fs::rename(&aside, &folder).unwrap();
    assert_eq!(urls(&shelf), ["https://a.example/1"]);
    page(2).keep(&mut archive);
    archive.close().unwrap();
    assert_eq!(urls(&shelf), ["https://a.example/1", "https://a.example/2"]);
    assert_eq!(shelf.entries()[0].sequence, 2);
}

/// Puts a closed file with one record of another hand behind those of `shelf`.
fn add_record(shelf: &Shelf, kind: &str, content_type: &str, block: &str) -> PathBuf {
    let head = format!(
        "WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:7e044e2f-793d-5e17-85f7-a4a2db78568e>\r\n\
         WARC-Date: 2026-11-24T06:15:00Z\r\nContent-Type: {content_type}\r\nContent-Length: {}\r\n\r\n",
        block.len()
    );
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packer.write_all(format!("{head}{block}\r\n\r\n").as_bytes()).unwrap();
    let path = shelf.path().join("warc/2026/11/20261124T061500Z-0099.warc.gz");
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, packer.finish().unwrap()).unwrap();
    path
}

#[test]
fn a_newer_format_is_an_error_that_names_the_record() {
    for kind in ["conversion", "metadata"] {
        let shelf = Shelf::new();
        shelf.run(|archive| page(1).keep(archive));
        let name = if kind == "conversion" { "article" } else { "note" };
        let content_type = format!("application/vnd.tearsheet.{name}+json; v=2");
        let added = add_record(&shelf, kind, &content_type, "{}");
        let check = |error: Error| match error {
            Error::NewerFormat { path, offset, format } => {
                assert_eq!((path, offset, format), (added.clone(), 0, content_type.clone()));
            }
            other => panic!("{other}"),
        };
        check(Archive::open(&shelf.settings(), at(0)).unwrap_err());
        check(archive::rebuild(&shelf.settings(), at(0), &mut |_, _| ()).unwrap_err());
        assert_eq!(urls(&shelf), ["https://a.example/1"], "readers still see what was there");
    }
}

#[test]
fn foreign_records_are_told_and_passed_over() {
    let records = [
        ("resource", "text/plain", "hello"),
        ("metadata", "application/warc-fields", "a: b\r\n"),
        ("conversion", "text/plain", "hello"),
        ("conversion", "application/vnd.tearsheet.article+json; v=1", "{\"about\":1}"),
        ("metadata", "application/vnd.tearsheet.note+json; v=1", "{\"note\":\"of something else\"}"),
    ];
    for (kind, content_type, block) in records {
        let shelf = Shelf::new();
        shelf.run(|archive| page(1).keep(archive));
        let added = add_record(&shelf, kind, content_type, block);
        let problems = shelf.recover().problems;
        assert_eq!(problems.len(), 1, "{kind} {content_type}");
        assert_eq!((&problems[0].path, problems[0].offset), (&added, 0));
        assert_eq!(matches!(problems[0].trouble, Trouble::Damaged(_)), content_type.contains("tearsheet"));
        assert_eq!(urls(&shelf), ["https://a.example/1"]);
        shelf.run(|archive| page(2).keep(archive));
        assert_eq!(shelf.warc_files()[2], "2026/11/20261124T061500Z-0100.warc.gz");
    }
}

#[test]
fn an_open_file_without_records_goes_away() {
    let shelf = Shelf::new();
    shelf.run(|archive| page(1).keep(archive));
    let open = shelf.path().join("warc/2026/11/20261124T061500Z-0002.warc.gz.open");
    for length in [0, 5, 200] {
        fs::copy(shelf.path().join("warc").join(&shelf.warc_files()[0]), &open).unwrap();
        cut(&open, length);
        shelf.recover();
        assert_eq!(shelf.warc_files().len(), 1);
        assert_eq!(shelf.recover().index, IndexState::Current);
    }
}

#[test]
fn files_of_two_archives_in_one_folder_lose_no_article() {
    let (one, two) = (Shelf::new(), Shelf::new());
    one.run(|archive| [1, 2].map(|number| page(number).keep(archive)));
    one.run(|archive| page(1).later(1).text("Quite another text, with other words.").keep(archive));
    let later = |number: u32| page(number).later(2);
    two.run(|archive| [3, 1, 4].map(|number| later(number).keep(archive)));
    two.run(|archive| later(4).later(1).text("Quite another text, with other words.").keep(archive));
    for (place, name) in two.warc_files().iter().enumerate() {
        let target = format!("warc/2026/11/20261124T061500Z-{:04}.warc.gz", place + 3);
        fs::copy(two.path().join("warc").join(name), one.path().join(target)).unwrap();
    }
    one.recover();
    let check = || {
        let mut found = urls(&one);
        found.sort();
        assert_eq!(found, [1, 2, 3, 4].map(|number| format!("https://a.example/{number}")));
        for entry in one.entries() {
            assert_eq!(entry.url, entry.article.url, "no text is another article's");
        }
    };
    check();
    let before = one.entries();
    archive::rebuild(&one.settings(), at(9), &mut |_, _| ()).unwrap();
    check();
    assert_eq!(one.entries(), before);
}

#[test]
fn a_new_archive_says_that_it_is_new() {
    let shelf = Shelf::new();
    assert_eq!(shelf.recover().index, IndexState::Created);
    assert_eq!(shelf.recover().index, IndexState::Current);
}
