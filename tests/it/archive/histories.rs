//! Whatever happened to an archive, a rebuild sees the same.

use proptest::prelude::*;
use tearsheet::archive::{self, Count, Selection};
use tearsheet::model::{ArticleId, CanonicalUrl, Entry, SourceId};

use super::fixture::{Page, Shelf, at, source};

const TEXTS: [&str; 4] = [
    "The harbour master wrote a letter about the ferry, which was late.",
    "The Harbour Master wrote a letter about the ferry – which was late!",
    "The harbour master wrote three letters about the ferry, which sank.",
    "Nine members of the council sat down, and after four hours they voted for a crane.",
];

#[derive(Clone, Debug)]
enum Step {
    Keep { page: usize, text: usize, source: usize, alias: Option<usize> },
    List { source: usize, text: usize },
    Commit,
    Close,
    Crash,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => (0..5_usize, 0..4_usize, 0..2_usize, proptest::option::of(0..3_usize))
            .prop_map(|(page, text, source, alias)| Step::Keep { page, text, source, alias }),
        1 => (0..2_usize, 0..4_usize).prop_map(|(source, text)| Step::List { source, text }),
        1 => Just(Step::Commit),
        1 => Just(Step::Close),
        1 => Just(Step::Crash),
    ]
}

fn url(page: usize) -> String {
    format!("https://a.example/{page}")
}

fn alias(alias: usize) -> String {
    format!("https://short.example/{alias}")
}

fn play(shelf: &Shelf, steps: &[Step]) {
    let mut archive = shelf.open();
    for (hour, step) in steps.iter().enumerate() {
        let hour = i64::try_from(hour).unwrap();
        match step {
            Step::Keep { page, text, source, alias: through } => {
                let page = Page::new(&url(*page)).text(TEXTS[*text]).from(["a", "b"][*source]).later(hour);
                through.map_or(page.clone(), |number| page.through(&alias(number))).keep(&mut archive);
            }
            Step::List { source: name, text } => {
                let listing = Page::new("https://a.example/").body(TEXTS[*text]).later(hour);
                archive.keep_listing(&source(["a", "b"][*name]), &listing.capture()).unwrap();
            }
            Step::Commit => archive.commit().unwrap(),
            Step::Close => {
                archive.close().unwrap();
                archive = shelf.open();
            }
            Step::Crash => {
                drop(archive);
                archive = shelf.open();
            }
        }
    }
    archive.close().unwrap();
}

/// What publishing can see.
#[derive(Debug, PartialEq)]
struct Seen {
    entries: Vec<Entry>,
    /// The order of the second source.
    of_b: Vec<u64>,
    counts: Vec<Count>,
    known: Vec<Option<(ArticleId, Vec<SourceId>)>>,
}

fn see(shelf: &Shelf) -> Seen {
    let view = shelf.view();
    let urls = (0..5).map(url).chain((0..3).map(alias));
    let known = urls.map(|url| {
        let known = view.article_at(&CanonicalUrl::parse(&url).unwrap()).unwrap();
        known.map(|known| (known.id, known.sources))
    });
    let by = [source("b")];
    let of_b = view.entries(&Selection { sources: Some(&by), newest: None });
    let of_b = of_b.map(|entry| entry.unwrap().sequence).collect();
    Seen { of_b, entries: shelf.entries(), counts: view.counts().unwrap(), known: known.collect() }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_rebuild_sees_what_was_seen_before(steps in proptest::collection::vec(step(), 1..40)) {
        let shelf = Shelf::in_memory();
        play(&shelf, &steps);
        let before = see(&shelf);
        let rebuilt = archive::rebuild(&shelf.settings(), at(99), &mut |_, _| ()).unwrap();
        prop_assert!(rebuilt.problems.is_empty());
        prop_assert_eq!(see(&shelf), before);
    }

    #[test]
    fn an_article_is_one_for_ever(steps in proptest::collection::vec(step(), 1..40)) {
        let shelf = Shelf::in_memory();
        play(&shelf, &steps);
        let entries = shelf.entries();
        let mut ids: Vec<ArticleId> = entries.iter().map(|entry| entry.id).collect();
        ids.sort();
        ids.dedup();
        prop_assert_eq!(ids.len(), entries.len());
        for entry in &entries {
            prop_assert_eq!(entry.id, ArticleId::of(&entry.url));
            prop_assert!(entry.first_seen <= entry.updated);
        }
        prop_assert!(entries.is_sorted_by(|a, b| a.sequence > b.sequence));
    }
}
