//! Whether a page or list writes the day or the month first, decided once from all that it shows.
//!
//! `03/04/2024` alone says nothing, and neither does English. Numbers above 12, weekdays, days that are known from
//! elsewhere and the order of a list outweigh the place where a page is from.

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Utc, Weekday};

use super::calendar::{self, Year};
use super::grammar::Reader;
use super::primary;
use super::text;

/// The order in which a numeric date with its year last is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayOrder {
    /// `25/12/2024`, as most of the world writes.
    DayFirst,
    /// `12/25/2024`, as the United States and the Philippines write.
    MonthFirst,
}

use DayOrder::{DayFirst, MonthFirst};

/// The most dates that are looked at.
const MOST: usize = 300;
/// The most bytes of a text that are looked at.
const MOST_TEXT: usize = 400;
/// The fewest dates whose sequence says something.
const SEQUENCE: usize = 4;
/// Regions that write the month first, in lower case.
const MONTH_FIRST: &[&str] = &["us", "ph", "gu", "mp", "fm", "mh", "pw"];
/// Country codes that the whole world uses as if they were none.
const WORLDWIDE: &[&str] = &[
    "io", "co", "me", "tv", "ai", "eu", "fm", "ly", "to", "cc", "ws", "gg", "sh", "ac", "so", "st", "la",
    "vc", "tk", "ml", "ga", "cf", "gq", "nu", "pw", "im", "gl", "am", "mp", "bz", "gd", "ms", "pm", "re",
];
/// Domains under which English is mostly American.
const AMERICAN: &[&str] = &["com", "net", "org", "us", "gov", "edu", "mil"];

/// What a page or list shows of the order in which it writes day and month.
#[derive(Clone, Debug, Default)]
pub struct OrderEvidence {
    /// Dates with their year last, in their order.
    written: Vec<NumericDate>,
    /// Days whose reading is certain.
    days: Vec<NaiveDate>,
    /// Months that the address names.
    months: Vec<(i32, u32)>,
    /// Language tags, in lower case.
    languages: Vec<String>,
    /// The last label of the host.
    domain: Option<String>,
}

/// A numeric date with its year last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct NumericDate {
    first: u64,
    second: u64,
    year: i32,
    weekday: Option<Weekday>,
}

impl NumericDate {
    fn read(&self, order: DayOrder) -> Option<NaiveDate> {
        match order {
            DayFirst => calendar::gregorian(self.year, self.second, self.first),
            MonthFirst => calendar::gregorian(self.year, self.first, self.second),
        }
    }

    /// The only order in which the date is one for which `fits` holds.
    fn only(&self, fits: impl Fn(NaiveDate) -> bool) -> Option<DayOrder> {
        let fits = |order| self.read(order).is_some_and(&fits);
        match (fits(DayFirst), fits(MonthFirst)) {
            (true, false) => Some(DayFirst),
            (false, true) => Some(MonthFirst),
            _ => None,
        }
    }
}

impl OrderEvidence {
    /// Adds a language tag that the page declares, such as `en-GB` or `og:locale`'s `en_GB`.
    pub fn language(&mut self, tag: &str) {
        if self.languages.len() < 8 {
            self.languages.push(tag.trim().to_ascii_lowercase().replace('_', "-"));
        }
    }

    /// Adds the address: its country, and the day or month in its path.
    pub fn address(&mut self, host: &str, path: &str) {
        let domain = host.trim_end_matches('.').rsplit('.').next().unwrap_or_default();
        self.domain = Some(domain.to_ascii_lowercase());
        self.path(path);
    }

    /// Adds the path of an address, in which `/2024/11/` names a month.
    pub fn path(&mut self, path: &str) {
        self.text(path);
        let parts: Vec<&str> = path.split('/').collect();
        let month = parts.windows(2).find_map(|pair| {
            let (year, month) = (pair[0].parse::<i32>().ok()?, pair[1].parse::<u32>().ok()?);
            ((1990..=2100).contains(&year) && (1..=12).contains(&month)).then_some((year, month))
        });
        self.months.extend(month.filter(|_| self.months.len() < MOST));
    }

    /// Adds a short text or value of the page. Those of a list are added in their order.
    pub fn text(&mut self, text: &str) {
        let may_hold_one = text.bytes().filter(u8::is_ascii_digit).count() >= 4 || !text.is_ascii();
        if !may_hold_one || self.written.len() >= MOST || self.days.len() >= MOST {
            return;
        }
        let text = text::normalise(&text[..text.floor_char_boundary(MOST_TEXT)]);
        let tokens = text::tokens(&text);
        let language = self.languages.first().and_then(|tag| tag.split('-').next()).map(str::to_owned);
        let reader = Reader { language: language.as_deref().map(primary), ..Reader::of(&tokens) };
        let mut at = 0;
        while at < tokens.len() {
            at = self.date_at(&reader, at).unwrap_or(at + 1);
        }
    }

