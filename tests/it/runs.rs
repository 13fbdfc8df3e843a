//! Labelled runs: the pages that a run reads of one source, judged together. Pages that are no article, or no longer the
//! same story, and more honest ones that look like them.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use tearsheet::extract::{self, Page, PageRead, Settings};
use tearsheet::model::{Article, Candidate, HeldText, Past, TextSketch};
use url::Url;

use crate::archive::fixture;

const STORIES: &str = include_str!("../fixtures/gate/stories.txt");
const SITE: &str = "https://www.thegull.example/";

/// A story as its file has it: its name, its title, and its paragraphs.
struct Story {
    title: &'static str,
    body: String,
}

fn stories() -> BTreeMap<&'static str, Story> {
    let parts = STORIES.split("== ").skip(1);
    let story = |part: &'static str| {
        let (head, text) = part.split_once('\n').unwrap();
        let (name, title) = head.split_once(": ").unwrap();
        let paragraphs = text.trim().split("\n\n").map(|paragraph| format!("<p>{}</p>", paragraph.trim()));
        (name, Story { title, body: paragraphs.collect() })
    };
    parts.map(story).collect()
}

fn url(path: &str) -> Url {
    Url::parse(SITE).unwrap().join(path).unwrap()
}

/// A page of a run.
#[derive(Clone)]
struct Visit {
    link: Candidate,
    answered: Url,
    was: Option<Article>,
    title: String,
    body: String,
    date: Option<&'static str>,
    language: &'static str,
    is_unchanged: bool,
    held: Vec<HeldText>,
    released: Vec<String>,
}

/// A link to `path` that is called `title`; the page says nothing yet.
fn link(path: &str, title: &str) -> Visit {
    let title = Some(title.to_owned()).filter(|title| !title.is_empty());
    Visit {
        link: Candidate { title, ..Candidate::new(url(path)) },
        answered: url(path),
        was: None,
        title: String::new(),
        body: String::new(),
        date: Some("2026-11-23T08:00:00Z"),
        language: "en",
        is_unchanged: false,
        held: Vec::new(),
        released: Vec::new(),
    }
}

/// A look at the article that has this story, under a link with its title.
fn look(path: &str, story: &str) -> Visit {
    let visit = link(path, stories()[story].title).says(story);
    Visit { was: Some(visit.article()), is_unchanged: true, ..visit }
}

/// A new article with this story, under a link with its title.
fn new(path: &str, story: &str) -> Visit {
    link(path, stories()[story].title).says(story)
}

impl Visit {
    /// The page has this story now, with its title.
    fn says(self, story: &str) -> Visit {
        let told = &stories()[story];
        self.shows(told.title, &told.body)
    }

    /// The page has the text of this story now, and keeps its title.
    fn says_under_its_title(self, story: &str) -> Visit {
        let title = self.title.clone();
        self.shows(&title, &stories()[story].body)
    }

    fn shows(self, title: &str, body: &str) -> Visit {
        Visit { title: title.to_owned(), body: body.to_owned(), is_unchanged: false, ..self }
    }

    fn edited(self, from: &str, to: &str) -> Visit {
        assert!(self.body.contains(from), "{from}");
        let body = self.body.replace(from, to);
        Visit { body, is_unchanged: false, ..self }
    }

    fn and(self, more: &str) -> Visit {
        Visit { body: format!("{}{more}", self.body), is_unchanged: false, ..self }
    }

    fn retitled(self, title: &str) -> Visit {
        Visit { title: title.to_owned(), is_unchanged: false, ..self }
    }

    /// Another URL answers.
    fn at(self, path: &str) -> Visit {
        Visit { answered: url(path), is_unchanged: false, ..self }
    }

    fn undated(self) -> Visit {
        Visit { date: None, ..self }
    }

    fn dated(self, date: &'static str) -> Visit {
        Visit { date: Some(date), ..self }
    }

    fn in_language(self, language: &'static str) -> Visit {
        Visit { language, ..self }
    }

    /// The listing calls it so.
    fn told(mut self, title: &str) -> Visit {
        self.link.title = Some(title.to_owned());
        self
    }

    /// What is published of it shows this too.
    fn was_with(self, more: &str) -> Visit {
        let visit = Visit { body: format!("{}{more}", self.body), ..self };
        Visit { was: Some(visit.article()), ..visit }
    }

