//! When an article is looked at again: often while it is news, then less, then never.

use chrono::{DateTime, TimeDelta, Utc};

use crate::model::{Candidate, Moment};
use crate::record::About;

/// Hours after first sight.
const LOOKS: [i64; 6] = [1, 6, 24, 3 * 24, 7 * 24, 30 * 24];

/// The first look after `after` at an article first seen at `first_seen`; none once the last is over. An article that
/// was older than the last look when it was first seen is not looked at again: it is no news.
pub(crate) fn next_look(
    first_seen: DateTime<Utc>,
    published: Option<Moment>,
    after: DateTime<Utc>,
) -> Option<DateTime<Utc>> {
    let oldest = first_seen - TimeDelta::hours(LOOKS[LOOKS.len() - 1]);
    if published.is_some_and(|published| published.is_of_the_web() && published.to_utc() < oldest) {
        return None;
    }
    LOOKS.iter().map(|hours| first_seen + TimeDelta::hours(*hours)).find(|look| *look > after)
}

/// The first look after `after` at the page of an article that was found through `candidate`. One of several items at a
/// URL, whose text is its feed's, has no page to look at.
pub(crate) fn next_look_at(
    about: &About,
    candidate: &Candidate,
    published: Option<Moment>,
    after: DateTime<Utc>,
) -> Option<DateTime<Utc>> {
    let has_page = candidate.content.is_none() || about.item.is_none();
    has_page.then(|| next_look(about.first_seen, published, after)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn looks_grow_rarer_and_end() {
        let first_seen = at("2026-11-01T00:00:00Z");
        let mut looks = vec![first_seen];
        while let Some(next) = next_look(first_seen, None, looks[looks.len() - 1]) {
            looks.push(next);
        }
        let hours: Vec<i64> = looks.iter().map(|look| (*look - first_seen).num_hours()).collect();
        assert_eq!(hours, [0, 1, 6, 24, 72, 168, 720]);
    }

    #[test]
    fn a_look_that_comes_late_skips_those_that_were_missed() {
        let first_seen = at("2026-11-01T00:00:00Z");
        let next = next_look(first_seen, None, at("2026-11-03T00:00:00Z"));
        assert_eq!(next, Some(at("2026-11-04T00:00:00Z")));
    }

    #[test]
    fn an_old_article_is_no_news() {
        let published = Some(Moment::parse("2024-05-08").unwrap());
        assert_eq!(next_look(at("2026-11-01T00:00:00Z"), published, at("2026-11-01T00:00:00Z")), None);
    }
}
