//! What the walk meets that is looked at or listened to: pictures, players, formulas, listings.

use ego_tree::{NodeId, NodeRef};
use scraper::{Html, Node, node::Element};

use super::Walk;
use super::closing::Closing;
use crate::model::Image;
use crate::render::census::is_picture_frame;
use crate::render::elements::{Role, attributes};
use crate::render::figures::Blank;
use crate::render::images::{self, Picture};
use crate::render::{characters, code, figures, formulas, marks, players};

/// How far around a listing its highlighter says the language: a figure with a table, a row and a cell.
const HIGHLIGHTER: usize = 5;

impl Walk<'_> {
    /// Opens an element in which no text was kept: a cell of a table, or what holds a picture.
    pub(super) fn dead_element(
        &mut self,
        node: NodeRef<'_, Node>,
        element: &Element,
        role: Role,
    ) -> Option<Closing> {
        if let (Role::TablePart(tag @ ("td" | "th")), Some(true)) = (role, self.tables.last()) {
            return Some(self.enter(tag, attributes(element)));
        }
        if matches!(role, Role::Inline(_) | Role::Transparent)
            && let Some(blank) = figures::blank(node)
        {
            match blank {
                Blank::Space => self.builder.space(),
                Blank::Break => self.builder.line_break(),
            }
            return None;
        }
        if figures::is_caption(element, &self.builder) {
            let entered = self.builder.enter("figcaption", Vec::new());
            self.captions += usize::from(entered.is_some());
            return entered.map(Closing::Caption);
        }
        if role == Role::Boundary && marks::is_verse_line(node, element) {
            self.builder.line_break();
            self.builder.line_break();
            return None;
        }
        if self.frames == 0 && !(self.may_show(node) && is_picture_frame(node)) {
            self.ended |= self.remaining == 0 && says_something(node);
            return None;
        }
        if let Role::Container(tag @ ("li" | "dt" | "dd")) = role {
            self.frames += 1;
            return Some(Closing::FramedItem(self.builder.enter(tag, Vec::new())));
        }
        self.frames += 1;
        if element.name() == "figure" || figures::is_figure(node, element) {
            return Some(Closing::FramedItem(self.builder.enter("figure", Vec::new())));
        }
        Some(Closing::Frame)
    }

    /// Skips a prompt to fill in, unless it is most of what was kept.
    pub(super) fn skips_prompt(&mut self, node: NodeRef<'_, Node>) -> bool {
        if node.id() == self.census.root || !figures::is_prompt(node) {
            return false;
        }
        let kept = |node: &NodeRef<'_, Node>| node.value().is_text() && (self.kept)(node.id());
        let texts = node.descendants().inspect(crate::effort::step).filter(kept).count();
        let is_prompt = texts * 2 < self.census.texts;
        self.remaining = self.remaining.saturating_sub(if is_prompt { texts } else { 0 });
        is_prompt
    }

    pub(super) fn show(&mut self, node: NodeRef<'_, Node>, element: &Element, role: Role) -> Option<Closing> {
        match role {
            Role::Image => self.image(element, &[]),
            Role::Picture => self.alternatives(node),
            Role::Math => {
                formulas::copy(node, element, &mut self.builder);
                self.formula = true;
            }
            Role::Noscript => return self.noscript(node),
            _ if images::is_embedded(element) => self.embedded(node, element),
            _ => {
                if let Some(player) = players::player(node, self.links)
                    && self.shown.insert(player.url.to_string())
                {
                    self.builder.player(player.url.into(), &player.label);
                }
            }
        }
        None
    }

    /// A picture in `object` or `embed`: what stands in it for browsers that cannot show it, which readers can, or itself.
    fn embedded(&mut self, node: NodeRef<'_, Node>, element: &Element) {
        let images =
            node.descendants().inspect(crate::effort::step).filter_map(|node| node.value().as_element());
        match images.into_iter().find(|element| element.name() == "img") {
            Some(image) => self.image(image, &[]),
            None => self.image(element, &[]),
        }
    }

    fn alternatives(&mut self, node: NodeRef<'_, Node>) {
        let elements =
            || node.descendants().inspect(crate::effort::step).filter_map(|node| node.value().as_element());
        let sources: Vec<&Element> = elements().filter(|element| element.name() == "source").collect();
        let image = elements().find(|element| matches!(element.name(), "img" | "amp-img"));
        if let Some(image) = image.or(sources.first().copied()) {
            self.image(image, &sources);
        }
    }

    /// The picture within is the real one only if that beside it shows nothing.
    fn noscript(&mut self, node: NodeRef<'_, Node>) -> Option<Closing> {
        if figures::has_picture_beside(node, self.links) {
            return None;
        }
        let raw = node
            .children()
            .inspect(crate::effort::step)
            .find_map(|child| child.value().as_text().filter(|text| text.contains("<img")));
        let Some(raw) = raw else {
            self.frames += 1;
            return Some(Closing::Frame);
        };
        let fragment = Html::parse_fragment(raw);
        for element in fragment.tree.nodes().filter_map(|node| node.value().as_element()) {
            if element.name() == "img" {
                self.image(element, &[]);
            }
        }
        None
    }

    fn image(&mut self, element: &Element, sources: &[&Element]) {
        if let Some(emoji) = images::emoji(element) {
            self.builder.text(emoji);
        } else if let Some(picture) = images::picture(element, sources, self.links) {
            self.picture(element, &picture);
        }
    }

    fn picture(&mut self, element: &Element, picture: &Picture) {
        let stands_for_text = picture.is_icon || formulas::is_picture_of_one(element);
        if stands_for_text {
            let is_wanted = picture.alt.is_some() && self.builder.is_within_text() && !self.formula;
            if is_wanted && self.flat == 0 {
                self.builder.inline_element("img", picture.attributes());
            }
        } else if self.shown.insert(picture.url.to_string()) {
            if self.builder.is_inside("td") || self.builder.is_inside("th") {
                self.builder.inline_element("img", picture.attributes());
            } else {
                self.builder.picture(picture.attributes());
            }
            let Picture { url, alt, width, height, .. } = picture.clone();
            self.images.push(Image { url, alt, width, height });
        }
    }

    /// Writes the reading of a ruby text, with brackets for readers that know none.
    pub(super) fn reading(&mut self, node: NodeRef<'_, Node>) {
        let kept = |node: &NodeRef<'_, Node>| (self.kept)(node.id());
        let texts = node
            .descendants()
            .inspect(crate::effort::step)
            .filter(kept)
            .filter_map(|node| node.value().as_text());
        let reading: String = texts.map(|text| &**text).collect();
        let reading = characters::collapse(&reading).text;
        if reading.is_empty() {
            return;
        }
        // Ruby text within ruby text is only text: its reading stands in brackets, as everywhere but in a ruby element.
        let is_in_ruby = self.builder.innermost() == Some("ruby");
        for (tag, text) in [("rp", "("), ("rt", &reading), ("rp", ")")] {
            if is_in_ruby {
                self.builder.open_inline(tag, Vec::new());
            }
            self.builder.text(text);
            if is_in_ruby {
                self.builder.close_inline();
            }
        }
    }

    /// Writes a listing, as far as it is `kept`.
    pub(super) fn preformatted(
        &mut self,
        node: NodeRef<'_, Node>,
        element: &Element,
        kept: &dyn Fn(NodeId) -> bool,
    ) {
        let texts = node
            .descendants()
            .inspect(crate::effort::step)
            .filter(|node| node.value().is_text() && (self.kept)(node.id()));
        self.remaining = self.remaining.saturating_sub(texts.count());
        let text = figures::listing(node, kept);
        let text = characters::visible(&text);
        let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
        let text = lines.join("\n");
        let text = text.trim_start_matches('\n').trim_end();
        if text.trim().is_empty() {
            return;
        }
        let around = node
            .ancestors()
            .inspect(crate::effort::step)
            .take(HIGHLIGHTER)
            .filter_map(|node| node.value().as_element());
        let within = node
            .descendants()
            .inspect(crate::effort::step)
            .skip(1)
            .filter_map(|node| node.value().as_element());
        let inner_code = within.into_iter().find(|element| matches!(element.name(), "code" | "samp"));
        let candidates = std::iter::once(element).chain(inner_code).chain(around);
        let language = candidates.into_iter().find_map(code::language);
        let is_code = inner_code.is_some()
            || language.is_some()
            || element.name() != "pre"
            || code::is_marked_as_code(element);
        let attributes =
            language.map(|language| vec![("class", format!("language-{language}"))]).unwrap_or_default();
        self.builder.preformatted(text, is_code.then_some(attributes));
    }
}

/// Whether text stands in an element.
fn says_something(node: NodeRef<'_, Node>) -> bool {
    node.descendants()
        .inspect(crate::effort::step)
        .any(|node| node.value().as_text().is_some_and(|text| text.contains(char::is_alphanumeric)))
}
