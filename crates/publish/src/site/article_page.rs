//! The reading page of one article.

use minijinja::Value;
use serde::Serialize;

use super::changes::{self, Change, markup};
use super::dates::{self, Shown};
use super::shelf_page::{Link, article_link, label_link};
use super::teaser::{Language, language, source_title};
use super::{Frame, templates, wide};
use crate::model::{Access, Article, Correction, Entry, License, Shelf, Source, bare_host, label_key};
use crate::publish::pictures::{self, LocalImage};
use crate::publish::values::{CleanHtml, LicenseTerms, Picture, TextLine, WebUrl};
use crate::publish::words::Words;
use crate::publish::{File, Settings, Ways, addresses, in_feeds, item, words};

#[derive(Serialize)]
struct ArticlePage {
    #[serde(flatten)]
    frame: Frame,
    title: TextLine,
    description: Option<TextLine>,
    /// The description where the text does not begin with it.
    standfirst: Option<TextLine>,
    authors: Vec<Label>,
    section: Option<TextLine>,
    published: Shown,
    /// Whether the page itself states when it was published.
    is_stated: bool,
    updated: Option<Shown>,
    first_seen: Shown,
    source: TextLine,
    source_page: String,
    original: WebUrl,
    original_host: String,
    language: Language,
    image: Option<Picture>,
    /// The same where it is here.
    local: Option<LocalImage>,
    /// Pictures that are not kept here.
    let_go: Vec<WebUrl>,
    /// How long it takes to be read, and who may read it at its original, where not everyone may.
    terms: Vec<String>,
    license: Option<Terms>,
    tags: Vec<Label>,
    previous: Option<Link>,
    next: Option<Link>,
    /// What the original asks of search engines, which its copy asks too.
    robots: String,
    body: Value,
    /// When the newest of the changes was seen.
    corrected: Option<Shown>,
    changes: Vec<Change>,
    /// Set on the page of an earlier revision.
    earlier: Option<Earlier>,
}

/// To where the page of an earlier revision leads, from the output folder.
#[derive(Serialize)]
struct Earlier {
    newest: String,
    before: Option<String>,
}

/// A tag or an author.
#[derive(Serialize)]
struct Label {
    name: TextLine,
    /// To its page, if it has one.
    link: Option<Link>,
}

impl Label {
    fn of(name: TextLine, shelf: fn(String) -> Shelf, ways: &Ways) -> Label {
        let shelf = shelf(label_key(&name));
        let link = ways.labels.contains(&shelf).then(|| label_link(&name, &shelf));
        Label { name, link }
    }
}

#[derive(Serialize)]
struct Terms {
    url: WebUrl,
    name: String,
}

pub(crate) fn article_page(
    settings: &Settings,
    source: &Source,
    entry: &Entry,
    corrections: &[Correction],
    ways: &Ways,
) -> File {
    let path = addresses::article_path(entry);
    let page = page(settings, &path, source, entry, ways);
    let words = page.frame.words;
    let page = ArticlePage {
        corrected: corrections.first().map(|newest| dates::instant(words, newest.entry.updated)),
        changes: corrections.iter().map(|correction| changes::change(correction, words)).collect(),
        ..page
    };
    File { path, bytes: templates::render(settings, "article.html", page) }
}

pub(crate) fn revision_pages(
    settings: &Settings,
    source: &Source,
    corrections: &[Correction],
    ways: &Ways,
) -> Vec<File> {
    let ways = Ways { labels: ways.labels.clone(), ..Ways::default() };
    let page = |(at, correction): (usize, &Correction)| {
        let entry = correction.before.as_ref()?;
        let before = corrections.get(at + 1).and_then(|correction| correction.before.as_ref());
        let earlier =
            Earlier { newest: addresses::article_path(entry), before: before.map(addresses::revision_path) };
        let path = addresses::revision_path(entry);
        let page = page(settings, &path, source, entry, &ways);
        let page = ArticlePage { robots: "noindex".to_owned(), earlier: Some(earlier), ..page };
        Some(File { path, bytes: templates::render(settings, "article.html", page) })
    };
    corrections.iter().enumerate().filter_map(page).collect()
}