    /// A page of its source is held back that has the text of this story.
    fn beside_held(mut self, is_own: bool, hold: &str, story: &str) -> Visit {
        let held = new("/held", story).article();
        let sketch = TextSketch::of(&held.text);
        self.held.push(HeldText { is_own, hold: hold.to_owned(), sketch });
        self
    }

    fn released(mut self, hold: &str) -> Visit {
        self.released.push(hold.to_owned());
        self
    }

    fn article(&self) -> Article {
        let Visit { title, body, language, .. } = self;
        let date =
            self.date.map(|date| format!("<meta property=\"article:published_time\" content=\"{date}\">"));
        let html = format!(
            "<!DOCTYPE html><html lang={language}><head><title>{title}</title><meta property=\"og:title\" \
             content=\"{title}\"><meta property=\"og:site_name\" content=\"The Gull\">{}</head><body><header><a \
             href=\"/\">The Gull</a></header><main><article><h1>{title}</h1>{body}</article></main></body></html>",
            date.unwrap_or_default()
        );
        let page = Page {
            url: &self.answered,
            content_type: Some("text/html; charset=utf-8"),
            bytes: html.as_bytes(),
            captured_at: Some(fixture::at(0)),
            hints: Some(&self.link),
        };
        extract::article(&page, &Settings::default()).expect(title)
    }

    /// What is known of the page: where another one answers, it is none of that one.
    fn past(&self) -> Option<Past> {
        if self.is_unchanged {
            return None;
        }
        let moved = self.answered != self.link.url;
        let is_same = |was: &Article| was.text == self.article().text;
        let (asked, before) = match self.was.clone() {
            Some(was) if moved && !is_same(&was) => (Some(was), None),
            was => (None, was),
        };
        let (held, released) = (self.held.clone(), self.released.clone());
        Some(Past { asked, before, held, released, site: Some("The Gull".to_owned()), ..Past::default() })
    }
}

/// The name of the reason for which each page is held back; empty where it is not.
fn verdicts(visits: &[Visit]) -> Vec<&'static str> {
    let read: Vec<(Article, Option<Past>)> =
        visits.iter().map(|visit| (visit.article(), visit.past())).collect();
    let pages: Vec<PageRead<'_>> = visits
        .iter()
        .zip(&read)
        .map(|(visit, (article, past))| PageRead {
            article,
            link: &visit.link,
            answered: &visit.answered,
            past: past.as_ref(),
        })
        .collect();
    let doubts = extract::doubts(&pages, &[url("/world/"), url("/feed.xml")]);
    doubts.iter().map(|doubt| doubt.as_ref().map_or("", |doubt| doubt.name())).collect()
}

