//! Where things are: paths below the output folder, and the URLs that feeds and pages name.

use chrono::{DateTime, Datelike, Utc};
use url::Url;
use uuid::Uuid;

use super::values::WebUrl;
use super::{Feed, Format, Settings, slugs};
use crate::model::{ArticleId, Card, Entry, SourceId};

/// The path of an article's reading page: `articles/<source>/<year of first sight>/<slug>-<id8>/index.html`. Made of
/// what never changes, so that it never changes.
#[must_use]
pub fn article_path(entry: &Entry) -> String {
    page_path(&entry.source, entry.first_seen, entry.url.as_url(), &entry.first_title, &entry.id)
}

/// The same of an article in a list.
#[must_use]
pub fn card_path(card: &Card) -> String {
    page_path(&card.source, card.first_seen, card.as_url(), &card.first_title, &card.id)
}

/// The path of the page of an earlier revision: `articles/<source>/revisions/<slug>-<id8>/<number>.html`. It is apart from
/// the article's own, so that what is to be removed is found among those that were corrected.
#[must_use]
pub fn revision_path(revision: &Entry) -> String {
    let folder = revisions_folder(&article_path(revision)).unwrap_or_default();
    format!("{folder}/{}.html", revision.revision)
}

/// The folder of the pages of earlier revisions of the article whose page has this path.
pub(super) fn revisions_folder(article: &str) -> Option<String> {
    let mut parts = article.split('/');
    let (articles, source, _, name) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    Some(format!("{articles}/{source}/{REVISIONS}/{name}"))
}

fn page_path(source: &SourceId, first_seen: DateTime<Utc>, url: &Url, title: &str, id: &ArticleId) -> String {
    let slug = slugs::slug(url, title);
    format!("articles/{source}/{:04}/{slug}-{}/index.html", first_seen.year(), id.short())
}

/// The path of a feed in one format.
#[must_use]
pub fn feed_path(feed: &SourceId, format: Format) -> String {
    let name = match format {
        Format::Rss => "rss.xml",
        Format::Atom => "atom.xml",
        Format::Json => "feed.json",
    };
    format!("{feed}/{name}")
}

/// The path of the page that explains a feed.
#[must_use]
pub fn feed_page_path(feed: &SourceId) -> String {
    format!("{feed}/index.html")
}

/// Where the pages of earlier revisions are, among the years of a source.
pub(super) const REVISIONS: &str = "revisions";
/// The program's own icon, for those that show small ones.
pub(super) const ICON: &str = "assets/icon.png";
/// The same as large as players of podcasts want it.
pub(super) const COVER: &str = "assets/cover.png";

/// The public URL of `path`; `None` for a site that has no base URL.
pub(super) fn public(settings: &Settings, path: &str) -> Option<WebUrl> {
    WebUrl::of(&settings.base_url.as_ref()?.join(path).ok()?)
}

/// A feed's own identity: a UUID of version 5 of its name, wherever it is published.
pub(super) fn feed_urn(id: &SourceId) -> String {
    let name = format!("tearsheet:feed:{id}");
    Uuid::new_v5(&Uuid::NAMESPACE_URL, name.as_bytes()).urn().to_string()
}

/// The page that stands for a feed: its home, else its own page, else the fallback.
pub(super) fn home(settings: &Settings, feed: &Feed, fallback: Option<&Url>) -> Option<WebUrl> {
    let own = || public(settings, &feed_page_path(&feed.id));
    feed.home.as_ref().and_then(WebUrl::of).or_else(own).or_else(|| fallback.and_then(WebUrl::of))
}

/// The way from the page at `path` up to the output folder: empty, or `../` once a folder.
pub(super) fn root_from(path: &str) -> String {
    "../".repeat(path.matches('/').count())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_up_has_a_step_per_folder() {
        assert_eq!(root_from("index.html"), "");
        assert_eq!(root_from("articles/a/2026/b-1/index.html"), "../../../../");
    }
}
