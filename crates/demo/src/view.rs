//! Articles as the templates show them.

use chrono::{DateTime, Datelike, FixedOffset};
use minijinja::value::Serde;
use minijinja::{HtmlEscape, Value};
use serde::Serialize;
use serde_json::json;
use url::Url;

use super::article::{Article, Block};

/// What a template may show of an article.
#[derive(Serialize)]
struct View {
    slug: String,
    title: String,
    authors: Vec<String>,
    byline: String,
    path: String,
    url: String,
    language: String,
    summary: String,
    /// The first words of the text, as its feed shows them.
    excerpt: String,
    tags: Vec<String>,
    image: String,
    /// RFC 3339.
    iso: String,
    /// The day alone, as ISO 8601.
    date: String,
    /// The day, in English.
    day: String,
    /// The day, in the article's language.
    shown: String,
    /// The day as old content management systems wrote it: `Wed May 08 2024`.
    loose: String,
    rfc2822: String,
    modified_iso: Option<String>,
    modified_day: Option<String>,
    blocks: Vec<BlockView>,
    json_ld: String,
}

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
enum BlockView {
    Paragraph { html: String },
    List { items: Vec<String> },
    Table { rows: Vec<Vec<String>> },
    Figure { src: String, html: String },
}

/// `article` for a template, with URLs beneath `base`.
pub(super) fn of(article: &Article, base: &Url) -> Value {
    let day = |at: &DateTime<FixedOffset>| at.format("%-d %B %Y").to_string();
    let base = base.as_str().trim_end_matches('/');
    Value::from(Serde(View {
        slug: article.slug.clone(),
        title: article.title.clone(),
        authors: article.authors.clone(),
        byline: article.authors.join(" and "),
        path: article.path.clone(),
        url: format!("{base}{}", article.path),
        language: article.language.clone(),
        summary: article.summary.clone(),
        excerpt: excerpt(article),
        tags: article.tags.clone(),
        image: format!("{base}/images/{}.png", article.slug),
        iso: article.published.to_rfc3339(),
        date: article.published.format("%Y-%m-%d").to_string(),
        day: day(&article.published),
        shown: shown(article),
        loose: article.published.format("%a %b %d %Y").to_string(),
        rfc2822: article.published.to_rfc2822(),
        modified_iso: article.modified.map(|at| at.to_rfc3339()),
        modified_day: article.modified.as_ref().map(day),
        blocks: article.blocks.iter().map(block).collect(),
        json_ld: json_ld(article, base),
    }))
}

fn excerpt(article: &Article) -> String {
    let first = article.paragraphs().into_iter().next().unwrap_or_default();
    let words: Vec<&str> = first.split_whitespace().take(18).collect();
    format!("{} […]", words.join(" "))
}

fn shown(article: &Article) -> String {
    const GERMAN_MONTHS: [&str; 12] = [
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ];
    let at = &article.published;
    match article.language.as_str() {
        "de" => format!("{}. {} {}", at.day(), GERMAN_MONTHS[at.month0() as usize], at.year()),
        "ja" => format!("{}年{}月{}日", at.year(), at.month(), at.day()),
        _ => at.format("%-d %B %Y").to_string(),
    }
}

fn block(block: &Block) -> BlockView {
    match block {
        Block::Paragraph(text) => BlockView::Paragraph { html: html(text) },
        Block::List(items) => BlockView::List { items: items.iter().map(|item| html(item)).collect() },
        Block::Table(rows) => BlockView::Table {
            rows: rows.iter().map(|row| row.iter().map(|cell| html(cell)).collect()).collect(),
        },
        Block::Figure { file, caption } => {
            BlockView::Figure { src: format!("/images/{file}"), html: html(caption) }
        }
    }
}

/// `text` as HTML, in which every second `*` ends an emphasis.
fn html(text: &str) -> String {
    let escaped = HtmlEscape(text).to_string();
    let mut html = String::with_capacity(escaped.len());
    for (number, part) in escaped.split('*').enumerate() {
        html.push_str(match number {
            0 => "",
            odd if odd % 2 == 1 => "<em>",
            _ => "</em>",
        });
        html.push_str(part);
    }
    html
}

fn json_ld(article: &Article, base: &str) -> String {
    let authors: Vec<_> =
        article.authors.iter().map(|name| json!({"@type": "Person", "name": name})).collect();
    let article = json!({
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "mainEntityOfPage": format!("{base}{}", article.path),
        "headline": article.title,
        "datePublished": article.published.to_rfc3339(),
        "dateModified": article.changed().to_rfc3339(),
        "author": authors,
        "image": [format!("{base}/images/{}.png", article.slug)],
        "publisher": {"@type": "NewsMediaOrganization", "name": "The Courier"},
    });
    // Within a script element nothing but its end tag is special.
    article.to_string().replace("</", "<\\/")
}
