//! Where on a page an element stands, as tags and roles say. Many pages say nothing of it.

use super::tag::{Role, Tag};

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
    /// The region in an element that stands in this one. If it holds the bulk of the page it is no margin of it.
    pub(super) fn within(self, (tag, role, is_hidden): (Tag, Role, bool), is_bulk: bool) -> Region {
        let mut region = self;
        region.main |= tag == Tag::Main || role == Role::Main;
        region.article |= tag == Tag::Article;
        region.heading |= tag == Tag::Heading || role == Role::Heading;
        if is_bulk {
            return region;
        }
        region.navigation |= tag == Tag::Navigation || role == Role::Navigation;
        region.header |= (tag == Tag::Header && !self.article && !self.main) || role == Role::Header;
        region.footer |= (tag == Tag::Footer && !self.article) || role == Role::Footer;
        region.aside |= tag == Tag::Aside || role == Role::Aside;
        region.hidden |= tag == Tag::Dialog || role == Role::Dialog || (is_hidden && tag != Tag::Link);
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
