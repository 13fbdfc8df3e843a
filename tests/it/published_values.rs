//! Whatever an article says, every document is one that a strict parser takes, and says it back.

#![allow(clippy::unwrap_used)] // the functions beside the tests are tests too

use std::path::PathBuf;

use proptest::prelude::*;
use roxmltree::{Document, Node};
use serde_json::Value as Json;
use tearsheet::model::{
    Article, ArticleId, CanonicalUrl, Condition, Entry, HealthEvent, HealthKind, HeldPage, Image, License,
    Rank, Source, SourceId,
};
use tearsheet::publish::{self, Beside, Feed, File, Settings};
use url::Url;

const CONTENT: &str = "http://purl.org/rss/1.0/modules/content/";
const DUBLIN_CORE: &str = "http://purl.org/dc/elements/1.1/";
const MEDIA: &str = "http://search.yahoo.com/mrss/";
const ATOM: &str = "http://www.w3.org/2005/Atom";

/// Texts that break what is written of them carelessly.
const HOSTILE: &[&str] = &[
    "\0",
    "\u{1b}",
    "]]>",
    "<![CDATA[",
    "&",
    "&amp;",
    "&#1;",
    "&#xD800;",
    "\\ud800",
    "&nbsp;",
    "<b>",
    "</title>",
    "<!--",
    "-->",
    "\"",
    "'",
    "\u{ffff}",
    "\u{fdd0}",
    "\u{1fffe}",
    "\u{85}",
    "\u{2028}",
    "\r\n",
    "\t",
    " ",
    "\u{a0}",
    "<?xml?>",
    "%",
    "{{ page.url }}",
    "{% x %}",
    "\u{202e}",
    "\u{200f}",
    "\u{feff}",
    "\u{fffd}",
    "😀",
    "漢",
    "e\u{301}",
];

fn text() -> impl Strategy<Value = String> {
    let hostile = prop::sample::select(HOSTILE).prop_map(str::to_owned);
    let parts = prop::collection::vec(
        prop_oneof![3 => hostile.clone(), 2 => any::<String>(), 1 => "[a-z ]{0,9}"],
        0..6,
    );
    prop_oneof![
        9 => parts.prop_map(|parts| parts.concat()),
        1 => hostile.prop_map(|part| part.repeat(2000)),
    ]
}

fn url() -> impl Strategy<Value = Url> {
    let start = prop::sample::select(vec![
        "https://a.example/",
        "http://ann:secret@a.example:81/",
        "https://[::1]/",
        "javascript:",
        "data:text/html,",
        "file:///",
        "mailto:a@b.example?",
        "https://bücher.example/?",
    ]);
    let parse = |text: String| {
        Url::parse(&text).unwrap_or_else(|_| Url::parse("https://a.example/?w=1&h=2").unwrap())
    };
    (start, text()).prop_map(move |(start, rest)| parse(format!("{start}{rest}?w=1200&h=630#a&b")))
}

fn page_url() -> impl Strategy<Value = CanonicalUrl> {
    let other = || CanonicalUrl::parse("https://a.example/?a=1&b=2").unwrap();
    url().prop_map(move |url| CanonicalUrl::of(&url).unwrap_or_else(|_| other()))
}

fn image() -> impl Strategy<Value = Image> {
    let size = || prop::option::of(any::<u32>());
    (url(), prop::option::of(text()), size(), size()).prop_map(|(url, alt, width, height)| Image {
        url,
        alt,
        width,
        height,
    })
}

fn article() -> impl Strategy<Value = Article> {
    let texts = || prop::collection::vec(text(), 0..3);
    let maybe = || prop::option::of(text());
    let html = prop_oneof![text(), text().prop_map(|text| format!("<p>{}</p>", publish::escaped(&text)))];
    let about = (page_url(), text(), texts(), maybe(), maybe(), maybe());
    let rest = (prop::option::of(image()), maybe(), texts(), prop::option::of(url()), html, text());
    (about, rest).prop_map(|(about, rest)| {
        let (url, title, authors, site_name, language, description) = about;
        let (image, section, tags, license, html, text) = rest;
        let plain =
            serde_json::json!({ "url": url, "title": title, "html": html, "text": text, "word_count": 1 });
        let plain: Article = serde_json::from_value(plain).unwrap();
        let license = license.map(License::at);
        Article { authors, site_name, language, description, image, section, tags, license, ..plain }
    })
}

