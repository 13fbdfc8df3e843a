//! Years, months and days of several calendars as Gregorian days.

use chrono::{Days, NaiveDate};

/// A year as written, by its calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Year {
    Gregorian(i32),
    Persian(i32),
}

/// Reads a year that was written with three or four digits: Gregorian, Buddhist (2480 and later), Persian (1370 to
/// 1415) or of the Republic of China where `minguo` is set.
pub(super) fn year(value: u64) -> Option<Year> {
    let value = i32::try_from(value).ok()?;
    match value {
        1370..=1415 => Some(Year::Persian(value)),
        1700..=2200 => Some(Year::Gregorian(value)),
        2480..=2643 => Some(Year::Gregorian(value - 543)),
        _ => None,
    }
}

/// Reads a year of two digits.
pub(super) fn short_year(value: u64) -> Option<Year> {
    let value = i32::try_from(value).ok()?;
    match value {
        0..=69 => Some(Year::Gregorian(2000 + value)),
        70..=99 => Some(Year::Gregorian(1900 + value)),
        _ => None,
    }
}

/// The day, if the calendar has it.
pub(super) fn day(year: Year, month: u64, day: u64) -> Option<NaiveDate> {
    let (month, day) = (u32::try_from(month).ok()?, u32::try_from(day).ok()?);
    match year {
        Year::Gregorian(year) => NaiveDate::from_ymd_opt(year, month, day),
        Year::Persian(year) => persian(year, month, day),
    }
}

/// A day of the Persian solar calendar, by the 33-year cycle, which holds from 1244 to 1472.
pub(super) fn persian(year: i32, month: u32, day: u32) -> Option<NaiveDate> {
    let length = match month {
        1..=6 => 31,
        7..=11 => 30,
        12 if leaps(year) => 30,
        12 => 29,
        _ => return None,
    };
    if !(1244..=1472).contains(&year) || !(1..=length).contains(&day) {
        return None;
    }
    let years: u64 = (1244..year).map(|year| if leaps(year) { 366 } else { 365 }).sum();
    let months = u64::from((month - 1) * 30 + (month - 1).min(6));
    // 1 Farvardin 1244.
    let first = NaiveDate::from_ymd_opt(1865, 3, 21)?;
    first.checked_add_days(Days::new(years + months + u64::from(day - 1)))
}

fn leaps(year: i32) -> bool {
    (25 * year + 11) % 33 < 8
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(year: i32, month: u32, day: u32, expected: &str) {
        assert_eq!(persian(year, month, day).unwrap().to_string(), expected);
    }

    #[test]
    fn persian_days_are_those_of_its_almanac() {
        check(1403, 1, 1, "2024-03-20");
        check(1403, 2, 19, "2024-05-08");
        check(1402, 12, 29, "2024-03-19");
        check(1399, 12, 30, "2021-03-20");
        check(1357, 11, 22, "1979-02-11");
        assert_eq!(persian(1402, 12, 30), None);
    }

    #[test]
    fn days_that_no_calendar_has_are_none() {
        assert_eq!(day(Year::Gregorian(2024), 2, 31), None);
        assert_eq!(day(Year::Gregorian(2024), 0, 0), None);
        assert_eq!(year(0), None);
        assert_eq!(year(2567), Some(Year::Gregorian(2024)));
    }
}
