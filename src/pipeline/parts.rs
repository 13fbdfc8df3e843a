//! An article that goes on on further pages, or stands whole on another one, as the rules of its site say: each page is
//! fetched as politely as any other and kept, or read from the archive, and the article is joined of them.

use url::Url;

use super::page;
use super::reading;
use crate::extract::{self, Reading, Rejection, Settings};
use crate::fetch::{Client, Fetched, Request, SourceSettings};
use crate::model::{Article, Candidate, Capture};

/// Where further pages come from.
pub(super) trait Pages {
    /// The page at `url`, or why it cannot be had.
    fn page(&self, url: &Url) -> impl Future<Output = Result<Capture, String>> + Send;
}

/// Pages as their sites have them now.
pub(super) struct Web<'a> {
    pub(super) client: &'a Client,
    pub(super) source: &'a SourceSettings,
}

impl Pages for Web<'_> {
    async fn page(&self, url: &Url) -> Result<Capture, String> {
        let request = Request { url, validators: None, source: self.source };
        match self.client.get(&request).await.map_err(|failure| failure.to_string())? {
            Fetched::Captured(capture) => Ok(capture),
            Fetched::NotModified { .. } => Err("the server says that nothing changed".to_owned()),
        }
    }
}

/// How pages are read.
#[derive(Clone, Copy)]
pub(super) struct Manner<'a> {
    pub(super) settings: &'a Settings,
    /// The most bytes of a page.
    pub(super) max_size: usize,
}

/// The article of the page at `url`, with what stands on other `pages`, and the captures of those.
pub(super) async fn complete(
    pages: &impl Pages,
    manner: Manner<'_>,
    url: &Url,
    reading: Reading,
) -> (Result<Article, Rejection>, Vec<Capture>) {
    let Reading { mut article, mut next_page, single_page, .. } = reading;
    let mut parts = Parts { pages, manner, seen: vec![url.clone()], captures: Vec::new() };
    if let Some(link) = parts.unseen(&single_page) {
        match parts.read(link).await {
            Ok((whole, next)) => {
                // It is the same article, whatever the other page calls itself.
                let url = article.as_ref().map_or_else(|_| whole.url.clone(), |first| first.url.clone());
                article = Ok(Article { url, ..whole });
                next_page = next;
            }
            Err(why) => warn(&mut article, format!("the page with all of it cannot be read: {why}")),
        }
    }
    let most = manner.settings.rules_for(url).pages();
    let mut further = Vec::new();
    while let Some(link) = parts.unseen(&next_page).filter(|_| article.is_ok()) {
        if further.len() + 1 >= most {
            warn(&mut article, format!("it goes on after {most} pages, which is as many as are read"));
            break;
        }
        match parts.read(link).await {
            Ok((page, next)) => {
                further.push(page);
                next_page = next;
            }
            Err(why) => {
                warn(&mut article, format!("it goes on on a page that cannot be read: {why}"));
                break;
            }
        }
    }
    (article.map(|article| extract::join(article, further)), parts.captures)
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
        let read = reading::apart(move || page::reading(&page, max_size, &settings, &hints)).await;
        self.seen.push(capture.url.clone());
        self.captures.push(capture);
        let read = read.map_err(|defect| defect.to_string())?.map_err(|unreadable| unreadable.to_string())?;
        Ok((read.article.map_err(|rejection| rejection.to_string())?, read.next_page))
    }
}
