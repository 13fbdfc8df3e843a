//! The time of day that stands beside a date.

use chrono::NaiveTime;

use super::lookup;
use super::text::{Kind, Token};
use super::zone::{Zone, zone};

/// A time as written, and the token after it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Clock {
    pub(super) time: NaiveTime,
    pub(super) zone: Option<Zone>,
    /// It is 24:00, midnight at the end of its day (ISO 8601, section 4.2.3).
    pub(super) ends_day: bool,
    pub(super) next: usize,
}

/// Words that stand between a date and its time.
const LINKS: &[&str] = &[
    "t",
    "at",
    "um",
    "a",
    "as",
    "alle",
    "alla",
    "ore",
    "ora",
    "h",
    "kl",
    "klo",
    "klokken",
    "om",
    "o",
    "w",
    "в",
    "у",
    "об",
    "о",
    "від",
    "στισ",
    "godz",
    "godzina",
    "saat",
    "pukul",
    "jam",
    "luc",
    "ob",
    "las",
    "los",
    "les",
    "hora",
    "de",
    "ds",
    "час",
    "i",
    "time",
    "the",
    "und",
    "и",
    "ve",
    "الساعه",
    "ساعت",
    "في",
    "г",
    "года",
    "р",
    "року",
    "เวลา",
    "kell",
    "u",
    "g",
    "r",
    "god",
    "ч",
    "uhr",
    "on",
    "को",
    "der",
    "den",
    "d",
];
/// How many tokens may stand between a date and its time.
const REACH: usize = 5;

const MORNING: &[&str] =
    &["am", "오전", "上午", "午前", "早上", "凌晨", "ص", "صباحا", "ق", "sa", "पूर्वाह्न", "πμ"];
const EVENING: &[&str] =
    &["pm", "오후", "下午", "午後", "晚上", "م", "مساء", "ch", "अपराह्न", "μμ", "傍晚", "夜"];

