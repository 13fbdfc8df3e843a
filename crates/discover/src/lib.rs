//! Finds a source's articles in what its feed, sitemap or listing page says: from bytes to candidates. It fetches
//! nothing; what has to be fetched next is part of its answer.
//!
//! ```
//! use tearsheet_discover::{Document, Kind, Settings, candidates};
//! use url::Url;
//!
//! let url = Url::parse("https://courier.example/feed.xml").expect("a URL");
//! let bytes = br#"<rss version="2.0"><channel><title>Courier</title><link>https://courier.example/</link>
//!     <item><title>Low tide</title><link>https://courier.example/2024/low-tide</link></item></channel></rss>"#;
//! let feed = Document { url: &url, content_type: None, link: None, bytes, fetched_at: None };
//!
//! let listing = candidates(&feed, &Settings::default()).expect("it is a feed");
//! assert_eq!(listing.kind, Kind::Feed);
//! assert_eq!(listing.candidates[0].title.as_deref(), Some("Low tide"));
//! ```

mod dates;
mod feed;
mod items;
mod json;
mod links;
mod listing;
mod plain_text;
mod posts;
mod selection;
mod sitemap;
mod sniff;
mod urls;
mod xml;

use std::fmt;

use crate as discover;
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use regex::Regex;
use tearsheet_html::{Query, effort};
use tearsheet_model as model;
use url::Url;

use crate::model::Candidate;

/// What kind of document a source's URL names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Look at the document and decide.
    Auto,
    /// An HTML page that links to articles.
    Listing,
    /// RSS, RDF, Atom or JSON Feed.
    Feed,
    /// A sitemap or sitemap index.
    Sitemap,
    /// Posts as JSON, of WordPress's or Ghost's API.
    Json,
    /// A list of URLs, one a line.
    Urls,
}

impl Kind {
    /// The kind in one word, as a source file names it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Kind::Auto => "auto",
            Kind::Listing => "listing",
            Kind::Feed => "feed",
            Kind::Sitemap => "sitemap",
            Kind::Json => "json",
            Kind::Urls => "urls",
        }
    }
}

/// CSS selectors or XPath expressions on a listing page; what is `None` is found without one.
#[derive(Clone, Debug, Default)]
pub struct Select {
    /// Each match is one item; the others are looked for inside it.
    pub items: Option<Query>,
    /// The item's link.
    pub link: Option<Query>,
    /// The item's title.
    pub title: Option<Query>,
    /// The item's date.
    pub date: Option<Query>,
    /// The item's summary.
    pub summary: Option<Query>,
    /// The item's image.
    pub image: Option<Query>,
    /// The link to the next listing page.
    pub next: Option<Query>,
}

/// How to find a source's articles.
#[derive(Clone, Debug)]
pub struct Settings {
    /// What its URL names.
    pub kind: Kind,
    /// Selectors for a listing.
    pub select: Select,
    /// If not empty, only URLs that match one of these are candidates.
    pub include: Vec<Regex>,
    /// URLs that match one of these are no candidates.
    pub exclude: Vec<Regex>,
    /// How many candidates are taken from one document at most.
    pub limit: usize,
    /// The zone of dates that name none.
    pub timezone: Option<Tz>,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            kind: Kind::Auto,
            select: Select::default(),
            include: Vec::new(),
            exclude: Vec::new(),
            limit: usize::MAX,
            timezone: None,
        }
    }
}

/// A document in which to look.
#[derive(Clone, Copy, Debug)]
pub struct Document<'a> {
    /// Its URL, against which its links are resolved.
    pub url: &'a Url,
    /// The `Content-Type` with which it came, if it came over HTTP.
    pub content_type: Option<&'a str>,
    /// The `Link` header with which it came (RFC 8288).
    pub link: Option<&'a str>,
    /// Its bytes, content codings undone.
    pub bytes: &'a [u8],
    /// When it was fetched: relative dates count from here.
    pub fetched_at: Option<DateTime<Utc>>,
}

/// A feed that a page announces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnnouncedFeed {
    /// Its absolute URL.
    pub url: Url,
    /// Its title, where given.
    pub title: Option<String>,
}

/// What a document gave.
#[derive(Clone, Debug)]
pub struct Listing {
    /// What the document turned out to be; never [`Kind::Auto`].
    pub kind: Kind,
    /// The document's own title.
    pub title: Option<String>,
    /// The page of the site that a feed says it is of.
    pub home: Option<Url>,
    /// Its articles, in the document's order, each URL once.
    pub candidates: Vec<Candidate>,
    /// The next page of the same listing.
    pub next_page: Option<Url>,
    /// The sitemaps that a sitemap index names, newest first.
    pub sitemaps: Vec<Url>,
    /// The feeds that an HTML page announces.
    pub feeds: Vec<AnnouncedFeed>,
    /// Where the software of an HTML page's site gives its posts as JSON.
    pub apis: Vec<Url>,
    /// The names of the selectors that were given for an HTML page and match nothing on it.
    pub missed: Vec<&'static str>,
    /// Where on an HTML page its articles stand, as a number: another one means another structure.
    pub shape: Option<u64>,
    /// Whether the document ends in the middle: what it would have listed is missing, and asking for it again may help.
    pub is_cut: bool,
    /// What it names beside its articles, where that was told from them.
    pub left_out: Vec<LeftOut>,
    /// What is doubtful.
    pub warnings: Vec<String>,
}

