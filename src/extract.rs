//! Cleans an article out of a captured page: body, metadata and doubts, or the reason why there is none. It is pure:
//! bytes in, values out.

mod blocks;
mod body;
mod charset;
mod dom;
mod furniture;
mod gate;
mod language;
mod lines;
mod metadata;
mod noise;
mod plain;
mod render;
mod site_memory;

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use scraper::{Html, Selector};
use url::Url;

use self::blocks::Blocks;
pub use self::charset::Binary;
pub use self::site_memory::SiteMemory;
use crate::model::{Article, Candidate, CanonicalUrl, DateContext, Field, Moment, Provenance, parse_date};

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
    /// What other articles of the source say.
    pub memory: Arc<SiteMemory>,
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
    /// It asks whether a human reads it, or refuses to be read.
    #[error("the page is a challenge or refuses access")]
    Challenge,
    /// It asks for consent to cookies before it shows anything.
    #[error("the page asks for consent and shows no article")]
    Consent,
    /// It asks to log in.
    #[error("the page asks to log in and shows no article")]
    Login,
    /// It shows less than a paragraph of an article that must be paid for.
    #[error("the article is behind a paywall and its page shows next to none of it")]
    Paywall,
    /// It says that there is no such page, whatever its status.
    #[error("the page says that it does not exist")]
    Missing,
    /// It says that the site is away: maintenance, a failure, a domain for sale.
    #[error("the page says that the site is not available")]
    Unavailable,
    /// It shows nothing unless scripts run.
    #[error("the page shows nothing without scripts")]
    NeedsScripts,
    /// Next to all of it is links.
    #[error("the page is a list of links")]
    OnlyLinks,
    /// It has a word or three.
    #[error("the page has {words} words of text")]
    TooShort {
        /// How many.
        words: u32,
    },
    /// It is a feed, JSON, a script, a style sheet or a table: what only programs read.
    #[error("the page is data for programs, not text")]
    Data,
    /// No text on it reads like an article.
    #[error("the page has no text that reads like an article")]
    NoArticle,
}

/// Reads the article of `page`.
///
/// # Errors
/// [`Rejection`] if the page is none.
pub fn article(page: &Page<'_>, settings: &Settings) -> Result<Article, Rejection> {
    if page.bytes.trim_ascii().is_empty() {
        return Err(Rejection::Empty);
    }
    let decoded = charset::decode(page.bytes, page.content_type).map_err(Rejection::Binary)?;
    if plain::is_data(page.content_type, &decoded.text) {
        return Err(Rejection::Data);
    }
    if plain::applies(page.content_type, &decoded.text) {
        return plain_article(page, settings, &decoded);
    }
    let (document, blocks) = read(&decoded.text, settings);
    let context = metadata::Context {
        url: page.url,
        captured_at: page.captured_at,
        timezone: settings.timezone,
        language: settings.language.as_deref(),
        rules: &settings.rules,
        hints: page.hints,
    };
    let metadata = metadata::read(&document, &context);
    let title = metadata.title.clone().unwrap_or_default();
    let context = body::Context {
        url: page.url,
        title: &title,
        rules: &settings.rules.body,
        hint: page.hints.and_then(|hints| hints.content.as_deref()),
    };
    let Some(mut selection) = body::select(&document, &blocks, &context) else {
        gate::judge(&document, &render::Rendered::default())?;
        return Err(Rejection::NoArticle);
    };
    let dates = date_context(page, settings, metadata.language.as_deref());
    furniture::settle(&mut selection, &document, &blocks, &metadata, &dates);
    let repeated = site_memory::forget(&mut selection, &document, &blocks, &settings.memory, &title);
    let context = render::Context { url: page.url, title: Some(&title) };
    let body = render::article(&document, selection.root, &|id| selection.kept.contains(&id), &context);
    gate::judge(&document, &body)?;
    let mut warnings: Vec<String> = decoded.warning.iter().map(ToString::to_string).collect();
    warnings.extend(metadata.warnings);
    warnings.extend(selection.warnings);
    Ok(Article {
        url: metadata.url.ok_or(Rejection::NoArticle)?,
        title: if title.is_empty() { opening(&body.text) } else { title },
        authors: metadata.authors,
        published: metadata.published,
        modified: metadata.modified,
        site_name: metadata.site_name,
        language: metadata.language,
        description: metadata.description,
        image: metadata.image,
        section: metadata.section,
        tags: metadata.tags,
        html: body.html,
        word_count: body.word_count,
        text: body.text,
        repeated,
        provenance: metadata.provenance,
        warnings,
    })
}

