//! What an edit is worth: pairs of texts, and the verdict on each.

use tearsheet::archive::Outcome;

use super::fixture::{Page, Shelf, at};

const BEFORE: &str = "The ferry to the island was late on Monday, and 31 people waited.\n\n\
    Its captain said that the engine had failed.";

fn check(after: &str, outcome: Outcome) {
    check_pages(&Page::new("https://a.example/1").text(BEFORE), |page| page.text(after), outcome);
}

fn check_pages(before: &Page, edit: impl Fn(Page) -> Page, outcome: Outcome) {
    let shelf = Shelf::new();
    shelf.run(|archive| before.keep(archive));
    let verdict = shelf.run(|archive| edit(before.clone()).later(1).keep(archive));
    assert_eq!(verdict.outcome, outcome);
    let entry = &shelf.entries()[0];
    let (updated, revision) = match outcome {
        Outcome::Revised => (at(1), 2),
        Outcome::Minor => (at(0), 2),
        _ => (at(0), 1),
    };
    assert_eq!((entry.updated, entry.revision, entry.sequence), (updated, revision, 1));
}

#[test]
fn what_changes_the_meaning_is_substantive() {
    check(&BEFORE.replace("31", "32"), Outcome::Revised);
    check(&BEFORE.replace("was late", "was not late"), Outcome::Revised);
    check(&format!("{BEFORE}\n\nIt sails again on Friday."), Outcome::Revised);
    check(BEFORE.split_once("\n\n").unwrap().0, Outcome::Revised);
    check(&BEFORE.replace("engine", "rudder"), Outcome::Revised);
    let page = Page::new("https://a.example/1").title("31 wait for the ferry");
    check_pages(&page, |page| page.title("32 wait for the ferry"), Outcome::Revised);
}

#[test]
fn what_does_not_is_minor() {
    check(&BEFORE.replace("Monday", "MONDAY").replace(", and", " – and"), Outcome::Minor);
    check(&BEFORE.replace("captain", "captian"), Outcome::Minor);
    check(&format!("{BEFORE}\n\nUpdated 24 November 2026, 10:45"), Outcome::Minor);
    let counted = Page::new("https://a.example/1").text(&format!("{BEFORE}\n\n12 comments"));
    check_pages(&counted, |page| page.text(&format!("{BEFORE}\n\n13 comments")), Outcome::Minor);
    check_pages(&counted, |page| page.published("2026-11-24"), Outcome::Minor);
}

#[test]
fn the_same_bytes_read_by_another_version_are_no_news() {
    let page = Page::new("https://a.example/1").body("as sent");
    check_pages(
        &page,
        |page| page.text("Read in a better way, with other words than before."),
        Outcome::Minor,
    );
}

#[test]
fn other_bytes_that_read_the_same_are_nothing() {
    let page = Page::new("https://a.example/1").body("as sent");
    check_pages(&page, |page| page.body("as sent later"), Outcome::Unchanged);
}
