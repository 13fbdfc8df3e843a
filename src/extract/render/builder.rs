//! Builds the clean document from what the walk over the page meets, in order. Elements come into being with their
//! first content, so that none is empty, and white space stands outside of inline mark-up.

use super::characters::{Collapsed, Space, collapse};
use super::tree::{Attributes, Content, Id, ROOT, Tree, is_heading};

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

/// The paragraph that is being written.
#[derive(Debug)]
struct Leaf {
    id: Id,
    /// Inline elements open within it, by the key of their mark-up.
    open: Vec<(usize, Id)>,
    space: Space,
    breaks: usize,
    has_content: bool,
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
        attributes.extend(self.anchor.take().map(|id| ("id", id)));
        self.tree.append(self.top(), tag, attributes)
    }

    /// Text from here on stands in a `tag`.
    pub(super) fn begin_leaf(&mut self, tag: &'static str, attributes: Attributes) {
        self.boundary();
        self.wanted = (tag, attributes);
    }

    /// Text from here on stands in a plain paragraph again.
    pub(super) fn close_leaf(&mut self) {
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

    /// White space that is not in the page's text, as between the lines of a heading.
    pub(super) fn space(&mut self) {
        if let Some(leaf) = &mut self.leaf {
            leaf.space = Space::Plain;
        }
    }

    pub(super) fn line_break(&mut self) {
        if is_heading(self.wanted.0) {
            self.space();
        } else if let Some(leaf) = &mut self.leaf {
            leaf.breaks += 1;
        }
    }

    /// Opens inline mark-up; mark-up within its like says nothing more.
    pub(super) fn open_inline(&mut self, tag: &'static str, attributes: Attributes) {
        let muted = self.inlines.iter().any(|inline| inline.tag == tag)
            || (tag == "strong" && is_heading(self.wanted.0));
        self.next_key += 1;
        self.inlines.push(Inline { key: self.next_key, tag, attributes, muted });
    }

    pub(super) fn close_inline(&mut self) {
        self.inlines.pop();
    }

    /// Adds text as the page has it.
    pub(super) fn text(&mut self, raw: &str) {
        let Collapsed { before, text, after } = collapse(raw);
        if text.is_empty() {
            if let Some(leaf) = &mut self.leaf {
                leaf.space = leaf.space.then(before);
            }
            return;
        }
        let indented = before == Space::Plain && raw.starts_with("\u{a0}\u{a0}");
        self.add(before, &text, indented);
        if let Some(leaf) = &mut self.leaf {
            leaf.space = after;
        }
    }

    fn add(&mut self, before: Space, text: &str, indented: bool) {
        let glued = std::mem::take(&mut self.glue) && self.joins(before, text);
        let ended = self
            .leaf
            .as_ref()
            .is_some_and(|leaf| leaf.has_content && (leaf.breaks > 1 || (leaf.breaks == 1 && indented)));
        if ended {
            self.end_leaf();
        }
        let space = match &mut self.leaf {
            Some(leaf) if !glued => leaf.space.then(before),
            _ => Space::None,
        };
        let parent = self.open_here(space);
        self.tree.append_text(parent, text);
        if let Some(leaf) = &mut self.leaf {
            leaf.has_content = true;
        }
    }

    /// Whether `text` goes on with the word that a drop cap began: not after `A`, `I` and other words of one letter.
    fn joins(&self, before: Space, text: &str) -> bool {
        let space = self.leaf.as_ref().map_or(before, |leaf| leaf.space.then(before));
        if space == Space::None {
            return true;
        }
        let last = self.leaf.as_ref().and_then(|leaf| self.tree.text(leaf.id).chars().next_back());
        text.starts_with(char::is_lowercase)
            && !last.is_some_and(|letter| "AIOYEÀÉÓÔВКОСУЯИ".contains(letter))
    }

    /// The node in the open paragraph that takes what comes now, the white space or line break before it written.
    fn open_here(&mut self, space: Space) -> Id {
        if self.leaf.is_none() {
            self.start_leaf();
        }
        let wanted: Vec<usize> =
            self.inlines.iter().filter(|inline| !inline.muted).map(|inline| inline.key).collect();
        let leaf = self.leaf.as_mut().expect("a paragraph is open");
        let same = leaf.open.iter().zip(&wanted).take_while(|((open, _), wanted)| open == *wanted).count();
        if leaf.has_content && leaf.breaks > 0 {
            leaf.open.clear();
            self.tree.append(leaf.id, "br", Vec::new());
        } else {
            leaf.open.truncate(same);
            if leaf.has_content && space != Space::None {
                let parent = leaf.open.last().map_or(leaf.id, |(_, id)| *id);
                self.tree.append_text(parent, space.as_str());
            }
        }
        leaf.breaks = 0;
        leaf.space = Space::None;
        self.open_missing()
    }

    fn open_missing(&mut self) -> Id {
        let leaf = self.leaf.as_mut().expect("a paragraph is open");
        let opened = leaf.open.len();
        for inline in self.inlines.iter_mut().filter(|inline| !inline.muted).skip(opened) {
            let parent = leaf.open.last().map_or(leaf.id, |(_, id)| *id);
            let mut attributes = inline.attributes.clone();
            attributes.extend(self.anchor.take().map(|id| ("id", id)));
            let id = self.tree.append(parent, inline.tag, attributes);
            // An id is given once, though the mark-up may go on in the next paragraph.
            inline.attributes.retain(|(name, _)| *name != "id");
            leaf.open.push((inline.key, id));
        }
        leaf.open.last().map_or(leaf.id, |(_, id)| *id)
    }

    fn start_leaf(&mut self) {
        self.ensure_block_may_stand();
        let (tag, attributes) = (self.wanted.0, self.wanted.1.clone());
        self.wanted.1.retain(|(name, _)| *name != "id");
        let id = self.element(tag, attributes);
        self.leaf = Some(Leaf { id, open: Vec::new(), space: Space::None, breaks: 0, has_content: false });
    }

    /// Adds an element that stands within the text, such as a small picture or a formula; its children follow by
    /// [`Builder::append`].
    pub(super) fn inline_element(&mut self, tag: &'static str, attributes: Attributes) -> Id {
        self.glue = false;
        if self.leaf.as_ref().is_some_and(|leaf| leaf.has_content && leaf.breaks > 1) {
            self.end_leaf();
        }
        let space = self.leaf.as_ref().map_or(Space::None, |leaf| leaf.space);
        let parent = self.open_here(space);
        if let Some(leaf) = &mut self.leaf {
            leaf.has_content = true;
        }
        self.tree.append(parent, tag, attributes)
    }

    /// Adds an element beneath one that [`Builder::inline_element`] made.
    pub(super) fn append(&mut self, parent: Id, tag: &'static str, attributes: Attributes) -> Id {
        self.tree.append(parent, tag, attributes)
    }

    /// Adds text beneath one that [`Builder::inline_element`] made.
    pub(super) fn append_text(&mut self, parent: Id, text: &str) {
        self.tree.append_text(parent, text);
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
