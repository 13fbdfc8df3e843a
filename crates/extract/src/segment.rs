//! Cuts a page into blocks of text, in one walk over its tree. A block is a run of inline content in one block-level
//! element; block tags and `<br><br>` end it. Which blocks belong to the article is left to [`crate::select`].

pub(crate) mod flags;
pub(crate) mod groups;
pub(crate) mod lines;
pub(crate) mod measure;
pub(crate) mod names;
pub(crate) mod signs;
pub(crate) mod tag;
mod totals;
mod walk;

use ego_tree::NodeId;
use scraper::Html;

use self::groups::Groups;
use self::measure::{Measure, Word};
use self::signs::Signs;
use self::tag::Tag;
use super::dom::Scripting;

/// No element: the parent of the outermost.
pub(crate) const NONE: u32 = u32::MAX;

/// A page's text, cut into blocks, and the elements around them.
#[derive(Debug, Default)]
pub(crate) struct Blocks {
    /// The elements, parents before children, in document order.
    pub(crate) elements: Vec<Element>,
    /// The blocks, in document order.
    pub(crate) blocks: Vec<Block>,
    /// The text nodes of all blocks; each block has a range of them.
    pub(crate) nodes: Vec<NodeId>,
    /// The text of all blocks, white space collapsed; each block has a range of it.
    pub(crate) text: String,
    /// The words of all blocks; each block has a range of them.
    pub(crate) words: Vec<Word>,
    /// Words of all paragraphs.
    pub(crate) paragraph_words: u32,
    /// Runs that have no letter and no digit, in document order.
    pub(crate) signs: Vec<Sign>,
}

/// A run of signs alone, which is no block.
#[derive(Clone, Debug)]
pub(crate) struct Sign {
    pub(crate) nodes: Vec<NodeId>,
    /// The block-level element that it is in.
    pub(crate) container: u32,
    /// The place of the block that follows it.
    pub(crate) before: usize,
}

/// An element that is not dropped, with totals over the blocks in it.
#[derive(Clone, Debug)]
pub(crate) struct Element {
    pub(crate) id: NodeId,
    pub(crate) tag: Tag,
    /// Its parent's place among the elements, or [`NONE`].
    pub(crate) parent: u32,
    /// How many elements it is in.
    pub(crate) depth: u32,
    /// What it and the elements around it are; see [`flags`].
    pub(crate) flags: u64,
    /// What its own class and id say.
    pub(crate) groups: Groups,
    pub(crate) signs: Signs,
    /// A hash of tag and first class.
    pub(crate) signature: u64,
    /// How many of its parent's children, it included, have its signature.
    pub(crate) repeats: u32,
    pub(crate) totals: Totals,
}

/// Sums over the blocks in an element.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Totals {
    pub(crate) words: u32,
    pub(crate) link_words: f32,
    pub(crate) paragraph_words: u32,
    pub(crate) paragraphs: u32,
    pub(crate) blocks: u32,
    pub(crate) commas: u32,
    /// The first block in it, or `u32::MAX`.
    pub(crate) first: u32,
    /// The last block in it, if there is one.
    pub(crate) last: u32,
}

impl Totals {
    /// The share of its words that are links' text.
    pub(crate) fn link_density(&self) -> f32 {
        self.link_words / self.words.max(1) as f32
    }
}

/// A run of text.
#[derive(Clone, Debug)]
pub(crate) struct Block {
    /// Where its text is in [`Blocks::text`].
    pub(crate) text: std::ops::Range<usize>,
    /// Where its text nodes are in [`Blocks::nodes`].
    pub(crate) nodes: std::ops::Range<usize>,
    /// Where its words are in [`Blocks::words`].
    pub(crate) words: std::ops::Range<usize>,
    /// The element that holds all its text directly, else its container.
    pub(crate) leaf: u32,
    /// The block-level element that it is in.
    pub(crate) container: u32,
    pub(crate) measure: Measure,
    /// Shares of its characters that are in links, in italics, in buttons.
    pub(crate) link: f32,
    pub(crate) italic: f32,
    pub(crate) button: f32,
    /// How many links it has.
    pub(crate) links: u32,
    /// How many line breaks its source has.
    pub(crate) newlines: u32,
    /// Whether it reads like a paragraph: sentences, not links.
    pub(crate) is_paragraph: bool,
    /// How many blocks of the page say the same.
    pub(crate) duplicates: u32,
    /// How many of them come before it.
    pub(crate) earlier: u32,
}

