//! Lays a page out flat, in one walk through its tree.

use ego_tree::NodeId;
use ego_tree::iter::Edge;
use html5ever::local_name;
use rustc_hash::FxHashMap;
use scraper::{Html, Node};
use url::Url;

use super::address::{is_same, key_hash, target};
use super::classes::{Classes, mix_hash};
use super::head::Head;
use super::page::{Element, Link, Page, Target, attribute};
use super::region::Region;
use super::tag::{Said, Tag};

impl<'a> Page<'a> {
    pub(super) fn new(html: &'a Html, url: &'a Url) -> Page<'a> {
        let mut page = Page {
            elements: Vec::with_capacity(html.tree.values().len() / 2),
            text: String::new(),
            breaks: Vec::new(),
            pictures: Vec::new(),
            times: Vec::new(),
            links: Vec::new(),
            targets: Vec::new(),
            base: url.clone(),
            url,
            head: Head::default(),
        };
        let laid_out = page.lay_out(html);
        page.place_elements(&laid_out.classes.common());
        page.base =
            laid_out.base.and_then(|base| url.join(base).ok()).filter(Url::has_host).unwrap_or(page.base);
        page.head = Head::of(html, &laid_out.related, &laid_out.keys, &page.base);
        page.find_links(&laid_out.links);
        page
    }

    /// Walks through the tree, once.
    fn lay_out(&mut self, html: &'a Html) -> LaidOut<'a> {
        let mut seen = LaidOut::default();
        let mut open: Vec<usize> = Vec::new();
        let mut skipped = None;
        for edge in html.tree.root().traverse().inspect(crate::effort::step) {
            match edge {
                Edge::Open(node) => match node.value() {
                    Node::Element(data) => {
                        let tag = Tag::of(&data.name.local);
                        if skipped.is_none() && tag == Tag::Unseen {
                            skipped = Some(node.id());
                            seen.see_unseen(data);
                        } else if skipped.is_some() {
                            seen.see_unseen(data);
                        } else {
                            self.break_line(tag);
                            open.push(self.open((node.id(), data, tag), open.last().copied(), &mut seen));
                        }
                    }
                    Node::Text(text) if skipped.is_none() => self.add_text(text),
                    _ => {}
                },
                Edge::Close(node) if skipped.is_some() => {
                    if skipped == Some(node.id()) {
                        skipped = None;
                    }
                }
                Edge::Close(node) if node.value().is_element() => {
                    if let Some(index) = open.pop() {
                        self.close(index);
                    }
                }
                Edge::Close(_) => {}
            }
        }
        seen
    }

    fn open(
        &mut self,
        (id, data, tag): (NodeId, &'a scraper::node::Element, Tag),
        parent: Option<usize>,
        seen: &mut LaidOut<'a>,
    ) -> usize {
        let index = self.elements.len();
        let said = Said::of(data);
        match tag {
            Tag::Link => {
                if let Some(href) = said.href {
                    seen.links.push((index, href));
                }
                if said.rel.is_some() {
                    seen.related.push(data);
                }
            }
            Tag::Image | Tag::Picture => self.pictures.push(index),
            Tag::Time => self.times.push(index),
            _ if data.name.local == local_name!("link") || data.name.local == local_name!("base") => {
                seen.see_unseen(data);
            }
            _ => {}
        }
        let start = self.text.len();
        self.elements.push(Element {
            id,
            data,
            tag,
            role: said.role,
            is_hidden: said.is_hidden,
            has_stamp: said.has_stamp,
            class: seen.classes.add(said.class),
            parent: parent.unwrap_or(index),
            end: index + 1,
            text: start..start,
            lines: (count(self.breaks.len()), 0),
            path: 0,
            class_path: 0,
            region: Region::default(),
        });
        index
    }

    fn close(&mut self, index: usize) {
        let end = self.elements.len();
        let text_end = self.text.len();
        let lines = self.breaks.len() - usize::from(self.text.ends_with('\n'));
        let element = &mut self.elements[index];
        element.lines.1 = count(lines);
        element.end = end;
        element.text.end = text_end;
        let tag = element.tag;
        self.break_line(tag);
    }

    fn break_line(&mut self, tag: Tag) {
        if !tag.is_inline() && !self.text.is_empty() && !self.text.ends_with('\n') {
            self.breaks.push(self.text.len());
            self.text.push('\n');
        }
    }

    fn add_text(&mut self, text: &str) {
        let is_gap = |c: char| c.is_whitespace() || c.is_control();
        if text.is_ascii() {
            let is_gap = |byte: &u8| *byte <= b' ' || *byte == 0x7F;
            let words = text.split(|c: char| c <= ' ' || c == '\u{7F}');
            let edges =
                (text.as_bytes().first().is_some_and(is_gap), text.as_bytes().last().is_some_and(is_gap));
            self.add_words(words, edges);
        } else {
            self.add_words(text.split(is_gap), (text.starts_with(is_gap), text.ends_with(is_gap)));
        }
    }

    /// Adds the words of a text, and gaps where it begins or ends with one.
    fn add_words<'t>(&mut self, words: impl Iterator<Item = &'t str>, (before, after): (bool, bool)) {
        if before {
            self.add_gap();
        }
        for (at, word) in words.filter(|word| !word.is_empty()).enumerate() {
            if at > 0 {
                self.text.push(' ');
            }
            self.text.push_str(word);
        }
        if after {
            self.add_gap();
        }
    }

    fn add_gap(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with([' ', '\n']) {
            self.text.push(' ');
        }
    }

    /// Says of each element where it stands. One that holds half of the page's text is no margin of it, whatever it is
    /// called.
    fn place_elements(&mut self, classes: &[u64]) {
        let half = self.text.len() / 2;
        for at in 0..self.elements.len() {
            let element = &self.elements[at];
            let outer = &self.elements[element.parent];
            let name = element.data.name.local.get_hash();
            let said = (element.tag, element.role, element.is_hidden);
            let is_bulk = element.text.len() > half || self.is_story(at);
            let region = outer.region.within(said, is_bulk);
            let path = mix_hash(outer.path, name);
            let class_path = mix_hash(outer.class_path, name).wrapping_add(classes[element.class as usize]);
            let element = &mut self.elements[at];
            (element.region, element.path, element.class_path) = (region, path, class_path);
        }
    }

    /// Whether an aside is one article: the newest, which some themes set apart from the list.
    fn is_story(&self, at: usize) -> bool {
        let aside = &self.elements[at];
        let Some(first) = self.elements.get(at + 1).filter(|_| aside.tag == Tag::Aside) else { return false };
        let holds_all = first.text.len() * 10 >= aside.text.len() * 9;
        first.parent == at && first.tag == Tag::Article && holds_all
    }

    fn find_links(&mut self, links: &[(usize, &'a str)]) {
        let mut hrefs: FxHashMap<&str, Option<usize>> = FxHashMap::default();
        let mut known: FxHashMap<u64, usize> = FxHashMap::default();
        hrefs.reserve(links.len());
        known.reserve(links.len());
        let own = key_hash(self.url);
        for &(element, href) in links {
            let found = *hrefs.entry(href).or_insert_with(|| {
                let url = target(&self.base, href)?;
                let mut hash = key_hash(&url);
                if hash == own && is_same(&url, self.url) {
                    return None;
                }
                while let Some(&at) = known.get(&hash) {
                    if is_same(&self.targets[at].url, &url) {
                        return Some(at);
                    }
                    hash = hash.wrapping_add(1);
                }
                known.insert(hash, self.targets.len());
                self.targets.push(Target { url, links: Vec::new() });
                Some(self.targets.len() - 1)
            });
            if let Some(target) = found {
                self.targets[target].links.push(self.links.len());
                self.links.push(Link { element, target });
            }
        }
    }
}

/// A page has far fewer lines than this can count.
fn count(lines: usize) -> u32 {
    u32::try_from(lines).unwrap_or(u32::MAX)
}

/// What a walk through the tree finds beside the elements.
#[derive(Default)]
struct LaidOut<'a> {
    classes: Classes<'a>,
    /// The links among the elements, and where they lead.
    links: Vec<(usize, &'a str)>,
    /// Links of the page to its relatives: `link` and `a` elements with a `rel`.
    related: Vec<&'a scraper::node::Element>,
    /// Scripts with a key.
    keys: Vec<&'a scraper::node::Element>,
    base: Option<&'a str>,
}

impl<'a> LaidOut<'a> {
    /// Looks at an element that shows nothing.
    fn see_unseen(&mut self, data: &'a scraper::node::Element) {
        match data.name.local {
            local_name!("link") => self.related.push(data),
            local_name!("script") if attribute(data, "data-key").is_some() => self.keys.push(data),
            local_name!("base") if self.base.is_none() => self.base = attribute(data, "href"),
            _ => {}
        }
    }
}
