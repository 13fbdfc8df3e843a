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

/// Those of them that libraries read: one name each, and "Last, First" is one.
pub(super) const LIBRARY_METAS: &[&str] =
    &["citation_author", "dc.creator", "dc:creator", "dcterm.creator", "dcterms.creator"];

/// What is in the addresses of pages about authors.
#[rustfmt::skip]
pub(super) const PROFILES: &[&str] = &[
    "/auteur/", "/auteurs/", "/author/", "/authors/", "/autor/", "/autore/", "/autoren/", "/autores/", "/autori/",
    "/by/", "/columnists/", "/contributors/", "/firma/", "/firmas/", "/forfatter/", "/journalist/", "/journaliste/",
    "/kirjoittaja/", "/kolumnisten/", "/people/", "/penulis/", "/profile/", "/redacteur/", "/redakteur/", "/reporter/",
    "/skribent/", "/staff/", "/writer/", "/writers/", "/yazar/", "/yazarlar/",
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
