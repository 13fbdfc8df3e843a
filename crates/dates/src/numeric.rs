//! Dates whose month is a number.

use chrono::{Datelike, NaiveDate, Weekday};

use super::calendar::{self, Year};
use super::grammar::{DayFound, Reader};
use super::lookup;
use super::order::DayOrder;
use super::text::Kind;

/// Three numbers with one separator between them, each with how many digits it has, and the token after them.
#[derive(Clone, Copy, Debug)]
pub(super) struct ThreeNumbers<'a> {
    pub(super) first: (u64, usize),
    pub(super) second: (u64, usize),
    pub(super) third: (u64, usize),
    pub(super) separator: &'a str,
    pub(super) next: usize,
}

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
            "r" if self.language == Some("ja") && self.glued(at + 1) => 2018,
            "h" if self.language == Some("ja") && self.glued(at + 1) => 1988,
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
        let numbers @ ThreeNumbers { first, second, third, next, .. } = self.three_numbers(at)?;
        let day = match (first.1, third.1) {
            (4, 1 | 2) => self.of_numbers(calendar::year(first.0)?, second.0, third.0),
            (1 | 2, 4) => self.ordered(calendar::year(third.0)?, at, &numbers),
            (2, 1 | 2) if self.writes_year_first() => {
                self.of_numbers(calendar::short_year(first.0)?, second.0, third.0)
            }
            (1 | 2, 2) => self.ordered(calendar::short_year(third.0)?, at, &numbers),
            _ => None,
        }?;
        Some((day, next))
    }

    /// The numbers of a date at `at`, whatever they mean.
    pub(super) fn three_numbers(&self, at: usize) -> Option<ThreeNumbers<'_>> {
        let separator = self.text(at + 1);
        let (first, second, third) = (self.number(at)?, self.number(at + 2)?, self.number(at + 4)?);
        let same = self.text(at + 3) == separator;
        let spaced = separator == "." || separator == "-" || self.glued(at + 1) == self.glued(at + 2);
        if !matches!(separator, "." | "-" | "/" | "–" | "_") || !same || !spaced || second.1 > 2 {
            return None;
        }
        let next = at + 5;
        // A fourth part makes it a version, an address or a telephone number.
        let goes_on = self.glued(next)
            && self.text(next) == separator
            && self.glued(next + 1)
            && self.number(next + 1).is_some();
        (!goes_on).then_some(ThreeNumbers { first, second, third, separator, next })
    }

    /// A day and a month in the only order that is possible or that the weekday allows, else in the order of the page,
    /// else in that of the language and region. There, the order that lies in the future loses.
    fn ordered(&self, year: Year, at: usize, numbers: &ThreeNumbers<'_>) -> Option<NaiveDate> {
        let (first, second) = (numbers.first.0, numbers.second.0);
        let day_first = self.of_numbers(year, second, first);
        let month_first = self.of_numbers(year, first, second);
        let (Some(a), Some(b)) = (day_first, month_first) else { return day_first.or(month_first) };
        if let Some(weekday) = self.weekday_beside(at, numbers.next)
            && (a.weekday() == weekday) != (b.weekday() == weekday)
        {
            return Some(if a.weekday() == weekday { a } else { b });
        }
        if numbers.separator == "." {
            return Some(self.not_in_the_future(a, b));
        }
        match self.order {
            Some(DayOrder::DayFirst) => Some(a),
            Some(DayOrder::MonthFirst) => Some(b),
            None if self.writes_month_first(numbers) => Some(self.not_in_the_future(b, a)),
            None => Some(self.not_in_the_future(a, b)),
        }
    }

    fn not_in_the_future(&self, preferred: NaiveDate, other: NaiveDate) -> NaiveDate {
        let future = |day: NaiveDate| self.today.is_some_and(|today| (day - today).num_days() > 1);
        if future(preferred) && !future(other) { other } else { preferred }
    }

    /// Whether the language and region write the month first. English without a region does so where the numbers have no
    /// leading zeros, as programs write them for Americans.
    fn writes_month_first(&self, numbers: &ThreeNumbers<'_>) -> bool {
        if numbers.separator == "-" {
            return self.region == Some("us");
        }
        let american = matches!(self.region, Some("us" | "ph" | "fm" | "mh" | "pw"));
        let is_padded = |(value, digits): (u64, usize)| value < 10 && digits == 2;
        let is_plain = !is_padded(numbers.first) && !is_padded(numbers.second);
        american
            || is_plain && matches!((self.language, self.region), (Some("en"), None))
            || matches!(self.language, Some("fil" | "ceb"))
    }

    /// The weekday named right before the date at `at` or right after it, where the token `next` is.
    pub(super) fn weekday_beside(&self, at: usize, next: usize) -> Option<Weekday> {
        const REACH: usize = 4;
        let named = |index: usize| {
            let word = self.word(index)?;
            let two = self.word(index + 1).map(|second| format!("{word}_{second}"));
            let known = |name: &str| lookup::weekday(name, self.language);
            // Words of two letters mean much else.
            let one = || known(word).filter(|_| word.chars().count() > 2 || !word.is_ascii());
            two.and_then(|two| known(&two)).or_else(one)
        };
        let before = (at.saturating_sub(REACH)..at)
            .rev()
            .take_while(|&index| self.number(index).is_none())
            .filter_map(|index| Some((index, named(index)?)))
            // The first word of two.
            .fold(None, |found: Option<(usize, Weekday)>, one| match found {
                Some((index, _)) if one.0 + 1 < index => found,
                _ => Some(one),
            });
        let after = || (next..next + 2).take_while(|&index| self.number(index).is_none()).find_map(named);
        before.map(|(_, weekday)| weekday).or_else(after)
    }

    fn word(&self, at: usize) -> Option<&str> {
        self.tokens.get(at).filter(|token| token.kind == Kind::Word).map(|token| token.text)
    }

    fn writes_year_first(&self) -> bool {
        self.language.is_some_and(|language| matches!(language, "zh" | "ja" | "ko" | "hu" | "mn" | "lt"))
    }
}
