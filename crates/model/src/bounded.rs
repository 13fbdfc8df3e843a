//! Dates and numbers as records may hold them. A record is a text that anyone can have written: what no calendar has,
//! what feeds cannot write, and what counting cannot go on from, is refused where it is read.

use chrono::{DateTime, Datelike, Utc};
use serde::{Deserialize, Deserializer, de::Error};

use super::Moment;

/// The years that feeds can write (RFC 3339, section 1; RFC 2822, section 3.3).
const YEARS: std::ops::RangeInclusive<i32> = 1..=9999;
/// Counters stay so far below what `SQLite` holds that no archive counts on to there.
const MOST_EVENTS: u64 = 1 << 62;
/// The number of a run is that of a file.
const MOST_RUNS: u64 = u32::MAX as u64;

/// Whether feeds can write the instant.
#[must_use]
pub fn is_in_calendar(at: DateTime<Utc>) -> bool {
    YEARS.contains(&at.year())
}

/// Reads an instant.
///
/// # Errors
/// If it is none, or of a year that feeds cannot write.
pub fn instant<'de, D: Deserializer<'de>>(input: D) -> Result<DateTime<Utc>, D::Error> {
    let at = DateTime::<Utc>::deserialize(input)?;
    if is_in_calendar(at) { Ok(at) } else { Err(D::Error::custom("a year that is not from 1 to 9999")) }
}

/// Reads an instant that may be missing.
///
/// # Errors
/// As [`instant`].
pub fn maybe_instant<'de, D: Deserializer<'de>>(input: D) -> Result<Option<DateTime<Utc>>, D::Error> {
    let at = Option::<DateTime<Utc>>::deserialize(input)?;
    match at {
        Some(at) if !is_in_calendar(at) => Err(D::Error::custom("a year that is not from 1 to 9999")),
        at => Ok(at),
    }
}

/// Reads a date that a page stated. One that is none, or of no year that can be published, was not stated.
///
/// # Errors
/// If there is no text.
pub fn maybe_moment<'de, D: Deserializer<'de>>(input: D) -> Result<Option<Moment>, D::Error> {
    Ok(Option::<String>::deserialize(input)?.and_then(|text| Moment::parse(&text).ok()))
}

/// Reads the number of an event.
///
/// # Errors
/// If counting cannot go on from it.
pub fn event<'de, D: Deserializer<'de>>(input: D) -> Result<u64, D::Error> {
    at_most(u64::deserialize(input)?, MOST_EVENTS)
}

/// Reads the number of an event that may be missing.
///
/// # Errors
/// As [`event`].
pub fn maybe_event<'de, D: Deserializer<'de>>(input: D) -> Result<Option<u64>, D::Error> {
    Option::<u64>::deserialize(input)?.map(|number| at_most(number, MOST_EVENTS)).transpose()
}

/// Reads the number of a run.
///
/// # Errors
/// If no file can have it.
pub fn run<'de, D: Deserializer<'de>>(input: D) -> Result<u64, D::Error> {
    at_most(u64::deserialize(input)?, MOST_RUNS)
}

fn at_most<E: Error>(number: u64, most: u64) -> Result<u64, E> {
    if number <= most { Ok(number) } else { Err(E::custom(format_args!("a number greater than {most}"))) }
}
