//! Clean documents: HTML of a fixed list of elements and attributes, whose links lead to the web.
//!
//! A clean document is known by reading it once, tag by tag, without building a tree: everything that this program
//! rendered is one, so that nearly every document is passed on as it is. Any other is parsed, and written again from what
//! is allowed of it.

use std::borrow::Cow;
use std::fmt::Write as _;

use ego_tree::NodeId;
use ego_tree::iter::Edge;
use scraper::node::Element;
use scraper::{Html, Node};
use url::{Position, Url};

use super::{Scripting, parse_html_with};

/// Whether an element of HTML may be in a clean document.
#[rustfmt::skip]
fn is_of_html(tag: &str) -> bool {
    matches!(
        tag,
        "p" | "h2" | "h3" | "h4" | "h5" | "h6" | "ul" | "ol" | "li" | "dl" | "dt" | "dd" | "blockquote" | "pre" |
        "code" | "table" | "caption" | "thead" | "tbody" | "tfoot" | "tr" | "th" | "td" | "figure" | "figcaption" |
        "img" | "hr" | "br" | "a" | "em" | "strong" | "kbd" | "var" | "sub" | "sup" | "del" | "ins" | "mark" | "q" |
        "cite" | "abbr" | "bdo" | "bdi" | "ruby" | "rt" | "rp" | "div"
    )
}

/// The elements of MathML Core (section 2) that a clean document may have, and those older ones that pages use.
#[rustfmt::skip]
pub const MATHML: &[&str] = &[
    "math", "mrow", "mi", "mo", "mn", "ms", "mtext", "mspace", "msup", "msub", "msubsup", "mfrac", "msqrt",
    "mroot", "mover", "munder", "munderover", "mmultiscripts", "mprescripts", "mtable", "mtr", "mtd", "mstyle",
    "mpadded", "mphantom", "merror", "menclose", "mfenced", "semantics",
];

/// Elements of which nothing is text: they go with all that is in them.
#[rustfmt::skip]
const HIDDEN: &[&str] = &[
    "script", "style", "template", "svg", "title", "iframe", "object", "embed", "noembed", "noframes",
    "textarea", "select", "xmp", "canvas", "audio", "video",
];

/// Elements without an end.
const VOID: &[&str] = &["img", "br", "hr"];

/// How deep a clean document nests. What is deeper is written again, and nests less deep then.
const DEEPEST: usize = 512;

/// Whether an element of this name may be in a clean document.
#[must_use]
pub fn allows_element(tag: &str) -> bool {
    is_of_html(tag) || tag.starts_with('m') && MATHML.contains(&tag)
}

/// Whether an attribute may be in a clean document with this value, which is not escaped.
#[must_use]
pub fn allows_attribute(tag: &str, name: &str, value: &str) -> bool {
    is_listed(tag, name) && (!is_reference(name) || leads_to_web(name, value))
}

fn is_listed(tag: &str, name: &str) -> bool {
    match name {
        "id" | "dir" | "lang" => true,
        "href" => tag == "a",
        "src" | "alt" | "width" | "height" => tag == "img",
        "title" => matches!(tag, "a" | "abbr"),
        "start" | "reversed" | "type" => tag == "ol",
        "value" => tag == "li",
        "colspan" | "rowspan" => matches!(tag, "td" | "th"),
        "scope" => tag == "th",
        "class" => tag == "code",
        "display" | "alttext" => tag == "math",
        "stretchy" | "fence" | "separator" => tag == "mo",
        "mathvariant" => tag == "mi",
        _ => false,
    }
}

fn is_reference(name: &str) -> bool {
    matches!(name, "href" | "src")
}

/// Whether a reference, escaped or not, is one that may be followed as it stands: an absolute `http` or `https` URL
/// without user info; of a link also a place in the document, a mail address or a telephone number.
fn leads_to_web(name: &str, value: &str) -> bool {
    if let Some(rest) = value.strip_prefix("https://").or_else(|| value.strip_prefix("http://")) {
        let host = &rest[..rest.find(['/', '?', '#']).unwrap_or(rest.len())];
        // The characters that a host may have; an escaped character is not one of them.
        let is_plain = |byte: u8| matches!(byte, b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'%' | b':' | b'[' | b']');
        return !host.is_empty() && host.bytes().all(is_plain);
    }
    name == "href" && ["#", "mailto:", "tel:"].iter().any(|start| value.starts_with(start))
}

