//! Where pages name their authors for machines, and what of it no list of names is.

use super::Found;
use super::json_ld::Entry;
use super::names::LONGEST_LIST;

/// `meta` elements that name authors, the best first.
pub(super) const METAS: &[&str] = &[
    "article:author",
    "author",
    "authors",
    "article:author_name",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "dc:creator",
    "dcterms.creator",
    "dcterm.creator",
    "citation_author",
    "byl",
    "cxenseparse:author",
    "og:author",
    "og:article:author",
    "book:author",
    "article.author",
    "vr:author",
    "mediator_author",
    "shareaholic:article_author_name",
];

/// The first source for machines that says more than any list of names does.
pub(super) fn too_long(found: &Found<'_, '_>) -> Option<&'static str> {
    let is_long = |text: &str| text.len() > LONGEST_LIST;
    let entries = found.article.map(|article| article.entries("author")).unwrap_or_default();
    if entries.iter().any(|entry| matches!(entry, Entry::Text(text) if is_long(text))) {
        return Some("json-ld author");
    }
    METAS.iter().copied().find(|name| found.material.metas(name).any(is_long))
}
