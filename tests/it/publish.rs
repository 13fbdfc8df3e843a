//! Publishing: what is written is read back equal, by the parsers that readers use.

#![allow(clippy::unwrap_used)] // the functions beside the tests are tests too

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use serde::Deserialize;
use tearsheet::model::{
    Article, ArticleId, CanonicalUrl, Condition, Entry, HealthEvent, HealthKind, Held, HeldPage, Rank, Shelf,
    Source, SourceId, Trouble, TroubleKind,
};
use tearsheet::publish::{self, Beside, Feed, File, Format, Level, Settings, files, stale};
use url::Url;

#[derive(Deserialize)]
struct Input {
    settings: InputSettings,
    sources: Vec<InputSource>,
    feeds: Vec<InputFeed>,
    entries: Vec<InputEntry>,
}

#[derive(Deserialize)]
struct InputSettings {
    title: String,
    base_url: Option<Url>,
    language: String,
}

#[derive(Deserialize)]
struct InputSource {
    id: SourceId,
    url: Url,
    title: String,
    language: Option<String>,
    tags: Vec<String>,
}

#[derive(Deserialize)]
struct InputFeed {
    id: SourceId,
    title: String,
    home: Option<Url>,
    language: Option<String>,
    sources: Vec<SourceId>,
    size: usize,
    level: String,
    formats: Vec<String>,
}

#[derive(Deserialize)]
struct InputEntry {
    source: SourceId,
    url: CanonicalUrl,
    first_seen: DateTime<Utc>,
    updated: DateTime<Utc>,
    sequence: u64,
    revision: u32,
    article: Article,
}

/// A site to publish.
struct Site {
    settings: Settings,
    sources: Vec<Source>,
    feeds: Vec<Feed>,
    entries: Vec<Entry>,
}

impl Site {
    fn small() -> Site {
        let text = fs::read_to_string(fixture().join("input.json")).unwrap();
        let input: Input = serde_json::from_str(&text).unwrap();
        Site {
            settings: Settings {
                title: input.settings.title,
                base_url: input.settings.base_url,
                language: input.settings.language,
                output: PathBuf::new(),
                hubs: Vec::new(),
                theme: publish::Theme::default(),
            },
            sources: input.sources.into_iter().map(source).collect(),
            feeds: input.feeds.into_iter().map(feed).collect(),
            entries: input.entries.into_iter().map(entry).collect(),
        }
    }

    /// Every file of the site, in the order in which it is made.
    fn files(&self) -> Vec<File> {
        let mut files = publish::index_files(
            &self.settings,
            &self.feeds,
            &self.entries,
            &self.sources,
            &publish::Thumbnails::new(),
        );
        for feed in &self.feeds {
            let entries: Vec<Entry> =
                self.entries.iter().filter(|entry| feed.sources.contains(&entry.source)).cloned().collect();
            files.extend(publish::feed_files(
                &self.settings,
                feed,
                &entries,
                &self.sources,
                &Beside::default(),
            ));
        }
        for entry in &self.entries {
            let source = self.sources.iter().find(|source| source.id == entry.source).unwrap();
            files.push(publish::article_file(&self.settings, source, entry, &[], &publish::Ways::default()));
        }
        for kind in [Shelf::Tag(String::new()), Shelf::Author(String::new())] {
            files.extend(publish::shelves::names_files(&self.settings, &kind, &[]));
        }
        files.push(publish::shelves::months_file(&self.settings, &[]));
        files.extend(self.health());
        files
    }

    fn health(&self) -> Vec<File> {
        publish::health_files(&self.settings, &self.sources, &conditions(&self.entries), &events())
    }

    fn file(&self, path: &str) -> Vec<u8> {
        self.files().into_iter().find(|file| file.path == path).unwrap().bytes
    }

    fn text(&self, path: &str) -> String {
        String::from_utf8(self.file(path)).unwrap()
    }
}

fn source(input: InputSource) -> Source {
    Source { id: input.id, url: input.url, title: input.title, language: input.language, tags: input.tags }
}

