//! A table of listings: which article each item is.

use super::*;

fn at(day: u32) -> DateTime<Utc> {
    format!("2026-11-{day:02}T08:00:00Z").parse().unwrap()
}

/// The articles that are known, numbered from 1: URL, title, guids.
struct Shelf(BTreeMap<u64, Trace>);

impl Shelf {
    fn of(articles: &[(&str, &str, &[&str])]) -> Shelf {
        let traces = articles.iter().zip(1..).map(|((url, title, guids), number)| {
            let trace = Trace {
                url_key: (*url).to_owned(),
                keys: vec![(*url).to_owned()],
                guids: guids.iter().map(|guid| (*guid).to_owned()).collect(),
                title: Some((*title).to_owned()),
                url_changes: 0,
                published: at(number as u32),
                is_own: true,
            };
            (number, trace)
        });
        Shelf(traces.collect())
    }

    fn change(mut self, article: u64, change: impl FnOnce(&mut Trace)) -> Shelf {
        change(self.0.get_mut(&article).unwrap());
        self
    }

    /// What each item of this listing is: URL, title, guid, day.
    #[track_caller]
    fn check(&self, listing: &[(&str, &str, &str, u32)], expected: &[Option<(u64, Recognition)>]) {
        let find = |is_it: &dyn Fn(&Trace) -> bool| {
            self.0.iter().find(|(_, trace)| is_it(trace)).map(|(number, _)| *number)
        };
        let item = |(url, title, guid, day): &(&str, &str, &str, u32)| ListedItem {
            key: (*url).to_owned(),
            url_key: (*url).to_owned(),
            title: Some((*title).to_owned()),
            guid: (!guid.is_empty()).then(|| (*guid).to_owned()),
            published: (*day > 0).then(|| at(*day)),
            at: find(&|trace| trace.keys.iter().any(|key| key == url)),
            before: None,
            called: find(&|trace| trace.guids.iter().any(|known| known == guid)),
            is_old_page_failing: false,
        };
        let items: Vec<ListedItem> = listing.iter().map(item).collect();
        let decided = decide(&items, &self.0);
        let found: Vec<_> = decided.iter().map(|it| it.map(|it| (it.article, it.by))).collect();
        assert_eq!(found, expected);
    }
}

const LISTED: Recognition = Recognition::Listed;
const MOVED: Recognition = Recognition::Moved;
const TOKEN: Recognition = Recognition::Token;

fn ferries() -> Shelf {
    Shelf::of(&[
        ("a.example/ferry", "The ferry is late", &["g1"]),
        ("a.example/crane", "A crane for the harbour", &["g2"]),
        ("a.example/lamp", "The lamp of the pier", &["g3"]),
    ])
}

#[test]
fn an_item_is_known_by_its_url_whatever_its_guid() {
    ferries().check(
        &[("a.example/ferry", "The ferry is late", "x", 1), ("a.example/crane", "Another title", "", 2)],
        &[Some((1, LISTED)), Some((2, LISTED))],
    );
}

#[test]
fn an_item_that_moved_is_known_by_its_guid() {
    ferries().check(&[("a.example/late-ferry", "The ferry is late", "g1", 1)], &[Some((1, MOVED))]);
    let all_moved = [
        ("b.example/ferry", "The ferry is late", "g1", 1),
        ("b.example/crane", "A crane for the harbour", "g2", 2),
        ("b.example/lamp", "The lamp of the pier", "g3", 3),
    ];
    ferries().check(&all_moved, &[Some((1, MOVED)), Some((2, MOVED)), Some((3, MOVED))]);
}

#[test]
fn a_new_title_under_a_known_guid_is_believed_where_other_guids_hold() {
    let breaking = ("a.example/breaking", "Breaking: no boat today", "g3", 3);
    let others = [
        ("a.example/ferry", "The ferry is late", "g1", 1),
        ("a.example/crane", "A crane for the harbour", "g2", 2),
    ];
    ferries()
        .check(&[breaking, others[0], others[1]], &[Some((3, MOVED)), Some((1, LISTED)), Some((2, LISTED))]);
    ferries().check(&[breaking], &[None]);
}