fn page(settings: &Settings, path: &str, source: &Source, entry: &Entry, ways: &Ways) -> ArticlePage {
    let article = &entry.article;
    let words = words::of(&settings.language);
    let description = article.description.as_deref().and_then(TextLine::of);
    let (kept, root) = (&ways.pictures, addresses::root_from(path));
    let image = item::lead_image(article);
    let local = image.as_ref().and(article.lead_image());
    let local = local.and_then(|image| LocalImage::at(&image.url, kept, &root));
    let body = CleanHtml::of(&article.html)
        .rewritten(|html| wide::focusable(&in_feeds::with_footnotes(html), words));
    let body = body.rewritten(|html| pictures::with_local(html, kept, &root, image.is_some()));
    let labels = |names: Vec<TextLine>, shelf: fn(String) -> Shelf| -> Vec<Label> {
        names.into_iter().map(|name| Label::of(name, shelf, ways)).collect()
    };
    ArticlePage {
        frame: Frame::new(settings, path),
        title: item::title(entry),
        standfirst: description.clone().filter(|text| !begins_with(&article.text, text)),
        description: item::summary(article),
        authors: labels(item::authors(article), Shelf::Author),
        section: article.section.as_deref().and_then(TextLine::of),
        published: dates::published(words, entry),
        is_stated: dates::stated(entry).is_some(),
        updated: dates::updated(words, entry),
        first_seen: dates::instant(words, entry.first_seen),
        source: source_title(entry, Some(source)),
        source_page: addresses::feed_page_path(&source.id),
        original: WebUrl::of_page(&article.url),
        original_host: bare_host(article.url.as_url()).to_owned(),
        language: language(entry, Some(source)),
        image,
        local,
        let_go: pictures::let_go(article, kept).iter().filter_map(WebUrl::of).collect(),
        terms: terms(words, article),
        license: article.license.as_ref().and_then(license),
        tags: labels(item::categories(article, Some(source)), Shelf::Tag),
        previous: ways.beside[0].as_ref().map(article_link),
        next: ways.beside[1].as_ref().map(article_link),
        robots: article.robots.join(", "),
        body: markup(body),
        corrected: None,
        changes: Vec::new(),
        earlier: None,
    }
}

fn license(license: &License) -> Option<Terms> {
    let LicenseTerms { url, name } = LicenseTerms::of(license)?;
    Some(Terms { url, name: name.unwrap_or_else(|| bare_host(license.url()).to_owned()) })
}

fn terms(words: &Words, article: &Article) -> Vec<String> {
    let minutes = Some(article.reading_minutes()).filter(|minutes| *minutes > 0);
    let reading_time = minutes.map(|minutes| words.reading_time.replace("{minutes}", &minutes.to_string()));
    let access = match article.access {
        Some(Access::Subscribers) => Some(words.subscribers.to_owned()),
        Some(Access::Metered) => Some(words.metered.to_owned()),
        Some(Access::Free) | None => None,
    };
    reading_time.into_iter().chain(access).collect()
}

/// Whether a description only repeats how the text begins. Its end, which may be cut and dotted, does not count.
fn begins_with(text: &str, description: &str) -> bool {
    let words = |text: &str, count: usize| -> Vec<String> {
        text.split_whitespace()
            .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase())
            .filter(|word| !word.is_empty())
            .take(count)
            .collect()
    };
    let told = words(description, 12);
    !told.is_empty() && words(text, told.len()) == told
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_description_that_repeats_the_text_is_no_standfirst() {
        assert!(begins_with("The bridge\nopened on Monday. Crowds came.", "The bridge opened on Monday…"));
        assert!(!begins_with("The bridge opened on Monday.", "Crowds came to see it."));
    }
}
