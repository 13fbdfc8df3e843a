//! What stands at the head of every XML document that we publish.

use super::history::Part;

/// The feeds' stylesheet as seen from the output folder.
const STYLESHEET: &str = "assets/feed.css";
/// What makes links of titles where a browser shows a feed. It is an element of another namespace, which readers pass over.
const SCRIPT: &str = "assets/feed.js";
const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n";

/// A document under a declaration of our own that names its encoding.
pub(super) fn document(written: &str) -> Vec<u8> {
    format!("{DECLARATION}{}\n", without_declaration(written)).into_bytes()
}

/// The same, with the style in which a browser shows a feed, and the script that makes links of its titles. It is CSS:
/// browsers are dropping XSLT.
pub(super) fn with_stylesheet(written: &str, part: Part) -> Vec<u8> {
    styled(written, if part.is_archive() { "../../" } else { "../" })
}

/// The same for a feed that stands in the output folder itself.
pub(super) fn beside_assets(written: &str) -> Vec<u8> {
    styled(written, "")
}

fn styled(written: &str, root: &str) -> Vec<u8> {
    let style = format!("<?xml-stylesheet type=\"text/css\" href=\"{root}{STYLESHEET}\"?>\n");
    let written = without_declaration(written);
    let (before, behind) = written.split_at(script_at(written));
    let script = format!("<script xmlns=\"http://www.w3.org/1999/xhtml\" src=\"{root}{SCRIPT}\"></script>");
    format!("{DECLARATION}{style}{before}{script}{behind}\n").into_bytes()
}

/// Where a feed has room for an element of another namespace: in Atom before the entries (RFC 4287, appendix B), in RSS at
/// the end.
fn script_at(feed: &str) -> usize {
    let place = match feed.starts_with("<feed") {
        true => feed.find("<entry>").or_else(|| feed.rfind("</feed>")),
        false => feed.rfind("</channel>"),
    };
    place.unwrap_or(feed.len())
}

fn without_declaration(written: &str) -> &str {
    let rest = written.strip_prefix("<?xml").and_then(|rest| rest.split_once("?>"));
    rest.map_or(written, |(_, rest)| rest).trim_start()
}

#[cfg(test)]
mod tests {
    use super::script_at;

    #[test]
    fn a_script_has_its_place_before_atom_entries_and_behind_rss_items() {
        let before = |feed: &str, end: &str| assert!(feed[script_at(feed)..].starts_with(end), "{feed}");
        before("<feed><title>a</title><entry></entry><entry></entry></feed>", "<entry></entry><entry>");
        before("<feed><title>a</title></feed>", "</feed>");
        before("<rss><channel><item></item></channel></rss>", "</channel></rss>");
    }
}
