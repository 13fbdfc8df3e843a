//! What stands in front of the names in a byline: a phrase, a label with its sign, a preposition, what somebody is.

use super::byline_words::{
    ARCHIVES, BESIDE_ROLES, LABELS, PARTICLES, PHRASES, PICTURES, PREPOSITIONS, ROLES,
};
use crate::text::is_ideograph;

/// Signs between a label and the names.
const SIGNS: &[char] = &[':', '：', '=', '＝', '/', '／', '|', '｜', '▪', '●', '◎', '＠'];
/// The longest label, in characters.
const LONGEST_LABEL: usize = 40;
/// The most introductions before one another: "Text: von unserem Korrespondenten".
const MOST: usize = 4;

/// What is known of where a text stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Where {
    /// It is all that is said to be names, so that a particle in capitals belongs to one.
    Names,
    /// It is a byline, which begins with a preposition rather than with a particle.
    Byline,
}

/// What an introduction says of what comes behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Says {
    Authors,
    /// Who made the pictures.
    Pictures,
}

/// `text` without what introduces the names in it, and whether there was anything: none of it, where it introduces those
/// who made the pictures.
pub(super) fn strip(text: &str, place: Where) -> (&str, bool) {
    let mut rest = text.trim();
    let mut introduced = false;
    for _ in 0..MOST {
        let Some((says, after)) = label(rest)
            .or_else(|| phrase(rest).or_else(|| behind(ARCHIVES, rest)).map(|after| (Says::Authors, after)))
            .or_else(|| preposition(rest, place).map(|after| (Says::Authors, after)))
            .or_else(|| role(rest).map(|after| (Says::Authors, after)))
        else {
            break;
        };
        introduced = true;
        if says == Says::Pictures {
            return ("", true);
        }
        rest = after.trim_start_matches(|c: char| c.is_whitespace() || SIGNS.contains(&c) || c == '-');
    }
    (rest, introduced)
}

/// Whether a line begins with what introduces authors.
pub(super) fn introduces(line: &str) -> bool {
    let line = line.trim();
    let labelled = || matches!(label(line), Some((Says::Authors, _)));
    labelled() || phrase(line).is_some() || preposition(line, Where::Byline).is_some()
}

/// What is behind a phrase.
fn phrase(text: &str) -> Option<&str> {
    behind(PHRASES, text).or_else(|| after_a_kind_of_text(text))
}

/// What is behind the longest of `phrases` with which a text begins.
fn behind<'t>(phrases: &[&str], text: &'t str) -> Option<&'t str> {
    let lower = text.to_lowercase();
    if lower.len() != text.len() {
        return None;
    }
    let ends = |rest: &str| rest.chars().next().is_none_or(|c| !c.is_alphanumeric());
    let known = phrases.iter().filter(|phrase| lower.strip_prefix(**phrase).is_some_and(ends));
    known.map(|phrase| phrase.len()).max().map(|cut| &text[cut..])
}

/// What is behind "Ein Kommentar von", "Una crónica de", "An essay by".
fn after_a_kind_of_text(text: &str) -> Option<&str> {
    const ARTICLES: &[&str] =
        &["a", "an", "ein", "eine", "een", "en", "et", "ett", "un", "una", "une", "uma", "um", "uno"];
    let lower = text.to_lowercase();
    let mut words = lower.split(' ');
    let article = words.next().filter(|word| ARTICLES.contains(word))?;
    let kind =
        words.next().filter(|word| word.chars().all(char::is_alphabetic) && word.chars().count() > 3)?;
    let by = words.next().filter(|word| PREPOSITIONS.contains(word))?;
    let rest = text.get(article.len() + kind.len() + by.len() + 3..)?;
    rest.starts_with(char::is_uppercase).then_some(rest)
}

/// What is behind a label and its sign, and of whom the label speaks: "Text:", "文・写真＝", "Words and pictures:".
fn label(text: &str) -> Option<(Says, &str)> {
    let head: String = text.chars().take(LONGEST_LABEL).collect();
    // "Story and photos by": the preposition stands for the sign.
    let spoken = [" by ", " von ", " par ", " por ", " di ", " de ", " av ", " af ", " door "].into_iter();
    let spoken = spoken
        .filter_map(|word| Some((head.find(word)?, word)))
        .find_map(|(at, word)| Some((said_by_label(&head[..at])?, &text[at + word.len()..])));
    if spoken.is_some() {
        return spoken;
    }
    let dashes = [" - ", " – ", " — "].into_iter().filter_map(|dash| head.find(dash).map(|at| at + 1));
    let signs = head.rmatch_indices(SIGNS).map(|(at, _)| at).chain(dashes);
    let (at, says) = signs.filter_map(|at| Some((at, said_by_label(&head[..at])?))).next()?;
    Some((
        says,
        text[at..].trim_start_matches(|c: char| SIGNS.contains(&c) || c.is_whitespace() || "-–—".contains(c)),
    ))
}

fn said_by_label(label: &str) -> Option<Says> {
    const JOINING: &[&str] =
        &["a", "and", "e", "en", "et", "i", "ja", "och", "og", "og", "und", "ve", "y", "и", "και", "و"];
    let label = label.trim().to_lowercase();
    let whole = LABELS.contains(&label.as_str()).then_some(Says::Authors);
    let words =
        label.split([' ', ',', '/', '&', '+', '・', '、', '·', '\u{a0}']).filter(|word| !word.is_empty());
    let words: Vec<&str> = words.filter(|word| !JOINING.contains(word)).collect();
    let is_author = |word: &&str| LABELS.contains(word) || is_role(word);
    let is_picture = |word: &&str| PICTURES.contains(word);
    let parts = || {
        let known =
            words.iter().all(|word| is_author(word) || is_picture(word) || BESIDE_ROLES.contains(word));
        match (known, words.iter().any(&is_author), words.iter().any(&is_picture)) {
            (true, true, _) => Some(Says::Authors),
            (true, false, true) => Some(Says::Pictures),
            _ => None,
        }
    };
    whole.or_else(parts)
}

