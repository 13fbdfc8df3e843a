//! Cleans an article out of a captured page: body, metadata and doubts, or the reason why there is none. It is pure:
//! bytes in, values out.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use scraper::{Html, Selector};
use url::Url;

use crate::model::{Article, Candidate, CanonicalUrl};

mod charset;
mod render;

pub use charset::Binary;

/// CSS selectors that its owner gives for a source's article pages; the first that matches wins.
#[derive(Clone, Debug, Default)]
pub struct Rules {
    /// The body.
    pub body: Vec<Selector>,
    /// The title.
    pub title: Vec<Selector>,
    /// Each match names an author.
    pub author: Vec<Selector>,
    /// The date of publication.
    pub date: Vec<Selector>,
    /// What is taken out before anything is read.
    pub remove: Vec<Selector>,
}

/// How to read a source's article pages.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// The owner's selectors.
    pub rules: Rules,
    /// The language its owner says it is in, as a BCP 47 tag.
    pub language: Option<String>,
    /// The zone of dates that name none.
    pub timezone: Option<Tz>,
}

/// A captured page.
#[derive(Clone, Copy, Debug)]
pub struct Page<'a> {
    /// The URL that answered.
    pub url: &'a Url,
    /// The `Content-Type` with which it came, if it came over HTTP.
    pub content_type: Option<&'a str>,
    /// Its bytes, content codings undone.
    pub bytes: &'a [u8],
    /// When it was captured: relative dates count from here, and later dates are doubted.
    pub captured_at: Option<DateTime<Utc>>,
    /// What the listing or feed said of it.
    pub hints: Option<&'a Candidate>,
}

/// Why a page is no article.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Rejection {
    /// It has no bytes, or only white space.
    #[error("the page is empty")]
    Empty,
    /// Its bytes are no text.
    #[error("the page is {0}, not text")]
    Binary(Binary),
    /// No text on it reads like an article.
    #[error("the page has no text that reads like an article")]
    NoArticle,
}

/// Reads the article of `page`.
///
/// # Errors
/// [`Rejection`] if the page is none.
pub fn article(page: &Page<'_>, _settings: &Settings) -> Result<Article, Rejection> {
    if page.bytes.trim_ascii().is_empty() {
        return Err(Rejection::Empty);
    }
    let decoded = charset::decode(page.bytes, page.content_type).map_err(Rejection::Binary)?;
    let document = Html::parse_document(&decoded.text);
    let title = Selector::parse("title").expect("a literal selector");
    let title: String = document.select(&title).next().map(|t| t.text().collect()).unwrap_or_default();
    let paragraphs = Selector::parse("p").expect("a literal selector");
    let kept: HashSet<_> = document
        .select(&paragraphs)
        .flat_map(|p| p.descendants())
        .filter(|node| node.value().is_text())
        .map(|node| node.id())
        .collect();
    let context = render::Context { url: page.url, title: Some(&title) };
    let body = render::article(&document, document.tree.root().id(), &|id| kept.contains(&id), &context);
    let url = CanonicalUrl::of(page.url).map_err(|_| Rejection::NoArticle)?;
    Ok(Article {
        url,
        title,
        authors: Vec::new(),
        published: None,
        modified: None,
        site_name: None,
        language: None,
        description: None,
        image: None,
        section: None,
        tags: Vec::new(),
        html: body.html,
        word_count: body.word_count,
        text: body.text,
        provenance: std::collections::BTreeMap::new(),
        warnings: decoded.warning.iter().map(ToString::to_string).collect(),
    })
}
