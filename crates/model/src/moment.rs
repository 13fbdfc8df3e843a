//! A point in time as a page states it.

use std::fmt;

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, Offset, TimeZone, Utc};
use serde::{Deserialize, Serialize};

use super::bounded;

/// A date, with a time and a UTC offset only where the page gave them: a day stays a day, and a month a month. Written as
/// ISO 8601: `2024-05`, `2024-05-08`, `2024-05-08T10:00:00` or `2024-05-08T10:00:00+02:00`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Moment {
    date: NaiveDate,
    time: Option<NaiveTime>,
    offset: Option<FixedOffset>,
    /// Only the month is known, of which `date` is the first day.
    is_month: bool,
}

/// The year of the first web page.
const FIRST_YEAR: i32 = 1990;

/// A text that is no ISO 8601 date or date and time.
#[derive(Debug, thiserror::Error)]
#[error("`{0}` is not an ISO 8601 date")]
pub struct NotAMoment(String);

impl Moment {
    /// A whole day.
    #[must_use]
    pub fn day(date: NaiveDate) -> Moment {
        Moment { date, time: None, offset: None, is_month: false }
    }

    /// The whole month in which `date` is.
    #[must_use]
    pub fn month(date: NaiveDate) -> Moment {
        Moment { is_month: true, ..Moment::day(date.with_day(1).unwrap_or(date)) }
    }

    /// A date and time whose zone is not known.
    #[must_use]
    pub fn local(at: NaiveDateTime) -> Moment {
        Moment { time: Some(at.time()), ..Moment::day(at.date()) }
    }

    /// A date and time at a known UTC offset.
    #[must_use]
    pub fn zoned(at: DateTime<FixedOffset>) -> Moment {
        Moment { time: Some(at.time()), offset: Some(*at.offset()), ..Moment::day(at.date_naive()) }
    }

    /// Parses what [`fmt::Display`] writes; `Z` is allowed for the offset.
    ///
    /// # Errors
    /// [`NotAMoment`] for any other text, and for years that are not from 1 to 9999. The dates that pages write are read
    /// by `extract`, not here.
    pub fn parse(text: &str) -> Result<Moment, NotAMoment> {
        let day = || NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().map(Moment::day);
        let zoned = || DateTime::parse_from_rfc3339(text).ok().map(Moment::zoned);
        let local = || NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f").ok().map(Moment::local);
        let month = || NaiveDate::parse_from_str(&format!("{text}-01"), "%Y-%m-%d").ok().map(Moment::month);
        let moment = day().or_else(zoned).or_else(local).or_else(month);
        // With an offset, the year in UTC may be the one before or after.
        let is_in_calendar =
            |moment: &Moment| (2..=9998).contains(&moment.date.year()) || moment.is_in_calendar();
        moment.filter(is_in_calendar).ok_or_else(|| NotAMoment(text.to_owned()))
    }

    /// Whether a page can have been published then. What is older was printed, or nobody set the date: 1970, 1980 and 1900
    /// are where clocks and counters begin, and feed readers drop what is so old.
    #[must_use]
    pub fn is_of_the_web(&self) -> bool {
        self.date.year() >= FIRST_YEAR
    }

    fn is_in_calendar(&self) -> bool {
        (1..=9999).contains(&self.date.year()) && bounded::is_in_calendar(self.to_utc())
    }

    /// Whether only its month is known.
    #[must_use]
    pub fn is_month(&self) -> bool {
        self.is_month
    }

    /// The calendar day as written; the first of a month.
    #[must_use]
    pub fn date(&self) -> NaiveDate {
        self.date
    }

    /// The time of day, where the page gave one.
    #[must_use]
    pub fn time(&self) -> Option<NaiveTime> {
        self.time
    }

    /// The UTC offset, where the page gave one.
    #[must_use]
    pub fn offset(&self) -> Option<FixedOffset> {
        self.offset
    }

    /// The instant, taking midnight for a day, the first day for a month and UTC where no offset is known.
    #[must_use]
    pub fn to_utc(&self) -> DateTime<Utc> {
        let at = self.date.and_time(self.time.unwrap_or_default());
        let offset = self.offset.unwrap_or_else(|| Utc.fix());
        offset.from_local_datetime(&at).single().map_or_else(|| at.and_utc(), |at| at.with_timezone(&Utc))
    }
}

impl From<DateTime<Utc>> for Moment {
    fn from(at: DateTime<Utc>) -> Moment {
        Moment::zoned(at.fixed_offset())
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_month {
            return write!(out, "{}", self.date.format("%Y-%m"));
        }
        write!(out, "{}", self.date.format("%Y-%m-%d"))?;
        let Some(time) = self.time else { return Ok(()) };
        write!(out, "T{}", time.format("%H:%M:%S%.f"))?;
        match self.offset {
            Some(offset) => write!(out, "{offset}"),
            None => Ok(()),
        }
    }
}

impl TryFrom<String> for Moment {
    type Error = NotAMoment;

    fn try_from(text: String) -> Result<Moment, NotAMoment> {
        Moment::parse(&text)
    }
}

impl From<Moment> for String {
    fn from(moment: Moment) -> String {
        moment.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back_equal() {
        for text in [
            "2024-05",
            "2024-05-08",
            "2024-05-08T10:00:00",
            "2024-05-08T10:00:00+02:00",
            "2024-05-08T10:00:00.250+00:00",
        ] {
            assert_eq!(Moment::parse(text).unwrap().to_string(), text);
        }
    }

    #[test]
    fn a_year_that_feeds_cannot_write_is_no_date() {
        for text in [
            "+12345-01-01",
            "-0001-11-30",
            "0000-12-31",
            "9999-12-31T23:00:00-02:00",
            "0001-01-01T00:00:00+01:00",
        ] {
            assert!(Moment::parse(text).is_err(), "{text}");
        }
        assert!(Moment::parse("0001-01-01").is_ok() && Moment::parse("9999-12-31T23:59:59Z").is_ok());
    }

    #[test]
    fn a_day_has_neither_time_nor_zone() {
        let day = Moment::parse("2024-05-08").unwrap();
        assert_eq!((day.time(), day.offset()), (None, None));
        assert_eq!(day.to_utc().to_rfc3339(), "2024-05-08T00:00:00+00:00");
    }
}
