//! What an element's name and attributes say of it, asked once for each element.

use html5ever::{LocalName, local_name};
use scraper::node::Element;

use super::fields::{is_date_attribute, is_stamp};

/// What an element's name says of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tag {
    Link,
    Image,
    /// What holds or shows a picture beside `img`.
    Picture,
    /// An inline `time`.
    Time,
    /// A custom element that shows a time.
    OtherTime,
    Heading,
    /// Inline, and emphasised.
    Emphasis,
    Inline,
    Navigation,
    Header,
    Footer,
    Aside,
    Dialog,
    Main,
    Article,
    /// The whole page.
    Page,
    /// Nobody reads what is in it.
    Unseen,
    Block,
}

impl Tag {
    pub(super) fn of(name: &LocalName) -> Tag {
        match *name {
            local_name!("div") | local_name!("li") | local_name!("p") | local_name!("ul") => Tag::Block,
            local_name!("a") => Tag::Link,
            local_name!("span") => Tag::Inline,
            local_name!("img") => Tag::Image,
            local_name!("picture") | local_name!("source") | local_name!("video") => Tag::Picture,
            local_name!("time") => Tag::Time,
            local_name!("h1")
            | local_name!("h2")
            | local_name!("h3")
            | local_name!("h4")
            | local_name!("h5")
            | local_name!("h6")
            | local_name!("dt") => Tag::Heading,
            local_name!("nav") | local_name!("menu") => Tag::Navigation,
            local_name!("header") => Tag::Header,
            local_name!("footer") => Tag::Footer,
            local_name!("aside") => Tag::Aside,
            local_name!("dialog") => Tag::Dialog,
            local_name!("main") => Tag::Main,
            local_name!("article") => Tag::Article,
            local_name!("html") | local_name!("body") => Tag::Page,
            _ => Tag::of_text(name),
        }
    }

    fn of_text(name: &LocalName) -> Tag {
        match *name {
            local_name!("b")
            | local_name!("cite")
            | local_name!("em")
            | local_name!("mark")
            | local_name!("strong") => Tag::Emphasis,
            local_name!("script")
            | local_name!("style")
            | local_name!("noscript")
            | local_name!("template")
            | local_name!("svg")
            | local_name!("iframe")
            | local_name!("select")
            | local_name!("textarea")
            | local_name!("head")
            | local_name!("object") => Tag::Unseen,
            _ => match name.as_str() {
                "relative-time" | "time-ago" | "local-time" => Tag::OtherTime,
                name if crate::discover::plain_text::is_inline(name) => Tag::Inline,
                _ => Tag::Block,
            },
        }
    }

    /// Whether text goes on in the same line before and after it.
    pub(super) fn is_inline(self) -> bool {
        matches!(self, Tag::Link | Tag::Time | Tag::Emphasis | Tag::Inline | Tag::Image)
    }

    pub(super) fn is_time(self) -> bool {
        matches!(self, Tag::Time | Tag::OtherTime)
    }
}

/// What an element's `role` says of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Role {
    #[default]
    None,
    Main,
    Heading,
    Navigation,
    Header,
    Footer,
    Aside,
    Dialog,
}

impl Role {
    fn of(role: &str) -> Role {
        match role {
            "main" => Role::Main,
            "heading" => Role::Heading,
            "navigation" | "menu" | "menubar" | "tablist" => Role::Navigation,
            "banner" => Role::Header,
            "contentinfo" => Role::Footer,
            "complementary" => Role::Aside,
            "dialog" | "alertdialog" => Role::Dialog,
            _ => Role::None,
        }
    }
}

/// What an element's attributes say.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Said<'a> {
    pub(super) class: &'a str,
    pub(super) href: Option<&'a str>,
    pub(super) rel: Option<&'a str>,
    pub(super) role: Role,
    pub(super) is_hidden: bool,
    /// Whether one of them may be a machine's date.
    pub(super) has_stamp: bool,
}

impl<'a> Said<'a> {
    pub(super) fn of(element: &'a Element) -> Said<'a> {
        let mut said = Said::default();
        for (name, value) in &element.attrs {
            match name.local {
                local_name!("class") => said.class = value,
                local_name!("href") => said.href = Some(value),
                local_name!("rel") => said.rel = Some(value),
                local_name!("role") => said.role = Role::of(value),
                local_name!("hidden") => said.is_hidden = true,
                local_name!("aria-hidden") => said.is_hidden |= &**value == "true",
                _ => said.has_stamp |= is_stamp(value) && is_date_attribute(&name.local),
            }
        }
        said
    }
}
