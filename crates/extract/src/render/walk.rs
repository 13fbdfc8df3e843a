//! Walks over the kept part of a page and tells the builder what it meets.

mod closing;
mod shown;

use std::collections::HashSet;

use ego_tree::{NodeId, NodeRef};
use scraper::{Node, node::Element};

use self::closing::Closing;
use super::builder::Builder;
use super::census::Census;
use super::elements::{Role, attributes, role};
use super::links::{Links, anchor};
use super::tree::{Attributes, Tree, is_heading};
use super::{RenderContext, code, figures, formulas, lead, marks, players, tables};
use crate::dom::attribute;
use crate::model::Image;
use crate::render::heads::Heads;

/// A walk over a page.
pub(super) struct Walk<'a> {
    census: &'a Census<'a>,
    kept: &'a dyn Fn(NodeId) -> bool,
    links: &'a Links,
    builder: Builder,
    images: Vec<Image>,
    shown: HashSet<String>,
    /// Kept texts still to come.
    remaining: usize,
    /// After the last kept text came something else.
    ended: bool,
    /// Open headings and drop caps, in which blocks are mere spaces.
    flat: usize,
    /// Open wrappers of pictures.
    frames: usize,
    /// Open captions of figures of which no text was kept: they stay with their pictures.
    captions: usize,
    /// Open tables; true for those of data.
    tables: Vec<bool>,
    /// A formula was written, and no text since.
    formula: bool,
    /// Elements that are written after all else.
    notes: &'a [NodeId],
    /// Who wrote a post, and when, by its element.
    heads: &'a Heads,
}

