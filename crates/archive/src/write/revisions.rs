//! What a new text changed. Substantive is what a reader would want to know of; case, punctuation, a counter, a date
//! stamp or a mended typing mistake are minor. Words decide, never the number of bytes.

mod comments;
mod sitewide;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::model::{Article, Digest};

pub use sitewide::{Alike, Reviewed, changed_alike};

/// A block of at most so many words that holds a number and is no sentence is a stamp: "Updated 10:45", "12 comments".
const STAMP_WORDS: usize = 12;
/// More words than this between the first and the last difference are no mended typing mistakes.
const MENDED_SPAN: usize = 400;
/// More mended words than this are an edit.
const MENDED_WORDS: usize = 3;
/// So many words behind a time of day are an entry of a live blog.
const ENTRY_WORDS: usize = 3;
/// Words of a byline that are no names.
const BYLINE_WORDS: usize = 3;
/// Characters that only help to break lines, or mark an order of bytes.
const INVISIBLE: [char; 6] = ['\u{ad}', '\u{200b}', '\u{200c}', '\u{200d}', '\u{2060}', '\u{feff}'];
const FIRST_IDEOGRAPH: char = '\u{2e80}';

/// Whether going from `before` to `after` changes what the article says.
pub(crate) fn is_substantive(before: &Article, after: &Article) -> bool {
    let (old, new) = (words(before, &after.repeated), words(after, &before.repeated));
    let start = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let (old, new) = (&old[start..], &new[start..]);
    let end = old.iter().rev().zip(new.iter().rev()).take_while(|(a, b)| a == b).count();
    let (old, new) = (&old[..old.len() - end], &new[..new.len() - end]);
    if is_joined(old, new) || is_reordered(before, after) {
        return false;
    }
    if old.len() != new.len() || old.len() > MENDED_SPAN {
        return true;
    }
    let (texts, names) =
        (|words: &[Word]| -> Vec<String> { words.iter().map(|word| word.text.clone()).collect() }, old);
    let (old, new) = (texts(old), texts(new));
    let mut mended = 0;
    for op in capture_diff_slices(Algorithm::Myers, &old, &new) {
        match op {
            DiffOp::Equal { .. } => {}
            DiffOp::Replace { old_index, old_len, new_index, new_len } if old_len == new_len => {
                let pairs = (old_index..old_index + old_len).zip(&new[new_index..]);
                if !pairs.clone().all(|(at, new)| !names[at].is_name && is_mended(&old[at], new)) {
                    return true;
                }
                mended += old_len;
            }
            _ => return true,
        }
    }
    mended > MENDED_WORDS
}

/// The digest of the words of a page's text, line by line and in any order: which lines are left out, since other articles
/// repeat them, is told by what else is archived, and the same page has the same words all the same.
pub(crate) fn words_digest(article: &Article) -> Digest {
    let names = names(article);
    let text = comments::without(&article.text).into_iter().flat_map(str::lines);
    let lines = text.chain(article.repeated.iter().map(String::as_str));
    let lines = lines.filter_map(|line| block_words(line, &names)).map(|words| joined(&words));
    let mut lines: Vec<String> = lines.filter(|line| !line.is_empty()).collect();
    lines.sort_unstable();
    Digest::of(lines.join("\n").as_bytes())
}

/// A word of a text.
#[derive(Clone, Debug)]
struct Word {
    /// In lower case.
    text: String,
    /// Whether it is part of a name: a capital beside a capital. A letter of a name is never a typing mistake.
    is_name: bool,
}

impl PartialEq for Word {
    fn eq(&self, other: &Word) -> bool {
        self.text == other.text
    }
}

/// The words of title and text, stamps, bylines and comments left out, and the lines that are `left_out` elsewhere.
fn words(article: &Article, left_out: &[String]) -> Vec<Word> {
    let title = split(&article.title).map(|word| Word { text: word.to_lowercase(), is_name: false });
    title.chain(blocks(article, left_out).into_iter().flatten()).collect()
}

/// The words of each block of the text, without the lines that are `left_out` elsewhere.
fn blocks(article: &Article, left_out: &[String]) -> Vec<Vec<Word>> {
    let names = names(article);
    let is_left_out = |line: &str| left_out.iter().any(|left_out| left_out.trim() == line.trim());
    let blocks = comments::without(&article.text).into_iter();
    let kept = blocks.filter(|block| left_out.is_empty() || !block.lines().all(is_left_out));
    kept.filter_map(|block| block_words(block, &names)).collect()
}