/// Reads a time that begins within a few linking marks and words after a date that ends before `at`.
pub(super) fn after(tokens: &[Token<'_>], at: usize, language: Option<&str>) -> Option<Clock> {
    let mut half = None;
    for index in at..tokens.len().min(at + REACH + 1) {
        let token = tokens[index];
        match token.kind {
            Kind::Number(_) => {
                let clock = time(tokens, index, half)?;
                let certain = index > 0 && tokens[index - 1].text == "t" || clock.next >= index + 5;
                return Some(with_zone(tokens, clock, certain, language));
            }
            Kind::Word if MORNING.contains(&token.text) => half = Some(Half::Morning),
            Kind::Word if EVENING.contains(&token.text) => half = Some(Half::Evening),
            Kind::Word if LINKS.contains(&token.text) || lookup::is_of_weekday(token.text, language) => {}
            Kind::Mark(
                ',' | '-' | '|' | '•' | '·' | '/' | '(' | ')' | '@' | '.' | ':' | '~' | ']' | '[' | '\''
                | '（' | '）',
            ) => {}
            _ => return None,
        }
    }
    None
}

/// Reads a time that ends a few marks before a date that begins at `at`.
pub(super) fn before(tokens: &[Token<'_>], at: usize, language: Option<&str>) -> Option<Clock> {
    (at.saturating_sub(9)..at.saturating_sub(2)).find_map(|start| {
        let clock =
            time(tokens, start, None).filter(|clock| tokens[start + 1].text == ":" && clock.next <= at)?;
        let clock = with_zone(tokens, clock, clock.next >= start + 5, language);
        let between = tokens.get(clock.next..at)?;
        let linked = between.iter().all(|token| match token.kind {
            Kind::Number(_) => false,
            Kind::Word => LINKS.contains(&token.text) || lookup::is_of_weekday(token.text, language),
            Kind::Mark(_) => true,
        });
        (linked && between.len() <= REACH).then_some(clock)
    })
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Half {
    Morning,
    Evening,
}

/// Reads `10:30`, `10:30:15.250`, `10.30`, `10h30`, `10 pm`, `10時30分`, `103015` and the like at `at`.
fn time(tokens: &[Token<'_>], at: usize, half: Option<Half>) -> Option<Clock> {
    let hour = number(tokens, at)?;
    let digits = tokens[at].text.len();
    let (hour, minute, second, mut next) = if matches!(digits, 4 | 6) && at > 0 && tokens[at - 1].text == "t"
    {
        let rest = if digits == 4 { hour * 100 } else { hour };
        (rest / 10_000, rest / 100 % 100, rest % 100, at + 1)
    } else if digits > 2 {
        return None;
    } else {
        separated(tokens, at, hour, half)?
    };
    let (mut half, hour) = (half, hour);
    if let Some((found, after)) = half_at(tokens, next) {
        (half, next) = (Some(found), after);
    }
    let ends_day = hour == 24 && minute == 0;
    let hour = match half {
        Some(Half::Evening) if hour < 12 => hour + 12,
        Some(Half::Morning) if hour == 12 => 0,
        _ if ends_day => 0,
        _ => hour,
    };
    let part = |value: u64| u32::try_from(value).unwrap_or(99);
    let time = NaiveTime::from_hms_opt(part(hour), part(minute), part(second.min(59)))?;
    Some(Clock { time, zone: None, ends_day, next })
}

/// Reads minutes and seconds after the hour at `at`.
fn separated(
    tokens: &[Token<'_>],
    at: usize,
    hour: u64,
    half: Option<Half>,
) -> Option<(u64, u64, u64, usize)> {
    let two =
        |index: usize| number(tokens, index).filter(|&value| value < 61 && tokens[index].text.len() <= 2);
    let separator = tokens.get(at + 1).map_or("", |token| token.text);
    let minutes = two(at + 2).filter(|_| tokens[at + 2].text.len() == 2);
    match (separator, minutes) {
        (":" | "." | "h" | "時" | "时" | "点" | "點" | "시" | "u", Some(minute)) => {
            let mut next = at + 3;
            if tokens.get(next).is_some_and(|token| matches!(token.text, "分" | "분" | "min" | "m")) {
                next += 1;
            } else if tokens
                .get(next)
                .is_some_and(|token| token.text == separator && ":.".contains(token.text))
                && let Some(second) = two(next + 1)
            {
                next += 2;
                if tokens.get(next).is_some_and(|token| matches!(token.text, "." | ","))
                    && tokens.get(next + 1).is_some_and(|digits| digits.start == tokens[next].end)
                    && number(tokens, next + 1).is_some()
                {
                    next += 2;
                }
                return Some((hour, minute, second, next));
            }
            if let Some(second) = two(next)
                && tokens.get(next + 1).is_some_and(|token| matches!(token.text, "秒" | "초"))
            {
                return Some((hour, minute, second, next + 2));
            }
            Some((hour, minute, 0, next))
        }
        ("h" | "uhr" | "時" | "时" | "시" | "点" | "點", None) => Some((hour, 0, 0, at + 2)),
        _ if half.is_some() || half_at(tokens, at + 1).is_some() => {
            (hour <= 12).then_some((hour, 0, 0, at + 1))
        }
        _ => None,
    }
}

/// Reads `am`, `p.m.`, `p. m.`, `م` and the like at `at`.
fn half_at(tokens: &[Token<'_>], at: usize) -> Option<(Half, usize)> {
    let word = tokens.get(at)?.text;
    if MORNING.contains(&word) {
        return Some((Half::Morning, at + 1));
    }
    if EVENING.contains(&word) {
        return Some((Half::Evening, at + 1));
    }
    let text = |offset: usize| tokens.get(at + offset).map_or("", |token| token.text);
    if text(1) == "." && matches!(text(2), "m" | "μ") {
        let after = if text(3) == "." { at + 4 } else { at + 3 };
        return match word {
            "a" | "π" => Some((Half::Morning, after)),
            "p" | "μ" => Some((Half::Evening, after)),
            _ => None,
        };
    }
    None
}

/// Adds the zone that follows the time.
fn with_zone(tokens: &[Token<'_>], clock: Clock, certain: bool, language: Option<&str>) -> Clock {
    let mut at = clock.next;
    while tokens.get(at).is_some_and(|token| matches!(token.text, "(" | "," | "uhr" | "hrs" | "น")) {
        at += 1;
    }
    match zone(tokens, at, certain, language) {
        Some((zone, next)) => Clock { zone: Some(zone), next, ..clock },
        None => clock,
    }
}

pub(super) fn number(tokens: &[Token<'_>], at: usize) -> Option<u64> {
    match tokens.get(at)?.kind {
        Kind::Number(value) => Some(value),
        _ => None,
    }
}
