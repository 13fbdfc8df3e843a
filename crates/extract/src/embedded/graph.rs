//! Values as scripts hold them, in one list, each pointing at its parts by their places: so that a format in which a value
//! stands for another one needs no copies, however often it does, and what points at itself does no harm.

use std::cell::Cell;

/// The place of a value.
pub(super) type At = u32;

/// The most values that are read of a page.
const MOST: usize = 400_000;
/// How often a value may stand for another one that does the same.
const MOST_HOPS: usize = 16;

/// How much may be written of a page's values: texts count a step for so many bytes.
const MOST_STEPS: usize = 400_000;
const STEP: usize = 64;

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Node {
    /// `null`, `undefined`, or what cannot be read.
    Nothing,
    Text(String),
    /// A number or a truth value, as it is written.
    Bare(String),
    List(Vec<At>),
    Object(Vec<(String, At)>),
    /// It stands for another value.
    Alias(At),
}

/// All that was read.
#[derive(Debug, Default)]
pub(super) struct Graph {
    nodes: Vec<Node>,
    /// The steps that were taken so far: values that stand for others may hold one text very often.
    steps: Cell<usize>,
}

impl Graph {
    /// Takes in a value, unless there are too many.
    pub(super) fn add(&mut self, node: Node) -> Option<At> {
        if self.nodes.len() >= MOST {
            return None;
        }
        let at = At::try_from(self.nodes.len()).ok()?;
        self.nodes.push(node);
        Some(at)
    }

    /// Whether the value at `at` may still be written.
    pub(super) fn affords(&self, at: At) -> bool {
        let steps = self.steps.get() + 1 + self.text(at).map_or(0, str::len) / STEP;
        self.steps.set(steps);
        steps <= MOST_STEPS
    }

    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Forgets what was taken in since there were `len` values.
    pub(super) fn forget(&mut self, len: usize) {
        self.nodes.truncate(len);
    }

    /// Where the value at `at` is in the end.
    pub(super) fn resolve(&self, mut at: At) -> At {
        for _ in 0..MOST_HOPS {
            match self.nodes.get(at as usize) {
                Some(Node::Alias(other)) => at = *other,
                _ => break,
            }
        }
        at
    }

    pub(super) fn node(&self, at: At) -> &Node {
        self.nodes.get(self.resolve(at) as usize).unwrap_or(&Node::Nothing)
    }

    /// The value at `at` as it stands there.
    pub(super) fn raw_mut(&mut self, at: At) -> Option<&mut Node> {
        self.nodes.get_mut(at as usize)
    }

    pub(super) fn text(&self, at: At) -> Option<&str> {
        match self.node(at) {
            Node::Text(text) => Some(text),
            _ => None,
        }
    }

    /// A text or a number.
    pub(super) fn word(&self, at: At) -> Option<&str> {
        match self.node(at) {
            Node::Text(text) | Node::Bare(text) => Some(text),
            _ => None,
        }
    }

    /// The values of a list; none of what is no list.
    pub(super) fn items(&self, at: At) -> &[At] {
        match self.node(at) {
            Node::List(items) => items,
            _ => &[],
        }
    }

    /// The fields of an object, in their order; none of what is no object.
    pub(super) fn fields(&self, at: At) -> &[(String, At)] {
        match self.node(at) {
            Node::Object(fields) => fields,
            _ => &[],
        }
    }

    pub(super) fn field(&self, at: At, key: &str) -> Option<At> {
        self.fields(at).iter().find(|(known, _)| known == key).map(|(_, value)| *value)
    }

    /// The text of the field called `key`.
    pub(super) fn text_in(&self, at: At, key: &str) -> Option<&str> {
        self.text(self.field(at, key)?)
    }
}
