//! Where on a page an element stands, as tags and roles say. Many pages say nothing of it.

use scraper::node::Element;

use super::page::attribute;

/// What its ancestors and itself say of where an element stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools)] // Each is a fact of its own; any of them may hold together.
pub(super) struct Region {
    pub(super) navigation: bool,
    pub(super) header: bool,
    pub(super) footer: bool,
    pub(super) aside: bool,
    pub(super) main: bool,
    pub(super) article: bool,
    pub(super) hidden: bool,
    pub(super) heading: bool,
}

impl Region {
    /// The region in `element`, which stands in this one. If it holds the bulk of the page it is no margin of it.
    pub(super) fn within(self, element: &Element, is_bulk: bool) -> Region {
        let mut region = self;
        let role = attribute(element, "role").unwrap_or_default();
        match element.name() {
            "main" => region.main = true,
            "article" => region.article = true,
            name => region.heading |= is_heading(name) || role == "heading",
        }
        region.main |= role == "main";
        if is_bulk {
            return region;
        }
        match element.name() {
            "nav" | "menu" => region.navigation = true,
            "header" if !self.article && !self.main => region.header = true,
            "footer" if !self.article => region.footer = true,
            "aside" => region.aside = true,
            "dialog" => region.hidden = true,
            _ => {}
        }
        match role {
            "navigation" | "menu" | "menubar" | "tablist" => region.navigation = true,
            "banner" => region.header = true,
            "contentinfo" => region.footer = true,
            "complementary" => region.aside = true,
            "dialog" | "alertdialog" => region.hidden = true,
            _ => {}
        }
        let hidden =
            attribute(element, "hidden").is_some() || attribute(element, "aria-hidden") == Some("true");
        region.hidden |= hidden && element.name() != "a";
        region
    }

    /// How likely it is that a list which stands here is the page's own.
    pub(super) fn weight(self) -> f32 {
        if self.navigation || self.footer {
            0.1
        } else if self.header || self.hidden {
            0.3
        } else if self.aside {
            0.6
        } else {
            1.0
        }
    }
}

pub(super) fn is_heading(name: &str) -> bool {
    matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "dt")
}
