//! An article that goes on on further pages, or stands whole on another one, as the rules of its site say: each page is
//! fetched as politely as any other and kept, and the article is joined of them.

use url::Url;

use super::page;
use super::reading;
use super::source::Context;
use crate::config::SourceConfig;
use crate::extract::{self, Reading, Rejection, Settings};
use crate::fetch::{Fetched, Request};
use crate::model::{Article, Candidate, Capture};

/// The article of a page, with what stands on other pages, and the captures of those.
pub(super) async fn complete(
    context: &Context<'_>,
    source: &SourceConfig,
    settings: &Settings,
    url: &Url,
    reading: Reading,
) -> (Result<Article, Rejection>, Vec<Capture>) {
    let Reading { mut article, mut next_page, single_page, .. } = reading;
    let mut parts = Parts { context, source, settings, seen: vec![url.clone()], captures: Vec::new() };
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
    let most = settings.rules_for(url).pages();
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

struct Parts<'a> {
    context: &'a Context<'a>,
    source: &'a SourceConfig,
    settings: &'a Settings,
    /// The pages that were read, the first one too: links go in circles.
    seen: Vec<Url>,
    captures: Vec<Capture>,
}

impl Parts<'_> {
    fn unseen(&self, links: &[Url]) -> Option<Url> {
        links.iter().find(|link| !self.seen.contains(link)).cloned()
    }

    async fn read(&mut self, url: Url) -> Result<(Article, Vec<Url>), String> {
        let request = Request { url: &url, validators: None, source: &self.source.fetch };
        let fetched = self.context.client.get(&request).await;
        self.seen.push(url.clone());
        let capture = match fetched.map_err(|failure| failure.to_string())? {
            Fetched::Captured(capture) => capture,
            Fetched::NotModified { .. } => return Err("the server says that nothing changed".to_owned()),
        };
        let (page, settings, max_size) = (capture.clone(), self.settings.clone(), self.context.max_size);
        let hints = Candidate::new(url);
        let read = reading::apart(move || page::reading(&page, max_size, &settings, &hints)).await;
        self.seen.push(capture.url.clone());
        self.captures.push(capture);
        let read = read.map_err(|defect| defect.to_string())?.map_err(|unreadable| unreadable.to_string())?;
        Ok((read.article.map_err(|rejection| rejection.to_string())?, read.next_page))
    }
}
