//! Cuts tags that have thousands of attributes: html5ever compares each attribute of a tag with all before it.

use std::borrow::Cow;

/// A tag is looked at if it is longer than this, in bytes; a tag may be long for a single value's sake.
const LONG: usize = 1 << 14;
/// As many parts between white space may a long tag have.
const MOST_PARTS: usize = 2000;

/// `html` with the attributes of overgrown tags cut off.
pub(super) fn cut_overgrown(html: &str) -> Cow<'_, str> {
    let mut out: Option<String> = None;
    let mut done = 0;
    let mut start = 0;
    while let Some(within) = html.as_bytes().get(start..=start + LONG) {
        // What ends so near is short, and whatever is in front of it.
        if let Some(last) = memchr::memrchr(b'>', within) {
            start += last + 1;
            continue;
        }
        let end = memchr::memchr(b'>', &html.as_bytes()[start..]).map_or(html.len(), |at| start + at);
        if let Some(cut) = overgrown(&html[start..end]) {
            let out = out.get_or_insert_default();
            out.push_str(&html[done..start + cut.start]);
            done = start + cut.end;
        }
        start = end + 1;
    }
    match out {
        Some(mut out) => {
            out.push_str(&html[done..]);
            Cow::Owned(out)
        }
        None => Cow::Borrowed(html),
    }
}

/// What is to be cut of `part`, which ends where a tag does. It may begin with the text of a script: then the end tag
/// has to stay.
fn overgrown(part: &str) -> Option<std::ops::Range<usize>> {
    let tag = part.find('<')?;
    let attributes = tag + part[tag..].find(|c: char| c.is_ascii_whitespace())?;
    part[attributes..].split_ascii_whitespace().nth(MOST_PARTS)?;
    let end = part.rfind("</").filter(|at| *at > attributes && part.len() - at < 12).unwrap_or(part.len());
    Some(attributes..end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_of_many_attributes_loses_them() {
        let many: String = (0..10_000).map(|n| format!(" a{n}=1")).collect();
        assert_eq!(cut_overgrown(&format!("<p>x<div{many}>y</div>")), "<p>x<div>y</div>");
    }

    #[test]
    fn long_values_and_scripts_stay_whole() {
        let value = "{&quot;a&quot;:1}".repeat(2000);
        let html = format!("<div data-x='{value}'>x</div>");
        assert_eq!(cut_overgrown(&html), html);
        let script = format!("<script>if (a < b) {{ {} }}</script><p>x</p>", "x = 1; ".repeat(5000));
        assert!(cut_overgrown(&script).ends_with("</script><p>x</p>"));
    }
}