fn feed(input: InputFeed) -> Feed {
    let id = input.id.clone();
    Feed {
        title: input.title,
        home: input.home,
        language: input.language,
        size: input.size,
        level: match input.level.as_str() {
            "full" => Level::Full,
            "excerpt" => Level::Excerpt,
            _ => Level::Link,
        },
        carries: publish::Carries::Articles,
        formats: input
            .formats
            .iter()
            .map(|name| match name.as_str() {
                "rss" => Format::Rss,
                "atom" => Format::Atom,
                _ => Format::Json,
            })
            .collect(),
        ..Feed::of(id, input.sources)
    }
}

fn entry(input: InputEntry) -> Entry {
    Entry {
        id: ArticleId::of(&input.url),
        source: input.source,
        url: input.url,
        first_title: input.article.title.clone(),
        first_seen: input.first_seen,
        updated: input.updated,
        not_after: None,
        sequence: input.sequence,
        rank: Rank { run: 1, at: input.first_seen, position: input.sequence.cast_signed() },
        revision: input.revision,
        stated: input.article.last_stated(),
        enclosures: Vec::new(),
        comments: None,
        article: input.article,
    }
}

/// One source is well, one cannot be read, and of one a page is held back.
fn conditions(entries: &[Entry]) -> Vec<Condition> {
    let condition = |name: &str| {
        let source = SourceId::parse(name).unwrap();
        let found: Vec<_> = entries.iter().filter(|entry| entry.source == source).collect();
        Condition {
            articles: found.len() as u64,
            newest: found.iter().map(|entry| entry.shown_at()).collect(),
            source,
            trouble: None,
            held: Vec::new(),
        }
    };
    let url = CanonicalUrl::parse("https://almina.example/1").unwrap();
    let since = "2026-11-22T06:15:00Z".parse().unwrap();
    let held = Held {
        id: ArticleId::of(&url),
        url,
        title: None,
        hold: "login".to_owned(),
        reason: "the page asks to log in and shows no article".to_owned(),
        since,
        is_revision: false,
    };
    let reason = "the server answered 500 (Internal Server Error)".to_owned();
    let trouble = Trouble { kind: TroubleKind::Failing, since, reason };
    vec![
        condition("courier"),
        Condition { held: vec![held], ..condition("al-mina") },
        Condition { trouble: Some(trouble), ..condition("werkstatt") },
    ]
}

fn events() -> Vec<HealthEvent> {
    let event = |source: &str, event, at: &str| HealthEvent {
        source: SourceId::parse(source).unwrap(),
        event,
        at: at.parse().unwrap(),
        reason: Some("it says <script>alert(1)</script>\u{1}".to_owned()),
        since: None,
        pages: Vec::new(),
    };
    let held = event("al-mina", HealthKind::Held, "2026-11-22T06:15:00Z");
    let url = CanonicalUrl::parse("https://almina.example/1").unwrap();
    let page = HeldPage { url, title: Some("<b>A & B</b>".to_owned()), reason: "it asks to pay".to_owned() };
    let recovered = event("courier", HealthKind::Recovered, "2026-11-21T06:15:00Z");
    vec![
        event("werkstatt", HealthKind::Failing, "2026-11-22T06:15:00Z"),
        HealthEvent { pages: vec![page], reason: None, ..held },
        HealthEvent { since: Some("2026-11-19T06:15:00Z".parse().unwrap()), ..recovered },
        event("courier", HealthKind::Empty, "2026-11-19T06:15:00Z"),
        event("forgotten", HealthKind::Empty, "2026-11-18T06:15:00Z"),
    ]
}

fn fixture() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/publish/small-site")
}

/// Every file below `folder`, by its path.
fn on_disk(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
                found.insert(name, fs::read(path).unwrap());
            }
        }
    }
    found
}

#[test]
fn the_small_site_is_published_as_it_was() {
    let expected = fixture().join("public");
    let files = Site::small().files();
    if std::env::var_os("UPDATE_FIXTURES").is_some() {
        let _ = fs::remove_dir_all(&expected);
        files::write(&expected, &files).unwrap();
    }
    let expected = on_disk(&expected);
    let made: BTreeMap<String, Vec<u8>> = files.into_iter().map(|file| (file.path, file.bytes)).collect();
    assert_eq!(made.keys().collect::<Vec<_>>(), expected.keys().collect::<Vec<_>>());
    for (path, bytes) in &made {
        let (made, expected) = (String::from_utf8_lossy(bytes), String::from_utf8_lossy(&expected[path]));
        assert!(made == expected, "{path} differs; see what UPDATE_FIXTURES=1 changes");
    }
}

