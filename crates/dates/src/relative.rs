//! Spans back from now, such as `3 hours ago`, `gestern` and `vor einer Stunde`.

use std::sync::LazyLock;

use chrono::{DateTime, Days, Months, NaiveDate, TimeDelta, Utc};
use rustc_hash::{FxHashMap, FxHashSet};

use super::spans::SPANS;
use super::text::{Kind, Token, normalise};

/// How long ago something was.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Span {
    /// To the day.
    months: u32,
    days: u64,
    /// Where it is told by the hour, minute or second.
    seconds: Option<i64>,
}

impl Span {
    /// A number of units.
    fn of(count: u64, unit: usize) -> Option<Span> {
        let none = Span::default();
        Some(match unit {
            0..=2 => Span { seconds: Some(i64::try_from(count).ok()? * SECONDS[unit]), ..none },
            3 => Span { days: count, ..none },
            4 => Span { days: count * 7, ..none },
            5 => Span { months: u32::try_from(count).ok()?, ..none },
            _ => Span { months: u32::try_from(count).ok()? * 12, ..none },
        })
    }

    fn and(self, other: Span) -> Span {
        let seconds = match (self.seconds, other.seconds) {
            (None, None) => None,
            (a, b) => Some(a.unwrap_or(0) + b.unwrap_or(0)),
        };
        Span { months: self.months + other.months, days: self.days + other.days, seconds }
    }

    /// The instant that it names, counted back from `now`, where it names one.
    pub(super) fn instant(self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let at = now.checked_sub_months(Months::new(self.months))?.checked_sub_days(Days::new(self.days))?;
        at.checked_sub_signed(TimeDelta::seconds(self.seconds?))
    }

    /// The day that it names, counted back from `today`.
    pub(super) fn back(self, today: NaiveDate) -> Option<NaiveDate> {
        today.checked_sub_months(Months::new(self.months))?.checked_sub_days(Days::new(self.days))
    }
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
    /// Words for units, without those around them; the bit of each unit that a word means.
    units: FxHashMap<String, u8>,
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
        patterns.add_units(units);
    }
    MORE.iter().for_each(|(pattern, unit)| patterns.add(pattern, *unit));
    patterns
});

impl Patterns {
    /// Adds the words of a language's patterns that name the unit: those that are not in most of them.
    fn add_units(&mut self, units: &[&str; 7]) {
        let words_of = |list: &str| -> FxHashSet<String> {
            let normal = normalise(&list.replace(['#', '|', '.', '(', ')'], " "));
            normal.split_whitespace().map(str::to_owned).collect()
        };
        let words: Vec<FxHashSet<String>> = units.iter().map(|list| words_of(list)).collect();
        for (unit, own) in words.iter().enumerate() {
            let is_of_unit = |word: &&String| words.iter().filter(|words| words.contains(*word)).count() < 3;
            for word in own.iter().filter(is_of_unit) {
                *self.units.entry(word.clone()).or_default() |= 1 << unit;
            }
        }
    }

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

/// Words between the parts of a span.
const ANDS: &[&str] =
    &["and", "und", "et", "y", "e", "en", "og", "och", "i", "и", "та", "ve", "ja", "es", "si", "a"];

/// The span written at token `at` of the normalised `text`.
pub(super) fn at(text: &str, tokens: &[Token<'_>], at: usize) -> Option<SpanFound> {
    let token = tokens.get(at)?;
    let Some(count) = count(token) else {
        return day(tokens, at).filter(|_| token.kind == Kind::Word);
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
    let span = Span::of(count, best.unit)?;
    // `2 weeks, 1 day ago` is found at its end, and `vor 2 Wochen und 1 Tag` at its beginning.
    if best.before.is_empty() {
        return Some((span.and(longer_before(tokens, at, best.unit).unwrap_or_default()), next));
    }
    match shorter_after(tokens, next, best.unit) {
        Some((rest, next)) => Some((span.and(rest), next)),
        None => Some((span, next)),
    }
}

/// How many a token says.
fn count(token: &Token<'_>) -> Option<u64> {
    match token.kind {
        Kind::Number(count) if token.text.len() <= 3 => Some(count),
        Kind::Word if ONES.contains(&token.text) => Some(1),
        _ => None,
    }
}

fn is_between(token: &Token<'_>) -> bool {
    token.text == "," || ANDS.contains(&token.text)
}

/// The part of a span that ends before token `at`, in units longer than `unit`.
fn longer_before(tokens: &[Token<'_>], at: usize, unit: usize) -> Option<Span> {
    let between = tokens[..at].iter().rev().take(2).take_while(|token| is_between(token)).count();
    let named = at.checked_sub(between + 1)?;
    let units = PATTERNS.units.get(tokens[named].text)?;
    let longer = (unit + 1..7).find(|longer| units & (1 << longer) != 0)?;
    let number = named.checked_sub(1)?;
    let span = Span::of(count(&tokens[number])?, longer)?;
    Some(span.and(longer_before(tokens, number, longer).unwrap_or_default()))
}

/// The part of a span that begins at token `at`, in a unit shorter than `unit`.
fn shorter_after(tokens: &[Token<'_>], at: usize, unit: usize) -> Option<SpanFound> {
    let between = tokens.get(at..)?.iter().take(2).take_while(|token| is_between(token)).count();
    let number = at + between;
    let units = PATTERNS.units.get(tokens.get(number + 1)?.text)?;
    let shorter = (0..unit).rev().find(|shorter| units & (1 << shorter) != 0)?;
    Some((Span::of(count(&tokens[number])?, shorter)?, number + 2))
}

/// `yesterday` and the like, in one or two words.
fn day(tokens: &[Token<'_>], at: usize) -> Option<SpanFound> {
    let days = &PATTERNS.days;
    let second = tokens.get(at + 1).filter(|_| PATTERNS.firsts.contains(tokens[at].text));
    let two = second.and_then(|second| days.get(&format!("{}_{}", tokens[at].text, second.text)));
    match two {
        Some(&ago) => Some((days_ago(ago), at + 2)),
        None => days.get(tokens[at].text).map(|&ago| (days_ago(ago), at + 1)),
    }
}

fn days_ago(days: u64) -> Span {
    Span { days, ..Span::default() }
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
