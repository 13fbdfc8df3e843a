//! Which article a page is, whatever happens to its URL.

use tearsheet::archive::{Archive, Outcome, Selection};
use tearsheet::model::{ArticleId, CanonicalUrl, SourceId};

use super::fixture::{Page, Shelf, at, source};

const LONG: &str = "The ferry had been late for a week when the harbour master wrote his first letter. He \
    asked for a crane, and for somebody who knew how to use it, and for money. The council read it aloud.";

/// Keeps `first`, then `second` in another run. The ids must be equal, and stay so after a rebuild.
fn check_one(first: &Page, second: &Page) -> Outcome {
    let shelf = Shelf::new();
    let before = shelf.run(|archive| first.keep(archive));
    let after = shelf.run(|archive| second.later(1).keep(archive));
    assert_eq!(after.id, before.id);
    assert_eq!(before.id, ArticleId::of(&first.article().url), "the id is that of the URL at first sight");
    let entries = shelf.entries();
    assert_eq!(entries.len(), 1);
    assert_eq!((entries[0].sequence, entries[0].first_seen), (1, at(0)));
    assert_eq!(entries[0].url, first.article().url);
    check_known_after_rebuild(&shelf, &[first, second]);
    after.outcome
}

fn check_two(first: &Page, second: &Page) {
    let shelf = Shelf::new();
    let (a, b) = shelf.run(|archive| (first.keep(archive), second.later(1).keep(archive)));
    assert_ne!(a.id, b.id);
    assert_eq!(b.outcome, Outcome::New);
    assert_eq!(shelf.entries().len(), 2);
}

fn check_known_after_rebuild(shelf: &Shelf, pages: &[&Page]) {
    let before = shelf.entries();
    tearsheet::archive::rebuild(&shelf.settings(), at(2), &mut |_, _| ()).unwrap();
    assert_eq!(shelf.entries(), before);
    for page in pages {
        let url = CanonicalUrl::of(&page.candidate().url).unwrap();
        assert_eq!(shelf.view().article_at(&url).unwrap().map(|known| known.id), Some(before[0].id), "{url}");
    }
}

#[test]
fn an_edited_article_is_the_same_article() {
    let page = Page::new("https://a.example/ferry").text(LONG);
    let edited = page.clone().title("Ferry late again").text(&format!("{LONG} Nobody answered."));
    assert_eq!(check_one(&page, &edited), Outcome::Revised);
}

#[test]
fn a_redirect_leads_to_the_same_article() {
    let page = Page::new("https://a.example/ferry");
    assert_eq!(check_one(&page, &page.clone().through("https://a.example/?p=17")), Outcome::Unchanged);
}

#[test]
fn a_canonical_url_says_which_article_it_is() {
    let page = Page::new("https://a.example/ferry");
    assert_eq!(check_one(&page, &page.clone().answered_by("https://m.a.example/ferry")), Outcome::Unchanged);
}

#[test]
fn a_move_to_https_keeps_the_article() {
    let page = Page::new("http://a.example/ferry");
    assert_eq!(check_one(&page, &Page::new("https://www.a.example/ferry/").like(&page)), Outcome::Unchanged);
}

#[test]
fn a_changed_slug_with_the_same_text_keeps_the_article() {
    let page =
        Page::new("https://a.example/ferry-late").title("Ferry late").text(LONG).published("2026-11-24");
    let moved = Page::new("https://a.example/ferry-very-late").like(&page).title("Ferry very late");
    assert_eq!(check_one(&page, &moved), Outcome::Revised);
}

#[test]
fn a_new_canonical_url_of_an_edited_text_keeps_the_article() {
    let page = Page::new("https://a.example/ferry").text(LONG);
    let moved = Page::new("https://a.example/late-ferry").text(&format!("{LONG} Nobody answered."));
    let moved = moved.answered_by("https://a.example/ferry");
    assert_eq!(check_one(&page, &moved), Outcome::Revised);
}

