//! What feed readers make of what is published: dates, recordings, titles, footnotes, the site behind a feed.

#![allow(clippy::unwrap_used)] // the functions beside the tests are tests too

use std::collections::BTreeMap;

use tearsheet::model::{ArticleId, CanonicalUrl, Entry, Rank, Source, SourceId};
use tearsheet::pipeline;
use tearsheet::publish::{self, Beside, Feed, LinkTo, Settings};

use crate::follow::{Followed, after};
use crate::program::files;
use crate::small_site::{SmallSite, path, rss, title};

fn id(name: &str) -> SourceId {
    SourceId::parse(name).unwrap()
}

fn source(name: &str) -> Source {
    Source {
        id: id(name),
        url: format!("https://{name}.example/").parse().unwrap(),
        title: name.to_uppercase(),
        language: None,
        tags: Vec::new(),
    }
}

/// An article of the source `quay`, with these further fields.
fn entry(title: &str, more: &serde_json::Value) -> Entry {
    let url = CanonicalUrl::parse(&format!("https://quay.example/{}", title.len())).unwrap();
    let mut article = serde_json::json!({
        "url": url, "title": title, "html": "<p>Boats came in.</p>", "text": "Boats came in.", "word_count": 3,
    });
    article.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    let article: tearsheet::model::Article = serde_json::from_value(article).unwrap();
    let at = "2026-11-20T06:15:00Z".parse().unwrap();
    Entry {
        id: ArticleId::of(&url),
        source: id("quay"),
        url,
        first_title: article.title.clone(),
        first_seen: at,
        updated: at,
        not_after: None,
        sequence: 1,
        rank: Rank { run: 1, at, position: 3 },
        revision: 1,
        stated: article.last_stated(),
        enclosures: Vec::new(),
        comments: None,
        article,
    }
}

fn settings() -> Settings {
    Settings {
        title: "Feeds".to_owned(),
        base_url: Some("https://feeds.example/".parse().unwrap()),
        language: "en".to_owned(),
        output: std::path::PathBuf::new(),
        hubs: Vec::new(),
        theme: publish::Theme::default(),
    }
}

fn own() -> Feed {
    let home = Some("https://quay.example/".parse().unwrap());
    Feed { home, ..Feed::of(id("quay"), vec![id("quay")]) }
}

/// The feed's files, by format.
fn published(feed: &Feed, entries: &[Entry]) -> BTreeMap<String, String> {
    let sources = [source("quay")];
    let files = publish::feed_files(&settings(), feed, entries, &sources, &Beside::default());
    let name = |path: String| path.rsplit('/').next().unwrap().to_owned();
    files.into_iter().map(|file| (name(file.path), String::from_utf8(file.bytes).unwrap())).collect()
}

fn atom(files: &BTreeMap<String, String>) -> atom_syndication::Feed {
    atom_syndication::Feed::read_from(files["atom.xml"].as_bytes()).unwrap()
}

fn rss_of(files: &BTreeMap<String, String>) -> rss::Channel {
    rss::Channel::read_from(files["rss.xml"].as_bytes()).unwrap()
}

fn json(files: &BTreeMap<String, String>) -> serde_json::Value {
    serde_json::from_str(&files["feed.json"]).unwrap()
}

#[test]
fn atom_is_updated_when_the_publisher_last_changed_the_article_until_we_see_a_revision() {
    let updated = |entry: &Entry| {
        let files = published(&own(), std::slice::from_ref(entry));
        atom(&files).entries()[0].updated().to_utc().to_rfc3339()[..19].to_owned()
    };
    let dates = |more: serde_json::Value| entry("One", &more);
    let published_then = dates(serde_json::json!({ "published": "2026-10-02T08:00:00Z" }));
    assert_eq!(updated(&published_then), "2026-10-02T08:00:00");
    let changed =
        serde_json::json!({ "published": "2026-10-02T08:00:00Z", "modified": "2026-10-05T09:30:00Z" });
    let changed = dates(changed);
    assert_eq!(updated(&changed), "2026-10-05T09:30:00");
    let ahead = dates(serde_json::json!({ "modified": "2027-01-01T00:00:00Z" }));
    assert_eq!(updated(&ahead), "2026-11-20T06:15:00", "no later than we saw it");
    assert_eq!(updated(&dates(serde_json::json!({}))), "2026-11-20T06:15:00");
    let revised = Entry { updated: "2026-11-22T06:15:00Z".parse().unwrap(), ..changed };
    assert_eq!(updated(&revised), "2026-11-22T06:15:00");
}

