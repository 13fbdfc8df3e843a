//! What each HTML element, and each attribute, is to a clean document.

use scraper::node::Element;

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

/// The role of the element called `name`.
pub(super) fn role(name: &str) -> Role {
    match name {
        "script" | "style" | "template" | "svg" | "select" | "datalist" | "textarea" | "head" | "title"
        | "link" | "meta" | "base" | "canvas" | "input" | "rp" | "source" | "track" | "param" | "area"
        | "map" | "dialog" | "frameset" | "frame" | "progress" | "meter" => Role::Skip,
        "h1" | "h2" => Role::Leaf("h2"),
        "h3" => Role::Leaf("h3"),
        "h4" => Role::Leaf("h4"),
        "h5" => Role::Leaf("h5"),
        "h6" => Role::Leaf("h6"),
        "p" | "summary" | "address" | "legend" => Role::Leaf("p"),
        "ul" | "menu" | "dir" => Role::Container("ul"),
        "ol" => Role::Container("ol"),
        "li" => Role::Container("li"),
        "dl" => Role::Container("dl"),
        "dt" => Role::Container("dt"),
        "dd" => Role::Container("dd"),
        "blockquote" => Role::Container("blockquote"),
        "figure" => Role::Container("figure"),
        "figcaption" => Role::Container("figcaption"),
        "table" => Role::Table,
        "caption" => Role::TablePart("caption"),
        "thead" => Role::TablePart("thead"),
        "tbody" => Role::TablePart("tbody"),
        "tfoot" => Role::TablePart("tfoot"),
        "tr" => Role::TablePart("tr"),
        "td" => Role::TablePart("td"),
        "th" => Role::TablePart("th"),
        "pre" | "listing" | "xmp" | "plaintext" => Role::Pre,
        "br" => Role::Break,
        "hr" => Role::Rule,
        "img" | "amp-img" | "image" => Role::Image,
        "picture" => Role::Picture,
        "noscript" => Role::Noscript,
        "iframe" | "video" | "audio" | "embed" | "object" | "amp-video" | "amp-iframe" | "amp-audio" => {
            Role::Player
        }
        "math" => Role::Math,
        "rt" => Role::Reading,
        _ => inline_or_boundary(name),
    }
}

fn inline_or_boundary(name: &str) -> Role {
    match name {
        "a" => Role::Inline("a"),
        "em" | "i" | "dfn" => Role::Inline("em"),
        "strong" | "b" => Role::Inline("strong"),
        "code" | "tt" | "samp" => Role::Inline("code"),
        "kbd" => Role::Inline("kbd"),
        "var" => Role::Inline("var"),
        "sub" => Role::Inline("sub"),
        "sup" => Role::Inline("sup"),
        "del" | "s" | "strike" => Role::Inline("del"),
        "ins" => Role::Inline("ins"),
        "mark" => Role::Inline("mark"),
        "q" => Role::Inline("q"),
        "cite" => Role::Inline("cite"),
        "abbr" | "acronym" => Role::Inline("abbr"),
        "bdo" => Role::Inline("bdo"),
        "bdi" => Role::Inline("bdi"),
        "ruby" => Role::Inline("ruby"),
        "span" | "font" | "u" | "small" | "big" | "label" | "time" | "data" | "output" | "wbr" | "nobr"
        | "rb" | "rtc" | "blink" | "slot" => Role::Transparent,
        "button" => Role::Apart,
        // Elements of a site's own making lay out blocks more often than they mark up words.
        _ => Role::Boundary,
    }
}

/// The MathML Core elements (section 2), and those older ones that pages use.
pub(super) const MATHML: &[&str] = &[
    "math",
    "mrow",
    "mi",
    "mo",
    "mn",
    "ms",
    "mtext",
    "mspace",
    "msup",
    "msub",
    "msubsup",
    "mfrac",
    "msqrt",
    "mroot",
    "mover",
    "munder",
    "munderover",
    "mmultiscripts",
    "mprescripts",
    "mtable",
    "mtr",
    "mtd",
    "mstyle",
    "mpadded",
    "mphantom",
    "merror",
    "menclose",
    "mfenced",
    "semantics",
];

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