#[test]
fn what_happened_to_sources_is_a_feed_that_readers_take() {
    let site = Site::small();
    let feed = feed_rs::parser::parse(&site.file("health.xml")[..]).unwrap();
    let titles: Vec<_> =
        feed.entries.iter().map(|entry| entry.title.as_ref().unwrap().content.as_str()).collect();
    assert_eq!(
        titles,
        [
            "صحيفة الميناء: pages held back",
            "Werkstattnotizen: cannot be read",
            "The Harbour Courier: works again",
            "The Harbour Courier: lists nothing",
        ],
        "and nothing of a source that is not followed"
    );
    let instants: HashSet<_> = feed.entries.iter().map(|entry| entry.updated).collect();
    assert_eq!(instants.len(), feed.entries.len(), "no two have one instant");
    let content = |at: usize| feed.entries[at].content.as_ref().unwrap().body.as_ref().unwrap();
    assert_eq!(content(1), "<p>it says &lt;script&gt;alert(1)&lt;/script&gt;</p>");
    assert!(
        content(0).contains(
            "<a href=\"https://almina.example/1\">&lt;b&gt;A &amp; B&lt;/b&gt;</a>: it asks to pay"
        )
    );
    assert!(content(2).contains("In trouble since 2026-11-19T06:15:00Z"));
}

#[test]
fn rss_is_read_back_with_everything_it_was_given() {
    let site = Site::small();
    let channel = rss::Channel::read_from(&site.file("courier/rss.xml")[..]).unwrap();
    assert_eq!(channel.title(), "The Harbour Courier");
    assert_eq!(channel.last_build_date(), Some("Sun, 22 Nov 2026 12:00:00 +0000"));
    assert_eq!(channel.atom_ext().unwrap().links()[0].href, "https://reading.example/courier/rss.xml");
    let titles: Vec<_> = channel.items().iter().filter_map(|item| item.title()).collect();
    assert_eq!(
        titles,
        [
            "Control tower hears nothing odd",
            "How ‹canvas› & \"friends\" draw the tide tables ]]>",
            "The Old Swing Bridge Turns Again, Ten Years After It Stuck",
        ]
    );
    let item = &channel.items()[2];
    let entry = &site.entries[0];
    assert_eq!(item.dublin_core_ext().unwrap().creators(), ["Ines Calder, Tomas Wren, Ada Okoro"]);
    assert_eq!(item.pub_date(), Some("Fri, 20 Nov 2026 07:15:00 +0000"));
    assert!(!item.guid().unwrap().is_permalink());
    assert_eq!(item.guid().unwrap().value(), entry.id.urn());
    assert!(item.content().unwrap().ends_with(&entry.article.html));
    let license = &item.extensions()["creativeCommons"]["license"][0];
    assert_eq!(license.value(), Some("https://creativecommons.org/licenses/by-sa/4.0/"));
}

#[test]
fn atom_is_read_back_with_everything_it_was_given() {
    let site = Site::small();
    let feed = atom_syndication::Feed::read_from(&site.file("courier/atom.xml")[..]).unwrap();
    assert_eq!(feed.id(), "urn:uuid:21bde4db-6453-5050-a365-7ee87f8204ea");
    assert_eq!(feed.icon(), Some("https://reading.example/assets/icon.png"));
    let rels: Vec<_> = feed.links().iter().map(atom_syndication::Link::rel).collect();
    assert_eq!(rels, ["self", "alternate"]);
    assert!(feed.entries().iter().all(|entry| !entry.authors().is_empty()));
    let picture = &feed.entries()[2].extensions()["media"]["thumbnail"][0];
    assert_eq!(picture.attrs["url"], "https://img.courier.example/2026/swing%20bridge%7Cwide.jpg");
    assert_eq!(picture.attrs["width"], "1600");
    let license = feed.entries()[2].links().iter().find(|link| link.rel() == "license").unwrap();
    assert_eq!(license.href(), "https://creativecommons.org/licenses/by-sa/4.0/");
    let content = feed.entries()[1].content().unwrap();
    assert_eq!(content.content_type(), Some("html"));
    assert_eq!(content.value(), Some(site.entries[1].article.html.as_str()));
}

