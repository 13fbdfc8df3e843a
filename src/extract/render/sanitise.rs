//! The last guard: whatever the walk made, only these elements and attributes leave.
//!
//! The serialiser asks it of every element and attribute that it writes, and escapes all else, so that what leaves is
//! clean by the way in which it is written. Formulas are in another namespace, where parsers differ: a document that has
//! one is parsed and cleaned as a whole.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};

use super::elements::MATHML;

/// Elements that leave, beside those of MathML.
const ELEMENTS: &[&str] = &[
    "p",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "li",
    "dl",
    "dt",
    "dd",
    "blockquote",
    "pre",
    "code",
    "table",
    "caption",
    "thead",
    "tbody",
    "tfoot",
    "tr",
    "th",
    "td",
    "figure",
    "figcaption",
    "img",
    "hr",
    "br",
    "a",
    "em",
    "strong",
    "kbd",
    "var",
    "sub",
    "sup",
    "del",
    "ins",
    "mark",
    "q",
    "cite",
    "abbr",
    "bdo",
    "bdi",
    "ruby",
    "rt",
    "rp",
    "div",
];
const ATTRIBUTES: &[(&str, &[&str])] = &[
    ("a", &["href", "title"]),
    ("img", &["src", "alt", "width", "height"]),
    ("ol", &["start", "reversed", "type"]),
    ("li", &["value"]),
    ("td", &["colspan", "rowspan"]),
    ("th", &["colspan", "rowspan", "scope"]),
    ("code", &["class"]),
    ("abbr", &["title"]),
    ("math", &["display"]),
    ("mo", &["stretchy", "fence", "separator"]),
    ("mi", &["mathvariant"]),
];

const SCHEMES: &[&str] = &["http", "https", "mailto", "tel"];

static SANITISER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let attributes: HashMap<&str, HashSet<&str>> =
        ATTRIBUTES.iter().map(|(element, names)| (*element, names.iter().copied().collect())).collect();
    let mut builder = Builder::empty();
    builder
        .tags(ELEMENTS.iter().chain(MATHML).copied().collect())
        .clean_content_tags(["script", "style"].into_iter().collect())
        .tag_attributes(attributes)
        .generic_attributes(["id", "dir", "lang"].into_iter().collect())
        .url_schemes(SCHEMES.iter().copied().collect())
        .url_relative(UrlRelative::Custom(Box::new(fragment)))
        .link_rel(None);
    builder
});

fn fragment(url: &str) -> Option<Cow<'_, str>> {
    url.starts_with('#').then_some(Cow::Borrowed(url))
}

/// Whether an element of this name may leave.
pub(super) fn lets_element(tag: &str) -> bool {
    ELEMENTS.contains(&tag) || MATHML.contains(&tag)
}

/// Whether an attribute may leave with this value.
pub(super) fn lets_attribute(tag: &str, name: &str, value: &str) -> bool {
    match name {
        "href" | "src" => {
            let of_element = ATTRIBUTES.iter().any(|(known, names)| *known == tag && names.contains(&name));
            let scheme = value.split_once(':').map(|(scheme, _)| scheme);
            of_element && (value.starts_with('#') || scheme.is_some_and(|scheme| SCHEMES.contains(&scheme)))
        }
        "id" | "dir" | "lang" => true,
        _ => ATTRIBUTES.iter().any(|(known, names)| *known == tag && names.contains(&name)),
    }
}

/// `html` with nothing in it but what is allowed. A clean document comes back as it is.
pub(super) fn sanitised(html: &str) -> String {
    SANITISER.clean(html).to_string()
}
