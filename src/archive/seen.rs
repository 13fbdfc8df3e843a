//! How a run came upon an article, from which follows its place in the order of feeds.

use chrono::{DateTime, SubsecRound, Utc};

use crate::model::Rank;

/// How a run came upon an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    /// When the run began.
    pub at: DateTime<Utc>,
    /// The article's place in the run's order of its source: the greater the newer.
    pub position: i64,
    /// Since when the source is followed, where it is its past that is looked for. What was published before, or at a
    /// time that nobody states, is no news.
    pub followed_since: Option<DateTime<Utc>>,
}

impl Seen {
    /// The instant of the run, as the archive keeps instants.
    pub(super) fn instant(&self) -> DateTime<Utc> {
        self.at.trunc_subsecs(0)
    }

    /// The place of an article that was `published` then and is found by the run with this number.
    pub(super) fn rank(&self, run: u64, published: Option<DateTime<Utc>>) -> Rank {
        let is_past =
            self.followed_since.is_some_and(|since| published.is_none_or(|published| published < since));
        let unstated = if is_past { DateTime::UNIX_EPOCH } else { self.instant() };
        let at = published.map_or(unstated, |published| published.min(self.at)).trunc_subsecs(0);
        Rank { run: if is_past { 0 } else { run }, at, position: self.position }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn seen(followed_since: Option<&str>) -> Seen {
        Seen { at: at("2026-11-24T06:15:00Z"), position: 3, followed_since: followed_since.map(at) }
    }

    #[test]
    fn news_belongs_to_its_run_however_old_it_is() {
        let rank = seen(None).rank(7, Some(at("2019-01-01T08:00:00Z")));
        assert_eq!(rank, Rank { run: 7, at: at("2019-01-01T08:00:00Z"), position: 3 });
        assert_eq!(seen(None).rank(7, None).at, seen(None).at);
        assert_eq!(seen(None).rank(7, Some(at("2027-01-01T00:00:00Z"))).at, seen(None).at);
    }

    #[test]
    fn the_past_of_a_followed_source_is_no_news_but_what_was_missed_is() {
        let seen = seen(Some("2026-11-01T00:00:00Z"));
        assert_eq!(seen.rank(7, Some(at("2019-01-01T08:00:00Z"))).run, 0);
        assert_eq!(seen.rank(7, None), Rank { run: 0, at: DateTime::UNIX_EPOCH, position: 3 });
        assert_eq!(seen.rank(7, Some(at("2026-11-03T08:00:00Z"))).run, 7);
    }
}