#[test]
fn a_reader_sees_the_same_article_in_every_format() {
    let site = Site::small();
    let read = |path: &str| feed_rs::parser::parse(&site.file(path)[..]).unwrap();
    let feeds = ["everything/rss.xml", "everything/atom.xml", "everything/feed.json"].map(read);
    let [rss, ..] = &feeds;
    assert_eq!(rss.entries.len(), 4, "the feed's size");
    for feed in &feeds {
        for (here, there) in feed.entries.iter().zip(&rss.entries) {
            assert_eq!(here.id, there.id);
            assert_eq!(here.published, there.published);
            assert_eq!(here.links[0].href, there.links[0].href);
        }
    }
}

#[test]
fn what_json_feed_has_no_place_for_stands_in_its_extension() {
    let feed: serde_json::Value = serde_json::from_slice(&Site::small().file("courier/feed.json")).unwrap();
    let more = &feed["items"][2]["_tearsheet"];
    assert_eq!((&more["word_count"], &more["reading_minutes"]), (&300.into(), &2.into()));
    assert_eq!(more["access"], "subscribers");
    assert_eq!(more["license"], "https://creativecommons.org/licenses/by-sa/4.0/");
    assert_eq!(more["image_alt"], "An iron bridge, half turned, above a grey harbour");
}

#[test]
fn a_reading_page_says_how_long_it_takes_who_may_read_the_original_and_its_licence() {
    let site = Site::small();
    let page = site
        .files()
        .into_iter()
        .find(|file| file.path.contains("bridge-reopens") || file.path.contains("the-old-swing"))
        .unwrap();
    let page = String::from_utf8(page.bytes).unwrap();
    for part in
        ["2 min read", "For subscribers", "rel=\"license noopener noreferrer\"><bdi>CC BY-SA 4.0</bdi>"]
    {
        assert!(page.contains(part), "{part} is not in {page}");
    }
}

#[test]
fn two_entries_never_share_an_updated_instant() {
    let site = Site::small();
    let feed = atom_syndication::Feed::read_from(&site.file("everything/atom.xml")[..]).unwrap();
    let instants: HashSet<_> = feed.entries().iter().map(atom_syndication::Entry::updated).collect();
    assert_eq!(instants.len(), feed.entries().len());
    assert_eq!(site.entries[1].updated, site.entries[2].updated, "though the archive has the same second");
}

#[test]
fn a_level_decides_how_much_a_feed_carries() {
    let mut site = Site::small();
    let mut carried = |level: Level| {
        site.feeds[0].level = level;
        let channel = rss::Channel::read_from(&site.file("courier/rss.xml")[..]).unwrap();
        let item = &channel.items()[2];
        (item.description().is_some(), item.content().is_some())
    };
    assert_eq!(carried(Level::Full), (true, true));
    assert_eq!(carried(Level::Excerpt), (true, false));
    assert_eq!(carried(Level::Link), (false, false));
}

#[test]
fn without_a_base_url_there_is_no_self_link_and_the_identity_is_a_uuid() {
    let mut site = Site::small();
    site.settings.base_url = None;
    assert!(!site.text("courier/rss.xml").contains("atom:link"));
    assert!(!site.text("courier/feed.json").contains("feed_url"));
    let atom = site.text("courier/atom.xml");
    assert!(!atom.contains("rel=\"self\"") && atom.contains("<id>urn:uuid:"), "{atom}");
    assert!(site.text("courier/index.html").contains("<code>courier/rss.xml</code>"));
    assert!(site.text("feeds.opml").contains("xmlUrl=\"courier/rss.xml\""));
}

