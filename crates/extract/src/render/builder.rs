//! Builds the clean document from what the walk over the page meets, in order. Elements come into being with their
//! first content, so that none is empty, and white space stands outside of inline mark-up.

mod paragraph;

use super::characters::Space;
use super::tree::{Attributes, Content, Id, ROOT, Tree};

/// How deep the clean document nests at most.
const MAX_DEPTH: usize = 24;

/// Inline mark-up that is open on the page.
#[derive(Clone, Debug)]
struct Inline {
    key: usize,
    tag: &'static str,
    attributes: Attributes,
    muted: bool,
}

impl Inline {
    /// Whether it says more than what it stands in: mark-up within its like and bold headings do not.
    fn says_more(&self, is_in_heading: bool) -> bool {
        let is_bold_in_heading = is_in_heading && self.tag == "strong";
        !self.muted && !is_bold_in_heading
    }
}

/// The paragraph that is being written.
#[derive(Debug)]
struct Leaf {
    id: Id,
    /// Inline elements open within it, by the key of their mark-up.
    open: Vec<(usize, Id)>,
    space: Space,
    breaks: usize,
    /// The bytes of text on its last line.
    line: usize,
    has_content: bool,
}

impl Leaf {
    /// Whether what comes now, indented or not, is a paragraph of its own: after two line breaks, or after one that
    /// ends a line longer than those of verse.
    fn ends_before(&self, is_indented: bool) -> bool {
        const VERSE_LINE: usize = 80;
        let ends = self.breaks > 1 || (self.breaks == 1 && is_indented && self.line > VERSE_LINE);
        ends && self.has_content
    }
}

/// The document so far.
#[derive(Debug)]
pub(super) struct Builder {
    tree: Tree,
    /// Open containers, the root first.
    containers: Vec<Id>,
    leaf: Option<Leaf>,
    /// The element that text opens when no paragraph is open.
    wanted: (&'static str, Attributes),
    inlines: Vec<Inline>,
    next_key: usize,
    /// Blocks met within a paragraph, which stand after it.
    after: Vec<Id>,
    /// An id that the next element takes.
    anchor: Option<String>,
    /// The next white space or end of paragraph is none: a drop cap came before.
    glue: bool,
}

impl Builder {
    pub(super) fn new() -> Builder {
        Builder {
            tree: Tree::new(),
            containers: vec![ROOT],
            leaf: None,
            wanted: ("p", Vec::new()),
            inlines: Vec::new(),
            next_key: 0,
            after: Vec::new(),
            anchor: None,
            glue: false,
        }
    }

    pub(super) fn finish(mut self) -> Tree {
        self.end_leaf();
        self.tree
    }

    /// The innermost open container's name.
    pub(super) fn container(&self) -> &'static str {
        self.tree.tag(self.top())
    }

    pub(super) fn is_inside(&self, tag: &str) -> bool {
        self.containers.iter().any(|id| self.tree.tag(*id) == tag)
    }

    /// Whether text with letters stands before this place in the open paragraph.
    pub(super) fn is_within_text(&self) -> bool {
        self.leaf.as_ref().is_some_and(|leaf| leaf.has_content && leaf.breaks == 0)
    }

    pub(super) fn anchor(&mut self, id: String) {
        self.anchor = Some(id);
    }

    pub(super) fn glue(&mut self) {
        self.glue = true;
    }

    /// Opens a container, if it may stand here, and says how deep the document was.
    pub(super) fn enter(&mut self, tag: &'static str, attributes: Attributes) -> Option<usize> {
        self.glue = false;
        self.end_leaf();
        let depth = self.containers.len();
        if depth >= MAX_DEPTH || !self.make_room(tag) {
            return None;
        }
        let reopened = (tag == "figcaption").then(|| self.child_of_top("figcaption")).flatten();
        let id = reopened.unwrap_or_else(|| self.element(tag, attributes));
        self.containers.push(id);
        Some(depth)
    }

    /// Closes all containers opened since the document was `depth` deep.
    pub(super) fn leave(&mut self, depth: usize) {
        self.glue = false;
        self.end_leaf();
        self.containers.truncate(depth.max(1));
    }

    /// Brings the containers into a state in which `tag` may be opened; false if there is none.
    fn make_room(&mut self, tag: &str) -> bool {
        match tag {
            "li" => self.close_until(&["ul", "ol"]),
            "dt" | "dd" => self.close_until(&["dl"]),
            "figcaption" => self.container() == "figure",
            "figure" if self.is_inside("figure") => false,
            "caption" | "thead" | "tbody" | "tfoot" => self.container() == "table",
            "tr" => matches!(self.container(), "table" | "thead" | "tbody" | "tfoot"),
            "td" | "th" => self.container() == "tr",
            _ => {
                self.ensure_block_may_stand();
                true
            }
        }
    }

