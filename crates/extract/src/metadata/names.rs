//! Cleans the names of authors: no roles, addresses, handles, dates or copyright holders, in any script.

use super::name_lists::split;
use super::text::{fold, plain};
use super::words::{BEFORE, NOBODY, NOISE, SURE};

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
    " (",
    " [",
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
    let text = strip_before(&plain(&text.replace('\n', "; ")));
    split(&text).iter().filter_map(|name| clean(name)).collect()
}

/// One name, cleaned, or none if it names nobody.
pub(super) fn clean(text: &str) -> Option<String> {
    let mut name = strip_before(&plain(text));
    if let Some(at) = name.find('@') {
        let from = name[..at].rfind(' ').map_or(0, |space| space);
        name.truncate(from);
    }
    let name =
        name.trim_matches(|c: char| c.is_whitespace() || ",.;:|/-–—•·*()[]\"<>&".contains(c) && c != '.');
    let name = name.trim_end_matches(" 기자").trim_end_matches("記者").trim_end_matches("记者");
    let name = without_brackets(name.trim_start_matches(['.', ' ']));
    let name = name.as_str();
    let lower = name.to_lowercase();
    let is_url = lower.contains("://") || lower.starts_with("www.") || lower.starts_with('/');
    let copyright = lower.contains('©') || lower.contains("copyright") || lower.contains("all rights");
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    let digits = name.chars().filter(char::is_ascii_digit).count();
    let nobody = NOBODY.contains(lower.trim_end_matches('.'));
    if is_url || copyright || nobody || letters < 2 || digits > 4 || name.chars().count() > MOST {
        return None;
    }
    Some(name.to_owned())
}

/// The name without what stands in brackets behind it, or behind a dash that has spaces around it.
fn without_brackets(name: &str) -> String {
    let end = [" (", " [", " - ", " – ", " — ", " | "].iter().filter_map(|sign| name.find(sign)).min();
    name[..end.unwrap_or(name.len())].trim().to_owned()
}

/// Takes away "By" and its like.
fn strip_before(text: &str) -> String {
    let mut rest = text.trim();
    for _ in 0..3 {
        let lower = rest.to_lowercase();
        let cut = BEFORE
            .iter()
            .filter(|word| {
                lower.strip_prefix(**word).is_some_and(|after| {
                    after.is_empty() || after.starts_with([' ', ':', '：', '\u{a0}', '/', '／', '|', '-'])
                })
            })
            .map(|word| word.len())
            .max();
        let Some(cut) = cut.filter(|&cut| rest.is_char_boundary(cut) && lower.len() == rest.len()) else {
            break;
        };
        // "Text" and "Haber" may be names: a word that is no preposition needs its colon.
        let after = &rest[cut..];
        let certain = after.trim_start().starts_with([':', '：', '/', '／'])
            || SURE.contains(&lower[..cut])
            || lower[..cut].contains(' ');
        if !certain {
            break;
        }
        rest = after.trim_start_matches(|c: char| c.is_whitespace() || ":：/／|-".contains(c));
    }
    rest.to_owned()
}

/// Whether a line begins as a byline does.
pub(super) fn begins_byline(line: &str) -> bool {
    let lower = fold(line).to_lowercase();
    let sure = ["by", "von", "par", "por", "door", "oleh", "di", "作者", "بقلم"];
    let keyed = ["автор", "autor", "author", "text", "texte", "texto", "foto"];
    let begins = |words: &[&str], after: &[char]| {
        words.iter().any(|word| {
            lower.strip_prefix(word).is_some_and(|rest| rest.is_empty() || rest.starts_with(after))
        })
    };
    let short = lower.chars().count() < 120;
    short && (begins(&sure, &[':', ' ', '：']) || begins(&keyed, &[':', '：'])) || says_written_by(line)
}

/// Whether a line says of whom something was written, and so is a byline wherever it stands.
pub(super) fn says_written_by(line: &str) -> bool {
    let lower = fold(line).to_lowercase();
    [
        "written by",
        "posted by",
        "author:",
        "words by",
        "article by",
        "verfasst von",
        "écrit par",
        "escrito por",
        "scritto da",
        "автор:",
    ]
    .iter()
    .any(|words| lower.starts_with(words))
        && lower.chars().count() < 100
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
        let stripped = strip_before(&piece[written..]);
        if names.is_empty() && stripped.is_empty() {
            continue;
        }
        let (joined, stripped) = strip_joiner(&stripped);
        if !names.is_empty() && !expecting && !joined && !begins {
            break;
        }
        let end = AFTER.iter().filter_map(|word| stripped.find(word)).min().unwrap_or(stripped.len());
        let found: Vec<String> = split(&stripped[..end])
            .iter()
            .filter_map(|name| clean(name))
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
    matches!(
        piece,
        "," | "&"
            | "and"
            | "und"
            | "et"
            | "y"
            | "e"
            | "og"
            | "och"
            | "en"
            | ", and"
            | "и"
            | "/"
            | ";"
            | "、"
            | "و"
            | "و،"
    )
}

/// The text without a joining word in front, and whether there was one.
fn strip_joiner(piece: &str) -> (bool, String) {
    let rest = [", and ", "and ", "& ", ", ", "und ", "et "].iter().find_map(|word| piece.strip_prefix(word));
    (rest.is_some(), rest.unwrap_or(piece).to_owned())
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
    let particle = |word: &str| {
        matches!(
            word,
            "de" | "da"
                | "di"
                | "del"
                | "della"
                | "van"
                | "von"
                | "der"
                | "den"
                | "la"
                | "le"
                | "dos"
                | "du"
                | "bin"
                | "al"
                | "el"
                | "y"
                | "e"
                | "ter"
                | "zu"
                | "of"
                | "the"
                | "ibn"
                | "av"
                | "af"
        )
    };
    (2..=5).contains(&words.len())
        && words.iter().all(|word| particle(word) || word.chars().next().is_some_and(|c| !c.is_lowercase()))
        && !words
            .iter()
            .any(|word| NOISE.contains(word.to_lowercase().trim_matches(|c: char| !c.is_alphanumeric())))
}

#[cfg(test)]
mod tests;