impl Block {
    /// Its words outside links.
    pub(crate) fn plain_words(&self) -> f32 {
        self.measure.words as f32 * (1.0 - self.link)
    }
}

/// Cuts `document`, which was parsed with `scripting`, into blocks.
pub(crate) fn segment(document: &Html, scripting: Scripting) -> Blocks {
    let mut blocks = walk::walk(document, scripting);
    totals::add_up(&mut blocks);
    blocks
}

impl Blocks {
    /// The text of block `at`.
    pub(crate) fn text(&self, at: usize) -> &str {
        &self.text[self.blocks[at].text.clone()]
    }

    /// The words of block `at`.
    pub(crate) fn words(&self, at: usize) -> &[Word] {
        &self.words[self.blocks[at].words.clone()]
    }

    /// Words of all blocks.
    pub(crate) fn word_count(&self) -> usize {
        self.elements.first().map_or(0, |outermost| outermost.totals.words as usize)
    }

    /// The element that holds block `at`, and those around it, outwards.
    pub(crate) fn around(&self, at: usize) -> Outwards<'_> {
        Outwards { elements: &self.elements, next: self.blocks[at].leaf }
    }

    /// Element `at` and those around it, outwards.
    pub(crate) fn outwards(&self, at: u32) -> Outwards<'_> {
        Outwards { elements: &self.elements, next: at }
    }
}

/// An element and those around it.
#[derive(Clone, Debug)]
pub(crate) struct Outwards<'a> {
    elements: &'a [Element],
    next: u32,
}

impl<'a> Iterator for Outwards<'a> {
    type Item = (u32, &'a Element);

    fn next(&mut self) -> Option<(u32, &'a Element)> {
        let at = self.next;
        let element = self.elements.get(at as usize)?;
        self.next = element.parent;
        Some((at, element))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dom;

    fn check(html: &str, expected: &[&str]) {
        let page = segment(&dom::parse(html, Scripting::Enabled), Scripting::Enabled);
        let texts: Vec<&str> = (0..page.blocks.len()).map(|at| page.text(at)).collect();
        assert_eq!(texts, expected);
    }

    #[test]
    fn block_tags_end_a_run_and_inline_tags_do_not() {
        check("<div>a <b>b</b> <a href=x>c</a><p>d</p>e</div>", &["a b c", "d", "e"]);
    }

    #[test]
    fn two_line_breaks_end_a_run_and_one_does_not() {
        check("<p>one<br>two<br> <br/>three<br><br><br>four", &["one two", "three", "four"]);
    }

    #[test]
    fn cells_items_and_terms_stand_alone() {
        check(
            "<table><tr><td>1<td>2</table><ul><li>a<ul><li>b</ul>c</ul><dl><dt>t<dd>d</dl>",
            &["1", "2", "a", "b", "c", "t", "d"],
        );
    }

    #[test]
    fn scripts_styles_and_choices_are_no_text() {
        check(
            "<style>p{}</style><p>a<script>x()</script>b<select><option>c</select><svg><text>d</text></svg>",
            &["ab"],
        );
    }

    #[test]
    fn text_without_a_letter_or_digit_is_no_block() {
        check("<p>—</p><p> &nbsp; </p><p>x</p>", &["x"]);
    }

    #[test]
    fn white_space_is_collapsed_and_invisible_characters_go() {
        check("<p>  a\n\t b&nbsp;c&shy;d&ZeroWidthSpace;e <i> f</i>", &["a b cde f"]);
    }

    #[test]
    fn noscript_is_text_only_where_there_are_no_scripts() {
        let html = "<p>a</p><noscript><p>b</p></noscript>";
        for (scripting, count) in [(Scripting::Enabled, 1), (Scripting::Disabled, 2)] {
            assert_eq!(segment(&dom::parse(html, scripting), scripting).blocks.len(), count);
        }
    }

    #[test]
    fn totals_and_repeats_are_counted() {
        let page = segment(
            &dom::parse(
                "<main><div class=c><a href=x>one two</a> three four</div><div class=c>five</div></main>",
                Scripting::Enabled,
            ),
            Scripting::Enabled,
        );
        let main = page.elements.iter().find(|e| e.tag == Tag::Main).unwrap();
        assert_eq!((main.totals.words, main.totals.blocks), (5, 2));
        assert!((main.totals.link_words - 1.6).abs() < 0.3);
        assert!(page.elements.iter().filter(|e| e.tag == Tag::Div).all(|e| e.repeats == 2));
    }
}
