//! A page laid out flat: its elements in document order, its text in one string, its links with their targets.
//!
//! Everything that is asked of a page is a comparison of positions; the tree is walked once (`layout`).

use std::ops::Range;

use ego_tree::NodeId;
use url::Url;

use super::address::target;
use super::head::Head;
use super::region::Region;
use super::tag::{Role, Tag};

/// An element and everything in it.
pub(super) struct Element<'a> {
    pub(super) id: NodeId,
    pub(super) data: &'a scraper::node::Element,
    pub(super) tag: Tag,
    pub(super) role: Role,
    pub(super) is_hidden: bool,
    /// Whether one of its attributes may be a machine's date.
    pub(super) has_stamp: bool,
    /// Its value of `class` in `Classes`.
    pub(super) class: u32,
    /// Its parent; the root is its own.
    pub(super) parent: usize,
    /// The index after its last descendant.
    pub(super) end: usize,
    /// Its text in [`Page::text`].
    pub(super) text: Range<usize>,
    /// How many lines end before its text, and before its text's last line.
    pub(super) lines: (u32, u32),
    /// Its tag name and those of its ancestors.
    pub(super) path: u64,
    /// The same with class names.
    pub(super) class_path: u64,
    pub(super) region: Region,
}

/// A link to another page.
pub(super) struct Link {
    /// Its `a` in [`Page::elements`].
    pub(super) element: usize,
    /// Its target in [`Page::targets`].
    pub(super) target: usize,
}

/// A page to which this page links.
pub(super) struct Target {
    pub(super) url: Url,
    /// Its links in [`Page::links`].
    pub(super) links: Vec<usize>,
}

pub(super) struct Page<'a> {
    pub(super) elements: Vec<Element<'a>>,
    /// The visible text; a line break between blocks, white space collapsed.
    pub(super) text: String,
    /// Where its lines end.
    pub(super) breaks: Vec<usize>,
    /// The pictures among the elements.
    pub(super) pictures: Vec<usize>,
    /// The `time` elements.
    pub(super) times: Vec<usize>,
    pub(super) links: Vec<Link>,
    pub(super) targets: Vec<Target>,
    /// What its links are relative to.
    pub(super) base: Url,
    pub(super) url: &'a Url,
    pub(super) head: Head,
}

impl<'a> Page<'a> {
    /// The text of an element, with line breaks between its blocks.
    pub(super) fn text_of(&self, element: usize) -> &str {
        self.text[self.elements[element].text.clone()].trim_ascii()
    }

    /// Whether the text of an element is on more than one line.
    pub(super) fn is_block(&self, element: usize) -> bool {
        let (before, last) = self.elements[element].lines;
        before < last
    }

    /// The whole lines on which an element's text stands.
    pub(super) fn lines_around(&self, element: usize) -> &str {
        let from = self.line_start(element);
        let last = self.elements[element].lines.1 as usize;
        let until = self.breaks.get(last).copied().unwrap_or(self.text.len());
        &self.text[from..until.max(from)]
    }

    /// Whether no text stands before an element on its line.
    pub(super) fn begins_line(&self, element: usize) -> bool {
        let before = &self.text[self.line_start(element)..self.elements[element].text.start];
        before.bytes().all(|byte| byte == b' ')
    }

    /// Where the line begins on which an element's text begins.
    fn line_start(&self, element: usize) -> usize {
        let before = self.elements[element].lines.0 as usize;
        before.checked_sub(1).map_or(0, |at| self.breaks[at] + 1)
    }

    /// An element's ancestors, from its parent to the root.
    pub(super) fn ancestors(&self, element: usize) -> impl Iterator<Item = usize> {
        let mut at = element;
        std::iter::from_fn(move || {
            let parent = self.elements[at].parent;
            (parent != at).then(|| {
                at = parent;
                parent
            })
        })
    }

    /// An element with all that is in it.
    pub(super) fn inside(&self, element: usize) -> Range<usize> {
        element..self.elements[element].end
    }

    pub(super) fn name(&self, element: usize) -> &str {
        self.elements[element].data.name()
    }

    /// What a link in the page leads to.
    pub(super) fn resolve(&self, href: &str) -> Option<Url> {
        target(&self.base, href)
    }
}

/// An attribute's value. `Element::attr` interns the name at each call, which is most of its time.
pub(super) fn attribute<'e>(element: &'e scraper::node::Element, name: &str) -> Option<&'e str> {
    element.attrs().find(|(known, _)| *known == name).map(|(_, value)| value)
}
