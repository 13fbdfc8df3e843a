//! Years, months and days of several calendars as Gregorian days.

use chrono::NaiveDate;
use icu_calendar::cal::Hijri;
use icu_calendar::{Calendar, Date, Gregorian};

/// A year as written, by its calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Year {
    Gregorian(i32),
    /// Counted from the Hijra in solar years, as Persians do, or in lunar ones, as Arabs do.
    Hijri(i32),
}

/// Reads a year that was written with four digits: Gregorian, Buddhist (2480 and later), or counted from the Hijra (1300
/// to 1500).
pub(super) fn year(value: u64) -> Option<Year> {
    let value = i32::try_from(value).ok()?;
    match value {
        1300..=1500 => Some(Year::Hijri(value)),
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

/// The Gregorian day, if there is one.
pub(super) fn gregorian(year: i32, month: u64, day: u64) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, u32::try_from(month).ok()?, u32::try_from(day).ok()?)
}

/// A day of the Persian solar calendar.
pub(super) fn persian(year: i32, month: u64, day: u64) -> Option<NaiveDate> {
    let (month, day) = (u8::try_from(month).ok()?, u8::try_from(day).ok()?);
    as_gregorian(&Date::try_new_persian(year, month, day).ok()?)
}

/// A day of the Islamic lunar calendar, by the almanac of Umm al-Qura, which Arab newspapers print.
pub(super) fn islamic(year: i32, month: u64, day: u64) -> Option<NaiveDate> {
    let (month, day) = (u8::try_from(month).ok()?, u8::try_from(day).ok()?);
    let calendar = Hijri::new_umm_al_qura();
    as_gregorian(&Date::try_new_hijri_with_calendar(year, month, day, calendar).ok()?)
}

fn as_gregorian<C: Calendar>(date: &Date<C>) -> Option<NaiveDate> {
    let date = date.to_calendar(Gregorian);
    let month = u32::from(date.month().ordinal);
    NaiveDate::from_ymd_opt(date.year().extended_year(), month, u32::from(date.day_of_month().0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn persian_days_are_those_of_its_almanac() {
        let check = |year, month, day, expected: &str| {
            assert_eq!(persian(year, month, day).unwrap().to_string(), expected);
        };
        check(1403, 1, 1, "2024-03-20");
        check(1403, 2, 19, "2024-05-08");
        check(1402, 12, 29, "2024-03-19");
        check(1399, 12, 30, "2021-03-20");
        check(1357, 11, 22, "1979-02-11");
        assert_eq!(persian(1402, 12, 30), None);
    }

    #[test]
    fn islamic_days_are_those_of_umm_al_qura() {
        let check = |year, month, day, expected: &str| {
            assert_eq!(islamic(year, month, day).unwrap().to_string(), expected);
        };
        check(1445, 10, 29, "2024-05-08");
        check(1445, 9, 1, "2024-03-11");
        check(1446, 1, 1, "2024-07-07");
        check(1447, 1, 1, "2025-06-26");
        assert_eq!(islamic(1445, 13, 1), None);
        assert_eq!(islamic(1445, 10, 30), None);
    }

    #[test]
    fn days_that_no_calendar_has_are_none() {
        assert_eq!(gregorian(2024, 2, 31), None);
        assert_eq!(gregorian(2024, 0, 0), None);
        assert_eq!(year(0), None);
        assert_eq!(year(2567), Some(Year::Gregorian(2024)));
    }
}
