//! What a block is made of.

use std::sync::LazyLock;

use memchr::memchr;
use memchr::memmem::Finder;
use rustc_hash::FxHashSet;

use super::{Row, Seen, share, vocabulary, word_set};
use crate::segment::Blocks;
use crate::segment::measure::{Word, words_of};
use crate::select::declared::Declared;

/// What stands in URLs.
static URLS: LazyLock<[Finder<'static>; 2]> = LazyLock::new(|| ["http", "www."].map(Finder::new));

/// What the page declares, as words.
pub(super) struct Known {
    title: FxHashSet<Word>,
    description: FxHashSet<Word>,
    /// Runs of three words of the declared body, if it is long enough to be one.
    body: Option<FxHashSet<[Word; 3]>>,
}

impl Known {
    pub(super) fn of(declared: &Declared) -> Known {
        let words = words_of(&declared.body);
        let triples = |words: &[Word]| words.windows(3).map(|three| [three[0], three[1], three[2]]).collect();
        Known {
            title: word_set(&declared.title),
            description: word_set(&declared.description),
            body: (words.len() > 20).then(|| triples(&words)),
        }
    }
}

/// Adds what block `at` is made of.
pub(super) fn add(seen: &Seen<'_>, known: &Known, at: usize, row: &mut Row) {
    let page = seen.page;
    add_counts(page, at, row);
    add_signs(page.text(at), row);
    add_overlaps(page.words(at), known, row);
    vocabulary::add("says", page.words(at), row);
    row.add_flag("noise", seen.noise[at].is_some());
}

fn add_counts(page: &Blocks, at: usize, row: &mut Row) {
    let block = &page.blocks[at];
    let m = &block.measure;
    row.add("words", m.words as f32);
    row.add("chars", m.chars as f32);
    row.add("chars_per_word", share(m.chars, m.words));
    row.add("link", block.link);
    row.add("links", block.links as f32);
    row.add("plain_words", block.plain_words());
    row.add("italic", block.italic);
    row.add("button", block.button);
    row.add("letters", share(m.letters, m.chars));
    row.add("digits", share(m.digits, m.chars));
    row.add("capitals", share(m.capitals, m.letters));
    row.add("short", share(m.short, m.runs));
    row.add("sentences", m.sentences as f32);
    row.add("sentences_per_word", share(m.sentences, m.words));
    row.add_flag("ends_sentence", m.ends_sentence);
    row.add("commas", m.commas as f32);
    row.add("commas_per_word", share(m.commas, m.words));
    row.add("separators", m.separators as f32);
    row.add("title_case", share(m.title_case, m.parts));
    row.add("duplicates", block.duplicates as f32);
    row.add("earlier", block.earlier as f32);
    row.add("newlines", block.newlines as f32);
}

fn add_signs(text: &str, row: &mut Row) {
    let last = text.chars().next_back().unwrap_or_default();
    row.add_flag("ends_question", matches!(last, '?' | '？' | '؟'));
    row.add_flag("at_sign", memchr(b'@', text.as_bytes()).is_some());
    row.add_flag("url", URLS.iter().any(|sign| sign.find(text.as_bytes()).is_some()));
}

fn add_overlaps(words: &[Word], known: &Known, row: &mut Row) {
    let mut distinct = words.to_vec();
    distinct.sort_unstable();
    distinct.dedup();
    row.add("distinct", share(distinct.len() as f32, words.len() as f32));
    for (kind, set) in [("title", &known.title), ("description", &known.description)] {
        let shared = distinct.iter().filter(|word| set.contains(word)).count() as f32;
        row.add_of(kind, "in", share(shared, distinct.len() as f32));
        row.add_of(kind, "covered", share(shared, set.len() as f32));
    }
    let declared = match &known.body {
        None => -1.0,
        Some(_) if words.len() < 3 => -0.5,
        Some(body) => {
            let found =
                words.windows(3).filter(|three| body.contains(&[three[0], three[1], three[2]])).count();
            share(found as f32, words.len() as f32 - 2.0)
        }
    };
    row.add("declared", declared);
}
