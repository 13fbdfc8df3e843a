//! Whether a body whose framing broke off is a whole document all the same.

use bytes::Bytes;
use serde::de::IgnoredAny;

use super::BodyLimit;
use crate::model::decode_content;

/// Comments of caches and counters follow the last tag; this much of them is looked through.
const TAIL: usize = 1024;
/// The tags that end a page, a feed and a sitemap, in lower case.
const LAST_TAGS: [&[u8]; 6] =
    [b"</html>", b"</rss>", b"</feed>", b"</rdf:rdf>", b"</urlset>", b"</sitemapindex>"];

/// Whether the document in `body` is there to its last tag or, for JSON, its last bracket.
pub(super) fn is_whole(body: &Bytes, coding: Option<&[u8]>, limit: BodyLimit) -> bool {
    let coding = coding.map(String::from_utf8_lossy);
    let Ok(document) = decode_content(body, coding.as_deref(), limit.bytes()) else { return false };
    let document = document.trim_ascii();
    if matches!(document.first(), Some(b'{' | b'[')) {
        return serde_json::from_slice::<IgnoredAny>(document).is_ok();
    }
    let tail = document[document.len().saturating_sub(TAIL)..].to_ascii_lowercase();
    LAST_TAGS.iter().any(|tag| tail.windows(tag.len()).any(|piece| piece == *tag))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_whole_with_its_last_tag() {
        for (body, whole) in [
            ("<html><p>a</p></body></HTML>\n<!-- cached -->", true),
            ("<rss><channel></channel></rss>", true),
            ("<urlset><url/></urlset>", true),
            ("{\"items\": []}", true),
            ("{\"items\": [", false),
            ("<html><p>a", false),
            ("<p>Say </html> and", true),
            ("", false),
        ] {
            let body = Bytes::from_static(body.as_bytes());
            assert_eq!(is_whole(&body, None, BodyLimit::Fail(1000)), whole, "{body:?}");
        }
    }
}
