//! Lists of names, cut apart.

use super::byline_words::FIRMS;
use super::words::CREDENTIALS;

/// Words and signs between two names, in lower case.
pub(super) const JOINERS: &[&str] = &[
    "&",
    "/",
    "and",
    "dan",
    "en",
    "et",
    "ja",
    "mit",
    "och",
    "og",
    "und",
    "ve",
    "with",
    "và",
    "|",
    "és",
    "și",
    "·",
    "и",
    "та",
    "και",
    "และ",
    "और",
    "و",
    "•",
];
/// Words that stand between two names, and inside some: "Ana Costa e Silva".
pub(super) const AMBIGUOUS: &[&str] = &["a", "e", "i", "y"];

/// Whether the words behind a joining word end the name of a firm: "Stone & Sons".
fn is_of_a_firm(behind: &[&str]) -> bool {
    let own = behind.iter().take_while(|word| !JOINERS.contains(word)).take(3);
    own.into_iter().any(|word| FIRMS.contains(&word.to_lowercase().trim_matches(['.', ','])))
}

/// Whether the words behind a joining word are a name of two or more.
fn is_whole(behind: &[&str]) -> bool {
    let own = behind.iter().take_while(|word| !JOINERS.contains(word) && !AMBIGUOUS.contains(word));
    let names = own.take_while(|word| word.starts_with(|c: char| c.is_alphabetic()));
    names.count() > 1 && !behind[0].ends_with(',')
}

/// Cuts a list of names apart. "Last, First" and letters behind a name stay with it.
pub(super) fn split(text: &str) -> Vec<String> {
    let mut parts: Vec<String> = vec![String::new()];
    let words: Vec<&str> = text.split(' ').collect();
    for (at, word) in words.iter().enumerate() {
        let lower = word.to_lowercase();
        let behind = &words[at + 1..];
        let joins = JOINERS.contains(&lower.as_str()) && !is_of_a_firm(behind)
            || AMBIGUOUS.contains(word)
                && parts.last().is_some_and(|part| part.contains(' '))
                && is_whole(behind);
        if joins && parts.last().is_some_and(|part| !part.is_empty()) {
            parts.push(String::new());
            continue;
        }
        let mut rest = *word;
        while let Some(at) = rest.find([';', '、', '،', '，']) {
            push(&mut parts, &rest[..at]);
            parts.push(String::new());
            rest = rest[at..].trim_start_matches([';', '、', '،', '，']);
        }
        push(&mut parts, rest);
    }
    parts.iter().flat_map(|part| split_commas(part)).filter(|part| !part.is_empty()).collect()
}

fn push(parts: &mut [String], word: &str) {
    if let Some(part) = parts.last_mut().filter(|_| !word.is_empty()) {
        if !part.is_empty() {
            part.push(' ');
        }
        part.push_str(word);
    }
}

fn split_commas(text: &str) -> Vec<String> {
    let pieces: Vec<&str> = text.split(',').map(str::trim).filter(|piece| !piece.is_empty()).collect();
    if let [last, first] = pieces.as_slice()
        && !last.contains(' ')
        && first.split(' ').count() <= 2
        && text.contains(", ")
    {
        return vec![text.trim().to_owned()];
    }
    let mut names: Vec<String> = Vec::new();
    for piece in pieces {
        let credential = CREDENTIALS.contains(&piece.to_lowercase().replace(['.', '-'], "").as_str());
        match names.last_mut().filter(|_| credential) {
            Some(name) => {
                name.push_str(", ");
                name.push_str(piece);
            }
            None => names.push(piece.to_owned()),
        }
    }
    names
}

/// The names "Last, First" as they are spoken, where all of several are written so.
pub(super) fn spoken(names: Vec<String>) -> Vec<String> {
    let turned: Option<Vec<String>> = names.iter().map(|name| turned(name)).collect();
    turned.filter(|turned| turned.len() > 1).unwrap_or(names)
}

/// "First Last" of "Last, First".
pub(super) fn turned(name: &str) -> Option<String> {
    let (last, first) = name.split_once(", ")?;
    let few = |part: &str| (1..=3).contains(&part.split(' ').count());
    let degree = CREDENTIALS.contains(first.to_lowercase().replace(['.', '-'], "").as_str());
    (few(last) && few(first) && !first.contains(',') && !degree).then(|| format!("{first} {last}"))
}
