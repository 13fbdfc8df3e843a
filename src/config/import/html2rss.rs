//! The YAML of html2rss: one feed a file, or several beneath `feeds`.

use serde_json::{Map, Value};

use super::draft::Source;
use super::{NewFile, Taken, Weight, urls};

/// Reads a file.
pub(super) fn read(name: &str, text: &str) -> Vec<Taken> {
    let parsed: Result<Value, _> = serde_saphyr::from_str(text);
    match parsed {
        Ok(Value::Object(top)) => match top.get("feeds") {
            Some(Value::Object(feeds)) => {
                let each =
                    feeds.iter().filter_map(|(called, feed)| Some(one(name, called, feed.as_object()?)));
                each.collect()
            }
            _ => vec![one(name, name, &top)],
        },
        Ok(_) => vec![refused(name, "it holds no feed")],
        Err(error) => {
            let said = error.to_string();
            vec![refused(name, &format!("it is not YAML: {}", said.lines().next().unwrap_or_default()))]
        }
    }
}

fn refused(name: &str, says: &str) -> Taken {
    let mut taken = Taken::new(name);
    taken.remark(None, Weight::Unsupported, "the file", says);
    taken
}

fn one(name: &str, called: &str, feed: &Map<String, Value>) -> Taken {
    let mut taken = Taken::new(called);
    let empty = Map::new();
    let channel = feed.get("channel").and_then(Value::as_object).unwrap_or(&empty);
    let Some(url) = channel.get("url").and_then(Value::as_str).and_then(urls::parse) else {
        taken.remark(None, Weight::Unsupported, "channel.url", "it has no URL that can be fetched");
        return taken;
    };
    let mut source =
        Source { notes: vec![format!("Made from {name} by `tearsheet import`.")], ..Source::default() };
    source.set("url", url.as_str());
    source.set("kind", "listing");
    for (key, value) in channel {
        channel_key(&mut source, &mut taken, key, value);
    }
    for (key, value) in feed.get("selectors").and_then(Value::as_object).unwrap_or(&empty) {
        selector(&mut source, &mut taken, key, value);
    }
    headers(&mut source, &mut taken, feed.get("headers"));
    for key in feed.keys().filter(|key| !matches!(key.as_str(), "channel" | "selectors" | "headers")) {
        let (weight, says) = match key.as_str() {
            "auto_source" => (Weight::Differs, "what no selector is given for is found without one"),
            "strategy" => (Weight::Differs, "pages are fetched as they are, and no script is run"),
            _ => (Weight::Unsupported, "tearsheet has no equivalent"),
        };
        taken.remark(None, weight, key, says);
    }
    taken.file = Some((NewFile::Source(url), source.text()));
    taken
}

fn channel_key(source: &mut Source, taken: &mut Taken, key: &str, value: &Value) {
    let directive = format!("channel.{key}");
    match (key, value.as_str()) {
        ("url", _) => taken.took(&directive),
        ("title", Some(text)) => {
            taken.took(&directive);
            source.set("title", text);
        }
        ("language", Some(text)) => {
            taken.took(&directive);
            source.set("language", text);
        }
        ("time_zone", Some(text)) if text.parse::<chrono_tz::Tz>().is_ok() => {
            taken.took(&directive);
            source.set("timezone", text);
        }
        ("headers", _) => headers(source, taken, Some(value)),
        ("ttl" | "description" | "author" | "strategy", _) => {
            taken.remark(None, Weight::Differs, &directive, "it is decided here in another way");
        }
        _ => taken.remark(
            None,
            Weight::Unsupported,
            &format!("{directive}: {value}"),
            "tearsheet has no equivalent",
        ),
    }
}

fn headers(source: &mut Source, taken: &mut Taken, headers: Option<&Value>) {
    for (name, value) in headers.and_then(Value::as_object).into_iter().flatten() {
        match value.as_str() {
            Some(_) if name.eq_ignore_ascii_case("user-agent") => {
                taken.remark(None, Weight::Differs, &format!("headers.{name}"), super::draft::DISGUISE);
                source.user_agent = value.as_str().map(str::to_owned);
            }
            Some(text) => {
                taken.took("headers");
                source.article.headers.push((name.clone(), text.to_owned()));
            }
            None => {
                taken.remark(
                    None,
                    Weight::Unsupported,
                    &format!("headers.{name}"),
                    "this cannot be a header",
                );
            }
        }
    }
}

fn selector(source: &mut Source, taken: &mut Taken, key: &str, value: &Value) {
    let directive = format!("selectors.{key}");
    let css = value.as_str().or_else(|| value.get("selector").and_then(Value::as_str));
    let place = match key {
        "items" => "items",
        "title" => "title",
        "link" | "url" => "link",
        "description" => "summary",
        "published_at" | "updated" => "date",
        "enclosure" | "image" => "image",
        "author" | "categories" | "guid" | "comments" => {
            return taken.remark(None, Weight::Differs, &directive, "it is read from the article's own page");
        }
        _ => return taken.remark(None, Weight::Unsupported, &directive, "tearsheet has no equivalent"),
    };
    match css {
        Some(css) => source.select(taken, &directive, place, css),
        None => taken.remark(None, Weight::Unsupported, &directive, "it has no selector"),
    }
    for option in value.as_object().into_iter().flat_map(Map::keys) {
        match option.as_str() {
            "selector" => {}
            "extractor" | "attribute" | "post_process" | "enhance" | "order" | "static" | "channel" => {
                let says = "values are read here as their kind needs it, and cleaned";
                taken.remark(None, Weight::Differs, &format!("{directive}.{option}"), says);
            }
            "pagination" => {
                taken.remark(
                    None,
                    Weight::Differs,
                    &format!("{directive}.pagination"),
                    "older pages are read by `run --backfill`",
                );
            }
            _ => taken.remark(
                None,
                Weight::Unsupported,
                &format!("{directive}.{option}"),
                "tearsheet has no equivalent",
            ),
        }
    }
}
