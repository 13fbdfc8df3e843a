//! OPML: feeds with their folders, and what FreshRSS (`frss:`) and Miniflux write beside them.

mod rewrite_rules;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use self::rewrite_rules::rewrite_rules;
use super::draft::{At, DISGUISE, Source, inline};
use super::rss_bridge::select_within;
use super::{NewFile, Taken, Weight, urls};

/// Outlines that are read, and how deep folders nest.
const MOST: usize = 20_000;
const DEEPEST: usize = 32;

type Attributes = Vec<(String, String)>;

/// Reads every feed of an OPML list.
pub(super) fn read(name: &str, text: &str) -> Vec<Taken> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = false;
    let (mut all, mut folders): (Vec<Taken>, Vec<Option<String>>) = (Vec::new(), Vec::new());
    while all.len() < MOST {
        match reader.read_event() {
            Ok(Event::Empty(tag)) if is_outline(&tag) => {
                all.extend(outline(name, &attributes(&tag), &folders));
            }
            Ok(Event::Start(tag)) if is_outline(&tag) => {
                let attributes = attributes(&tag);
                let feed = outline(name, &attributes, &folders);
                let folder =
                    if feed.is_none() { value(&attributes, "text").map(str::to_owned) } else { None };
                all.extend(feed);
                if folders.len() >= DEEPEST {
                    break;
                }
                folders.push(folder);
            }
            Ok(Event::End(tag)) if tag.local_name().as_ref().eq_ignore_ascii_case("outline") => {
                folders.pop();
            }
            Ok(Event::Eof) => break,
            Ok(_) => {}
            Err(error) => {
                let mut taken = Taken::new(name);
                taken.remark(
                    None,
                    Weight::Unsupported,
                    "the rest of the file",
                    format!("it is not well-formed: {error}"),
                );
                all.push(taken);
                break;
            }
        }
    }
    all
}

fn is_outline(tag: &BytesStart<'_>) -> bool {
    tag.local_name().as_ref().eq_ignore_ascii_case("outline")
}

fn attributes(tag: &BytesStart<'_>) -> Attributes {
    let mut all = tag.html_attributes();
    let each = all.with_checks(false).flatten().map(|attribute| {
        let raw = attribute.value.into_owned();
        let value = quick_xml::escape::unescape(&raw).map(std::borrow::Cow::into_owned).unwrap_or(raw);
        (attribute.key.as_ref().to_owned(), value.trim().to_owned())
    });
    each.filter(|(_, value)| !value.is_empty()).collect()
}

fn value<'a>(attributes: &'a Attributes, name: &str) -> Option<&'a str> {
    attributes.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
}

/// One feed; none if the outline is a folder.
fn outline(name: &str, attributes: &Attributes, folders: &[Option<String>]) -> Option<Taken> {
    let address = value(attributes, "xmlUrl")?;
    let title = value(attributes, "text").or(value(attributes, "title"));
    let mut taken = Taken::new(title.unwrap_or(address));
    let Some(url) = urls::parse(address.trim_end_matches("#force_feed")) else {
        taken.remark(
            None,
            Weight::Unsupported,
            &format!("xmlUrl: {address}"),
            "not a URL that can be fetched",
        );
        return Some(taken);
    };
    if let Some(mut bridged) = super::rss_bridge::read(&url) {
        bridged.name = taken.name;
        return Some(bridged);
    }
    taken.took("xmlUrl");
    let mut source =
        Source { notes: vec![format!("Made from {name} by `tearsheet import`.")], ..Source::default() };
    source.set("url", url.as_str());
    let kind = value(attributes, "type").unwrap_or("rss").to_ascii_lowercase();
    match kind.as_str() {
        "html+xpath" => source.set("kind", "listing"),
        "rss" | "atom" | "rss1" | "rss2" | "jsonfeed" => source.set("kind", "feed"),
        "xml+xpath" => {
            source.set("kind", "auto");
            taken.remark(
                None,
                Weight::Differs,
                "type: XML+XPath",
                "the document is read as whatever it looks like",
            );
        }
        _ => {
            let says = "what is only JSON or made by scripts cannot be read: add a page, feed or sitemap of the site";
            taken.remark(None, Weight::Unsupported, &format!("type: {kind}"), says);
            return Some(taken);
        }
    }
    if let Some(title) = title {
        source.set("title", title);
        taken.took("text");
    }
    tags(&mut source, &mut taken, attributes, folders);
    let items = value(attributes, "frss:xPathItem").map(str::to_owned);
    for (key, text) in attributes {
        attribute(&mut source, &mut taken, key, text, items.as_deref());
    }
    taken.file = Some((NewFile::Source(url), source.text()));
    Some(taken)
}

