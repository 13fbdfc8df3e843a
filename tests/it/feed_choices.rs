//! What an owner chooses of feeds: which articles, for whom, and who is told.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

use tearsheet::config;
use tearsheet::model::{ArticleId, CanonicalUrl, Entry, Rank, SourceId};
use tearsheet::pipeline;
use tearsheet::publish;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use crate::follow::{Followed, after};
use crate::program::{Ended, files};
use crate::small_site::{SmallSite, path, rss, title};

/// The titles of a feed of the published site.
fn titles(public: &BTreeMap<String, Vec<u8>>, file: &str) -> BTreeSet<String> {
    let feed = feed_rs::parser::parse(&public[file][..]).unwrap();
    feed.entries.into_iter().map(|entry| entry.title.unwrap().content).collect()
}

fn numbered(numbers: &[u32]) -> BTreeSet<String> {
    numbers.iter().map(|&n| title(n)).collect()
}

/// A site of twelve articles, of which some have a tag, an author or more words of their own.
async fn varied() -> SmallSite {
    let site = SmallSite::start().await;
    site.articles(1..=12);
    let change = |n: u32, from: &str, to: &str| {
        let page = site.page(&path(n));
        assert!(page.contains(from), "{page}");
        site.put(&path(n), &page.replace(from, to));
    };
    change(2, "By Ada Keeper", "By Tom Wren");
    change(3, "and the fishermen", "and the seal-hunters");
    change(4, "<article>", "<article><p>The following was paid for by the harbour company.</p>");
    site.xml("/feed.xml", &rss((1..=12).rev()));
    site
}

