//! The attributes of an element by which it may say something of the page.

use html5ever::local_name;
use scraper::node::Element;

/// The attributes that matter, read in one go.
#[derive(Default)]
pub(super) struct Attributes<'a> {
    pub(super) class: &'a str,
    pub(super) id: &'a str,
    pub(super) test_id: &'a str,
    pub(super) rel: &'a str,
    pub(super) href: &'a str,
    pub(super) name: &'a str,
    pub(super) property: &'a str,
    pub(super) itemprop: &'a str,
    pub(super) itemtype: &'a str,
    pub(super) item: bool,
    pub(super) content: Option<&'a str>,
    pub(super) http_equiv: &'a str,
    pub(super) kind: &'a str,
    pub(super) lang: &'a str,
    pub(super) datetime: bool,
}

impl<'a> Attributes<'a> {
    /// Reads those of `element`.
    pub(super) fn of(element: &'a Element) -> Attributes<'a> {
        let mut all = Attributes::default();
        for (name, value) in &element.attrs {
            let value = &**value;
            match name.local {
                local_name!("class") => all.class = value,
                local_name!("id") => all.id = value,
                local_name!("rel") => all.rel = value,
                local_name!("href") => all.href = value,
                local_name!("name") => all.name = value,
                local_name!("itemprop") => all.itemprop = value,
                local_name!("itemtype") => (all.itemtype, all.item) = (value, true),
                local_name!("itemscope") => all.item = true,
                local_name!("content") => all.content = Some(value),
                local_name!("http-equiv") => all.http_equiv = value,
                local_name!("type") => all.kind = value,
                local_name!("lang") => all.lang = value,
                local_name!("datetime") => all.datetime = true,
                local_name!("src") | local_name!("style") | local_name!("alt") => {}
                _ => all.read_other(&name.local, value),
            }
        }
        all
    }

    /// Reads an attribute that HTML itself does not know.
    fn read_other(&mut self, name: &str, value: &'a str) {
        match name {
            "data-testid" | "data-component" | "data-qa" => self.test_id = value,
            "property" => self.property = value,
            "typeof" => (self.itemtype, self.item) = (value, true),
            "xml:lang" if self.lang.is_empty() => self.lang = value,
            _ => {}
        }
    }
}
