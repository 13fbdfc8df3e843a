//! Listings, and pages that gave no article.

use tearsheet::archive::{Archive, Failed, Kind, PageState};
use tearsheet::model::{Candidate, CanonicalUrl, Capture, TroubleKind};

use super::fixture::{Page, Shelf, at, source};

fn keep(archive: &mut Archive, page: &Page) {
    archive.keep_listing(&source("a"), &page.capture()).unwrap();
}

fn fail(archive: &mut Archive, page: &Page, next_hour: i64) {
    fail_with(archive, page, Some(&page.capture()), next_hour);
}

fn fail_with(archive: &mut Archive, page: &Page, capture: Option<&Capture>, next_hour: i64) {
    let candidate = page.candidate();
    let next_try_at = Some(at(next_hour));
    let failed = Failed {
        source: &source("a"),
        candidate: &candidate,
        reason: "the page has no text that reads like an article",
        hold: None,
        sketch: None,
        capture,
        at: page.at,
        next_try_at,
    };
    archive.keep_failure(&failed).unwrap();
}

#[test]
fn a_listing_is_written_when_it_changes() {
    let shelf = Shelf::new();
    let listing = Page::new("https://a.example/").body("one");
    let mut files = Vec::new();
    for (hour, body) in ["one", "one", "two", "two", "one"].iter().enumerate() {
        let listing = listing.later(i64::try_from(hour).unwrap()).body(body);
        shelf.run(|archive| keep(archive, &listing));
        let state = shelf.view().listing_state(&listing.capture().url).unwrap().unwrap();
        assert_eq!(state.payload, listing.capture().payload_digest());
        assert_eq!(state.checked_at, listing.at);
        assert_eq!(state.validators.etag.as_deref(), Some("\"1\""));
        files.push(shelf.warc_files().len());
    }
    assert_eq!(files, [1, 1, 2, 2, 3]);
}

#[test]
fn a_listing_that_moved_is_written_once_more() {
    let shelf = Shelf::new();
    let asked = Page::new("https://a.example/news").body(&"one ".repeat(4000));
    let moved = Page::new("https://a.example/").body(&"one ".repeat(4000)).through("https://a.example/news");
    shelf.run(|archive| keep(archive, &asked));
    for hour in 1..3 {
        shelf.run(|archive| keep(archive, &moved.later(hour)));
    }
    assert_eq!(shelf.warc_files().len(), 2);
    let state = || shelf.view().listing_state(&asked.capture().url).unwrap().unwrap();
    assert_eq!(state().moved_to, Some(moved.capture().url));
    let before = state();
    tearsheet::archive::rebuild(&shelf.settings(), at(9), &mut |_, _| ()).unwrap();
    assert_eq!(state().payload, before.payload);
    shelf.run(|archive| keep(archive, &moved.later(3)));
    assert_eq!(shelf.warc_files().len(), 2, "a rebuild does not forget what was seen");
}

#[test]
fn a_listing_that_moved_is_remembered_at_its_new_place() {
    let shelf = Shelf::new();
    let moved = Page::new("https://a.example/").body("one").through("https://a.example/news");
    let direct = Page::new("https://a.example/").body("two").later(1);
    shelf.run(|archive| keep(archive, &moved));
    shelf.run(|archive| keep(archive, &direct));
    let state = shelf.view().listing_state(&moved.capture().hops[0].from).unwrap().unwrap();
    assert_eq!((state.payload, state.checked_at), (direct.capture().payload_digest(), at(1)));
    assert_eq!(state.moved_to, Some(direct.capture().url));
}

#[test]
fn a_page_that_failed_is_tried_again_until_it_succeeds() {
    let shelf = Shelf::new();
    let page = Page::new("https://a.example/1");
    let url = CanonicalUrl::parse("https://a.example/1").unwrap();
    let retries = |hour| shelf.view().retries_due(&source("a"), at(hour)).unwrap();
    shelf.run(|archive| fail(archive, &page, 2));
    assert_eq!((retries(1).len(), retries(2).len()), (0, 1));
    assert_eq!(retries(2)[0], page.candidate());
    let once = captured(&shelf);
    shelf.run(|archive| fail(archive, &page.later(2), 4));
    assert_eq!(shelf.view().page_state(&url).unwrap().failures, 2);
    assert_eq!(captured(&shelf), once, "the same answer is kept once");
    shelf.run(|archive| page.later(4).keep(archive));
    assert_eq!(retries(9), []);
    let state = shelf.view().page_state(&url).unwrap();
    assert_eq!(PageState { validators: Default::default(), ..state }, PageState::default());
}

