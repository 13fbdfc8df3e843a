//! Lines that say when a page was made, and lines that say whose the text is.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::Beginnings;
use super::phrases::{AGENCIES, SOURCES, TIMES};
use crate::segment::measure::is_cjk;

static LABELS: LazyLock<Beginnings> = LazyLock::new(|| Beginnings::of(TIMES));

/// Whether a folded line says when the page was made or changed, and no more.
pub(super) fn is_timestamp(plain: &str) -> bool {
    const LONGEST: usize = 120;
    const WORDS: usize = 6;
    if plain.len() > LONGEST || !plain.contains(char::is_numeric) {
        return false;
    }
    let Some((label, rest)) = LABELS.starts(plain).max_by_key(|(label, _)| label.len()) else { return false };
    if rest.starts_with(char::is_alphabetic) && !label.chars().next_back().is_some_and(is_cjk) {
        return false;
    }
    let is_labelled = rest.trim_start().starts_with([':', '：', '|', '-', '–', '—']);
    let numbers = rest.split(|c: char| !c.is_numeric()).filter(|number| !number.is_empty());
    let has_year = numbers.clone().any(|number| number.chars().count() == 4);
    let mut chars = rest.chars().zip(rest.chars().skip(1));
    let has_time = chars.any(|(one, two)| one.is_numeric() && two == ':');
    let words = rest.split_whitespace().filter(|word| word.contains(char::is_alphabetic)).count();
    (has_year || has_time) && (is_labelled || numbers.count() > 1) && words <= WORDS
}

/// The agencies, folded, whose the text is by a line that says nothing else.
pub(crate) fn agencies(line: &str) -> Option<String> {
    const LONGEST: usize = 80;
    static NAMES: LazyLock<FxHashSet<&str>> = LazyLock::new(|| AGENCIES.iter().copied().collect());
    static LEADS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| SOURCES.iter().copied().collect());
    if line.len() > LONGEST {
        return None;
    }
    let mut plain = String::new();
    super::fold(line, &mut plain);
    let parts = plain.split([',', '/', ';', '(', ')', ':', '：', '|', '+', '&', '.']);
    let mut named: Vec<&str> = Vec::new();
    for part in parts {
        let words = || part.split_whitespace();
        let lead = words().take_while(|word| LEADS.contains(word)).count();
        let name = words().skip(lead).collect::<Vec<_>>().join(" ");
        if name.is_empty() {
            continue;
        }
        named.push(NAMES.get(name.as_str())?);
    }
    (!named.is_empty()).then(|| named.join(" "))
}
