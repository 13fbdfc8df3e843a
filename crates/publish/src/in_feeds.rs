//! Bodies as feeds carry them. A reader shows a body far from its page: a link to a place in the same text must work
//! there, and a formula must say something where MathML is not known.

use super::characters::escaped;

/// How the renderer names places in a text.
const PLACE: &str = "note-";
/// How readers know a footnote: they show it where its number is, if its name begins so.
const FOOTNOTE: &str = "fn";

/// What an attribute of a tag becomes; `None` for what it is.
type Renamed<'a> = &'a dyn Fn(&str, &str) -> Option<String>;

/// `html` with names of places as readers know those of footnotes. Links to them stay within the text.
pub(super) fn with_footnotes(html: &str) -> String {
    if !html.contains(PLACE) {
        return html.to_owned();
    }
    rewritten(html, &|name, value| match name {
        "id" => footnote(value),
        "href" => Some(format!("#{}", footnote(value.strip_prefix('#')?)?)),
        _ => None,
    })
}

/// `html` with links to places in it led by `page`, for formats that do not say what a link is relative to.
pub(super) fn with_targets(html: &str, page: &str) -> String {
    if !html.contains("href=\"#") {
        return html.to_owned();
    }
    let page = page.split('#').next().unwrap_or_default();
    rewritten(html, &|name, value| {
        let is_place = name == "href" && value.starts_with('#');
        is_place.then(|| format!("{}{value}", escaped(page)))
    })
}

/// `html` with the words of each formula behind it.
pub(super) fn with_formulas(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find("<math") {
        let Some(end) = rest[at..].find("</math>") else { break };
        let behind = at + end + "</math>".len();
        let formula = &rest[at..behind];
        out.push_str(&rest[..behind]);
        let head = &formula[..formula.find('>').unwrap_or_default()];
        let words = head.split_once(" alttext=\"").and_then(|(_, rest)| rest.split_once('"'));
        if let Some((words, _)) = words.filter(|(words, _)| !words.trim().is_empty()) {
            out.push_str(" <code>");
            out.push_str(words.trim());
            out.push_str("</code>");
        }
        rest = &rest[behind..];
    }
    out.push_str(rest);
    out
}

/// The name of a place as that of a footnote. Two places never get one name.
fn footnote(name: &str) -> Option<String> {
    let own = name.strip_prefix(PLACE)?;
    let is_taken = own.starts_with("fn_");
    Some(if own.starts_with(FOOTNOTE) && !is_taken { own.to_owned() } else { format!("fn_{own}") })
}

/// `html`, which is clean, with the values of attributes that `rename` changes.
fn rewritten(html: &str, rename: Renamed<'_>) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        let end = tag_end(&rest[at..]).map_or(rest.len(), |end| at + end);
        tag(&rest[at..end], rename, &mut out);
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}

/// Where the tag ends with which `text` begins: an attribute may hold a `>`.
pub(super) fn tag_end(text: &str) -> Option<usize> {
    let mut is_quoted = false;
    text.bytes().position(|byte| {
        is_quoted ^= byte == b'"';
        byte == b'>' && !is_quoted
    })
}

fn tag(text: &str, rename: Renamed<'_>, out: &mut String) {
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once("=\"") {
        let Some((value, after)) = behind.split_once('"') else { break };
        let name = before.rsplit(' ').next().unwrap_or_default();
        out.push_str(before);
        out.push_str("=\"");
        out.push_str(rename(name, value).as_deref().unwrap_or(value));
        out.push('"');
        rest = after;
    }
    out.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOTED: &str = "<p>A<sup id=\"note-r1\"><a href=\"#note-fn:1\">1</a></sup> <a href=\"https://a.example/#note-x\">b</a> id=\"note-r1\"</p><ol><li id=\"note-fn:1\">N</li></ol>";

    #[test]
    fn places_are_named_as_footnotes_and_nothing_else_is() {
        assert_eq!(
            with_footnotes(NOTED),
            "<p>A<sup id=\"fn_r1\"><a href=\"#fn:1\">1</a></sup> <a href=\"https://a.example/#note-x\">b</a> id=\"note-r1\"</p><ol><li id=\"fn:1\">N</li></ol>"
        );
        assert_ne!(footnote("note-fn_a"), footnote("note-a"));
    }

    #[test]
    fn a_link_to_a_place_is_led_by_its_page() {
        let html = "<a href=\"#fn1\" title=\"a > b\">1</a><img alt=\"href=&quot;#fn1&quot;\">";
        assert_eq!(
            with_targets(html, "https://a.example/?a=1&b=2#top"),
            "<a href=\"https://a.example/?a=1&amp;b=2#fn1\" title=\"a > b\">1</a><img alt=\"href=&quot;#fn1&quot;\">"
        );
    }

    #[test]
    fn a_formula_says_itself_in_words_too() {
        let html = "<p><math alttext=\"x &lt; 2\"><mi>x</mi></math> and <math><mi>y</mi></math></p>";
        assert_eq!(
            with_formulas(html),
            "<p><math alttext=\"x &lt; 2\"><mi>x</mi></math> <code>x &lt; 2</code> and <math><mi>y</mi></math></p>"
        );
    }
}
