//! Labelled revisions of many articles at once: what the site did to all of them, and what happened to their stories.

use std::fmt::Write as _;

use tearsheet::archive::{Alike, Reviewed, changed_alike};
use tearsheet::model::Article;

use super::fixture::Page;

const STORIES: [(&str, &str); 6] = [
    (
        "Ferry late again",
        "The ferry to the island was late on Monday, and thirty people waited.\n\nIts captain said that the engine had failed.\n\nThe harbour office has put two benches on the quay.",
    ),
    (
        "Storks on the mill",
        "A pair of storks nests on the sails of the old mill.\n\nThe miller stopped them on Thursday.\n\nVisitors may look from the road, not from the yard.",
    ),
    (
        "Bread costs more",
        "A loaf of rye bread costs a fifth more than a year ago.\n\nBakers name electricity and butter as reasons.\n\nThree bakeries share one oven now.",
    ),
    (
        "Bridge shut",
        "Inspectors found a crack in the second pier.\n\nLorries have to drive by way of Norden.\n\nThe repair takes six weeks.",
    ),
    (
        "Boat missing",
        "The Marte has not been heard of since Friday evening.\n\nTwo lifeboats searched until nightfall.\n\nThe search goes on at dawn.",
    ),
    (
        "Tired bees",
        "Honeybees that were kept awake gave wrong directions.\n\nResearchers filmed their dances for a week.\n\nNaps do not help.",
    ),
];
const ADVERTS: [&str; 6] = [
    "Cruise past glaciers this winter: cabins at half price.",
    "Your old phone is worth cash. Get a quote today.",
    "Doctors recommend this pillow.",
    "Meet singles in your area tonight.",
    "Refinance your mortgage before rates climb.",
    "Learn Spanish while sleeping with our app.",
];

/// One article before and after.
type Pair = (Article, Article);

fn article((title, text): (&str, &str)) -> Article {
    Page::new("https://a.example/1").title(title).text(text).article()
}

/// The first of the stories, each changed.
fn changed(stories: usize, change: impl Fn(usize, Article) -> (String, String)) -> Vec<Pair> {
    let pair = |(at, story): (usize, &(&str, &str))| {
        let before = article(*story);
        let (title, text) = change(at, before.clone());
        let after = article((&title, &text));
        (before, after)
    };
    STORIES.iter().take(stories).enumerate().map(pair).collect()
}

/// The text with `more` as its block at `place`.
fn with(text: &str, place: usize, more: &str) -> String {
    let mut blocks: Vec<&str> = text.split("\n\n").collect();
    blocks.insert(place.min(blocks.len()), more);
    blocks.join("\n\n")
}

/// What happened, the articles, how many more have not changed, and what the changes have in common.
type Case = (&'static str, Vec<Pair>, usize, &'static [Alike]);

