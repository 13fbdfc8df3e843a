//! The past of a feed: a reader that follows its archive documents gets every article, and nothing in a full one changes.

use std::collections::{BTreeMap, BTreeSet};

use tearsheet::model::ArticleId;
use tearsheet::pipeline;

use crate::follow::{Followed, after};
use crate::program::files;
use crate::small_site::{SmallSite, cards, path, rss, title};

pub(crate) const BASE: &str = "https://feeds.example/";

/// What a reader knows of a feed: what it has read so far, by the addresses of the documents, and the titles by id.
#[derive(Default)]
struct Reader {
    seen: BTreeSet<String>,
    titles: BTreeMap<String, String>,
}

impl Reader {
    /// Reads the feed, and of its past what it does not know yet. How many documents it asked for.
    fn poll(&mut self, public: &BTreeMap<String, Vec<u8>>, feed: &str) -> usize {
        let mut asked = 0;
        let mut next = Some(feed.to_owned());
        // From the newest on: what a later document says of an article counts.
        let mut read = BTreeSet::new();
        while let Some(address) = next.take() {
            let file = address.split('?').next().unwrap();
            let document = &public[file];
            asked += 1;
            for entry in feed_rs::parser::parse(&document[..]).unwrap().entries {
                if read.insert(entry.id.clone()) {
                    self.titles.insert(entry.id, entry.title.unwrap().content);
                }
            }
            next = before(&address, document).filter(|before| self.seen.insert(before.clone()));
        }
        asked
    }
}

/// The address of the document before this one.
fn before(address: &str, document: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(document).unwrap();
    let target = if address.contains(".json") {
        let feed: serde_json::Value = serde_json::from_str(text).unwrap();
        feed["next_url"].as_str().map(str::to_owned)
    } else {
        link(text, "prev-archive")
    };
    target.map(|target| in_public(address, &target))
}

fn link(text: &str, rel: &str) -> Option<String> {
    let document = roxmltree::Document::parse(text).unwrap();
    let mut links = document.descendants().filter(|node| node.tag_name().name() == "link");
    let link = links.find(|link| link.attribute("rel") == Some(rel))?;
    Some(link.attribute("href").unwrap().to_owned())
}

/// The path below the output folder of what `address` links to.
fn in_public(address: &str, target: &str) -> String {
    let base = url::Url::parse(BASE).unwrap().join(address).unwrap();
    base.join(target).unwrap().as_str().strip_prefix(BASE).unwrap().to_owned()
}

/// A site with a feed of its newest articles, followed with `settings`.
pub(crate) struct Cliffs {
    pub(crate) site: SmallSite,
    pub(crate) followed: Followed,
    pub(crate) hours: i64,
}

impl Cliffs {
    pub(crate) async fn new(settings: &str) -> Cliffs {
        let site = SmallSite::start().await;
        let source = format!("url = \"{}\"\nlimit = 300\n", site.at("/feed.xml"));
        Cliffs { followed: Followed::with(&[("gulls", source)], settings), site, hours: 0 }
    }

    /// A run in which the feed lists these articles.
    pub(crate) async fn lists(
        &mut self,
        articles: std::ops::RangeInclusive<u32>,
    ) -> BTreeMap<String, Vec<u8>> {
        self.site.articles(articles.clone());
        self.site.xml("/feed.xml", &rss(articles.rev()));
        self.run().await
    }

    pub(crate) async fn run(&mut self) -> BTreeMap<String, Vec<u8>> {
        self.hours += 24;
        pipeline::run(&self.followed.config, &[], after(self.hours), &|_| {}).await.unwrap();
        files(&self.followed.path("public"))
    }
}

const FEEDS: [&str; 3] = ["gulls/atom.xml", "gulls/rss.xml", "gulls/feed.json"];

fn titles(articles: std::ops::RangeInclusive<u32>) -> BTreeSet<String> {
    articles.map(title).collect()
}