#[test]
fn a_feed_without_articles_is_a_feed() {
    let mut site = Site::small();
    site.entries.clear();
    for path in ["courier/rss.xml", "courier/atom.xml", "courier/feed.json"] {
        assert!(feed_rs::parser::parse(&site.file(path)[..]).unwrap().entries.is_empty(), "{path}");
    }
    assert!(site.text("courier/index.html").contains("No article yet."));
}

#[test]
fn the_order_of_what_is_given_does_not_matter() {
    let mut site = Site::small();
    let before: HashSet<_> = site.files().into_iter().map(|file| (file.path, file.bytes)).collect();
    site.entries.reverse();
    site.sources.reverse();
    let after: HashSet<_> = site.files().into_iter().map(|file| (file.path, file.bytes)).collect();
    assert!(before == after);
}

#[test]
fn an_article_keeps_its_path_when_its_title_and_address_change() {
    let mut entry = Site::small().entries.remove(0);
    let path = publish::article_path(&entry);
    assert!(path.starts_with("articles/courier/2026/bridge-reopens-after-ten-years-"), "{path}");
    entry.article.title = "Another title".to_owned();
    entry.article.url = CanonicalUrl::parse("https://www.courier.example/world/new-address").unwrap();
    assert_eq!(publish::article_path(&entry), path);
}

#[test]
fn a_page_needs_nothing_from_elsewhere_and_runs_nothing() {
    for file in Site::small().files().iter().filter(|file| file.path.ends_with(".html")) {
        let page = String::from_utf8(file.bytes.clone()).unwrap();
        // A search runs two scripts of the site's own.
        let (scripts, allowed) = match file.path.as_str() {
            "search.html" => (2, "script-src 'self'"),
            _ => (0, "script-src 'none'"),
        };
        assert_eq!(page.matches("<script").count(), scripts, "{}", file.path);
        assert_eq!(page.matches("<script src=\"assets/").count(), scripts, "{}", file.path);
        assert!(page.contains(allowed), "{}", file.path);
        assert!(!page.contains("stylesheet\" href=\"http"), "{}", file.path);
    }
}

#[test]
fn every_link_between_pages_leads_to_a_file() {
    let site = Site::small();
    let files = site.files();
    let paths: HashSet<&str> = files.iter().map(|file| file.path.as_str()).collect();
    let base = Url::parse("http://site.test/").unwrap();
    let mut followed = 0;
    for file in files.iter().filter(|file| file.path.ends_with(".html") || file.path.ends_with(".xml")) {
        let text = String::from_utf8(file.bytes.clone()).unwrap();
        let page = base.join(&file.path).unwrap();
        for rest in text.split("href=\"").skip(1) {
            let link = page.join(rest.split('"').next().unwrap()).unwrap();
            if link.host_str() == Some("site.test") {
                assert!(paths.contains(&link.path()[1..]), "{}: {link}", file.path);
                followed += 1;
            }
        }
    }
    assert!(followed > 50);
}

#[test]
fn a_page_speaks_its_own_language_and_the_text_its_own() {
    let mut site = Site::small();
    site.settings.language = "de-CH".to_owned();
    let page = site.text(&publish::article_path(&site.entries[3]));
    assert!(page.contains("<html lang=\"de\">"));
    assert!(page.contains("<article class=\"story\" lang=\"ar\" dir=\"rtl\">"));
    assert!(page.contains(">21. November 2026, 20:10</time>"));
}

/// A folder to publish into.
fn output() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

fn file(path: &str, text: &str) -> File {
    File { path: path.to_owned(), bytes: text.as_bytes().to_vec() }
}

#[test]
fn a_file_whose_bytes_do_not_change_is_not_touched() {
    let folder = output();
    let files = Site::small().files();
    let first = files::write(folder.path(), &files).unwrap();
    assert_eq!((first.written, first.unchanged), (files.len(), 0));
    let page = folder.path().join("courier/rss.xml");
    let long_ago = std::time::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000);
    fs::File::options().write(true).open(&page).unwrap().set_modified(long_ago).unwrap();
    let second = files::write(folder.path(), &files).unwrap();
    assert_eq!((second.written, second.unchanged), (0, files.len()));
    assert_eq!(fs::metadata(&page).unwrap().modified().unwrap(), long_ago);
}