fn check(cases: Vec<Case>) {
    let mut wrong = String::new();
    for (label, pairs, unchanged, expected) in cases {
        let reviewed: Vec<Reviewed<'_>> =
            pairs.iter().map(|(before, after)| Reviewed { before: Some(before), after }).collect();
        let alike = changed_alike(&reviewed, unchanged);
        let expected = if let [all] = expected { vec![*all; alike.len()] } else { expected.to_vec() };
        if alike != expected {
            writeln!(wrong, "{label}: {alike:?}, not {expected:?}").unwrap();
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
#[allow(clippy::too_many_lines)] // it is a table
fn what_the_site_does_to_all_of_its_articles_is_no_news_of_any() {
    const PROMOTION: &str = "Our app brings you the news first. Install it today.";
    check(vec![
        (
            "a promotion below each",
            changed(5, |_, it| (it.title, with(&it.text, 9, PROMOTION))),
            0,
            &[Alike::Text],
        ),
        (
            "a promotion within each",
            changed(3, |_, it| (it.title, with(&it.text, 1, PROMOTION))),
            2,
            &[Alike::Text],
        ),
        (
            "a promotion in both of two",
            changed(2, |_, it| (it.title, with(&it.text, 0, PROMOTION))),
            0,
            &[Alike::Text],
        ),
        (
            "a promotion that goes",
            changed(4, |_, it| (it.title, with(&it.text, 9, PROMOTION)))
                .into_iter()
                .map(|(a, b)| (b, a))
                .collect(),
            0,
            &[Alike::Text],
        ),
        (
            "a promotion in other places",
            changed(4, |at, it| (it.title, with(&it.text, at, PROMOTION))),
            0,
            &[Alike::Text],
        ),
        ("a suffix", changed(4, |_, it| (format!("{} | The Gull", it.title), it.text)), 0, &[Alike::Text]),
        ("a prefix", changed(3, |_, it| (format!("The Gull: {}", it.title), it.text)), 3, &[Alike::Text]),
        (
            "another suffix",
            changed(4, |_, it| (format!("{} | The Gull", it.title), it.text))
                .into_iter()
                .map(|(_, old)| {
                    let new = Article { title: old.title.replace("The Gull", "Gull News"), ..old.clone() };
                    (old, new)
                })
                .collect(),
            0,
            &[Alike::Text],
        ),
        (
            "a suffix and a promotion",
            changed(4, |_, it| (format!("{} | The Gull", it.title), with(&it.text, 9, PROMOTION))),
            0,
            &[Alike::Text],
        ),
        (
            "another advertisement in each",
            changed(6, |at, it| (it.title, with(&it.text, 1, ADVERTS[at]))),
            0,
            &[Alike::Text],
        ),
        (
            "another advertisement below each",
            changed(4, |at, it| (it.title, with(&it.text, 9, ADVERTS[at]))),
            0,
            &[Alike::Text],
        ),
        (
            "advertisements that take turns",
            changed(6, |at, it| (it.title, with(&it.text, 2, ADVERTS[at])))
                .into_iter()
                .enumerate()
                .map(|(at, (_, old))| {
                    let text = old.text.replace(ADVERTS[at], ADVERTS[(at + 1) % 6]);
                    let new = article((&old.title, &text));
                    (old, new)
                })
                .collect(),
            0,
            &[Alike::Text],
        ),
        (
            "counters that run on",
            changed(4, |_, it| (it.title, with(&it.text, 0, "Published 5 minutes ago, 12 views")))
                .into_iter()
                .enumerate()
                .map(|(at, (_, old))| {
                    let count = 30 + at;
                    let text = old.text.replace("5 minutes ago, 12", &format!("{at} hours ago, {count}"));
                    let new = article((&old.title, &text));
                    (old, new)
                })
                .collect(),
            1,
            &[Alike::Stamp],
        ),
    ]);
}

#[test]
#[allow(clippy::too_many_lines)] // it is a table
fn what_happened_to_the_stories_is_their_own_news() {
    const NEWS: &str = "The county council has fallen on Tuesday night.";
    let own = |it: &Article| format!("Update: {} has to wait until Friday, says the office.", it.title);
    let with_promotion = |at: usize, it: Article| {
        let text = with(&it.text, 9, "Our app brings you the news first. Install it today.");
        (it.title, if at == 1 { text.replace("Thursday", "Wednesday") } else { text })
    };
    check(vec![
        (
            "one correction among many",
            changed(1, |_, it| (it.title, it.text.replace("thirty", "forty"))),
            9,
            &[Alike::Not],
        ),
        (
            "one correction beside a promotion in all",
            changed(4, with_promotion),
            0,
            &[Alike::Text, Alike::Not, Alike::Text, Alike::Text],
        ),
        (
            "the same news in two of many",
            changed(2, |_, it| (it.title, with(&it.text, 9, NEWS))),
            6,
            &[Alike::Not],
        ),
        (
            "the same news in three of many",
            changed(3, |_, it| (it.title, with(&it.text, 9, NEWS))),
            12,
            &[Alike::Not],
        ),
        (
            "an update of its own in each",
            changed(5, |_, it| {
                let more = own(&it);
                (it.title, with(&it.text, 0, &more))
            }),
            0,
            &[Alike::Not],
        ),
        (
            "live blogs",
            changed(5, |at, it| {
                let entry = format!("1{at}:05 {}: nothing new until now.", it.title);
                (it.title, with(&it.text, 0, &entry))
            }),
            0,
            &[Alike::Not],
        ),
        (
            "a new end for each",
            changed(4, |at, it| {
                (
                    it.title.clone(),
                    it.text.replace(
                        it.text.rsplit("\n\n").next().unwrap(),
                        &format!("{} is over, and nobody was hurt in all {at} days of it.", it.title),
                    ),
                )
            }),
            0,
            &[Alike::Not],
        ),
        (
            "another title for each",
            changed(4, |at, it| (STORIES[(at + 1) % 6].0.to_owned(), it.text)),
            0,
            &[Alike::Not],
        ),
        ("nothing", changed(4, |_, it| (it.title, it.text)), 0, &[Alike::Not]),
        (
            "a time that changed in one",
            changed(1, |_, it| (it.title, with(&it.text, 0, "Doors open at 19:00")))
                .into_iter()
                .map(|(_, old)| {
                    let new = article((&old.title, &old.text.replace("19:00", "20:00")));
                    (old, new)
                })
                .collect(),
            5,
            &[Alike::Not],
        ),
        ("one of two articles", changed(1, |_, it| (it.title, with(&it.text, 9, NEWS))), 1, &[Alike::Not]),
        ("all of the only one", changed(1, |_, it| (it.title, with(&it.text, 9, NEWS))), 0, &[Alike::Not]),
    ]);
}

#[test]
fn what_new_articles_have_too_is_the_sites() {
    let line = "Our app brings you the news first. Install it today.";
    let pairs = changed(4, |_, it| (it.title, with(&it.text, 9, line)));
    let reviewed: Vec<Reviewed<'_>> = pairs
        .iter()
        .enumerate()
        .map(|(at, (before, after))| Reviewed { before: (at == 0).then_some(before), after })
        .collect();
    assert_eq!(changed_alike(&reviewed, 0), [Alike::Text, Alike::Not, Alike::Not, Alike::Not]);
}
