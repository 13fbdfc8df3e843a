//! The names under which pages state their dates, the best first, and what is told of one that is none.

use tearsheet_dates::{DateContext, parse_date, parse_month};

use crate::model::Moment;

/// `meta` elements that carry the date of publication, the best first.
pub(super) const PUBLISHED: &[&str] = &[
    "article:published_time",
    "article:published",
    "og:published_time",
    "og:article:published_time",
    "datepublished",
    "parsely-pub-date",
    "bt:pubdate",
    "published-date",
    "publish-date",
    "publish_date",
    "publishdate",
    "publication_date",
    "publicationdate",
    "pubdate",
    "published_date",
    "published",
    "published_time",
    "article_date_original",
    "article.published",
    "dcterms.created",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date.created",
    "dc.date.publication",
    "citation_publication_date",
    "citation_date",
    "cxenseparse:recs:publishtime",
    "cxenseparse:publishtime",
    "rnews:datepublished",
    "originalpublicationdate",
    "displaydate",
    "article:publicationdate",
    "article:post_date",
    "article:create_at",
    "og:release_date",
    "article_publish_date",
    "vr:published_time",
    "firstpublished",
    "prism.publicationdate",
];
/// `meta` elements whose date is often that of a record and not of the article.
pub(super) const WEAK: &[&str] = &[
    "sailthru.date",
    "dc.date",
    "dcterms.date",
    "dc:date",
    "date",
    "created",
    "createdate",
    "date.created",
    "timestamp",
    "gentime",
];
/// Keys of a script's state that carry the date of publication.
pub(super) const SCRIPT_KEYS: &[&str] = &[
    "datePublished",
    "publishedAt",
    "published_at",
    "publishedDate",
    "publishDate",
    "publish_date",
    "pubDate",
    "publicationDate",
    "firstPublished",
    "createdDateTime",
    "published",
];
/// `meta` elements that carry the date of the last change.
pub(super) const MODIFIED: &[&str] = &[
    "article:modified_time",
    "article:modified",
    "og:updated_time",
    "og:modified_time",
    "og:article:modified_time",
    "datemodified",
    "dcterms.modified",
    "dc.date.modified",
    "dc.modified",
    "parsely-modified-date",
    "article:updated_time",
    "article:updated",
    "lastmod",
    "last-modified",
    "last_modified",
    "modified",
    "modified_time",
    "revised",
    "utime",
    "cxenseparse:recs:modifiedtime",
    "rnews:datemodified",
    "updated_time",
    "lastupdated",
];

/// Reads what a page declares to be dates.
pub(super) struct Declared<'a> {
    dates: &'a DateContext<'a>,
    /// What the first says that is none.
    pub(super) unread: Option<String>,
}

impl<'a> Declared<'a> {
    /// The characters of what is no date that are told.
    const TOLD: usize = 40;

    pub(super) fn new(dates: &'a DateContext<'a>) -> Declared<'a> {
        Declared { dates, unread: None }
    }

    /// The date in what a source says.
    pub(super) fn read(&mut self, from: &str, text: Option<&str>) -> Option<Moment> {
        let text = text?;
        let moment = parse_date(text, self.dates);
        let is_unread = || moment.is_none() && parse_month(text, self.dates).is_none();
        if self.unread.is_none() && text.contains(char::is_numeric) && is_unread() {
            let told: String = text.chars().take(Self::TOLD).collect();
            self.unread = Some(format!("the value of `{from}` cannot be read as a date: {told}"));
        }
        moment
    }
}
