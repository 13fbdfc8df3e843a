//! URLs of RSS-Bridge: of its bridges that read any site by selectors, the parameters say what a source can say.

use url::Url;

use super::draft::{At, Source};
use super::{NewFile, Taken, Weight, urls};

/// Whether all lines are such URLs.
pub(super) fn are_bridges(text: &str) -> bool {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.filter_map(urls::parse).all(|url| bridge(&url).is_some())
}

fn bridge(url: &Url) -> Option<String> {
    let (_, name) = url.query_pairs().find(|(key, _)| key == "bridge")?;
    Some(name.trim_end_matches("Bridge").to_owned())
}

/// Reads a bridge's URL; none if it is another URL.
pub(super) fn read(url: &Url) -> Option<Taken> {
    let bridge = bridge(url)?;
    let mut taken = Taken::new(url.as_str());
    let parameters: Vec<(String, String)> = url
        .query_pairs()
        .map(|(key, value)| (key.into_owned(), value.trim().to_owned()))
        .filter(|(key, value)| {
            !value.is_empty() && !matches!(key.as_str(), "action" | "bridge" | "format" | "context")
        })
        .collect();
    let mut source = Source {
        notes: vec![format!("Made from a URL of RSS-Bridge's {bridge} by `tearsheet import`.")],
        ..Source::default()
    };
    let known = matches!(bridge.as_str(), "CssSelector" | "CssSelectorComplex" | "XPath" | "Sitemap");
    let home = parameters.iter().find(|(key, _)| matches!(key.as_str(), "home_page" | "url"));
    let home = home.and_then(|(_, value)| urls::parse(value)).filter(|_| known);
    let Some(home) = home else {
        taken.remark(
            None,
            Weight::Unsupported,
            &bridge,
            "of this bridge's URLs nothing can be taken: add the site itself",
        );
        return Some(taken);
    };
    source.set("url", home.as_str());
    source.set("kind", if bridge == "Sitemap" { "sitemap" } else { "listing" });
    let items = parameters.iter().find(|(key, _)| matches!(key.as_str(), "item" | "entry_element_selector"));
    let items = items.map(|(_, value)| value.as_str());
    for (key, value) in &parameters {
        parameter(&mut source, &mut taken, (key, value), items);
    }
    if bridge == "Sitemap" {
        let says = "given as a home page; its sitemap is looked for at the usual place";
        taken.remark(None, Weight::Differs, "home_page", says);
    }
    taken.file = Some((NewFile::Source(home), source.text()));
    Some(taken)
}

/// Parameters that are selectors of a listing, and what they select here.
const OF_LISTINGS: &[(&str, &str)] =
    &[("url_selector", "link"), ("entry_element_selector", "items"), ("item", "items")];
/// Parameters that are expressions counted from an item.
const WITHIN_ITEMS: &[(&str, &str)] = &[
    ("uri", "link"),
    ("title", "title"),
    ("timestamp", "date"),
    ("content", "summary"),
    ("enclosures", "image"),
];
/// Parameters that are selectors for an article's page.
const OF_ARTICLES: &[(&str, &str)] = &[
    ("content_selector", "body"),
    ("title_selector", "title"),
    ("article_page_title_selector", "title"),
    ("time_selector", "date"),
    ("author_selector", "author"),
    ("content_cleanup", "remove"),
];

fn parameter(source: &mut Source, taken: &mut Taken, (key, value): (&str, &str), items: Option<&str>) {
    let place =
        |known: &[(&str, &'static str)]| known.iter().find(|(name, _)| *name == key).map(|(_, place)| *place);
    if let Some(place) = place(OF_LISTINGS) {
        return source.select(taken, key, place, value);
    }
    if let Some(place) = place(WITHIN_ITEMS) {
        return select_within(source, taken, key, place, items, value);
    }
    if let Some(place) = place(OF_ARTICLES) {
        source.article.add(taken, At { line: None, directive: key }, place, value);
        return;
    }
    match key {
        "home_page" | "url" => taken.took(key),
        "url_pattern" => {
            taken.took(key);
            source.top.push(("include", super::draft::inline(&[value.to_owned()])));
        }
        "limit" if value.parse::<usize>().is_ok_and(|limit| limit > 0) => {
            taken.took(key);
            source.top.push(("limit", value.to_owned()));
        }
        "time_format" => match super::php_date::php_date(value) {
            Some(format) => {
                taken.took(key);
                source.article.push("date_format", format);
            }
            None => {
                taken.remark(None, Weight::Unsupported, key, format!("`{value}` has no counterpart here"));
            }
        },
        "cookie" => {
            taken.took(key);
            source.article.headers.push(("Cookie".to_owned(), value.to_owned()));
        }
        "title_cleanup"
        | "discard_thumbnail"
        | "thumbnail_as_header"
        | "use_article_pages"
        | "remove_styling"
        | "remove_markup" => {
            taken.remark(
                None,
                Weight::Differs,
                key,
                "titles, bodies and lead images are cleaned here in any case",
            );
        }
        _ => {
            taken.remark(None, Weight::Unsupported, &format!("{key}={value}"), "tearsheet has no equivalent");
        }
    }
}

/// Adds an XPath expression that counts from an item, as one that counts from the page.
pub(super) fn select_within(
    source: &mut Source,
    taken: &mut Taken,
    directive: &str,
    key: &'static str,
    items: Option<&str>,
    relative: &str,
) {
    match from_page(items, relative) {
        Some(expression) => source.select(taken, directive, key, &expression),
        None => {
            taken.remark(
                None,
                Weight::Unsupported,
                &format!("{directive}: {relative}"),
                "it selects no place in the page",
            );
        }
    }
}

/// `(items)/relative`; none for what is no path.
fn from_page(items: Option<&str>, relative: &str) -> Option<String> {
    let relative = relative.trim();
    let items = items.map(|items| format!("({})", items.trim()));
    match (items, relative) {
        (Some(items), ".") => Some(items),
        (_, "." | "") => None,
        (_, path) if path.starts_with(['"', '\'', '(']) || path.contains("(.") && !path.contains('/') => None,
        (_, path) if path.starts_with('/') => Some(path.to_owned()),
        (Some(items), path) => Some(format!(
            "{items}/{}",
            path.strip_prefix("./").filter(|rest| !rest.starts_with('/')).unwrap_or(path)
        )),
        (None, path) => Some(format!("//{path}")),
    }
}