/// A site with one article.
#[derive(Debug)]
struct Site {
    settings: Settings,
    source: Source,
    entry: Entry,
    event: HealthEvent,
}

fn site() -> impl Strategy<Value = Site> {
    let base_url =
        prop::option::of(prop::sample::select(vec!["https://feeds.example/", "http://[::1]:8000/a%20b/"]));
    (article(), page_url(), url(), text(), prop::option::of(text()), text(), base_url).prop_map(
        |(article, first, home, title, language, reason, base_url)| {
            let id = SourceId::parse("paper").unwrap();
            let at = "2026-11-20T06:15:00Z".parse().unwrap();
            let page = HeldPage { url: first.clone(), title: Some(title.clone()), reason: reason.clone() };
            Site {
                settings: Settings {
                    title: title.clone(),
                    base_url: base_url.map(|url| Url::parse(url).unwrap()),
                    language: language.clone().unwrap_or_default(),
                    output: PathBuf::new(),
                    hubs: Vec::new(),
                    theme: publish::Theme::default(),
                },
                entry: Entry {
                    id: ArticleId::of(&first),
                    source: id.clone(),
                    url: first,
                    first_title: article.title.clone(),
                    first_seen: at,
                    updated: at,
                    not_after: None,
                    sequence: 1,
                    rank: Rank { run: 1, at, position: 0 },
                    revision: 1,
                    stated: article.last_stated(),
                    enclosures: Vec::new(),
                    comments: None,
                    article,
                },
                event: HealthEvent {
                    source: id.clone(),
                    event: HealthKind::Held,
                    at,
                    reason: Some(reason),
                    since: Some(at),
                    pages: vec![page],
                },
                source: Source { id, url: home, title, language, tags: Vec::new() },
            }
        },
    )
}

impl Site {
    fn files(&self) -> Vec<File> {
        let (entries, sources) = (std::slice::from_ref(&self.entry), std::slice::from_ref(&self.source));
        let feed = Feed {
            title: self.source.title.clone(),
            home: Some(self.source.url.clone()),
            language: self.source.language.clone(),
            size: 5,
            ..Feed::of(self.source.id.clone(), vec![self.source.id.clone()])
        };
        let condition = Condition {
            source: self.source.id.clone(),
            trouble: None,
            articles: 1,
            newest: vec![self.entry.first_seen],
            held: Vec::new(),
        };
        let mut files = publish::feed_files(&self.settings, &feed, entries, sources, &Beside::default());
        files.extend(publish::index_files(
            &self.settings,
            &[feed],
            entries,
            sources,
            &publish::Thumbnails::new(),
        ));
        files.push(publish::article_file(
            &self.settings,
            &self.source,
            &self.entry,
            &[],
            &publish::Ways::default(),
        ));
        let events = std::slice::from_ref(&self.event);
        files.extend(publish::health_files(&self.settings, sources, &[condition], events));
        files
    }
}

/// What is left of a text on a line: XML 1.0, section 2.2, without what it discourages.
fn line(text: &str) -> String {
    let stays = |c: &char| {
        let noncharacter = (*c as u32) & 0xfffe == 0xfffe || matches!(c, '\u{fdd0}'..='\u{fdef}');
        c.is_whitespace() || !c.is_control() && !noncharacter
    };
    let turns = |c: &char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let text: String = text.chars().filter(|c| stays(c) && !turns(c)).collect();
    let joins = |c: char| c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}');
    text.trim_matches(joins).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The lines of `texts` that say something, each once whatever its case.
fn lines<'t>(texts: impl IntoIterator<Item = &'t String>) -> Vec<String> {
    let mut seen = std::collections::HashSet::new();
    let lines = texts.into_iter().map(|text| line(text)).filter(|line| !line.is_empty());
    lines.filter(|line| seen.insert(line.to_lowercase())).collect()
}

fn html_text(html: &str) -> String {
    scraper::Html::parse_fragment(html).root_element().text().collect()
}

fn child<'a>(node: Node<'a, 'a>, name: (&str, &str)) -> Option<Node<'a, 'a>> {
    let (namespace, name) = name;
    node.children().find(|child| {
        child.tag_name().name() == name && child.tag_name().namespace().unwrap_or_default() == namespace
    })
}

