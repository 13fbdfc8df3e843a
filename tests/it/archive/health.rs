//! What happens to sources is told once, and outlives the index.

use tearsheet::archive::{Archive, Failed};
use tearsheet::model::{Condition, HealthEvent, HealthKind, TroubleKind};

use super::fixture::{Page, Shelf, at, source};

fn note(shelf: &Shelf, hour: i64, trouble: Option<(TroubleKind, &str)>) {
    shelf.run(|archive| archive.note_source(&source("a"), at(hour), trouble).unwrap());
}

fn hold(archive: &mut Archive, page: &Page, hold: &str) {
    let (candidate, capture) = (page.candidate(), page.capture());
    let failed = Failed {
        source: &source("a"),
        candidate: &candidate,
        reason: "it asks to pay",
        hold: Some(hold),
        sketch: None,
        capture: Some(&capture),
        at: page.at,
        next_try_at: Some(at(9)),
    };
    archive.keep_failure(&failed).unwrap();
}

/// Everything that is known of the source, which a rebuild must not change.
fn state(shelf: &Shelf) -> (Condition, Vec<HealthEvent>) {
    let read = || {
        let view = shelf.view();
        (view.condition(&source("a")).unwrap(), view.events(100).unwrap())
    };
    let before = read();
    tearsheet::archive::rebuild(&shelf.settings(), at(0), &mut |_, _| ()).unwrap();
    assert_eq!(read(), before, "a rebuild changes nothing");
    before
}

fn kinds(shelf: &Shelf) -> Vec<HealthKind> {
    state(shelf).1.iter().rev().map(|event| event.event).collect()
}

#[test]
fn trouble_is_told_when_it_begins_changes_and_ends() {
    let shelf = Shelf::new();
    note(&shelf, 0, None);
    assert_eq!(shelf.warc_files(), Vec::<String>::new());
    for hour in 1..4 {
        note(&shelf, hour, Some((TroubleKind::Failing, "no answer")));
    }
    let trouble = state(&shelf).0.trouble.unwrap();
    assert_eq!((trouble.kind, trouble.since), (TroubleKind::Failing, at(1)));
    note(&shelf, 4, Some((TroubleKind::Empty, "nothing is listed")));
    note(&shelf, 5, Some((TroubleKind::Empty, "nothing is listed, really")));
    note(&shelf, 6, None);
    note(&shelf, 7, None);
    assert_eq!(kinds(&shelf), [HealthKind::Failing, HealthKind::Empty, HealthKind::Recovered]);
    let (condition, events) = state(&shelf);
    assert_eq!((condition.trouble, events[0].since), (None, Some(at(4))));
    assert_eq!(shelf.warc_files().len(), 3, "what goes on writes nothing");
}

#[test]
fn a_source_that_drifted_still_answers() {
    let shelf = Shelf::new();
    note(&shelf, 1, Some((TroubleKind::Drifted, "another selector fits")));
    let state = shelf.view().source_state(&source("a")).unwrap();
    assert_eq!((state.last_success, state.failures), (Some(at(1)), 0));
    assert_eq!(kinds(&shelf), [HealthKind::Drifted]);
}

#[test]
fn what_is_held_back_is_told_once_for_all_pages_of_a_run() {
    let shelf = Shelf::new();
    let pages = [1, 2].map(|n| Page::new(&format!("https://a.example/{n}")));
    shelf.run(|archive| pages.iter().for_each(|page| hold(archive, page, "paywall")));
    note(&shelf, 0, None);
    shelf.run(|archive| pages.iter().for_each(|page| hold(archive, &page.later(1).body("other"), "paywall")));
    note(&shelf, 1, None);
    let (condition, events) = state(&shelf);
    assert_eq!(events.len(), 1);
    assert_eq!(events[0].pages.len(), 2);
    let held = &condition.held[0];
    assert_eq!((held.since, held.hold.as_str(), held.is_revision), (at(0), "paywall", false));
    assert_eq!(held.title, pages[0].candidate().title);
    shelf.run(|archive| hold(archive, &pages[0].later(2), "challenge"));
    note(&shelf, 2, None);
    assert_eq!(state(&shelf).1.len(), 2, "another reason is news");
}

#[test]
fn a_page_that_passes_is_held_back_no_longer() {
    let shelf = Shelf::new();
    let page = Page::new("https://a.example/1");
    shelf.run(|archive| hold(archive, &page, "short"));
    shelf.run(|archive| page.later(1).keep(archive));
    assert_eq!(state(&shelf).0.held, []);
}

#[test]
fn a_revision_is_held_back_until_the_page_says_again_what_is_published() {
    let shelf = Shelf::new();
    let page = Page::new("https://a.example/1");
    let moved = page.clone().through("https://a.example/old").later(1);
    let id = shelf.run(|archive| page.keep(archive)).id;
    shelf.run(|archive| moved.keep(archive));
    for pass in [0, 1] {
        // Under a later URL of the same article.
        shelf.run(|archive| hold(archive, &moved.later(2 + pass).body("gone"), "missing"));
        let held = state(&shelf).0.held;
        assert_eq!(held.len(), 1);
        assert_eq!((held[0].id, held[0].is_revision), (id, true));
        assert_eq!(shelf.entries()[0].article, page.article(), "what was good stays");
        shelf.run(|archive| match pass {
            0 => drop(page.later(3).keep(archive)),
            _ => archive.note_not_modified(&page.candidate(), at(4)).unwrap(),
        });
        assert_eq!(state(&shelf).0.held, []);
    }
}
