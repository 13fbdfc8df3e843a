//! Captures are let go, and nothing else is.

use std::fs;

use chrono::TimeDelta;
use tearsheet::archive::{self, Archive, Failed, IndexState, Kind, Pruning, Retention};
use tearsheet::model::CanonicalUrl;

use super::fixture::{Page, Shelf, at, source};

const EVERYTHING: Retention = Retention { max_age: None, max_per_page: None, max_size: Some(0) };

fn page(number: u32) -> Page {
    Page::new(&format!("https://a.example/{number}")).body(&format!("<p>{number}</p>").repeat(200))
}

/// Three runs: two articles and a page that is held back, a correction, and a listing in each.
fn shelf() -> Shelf {
    let shelf = Shelf::in_memory();
    let listing = |archive: &mut Archive, hour: i64| {
        let listing = Page::new("https://a.example/").body(&format!("listing {hour}").repeat(50)).later(hour);
        archive.keep_listing(&source("a"), &listing.capture()).unwrap();
    };
    shelf.run(|archive| {
        page(1).keep(archive);
        page(2).keep(archive);
        listing(archive, 0);
    });
    shelf.run(|archive| {
        page(1)
            .later(1)
            .text("It never happened, says everybody who was there.")
            .body("changed")
            .keep(archive);
        listing(archive, 1);
    });
    shelf.run(|archive| {
        let held = page(3).later(2);
        let failed = Failed {
            source: &source("a"),
            candidate: &held.candidate(),
            reason: "it looks like a login page",
            hold: Some("login"),
            sketch: None,
            capture: Some(&held.capture()),
            at: held.at,
            next_try_at: None,
        };
        archive.keep_failure(&failed).unwrap();
        listing(archive, 2);
    });
    shelf
}

fn prune(shelf: &Shelf, retention: &Retention) -> Pruning {
    shelf.run(|archive| {
        let pruning = archive.prunable(retention, at(5), &mut |_, _| ()).unwrap();
        archive.prune(&pruning, at(5), &mut |_, _| ()).unwrap();
        pruning
    })
}

/// How many captures go, by what they are of.
fn goes(pruning: &Pruning) -> Vec<(Kind, u64)> {
    pruning.goes.iter().map(|(kind, (number, _))| (*kind, *number)).collect()
}

fn bytes(shelf: &Shelf) -> u64 {
    let length = |name: &String| fs::metadata(shelf.path().join("warc").join(name)).unwrap().len();
    shelf.warc_files().iter().map(length).sum()
}

/// Everything but captures, however it is read.
fn check_whole(shelf: &Shelf, before: &impl PartialEq<Contents>) {
    let check = || {
        assert!(*before == contents(shelf));
        let found = archive::verify(&shelf.settings(), &|_, _| ()).unwrap().findings;
        assert!(found.is_empty(), "{found:?}");
    };
    check();
    let view = |shelf: &Shelf| (shelf.view().counts().unwrap(), shelf.view().volumes().unwrap());
    let counted = view(shelf);
    archive::rebuild(&shelf.settings(), at(9), &mut |_, _| ()).unwrap();
    check();
    assert_eq!(view(shelf), counted, "pruning counts as a rebuild does");
}

#[derive(PartialEq)]
struct Contents(String);

fn contents(shelf: &Shelf) -> Contents {
    let view = shelf.view();
    let entries = shelf.entries();
    let revisions = |id| -> Vec<_> {
        let numbers = view.revisions(id).unwrap();
        numbers.into_iter().map(|number| view.revision(id, number).unwrap()).collect()
    };
    let revisions: Vec<_> = entries.iter().map(|entry| revisions(&entry.id)).collect();
    let url = CanonicalUrl::parse("https://a.example/3").unwrap();
    let held = (view.page_state(&url).unwrap(), view.held_at(&url).unwrap().unwrap());
    Contents(format!("{entries:?} {revisions:?} {held:?}"))
}

#[test]
fn captures_go_and_everything_else_stays() {
    let shelf = shelf();
    let (before, length, files) = (contents(&shelf), bytes(&shelf), shelf.warc_files());
    let ids = shelf.entries().into_iter().map(|entry| entry.id);
    let pruning = prune(&shelf, &EVERYTHING);
    assert_eq!(goes(&pruning), [(Kind::Captures, 3), (Kind::Listings, 3)]);
    assert_eq!(pruning.stays[&Kind::Rejected].0, 1, "a page that is held back can still be released");
    for id in ids {
        assert_eq!(shelf.view().capture_of(&id).unwrap(), None);
    }
    let let_go: u64 = pruning.goes.values().map(|(_, bytes)| bytes).sum();
    assert!(bytes(&shelf) + let_go < length + 1000, "{} and {let_go} of {length}", bytes(&shelf));
    assert_eq!(shelf.warc_files(), files);
    check_whole(&shelf, &before);
    assert_eq!(prune(&shelf, &EVERYTHING).files(), 0, "there is nothing more to let go");
}

