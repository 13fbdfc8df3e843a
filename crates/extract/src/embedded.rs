//! The article of a page that shows none, or next to none, and carries it as data for its scripts: the state of Next.js,
//! Nuxt, Apollo and their like, JSON in attributes, and JSON-LD.
//!
//! The data of a page describes a whole site. What is taken is the text of the object that has this page's title or
//! address, written as HTML that is then read like any page. All of it is bounded; what is too large is passed over and
//! told once.

mod about;
mod assigned;
mod bodies;
mod flat;
mod flight;
mod graph;
mod literal;
mod markup;
mod posts;
pub(crate) mod script_body;
mod sources;
#[cfg(test)]
mod tests;

use std::cmp::Reverse;

use memchr::memmem;
use rustc_hash::FxHashSet;
use scraper::Html;
use url::Url;

use self::about::{About, Wanted};
use self::bodies::Text;
use super::Rejection;
use super::metadata::Metadata;
use super::render::{Rendered, count_words, escaped};
use crate::model::{Access, Field};
use crate::segment::measure::{Word, words_of};

/// A body of fewer words may be but the beginning of the article.
const WEAK: u32 = 250;
/// Fewer words are no article.
const LEAST: u32 = 30;
/// A body is given up for one that has at least so many times its words, and so many more.
const TIMES: u32 = 2;
const MORE: u32 = 60;
/// The least share, in hundredths, of a body's runs of words that the longer one must say too.
const SHARED: usize = 60;
/// A body of so few words says nothing that would be missed.
const NEXT_TO_NOTHING: u32 = 40;

/// The most objects about a page that are asked for its text.
const MOST_ABOUT: usize = 60;

/// What was looked for in a page's data.
#[derive(Debug, Default)]
pub(super) struct Search {
    pub(super) found: Option<Found>,
    /// How many scripts and attributes were too large to be read.
    pub(super) too_large: usize,
}

/// The text of a page's article in its data.
#[derive(Debug)]
pub(super) struct Found {
    /// The text, as a page.
    pub(super) html: String,
    /// Where it stands: `script#__NEXT_DATA__ props.pageProps.article.body`.
    pub(super) place: String,
}

/// Whether what was `read` of a page leaves so much to be wished for that its data is looked at. What is only for
/// subscribers is not taken from scripts, and what a challenge or an error page says of an article is not believed.
pub(super) fn is_wanted(read: Result<&Rendered, &Rejection>, metadata: &Metadata) -> bool {
    let is_open = metadata.access != Some(Access::Subscribers);
    is_open
        && match read {
            Ok(body) => body.word_count < WEAK,
            Err(why) => matches!(
                why,
                Rejection::NoArticle
                    | Rejection::NeedsScripts
                    | Rejection::OnlyLinks
                    | Rejection::TooShort { .. }
                    | Rejection::Login
                    | Rejection::Consent
            ),
        }
}

/// Looks for the article of the page at `url` in the data of `document`.
pub(super) fn search(document: &Html, url: &Url, metadata: &Metadata) -> Search {
    let said = metadata.said.get(&Field::Title).into_iter().flatten().map(|said| said.value.as_str());
    let titles: Vec<&str> = said.filter(|title| Some(*title) != metadata.site_name.as_deref()).collect();
    let marks = marks(&titles, url);
    let is_told =
        |data: &str| marks.iter().any(|mark| memmem::find(data.as_bytes(), mark.as_bytes()).is_some());
    let sources = sources::read(document, &is_told);
    let wanted = Wanted::new(url, &titles);
    let mut abouts = about::find(&sources.graph, &sources.found, &wanted);
    abouts.sort_by_key(|about| Reverse(about.weight));
    abouts.truncate(MOST_ABOUT);
    let texts = abouts.iter().filter_map(|about| Some((about, text(&sources.graph, about)?)));
    // A text that has lost its paragraphs is worth less.
    let form = |text: &Text| if text.html.matches("<p").nth(1).is_some() { 5 } else { 4 };
    let worth = |about: &About, text: &Text| text.words * (8 + about.weight) * form(text);
    let best = texts.max_by_key(|(about, text)| (worth(about, text), Reverse(about.path.len())));
    let found = best.map(|(about, text)| Found {
        html: page(&text.html, metadata),
        place: [sources.found[about.source].label.as_str(), " ", &about.path, dot(about, &text), &text.path]
            .concat(),
    });
    Search { found, too_large: sources.too_large }
}

