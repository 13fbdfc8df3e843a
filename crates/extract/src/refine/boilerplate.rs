//! What a source repeats: lines that come again word for word in several of its articles, wherever its templates put
//! them. Prompts, disclaimers and author boxes read like text on any one page; only the others tell them apart. Which
//! articles are remembered is left to others.

use scraper::Html;

use crate::segment::Blocks;
use crate::segment::lines::lines;
use crate::segment::measure::measure;
use crate::segment::tag::Tag;
use crate::select::Selection;
use crate::site_memory::{FEW, SiteMemory, fingerprint, times};

/// A line of fewer words may be a standing title of the text's own: "Ingredients", "The Monday column".
const TITLE_WORDS: u32 = 6;
/// Where fewer words would be left, or less than a third, nothing is taken out.
const LEAST_WORDS: u32 = 15;
/// Blocks in a cell of a table of data, at most.
const CELL_BLOCKS: u32 = 2;

/// A line of the selected blocks.
struct Line {
    text: String,
    /// Its place among the text nodes of all selected blocks.
    nodes: std::ops::Range<usize>,
    words: u32,
    fingerprint: u64,
    /// In how many articles it stands.
    times: usize,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Heading,
    /// A quotation, a listing, a cell of a table: repeated for a reason.
    Fixed,
    /// Short, and no link.
    Title,
    Text,
}

/// Takes out of `selection` what `memory` knows to be the site's, and gives those lines.
pub(crate) fn forget(
    selection: &mut Selection,
    document: &Html,
    page: &Blocks,
    memory: &SiteMemory,
    title: &str,
) -> Vec<String> {
    if memory.is_too_short() {
        return Vec::new();
    }
    let nodes: Vec<_> =
        selection.blocks.iter().flat_map(|at| &page.nodes[page.blocks[*at].nodes.clone()]).copied().collect();
    let lines = lines_of(selection, document, page, memory, title);
    let drops = drops(&lines, memory.many());
    let (mut left, mut all) = (0, 0);
    for (line, drop) in lines.iter().zip(&drops) {
        left += if *drop { 0 } else { line.words };
        all += line.words;
    }
    if left == all || left < LEAST_WORDS || left < all / 3 {
        return Vec::new();
    }
    let dropped = || lines.iter().zip(&drops).filter(|(_, drop)| **drop).map(|(line, _)| line);
    for node in dropped().flat_map(|line| &nodes[line.nodes.clone()]) {
        selection.kept.remove(node);
    }
    let is_kept = |at: &usize| {
        page.nodes[page.blocks[*at].nodes.clone()].iter().any(|node| selection.kept.contains(node))
    };
    let blocks = selection.blocks.iter().copied().filter(is_kept).collect();
    selection.blocks = blocks;
    dropped().map(|line| line.text.clone()).collect()
}

fn lines_of(
    selection: &Selection,
    document: &Html,
    page: &Blocks,
    memory: &SiteMemory,
    title: &str,
) -> Vec<Line> {
    let mut found = Vec::new();
    let mut start = 0;
    for at in &selection.blocks {
        let block = &page.blocks[*at];
        for line in lines(document, &page.nodes[block.nodes.clone()]) {
            let nodes = start..start + line.nodes.len();
            start = nodes.end;
            let is_kept = line.nodes.iter().any(|node| selection.kept.contains(node));
            let text = line.text.split_whitespace().collect::<Vec<_>>().join(" ");
            if !is_kept || text.is_empty() {
                continue;
            }
            let measured = measure(&text, &mut Vec::new());
            let kind = kind(page, *at, measured.words < TITLE_WORDS && block.link < 0.5);
            let (fingerprint, words) = (measured.fingerprint, measured.words);
            found.push(Line { text, nodes, words, fingerprint, times: 1, kind });
        }
    }
    let all = found.iter().map(|line| line.fingerprint).collect();
    let others = memory.others(fingerprint(title), &all);
    for line in &mut found {
        line.times = times(line.fingerprint, &others);
    }
    found
}

fn kind(page: &Blocks, at: usize, is_title: bool) -> Kind {
    let mut kind = if is_title { Kind::Title } else { Kind::Text };
    for (_, element) in page.around(at) {
        match element.tag {
            tag if tag.is_heading() => return Kind::Heading,
            Tag::Blockquote | Tag::Pre => kind = Kind::Fixed,
            // A cell that holds more lays out the page.
            Tag::Td | Tag::Th if element.totals.blocks <= CELL_BLOCKS => kind = Kind::Fixed,
            _ => {}
        }
    }
    kind
}

/// Which of `lines` are the site's.
fn drops(lines: &[Line], many: usize) -> Vec<bool> {
    let is_known = |line: &Line| line.times >= FEW && line.kind != Kind::Fixed;
    let mut drops: Vec<bool> =
        lines.iter().map(|line| line.kind == Kind::Text && is_known(line) && line.times >= many).collect();
    for (line, drop) in lines.iter().zip(&mut drops) {
        if !is_known(line) || line.kind != Kind::Text {
            break;
        }
        *drop = true;
    }
    for (line, drop) in lines.iter().zip(&mut drops).rev() {
        if !is_known(line) && !*drop {
            break;
        }
        *drop = true;
    }
    drop_empty_sections(lines, &mut drops);
    drops
}

/// A heading under which everything was dropped goes too: one that is repeated in any place, any at the end.
fn drop_empty_sections(lines: &[Line], drops: &mut [bool]) {
    let mut is_empty = true;
    let mut at_end = true;
    let mut beneath = false;
    for (line, drop) in lines.iter().zip(drops).rev() {
        if line.kind == Kind::Heading {
            *drop |= is_empty && beneath && (at_end || line.times >= FEW);
            at_end &= *drop;
            (is_empty, beneath) = (true, *drop && beneath);
        } else {
            (is_empty, at_end) = (is_empty && *drop, at_end && *drop);
            beneath = true;
        }
    }
}

#[cfg(test)]
mod tests;
