//! How the sources are doing: what happened to them, and what is held back of them.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::{ArticleId, CanonicalUrl, SourceId, bounded};

/// What a source suffers from, until it recovers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TroubleKind {
    /// What it lists cannot be fetched or read.
    Failing,
    /// It was read, and lists nothing.
    Empty,
    /// It still lists something, but no longer in the way that it was followed by.
    Drifted,
}

/// What happened to a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HealthKind {
    /// [`TroubleKind::Failing`] began.
    Failing,
    /// [`TroubleKind::Empty`] began.
    Empty,
    /// [`TroubleKind::Drifted`] began.
    Drifted,
    /// Pages of it were held back.
    Held,
    /// Its trouble is over.
    Recovered,
}

impl HealthKind {
    /// As records, files and `--json` spell it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            HealthKind::Failing => "failing",
            HealthKind::Empty => "empty",
            HealthKind::Drifted => "drifted",
            HealthKind::Held => "held",
            HealthKind::Recovered => "recovered",
        }
    }
}

impl From<TroubleKind> for HealthKind {
    fn from(kind: TroubleKind) -> HealthKind {
        match kind {
            TroubleKind::Failing => HealthKind::Failing,
            TroubleKind::Empty => HealthKind::Empty,
            TroubleKind::Drifted => HealthKind::Drifted,
        }
    }
}

impl HealthKind {
    /// The trouble that it is the beginning of.
    #[must_use]
    pub fn trouble(self) -> Option<TroubleKind> {
        match self {
            HealthKind::Failing => Some(TroubleKind::Failing),
            HealthKind::Empty => Some(TroubleKind::Empty),
            HealthKind::Drifted => Some(TroubleKind::Drifted),
            HealthKind::Held | HealthKind::Recovered => None,
        }
    }
}

/// A page that is named by an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldPage {
    /// Its URL.
    pub url: CanonicalUrl,
    /// What the listing called it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Why it was held back.
    pub reason: String,
}

/// Something that happened to a source, told once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HealthEvent {
    /// The source.
    pub source: SourceId,
    /// What happened.
    pub event: HealthKind,
    /// When.
    #[serde(deserialize_with = "bounded::instant")]
    pub at: DateTime<Utc>,
    /// Why, for people; of a recovery what it recovered from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Of a recovery, since when the source had been in trouble.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "bounded::maybe_instant")]
    pub since: Option<DateTime<Utc>>,
    /// The pages that were held back.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pages: Vec<HeldPage>,
}

/// What a source suffers from now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Trouble {
    /// From what.
    pub kind: TroubleKind,
    /// Since when.
    pub since: DateTime<Utc>,
    /// Why, as it was told when it began.
    pub reason: String,
}

/// A page that was captured and not published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Held {
    /// The identity of the article that it is a revision of, or that it would be.
    pub id: ArticleId,
    /// The URL that was asked.
    pub url: CanonicalUrl,
    /// What the listing called it.
    pub title: Option<String>,
    /// Why it is held back, as one word.
    pub hold: String,
    /// The same for people.
    pub reason: String,
    /// When it was first held back.
    pub since: DateTime<Utc>,
    /// Whether an earlier revision of it is published.
    pub is_revision: bool,
}

/// How a source is doing. Nothing in it depends on when it is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    /// Which source.
    pub source: SourceId,
    /// What it suffers from.
    pub trouble: Option<Trouble>,
    /// Articles that it found.
    pub articles: u64,
    /// The instants of its newest articles, newest finding first; not all of them.
    pub newest: Vec<DateTime<Utc>>,
    /// What is held back of it, newest first.
    pub held: Vec<Held>,
}

impl Condition {
    /// Articles a week in the four weeks before `until`, or in as many as its articles go back; `None` without any.
    #[must_use]
    pub fn weekly(&self, until: DateTime<Utc>) -> Option<f64> {
        const DAY: i64 = 24 * 60 * 60;
        let oldest = *self.newest.iter().min()?;
        let from = until - TimeDelta::weeks(4);
        let articles = self.newest.iter().filter(|at| (from..=until).contains(at) && **at != from).count();
        // Of a few articles one cannot say more than how many came in a week; of a beginning one can.
        let least = if self.articles > self.newest.len() as u64 { DAY } else { 7 * DAY };
        let seconds = (until - oldest).num_seconds().clamp(least, 28 * DAY);
        let in_a_second = count(articles) / count(seconds);
        Some((in_a_second * count(7 * DAY) * 10.0).round() / 10.0)
    }

    /// The instant of its newest article.
    #[must_use]
    pub fn newest_at(&self) -> Option<DateTime<Utc>> {
        self.newest.iter().max().copied()
    }
}

fn count<N>(number: N) -> f64
where
    u32: TryFrom<N>,
{
    u32::try_from(number).map_or(f64::from(u32::MAX), f64::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn weekly(days: &[i64], until: i64) -> Option<f64> {
        let at = |day: i64| DateTime::UNIX_EPOCH + TimeDelta::days(day);
        let condition = Condition {
            source: SourceId::parse("a").unwrap(),
            trouble: None,
            articles: days.len() as u64,
            newest: days.iter().map(|day| at(*day)).collect(),
            held: Vec::new(),
        };
        condition.weekly(at(until))
    }

    #[test]
    fn a_rate_is_of_the_last_four_weeks_or_of_as_many_as_there_are() {
        assert_eq!(weekly(&[], 0), None);
        assert_eq!(weekly(&[0], 0), Some(1.0));
        assert_eq!(weekly(&(0..14).collect::<Vec<_>>(), 14), Some(7.0));
        assert_eq!(weekly(&(0..100).step_by(7).collect::<Vec<_>>(), 98), Some(1.0));
        assert_eq!(weekly(&[0, 1, 2], 100), Some(0.0), "nothing came lately");
    }
}
