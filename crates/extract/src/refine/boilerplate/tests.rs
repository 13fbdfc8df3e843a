use std::fmt::Write;
use std::sync::Arc;

use url::Url;

use super::SiteMemory;
use crate::model::Article;
use crate::{Page, Settings, article};

const PROMPT: &str = "Every Friday the harbour desk writes a letter about the week on the water, and four thousand \
                      people open it with their coffee.";
const DISCLAIMER: &str = "This paper belongs to its readers, takes no money from the port authority and has never endorsed a candidate.";
const BOX: &str =
    "Mira Sand has covered the fishing fleet for eleven years and lives above the old net loft.";
const BACKGROUND: &str = "The port authority closed the eastern quay in March after divers found that two of its \
                          piles had been hollowed out by worms.";

/// Report `n`: its own paragraphs and, among them, what the site's template puts there.
fn page(n: u32, lead: &str, middle: &str, end: &str) -> String {
    let own = |part: &str| {
        format!(
            "<p>In {part} of its report number {n} the council of the harbour heard from {n} skippers, who said \
             that the catch of herring has fallen by {n} tonnes since the winter, and that they would rather sell \
             their boats than wait for another year like it.</p>"
        )
    };
    format!(
        "<html lang=en><head><title>Report {n} of the harbour council</title></head><body><article>\
         <h1>Report {n} of the harbour council</h1><div class=x>{lead}{}{middle}{}{}{end}</div></article></body></html>",
        own("the first part"),
        own("the second part"),
        own("the third part"),
    )
}

fn read(html: &str, n: u32, memory: &SiteMemory) -> Article {
    let url = Url::parse(&format!("https://harbour.example/reports/{n}")).unwrap();
    let page = Page {
        url: &url,
        content_type: Some("text/html"),
        bytes: html.as_bytes(),
        captured_at: None,
        hints: None,
    };
    article(&page, &Settings { memory: Arc::new(memory.clone()), ..Settings::default() }).unwrap()
}

/// What has been learnt from these pages, numbered from 1.
fn learnt(pages: &[String]) -> SiteMemory {
    let mut memory = SiteMemory::default();
    for (n, html) in (1..).zip(pages) {
        memory.learn(&read(html, n, &SiteMemory::default()));
    }
    memory
}

fn pages(count: u32, lead: &str, middle: &str, end: &str) -> Vec<String> {
    (1..=count).map(|n| page(n, lead, middle, end)).collect()
}

fn check(known: u32, [lead, middle, end]: [&str; 3], repeated: &[&str]) {
    let memory = learnt(&pages(known, lead, middle, end));
    let html = page(90, lead, middle, end);
    let (alone, read) = (read(&html, 90, &SiteMemory::default()), read(&html, 90, &memory));
    assert_eq!(read.repeated, repeated);
    for line in repeated {
        assert!(alone.text.contains(line), "one page cannot tell that it is the site's: {line}");
        assert!(!read.text.contains(line) && !read.html.contains(line), "{line}");
    }
    assert!(read.text.contains("the first part") && read.text.ends_with("another year like it."));
}

#[test]
fn what_stands_at_head_and_foot_of_three_articles_is_the_site_s() {
    let (lead, end) = (format!("<p>{PROMPT}</p>"), format!("<p>{DISCLAIMER}</p><p>{BOX}</p>"));
    check(2, [&lead, "", &end], &[PROMPT, DISCLAIMER, BOX]);
}

#[test]
fn two_articles_are_too_few() {
    check(1, ["", "", ""], &[]);
    let end = format!("<p>{BOX}</p>");
    let memory = learnt(&pages(1, "", "", &end));
    assert!(read(&page(90, "", "", &end), 90, &memory).text.contains(BOX));
}

#[test]
fn what_stands_within_a_text_is_the_site_s_once_it_stands_in_many() {
    let middle = format!("<p>{PROMPT}</p>");
    check(12, ["", &middle, ""], &[PROMPT]);
}