#[test]
fn numbers_from_the_top_are_no_guids() {
    let shelf = Shelf::of(&[
        ("a.example/ferry", "The ferry is late", &["1"]),
        ("a.example/crane", "A crane for the harbour", &["2"]),
    ]);
    let with_one_more = [
        ("a.example/lamp", "The lamp of the pier", "1", 9),
        ("a.example/ferry", "The ferry is late", "2", 1),
        ("a.example/crane", "A crane for the harbour", "3", 2),
    ];
    shelf.check(&with_one_more, &[None, Some((1, LISTED)), Some((2, LISTED))]);
    let all_new =
        [("a.example/pier", "Wood for the pier", "1", 9), ("a.example/inn", "The inn has a cook", "2", 9)];
    shelf.check(&all_new, &[None, None]);
}

#[test]
fn a_guid_that_is_at_two_urls_is_the_one_that_is_known() {
    ferries().check(
        &[("a.example/ferry", "The ferry is late", "", 1), ("a.example/other", "The ferry is late", "g1", 1)],
        &[Some((1, LISTED)), None],
    );
}

#[test]
fn of_two_articles_at_one_url_the_guid_tells() {
    let shelf = ferries().change(2, |trace| trace.url_key = "a.example/ferry".to_owned());
    shelf.check(
        &[("a.example/ferry", "The ferry is late", "g1", 1), ("a.example/ferry", "A crane", "g2", 2)],
        &[Some((1, LISTED)), Some((2, LISTED))],
    );
}

#[test]
fn links_with_a_token_are_known_without_a_look() {
    let shelf = Shelf::of(&[
        ("a.example/1?t=1", "The ferry is late", &[]),
        ("a.example/2?t=2", "A crane for the harbour", &[]),
        ("a.example/3?t=3", "The lamp of the pier", &[]),
    ]);
    let listing = [
        ("a.example/4?t=9", "Wood for the pier", "", 9),
        ("a.example/3?t=8", "The lamp of the pier", "", 3),
        ("a.example/2?t=7", "A crane for the harbour", "", 2),
        ("a.example/1?t=6", "The ferry is late", "", 1),
    ];
    shelf.check(&listing, &[None, Some((3, TOKEN)), Some((2, TOKEN)), Some((1, TOKEN))]);
}

#[test]
fn a_parameter_that_lasts_is_no_token() {
    let shelf = Shelf::of(&[
        ("a.example/?p=1", "Weather", &[]),
        ("a.example/?p=2", "Open thread", &[]),
        ("a.example/?p=3", "The lamp of the pier", &[]),
    ]);
    let listing = [
        ("a.example/?p=5", "Weather", "", 0),
        ("a.example/?p=4", "Open thread", "", 0),
        ("a.example/?p=3", "The lamp of the pier", "", 3),
    ];
    shelf.check(&listing, &[None, None, Some((3, LISTED))]);
    let all_new = [("a.example/?p=5", "Weather", "", 20), ("a.example/?p=4", "Open thread", "", 20)];
    shelf.check(&all_new, &[None, None]);
}

#[test]
fn a_single_link_with_a_token_is_known_once_it_has_led_there() {
    let shelf = || Shelf::of(&[("a.example/1?t=1", "The ferry is late", &[])]);
    let listing = [("a.example/1?t=9", "The ferry is late", "", 1)];
    shelf().check(&listing, &[None]);
    let proven = shelf().change(1, |trace| {
        trace.keys.push("a.example/1?t=2".to_owned());
        trace.url_changes = 1;
    });
    proven.check(&listing, &[Some((1, TOKEN))]);
}

#[test]
fn what_moves_again_and_again_is_not_followed_for_ever() {
    let shelf = ferries().change(1, |trace| trace.url_changes = MANY_URLS);
    shelf.check(&[("a.example/go/77", "The ferry is late", "g1", 1)], &[Some((1, TOKEN))]);
    let elsewhere = ferries().change(1, |trace| trace.is_own = false);
    elsewhere.check(&[("a.example/go/77", "The ferry is late", "g1", 1)], &[Some((1, TOKEN))]);
}
