//! Recorded weeks of two sources, replayed: whatever a site does to its articles, a client that reads every published
//! state sees each of them once, under one id, and as changed only where it says something else.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;
use tearsheet::config;
use tearsheet::pipeline;
use tempfile::TempDir;

use crate::program::ON_LOOPBACK;
use crate::small_site::SmallSite;

/// An article as its site has it.
#[derive(Clone)]
struct Story {
    path: String,
    title: String,
    date: String,
    text: String,
    canonical: Option<String>,
}

const FEEDS: [&str; 4] = ["all/atom.xml", "all/rss.xml", "all/feed.json", "gulls/atom.xml"];
const NAMES: [&str; 7] = ["anchor", "beacon", "cutter", "dinghy", "estuary", "ferry", "gangway"];

impl Story {
    fn new(name: &str, day: usize) -> Story {
        let paragraph = |part: &str| {
            format!(
                "In {part} of the story about the {name} the harbour master explains how the {name} came to be \
                 where it is, what it cost the town in the years after the flood, and who has cared for it since."
            )
        };
        Story {
            path: format!("/stories/the-old-{name}"),
            title: format!("The old {name} and those who look after it"),
            date: format!("2025-02-{:02}", 20 + day),
            text: ["the beginning", "the middle", "the end"].map(paragraph).join("\n"),
            canonical: None,
        }
    }

    fn write(&self, site: &SmallSite) {
        let canonical = self.canonical.as_ref().map(|path| format!("<link rel=canonical href=\"{path}\">"));
        let paragraphs: String = self.text.lines().map(|line| format!("<p>{line}</p>")).collect();
        let Story { path, title, date, .. } = self;
        let page = format!(
            "<!doctype html><html lang=en><head><title>{title}</title>{}</head><body><article><h1>{title}</h1>\
             <p class=byline>By Ada Keeper, <time datetime=\"{date}\">{date}</time></p>{paragraphs}\
             <p class=note>Write to the harbour office if you know more about this story than we do.</p>\
             </article></body></html>",
            canonical.unwrap_or_default()
        );
        site.put(path, &page);
    }
}

/// The site, and a client that has read every state so far.
pub(crate) struct Week {
    site: SmallSite,
    root: TempDir,
    stories: BTreeMap<&'static str, Story>,
    /// What the site has ever listed, and what of it no run has seen yet.
    listed: BTreeSet<&'static str>,
    fresh: BTreeSet<&'static str>,
    /// Of each feed, by story: its id, and when it was last updated.
    seen: BTreeMap<&'static str, BTreeMap<&'static str, (String, DateTime<Utc>)>>,
}

impl Week {
    async fn begin() -> Week {
        let site = SmallSite::start().await;
        let root = tempfile::tempdir().unwrap();
        let sources = root.path().join("config/sources");
        fs::create_dir_all(&sources).unwrap();
        let feed = "[[feed]]\nid = \"all\"\nsources = [\"*\"]\n";
        fs::write(root.path().join("config/tearsheet.toml"), format!("{ON_LOOPBACK}{feed}")).unwrap();
        fs::write(sources.join("gulls.toml"), format!("url = \"{}\"\nkind = \"listing\"\n", site.url))
            .unwrap();
        let rss = site.at("/rss.xml");
        fs::write(sources.join("cliffs.toml"), format!("url = \"{rss}\"\nkind = \"feed\"\n")).unwrap();
        let stories = NAMES.iter().enumerate().map(|(day, name)| (*name, Story::new(name, day))).collect();
        let (listed, fresh, seen) = Default::default();
        Week { site, root, stories, listed, fresh, seen }
    }

    fn edit(&mut self, name: &str, edit: impl FnOnce(&mut Story)) {
        let story = self.stories.get_mut(name).unwrap();
        edit(story);
        story.write(&self.site);
    }