#[test]
fn a_series_that_repeats_itself_has_many_articles() {
    let boiler = LONG.repeat(4);
    let page = Page::new("https://a.example/crossword/1").title("Crossword 1").text(&boiler);
    check_two(&page, &Page::new("https://a.example/crossword/2").like(&page).title("Crossword 2"));
    let page = page.title("Crossword").published("2026-11-23");
    let next = Page::new("https://a.example/crossword/2").like(&page).published("2026-11-24");
    check_two(&page, &next);
}

#[test]
fn a_short_text_is_not_enough_to_be_the_same() {
    let page = Page::new("https://a.example/1").title("Photo of the day").text("Look at this.");
    check_two(&page, &Page::new("https://a.example/2").like(&page));
}

#[test]
fn a_url_that_shows_another_article_every_day_is_not_one_article() {
    let monday = Page::new("https://a.example/ferry").text(LONG).answered_by("https://a.example/today");
    let tuesday =
        Page::new("https://a.example/council").title("Council meets").answered_by("https://a.example/today");
    check_two(
        &monday,
        &tuesday.text("Eleven members sat down, and after four hours nine of them stood up again."),
    );
}

#[test]
fn two_sources_that_find_one_article_share_it() {
    let page = Page::new("https://a.example/ferry");
    assert_eq!(check_one(&page, &page.clone().from("b")), Outcome::AlreadyKnownElsewhere);
    let shelf = Shelf::new();
    let verdict = shelf.run(|archive| page.keep(archive));
    let mark = shelf.view().newest_change().unwrap();
    let add = |archive: &mut Archive| {
        archive.add_source(verdict.id, &source("b"), None, page.later(1).seen()).unwrap();
    };
    shelf.run(add);
    let files = shelf.warc_files();
    shelf.run(add);
    assert_eq!(shelf.warc_files(), files, "it is noted once");
    let sources = |shelf: &Shelf| -> Vec<SourceId> {
        shelf.view().article_at(&page.article().url).unwrap().unwrap().sources
    };
    shelf.run(|archive| archive.add_source(verdict.id, &source("0"), None, page.later(2).seen()).unwrap());
    assert_eq!(sources(&shelf), [source("a"), source("0"), source("b")], "the first stays first");
    assert_eq!(shelf.view().changed_since(mark).count(), 1);
    check_known_after_rebuild(&shelf, &[&page]);
    assert_eq!(sources(&shelf), [source("a"), source("0"), source("b")]);
}

fn order_of(shelf: &Shelf, names: &[&str], newest: Option<usize>) -> String {
    let sources: Vec<SourceId> = names.iter().map(|name| source(name)).collect();
    let view = shelf.view();
    let entries = view.entries(&Selection { sources: Some(&sources), newest });
    entries.map(|entry| entry.unwrap().url.as_url().path()[1..].to_owned()).collect()
}

#[test]
fn an_article_that_a_source_finds_late_comes_late_in_its_order() {
    let shelf = Shelf::new();
    for (hour, (number, by)) in
        [(1, "a"), (2, "b"), (3, "b"), (4, "a"), (1, "b"), (5, "b"), (4, "b")].into_iter().enumerate()
    {
        let page = Page::new(&format!("https://a.example/{number}")).from(by);
        shelf.run(|archive| page.later(hour.try_into().unwrap()).keep(archive));
    }
    let check_all = || {
        assert_eq!(order_of(&shelf, &["a"], None), "41");
        assert_eq!(order_of(&shelf, &["b"], None), "45132");
        assert_eq!(order_of(&shelf, &["b"], Some(3)), "451");
        assert_eq!(order_of(&shelf, &["a", "b"], None), "54321");
        assert_eq!(order_of(&shelf, &["b", "a"], Some(2)), "54");
    };
    check_all();
    tearsheet::archive::rebuild(&shelf.settings(), at(9), &mut |_, _| ()).unwrap();
    check_all();
}