fn child_text(node: Node<'_, '_>, name: (&str, &str)) -> String {
    child(node, name).map(|child| child.text().unwrap_or_default().to_owned()).unwrap_or_default()
}

fn element<'a>(document: &'a Document<'a>, namespace: &str, name: &str) -> Node<'a, 'a> {
    let mut all = document.descendants();
    all.find(|node| {
        node.tag_name().name() == name && node.tag_name().namespace().unwrap_or_default() == namespace
    })
    .unwrap()
}

fn is_web(url: &str) -> bool {
    let parsed = Url::parse(url).unwrap();
    let bytes_are_plain = url.bytes().all(|byte| byte.is_ascii_graphic() && !b"<>\"{}|\\^`".contains(&byte));
    matches!(parsed.scheme(), "http" | "https")
        && parsed.username().is_empty()
        && parsed.password().is_none()
        && bytes_are_plain
}

/// What every format says of the article.
#[derive(Debug, PartialEq, Eq)]
struct Said {
    link: String,
    authors: String,
    tags: Vec<String>,
    image: Option<String>,
    content: String,
}

fn in_json(feed: &Json) -> (String, Said) {
    let item = &feed["items"][0];
    let texts = |value: &Json| -> Vec<String> {
        value.as_array().into_iter().flatten().map(|text| text.as_str().unwrap().to_owned()).collect()
    };
    let authors: Vec<&str> = item["authors"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|author| author["name"].as_str())
        .collect();
    let said = Said {
        link: item["url"].as_str().unwrap().to_owned(),
        authors: authors.join(", "),
        tags: texts(&item["tags"]),
        image: item["image"].as_str().map(str::to_owned),
        content: item["content_html"].as_str().unwrap().to_owned(),
    };
    (item["title"].as_str().unwrap().to_owned(), said)
}

fn in_rss(item: Node<'_, '_>) -> Said {
    let tags = item.children().filter(|child| child.tag_name().name() == "category");
    Said {
        link: child_text(item, ("", "link")),
        authors: child_text(item, (DUBLIN_CORE, "creator")),
        tags: tags.map(|tag| tag.text().unwrap_or_default().to_owned()).collect(),
        image: child(item, (MEDIA, "thumbnail")).map(|image| image.attribute("url").unwrap().to_owned()),
        content: child_text(item, (CONTENT, "encoded")),
    }
}

fn in_atom(entry: Node<'_, '_>) -> Said {
    let all = |name: &'static str| entry.children().filter(move |child| child.has_tag_name((ATOM, name)));
    let authors: Vec<String> = all("author").map(|author| child_text(author, (ATOM, "name"))).collect();
    let link = all("link").find(|link| link.attribute("rel") == Some("alternate")).unwrap();
    Said {
        link: link.attribute("href").unwrap().to_owned(),
        authors: authors.join(", "),
        tags: all("category").map(|tag| tag.attribute("term").unwrap().to_owned()).collect(),
        image: child(entry, (MEDIA, "thumbnail")).map(|image| image.attribute("url").unwrap().to_owned()),
        content: child_text(entry, (ATOM, "content")),
    }
}

/// A text construct of Atom (RFC 4287, section 3.1).
fn construct(node: Node<'_, '_>) -> String {
    let text = node.text().unwrap_or_default();
    if node.attribute("type") == Some("html") { html_text(text) } else { text.to_owned() }
}

/// As RSS and Atom write what readers would take for HTML.
fn without_markup(text: &str) -> String {
    text.replace(['‹', '<'], "[").replace(['›', '>'], "]").replace('＆', "&")
}

fn expected_title(article: &Article, link: &str) -> String {
    let first = |text: String| Some(text).filter(|text| !text.is_empty());
    first(line(&article.title)).unwrap_or_else(|| link.to_owned())
}

/// No page runs anything, and all its links lead to the web.
fn check_pages(files: &std::collections::BTreeMap<String, String>) -> Result<(), TestCaseError> {
    for (path, page) in files.iter().filter(|(path, _)| path.ends_with(".html")) {
        let document = scraper::Html::parse_document(page);
        let elements = document.tree.nodes().filter_map(|node| node.value().as_element());
        for element in elements {
            let is_search =
                path == "search.html" && element.attr("src").is_some_and(|src| src.starts_with("assets/"));
            prop_assert!(element.name() != "script" || is_search, "{path}");
            prop_assert!(element.attrs().all(|(name, _)| !name.starts_with("on")), "{path}");
            let links = element.attr("href").into_iter().chain(element.attr("src"));
            for link in links.filter(|link| Url::parse(link).is_ok()) {
                prop_assert!(is_web(link) || link.starts_with("mailto:"), "{path}: {link}");
            }
        }
    }
    Ok(())
}

