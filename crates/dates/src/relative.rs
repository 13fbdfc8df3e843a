//! Spans back from now, such as `3 hours ago`, `gestern` and `vor einer Stunde`.

use std::sync::LazyLock;

use chrono::{DateTime, Days, Months, TimeDelta, Utc};
use rustc_hash::{FxHashMap, FxHashSet};

use super::spans::SPANS;
use super::text::{Kind, Token, normalise};

/// When something was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Span {
    /// At an instant.
    Instant(DateTime<Utc>),
    /// This many days ago.
    Days(u64),
    /// This many months ago, to the day.
    Months(u32),
}

/// A span, and the token after it.
pub(super) type SpanFound = (Span, usize);

struct Pattern {
    before: String,
    after: String,
    unit: usize,
}

#[derive(Default)]
struct Patterns {
    /// By the first character after the number.
    following: FxHashMap<char, Vec<Pattern>>,
    /// By the last character before the number, where the pattern ends with it.
    preceding: FxHashMap<char, Vec<Pattern>>,
    days: FxHashMap<String, u64>,
    /// First words of those of two.
    firsts: FxHashSet<String>,
}

/// Seconds of a second, minute and hour; what is longer is counted in days or months.
const SECONDS: [i64; 3] = [1, 60, 3600];

/// Patterns that sites write and the CLDR has not.
const MORE: [(&str, usize); 33] = [
    ("# mins ago", 1),
    ("# min ago", 1),
    ("# minutes", 1),
    ("# hrs ago", 2),
    ("# hr ago", 2),
    ("#h ago", 2),
    ("#m ago", 1),
    ("#d ago", 3),
    ("#w ago", 4),
    ("#mo ago", 5),
    ("#y ago", 6),
    ("# days old", 3),
    ("# час. назад", 2),
    ("# мин назад", 1),
    ("# хв тому", 1),
    ("# год тому", 2),
    ("hace #h", 2),
    ("hace #m", 1),
    ("há # minutos", 1),
    ("há # horas", 2),
    ("há # hora", 2),
    ("há # dias", 3),
    ("vor # std", 2),
    ("vor # min", 1),
    ("# uur geleden", 2),
    ("# saat önce", 2),
    ("# phút", 1),
    ("قبل # ساعات", 2),
    ("منذ # ساعات", 2),
    ("# 시간전", 2),
    ("for # dag siden", 3),
    ("for # dager siden", 3),
    ("# ঘন্টা আগে", 2),
];

/// Words for one that stand where the number would.
const ONES: &[&str] = &[
    "a", "an", "one", "ein", "eine", "einem", "einer", "un", "une", "una", "uno", "um", "uma", "een", "en",
    "ett", "et", "o", "egy", "bir",
];

static PATTERNS: LazyLock<Patterns> = LazyLock::new(|| {
    let mut patterns = Patterns::default();
    for (_, days, units) in SPANS {
        for (ago, names) in (0..).zip(days) {
            for name in names.split('|').filter(|name| !name.is_empty()) {
                let name = normalise(name);
                patterns.firsts.extend(name.split_once('_').map(|(first, _)| first.to_owned()));
                patterns.days.entry(name).or_insert(ago);
            }
        }
        for (unit, list) in units.iter().enumerate() {
            list.split('|').for_each(|pattern| patterns.add(pattern, unit));
        }
    }
    MORE.iter().for_each(|(pattern, unit)| patterns.add(pattern, *unit));
    patterns
});

impl Patterns {
    fn add(&mut self, pattern: &str, unit: usize) {
        let Some((before, after)) = pattern.split_once('#') else { return };
        let (before, after) = (normalise(before.trim()), normalise(after.trim().trim_end_matches('.')));
        let pattern = Pattern { before, after, unit };
        if let Some(first) = pattern.after.chars().next() {
            self.following.entry(first).or_default().push(pattern);
        } else if let Some(last) = pattern.before.chars().next_back() {
            self.preceding.entry(last).or_default().push(pattern);
        }
    }
}

/// The span written at token `at` of the normalised `text`.
pub(super) fn at(text: &str, tokens: &[Token<'_>], at: usize, now: DateTime<Utc>) -> Option<SpanFound> {
    let token = tokens.get(at)?;
    let count = match token.kind {
        Kind::Number(count) if token.text.len() <= 3 => count,
        Kind::Word if ONES.contains(&token.text) => 1,
        Kind::Word => return day(tokens, at),
        _ => return None,
    };
    let (before, after) = (text[..token.start].trim_end(), text[token.end..].trim_start());
    let following = after.chars().next().and_then(|first| PATTERNS.following.get(&first));
    let preceding = before.chars().next_back().and_then(|last| PATTERNS.preceding.get(&last));
    // The longest match wins: `# 分` is the beginning of `# 分钟前`.
    let best = following
        .into_iter()
        .chain(preceding)
        .flatten()
        .filter(|pattern| {
            starts_with_words(after, &pattern.after) && ends_with_words(before, &pattern.before)
        })
        .max_by_key(|pattern| pattern.before.len() + pattern.after.len())?;
    let end = text.len() - after.len() + best.after.len();
    let next = tokens.iter().position(|token| token.start >= end).unwrap_or(tokens.len());
    Some((span(count, best.unit, now)?, next))
}

/// `yesterday` and the like, in one or two words.
fn day(tokens: &[Token<'_>], at: usize) -> Option<SpanFound> {
    let days = &PATTERNS.days;
    let second = tokens.get(at + 1).filter(|_| PATTERNS.firsts.contains(tokens[at].text));
    let two = second.and_then(|second| days.get(&format!("{}_{}", tokens[at].text, second.text)));
    match two {
        Some(&ago) => Some((Span::Days(ago), at + 2)),
        None => days.get(tokens[at].text).map(|&ago| (Span::Days(ago), at + 1)),
    }
}

fn span(count: u64, unit: usize, now: DateTime<Utc>) -> Option<Span> {
    Some(match unit {
        0..=2 => Span::Instant(
            now.checked_sub_signed(TimeDelta::seconds(i64::try_from(count).ok()? * SECONDS[unit]))?,
        ),
        3 => Span::Days(count),
        4 => Span::Days(count * 7),
        5 => Span::Months(u32::try_from(count).ok()?),
        _ => Span::Months(u32::try_from(count).ok()? * 12),
    })
}

/// The day that a span of days or months names, counted back from `today`.
pub(super) fn back(today: chrono::NaiveDate, span: Span) -> Option<chrono::NaiveDate> {
    match span {
        Span::Instant(_) => None,
        Span::Days(days) => today.checked_sub_days(Days::new(days)),
        Span::Months(months) => today.checked_sub_months(Months::new(months)),
    }
}

fn starts_with_words(text: &str, words: &str) -> bool {
    text.strip_prefix(words).is_some_and(|rest| !continues(words.chars().next_back(), rest.chars().next()))
}

fn ends_with_words(text: &str, words: &str) -> bool {
    text.strip_suffix(words).is_some_and(|rest| !continues(rest.chars().next_back(), words.chars().next()))
}

/// Whether two neighbouring characters belong to one word of a script that puts spaces between words.
fn continues(left: Option<char>, right: Option<char>) -> bool {
    let letter = |c: Option<char>| c.is_some_and(|c| c.is_alphabetic() && (c as u32) < 0x0e00);
    letter(left) && letter(right)
}
