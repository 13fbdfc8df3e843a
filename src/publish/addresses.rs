//! Where things are: paths below the output folder, and the URLs that feeds and pages name.

use std::fmt::Write as _;

use chrono::Datelike;
use url::{Position, Url};

use super::{Feed, Format, Settings, slugs};
use crate::model::{Entry, SourceId};

/// The path of an article's reading page: `articles/<source>/<year of first sight>/<slug>-<id8>/index.html`. Made of
/// what never changes, so that it never changes.
#[must_use]
pub fn article_path(entry: &Entry) -> String {
    let slug = slugs::slug(entry.url.as_url());
    format!("articles/{}/{:04}/{slug}-{}/index.html", entry.source, entry.first_seen.year(), entry.id.short())
}

/// The path of a feed in one format.
#[must_use]
pub fn feed_path(feed: &SourceId, format: Format) -> String {
    let name = match format {
        Format::Rss => "rss.xml",
        Format::Atom => "atom.xml",
        Format::Json => "feed.json",
    };
    format!("{feed}/{name}")
}

/// The path of the page that explains a feed.
#[must_use]
pub fn feed_page_path(feed: &SourceId) -> String {
    format!("{feed}/index.html")
}

/// The public URL of `path`; `None` for a site that has no base URL.
pub(super) fn public(settings: &Settings, path: &str) -> Option<String> {
    let url = settings.base_url.as_ref()?.join(path).ok()?;
    Some(uri(&url))
}

/// The page that stands for a feed: its home, else its own page, else the fallback.
pub(super) fn home(settings: &Settings, feed: &Feed, fallback: Option<&Url>) -> Option<String> {
    let own = || public(settings, &feed_page_path(&feed.id));
    feed.home.as_ref().map(uri).or_else(own).or_else(|| fallback.map(uri))
}

/// `url` in the characters of RFC 3986, section 2, alone. The URL standard leaves some others in place, such as `|`,
/// at which feed validators stop.
pub(super) fn uri(url: &Url) -> String {
    let mut out = String::with_capacity(url.as_str().len());
    out.push_str(&url[..Position::BeforePath]);
    let rest = &url[Position::BeforePath..];
    for (at, c) in rest.char_indices() {
        let is_encoded = c == '%' && is_escape(&rest[at..]);
        if is_encoded || c.is_ascii_alphanumeric() || "-._~:/?#@!$&'()*+,;=".contains(c) {
            out.push(c);
        } else {
            let mut buffer = [0; 4];
            for byte in c.encode_utf8(&mut buffer).bytes() {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}

/// Whether `text` begins with a percent sign and two hexadecimal digits; any other percent sign stands for itself.
fn is_escape(text: &str) -> bool {
    text.as_bytes().get(1..3).is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
}

/// The way from the page at `path` up to the output folder: empty, or `../` once a folder.
pub(super) fn root_from(path: &str) -> String {
    "../".repeat(path.matches('/').count())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_uri_has_no_character_that_needs_encoding() {
        let url = Url::parse("https://bücher.example/a b/ü|[x]?q={1}^`|é'#ﬁn").unwrap();
        assert_eq!(
            uri(&url),
            "https://xn--bcher-kva.example/a%20b/%C3%BC%7C%5Bx%5D?q=%7B1%7D%5E%60%7C%C3%A9%27#%EF%AC%81n"
        );
        let url = Url::parse("https://a.example/100%/50%25?sale=20%&for=%zz%").unwrap();
        assert_eq!(uri(&url), "https://a.example/100%25/50%25?sale=20%25&for=%25zz%25");
    }

    #[test]
    fn the_way_up_has_a_step_per_folder() {
        assert_eq!(root_from("index.html"), "");
        assert_eq!(root_from("articles/a/2026/b-1/index.html"), "../../../../");
    }
}
