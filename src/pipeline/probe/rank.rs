//! The ways into a site, compared: which one is taken, and what speaks for and against each.

use std::collections::BTreeSet;

use chrono::TimeDelta;

use super::ways::{Way, date, key};
use crate::discover::Kind;

/// The share of a listing's links that a feed must carry to stand for it. A site-wide feed announced by a section's
/// page does not.
const STANDS_FOR: f64 = 0.2;
/// The share of the page's articles since a feed's oldest that the feed must carry: one of a single category has fewer.
const COMPLETE: f64 = 0.5;
/// How long a feed may be behind its page.
const BEHIND: TimeDelta = TimeDelta::days(14);

/// Puts the best way first, and says why it is. `first` is the document at the given URL.
pub(super) fn rank(first: Way, mut others: Vec<Way>) -> (Vec<Way>, String) {
    for other in &mut others {
        other.objection = objection(other, &first);
    }
    let fits = |way: &Way| way.objection.is_none();
    let best_of = |kind: Kind| {
        let of_kind = others.iter().enumerate().filter(|(_, way)| way.kind == kind && fits(way));
        let best = of_kind.max_by(|(at, one), (later, other)| {
            worth(one, &first).total_cmp(&worth(other, &first)).then(later.cmp(at))
        });
        best.map(|(at, _)| at)
    };
    let best = best_of(Kind::Feed).or_else(|| best_of(Kind::Json));
    let sitemap = || others.iter().position(fits).filter(|_| first.candidates.is_empty());
    let best = best.or_else(sitemap);
    let Some(best) = best else {
        let reason = stays(&first, &others);
        return (std::iter::once(first).chain(others).collect(), reason);
    };
    let taken = others.remove(best);
    let reason = taken_for(&taken, &first);
    let mut rest = vec![Way { objection: Some(against_page(&first)), ..first }];
    rest.extend(others);
    for other in &mut rest {
        other.objection.get_or_insert_with(|| no_more(other.kind).to_owned());
    }
    rest.insert(0, taken);
    (rest, reason)
}

/// The way that leads further into the past than the first, if the first does not.
pub(super) fn history(ways: &[Way]) -> Option<&Way> {
    let (taken, others) = ways.split_first()?;
    if taken.leads_on || matches!(taken.kind, Kind::Sitemap | Kind::Urls) {
        return None;
    }
    let known = taken.keys();
    let longer = |way: &&Way| {
        let keys = way.keys();
        let both = keys.intersection(&known).count();
        let is_longer = way.leads_on || keys.len() > 2 * known.len();
        matches!(way.kind, Kind::Sitemap | Kind::Json) && both * 2 >= known.len() && is_longer
    };
    others.iter().find(longer)
}

/// What speaks against a way that would do as well.
fn no_more(kind: Kind) -> &'static str {
    match kind {
        Kind::Json => "a feed costs a site less to answer",
        _ => "it has no more articles",
    }
}

/// What speaks against following `way` instead of `page`.
pub(super) fn objection(way: &Way, page: &Way) -> Option<String> {
    if way.candidates.is_empty() {
        return Some("it lists no articles".to_owned());
    }
    if page.candidates.is_empty() {
        return None;
    }
    let (carried, listed) = (way.keys(), page.keys());
    let both = carried.intersection(&listed).count();
    if way.kind == Kind::Sitemap {
        let (many, all) = (carried.len(), listed.len());
        return Some(format!(
            "it has {both} of the page's {all} articles among {many}, too many to ask for each time"
        ));
    }
    let smaller = carried.len().min(listed.len()).max(1);
    if (both as f64) / (smaller as f64) < STANDS_FOR {
        return Some(format!("it has {both} of the page's {} articles", listed.len()));
    }
    if let (Some(feed), Some(page)) = (way.newest(), page.newest())
        && page - feed > BEHIND
    {
        return Some(format!(
            "its newest article is of {}, the page's of {}",
            feed.date_naive(),
            page.date_naive()
        ));
    }
    let missed = missed(way, page, &carried)?;
    Some(format!("it misses {missed} articles that the page has since its oldest"))
}