#[test]
fn what_one_run_finds_is_ordered_by_date_and_listing_however_it_came() {
    let page = |number: u32, by, position| {
        Page::new(&format!("https://a.example/{number}")).from(by).at_position(position)
    };
    let pages = [
        page(1, "a", 0).published("2026-11-20"),
        page(2, "b", 0).published("2026-11-21"),
        page(3, "b", 1),
        page(4, "a", 2),
        page(5, "a", 1).published("2026-11-19"),
        page(4, "b", 2),
    ];
    let check = |order: &[usize]| {
        let shelf = Shelf::in_memory();
        shelf.run(|archive| {
            for at in order {
                pages[*at].keep(archive);
            }
        });
        let orders = || [&["a"][..], &["b"], &["a", "b"]].map(|names| order_of(&shelf, names, None));
        assert_eq!(orders(), ["415", "432", "43215"], "{order:?}");
        tearsheet::archive::rebuild(&shelf.settings(), at(9), &mut |_, _| ()).unwrap();
        assert_eq!(orders(), ["415", "432", "43215"], "{order:?}");
        shelf.run(|archive| page(6, "a", 0).later(1).published("2019-01-01").keep(archive));
        assert_eq!(order_of(&shelf, &["a", "b"], Some(2)), "64", "a later run comes later");
    };
    check(&[0, 1, 2, 3, 4, 5]);
    check(&[5, 4, 3, 2, 1, 0]);
    check(&[2, 5, 0, 3, 1, 4]);
}

#[test]
fn of_two_sources_in_one_run_the_first_by_name_has_the_article() {
    let a = Page::new("https://a.example/ferry").text(LONG);
    let b = a.clone().from("b").title("Ferry late").text(&LONG.replace("late", "early"));
    for order in [[&a, &b], [&b, &a]] {
        let shelf = Shelf::in_memory();
        shelf.run(|archive| order.map(|page| page.keep(archive)));
        let check = || {
            let entries = shelf.entries();
            let [entry] = &entries[..] else { panic!("{entries:?}") };
            assert_eq!((&entry.source, &entry.article, entry.revision), (&source("a"), &a.article(), 1));
            assert_eq!((entry.first_seen, entry.updated), (at(0), at(0)));
            let known = shelf.view().article_at(&entry.url).unwrap().unwrap();
            assert_eq!(known.sources, [source("a"), source("b")]);
        };
        check();
        tearsheet::archive::rebuild(&shelf.settings(), at(9), &mut |_, _| ()).unwrap();
        check();
        let verdict = shelf.run(|archive| b.later(1).keep(archive));
        assert_eq!(verdict.outcome, Outcome::Revised, "in a later run it is what the page says now");
    }
}

#[test]
fn the_past_of_a_followed_source_is_in_the_archive_and_in_no_feed() {
    let shelf = Shelf::new();
    shelf.run(|archive| Page::new("https://a.example/2").keep(archive));
    let since = shelf.view().followed_since(&source("a"), 2).unwrap();
    assert_eq!(since, Some(at(0)));
    assert_eq!(shelf.view().followed_since(&source("a"), 1).unwrap(), None, "the first run knows nothing");
    let past = |number: u32, day: &str| {
        Page::new(&format!("https://a.example/{number}")).later(1).published(day).in_the_past_of(at(0))
    };
    shelf.run(|archive| {
        past(1, "2019-03-01").keep(archive);
        past(3, "2026-11-25").at_position(-1).keep(archive);
    });
    let check = || {
        assert_eq!(shelf.entries().len(), 3);
        assert_eq!(order_of(&shelf, &["a"], None), "32", "what was missed since then is news");
        assert_eq!(shelf.view().followed_since(&source("a"), 2).unwrap(), since);
    };
    check();
    tearsheet::archive::rebuild(&shelf.settings(), at(9), &mut |_, _| ()).unwrap();
    check();
}
