//! What an element is, from its tag and attributes; the elements in it inherit it.

use html5ever::{LocalName, local_name};
use scraper::node::Element;

use super::names::{Known, Names};
use super::tag::Tag;

macro_rules! flags {
    ($($constant:ident,)*) => {
        #[allow(non_camel_case_types, clippy::upper_case_acronyms)] // they are the constants' names
        enum Place { $($constant,)* COUNT }
        $(#[allow(dead_code)] pub(crate) const $constant: u64 = 1 << (Place::$constant as u64);)*
        /// How many flags there are.
        pub(crate) const COUNT: usize = Place::COUNT as usize;
        /// Their names, in their order.
        pub(crate) const NAMES: [&str; COUNT] = [$(stringify!($constant),)*];
    };
}

// The order is part of the trained model: add new ones at the end.
flags! {
    ARTICLE, MAIN, NAV, ASIDE, FOOTER, HEADER, FORM, UL, OL, TABLE, BLOCKQUOTE, FIGURE, DETAILS, DL, PRE, SECTION,
    A, BUTTON, HEADING, ROLE_NAV, ROLE_MAIN, ROLE_COMPLEMENTARY, ROLE_CONTENTINFO, ROLE_BANNER, ROLE_DIALOG,
    ROLE_OTHER, BODY_ITEM, ARTICLE_ITEM, COMMENT_ITEM, PRODUCT_ITEM, HIDDEN, ARIA_HIDDEN, LABEL, PARAGRAPH,
    LINK, BOLD, ITALIC,
}

/// What attributes say of one element.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Attributes<'a> {
    pub(super) flags: u64,
    pub(super) class: &'a str,
    pub(super) id: &'a str,
    has_href: bool,
}

impl<'a> Attributes<'a> {
    /// Reads those of `element`.
    pub(super) fn of(element: &'a Element) -> Attributes<'a> {
        let mut found = Attributes::default();
        for (name, value) in &element.attrs {
            found.read(&name.local, value);
        }
        found
    }

    fn read(&mut self, name: &LocalName, value: &'a str) {
        match *name {
            local_name!("class") => self.class = value,
            local_name!("id") => self.id = value,
            local_name!("href") => self.has_href = true,
            local_name!("role") => self.flags |= role(value),
            local_name!("itemprop") => self.flags |= item_property(value),
            local_name!("itemtype") => self.flags |= item_type(value),
            local_name!("style") => self.flags |= if hides(value) { HIDDEN } else { 0 },
            local_name!("hidden") => self.flags |= HIDDEN,
            local_name!("aria-hidden") => self.flags |= if value == "true" { ARIA_HIDDEN } else { 0 },
            _ => {}
        }
    }

    /// The element's own flags, its tag's included.
    pub(super) fn flags_with(&self, tag: Tag) -> u64 {
        let link = if tag == Tag::A && self.has_href { LINK } else { 0 };
        self.flags | of_tag(tag) | link
    }

    /// What class and id say.
    pub(super) fn names(&self, known: &mut Known<'a>) -> Names {
        known.read(self.class).or(known.read(self.id))
    }
}

fn of_tag(tag: Tag) -> u64 {
    match tag {
        Tag::Article => ARTICLE,
        Tag::Main => MAIN,
        Tag::Nav => NAV,
        Tag::Aside => ASIDE,
        Tag::Footer => FOOTER,
        Tag::Header => HEADER,
        Tag::Form => FORM,
        Tag::Ul | Tag::Menu => UL,
        Tag::Ol => OL,
        Tag::Table => TABLE,
        Tag::Blockquote => BLOCKQUOTE,
        Tag::Figure => FIGURE,
        Tag::Details => DETAILS,
        Tag::Dl => DL,
        Tag::Pre => PRE,
        Tag::Section => SECTION,
        Tag::A => A,
        Tag::Button => BUTTON,
        Tag::Label => LABEL,
        Tag::P => PARAGRAPH,
        Tag::Dialog => ROLE_DIALOG,
        Tag::B | Tag::Strong => BOLD,
        Tag::I | Tag::Em => ITALIC,
        tag if tag.is_heading() => HEADING,
        _ => 0,
    }
}

fn role(value: &str) -> u64 {
    match value {
        "navigation" | "menu" | "menubar" => ROLE_NAV,
        "main" => ROLE_MAIN,
        "article" => ARTICLE,
        "complementary" => ROLE_COMPLEMENTARY,
        "contentinfo" => ROLE_CONTENTINFO,
        "banner" => ROLE_BANNER,
        "dialog" | "alertdialog" => ROLE_DIALOG,
        "search" | "alert" | "tablist" | "listitem" => ROLE_OTHER,
        "button" => BUTTON,
        "list" => UL,
        _ => 0,
    }
}

fn item_property(value: &str) -> u64 {
    let is_body =
        value.contains("articleBody") || matches!(value, "text" | "mainEntityOfPage" | "description");
    if is_body { BODY_ITEM } else { 0 }
}

fn item_type(value: &str) -> u64 {
    if value.contains("Comment") || value.contains("Answer") || value.contains("Review") {
        COMMENT_ITEM
    } else if value.contains("Product") {
        PRODUCT_ITEM
    } else if value.contains("Article") || value.contains("BlogPosting") {
        ARTICLE_ITEM
    } else {
        0
    }
}

/// Whether a `style` takes its element out of sight.
pub(crate) fn hides(style: &str) -> bool {
    let says = |property: &str, value: &str| {
        style.split(';').any(|declaration| {
            declaration.split_once(':').is_some_and(|(name, set)| {
                name.trim().eq_ignore_ascii_case(property)
                    && set.trim().get(..value.len()).is_some_and(|set| set.eq_ignore_ascii_case(value))
            })
        })
    };
    says("display", "none") || says("visibility", "hidden")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_style_that_hides_is_seen() {
        assert!(hides("color: red; DISPLAY : none !important"));
        assert!(!hides("display: block"));
    }
}