fn check(site: &Site) -> Result<(), TestCaseError> {
    let files: std::collections::BTreeMap<String, String> = site
        .files()
        .into_iter()
        .map(|file| (file.path, String::from_utf8_lossy(&file.bytes).into_owned()))
        .collect();
    let article = &site.entry.article;
    let json: Json = serde_json::from_str(&files["paper/feed.json"]).unwrap();
    let status: Json = serde_json::from_str(&files["status.json"]).unwrap();
    prop_assert_eq!(&status["sources"][0]["id"], "paper");
    let (title, said) = in_json(&json);
    let parsed = |path: &str| {
        Document::parse(&files[path])
            .map_err(|error| TestCaseError::fail(format!("{path}: {error}\n{}", files[path])))
    };
    let (rss, atom) = (parsed("paper/rss.xml")?, parsed("paper/atom.xml")?);
    let (opml, health) = (parsed("feeds.opml")?, parsed("health.xml")?);

    prop_assert_eq!(&title, &expected_title(article, &said.link));
    let authors = lines(&article.authors).join(", ");
    prop_assert_eq!(&said.authors, &authors);
    prop_assert_eq!(&said.tags, &lines(article.section.iter().chain(&article.tags)));
    prop_assert!(is_web(&said.link) && said.image.as_deref().is_none_or(is_web), "{:?}", said);

    let item = element(&rss, "", "item");
    let from_rss = in_rss(item);
    prop_assert_eq!(without_markup(&child_text(item, ("", "title"))), without_markup(&title));
    let tags = |said: &Said| said.tags.iter().map(|tag| without_markup(tag)).collect::<Vec<_>>();
    prop_assert_eq!(tags(&from_rss), tags(&said));
    prop_assert_eq!(&Said { tags: said.tags.clone(), ..from_rss }, &said);

    let entry = element(&atom, ATOM, "entry");
    let atom_title = construct(child(entry, (ATOM, "title")).unwrap());
    prop_assert_eq!(without_markup(&atom_title), without_markup(&title));
    prop_assert_eq!(html_text(&atom_title), &*atom_title, "a reader that takes it for HTML shows the same");
    let from_atom = in_atom(entry);
    if !authors.is_empty() {
        prop_assert_eq!(&from_atom, &said);
    }
    for link in atom.descendants().filter(|node| node.has_tag_name((ATOM, "link"))) {
        prop_assert!(is_web(link.attribute("href").unwrap()));
    }

    let name = Some(line(&site.source.title)).filter(|title| !title.is_empty());
    let outline = element(&opml, "", "outline");
    prop_assert_eq!(outline.attribute("title").unwrap_or_default(), name.clone().unwrap_or_default());
    let told = element(&health, ATOM, "entry");
    let told = construct(child(told, (ATOM, "title")).unwrap());
    let name = without_markup(name.as_deref().unwrap_or("paper"));
    prop_assert!(without_markup(&told).starts_with(&name), "{told}");

    check_pages(&files)?;
    let page = &files[&publish::article_path(&site.entry)];
    let heading = scraper::Selector::parse("h1").unwrap();
    let document = scraper::Html::parse_document(page);
    let heading: String = document.select(&heading).next().unwrap().text().collect();
    prop_assert_eq!(heading, title);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_article_is_published_in_documents_that_say_it_back(site in site()) {
        check(&site)?;
    }
}

#[test]
fn an_image_with_parameters_leaves_atom_well_formed() {
    let mut site = site_of("https://a.example/photo.jpg?w=1200&h=630");
    check(&site).unwrap();
    site.entry.article.image.as_mut().unwrap().alt = Some("\"Quay\" & <pier>".to_owned());
    check(&site).unwrap();
}

fn site_of(image: &str) -> Site {
    use proptest::strategy::ValueTree as _;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut made = site().new_tree(&mut runner).unwrap().current();
    made.entry.article.image =
        Some(Image { url: Url::parse(image).unwrap(), alt: None, width: Some(1200), height: Some(630) });
    made
}