/// Bytes of captures that gave no article.
fn captured(shelf: &Shelf) -> u64 {
    let volumes = shelf.view().volumes().unwrap();
    volumes.iter().filter(|volume| volume.kind == Kind::Rejected).map(|volume| volume.bytes).sum()
}

/// What is remembered of the page, which a rebuild does not change.
fn remembered(shelf: &Shelf) -> PageState {
    let url = CanonicalUrl::parse("https://a.example/1").unwrap();
    let state = || shelf.view().page_state(&url).unwrap();
    let before = (state(), shelf.view().counts().unwrap(), shelf.view().volumes().unwrap());
    tearsheet::archive::rebuild(&shelf.settings(), at(1), &mut |_, _| ()).unwrap();
    assert_eq!((state(), shelf.view().counts().unwrap(), shelf.view().volumes().unwrap()), before);
    before.0
}

#[test]
fn a_failure_outlives_the_index_whether_or_not_it_has_a_capture() {
    let page = Page::new("https://a.example/1");
    for capture in [None, Some(page.capture())] {
        let shelf = Shelf::new();
        for failures in 1..=3 {
            shelf.run(|archive| fail_with(archive, &page, capture.as_ref(), failures + 1));
            let state = remembered(&shelf);
            assert_eq!((i64::from(state.failures), state.next_try_at), (failures, Some(at(failures + 1))));
            assert!(state.reason.is_some());
        }
    }
}

#[test]
fn that_a_page_answers_again_outlives_the_index() {
    let page = Page::new("https://a.example/1");
    for answer in [Archive::note_not_modified, |archive: &mut Archive, _: &Candidate, _| {
        Page::new("https://a.example/1").later(2).keep(archive);
        Ok(())
    }] {
        let shelf = Shelf::new();
        shelf.run(|archive| page.keep(archive));
        shelf.run(|archive| fail_with(archive, &page.later(1), None, 2));
        assert_eq!(remembered(&shelf).failures, 1);
        shelf.run(|archive| answer(archive, &page.candidate(), at(2)).unwrap());
        assert_eq!(remembered(&shelf).failures, 0);
        let files = shelf.warc_files().len();
        shelf.run(|archive| answer(archive, &page.candidate(), at(3)).unwrap());
        assert_eq!(shelf.warc_files().len(), files, "it is said once");
    }
}

#[test]
fn a_known_article_that_fails_stays_and_keeps_its_schedule() {
    let shelf = Shelf::new();
    let page = Page::new("https://a.example/1");
    shelf.run(|archive| page.keep(archive));
    shelf.run(|archive| fail(archive, &page.later(1).body("gone"), 2));
    assert_eq!(shelf.entries()[0].article, page.article());
    assert_eq!(shelf.view().retries_due(&source("a"), at(99)).unwrap(), []);
    let look = |hour| shelf.view().looks_due(&source("a"), at(hour), 10).unwrap().len();
    assert_eq!((look(5), look(6)), (0, 1));
}

#[test]
fn sources_remember_their_troubles() {
    let shelf = Shelf::new();
    shelf.run(|archive| {
        archive.note_source(&source("a"), at(0), None).unwrap();
        archive.note_source(&source("a"), at(1), Some((TroubleKind::Failing, "no answer"))).unwrap();
        archive.note_source(&source("a"), at(2), Some((TroubleKind::Failing, "no answer"))).unwrap();
    });
    let state = shelf.view().source_state(&source("a")).unwrap();
    assert_eq!((state.last_checked, state.last_success), (Some(at(2)), Some(at(0))));
    assert_eq!((state.failures, state.trouble.as_deref()), (2, Some("no answer")));
    shelf.run(|archive| archive.note_source(&source("a"), at(3), None).unwrap());
    assert_eq!(shelf.view().source_state(&source("a")).unwrap().failures, 0);
}