/// What is behind a preposition that introduces a name, and is not the first word of one.
fn preposition(text: &str, place: Where) -> Option<&str> {
    let end = text.find(char::is_whitespace).unwrap_or(text.len());
    let (word, after) = (&text[..end], text[end..].trim_start());
    let lower = word.to_lowercase();
    let ideographs = || after_ideographs(text);
    if !PREPOSITIONS.contains(&lower.trim_end_matches([':', '：'])) {
        return ideographs();
    }
    let is_shouted =
        word.len() > 1 && !word.chars().any(char::is_lowercase) && !after.chars().any(char::is_lowercase);
    let next = after.split_whitespace().next().unwrap_or_default().to_lowercase();
    if !PARTICLES.contains(&lower.as_str()) || after.is_empty() {
        return (place == Where::Byline || !after.is_empty()).then_some(after);
    }
    // "von der Leyen", "De la Cruz" and "di Stefano" are names, "di Lucia Di Marco" is not.
    let begins_a_name = after.starts_with(|c: char| !c.is_lowercase()) && !is_particle(&next);
    let several =
        after.split(' ').take_while(|word| !word.starts_with(['|', '-', '–', '·', ','])).count() > 1;
    let is_byline = place == Where::Byline;
    let begins = |words: &[&str]| words.contains(&lower.as_str());
    let clear = word.starts_with(char::is_lowercase)
        || begins(&["von"])
        || is_byline && (is_shouted || begins(&["af", "av", "di", "od", "oleh"]));
    let alone = is_byline && begins(&["af", "av", "od", "von"]);
    (begins_a_name && clear && (several || alone) || role(after).is_some()).then_some(after)
}

/// What is behind a label in a script without spaces: "记者林小河", "作者 王小明".
fn after_ideographs(text: &str) -> Option<&str> {
    const DIRECT: &[&str] =
        &["本报记者", "特约记者", "見習記者", "见习记者", "记者", "記者", "作者", "撰文", "文", "글"];
    let word = DIRECT.iter().find(|word| text.starts_with(**word))?;
    let after = &text[word.len()..];
    let spaced = after.starts_with(char::is_whitespace);
    let name = || {
        word.chars().count() > 1
            && (2..=4).contains(&after.chars().count())
            && after.chars().all(is_ideograph)
    };
    (after.is_empty() || spaced || name()).then(|| after.trim_start())
}

/// What is behind the words that say what somebody is: "onze verslaggever", "our correspondent", "记者".
fn role(text: &str) -> Option<&str> {
    let mut end = 0;
    let mut any = false;
    for word in text.split_inclusive(char::is_whitespace) {
        let lower = word.trim().to_lowercase();
        let is = is_role(&lower);
        if !(is || BESIDE_ROLES.contains(&lower.as_str())) {
            break;
        }
        any |= is;
        end += word.len();
    }
    let rest = text.get(end..).filter(|rest| !rest.is_empty() && !rest.starts_with(char::is_lowercase));
    rest.filter(|rest| any && rest.starts_with(char::is_alphabetic))
}

fn is_role(word: &str) -> bool {
    ROLES.contains(&word)
}

/// Whether a text says only what somebody is or for whom somebody writes: "da Redação", "envoyés spéciaux".
pub(super) fn is_only_a_role(text: &str) -> bool {
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower.split([' ', '-']).filter(|word| !word.is_empty()).collect();
    const OFFICES: &[&str] =
        &["redacción", "redação", "redaktion", "redakcja", "redazione", "redactie", "rédaction"];
    let singular = |word: &str| is_role(word) || is_role(word.trim_end_matches('s'));
    let known = |word: &&str| singular(word) || BESIDE_ROLES.contains(word);
    words.len() <= 6
        && words.iter().all(known)
        && words.iter().any(|word| singular(word) || words.len() > 1 && OFFICES.contains(word))
}

/// Where, behind the names in a text, those begin that wrote nothing: who made the pictures, or who helped.
pub(super) fn others_at(text: &str) -> Option<usize> {
    let begins = |word: &str| word.as_ptr() as usize - text.as_ptr() as usize;
    let parts = text.split([' ', '\u{3000}', '/', '／', '、', ';']).skip(1).filter(|part| !part.is_empty());
    let of_others = |part: &&str| {
        let (word, is_label) = part.split_once(SIGNS).map_or((*part, false), |(word, _)| (word, true));
        let word = word.to_lowercase();
        is_label && LABELS.contains(&word.as_str())
            || PICTURES.contains(&word.as_str())
            || is_role(&word) && word.chars().all(is_ideograph)
    };
    parts.filter(of_others).map(begins).next()
}

/// Words that names begin with or have inside.
pub(super) fn is_particle(word: &str) -> bool {
    matches!(
        word,
        "af" | "al"
            | "av"
            | "bin"
            | "da"
            | "das"
            | "de"
            | "del"
            | "della"
            | "den"
            | "der"
            | "di"
            | "do"
            | "dos"
            | "du"
            | "e"
            | "el"
            | "ibn"
            | "la"
            | "le"
            | "of"
            | "san"
            | "ter"
            | "the"
            | "und"
            | "van"
            | "von"
            | "y"
            | "zu"
            | "zum"
            | "zur"
    )
}
