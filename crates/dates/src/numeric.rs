//! Dates whose month is a number.

use chrono::NaiveDate;

use super::calendar::{self, Year};
use super::grammar::{DayFound, Reader};

impl Reader<'_> {
    /// `2024年5月8日`, `2024년 5월 8일`, `113年5月8日`.
    pub(super) fn signed(&self, at: usize) -> Option<DayFound> {
        let (value, digits) = self.number(at)?;
        if !matches!(self.text(at + 1), "年" | "년") {
            return None;
        }
        let year = match digits {
            4 => calendar::year(value)?,
            3 => Year::Gregorian(i32::try_from(value).ok()? + 1911),
            _ => calendar::short_year(value)?,
        };
        self.signed_month_and_day(year, at + 2)
    }

    fn signed_month_and_day(&self, year: Year, at: usize) -> Option<DayFound> {
        let (month, _) = self.number(at)?;
        if !matches!(self.text(at + 1), "月" | "월") {
            return None;
        }
        let (day, _) = self.number(at + 2)?;
        let sign = self.text(at + 3);
        let next = if sign.starts_with(['日', '일', '号', '號']) { at + 4 } else { at + 3 };
        Some((self.of_numbers(year, month, day)?, next))
    }

    /// `令和6年5月8日`, `民國113年5月8日`, `平成30/5/8`.
    pub(super) fn era(&self, at: usize) -> Option<DayFound> {
        let before = match self.text(at) {
            era if era.ends_with("令和") => 2018,
            era if era.ends_with("平成") => 1988,
            era if era.ends_with("昭和") => 1925,
            era if era.ends_with("大正") => 1911,
            era if era.ends_with("民國") || era.ends_with("民国") => 1911,
            _ => return None,
        };
        let (value, _) = self.number(at + 1)?;
        let year = Year::Gregorian(i32::try_from(value.min(300)).ok()? + before);
        if self.text(at + 2) == "年" {
            return self.signed_month_and_day(year, at + 3);
        }
        let ((month, _), (day, _)) = (self.number(at + 3)?, self.number(at + 5)?);
        Some((self.of_numbers(year, month, day)?, at + 6))
    }

    /// The day that three numbers name. Who counts from the Hijra, and how, the language tells.
    fn of_numbers(&self, year: Year, month: u64, day: u64) -> Option<NaiveDate> {
        match (year, self.language) {
            (Year::Gregorian(year), _) => calendar::gregorian(year, month, day),
            (Year::Hijri(year @ ..=1415), Some("fa" | "ps" | "ckb") | None) => {
                calendar::persian(year, month, day)
            }
            (Year::Hijri(year), Some("ar" | "ur" | "sd" | "ms" | "fa" | "ps" | "ckb") | None) => {
                calendar::islamic(year, month, day)
            }
            (Year::Hijri(_), Some(_)) => None,
        }
    }

    /// Three numbers with one separator between them.
    pub(super) fn numeric(&self, at: usize) -> Option<DayFound> {
        let separator = self.text(at + 1);
        let (first, second, third) = (self.number(at)?, self.number(at + 2)?, self.number(at + 4)?);
        let same = self.text(at + 3) == separator;
        let spaced = separator == "." || separator == "-" || self.glued(at + 1) == self.glued(at + 2);
        if !matches!(separator, "." | "-" | "/" | "–" | "_") || !same || !spaced || second.1 > 2 {
            return None;
        }
        let next = at + 5;
        // A fourth part makes it a version, an address or a telephone number.
        if self.glued(next)
            && self.text(next) == separator
            && self.glued(next + 1)
            && self.number(next + 1).is_some()
        {
            return None;
        }
        let day = match (first.1, third.1) {
            (4, 1 | 2) => {
                let year = calendar::year(first.0)?;
                self.of_numbers(year, second.0, third.0)
            }
            (1 | 2, 4) => self.ordered(calendar::year(third.0)?, first.0, second.0, separator),
            (1 | 2, 2) if self.writes_year_first() => {
                self.of_numbers(calendar::short_year(first.0)?, second.0, third.0)
            }
            (1 | 2, 2) => self.ordered(calendar::short_year(third.0)?, first.0, second.0, separator),
            _ => None,
        }?;
        Some((day, next))
    }

    /// A day and a month in the order of the language and region, or in the only order that is possible. The order that
    /// lies in the future loses.
    fn ordered(&self, year: Year, first: u64, second: u64, separator: &str) -> Option<NaiveDate> {
        let day_first = self.of_numbers(year, second, first);
        let month_first = self.of_numbers(year, first, second);
        let (Some(a), Some(b)) = (day_first, month_first) else { return day_first.or(month_first) };
        let (preferred, other) = if self.writes_month_first(separator) { (b, a) } else { (a, b) };
        let future = |day: NaiveDate| self.today.is_some_and(|today| (day - today).num_days() > 1);
        Some(if future(preferred) && !future(other) { other } else { preferred })
    }

    fn writes_month_first(&self, separator: &str) -> bool {
        if separator == "." {
            return false;
        }
        if separator == "-" {
            return self.region == Some("us");
        }
        let american = matches!(self.region, Some("us" | "ph" | "fm" | "mh" | "pw"));
        american || matches!((self.language, self.region), (Some("en"), None) | (Some("fil" | "ceb"), _))
    }

    fn writes_year_first(&self) -> bool {
        self.language.is_some_and(|language| matches!(language, "zh" | "ja" | "ko" | "hu" | "mn" | "lt"))
    }
}
