//! The page that searches the site, and the files that it reads: scripts, since a page that is opened from a disk can load
//! nothing else.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::dates;
use super::teaser::language;
use super::{Frame, templates};
use crate::model::{Entry, Source};
use crate::publish::values::{TextLine, WebUrl};
use crate::publish::words::{self, Words};
use crate::publish::{File, Settings, addresses, item};

/// The longest standfirst, in characters.
const STANDFIRST: usize = 200;

/// What marks a script as one of ours.
const MARK: &str = "/* {\"name\": \"tearsheet\"} */";

/// One of the scripts that hold the articles of a month.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SearchShard {
    /// `2026-11`, and `2026-11-2` for the second of that month.
    pub name: String,
    /// How many articles it holds.
    pub articles: usize,
    /// The beginning of its digest.
    pub digest: String,
}

pub(crate) fn search_page(settings: &Settings) -> File {
    let path = "search.html";
    File { path: path.to_owned(), bytes: templates::render(settings, path, Frame::new(settings, path)) }
}

/// What the search knows of an article, in the order in which the script reads it.
#[derive(Serialize)]
struct Known(
    TextLine,
    /// Its standfirst.
    String,
    /// Its authors.
    Vec<TextLine>,
    /// Its page here, from the output folder.
    String,
    /// Its address at its site.
    WebUrl,
    /// The day, or the month, on which it was published.
    String,
    /// Its source's name.
    String,
    /// Its language; empty if that is not known.
    String,
);

pub(crate) fn search_line(entry: &Entry) -> String {
    let article = &entry.article;
    let described = article.description.as_deref().and_then(TextLine::of);
    let known = Known(
        item::title(entry),
        described.map(|text| text.chars().take(STANDFIRST).collect()).unwrap_or_default(),
        item::authors(article),
        addresses::article_path(entry),
        WebUrl::of_page(&article.url),
        dates::day_of(entry),
        entry.source.to_string(),
        language(entry, None).tag().to_owned(),
    );
    literal(&known)
}

/// The script that holds `lines`.
pub(crate) fn shard(name: &str, lines: &[String]) -> Vec<u8> {
    format!("{MARK}\ntearsheetShard({},[\n{}\n]);\n", literal(&name), lines.join(",\n")).into_bytes()
}

/// What the search reads first.
#[derive(Serialize)]
struct Manifest<'a> {
    /// Of each script its name, how many articles it holds and what tells it from an earlier one, the newest first.
    shards: Vec<(&'a str, usize, &'a str)>,
    sources: BTreeMap<&'a str, TextLine>,
    words: SearchWords<'a>,
}

#[derive(Serialize)]
struct SearchWords<'a> {
    result: &'a str,
    incomplete: &'a str,
    by: &'a str,
    date: &'a str,
    months: &'a [&'static str],
    language: &'a str,
}

pub(crate) fn manifest(settings: &Settings, sources: &[Source], shards: &[SearchShard]) -> Vec<u8> {
    let words: &Words = words::of(&settings.language);
    let titled = |source: &'_ Source| TextLine::of(&source.title);
    let manifest = Manifest {
        shards: shards
            .iter()
            .map(|shard| (shard.name.as_str(), shard.articles, shard.digest.as_str()))
            .collect(),
        sources: sources.iter().filter_map(|source| Some((source.id.as_str(), titled(source)?))).collect(),
        words: SearchWords {
            result: words.search_result,
            incomplete: words.search_incomplete,
            by: words.by,
            date: words.date,
            months: &words.months,
            language: words.language,
        },
    };
    format!("{MARK}\ntearsheetSearch({});\n", literal(&manifest)).into_bytes()
}

/// `value` as JavaScript. JSON is that, but for two ends of lines that older browsers do not take in a string.
fn literal(value: &impl Serialize) -> String {
    let json = serde_json::to_string(value).unwrap_or_else(|_| Value::Null.to_string());
    json.replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_an_article_says_is_one_string_of_a_script() {
        let line = literal(&["\"];alert(1)//", "a\u{2028}b\nc</script>\\"]);
        assert_eq!(line, "[\"\\\"];alert(1)//\",\"a\\u2028b\\nc</script>\\\\\"]");
        let script = String::from_utf8(shard("2026-11", &[line])).unwrap();
        assert_eq!(script.lines().count(), 4, "a line for each article: {script}");
    }
}