    /// Adds the date at token `at`; the token after it.
    fn date_at(&mut self, reader: &Reader<'_>, at: usize) -> Option<usize> {
        let numbers = reader.three_numbers(at)?;
        let (first, second, third) = (numbers.first, numbers.second, numbers.third);
        match (first.1, third.1) {
            (4, 1 | 2) => {
                let Year::Gregorian(year) = calendar::year(first.0)? else { return None };
                self.days.extend(calendar::gregorian(year, second.0, third.0));
            }
            (1 | 2, 4 | 2) if numbers.separator != "." => {
                let year =
                    if third.1 == 4 { calendar::year(third.0)? } else { calendar::short_year(third.0)? };
                let Year::Gregorian(year) = year else { return None };
                let weekday = reader.weekday_beside(at, numbers.next);
                self.written.push(NumericDate { first: first.0, second: second.0, year, weekday });
            }
            _ => {}
        }
        Some(numbers.next)
    }

    /// The order that the evidence speaks for, if it speaks for one; `now` is when the page was read.
    #[must_use]
    pub fn decide(&self, now: Option<DateTime<Utc>>) -> Option<DayOrder> {
        let latest = now.map(|now| now.date_naive() + TimeDelta::days(1));
        let mut votes = [0usize; 2];
        for (at, date) in self.written.iter().enumerate() {
            if date.first == date.second || self.written[..at].contains(date) {
                continue;
            }
            let said = [
                date.only(|_| true),
                date.weekday.and_then(|weekday| date.only(|day| day.weekday() == weekday)),
                date.only(|day| self.days.contains(&day)),
                date.only(|day| self.months.contains(&(day.year(), day.month()))),
                latest.and_then(|latest| date.only(|day| day <= latest)),
            ];
            said.into_iter().flatten().take(1).for_each(|order| votes[order as usize] += 1);
        }
        self.sequence().into_iter().for_each(|order| votes[order as usize] += 1);
        match votes[0].cmp(&votes[1]) {
            std::cmp::Ordering::Greater => Some(DayFirst),
            std::cmp::Ordering::Less => Some(MonthFirst),
            std::cmp::Ordering::Equal => self.of_place(),
        }
    }

    /// The order in which the dates of a list come one after another.
    fn sequence(&self) -> Option<DayOrder> {
        if self.written.len() < SEQUENCE {
            return None;
        }
        let breaks = |order| {
            let days: Vec<NaiveDate> = self
                .written
                .iter()
                .filter_map(|date| {
                    date.read(order).or_else(|| date.read(DayFirst)).or_else(|| date.read(MonthFirst))
                })
                .collect();
            let count =
                |breaks: fn(&[NaiveDate]) -> bool| days.windows(2).filter(|pair| breaks(pair)).count();
            count(|pair| pair[0] < pair[1]).min(count(|pair| pair[0] > pair[1]))
        };
        let (day_first, month_first) = (breaks(DayFirst), breaks(MonthFirst));
        let few = self.written.len() / SEQUENCE;
        match day_first.cmp(&month_first) {
            std::cmp::Ordering::Less if day_first < few => Some(DayFirst),
            std::cmp::Ordering::Greater if month_first < few => Some(MonthFirst),
            _ => None,
        }
    }

    /// The order of the place where the page is from. An American region is what many programs declare unasked, so that
    /// any other outweighs it.
    fn of_place(&self) -> Option<DayOrder> {
        let stated = self.languages.iter().filter_map(|tag| of_language(tag));
        if let Some(order) = stated.clone().find(|(_, american)| !american).map(|(order, _)| order) {
            return Some(order);
        }
        let domain = self.domain.as_deref();
        let country = domain.filter(|domain| domain.len() == 2 && !WORLDWIDE.contains(domain));
        if let Some(country) = country {
            return Some(of_region(country));
        }
        let is_english = self.languages.first().is_some_and(|tag| tag.starts_with("en"));
        let is_american =
            stated.count() > 0 || is_english && domain.is_some_and(|domain| AMERICAN.contains(&domain));
        is_american.then_some(MonthFirst)
    }
}

fn of_region(region: &str) -> DayOrder {
    if MONTH_FIRST.contains(&region) { MonthFirst } else { DayFirst }
}