/// What happened, the pages of the run, and the reason for which all of them are held back, or each.
type Case = (&'static str, Vec<Visit>, &'static [&'static str]);

#[track_caller]
fn check(cases: Vec<Case>) {
    let mut wrong = String::new();
    for (label, visits, expected) in cases {
        let verdicts = verdicts(&visits);
        let expected = if let [all] = expected { vec![*all; visits.len()] } else { expected.to_vec() };
        let is_expected =
            |(verdict, expected): (&&str, &&str)| expected.split('/').any(|one| one == *verdict);
        if !verdicts.iter().zip(&expected).all(is_expected) {
            writeln!(wrong, "{label}: {verdicts:?}, not {expected:?}").unwrap();
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// Looks at three articles.
fn three() -> [Visit; 3] {
    [look("/2026/ferry-late", "ferry"), look("/2026/storks", "stork"), look("/2026/bread", "bread")]
}

fn all(visits: impl IntoIterator<Item = Visit>, change: impl Fn(Visit) -> Visit) -> Vec<Visit> {
    visits.into_iter().map(change).collect()
}

const TITLES: [&str; 6] = [
    "Ferry late again",
    "Storks nest on the old mill",
    "Bread costs more in the whole county",
    "Inspectors close the iron bridge",
    "A fishing boat is missing at sea",
    "Bees that sleep badly dance badly",
];

const SUMMARIES: [&str; 6] = [
    "Thirty people waited on the quay in the rain for two hours on Monday.",
    "The miller stopped the sails and means to leave them so until the young ones fly.",
    "Bakers name electricity and butter as reasons for the new price of a loaf.",
    "Lorries have to drive by way of Norden for the next six weeks or more.",
    "Two lifeboats and a helicopter searched until nightfall off the coast.",
    "Naps during the day do not help a bee that was kept awake at night.",
];

/// A list of articles, as a home page or a section shows it.
fn teasers() -> String {
    let teaser = |(at, (title, summary)): (usize, (&&str, &&str))| {
        format!("<h2><a href=\"/2026/story-{at}\">{title}</a></h2><p>{summary}</p>")
    };
    TITLES.iter().zip(&SUMMARIES).enumerate().map(teaser).collect()
}

#[test]
#[allow(clippy::too_many_lines)] // it is a table
fn an_article_that_became_another_page_is_held_back() {
    let twice = |story| format!("<p>{}</p>", stories()[story].body);
    check(vec![
        (
            "a casino on every page of the domain",
            all(three(), |it| it.says("casino").undated()),
            &["replaced"],
        ),
        ("a casino on one page", vec![look("/2026/ferry-late", "ferry").says("casino")], &["replaced"]),
        (
            "a casino behind a redirect",
            all(three(), |it| it.says("casino").at("/spam").undated()),
            &["replaced"],
        ),
        (
            "a casino in Russian",
            vec![look("/ru/1", "harbour_ru").says("casino_ru").in_language("ru")],
            &["replaced"],
        ),
        (
            "a Japanese domain for sale",
            vec![look("/ja/1", "harbour_ja").says("parked_ja").in_language("ja")],
            &["replaced"],
        ),
        ("a relaunch", all(three(), |it| it.says("relaunch").undated()), &["replaced"]),
        ("a relaunch at one page", vec![look("/2026/storks", "stork").says("relaunch")], &["replaced"]),
        (
            "a relaunch in German",
            all(three(), |it| it.says("relaunch_german").in_language("de").undated()),
            &["language"],
        ),
        ("about us", vec![look("/2026/bees", "bees").says("about").undated()], &["replaced"]),
        ("a shop", vec![look("/2026/bees", "bees").says("shop").undated()], &["replaced"]),
        (
            "a section",
            vec![look("/2026/bees", "bees").shows("World", &teasers())],
            &["replaced/shrunk/listing"],
        ),
        (
            "a search",
            vec![look("/2026/bees", "bees").shows("Search results", &teasers())],
            &["replaced/shrunk/listing"],
        ),
        (
            "each the next one's page, by a cache",
            vec![
                look("/2026/ferry-late", "ferry").says("stork"),
                look("/2026/storks", "stork").says("bread"),
                look("/2026/bread", "bread").says("ferry"),
            ],
            &["replaced"],
        ),
        ("the page of another article", vec![look("/2026/boat", "boat").says("bees")], &["replaced"]),
        (
            "a login that kept the title",
            vec![look("/2026/ferry-late", "ferry").says_under_its_title("wall")],
            &["replaced"],
        ),
        (
            "a login that kept the title and is long",
            vec![look("/2026/ferry-late", "ferry").shows(TITLES[0], &twice("wall").repeat(2))],
            &["replaced"],
        ),
    ]);
}

#[test]
#[allow(clippy::too_many_lines)] // it is a table
fn one_text_or_title_in_place_of_several_articles_is_held_back() {
    check(vec![
        (
            "a shell with each one's title",
            all(three(), |it| it.says_under_its_title("shell")),
            &["replaced/shared"],
        ),
        (
            "an offer with each one's title",
            all([look("/1", "boat"), look("/2", "bees")], |it| {
                let title = it.title.clone();
                it.shows("A report", &stories()["offer"].body).retitled(&title)
            }),
            &["replaced/shared"],
        ),
        (
            "the text of another one, with its own title",
            vec![look("/2026/bees", "bees").says_under_its_title("boat"), look("/2026/boat", "boat")],
            &["shared", ""],
        ),
        (
            "what another page is held back for",
            vec![
                look("/2026/bees", "bees")
                    .says_under_its_title("offer")
                    .beside_held(false, "replaced", "offer"),
            ],
            &["shared"],
        ),
        (
            "what it is held back for with others",
            vec![
                look("/2026/bees", "bees").says_under_its_title("offer").beside_held(true, "shared", "offer"),
            ],
            &["shared"],
        ),
        ("one title for all", all(three(), |it| it.retitled("Welcome to our new pages")), &["shared"]),
        (
            "one page behind several new links",
            vec![
                link("/go/1", TITLES[0]).says("offer").at("/offer"),
                link("/go/2", TITLES[1]).says("offer").at("/offer"),
                link("/go/3", TITLES[2]).says("offer").at("/offer"),
            ],
            &["shared"],
        ),
        (
            "one text at several new links",
            vec![
                link("/new/1", TITLES[0]).says("shell"),
                link("/new/2", TITLES[1]).says("shell"),
                link("/new/3", TITLES[2]).says("shell"),
            ],
            &["shared"],
        ),
        (
            "one article behind its own link and others'",
            vec![
                new("/2026/ferry-late", "ferry"),
                link("/go/2", TITLES[1]).says("ferry").at("/2026/ferry-late"),
                link("/go/3", TITLES[2]).says("ferry").at("/2026/ferry-late"),
            ],
            &["", "shared", "shared"],
        ),
    ]);
}

#[test]
fn a_link_that_leads_to_no_article_is_held_back() {
    let first = || link("/2026/11/island-ferry-delayed-again", TITLES[0]);
    let bare = || link("/2026/11/island-ferry-delayed-again", "");
    let beside = |visit: Visit| {
        vec![visit, new("/2026/storks", "stork"), new("/2026/bread", "bread"), new("/2026/boat", "boat")]
    };
    check(vec![
        ("home", vec![first().shows("The Gull", &teasers()).at("/")], &["home"]),
        ("home without a title", vec![bare().shows("News from Norden", &teasers()).at("/")], &["home"]),
        ("home in a language", vec![first().says("about").at("/en/")], &["home"]),
        ("home as a file", vec![first().says("shell").at("/index.php")], &["home"]),
        ("home, later", vec![look("/2026/11/ferry", "ferry").shows("News", &teasers()).at("/")], &["home"]),
        ("home without a redirect", vec![first().shows("News from Norden", &teasers())], &["listing"]),
        ("the section above", vec![first().shows("November 2026", &teasers()).at("/2026/11/")], &["listing"]),
        ("the section above, as a text", vec![first().says("about").at("/2026/")], &["listing"]),
        ("a section", vec![first().shows("At sea", &teasers()).undated()], &["listing"]),
        ("a section without a title", vec![bare().shows("At sea", &teasers()).undated()], &["listing"]),
        (
            "a section, as its link says",
            vec![link("/sea/", "Sea").shows("Sea", &teasers()).undated()],
            &["listing"],
        ),
        ("a section with dates", vec![link("/sea/", "").shows("Sea", &teasers())], &["listing"]),
        ("the source's listing", vec![link("/world/", "World").shows("World", &teasers())], &["listing"]),
        ("the source's listing behind a link", vec![first().says("shell").at("/world/")], &["listing"]),
        ("a tag", vec![first().shows("Harbour", &teasers()).at("/tag/harbour")], &["listing"]),
        ("a tag as a text", vec![first().says("shell").at("/topics/harbour")], &["listing"]),
        ("a search", vec![first().shows("Search: late", &teasers()).at("/?s=late")], &["listing"]),
        ("a search without hits", vec![first().says("about").at("/search?q=late")], &["listing"]),
        ("a shop behind a redirect", vec![first().says("shop").at("/shop")], &["listing"]),
        ("a shop", vec![first().says("shop").undated()], &["promise"]),
        ("about us", vec![first().says("about").undated()], &["promise"]),
        ("about us behind a redirect", vec![first().says("about").undated().at("/about")], &["promise"]),
        ("a dated page about us beside articles", beside(first().says("about")), &["promise", "", "", ""]),
        ("an offer with a date beside articles", beside(first().says("offer")), &["promise", "", "", ""]),
    ]);
}

#[test]
#[allow(clippy::too_many_lines)] // it is a table
fn honest_changes_of_an_article_are_believed() {
    let picture = "<p><img src=\"/i/quay.jpg\" alt=\"The quay\"></p>";
    let ferry = || look("/2026/ferry-late", "ferry");
    check(vec![
        ("a typing mistake in each", all(three(), |it| it.edited("the", "teh")), &[""]),
        ("a figure", vec![ferry().edited("12,400", "14,200")], &[""]),
        ("a paragraph more in each", all(three(), |it| it.and("<p>The council meets on Friday.</p>")), &[""]),
        ("a correction of half the text", vec![ferry().says("ferry_corrected")], &[""]),
        ("a rewrite with another title", vec![ferry().says("ferry_rewritten")], &[""]),
        ("a rewrite with its title", vec![ferry().says_under_its_title("ferry_rewritten")], &[""]),
        ("a translation", vec![ferry().says("ferry_german").in_language("de")], &[""]),
        (
            "a translation with its picture",
            vec![ferry().was_with(picture).says("ferry_german").and(picture).in_language("de")],
            &[""],
        ),
        ("a live blog that grows", vec![look("/live/1", "liveblog").says("liveblog_grown")], &[""]),
        (
            "a live blog that keeps its newest entries",
            vec![look("/live/1", "liveblog_grown").says("liveblog")],
            &[""],
        ),
        ("what was coming soon", vec![look("/2026/bees", "soon").says("bees")], &[""]),
        (
            "another text, as the listing says",
            vec![look("/latest", "ferry").says("stork").told(TITLES[1])],
            &[""],
        ),
        (
            "today's picture behind one link, as the listing says",
            vec![look("/latest", "ferry").says("stork").told(TITLES[1]).at("/2026/storks")],
            &[""],
        ),
        (
            "the weather of the day",
            vec![look("/weather", "weather_monday").says("weather_tuesday").dated("2026-11-24T08:00:00Z")],
            &[""],
        ),
        ("a renamed slug", vec![ferry().at("/2026/ferry-to-holm-late")], &[""]),
        (
            "a relaunch that moves all",
            vec![
                ferry().at("/news/ferry"),
                look("/2026/storks", "stork").at("/news/stork"),
                look("/2026/bread", "bread").at("/news/bread"),
            ],
            &[""],
        ),
        (
            "a suffix of each title",
            all(three(), |it| {
                let title = format!("{} | The Gull", it.title);
                it.retitled(&title)
            }),
            &[""],
        ),
        ("a footer in each", all(three(), |it| it.and("<p>Follow us on every channel for more.</p>")), &[""]),
        (
            "a source of two articles",
            vec![
                ferry().edited("two benches", "three benches"),
                look("/2026/bees", "bees").edited("212", "221"),
            ],
            &[""],
        ),
        (
            "the same news in two stories",
            vec![
                ferry().and("<p>The county council has fallen on Tuesday night.</p>"),
                look("/2026/bridge", "bridge").and("<p>The county council has fallen on Tuesday night.</p>"),
            ],
            &[""],
        ),
        (
            "Russian news, edited",
            vec![look("/ru/1", "harbour_ru").edited("тридцать", "сорок").in_language("ru")],
            &[""],
        ),
        (
            "Japanese news, edited",
            vec![look("/ja/1", "harbour_ja").edited("三十人", "四十人").in_language("ja")],
            &[""],
        ),
        (
            "a new title for an old text",
            vec![ferry().retitled("Thirty passengers left standing in the rain")],
            &[""],
        ),
        (
            "good again after it was held back",
            vec![ferry().edited("thirty", "forty").beside_held(true, "replaced", "casino")],
            &[""],
        ),
        (
            "what its owner released",
            vec![ferry().shows("News", &teasers()).at("/").released("home").told("News")],
            &[""],
        ),
    ]);
}

#[test]
#[allow(clippy::too_many_lines)] // it is a table
fn honest_new_articles_are_believed() {
    let roundup: String = (1..7)
        .map(|n| {
            format!(
                "<h3><a href=\"https://other-{n}.example/{n}\">What others write, part {n}</a></h3><p>A long read \
                 about tides and timetables, and worth every minute.</p>"
            )
        })
        .collect();
    let story = |n: u32, body: &str| {
        link(&format!("/episodes/{n}"), &format!("Episode {n}")).shows(&format!("Episode {n}"), body)
    };
    let notes = &stories()["about"].body;
    let shown = |n: u32, body: &str| {
        link(&format!("/pictures/{n}"), "Picture of the day")
            .shows("Picture of the day", &format!("<p><img src=\"/i/{n}.jpg\" alt=\"\"></p>{body}"))
    };
    check(vec![
        (
            "a first run",
            vec![new("/1", "ferry"), new("/2", "stork"), new("/3", "bread"), new("/4", "boat")],
            &[""],
        ),
        (
            "one that is called like a section",
            vec![link("/2026/world", "World").shows("World", &stories()["bees"].body)],
            &[""],
        ),
        (
            "one about us, as its link says",
            vec![link("/2026/about-us", "About us").says("about").undated()],
            &[""],
        ),
        ("one about a shop, as its link says", vec![new("/2026/gifts", "shop").undated()], &[""]),
        (
            "a line and a link",
            vec![
                link("/l/1", "A map of all tides")
                    .shows(
                        "A map of all tides",
                        "<p>Wonderful: <a href=\"https://maps.example/\">a map of all tides</a>.</p>",
                    )
                    .undated(),
            ],
            &[""],
        ),
        (
            "a round-up of links",
            vec![link("/2026/links", "Links of the week").shows("Links of the week", &roundup)],
            &[""],
        ),
        (
            "its own best stories",
            vec![
                link("/2026/best", "Our best stories of the year")
                    .shows("Our best stories of the year", &teasers()),
            ],
            &[""],
        ),
        (
            "its own best stories without a date",
            vec![
                link("/2026/best", "Our best stories of the year")
                    .shows("Our best stories of the year", &teasers())
                    .undated(),
            ],
            &[""],
        ),
        ("episodes with the same notes", vec![story(1, notes), story(2, notes), story(3, notes)], &[""]),
        (
            "pictures of the day with the same notes",
            vec![shown(1, notes), shown(2, notes), shown(3, notes)],
            &[""],
        ),
        (
            "short notes under one title",
            vec![
                link("/w/1", "Weather").says("weather_monday"),
                link("/w/2", "Weather").says("weather_tuesday"),
            ],
            &[""],
        ),
        (
            "another headline in the listing",
            vec![link("/2026/11/x", "Passengers to Holm wait in the rain").says("ferry")],
            &[""],
        ),
        ("a pun in the listing", vec![link("/2026/11/x", "Waiting for Godot again").says("ferry")], &[""]),
        ("a link that only says more", vec![link("/2026/11/x", "Read more").says("ferry").undated()], &[""]),
        ("no title, and a number for a path", vec![link("/?p=123", "").says("ferry").undated()], &[""]),
        (
            "a number that leads to a path",
            vec![link("/?p=123", "").says("ferry").at("/2026/ferry-late")],
            &[""],
        ),
        (
            "a form for phones",
            vec![link("/2026/ferry-late/amp", TITLES[0]).says("ferry").at("/2026/ferry-late")],
            &[""],
        ),
        ("a page's number", vec![link("/2026/ferry-late/2", "").says("ferry").at("/2026/ferry-late")], &[""]),
        (
            "a number without its title",
            vec![link("/article/482913/ferry-late", "").says("ferry").at("/article/482913")],
            &[""],
        ),
        (
            "one article under two links",
            vec![
                new("/2026/ferry-late", "ferry"),
                link("/go/1", TITLES[0]).says("ferry").at("/2026/ferry-late"),
            ],
            &[""],
        ),
        (
            "one article in two sections",
            vec![new("/sea/ferry-late", "ferry"), new("/news/ferry-late", "ferry")],
            &[""],
        ),
        (
            "a home page that is the article",
            vec![link("/", "Inspectors close the iron bridge").says("bridge")],
            &[""],
        ),
        (
            "a Russian headline in another case",
            vec![link("/ru/1", "Опоздание парома на остров Хольм").says("harbour_ru").in_language("ru")],
            &[""],
        ),
        (
            "a Russian text under a Latin path",
            vec![
                link("/ru/parom-snova-opozdal-na-ostrov", "").says("harbour_ru").in_language("ru").undated(),
            ],
            &[""],
        ),
        (
            "a Russian text under a Latin headline",
            vec![link("/ru/2", "Parom snova opozdal").says("harbour_ru").in_language("ru").undated()],
            &[""],
        ),
        (
            "a German path without umlauts",
            vec![link("/de/faehre-spaet-verspaetung", "").says("ferry_german").in_language("de").undated()],
            &[""],
        ),
        (
            "a Japanese headline that is shorter",
            vec![link("/ja/1", "島へのフェリー遅れる").says("harbour_ja").in_language("ja")],
            &[""],
        ),
        (
            "a German text under an English link",
            vec![
                link("/de/1", "Ferry to Holm late again, says Ann Sorley")
                    .says("ferry_german")
                    .in_language("de"),
            ],
            &[""],
        ),
        (
            "a section's name for a link's title",
            vec![
                link("/2026/1", "Sea and coast").says("boat"),
                link("/2026/2", "Sea and coast").says("ferry"),
                link("/2026/3", "Sea and coast").says("bridge"),
            ],
            &[""],
        ),
    ]);
}

#[test]
fn a_run_of_honest_pages_is_judged_as_each_alone() {
    let names = ["ferry", "stork", "bread", "bridge", "boat", "bees"];
    let visits: Vec<Visit> =
        names.iter().map(|name| look(&format!("/{name}"), name).and("<p>More on Friday.</p>")).collect();
    let alone: Vec<&str> = visits.iter().flat_map(|visit| verdicts(std::slice::from_ref(visit))).collect();
    assert_eq!(verdicts(&visits), alone);
}
