//! The site's front page: the newest articles, and every feed.

use serde::Serialize;

use super::feed_page::{Subscription, subscriptions};
use super::teaser::{Teaser, teasers};
use super::{Frame, templates};
use crate::model::{Entry, Source, bare_host};
use crate::publish::characters::line;
use crate::publish::{Feed, File, Settings, Thumbnails, addresses, selection, words};

/// How many articles the front page lists.
const NEWEST: usize = 30;

#[derive(Serialize)]
struct IndexPage {
    #[serde(flatten)]
    frame: Frame,
    articles: Vec<Teaser>,
    feeds: Vec<Row>,
}

#[derive(Serialize)]
struct Row {
    title: String,
    page: String,
    host: Option<String>,
    subscriptions: Vec<Subscription>,
}

pub(crate) fn index_page(
    settings: &Settings,
    feeds: &[Feed],
    newest: &[Entry],
    sources: &[Source],
    thumbnails: &Thumbnails,
) -> File {
    let words = words::of(&settings.language);
    let entries = selection::newest(newest, NEWEST);
    let row = |feed: &Feed| Row {
        title: line(&feed.title),
        page: addresses::feed_page_path(&feed.id),
        host: feed.home.as_ref().map(|home| bare_host(home).to_owned()),
        subscriptions: subscriptions(words, settings, feed),
    };
    let page = IndexPage {
        frame: Frame::new(settings, "index.html"),
        articles: teasers(words, &entries, sources, thumbnails),
        feeds: feeds.iter().filter(|feed| feed.is_listed).map(row).collect(),
    };
    File { path: "index.html".to_owned(), bytes: templates::render(settings, "index.html", page) }
}
