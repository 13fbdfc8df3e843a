//! What stands at the head of every XML document that we publish.

/// A feed's stylesheet as seen from its folder.
const STYLESHEET: &str = "../assets/feed.css";
const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n";

/// A document under a declaration of our own that names its encoding.
pub(super) fn document(written: &str) -> Vec<u8> {
    format!("{DECLARATION}{}\n", without_declaration(written)).into_bytes()
}

/// The same, with the style in which a browser shows a feed. It is CSS: browsers are dropping XSLT.
pub(super) fn with_stylesheet(written: &str) -> Vec<u8> {
    let style = format!("<?xml-stylesheet type=\"text/css\" href=\"{STYLESHEET}\"?>\n");
    format!("{DECLARATION}{style}{}\n", without_declaration(written)).into_bytes()
}

fn without_declaration(written: &str) -> &str {
    let rest = written.strip_prefix("<?xml").and_then(|rest| rest.split_once("?>"));
    rest.map_or(written, |(_, rest)| rest).trim_start()
}
