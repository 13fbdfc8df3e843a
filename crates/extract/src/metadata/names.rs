//! Cleans the names of authors: no roles, addresses, handles, dates or copyright holders, in any script.

use super::byline_words::{SUFFIXES, WRITTEN};
use super::introductions::{Where, introduces, is_only_a_role, is_particle, others_at, strip};
use super::name_lists::{AMBIGUOUS, JOINERS, split};
use super::words::{CREDENTIALS, NOBODY, NOISE};
use crate::text::{fold, plain};

/// Words after which no more of a name comes.
const AFTER: &[&str] = &[
    " for ",
    " | ",
    " - ",
    " – ",
    " — ",
    " in ",
    " on ",
    " at ",
    " published",
    " updated",
    " posted",
    " @",
    " /",
    " · ",
    " •",
    " avec ",
    " con ",
    " med ",
    " met ",
    " is a ",
    " is an ",
    " is the ",
    " was ",
    " has ",
    " covers ",
    " writes ",
];
/// The longest name, in characters.
const MOST: usize = 90;
/// The longest list of names, in bytes.
pub(super) const LONGEST_LIST: usize = 4000;

/// The names in a text that is nothing but names.
pub(super) fn people(text: &str) -> Vec<String> {
    let text = text.trim();
    if text.is_empty() || text.len() > LONGEST_LIST {
        return Vec::new();
    }
    let text = plain(&text.replace('\n', "; "));
    let (names, _) = strip(&text, Where::Names);
    split(&names[..others_at(names).unwrap_or(names.len())]).iter().filter_map(|name| clean(name)).collect()
}

/// One name, cleaned, or none if it names nobody.
pub(super) fn clean(text: &str) -> Option<String> {
    let plain = plain(text);
    let mut name = strip(&plain, Where::Names).0.to_owned();
    if let Some(at) = name.find('@') {
        let from = name[..at].rfind(' ').map_or(0, |space| space);
        name.truncate(from);
    }
    let name = name.trim_matches(|c: char| {
        c.is_whitespace() || ",.;:|/-–—•·*()[]\"<>&＝=：【】（）「」".contains(c) && c != '.'
    });
    let name = without_brackets(name.trim_start_matches(['.', ' ']));
    let name = without_suffix(&name);
    let lower = name.to_lowercase();
    let is_url = lower.contains("://") || lower.starts_with("www.") || lower.starts_with('/');
    let copyright = lower.contains('©') || lower.contains("copyright") || lower.contains("all rights");
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    let digits = name.chars().filter(char::is_ascii_digit).count();
    let nobody = NOBODY.contains(lower.trim_end_matches('.')) || is_only_a_role(name);
    if is_url || copyright || nobody || letters < 2 || digits > 4 || name.chars().count() > MOST {
        return None;
    }
    Some(name.to_owned())
}

/// The name without what stands in brackets behind it, or behind a dash that has spaces around it. Brackets inside a name
/// are of it: "Robert (Bob) Smith".
fn without_brackets(name: &str) -> String {
    let bracket = bracket_at(name);
    let dash = [" - ", " – ", " — ", " | "].iter().filter_map(|sign| name.find(sign)).min();
    let end = bracket.into_iter().chain(dash).min();
    name[..end.unwrap_or(name.len())].trim().to_owned()
}

/// Where a bracket opens behind which no more of a name comes.
fn bracket_at(text: &str) -> Option<usize> {
    let goes_on = |at: usize| {
        let behind = text[at..].split_once([')', ']', '）']).and_then(|(_, behind)| behind.strip_prefix(' '));
        behind.is_some_and(|behind| behind.starts_with(char::is_uppercase))
    };
    [" (", " [", "（", "【"]
        .iter()
        .filter_map(|sign| text.find(sign))
        .min()
        .filter(|at| *at > 0 && !goes_on(*at))
}

/// The name without what stands behind names in some languages.
fn without_suffix(name: &str) -> &str {
    let cut = |name: &str| SUFFIXES.iter().find_map(|suffix| name.strip_suffix(suffix)).map(str::len);
    cut(name).map_or(name, |end| name[..end].trim_end())
}

/// A name that is all in capitals as it is written otherwise: "MARINA D'OSTO".
fn in_small_letters(name: &str) -> String {
    let mut after_letter = false;
    let lower = |c: char| c.to_lowercase().collect::<String>();
    let letters = name.chars().map(|c| {
        let written = if after_letter { lower(c) } else { c.to_string() };
        after_letter = c.is_alphabetic();
        written
    });
    let name: String = letters.collect();
    let words = name.split(' ').enumerate().map(|(at, word)| match word.to_lowercase() {
        small if at > 0 && is_particle(&small) => small,
        _ => word.to_owned(),
    });
    words.collect::<Vec<_>>().join(" ")
}

/// The name without letters of degrees behind it.
fn without_degrees(name: &str) -> String {
    let degree =
        |part: &str| CREDENTIALS.contains(part.trim().to_lowercase().replace(['.', '-'], "").as_str());
    let mut rest = name;
    while let Some((before, _)) = rest.rsplit_once(',').filter(|(_, last)| degree(last)) {
        rest = before;
    }
    rest.trim().to_owned()
}

