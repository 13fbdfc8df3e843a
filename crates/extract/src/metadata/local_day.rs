//! The day on which something was published where it was published.
//!
//! Many sites give machines the time in UTC and readers the time of the place. The instant stays what it is; written at
//! the offset of the place, its day is the one that readers saw.

use chrono::{FixedOffset, TimeDelta, Timelike};

use crate::choice::Choice;
use crate::model::Moment;

/// Sources that tell readers a day.
const SHOWN: &[&str] = &["address", "class", "time", "text"];

/// Gives the winner the offset at which readers see it, or where it is in UTC, at which any source has it; and where it
/// is a bare day, the time that another source has for this day.
pub(super) fn settle(choice: &mut Choice<Moment>) {
    let values = choice.values();
    let Some(first) = values.first() else { return };
    let (from, winner) = (first.from, first.value);
    if winner.time().is_none() {
        let precise =
            values.iter().position(|said| said.value.date() == winner.date() && said.value.time().is_some());
        if let Some(at) = precise.filter(|_| from != "rule") {
            choice.prefer(at);
        }
        return;
    }
    // Midnight is a day that was given a time.
    let Some(offset) = winner.offset().filter(|_| !is_midnight(winner)) else { return };
    let in_utc = offset.local_minus_utc() == 0;
    let shown: Vec<Moment> =
        values.iter().filter(|said| SHOWN.contains(&said.from)).map(|said| said.value).collect();
    let local = values
        .iter()
        .filter(|said| in_utc || matches!(said.from, "class" | "text"))
        .filter_map(|said| same_minute(winner, said.value))
        .find(|offset| !in_utc || offset.local_minus_utc() != 0)
        .or_else(|| shown_day(winner, &shown).filter(|_| in_utc));
    let Some(local) = local.map(|local| Moment::zoned(winner.to_utc().with_timezone(&local))) else { return };
    let address = values.iter().find(|said| said.from == "address").map(|said| said.value.date());
    if address.is_none_or(|day| day == local.date() || day != winner.date()) {
        choice.replace_first(local);
    }
}

/// Offsets in minutes that are no whole hours.
const HALF_HOURS: &[i64] = &[-210, 210, 270, 330, 345, 390, 570, 630];

fn is_midnight(moment: Moment) -> bool {
    moment.time().is_some_and(|time| time.num_seconds_from_midnight() == 0)
}

/// The offset at which `other`, a local time, is the same minute as `utc`.
fn same_minute(utc: Moment, other: Moment) -> Option<FixedOffset> {
    let local = other.date().and_time(other.time()?);
    let mut at = utc.to_utc().naive_utc();
    if local.second() == 0 {
        // Readers seldom see the seconds.
        at = at.with_second(0)?.with_nanosecond(0)?;
    }
    let apart = (local - at).num_seconds();
    if apart % 60 != 0 {
        return None;
    }
    let minutes = apart / 60;
    let known = (-720..=840).contains(&minutes) && (minutes % 60 == 0 || HALF_HOURS.contains(&minutes));
    let offset = FixedOffset::east_opt(i32::try_from(minutes * 60).ok()?)?;
    (known && other.offset().is_none_or(|known| known == offset)).then_some(offset)
}

/// The smallest whole-hour offset that puts `utc` on the day before or after, if all of at least two `days` are that day.
fn shown_day(utc: Moment, days: &[Moment]) -> Option<FixedOffset> {
    let day = days.first()?.date();
    if days.len() < 2 || days.iter().any(|other| other.date() != day) {
        return None;
    }
    let at = utc.to_utc().naive_utc();
    (1..=12).flat_map(|hours| [hours, -hours]).find_map(|hours| {
        let moved = (at + TimeDelta::hours(hours)).date() == day;
        (moved && day != at.date())
            .then(|| FixedOffset::east_opt(i32::try_from(hours * 3600).ok()?))
            .flatten()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(values: &[(&'static str, &str)], expected: &str) {
        let mut choice = Choice::new();
        for (from, text) in values {
            choice.add(from, Some(Moment::parse(text).unwrap()));
        }
        settle(&mut choice);
        assert_eq!(choice.values()[0].value.to_string(), expected);
    }

    #[test]
    fn a_time_in_utc_is_written_at_the_offset_of_the_place() {
        check(
            &[("json-ld datePublished", "2024-05-09T03:28:35Z"), ("class", "2024-05-08T22:28:00")],
            "2024-05-08T22:28:35-05:00",
        );
        check(
            &[
                ("json-ld datePublished", "2024-05-08T23:11:59Z"),
                ("address", "2024-05-09"),
                ("text", "2024-05-09"),
            ],
            "2024-05-09T00:11:59+01:00",
        );
    }

    #[test]
    fn what_does_not_fit_changes_nothing() {
        check(
            &[("json-ld datePublished", "2024-05-08T10:00:00Z"), ("class", "2024-05-07T22:41:00")],
            "2024-05-08T10:00:00+00:00",
        );
        check(
            &[
                ("json-ld datePublished", "2024-05-08T10:00:00Z"),
                ("text", "2024-05-12"),
                ("class", "2024-05-12"),
            ],
            "2024-05-08T10:00:00+00:00",
        );
    }

    #[test]
    fn a_day_takes_the_time_that_another_source_has() {
        check(
            &[("address", "2024-05-08"), ("time", "2024-05-08T10:00:00+02:00")],
            "2024-05-08T10:00:00+02:00",
        );
    }
}
