//! The TOML of rsspls and of feed-me-up-scotty: sources with selectors for what a listing shows.

use toml::{Table, Value};

use super::draft::{DISGUISE, Source};
use super::{NewFile, Taken, Weight, urls};

fn parsed(name: &str, text: &str) -> Result<Table, Vec<Taken>> {
    text.parse().map_err(|error: toml::de::Error| {
        let mut taken = Taken::new(name);
        taken.remark(None, Weight::Unsupported, "the file", format!("it is not TOML: {}", error.message()));
        vec![taken]
    })
}

/// Reads each `[[feed]]` of rsspls.
pub(super) fn rsspls(name: &str, text: &str) -> Vec<Taken> {
    let table = match parsed(name, text) {
        Ok(table) => table,
        Err(said) => return said,
    };
    let mut all: Vec<Taken> = Vec::new();
    for (key, value) in &table {
        match (key.as_str(), value) {
            ("feed", Value::Array(feeds)) => {
                all.extend(feeds.iter().filter_map(Value::as_table).map(|feed| {
                    let called = feed.get("title").and_then(Value::as_str).unwrap_or(name);
                    one(name, called, feed, FeedProgram::Rsspls)
                }));
            }
            ("rsspls", _) => {}
            _ => all.push(unknown(name, key)),
        }
    }
    all
}

/// Reads each table of feed-me-up-scotty.
pub(super) fn scotty(name: &str, text: &str) -> Vec<Taken> {
    let table = match parsed(name, text) {
        Ok(table) => table,
        Err(said) => return said,
    };
    let each = table.iter().map(|(key, value)| match value {
        Value::Table(feed) if key != "default" => one(name, key, feed, FeedProgram::Scotty),
        _ => unknown(name, key),
    });
    each.collect()
}

fn unknown(name: &str, key: &str) -> Taken {
    let mut taken = Taken::new(name);
    taken.remark(None, Weight::Unsupported, key, "tearsheet has no equivalent");
    taken
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum FeedProgram {
    Rsspls,
    Scotty,
}

fn one(name: &str, called: &str, feed: &Table, format: FeedProgram) -> Taken {
    let mut taken = Taken::new(called);
    let mut source =
        Source { notes: vec![format!("Made from {name} by `tearsheet import`.")], ..Source::default() };
    let flat = feed.iter().flat_map(|(key, value)| match value {
        Value::Table(inner) if key == "config" => {
            inner.iter().map(|(key, value)| (key.as_str(), value)).collect()
        }
        _ => vec![(key.as_str(), value)],
    });
    let pairs: Vec<(&str, &Value)> = flat.collect();
    let url = pairs.iter().find(|(key, _)| *key == "url").and_then(|(_, value)| urls::parse(value.as_str()?));
    let Some(url) = url else {
        taken.remark(None, Weight::Unsupported, "url", "it has no URL that can be fetched");
        return taken;
    };
    source.set("url", url.as_str());
    source.set("kind", "listing");
    for (key, value) in pairs {
        match value {
            Value::String(text) => text_key(&mut source, &mut taken, (key, text), format),
            Value::Table(table) if key == "date" => {
                // rsspls can say how a date is written.
                if let Some(selector) = table.get("selector").and_then(Value::as_str) {
                    source.select(&mut taken, "date.selector", "date", selector);
                }
                if table.contains_key("format") {
                    taken.remark(
                        None,
                        Weight::Differs,
                        "date.format",
                        "dates are read in all the usual ways",
                    );
                }
            }
            Value::Array(list) if key.ends_with("Selectors") || key == "titleSelector" => {
                for text in list.iter().filter_map(Value::as_str) {
                    text_key(&mut source, &mut taken, (key.trim_end_matches('s'), text), format);
                }
            }
            other => taken.remark(
                None,
                Weight::Unsupported,
                &format!("{key} = {other}"),
                "tearsheet has no equivalent",
            ),
        }
    }
    taken.file = Some((NewFile::Source(url), source.text()));
    taken
}

fn text_key(source: &mut Source, taken: &mut Taken, (key, text): (&str, &str), format: FeedProgram) {
    match (format, key) {
        (_, "url") => taken.took(key),
        (_, "title") => {
            taken.took(key);
            source.set("title", text);
        }
        (FeedProgram::Rsspls, "item") | (FeedProgram::Scotty, "entrySelector") => {
            source.select(taken, key, "items", text);
        }
        (FeedProgram::Rsspls, "heading") | (FeedProgram::Scotty, "titleSelector") => {
            source.select(taken, key, "title", text);
        }
        (FeedProgram::Rsspls, "link") | (FeedProgram::Scotty, "linkSelector") => {
            source.select(taken, key, "link", text);
        }
        (FeedProgram::Rsspls, "summary") | (FeedProgram::Scotty, "contentSelector") => {
            source.select(taken, key, "summary", text);
            if format == FeedProgram::Scotty {
                let says = "it is the summary: the body is read from the article's own page";
                taken.remark(None, Weight::Differs, key, says);
            }
        }
        (FeedProgram::Rsspls, "date") | (FeedProgram::Scotty, "dateSelector") => {
            source.select(taken, key, "date", text);
        }
        (FeedProgram::Rsspls, "media") => source.select(taken, key, "image", text),
        (_, "user_agent") => {
            taken.remark(None, Weight::Differs, &format!("{key}: {text}"), DISGUISE);
            source.user_agent = Some(text.to_owned());
        }
        (_, "filename" | "dateFormat" | "timeout" | "matchOneOfSelectors") => {
            taken.remark(
                None,
                Weight::Differs,
                &format!("{key}: {text}"),
                "it is decided here in another way",
            );
        }
        _ => {
            taken.remark(None, Weight::Unsupported, &format!("{key}: {text}"), "tearsheet has no equivalent");
        }
    }
}