#[test]
fn the_background_of_a_story_is_told_again() {
    let mut known = pages(9, "", "", "");
    known.extend((10..=12).map(|n| page(n, "", &format!("<p>{BACKGROUND}</p>"), "")));
    let read = read(&page(90, "", &format!("<p>{BACKGROUND}</p>"), ""), 90, &learnt(&known));
    assert!(read.text.contains(BACKGROUND) && read.repeated.is_empty());
}

#[test]
fn headings_quotations_tables_and_standing_titles_are_the_text_s() {
    let middle = "<h2>What the skippers say</h2><blockquote><p>The sea gives and the sea takes, and the council \
                  only ever takes from those who go out.</p></blockquote>\
                  <table><tr><th>Boat</th><th>Tonnes</th></tr><tr><td>The Heron</td><td>4</td></tr></table>\
                  <p><b>The Monday column</b></p>";
    let memory = learnt(&pages(12, "", middle, ""));
    let read = read(&page(90, "", middle, ""), 90, &memory);
    assert!(read.repeated.is_empty(), "{:?}", read.repeated);
    for said in ["What the skippers say", "the sea takes", "The Heron", "The Monday column"] {
        assert!(read.text.contains(said), "{said}");
    }
}

#[test]
fn a_heading_goes_with_all_that_stands_beneath_it() {
    let end = format!("<h3>About this paper</h3><p>{DISCLAIMER}</p><p>{BOX}</p>");
    check(5, ["", "", &end], &["About this paper", DISCLAIMER, BOX]);
}

#[test]
fn a_line_behind_a_break_is_a_line() {
    let mut known = Vec::new();
    for n in 1..=4 {
        known.push(page(n, "", "", &format!("<p>{BOX}</p>")));
    }
    let end = format!("<p>The council meets again in week ninety.<br>{BOX}</p>");
    let read = read(&page(90, "", "", &end), 90, &learnt(&known));
    assert_eq!(read.repeated, [BOX]);
    assert!(read.text.ends_with("The council meets again in week ninety."));
}

#[test]
fn an_article_does_not_repeat_itself() {
    let mut memory = learnt(&pages(1, "", "", ""));
    let own = read(&page(90, "", "", ""), 90, &SiteMemory::default());
    for _ in 0..6 {
        memory.learn(&own);
    }
    assert_eq!(read(&page(90, "", "", ""), 90, &memory).text, own.text);
}

#[test]
fn a_text_that_is_all_template_is_left_alone() {
    let html = |n: u32| {
        let mut lines = String::new();
        for hour in 0..8 {
            write!(
                lines,
                "<p>At {hour} in the morning the tide at the outer mole stood as high as it does.</p>"
            )
            .unwrap();
        }
        format!(
            "<html lang=en><title>Tides of day {n}</title><body><article><h1>Tides of day {n}</h1>{lines}</article>"
        )
    };
    let memory = learnt(&(1..=6).map(html).collect::<Vec<_>>());
    let read = read(&html(90), 90, &memory);
    assert!(read.repeated.is_empty() && read.text.contains("At 7 in the morning"));
}

#[test]
fn what_was_left_out_stays_known() {
    let end = format!("<p>{BOX}</p>");
    let all = pages(4, "", "", &end);
    let first = learnt(&all);
    let mut second = SiteMemory::default();
    for (n, html) in (1..).zip(&all) {
        let read = read(html, n, &first);
        assert_eq!(read.repeated, [BOX]);
        second.learn(&read);
    }
    assert_eq!(read(&page(90, "", "", &end), 90, &second).repeated, [BOX]);
}

#[test]
fn articles_that_came_before_are_known_to_be_worth_reading_again() {
    let end = format!("<p>{BOX}</p>");
    let all = pages(4, "", "", &end);
    let memory = learnt(&all);
    assert!(memory.knows_of(&read(&all[0], 1, &SiteMemory::default())));
    assert!(!memory.knows_of(&read(&all[0], 1, &memory)));
}
