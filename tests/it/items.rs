//! Items of feeds: which article each is, whatever happens to its link, and where its text is read.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;

use chrono::{DateTime, TimeDelta, Utc};
use tearsheet::config::{self, Config};
use tearsheet::model::{Entry, Field};
use tearsheet::pipeline::{self, RunReport};
use tempfile::TempDir;

use crate::program::ON_LOOPBACK;
use crate::small_site::{SmallSite, path, title};

/// A few days after the first items.
fn begin() -> DateTime<Utc> {
    "2025-01-10T08:00:00Z".parse().unwrap()
}

/// An item of a feed, and what its page says.
#[derive(Clone, Default)]
struct Item {
    title: String,
    link: Option<String>,
    guid: Option<String>,
    text: Option<String>,
    day: u32,
}

impl Item {
    fn new(n: u32) -> Item {
        Item { title: title(n), link: Some(path(n)), guid: Some(format!("id-{n}")), text: None, day: n }
    }

    fn link(mut self, link: &str) -> Item {
        self.link = Some(link.to_owned());
        self
    }

    fn title(mut self, title: &str) -> Item {
        title.clone_into(&mut self.title);
        self
    }

    fn guid(mut self, guid: &str) -> Item {
        self.guid = Some(guid.to_owned());
        self
    }

    fn without_guid(mut self) -> Item {
        self.guid = None;
        self
    }

    fn text(mut self, text: &str) -> Item {
        self.text = Some(text.to_owned());
        self
    }
}

fn rss(items: &[Item]) -> String {
    let mut written = String::new();
    for Item { title, link, guid, text, day } in items {
        let date = chrono::NaiveDate::from_yo_opt(2025, *day).unwrap().format("%a, %d %b %Y 08:00:00 +0000");
        write!(written, "<item><title>{title}</title><pubDate>{date}</pubDate>").unwrap();
        let elements = [("link", link), ("guid isPermaLink=\"false\"", guid), ("content:encoded", text)];
        for (element, value) in elements.into_iter().filter_map(|(name, value)| Some((name, value.as_ref()?)))
        {
            let name = element.split(' ').next().unwrap();
            write!(written, "<{element}><![CDATA[{value}]]></{name}>").unwrap();
        }
        written.push_str("</item>");
    }
    format!("<rss version=\"2.0\"><channel><title>The Gull</title><link>/</link>{written}</channel></rss>")
}

/// What the feed carries of story `name`, in full.
fn carried(name: &str) -> String {
    let paragraph = |part: &str| {
        format!(
            "<p>In {part} of the story of the {name} the keeper writes down how the {name} came to the island, who \
             carried it up the hundred steps, and why nobody has moved it from its place by the door since then.</p>"
        )
    };
    ["the first part", "the second part", "the last part"].map(paragraph).concat()
}

fn page(title: &str, body: &str) -> String {
    format!("<article><h1>{title}</h1><p class=byline>By Ada Keeper</p>{body}</article>")
}

/// A site with a feed, and a root that follows it.
struct World {
    site: SmallSite,
    root: TempDir,
    runs: i64,
}

impl World {
    async fn new(sources: &[(&str, &str)]) -> World {
        let site = SmallSite::start().await;
        let root = tempfile::tempdir().unwrap();
        fs::create_dir_all(root.path().join("config/sources")).unwrap();
        fs::write(root.path().join("config/tearsheet.toml"), ON_LOOPBACK).unwrap();
        for (name, settings) in sources {
            let text = format!("url = \"{}\"\n{settings}\n", site.at("/feed.xml"));
            fs::write(root.path().join(format!("config/sources/{name}.toml")), text).unwrap();
        }
        World { site, root, runs: 0 }
    }

    async fn one() -> World {
        World::new(&[("a", "")]).await
    }

    fn config(&self) -> Config {
        config::load(self.root.path()).unwrap()
    }

    fn list(&self, items: &[Item]) {
        self.site.xml("/feed.xml", &rss(items));
    }

    /// A run, an hour after the one before.
    async fn run(&mut self) -> RunReport {
        self.run_after(1).await
    }

    async fn run_after(&mut self, hours: i64) -> RunReport {
        self.runs += hours;
        self.site.asked();
        let at = begin() + TimeDelta::hours(self.runs);
        let names: Vec<String> =
            self.config().sources.iter().map(|source| source.source.id.to_string()).collect();
        pipeline::run(&self.config(), &names, at, &|_| {}).await.unwrap()
    }