#[test]
fn a_recording_is_attached_in_every_format_and_the_lead_image_is_a_thumbnail() {
    let image = serde_json::json!({ "image": { "url": "https://quay.example/cover.jpg" } });
    let mut episode = entry("One", &image);
    let enclosure = |url: &str, kind: Option<&str>, length| tearsheet::model::Enclosure {
        url: url.parse().unwrap(),
        media_type: kind.map(str::to_owned),
        length,
    };
    episode.enclosures = vec![
        enclosure("https://quay.example/cover.jpg", Some("image/jpeg"), Some(9)),
        enclosure("https://quay.example/notes.pdf", None, None),
        enclosure("https://quay.example/1.mp3?a=1&b=2", Some("audio/mpeg"), Some(12_345)),
    ];
    let files = published(&own(), &[episode]);
    let channel = rss_of(&files);
    let attached = channel.items()[0].enclosure().unwrap();
    assert_eq!(attached.url(), "https://quay.example/1.mp3?a=1&b=2");
    assert_eq!((attached.length(), attached.mime_type()), ("12345", "audio/mpeg"));
    assert_eq!(channel.itunes_ext().unwrap().image(), Some("https://feeds.example/assets/cover.png"));
    let feed = atom(&files);
    let entry = &feed.entries()[0];
    let links: Vec<_> = entry.links().iter().filter(|link| link.rel() == "enclosure").collect();
    let told: Vec<_> = links.iter().map(|link| (link.href(), link.mime_type(), link.length())).collect();
    assert_eq!(
        told,
        [
            ("https://quay.example/1.mp3?a=1&b=2", Some("audio/mpeg"), Some("12345")),
            ("https://quay.example/notes.pdf", Some("application/pdf"), None),
        ]
    );
    let item = &json(&files)["items"][0];
    assert_eq!(item["attachments"][0]["mime_type"], "audio/mpeg");
    assert_eq!(
        (&item["attachments"][0]["size_in_bytes"], item["attachments"].as_array().unwrap().len()),
        (&12_345.into(), 2)
    );
    for name in ["rss.xml", "atom.xml"] {
        assert!(files[name].contains("<media:thumbnail url=\"https://quay.example/cover.jpg\""), "{name}");
        assert!(!files[name].contains("media:content"), "{name}");
    }
}

#[test]
fn a_feed_without_recordings_is_no_podcast() {
    let files = published(&own(), &[entry("One", &serde_json::json!({}))]);
    assert!(!files["rss.xml"].contains("itunes") && rss_of(&files).items()[0].enclosure().is_none());
    assert!(json(&files)["items"][0].get("attachments").is_none());
}

/// What a reader shows of a title that takes it for text, and one that takes it for HTML.
fn shown(title: &str) -> [String; 2] {
    let as_html = scraper::Html::parse_fragment(title).root_element().text().collect();
    [title.to_owned(), as_html]
}

