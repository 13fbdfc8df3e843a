//! The dates that feeds, sitemaps and `datetime` attributes carry.

use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeZone};
use chrono_tz::Tz;

use crate::model::Moment;

const WITH_OFFSET: &[&str] =
    &["%Y-%m-%dT%H:%M:%S%.f%z", "%Y-%m-%dT%H:%M%z", "%d %b %Y %H:%M:%S %z", "%d %b %Y %H:%M %z"];
const WITHOUT: &[&str] = &["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%dT%H:%M", "%d %b %Y %H:%M:%S", "%d %b %Y %H:%M"];
const DAYS: &[&str] = &["%Y-%m-%d", "%Y/%m/%d", "%Y%m%d", "%d %b %Y", "%d %B %Y", "%B %d, %Y", "%b %d, %Y"];

/// Reads a date. A time without a zone is taken to be in `timezone`, if that is given.
pub(super) fn read(text: &str, timezone: Option<Tz>) -> Option<Moment> {
    let text = text.trim();
    if text.len() > 64 {
        return None;
    }
    let text = without_weekday(text);
    if let Ok(at) = DateTime::parse_from_rfc2822(text) {
        return Some(Moment::zoned(at));
    }
    let text = normalised(text);
    if let Some(at) = WITH_OFFSET.iter().find_map(|format| DateTime::parse_from_str(&text, format).ok()) {
        return Some(Moment::zoned(at));
    }
    if let Some(at) = WITHOUT.iter().find_map(|format| NaiveDateTime::parse_from_str(&text, format).ok()) {
        let zoned = timezone.and_then(|zone| zone.from_local_datetime(&at).earliest());
        return Some(zoned.map_or_else(|| Moment::local(at), |at| Moment::zoned(at.fixed_offset())));
    }
    DAYS.iter().find_map(|format| NaiveDate::parse_from_str(&text, format).ok()).map(Moment::day)
}

/// The weekday says nothing new, and is often wrong.
fn without_weekday(text: &str) -> &str {
    match text.split_once(',') {
        Some((weekday, rest)) if weekday.chars().all(char::is_alphabetic) => rest.trim_start(),
        _ => text,
    }
}

/// With one way to write the zone and the `T`.
fn normalised(text: &str) -> String {
    let iso = text.as_bytes().get(4) == Some(&b'-');
    let mut text = text.to_owned();
    for zone in ["UTC", "GMT", "Z"] {
        if let Some(rest) = text.strip_suffix(zone) {
            text = format!("{}{}+0000", rest.trim_end(), if iso { "" } else { " " });
            break;
        }
    }
    if iso && text.as_bytes().get(10) == Some(&b' ') {
        text.replace_range(10..11, "T");
        text = text.replace(' ', "");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(read(text, None).map(|at| at.to_string()).as_deref(), Some(expected), "{text}");
    }

    #[test]
    fn the_forms_that_feeds_use_are_read() {
        check("Wed, 08 May 2024 10:00:00 +0200", "2024-05-08T10:00:00+02:00");
        check("Mon, 08 May 2024 10:00:00 GMT", "2024-05-08T10:00:00+00:00");
        check("Mon, 08 May 2024 10:00:00 EST", "2024-05-08T10:00:00-05:00");
        check("08 May 2024 10:00 UTC", "2024-05-08T10:00:00+00:00");
        check("2024-05-08T10:00:00Z", "2024-05-08T10:00:00+00:00");
        check("2024-05-08T10:00:00.5+0200", "2024-05-08T10:00:00.500+02:00");
        check("2024-05-08 10:00:00", "2024-05-08T10:00:00");
        check("2024-05-08 10:00:00 +02:00", "2024-05-08T10:00:00+02:00");
        check("2024-05-08", "2024-05-08");
        check("May 8, 2024", "2024-05-08");
    }

    #[test]
    fn a_time_without_a_zone_takes_the_sources() {
        let at = read("2024-05-08T10:00", Some(chrono_tz::Europe::Vienna)).unwrap();
        assert_eq!(at.to_string(), "2024-05-08T10:00:00+02:00");
    }

    #[test]
    fn what_is_no_date_is_none() {
        assert_eq!(read("yesterday", None), None);
        assert_eq!(read("", None), None);
    }
}
