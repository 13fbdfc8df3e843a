//! A page's length changes nothing: an article is kept whole however long it is, in whatever mark-up.

use std::fmt::Write as _;

use proptest::prelude::*;
use tearsheet::extract::{self, Page, Settings};
use url::Url;

/// What opens and closes a page's text, and each of its paragraphs.
const MARK_UPS: &[[&str; 4]] = &[
    ["<main><article><h1>The long way</h1>", "</article></main>", "<p>", "</p>"],
    ["<div class=post><h1>The long way</h1><div class=entry-content>", "</div></div>", "<p>", "</p>"],
    ["<h1>The long way</h1><div class=a><div class=b>", "</div></div>", "<div>", "</div>"],
    ["<h1>The long way</h1>", "", "<p>", "</p>"],
    ["<main><h1>The long way</h1><div class=prose>", "</div></main>", "<section><p>", "</p></section>"],
    ["<article><h1>The long way</h1><div class=text>", "</div></article>", "", "<br><br>"],
];
const SUBJECTS: &[&str] =
    &["The ferryman", "A neighbour", "The youngest of the sisters", "Nobody in the village"];
const DEEDS: &[&str] = &[
    "had mended the net twice since the spring",
    "knew what the stones at the ford were for",
    "wrote the names of the boats on the wall",
    "waited for the post that came over the hill",
];
const ENDS: &[&str] = &[
    "and when the rain came, it came from the side of the mountains.",
    "which was no wonder, since the bridge had been closed for years.",
    "but that is another story, and it was told in another kitchen.",
];

/// The paragraph of this number: no two of a page are the same.
fn paragraph(number: usize) -> String {
    let pick = |of: &[&'static str], step: usize| of[(number / step) % of.len()];
    let mut text = String::new();
    for sentence in 0..=number % 3 {
        let (subject, deed) = (pick(SUBJECTS, 1 + sentence), pick(DEEDS, 3 + sentence));
        write!(text, "{subject} {deed} in the year {}, {} ", 1800 + number, pick(ENDS, 2 + sentence))
            .unwrap();
    }
    text.trim_end().to_owned()
}

fn page(mark_up: usize, paragraphs: usize) -> String {
    let [open, close, begin, end] = MARK_UPS[mark_up];
    let text: String = (0..paragraphs).map(|number| format!("{begin}{}{end}\n", paragraph(number))).collect();
    format!(
        "<!doctype html><title>The long way – River Letter</title><header><a href=/>River Letter</a><nav><ul>\
         <li><a href=/n>News</a><li><a href=/r>River</a></ul></nav></header>{open}{text}{close}\
         <aside class=sidebar><h3>Most read</h3><ul><li><a href=/1>Bridge stays closed</a><li><a href=/2>Six \
         geese in the cabin</a></ul></aside><footer><p>© 2024 River Letter</p><a href=/i>Imprint</a></footer>"
    )
}

/// How many of a page's paragraphs its text has, and how many it should have.
fn kept(mark_up: usize, paragraphs: usize) -> usize {
    let html = page(mark_up, paragraphs);
    let url = Url::parse("https://river.example/2024/the-long-way").unwrap();
    let page = Page { url: &url, content_type: None, bytes: html.as_bytes(), captured_at: None, hints: None };
    let article = extract::article(&page, &Settings::default()).unwrap();
    let kept: Vec<&str> = article.text.split("\n\n").collect();
    let expected: Vec<String> = (0..paragraphs).map(paragraph).collect();
    expected.iter().filter(|text| kept.contains(&text.as_str())).count()
}

#[test]
fn an_article_of_any_length_is_kept_whole() {
    for mark_up in 0..MARK_UPS.len() {
        for paragraphs in [3, 20, 60, 125, 250, 500, 1000] {
            assert_eq!(kept(mark_up, paragraphs), paragraphs, "mark-up {mark_up}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn no_length_is_a_threshold(mark_up in 0..MARK_UPS.len(), paragraphs in 3_usize..700) {
        prop_assert_eq!(kept(mark_up, paragraphs), paragraphs);
    }
}