    /// What was asked for in the last run, but for the feed.
    fn asked(&self) -> Vec<String> {
        self.site.asked().into_iter().filter(|target| target != "/feed.xml").collect()
    }

    /// The articles by their titles, of the archive as it is and as it is made again of its records.
    fn articles(&self) -> BTreeMap<String, Entry> {
        let read = || {
            let entries = pipeline::entries(&self.config()).unwrap();
            let all = entries.len();
            let articles: BTreeMap<String, Entry> =
                entries.into_iter().map(|entry| (entry.article.title.clone(), entry)).collect();
            assert_eq!(articles.len(), all, "two articles have one title");
            articles
        };
        let before = read();
        pipeline::rebuild(&self.config(), begin() + TimeDelta::hours(self.runs), &|_| {}).unwrap();
        assert!(read() == before, "a rebuild gives the same");
        before
    }

    fn ids(&self) -> BTreeMap<String, String> {
        self.articles().into_iter().map(|(title, entry)| (title, entry.id.to_string())).collect()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn sources_of_one_site_ask_for_a_page_once() {
    let mut world = World::new(&[("a", ""), ("b", "tags = [\"sea\"]"), ("c", "")]).await;
    world.site.articles(1..=5);
    world.list(&(1..=5).map(Item::new).collect::<Vec<_>>());
    let report = world.run().await;
    assert_eq!(world.asked().len(), 5);
    assert_eq!(report.sources.iter().map(|source| source.new).sum::<usize>(), 5, "{report:?}");
    assert_eq!(world.articles().len(), 5);
}

#[tokio::test(flavor = "multi_thread")]
async fn items_at_one_url_are_articles_of_their_own() {
    let mut world = World::one().await;
    let release = |n: u32| Item { day: n, ..Item::default() }.title(&format!("Version {n}"));
    let log =
        |n: u32| release(n).link(&format!("/changes#v{n}")).text(&format!("<p>Lamp {n} is mended.</p>"));
    let incident = |n: u32| {
        let text = format!("<p>Since noon light {n} is dark. We look into it.</p>");
        release(n).title(&format!("Light {n} is out")).link("/status").guid(&format!("inc-{n}")).text(&text)
    };
    let notice = |n: u32| {
        let text = format!("<p>Boat {n} does not sail.</p>");
        Item { link: None, ..release(n) }.title(&format!("Boat {n}")).guid(&format!("n-{n}")).text(&text)
    };
    let items =
        |most: u32| -> Vec<Item> { (1..=most).flat_map(|n| [log(n), incident(n), notice(n)]).collect() };
    world.list(&items(2));
    let report = world.run().await;
    assert!(!report.needs_a_look(), "{report:?}");
    assert_eq!(world.asked(), [""; 0], "their texts are in the feed");
    let first = world.ids();
    assert_eq!(first.len(), 6);
    let articles = world.articles();
    assert_eq!(articles["Version 2"].article.text, "Lamp 2 is mended.");
    assert!(articles["Version 2"].article.url.as_str().ends_with("/changes#v2"), "it is linked at its place");
    assert_eq!(articles["Light 1 is out"].article.provenance[&Field::Body].from, "feed");
    world.list(&items(3));
    let report = world.run().await;
    assert_eq!((report.sources[0].new, report.sources[0].revised), (3, 0), "{report:?}");
    let second = world.ids();
    assert_eq!(second.len(), 9);
    assert!(first.iter().all(|(title, id)| second[title] == *id));
    let mended =
        incident(1).text("<p>Light 1 shines again since four o'clock, and all of its lamps are new.</p>");
    world.list(&[mended, incident(2), incident(3)]);
    let report = world.run().await;
    assert_eq!((report.sources[0].new, report.sources[0].revised), (0, 1), "{report:?}");
    assert!(world.articles()["Light 1 is out"].article.text.contains("all of its lamps"));
    assert_eq!(world.ids(), second);
    assert_eq!(world.run_after(24 * 8).await.sources[0].unchanged, 0, "they have no pages to look at");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_story_is_one_under_its_guid_whatever_else_changes() {
    let mut world = World::one().await;
    world.site.articles(1..=3);
    world.list(&[Item::new(3), Item::new(2), Item::new(1)]);
    world.run().await;
    let before = world.ids();
    let breaking = "Nothing flies tonight";
    world.site.html("/tonight", &page(breaking, &carried("storm bell")));
    world.site.fail(&path(3), 404);
    world.list(&[Item::new(3).title(breaking).link("/tonight"), Item::new(2), Item::new(1)]);
    world.run().await;
    let after = world.ids();
    assert_eq!(after.len(), 3, "{after:?}");
    assert_eq!(
        world.articles().values().filter(|entry| entry.id.to_string() == before[&title(3)]).count(),
        1
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_story_at_a_used_url_is_another_article() {
    let mut world = World::one().await;
    world.site.articles(1..=2);
    world.list(&[Item::new(2), Item::new(1)]);
    world.run().await;
    let before = world.ids();
    world.site.html(&path(2), &page("The anchor in the garden", &carried("anchor")));
    let anchor = Item { day: 9, ..Item::new(2) }.title("The anchor in the garden").guid("id-9");
    world.list(&[anchor.clone(), Item::new(1)]);
    let report = world.run().await;
    assert_eq!(report.sources[0].new, 1, "{report:?}");
    let after = world.ids();
    assert_eq!(after.len(), 3);
    assert!(before.iter().all(|(title, id)| after[title] == *id), "what was published keeps its id");
    let report = world.run_after(24).await;
    assert!(!report.needs_a_look(), "{report:?}");
    assert_eq!(world.ids(), after);
    world
        .site
        .html(&path(2), &page("The anchor in the garden", &(carried("anchor") + &carried("rusty chain"))));
    world.list(&[anchor.title("The anchor in the garden, and its chain"), Item::new(1)]);
    let report = world.run().await;
    assert_eq!((report.sources[0].new, report.sources[0].revised), (0, 1), "{report:?}");
    assert_eq!(world.ids().len(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn guids_are_learnt_of_what_is_archived_and_make_no_news() {
    let mut world = World::one().await;
    world.site.articles(1..=2);
    world.list(&[Item::new(2).without_guid(), Item::new(1).without_guid()]);
    world.run().await;
    let before = world.ids();
    for guid in ["x", "y", "z", "w"] {
        world.list(&[Item::new(2).guid(&format!("{guid}-2")), Item::new(1).guid(&format!("{guid}-1"))]);
        let report = world.run().await;
        assert_eq!((report.sources[0].new, report.sources[0].revised), (0, 0));
        assert_eq!(report.published.written, 0);
    }
    world.site.html("/elsewhere", &page(&title(2), &carried("lamp")));
    world.list(&[Item::new(2).guid("x-2").link("/elsewhere"), Item::new(1).guid("x-1")]);
    world.run().await;
    assert_eq!(world.ids(), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn links_with_random_tokens_are_not_asked_for_again() {
    for with_guid in [true, false] {
        let mut world = World::one().await;
        world.site.articles(1..=4);
        for round in 0..4 {
            let item = |n: u32| {
                let link = format!("{}?tok=r{round}n{n}", path(n));
                world.site.put(&link, &world.site.page(&path(n)));
                let item = Item::new(n).link(&link);
                if with_guid { item } else { item.without_guid() }
            };
            let items: Vec<Item> = (1..=4).rev().map(item).collect();
            world.list(&items);
            let report = world.run().await;
            let source = &report.sources[0];
            assert_eq!(
                (source.new, &source.left_out[..]),
                (if round == 0 { 4 } else { 0 }, &[][..]),
                "{report:?}"
            );
            let asked = world.asked();
            let now = format!("tok=r{round}");
            assert!(round == 0 || !asked.iter().any(|target| target.contains(&now)), "{asked:?}");
        }
        assert_eq!(world.articles().len(), 4);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_feeds_own_text_is_read_where_the_page_is_refused_and_a_better_page_replaces_it() {
    let mut world = World::one().await;
    let bell = Item::new(1).title("The bell on the rock").link("/bell").text(&carried("bell"));
    let teaser = Item::new(2)
        .title("The oar")
        .link("/oar")
        .text("<p>An oar was found… <a href=/oar>Read more</a></p>");
    world.site.fail("/bell", 403);
    world.site.fail("/oar", 403);
    world.list(&[teaser, bell]);
    let report = world.run().await;
    assert_eq!((report.sources[0].new, report.sources[0].troubles.len()), (1, 1), "{report:?}");
    let article = &world.articles()["The bell on the rock"].article;
    assert!(article.text.starts_with("In the first part of the story of the bell"));
    assert_eq!(article.provenance[&Field::Body].from, "feed");
    let report = world.run_after(6).await;
    let is_bell = |trouble: &pipeline::PageTrouble| trouble.url.path() == "/bell";
    assert!(!report.sources[0].troubles.iter().any(is_bell), "{report:?}");
    world.site.mend("/bell");
    let more = carried("bell")
        + "<p>And since last winter a second bell hangs beside it, which answers in storms.</p>";
    world.site.html("/bell", &page("The bell on the rock", &more));
    world.run_after(24).await;
    let article = &world.articles()["The bell on the rock"].article;
    assert!(article.text.contains("a second bell"));
    assert_ne!(article.provenance[&Field::Body].from, "feed");
    assert_eq!(world.articles().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_owner_says_where_texts_are_read() {
    let mut world = World::new(&[("a", "text = \"feed\"")]).await;
    world.site.html("/bell", &page("The bell on the rock", &carried("bell of the page")));
    world.list(&[Item::new(1).title("The bell on the rock").link("/bell").text(&carried("bell"))]);
    world.run().await;
    assert_eq!(world.asked(), [""; 0]);
    assert!(!world.articles()["The bell on the rock"].article.text.contains("of the page"));
    let mut world = World::new(&[("a", "text = \"page\"")]).await;
    world.site.fail("/bell", 403);
    world.list(&[Item::new(1).title("The bell on the rock").link("/bell").text(&carried("bell"))]);
    let report = world.run().await;
    assert_eq!((report.sources[0].new, report.sources[0].troubles.len()), (0, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deleted_post_is_told_once_and_what_was_published_stays() {
    let mut world = World::one().await;
    world.site.articles(1..=2);
    world.list(&[Item::new(2), Item::new(1)]);
    world.run().await;
    let before = world.ids();
    world.site.fail(&path(1), 404);
    world.list(&[Item::new(2)]);
    let mut told = 0;
    for hours in [2, 6, 24, 72] {
        let report = world.run_after(hours).await;
        assert!(!report.needs_a_look(), "{report:?}");
        told += report.sources[0].gone.len();
    }
    assert_eq!(told, 1);
    assert_eq!(world.ids(), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_renamed_post_is_linked_under_its_new_url() {
    for with_guid in [true, false] {
        let mut world = World::one().await;
        world.site.articles(1..=2);
        let item = |n: u32| if with_guid { Item::new(n) } else { Item::new(n).without_guid() };
        world.list(&[item(2), item(1)]);
        world.run().await;
        let before = world.ids();
        world.site.put("/renamed", &world.site.page(&path(1)));
        world.site.fail(&path(1), 404);
        world.list(&[item(2), item(1).link("/renamed")]);
        let report = world.run_after(2).await;
        assert!(!report.needs_a_look(), "{report:?}");
        assert_eq!(report.sources[0].gone.len(), 0, "{report:?}");
        assert_eq!(world.ids(), before);
        assert!(world.articles()[&title(1)].article.url.as_str().ends_with("/renamed"));
        let report = world.run_after(24).await;
        assert!(!world.asked().contains(&path(1)), "it is looked at in its new place");
        assert!(!report.needs_a_look(), "{report:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edit_of_an_old_post_is_seen_where_the_feed_shows_it() {
    let mut world = World::one().await;
    let bell = |text: &str| Item::new(1).title("The bell on the rock").link("/bell").text(text);
    world.site.html("/bell", &page("The bell on the rock", &carried("bell")));
    world.list(&[bell(&carried("bell"))]);
    world.run().await;
    world.run_after(24 * 60).await;
    world.run().await;
    assert_eq!(world.asked(), [""; 0], "its looks are over");
    let edited =
        carried("bell") + "<p>The bell was moved to the church after all, says a letter of the vicar.</p>";
    world.site.html("/bell", &page("The bell on the rock", &edited));
    world.list(&[bell(&edited)]);
    let report = world.run().await;
    assert_eq!(report.sources[0].revised, 1, "{report:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_that_changes_in_the_feed_alone_is_looked_at_a_few_times_only() {
    let mut world = World::one().await;
    world.site.articles(1..=1);
    let mut asked = Vec::new();
    for round in 0..7 {
        world.list(&[Item::new(1).text(&format!("{}<p>Read {round} times.</p>", carried("bell")))]);
        world.run_after(24 * 40).await;
        asked.push(world.asked().len());
    }
    assert_eq!(asked[0], 1);
    assert!(asked[1..].iter().sum::<usize>() <= 4 && asked[6] == 0, "{asked:?}");
}
