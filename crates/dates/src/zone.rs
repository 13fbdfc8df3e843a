//! The zone that stands after a time.

use chrono::FixedOffset;
use chrono_tz::Tz;

use super::clock::number;
use super::text::{Kind, Token};

/// A zone as written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Zone {
    Offset(FixedOffset),
    Named(Tz),
}

/// Zones whose abbreviation means one offset wherever it is read, in minutes east of UTC.
const ABBREVIATIONS: &[(&str, i32)] = &[
    ("z", 0),
    ("utc", 0),
    ("ut", 0),
    ("gmt", 0),
    ("est", -300),
    ("edt", -240),
    ("cdt", -300),
    ("mdt", -360),
    ("pst", -480),
    ("pdt", -420),
    ("akst", -540),
    ("akdt", -480),
    ("hst", -600),
    ("wet", 0),
    ("west", 60),
    ("cet", 60),
    ("cest", 120),
    ("mez", 60),
    ("mesz", 120),
    ("eet", 120),
    ("eest", 180),
    ("msk", 180),
    ("мск", 180),
    ("jst", 540),
    ("kst", 540),
    ("hkt", 480),
    ("sgt", 480),
    ("pkt", 300),
    ("npt", 345),
    ("wib", 420),
    ("wita", 480),
    ("wit", 540),
    ("aest", 600),
    ("aedt", 660),
    ("acst", 570),
    ("acdt", 630),
    ("awst", 480),
    ("nzst", 720),
    ("nzdt", 780),
    ("sast", 120),
    ("wat", 60),
    ("cat", 120),
    ("eat", 180),
    ("brt", -180),
    ("art", -180),
];

/// Reads the zone at `at`, and the token after it.
pub(super) fn zone(
    tokens: &[Token<'_>],
    at: usize,
    certain: bool,
    language: Option<&str>,
) -> Option<(Zone, usize)> {
    let token = tokens.get(at)?;
    if let Some((offset, next)) = offset(tokens, at, certain) {
        return Some((Zone::Offset(offset), next));
    }
    if matches!(token.text, "utc" | "gmt")
        && let Some((offset, next)) = offset(tokens, at + 1, true)
    {
        return Some((Zone::Offset(offset), next));
    }
    if let Some((zone, next)) = named(tokens, at) {
        return Some((Zone::Named(zone), next));
    }
    if let Some(zone) = regional(token.text, language) {
        return Some((Zone::Named(zone), at + 1));
    }
    // "10:30 Eat well": a word, where a word follows.
    let word = matches!(token.text, "eat" | "cat" | "art" | "wit" | "wet" | "west" | "est");
    if word && tokens.get(at + 1).is_some_and(|next| next.kind == Kind::Word) {
        return None;
    }
    let minutes = ABBREVIATIONS.iter().find(|(name, _)| *name == token.text)?.1;
    Some((Zone::Offset(FixedOffset::east_opt(minutes * 60)?), at + 1))
}

/// Reads `Europe/Berlin` or `America/New_York` at `at`, whose letters are in lower case.
fn named(tokens: &[Token<'_>], at: usize) -> Option<(Tz, usize)> {
    const MOST: usize = 9;
    if tokens.get(at + 1)?.text != "/" {
        return None;
    }
    let is_part = |token: &Token<'_>| token.kind == Kind::Word || matches!(token.text, "/" | "_" | "-");
    let glued = tokens[at..]
        .windows(2)
        .take(MOST)
        .take_while(|pair| pair[0].end == pair[1].start && is_part(&pair[0]) && is_part(&pair[1]));
    let next = at + 1 + glued.count();
    let capital = |word: &str| word[..1].to_ascii_uppercase() + &word[1..];
    let name: String = tokens[at..next]
        .iter()
        .map(|token| if token.text.is_ascii() { capital(token.text) } else { token.text.to_owned() })
        .collect();
    Some((name.parse().ok()?, next))
}

/// Abbreviations that leave summer time open, or that mean a zone only where English is written; feeds have them by RFC
/// 822, section 5.1, in whatever language they are.
fn regional(name: &str, language: Option<&str>) -> Option<Tz> {
    let is_english = language.is_none_or(|language| language == "en");
    Some(match name {
        "et" if is_english => Tz::America__New_York,
        "ct" | "cst" if is_english => Tz::America__Chicago,
        "mt" | "mst" if is_english => Tz::America__Denver,
        "pt" if language == Some("en") => Tz::America__Los_Angeles,
        "bst" if is_english => Tz::Europe__London,
        "ist"
            if language.is_some_and(|language| {
                matches!(language, "en" | "hi" | "ta" | "te" | "mr" | "bn" | "gu" | "kn" | "ml")
            }) =>
        {
            Tz::Asia__Kolkata
        }
        _ => return None,
    })
}

/// Reads `+0200`, `+02:00`, `+02` or `-5` at `at`. A minus sign may be a dash, so that where no `T`, seconds or zone
/// name stands before it, it needs four digits right after it.
fn offset(tokens: &[Token<'_>], at: usize, certain: bool) -> Option<(FixedOffset, usize)> {
    let sign = match tokens.get(at)?.text {
        "+" => 1,
        "-" => -1,
        _ => return None,
    };
    let value = i32::try_from(number(tokens, at + 1)?).ok()?;
    let digits = tokens[at + 1];
    if digits.start != tokens[at].end {
        return None;
    }
    let minutes = tokens.get(at + 2).filter(|colon| colon.text == ":").and_then(|_| number(tokens, at + 3));
    let (minutes, next) = match (digits.text.len(), minutes) {
        (4, _) => (value / 100 * 60 + value % 100, at + 2),
        (1 | 2, Some(minutes)) if certain || sign > 0 => (value * 60 + i32::try_from(minutes).ok()?, at + 4),
        (1 | 2, None) if certain => (value * 60, at + 2),
        _ => return None,
    };
    let known = (-720..=840).contains(&(sign * minutes)) && minutes % 15 == 0;
    known.then(|| FixedOffset::east_opt(sign * minutes * 60)).flatten().map(|offset| (offset, next))
}
