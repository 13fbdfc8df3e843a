//! What each HTML element, and each attribute, is to a clean document.

use std::sync::LazyLock;

use html5ever::LocalName;
use rustc_hash::FxHashMap;
use scraper::node::Element;
use tearsheet_html::MATHML;

use super::tree::Attributes;

/// What an element of the page becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Nothing, and nothing beneath it.
    Skip,
    /// Nothing itself; what is beneath it is inline.
    Transparent,
    /// Nothing itself; a paragraph ends before and after it.
    Boundary,
    /// A paragraph or heading of this name.
    Leaf(&'static str),
    /// Nothing itself; what is beneath it is inline and stands apart.
    Apart,
    /// An element of this name that holds blocks.
    Container(&'static str),
    /// Inline mark-up of this name.
    Inline(&'static str),
    /// A table, of data or of layout.
    Table,
    /// A table's section, row or cell, if the table is one of data.
    TablePart(&'static str),
    /// Preformatted text.
    Pre,
    /// A line break.
    Break,
    /// A change of subject.
    Rule,
    /// A picture.
    Image,
    /// Alternatives for the picture within.
    Picture,
    /// What is shown when scripts do not run; often the real picture.
    Noscript,
    /// Sound, film, or an embedded player.
    Player,
    /// A formula.
    Math,
    /// A reading above ruby text.
    Reading,
}

/// What elements are, by their names. Those of a site's own making lay out blocks more often than they mark up words,
/// and are boundaries as `div` and `section` are.
#[rustfmt::skip]
const ROLES: &[(Role, &[&str])] = &[
    (Role::Skip, &["script", "style", "template", "svg", "select", "datalist", "textarea", "head", "title", "link", "meta", "base", "canvas", "input", "rp", "source", "track", "param", "area", "map", "dialog", "frameset", "frame", "progress", "meter"]),
    (Role::Leaf("h2"), &["h1", "h2"]),
    (Role::Leaf("h3"), &["h3"]),
    (Role::Leaf("h4"), &["h4"]),
    (Role::Leaf("h5"), &["h5"]),
    (Role::Leaf("h6"), &["h6"]),
    (Role::Leaf("p"), &["p", "summary", "address", "legend"]),
    (Role::Container("ul"), &["ul", "menu", "dir"]),
    (Role::Container("ol"), &["ol"]),
    (Role::Container("li"), &["li"]),
    (Role::Container("dl"), &["dl"]),
    (Role::Container("dt"), &["dt"]),
    (Role::Container("dd"), &["dd"]),
    (Role::Container("blockquote"), &["blockquote"]),
    (Role::Container("figure"), &["figure"]),
    (Role::Container("figcaption"), &["figcaption"]),
    (Role::Table, &["table"]),
    (Role::TablePart("caption"), &["caption"]),
    (Role::TablePart("thead"), &["thead"]),
    (Role::TablePart("tbody"), &["tbody"]),
    (Role::TablePart("tfoot"), &["tfoot"]),
    (Role::TablePart("tr"), &["tr"]),
    (Role::TablePart("td"), &["td"]),
    (Role::TablePart("th"), &["th"]),
    (Role::Pre, &["pre", "listing", "xmp", "plaintext"]),
    (Role::Break, &["br"]),
    (Role::Rule, &["hr"]),
    (Role::Image, &["img", "amp-img", "image"]),
    (Role::Picture, &["picture"]),
    (Role::Noscript, &["noscript"]),
    (Role::Player, &["iframe", "video", "audio", "embed", "object", "amp-video", "amp-iframe", "amp-audio", "amp-youtube", "amp-vimeo", "amp-dailymotion", "amp-twitter", "amp-instagram", "amp-facebook", "lite-youtube", "lite-vimeo"]),
    (Role::Math, &["math"]),
    (Role::Reading, &["rt"]),
    (Role::Inline("a"), &["a"]),
    (Role::Inline("em"), &["em", "i", "dfn"]),
    (Role::Inline("strong"), &["strong", "b"]),
    (Role::Inline("code"), &["code", "tt", "samp"]),
    (Role::Inline("kbd"), &["kbd"]),
    (Role::Inline("var"), &["var"]),
    (Role::Inline("sub"), &["sub"]),
    (Role::Inline("sup"), &["sup"]),
    (Role::Inline("del"), &["del", "s", "strike"]),
    (Role::Inline("ins"), &["ins"]),
    (Role::Inline("mark"), &["mark"]),
    (Role::Inline("q"), &["q"]),
    (Role::Inline("cite"), &["cite"]),
    (Role::Inline("abbr"), &["abbr", "acronym"]),
    (Role::Inline("bdo"), &["bdo"]),
    (Role::Inline("bdi"), &["bdi"]),
    (Role::Inline("ruby"), &["ruby"]),
    (Role::Transparent, &["span", "font", "u", "small", "big", "time", "data", "output", "wbr", "nobr", "rb", "rtc", "blink", "slot"]),
    (Role::Apart, &["button", "label"]),
];

/// The role of the element called `name`.
pub(super) fn role(name: &LocalName) -> Role {
    static BY_NAME: LazyLock<FxHashMap<LocalName, Role>> = LazyLock::new(|| {
        let named = |(role, names): &(Role, &'static [&'static str])| {
            let role = *role;
            names.iter().map(move |name| (LocalName::from(*name), role))
        };
        ROLES.iter().flat_map(named).collect()
    });
    BY_NAME.get(name).copied().unwrap_or(Role::Boundary)
}

/// The element of MathML that is called so.
pub(super) fn math_element(name: &str) -> Option<&'static str> {
    MATHML.iter().find(|known| **known == name).copied()
}

/// The attributes that mean something in a clean document.
pub(super) fn attributes(element: &Element) -> Attributes {
    let number =
        |value: &str| value.trim().parse::<i32>().is_ok_and(|number| (0..=100_000).contains(&number));
    let mut kept = Attributes::new();
    for (name, value) in element.attrs() {
        let name = match (name, element.name()) {
            ("dir", _) if matches!(value, "rtl" | "ltr") => "dir",
            ("start", "ol") if number(value) => "start",
            ("reversed", "ol") => "reversed",
            ("type", "ol") if matches!(value, "a" | "A" | "i" | "I") => "type",
            ("value", "li") if number(value) => "value",
            ("colspan", "td" | "th") if number(value) && value.trim() != "1" => "colspan",
            ("rowspan", "td" | "th") if number(value) && value.trim() != "1" => "rowspan",
            ("scope", "th") if matches!(value, "row" | "col" | "rowgroup" | "colgroup") => "scope",
            ("title", "abbr" | "acronym") => "title",
            _ => continue,
        };
        kept.push((name, value.trim().to_owned()));
    }
    kept
}