    /// Puts these stories on the listing, in this order, and the first three of them into the other source's feed.
    fn list(&mut self, names: &[&'static str]) {
        self.fresh.extend(names.iter().filter(|name| self.listed.insert(name)));
        let (mut cards, mut items) = (String::new(), String::new());
        for name in names {
            let Story { path, title, date, .. } = &self.stories[name];
            cards +=
                &format!("<div class=card><h3><a href=\"{path}\">{title}</a></h3><time>{date}</time></div>");
        }
        for name in names.iter().take(3) {
            let Story { path, title, .. } = &self.stories[name];
            items += &format!("<item><title>{title}</title><link>{path}?utm_source=rss</link></item>");
        }
        self.site.html("/", &format!("<main>{cards}</main>"));
        let channel = format!("<rss version=\"2.0\"><channel><title>Cliffs</title>{items}</channel></rss>");
        self.site.xml("/rss.xml", &channel);
    }

    /// A run on that day, and what a client makes of it: exactly these stories are updated.
    async fn day(&mut self, day: i64, updated: &[&str]) {
        let config = config::load(self.root.path()).unwrap();
        let begin: DateTime<Utc> = "2025-03-01T08:00:00Z".parse().unwrap();
        pipeline::run(&config, &[], begin + TimeDelta::days(day), &|_| {}).await.unwrap();
        self.keep(day, updated);
        for file in FEEDS {
            let moved = self.read(file);
            // RSS has no date of a change.
            let told: BTreeSet<&str> = updated.iter().copied().collect();
            let expected = if file.ends_with("rss.xml") { BTreeSet::new() } else { told };
            assert_eq!(moved, expected, "{file} on day {day}");
        }
    }

    /// Where the feeds of each day are kept for other clients, a folder a day, with what is true of that day.
    pub(crate) fn states(&self) -> PathBuf {
        self.root.path().join("states")
    }

    fn keep(&mut self, day: i64, updated: &[&str]) {
        let state = self.states().join(format!("{day:02}"));
        for file in FEEDS {
            let to = state.join(file);
            fs::create_dir_all(to.parent().unwrap()).unwrap();
            fs::copy(self.root.path().join("public").join(file), to).unwrap();
        }
        let truth = json!({ "new": std::mem::take(&mut self.fresh), "updated": updated });
        fs::write(state.join("truth.json"), truth.to_string()).unwrap();
    }

    /// Reads one feed as a client does. The stories that it takes for updated.
    fn read(&mut self, file: &'static str) -> BTreeSet<&'static str> {
        let bytes = fs::read(self.root.path().join("public").join(file)).unwrap();
        let feed = feed_rs::parser::parse(&bytes[..]).unwrap();
        let ids: BTreeSet<&String> = feed.entries.iter().map(|entry| &entry.id).collect();
        assert_eq!(ids.len(), feed.entries.len(), "{file}: no id twice");
        let seen = self.seen.entry(file).or_default();
        let mut moved = BTreeSet::new();
        for entry in &feed.entries {
            let text = entry.content.as_ref().and_then(|content| content.body.clone()).unwrap();
            let name = NAMES.iter().find(|name| text.contains(&format!("story about the {name}"))).unwrap();
            let updated = entry.updated.filter(|_| !file.ends_with("rss.xml")).unwrap_or_default();
            match seen.insert(name, (entry.id.clone(), updated)) {
                Some((id, before)) => {
                    assert_eq!(id, entry.id, "{file}: {name} has one id for ever");
                    if before != updated {
                        moved.insert(*name);
                    }
                }
                None => assert!(
                    seen.iter().all(|(other, (id, _))| other == name || *id != entry.id),
                    "{file}: {name} has an id of its own"
                ),
            }
        }
        moved
    }
}

fn forget_index(root: &Path) {
    for name in ["index.sqlite", "index.sqlite-wal", "index.sqlite-shm"] {
        let _ = fs::remove_file(root.join("archive").join(name));
    }
}

/// The weeks, with every state read by our own client.
pub(crate) async fn replay() -> Week {
    let mut week = Week::begin().await;
    for name in NAMES {
        week.edit(name, |_| {});
    }
    week.list(&["ferry", "estuary", "dinghy", "cutter", "beacon", "anchor"]);
    week.day(0, &[]).await;

    week.edit("anchor", |story| story.text += "\nSince yesterday there has been a second one beside it.");
    week.edit("beacon", |story| story.text = story.text.replacen("explains", "explians", 1));
    week.day(1, &["anchor"]).await;

    week.edit("cutter", |story| story.title = "The old cutter has a new owner at last".to_owned());
    week.list(&["gangway", "anchor", "ferry", "cutter", "estuary", "beacon"]);
    week.day(2, &["cutter"]).await;

    // One comes back under a new address that the old one names, one has another slug and the same text.
    week.site.move_to("/stories/the-old-dinghy", "/2025/the-dinghy");
    week.edit("dinghy", |story| story.path = "/2025/the-dinghy".to_owned());
    week.site.fail("/stories/the-old-estuary", 404);
    week.edit("estuary", |story| story.path = "/stories/the-very-old-estuary".to_owned());
    week.list(&["gangway", "dinghy", "anchor", "ferry", "cutter", "estuary", "beacon"]);
    week.day(3, &[]).await;

    forget_index(week.root.path());
    week.list(&["beacon", "estuary", "cutter", "ferry", "anchor", "dinghy", "gangway"]);
    week.day(4, &[]).await;

    week.edit("ferry", |story| {
        story.canonical = Some("/ferries/the-old-ferry".to_owned());
        story.title = "The old ferry sails again after all these years".to_owned();
    });
    week.edit("gangway", |story| story.date = "2025-02-25".to_owned());
    week.list(&["ferry", "gangway", "estuary", "cutter", "anchor", "dinghy", "beacon"]);
    week.day(7, &["ferry"]).await;

    // The same pages, read differently: what another version of the program may do.
    for source in ["gulls", "cliffs"] {
        let path = week.root.path().join(format!("config/sources/{source}.toml"));
        let text = fs::read_to_string(&path).unwrap();
        fs::write(path, format!("{text}[article]\nremove = [\"p.note\"]\n")).unwrap();
    }
    week.day(35, &[]).await;
    forget_index(week.root.path());
    week.day(36, &[]).await;
    week
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_reads_every_state_sees_each_article_once() {
    let week = replay().await;
    let archived = pipeline::entries(&config::load(week.root.path()).unwrap()).unwrap();
    assert_eq!(archived.len(), NAMES.len());
    assert!(
        archived.iter().any(|entry| !entry.article.text.contains("harbour office")),
        "it was read differently"
    );
}
