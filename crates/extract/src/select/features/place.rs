//! Where a block stands: its neighbours, and how far it is from the page's landmarks.

use super::{Row, Seen, brief, near, share, vocabulary};
use crate::segment::{Block, Blocks};

/// Sums over all blocks before each, and the headings and paragraphs around each.
pub(super) struct Sums {
    words: Vec<f32>,
    link_words: Vec<f32>,
    paragraph_words: Vec<f32>,
    last_heading: Vec<Option<usize>>,
    next_heading: Vec<Option<usize>>,
    last_paragraph: Vec<Option<usize>>,
    next_paragraph: Vec<Option<usize>>,
}

impl Sums {
    pub(super) fn of(page: &Blocks) -> Sums {
        let is_heading = |at: usize| page.elements[page.blocks[at].container as usize].tag.is_heading();
        let is_paragraph = |at: usize| page.blocks[at].is_paragraph;
        let sum = |of: &dyn Fn(&Block) -> f32| {
            let mut total = 0.0;
            let mut sums = vec![0.0];
            sums.extend(page.blocks.iter().map(|block| {
                total += of(block);
                total
            }));
            sums
        };
        Sums {
            words: sum(&|block| block.measure.words as f32),
            link_words: sum(&|block| block.measure.words as f32 * block.link),
            paragraph_words: sum(&|block| if block.is_paragraph { block.measure.words as f32 } else { 0.0 }),
            last_heading: nearest(0..page.blocks.len(), is_heading),
            next_heading: nearest((0..page.blocks.len()).rev(), is_heading),
            last_paragraph: nearest(0..page.blocks.len(), is_paragraph),
            next_paragraph: nearest((0..page.blocks.len()).rev(), is_paragraph),
        }
    }
}

/// For each of `places`, the nearest one before it, in that order, that `is` so.
fn nearest(places: impl ExactSizeIterator<Item = usize>, is: impl Fn(usize) -> bool) -> Vec<Option<usize>> {
    let mut found = vec![None; places.len()];
    let mut last = None;
    for at in places {
        found[at] = last;
        if is(at) {
            last = Some(at);
        }
    }
    found
}

/// Adds where block `at` stands.
pub(super) fn add(seen: &Seen<'_>, sums: &Sums, at: usize, row: &mut Row) {
    for (name, distance) in [("before1", -1), ("after1", 1), ("before2", -2), ("after2", 2)] {
        let neighbour = at.checked_add_signed(distance).and_then(|at| seen.page.blocks.get(at));
        add_neighbour(seen, name, neighbour, row);
    }
    add_window(sums, seen.page.blocks.len(), at, 4, row);
    add_window(sums, seen.page.blocks.len(), at, 12, row);
    add_position(seen, sums, at, row);
    add_distances(seen, sums, at, row);
    add_rules(seen, at, row);
}

fn add_neighbour(seen: &Seen<'_>, name: &str, neighbour: Option<&Block>, row: &mut Row) {
    let value = |of: &dyn Fn(&Block) -> f32| neighbour.map_or(-1.0, of);
    row.add_of(name, "words", value(&|block| block.measure.words as f32));
    row.add_of(name, "plain_words", value(&Block::plain_words));
    if name.ends_with('1') {
        row.add_of(name, "link", value(&|block| block.link));
        row.add_of(name, "ends_sentence", value(&|block| f32::from(u8::from(block.measure.ends_sentence))));
        row.add_of(name, "tag", value(&|block| tag(seen.page, block)));
    }
}

fn tag(page: &Blocks, block: &Block) -> f32 {
    f32::from(page.elements[block.container as usize].tag as u8)
}

fn add_window(sums: &Sums, blocks: usize, at: usize, reach: usize, row: &mut Row) {
    let (from, to) = (at.saturating_sub(reach), (at + reach + 1).min(blocks));
    let of = |sums: &[f32]| sums[to] - sums[from];
    row.add_of("window_words", reach, share(of(&sums.words), (to - from) as f32));
    row.add_of("window_link", reach, share(of(&sums.link_words), of(&sums.words)));
    row.add_of("window_paragraphs", reach, share(of(&sums.paragraph_words), of(&sums.words)));
}

fn add_position(seen: &Seen<'_>, sums: &Sums, at: usize, row: &mut Row) {
    let blocks = seen.page.blocks.len();
    let total = |sums: &[f32]| sums.last().copied().unwrap_or_default();
    row.add("at", share(at as f32, blocks as f32));
    row.add("at_words", share(sums.words[at], total(&sums.words)));
    row.add("at_paragraph_words", share(sums.paragraph_words[at], total(&sums.paragraph_words)));
    row.add("at_block", near(at as f32));
    row.add("to_end", near((blocks - at) as f32));
    row.add("tag", tag(seen.page, &seen.page.blocks[at]));
    let leaf = &seen.page.elements[seen.page.blocks[at].leaf as usize];
    row.add("leaf_tag", f32::from(leaf.tag as u8));
    row.add("depth", leaf.depth as f32);
}

fn add_distances(seen: &Seen<'_>, sums: &Sums, at: usize, row: &mut Row) {
    let marks = seen.landmarks;
    let since = |place: Option<usize>| place.map_or(-999.0, |place| near(at as f32 - place as f32));
    row.add("since_title", since(marks.title));
    row.add(
        "words_since_title",
        marks.title.map_or(-9999.0, |title| brief(sums.words[at] - sums.words[title])),
    );
    row.add("since_first", since(marks.first_paragraph));
    row.add("since_last", since(marks.last_paragraph));
    row.add("since_heading", since(sums.last_heading[at]));
    row.add("since_next_heading", since(sums.next_heading[at]));
    row.add("since_paragraph", since(sums.last_paragraph[at]));
    row.add("since_next_paragraph", since(sums.next_paragraph[at]));
    let heading = sums.last_heading[at];
    row.add("heading_tag", heading.map_or(0.0, |heading| tag(seen.page, &seen.page.blocks[heading])));
    row.add_flag("heading_noise", heading.is_some_and(|heading| seen.noise[heading].is_some()));
    vocabulary::add("heading", heading.map_or(&[], |heading| seen.page.words(heading)), row);
    row.add("heading_words", heading.map_or(-1.0, |heading| seen.page.blocks[heading].measure.words as f32));
}

fn add_rules(seen: &Seen<'_>, at: usize, row: &mut Row) {
    let verdict = seen.verdict;
    row.add_flag("ruled", verdict.kept[at]);
    row.add_flag("ruled_in", verdict.inside[at]);
    row.add_flag("ruled_unwanted", verdict.unwanted[seen.page.blocks[at].leaf as usize]);
    let first = verdict.first.map_or(-999.0, |first| near(at as f32 - first as f32));
    let last = verdict.last.map_or(-999.0, |last| near(at as f32 - last as f32));
    row.add("since_ruled", first);
    row.add("since_ruled_end", last);
    let (from, to) = (at.saturating_sub(3), (at + 4).min(verdict.kept.len()));
    let near = verdict.kept[from..to].iter().filter(|kept| **kept).count();
    row.add("ruled_near", near as f32);
    let mut around = seen.page.around(at);
    for level in 0..5 {
        let element = around.next().map(|(element, _)| element);
        row.add_of("ruled_share", level, element.map_or(-1.0, |element| verdict.share(element)));
        row.add_of("ruled_of", level, element.map_or(-1.0, |element| verdict.share_of_all(element)));
    }
}