/// Whether a line begins as a byline does.
pub(super) fn begins_byline(line: &str) -> bool {
    let line = fold(line);
    line.chars().count() < 120 && introduces(&line) || says_written_by(&line)
}

/// Whether a line says of whom something was written, and so is a byline wherever it stands.
pub(super) fn says_written_by(line: &str) -> bool {
    let lower = fold(line).to_lowercase();
    WRITTEN.iter().any(|words| lower.starts_with(words)) && lower.chars().count() < 100
        || lower.find("written by ").is_some_and(|at| at < 30)
}

/// How much is known to be a name before it is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trust {
    /// The text may be anything: a name has two words or more, or stands behind "By".
    Text,
    /// The text is a link to an author: one word is enough.
    Link,
}

/// The names in the texts of a byline, where names stand among other things.
pub(super) fn in_byline(pieces: &[&str], trust: Trust) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let mut said_by = trust == Trust::Link;
    let mut expecting = true;
    for piece in pieces.iter().take(24).map(|piece| fold(piece)).filter(|piece| !piece.is_empty()) {
        if joins(&piece) {
            expecting = true;
            continue;
        }
        let begins = begins_byline(&piece);
        said_by |= begins;
        let written =
            piece.find("written by ").filter(|&at| at < 30).map_or(0, |at| at + "written by ".len());
        let (stripped, _) = strip(&piece[written..], Where::Byline);
        let introduction = piece[..piece.len() - stripped.len()].trim();
        let shouts = introduction.chars().filter(|c| c.is_alphabetic()).count() > 1
            && !introduction.chars().any(char::is_lowercase)
            && !stripped.chars().any(char::is_lowercase);
        if names.is_empty() && stripped.is_empty() {
            continue;
        }
        let (joined, stripped) = strip_joiner(stripped);
        if !names.is_empty() && !expecting && !joined && !begins {
            break;
        }
        let after = AFTER.iter().filter_map(|word| stripped.find(word));
        let end =
            after.chain(others_at(&stripped)).chain(bracket_at(&stripped)).min().unwrap_or(stripped.len());
        let found: Vec<String> = split(&stripped[..end])
            .iter()
            .filter_map(|name| clean(name))
            .map(|name| without_degrees(&name))
            .map(|name| if shouts && name.contains(' ') { in_small_letters(&name) } else { name })
            .enumerate()
            // "Ann Lee, do Porto": what begins so behind a name is no other name.
            .filter(|(at, name)| *at == 0 && names.is_empty() || !name.starts_with(char::is_lowercase))
            .map(|(_, name)| name)
            .filter(|name| looks_like_a_name(name) || said_by && names.is_empty() && is_one_word(name, trust))
            .collect();
        // After the names comes something else, and "By" may begin a sentence.
        if found.is_empty() && (!names.is_empty() || begins) {
            break;
        }
        expecting = found.is_empty() || stripped.ends_with([',', '&']) || stripped.ends_with(" and");
        names.extend(found);
    }
    names.dedup();
    names
}

/// Whether a text only joins what stands on both sides.
fn joins(piece: &str) -> bool {
    JOINERS.contains(&piece)
        || AMBIGUOUS.contains(&piece)
        || matches!(piece, "," | ", and" | ";" | "、" | "و،")
}

/// The text without a joining word in front, and whether there was one.
fn strip_joiner(piece: &str) -> (bool, String) {
    let joined = |word: &str| JOINERS.contains(&word) || AMBIGUOUS.contains(&word);
    let rest = piece.strip_prefix(", ").or(piece.strip_prefix("; ")).unwrap_or(piece);
    let rest = rest.split_once(' ').filter(|(word, _)| joined(word)).map_or(rest, |(_, rest)| rest);
    (rest.len() < piece.len(), rest.to_owned())
}

fn is_one_word(name: &str, trust: Trust) -> bool {
    let length = name.chars().count();
    !name.contains(' ')
        && (3..=24).contains(&length)
        && !NOISE.contains(name.to_lowercase().as_str())
        && name.chars().all(|c| c.is_alphanumeric() || "-_.'".contains(c))
        && (trust == Trust::Link || !name.starts_with(char::is_lowercase))
        && !name.chars().all(|c| c.is_ascii_digit())
}

/// Two to five words in capitals or a script without them, and no digit.
fn looks_like_a_name(name: &str) -> bool {
    let words: Vec<&str> = name.split(' ').collect();
    let cased = name.chars().any(|c| c.is_lowercase() || c.is_uppercase());
    if name.chars().any(|c| c.is_ascii_digit() || "?!%$€:#=".contains(c)) {
        return false;
    }
    if !cased {
        let length = name.chars().count();
        let sentence = length > 5 && name.chars().any(|c| ('\u{3041}'..='\u{309f}').contains(&c));
        return (2..=20).contains(&length) && words.len() <= 5 && !sentence;
    }
    (2..=5).contains(&words.len())
        && words
            .iter()
            .all(|word| is_particle(word) || word.chars().next().is_some_and(|c| !c.is_lowercase()))
        && !words
            .iter()
            .any(|word| NOISE.contains(word.to_lowercase().trim_matches(|c: char| !c.is_alphanumeric())))
}

#[cfg(test)]
mod tests;
