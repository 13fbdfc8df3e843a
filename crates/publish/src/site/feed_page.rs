//! The page that explains a feed: what is in it, how to subscribe, and its articles.

use std::collections::BTreeSet;

use serde::Serialize;
use url::Url;

use super::changes::{self, ChangedArticle};
use super::shelf_page::{self, Group};
use super::teaser::{Teaser, teasers};
use super::{Frame, templates};
use crate::model::{Correction, Entry, Shelf, Source, bare_host};
use crate::publish::item::Issue;
use crate::publish::values::WebUrl;
use crate::publish::words::{self, Words};
use crate::publish::{Beside, Feed, File, Format, Level, Settings, addresses, shelves};

#[derive(Serialize)]
struct FeedPage {
    #[serde(flatten)]
    frame: Frame,
    title: String,
    description: String,
    home: Option<Home>,
    level: &'static str,
    subscriptions: Vec<Subscription>,
    is_public: bool,
    is_merged: bool,
    is_listed: bool,
    articles: Vec<Teaser>,
    /// In place of articles, on the page of a feed of corrections.
    changes: Vec<ChangedArticle>,
    /// The months in which its source has articles.
    years: Vec<Group>,
}

#[derive(Serialize)]
struct Home {
    url: WebUrl,
    host: String,
}

/// One format of a feed.
#[derive(Serialize)]
pub(super) struct Subscription {
    name: &'static str,
    note: &'static str,
    mime_type: &'static str,
    /// From the output folder.
    path: String,
    /// What a reader is to be given: the public URL, or the path where there is none.
    address: String,
}

pub(crate) fn feed_page(
    issue: &Issue<'_>,
    sources: &[Source],
    beside: &Beside,
    corrections: &[Correction],
) -> File {
    let path = addresses::feed_page_path(&issue.feed.id);
    let words = words::of(&issue.settings.language);
    let entries = entries(issue);
    let page = FeedPage {
        frame: Frame::new(issue.settings, &path),
        title: issue.title.clone(),
        description: issue.description.clone(),
        home: issue.feed.home.as_ref().and_then(home),
        level: match issue.feed.level {
            Level::Full => words.level_full,
            Level::Excerpt => words.level_excerpt,
            Level::Link => words.level_link,
        },
        subscriptions: subscriptions(words, issue.settings, issue.feed),
        is_public: issue.settings.base_url.is_some(),
        is_merged: issue.feed.sources.len() > 1,
        is_listed: issue.feed.is_listed,
        articles: teasers(words, &entries, sources, &beside.thumbnails),
        changes: corrections
            .iter()
            .map(|correction| changes::changed_article(correction, sources, words))
            .collect(),
        years: shelf_page::years(words, &beside.months, |month| {
            shelves::shelf_path(&Shelf::Source(issue.feed.id.clone(), month))
        }),
    };
    File { path, bytes: templates::render(issue.settings, "feed.html", page) }
}

/// The articles of an issue, each once: its newest state comes first.
fn entries<'a>(issue: &Issue<'a>) -> Vec<&'a Entry> {
    let mut entries: Vec<_> = issue.items.iter().map(|item| item.entry).collect();
    let mut seen = BTreeSet::new();
    entries.retain(|entry| seen.insert(entry.id));
    entries
}

fn home(url: &Url) -> Option<Home> {
    Some(Home { url: WebUrl::of(url)?, host: bare_host(url).to_owned() })
}

pub(super) fn subscriptions(words: &Words, settings: &Settings, feed: &Feed) -> Vec<Subscription> {
    let subscription = |&format: &Format| {
        let (name, note, mime_type) = match format {
            Format::Rss => ("RSS", words.rss_note, "application/rss+xml"),
            Format::Atom => ("Atom", words.atom_note, "application/atom+xml"),
            Format::Json => ("JSON Feed", words.json_note, "application/feed+json"),
        };
        let path = addresses::feed_path(&feed.id, format);
        let public = addresses::public(settings, &path);
        let address = public.map_or_else(|| path.clone(), |url| url.to_string());
        Subscription { name, note, mime_type, path, address }
    };
    feed.formats.iter().map(subscription).collect()
}