/// How many dated articles of the page a feed misses that it should have, if that is more than it may.
fn missed(way: &Way, page: &Way, carried: &BTreeSet<String>) -> Option<usize> {
    let since = way.oldest()?;
    let due: Vec<String> = page
        .candidates
        .iter()
        .filter(|candidate| date(candidate).is_some_and(|date| date >= since))
        .filter_map(key)
        .collect();
    let missed = due.iter().filter(|key| !carried.contains(*key)).count();
    (missed as f64 > due.len() as f64 * (1.0 - COMPLETE)).then_some(missed)
}

/// What a feed is worth: what it has of the page, its texts, its dates.
fn worth(feed: &Way, page: &Way) -> f64 {
    let share = |part: usize, whole: usize| part as f64 / whole.max(1) as f64;
    let listed = page.keys();
    let both = feed.keys().intersection(&listed).count();
    let all = feed.candidates.len();
    share(both, listed.len()) + 0.4 * share(feed.with_text(), all) + 0.2 * share(feed.dated(), all)
}

fn stays(first: &Way, others: &[Way]) -> String {
    match first.kind {
        Kind::Feed => "the URL is a feed".to_owned(),
        Kind::Sitemap => "the URL is a sitemap".to_owned(),
        Kind::Json => "the URL is a list of posts as JSON".to_owned(),
        Kind::Urls => "the URL is a list of URLs".to_owned(),
        Kind::Listing | Kind::Auto => match others.iter().find(|way| way.kind == Kind::Feed) {
            Some(feed) => format!("the page lists articles, and no feed fits it: {}", against(feed)),
            None => "the page lists articles, and no feed was found".to_owned(),
        },
    }
}

fn against(way: &Way) -> String {
    let objection = way.objection.as_deref().unwrap_or("it has no more articles");
    format!("the feed {} was left because {objection}", way.origin.words())
}

fn taken_for(taken: &Way, page: &Way) -> String {
    let (carried, listed) = (taken.keys(), page.keys());
    let what = match taken.kind {
        Kind::Feed => "feed",
        Kind::Json => "list of posts as JSON",
        _ => "sitemap",
    };
    if listed.is_empty() {
        return format!(
            "the page itself shows no articles, but there is the {what} {}",
            taken.origin.words()
        );
    }
    let both = carried.intersection(&listed).count();
    let dated = if taken.dated() == taken.candidates.len() { ", and dates them all" } else { "" };
    format!("the {what} {} has {both} of the page's {} articles{dated}", taken.origin.words(), listed.len())
}

fn against_page(page: &Way) -> String {
    if page.candidates.is_empty() {
        "it shows no articles without its scripts".to_owned()
    } else {
        "a feed is steadier than a page".to_owned()
    }
}

#[cfg(test)]
mod tests {
    use url::Url;

    use super::*;
    use crate::model::{Candidate, Moment};
    use crate::pipeline::probe::ways::Origin;

    /// A way whose articles are `day/name` or `name`.
    fn way(kind: Kind, articles: &[&str]) -> Way {
        let url = Url::parse("https://a.example/").unwrap();
        let candidate = |article: &&str| {
            let (day, name) =
                article.split_once('/').map_or((None, *article), |(day, name)| (Some(day), name));
            let published = day.map(|day| Moment::parse(&format!("2025-05-{day}")).unwrap());
            Candidate { published, ..Candidate::new(url.join(name).unwrap()) }
        };
        let origin = if kind == Kind::Listing { Origin::Given } else { Origin::Announced };
        Way {
            candidates: articles.iter().map(candidate).collect(),
            url: url.clone(),
            kind,
            origin,
            title: None,
            leads_on: false,
            warnings: Vec::new(),
            objection: None,
        }
    }

