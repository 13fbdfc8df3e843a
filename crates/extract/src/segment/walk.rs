//! The walk that makes blocks of a tree: depth first, without recursion.

use ego_tree::{NodeId, NodeRef};
use rustc_hash::FxHasher;
use scraper::{Html, Node};

use super::flags::{self, Attributes};
use super::measure::measure;
use super::names::{Known, Names};
use super::tag::{Role, Tag};
use super::{Block, Blocks, Element, NONE, Sign, Totals};
use crate::dom::Scripting;

/// A paragraph has this many words at least, and this share of links at most.
const PARAGRAPH_WORDS: u32 = 12;
const PARAGRAPH_LINKS: f32 = 0.35;

/// Elements and blocks of `document`, without totals.
pub(super) fn walk(document: &Html, scripting: Scripting) -> Blocks {
    let mut walk = Walk { reads_noscript: scripting == Scripting::Disabled, ..Walk::default() };
    let mut node = Some(document.tree.root());
    while let Some(current) = node {
        let enters = walk.open(current);
        node = match current.first_child() {
            Some(child) if enters => Some(child),
            _ => walk.next_after(current, enters),
        };
    }
    walk.end_run();
    walk.out
}

#[derive(Default)]
struct Walk<'a> {
    out: Blocks,
    run: Run,
    /// The innermost open element.
    element: Option<u32>,
    known_names: Known<'a>,
    reads_noscript: bool,
}

/// Text that is not yet a block.
#[derive(Default)]
struct Run {
    text_start: usize,
    nodes_start: usize,
    chars: u32,
    link: u32,
    italic: u32,
    button: u32,
    links: u32,
    newlines: u32,
    in_link: bool,
    space: bool,
    after_break: bool,
    has_word: bool,
    leaf: Option<u32>,
    is_split: bool,
}

impl<'a> Walk<'a> {
    /// Reads `node`; whether its children are to be read too.
    fn open(&mut self, node: NodeRef<'a, Node>) -> bool {
        match node.value() {
            Node::Document | Node::Fragment => true,
            Node::Text(text) => {
                self.add_text(node.id(), text);
                false
            }
            Node::Element(element) => {
                let tag = Tag::of(&element.name.local);
                if tag == Tag::Br {
                    self.add_break();
                    return false;
                }
                if tag.role() == Role::Dropped && !(tag == Tag::Noscript && self.reads_noscript) {
                    return false;
                }
                if tag.role() == Role::Block {
                    self.end_run_at(tag);
                }
                self.push_element(node.id(), tag, element);
                true
            }
            _ => false,
        }
    }

    /// The node that follows `node` and all that is in it; closes what ends on the way.
    fn next_after(&mut self, mut node: NodeRef<'a, Node>, mut entered: bool) -> Option<NodeRef<'a, Node>> {
        loop {
            if entered && node.value().is_element() {
                self.close();
            }
            if let Some(next) = node.next_sibling() {
                return Some(next);
            }
            node = node.parent()?;
            entered = true;
        }
    }

    fn push_element(&mut self, id: NodeId, tag: Tag, element: &'a scraper::node::Element) {
        let attributes = Attributes::of(element);
        let parent = self.element.map(|at| &self.out.elements[at as usize]);
        let inherited = parent.map_or(0, |parent| parent.flags);
        let depth = parent.map_or(0, |parent| parent.depth + 1);
        let Names { groups, signs } = attributes.names(&mut self.known_names);
        let at = u32::try_from(self.out.elements.len()).unwrap_or(NONE);
        self.out.elements.push(Element {
            id,
            tag,
            parent: self.element.unwrap_or(NONE),
            depth,
            flags: inherited | attributes.flags_with(tag),
            groups,
            signs,
            signature: signature(tag, attributes.class),
            repeats: 1,
            totals: Totals {
                words: 0,
                link_words: 0.0,
                paragraph_words: 0,
                paragraphs: 0,
                blocks: 0,
                commas: 0,
                first: u32::MAX,
                last: 0,
            },
        });
        self.element = Some(at);
    }

    fn close(&mut self) {
        let Some(at) = self.element else { return };
        let tag = self.out.elements[at as usize].tag;
        let parent = self.out.elements[at as usize].parent;
        if tag.role() == Role::Block {
            // Whether a line ends here or a listing depends on what is around the element, not on itself.
            let ends_line = is_line(tag) && parent != NONE && self.is_in_listing(parent);
            if ends_line { self.run.space = true } else { self.end_run() }
        }
        self.element = (parent != NONE).then_some(parent);
    }

    /// Ends the run where an element called `tag` begins, unless that is a line of a listing: a listing is one block,
    /// however its lines are marked up.
    fn end_run_at(&mut self, tag: Tag) {
        if is_line(tag) && self.element.is_some_and(|around| self.is_in_listing(around)) {
            self.run.space = true;
        } else {
            self.end_run();
        }
    }

    fn add_break(&mut self) {
        if self.element.is_some_and(|around| self.is_in_listing(around)) {
            self.run.space = true;
            self.run.newlines += 1;
        } else if self.run.after_break {
            self.end_run();
        } else {
            self.run.space = true;
            self.run.newlines += 1;
        }
        self.run.after_break = true;
    }

    fn add_text(&mut self, node: NodeId, text: &str) {
        let Some(at) = self.element else { return };
        let before = self.run.chars;
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            let (end, spaces) = plain_words(rest.as_bytes());
            if end > 0 {
                self.add_visible(&rest[..end], spaces);
                rest = &rest[end..];
                continue;
            }
            match c {
                ' ' | '\t' | '\r' | '\u{c}' | '\u{a0}' | '\u{3000}' | '\u{2028}' => self.run.space = true,
                '\n' => {
                    self.run.space = true;
                    self.run.newlines += 1;
                }
                '\u{ad}' | '\u{200b}' | '\u{200c}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => {}
                _ => self.add_visible(&rest[..c.len_utf8()], 0),
            }
            rest = &rest[c.len_utf8()..];
        }
        let added = self.run.chars - before;
        if added > 0 {
            self.out.nodes.push(node);
            self.run.count(added, at, self.out.elements[at as usize].flags);
        }
    }