fn names(article: &Article) -> Vec<String> {
    article.authors.iter().flat_map(|name| split(name).map(str::to_lowercase)).collect()
}

/// The words of one block; `None` if it only says when or by whom.
fn block_words(block: &str, names: &[String]) -> Option<Vec<Word>> {
    let seen: String = block.chars().filter(|c| !INVISIBLE.contains(c)).collect();
    let words = words_of(&seen);
    let texts: Vec<String> = words.iter().map(|word| word.text.clone()).collect();
    (!is_stamp(block, &texts) && !is_byline(block, &texts, names)).then_some(words)
}

fn joined(words: &[Word]) -> String {
    words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ")
}

fn words_of(block: &str) -> Vec<Word> {
    let parts: Vec<&str> = split(block).collect();
    let is_capital = |at: usize| parts.get(at).is_some_and(|part| part.starts_with(char::is_uppercase));
    let is_name = |at: usize| is_capital(at) && (is_capital(at + 1) || at > 0 && is_capital(at - 1));
    parts
        .iter()
        .enumerate()
        .map(|(at, part)| Word { text: part.to_lowercase(), is_name: is_name(at) })
        .collect()
}

fn split(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty())
}

/// Whether the blocks are the same in another order: nothing new is said.
fn is_reordered(before: &Article, after: &Article) -> bool {
    let sorted = |article: &Article, left_out: &[String]| {
        let mut blocks: Vec<String> = blocks(article, left_out).iter().map(|words| joined(words)).collect();
        blocks.sort_unstable();
        blocks
    };
    before.title == after.title && sorted(before, &after.repeated) == sorted(after, &before.repeated)
}

fn is_stamp(block: &str, words: &[String]) -> bool {
    is_short(block, words) && block.contains(|c: char| c.is_numeric()) && !is_entry(block, words)
}

fn is_short(block: &str, words: &[String]) -> bool {
    let is_sentence = block.trim_end().ends_with(['.', '!', '?', '"', '”', '»', '。', '…', ':']);
    words.len() <= STAMP_WORDS && !is_sentence
}

/// Whether the block is an entry of a live blog: a time of day, and then words without any other number.
fn is_entry(block: &str, words: &[String]) -> bool {
    let is_number = |word: &String| word.contains(char::is_numeric);
    let clock = block.split_whitespace().next().unwrap_or_default().trim_end_matches([':', ',', '–', '-']);
    let has_clock = clock.split([':', '.']).map(str::parse::<u8>).filter(Result::is_ok).count() == 2;
    has_clock && words.len() >= ENTRY_WORDS + 2 && !words[2..].iter().any(is_number)
}

/// Whether the block names the authors, and says hardly more.
fn is_byline(block: &str, words: &[String], names: &[String]) -> bool {
    let named = words.iter().filter(|word| names.contains(word)).count();
    is_short(block, words) && named > 0 && words.len() - named <= named.min(BYLINE_WORDS)
}

/// Whether two runs of words differ only in where a word ends: "chair woman", "chairwoman".
fn is_joined(old: &[Word], new: &[Word]) -> bool {
    let concat = |words: &[Word]| words.iter().map(|word| word.text.as_str()).collect::<String>();
    let (old, new) = (concat(old), concat(new));
    old == new && !old.contains(char::is_numeric)
}

/// Whether `after` is `before` with one letter changed, added, dropped or swapped with its neighbour, but not the first:
/// a million is no billion, and the moral not amoral. Numbers and short words are never mended: they mean something
/// else. Nor are ideographs, each of which is a word.
fn is_mended(before: &str, after: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (before.chars().collect(), after.chars().collect());
    if a.len().min(b.len()) < 4
        || a[0] != b[0]
        || a.iter().chain(&b).any(|c| c.is_numeric() || *c >= FIRST_IDEOGRAPH)
    {
        return false;
    }
    let start = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
    let end = a[start..].iter().rev().zip(b[start..].iter().rev()).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[start..a.len() - end], &b[start..b.len() - end]);
    match (a, b) {
        ([first, second], [third, fourth]) => first == fourth && second == third,
        _ => a.len() <= 1 && b.len() <= 1,
    }
}