fn dot(about: &About, text: &Text) -> &'static str {
    if about.path.is_empty() || text.path.is_empty() { "" } else { "." }
}

/// The text of an object about the page: one of its own, or a thread of posts.
fn text(graph: &graph::Graph, about: &About) -> Option<Text> {
    let own = bodies::best(graph, about.at);
    let thread = posts::thread(graph, about.at);
    let words = |text: &Option<Text>| text.as_ref().map_or(0, |text| text.words);
    let text = if words(&thread) > words(&own) { thread } else { own };
    text.filter(|text| text.words >= LEAST)
}

/// Whether the body in a page's data is to be taken for the one that it `shows`. What stands on the page as well, whose
/// text is `visible`, was left out of that for a reason.
pub(super) fn is_better(data: &Rendered, shows: Option<&Rendered>, visible: &str) -> bool {
    let Some(shows) = shows else { return data.word_count >= LEAST };
    data.word_count >= shows.word_count * TIMES
        && data.word_count >= shows.word_count + MORE
        && (shows.word_count < NEXT_TO_NOTHING || shared(&shows.text, &data.text) >= SHARED)
        && shared(&data.text, visible) < SHARED
}

/// How many of the runs of three words of `text` are in `other`, in hundredths.
fn shared(text: &str, other: &str) -> usize {
    let (text, other) = (words_of(text), words_of(other));
    let known: FxHashSet<&[Word]> = other.windows(3).collect();
    let runs = text.windows(3).len();
    text.windows(3).filter(|run| known.contains(run)).count() * 100 / runs.max(1)
}

/// What data has in it that speaks of the page: a run of the title's letters, as JSON may write it, or a part of its
/// address.
fn marks(titles: &[&str], url: &Url) -> Vec<String> {
    const LETTERS: usize = 8;
    const FOREIGN: usize = 6;
    let mut marks = Vec::new();
    for title in titles {
        let is_plain = |c: char| c.is_ascii_alphanumeric() || c == ' ';
        let runs = title.split(|c| !is_plain(c)).map(str::trim).filter(|run| run.len() >= LETTERS);
        marks.extend(runs.max_by_key(|run| run.len()).map(str::to_owned));
        let is_foreign = |c: char| !c.is_ascii();
        let foreign = title.split(|c| !is_foreign(c)).max_by_key(|run| run.len()).unwrap_or_default();
        let foreign: String = foreign.chars().take(FOREIGN).collect();
        if foreign.chars().count() > 1 {
            let escaped = foreign.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect();
            marks.extend([foreign, escaped]);
        }
    }
    let parts = url.path_segments().into_iter().flatten().rev().filter(|part| part.len() >= 4).take(2);
    marks.extend(parts.map(|part| part.split('.').next().unwrap_or(part).to_owned()));
    marks.extend(url.path().split(|c: char| !c.is_ascii_digit()).map(str::to_owned));
    marks.extend(url.query_pairs().map(|(_, value)| value.into_owned()).filter(|value| value.len() >= 4));
    marks.retain(|mark| mark.len() >= 4);
    marks
}

/// A page that has nothing but a title and a text.
fn page(body: &str, metadata: &Metadata) -> String {
    let language =
        metadata.language.as_deref().map(|tag| format!(" lang=\"{}\"", escaped(tag))).unwrap_or_default();
    let title = escaped(metadata.title.as_deref().unwrap_or_default());
    format!("<!DOCTYPE html><html{language}><title>{title}</title><body><main>{body}</main>")
}

/// The words of a text in HTML.
fn plain_words(html: &str) -> u32 {
    let mut text = String::with_capacity(html.len());
    for part in html.split('<') {
        let (tag, shown) = part.split_once('>').unwrap_or(("", part));
        // A tag within a word does not end it.
        if !matches!(tag.trim_start_matches('/'), "b" | "i" | "em" | "strong" | "span") {
            text.push(' ');
        }
        text.push_str(shown);
    }
    count_words(&text)
}