/// A link that is no article's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// Where it leads.
    pub url: Url,
    /// What it is instead: "a tag, a category or an author".
    pub reason: &'static str,
}

impl Listing {
    fn empty(kind: Kind) -> Listing {
        Listing {
            kind,
            title: None,
            home: None,
            candidates: Vec::new(),
            next_page: None,
            sitemaps: Vec::new(),
            feeds: Vec::new(),
            apis: Vec::new(),
            missed: Vec::new(),
            shape: None,
            is_cut: false,
            left_out: Vec::new(),
            warnings: Vec::new(),
        }
    }
}

/// Why a document gives no candidates.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The document has no bytes, or only white space.
    #[error("the document is empty")]
    Empty,
    /// It is of another kind than the source says.
    #[error("the document is {found}, not {wanted}")]
    OtherKind {
        /// What the source names.
        wanted: Kind,
        /// What the document is.
        found: Kind,
    },
    /// It is no text: an image, a PDF, a programme.
    #[error("the document is binary")]
    Binary,
    /// It is compressed, and cannot be unpacked.
    #[error("the document is broken gzip")]
    Gzip {
        /// What the decoder said.
        #[source]
        source: std::io::Error,
    },
    /// It takes more work to read than a list should.
    #[error("the document takes more work to read than any list should")]
    TooCostly,
    /// It is a JSON Feed or a list of posts, and no JSON.
    #[error("the document is broken JSON")]
    Json {
        /// What the parser said.
        #[source]
        source: serde_json::Error,
    },
}

impl fmt::Display for Kind {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Kind::Auto => "a document of any kind",
            Kind::Listing => "an HTML page",
            Kind::Feed => "a feed",
            Kind::Sitemap => "a sitemap",
            Kind::Json => "a list of posts as JSON",
            Kind::Urls => "a list of URLs",
        })
    }
}

/// Finds the articles of `document`. Candidates come in the document's order, except that those of a dated sitemap
/// come newest first; `include`, `exclude` and `limit` are applied.
///
/// # Errors
/// [`Error`] where the document is of no kind in which articles can be looked for.
pub fn candidates(document: &Document<'_>, settings: &Settings) -> Result<Listing, Error> {
    effort::within(effort::MOST_STEPS, || read(document, settings)).unwrap_or(Err(Error::TooCostly))
}

fn read(document: &Document<'_>, settings: &Settings) -> Result<Listing, Error> {
    let bytes = sniff::unpacked(document.bytes)?;
    if bytes.trim_ascii().is_empty() {
        return Err(Error::Empty);
    }
    let text = sniff::decoded(&bytes, document.content_type)?;
    let (kind, text) = sniff::kind(&text)?;
    // A list without a post looks like anything.
    let kind = if settings.kind == Kind::Json && text.starts_with(['[', '{']) { Kind::Json } else { kind };
    if settings.kind != Kind::Auto && settings.kind != kind && settings.kind != Kind::Urls {
        return Err(Error::OtherKind { wanted: settings.kind, found: kind });
    }
    let mut listing = match kind {
        _ if settings.kind == Kind::Urls => urls::read(document, text),
        Kind::Feed => feed::read(document, text, settings)?,
        Kind::Sitemap => sitemap::read(document, text, settings),
        Kind::Json => posts::read(document, text, settings)?,
        Kind::Urls => urls::read(document, text),
        Kind::Auto | Kind::Listing => listing::read(document, text, settings),
    };
    if sniff::is_cut(bytes.len()) {
        listing.warnings.push("the document unpacks to more than 64 MiB; the rest was not read".to_owned());
    } else if listing.is_cut {
        listing.warnings.push("the document is cut off: it ends in the middle".to_owned());
    }
    selection::apply(&mut listing, settings);
    Ok(listing)
}

/// A selector for [`Select::link`] that gives on the `archived` page what `pinned` gave there, and on today's what is found
/// without any; `None` if there is none.
#[must_use]
pub fn fitting_link(archived: &Document<'_>, pinned: &Select, today: &Document<'_>) -> Option<String> {
    let before = sniff::unpacked(archived.bytes).ok()?;
    let now = sniff::unpacked(today.bytes).ok()?;
    let before = sniff::decoded(&before, archived.content_type).ok()?;
    let now = sniff::decoded(&now, today.content_type).ok()?;
    effort::within(effort::MOST_STEPS, || listing::fitting_link((archived, &before), pinned, (today, &now)))
        .ok()
        .flatten()
}

/// A selector for a key of `[select]`.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Pin {
    /// The key: `items`, `link`, `title`, `date`, `summary`, `image` or `next`.
    pub key: &'static str,
    /// The CSS selector.
    pub selector: String,
}

/// Selectors that together give the articles that are found on a listing page without any, each where there is one; none
/// if no selectors give the same, or the document is no HTML page.
#[must_use]
pub fn pins(document: &Document<'_>) -> Vec<Pin> {
    let Ok(bytes) = sniff::unpacked(document.bytes) else { return Vec::new() };
    let Ok(text) = sniff::decoded(&bytes, document.content_type) else { return Vec::new() };
    match sniff::kind(&text) {
        Ok((Kind::Listing, text)) => {
            effort::within(effort::MOST_STEPS, || listing::pins(document, text)).unwrap_or_default()
        }
        _ => Vec::new(),
    }
}
