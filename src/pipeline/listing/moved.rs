//! Whether a source is still where it was. A document that moved for good is asked for at its new place; that a source
//! leads to a home page or to another site is more often a mistake, or its end, than a move.

use chrono::{DateTime, TimeDelta, Utc};
use url::Url;

use super::documents::Read;
use super::drift;
use super::missed::Search;
use crate::archive::ListingState;
use crate::config::SourceConfig;
use crate::model::bare_host;
use crate::pipeline::Error;
use crate::pipeline::context::Context;

/// How often the place is asked from which a document moved for good.
const AGAIN: TimeDelta = TimeDelta::days(30);

/// Whether the source's own URL, from which it moved for good, is to be asked again. That it was is noted.
pub(super) async fn is_to_be_asked_again(
    context: &Context<'_>,
    source: &SourceConfig,
    state: &ListingState,
) -> Result<bool, Error> {
    let (key, now) = (format!("own place of {}", source.source.id), context.now);
    let note = key.clone();
    let noted = context.store.read(move |archive| archive.note(&note)).await?;
    let noted = noted.and_then(|note| note.parse::<DateTime<Utc>>().ok());
    let asked = noted.map_or(state.moved_at, |noted| noted.max(state.moved_at));
    if now - asked < AGAIN {
        return Ok(false);
    }
    context.store.write(move |archive| archive.set_note(&key, &now.to_rfc3339())).await?;
    Ok(true)
}

/// Why it is doubtful that the source is what answered, if it was elsewhere before.
pub(super) async fn doubt(search: &Search<'_>, first: &Read) -> Result<Option<String>, Error> {
    let Search { context, source, .. } = search;
    let (own, answered) = (source.source.url.clone(), &first.capture.url);
    if first.capture.hops.is_empty() {
        return Ok(None);
    }
    let asked = own.clone();
    let before = context.store.read(move |archive| archive.listing_state(&asked)).await?;
    let Some(before) = before else { return Ok(None) };
    let Some(doubt) = difference(&own, &before.answered, answered) else { return Ok(None) };
    // As with any page that has become another one: what is so for long, and lists what it did, is so for good.
    if lists_known(search, first).await? && drift::is_long_so(context, source).await? {
        return Ok(None);
    }
    Ok(Some(doubt))
}

/// Whether it lists anything that is known of the source.
pub(super) async fn lists_known(search: &Search<'_>, first: &Read) -> Result<bool, Error> {
    Ok(search.ground.known(&first.listing.candidates, None).await?.contains(&true))
}

/// What is strange about a source that is configured as `own`, answered from `before`, and from `now` today.
fn difference(own: &Url, before: &Url, now: &Url) -> Option<String> {
    let is_elsewhere = |other: &Url| site(other) != site(now);
    let what = if is_home(now) && !is_home(before) && !is_home(own) {
        "the home page"
    } else if is_elsewhere(own) && is_elsewhere(before) {
        "another site"
    } else {
        return None;
    };
    Some(format!(
        "it now leads to {what}, {now}: if that is right, write `url = \"{now}\"` in its source file"
    ))
}

/// Whether it is the first page of a site, in whatever language.
fn is_home(url: &Url) -> bool {
    let path = url.path().trim_matches('/');
    let name = path.rsplit('/').next().unwrap_or_default();
    let is_index = name.split('.').next().is_some_and(|stem| matches!(stem, "index" | "home" | "default"));
    url.query().is_none() && (path.is_empty() || is_index && !path.contains('/'))
}

/// The site of a URL: the last two labels of its host, or three where the last two are one registry's, such as `co.uk`;
/// and the port, where it is a special one.
fn site(url: &Url) -> (String, Option<u16>) {
    let host = bare_host(url);
    let labels: Vec<&str> = host.rsplit('.').collect();
    let is_name = url.domain().is_some();
    let is_registry = labels.len() > 2 && labels[0].len() == 2 && labels[1].len() <= 3;
    let many = if is_registry { 3 } else { 2 };
    let site = if is_name {
        labels.iter().take(many).rev().copied().collect::<Vec<_>>().join(".")
    } else {
        host.to_owned()
    };
    (site, url.port())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(own: &str, before: &str, now: &str, expected: Option<&str>) {
        let url = |text: &str| Url::parse(text).unwrap();
        let doubt = difference(&url(own), &url(before), &url(now));
        assert_eq!(doubt.is_some(), expected.is_some(), "{doubt:?}");
        assert!(doubt.unwrap_or_default().contains(expected.unwrap_or_default()));
    }

    #[test]
    fn a_home_page_in_place_of_a_feed_is_doubtful() {
        let feed = "https://a.example/feed.xml";
        check(feed, feed, "https://a.example/", Some("the home page"));
        check(feed, feed, "https://a.example/index.html", Some("the home page"));
        check(feed, feed, "https://a.example/rss.xml", None);
        check("https://a.example/", "https://a.example/", "https://www.a.example/", None);
    }

    #[test]
    fn another_site_is_doubtful_and_another_host_of_the_same_is_not() {
        let feed = "https://blog.a.example/feed";
        check(feed, feed, "https://parked.example/feed", Some("another site"));
        check(feed, feed, "http://www.a.example/feed", None);
        check(feed, feed, "https://a.example:8443/feed", Some("another site"));
        check("https://a.co.uk/x", "https://a.co.uk/x", "https://b.co.uk/x", Some("another site"));
        check("http://10.0.0.1/x", "http://10.0.0.1/x", "http://10.0.0.2/x", Some("another site"));
    }

    #[test]
    fn who_was_led_elsewhere_from_the_beginning_may_be_led_there_again() {
        let (own, elsewhere) = ("https://a.example/feed", "https://feeds.host.example/a");
        check(own, elsewhere, "https://cdn2.host.example/a", None);
        check(own, elsewhere, own, None);
    }
}
