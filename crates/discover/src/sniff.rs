//! What kind of document some bytes are.

use std::borrow::Cow;
use std::io::Read;

use flate2::read::MultiGzDecoder;

use super::{Error, Kind, posts, urls};

/// What a gzip'd document may unpack to.
const UNPACKED: u64 = 64 << 20;
/// How far in, after junk, a feed may begin.
const JUNK: usize = 4096;

/// `bytes` without a gzip coding of their own, as of `sitemap.xml.gz`. What is longer than 64 MiB is cut.
pub(super) fn unpacked(bytes: &[u8]) -> Result<Cow<'_, [u8]>, Error> {
    if !bytes.starts_with(&[0x1F, 0x8B]) {
        return Ok(Cow::Borrowed(bytes));
    }
    let mut out = Vec::new();
    match MultiGzDecoder::new(bytes).take(UNPACKED).read_to_end(&mut out) {
        // A file cut short is read as far as it goes.
        Err(source) if out.is_empty() => Err(Error::Gzip { source }),
        _ => Ok(Cow::Owned(out)),
    }
}

/// The kind of `text`, and `text` from where it begins.
pub(super) fn kind(text: &str) -> Result<(Kind, &str), Error> {
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || c.is_control() || c == '\u{FEFF}');
    if let Some(kind) = text.starts_with('{').then_some(Kind::Feed).filter(|_| is_json_feed(text)) {
        return Ok((kind, text));
    }
    if posts::looks_like(text) {
        return Ok((Kind::Json, text));
    }
    let head = head(text);
    if is_binary(head) {
        return Err(Error::Binary);
    }
    if let Some((kind, at)) = xml_root(head) {
        return Ok((kind, &text[at..]));
    }
    if !head.contains('<') && urls::looks_like(text) {
        return Ok((Kind::Urls, text));
    }
    Ok((Kind::Listing, text))
}

/// Whether a document of so many bytes was cut when it was unpacked.
pub(super) fn is_cut(bytes: usize) -> bool {
    bytes as u64 >= UNPACKED
}

fn head(text: &str) -> &str {
    let mut end = text.len().min(JUNK);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

fn is_json_feed(text: &str) -> bool {
    let head = head(text);
    head.contains("jsonfeed.org/version") || (text.contains("\"items\"") && text.trim_end().ends_with('}'))
}

/// Many characters that no text has.
fn is_binary(head: &str) -> bool {
    let odd = head.chars().filter(|c| matches!(c, '\0'..='\u{8}' | '\u{E}'..='\u{1A}' | '\u{FFFD}')).count();
    odd * 10 > head.chars().count()
}

/// The first element of a feed or sitemap, and where it begins; nothing if HTML begins before it.
fn xml_root(head: &str) -> Option<(Kind, usize)> {
    for (at, _) in head.match_indices('<') {
        let tag: String =
            head[at + 1..].chars().take_while(|c| !c.is_whitespace() && *c != '>' && *c != '/').collect();
        let name = tag.to_ascii_lowercase();
        let kind = match name.rsplit(':').next().unwrap_or_default() {
            "rss" | "feed" | "rdf" | "channel" => Kind::Feed,
            "urlset" | "sitemapindex" => Kind::Sitemap,
            "html" | "head" | "body" | "title" | "meta" | "script" | "div" => return None,
            _ => continue,
        };
        return Some((kind, at));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Kind, from: &str) {
        let (kind, text) = kind(text).unwrap();
        assert_eq!((kind, text.starts_with(from)), (expected, true), "{text}");
    }

    #[test]
    fn kinds_are_told_from_the_first_element() {
        check("<?xml version='1.0'?><!DOCTYPE rss []><!-- x --><rss>", Kind::Feed, "<rss");
        check("<rdf:RDF xmlns:rdf='x'>", Kind::Feed, "<rdf");
        check("\u{FEFF}\n<atom:feed>", Kind::Feed, "<atom");
        check("Warning: x in <b>y.php</b><br />\n<rss version='2.0'>", Kind::Feed, "<rss");
        check("<sm:urlset xmlns:sm='x'>", Kind::Sitemap, "<sm");
        check("<!doctype html><html><svg><rss>", Kind::Listing, "<!doctype");
        check("<p>no root<feed>", Kind::Feed, "<feed");
        check("{\"version\": \"https://jsonfeed.org/version/1.1\"}", Kind::Feed, "{");
        check(
            "[{\"id\": 1, \"link\": \"https://a.example/1\", \"title\": {\"rendered\": \"A\"}}]",
            Kind::Json,
            "[",
        );
        check("{ \"posts\": [], \"meta\": {}}", Kind::Json, "{");
        check("# mine\nhttps://a.example/1\nhttps://a.example/2 x\n", Kind::Urls, "#");
        check("just text", Kind::Listing, "just");
    }

    #[test]
    fn binary_is_refused() {
        assert!(matches!(kind("\u{89}PNG\0\0\0\u{1}\u{2}"), Err(Error::Binary)));
        assert!(matches!(unpacked(b"\x1F\x8Bxx"), Err(Error::Gzip { .. })));
    }
}
