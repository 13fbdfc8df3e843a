//! What a block's like are: those marked up as it is, those on its branch of the page, those under its heading. An
//! article's paragraphs look alike; what is appended to it looks different.

use rustc_hash::{FxHashMap, FxHasher};

use super::{Row, Seen, near, share};
use crate::segment::tag::Role;
use crate::segment::{Block, Blocks, NONE};

/// Sums over some blocks.
#[derive(Clone, Copy, Debug, Default)]
struct Sum {
    words: f32,
    link_words: f32,
    paragraph_words: f32,
    ruled_words: f32,
}

impl Sum {
    fn add(&mut self, block: &Block, is_ruled: bool) {
        let words = block.measure.words as f32;
        self.words += words;
        self.link_words += words * block.link;
        self.paragraph_words += if block.is_paragraph { words } else { 0.0 };
        self.ruled_words += if is_ruled { words } else { 0.0 };
    }

    /// Adds shares of `self`, and what share of all words it is.
    fn write(&self, all: &Sum, kind: &str, row: &mut Row) {
        row.add_of(kind, "of_words", share(self.words, all.words));
        row.add_of(kind, "link", share(self.link_words, self.words));
        row.add_of(kind, "paragraphs", share(self.paragraph_words, self.words));
        row.add_of(kind, "ruled", share(self.ruled_words, self.words));
        row.add_of(kind, "of_ruled", share(self.ruled_words, all.ruled_words));
    }
}

/// The like of each block of a page.
pub(super) struct Kin {
    all: Sum,
    /// By the look of a block's container, and by that of the three containers around it.
    looks: Vec<[u64; 2]>,
    alike: FxHashMap<u64, Sum>,
    /// Of each block, the section in which it is; sections begin with a heading.
    section: Vec<usize>,
    sections: Vec<Sum>,
}

impl Kin {
    pub(super) fn of(seen: &Seen<'_>) -> Kin {
        let page = seen.page;
        let mut kin = Kin {
            all: Sum::default(),
            looks: Vec::with_capacity(page.blocks.len()),
            alike: FxHashMap::default(),
            section: Vec::with_capacity(page.blocks.len()),
            sections: vec![Sum::default()],
        };
        for (block, is_ruled) in page.blocks.iter().zip(&seen.verdict.kept) {
            kin.all.add(block, *is_ruled);
            let looks = looks(page, block);
            for look in looks {
                kin.alike.entry(look).or_default().add(block, *is_ruled);
            }
            kin.looks.push(looks);
            if page.elements[block.container as usize].tag.is_heading() {
                kin.sections.push(Sum::default());
            }
            kin.section.push(kin.sections.len() - 1);
            if let Some(section) = kin.sections.last_mut() {
                section.add(block, *is_ruled);
            }
        }
        kin
    }
}

/// What a block's container looks like, and with the two containers around it.
fn looks(page: &Blocks, block: &Block) -> [u64; 2] {
    use std::hash::{Hash, Hasher};
    let mut hasher = FxHasher::default();
    let containers =
        page.outwards(block.container).map(|(_, element)| element).filter(|e| e.tag.role() == Role::Block);
    for container in containers.take(3) {
        container.signature.hash(&mut hasher);
    }
    [page.elements[block.container as usize].signature, hasher.finish()]
}

/// Adds what the like of block `at` are.
pub(super) fn add(seen: &Seen<'_>, kin: &Kin, at: usize, row: &mut Row) {
    for (kind, look) in ["alike", "akin"].iter().zip(kin.looks[at]) {
        kin.alike.get(&look).copied().unwrap_or_default().write(&kin.all, kind, row);
    }
    let section = kin.section[at];
    kin.sections[section].write(&kin.all, "under", row);
    row.add("section", near(section as f32));
    row.add("sections_to_come", near((kin.sections.len() - 1 - section) as f32));
    add_branch(seen, at, "branch_top", seen.landmarks.top, row);
    add_branch(seen, at, "branch_85", seen.landmarks.holds_85, row);
}

/// Adds what the child of `root` is in which block `at` stands.
fn add_branch(seen: &Seen<'_>, at: usize, kind: &str, root: u32, row: &mut Row) {
    let page = seen.page;
    let branch = page.around(at).find(|(_, element)| element.parent == root && element.parent != NONE);
    let whole = page.elements.get(root as usize).map(|root| root.totals);
    let (Some((place, element)), Some(whole)) = (branch, whole) else {
        for name in ["of_words", "link", "paragraphs", "ruled", "since_first"] {
            row.add_of(kind, name, -1.0);
        }
        return;
    };
    let totals = &element.totals;
    row.add_of(kind, "of_words", share(totals.words, whole.words));
    row.add_of(kind, "link", totals.link_density());
    row.add_of(kind, "paragraphs", share(totals.paragraph_words, totals.words));
    row.add_of(kind, "ruled", seen.verdict.share(place));
    row.add_of(kind, "since_first", share((at as f32 - totals.first as f32).max(0.0), totals.blocks));
}