    /// Adds characters between which nothing is to be collapsed: ASCII with so many `spaces`, or one of another kind.
    fn add_visible(&mut self, text: &str, spaces: usize) {
        if self.run.space && self.out.text.len() > self.run.text_start {
            self.out.text.push(' ');
        }
        self.run.space = false;
        self.run.after_break = false;
        let is_ascii = text.as_bytes()[0].is_ascii();
        self.run.chars += if is_ascii { u32::try_from(text.len() - spaces).unwrap_or(u32::MAX) } else { 1 };
        self.run.has_word |= self.run.has_word || text.contains(char::is_alphanumeric);
        self.out.text.push_str(text);
    }

    fn end_run(&mut self) {
        let run = std::mem::take(&mut self.run);
        let text = run.text_start..self.out.text.len();
        if run.has_word && self.element.is_some() {
            self.push_block(&run);
        } else {
            self.add_sign(&run);
            self.out.text.truncate(text.start);
            self.out.nodes.truncate(run.nodes_start);
        }
        self.run.text_start = self.out.text.len();
        self.run.nodes_start = self.out.nodes.len();
    }

    /// Notes a run of signs alone: a line of stars between scenes, a closing brace on its own line.
    fn add_sign(&mut self, run: &Run) {
        if run.chars == 0 || run.link + run.button > 0 || self.element.is_none() {
            return;
        }
        let nodes = self.out.nodes[run.nodes_start..].to_vec();
        self.out.signs.push(Sign { nodes, container: self.container(), before: self.out.blocks.len() });
    }

    fn push_block(&mut self, run: &Run) {
        let container = self.container();
        let leaf = run.leaf.filter(|_| !run.is_split).unwrap_or(container);
        let words_start = self.out.words.len();
        let measure = measure(&self.out.text[run.text_start..], &mut self.out.words);
        let share = |part: u32| part as f32 / run.chars.max(1) as f32;
        let link = share(run.link);
        self.out.blocks.push(Block {
            text: run.text_start..self.out.text.len(),
            nodes: run.nodes_start..self.out.nodes.len(),
            words: words_start..self.out.words.len(),
            leaf,
            container,
            is_paragraph: measure.words >= PARAGRAPH_WORDS && link < PARAGRAPH_LINKS && measure.sentences > 0,
            measure,
            link,
            italic: share(run.italic),
            button: share(run.button),
            links: run.links,
            newlines: run.newlines,
            duplicates: 1,
            earlier: 0,
        });
    }

    fn is_in_listing(&self, element: u32) -> bool {
        self.out.elements[element as usize].flags & flags::PRE != 0
    }

    /// The innermost open block-level element.
    fn container(&self) -> u32 {
        let innermost = self.element.unwrap_or(0);
        self.out
            .outwards(innermost)
            .find(|(_, element)| element.tag.role() == Role::Block)
            .map_or(innermost, |(at, _)| at)
    }
}

impl Run {
    /// Counts `added` characters of text in `element` that has `flags`.
    fn count(&mut self, added: u32, element: u32, flags: u64) {
        let is = |flag: u64| flags & flag != 0;
        self.link += if is(flags::LINK) { added } else { 0 };
        self.italic += if is(flags::ITALIC) { added } else { 0 };
        self.button += if is(flags::BUTTON) { added } else { 0 };
        self.links += u32::from(is(flags::LINK) && !self.in_link);
        self.in_link = is(flags::LINK);
        match self.leaf {
            None => self.leaf = Some(element),
            Some(leaf) => self.is_split |= leaf != element,
        }
    }
}

/// Whether elements called so are lines where they stand in a listing.
fn is_line(tag: Tag) -> bool {
    matches!(tag, Tag::Div | Tag::P | Tag::Ol | Tag::Ul | Tag::Li)
}

/// How long the words at the beginning of `text` are that are ASCII with single spaces between, and how many spaces
/// those are.
fn plain_words(text: &[u8]) -> (usize, usize) {
    let (mut end, mut spaces) = (0, 0);
    loop {
        let begins_at = end + usize::from(end > 0);
        let length = text[begins_at..].iter().take_while(|byte| byte.is_ascii_graphic()).count();
        if length == 0 {
            return (end, spaces);
        }
        spaces += usize::from(end > 0);
        end = begins_at + length;
        if text.get(end) != Some(&b' ') {
            return (end, spaces);
        }
    }
}

fn signature(tag: Tag, class: &str) -> u64 {
    use std::hash::{Hash, Hasher};
    let mut hasher = FxHasher::default();
    tag.hash(&mut hasher);
    class.split_ascii_whitespace().next().unwrap_or_default().hash(&mut hasher);
    hasher.finish()
}
