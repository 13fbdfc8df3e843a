//! Text into the open paragraph: white space, line breaks, and inline mark-up that opens with its first letter.

use super::{Builder, Inline, Leaf};
use crate::render::characters::{Collapsed, Space, collapse};
use crate::render::tree::{Attributes, Id, VERSE, is_heading};

impl Builder {
    /// White space that is not in the page's text, as between the lines of a heading.
    pub(in crate::render) fn space(&mut self) {
        if let Some(leaf) = &mut self.leaf {
            leaf.space = Space::Plain;
        }
    }

    pub(in crate::render) fn line_break(&mut self) {
        if is_heading(self.wanted.0) {
            self.space();
        } else if let Some(leaf) = &mut self.leaf {
            leaf.breaks += 1;
        }
    }

    /// A line of verse begins or ends here; the paragraph that has it keeps its lines.
    pub(in crate::render) fn verse_line(&mut self) {
        if let Some(leaf) = &mut self.leaf {
            leaf.breaks = leaf.breaks.max(1);
            let attributes = &mut self.tree.node_mut(leaf.id).attributes;
            if !attributes.iter().any(|(name, _)| *name == VERSE) {
                attributes.push((VERSE, String::new()));
            }
        }
    }

    /// Opens inline mark-up; mark-up within its like says nothing more.
    pub(in crate::render) fn open_inline(&mut self, tag: &'static str, attributes: Attributes) {
        let muted = self.inlines.iter().any(|inline| inline.tag == tag);
        self.next_key += 1;
        self.inlines.push(Inline { key: self.next_key, tag, attributes, muted });
    }

    /// The innermost inline mark-up in which text would stand now.
    pub(in crate::render) fn innermost(&self) -> Option<&'static str> {
        let is_heading = is_heading(self.wanted.0);
        self.inlines.iter().rev().find(|inline| inline.says_more(is_heading)).map(|inline| inline.tag)
    }

    pub(in crate::render) fn close_inline(&mut self) {
        self.inlines.pop();
    }

    /// Adds text as the page has it.
    pub(in crate::render) fn text(&mut self, raw: &str) {
        let Collapsed { before, text, after } = collapse(raw);
        if text.is_empty() {
            if let Some(leaf) = &mut self.leaf {
                leaf.space = leaf.space.then(before);
            }
            return;
        }
        let is_indented = before == Space::Plain && raw.starts_with("\u{a0}\u{a0}");
        self.add(before, &text, is_indented);
        if let Some(leaf) = &mut self.leaf {
            leaf.space = after;
        }
    }

    fn add(&mut self, before: Space, text: &str, is_indented: bool) {
        let glued = std::mem::take(&mut self.glue) && self.joins(before, text);
        let ended = self.leaf.as_ref().is_some_and(|leaf| leaf.ends_before(is_indented));
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
            leaf.line += text.len();
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
        let is_heading = is_heading(self.wanted.0);
        let wanted: Vec<usize> =
            (0..self.inlines.len()).filter(|at| self.inlines[*at].says_more(is_heading)).collect();
        let leaf = self.leaf.as_mut().expect("a paragraph is open");
        let same = leaf
            .open
            .iter()
            .zip(&wanted)
            .take_while(|((open, _), at)| *open == self.inlines[**at].key)
            .count();
        if leaf.has_content && leaf.breaks > 0 {
            leaf.open.clear();
            leaf.line = 0;
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
        self.open_missing(&wanted)
    }

    fn open_missing(&mut self, wanted: &[usize]) -> Id {
        let leaf = self.leaf.as_mut().expect("a paragraph is open");
        let opened = leaf.open.len();
        for at in wanted.iter().skip(opened) {
            let inline = &mut self.inlines[*at];
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
        self.leaf =
            Some(Leaf { id, open: Vec::new(), space: Space::None, breaks: 0, line: 0, has_content: false });
    }

    /// Adds an element that stands within the text but in no inline mark-up, such as a small picture or a formula; its
    /// children follow by [`Builder::append`].
    pub(in crate::render) fn inline_element(&mut self, tag: &'static str, attributes: Attributes) -> Id {
        self.glue = false;
        if self.leaf.as_ref().is_some_and(|leaf| leaf.has_content && leaf.breaks > 1) {
            self.end_leaf();
        }
        let space = self.leaf.as_ref().map_or(Space::None, |leaf| leaf.space);
        let inlines = std::mem::take(&mut self.inlines);
        let parent = self.open_here(space);
        self.inlines = inlines;
        if let Some(leaf) = &mut self.leaf {
            leaf.has_content = true;
        }
        self.tree.append(parent, tag, attributes)
    }

    /// Adds an element beneath one that [`Builder::inline_element`] made.
    pub(in crate::render) fn append(&mut self, parent: Id, tag: &'static str, attributes: Attributes) -> Id {
        self.tree.append(parent, tag, attributes)
    }

    /// Adds text beneath one that [`Builder::inline_element`] made.
    pub(in crate::render) fn append_text(&mut self, parent: Id, text: &str) {
        self.tree.append_text(parent, text);
    }
}
