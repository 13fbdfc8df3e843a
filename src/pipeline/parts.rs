//! An article that goes on on further pages, or stands whole on another one, as the rules of its site say: each page is
//! fetched as politely as any other and kept, or read from the archive, and the article is joined of them.

use url::Url;

use super::extraction;
use super::reading;
use super::visit::visit;
use crate::archive::FurtherPage;
use crate::extract::{self, Reading, Rejection, Settings};
use crate::fetch::{Client, Fetched, Request, SourceSettings};
use crate::model::{Article, Candidate, CanonicalUrl, Capture};

/// Where further pages come from.
pub(super) trait Pages {
    /// The page at `url`, or why it cannot be had.
    fn page(&self, url: &Url) -> impl Future<Output = Result<Capture, String>> + Send;
}

/// Pages as their sites have them now.
pub(super) struct Web<'a> {
    client: &'a Client,
    source: &'a SourceSettings,
    /// A page that was fetched already.
    at_hand: Option<Capture>,
}

impl<'a> Web<'a> {
    pub(super) fn new(client: &'a Client, source: &'a SourceSettings) -> Web<'a> {
        Web { client, source, at_hand: None }
    }

    /// Whether one of these further pages is another than it was. They are asked one by one, up to the first that is, and
    /// only those that can say that they are not: what the archive has is not fetched again to be compared.
    pub(super) async fn find_changed(&mut self, known: &[FurtherPage]) -> bool {
        for page in known.iter().filter(|page| !page.validators.is_empty()) {
            let validators = Some(&page.validators);
            let request = Request { url: &page.url, validators, source: self.source };
            if let Ok(Fetched::Captured(capture)) = visit(self.client, &request).await
                && capture.payload_digest() != page.payload
            {
                self.at_hand = Some(capture.detached());
                return true;
            }
        }
        false
    }
}

impl Pages for Web<'_> {
    async fn page(&self, url: &Url) -> Result<Capture, String> {
        if let Some(capture) = self.at_hand.as_ref().filter(|capture| answers(capture, url)) {
            return Ok(capture.clone());
        }
        let request = Request { url, validators: None, source: self.source };
        match visit(self.client, &request).await.map_err(|failure| failure.to_string())? {
            Fetched::Captured(capture) => Ok(capture),
            Fetched::NotModified { .. } => Err("the server says that nothing changed".to_owned()),
        }
    }
}

/// Pages as an archive has them.
pub(super) struct Archived<'a>(pub(super) &'a [Capture]);

impl Pages for Archived<'_> {
    async fn page(&self, url: &Url) -> Result<Capture, String> {
        // Of two captures of a page the later counts.
        let found = self.0.iter().rev().find(|capture| answers(capture, url));
        found.cloned().ok_or_else(|| "the archive does not have it".to_owned())
    }
}

/// Whether a capture is what `url` was answered with, perhaps after redirects.
fn answers(capture: &Capture, url: &Url) -> bool {
    let key = |url: &Url| CanonicalUrl::of(url).ok().map(|url| url.key());
    let wanted = key(url);
    let mut urls = std::iter::once(&capture.url).chain(capture.hops.iter().map(|hop| &hop.from));
    wanted.is_some() && urls.any(|url| key(url) == wanted)
}

/// How pages are read.
#[derive(Clone, Copy)]
pub(super) struct Manner<'a> {
    pub(super) settings: &'a Settings,
    /// The most bytes of a page.
    pub(super) max_size: usize,
}

/// An article with what stands on further pages.
pub(super) struct Whole {
    pub(super) article: Result<Article, Rejection>,
    /// The captures of those pages, in their order.
    pub(super) captures: Vec<Capture>,
    /// Whether the first of them has the text in place of the page itself.
    pub(super) is_elsewhere: bool,
    /// What is missing of it, if one of them could not be read.
    pub(super) missing: Option<String>,
}

/// The article of the page at `url`, with what stands on other `pages`.
pub(super) async fn complete(pages: &impl Pages, manner: Manner<'_>, url: &Url, reading: Reading) -> Whole {
    let Reading { mut article, mut next_page, single_page, .. } = reading;
    let mut parts = Parts { pages, manner, seen: vec![url.clone()], captures: Vec::new() };
    let (mut is_elsewhere, mut missing) = (false, None);
    if let Some(link) = parts.unseen(&single_page) {
        match parts.read(link.clone()).await {
            Ok((whole, next)) => {
                is_elsewhere = true;
                // It is the same article, whatever the other page calls itself.
                let url = article.as_ref().map_or_else(|_| whole.url.clone(), |first| first.url.clone());
                article = Ok(Article { url, ..whole });
                next_page = next;
            }
            Err(why) => {
                missing = Some(format!("the whole article is at {link}, which cannot be read: {why}"));
            }
        }
    }
    let most = manner.settings.rules_for(url).pages();
    let mut further = Vec::new();
    while let Some(link) = parts.unseen(&next_page).filter(|_| article.is_ok()) {
        if further.len() + 1 >= most {
            warn(&mut article, format!("truncated at {most} pages; the article has more"));
            break;
        }
        match parts.read(link.clone()).await {
            Ok((page, next)) => {
                further.push(page);
                next_page = next;
            }
            Err(why) => {
                missing = Some(format!("it continues at {link}, which cannot be read: {why}"));
                break;
            }
        }
    }
    if let Some(missing) = &missing {
        warn(&mut article, missing.clone());
    }
    let article = article.map(|article| extract::join(article, further));
    Whole { article, captures: parts.captures, is_elsewhere, missing }
}

fn warn(article: &mut Result<Article, Rejection>, warning: String) {
    if let Ok(article) = article {
        article.warnings.push(warning);
    }
}

struct Parts<'a, P> {
    pages: &'a P,
    manner: Manner<'a>,
    /// The pages that were read, the first one too: links go in circles.
    seen: Vec<Url>,
    captures: Vec<Capture>,
}

impl<P: Pages> Parts<'_, P> {
    fn unseen(&self, links: &[Url]) -> Option<Url> {
        links.iter().find(|link| !self.seen.contains(link)).cloned()
    }

    async fn read(&mut self, url: Url) -> Result<(Article, Vec<Url>), String> {
        self.seen.push(url.clone());
        let capture = self.pages.page(&url).await?;
        let (page, settings, max_size) =
            (capture.clone(), self.manner.settings.clone(), self.manner.max_size);
        let hints = Candidate::new(url);
        let read = reading::page_apart(&capture, max_size, move || {
            extraction::reading(&page, max_size, &settings, &hints)
        })
        .await;
        self.seen.push(capture.url.clone());
        let answered = capture.url.clone();
        // What comes next needs room while this one is held.
        self.captures.push(capture.detached());
        let read = read.map_err(|defect| defect.to_string())?.map_err(|unreadable| unreadable.to_string())?;
        let mut article = read.article.map_err(|rejection| rejection.to_string())?;
        article.cuts.iter_mut().for_each(|cut| cut.url = Some(answered.clone()));
        Ok((article, read.next_page))
    }
}