/// The first words of a text that nobody gave a title.
fn opening(text: &str) -> String {
    const MOST: usize = 80;
    let line = text.lines().next().unwrap_or_default();
    let mut title = String::new();
    for word in line.split_inclusive(' ') {
        if !title.is_empty() && title.chars().count() + word.chars().count() > MOST {
            return title.trim_end().to_owned() + "…";
        }
        title.push_str(word);
    }
    title.chars().take(2 * MOST).collect()
}

fn date_context<'a>(page: &Page<'_>, settings: &'a Settings, language: Option<&'a str>) -> DateContext<'a> {
    DateContext {
        language: language.or(settings.language.as_deref()),
        timezone: settings.timezone,
        now: page.captured_at,
    }
}

fn plain_article(
    page: &Page<'_>,
    settings: &Settings,
    decoded: &charset::Decoded<'_>,
) -> Result<Article, Rejection> {
    let dates = date_context(page, settings, None);
    let read_date = |line: &str| -> Option<Moment> { parse_date(line, &dates) };
    let plain = plain::article(&decoded.text, &read_date)
        .filter(|plain| plain.body.word_count >= plain::FEWEST_WORDS)
        .ok_or(Rejection::NoArticle)?;
    let hinted = || page.hints.and_then(|hints| hints.title.clone());
    let from = |from: &str| Provenance { from: from.to_owned(), beat: Vec::new() };
    let title_from = match (&plain.title, hinted()) {
        (Some(_), _) => "first line",
        (None, Some(_)) => "hint",
        (None, None) => "first words",
    };
    let mut provenance =
        BTreeMap::from([(Field::Title, from(title_from)), (Field::Body, from("plain text"))]);
    if plain.published.is_some() {
        provenance.insert(Field::Published, from("date line"));
    }
    Ok(Article {
        url: CanonicalUrl::of(page.url).map_err(|_| Rejection::NoArticle)?,
        title: plain.title.or_else(hinted).unwrap_or_else(|| opening(&plain.body.text)),
        authors: plain.byline.into_iter().collect(),
        published: plain.published,
        modified: None,
        site_name: None,
        language: settings.language.clone(),
        description: None,
        image: None,
        section: None,
        tags: Vec::new(),
        html: plain.body.html,
        word_count: plain.body.word_count,
        text: plain.body.text,
        repeated: Vec::new(),
        provenance,
        warnings: decoded.warning.iter().map(ToString::to_string).collect(),
    })
}

/// What the body's learned judge sees of a page, for its training.
#[derive(Clone, Debug, Default)]
pub struct Observed {
    /// The page's blocks of text, in document order.
    pub blocks: Vec<String>,
    /// The places of those that the rules keep.
    pub ruled: Vec<usize>,
    /// The names of the features.
    pub names: Vec<String>,
    /// The features, block by block.
    pub features: Vec<f32>,
}

/// Observes `page`.
#[must_use]
pub fn observe(page: &Page<'_>) -> Observed {
    let html = charset::decode(page.bytes, page.content_type).map(|decoded| decoded.text).unwrap_or_default();
    let (document, blocks) = read(&html, &Settings::default());
    let findings = body::find(&document, &blocks, page.url);
    let mut features = Vec::new();
    findings.each_row(|row| features.extend_from_slice(row));
    let places = 0..blocks.blocks.len();
    Observed {
        ruled: places.clone().filter(|at| findings.ruled()[*at]).collect(),
        features,
        blocks: places.map(|at| blocks.text(at).to_owned()).collect(),
        names: findings.names(),
    }
}

/// Parses `html`, takes out what the owner's rules remove, and cuts the rest into blocks. A page whose text is
/// mostly in `<noscript>` is read as a browser without scripts reads it.
fn read(html: &str, settings: &Settings) -> (Html, Blocks) {
    let parse = |scripting| {
        let mut document = dom::parse(html, scripting);
        dom::remove(&mut document, &settings.rules.remove);
        let blocks = blocks::segment(&document, scripting);
        (document, blocks)
    };
    let (document, blocks) = parse(dom::Scripting::Enabled);
    if dom::noscript_outweighs(&document, blocks.text.len(), blocks.word_count()) {
        return parse(dom::Scripting::Disabled);
    }
    (document, blocks)
}
