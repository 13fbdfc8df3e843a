//! Months and weeks that stand alone, and days that are counted in weeks (ISO 8601, section 4.1.4).

use chrono::{Datelike, NaiveDate, Weekday};

use super::calendar::{self, Year};
use super::grammar::{Reader, ShortYear};
use super::lookup::Month;

/// The longest text of a month, in tokens.
const MOST: usize = 8;

impl Reader<'_> {
    /// `2024-W45-3`, the third day of a week.
    pub(super) fn day_of_week(&self, at: usize) -> Option<(NaiveDate, usize)> {
        let (year, week, next) = self.week(at)?;
        let (day, digits) =
            self.number(next + 1).filter(|_| self.text(next) == "-" && self.glued(next + 1))?;
        let weekday = Weekday::try_from(u8::try_from(day.checked_sub(1)?).ok()?).ok()?;
        let day = NaiveDate::from_isoywd_opt(year, week, weekday).filter(|_| digits == 1)?;
        Some((day, next + 2))
    }

    /// `2024-W45`, and the token after it.
    fn week(&self, at: usize) -> Option<(i32, u32, usize)> {
        let (year, digits) = self.number(at)?;
        let is_week = self.text(at + 1) == "-" && self.text(at + 2) == "w" && self.glued(at + 2);
        let (week, _) = self.number(at + 3).filter(|_| digits == 4 && is_week)?;
        Some((i32::try_from(year).ok()?, u32::try_from(week).ok()?, at + 4))
    }

    /// The first day of the month that is all the text says: `November 2024`, `2024-11`, `11/2024`, `2024年11月`, or a week
    /// that lies in one month.
    pub(super) fn whole_month(&self) -> Option<NaiveDate> {
        if self.tokens.len() > MOST {
            return None;
        }
        if let Some((year, week, _)) = self.week(0).filter(|(.., next)| *next == self.tokens.len()) {
            let day = |weekday| NaiveDate::from_isoywd_opt(year, week, weekday);
            let (first, last) = (day(Weekday::Mon)?, day(Weekday::Sun)?);
            return first.with_day(1).filter(|_| first.month() == last.month());
        }
        let (year, month, next) = self.named_month().or_else(|| self.numbered_month())?;
        let is_end = (next..self.tokens.len()).all(|at| matches!(self.text(at), "." | "г" | "r" | "р"));
        calendar::gregorian(year, month, 1).filter(|_| is_end)
    }

    fn named_month(&self) -> Option<(i32, u64, usize)> {
        let (year, month, next) = if let Some((month, next)) = self.month(0) {
            let (year, next) = self.year(self.skip_links(next, 2), ShortYear::Refused)?;
            (year, month, next)
        } else {
            let (year, next) = self.year(0, ShortYear::Refused)?;
            let (month, next) = self.month(self.skip_links(next, 2))?;
            (year, month, next)
        };
        match (year, month) {
            (Year::Gregorian(year), Month::Gregorian(month)) => Some((year, month, next)),
            _ => None,
        }
    }

    fn numbered_month(&self) -> Option<(i32, u64, usize)> {
        let ((first, digits), (second, other)) = (self.number(0)?, self.number(2)?);
        let (year, month) = match (self.text(1), digits, other) {
            ("年" | "년", 4, 1 | 2) if matches!(self.text(3), "月" | "월") => (first, second),
            ("-" | "/" | ".", 4, 1 | 2) => (first, second),
            ("-" | "/" | ".", 1 | 2, 4) => (second, first),
            _ => return None,
        };
        let Year::Gregorian(year) = calendar::year(year)? else { return None };
        Some((year, month, if self.text(1) == "年" || self.text(1) == "년" { 4 } else { 3 }))
    }
}