impl<'a> Walk<'a> {
    pub(super) fn new(
        census: &'a Census<'a>,
        kept: &'a dyn Fn(NodeId) -> bool,
        links: &'a Links,
        context: &RenderContext<'a>,
    ) -> Walk<'a> {
        Walk {
            census,
            kept,
            links,
            builder: Builder::new(),
            images: Vec::new(),
            shown: HashSet::new(),
            remaining: census.texts,
            ended: false,
            flat: 0,
            frames: 0,
            captions: 0,
            tables: Vec::new(),
            formula: false,
            notes: context.notes,
            heads: context.heads,
        }
    }

    /// The clean document of the picture `lead`, of what stands beneath `start` and, after a rule, in `notes`, and its
    /// pictures.
    pub(super) fn run(
        mut self,
        lead: Option<NodeRef<'_, Node>>,
        start: NodeRef<'_, Node>,
        notes: &[NodeRef<'_, Node>],
    ) -> (Tree, Vec<Image>) {
        if let Some(lead) = lead {
            self.walk(lead);
            self.builder.leave(1);
        }
        self.walk(start);
        self.notes = &[];
        for (at, note) in notes.iter().enumerate() {
            if at == 0 {
                self.builder.rule();
            }
            self.walk(*note);
            self.builder.leave(1);
        }
        (self.builder.finish(), self.images)
    }

    fn walk(&mut self, start: NodeRef<'_, Node>) {
        let mut open: Vec<(NodeRef<'_, Node>, Closing)> = Vec::new();
        let mut node = start;
        'walk: loop {
            if let Some(closing) = self.open(node) {
                if let Some(child) = node.first_child() {
                    open.push((node, closing));
                    node = child;
                    continue;
                }
                self.close(closing);
            }
            loop {
                if open.is_empty() {
                    break 'walk;
                }
                if let Some(sibling) = node.next_sibling() {
                    node = sibling;
                    break;
                }
                let (parent, closing) = open.pop().expect("it was not empty");
                self.close(closing);
                node = parent;
            }
        }
    }

    /// Opens a node; `None` if there is nothing to do beneath it.
    fn open(&mut self, node: NodeRef<'_, Node>) -> Option<Closing> {
        match node.value() {
            Node::Text(text) => {
                self.text(node, text);
                None
            }
            Node::Element(element) => self.element(node, element),
            _ => None,
        }
    }

    fn text(&mut self, node: NodeRef<'_, Node>, text: &str) {
        if text.trim().is_empty() {
            if !figures::is_beside_reading(node) {
                self.builder.text(text);
            }
        } else {
            let is_kept = (self.kept)(node.id());
            self.remaining -= usize::from(is_kept && self.remaining > 0);
            let is_sign = || self.tables.last() == Some(&true) && !text.contains(char::is_alphanumeric);
            if is_kept || self.captions > 0 || is_sign() {
                self.builder.text(text);
                self.formula = false;
            }
        }
    }

    fn element(&mut self, node: NodeRef<'_, Node>, element: &Element) -> Option<Closing> {
        let role = role(&element.name.local);
        match role {
            _ if self.notes.contains(&node.id()) => return None,
            Role::Skip => return None,
            Role::Break => {
                self.builder.line_break();
                return None;
            }
            Role::Rule => {
                self.builder.rule();
                return None;
            }
            Role::Player if players::is_quotation(element) && self.census.is_live(node.id()) => {}
            Role::Image | Role::Picture | Role::Player | Role::Math | Role::Noscript => {
                return if self.may_show(node) { self.show(node, element, role) } else { None };
            }
            _ => {}
        }
        if self.census.is_live(node.id()) || self.captions > 0 {
            self.name(element);
            if let Some(head) = self.heads.get(&node.id()) {
                self.builder.head(&head.author, &head.time);
            }
            return self.live_element(node, element, role);
        }
        self.dead_element(node, element, role)
    }

    /// Whether a picture may stand here: after the last text only if nothing else came between, and it leads nowhere.
    fn may_show(&self, node: NodeRef<'_, Node>) -> bool {
        self.remaining > 0 || !self.ended && !lead::leads_away(node)
    }

    fn name(&mut self, element: &Element) {
        let id =
            element.id().or_else(|| (element.name() == "a").then(|| attribute(element, "name")).flatten());
        if let Some(id) = id.filter(|id| self.census.is_target(id)) {
            self.builder.anchor(anchor(id));
        }
    }

    fn live_element(&mut self, node: NodeRef<'_, Node>, element: &Element, role: Role) -> Option<Closing> {
        if figures::is_drop_cap(node, element) {
            self.flat += 1;
            return Some(Closing::DropCap);
        }
        if role == Role::Boundary && self.skips_prompt(node) {
            return None;
        }
        if formulas::is_visual_copy(element)
            || figures::is_line_number(node, element)
            || marks::is_tool(node, element)
            || marks::is_label_unshown(node, element)
            || (element.name() == "button" && figures::is_beside_listing(node))
        {
            return None;
        }
        if self.flat > 0 && !matches!(role, Role::Inline(_) | Role::Transparent | Role::Reading) {
            self.builder.space();
            return Some(Closing::Space);
        }
        if matches!(role, Role::Table | Role::Boundary | Role::Container("ol" | "ul"))
            && code::is_lined_listing(node, element)
        {
            self.preformatted(node, element, &|_| true);
            return None;
        }
        Some(match role {
            Role::Inline("a") => self.open_link(element),
            Role::Inline(tag) => {
                self.builder.open_inline(tag, attributes(element));
                Closing::Inline
            }
            Role::Reading if figures::is_within_ruby(node) => {
                self.reading(node);
                return None;
            }
            Role::Leaf(tag) => self.open_leaf(tag, element),
            Role::Container(tag) => self.enter(tag, attributes(element)),
            Role::Table => self.open_table(node),
            Role::TablePart(tag) if self.tables.last() == Some(&true) => self.enter(tag, attributes(element)),
            Role::Pre => {
                self.preformatted(node, element, self.kept);
                return None;
            }
            Role::Apart => {
                self.builder.space();
                Closing::Space
            }
            Role::Reading => Closing::Nothing,
            Role::Transparent if !figures::is_caption(element, &self.builder) => Closing::Nothing,
            _ => self.open_block(node, element),
        })
    }

    fn open_link(&mut self, element: &Element) -> Closing {
        let Some(href) = attribute(element, "href").and_then(|href| self.links.href(href)) else {
            return Closing::Nothing;
        };
        let mut attributes = vec![("href", href)];
        attributes.extend(attribute(element, "title").map(|title| ("title", title.trim().to_owned())));
        self.builder.open_inline("a", attributes);
        Closing::Inline
    }

    fn open_leaf(&mut self, tag: &'static str, element: &Element) -> Closing {
        if figures::is_caption(element, &self.builder) {
            return self.enter("figcaption", Vec::new());
        }
        self.builder.begin_leaf(tag, attributes(element));
        if is_heading(tag) {
            self.flat += 1;
            return Closing::Heading;
        }
        self.open_title(element).unwrap_or(Closing::Leaf)
    }

    fn open_block(&mut self, node: NodeRef<'_, Node>, element: &Element) -> Closing {
        if figures::is_caption(element, &self.builder) {
            return self.enter("figcaption", Vec::new());
        }
        if figures::is_figure(node, element) {
            return self.enter("figure", Vec::new());
        }
        if marks::is_verse_line(node, element) {
            self.builder.verse_line();
            return Closing::VerseLine;
        }
        self.builder.boundary();
        self.open_title(element).unwrap_or(Closing::Boundary)
    }

    /// The title of a box, which is bold.
    fn open_title(&mut self, element: &Element) -> Option<Closing> {
        marks::is_box_title(element).then(|| {
            self.builder.open_inline("strong", Vec::new());
            Closing::Title
        })
    }

    fn enter(&mut self, tag: &'static str, attributes: Attributes) -> Closing {
        self.builder.enter(tag, attributes).map_or(Closing::Boundary, Closing::Container)
    }

    fn open_table(&mut self, node: NodeRef<'_, Node>) -> Closing {
        let is_live = |id| self.census.is_live(id);
        let entered =
            tables::holds_data(node, &is_live).then(|| self.builder.enter("table", Vec::new())).flatten();
        self.tables.push(entered.is_some());
        self.builder.boundary();
        entered.map_or(Closing::Table, Closing::DataTable)
    }
}
