//! Whether a listing is still what it was when it was archived. What it usually gives is read again from the archive; a
//! listing that is no longer like it is not archived in its place, so that there is something to come back to.

use std::collections::BTreeSet;

use chrono::TimeDelta;

use super::{Read, read};
use crate::config::SourceConfig;
use crate::discover::{self, Document, Kind, Listing};
use crate::model::{CanonicalUrl, Capture, TroubleKind};
use crate::pipeline::context::Context;
use crate::pipeline::family::family;
use crate::pipeline::{Error, reading};

/// A listing with fewer articles has nothing to shrink by.
const ENOUGH: usize = 5;
/// Of so many articles listed before, one must still be listed.
const SHRUNK: usize = 3;
/// A listing that has been otherwise for so long, and is followed without selectors, is so for good.
const FOR_GOOD: TimeDelta = TimeDelta::days(7);

/// Why `now` is no longer what the archive has of the listing, if it is not.
pub(super) async fn of(
    context: &Context<'_>,
    source: &SourceConfig,
    now: &Read,
) -> Result<Option<String>, Error> {
    let url = now.capture.hops.first().map_or(&now.capture.url, |hop| &hop.from).clone();
    let Some(before) = context.store.read(move |archive| archive.listing_capture(&url)).await? else {
        return Ok(unmatched(&now.listing, &now.listing));
    };
    let (today, max_size) = (now.capture.clone(), context.max_size);
    let (listing, settings) = (now.listing.clone(), source.discover.clone());
    let compared = reading::apart(move || {
        // What cannot be read today was read by a program that could; it is no measure.
        let usual = read(&before, max_size, &settings).ok()?;
        let reason = difference(&usual, &listing, &settings)?;
        Some(reason + &suggestion(&before, &today, max_size, &settings).unwrap_or_default())
    });
    let Ok(Some(reason)) = compared.await else { return Ok(None) };
    let is_for_good = now.listing.missed.is_empty() && is_long_so(context, source).await?;
    Ok(Some(reason).filter(|_| !is_for_good))
}

/// Whether the source has been drifting for long.
pub(super) async fn is_long_so(context: &Context<'_>, source: &SourceConfig) -> Result<bool, Error> {
    let (id, now) = (source.source.id.clone(), context.now);
    let condition = context.store.read(move |archive| archive.condition(&id)).await?;
    let drifting = condition.trouble.filter(|trouble| trouble.kind == TroubleKind::Drifted);
    Ok(drifting.is_some_and(|trouble| now - trouble.since >= FOR_GOOD))
}

/// What is different now from what is usual.
fn difference(usual: &Listing, now: &Listing, settings: &discover::Settings) -> Option<String> {
    if let Some(reason) = unmatched(now, usual) {
        return Some(reason);
    }
    let most = |listing: &Listing| listing.candidates.len().min(settings.limit);
    let (before, after) = (most(usual), most(now));
    // What a feed or a news sitemap carries goes by days, and is less after a quiet one.
    if now.kind == Kind::Listing && before >= ENOUGH && after * SHRUNK <= before {
        return Some(format!("it lists {after} articles, where it listed {before}"));
    }
    let (known, listed) = (keys(usual), keys(now));
    if before < ENOUGH || after == 0 || known.intersection(&listed).next().is_some() {
        return None;
    }
    let signs = [
        usual.shape.is_some() && usual.shape != now.shape,
        families(usual).is_disjoint(&families(now)),
        dated(usual) * 2 > before && dated(now) == 0,
    ];
    let is_another = signs.iter().filter(|sign| **sign).count() >= 2;
    is_another.then(|| format!("it has become another page: none of its {after} articles was listed before, and they are of another kind"))
}

/// What to say of a pinned selector that matches nothing. It stays so until it matches or is changed. One of a date or a
/// summary that never matched may be pinned for what is to come.
fn unmatched(now: &Listing, usual: &Listing) -> Option<String> {
    let is_needed = |name: &str| matches!(name, "items" | "link");
    let is_drift = |name: &&&'static str| is_needed(name) || !usual.missed.contains(name);
    let name = now.missed.iter().find(is_drift)?;
    let found = if is_needed(name) { "; its articles are found without it" } else { "" };
    let matches = if usual.missed.contains(name) { "matches nothing" } else { "no longer matches" };
    Some(format!("the selector for `{name}` {matches}{found}"))
}