    /// Pops items left open within the list that is open, if one is.
    fn close_until(&mut self, lists: &[&str]) -> bool {
        let barrier = ["td", "th", "blockquote", "figure", "figcaption", "div"];
        for at in (0..self.containers.len()).rev() {
            let tag = self.tree.tag(self.containers[at]);
            if lists.contains(&tag) {
                self.containers.truncate(at + 1);
                return true;
            }
            if barrier.contains(&tag) {
                return false;
            }
        }
        false
    }

    /// Opens an item or cell where blocks cannot stand by themselves.
    fn ensure_block_may_stand(&mut self) {
        let home: &[&'static str] = match self.container() {
            "ul" | "ol" => &["li"],
            "dl" => &["dd"],
            "table" | "thead" | "tbody" | "tfoot" => &["tr", "td"],
            "tr" => &["td"],
            _ => return,
        };
        for tag in home {
            let existing = (*tag == "li").then(|| self.child_of_top("li")).flatten();
            let id = existing.unwrap_or_else(|| self.tree.append(self.top(), tag, Vec::new()));
            self.containers.push(id);
        }
    }

    fn top(&self) -> Id {
        *self.containers.last().expect("the root stays open")
    }

    fn child_of_top(&self, tag: &str) -> Option<Id> {
        let last = *self.tree.node(self.top()).children.last()?;
        (self.tree.tag(last) == tag).then_some(last)
    }

    fn element(&mut self, tag: &'static str, mut attributes: Attributes) -> Id {
        if !matches!(tag, "hr" | "img" | "figure") {
            attributes.extend(self.anchor.take().map(|id| ("id", id)));
        }
        self.tree.append(self.top(), tag, attributes)
    }

    /// Text from here on stands in a `tag`.
    pub(super) fn begin_leaf(&mut self, tag: &'static str, attributes: Attributes) {
        self.glue &= tag == "p";
        self.boundary();
        self.wanted = (tag, attributes);
    }

    /// Text from here on stands in a plain paragraph again.
    pub(super) fn close_leaf(&mut self) {
        self.glue &= self.wanted.0 == "p";
        self.boundary();
        self.wanted = ("p", Vec::new());
    }

    /// Ends the open paragraph; within a heading, only the word.
    pub(super) fn boundary(&mut self) {
        if self.glue {
            return;
        }
        self.end_leaf();
    }

    fn end_leaf(&mut self) {
        self.leaf = None;
        let after = std::mem::take(&mut self.after);
        if after.is_empty() {
            return;
        }
        self.ensure_block_may_stand();
        let top = self.top();
        self.tree.node_mut(top).children.extend(after);
    }

    /// Adds a picture, after the open paragraph if there is one.
    pub(super) fn picture(&mut self, attributes: Attributes) {
        if self.container() == "figure" {
            self.boundary();
            self.element("img", attributes);
        } else {
            let figure = self.block("figure", Vec::new());
            self.tree.append(figure, "img", attributes);
        }
    }

    /// Adds a paragraph that is a link to something that plays.
    pub(super) fn player(&mut self, href: String, label: &str) {
        let paragraph = self.block("p", Vec::new());
        let link = self.tree.append(paragraph, "a", vec![("href", href)]);
        self.tree.append_text(link, label);
    }

    /// Adds the line that leads a post, after a rule if it is not the first block.
    pub(super) fn head(&mut self, author: &str, time: &str) {
        self.boundary();
        if !self.tree.node(ROOT).children.is_empty() {
            self.rule();
        }
        let paragraph = self.block("p", Vec::new());
        let name = self.tree.append(paragraph, "strong", Vec::new());
        self.tree.append_text(name, author);
        if !time.is_empty() {
            self.tree.append_text(paragraph, &format!(" · {time}"));
        }
    }

    /// Adds preformatted text as it is, marked as code in `language` if it is code.
    pub(super) fn preformatted(&mut self, text: &str, code: Option<Attributes>) {
        self.boundary();
        self.ensure_block_may_stand();
        let pre = self.element("pre", Vec::new());
        let parent = match code {
            Some(attributes) => self.tree.append(pre, "code", attributes),
            None => pre,
        };
        self.tree.append_text(parent, text);
    }

    pub(super) fn rule(&mut self) {
        if matches!(self.container(), "div" | "blockquote") {
            self.boundary();
            self.element("hr", Vec::new());
        }
    }

    /// A block here, or after the open paragraph.
    fn block(&mut self, tag: &'static str, attributes: Attributes) -> Id {
        if self.leaf.as_ref().is_some_and(|leaf| leaf.has_content) {
            let id = self.tree.orphan(Content::Element(tag), attributes);
            self.after.push(id);
            return id;
        }
        self.boundary();
        self.ensure_block_may_stand();
        self.element(tag, attributes)
    }
}