/// `html` with nothing in it but what a clean document may have. A clean document comes back as it is.
#[must_use]
pub fn cleaned_html(html: &str) -> Cow<'_, str> {
    if is_clean(html) { Cow::Borrowed(html) } else { Cow::Owned(written_again(html)) }
}

/// Whether each tag of `html` is allowed, and each that is opened is closed in its turn. No element is allowed that
/// changes how a parser reads what follows, such as `script`, so that every parser sees the same tags.
fn is_clean(html: &str) -> bool {
    let mut open: Vec<&str> = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let tag = &rest[at + 1..];
        let after = match tag.strip_prefix('/') {
            Some(end) => {
                end.split_once('>').filter(|(name, _)| open.pop() == Some(*name)).map(|(_, after)| after)
            }
            None => start_tag(tag).map(|(name, after)| {
                if !VOID.contains(&name) {
                    open.push(name);
                }
                after
            }),
        };
        match after {
            Some(after) if open.len() <= DEEPEST => rest = after,
            _ => return false,
        }
    }
    open.is_empty()
}

/// The name of the start tag with which `text` begins, behind its `<`, and what follows it; `None` unless all of it is
/// allowed.
fn start_tag(text: &str) -> Option<(&str, &str)> {
    let end = text.find(|c: char| !c.is_ascii_alphanumeric())?;
    let (name, mut rest) = text.split_at(end);
    if !allows_element(name) {
        return None;
    }
    loop {
        if let Some(after) = rest.strip_prefix('>') {
            return Some((name, after));
        }
        let (attribute, behind) = rest.strip_prefix(' ')?.split_once('=')?;
        let (value, behind) = behind.strip_prefix('"')?.split_once('"')?;
        let is_allowed =
            is_listed(name, attribute) && (!is_reference(attribute) || leads_to_web(attribute, value));
        rest = is_allowed.then_some(behind)?;
    }
}

/// Writes only what is allowed of `html`.
fn written_again(html: &str) -> String {
    let document = parse_html_with(html, Scripting::Disabled);
    let mut out = String::with_capacity(html.len());
    let mut hidden: Option<NodeId> = None;
    for edge in document.tree.root().traverse().inspect(crate::effort::step) {
        match edge {
            Edge::Open(node) if hidden.is_none() => match node.value() {
                Node::Text(text) => escape(text, &mut out),
                Node::Element(element) if HIDDEN.contains(&element.name()) => hidden = Some(node.id()),
                Node::Element(element) => open(element, &mut out),
                _ => {}
            },
            Edge::Close(node) if hidden.is_none() => close(&document, node.id(), &mut out),
            Edge::Close(node) if hidden == Some(node.id()) => hidden = None,
            Edge::Open(_) | Edge::Close(_) => {}
        }
    }
    out
}

fn open(element: &Element, out: &mut String) {
    let tag = element.name();
    if !allows_element(tag) {
        return;
    }
    let _ = write!(out, "<{tag}");
    for (name, value) in element.attrs().filter(|(name, _)| is_listed(tag, name)) {
        let value = if is_reference(name) { reference(name, value) } else { Some(value.to_owned()) };
        if let Some(value) = value {
            let _ = write!(out, " {name}=\"");
            escape(&value, out);
            out.push('"');
        }
    }
    out.push('>');
}

fn close(document: &Html, id: NodeId, out: &mut String) {
    let element = document.tree.get(id).and_then(|node| node.value().as_element());
    if let Some(tag) = element.map(Element::name).filter(|tag| allows_element(tag) && !VOID.contains(tag)) {
        let _ = write!(out, "</{tag}>");
    }
}

/// A reference as a clean document may have it: without user info.
fn reference(name: &str, value: &str) -> Option<String> {
    let value = value.trim();
    let text = match Url::parse(value) {
        Ok(url) if matches!(url.scheme(), "http" | "https") => {
            format!("{}{}", &url[..Position::BeforeUsername], &url[Position::BeforeHost..])
        }
        Ok(url) => url.into(),
        Err(_) => value.to_owned(),
    };
    leads_to_web(name, &text).then_some(text)
}

fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_clean_document_is_passed_on_as_it_is() {
        for html in [
            "",
            "5 &lt; 6 & 7 > 6",
            "<p>One &amp; two<br>three</p>\n<figure><img src=\"https://a.example/b?c&amp;d\" alt=\"&quot;\"></figure>",
            "<p><a href=\"#note-1\" id=\"note-2\">1</a> <a href=\"mailto:a@b.example\">mail</a></p>",
            "<ol reversed=\"\" start=\"3\"><li value=\"7\"><p>x</p></li></ol>",
            "<p><math display=\"block\"><mi>x</mi><mo>=</mo></math></p>",
        ] {
            assert!(matches!(cleaned_html(html), Cow::Borrowed(same) if same == html), "{html}");
        }
    }

    #[test]
    fn what_runs_or_leads_elsewhere_goes_and_its_text_stays() {
        for (html, clean) in [
            ("<p>a<script>alert(1)</script>b</p>", "<p>ab</p>"),
            ("<p onclick=\"x()\" id=\"i\">a</p>", "<p id=\"i\">a</p>"),
            ("<img src=x onerror=alert(1)>", "<img>"),
            ("<a href=\"javascript:alert(1)\">a</a>", "<a>a</a>"),
            ("<a href=\"java&#115;cript:alert(1)\">a</a>", "<a>a</a>"),
            ("<a href=\" JavaScript:alert(1)\">a</a>", "<a>a</a>"),
            ("<a href=\"https://ann:secret@a.example/x\">a</a>", "<a href=\"https://a.example/x\">a</a>"),
            ("<a href=\"https://ann&#64;a.example/x\">a</a>", "<a href=\"https://a.example/x\">a</a>"),
            ("<form action=\"https://a.example\"><input name=q><button>go</button></form>", "go"),
            ("<meta http-equiv=refresh content=\"0;url=https://a.example\"><p>a", "<p>a</p>"),
            ("<iframe src=\"https://a.example\">x</iframe><p>a</p>", "<p>a</p>"),
            ("<svg><a xlink:href=\"javascript:alert(1)\"><text>a</text></a></svg>b", "b"),
            (
                "<math><mtext><style><img src=x onerror=alert(1)></style></mtext></math>",
                "<math><mtext></mtext></math>",
            ),
            ("</div></main><p>a", "<p>a</p>"),
            ("<p>a</p><!-- b --><p>c</p>", "<p>a</p><p>c</p>"),
            ("<h1>a</h1>", "a"),
            ("a < b", "a &lt; b"),
        ] {
            assert_eq!(cleaned_html(html), clean, "{html}");
        }
    }

    /// Pieces of mark-up, good and bad.
    fn markup() -> impl Strategy<Value = String> {
        let piece = prop::sample::select(vec![
            "<p>",
            "</p>",
            "<b>",
            "<div>",
            "</div>",
            "<script>",
            "</script>",
            "<!--",
            "-->",
            "<![CDATA[",
            "]]>",
            "<math>",
            "</math>",
            "<mtext>",
            "<svg>",
            "</svg>",
            "<style>",
            "</style>",
            "<img src=",
            "\"",
            "'",
            "=",
            " onerror=x()",
            "javascript:",
            "https://",
            "a@b",
            "href=\"",
            "<a ",
            ">",
            "<",
            "&",
            "&#64;",
            "&quot;",
            "<table>",
            "<td>",
            "<template>",
            "<xmp>",
            "<plaintext>",
            "<noscript>",
            "<title>",
            "\0",
            "<p/>",
            "</",
        ]);
        let text = prop_oneof![4 => piece.prop_map(str::to_owned), 1 => "\\PC{0,4}"];
        prop::collection::vec(text, 0..24).prop_map(|parts| parts.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn whatever_comes_in_what_leaves_is_clean_to_any_parser(html in markup()) {
            let clean = cleaned_html(&html).into_owned();
            prop_assert!(is_clean(&clean), "{clean}");
            for scripting in [Scripting::Enabled, Scripting::Disabled] {
                let document = parse_html_with(&format!("<body>{clean}"), scripting);
                for element in document.tree.nodes().filter_map(|node| node.value().as_element()) {
                    let name = element.name();
                    let is_frame = matches!(name, "html" | "head" | "body" | "colgroup");
                    prop_assert!(is_frame || allows_element(name), "{name} in {clean}");
                    prop_assert!(element.attrs().all(|(key, value)| allows_attribute(name, key, value)), "{clean}");
                }
            }
        }
    }
}