/// The order that a language tag speaks for, and whether it is the United States'.
fn of_language(tag: &str) -> Option<(DayOrder, bool)> {
    let mut subtags = tag.split('-');
    let language = subtags.next().filter(|language| matches!(language.len(), 2 | 3))?;
    match subtags.find(|subtag| subtag.len() == 2 || matches!(*subtag, "001" | "150")) {
        Some("us") => Some((MonthFirst, true)),
        Some(region) => Some((of_region(region), false)),
        None if matches!(language, "fil" | "tl" | "ceb") => Some((MonthFirst, false)),
        None if language == "en" => None,
        None => Some((DayFirst, false)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decided(languages: &[&str], host: &str, texts: &[&str]) -> Option<DayOrder> {
        let mut evidence = OrderEvidence::default();
        languages.iter().for_each(|tag| evidence.language(tag));
        evidence.address(host, "/news/ferry");
        texts.iter().for_each(|text| evidence.text(text));
        evidence.decide(None)
    }

    #[test]
    fn english_alone_is_no_evidence() {
        assert_eq!(decided(&["en"], "pier.example", &["07/03/2024"]), None);
        assert_eq!(decided(&["en"], "pier.io", &["07/03/2024"]), None);
    }

    #[test]
    fn the_country_tells_the_order() {
        for (tag, host) in [
            ("en", "pier.co.uk"),
            ("en", "pier.com.au"),
            ("en", "pier.ie"),
            ("en", "pier.in"),
            ("en", "pier.co.nz"),
            ("en", "pier.co.za"),
            ("en_GB", "pier.com"),
            ("en-001", "pier.com"),
            ("vi", "pier.example"),
            // What a program declares unasked.
            ("en-US", "pier.co.uk"),
        ] {
            assert_eq!(decided(&[tag], host, &["07/03/2024"]), Some(DayFirst), "{tag} {host}");
        }
        for (tag, host) in [("en-US", "pier.com"), ("en", "pier.com"), ("en", "pier.ph"), ("fil", "pier.com")]
        {
            assert_eq!(decided(&[tag], host, &["07/03/2024"]), Some(MonthFirst), "{tag} {host}");
        }
        assert_eq!(decided(&["en-US", "en_GB"], "pier.com", &[]), Some(DayFirst));
    }

    #[test]
    fn what_the_page_shows_outweighs_the_place() {
        for text in
            ["16/11/2024", "Thu, 07/03/2024 - 14:05", "2024-03-07 07/03/2024", "07/03/2024 (Thursday)"]
        {
            assert_eq!(decided(&["en-US"], "pier.com", &[text]), Some(DayFirst), "{text}");
        }
        for text in ["11/16/2024", "Wed, 07/12/2023 - 17:57", "Thứ tư, 7/3/2024", "Wednesday 07/03/24"] {
            assert_eq!(decided(&["en-GB"], "pier.co.uk", &[text]), Some(MonthFirst), "{text}");
        }
        assert_eq!(decided(&["en"], "pier.example", &["5.4.2024", "16.11.2024"]), None);
    }

    #[test]
    fn the_address_tells_the_day_or_the_month() {
        let check = |path: &str, order| {
            let mut evidence = OrderEvidence::default();
            evidence.address("pier.example", path);
            evidence.text("05/11/2024");
            assert_eq!(evidence.decide(None), order, "{path}");
        };
        check("/2024/11/05/ferry", Some(DayFirst));
        check("/2024/05/11/ferry", Some(MonthFirst));
        check("/2024/11/ferry", Some(DayFirst));
        check("/2024/ferry-05", None);
    }

    #[test]
    fn a_list_is_in_one_sequence() {
        let list = ["05/11/2024", "04/11/2024", "02/11/2024", "12/10/2024", "10/10/2024", "08/10/2024"];
        assert_eq!(decided(&["en-US"], "pier.com", &list), Some(DayFirst));
        let american = ["11/05/2024", "11/04/2024", "11/02/2024", "10/12/2024", "10/10/2024", "10/08/2024"];
        assert_eq!(decided(&["en-GB"], "pier.co.uk", &american), Some(MonthFirst));
    }

    #[test]
    fn the_order_that_lies_in_the_future_loses() {
        let mut evidence = OrderEvidence::default();
        evidence.text("05/09/2024");
        assert_eq!(evidence.decide(Some("2024-05-10T12:00:00Z".parse().unwrap())), Some(MonthFirst));
        assert_eq!(evidence.decide(None), None);
    }
}
