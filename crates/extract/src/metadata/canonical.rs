//! The page's own URL.

use url::Url;

use super::material::Material;
use super::{Context, Found};
use crate::choice::Choice;
use crate::model::CanonicalUrl;

/// The URLs that a page gives itself and that are of its site.
pub(super) fn named(material: &Material<'_>, url: &Url) -> Vec<Url> {
    links(material)
        .chain(material.metas("og:url"))
        .filter_map(|href| url.join(href.trim()).ok())
        .filter(|named| is_believable(url, named))
        .collect()
}

fn links<'a>(material: &Material<'a>) -> impl Iterator<Item = &'a str> {
    let canonical =
        |rel: &str| rel.split_ascii_whitespace().any(|word| word.eq_ignore_ascii_case("canonical"));
    material.links.iter().filter(move |(rel, _)| canonical(rel)).map(|(_, href)| *href)
}

/// Reads the canonical URL; the one that answered comes last.
pub(super) fn read(found: &Found<'_, '_>, context: &Context<'_>) -> Choice<CanonicalUrl> {
    let believed = |href: &str| {
        let url = context.url.join(href.trim()).ok().filter(|url| is_believable(context.url, url))?;
        CanonicalUrl::of(&url).ok()
    };
    let mut choice = Choice::new();
    choice.add_all("rel=canonical", links(found.material).filter_map(believed));
    choice.add("og:url", found.material.meta("og:url").and_then(believed));
    choice.add("address", CanonicalUrl::of(context.url).ok());
    choice
}

/// Whether a page at `url` may say that it is `named`: a page of the same site that is not the home page.
fn is_believable(url: &Url, named: &Url) -> bool {
    matches!(named.scheme(), "http" | "https")
        && named.host_str().zip(url.host_str()).is_some_and(|(a, b)| is_same_site(a, b))
        && (!is_home(named) || is_home(url))
}

fn is_home(url: &Url) -> bool {
    let path = url.path().trim_matches('/');
    url.query().is_none() && (path.is_empty() || matches!(path, "index.html" | "index.php" | "home"))
}

/// Whether one host is the other, or both have the same last two labels (three below a second-level suffix).
pub(super) fn is_same_site(a: &str, b: &str) -> bool {
    site(a) == site(b)
}

/// The registrable part of a host, by a rule that needs no list.
pub(super) fn site(host: &str) -> String {
    let labels: Vec<&str> = host.split('.').collect();
    let suffixes = ["co", "com", "org", "net", "gov", "ac", "edu", "or", "ne", "go", "gob", "gov"];
    let take = match labels.as_slice() {
        [.., second, top] if top.len() == 2 && suffixes.contains(second) => 3,
        _ => 2,
    };
    labels[labels.len().saturating_sub(take)..].join(".").to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(url: &str, named: &str, believed: bool) {
        let (url, named) = (Url::parse(url).unwrap(), Url::parse(named).unwrap());
        assert_eq!(is_believable(&url, &named), believed, "{named}");
    }

    #[test]
    fn a_page_is_believed_about_its_own_site_alone() {
        check("https://a.example/x?y=1", "https://www.a.example/x", true);
        check("https://m.a.co.uk/x", "https://a.co.uk/x", true);
        check("https://a.co.uk/x", "https://b.co.uk/x", false);
        check("https://a.example/x", "https://b.example/x", false);
        check("https://a.example/x", "https://a.example/", false);
        check("https://a.example/", "https://a.example/", true);
    }
}