async fn filtered(site: &SmallSite, filter: &str) -> (Followed, BTreeMap<String, Vec<u8>>) {
    let source = format!("url = \"{}\"\n", site.at("/feed.xml"));
    let settings = format!("[[feed]]\nid = \"some\"\nsize = 3\n{filter}");
    let followed = Followed::with(&[("gulls", source)], &settings);
    pipeline::run(&followed.config, &[], after(0), &|_| {}).await.unwrap();
    let public = files(&followed.path("public"));
    (followed, public)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_filter_chooses_what_a_feed_and_its_past_carry_and_can_be_tried() {
    let site = varied().await;
    for (filter, expected, past) in [
        ("include.words = [\"seal hunters\"]\n", &[3][..], &[3][..]),
        ("include.regex = [\"(?i)report 1[0-9]\"]\n", &[10, 11, 12], &[10, 11, 12]),
        ("include.authors = [\"tom *\"]\n", &[2], &[2]),
        ("exclude.authors = [\"Ada Keeper\"]\n", &[2], &[2]),
        (
            "include.authors = [\"Ada*\"]\nexclude.words = [\"seal-hunters\", \"paid for\"]\n",
            &[10, 11, 12],
            &[1, 5, 6, 7, 8, 9, 10, 11, 12],
        ),
        ("include.max_age = \"1d\"\n", &[], &[]),
        ("include.min_words = 100000\n", &[], &[]),
        ("exclude.languages = [\"de\"]\n", &[10, 11, 12], &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]),
    ] {
        let (followed, public) = filtered(&site, filter).await;
        assert_eq!(titles(&public, "some/atom.xml"), numbered(expected), "{filter}");
        match public.contains_key("some/history/0001.xml") {
            true => {
                // The open document has what the feed does not carry.
                let mut all = titles(&public, "some/history/0001.xml");
                all.extend(titles(&public, "some/atom.xml"));
                assert_eq!(all, numbered(past), "{filter}");
            }
            false => assert!(past.is_empty(), "{filter}"),
        }
        let tried = pipeline::try_feed(&followed.config, "some").unwrap();
        assert_eq!(tried.len(), 12);
        let carried: BTreeSet<String> =
            tried.iter().filter(|one| one.left_out.is_none()).map(|one| one.title.clone()).collect();
        assert_eq!(carried, numbered(past), "{filter}");
        let key = filter.split(' ').next().unwrap();
        assert!(
            tried.iter().filter_map(|one| one.left_out.as_deref()).any(|left| filter.contains(left))
                || past.len() == 12,
            "{key}"
        );
    }
    let (followed, _) = filtered(&site, "").await;
    assert!(pipeline::try_feed(&followed.config, "other").is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_adds_to_a_filtered_feed_what_a_build_makes_of_it() {
    let site = SmallSite::start().await;
    site.articles(1..=8);
    site.xml("/feed.xml", &rss((1..=5).rev()));
    let (followed, _) = filtered(&site, "include.regex = [\"Report [2468] \"]\n").await;
    site.xml("/feed.xml", &rss((1..=8).rev()));
    pipeline::run(&followed.config, &[], after(24), &|_| {}).await.unwrap();
    let added = files(&followed.path("public"));
    assert_eq!(titles(&added, "some/feed.json"), numbered(&[4, 6, 8]));
    assert_eq!(titles(&added, "some/history/0001.xml"), numbered(&[2]));
    std::fs::remove_dir_all(followed.path("public")).unwrap();
    pipeline::rebuild(&followed.config, after(25), &|_| {}).unwrap();
    assert!(files(&followed.path("public")) == added);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_feed_that_is_not_listed_is_at_its_secret_name_alone() {
    let site = varied().await;
    let (_, public) = filtered(&site, "unlisted = \"5f0c7d1e9a3b48d2\"\n").await;
    assert_eq!(titles(&public, "5f0c7d1e9a3b48d2/rss.xml"), numbered(&[10, 11, 12]));
    for (name, bytes) in public.iter().filter(|(name, _)| !name.starts_with("5f0c7d1e9a3b48d2/")) {
        assert!(!String::from_utf8_lossy(bytes).contains("5f0c7d1e9a3b48d2"), "{name}");
    }
    let page = String::from_utf8(public["5f0c7d1e9a3b48d2/index.html"].clone()).unwrap();
    assert!(page.contains("<meta name=\"robots\" content=\"noindex\">"));
}

#[test]
fn a_secret_name_that_can_be_guessed_is_refused_with_one_that_cannot() {
    let root = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(root.path().join("config/sources")).unwrap();
    let text = "[[feed]]\nid = \"some\"\nunlisted = \"mine\"\n";
    std::fs::write(root.path().join("config/tearsheet.toml"), text).unwrap();
    let hint = || {
        let errors = config::load(root.path()).unwrap_err();
        errors.problems[0].reason.hint().unwrap()
    };
    let (one, other) = (hint(), hint());
    assert!(one != other && one.starts_with("for example unlisted = \"") && one.len() > 50, "{one}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_feed_that_has_ended_says_so_and_its_site_is_left_alone() {
    let site = SmallSite::start().await;
    site.articles(1..=2);
    site.xml("/feed.xml", &rss([2, 1].into_iter()));
    let source = |more: &str| format!("url = \"{}\"\n{more}", site.at("/feed.xml"));
    let followed = Followed::with(&[("gulls", source(""))], "");
    pipeline::run(&followed.config, &[], after(0), &|_| {}).await.unwrap();
    let ended = source("[feed]\nended = \"The keeper <retired>.\"\n");
    std::fs::write(followed.path("config/sources/gulls.toml"), ended).unwrap();
    site.asked();
    let config = config::load(followed.root.path()).unwrap();
    pipeline::run(&config, &[], after(48), &|_| {}).await.unwrap();
    assert_eq!(site.asked(), Vec::<String>::new());
    let public = files(&followed.path("public"));
    let channel = rss::Channel::read_from(&public["gulls/rss.xml"][..]).unwrap();
    assert!(
        channel.description().starts_with("This feed has ended. The keeper ‹retired›."),
        "{}",
        channel.description()
    );
    let json: serde_json::Value = serde_json::from_slice(&public["gulls/feed.json"]).unwrap();
    assert_eq!((&json["expired"], json["items"].as_array().unwrap().len()), (&true.into(), 2));
}

/// Paragraphs of our own, from which texts are put together.
const PARTS: [&str; 6] = [
    "The council voted on Monday to keep the swing bridge closed to lorries until the bearings have been looked at by \
     people who build such bridges, which nobody in the town has done since the yard shut its gates in ninety-one.",
    "Two ferries ran aground within a week of each other on the same bank of sand, and the pilots say that the chart is \
     right, the buoys are right, and that the sand has simply moved to where it was when their fathers learnt the trade.",
    "At the market the price of herring fell to what it was before the winter, and the women who gut them on the quay \
     asked for an hour less, since there is no more to do than half the day allows at the present state of the catch.",
    "A school on the north shore has begun to teach knots again, forty years after the last teacher who knew them went \
     home, because the children kept asking what the ropes in the playground had been put up there for in the first place.",
    "The lighthouse will be painted in spring, the harbour master said, in the same red and white as ever, although a \
     petition with two hundred names asks for blue, which can be told from the sky by nobody on a clear afternoon at sea.",
    "In the museum a model of the old town stands under glass, made of matches by a customs officer in eleven winters, \
     with each chimney in its place, and visitors are asked not to lean on the glass, as it has been broken four times.",
];

fn article(source: &str, at: u32, parts: &[&str]) -> Entry {
    let url = CanonicalUrl::parse(&format!("https://{source}.example/{at}")).unwrap();
    let text = parts.join("\n\n");
    let words = text.split_whitespace().count();
    let article =
        serde_json::json!({ "url": url, "title": source, "html": "", "text": text, "word_count": words });
    let seen = chrono::DateTime::from_timestamp(1_764_000_000 + i64::from(at), 0).unwrap();
    Entry {
        id: ArticleId::of(&url),
        source: SourceId::parse(source).unwrap(),
        url,
        first_title: article["title"].as_str().unwrap().to_owned(),
        first_seen: seen,
        updated: seen,
        not_after: None,
        sequence: at.into(),
        rank: Rank { run: 1, at: seen, position: at.into() },
        revision: 1,
        article: serde_json::from_value(article).unwrap(),
        stated: None,
        enclosures: Vec::new(),
        comments: None,
    }
}

#[test]
fn articles_that_say_the_same_are_told_from_those_that_do_not() {
    let [a, b, c, d, e, f] = PARTS;
    let byline = "From our correspondent on the coast, with reporting by the agency.";
    let later = a.replace("Monday", "Tuesday").replace("nobody in the town", "no one here");
    // What an editor would call one story, and what not.
    let pairs: [(&str, Vec<&str>, Vec<&str>, bool); 9] = [
        ("word for word", vec![a, b, c], vec![a, b, c], true),
        ("with a byline and a notice", vec![a, b, c], vec![byline, a, b, c], true),
        ("a few words changed", vec![a, b, c], vec![&later, b, c], true),
        ("one of five paragraphs cut", vec![a, b, c, d, e], vec![a, b, c, d], true),
        ("one of five paragraphs rewritten", vec![a, b, c, d, e], vec![a, b, f, d, e], true),
        ("two stories", vec![a, b, c], vec![d, e, f], false),
        ("two stories with one byline", vec![byline, a, b], vec![byline, d, e], false),
        ("one paragraph quoted", vec![a, b, c], vec![d, e, c], false),
        ("too short to tell", vec![byline], vec![byline], false),
    ];
    for (name, one, other, is_same) in pairs {
        let mut entries = vec![article("late", 2, &other), article("early", 1, &one)];
        let early = entries[1].id;
        let twins = publish::take_twins(&mut entries);
        assert_eq!(twins.contains_key(&early), is_same, "{name}");
        assert_eq!(entries.len(), if is_same { 1 } else { 2 }, "{name}");
    }
    let mut of_one_source = vec![article("early", 2, &[a, b]), article("early", 1, &[a, b])];
    assert!(publish::take_twins(&mut of_one_source).is_empty(), "a source may say a thing twice");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_merged_feed_shows_what_two_sources_carry_once_and_names_the_other() {
    let (one, two) = (SmallSite::start().await, SmallSite::start().await);
    for site in [&one, &two] {
        site.articles(1..=1);
        site.xml("/feed.xml", &rss([1].into_iter()));
    }
    let source =
        |site: &SmallSite, title: &str| format!("url = \"{}\"\ntitle = \"{title}\"\n", site.at("/feed.xml"));
    let sources = [("early", source(&one, "Early & Co")), ("late", source(&two, "Late"))];
    let followed =
        Followed::with(&sources, "[[feed]]\nid = \"all\"\ndedupe = true\n[[feed]]\nid = \"both\"\n");
    pipeline::run(&followed.config, &["early".to_owned()], after(0), &|_| {}).await.unwrap();
    pipeline::run(&followed.config, &["late".to_owned()], after(24), &|_| {}).await.unwrap();
    let public = files(&followed.path("public"));
    let count = |file: &str| feed_rs::parser::parse(&public[file][..]).unwrap().entries.len();
    assert_eq!((count("all/atom.xml"), count("both/atom.xml")), (1, 2));
    let channel = rss::Channel::read_from(&public["all/rss.xml"][..]).unwrap();
    assert_eq!(channel.items()[0].link(), Some(one.at(&path(1)).as_str()), "what was there first stays");
    let also = format!("<p>Also at <a href=\"{}\">Late</a></p>", two.at(&path(1)));
    assert!(channel.items()[0].content().unwrap().ends_with(&also));
}

/// A server that takes whatever is sent to it, and answers with this status.
async fn listener(status: &'static str) -> (String, Arc<Mutex<Vec<String>>>) {
    let server = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/hook?key=secret", server.local_addr().unwrap());
    let taken = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&taken);
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = server.accept().await {
            let (mut request, mut buffer) = (Vec::new(), [0; 4096]);
            loop {
                let read = stream.read(&mut buffer).await.unwrap_or(0);
                request.extend_from_slice(&buffer[..read]);
                let text = String::from_utf8_lossy(&request).into_owned();
                let length = text.to_lowercase().split("content-length: ").nth(1).and_then(|rest| {
                    rest.split("\r\n").next().and_then(|number| number.parse::<usize>().ok())
                });
                let body = text.split_once("\r\n\r\n").map(|(_, body)| body.len());
                if read == 0 || body.zip(length).is_some_and(|(body, length)| body >= length) {
                    kept.lock().unwrap().push(text);
                    break;
                }
            }
            let answer = format!("HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            let _ = stream.write_all(answer.as_bytes()).await;
        }
    });
    (url, taken)
}

#[tokio::test(flavor = "multi_thread")]
async fn hubs_a_webhook_and_a_command_are_told_of_what_changed_and_only_then() {
    let site = SmallSite::start().await;
    site.articles(1..=3);
    site.xml("/feed.xml", &rss([2, 1].into_iter()));
    let ((hub, at_hub), (hook, at_hook)) = (listener("202 Accepted").await, listener("200 OK").await);
    let settings = format!(
        "[announce]\nhubs = [\"{hub}\"]\nwebhook = \"{hook}\"\ncommand = [\"sh\", \"-c\", \"cat >> told.json; echo >> told.json\"]\n"
    );
    let followed = Followed::with(&[("gulls", format!("url = \"{}\"\n", site.at("/feed.xml")))], &settings);
    let report = pipeline::run(&followed.config, &[], after(0), &|_| {}).await.unwrap();
    assert_eq!(report.published.unannounced, Vec::<String>::new());
    let report = pipeline::run(&followed.config, &[], after(24), &|_| {}).await.unwrap();
    assert!(report.published.feeds.is_empty());
    let (at_hub, at_hook) = (at_hub.lock().unwrap().clone(), at_hook.lock().unwrap().clone());
    assert_eq!((at_hub.len(), at_hook.len()), (1, 1), "nothing changed in the second run");
    let form = at_hub[0].split_once("\r\n\r\n").unwrap().1;
    assert!(
        form.starts_with("hub.mode=publish&hub.url=https%3A%2F%2Ffeeds.example%2Fgulls%2Frss.xml&hub.url="),
        "{form}"
    );
    let told: serde_json::Value = serde_json::from_str(at_hook[0].split_once("\r\n\r\n").unwrap().1).unwrap();
    assert_eq!(told["feeds"][0]["id"], "gulls");
    let file = std::fs::read_to_string(followed.path("told.json")).unwrap();
    assert_eq!(serde_json::from_str::<serde_json::Value>(file.trim()).unwrap(), told);
    let public = files(&followed.path("public"));
    let atom = String::from_utf8(public["gulls/atom.xml"].clone()).unwrap();
    assert!(atom.contains("rel=\"hub\""), "{atom}");
    let json: serde_json::Value = serde_json::from_slice(&public["gulls/feed.json"]).unwrap();
    assert_eq!(json["hubs"][0]["type"], "WebSub");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_cannot_be_told_fails_no_run_and_holds_none_up() {
    let site = SmallSite::start().await;
    site.articles(1..=1);
    site.xml("/feed.xml", &rss([1].into_iter()));
    let (hook, _) = listener("500 Broken").await;
    let settings =
        format!("[announce]\nwebhook = \"{hook}\"\ncommand = [\"sleep\", \"600\"]\ntimeout = \"200ms\"\n");
    let followed = Followed::with(&[("gulls", format!("url = \"{}\"\n", site.at("/feed.xml")))], &settings);
    let report = pipeline::run(&followed.config, &[], after(0), &|_| {}).await.unwrap();
    assert_eq!(report.published.unannounced.len(), 2, "{:?}", report.published.unannounced);
    assert!(
        report.published.unannounced[0].contains("`sleep` took more than 200ms"),
        "{:?}",
        report.published.unannounced
    );
    assert!(report.published.unannounced[1].contains("answered 500"), "{:?}", report.published.unannounced);
    assert!(!report.published.unannounced[1].contains("secret"));
    assert!(!report.needs_a_look() && followed.path("public/gulls/rss.xml").exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_feed_is_tried_and_an_article_withdrawn_and_released_on_the_command_line() {
    let site = varied().await;
    let (followed, _) = filtered(&site, "include.authors = [\"tom *\"]\n").await;
    let call = |arguments: &[&str]| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_tearsheet"));
        Ended::of(command.arg("--root").arg(followed.root.path()).args(arguments).output().unwrap())
    };
    let tried = call(&["check", "--feed", "some"]);
    assert_eq!(
        (tried.code, tried.stdout.lines().filter(|line| line.starts_with("- ")).count()),
        (Some(0), 11),
        "{}",
        tried.stdout
    );
    assert!(tried.stdout.contains(&format!("+ {}", title(2))) && tried.stdout.contains("(include.authors)"));
    assert_eq!(call(&["check", "--feed", "some", "--json"]).json()["carried"], 1);
    assert_eq!(call(&["check", "--feed", "none"]).code, Some(2));

    let url = site.at(&path(2)).to_string();
    assert_eq!(call(&["withdraw", &url]).code, Some(2), "a reason is asked for");
    let withdrawn = call(&["withdraw", &url, "--reason", "asked for", "--json"]).json();
    assert_eq!(withdrawn["withdrawn"][0]["url"], url);
    let carried = |file: &str| titles(&files(&followed.path("public")), file);
    assert!(carried("some/rss.xml").is_empty() && !carried("gulls/rss.xml").contains(&title(2)));
    assert_eq!(call(&["withdraw", "https://elsewhere.example/", "--reason", "x"]).code, Some(2));
    let told = call(&["status"]);
    assert!(told.stdout.contains("1 article withdrawn") && told.stdout.contains(&url), "{}", told.stdout);
    let told = call(&["status", "--json"]).json();
    assert_eq!(told["sources"][0]["withdrawn"][0]["reason"], "asked for");
    assert_eq!(call(&["withdraw", &url, "--reason", ""]).code, Some(2), "a reason says something");
    let told = "is withdrawn: asked for; `tearsheet release";
    for command in ["show", "history"] {
        let shown = call(&[command, &url]);
        assert!(shown.code == Some(0) && shown.stderr.contains(told), "{shown:?}");
    }
    assert_eq!(call(&["show", &url, "--json"]).json()["withdrawn"], "asked for");
    let opened = call(&["open", url.trim_start_matches("http://"), "--print"]);
    assert!(opened.code == Some(2) && opened.stderr.contains(told), "{opened:?}");
    assert_eq!(call(&["release", &url]).code, Some(0));
    assert_eq!(call(&["status", "--json"]).json()["sources"][0]["withdrawn"].as_array().unwrap().len(), 0);
    assert!(carried("some/rss.xml").contains(&title(2)) && carried("gulls/rss.xml").contains(&title(2)));
}