fn titles_of(reader: &Reader) -> BTreeSet<String> {
    reader.titles.values().cloned().collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_that_walks_gets_every_article_once_and_what_is_full_never_changes() {
    let mut cliffs = Cliffs::new("").await;
    let first = cliffs.lists(1..=60).await;
    let mut readers: Vec<Reader> = FEEDS.iter().map(|_| Reader::default()).collect();
    for (reader, feed) in readers.iter_mut().zip(FEEDS) {
        assert_eq!(reader.poll(&first, feed), 3, "{feed}: itself, the open document and the full one");
        assert_eq!((titles_of(reader), reader.titles.len()), (titles(1..=60), 60), "{feed}");
    }
    let second = cliffs.lists(1..=131).await;
    for (path, bytes) in first.iter().filter(|(path, _)| path.contains("history/0001")) {
        assert!(second[path] == *bytes, "{path} was full");
    }
    // One that remembers what it has seen, and was away while more came than the feed carries.
    for (reader, feed) in readers.iter_mut().zip(FEEDS) {
        assert_eq!(reader.poll(&second, feed), 3, "{feed}");
        assert_eq!((titles_of(reader), reader.titles.len()), (titles(1..=131), 131), "{feed}");
    }
    let third = cliffs.lists(1..=132).await;
    let changed: Vec<&str> = third
        .iter()
        .filter(|(path, bytes)| path.contains("history/") && second.get(*path) != Some(bytes))
        .map(|(path, _)| path.as_str())
        .collect();
    assert_eq!(changed, Vec::<&str>::new(), "the feed itself carries what the open document lacks");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_leaves_a_small_feed_comes_into_the_open_document() {
    let mut cliffs = Cliffs::new("[[feed]]\nid = \"few\"\nsize = 3\n").await;
    let mut readers: Vec<Reader> = FEEDS.iter().map(|_| Reader::default()).collect();
    for last in [2, 3, 4, 9, 52, 53, 99, 101, 103] {
        let public = cliffs.lists(1..=last).await;
        for (reader, feed) in readers.iter_mut().zip(FEEDS.map(|feed| feed.replace("gulls", "few"))) {
            reader.poll(&public, &feed);
            assert_eq!(titles_of(reader), titles(1..=last), "{feed}, up to {last}");
            let mut first = Reader::default();
            first.poll(&public, &feed);
            assert_eq!(titles_of(&first), titles(1..=last), "{feed}, up to {last}, for the first time");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn documents_name_the_feed_and_their_neighbours_and_say_what_they_are() {
    let mut cliffs = Cliffs::new("").await;
    let public = cliffs.lists(1..=120).await;
    let text = |path: &str| String::from_utf8(public[path].clone()).unwrap();
    for (feed, name) in [("atom.xml", "xml"), ("rss.xml", "-rss.xml")] {
        let document = |number: u32| {
            let dot = if name.starts_with('-') { "" } else { "." };
            format!("gulls/history/{number:04}{dot}{name}")
        };
        let second = text(&document(2));
        let of = |rel: &str| link(&second, rel).map(|url| url.strip_prefix(BASE).unwrap().to_owned());
        assert_eq!(of("current"), Some(format!("gulls/{feed}")));
        assert_eq!(of("prev-archive"), Some(document(1)));
        assert_eq!(of("next-archive"), Some(document(3)));
        assert_eq!(of("self"), Some(document(2)));
        assert!(second.contains("<fh:archive"), "{second}");
        assert!(!text(&format!("gulls/{feed}")).contains("fh:archive"));
        assert_eq!(link(&text(&document(1)), "prev-archive"), None);
        assert_eq!(link(&text(&document(3)), "next-archive"), None);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_filled_in_later_and_what_is_corrected_comes_along_and_a_rebuild_cuts_alike() {
    let site = SmallSite::start().await;
    site.articles(1..=70);
    site.html(
        "/",
        &format!("<main>{}</main><nav><a rel=next href=\"/old\">Older</a></nav>", cards((61..=70).rev())),
    );
    site.html("/old", &format!("<main>{}</main>", cards((1..=60).rev())));
    let source = format!("url = \"{}\"\n", site.url);
    let settings = "[[feed]]\nid = \"all\"\n";
    let followed = Followed::with(&[("gulls", source)], settings);
    pipeline::run(&followed.config, &[], after(0), &|_| {}).await.unwrap();
    pipeline::backfill(&followed.config, &[], usize::MAX, after(1), &|_| {}).await.unwrap();
    // A correction of what has its place in a full document by now.
    let (before, corrected) = (title(65), format!("{}, and one seal", title(65)));
    let page = site.page(&path(65)).replace(&before, &corrected);
    let page =
        page.replace("came back to the northern cliffs", "stayed away: the harbour master counted none");
    site.put(&path(65), &page);
    let list = cards((61..=70).rev()).replace(&before, &corrected);
    site.html("/", &format!("<main>{list}</main><nav><a rel=next href=\"/old\">Older</a></nav>"));
    pipeline::run(&followed.config, &[], after(60), &|_| {}).await.unwrap();
    let mut told = titles(1..=70);
    assert!(told.remove(&before) && told.insert(corrected));
    let public = files(&followed.path("public"));
    for feed in ["gulls/atom.xml", "all/feed.json"] {
        let mut reader = Reader::default();
        reader.poll(&public, feed);
        assert_eq!((titles_of(&reader), reader.titles.len()), (told.clone(), 70), "{feed}");
    }
    let text = |path: &str| String::from_utf8(public[path].clone()).unwrap();
    assert!(!text("gulls/history/0001.xml").contains("harbour master"), "a full document stays");
    assert!(text("gulls/atom.xml").contains("harbour master"), "the feed tells the correction");

    std::fs::remove_dir_all(followed.path("public")).unwrap();
    pipeline::rebuild(&followed.config, after(61), &|_| {}).unwrap();
    let rebuilt = files(&followed.path("public"));
    for (path, bytes) in &public {
        assert!(rebuilt.get(path) == Some(bytes), "{path} differs");
    }
    assert_eq!(rebuilt.len(), public.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_article_that_is_withdrawn_is_gone_everywhere_in_one_run_until_it_is_released() {
    let mut cliffs = Cliffs::new("[[feed]]\nid = \"all\"\n").await;
    let before = cliffs.lists(1..=60).await;
    let url = cliffs.site.at(&path(5)).to_string();
    let config = &cliffs.followed.config;
    let names = [url.clone()];
    pipeline::withdraw(config, &names, "it names a child", after(25), &|_| {}).await.unwrap();
    let after_that = files(&cliffs.followed.path("public"));
    for (path, bytes) in &after_that {
        let text = String::from_utf8_lossy(bytes);
        assert!(!text.contains(&title(5)) && !text.contains("it names a child"), "{path}");
    }
    assert_eq!(after_that.len(), before.len() - 1, "its page is gone, every other file is there");
    let second = |public: &BTreeMap<String, Vec<u8>>| public["gulls/history/0002.xml"].clone();
    assert!(second(&before) == second(&after_that), "no other article changed its place");

    // It stays away, though its site still lists it, and when everything is made again.
    let next = cliffs.run().await;
    assert!(next == after_that);
    std::fs::remove_dir_all(cliffs.followed.path("public")).unwrap();
    pipeline::rebuild(&cliffs.followed.config, after(50), &|_| {}).unwrap();
    assert!(files(&cliffs.followed.path("public")) == after_that);

    let (released, _) = pipeline::release(&cliffs.followed.config, &names, after(51), &|_| {}).await.unwrap();
    assert_eq!(
        (released[0].title.clone(), ArticleId::parse(&released[0].id.to_string())),
        (title(5), Some(released[0].id))
    );
    assert!(files(&cliffs.followed.path("public")) == before);
    let unknown = ["https://elsewhere.example/x".to_owned()];
    assert!(pipeline::withdraw(&cliffs.followed.config, &unknown, "x", after(52), &|_| {}).await.is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_base_url_the_past_can_be_walked_on_the_disk() {
    let site = SmallSite::start().await;
    site.articles(1..=55);
    site.xml("/feed.xml", &rss((1..=55).rev()));
    let source = format!("url = \"{}\"\nlimit = 200\n", site.at("/feed.xml"));
    let mut followed = Followed::with(&[("gulls", source)], "");
    followed.config.site.base_url = None;
    pipeline::run(&followed.config, &[], after(0), &|_| {}).await.unwrap();
    let public = files(&followed.path("public"));
    for feed in FEEDS {
        let text = String::from_utf8(public[feed].clone()).unwrap();
        assert!(text.contains("\"history/0002") && !text.contains(BASE), "{feed}");
        let mut reader = Reader::default();
        assert_eq!(reader.poll(&public, feed), 3, "{feed}");
        assert_eq!((titles_of(&reader), reader.titles.len()), (titles(1..=55), 55), "{feed}");
    }
}
