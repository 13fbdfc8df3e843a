//! The archive, through its public face and on a real disk.

pub(crate) mod fixture;
mod health;
mod histories;
mod identity;
mod killed;
mod listings;
mod recovery;
mod retention;
mod revisions;
#[cfg(target_os = "linux")]
mod steps;
mod storms;
mod tallies;

use std::fs;

use fixture::{Page, Shelf, at, source};
use tearsheet::archive::{self, Archive, Error, IndexState, Outcome, Selection, View};
use tearsheet::model::{CanonicalUrl, Entry};

#[test]
fn what_is_kept_is_read_back_equal() {
    let shelf = Shelf::new();
    let page = Page::new("https://a.example/1");
    let mut archive = shelf.open();
    let verdict = page.keep(&mut archive);
    archive.commit().unwrap();
    assert_eq!((verdict.outcome, verdict.revision), (Outcome::New, 1));
    let entries = shelf.entries();
    assert_eq!(entries.len(), 1);
    assert_eq!(entries[0].article, page.article());
    assert_eq!((entries[0].sequence, entries[0].revision), (1, 1));
    assert_eq!((entries[0].first_seen, entries[0].updated), (page.at, page.at));
    let capture = archive.view().capture_of(&verdict.id).unwrap().unwrap();
    assert_eq!(capture.body, page.capture().body);
    assert_eq!(capture.headers, page.capture().headers);
}

#[test]
fn an_archive_that_learnt_nothing_has_no_files() {
    let shelf = Shelf::new();
    let mut archive = shelf.open();
    archive.note_source(&source("a"), at(0), None).unwrap();
    archive.commit().unwrap();
    archive.close().unwrap();
    assert_eq!(shelf.warc_files(), Vec::<String>::new());
}

#[test]
fn a_page_that_says_the_same_writes_nothing() {
    let shelf = Shelf::new();
    let page = Page::new("https://a.example/1");
    shelf.run(|archive| page.keep(archive));
    let before = shelf.warc_files();
    let verdict = shelf.run(|archive| page.later(1).keep(archive));
    assert_eq!((verdict.outcome, verdict.revision), (Outcome::Unchanged, 1));
    assert_eq!(shelf.warc_files(), before);
}

#[test]
fn only_what_is_committed_is_seen() {
    let shelf = Shelf::new();
    let mut archive = shelf.open();
    Page::new("https://a.example/1").keep(&mut archive);
    assert_eq!(shelf.entries(), []);
    archive.commit().unwrap();
    assert_eq!(shelf.entries().len(), 1);
}

#[test]
fn the_newest_come_first_and_no_more_than_asked() {
    let shelf = Shelf::new();
    shelf.run(|archive| {
        for number in 0..600 {
            Page::new(&format!("https://a.example/{number}")).keep(archive);
        }
    });
    let view = shelf.view();
    let sequences = |newest, sources| -> Vec<u64> {
        let selection = Selection { sources, newest };
        view.entries(&selection).map(|entry| entry.unwrap().sequence).collect()
    };
    assert_eq!(sequences(Some(3), None), [600, 599, 598]);
    assert_eq!(sequences(None, None), (1..=600).rev().collect::<Vec<_>>());
    let both = [source("a"), source("b")];
    assert_eq!(sequences(None, Some(&both)), (1..=600).rev().collect::<Vec<_>>());
    assert_eq!(sequences(Some(2), Some(&both[1..])), Vec::<u64>::new());
}

#[test]
fn a_second_process_is_refused() {
    let shelf = Shelf::new();
    let _archive = shelf.open();
    assert!(matches!(Archive::open(&shelf.settings(), at(0)), Err(Error::Locked { .. })));
    let rebuilt = archive::rebuild(&shelf.settings(), at(0), &mut |_, _| ());
    assert!(matches!(rebuilt, Err(Error::Locked { .. })));
}

#[test]
fn nothing_is_written_by_a_clock_that_lost_its_time() {
    let shelf = Shelf::new();
    let refused = Archive::open(&shelf.settings(), "1970-01-01T00:01:00Z".parse().unwrap());
    assert!(matches!(refused, Err(Error::Clock { .. })));
}

