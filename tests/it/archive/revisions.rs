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

const NEWS: &str = "The harbour board approved a new ferry terminal on Monday evening, after a debate of almost four hours.\n\n\
    The building will cost 41 million and is to open in the spring of 2028, its chairwoman Ines Marlow said.\n\n\
    “We have waited for this long enough,” she told reporters, while people outside protested against the noise.\n\n\
    A first plan failed in 2019, since the ground below the old quay couldn't carry a house of that size.";

const REORDERED: &str = "A first plan failed in 2019, since the ground below the old quay couldn't carry a house of that size.\n\n\
    The harbour board approved a new ferry terminal on Monday evening, after a debate of almost four hours.\n\n\
    “We have waited for this long enough,” she told reporters, while people outside protested against the noise.\n\n\
    The building will cost 41 million and is to open in the spring of 2028, its chairwoman Ines Marlow said.";

/// Edits of `NEWS` that say the same: what it was, and what became of it.
const MINOR: &[(&str, &str, &str)] = &[
    ("a letter is missing", "reporters", "reportrs"),
    ("a letter is wrong", "evening", "evebing"),
    ("a letter is doubled", "debate", "debbate"),
    ("letters are swapped", "building", "biulding"),
    ("capitals", "harbour board", "Harbour Board"),
    ("a dash", "evening, after", "evening – after"),
    ("straight quotes", "“We have waited for this long enough,”", "\"We have waited for this long enough,\""),
    ("a curly apostrophe", "couldn't", "couldn’t"),
    ("a hyphen", "ferry terminal", "ferry-terminal"),
    ("two words joined", "chairwoman", "chair woman"),
    ("a soft hyphen", "terminal", "ter\u{ad}minal"),
    ("a zero-width space", "protested", "pro\u{200b}tested"),
    ("a paragraph is split", "hours.\n\nThe", "hours. The"),
    ("a byline appears", "The harbour", "By Ann Example\n\nThe harbour"),
    ("a byline with its desk", "The harbour", "Ann Example, Harbour desk\n\nThe harbour"),
    ("a date stamp appears", "The harbour", "Updated 24 November 2026, 10:45\n\nThe harbour"),
    (
        "a long date stamp",
        "The harbour",
        "Last updated on Tuesday 24 November 2026 at 10:45 GMT\n\nThe harbour",
    ),
    ("a time stamp", "The harbour", "10:45 GMT\n\nThe harbour"),
    ("a counter appears", "that size.", "that size.\n\n1,204 shares"),
    ("a reading time appears", "The harbour", "3 min read\n\nThe harbour"),
    ("an ellipsis", "that size.", "that size …"),
    ("a non-breaking space", "41 million", "41\u{a0}million"),
    ("a full stop is missing", "that size.", "that size"),
    ("paragraphs change places", NEWS, REORDERED),
    ("comments", "that size.", "that size.\n\n2 comments\n\nBob\n\nGreat post, thank you so much!\n\nReply"),
    ("comment spam", "that size.", "that size.\n\nGreat post! Cheap watches at http://watches.example"),
    (
        "comment spam below a heading",
        "that size.",
        "that size.\n\nComments\n\nWatches, watches, watches, all day",
    ),
    ("an address at the end", "that size.", "that size.\n\nMore at https://harbour.example/terminal"),
];

/// Edits that say something else.
const SUBSTANTIVE: &[(&str, &str, &str)] = &[
    ("a corrected figure", "41 million", "14 million"),
    ("a corrected year", "2028", "2029"),
    ("a corrected number word", "four hours", "five hours"),
    ("another day", "Monday", "Tuesday"),
    ("a negation", "is to open", "is not to open"),
    ("the contrary", "approved", "rejected"),
    ("another name", "Ines Marlow", "Iris Barlow"),
    ("a short word", "below the old quay", "by the old quay"),
    ("an added sentence", "that size.", "that size. Two firms went bankrupt."),
    ("an added paragraph", "that size.", "that size.\n\nThe minister has promised to pay half of it."),
    (
        "a removed paragraph",
        "\n\nA first plan failed in 2019, since the ground below the old quay couldn't carry a house of that size.",
        "",
    ),
    ("a correction", "that size.", "that size.\n\nCorrection: an earlier version named another sum."),
    ("a live entry", "The harbour", "10:45 The minister has resigned\n\nThe harbour"),
    ("a live entry in a sentence", "The harbour", "10.45: The minister has resigned.\n\nThe harbour"),
    ("a name corrected by a letter", "Ines Marlow", "Ines Marlowe"),
    ("a first name corrected by a letter", "Ines Marlow", "Inez Marlow"),
    ("a unit", "41 million", "41 billion"),
    ("a word taken back", "almost four hours", "four hours"),
    (
        "paragraphs change places and one is new",
        NEWS,
        "A first plan failed.\n\nThe harbour board approved a new terminal.",
    ),
    ("an editor's note", "The harbour", "Editor's note: this report was withdrawn.\n\nThe harbour"),
    (
        "a paywall stub",
        NEWS,
        "The harbour board approved a new ferry terminal on Monday evening.\n\nSubscribe to read on.",
    ),
    ("a quotation changed", "long enough", "far too long"),
    ("a heading", "A first plan", "Two earlier attempts\n\nA first plan"),
];

/// One archive for all of them, an article each.
#[track_caller]
fn check_pairs(pairs: &[(&str, &str, &str)], expected: Outcome) {
    let shelf = Shelf::in_memory();
    let page = |at: usize| Page::new(&format!("https://a.example/{at}")).text(NEWS);
    shelf.run(|archive| {
        for at in 0..pairs.len() {
            page(at).keep(archive);
        }
    });
    let wrong: Vec<_> = shelf.run(|archive| {
        let edits = pairs.iter().enumerate().map(|(at, (what, from, to))| {
            assert!(NEWS.contains(from), "{what}");
            let edited = page(at).later(1).text(&NEWS.replacen(from, to, 1));
            (*what, edited.keep(archive).outcome)
        });
        edits.filter(|(_, outcome)| *outcome != expected).collect()
    });
    assert_eq!(wrong, []);
}

#[test]
fn every_labelled_edit_is_judged_as_a_reader_would() {
    check_pairs(MINOR, Outcome::Minor);
    check_pairs(SUBSTANTIVE, Outcome::Revised);
}