fn keys(listing: &Listing) -> BTreeSet<String> {
    listing.candidates.iter().filter_map(|one| CanonicalUrl::of(&one.url).ok()).map(|url| url.key()).collect()
}

/// Hosts and sections.
fn families(listing: &Listing) -> BTreeSet<String> {
    listing.candidates.iter().filter_map(|candidate| family(&candidate.url)).collect()
}

fn dated(listing: &Listing) -> usize {
    listing.candidates.iter().filter(|candidate| candidate.published.is_some()).count()
}

/// A selector in place of a pinned one that no longer matches.
fn suggestion(
    before: &Capture,
    today: &Capture,
    max_size: usize,
    settings: &discover::Settings,
) -> Option<String> {
    if settings.select.items.is_none() && settings.select.link.is_none() {
        return None;
    }
    let (then, now) = (before.payload(max_size).ok()?, today.payload(max_size).ok()?);
    let selector =
        discover::fitting_link(&document(before, &then), &settings.select, &document(today, &now))?;
    let date = before.fetched_at.date_naive();
    Some(format!("; `link = {selector:?}` fits the page of {date} and today's"))
}

fn document<'a>(capture: &'a Capture, bytes: &'a [u8]) -> Document<'a> {
    let (content_type, fetched_at) = (capture.content_type(), Some(capture.fetched_at));
    Document { url: &capture.url, content_type, link: None, bytes, fetched_at }
}

#[cfg(test)]
mod tests {
    use url::Url;

    use super::*;
    use crate::model::{Candidate, Moment};

    /// What lists these articles, each dated, from this place on its page.
    fn listing(articles: &[&str], shape: u64) -> Listing {
        let url = Url::parse("https://a.example/").unwrap();
        let published = Moment::parse("2025-05-01").ok();
        let candidates = articles
            .iter()
            .map(|path| Candidate { published, ..Candidate::new(url.join(path).unwrap()) })
            .collect();
        Listing {
            kind: Kind::Listing,
            title: None,
            home: None,
            candidates,
            next_page: None,
            sitemaps: Vec::new(),
            feeds: Vec::new(),
            apis: Vec::new(),
            missed: Vec::new(),
            shape: Some(shape),
            is_cut: false,
            left_out: Vec::new(),
            warnings: Vec::new(),
        }
    }

    fn check(now: &Listing, expected: Option<&str>) {
        let usual = listing(&["news/1", "news/2", "news/3", "news/4", "news/5", "news/6"], 1);
        let reason = difference(&usual, now, &discover::Settings::default());
        assert_eq!(reason.is_some(), expected.is_some(), "{reason:?}");
        assert!(reason.unwrap_or_default().contains(expected.unwrap_or_default()));
    }

    #[test]
    fn a_redesign_with_the_same_articles_and_a_burst_of_new_ones_are_no_drift() {
        check(&listing(&["news/3", "news/4", "news/5", "news/6", "news/7"], 2), None);
        check(&listing(&["news/11", "news/12", "news/13", "news/14"], 1), None);
        check(&listing(&["news/11", "news/12", "news/13", "news/14"], 2), None);
    }

    #[test]
    fn a_new_year_in_the_addresses_is_none() {
        let of = |year: u32| (1..7).map(|n| format!("{year}/01/{n}-gulls")).collect::<Vec<_>>();
        let listing = |year, shape| {
            let paths = of(year);
            listing(&paths.iter().map(String::as_str).collect::<Vec<_>>(), shape)
        };
        // A burst of news in another layout: one sign alone.
        let reason = difference(&listing(2025, 1), &listing(2026, 2), &discover::Settings::default());
        assert_eq!(reason, None);
    }

    #[test]
    fn a_listing_that_shrank_is_one() {
        check(&listing(&["news/6", "news/7"], 1), Some("it lists 2 articles, where it listed 6"));
    }

    #[test]
    fn a_feed_after_a_quiet_day_is_none() {
        check(&Listing { kind: Kind::Feed, ..listing(&["news/6", "news/7"], 1) }, None);
    }

    #[test]
    fn another_page_in_its_place_is_one() {
        check(&listing(&["slots/1", "slots/2", "slots/3", "slots/4"], 2), Some("another page"));
    }

    #[test]
    fn a_selector_that_no_longer_matches_is_one() {
        let missed = |name| Listing { missed: vec![name], ..listing(&["news/5", "news/6", "news/7"], 1) };
        check(&missed("link"), Some("`link` no longer matches; its articles are found without it"));
        check(&missed("date"), Some("`date` no longer matches"));
    }
}
