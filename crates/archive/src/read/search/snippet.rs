//! The place in a text that shows why it was found.

use std::ops::Range;

use super::terms::{folded, is_letter, is_paired};

/// How much of a text is shown, in characters.
const LENGTH: usize = 180;
/// How much of that is before what was found.
const BEFORE: usize = 50;

/// Part of a text, and where in it the words are that were searched for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snippet {
    /// On one line.
    pub text: String,
    /// In bytes of `text`, in their order.
    pub found: Vec<Range<usize>>,
}

/// A character of the text: what it is folded to, and where it is.
struct Folded {
    c: char,
    at: usize,
}

/// The part of `text` with the most of `needles`, which are folded; its beginning where it has none of them. `None` for an
/// empty text.
pub(super) fn snippet(text: &str, needles: &[String]) -> Option<Snippet> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let chars = fold(&text);
    let needles: Vec<Vec<char>> = needles.iter().map(|needle| needle.chars().collect()).collect();
    let places = places(&chars, &needles);
    let first = best(&places).map_or(0, |place| chars[place].at);
    let shown = cut(&text, first);
    if shown.is_empty() {
        return None;
    }
    let (before, after) = (shown.start > 0, shown.end < text.len());
    let lead = if before { "…" } else { "" };
    let found = places.iter().map(|(from, to, _)| {
        let end = chars.get(*to).map_or(text.len(), |folded| folded.at);
        chars[*from].at..end
    });
    let inside = found.filter(|found| found.start >= shown.start && found.end <= shown.end);
    let moved =
        inside.map(|found| found.start - shown.start + lead.len()..found.end - shown.start + lead.len());
    let mut found: Vec<Range<usize>> = moved.collect();
    found.dedup_by(|next, before| next.start < before.end);
    let tail = if after { "…" } else { "" };
    Some(Snippet { text: format!("{lead}{}{tail}", &text[shown]), found })
}

fn fold(text: &str) -> Vec<Folded> {
    let mut buffer = [0; 4];
    let mut chars = Vec::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        if c.is_ascii() {
            chars.push(Folded { c: c.to_ascii_lowercase(), at });
        } else {
            chars.extend(folded(c.encode_utf8(&mut buffer)).chars().map(|c| Folded { c, at }));
        }
    }
    chars
}

/// Where each needle begins and ends, and which it is, in their order in the text.
fn places(chars: &[Folded], needles: &[Vec<char>]) -> Vec<(usize, usize, usize)> {
    let mut places = Vec::new();
    for at in 0..chars.len() {
        let is_within_word =
            at > 0 && is_letter(chars[at - 1].c) && !is_paired(chars[at].c) && !is_paired(chars[at - 1].c);
        if is_within_word {
            continue;
        }
        for (which, needle) in needles.iter().enumerate() {
            let is_here = chars.len() - at >= needle.len()
                && needle.iter().zip(&chars[at..]).all(|(c, here)| *c == here.c);
            if is_here && !needle.is_empty() {
                places.push((at, at + needle.len(), which));
            }
        }
    }
    places
}

/// The first place from which on the most needles are near.
fn best(places: &[(usize, usize, usize)]) -> Option<usize> {
    let near = |from: usize| {
        let window = places.iter().filter(|(at, ..)| (from..from + LENGTH - BEFORE).contains(at));
        window.map(|(.., which)| which).collect::<std::collections::BTreeSet<_>>().len()
    };
    // A text with thousands of places shows what it has at its beginning.
    let candidates = places.iter().take(200).map(|(at, ..)| (*at, near(*at)));
    candidates.reduce(|best, next| if next.1 > best.1 { next } else { best }).map(|(at, _)| at)
}

/// What is shown around `first`, from word to word.
fn cut(text: &str, first: usize) -> Range<usize> {
    let back: Vec<usize> = text[..first].char_indices().rev().take(BEFORE).map(|(at, _)| at).collect();
    let start = back.last().copied().unwrap_or(first);
    let start = if start == 0 { 0 } else { between(text, start, first) };
    let end = text[start..].char_indices().nth(LENGTH).map_or(text.len(), |(at, _)| start + at);
    if end == text.len() {
        return start..end;
    }
    let kept =
        text[start..end].rfind(' ').filter(|space| *space > LENGTH / 2).map_or(end, |space| start + space);
    start..kept
}

/// The first beginning of a word from `start` on, but not behind `first`; `start` itself where words have no spaces.
fn between(text: &str, start: usize, first: usize) -> usize {
    text[start..first].find(' ').map_or(start, |space| start + space + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, needles: &[&str]) -> (String, Vec<String>) {
        let needles: Vec<String> = needles.iter().map(|needle| (*needle).to_owned()).collect();
        let snippet = snippet(text, &needles).unwrap();
        let found = snippet.found.iter().map(|found| snippet.text[found.clone()].to_owned()).collect();
        (snippet.text, found)
    }

    #[test]
    fn the_part_with_the_most_words_is_shown() {
        let text = format!(
            "A bridge. {} The old Brücke and the bridge of Łódź. {}",
            "Nothing here. ".repeat(30),
            "More. ".repeat(60)
        );
        let (text, found) = shown(&text, &["bridge", "brucke", "lodz"]);
        assert!(text.starts_with('…') && text.ends_with('…') && text.chars().count() <= LENGTH + 2, "{text}");
        assert_eq!(found, ["Brücke", "bridge", "Łódź"]);
    }

    #[test]
    fn words_are_found_at_their_beginning_and_characters_anywhere() {
        assert_eq!(shown("Abridged, a bridge", &["bridge"]).1, ["bridge"]);
        assert_eq!(shown("昨日の渡船は香港から", &["渡船"]).1, ["渡船"]);
        assert_eq!(shown("Straße und Gasse", &["strasse"]).1, ["Straße"]);
    }

    #[test]
    fn a_text_without_the_words_shows_its_beginning() {
        assert_eq!(shown("One\n two", &["three"]), ("One two".to_owned(), vec![]));
        assert_eq!(snippet(" ", &[]), None);
    }
}
