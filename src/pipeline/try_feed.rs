//! What a feed carries of the archive, tried before it is published.

use super::publishing::Sieve;
use super::{Error, require_archive};
use crate::archive::{Selection, View};
use crate::config::Config;
use crate::model::{ArticleId, CanonicalUrl};

/// An article of a feed's sources.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TriedArticle {
    /// Its identity.
    pub id: ArticleId,
    /// Its URL.
    pub url: CanonicalUrl,
    /// Its title.
    pub title: String,
    /// The key of the configuration that leaves it out; `None` if the feed carries it, while it is new enough.
    pub left_out: Option<String>,
}

/// Asks of each article that the archive has of the feed's sources whether the feed called `name` carries it, newest
/// first.
///
/// # Errors
/// [`Error`] if there is no such feed, or the archive cannot be read. What cannot be read of it is passed over.
pub fn try_feed(config: &Config, name: &str) -> Result<Vec<TriedArticle>, Error> {
    let own = config.sources.iter().map(|source| &source.feed);
    let feed = config.feeds.iter().chain(own).find(|feed| feed.name.as_str() == name);
    let feed = feed.ok_or_else(|| Error::UnknownFeed { name: name.to_owned() })?;
    require_archive(config)?;
    let view = View::open_or_empty(&config.archive)?;
    let sieve = Sieve::of(&feed.filter);
    let mut tried = Vec::new();
    for entry in view.entries(&Selection { sources: Some(&feed.sources), newest: None }) {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) if error.is_of_one_record() => continue,
            Err(error) => return Err(error.into()),
        };
        let left_out = sieve.leaves_out(&entry);
        tried.push(TriedArticle { id: entry.id, url: entry.url, title: entry.article.title, left_out });
    }
    Ok(tried)
}
