//! The clean document as it is being made: an arena of nodes in which a child always stands after its parent, so that
//! every pass over it is a loop and nothing recurses.

/// A node's place in its [`Tree`].
pub(super) type Id = usize;

/// An element of the clean document, or a run of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Content {
    /// An element by its HTML name.
    Element(&'static str),
    /// Text, white space collapsed outside of `pre`.
    Text(String),
}

/// Attributes by name, in the order in which they are written.
pub(super) type Attributes = Vec<(&'static str, String)>;

/// A node of the clean document.
#[derive(Clone, Debug)]
pub(super) struct Node {
    pub(super) content: Content,
    pub(super) attributes: Attributes,
    pub(super) children: Vec<Id>,
}

/// The clean document; node 0 is its root.
#[derive(Clone, Debug)]
pub(super) struct Tree {
    nodes: Vec<Node>,
}

/// What a paragraph of verse is marked with; it is not written.
pub(super) const VERSE: &str = "verse";

/// The root's place.
pub(super) const ROOT: Id = 0;

impl Tree {
    pub(super) fn new() -> Tree {
        let root = Node { content: Content::Element("div"), attributes: Vec::new(), children: Vec::new() };
        Tree { nodes: vec![root] }
    }

    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    pub(super) fn node(&self, id: Id) -> &Node {
        &self.nodes[id]
    }

    pub(super) fn node_mut(&mut self, id: Id) -> &mut Node {
        &mut self.nodes[id]
    }

    /// A node that has no parent yet.
    pub(super) fn orphan(&mut self, content: Content, attributes: Attributes) -> Id {
        self.nodes.push(Node { content, attributes, children: Vec::new() });
        self.nodes.len() - 1
    }

    /// A new last child of `parent`.
    pub(super) fn append(&mut self, parent: Id, tag: &'static str, attributes: Attributes) -> Id {
        let id = self.orphan(Content::Element(tag), attributes);
        self.nodes[parent].children.push(id);
        id
    }

    /// Adds `text` at the end of `parent`, to its last child if that is text.
    pub(super) fn append_text(&mut self, parent: Id, text: &str) {
        if let Some(last) = self.nodes[parent].children.last().copied()
            && let Content::Text(existing) = &mut self.nodes[last].content
        {
            existing.push_str(text);
            return;
        }
        let id = self.orphan(Content::Text(text.to_owned()), Vec::new());
        self.nodes[parent].children.push(id);
    }

    /// The element's name; empty for text.
    pub(super) fn tag(&self, id: Id) -> &'static str {
        match self.nodes[id].content {
            Content::Element(tag) => tag,
            Content::Text(_) => "",
        }
    }

    /// The value of an attribute.
    pub(super) fn attribute(&self, id: Id, name: &str) -> Option<&str> {
        self.nodes[id].attributes.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str())
    }

    /// The node and all beneath it, in document order.
    pub(super) fn subtree(&self, id: Id) -> impl Iterator<Item = Id> + '_ {
        let mut waiting = vec![id];
        std::iter::from_fn(move || {
            let next = waiting.pop()?;
            waiting.extend(self.nodes[next].children.iter().rev());
            Some(next)
        })
    }

    /// The text beneath a node, line breaks as new lines.
    pub(super) fn text(&self, id: Id) -> String {
        let mut text = String::new();
        for node in self.subtree(id) {
            match &self.nodes[node].content {
                Content::Text(run) => text.push_str(run),
                Content::Element("br") => text.push('\n'),
                Content::Element(_) => {}
            }
        }
        text
    }

    /// Whether anything beneath the node is text or a picture.
    pub(super) fn has_content(&self, id: Id) -> bool {
        self.subtree(id).any(|node| match &self.nodes[node].content {
            Content::Text(text) => !text.is_empty(),
            Content::Element(tag) => *tag == "img",
        })
    }
}

/// Elements that hold a paragraph's worth of inline content.
pub(super) fn is_leaf(tag: &str) -> bool {
    matches!(tag, "p" | "h2" | "h3" | "h4" | "h5" | "h6" | "pre")
}

/// Elements in which a lone paragraph needs no `p` of its own.
pub(super) fn is_cell(tag: &str) -> bool {
    matches!(tag, "li" | "dt" | "dd" | "td" | "th" | "figcaption" | "caption")
}

pub(super) fn is_heading(tag: &str) -> bool {
    matches!(tag, "h2" | "h3" | "h4" | "h5" | "h6")
}
