//! The orders in which the parts of a date are written.

use chrono::{Datelike, NaiveDate};

use super::calendar::{self, Year};
use super::lookup::{self, Month};
use super::order::DayOrder;
use super::text::{Kind, Token};

/// The tokens of a text, and what is known of it.
#[derive(Clone, Copy)]
pub(super) struct Reader<'a> {
    pub(super) tokens: &'a [Token<'a>],
    /// The primary subtag of the text's language.
    pub(super) language: Option<&'a str>,
    /// The region of the text's language, in lower case.
    pub(super) region: Option<&'a str>,
    /// The day on which it was read.
    pub(super) today: Option<NaiveDate>,
    /// The order of day and month in the page.
    pub(super) order: Option<DayOrder>,
}

/// A day and the token after it.
pub(super) type DayFound = (NaiveDate, usize);

/// Words and marks that stand between the parts of a date.
const LINKS: &[&str] = &[
    ".",
    ",",
    "-",
    "/",
    "'",
    "de",
    "del",
    "of",
    "d",
    "the",
    "di",
    "da",
    "ta",
    "den",
    "год",
    "г",
    "р",
    "m",
    "gada",
    "nam",
    "พศ",
    "คศ",
    "i",
    "al",
    "anno",
    "da",
    "dell",
    "ا",
    "و",
    "ที่",
    "el",
    "do",
    "a",
    "an",
    "ko",
    "eko",
    "t",
];
/// What a number of a day is followed by without a space.
const ORDINALS: &[&str] = &[
    "st", "nd", "rd", "th", "er", "ere", "e", "o", "a", "º", "ª", "го", "е", "ro", "eme", "re", "ste", "de",
    "i", "ta", "ne", "η", "ησ", "ain", "й",
];

