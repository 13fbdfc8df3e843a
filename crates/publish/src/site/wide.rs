//! Blocks that may be wider than a page: code and tables. They scroll by themselves, so that keys must reach them.

use crate::publish::characters::escaped;
use crate::publish::in_feeds::tag_end;
use crate::publish::words::Words;

/// `html`, which is clean, with each block of code, and each table that is in no other, where the keyboard can go.
/// A group and no region: a page may have many, and no two landmarks may have one name.
pub(super) fn focusable(html: &str, words: &Words) -> String {
    if !html.contains("<pre") && !html.contains("<table") {
        return html.to_owned();
    }
    let group = |name: &str| format!("tabindex=\"0\" role=\"group\" aria-label=\"{}\"", escaped(name));
    let (code, table) = (group(words.code), group(words.table));
    let mut out = String::with_capacity(html.len() + 64);
    let (mut rest, mut tables) = (html, 0_usize);
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        // A whole tag: the value of an attribute may look like another.
        let end = tag_end(&rest[at..]).map_or(rest.len(), |end| at + end + 1);
        let tag = &rest[at..end];
        rest = &rest[end..];
        let is = |name: &str| tag.strip_prefix(name).is_some_and(|behind| behind.starts_with(['>', ' ']));
        if is("<pre") {
            out.push_str(&format!("<pre {code}"));
            out.push_str(&tag["<pre".len()..]);
            continue;
        }
        if is("<table") {
            if tables == 0 {
                out.push_str(&format!("<div class=\"wide\" {table}>"));
            }
            tables += 1;
        }
        out.push_str(tag);
        if is("</table") {
            tables = tables.saturating_sub(1);
            if tables == 0 {
                out.push_str("</div>");
            }
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::focusable;
    use crate::publish::words;

    #[test]
    fn keys_reach_code_and_outer_tables() {
        let focusable = |html: &str| focusable(html, words::of("en"));
        let named = |name: &str| format!("tabindex=\"0\" role=\"group\" aria-label=\"{name}\"");
        let (code, table) = (named("Code"), named("Table"));
        let image = "<img alt=\"<pre onerror=x <table >\">";
        assert_eq!(focusable(&format!("{image}<pre>")), format!("{image}<pre {code}>"));
        assert_eq!(
            focusable("<pre>x</pre><table><tr><td><table></table></td></tr></table>"),
            format!(
                "<pre {code}>x</pre><div class=\"wide\" {table}><table><tr><td><table></table></td></tr></table></div>"
            )
        );
    }
}