#[test]
fn the_index_is_the_same_after_a_rebuild() {
    let shelf = Shelf::new();
    shelf.run(|archive| {
        for number in 0..20 {
            Page::new(&format!("https://a.example/{number}")).keep(archive);
        }
    });
    shelf.run(|archive| {
        for number in 0..10 {
            let page = Page::new(&format!("https://a.example/{number}")).later(2);
            page.text("Something else happened here since then, says everybody.").keep(archive);
            Page::new(&format!("https://a.example/{number}")).from("b").later(3).keep(archive);
        }
    });
    let before = (shelf.entries(), shelf.view().counts().unwrap());
    assert_eq!(before.0.len(), 20);
    let mut told = Vec::new();
    let rebuilt = archive::rebuild(&shelf.settings(), at(9), &mut |done, total| told.push((done, total)));
    let rebuilt = rebuilt.unwrap();
    assert_eq!((rebuilt.articles, rebuilt.problems.len()), (20, 0));
    assert_eq!((shelf.entries(), shelf.view().counts().unwrap()), before);
    assert!(told.is_sorted() && told.last().is_some_and(|(done, total)| done == total));
}

#[test]
fn many_files_are_read_at_once_and_folded_in_their_order() {
    let shelf = Shelf::in_memory();
    for run in 0..12 {
        shelf.run(|archive| {
            // Some files are a hundred times as long as others.
            for number in 0..if run % 3 == 0 { 200 } else { 2 } {
                let page = Page::new(&format!("https://a.example/{number}")).later(run);
                page.text(&format!("What was said at {run} is not what was said before that.")).keep(archive);
            }
        });
    }
    let before = (shelf.entries(), shelf.view().counts().unwrap(), shelf.view().volumes().unwrap());
    assert_eq!(before.0.len(), 200);
    let rebuilt = archive::rebuild(&shelf.settings(), at(99), &mut |_, _| ()).unwrap();
    assert_eq!((rebuilt.articles, rebuilt.problems.len()), (200, 0));
    assert_eq!((shelf.entries(), shelf.view().counts().unwrap(), shelf.view().volumes().unwrap()), before);
}

#[test]
fn a_missing_index_is_made_again() {
    let shelf = Shelf::new();
    shelf.run(|archive| Page::new("https://a.example/1").keep(archive));
    let before = shelf.entries();
    for broken in [None, Some("no database at all, but long enough to look like one".repeat(100))] {
        fs::remove_file(shelf.path().join("index.sqlite")).unwrap();
        if let Some(text) = broken {
            fs::write(shelf.path().join("index.sqlite"), text).unwrap();
        }
        assert_eq!(shelf.recover().index, IndexState::Rebuilt);
        assert_eq!(shelf.entries(), before);
        assert_eq!(shelf.recover().index, IndexState::Current);
    }
}

#[test]
fn an_archive_without_index_says_so_to_readers() {
    let shelf = Shelf::new();
    assert!(matches!(View::open(&shelf.settings()), Err(Error::NoIndex { .. })));
}

#[test]
fn changes_are_counted_from_a_mark() {
    let shelf = Shelf::new();
    let urls = |entries: archive::Entries<'_>| -> Vec<String> {
        entries.map(|entry: Result<Entry, _>| entry.unwrap().url.into()).collect()
    };
    shelf.run(|archive| {
        Page::new("https://a.example/1").keep(archive);
        Page::new("https://a.example/2").keep(archive);
        let newest = archive.view().newest_change().unwrap();
        assert_eq!(archive.view().mark().unwrap(), 0);
        archive.set_mark(newest).unwrap();
        archive.set_note("published", "yes").unwrap();
    });
    shelf.run(|archive| {
        let mark = archive.view().mark().unwrap();
        assert_eq!(urls(archive.view().changed_since(mark)), Vec::<String>::new());
        Page::new("https://a.example/1").later(1).text("Another text with other words in it.").keep(archive);
        assert_eq!(urls(archive.view().changed_since(mark)), ["https://a.example/1"]);
        assert_eq!(urls(archive.view().changed_since(0)), ["https://a.example/2", "https://a.example/1"]);
    });
    assert_eq!(shelf.view().note("published").unwrap().as_deref(), Some("yes"));
}

#[test]
fn looks_are_due_on_the_schedule() {
    let shelf = Shelf::new();
    let page = Page::new("https://a.example/1");
    let look = |hour| shelf.view().looks_due(&source("a"), at(hour), 10).unwrap();
    shelf.run(|archive| page.keep(archive));
    assert_eq!(look(0), []);
    let due = look(1);
    assert_eq!(due.len(), 1);
    assert_eq!(due[0].candidate.url.as_str(), "https://a.example/1");
    assert_eq!(due[0].candidate.title, page.candidate().title);
    shelf.run(|archive| archive.note_not_modified(&due[0].candidate, at(1)).unwrap());
    assert_eq!((look(5).len(), look(6).len()), (0, 1));
    shelf.run(|archive| page.later(6).keep(archive));
    assert_eq!((look(23).len(), look(24).len()), (0, 1));
    let known =
        shelf.view().article_at(&CanonicalUrl::parse("https://a.example/1").unwrap()).unwrap().unwrap();
    assert_eq!(known.next_look_at, Some(at(24)));
}
