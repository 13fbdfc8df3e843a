//! The text of a new source file, as `tearsheet add` writes it.

use std::fmt::Write;

use toml::Value;
use url::Url;

use super::values;
use crate::discover::{Kind, Pin};
use crate::model::{SourceId, bare_host};

/// What is known of a source that is about to be added.
#[derive(Clone, Copy, Debug)]
pub struct NewSource<'a> {
    /// The page, feed or sitemap at which discovery starts.
    pub url: &'a Url,
    /// What that is.
    pub kind: Kind,
    /// The site's title, if it is known.
    pub title: Option<&'a str>,
    /// Its language, as a BCP 47 tag, if it is known.
    pub language: Option<&'a str>,
    /// A regular expression that its articles' URLs match, where the document lists others too.
    pub include: Option<&'a str>,
    /// A document that lists its past.
    pub history: Option<&'a Url>,
    /// How it was found and what was seen, a remark each.
    pub remarks: &'a [String],
    /// Selectors for `[select]` that give what is found without any.
    pub selectors: &'a [Pin],
}

/// Writes an annotated source file. It says what `new` says; suggestions and other keys are comments.
#[must_use]
pub fn source_file(new: &NewSource<'_>) -> String {
    let mut text = String::from("# A source of tearsheet. Its name is this file's name without `.toml`.\n");
    if !new.remarks.is_empty() {
        text.push_str("#\n# How it was found:\n");
    }
    for remark in new.remarks {
        line(&mut text, format_args!("# - {}", one_line(remark)));
    }
    text.push('\n');
    line(&mut text, format_args!("url = {}", quoted(new.url.as_str())));
    line(
        &mut text,
        format_args!("kind = \"{}\"  # auto | listing | feed | sitemap | json | urls", new.kind.name()),
    );
    if let Some(history) = new.history {
        let remark = "where `run --backfill` finds what is older";
        line(&mut text, format_args!("history = {}  # {remark}", quoted(history.as_str())));
    }
    known_or_comment(&mut text, "title", new.title, "the site's host is its title until you give it one");
    known_or_comment(&mut text, "language", new.language, "a BCP 47 tag such as \"en\"");
    text.push_str(LIMIT);
    match new.include {
        Some(include) => line(
            &mut text,
            format_args!("include = [{}]  # other links of the page are not articles", quoted(include)),
        ),
        None => text.push_str(INCLUDE),
    }
    text.push_str(OTHER_KEYS);
    if new.selectors.is_empty() {
        text.push_str("# items = \"article\"\n");
    } else {
        text.push_str("# These give what is found now; take the signs away to pin it.\n");
    }
    for Pin { key, selector } in new.selectors {
        line(&mut text, format_args!("# {key} = {}", quoted(selector)));
    }
    text.push_str(OTHER_TABLES);
    text
}

/// `url` as a source can be followed at it: without user info, which would stand in the file for everyone to read. `None` if
/// it is no page of the web.
#[must_use]
pub fn followable(url: &Url) -> Option<Url> {
    let mut url = url.clone();
    let is_web = matches!(url.scheme(), "http" | "https") && url.has_host();
    (is_web && url.set_username("").is_ok() && url.set_password(None).is_ok()).then_some(url)
}

/// Writes the file of a source whose articles were imported: it has a feed, and nothing is asked of its site.
#[must_use]
pub fn imported_source_file(url: &Url) -> String {
    format!(
        "# A source of tearsheet, made for articles that were imported. Its name is this file's name without `.toml`.\n\n\
         url = {}\nfollow = false  # true, or no such line, once its site is to be asked for news\n\
         # title = \"\"  # the site's host is its title until you give it one\n",
        quoted(url.as_str())
    )
}

const LIMIT: &str = "# limit = 40              # how many articles are taken from the listing at most\n";
const INCLUDE: &str = "# include = ['/\\d{4}/']   # if given, only URLs that match one of these regular expressions are articles\n";
const OTHER_KEYS: &str = "\
# exclude = ['/video/']   # URLs that match one of these are none

# [select]                # CSS or XPath on the listing; what is not given is found without it
";
const OTHER_TABLES: &str = "
# [article]               # CSS or XPath on the article page, a text or a list each
# body = \"article .content\"
# remove = [\".promo\"]

# [feed]
# size = 50
# level = \"full\"          # full | excerpt | link
";

fn known_or_comment(text: &mut String, key: &str, known: Option<&str>, remark: &str) {
    match known.map(one_line).filter(|known| !known.is_empty()) {
        Some(known) => line(text, format_args!("{key} = {}", quoted(&known))),
        None => line(text, format_args!("# {key} = \"\"  # {remark}")),
    }
}

fn line(text: &mut String, line: std::fmt::Arguments<'_>) {
    writeln!(text, "{line}").expect("a String takes any text");
}

/// `text` as a TOML string in one line.
fn quoted(text: &str) -> String {
    Value::String(one_line(text)).to_string()
}

/// `text` without line breaks and control characters, which may not stand in a comment.
fn one_line(text: &str) -> String {
    let plain: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Words at the end of an address that say what is there, not whose it is.
const DOCUMENT_WORDS: &[&str] = &[
    "atom", "feed", "feeds", "htm", "html", "index", "json", "jsonfeed", "php", "rdf", "rss", "rss2",
    "sitemap", "xml",
];

/// The words of `text` that a name can have.
fn name_of(text: &str) -> String {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-").to_ascii_lowercase()
}

fn name_at(url: &Url) -> String {
    let path = name_of(url.path());
    let mut path = path.as_str();
    while let Some(before) = DOCUMENT_WORDS.iter().find_map(|word| path.strip_suffix(word)) {
        // Only whole words are left out.
        match before.strip_suffix('-') {
            Some(before) => path = before,
            None if before.is_empty() => path = "",
            None => break,
        }
    }
    name_of(&format!("{} {path}", bare_host(url)))
}

/// A name for a source at `url` that is not taken: its host without `www.`, and the words of its path but for those that say
/// what kind of document is there. Where the host is a number or this machine, the title says more.
#[must_use]
pub fn unused_id(url: &Url, title: Option<&str>, is_taken: impl Fn(&SourceId) -> bool) -> SourceId {
    let is_named = url.domain().is_some_and(|domain| domain.contains('.'));
    let titled = title.filter(|_| !is_named).map(name_of).filter(|name| name.len() > 2);
    let name = titled.unwrap_or_else(|| name_at(url));
    let name = name.get(..name.len().min(56)).unwrap_or_default().trim_end_matches('-');
    let name = if name.is_empty() { "source" } else { name };
    let numbered = |number: usize| {
        let name = if number == 1 { name.to_owned() } else { format!("{name}-{number}") };
        values::feed_id(&name).ok().filter(|id| !is_taken(id))
    };
    // Thousands of one name are numbered without each being compared with all before it.
    let (mut taken, mut number) = (0, 1);
    let mut id = loop {
        match numbered(number) {
            Some(id) => break id,
            None => (taken, number) = (number, number * 2),
        }
    };
    while number - taken > 1 {
        let between = taken.midpoint(number);
        match numbered(between) {
            Some(free) => (number, id) = (between, free),
            None => taken = between,
        }
    }
    id
}
