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
    let end =
        ["</channel>", "</feed>"].iter().filter_map(|end| written.rfind(end)).max().unwrap_or(written.len());
    let (feed, end) = written.split_at(end);
    let script = format!("<script xmlns=\"http://www.w3.org/1999/xhtml\" src=\"{root}{SCRIPT}\"></script>");
    format!("{DECLARATION}{style}{feed}{script}{end}\n").into_bytes()
}

fn without_declaration(written: &str) -> &str {
    let rest = written.strip_prefix("<?xml").and_then(|rest| rest.split_once("?>"));
    rest.map_or(written, |(_, rest)| rest).trim_start()
}
