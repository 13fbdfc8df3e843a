//! What the class and id of an element say that stands in it, as far as metadata is looked for.

/// A set of signs, a bit each.
pub(crate) type Signs = u8;

/// It names who wrote something.
pub(crate) const BYLINE: Signs = 1;
/// It says when something was written.
pub(crate) const DATE: Signs = 2;
/// It lists what something is about.
pub(crate) const TAGS: Signs = 4;
/// It is the headline of something.
pub(crate) const TITLE: Signs = 16;
/// It stands beside the article.
pub(crate) const ASIDE: Signs = 8;

/// Words, and what they are signs of.
pub(super) const SIGNS: &[(&str, Signs)] = &[
    ("author", BYLINE),
    ("byline", BYLINE),
    ("by-line", BYLINE),
    ("writer", BYLINE),
    ("autor", BYLINE),
    ("auteur", BYLINE),
    ("contributor", BYLINE),
    ("reporter", BYLINE),
    ("journalist", BYLINE),
    ("posted-by", BYLINE),
    ("redakteur", BYLINE),
    ("signature", BYLINE),
    ("firma", BYLINE),
    ("date", DATE),
    ("time", DATE),
    ("publish", DATE),
    ("posted", DATE),
    ("datum", DATE),
    ("fecha", DATE),
    ("tarih", DATE),
    ("data", DATE),
    ("meta", DATE),
    ("infos", DATE),
    ("info", DATE),
    ("tags", TAGS),
    ("tag-", TAGS),
    ("-tag^", TAGS),
    ("catlinks", TAGS),
    ("keywords", TAGS),
    ("topics", TAGS),
    ("article-title", TITLE),
    ("article_title", TITLE),
    ("articletitle", TITLE),
    ("entry-title", TITLE),
    ("headline^", TITLE),
    ("news-title", TITLE),
    ("newstitle", TITLE),
    ("post-title", TITLE),
    ("post_title", TITLE),
    ("posttitle", TITLE),
    ("story-title", TITLE),
    ("related", ASIDE),
    ("sidebar", ASIDE),
    ("comment", ASIDE),
    ("recommend", ASIDE),
    ("promo", ASIDE),
    ("teaser", ASIDE),
    ("popular", ASIDE),
    ("trending", ASIDE),
    ("newsletter", ASIDE),
    ("most-read", ASIDE),
    ("mostread", ASIDE),
    ("outbrain", ASIDE),
    ("taboola", ASIDE),
    ("site-footer", ASIDE),
    ("see-also", ASIDE),
    ("read-more", ASIDE),
    ("readmore", ASIDE),
    ("more-", ASIDE),
    ("carousel", ASIDE),
    ("breaking", ASIDE),
    ("latest", ASIDE),
    ("upcoming", ASIDE),
];
