//! Dates as pages show them: in words for people, in ISO 8601 for `<time datetime>`.

use chrono::{DateTime, Datelike, NaiveDate, SecondsFormat, Timelike, Utc};
use serde::Serialize;

use crate::model::{Card, Entry, Moment, Month};
use crate::publish::words::Words;

/// A date in both forms.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Shown {
    text: String,
    datetime: String,
}

/// When the page says it was published, where that can be believed.
pub(super) fn stated(entry: &Entry) -> Option<Moment> {
    entry.article.published.filter(|at| at.to_utc() == entry.shown_at())
}

/// When the article was published, as the page states it, else when it was first seen.
pub(super) fn published(words: &Words, entry: &Entry) -> Shown {
    stated(entry).map_or_else(|| instant(words, entry.first_seen), |at| moment(words, at))
}

/// The same in numbers: a day, or a month where the page states no day.
pub(super) fn day_of(entry: &Entry) -> String {
    match stated(entry) {
        Some(at) if at.is_month() => at.to_string(),
        Some(at) => at.date().to_string(),
        None => entry.first_seen.date_naive().to_string(),
    }
}

/// The day of the same.
pub(super) fn published_day(words: &Words, entry: &Entry) -> Shown {
    let shown = published(words, entry);
    if stated(entry).is_some_and(|at| at.is_month()) {
        return shown;
    }
    let date = stated(entry).map_or_else(|| entry.first_seen.date_naive(), |at| at.date());
    Shown { text: day(words, date), ..shown }
}

/// When the article changed: as the page states it, else when the change was seen; `None` if that is the day on which
/// it was published.
pub(super) fn updated(words: &Words, entry: &Entry) -> Option<Shown> {
    let published = entry.article.published.map_or_else(|| entry.first_seen.date_naive(), |at| at.date());
    let stated = entry.article.modified.filter(|at| at.date() > published && at.to_utc() <= entry.updated);
    let seen = (entry.updated > entry.first_seen).then_some(entry.updated);
    match (stated, seen) {
        (Some(stated), _) => Some(moment(words, stated)),
        (None, Some(seen)) if seen.date_naive() > published => Some(instant(words, seen)),
        _ => None,
    }
}

/// A day, and the time of day where the page gave one, both as in the page's own zone.
fn moment(words: &Words, at: Moment) -> Shown {
    if at.is_month() {
        return Shown { text: month(words, at.date()), datetime: at.to_string() };
    }
    let day = day(words, at.date());
    let text = match at.time().filter(|time| time.num_seconds_from_midnight() > 0) {
        Some(time) => format!("{day}, {:02}:{:02}", time.hour(), time.minute()),
        None => day,
    };
    Shown { text, datetime: at.to_string() }
}

/// The day of an instant; its time is in UTC and would mislead a reader.
pub(super) fn instant(words: &Words, at: DateTime<Utc>) -> Shown {
    Shown { text: day(words, at.date_naive()), datetime: at.to_rfc3339_opts(SecondsFormat::Secs, true) }
}

fn day(words: &Words, date: NaiveDate) -> String {
    written(words, words.date, date)
}

/// The name of a month with its year.
pub(super) fn month_name(words: &Words, at: Month) -> String {
    let from = words.date.find("{month}").unwrap_or_default();
    words.date[from..].replace("{month}", words.months[at.month0()]).replace("{year}", &at.year().to_string())
}

/// The day under which an article is listed.
pub(super) fn of_card(words: &Words, card: &Card) -> Shown {
    match card.stated {
        Some(at) if at.is_month() => moment(words, at),
        Some(at) => Shown { text: day(words, at.date()), ..moment(words, at) },
        None => instant(words, card.first_seen),
    }
}

/// The month of a date, without its day.
fn month(words: &Words, date: NaiveDate) -> String {
    month_name(words, Month::of(date))
}

fn written(words: &Words, pattern: &str, date: NaiveDate) -> String {
    pattern
        .replace("{day}", &date.day().to_string())
        .replace("{month}", words.months[date.month0() as usize])
        .replace("{year}", &date.year().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::words;

    fn check(language: &str, moment_text: &str, expected: &str) {
        let shown = moment(words::of(language), Moment::parse(moment_text).unwrap());
        assert_eq!((shown.text.as_str(), shown.datetime.as_str()), (expected, moment_text));
    }

    #[test]
    fn a_day_stays_a_day_and_a_time_keeps_its_zone() {
        check("en", "2024-05-08", "8 May 2024");
        check("en", "2024-05-08T09:05:00+02:00", "8 May 2024, 09:05");
        check("de", "2024-03-08", "8. März 2024");
        check("es", "2024-05-08T00:00:00", "8 de mayo de 2024");
    }

    #[test]
    fn a_month_is_shown_without_a_day() {
        check("en", "2024-05", "May 2024");
        check("de", "2024-05", "Mai 2024");
        check("es", "2024-05", "mayo de 2024");
    }
}
