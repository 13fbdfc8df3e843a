//! Where pages name their authors for machines.

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
