//! Reads the dates that people and machines write, in the languages of the world: ISO 8601 and RFC 2822 and their broken
//! variants, names of months, numeric orders by language and region, spans back from now, and the Buddhist, Persian, Islamic
//! and Japanese calendars.
//!
//! What a text leaves open stays open: a day stays a day, and a time without zone gets none. A month alone is no date,
//! but [`parse_month`] reads it.
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
mod month;
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

/// Reads a text that names a month and no day, such as `November 2024` or `2024-11`, or a week that lies in one month. The
/// whole text must say it.
#[must_use]
pub fn parse_month(text: &str, context: &DateContext<'_>) -> Option<Moment> {
    read(text.trim(), context, |_, reader| reader.whole_month().map(Moment::month))
}

/// Finds the first date in a longer text. One without a year, and a span such as `3 hours ago`, counts only in a short
/// text and where [`DateContext::now`] is known.
#[must_use]
pub fn find_date(text: &str, context: &DateContext<'_>) -> Option<Moment> {
    read(text, context, |text, reader| {
        let full = (0..reader.tokens.len()).find_map(|at| full_date(reader, at, context));
        let now = || context.now.filter(|_| is_short(text));
        full.or_else(|| {
            let now = now()?;
            (0..reader.tokens.len()).find_map(|at| loose_date(text, reader, at, now, context))
        })
        .map(|(moment, _)| moment)
    })
}

/// A date in a text, and the words beside it as [`normalise`] spells them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateInText {
    /// The date.
    pub moment: Moment,
    /// What stands between it and the date before it.
    pub before: String,
    /// What stands between it and the next date.
    pub after: String,
}

/// Finds all dates in a text, as [`find_date`] finds the first.
#[must_use]
pub fn find_dates(text: &str, context: &DateContext<'_>) -> Vec<DateInText> {
    read(text, context, |text, reader| {
        let all = |at_token: &dyn Fn(usize) -> Option<(Moment, usize)>| {
            let (mut found, mut at) = (Vec::new(), 0);
            while at < reader.tokens.len() {
                let date = at_token(at);
                found.extend(date.map(|(moment, next)| (moment, at, next)));
                at = date.map_or(at + 1, |(_, next)| next.max(at + 1));
            }
            found
        };
        let mut found = all(&|at| full_date(reader, at, context));
        if let Some(now) = context.now.filter(|_| found.is_empty() && is_short(text)) {
            found = all(&|at| loose_date(text, reader, at, now, context));
        }
        with_words(text, reader.tokens, &found)
    })
}

/// The dates, each a moment, its first token and the token after it, with the words between them.
fn with_words(text: &str, tokens: &[Token<'_>], found: &[(Moment, usize, usize)]) -> Vec<DateInText> {
    let start = |at: usize| tokens.get(at).map_or(text.len(), |token| token.start);
    let between = |from: usize, to: usize| text.get(from..to).unwrap_or_default().trim().to_owned();
    let dates = found.iter().enumerate().map(|(index, &(moment, at, next))| {
        let before = index.checked_sub(1).map_or(0, |index| start(found[index].2));
        let after = found.get(index + 1).map_or(text.len(), |&(_, at, _)| start(at));
        DateInText { moment, before: between(before, start(at)), after: between(start(next), after) }
    });
    dates.collect()
}

/// A text as dates are looked for in it: lower case, Latin digits, one kind of dash and quote, no accents.
#[must_use]
pub fn normalise(text: &str) -> String {
    text::normalise(text)
}

/// Gives the normal form of `text` and its reader to `look`.
fn read<T>(text: &str, context: &DateContext<'_>, look: impl FnOnce(&str, &Reader<'_>) -> T) -> T {
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
    look(&text, &reader)
}

fn is_short(text: &str) -> bool {
    text.chars().count() <= PROSE
}

/// The date with its year at token `at`, and the token after it.
fn full_date(reader: &Reader<'_>, at: usize, context: &DateContext<'_>) -> Option<(Moment, usize)> {
    let (day, next) = reader.day_at(at)?;
    let after = clock::after(reader.tokens, next, reader.language);
    let next = after.map_or(next, |clock| clock.next.max(next));
    let clock = after.or_else(|| clock::before(reader.tokens, at, reader.language));
    Some((moment(day, clock, context), next))
}

/// The span, or the date without its year, at token `at`, and the token after it.
fn loose_date(
    text: &str,
    reader: &Reader<'_>,
    at: usize,
    now: DateTime<Utc>,
    context: &DateContext<'_>,
) -> Option<(Moment, usize)> {
    let clock = |next: usize| clock::after(reader.tokens, next, reader.language);
    if let Some((span, next)) = relative::at(text, reader.tokens, at) {
        return Some((before_now(span, clock(next), now, context)?, next));
    }
    let (day, next) = reader.yearless_day_at(at)?;
    Some((moment(day, clock(next), context), next))
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
    if let Some(at) = span.instant(now) {
        return Some(match context.timezone {
            Some(zone) => Moment::zoned(at.with_timezone(&zone).fixed_offset()),
            None => Moment::from(at),
        });
    }
    Some(moment(span.back(today(now, context))?, clock, context))
}

/// Joins a day and a time, in the zone that the text names, else in that of the context.
fn moment(day: NaiveDate, clock: Option<Clock>, context: &DateContext<'_>) -> Moment {
    let Some(clock) = clock else { return Moment::day(day) };
    let day = if clock.ends_day { day.succ_opt().unwrap_or(day) } else { day };
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
