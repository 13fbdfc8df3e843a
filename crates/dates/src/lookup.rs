//! Finds a month or weekday by its name.

use std::sync::LazyLock;

use chrono::Weekday;
use rustc_hash::{FxHashMap, FxHashSet};

use super::names::{ISLAMIC_MONTHS, MONTHS, PERSIAN_MONTHS, WEEKDAYS};
use super::text::normalise;

/// A month by its calendar, counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Month {
    Gregorian(u64),
    Persian(u64),
    Islamic(u64),
}

/// A name's meanings, each with the index of its language.
type Names<T> = FxHashMap<String, Vec<(&'static str, T)>>;

static MONTH_NAMES: LazyLock<Names<Month>> = LazyLock::new(|| {
    let mut names = Names::default();
    for &(language, months) in MONTHS {
        add(&mut names, language, months, Month::Gregorian);
    }
    add(&mut names, "fa", PERSIAN_MONTHS, Month::Persian);
    add(&mut names, "ar", ISLAMIC_MONTHS, Month::Islamic);
    names
});

/// First words of the names of two.
static MONTH_BEGINNINGS: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| {
    MONTH_NAMES.keys().filter_map(|name| name.split_once(['_', '-', '\''])).map(|(first, _)| first).collect()
});

/// The words of the names of several.
static WEEKDAY_PARTS: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| {
    WEEKDAY_NAMES.keys().filter(|name| name.contains('_')).flat_map(|name| name.split('_')).collect()
});

static WEEKDAY_NAMES: LazyLock<Names<Weekday>> = LazyLock::new(|| {
    let mut names = Names::default();
    for &(language, weekdays) in WEEKDAYS {
        add(&mut names, language, weekdays, |day| {
            Weekday::try_from(u8::try_from(day - 1).unwrap_or(0)).unwrap_or(Weekday::Mon)
        });
    }
    names
});

fn add<T>(names: &mut Names<T>, language: &'static str, list: &'static str, value: impl Fn(u64) -> T) {
    for (number, forms) in (1..).zip(list.split(',')) {
        for form in forms.split_whitespace() {
            names.entry(normalise(form)).or_default().push((language, value(number)));
        }
    }
}

/// The meaning of `name` in `language`, else the first that any language gives it.
fn meaning<T: Copy>(names: &Names<T>, name: &str, language: Option<&str>) -> Option<T> {
    let meanings = names.get(name)?;
    meanings
        .iter()
        .find(|(known, _)| language.is_some_and(|language| language == *known))
        .or_else(|| meanings.first())
        .map(|&(_, value)| value)
}

/// The month that the normalised `name` means.
pub(super) fn month(name: &str, language: Option<&str>) -> Option<Month> {
    meaning(&MONTH_NAMES, name, language)
}

/// Whether the normalised `word` is the first of a month's two.
pub(super) fn begins_a_month(word: &str) -> bool {
    MONTH_BEGINNINGS.contains(word)
}

/// The weekday that the normalised `name` means.
pub(super) fn weekday(name: &str, language: Option<&str>) -> Option<Weekday> {
    meaning(&WEEKDAY_NAMES, name, language)
}

/// Whether the normalised `word` is a weekday's name or a word of it.
pub(super) fn is_of_weekday(word: &str, language: Option<&str>) -> bool {
    weekday(word, language).is_some() || WEEKDAY_PARTS.contains(word)
}

/// Whether `name` is a month in `language` or in English.
pub(super) fn is_month_of(name: &str, language: Option<&str>) -> bool {
    MONTH_NAMES.get(name).is_some_and(|meanings| {
        meanings.iter().any(|(known, _)| *known == "en" || language.is_none_or(|language| language == *known))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_decides_what_a_shared_name_means() {
        assert_eq!(month("listopad", Some("cs")), Some(Month::Gregorian(11)));
        assert_eq!(month("listopada", Some("hr")), Some(Month::Gregorian(10)));
        assert_eq!(month("listopada", Some("pl")), Some(Month::Gregorian(11)));
        assert_eq!(month("lipca", None), Some(Month::Gregorian(7)));
    }

    #[test]
    fn weekdays_count_from_monday() {
        assert_eq!(weekday("mittwoch", None), Some(Weekday::Wed));
        assert_eq!(weekday("sun", None), Some(Weekday::Sun));
    }
}
