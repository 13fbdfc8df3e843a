//! Collects what a page offers in one pass over its tree, without recursion and within bounds.

mod attributes;

use std::sync::LazyLock;

use ego_tree::iter::Edge;
use ego_tree::{NodeId, NodeRef};
use html5ever::{LocalName, local_name};
use memchr::memmem::Finder;
use scraper::{ElementRef, Html, Node};

use self::attributes::Attributes;
use super::material::{Line, Marked, Material, Meta, Place, Property};
use super::titles::standing::leads_home;
use crate::segment::Element;
use crate::segment::names::Known;
use crate::segment::signs::{self, Signs};
use crate::text::beginning;

/// The most of each kind that is kept of a page.
const MOST: usize = 400;
/// The longest value that is kept, in bytes.
const MOST_TEXT: usize = 64 << 10;
/// The most short texts that are kept.
const MOST_LINES: usize = 4000;
/// Bytes of paragraphs that are kept to tell the language by.
const SAMPLE: usize = 600;
/// Bytes at the beginning of a longer text in which a place and a date may stand.
const DATELINE: usize = 64;
/// The longest text, in bytes, that can be a byline, a date line or the like.
const LINE: usize = 240;

/// Types of items whose properties are not those of the article: pictures, and others inside an item.
const OTHERS: (&[&str], &[&str]) =
    (&["ImageObject", "Photograph"], &["Answer", "AudioObject", "Comment", "UserComments", "VideoObject"]);

static AUTHOR: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("author"));

/// An open element that changes how what is inside it is seen.
struct Open<'a> {
    node: NodeId,
    aside: bool,
    main: bool,
    article: bool,
    /// The type and the property of a microdata item.
    item: Option<(&'a str, &'a str)>,
}

/// Collects what `document` offers, of whose elements some were `read` already, in their order.
pub(super) fn collect<'a>(document: &'a Html, read: &[Element]) -> Material<'a> {
    let mut pass = Pass {
        material: Material::default(),
        open: Vec::new(),
        place: Place::default(),
        articles: 0,
        read: read.iter(),
        known: Known::default(),
    };
    for edge in document.tree.root().traverse().inspect(crate::effort::step) {
        match edge {
            Edge::Open(node) => pass.opens(node),
            Edge::Close(node) => pass.closes(node),
        }
    }
    pass.material.elements = pass.place.order;
    pass.material
}

struct Pass<'a, 'r> {
    material: Material<'a>,
    open: Vec<Open<'a>>,
    place: Place,
    articles: usize,
    /// The elements to come that were read already.
    read: std::slice::Iter<'r, Element>,
    known: Known<'a>,
}

