//! What belongs to a text though it was judged apart: the rest of a list, the heading of a section, the listing over
//! its caption.

use rustc_hash::FxHashSet;

use crate::segment::tag::Tag;
use crate::segment::{Block, Blocks, NONE};
use crate::select::Selection;

/// From this share of linked words on, a block leads elsewhere.
const LINKED: f32 = 0.5;
/// Items of a list of text have no more words than this on average.
const ITEM_WORDS: u32 = 60;
/// A heading has no more words than this.
const HEADING_WORDS: u32 = 24;
/// How far outwards a heading and what it heads share an element.
const FAR: usize = 5;

/// Adds to `selection` the blocks that go with those that it has. Nothing before the first of them is
/// added, and after the last the rest of its list alone.
pub(crate) fn complete(selection: &mut Selection, page: &Blocks) {
    let (Some(first), Some(last)) = (selection.blocks.first().copied(), selection.blocks.last().copied())
    else {
        return;
    };
    let mut kept = vec![false; page.blocks.len()];
    for at in &selection.blocks {
        kept[*at] = true;
    }
    let is_noise = |at: usize| selection.noise[at].is_some();
    let said: FxHashSet<u64> =
        selection.blocks.iter().map(|at| page.blocks[*at].measure.fingerprint).collect();
    complete_lists(page, first..last + 1, &is_noise, &mut kept);
    for at in (first + 1..last).rev() {
        let block = &page.blocks[at];
        let is_repeated = block.earlier > 0 && said.contains(&block.measure.fingerprint);
        if kept[at] || is_noise(at) || block.link > LINKED || is_repeated {
            continue;
        }
        let tag = page.elements[block.container as usize].tag;
        kept[at] = tag.is_heading() && heads(page, block, at, &kept)
            || tag == Tag::Pre && kept[at + 1] && is_captioned(page, at);
    }
    let added: Vec<usize> = (first..kept.len()).filter(|at| kept[*at]).collect();
    if added.len() > selection.blocks.len() {
        let nodes = added.iter().flat_map(|at| &page.nodes[page.blocks[*at].nodes.clone()]);
        selection.kept.extend(nodes);
        selection.blocks = added;
    }
}

/// Keeps all of a list of which half is kept, if it begins `within`.
fn complete_lists(
    page: &Blocks,
    within: std::ops::Range<usize>,
    is_noise: &dyn Fn(usize) -> bool,
    kept: &mut [bool],
) {
    let lists = page.elements.iter().filter(|element| matches!(element.tag, Tag::Ul | Tag::Ol | Tag::Dl));
    for list in lists {
        let totals = &list.totals;
        let items = totals.first as usize..totals.last as usize + 1;
        let is_text = totals.blocks > 1
            && totals.link_density() < LINKED
            && totals.words <= totals.blocks * ITEM_WORDS
            && items.end <= page.blocks.len();
        if !is_text || !within.contains(&items.start) {
            continue;
        }
        let inside = kept[items.clone()].iter().filter(|kept| **kept).count();
        if inside * 2 >= items.len() {
            for at in items {
                let block = &page.blocks[at];
                kept[at] |= !is_noise(at) && block.link <= LINKED && block.button <= LINKED;
            }
        }
    }
}

/// Whether the heading at `at` stands directly over something that is kept.
fn heads(page: &Blocks, heading: &Block, at: usize, kept: &[bool]) -> bool {
    let next = &page.blocks[at + 1];
    let is_text = next.is_paragraph
        || matches!(
            page.elements[next.container as usize].tag,
            Tag::Li | Tag::Dt | Tag::Td | Tag::Th | Tag::Pre | Tag::Blockquote
        );
    kept[at + 1] && is_text && heading.measure.words <= HEADING_WORDS && shares(page, at, at + 1)
}

/// Whether the block after the one at `at` is the caption of the figure in which both stand.
fn is_captioned(page: &Blocks, at: usize) -> bool {
    let figure =
        |at: usize| page.around(at).find(|(_, element)| element.tag == Tag::Figure).map(|(at, _)| at);
    let is_caption = page.around(at + 1).any(|(_, element)| element.tag == Tag::Figcaption);
    is_caption && figure(at).is_some() && figure(at) == figure(at + 1)
}

/// Whether two blocks stand in one element, not far outwards and smaller than the page.
fn shares(page: &Blocks, one: usize, other: usize) -> bool {
    let parents = |at: usize| {
        let container = page.blocks[at].container;
        page.outwards(container).skip(1).take(FAR).map(|(at, _)| at).filter(|at| *at != NONE)
    };
    parents(one).any(|element| parents(other).any(|around| around == element))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{dom, segment};

    /// Keeps the blocks of `html` that do not begin with `-` and completes them.
    fn check(html: &str, expected: &[&str]) {
        let scripting = dom::Scripting::Enabled;
        let document = dom::parse(html, scripting);
        let page = segment::segment(&document, scripting);
        let blocks: Vec<usize> =
            (0..page.blocks.len()).filter(|at| !page.text(*at).starts_with('-')).collect();
        let mut selection = Selection {
            root: document.tree.root().id(),
            kept: FxHashSet::default(),
            noise: vec![None; page.blocks.len()],
            blocks,
            confidence: 1.0,
            by_rule: false,
            warnings: Vec::new(),
        };
        complete(&mut selection, &page);
        let texts: Vec<&str> = selection.blocks.iter().map(|at| page.text(*at)).collect();
        assert_eq!(texts, expected, "{html}");
    }

    #[test]
    fn a_list_of_which_half_is_kept_is_kept_whole() {
        check("<p>a</p><ul><li>one<li>- two<li>three</ul><p>b</p>", &["a", "one", "- two", "three", "b"]);
        check("<p>a</p><ul><li>one<li>- two<li>- three</ul><p>b</p>", &["a", "one", "b"]);
        check(
            "<p>a</p><ul><li>one<li>two<li>- <a href=x>three more words</a><li>- <a href=x>four more words</a></ul><p>b</p>",
            &["a", "one", "two", "b"],
        );
        check("<p>a</p><dl><dt>- t<dd>one<dt>u<dd>two</dl><p>b</p>", &["a", "- t", "one", "u", "two", "b"]);
    }

    #[test]
    fn a_heading_goes_with_what_it_heads() {
        let text = "So it went on, day after day, until the river had had enough and went back to its bed.";
        check(&format!("<p>a</p><section><h2>- Two</h2><p>{text}</p></section>"), &["a", "- Two", text]);
        check("<p>a</p><section><h2>- Two</h2><p>b</p></section>", &["a", "b"]);
        check("<p>a</p><h2>- Two</h2><table><tr><th>k<th>v</table>", &["a", "- Two", "k", "v"]);
        check("<h1>- Title</h1><p>a</p><p>b</p><h2>- More</h2>", &["a", "b"]);
        check("<p>a</p><h2>- More</h2><p>- x</p><p>b</p>", &["a", "b"]);
    }

    #[test]
    fn a_listing_goes_with_its_caption() {
        check(
            "<p>a</p><figure><pre>- x = 1</pre><figcaption>b</figcaption></figure><p>c</p>",
            &["a", "- x = 1", "b", "c"],
        );
        check("<p>a</p><pre>- x = 1</pre><p>b</p>", &["a", "b"]);
    }
}
