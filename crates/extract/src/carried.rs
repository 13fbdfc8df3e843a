//! The article of a feed's item that has no page, or whose page is not to be read: what the feed carries of it.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use tearsheet_html::PageData;

use super::rules::Ruled;
use super::{Page, Probe, Rejection, Settings, date_context, dom, metadata, metadata_context, render};
use crate::body_pipeline::{Body, BodyContext, write_body};
use crate::model::{Article, Candidate, CanonicalUrl, Field, Image, Provenance};
use crate::plain_text::article;
use crate::segment;
use crate::select::{self, Reasons};

/// How the source of such an article is called.
const FROM: &str = "feed";
/// What is held against pages and not against items, which may be of three words.
const WAIVED: &[&str] =
    &["challenge", "consent", "links", "login", "missing", "paywall", "scripts", "short", "unavailable"];

/// The HTML that the feed carries of an item; its summary where that is all.
#[must_use]
pub fn carried_html(item: &Candidate) -> Option<String> {
    let summary = || item.summary.as_ref().map(|summary| format!("<p>{}</p>", render::escaped(summary)));
    item.content.clone().or_else(summary)
}

/// Reads the article that a feed carries of `item`, as it was at that time.
///
/// # Errors
/// [`Rejection`] if it carries nothing that can be read or looked at.
pub fn carried(item: &Candidate, at: DateTime<Utc>, settings: &Settings) -> Result<Article, Rejection> {
    let html = carried_html(item).or_else(|| item.image.as_ref().map(|_| String::new()));
    let html = html.ok_or(Rejection::NoArticle)?;
    let url = CanonicalUrl::with_fragment(&item.url).map_err(|_| Rejection::NoArticle)?;
    let page = Page {
        url: &item.url,
        content_type: None,
        bytes: html.as_bytes(),
        captured_at: Some(at),
        hints: Some(item),
    };
    let waived = WAIVED.iter().map(|name| (*name).to_owned()).collect();
    let settings = &Settings { waived, ..settings.clone() };
    let body = read_body(&page, &html, settings);
    let (text, language) = match body {
        Ok((Body { rendered, .. }, language)) => (rendered, language),
        // A picture or a film needs no words.
        Err(_) if item.image.is_some() => (picture(item), settings.language.clone()),
        Err(why) => return Err(why),
    };
    let language = language.or_else(|| settings.language.clone());
    let title = item.title.clone().unwrap_or_else(|| article::opening(&text.text));
    if title.is_empty() {
        return Err(Rejection::NoArticle);
    }
    let image = item.image.clone().map(|url| Image { url, alt: None, width: None, height: None });
    Ok(Article {
        url,
        title,
        authors: item.authors.clone(),
        published: item.published,
        modified: item.modified,
        site_name: None,
        language,
        description: item.summary.clone().filter(|_| item.content.is_some()),
        image,
        section: None,
        tags: metadata::tags_for_readers(item.tags.clone()),
        access: None,
        license: None,
        robots: Vec::new(),
        html: text.html,
        word_count: text.word_count,
        text: text.text,
        repeated: Vec::new(),
        cuts: Vec::new(),
        provenance: provenance(item),
        warnings: Vec::new(),
    })
}

fn read_body(page: &Page<'_>, html: &str, settings: &Settings) -> Result<(Body, Option<String>), Rejection> {
    let document = dom::parse(html, dom::Scripting::Disabled);
    let blocks = segment::segment(&document, dom::Scripting::Disabled);
    let ruled = Ruled::default();
    let data = PageData::of(&document);
    let mut metadata = metadata::read(&document, &metadata_context(page, settings, &data, &ruled, &blocks));
    metadata.title = page.hints.and_then(|item| item.title.clone());
    let dates = date_context(page, settings, metadata.language.as_deref(), metadata.day_order);
    let context = BodyContext {
        page,
        settings,
        ruled: &ruled,
        metadata: &metadata,
        dates: &dates,
        probe: Probe::NONE,
        shown: &document,
        data: &data,
    };
    let mut reasons = Reasons::default();
    let selection = select::whole(&blocks, context.title(), &mut reasons).ok_or(Rejection::NoArticle)?;
    let body = write_body(selection, &document, &blocks, &context, &mut reasons)?;
    Ok((body, metadata.language))
}

fn picture(item: &Candidate) -> render::Rendered {
    let figure =
        |url: &url::Url| format!("<figure><img src=\"{}\" alt=\"\"></figure>", render::escaped(url.as_str()));
    let html = item.image.as_ref().map(figure).unwrap_or_default();
    render::Rendered { html, ..render::Rendered::default() }
}

fn provenance(item: &Candidate) -> BTreeMap<Field, Provenance> {
    let fields = [
        (Field::Body, true),
        (Field::Title, item.title.is_some()),
        (Field::Authors, !item.authors.is_empty()),
        (Field::Published, item.published.is_some()),
        (Field::Modified, item.modified.is_some()),
        (Field::Description, item.summary.is_some() && item.content.is_some()),
        (Field::Image, item.image.is_some()),
        (Field::Tags, !item.tags.is_empty()),
    ];
    let said = fields.into_iter().filter(|(_, is_said)| *is_said);
    said.map(|(field, _)| (field, Provenance::of(FROM))).collect()
}

/// Whether the text that a feed carries is all of the article, as far as it tells: it is no teaser, and does not end in
/// the middle.
#[must_use]
pub fn is_whole(carried: &Article) -> bool {
    const LEAST: u32 = 50;
    const CUTS: &[&str] = &["…", "...", "[…]", "[...]", "(…)", "»", "→"];
    let end = carried.text.trim_end();
    let last = end.rsplit("\n\n").next().unwrap_or_default().to_lowercase();
    let leads_on = MORE.iter().any(|more| last.contains(more)) && render::count_words(&last) <= 12;
    carried.word_count >= LEAST && !leads_on && !CUTS.iter().any(|cut| end.ends_with(cut))
}

/// How teasers lead on.
const MORE: &[&str] = &[
    "continue reading",
    "continuar leyendo",
    "devamını oku",
    "keep reading",
    "lees verder",
    "leggi tutto",
    "leia mais",
    "leer más",
    "lire la suite",
    "läs mer",
    "more at",
    "read more",
    "read the full",
    "read the rest",
    "weiterlesen",
    "weiter lesen",
    "čtěte dál",
    "czytaj dalej",
    "читать далее",
    "читати далі",
    "اقرأ المزيد",
    "もっと読む",
    "続きを読む",
    "阅读全文",
    "阅读更多",
    "閱讀全文",
];

/// Whether the page shows only the beginning of the article that a feed carries, or another part of it.
#[must_use]
pub fn is_beginning(shown: &Article, carried: &Article) -> bool {
    if shown.word_count * 2 > carried.word_count {
        return false;
    }
    let words = |article: &Article| -> Vec<String> {
        let words = article.text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.map(str::to_lowercase).collect()
    };
    let whole: std::collections::HashSet<String> = words(carried).into_iter().collect();
    let shown = words(shown);
    let shared = shown.iter().filter(|word| whole.contains(*word)).count();
    shared * 10 >= shown.len() * 7
}