impl<'a> Pass<'a, '_> {
    /// The signs in class and id of an element that was read already.
    fn signs_read(&mut self, id: NodeId) -> Option<Signs> {
        let next = self.read.as_slice().first().filter(|element| element.id == id)?;
        self.read.next();
        Some(next.signs)
    }

    fn opens(&mut self, node: NodeRef<'a, Node>) {
        match node.value() {
            Node::Element(element) => {
                self.place.order += 1;
                if let Some(found) = ElementRef::wrap(node) {
                    self.element(found, element);
                }
            }
            Node::Text(text) => self.text(node, text),
            _ => {}
        }
    }

    fn closes(&mut self, node: NodeRef<'a, Node>) {
        if self.open.last().is_some_and(|open| open.node == node.id()) {
            self.open.pop();
            self.place.aside = self.open.iter().any(|open| open.aside);
            self.place.main = self.open.iter().any(|open| open.main);
            self.articles = self.open.iter().filter(|open| open.article).count();
            self.place.nested = self.articles > 1;
        }
    }

    fn element(&mut self, found: ElementRef<'a>, element: &'a scraper::node::Element) {
        let read = self.signs_read(found.id());
        let attributes = Attributes::of(element);
        let name = &element.name.local;
        if self.of_head(name, found, &attributes) {
            return;
        }
        let signs = read
            .unwrap_or_else(|| self.known.read(attributes.class).or(self.known.read(attributes.id)).signs)
            | self.known.read(attributes.test_id).signs;
        self.enter(name, found, &attributes, signs);
        let marked = Marked { element: found, place: self.place, class: attributes.class };
        let material = &mut self.material;
        match *name {
            local_name!("h1") | local_name!("h2") => keep(&mut material.headings, marked),
            local_name!("time") => keep(&mut material.times, marked),
            local_name!("img") => keep(&mut material.images, marked),
            local_name!("a") if has_word(attributes.rel, "home") || leads_home(attributes.href) => {
                keep(&mut material.homes, marked);
            }
            _ if &**name == "amp-img" => keep(&mut material.images, marked),
            _ if says(signs, signs::TITLE) && may_be_titles(name) => keep(&mut material.titles, marked),
            _ => {}
        }
        if says(signs, signs::BYLINE)
            || has_word(attributes.rel, "author")
            || AUTHOR.find(attributes.href.as_bytes()).is_some()
        {
            keep(&mut material.bylines, marked);
        }
        if (says(signs, signs::DATE) || attributes.datetime)
            && !matches!(
                *name,
                local_name!("time")
                    | local_name!("body")
                    | local_name!("html")
                    | local_name!("main")
                    | local_name!("article")
            )
        {
            keep(&mut material.dates, marked);
        }
        if says(signs, signs::TAGS) || has_word(attributes.rel, "tag") {
            keep(&mut material.tags, marked);
        }
        if has_word(attributes.rel, "license") {
            keep(&mut material.licenses, marked);
        }
        self.property(found, &attributes);
    }

    /// Takes in what stands in a page's head, wherever it is.
    fn of_head(&mut self, name: &LocalName, found: ElementRef<'a>, attributes: &Attributes<'a>) -> bool {
        let material = &mut self.material;
        match *name {
            local_name!("meta") => {
                let content = beginning(attributes.content.unwrap_or_default(), MOST_TEXT);
                for name in [attributes.property, attributes.name, attributes.http_equiv] {
                    if !name.is_empty() && material.metas.len() < MOST {
                        material.metas.push(Meta {
                            name: name.trim().to_ascii_lowercase(),
                            content,
                            element: found,
                        });
                    }
                }
                self.property(found, attributes);
            }
            local_name!("link") => {
                if material.links.len() < MOST && !attributes.rel.is_empty() {
                    material.links.push((attributes.rel, attributes.href));
                }
                self.property(found, attributes);
            }
            local_name!("base") => material.base = material.base.or(Some(attributes.href)),
            local_name!("html") => {
                material.language = Some(attributes.lang).filter(|lang| !lang.trim().is_empty());
            }
            local_name!("title") if material.title.is_none() && self.open.is_empty() => {
                material.title = Some(found.text().take(20).map(|text| beginning(text, MOST_TEXT)).collect());
            }
            local_name!("script") | local_name!("svg") | local_name!("style") => {}
            _ => return false,
        }
        true
    }

    /// Notes an element inside which things are seen differently.
    fn enter(&mut self, name: &LocalName, found: ElementRef<'a>, attributes: &Attributes<'a>, signs: Signs) {
        let frame = matches!(
            *name,
            local_name!("html")
                | local_name!("body")
                | local_name!("main")
                | local_name!("article")
                | local_name!("h1")
                | local_name!("time")
        );
        let aside = matches!(*name, local_name!("nav") | local_name!("aside"))
            || *name == local_name!("footer") && !self.place.main
            || says(signs, signs::ASIDE) && !frame;
        let main = matches!(*name, local_name!("main") | local_name!("article"));
        let item = attributes.item.then_some((
            attributes.itemtype,
            if attributes.itemprop.is_empty() { attributes.property } else { attributes.itemprop },
        ));
        if !aside && !main && item.is_none() {
            return;
        }
        let article = *name == local_name!("article");
        // The property of an item belongs to the item around it, and is read before this one is entered.
        if item.is_some() {
            self.property(found, attributes);
        }
        self.open.push(Open { node: found.id(), aside, main, article, item });
        self.place.aside |= aside;
        self.place.main |= main;
        self.articles += usize::from(article);
        self.place.nested = self.articles > 1;
    }

    fn property(&mut self, found: ElementRef<'a>, attributes: &Attributes<'a>) {
        let names = if attributes.itemprop.is_empty() { attributes.property } else { attributes.itemprop };
        if names.is_empty() || self.open.last().is_some_and(|open| open.node == found.id()) {
            return;
        }
        let of = self.open.iter().rev().find_map(|open| open.item);
        let is_other = |kind: &str, at: usize| {
            let (pictures, inner) = OTHERS;
            pictures.iter().any(|other| kind.ends_with(other))
                || at > 0 && inner.iter().any(|other| kind.ends_with(other))
        };
        let mut items = self.open.iter().filter_map(|open| open.item).enumerate();
        let is_of_another = items.any(|(at, (kind, _))| is_other(kind, at));
        for name in names.split_ascii_whitespace() {
            let name = name.rsplit([':', '/']).next().unwrap_or(name);
            keep(
                &mut self.material.properties,
                Property { name, element: found, place: self.place, of, is_of_another },
            );
        }
    }

    fn text(&mut self, node: NodeRef<'a, Node>, text: &'a str) {
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        let Some(parent) = node.parent().and_then(ElementRef::wrap) else { return };
        if matches!(
            parent.value().name.local,
            local_name!("script")
                | local_name!("style")
                | local_name!("title")
                | local_name!("noscript")
                | local_name!("textarea")
                | local_name!("option")
        ) {
            return;
        }
        let prose = text.len() > LINE;
        let shown = if prose { &text[..text.floor_char_boundary(DATELINE)] } else { text };
        let dated = || shown.bytes().any(|byte| byte.is_ascii_digit());
        if self.material.lines.len() < MOST_LINES && (!prose || dated()) {
            self.material.lines.push(Line { parent, text: shown, prose, place: self.place });
        }
        if text.len() > 40 && !self.place.aside && self.material.sample.len() < SAMPLE {
            let left = SAMPLE - self.material.sample.len();
            self.material.sample.push_str(&text[..text.floor_char_boundary(left)]);
            self.material.sample.push('\n');
        }
    }
}

/// Whether an element that is named as a headline may be one: neither a frame, nor a link to another page.
fn may_be_titles(name: &LocalName) -> bool {
    matches!(
        *name,
        local_name!("div")
            | local_name!("p")
            | local_name!("span")
            | local_name!("strong")
            | local_name!("h3")
            | local_name!("h4")
    )
}

/// Whether `sign` is among `signs`.
fn says(signs: Signs, sign: Signs) -> bool {
    signs & sign != 0
}

fn keep<T>(list: &mut Vec<T>, value: T) {
    if list.len() < MOST {
        list.push(value);
    }
}

/// Whether the space-separated `list` has `word`.
fn has_word(list: &str, word: &str) -> bool {
    !list.is_empty() && list.split_ascii_whitespace().any(|known| known.eq_ignore_ascii_case(word))
}
