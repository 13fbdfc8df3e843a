//! Counters: reading times, numbers of views, shares and comments.

use std::sync::LazyLock;

use chrono::DateTime;
use rustc_hash::FxHashMap;
use tearsheet_dates::{DateContext, find_date};

use super::phrases::{COUNTED, UNITS};

const MAX_COUNTER: usize = 48;
const MAX_ROW: usize = 200;

/// Whether the line counts or times something and says no more.
pub(super) fn is_counter(plain: &str) -> bool {
    static PHRASES: LazyLock<FxHashMap<&str, bool>> = LazyLock::new(|| {
        let units = UNITS.iter().map(|phrase| (*phrase, false));
        units.chain(COUNTED.iter().map(|phrase| (*phrase, true))).collect()
    });
    const LONGEST: usize = 4;
    if plain.len() > 2 * MAX_COUNTER || !plain.contains(char::is_numeric) {
        return false;
    }
    let is_apart = |c: char| !(c.is_alphabetic() || c == '-' || is_sign_of_letter(c));
    let joined = plain.replace(is_apart, " ");
    let words: Vec<&str> = joined.split_ascii_whitespace().collect();
    let (mut at, mut counted) = (0, false);
    while at < words.len() {
        let known = (1..=LONGEST.min(words.len() - at)).rev().find_map(|length| {
            PHRASES.get(words[at..at + length].join(" ").as_str()).map(|counts| (length, *counts))
        });
        let Some((length, counts)) = known else { return false };
        at += length;
        counted |= counts;
    }
    counted
}

/// Whether the line is a row of counters and times that are set apart: `3 minutes ago · 84 views · 2 comments`. Such a row
/// is another at every look.
pub(super) fn is_row(plain: &str) -> bool {
    let parts = || plain.split(['·', '|', '•']).map(str::trim).filter(|part| !part.is_empty());
    plain.len() <= MAX_ROW
        && parts().nth(1).is_some()
        && parts().any(is_counter)
        && parts().all(|part| is_counter(part) || is_time(part))
}

fn is_time(part: &str) -> bool {
    const WORDS: usize = 6;
    let context = DateContext { now: Some(DateTime::UNIX_EPOCH), ..DateContext::default() };
    part.split_whitespace().count() <= WORDS && find_date(part, &context).is_some()
}

/// Whether `c` is a sign that belongs to the letter before it, as in Indic and Thai writing.
fn is_sign_of_letter(c: char) -> bool {
    matches!(c, '\u{64b}'..='\u{65f}' | '\u{900}'..='\u{dff}' | '\u{e31}'..='\u{e4e}') && !c.is_numeric()
}