#[test]
fn a_changed_file_is_replaced_and_leaves_nothing_beside_it() {
    let folder = output();
    files::write(folder.path(), &[file("a/b.xml", "one")]).unwrap();
    let open = fs::File::open(folder.path().join("a/b.xml")).unwrap();
    files::write(folder.path(), &[file("a/b.xml", "two")]).unwrap();
    let found = on_disk(folder.path());
    assert_eq!(found, BTreeMap::from([("a/b.xml".to_owned(), b"two".to_vec())]));
    // Who was reading the old file still reads it whole: it was replaced, not overwritten.
    assert_eq!(std::io::read_to_string(open).unwrap(), "one");
}

#[test]
fn what_a_killed_run_left_is_used_up() {
    let folder = output();
    fs::write(folder.path().join(".a.xml.new"), "ha").unwrap();
    files::write(folder.path(), &[file("a.xml", "whole")]).unwrap();
    assert_eq!(on_disk(folder.path()), BTreeMap::from([("a.xml".to_owned(), b"whole".to_vec())]));
}

#[cfg(unix)]
#[test]
fn a_web_server_may_read_what_is_written() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = output();
    files::write(folder.path(), &[file("a/b/c.xml", "one")]).unwrap();
    let mode = |path: &str| fs::metadata(folder.path().join(path)).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode("a/b"), mode("a/b/c.xml")), (0o755, 0o644));
}

#[test]
fn a_path_that_leaves_the_output_folder_is_refused() {
    let folder = output();
    let root = folder.path().join("public");
    for path in ["../a.xml", "/tmp/a.xml", "a/../../b.xml", "", ".", "a/"] {
        let refused = files::write(&root, &[file(path, "x")]);
        assert!(matches!(refused, Err(files::Error::Escapes { .. })), "{path}");
    }
    assert!(on_disk(folder.path()).is_empty());
}

#[cfg(unix)]
#[test]
fn nothing_is_written_through_a_link_that_leads_out() {
    use std::os::unix::fs::symlink;
    let folder = output();
    let (root, outside) = (folder.path().join("public"), folder.path().join("outside"));
    fs::create_dir_all(root.join("real")).unwrap();
    fs::create_dir(&outside).unwrap();
    fs::write(outside.join("kept.xml"), "kept").unwrap();
    symlink(&outside, root.join("out")).unwrap();
    symlink(outside.join("kept.xml"), root.join("file.xml")).unwrap();
    symlink(root.join("real"), root.join("in")).unwrap();
    for path in ["out/a.xml", "file.xml"] {
        assert!(matches!(files::write(&root, &[file(path, "x")]), Err(files::Error::Link { .. })), "{path}");
    }
    assert_eq!(on_disk(&outside), BTreeMap::from([("kept.xml".to_owned(), b"kept".to_vec())]));
    files::write(&root, &[file("in/a.xml", "x")]).unwrap();
    assert!(root.join("real/a.xml").exists());
}

#[test]
fn only_what_we_wrote_and_want_no_longer_is_removed() {
    let folder = output();
    let root = folder.path();
    let mut site = Site::small();
    files::write(root, &site.files()).unwrap();
    let theirs = [file("CNAME", "x"), file("blog/index.html", "<p>hello"), file("werkstatt/notes.txt", "x")];
    files::write(root, &theirs).unwrap();

    site.feeds.retain(|feed| feed.id.as_str() != "werkstatt");
    site.feeds[0].formats = vec![Format::Atom];
    let gone = site.entries.pop().unwrap();
    let wanted: HashSet<String> = site.entries.iter().map(publish::article_path).collect();
    assert_eq!(stale::remove_feeds(root, &site.feeds).unwrap(), 5);
    assert_eq!(stale::remove_articles(root, &wanted).unwrap(), 1);

    let found = on_disk(root);
    assert!(theirs.iter().all(|file| found.contains_key(&file.path)));
    let ours: HashSet<String> = site.files().into_iter().map(|file| file.path).collect();
    assert_eq!(found.len(), ours.len() + theirs.len());
    assert!(ours.iter().all(|path| found.contains_key(path)));
    assert!(!root.join("articles/werkstatt").exists(), "{}", publish::article_path(&gone));
}
