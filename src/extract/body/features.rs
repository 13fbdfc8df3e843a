//! What the learned judge sees of a page: numbers for each block, and numbers for the page. They are defined here
//! once, for the training and for the use of what was trained.

mod around;
mod page;
mod place;
mod text;
mod vocabulary;

use rustc_hash::FxHashSet;

use super::declared::Declared;
use super::landmarks::Landmarks;
use super::rules::Verdict;
use crate::extract::blocks::measure::{Word, words_of};
use crate::extract::blocks::{Blocks, Element};

/// All that is known of a page when its features are taken.
pub(super) struct Seen<'a> {
    pub(super) page: &'a Blocks,
    pub(super) landmarks: &'a Landmarks,
    pub(super) declared: &'a Declared,
    pub(super) verdict: &'a Verdict,
    pub(super) noise: &'a [bool],
    pub(super) url: &'a url::Url,
}

/// Hands each block's features to `judge`, in document order; the page's own are at the end of every row.
pub(super) fn each(seen: &Seen<'_>, mut judge: impl FnMut(&[f32])) {
    let mut page = Row::default();
    page::add(seen, &mut page);
    let (sums, known) = (place::Sums::of(seen.page), text::Known::of(seen.declared));
    let mut row = Row::default();
    for at in 0..seen.page.blocks.len() {
        row.values.clear();
        block_row(seen, &sums, &known, at, &mut row);
        row.values.extend_from_slice(&page.values);
        judge(&row.values);
    }
}

/// The features' names, those of the page last.
pub(super) fn names(seen: &Seen<'_>) -> Vec<String> {
    let mut row = Row { names: Some(Vec::new()), ..Row::default() };
    if !seen.page.blocks.is_empty() {
        let (sums, known) = (place::Sums::of(seen.page), text::Known::of(seen.declared));
        block_row(seen, &sums, &known, 0, &mut row);
        page::add(seen, &mut row);
    }
    row.names.unwrap_or_default()
}

fn block_row(seen: &Seen<'_>, sums: &place::Sums, known: &text::Known, at: usize, row: &mut Row) {
    text::add(seen, known, at, row);
    place::add(seen, sums, at, row);
    around::add(seen, at, row);
}

/// A row that is being filled.
#[derive(Default)]
struct Row {
    values: Vec<f32>,
    names: Option<Vec<String>>,
}

impl Row {
    fn add(&mut self, name: &str, value: f32) {
        self.values.push(value);
        if let Some(names) = &mut self.names {
            names.push(name.to_owned());
        }
    }

    fn add_flag(&mut self, name: &str, holds: bool) {
        self.add(name, f32::from(u8::from(holds)));
    }

    /// Adds one of several features of a kind.
    fn add_of(&mut self, kind: &str, which: impl std::fmt::Display, value: f32) {
        self.values.push(value);
        if let Some(names) = &mut self.names {
            names.push(format!("{kind}_{which}"));
        }
    }
}

fn share(part: impl Into<f64>, whole: impl Into<f64>) -> f32 {
    #[allow(clippy::cast_possible_truncation)] // a share is small
    let share = (part.into() / whole.into().max(1.0)) as f32;
    share
}

/// The share of all words in paragraphs that `element` holds.
fn paragraph_share(page: &Blocks, element: &Element) -> f32 {
    share(element.totals.paragraph_words, page.paragraph_words)
}

fn word_set(text: &str) -> FxHashSet<Word> {
    words_of(text).into_iter().collect()
}
