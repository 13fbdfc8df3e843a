//! What a page offers of everything that may say something about it.
//!
//! Nothing is judged here, and text is only pointed at: what a source has is read when a field asks for it.

use scraper::ElementRef;

/// A `meta` element: its name, property or `http-equiv` in lower case, and its content.
#[derive(Debug)]
pub(super) struct Meta<'a> {
    pub(super) name: String,
    pub(super) content: &'a str,
    pub(super) element: ElementRef<'a>,
}

/// Where an element stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Place {
    /// Its position among all elements.
    pub(super) order: usize,
    /// Inside navigation, a footer, an `aside`, or a block named as related, promoted or commented.
    pub(super) aside: bool,
    /// Inside an `article` or `main`.
    pub(super) main: bool,
    /// Inside an `article` that is inside another, as comments and teasers are.
    pub(super) nested: bool,
}

/// An element that its class, `rel` or name marks as worth a look.
#[derive(Clone, Copy, Debug)]
pub(super) struct Marked<'a> {
    pub(super) element: ElementRef<'a>,
    pub(super) place: Place,
    /// Its class and id, where it has them.
    pub(super) class: &'a str,
}

/// A microdata or RDFa property.
#[derive(Clone, Copy, Debug)]
pub(super) struct Property<'a> {
    pub(super) name: &'a str,
    pub(super) element: ElementRef<'a>,
    pub(super) place: Place,
    /// The type of the item to which it belongs, and the property that the item is a value of.
    pub(super) of: Option<(&'a str, &'a str)>,
    /// It belongs to a comment, an answer or a picture inside what the page is about.
    pub(super) is_of_another: bool,
}

/// A short text of its own.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'a> {
    /// The element in which it stands.
    pub(super) parent: ElementRef<'a>,
    pub(super) text: &'a str,
    /// It is but the beginning of a longer text.
    pub(super) prose: bool,
    pub(super) place: Place,
}

/// What a page offers.
#[derive(Debug, Default)]
pub(super) struct Material<'a> {
    pub(super) metas: Vec<Meta<'a>>,
    pub(super) language: Option<&'a str>,
    pub(super) title: Option<String>,
    /// `rel` and `href` of `link` elements.
    pub(super) links: Vec<(&'a str, &'a str)>,
    pub(super) base: Option<&'a str>,
    pub(super) headings: Vec<Marked<'a>>,
    /// Other elements that are named as headlines.
    pub(super) titles: Vec<Marked<'a>>,
    /// Links to the home of a site.
    pub(super) homes: Vec<Marked<'a>>,
    pub(super) times: Vec<Marked<'a>>,
    pub(super) bylines: Vec<Marked<'a>>,
    pub(super) dates: Vec<Marked<'a>>,
    pub(super) images: Vec<Marked<'a>>,
    pub(super) tags: Vec<Marked<'a>>,
    /// Links to a licence.
    pub(super) licenses: Vec<Marked<'a>>,
    pub(super) properties: Vec<Property<'a>>,
    pub(super) lines: Vec<Line<'a>>,
    /// The beginning of the page's paragraphs.
    pub(super) sample: String,
    /// How many elements there are.
    pub(super) elements: usize,
}

impl<'a> Material<'a> {
    /// The contents of the `meta` elements of this name that are not empty.
    pub(super) fn metas(&self, name: &str) -> impl Iterator<Item = &'a str> {
        self.metas
            .iter()
            .filter(move |meta| meta.name == name)
            .map(|meta| meta.content.trim())
            .filter(|content| !content.is_empty())
    }

    /// The first such content.
    pub(super) fn meta(&self, name: &str) -> Option<&'a str> {
        self.metas(name).next()
    }
}
