//! What the state of a page's scripts says of its article: the last source, asked only where all others are silent.
//!
//! A state describes a whole site: the object taken is one that has the page's title or address, or none is.

use serde_json::{Map, Value};
use tearsheet_html::{PageData, Script};
use url::Url;

use super::date_sources::SCRIPT_KEYS;
use super::names::people;
use crate::text::{self, bare, plain};

/// The most objects that are looked at, and how deep they may lie.
const MOST_NODES: usize = 50_000;
const MOST_DEPTH: usize = 64;
/// The longest text of a field.
const MOST_TEXT: usize = 2000;

const TITLES: &[&str] = &["headline", "title", "name"];
const AUTHORS: &[&str] = &["author", "authors", "byline", "bylines", "creator", "creators", "writers"];
const NAMES: &[&str] = &["name", "fullName", "full_name", "displayName", "display_name", "title"];
const ADDRESSES: &[&str] =
    &["url", "canonicalUrl", "canonical_url", "canonical", "permalink", "link", "path", "href"];

type Object = Map<String, Value>;

/// What the state says.
#[derive(Clone, Debug, Default)]
pub(super) struct Described {
    pub(super) title: Option<String>,
    pub(super) authors: Vec<String>,
    pub(super) published: Option<String>,
}

/// Reads the object that has one of `titles`, or stands at `url`.
pub(super) fn read(data: &PageData<'_>, titles: &[String], url: &Url) -> Described {
    let known: Vec<String> = titles.iter().map(|title| bare(title)).filter(|title| title.len() > 3).collect();
    let mentioned = mentions(titles, url);
    let told = |script: &&Script<'_>| mentioned.iter().any(|mention| script.text.contains(mention));
    let states = data.others().filter(told).flat_map(|script| data.values(script));
    let found = states.filter_map(|state| best(state, &known, url)).max_by_key(|(score, _)| *score);
    found.map(|(_, described)| described).unwrap_or_default()
}

/// What a script has in it that speaks of the page: a run of the title's letters that JSON does not write otherwise, or the
/// end of its address.
fn mentions<'a>(titles: &'a [String], url: &'a Url) -> Vec<&'a str> {
    const LEAST: usize = 8;
    let plain = |c: char| c.is_ascii_alphanumeric() || c == ' ';
    let longest = |title: &'a String| title.split(|c| !plain(c)).max_by_key(|run| run.len());
    let runs = titles.iter().filter_map(longest).map(str::trim).filter(|run| run.len() >= LEAST);
    let foreign =
        titles.iter().filter(|title| !title.is_ascii()).map(|title| &title[..title.floor_char_boundary(18)]);
    let last = url.path_segments().and_then(|mut parts| parts.rfind(|part| !part.is_empty()));
    runs.chain(foreign).chain(last).collect()
}

/// What is said by the object that says most, among those about the page.
fn best(state: &Value, titles: &[String], url: &Url) -> Option<(usize, Described)> {
    let mut waiting = vec![(state, 0)];
    let (mut best, mut seen): (Option<(usize, Described)>, usize) = (None, 0);
    while let Some((value, depth)) = waiting.pop() {
        seen += 1;
        if seen > MOST_NODES || depth > MOST_DEPTH {
            continue;
        }
        match value {
            Value::Array(values) => waiting.extend(values.iter().rev().map(|value| (value, depth + 1))),
            Value::Object(object) => {
                if is_about(object, titles, url) {
                    let described = describe(object);
                    let says = score(&described);
                    if says > 1 && best.as_ref().is_none_or(|(known, _)| says > *known) {
                        best = Some((says, described));
                    }
                }
                waiting.extend(object.values().map(|value| (value, depth + 1)));
            }
            _ => {}
        }
    }
    best
}

fn score(described: &Described) -> usize {
    usize::from(described.title.is_some())
        + usize::from(!described.authors.is_empty())
        + usize::from(described.published.is_some())
}

fn is_about(object: &Object, titles: &[String], url: &Url) -> bool {
    let title = title(object).map(|title| bare(&title));
    let named = title.is_some_and(|title| titles.contains(&title));
    let addressed = || {
        let texts = ADDRESSES.iter().filter_map(|key| object.get(*key)?.as_str());
        texts.into_iter().any(|text| text.len() > 1 && url.path().len() > 1 && text::is_same_page(url, text))
    };
    named || addressed()
}