#[test]
fn the_newest_captures_of_a_page_can_stay() {
    let shelf = shelf();
    let (before, id) = (contents(&shelf), shelf.entries()[1].id);
    let newest = shelf.view().capture_of(&id).unwrap();
    let pruning = prune(&shelf, &Retention { max_per_page: Some(1), ..Retention::default() });
    assert_eq!(goes(&pruning), [(Kind::Captures, 1), (Kind::Listings, 2)]);
    assert_eq!(shelf.view().capture_of(&id).unwrap(), newest);
    assert!(newest.is_some());
    check_whole(&shelf, &before);
}

#[test]
fn old_captures_can_go() {
    let shelf = shelf();
    let pruning = prune(&shelf, &Retention { max_age: Some(TimeDelta::hours(4)), ..Retention::default() });
    assert_eq!(goes(&pruning), [(Kind::Captures, 2), (Kind::Listings, 1)]);
    assert_eq!(pruning.files(), 1, "what loses nothing is not touched");
}

#[test]
fn to_ask_what_would_go_changes_nothing() {
    let shelf = shelf();
    let files = |shelf: &Shelf| crate::program::files(&shelf.path().join("warc"));
    let before = files(&shelf);
    shelf.run(|archive| assert!(archive.prunable(&EVERYTHING, at(5), &mut |_, _| ()).unwrap().files() > 0));
    assert_eq!(files(&shelf), before);
}

#[test]
fn an_index_from_before_follows_the_files() {
    let shelf = shelf();
    let before = contents(&shelf);
    let index = fs::read(shelf.path().join("index.sqlite")).unwrap();
    for retention in [Retention { max_per_page: Some(1), ..Retention::default() }, EVERYTHING] {
        prune(&shelf, &retention);
        // As a crash between the two would leave it, once or twice.
        fs::write(shelf.path().join("index.sqlite"), &index).unwrap();
        assert_eq!(shelf.recover().index, IndexState::Current);
        check_whole(&shelf, &before);
    }
}

#[test]
fn a_damaged_file_is_left_alone() {
    let shelf = shelf();
    let path = shelf.path().join("warc").join(&shelf.warc_files()[0]);
    let mut bytes = fs::read(&path).unwrap();
    // Within its last record, a note.
    let at = bytes.len() - 40;
    bytes[at] ^= 1;
    fs::write(&path, &bytes).unwrap();
    let pruning = prune(&shelf, &EVERYTHING);
    assert_eq!(pruning.damaged, std::slice::from_ref(&path));
    assert!(pruning.files() > 0, "the others are not");
    assert_eq!(fs::read(&path).unwrap(), bytes);
}

#[test]
fn what_a_crash_left_beside_a_file_goes() {
    let shelf = shelf();
    let left = shelf.path().join("warc").join(format!("{}.new", shelf.warc_files()[0]));
    fs::write(&left, "half a file").unwrap();
    shelf.recover();
    assert!(!left.exists());
}

#[test]
fn further_pages_are_found_where_they_stand_now_and_go_like_others() {
    let shelf = Shelf::in_memory();
    let part = page(12).capture();
    shelf.run(|archive| {
        page(2).keep(archive);
        page(2).later(1).text("It never happened, says everybody.").body("changed").keep(archive);
        let verdict = page(1).keep(archive);
        archive.keep_parts(&source("a"), &verdict, std::slice::from_ref(&part)).unwrap();
    });
    let parts = |shelf: &Shelf| {
        let id = shelf.entries().into_iter().find(|entry| entry.url.as_url().path() == "/1").unwrap().id;
        let further = shelf.view().further_pages(&id).unwrap();
        further.into_iter().map(|page| (page.url, page.payload)).collect::<Vec<_>>()
    };
    let expected = [(part.url.clone(), part.payload_digest())];
    assert_eq!(parts(&shelf), expected);
    prune(&shelf, &Retention { max_per_page: Some(1), ..Retention::default() });
    assert_eq!(parts(&shelf), expected, "they stand elsewhere in the file");
    archive::rebuild(&shelf.settings(), at(9), &mut |_, _| ()).unwrap();
    assert_eq!(parts(&shelf), expected);
    prune(&shelf, &EVERYTHING);
    assert_eq!(parts(&shelf), []);
}
