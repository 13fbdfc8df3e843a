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
    /// What was looked for.
    pub sought: Sought,
}

/// What a run looked for where it came upon an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sought {
    /// What is new: whatever was found is news, of whatever date.
    News,
    /// What was missed since the source is followed. What was published before is no news.
    Missed {
        /// When it began to be followed.
        followed_since: DateTime<Utc>,
    },
    /// The source's past. What was published before the source was followed, or nobody knows when, is no news.
    Past {
        /// When it began to be followed.
        followed_since: DateTime<Utc>,
    },
}

impl Seen {
    /// The instant of the run, as the archive keeps instants.
    pub(crate) fn instant(&self) -> DateTime<Utc> {
        self.at.trunc_subsecs(0)
    }

    /// The place of an article that was `published` then and is found by the run with this number.
    pub(crate) fn rank(&self, run: u64, published: Option<DateTime<Utc>>) -> Rank {
        let is_past = match self.sought {
            Sought::News => false,
            Sought::Missed { followed_since } => {
                published.is_some_and(|published| published < followed_since)
            }
            Sought::Past { followed_since } => published.is_none_or(|published| published < followed_since),
        };
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

    fn seen(sought: Sought) -> Seen {
        Seen { at: at("2026-11-24T06:15:00Z"), position: 3, sought }
    }

    #[test]
    fn news_belongs_to_its_run_however_old_it_is() {
        let seen = seen(Sought::News);
        let rank = seen.rank(7, Some(at("2019-01-01T08:00:00Z")));
        assert_eq!(rank, Rank { run: 7, at: at("2019-01-01T08:00:00Z"), position: 3 });
        assert_eq!(seen.rank(7, None).at, seen.at);
        assert_eq!(seen.rank(7, Some(at("2027-01-01T00:00:00Z"))).at, seen.at);
    }

    #[test]
    fn the_past_of_a_followed_source_is_no_news_but_what_was_missed_is() {
        let followed_since = at("2026-11-01T00:00:00Z");
        let (past, missed) = (seen(Sought::Past { followed_since }), seen(Sought::Missed { followed_since }));
        for seen in [past, missed] {
            assert_eq!(seen.rank(7, Some(at("2019-01-01T08:00:00Z"))).run, 0);
            assert_eq!(seen.rank(7, Some(at("2026-11-03T08:00:00Z"))).run, 7);
        }
        assert_eq!(past.rank(7, None), Rank { run: 0, at: DateTime::UNIX_EPOCH, position: 3 });
        assert_eq!(missed.rank(7, None).run, 7);
    }
}
