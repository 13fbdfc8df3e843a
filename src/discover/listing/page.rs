//! A page laid out flat: its elements in document order, its text in one string, its links with their targets.
//!
//! Everything that is asked of a page later is a comparison of positions; the tree is walked once.

use std::collections::HashMap;
use std::ops::Range;

use ego_tree::NodeId;
use ego_tree::iter::Edge;
use scraper::{Html, Node};
use url::Url;

use super::address::{base_of, key, target};
use super::classes::{Classes, mix};
use super::region::Region;
use crate::discover::plain_text::is_inline;

/// An element and everything in it.
pub(super) struct Element<'a> {
    pub(super) id: NodeId,
    pub(super) data: &'a scraper::node::Element,
    /// Its parent; the root is its own.
    pub(super) parent: usize,
    /// The index after its last descendant.
    pub(super) end: usize,
    /// Its text in [`Page::text`].
    pub(super) text: Range<usize>,
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
    breaks: Vec<usize>,
    /// The pictures among the elements.
    pub(super) pictures: Vec<usize>,
    /// The `time` elements.
    pub(super) times: Vec<usize>,
    pub(super) links: Vec<Link>,
    pub(super) targets: Vec<Target>,
    /// What its links are relative to.
    pub(super) base: Url,
    pub(super) url: &'a Url,
}

impl<'a> Page<'a> {
    pub(super) fn new(html: &'a Html, url: &'a Url) -> Page<'a> {
        let mut page = Page {
            elements: Vec::new(),
            text: String::new(),
            breaks: Vec::new(),
            pictures: Vec::new(),
            times: Vec::new(),
            links: Vec::new(),
            targets: Vec::new(),
            base: base_of(html, url),
            url,
        };
        page.lay_out(html);
        page.breaks = page.text.match_indices('\n').map(|(at, _)| at).collect();
        page.mark_regions();
        page.find_links();
        page
    }

    fn lay_out(&mut self, html: &'a Html) {
        let classes = Classes::of(html);
        let mut open: Vec<usize> = Vec::new();
        let mut skipped = None;
        for edge in html.tree.root().traverse() {
            match edge {
                Edge::Open(node) if skipped.is_none() => match node.value() {
                    Node::Element(data) if is_unseen(data.name()) => skipped = Some(node.id()),
                    Node::Element(data) => {
                        self.break_line(data.name());
                        open.push(self.open(node.id(), data, open.last().copied(), &classes));
                    }
                    Node::Text(text) => self.add_text(text),
                    _ => {}
                },
                Edge::Close(node) if skipped == Some(node.id()) => skipped = None,
                Edge::Close(node) if skipped.is_none() && node.value().is_element() => {
                    if let Some(index) = open.pop() {
                        self.close(index);
                    }
                }
                _ => {}
            }
        }
    }

    fn open(
        &mut self,
        id: NodeId,
        data: &'a scraper::node::Element,
        parent: Option<usize>,
        classes: &Classes,
    ) -> usize {
        let index = self.elements.len();
        let (path, class_path) = parent.map_or((0, 0), |parent| {
            let parent = &self.elements[parent];
            (parent.path, parent.class_path)
        });
        // A class that is used once or twice is an item's own, as `post-1234` is.
        let names = attribute(data, "class").unwrap_or_default().split_ascii_whitespace();
        let names = names.map(|name| mix(0, name)).filter(|name| classes.is_common(*name));
        let names = names.fold(0, u64::wrapping_add);
        match data.name() {
            "img" | "picture" | "source" | "video" => self.pictures.push(index),
            "time" => self.times.push(index),
            _ => {}
        }
        let start = self.text.len();
        self.elements.push(Element {
            id,
            data,
            parent: parent.unwrap_or(index),
            end: index + 1,
            text: start..start,
            path: mix(path, data.name()),
            class_path: mix(class_path, data.name()).wrapping_add(names),
            region: Region::default(),
        });
        index
    }

    fn close(&mut self, index: usize) {
        let end = self.elements.len();
        let text_end = self.text.len();
        let element = &mut self.elements[index];
        element.end = end;
        element.text.end = text_end;
        let name = element.data.name();
        self.break_line(name);
    }

    fn break_line(&mut self, name: &str) {
        if !is_inline(name) && name != "img" && !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }

    fn add_text(&mut self, text: &str) {
        let is_gap = |c: char| c.is_whitespace() || c.is_control();
        if text.starts_with(is_gap) {
            self.add_gap();
        }
        for (at, word) in text.split(is_gap).filter(|word| !word.is_empty()).enumerate() {
            if at > 0 {
                self.text.push(' ');
            }
            self.text.push_str(word);
        }
        if text.ends_with(is_gap) {
            self.add_gap();
        }
    }

    fn add_gap(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with([' ', '\n']) {
            self.text.push(' ');
        }
    }

    /// An element that holds half of the page's text is no margin of it, whatever it is called.
    fn mark_regions(&mut self) {
        let half = self.text.len() / 2;
        for at in 0..self.elements.len() {
            let element = &self.elements[at];
            let outer = self.elements[element.parent].region;
            self.elements[at].region = outer.within(element.data, element.text.len() > half);
        }
    }

    fn find_links(&mut self) {
        let own = key(self.url);
        let mut known: HashMap<String, usize> = HashMap::new();
        for (index, element) in self.elements.iter().enumerate() {
            if element.data.name() != "a" {
                continue;
            }
            let href = attribute(element.data, "href").unwrap_or_default();
            let Some(url) = target(&self.base, href) else { continue };
            let key = key(&url);
            if key == own {
                continue;
            }
            let at = *known.entry(key).or_insert_with(|| {
                self.targets.push(Target { url, links: Vec::new() });
                self.targets.len() - 1
            });
            self.targets[at].links.push(self.links.len());
            self.links.push(Link { element: index, target: at });
        }
    }

    /// The text of an element, with line breaks between its blocks.
    pub(super) fn text_of(&self, element: usize) -> &str {
        self.text[self.elements[element].text.clone()].trim()
    }

    /// Whether the text of an element is on more than one line.
    pub(super) fn is_block(&self, element: usize) -> bool {
        let Range { start, end } = self.elements[element].text;
        let at = self.breaks.partition_point(|line_end| *line_end < start);
        self.breaks.get(at).is_some_and(|line_end| line_end + 1 < end)
    }

    /// The whole lines on which an element's text stands.
    pub(super) fn lines_around(&self, element: usize) -> &str {
        let Range { start, end } = self.elements[element].text;
        let before = self.breaks.partition_point(|line_end| *line_end < start);
        let after = self.breaks.partition_point(|line_end| *line_end + 1 < end);
        let from = before.checked_sub(1).map_or(0, |at| self.breaks[at] + 1);
        let until = self.breaks.get(after).copied().unwrap_or(self.text.len());
        &self.text[from..until.max(from)]
    }

    /// Whether no text stands before an element on its line.
    pub(super) fn begins_line(&self, element: usize) -> bool {
        let start = self.elements[element].text.start;
        let before = self.breaks.partition_point(|line_end| *line_end < start);
        let from = before.checked_sub(1).map_or(0, |at| self.breaks[at] + 1);
        self.text[from..start].bytes().all(|byte| byte == b' ')
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

/// Elements whose content nobody reads.
fn is_unseen(name: &str) -> bool {
    matches!(
        name,
        "script"
            | "style"
            | "noscript"
            | "template"
            | "svg"
            | "iframe"
            | "select"
            | "textarea"
            | "head"
            | "object"
    )
}
