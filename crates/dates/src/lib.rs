//! Reads the dates that people and machines write, in the languages of the world: ISO 8601 and RFC 2822 and their broken
//! variants, names of months, numeric orders by language and region, spans back from now, and the Buddhist, Persian, Islamic
//! and Japanese calendars.
//!
//! What a text leaves open stays open: a day stays a day, and a time without zone gets none. A month alone is no date.
//! Whether a date is plausible where it stands is left to the caller.
//!
//! ```
//! use tearsheet_dates::{DateContext, find_date, parse_date};
//!
//! let german = DateContext { language: Some("de"), ..DateContext::default() };
//! let day = parse_date("8. Mai 2024", &german).expect("a date");
//! assert_eq!(day.to_string(), "2024-05-08");
//!
//! // What 03/04 means depends on the language.
//! let american = DateContext { language: Some("en-US"), ..DateContext::default() };
//! let day = find_date("Published 03/04/2024 by Ada", &american).expect("a date");
//! assert_eq!(day.to_string(), "2024-03-04");
//! ```

mod calendar;
mod clock;
mod grammar;
mod lookup;
mod names;
mod numeric;
mod order;
mod relative;
mod spans;
mod text;
mod zone;

use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeZone, Utc};
use chrono_tz::Tz;
use tearsheet_model::Moment;

use self::clock::Clock;
use self::grammar::Reader;
pub use self::order::{DayOrder, OrderEvidence};
use self::relative::Span;
use self::text::{Kind, Token};
use self::zone::Zone;

/// The most bytes of a text that are looked at.
const MOST: usize = 4096;
/// A text of more characters is prose, in which "yesterday" and "May 8" seldom are its own date.
const PROSE: usize = 120;

/// What is known about the text in which a date stands.
#[derive(Clone, Copy, Debug, Default)]
pub struct DateContext<'a> {
    /// Its language, as a BCP 47 tag: it decides what `03/04/2024` and a month's name mean.
    pub language: Option<&'a str>,
    /// The zone of times that name none.
    pub timezone: Option<Tz>,
    /// When the text was read: `yesterday` and `8 May` count back from here.
    pub now: Option<DateTime<Utc>>,
    /// Whether its page writes the day or the month first, as [`OrderEvidence`] tells; where that is not known, the
    /// language and region decide.
    pub order: Option<DayOrder>,
}

/// Reads a text that is a date: the value of a field, an attribute or a time element. Words around it are allowed, Unix
/// timestamps and runs of digits such as `20240508` are read too.
#[must_use]
pub fn parse_date(text: &str, context: &DateContext<'_>) -> Option<Moment> {
    let text = text.trim();
    if text.len() > 400 {
        return None;
    }
    digits(text, context).or_else(|| find_date(text, context))
}

/// Finds the first date in a longer text. One without a year, and a span such as `3 hours ago`, counts only in a short
/// text and where [`DateContext::now`] is known.
#[must_use]
pub fn find_date(text: &str, context: &DateContext<'_>) -> Option<Moment> {
    let text = text::normalise(&text[..text.floor_char_boundary(MOST)]);
    let tokens = text::tokens(&text);
    let language = context.language.map(str::to_ascii_lowercase);
    let mut subtags = language.as_deref().unwrap_or_default().split(['-', '_']);
    let reader = Reader {
        tokens: &tokens,
        language: subtags.next().filter(|language| !language.is_empty()).map(primary),
        region: subtags.find(|subtag| subtag.len() == 2),
        today: context.now.map(|now| today(now, context)),
        order: context.order,
    };
    let full = (0..tokens.len()).find_map(|at| Some((at, reader.day_at(at)?)));
    if let Some((at, (day, next))) = full {
        let clock = clock::after(&tokens, next, reader.language)
            .or_else(|| clock::before(&tokens, at, reader.language));
        return Some(moment(day, clock, context));
    }
    let now = context.now.filter(|_| text.chars().count() <= PROSE)?;
    (0..tokens.len()).find_map(|at| {
        if let Some((span, next)) = relative::at(&text, &tokens, at, now) {
            return before_now(span, clock::after(&tokens, next, reader.language), now, context);
        }
        let (day, next) = reader.yearless_day_at(at)?;
        Some(moment(day, clock::after(&tokens, next, reader.language), context))
    })
}

