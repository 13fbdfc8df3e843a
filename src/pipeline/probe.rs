//! Looks at a site for the first time: what ways in does it offer, what does each give, and which one is best.

mod places;
mod rank;
mod ways;

use bytes::Bytes;
use serde::Serialize;
use url::Url;

use super::extraction;
use super::visit::visit;
use crate::discover::{self, Document, Kind, Listing, Pin};
use crate::extract;
use crate::fetch::{Client, Failure, Fetched, Request, SourceSettings};
use crate::html::parse_html;
use crate::model::{Article, Candidate, Capture, CodingError};

pub use ways::{Origin, Way};

/// The share of an article's words that a feed carries where it carries the whole of it.
const WHOLE: usize = 80;

/// What is looked at beside a page.
const BESIDE_A_PAGE: &str = "nor does a feed that it announces or that is at a usual place, a WordPress or Ghost API, or \
                             a sitemap of its robots.txt list any";

/// An article read on trial.
#[derive(Clone, Debug, Serialize)]
pub struct Sample {
    /// Its URL.
    pub url: Url,
    /// What was read.
    pub article: Option<Box<Article>>,
    /// Why nothing was.
    pub trouble: Option<String>,
    /// Whether the feed carries the whole of it; `None` where that is not known, as where there is no feed.
    pub whole_in_feed: Option<bool>,
}

/// What was found at a URL.
#[derive(Clone, Debug, Serialize)]
pub struct Probe {
    /// The ways in, the chosen one first.
    pub ways: Vec<Way>,
    /// Why it was chosen.
    pub reason: String,
    /// What the articles' URLs match, where the site's sitemap was taken for one section of it.
    pub include: Option<String>,
    /// A document that leads further into the past than the chosen one.
    pub history: Option<Url>,
    /// Selectors that would pin what the page itself lists.
    pub selectors: Vec<Pin>,
    /// One of its articles.
    pub sample: Sample,
}

impl Probe {
    /// Takes the way at this place among [`Probe::ways`] instead of the best one.
    pub fn choose(&mut self, at: usize) {
        if at == 0 || at >= self.ways.len() {
            return;
        }
        let section = self.ways.iter().find(|way| way.origin == Origin::Given).map(|way| way.url.clone());
        self.ways[0].objection.get_or_insert_with(|| "another way was chosen by hand".to_owned());
        let way = self.ways.remove(at);
        self.ways.insert(0, Way { objection: None, ..way });
        "it was chosen by hand".clone_into(&mut self.reason);
        self.include = section.and_then(|section| self.ways[0].keep_to(&section));
        self.history = rank::history(&self.ways).map(|way| way.url.clone());
        self.sample.whole_in_feed = None;
    }
}

