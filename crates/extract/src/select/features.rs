//! What the learned judge sees of a page: numbers for each block, and numbers for the page. They are defined here
//! once, for the training and for the use of what was trained.

mod around;
mod kin;
mod page;
mod place;
mod text;
mod vocabulary;

use rustc_hash::FxHashSet;

use super::declared::Declared;
use super::landmarks::Landmarks;
use super::rules::Verdict;
use crate::lang::noise::Noise;
use crate::segment::measure::{Word, words_of};
use crate::segment::{Blocks, Element};

/// All that is known of a page when its features are taken.
pub(super) struct Seen<'a> {
    pub(super) page: &'a Blocks,
    pub(super) landmarks: &'a Landmarks,
    pub(super) declared: &'a Declared,
    pub(super) verdict: &'a Verdict,
    pub(super) noise: &'a [Option<Noise>],
    pub(super) url: &'a url::Url,
}

/// Blocks whose features are taken at once.
const BATCH: usize = 128;

/// Hands the features of the blocks at `places` to `judge`, some rows at once, in their order; the page's own are at
/// the end of every row.
pub(super) fn each(seen: &Seen<'_>, places: &[usize], mut judge: impl FnMut(&[f32])) {
    let mut page = Row::default();
    page::add(seen, &mut page);
    let about = About::of(seen);
    let mut rows = Row::default();
    for places in places.chunks(BATCH) {
        rows.values.clear();
        for at in places {
            block_row(seen, &about, *at, &mut rows);
            rows.values.extend_from_slice(&page.values);
        }
        judge(&rows.values);
    }
}

/// The features' names, those of the page last.
pub(super) fn names(seen: &Seen<'_>) -> Vec<String> {
    let mut row = Row { names: Some(Vec::new()), ..Row::default() };
    if !seen.page.blocks.is_empty() {
        block_row(seen, &About::of(seen), 0, &mut row);
        page::add(seen, &mut row);
    }
    row.names.unwrap_or_default()
}

/// What is counted once for all blocks of a page.
struct About {
    sums: place::Sums,
    known: text::Known,
    kin: kin::Kin,
}

impl About {
    fn of(seen: &Seen<'_>) -> About {
        About {
            sums: place::Sums::of(seen.page),
            known: text::Known::of(seen.declared),
            kin: kin::Kin::of(seen),
        }
    }
}

fn block_row(seen: &Seen<'_>, about: &About, at: usize, row: &mut Row) {
    text::add(seen, &about.known, at, row);
    place::add(seen, &about.sums, at, row);
    around::add(seen, at, row);
    kin::add(seen, &about.kin, at, row);
}

/// A row that is being filled.
#[derive(Default)]
struct Row {
    values: Vec<f32>,
    names: Option<Vec<String>>,
}

impl Row {
    #[inline]
    fn add(&mut self, name: &str, value: f32) {
        self.values.push(value);
        if self.names.is_some() {
            self.name(name.to_owned());
        }
    }

    #[cold]
    fn name(&mut self, name: String) {
        self.names.get_or_insert_default().push(name);
    }

    fn add_flag(&mut self, name: &str, holds: bool) {
        self.add(name, f32::from(u8::from(holds)));
    }

    /// Adds one of several features of a kind.
    #[inline]
    fn add_of(&mut self, kind: &str, which: impl std::fmt::Display, value: f32) {
        self.values.push(value);
        if self.names.is_some() {
            self.name(format!("{kind}_{which}"));
        }
    }
}

/// Counts and distances beyond these say nothing more: a text of a thousand paragraphs is judged as one of sixty.
const FAR: f32 = 60.0;
const LONG: f32 = 3000.0;

/// A number of things, or a distance between two.
fn near(count: f32) -> f32 {
    count.clamp(-FAR, FAR)
}

/// A number of words.
fn brief(words: f32) -> f32 {
    words.clamp(-LONG, LONG)
}

fn share(part: impl Into<f64>, whole: impl Into<f64>) -> f32 {
    (part.into() / whole.into().max(1.0)) as f32
}

/// The share of all words in paragraphs that `element` holds.
fn paragraph_share(page: &Blocks, element: &Element) -> f32 {
    share(element.totals.paragraph_words, page.paragraph_words)
}

fn word_set(text: &str) -> FxHashSet<Word> {
    words_of(text).into_iter().collect()
}
