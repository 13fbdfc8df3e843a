//! Counters: reading times, numbers of views, shares and comments.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::phrases::{COUNTED, UNITS};

const MAX_COUNTER: usize = 48;

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

/// Whether `c` is a sign that belongs to the letter before it, as in Indic and Thai writing.
fn is_sign_of_letter(c: char) -> bool {
    matches!(c, '\u{64b}'..='\u{65f}' | '\u{900}'..='\u{dff}' | '\u{e31}'..='\u{e4e}') && !c.is_numeric()
}