impl<'a> Reader<'a> {
    /// A reader that knows nothing of the text.
    pub(super) fn of(tokens: &'a [Token<'a>]) -> Reader<'a> {
        Reader { tokens, language: None, region: None, today: None, order: None }
    }

    /// The day written at token `at`, year included.
    pub(super) fn day_at(&self, at: usize) -> Option<DayFound> {
        match self.tokens.get(at)?.kind {
            Kind::Number(_) if self.is_inside_a_longer_number(at) => None,
            Kind::Number(_) => self
                .signed(at)
                .or_else(|| self.numeric(at))
                .or_else(|| self.day_first(at))
                .or_else(|| self.year_first(at))
                .or_else(|| self.day_of_week(at)),
            Kind::Word => self.era(at).or_else(|| self.month_first(at)),
            Kind::Mark(_) => None,
        }
    }

    /// The day written at token `at` without its year, taken as the last such day before tomorrow.
    pub(super) fn yearless_day_at(&self, at: usize) -> Option<DayFound> {
        let today = self.today?;
        let (month, day, next) = self.yearless(at)?;
        let year =
            if self.number(next).is_some_and(|(_, digits)| digits >= 3) { return None } else { today.year() };
        let limit = today.succ_opt()?;
        [year, year - 1].into_iter().find_map(|year| {
            NaiveDate::from_ymd_opt(year, u32::try_from(month).ok()?, u32::try_from(day).ok()?)
                .filter(|day| *day <= limit)
                .map(|day| (day, next))
        })
    }

    fn yearless(&self, at: usize) -> Option<(u64, u64, usize)> {
        if let Some((month, digits)) = self.number(at)
            && digits <= 2
            && matches!(self.text(at + 1), "月" | "월")
        {
            let (day, _) = self.number(at + 2)?;
            return matches!(self.text(at + 3), "日" | "일").then_some((month, day, at + 4));
        }
        if let Some((day, digits)) = self.number(at).filter(|(_, digits)| *digits <= 2) {
            let from = self.skip_links(self.skip_ordinal(at + 1), 2);
            let (Month::Gregorian(month), next) = self.month(from)? else { return None };
            let _ = digits;
            return lookup::is_month_of(self.text(from), self.language).then_some((month, day, next));
        }
        let (Month::Gregorian(month), next) = self.month(at)? else { return None };
        let from = self.skip_links(next, 1);
        let (day, digits) = self.number(from)?;
        (digits <= 2 && lookup::is_month_of(self.text(at), self.language))
            .then(|| (month, day, self.skip_ordinal(from + 1)))
    }

    fn token(&self, at: usize) -> Option<&Token<'a>> {
        self.tokens.get(at)
    }

    pub(super) fn text(&self, at: usize) -> &'a str {
        self.token(at).map_or("", |token| token.text)
    }

    /// The number at `at`, and how many digits it has.
    pub(super) fn number(&self, at: usize) -> Option<(u64, usize)> {
        let token = self.token(at)?;
        match token.kind {
            Kind::Number(value) => Some((value, token.text.len())),
            _ => None,
        }
    }

    pub(super) fn glued(&self, at: usize) -> bool {
        at > 0 && self.token(at).is_some_and(|token| token.start == self.tokens[at - 1].end)
    }

    /// Whether digits and a separator touch the number at `at` from the left, as in `1.8.05.2024`.
    fn is_inside_a_longer_number(&self, at: usize) -> bool {
        at >= 2
            && self.glued(at)
            && self.glued(at - 1)
            && matches!(self.text(at - 1), "." | "-" | "/" | ":" | "," | "_" | "$" | "€" | "#")
            && self.number(at - 2).is_some()
    }

    pub(super) fn skip_links(&self, mut at: usize, most: usize) -> usize {
        let end = at + most;
        while at < end && LINKS.contains(&self.text(at)) {
            at += 1;
        }
        at
    }

    fn skip_ordinal(&self, at: usize) -> usize {
        if self.glued(at) && ORDINALS.contains(&self.text(at)) {
            return at + 1;
        }
        if self.text(at) == "-" && self.glued(at) && ORDINALS.contains(&self.text(at + 1)) {
            at + 2
        } else {
            at
        }
    }

    /// The month named at `at`, in one or two words, and the token after it.
    pub(super) fn month(&self, at: usize) -> Option<(Month, usize)> {
        let token = self.token(at).filter(|token| token.kind == Kind::Word)?;
        if token.text == "thang" || token.text == "thg" {
            let from = self.skip_links(at + 1, 1);
            let numbered = self.number(from).map(|(month, _)| (month, from + 1));
            return numbered
                .or_else(|| self.vietnamese_number(at + 1))
                .map(|(month, next)| (Month::Gregorian(month), next));
        }
        if lookup::begins_a_month(token.text)
            && let Some(second) = self.token(at + 1).filter(|token| token.kind == Kind::Word)
            && let Some(month) = lookup::month(&format!("{}_{}", token.text, second.text), self.language)
        {
            return Some((month, at + 2));
        }
        // "t-sultain", "c'hwevrer"
        if lookup::begins_a_month(token.text)
            && self.glued(at + 1)
            && self.glued(at + 2)
            && let Some(month) =
                lookup::month(&[token.text, self.text(at + 1), self.text(at + 2)].concat(), self.language)
        {
            return Some((month, at + 3));
        }
        let bare = || lookup::month(token.text.strip_prefix('ב')?, self.language);
        lookup::month(token.text, self.language).or_else(bare).map(|month| (month, at + 1))
    }

    /// A number from 1 to 12 that Vietnamese writes in words, as months are counted.
    fn vietnamese_number(&self, at: usize) -> Option<(u64, usize)> {
        let value = match (self.text(at), self.text(at + 1)) {
            ("muoi", "mot") => return Some((11, at + 2)),
            ("muoi", "hai") => return Some((12, at + 2)),
            ("gieng" | "mot", _) => 1,
            ("hai", _) => 2,
            ("ba", _) => 3,
            ("tu" | "bon", _) => 4,
            ("nam", _) => 5,
            ("sau", _) => 6,
            ("bay", _) => 7,
            ("tam", _) => 8,
            ("chin", _) => 9,
            ("muoi", _) => 10,
            ("chap", _) => 12,
            _ => return None,
        };
        Some((value, at + 1))
    }

    /// The month at `at` as a Roman number, before a year of four digits: `6 XI 2024`, `6.XI.2024`. One letter means much
    /// else, but in languages that write months so.
    fn roman_month(&self, at: usize) -> Option<(Month, usize)> {
        const WRITE_SO: &[&str] =
            &["pl", "hu", "ro", "cs", "sk", "sl", "hr", "sr", "it", "es", "ca", "lt", "la", "ru"];
        let at = if matches!(self.text(at), "." | "/" | "-") { at + 1 } else { at };
        let letters = self.text(at);
        let month = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"]
            .iter()
            .position(|month| *month == letters)?;
        let is_clear =
            letters.len() > 1 || self.language.is_some_and(|language| WRITE_SO.contains(&language));
        let year = if matches!(self.text(at + 1), "." | "/" | "-") { at + 2 } else { at + 1 };
        let is_before_year = self.number(year).is_some_and(|(_, digits)| digits == 4);
        (is_clear && is_before_year).then_some((Month::Gregorian(month as u64 + 1), at + 1))
    }

    /// A year of four digits at `at`, or of two after an apostrophe or where `short` allows it.
    pub(super) fn year(&self, at: usize, short: ShortYear) -> Option<(Year, usize)> {
        let (value, digits) = self.number(at)?;
        match digits {
            4 => calendar::year(value).map(|year| (year, at + 1)),
            2 if short == ShortYear::Allowed && !matches!(self.text(at + 1), ":" | "h") => {
                calendar::short_year(value).map(|year| (year, at + 1))
            }
            2 if short == ShortYear::AtTheEnd && self.ends_a_date(at + 1) => {
                let Year::Gregorian(year) = calendar::short_year(value)? else { return None };
                let latest = self.today.map_or(LATEST, |today| today.year() + 1);
                (FIRST..=latest).contains(&year).then_some((Year::Gregorian(year), at + 1))
            }
            _ => None,
        }
    }

    /// Whether a date may end before token `at`: what goes on may be a time of day, a second number or counted things.
    fn ends_a_date(&self, at: usize) -> bool {
        let Some(token) = self.token(at) else { return true };
        match token.kind {
            Kind::Number(_) => self.text(at + 1) == ":",
            Kind::Word => {
                matches!(token.text, "at" | "by" | "um" | "kl" | "om" | "von" | "par" | "por" | "di")
            }
            Kind::Mark(':' | '%' | '°' | '€' | '$' | '+') => false,
            Kind::Mark(_) => !(self.glued(at + 1) && self.number(at + 1).is_some()),
        }
    }

    /// `8 May 2024`, `8. Mai 2024`, `8 de mayo de 2024`, `08-May-24`, `8 tháng 5, 2024`.
    fn day_first(&self, at: usize) -> Option<DayFound> {
        let (day, digits) = self.number(at)?;
        if digits > 2 {
            return None;
        }
        let from = self.skip_ordinal(at + 1);
        let (month, next) = self
            .month(from)
            .or_else(|| self.month(self.skip_links(from, 3)))
            .or_else(|| self.roman_month(from))?;
        // Before a time of day, as RFC 822 has it (section 5.1).
        let is_before_clock = || self.number(next + 1).is_some() && self.text(next + 2) == ":";
        let is_tied = matches!(self.text(next), "-" | "'" | "/" | "’") || self.glued(next);
        let short = if is_tied || is_before_clock() { ShortYear::Allowed } else { ShortYear::AtTheEnd };
        let (year, next) = self.year(self.skip_links(next, 3), short)?;
        Some((of_month(year, month, day)?, next))
    }

    /// `May 8, 2024`, `May 8th 2024`, `May 8 10:00:00 EDT 2024`.
    fn month_first(&self, at: usize) -> Option<DayFound> {
        let (month, next) = self.month(at)?;
        let from = self.skip_links(next, 2);
        let (day, digits) = self.number(from)?;
        if digits > 2 {
            return None;
        }
        let after_day = self.skip_ordinal(from + 1);
        if let Some((year, next)) = self.year(self.skip_links(after_day, 2), ShortYear::Refused) {
            return Some((of_month(year, month, day)?, next));
        }
        let at_the_end = if self.text(after_day) == "," { after_day + 1 } else { after_day };
        if let Some((year, next)) = self.year(at_the_end, ShortYear::AtTheEnd) {
            return Some((of_month(year, month, day)?, next));
        }
        if self.text(after_day) == "'" {
            let (year, next) = self.year(after_day + 1, ShortYear::Allowed)?;
            return Some((of_month(year, month, day)?, next));
        }
        // The year after the time, as `ctime` writes it; the time is read from in front of it.
        let year = (after_day + 3..after_day + 9).take_while(|&at| at < self.tokens.len()).find_map(|at| {
            self.number(at).filter(|(_, digits)| *digits == 4).and_then(|_| self.year(at, ShortYear::Refused))
        });
        let (year, _) = year.filter(|_| self.text(after_day + 1) == ":")?;
        Some((of_month(year, month, day)?, after_day))
    }

    /// `2024 May 8`, `2024. május 8.`, `2024 m. gegužės 8 d.`, `2024. gada 8. maijs`.
    fn year_first(&self, at: usize) -> Option<DayFound> {
        let (year, next) = self.year(at, ShortYear::Refused)?;
        let from = self.skip_links(next, 3);
        if let Some((month, next)) = self.month(from) {
            let (day, digits) = self.number(self.skip_links(next, 2))?;
            let next = self.skip_links(next, 2) + 1;
            return (digits <= 2).then(|| of_month(year, month, day)).flatten().map(|day| (day, next));
        }
        let (day, digits) = self.number(from).filter(|_| from > next)?;
        let (month, next) = self.month(self.skip_links(self.skip_ordinal(from + 1), 2))?;
        (digits <= 2).then(|| of_month(year, month, day)).flatten().map(|day| (day, next))
    }
}

/// Years of two digits that are no part of another form are of the web.
const FIRST: i32 = 1990;
const LATEST: i32 = 2049;

/// Whether a year may have two digits.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum ShortYear {
    Allowed,
    /// Where nothing follows that it could belong to.
    AtTheEnd,
    Refused,
}

fn of_month(year: Year, month: Month, day: u64) -> Option<NaiveDate> {
    match (year, month) {
        (Year::Hijri(year), Month::Persian(month)) => calendar::persian(year, month, day),
        (Year::Hijri(year), Month::Islamic(month)) => calendar::islamic(year, month, day),
        (Year::Gregorian(year), Month::Gregorian(month)) => calendar::gregorian(year, month, day),
        _ => None,
    }
}
