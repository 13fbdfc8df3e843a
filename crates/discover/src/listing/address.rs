//! The URLs of links, and what they say of the pages they lead to.

use url::Url;

use super::classes::mix;
use crate::model::bare_host;

/// Last parts of the paths of pages that are about the site.
const PAGES: &[&str] = &[
    "about",
    "about-us",
    "account",
    "advertise",
    "archive",
    "archives",
    "careers",
    "cart",
    "comments",
    "contact",
    "contact-us",
    "cookies",
    "donate",
    "faq",
    "feed",
    "help",
    "imprint",
    "impressum",
    "jobs",
    "legal",
    "login",
    "newsletter",
    "newsletters",
    "people",
    "policy",
    "privacy",
    "privacy-policy",
    "register",
    "rss",
    "search",
    "signin",
    "signup",
    "sitemap",
    "staff",
    "submit",
    "subscribe",
    "terms",
];
/// Parts anywhere in the paths of pages that list others, or that do something.
const SERVICES: &[&str] = &[
    "author",
    "authors",
    "categories",
    "category",
    "contributors",
    "label",
    "labels",
    "login",
    "profile",
    "profiles",
    "register",
    "search",
    "share",
    "signin",
    "signup",
    "tag",
    "tags",
    "user",
    "users",
];

/// No name above is longer, in bytes.
const LONGEST_NAME: usize = 14;

/// The parts of a URL that name its page: no scheme, no `www.`, no fragment, no closing slash.
fn key(url: &Url) -> (&str, &str, &str) {
    (bare_host(url), url.path().trim_end_matches('/'), url.query().unwrap_or_default())
}

/// Whether two URLs name one page.
pub(super) fn is_same(one: &Url, other: &Url) -> bool {
    key(one) == key(other)
}

/// Equal for URLs that name one page.
pub(super) fn key_hash(url: &Url) -> u64 {
    let (host, path, query) = key(url);
    mix(mix(mix(0, host), path), query)
}

pub(super) fn target(base: &Url, href: &str) -> Option<Url> {
    let href = href.trim();
    if href.is_empty() || href.starts_with('#') {
        return None;
    }
    let mut url =
        base.join(href).ok().filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host())?;
    url.set_fragment(None);
    Some(url)
}

/// Whether a URL names a tag, an author, a form, or hands on another URL: no article. What is a part of the page's
/// own URL too says nothing.
pub(super) fn is_service(url: &Url, page: &Url) -> bool {
    let hands_on = |query: &str| ["%2F", "%2f", "://"].iter().any(|mark| query.contains(mark));
    if url.query().is_some_and(hands_on) {
        return true;
    }
    let last = last_part(url).split('.').next().unwrap_or_default();
    last.is_empty()
        || is_one_of(last, PAGES)
        || parts(url).any(|part| {
            let is_service = part.starts_with('@') || is_one_of(part, SERVICES);
            is_service && !parts(page).any(|own| own.eq_ignore_ascii_case(part))
        })
}

/// Whether `part` is among `names`, in any case. Most parts are longer than all of them.
fn is_one_of(part: &str, names: &[&str]) -> bool {
    part.len() <= LONGEST_NAME && names.iter().any(|name| part.eq_ignore_ascii_case(name))
}

/// Whether the URL has a title or a number in it, as an article's has.
pub(super) fn is_specific(url: &Url) -> bool {
    let path = url.path().as_bytes();
    let dashes = || last_part(url).bytes().filter(|byte| matches!(byte, b'-' | b'_')).count();
    path.split(|byte| !byte.is_ascii_digit()).any(|digits| digits.len() >= 4) || dashes() >= 2
}

/// What the URLs of a site's articles have in common: host, first part, depth, whether there are digits or a query.
pub(super) fn family(url: &Url) -> u64 {
    let first = parts(url).next().unwrap_or_default();
    let first = if first.bytes().all(|byte| byte.is_ascii_digit()) { "#" } else { first };
    let has_digits = last_part(url).bytes().any(|byte| byte.is_ascii_digit());
    let shape = [parts(url).count() as u64, u64::from(has_digits), u64::from(url.query().is_some())];
    let place = mix(mix(0, url.host_str().unwrap_or_default()), first);
    shape.iter().fold(place, |hash, part| hash.wrapping_mul(31).wrapping_add(*part))
}

fn last_part(url: &Url) -> &str {
    url.path().trim_end_matches('/').rsplit('/').next().unwrap_or_default()
}

fn parts(url: &Url) -> impl Iterator<Item = &str> {
    url.path().split('/').filter(|part| !part.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(url: &str, expected: bool) {
        let page = Url::parse("https://a.example/tag/rust").unwrap();
        assert_eq!(is_service(&Url::parse(url).unwrap(), &page), expected, "{url}");
    }

    #[test]
    fn services_are_told_by_their_urls() {
        check("https://a.example/category/news/", true);
        check("https://a.example/@ida", true);
        check("https://a.example/about.html", true);
        check("https://social.example/?u=https%3A%2F%2Fa.example%2Fx", true);
        check("https://a.example/", true);
        check("https://a.example/archives/2019/massive.html", false);
        check("https://a.example/tag/rust/a-story", false);
    }
}