fn describe(object: &Object) -> Described {
    Described {
        title: title(object),
        authors: AUTHORS
            .iter()
            .map(|key| names(object.get(*key)))
            .find(|names| !names.is_empty())
            .unwrap_or_default(),
        published: SCRIPT_KEYS.iter().find_map(|key| match object.get(*key)? {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        }),
    }
}

fn title(object: &Object) -> Option<String> {
    let texts = TITLES.iter().filter_map(|key| text_of(object.get(*key)?));
    texts.into_iter().find(|title| title.chars().any(char::is_alphabetic))
}

/// A text, or what a system wraps around one.
fn text_of(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text,
        Value::Object(inner) => inner.get("rendered").or_else(|| inner.get("basic"))?.as_str()?,
        _ => return None,
    };
    Some(plain(&text[..text.floor_char_boundary(MOST_TEXT)])).filter(|text| !text.is_empty())
}

fn names(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::String(text)) => people(&text[..text.floor_char_boundary(MOST_TEXT)]),
        Some(Value::Array(values)) => values.iter().take(20).flat_map(names_of_one).collect(),
        Some(value) => names_of_one(value),
        None => Vec::new(),
    }
}

fn names_of_one(value: &Value) -> Vec<String> {
    let Value::Object(person) = value else { return value.as_str().map(people).unwrap_or_default() };
    let text = |key: &str| person.get(key).and_then(Value::as_str);
    let whole = NAMES.iter().find_map(|key| text(key)).map(people);
    let parts = || {
        let given = text("firstName").or_else(|| text("first_name"))?;
        let family = text("lastName").or_else(|| text("last_name"))?;
        Some(people(&format!("{given} {family}")))
    };
    whole.filter(|names| !names.is_empty()).or_else(parts).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(script: &str) -> Described {
        let url = Url::parse("https://courier.example/harbour/pier").unwrap();
        let page = format!("<script>var x = 1;</script><script>{script}</script>");
        let document = crate::dom::parse(&page, crate::dom::Scripting::Enabled);
        read(&PageData::of(&document), &["The pier is closed".to_owned()], &url)
    }

    const STATE: &str = r#"{"props": {"related": [{"title": "A gull returns", "author": "Bo Ek", "publishedAt": "2020-01-01"}],
        "article": {"title": "The pier is closed", "authors": [{"name": "Ann Lee"}, {"firstName": "Cy", "lastName": "Fox"}],
        "publishedAt": "2024-05-08T10:00:00Z"}}}"#;

    #[test]
    fn the_object_with_the_pages_title_is_read_in_each_form_of_a_state() {
        let quoted = serde_json::to_string(STATE).unwrap();
        for script in [
            STATE.to_owned(),
            format!("window.__INITIAL_STATE__ = {STATE};\nstart();"),
            format!("window.__PRELOADED_STATE__=JSON.parse({quoted});"),
        ] {
            let described = check(&script);
            assert_eq!(described.authors, ["Ann Lee", "Cy Fox"], "{script}");
            assert_eq!(described.published.as_deref(), Some("2024-05-08T10:00:00Z"));
        }
    }

    #[test]
    fn the_object_at_the_pages_address_is_read() {
        let described = check(
            r#"{"pages": [{"headline": "Of gulls", "url": "/gulls", "byline": "By Bo Ek"},
            {"headline": "The old coal pier", "url": "https://www.courier.example/harbour/pier/", "byline": "By Ann Lee"}]}"#,
        );
        assert_eq!(
            (described.title.as_deref(), described.authors.as_slice()),
            (Some("The old coal pier"), &["Ann Lee".to_owned()][..])
        );
    }

    #[test]
    fn what_is_about_another_page_or_broken_says_nothing() {
        for script in [
            r#"{"title": "A gull returns", "author": "Bo Ek"}"#,
            "window.__X__ = {\"title\": ",
            &"{\"a\":".repeat(100_000),
        ] {
            let described = check(script);
            assert!(described.title.is_none() && described.authors.is_empty());
        }
    }
}
