//! The last look at what the judges keep: the title, noise, repetitions and headings of nothing go.

use rustc_hash::FxHashMap;

use super::Reasons;
use crate::lang::noise::Noise;
use crate::model::Reason;
use crate::segment::Blocks;
use crate::segment::measure::measure;

/// A block of this many words that is kept twice is kept once.
const REPEATED_WORDS: u32 = 8;
/// So many headings may stand over nothing at the end of a text: a section's and that of a part of it. More are what
/// the page says: some write all they have to say in headings.
const LAST_HEADINGS: usize = 2;
/// A heading of this many words that is all of a text is one: a post that says what it has to say in its heading.
const TELLING_WORDS: u32 = 12;

/// Takes out of `kept` what is not the body of an article called `title`.
pub(super) fn tidy(
    page: &Blocks,
    noise: &[Option<Noise>],
    title: &str,
    kept: &mut [bool],
    reasons: &mut Reasons,
) {
    drop_repetitions(page, kept);
    reasons.note(Reason::Repetition, kept);
    for (keep, noise) in kept.iter_mut().zip(noise) {
        *keep &= noise.is_none();
    }
    reasons.note_all(Reason::Noise, noise.iter().map(Option::is_some));
    drop_title(page, title, kept);
    reasons.note(Reason::Title, kept);
    drop_last_headings(page, kept);
    reasons.note(Reason::EmptyHeading, kept);
}

/// Pages say the same twice for wide and for narrow screens. What comes again among its siblings is a refrain.
fn drop_repetitions(page: &Blocks, kept: &mut [bool]) {
    let mut said: FxHashMap<u64, (u32, u64)> = FxHashMap::default();
    for (block, keep) in page.blocks.iter().zip(kept) {
        if *keep && block.measure.words >= REPEATED_WORDS {
            let container = &page.elements[block.container as usize];
            let look = (container.parent, container.signature);
            *keep = *said.entry(block.measure.fingerprint).or_insert(look) == look;
        }
    }
}

/// Drops the title where it stands before the text.
fn drop_title(page: &Blocks, title: &str, kept: &mut [bool]) {
    let title = measure(title, &mut Vec::new()).fingerprint;
    for (block, keep) in page.blocks.iter().zip(kept) {
        if *keep && block.is_paragraph {
            break;
        }
        *keep &= block.measure.fingerprint != title;
    }
}

/// Drops headings at the end, under which nothing is kept.
fn drop_last_headings(page: &Blocks, kept: &mut [bool]) {
    let is_heading = |at: &usize| page.elements[page.blocks[*at].container as usize].tag.is_heading();
    let places = || (0..kept.len()).rev().filter(|at| kept[*at]);
    let last: Vec<usize> = places().take(LAST_HEADINGS + 1).take_while(is_heading).collect();
    let is_all = || places().count() == last.len();
    let words: u32 = last.iter().map(|at| page.blocks[*at].measure.words).sum();
    if last.len() > LAST_HEADINGS || words >= TELLING_WORDS && is_all() {
        return;
    }
    for at in last {
        kept[at] = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dom::{Scripting, parse};
    use crate::segment::segment;

    fn check(html: &str, expected: &[&str]) {
        let page = segment(&parse(html, Scripting::Enabled), Scripting::Enabled);
        let mut kept = vec![true; page.blocks.len()];
        drop_last_headings(&page, &mut kept);
        let texts: Vec<&str> = (0..kept.len()).filter(|at| kept[*at]).map(|at| page.text(at)).collect();
        assert_eq!(texts, expected);
    }

    #[test]
    fn headings_over_nothing_go_from_the_end_of_a_text() {
        check("<h2>a</h2><p>b</p><h2>c</h2>", &["a", "b"]);
        check("<p>b</p><h2>c</h2><h3>d</h3>", &["b"]);
    }

    #[test]
    fn a_page_that_says_what_it_says_in_headings_keeps_them() {
        check("<p>a</p><h3>b</h3><h3>c</h3><h3>d</h3>", &["a", "b", "c", "d"]);
        check("<h1>a b c d e f g h i j k l</h1>", &["a b c d e f g h i j k l"]);
        check("<h1>a</h1>", &[]);
    }
}
