//! Articles of several sources that say the same, as one item of a merged feed.

use std::collections::HashMap;

use crate::model::{ArticleId, Entry, TextSketch};

/// A text of fewer words is like many others.
const LEAST_WORDS: u32 = 40;

/// The articles that say what an item says, by the item's identity.
pub type Twins = HashMap<ArticleId, Vec<Entry>>;

/// Takes out of `entries`, which are newest first, those that say what an earlier one of another source says: half of
/// their runs of three words are the same, as a sketch of 32 numbers estimates it (Broder 1997). What readers saw first
/// stays. The others are returned by its identity.
#[must_use]
pub fn take_twins(entries: &mut Vec<Entry>) -> Twins {
    let mut firsts: Vec<(Entry, TextSketch)> = Vec::new();
    let mut twins = Twins::new();
    for entry in std::mem::take(entries).into_iter().rev() {
        let sketch = TextSketch::of(&entry.article.text);
        let is_long = entry.article.word_count >= LEAST_WORDS;
        let first = firsts
            .iter()
            .filter(|(first, _)| first.source != entry.source && first.article.word_count >= LEAST_WORDS)
            .find(|(_, other)| is_long && sketch.is_of_one_text(other));
        match first {
            Some((first, _)) => twins.entry(first.id).or_default().push(entry),
            None => firsts.push((entry, sketch)),
        }
    }
    entries.extend(firsts.into_iter().rev().map(|(entry, _)| entry));
    twins
}
