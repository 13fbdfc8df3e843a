//! The words that one text has and another has not, with a few of those around them.

use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices, group_diff_ops};

use crate::model::{Article, Piece};

/// Words shown before and behind a difference.
const AROUND: usize = 8;
const FIRST_IDEOGRAPH: char = '\u{2e80}';

/// The passages of title and body in which words were removed or added, in the order of the text.
#[must_use]
pub fn changed_words(before: &Article, after: &Article) -> Vec<Vec<Piece>> {
    let (old, new) = (Words::of(before), Words::of(after));
    let ops = capture_diff_slices(Algorithm::Myers, &old.words(), &new.words());
    let passages = group_diff_ops(ops, AROUND);
    passages.into_iter().map(|ops| passage(&ops, &old, &new)).filter(|pieces| !pieces.is_empty()).collect()
}

fn passage(ops: &[DiffOp], old: &Words, new: &Words) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for op in ops {
        let (_, before, after) = op.as_tag_tuple();
        if let DiffOp::Equal { .. } = op {
            pieces.push(Piece::Same(new.slice(after)));
            continue;
        }
        if !before.is_empty() {
            pieces.push(Piece::Removed(old.slice(before)));
        }
        if !after.is_empty() {
            pieces.push(Piece::Added(new.slice(after)));
        }
    }
    pieces
}

/// A text and its words: what stands between white space, ideographs one by one, and the breaks of paragraphs.
struct Words {
    text: String,
    places: Vec<Range<usize>>,
}

impl Words {
    fn of(article: &Article) -> Words {
        let text = format!("{}\n\n{}", article.title, article.text);
        let mut places: Vec<Range<usize>> = Vec::new();
        let mut last = ' ';
        for (at, c) in text.char_indices() {
            let end = at + c.len_utf8();
            match places.last_mut() {
                Some(place) if goes_on(last, c) => place.end = end,
                _ if c == '\n' || !c.is_whitespace() => places.push(at..end),
                _ => {}
            }
            last = c;
        }
        Words { text, places }
    }

    fn words(&self) -> Vec<&str> {
        self.places.iter().map(|place| &self.text[place.clone()]).collect()
    }

    /// The text from the first of these words to the next one behind them.
    fn slice(&self, words: Range<usize>) -> String {
        let start = self.places.get(words.start).map_or(self.text.len(), |place| place.start);
        let end = self.places.get(words.end).map_or(self.text.len(), |place| place.start);
        self.text[start..end].to_owned()
    }
}

/// Whether `next` belongs to the word that ends with `last`.
fn goes_on(last: char, next: char) -> bool {
    match (last, next) {
        ('\n', '\n') => true,
        _ if last.is_whitespace() || next.is_whitespace() => false,
        _ => last < FIRST_IDEOGRAPH && next < FIRST_IDEOGRAPH,
    }
}
