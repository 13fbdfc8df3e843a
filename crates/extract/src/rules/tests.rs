use chrono_tz::Europe::Oslo;

use super::*;

use crate::{Settings, read};

const URL: &str = "https://www.courier.example/2024/05/08/pier";

/// A page whose text stands where no heuristic would look for it.
fn page(body: &str) -> String {
    let text = "The harbour master closed the old pier to large ships on Monday, after divers found cracks in two of \
                its pillars. Smaller boats may still land there until the repairs begin in autumn.";
    format!(
        "<html lang=en><head><title>Courier</title><meta name=author content='Web Desk'></head><body>\
         <nav><a href=/>Home</a></nav><article><h1>Something else</h1><p>{text} Another story, {text}</p></article>\
         {body}<footer>Imprint</footer></body></html>"
    )
}

fn rules(change: impl FnOnce(&mut Rules)) -> Settings {
    let mut settings = Settings { timezone: Some(Oslo), ..Settings::default() };
    change(&mut settings.rules);
    settings
}

fn queries(texts: &[&str]) -> Vec<Query> {
    texts.iter().map(|text| Query::parse(text).unwrap()).collect()
}

fn reading(html: &str, settings: &Settings) -> crate::Reading {
    let url = Url::parse(URL).unwrap();
    let page =
        crate::Page { url: &url, content_type: None, bytes: html.as_bytes(), captured_at: None, hints: None };
    read(&page, settings)
}

const SENTENCE: &str =
    "The ferry to the islands will leave an hour later from next week on, the company said.";

fn side() -> String {
    page(&format!(
        "<aside class=box><h2 class=head>Ferry leaves later</h2><span class=by>By Ann Lee and Bo Ek</span>\
         <time>08.05.2024 / 10h30</time><img src=/ferry.jpg alt='The ferry' width=800><p class=lead>{SENTENCE}</p>\
         <p>{SENTENCE} It asks for patience.</p><p class=ad>{SENTENCE} Buy now.</p><i class=tag>Ferries</i>\
         <i class=tag>Islands</i><a class=more href='?page=2#top'>More</a></aside><p class=note>{SENTENCE} Corrected.</p>"
    ))
}

#[test]
fn every_field_comes_from_the_first_selector_that_matches_and_says_so() {
    let settings = rules(|rules| {
        rules.body = queries(&[".gone", "//aside[@class='box']/p"]);
        rules.title = queries(&["//h2[@class='head']"]);
        rules.author = queries(&[".by"]);
        rules.date = queries(&["aside time"]);
        rules.date_format = vec!["%d.%m.%Y / %Hh%M".to_owned()];
        rules.language = queries(&["substring('nb-no', 1)"]);
        rules.tags = queries(&[".tag"]);
        rules.image = queries(&["aside img"]);
        rules.remove = queries(&[".ad", ".by", ".head"]);
        rules.keep = queries(&[".note"]);
        rules.next_page = queries(&["a.more"]);
        rules.single_page = queries(&["//a[@class='more']/@href"]);
    });
    let reading = reading(&side(), &settings);
    let article = reading.article.unwrap();
    assert_eq!(article.title, "Ferry leaves later");
    assert_eq!(article.authors, ["Ann Lee", "Bo Ek"]);
    assert_eq!(article.published.unwrap().to_string(), "2024-05-08T10:30:00+02:00");
    assert_eq!(article.language.as_deref(), Some("nb-NO"));
    assert_eq!(article.tags, ["Ferries", "Islands"]);
    let image = article.image.as_ref().unwrap();
    assert_eq!((image.url.as_str(), image.width), ("https://www.courier.example/ferry.jpg", Some(800)));
    let text = format!("{SENTENCE}\n\n{SENTENCE} It asks for patience.\n\n{SENTENCE} Corrected.");
    assert_eq!(article.text, text);
    let next = "https://www.courier.example/2024/05/08/pier?page=2";
    assert_eq!(reading.next_page.iter().map(Url::as_str).collect::<Vec<_>>(), [next]);
    assert_eq!(reading.single_page, reading.next_page);
    let from = |field| article.provenance[&field].from.as_str();
    assert_eq!(from(Field::Body), "rule //aside[@class='box']/p");
    assert_eq!(from(Field::Title), "rule //h2[@class='head']");
    assert_eq!(from(Field::Published), "rule aside time");
    assert_eq!(article.provenance[&Field::Published].place(0), Some("aside time"));
    assert!(settings.rules.matched(&article).all(|(_, _, matched)| matched));
    assert_eq!(article.warnings, [""; 0]);
    let tried: Vec<_> =
        article.cuts[0].rules.iter().map(|rule| (rule.of.as_str(), rule.matched, rule.used)).collect();
    assert!(tried.contains(&("date", 1, true)), "{tried:?}");
    assert!(tried.contains(&("remove", 1, false)), "{tried:?}");
}

#[test]
fn where_no_selector_matches_the_heuristics_are_heard_and_it_is_told_which_did_not() {
    let settings = rules(|rules| {
        rules.body = queries(&[".gone", "//div[@id='gone']"]);
        rules.title = queries(&["h1"]);
        rules.author = queries(&[".gone"]);
    });
    let article = reading(&side(), &settings).article.unwrap();
    assert!(article.text.contains("harbour master"), "{}", article.text);
    let matched: Vec<_> = settings.rules.matched(&article).map(|(_, key, matched)| (key, matched)).collect();
    assert_eq!(matched, [("body", false), ("title", true), ("author", false)]);
    let tried: Vec<_> =
        article.cuts[0].rules.iter().map(|rule| (rule.of.as_str(), rule.matched, rule.used)).collect();
    assert_eq!(tried, [("title", 1, true), ("author", 0, false), ("body", 0, false), ("body", 0, false)]);
}

#[test]
fn the_source_is_replaced_in_before_it_is_parsed() {
    let settings = rules(|rules| {
        rules.replace = vec![Replacement {
            find: Finding::Text("<aside class=box>".to_owned()),
            with: "<main class=box>".to_owned(),
        }];
        rules.body = queries(&["main"]);
    });
    let article = reading(&side(), &settings).article.unwrap();
    assert_eq!(article.provenance[&Field::Body].from, "rule main");
}

#[test]
fn a_selector_that_costs_too_much_is_told_once_and_the_next_one_is_taken() {
    let settings = rules(|rules| rules.body = queries(&["//*[. = //*]", "//aside/p"]));
    let many = side().replace("Imprint", &"<b>x</b>".repeat(20_000));
    let article = reading(&many, &settings).article.unwrap();
    assert_eq!(article.provenance[&Field::Body].from, "rule //aside/p");
    assert_eq!(article.warnings, ["the rule's selector `//*[. = //*]` takes too long"]);
}

#[test]
fn pages_are_joined_and_a_repeated_one_adds_nothing() {
    let settings = rules(|rules| rules.body = queries(&["aside p"]));
    let article = |sentence: &str| {
        let html = page(&format!("<aside><p>{sentence}</p></aside>"));
        reading(&html, &settings).article.unwrap()
    };
    let (one, two) =
        (article(SENTENCE), article("On the second day, the crews went back to the harbour to rest."));
    let joined = join(one.clone(), vec![two.clone(), one.clone(), two.clone()]);
    assert_eq!(joined.text, format!("{}\n\n{}", one.text, two.text));
    assert_eq!(joined.word_count, one.word_count + two.word_count);
    assert_eq!(joined.html.matches("<p>").count(), 2);
}
