//! What kind of document some bytes are.

use std::borrow::Cow;
use std::io::Read;

use flate2::read::MultiGzDecoder;
use tearsheet_html::charset;

use super::xml::{self, StartTag, Tags, XmlTag};
use super::{Error, Kind, posts, urls};

/// What a gzip'd document may unpack to.
const UNPACKED: u64 = 64 << 20;
/// How much of a document is looked at to tell what it is.
const HEAD: usize = 4096;
/// How far in, after junk, a feed may begin.
const JUNK: usize = 64 * 1024;

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

/// The text of `bytes`, in whatever encoding it is.
pub(super) fn decoded<'a>(bytes: &'a [u8], content_type: Option<&str>) -> Result<Cow<'a, str>, Error> {
    charset::decode(bytes, content_type).map(|decoded| decoded.text).map_err(|_| Error::Binary)
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
    if let Some((kind, at)) = xml_root(text) {
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
    let mut end = text.len().min(HEAD);
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

/// The first element of a feed or sitemap, and where it begins. After HTML has begun only a whole feed without a link
/// before it counts: one that a template wrapped up.
fn xml_root(text: &str) -> Option<(Kind, usize)> {
    let mut tags = Tags::new(text);
    let mut is_html = false;
    while tags.position() < JUNK {
        let XmlTag::Start(tag) = tags.next()? else { continue };
        let at = tags.tag_start();
        match xml::local(&tag.written) {
            "rss" | "feed" | "rdf" | "channel" if !is_html || is_whole_feed(&tag, &text[at..]) => {
                return Some((Kind::Feed, at));
            }
            "urlset" | "sitemapindex" if !is_html => return Some((Kind::Sitemap, at)),
            "a" | "script" | "svg" if is_html => return None,
            "html" | "head" | "body" | "title" | "meta" | "script" | "div" => is_html = true,
            _ => {}
        }
    }
    None
}

/// Whether a feed that says which format it is in begins with `tag`.
fn is_whole_feed(tag: &StartTag, text: &str) -> bool {
    let says = |name: &str| tag.attributes.iter().any(|(known, _)| known.starts_with(name));
    let is_feed = match xml::local(&tag.written) {
        "rss" => says("version"),
        "feed" | "rdf" => says("xmlns"),
        _ => false,
    };
    is_feed && ["<item", "<entry", ":item", ":entry"].iter().any(|item| text.contains(item))
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
        let comment = format!("<!-- {} <html> --><rss version='2.0'>", "x".repeat(5_000));
        check(&comment, Kind::Feed, "<rss");
        let warnings = "<br /><b>Warning</b>: no such file in <b>x.php</b>\n".repeat(200);
        check(&format!("{warnings}<feed xmlns='http://www.w3.org/2005/Atom'>"), Kind::Feed, "<feed");
        check("<!DOCTYPE rss [<!ENTITY a '<html>'>]><rss>", Kind::Feed, "<rss");
        check("<html><body><rss version='2.0'><channel><item>", Kind::Feed, "<rss");
        check("<html><body><a href='/'>x</a><pre><rss version='2.0'><item>", Kind::Listing, "<html");
        check("<html><head><script>x = '<rss version=\"2.0\"><item>'", Kind::Listing, "<html");
        check("<html><body><rss-reader><feed><entry>", Kind::Listing, "<html");
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