    fn check(page: &[&str], others: Vec<Way>, taken: Kind, articles: usize, why: &str) {
        let (ways, reason) = rank(way(Kind::Listing, page), others);
        assert_eq!((ways[0].kind, ways[0].candidates.len()), (taken, articles), "{reason}");
        assert!(reason.contains(why), "{reason}");
        assert!(ways[1..].iter().all(|way| way.kind == Kind::Listing || way.objection.is_some()));
    }

    #[test]
    fn a_feed_of_the_same_articles_wins() {
        let feed = way(Kind::Feed, &["2", "3", "4"]);
        check(&["1", "2", "3"], vec![feed], Kind::Feed, 3, "2 of the page's 3 articles");
    }

    #[test]
    fn of_two_feeds_the_one_that_has_more_of_the_page_wins() {
        let feeds = vec![way(Kind::Feed, &["1", "9"]), way(Kind::Feed, &["1", "2", "3"])];
        check(&["1", "2", "3", "4"], feeds, Kind::Feed, 3, "3 of the page's 4");
        let same = vec![way(Kind::Feed, &["1", "2"]), way(Kind::Feed, &["1", "2", "7"])];
        check(&["1", "2"], same, Kind::Feed, 2, "2 of the page's 2");
    }

    #[test]
    fn a_site_wide_feed_does_not_stand_for_a_section() {
        let feed = way(Kind::Feed, &["7", "8", "9"]);
        check(&["1", "2", "3"], vec![feed], Kind::Listing, 3, "it has 0 of the page's 3 articles");
    }

    #[test]
    fn a_feed_that_went_stale_is_left() {
        let page = ["30/a", "29/b", "28/c", "02/d", "01/e"];
        check(
            &page,
            vec![way(Kind::Feed, &["02/d", "01/e"])],
            Kind::Listing,
            5,
            "its newest article is of 2025-05-02",
        );
    }

    #[test]
    fn a_feed_of_one_category_does_not_stand_for_all() {
        let page = ["30/a", "29/b", "28/c", "27/d", "26/e"];
        check(&page, vec![way(Kind::Feed, &["30/a", "26/e"])], Kind::Listing, 5, "it misses 3 articles");
    }

    #[test]
    fn where_the_page_lists_nothing_a_feed_comes_before_a_sitemap() {
        let sitemap = || way(Kind::Sitemap, &["1", "2", "3"]);
        check(&[], vec![sitemap(), way(Kind::Feed, &["7"])], Kind::Feed, 1, "there is the feed");
        check(&[], vec![sitemap()], Kind::Sitemap, 3, "there is the sitemap");
        check(&["1"], vec![sitemap()], Kind::Listing, 1, "no feed was found");
    }

    #[test]
    fn a_list_of_posts_comes_after_a_feed_and_before_the_page() {
        let posts = || way(Kind::Json, &["1", "2", "3"]);
        check(&["1", "2"], vec![posts(), way(Kind::Feed, &["1", "2"])], Kind::Feed, 2, "the feed");
        check(&["1", "2"], vec![posts()], Kind::Json, 3, "the list of posts as JSON");
    }

    #[test]
    fn what_leads_further_back_is_the_history() {
        let feed = || way(Kind::Feed, &["1", "2"]);
        let posts = Way { leads_on: true, ..way(Kind::Json, &["1", "2", "3"]) };
        let short = way(Kind::Sitemap, &["1", "2", "3"]);
        let long = way(Kind::Sitemap, &["1", "2", "3", "4", "5"]);
        let check = |ways: &[Way], expected: Option<Kind>| {
            assert_eq!(history(ways).map(|way| way.kind), expected);
        };
        check(&[feed(), short.clone(), posts], Some(Kind::Json));
        check(&[feed(), short], None);
        check(&[Way { leads_on: true, ..feed() }, long.clone()], None);
        check(&[feed(), long], Some(Kind::Sitemap));
    }
}