#[test]
fn a_title_is_shown_alike_by_readers_that_take_it_for_text_and_those_that_take_it_for_html() {
    let long = "One day on the quay. ".repeat(100);
    for (title, told) in [
        ("Fish & Chips", "Fish & Chips"),
        ("How <canvas> draws", "How ‹canvas› draws"),
        ("5 < 6 > 4", "5 ‹ 6 › 4"),
        ("What &amp; is", "What ＆amp; is"),
        ("Q&A: <3 and R&D 🦀", "Q&A: <3 and R&D 🦀"),
        ("מעבורת האי", "מעבורת האי"),
        (long.as_str(), long.trim()),
    ] {
        let files = published(&own(), &[entry(title, &serde_json::json!({}))]);
        let in_atom = atom(&files).entries()[0].title().clone();
        assert_eq!(in_atom.r#type, atom_syndication::TextType::Text);
        assert_eq!(shown(&in_atom.value), [told, told]);
        assert_eq!(shown(rss_of(&files).items()[0].title().unwrap()), [told, told]);
        assert_eq!(json(&files)["items"][0]["title"], title.trim(), "JSON Feed says that it is text");
    }
    let files = published(&own(), &[entry("Fish & Chips", &serde_json::json!({}))]);
    assert!(files["atom.xml"].contains("<title>Fish &amp; Chips</title>"), "{}", files["atom.xml"]);
}

#[test]
fn a_footnote_is_one_that_readers_know_and_its_link_works_in_every_format() {
    let html = "<p>Low tide.<sup id=\"note-fnref1\"><a href=\"#note-fn1\">1</a></sup></p><ol><li id=\"note-fn1\">At noon. <a href=\"#note-fnref1\">↩</a></li></ol>";
    let files = published(&own(), &[entry("One", &serde_json::json!({ "html": html }))]);
    let content = atom(&files).entries()[0].content().unwrap().clone();
    let page = "https://feeds.example/articles/quay/2026/one-";
    assert!(content.base().unwrap().starts_with(page), "{:?}", content.base());
    assert!(content.value().unwrap().contains("<li id=\"fn1\">At noon. <a href=\"#fnref1\">"));
    let channel = rss_of(&files);
    let in_rss = channel.items()[0].content().unwrap();
    assert!(in_rss.contains("<sup id=\"fnref1\"><a href=\"https://feeds.example/articles/quay/"), "{in_rss}");
    assert!(in_rss.contains("/#fn1\">1</a>"), "{in_rss}");
    let feed = json(&files);
    let in_json = feed["items"][0]["content_html"].as_str().unwrap();
    assert!(in_json.contains("<sup id=\"fnref1\"><a href=\"#fn1\">1</a>"), "{in_json}");
    assert!(!in_rss.contains("note-") && !in_json.contains("note-"));
}

#[test]
fn a_link_leads_to_the_original_or_to_the_page_by_choice() {
    let one = [entry("One", &serde_json::json!({}))];
    let (original, page) = ("https://quay.example/3", "https://feeds.example/articles/quay/2026/");
    let files = published(&own(), &one);
    assert_eq!(rss_of(&files).items()[0].link(), Some(original));
    let links = atom(&files).entries()[0].links().to_vec();
    assert!(links.iter().any(|link| link.rel() == "related" && link.href().starts_with(page)), "{links:?}");
    let files = published(&Feed { link: LinkTo::Page, ..own() }, &one);
    assert!(rss_of(&files).items()[0].link().unwrap().starts_with(page));
    let item = &json(&files)["items"][0];
    assert!(item["url"].as_str().unwrap().starts_with(page));
    assert_eq!(item["external_url"], original);
}

#[test]
fn a_feed_is_in_the_language_of_its_entries_and_shows_an_icon() {
    let language = |languages: &[&str]| {
        let entries: Vec<Entry> = languages
            .iter()
            .enumerate()
            .map(|(at, tag)| entry(&"x".repeat(at + 1), &serde_json::json!({ "language": tag })))
            .collect();
        rss_of(&published(&own(), &entries)).language().map(str::to_owned)
    };
    assert_eq!(language(&["cy", "cy"]).as_deref(), Some("cy"));
    assert_eq!(language(&["en-GB", "en-US"]).as_deref(), Some("en"));
    assert_eq!(language(&["en", "cy"]), None);
    let files = published(&own(), &[]);
    assert_eq!(rss_of(&files).image().unwrap().url(), "https://feeds.example/assets/icon.png");
    assert_eq!(rss_of(&files).ttl(), Some("60"));
    let icon = Some("https://quay.example/logo.png".parse().unwrap());
    let files = published(&Feed { icon, ..own() }, &[]);
    assert_eq!(atom(&files).icon(), Some("https://quay.example/logo.png"));
}

#[test]
fn an_item_of_a_merged_feed_names_the_feed_of_its_source_and_its_discussion() {
    let mut one = entry("One", &serde_json::json!({}));
    one.comments = Some("https://talk.example/?t=1&p=2".parse().unwrap());
    let files = published(&Feed::of(id("all"), vec![id("quay")]), &[one]);
    let channel = rss_of(&files);
    let of = channel.items()[0].source().unwrap();
    assert_eq!((of.url(), of.title()), ("https://feeds.example/quay/rss.xml", Some("QUAY")));
    assert_eq!(channel.items()[0].comments(), Some("https://talk.example/?t=1&p=2"));
    let feed = atom(&files);
    let entry = &feed.entries()[0];
    assert_eq!(entry.source().unwrap().title().value, "QUAY");
    assert!(entry.links().iter().any(|link| link.rel() == "replies"));
    assert_eq!(json(&files)["items"][0]["_tearsheet"]["source"]["title"], "QUAY");
}

#[test]
fn the_list_of_feeds_has_folders_by_tag_and_one_for_merged_feeds() {
    let tagged = Source { tags: vec!["Sea".to_owned(), "Boats, old".to_owned()], ..source("quay") };
    let feeds = [
        own(),
        Feed::of(id("all"), vec![id("quay")]),
        Feed { home: own().home, ..Feed::of(id("pier"), vec![id("pier")]) },
    ];
    let files = publish::index_files(
        &settings(),
        &feeds,
        &[],
        &[tagged, source("pier")],
        &publish::Thumbnails::new(),
    );
    let list = files.iter().find(|file| file.path == "feeds.opml").unwrap();
    let list = opml::OPML::from_str(std::str::from_utf8(&list.bytes).unwrap()).unwrap();
    let told: Vec<(&str, Vec<&str>)> = list
        .body
        .outlines
        .iter()
        .map(|folder| (folder.text.as_str(), folder.outlines.iter().map(|feed| feed.text.as_str()).collect()))
        .collect();
    assert_eq!(told, [("Sea", vec!["quay"]), ("pier", vec![]), ("Merged feeds", vec!["all"])]);
    assert_eq!(list.body.outlines[0].outlines[0].category.as_deref(), Some("Sea,Boats  old"));
    assert!(files.iter().any(|file| file.path == "favicon.ico" && file.bytes.starts_with(&[0, 0, 1, 0])));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_page_asks_of_search_engines_its_copy_asks_too() {
    let site = SmallSite::start().await;
    site.articles(1..=2);
    let page = site.page(&path(2));
    site.put(
        &path(2),
        &page.replacen("<article>", "<meta name=Robots content='NOINDEX, follow,noarchive'><article>", 1),
    );
    site.xml("/feed.xml", &rss([2, 1].into_iter()));
    let followed = Followed::new(&site, "/feed.xml");
    pipeline::run(&followed.config, &[], after(0), &|_| {}).await.unwrap();
    let pages = files(&followed.path("public"));
    let asks = |n: u32| {
        let page =
            pages.iter().find(|(path, _)| path.contains(&format!("gulls-of-the-cliffs-{n}-"))).unwrap().1;
        String::from_utf8_lossy(page).contains("<meta name=\"robots\" content=\"noarchive, noindex\">")
    };
    assert!(asks(2) && !asks(1));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_formula_is_read_as_mathml_and_as_the_text_it_was_made_of() {
    let site = SmallSite::start().await;
    site.articles(1..=1);
    let math = "<p>The count is <math><semantics><mrow><msup><mi>y</mi><mn>2</mn></msup></mrow>\
                <annotation encoding=\"application/x-tex\">y^2 &lt; 9</annotation></semantics></math> this year.</p>";
    site.put(&path(1), &site.page(&path(1)).replacen("</article>", &format!("{math}</article>"), 1));
    site.xml("/feed.xml", &rss([1].into_iter()));
    let followed = Followed::new(&site, "/feed.xml");
    pipeline::run(&followed.config, &[], after(0), &|_| {}).await.unwrap();
    let public = files(&followed.path("public"));
    let channel = rss::Channel::read_from(feed_text(&public, "gulls/rss.xml").as_bytes()).unwrap();
    let content = channel.items()[0].content().unwrap();
    assert!(
        content.contains("<msup><mi>y</mi>") && content.contains("</math> <code>y^2 &lt; 9</code>"),
        "{content}"
    );
    let page = public.iter().find(|(path, _)| path.starts_with("articles/")).unwrap().1;
    assert!(!String::from_utf8_lossy(page).contains("<code>y^2"), "a page shows MathML itself");
}

fn feed_text(public: &BTreeMap<String, Vec<u8>>, path: &str) -> String {
    String::from_utf8(public[path].clone()).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_podcast_attaches_is_kept_and_its_own_link_is_its_home_after_a_rebuild_too() {
    let site = SmallSite::start().await;
    site.articles(1..=2);
    let feed = rss([2, 1].into_iter())
        .replace("<title>The Gull</title>", &format!("<title>The Gull</title><link>{}</link>", site.at("/cliffs/")))
        .replace(
            &format!("<link>{}</link>", path(2)),
            &format!("<link>{}</link><comments>/talk/2</comments><enclosure url=\"/2.mp3\" length=\"77\" type=\"audio/mpeg\"/>", path(2)),
        );
    site.xml("/feeds/all.xml", &feed);
    let followed = Followed::new(&site, "/feeds/all.xml");
    pipeline::run(&followed.config, &[], after(0), &|_| {}).await.unwrap();
    let public = files(&followed.path("public"));
    let channel = rss::Channel::read_from(feed_text(&public, "gulls/rss.xml").as_bytes()).unwrap();
    assert_eq!(channel.link(), site.at("/cliffs/").as_str());
    let item = channel.items().iter().find(|item| item.title() == Some(&title(2))).unwrap();
    assert_eq!(item.enclosure().unwrap().url(), site.at("/2.mp3").as_str());
    assert_eq!(item.enclosure().unwrap().length(), "77");
    assert_eq!(item.comments(), Some(site.at("/talk/2").as_str()));
    pipeline::rebuild(&followed.config, after(1), &|_| {}).unwrap();
    assert!(files(&followed.path("public")) == public);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_post_without_a_title_goes_out_under_its_first_words() {
    let site = SmallSite::start().await;
    let text = "The tide was out at six and the whole of the harbour smelled of weed, so I walked along the wall to the \
                light and back before anybody else was up.";
    let item = |n: u32| {
        format!(
            "<item><guid>{n}</guid><link>/notes/{n}</link><pubDate>Mon, 03 Mar 2025 08:00:00 +0000</pubDate>\
             <description>&lt;p&gt;On day {n}. {text}&lt;/p&gt;</description></item>"
        )
    };
    site.xml(
        "/notes.xml",
        &format!("<rss version=\"2.0\"><channel><title>Notes</title>{}{}</channel></rss>", item(1), item(2)),
    );
    let source = format!("url = \"{}\"\ntext = \"feed\"\n", site.at("/notes.xml"));
    let followed = Followed::with(&[("gulls", source)], "");
    pipeline::run(&followed.config, &[], after(0), &|_| {}).await.unwrap();
    let public = files(&followed.path("public"));
    let channel = rss::Channel::read_from(feed_text(&public, "gulls/rss.xml").as_bytes()).unwrap();
    let titles: Vec<&str> = channel.items().iter().filter_map(|item| item.title()).collect();
    assert_eq!(titles.len(), 2, "{titles:?}");
    for title in titles {
        assert!(title.starts_with("On day ") && title.ends_with('…') && title.len() < 120, "{title}");
    }
}