/// Macrolanguages and old codes, by the code under which names are kept.
fn primary(language: &str) -> &str {
    match language {
        "nb" => "no",
        "iw" => "he",
        "in" => "id",
        "tl" => "fil",
        "sh" => "sr",
        language => language,
    }
}

fn today(now: DateTime<Utc>, context: &DateContext<'_>) -> NaiveDate {
    context.timezone.map_or_else(|| now.date_naive(), |zone| now.with_timezone(&zone).date_naive())
}

fn before_now(
    span: Span,
    clock: Option<Clock>,
    now: DateTime<Utc>,
    context: &DateContext<'_>,
) -> Option<Moment> {
    if let Span::Instant(at) = span {
        return Some(match context.timezone {
            Some(zone) => Moment::zoned(at.with_timezone(&zone).fixed_offset()),
            None => Moment::from(at),
        });
    }
    Some(moment(relative::back(today(now, context), span)?, clock, context))
}

/// Joins a day and a time, in the zone that the text names, else in that of the context.
fn moment(day: NaiveDate, clock: Option<Clock>, context: &DateContext<'_>) -> Moment {
    let Some(clock) = clock else { return Moment::day(day) };
    let at = day.and_time(clock.time);
    let zoned = match clock.zone {
        Some(Zone::Offset(offset)) => offset.from_local_datetime(&at).single(),
        Some(Zone::Named(zone)) => in_zone(at, zone),
        None => context.timezone.and_then(|zone| in_zone(at, zone)),
    };
    zoned.map_or_else(|| Moment::local(at), Moment::zoned)
}

fn in_zone(at: NaiveDateTime, zone: Tz) -> Option<DateTime<chrono::FixedOffset>> {
    zone.from_local_datetime(&at).earliest().map(|at| at.fixed_offset())
}

/// Reads digits alone: a Unix timestamp in seconds or milliseconds, `20240508`, `20240508103000`, `20240508T103000Z`.
fn digits(text: &str, context: &DateContext<'_>) -> Option<Moment> {
    let inner =
        text.strip_prefix("/Date(").and_then(|rest| rest.split(['+', '-', ')']).next()).unwrap_or(text);
    let number = inner.split_once('.').map_or(inner, |(whole, fraction)| {
        if fraction.bytes().all(|b| b.is_ascii_digit()) { whole } else { inner }
    });
    if number.bytes().all(|b| b.is_ascii_digit()) {
        let value: i64 = number.parse().ok()?;
        return match number.len() {
            9 | 10 => timestamp(value, context),
            13 => timestamp(value / 1000, context),
            8 => Some(Moment::day(NaiveDate::parse_from_str(number, "%Y%m%d").ok()?)),
            12 => NaiveDateTime::parse_from_str(&format!("{number}00"), "%Y%m%d%H%M%S")
                .ok()
                .map(|at| local(at, context)),
            14 => NaiveDateTime::parse_from_str(number, "%Y%m%d%H%M%S").ok().map(|at| local(at, context)),
            _ => None,
        };
    }
    let normal = text::normalise(text);
    let tokens: Vec<Token<'_>> = text::tokens(&normal);
    let compact =
        tokens.first().filter(|token| matches!(token.kind, Kind::Number(_)) && token.text.len() == 8)?;
    let day = NaiveDate::parse_from_str(compact.text, "%Y%m%d").ok()?;
    Some(moment(day, clock::after(&tokens, 1, None), context))
}

fn timestamp(seconds: i64, context: &DateContext<'_>) -> Option<Moment> {
    let at = DateTime::from_timestamp(seconds, 0).filter(|_| seconds > 300_000_000)?;
    Some(match context.timezone {
        Some(zone) => Moment::zoned(at.with_timezone(&zone).fixed_offset()),
        None => Moment::from(at),
    })
}

fn local(at: NaiveDateTime, context: &DateContext<'_>) -> Moment {
    context.timezone.and_then(|zone| in_zone(at, zone)).map_or_else(|| Moment::local(at), Moment::zoned)
}

#[cfg(test)]
mod tests;