/// Why a URL cannot become a source.
#[derive(Debug, thiserror::Error)]
pub enum Unusable {
    /// It could not be fetched.
    #[error(transparent)]
    Fetch(#[from] Failure),
    /// It could not be unpacked.
    #[error(transparent)]
    Coding(#[from] CodingError),
    /// It is nothing in which articles can be looked for.
    #[error(transparent)]
    Discover(#[from] discover::Error),
    /// It was read, and has no articles.
    #[error("{}; {looked_at}", warnings.first().map_or("no articles were found", String::as_str))]
    Nothing {
        /// What is doubtful about the document itself.
        warnings: Vec<String>,
        /// What else was looked at, in words.
        looked_at: &'static str,
    },
}

/// Fetches one page for a look at it.
///
/// # Errors
/// [`Failure`] if it cannot be had.
pub async fn capture(client: &Client, source: &SourceSettings, url: &Url) -> Result<Capture, Failure> {
    match visit(client, &Request { url, validators: None, source }).await? {
        Fetched::Captured(capture) => Ok(capture),
        Fetched::NotModified { .. } => {
            unreachable!("no validators were sent, and the fetcher lets no 304 pass without")
        }
    }
}

/// Looks at `url`, at what else its site offers, and at one article.
///
/// # Errors
/// [`Unusable`] if no way in gives an article.
pub async fn probe(client: &Client, url: &Url, max_size: usize) -> Result<Probe, Unusable> {
    let opened = open(client, url, max_size).await?;
    let listing = opened.listing(Kind::Auto)?;
    let parts = listing.sitemaps.clone();
    let (announced, apis) = (listing.feeds.clone(), listing.apis.clone());
    let mut first = Way::new(opened.capture.url.clone(), Origin::Given, listing);
    let mut others = Vec::new();
    match first.kind {
        Kind::Sitemap => places::add_parts(client, &mut first, &parts, max_size).await,
        Kind::Listing => {
            others = places::announced(client, &announced, max_size).await;
            others.extend(places::apis(client, &apis, max_size).await);
            others.extend(elsewhere(client, &first, &others, max_size).await);
            drop_repeated(&mut others);
        }
        Kind::Feed | Kind::Json | Kind::Urls | Kind::Auto => {}
    }
    let section = first.url.clone();
    let (mut ways, reason) = rank::rank(first, others);
    let include = ways[0].keep_to(&section);
    let Some(candidate) = ways[0].candidates.first() else {
        let looked_at = match ways[0].kind {
            Kind::Listing => BESIDE_A_PAGE,
            _ => "it was taken for what it is, and nothing else was looked at",
        };
        return Err(Unusable::Nothing { warnings: ways[0].warnings.clone(), looked_at });
    };
    let sample = sample(client, candidate, max_size).await;
    let selectors = discover::pins(&opened.document());
    let history = rank::history(&ways).map(|way| way.url.clone());
    Ok(Probe { ways, reason, include, history, selectors, sample })
}

/// A feed at a usual place, if none of those `announced` stands for `page`, and the site's sitemaps.
async fn elsewhere(client: &Client, page: &Way, announced: &[Way], max_size: usize) -> Vec<Way> {
    let mut others = Vec::new();
    let stands_for = |way: &Way| way.kind == Kind::Feed && rank::objection(way, page).is_none();
    if !announced.iter().any(stands_for) {
        others.extend(places::usual(client, &page.url, max_size).await);
    }
    others.extend(places::sitemaps(client, &page.url, max_size).await);
    others
}

/// Places may lead to one document.
fn drop_repeated(ways: &mut Vec<Way>) {
    let mut seen = Vec::new();
    ways.retain(|way| {
        let is_new = !seen.contains(&way.url);
        seen.push(way.url.clone());
        is_new
    });
}

/// A document that was fetched and unpacked.
struct Opened {
    capture: Capture,
    link: Option<String>,
    payload: Bytes,
}

impl Opened {
    fn document(&self) -> Document<'_> {
        Document {
            url: &self.capture.url,
            content_type: self.capture.content_type(),
            link: self.link.as_deref(),
            bytes: &self.payload,
            fetched_at: Some(self.capture.fetched_at),
        }
    }

    fn listing(&self, kind: Kind) -> Result<Listing, discover::Error> {
        let settings = discover::Settings { kind, ..discover::Settings::default() };
        discover::candidates(&self.document(), &settings)
    }
}

async fn open(client: &Client, url: &Url, max_size: usize) -> Result<Opened, Unusable> {
    let capture = capture(client, &SourceSettings::default(), url).await?;
    let payload = capture.payload(max_size)?;
    Ok(Opened { link: capture.joined("link"), capture, payload })
}

async fn read(client: &Client, url: &Url, kind: Kind, max_size: usize) -> Result<(Url, Listing), Unusable> {
    let opened = open(client, url, max_size).await?;
    let listing = opened.listing(kind)?;
    Ok((opened.capture.url, listing))
}

async fn sample(client: &Client, candidate: &Candidate, max_size: usize) -> Sample {
    let url = candidate.url.clone();
    let read = match capture(client, &SourceSettings::default(), &url).await {
        Ok(capture) => extraction::article(&capture, max_size, &extract::Settings::default(), candidate)
            .map_err(|unreadable| unreadable.to_string()),
        Err(failure) => Err(failure.to_string()),
    };
    match read {
        Ok(article) => {
            let whole_in_feed = candidate.content.as_deref().map(|content| is_whole(content, &article));
            Sample { url, article: Some(Box::new(article)), trouble: None, whole_in_feed }
        }
        Err(trouble) => Sample { url, article: None, trouble: Some(trouble), whole_in_feed: None },
    }
}

/// Whether `content`, of a feed, has about as many words as the article's page.
fn is_whole(content: &str, article: &Article) -> bool {
    let html = parse_html(content);
    let words: usize = html.root_element().text().map(|text| text.split_whitespace().count()).sum();
    words * 100 >= article.word_count as usize * WHOLE
}