/// The folders in which a feed stands are its tags.
fn tags(source: &mut Source, taken: &mut Taken, attributes: &Attributes, folders: &[Option<String>]) {
    let mut tags: Vec<String> = folders.iter().flatten().cloned().collect();
    tags.extend(
        value(attributes, "category")
            .into_iter()
            .flat_map(|list| list.split(','))
            .map(|tag| tag.trim_matches(['/', ' ']).to_owned()),
    );
    tags.retain(|tag| !tag.is_empty());
    if !tags.is_empty() {
        source.top.push(("tags", inline(&tags)));
        taken.took("folder");
    }
}

/// Attributes that are expressions counted from an item, and what they select here.
const WITHIN_ITEMS: &[(&str, &str)] = &[
    ("frss:xPathItemUri", "link"),
    ("frss:xPathItemTitle", "title"),
    ("frss:xPathItemTimestamp", "date"),
    ("frss:xPathItemContent", "summary"),
    ("frss:xPathItemThumbnail", "image"),
];
/// Attributes that are selectors for an article's page.
const OF_ARTICLES: &[(&str, &str)] = &[
    ("frss:cssFullContent", "body"),
    ("scraperRules", "body"),
    ("frss:cssFullContentFilter", "remove"),
    ("frss:cssContentFilter", "remove"),
];
/// Attributes of which it is enough to say what happens here instead.
const INSTEAD: &[(&[&str], &str)] = &[
    (&["frss:xPathItemUid"], "an article is known by its URL and its text"),
    (
        &["frss:xPathItemAuthor", "frss:xPathItemCategories", "frss:xPathFeedTitle"],
        "it is read from the article's own page",
    ),
    (&["frss:CURLOPT_FOLLOWLOCATION", "frss:CURLOPT_MAXREDIRS"], "up to ten redirects are followed"),
    (
        &[
            "frss:priority",
            "frss:ttl",
            "frss:unicityCriteria",
            "frss:unicityCriteriaForced",
            "ignoreHTTPCache",
            "hideGlobally",
            "noMediaPlayer",
            "disableHTTP2",
            "ignoreEntryUpdates",
            "language",
        ],
        "it is for readers, or decided here in another way",
    ),
];

fn attribute(source: &mut Source, taken: &mut Taken, key: &str, text: &str, items: Option<&str>) {
    if let Some((_, place)) = WITHIN_ITEMS.iter().find(|(known, _)| *known == key) {
        select_within(source, taken, key, place, items, text);
        if *place == "summary" {
            let says = "it is the summary: the body is read from the article's own page";
            taken.remark(None, Weight::Differs, key, says);
        }
        return;
    }
    if let Some((_, place)) = OF_ARTICLES.iter().find(|(known, _)| *known == key) {
        source.article.add(taken, At { line: None, directive: key }, place, text);
        return;
    }
    if let Some((_, says)) = INSTEAD.iter().find(|(keys, _)| keys.contains(&key)) {
        return taken.remark(None, Weight::Differs, &format!("{key}: {text}"), says);
    }
    match key {
        "xmlUrl" | "text" | "title" | "type" | "category" => {}
        "htmlUrl" | "description" | "version" | "created" | "isComment" | "crawler" => taken.took(key),
        "frss:xPathItem" => source.select(taken, key, "items", text),
        "frss:CURLOPT_COOKIE" | "cookie" => {
            taken.took(key);
            source.article.headers.push(("Cookie".to_owned(), text.to_owned()));
        }
        "frss:CURLOPT_HTTPHEADER" => headers(source, taken, text),
        "frss:CURLOPT_USERAGENT" | "userAgent" => {
            taken.remark(None, Weight::Differs, &format!("{key}: {text}"), DISGUISE);
            source.user_agent = Some(text.to_owned());
        }
        "rewriteRules" => rewrite_rules(source, taken, text),
        "blocklistRules" => pattern(source, taken, key, "exclude", text),
        "keeplistRules" => pattern(source, taken, key, "include", text),
        _ => {
            taken.remark(None, Weight::Unsupported, &format!("{key}: {text}"), "tearsheet has no equivalent");
        }
    }
}

fn headers(source: &mut Source, taken: &mut Taken, text: &str) {
    for header in text.lines() {
        match header.split_once(':') {
            Some((name, value)) => {
                taken.took("frss:CURLOPT_HTTPHEADER");
                source.article.headers.push((name.trim().to_owned(), value.trim().to_owned()));
            }
            None => taken.remark(None, Weight::Unsupported, "frss:CURLOPT_HTTPHEADER", "not a header"),
        }
    }
}

/// A pattern that Miniflux tries on titles and URLs, and tearsheet on URLs alone.
fn pattern(source: &mut Source, taken: &mut Taken, directive: &str, key: &'static str, text: &str) {
    if let Err(error) = regex::Regex::new(text) {
        return taken.remark(
            None,
            Weight::Unsupported,
            &format!("{directive}: {text}"),
            error.to_string().replace('\n', " "),
        );
    }
    taken.remark(
        None,
        Weight::Differs,
        &format!("{directive}: {text}"),
        "it is tried on URLs, not on titles",
    );
    source.top.push((key, inline(&[text.to_owned()])));
}
