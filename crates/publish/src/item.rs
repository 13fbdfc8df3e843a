//! What a feed says, before a format is chosen: every text legal, every URL encoded, every choice made once.

use chrono::{DateTime, Utc};

use super::addresses;
use super::characters::escaped;
use super::selection::{newest, updated_at};
use super::values::{CleanHtml, LanguageTag, LicenseTerms, Picture, TextLine, WebUrl};
use super::{Feed, Level, Settings, words};
use crate::model::{Article, Entry, Image, Source, bare_host};

/// A feed as every format writes it.
#[derive(Debug)]
pub(super) struct Issue<'a> {
    pub(super) settings: &'a Settings,
    pub(super) feed: &'a Feed,
    pub(super) title: String,
    /// One plain sentence.
    pub(super) description: String,
    /// The page that it stands for.
    pub(super) home: Option<WebUrl>,
    pub(super) language: Option<LanguageTag>,
    /// The newest change of an item; `None` without items.
    pub(super) updated: Option<DateTime<Utc>>,
    pub(super) items: Vec<Item<'a>>,
}

/// An article as every format writes it.
#[derive(Debug)]
pub(super) struct Item<'a> {
    pub(super) entry: &'a Entry,
    /// `urn:uuid:…`
    pub(super) id: String,
    pub(super) title: TextLine,
    pub(super) link: WebUrl,
    /// `None` at level `link`, and where there is neither description nor text.
    pub(super) summary: Option<TextLine>,
    /// `None` but at level `full`.
    pub(super) content: Option<CleanHtml>,
    pub(super) authors: Vec<TextLine>,
    /// The site, for formats that must name somebody.
    pub(super) publisher: TextLine,
    pub(super) categories: Vec<TextLine>,
    pub(super) published: DateTime<Utc>,
    pub(super) updated: DateTime<Utc>,
    /// `None` at level `link`.
    pub(super) image: Option<Picture>,
    pub(super) language: Option<LanguageTag>,
    pub(super) license: Option<LicenseTerms>,
}

impl<'a> Issue<'a> {
    pub(super) fn new(
        settings: &'a Settings,
        feed: &'a Feed,
        entries: &'a [Entry],
        sources: &[Source],
    ) -> Issue<'a> {
        let find = |entry: &Entry| sources.iter().find(|source| source.id == entry.source);
        let newest = newest(entries, feed.size).into_iter();
        let items = newest.map(|entry| Item::new(entry, find(entry), feed.level)).collect();
        Issue::of(settings, feed, items, sources)
    }

    /// An issue that carries these items.
    pub(super) fn of(
        settings: &'a Settings,
        feed: &'a Feed,
        items: Vec<Item<'a>>,
        sources: &[Source],
    ) -> Issue<'a> {
        let first_source = sources.iter().find(|source| feed.sources.contains(&source.id));
        let title = TextLine::of(&feed.title);
        let words = words::of(feed.language.as_deref().unwrap_or(&settings.language));
        let description = match &feed.home {
            Some(home) => format!("{} {}", words.articles_from, bare_host(home)),
            None => words.articles_merged.to_owned(),
        };
        Issue {
            settings,
            feed,
            title: title.map_or_else(|| feed.id.to_string(), |title| title.to_string()),
            description,
            home: addresses::home(settings, feed, first_source.map(|source| &source.url)),
            language: feed.language.as_deref().and_then(LanguageTag::of),
            updated: items.iter().map(|item| item.updated).max(),
            items,
        }
    }
}

impl<'a> Item<'a> {
    pub(super) fn new(entry: &'a Entry, source: Option<&Source>, level: Level) -> Item<'a> {
        let article = &entry.article;
        Item {
            entry,
            id: entry.id.urn(),
            title: title(entry),
            link: WebUrl::of_page(&article.url),
            summary: if level == Level::Link { None } else { summary(article) },
            content: (level == Level::Full).then(|| content(article)),
            authors: authors(article),
            publisher: publisher(entry, source),
            categories: categories(article, source),
            published: entry.shown_at(),
            updated: updated_at(entry),
            image: article.image.as_ref().filter(|_| level != Level::Link).and_then(Picture::of),
            language: article.language.as_deref().and_then(LanguageTag::of),
            license: article.license.as_ref().and_then(LicenseTerms::of),
        }
    }
}

/// The headline on one line; the link where no legal character is left of it.
pub(super) fn title(entry: &Entry) -> TextLine {
    TextLine::of(&entry.article.title).unwrap_or_else(|| WebUrl::of_page(&entry.article.url).to_line())
}

/// The article's description, else the beginning of its text.
pub(super) fn summary(article: &Article) -> Option<TextLine> {
    let description = article.description.as_deref().and_then(TextLine::of);
    description.or_else(|| TextLine::excerpt_of(&article.text))
}

pub(super) fn authors(article: &Article) -> Vec<TextLine> {
    distinct(article.authors.iter())
}

/// Who publishes the article: the site's name, else the source's title.
pub(super) fn publisher(entry: &Entry, source: Option<&Source>) -> TextLine {
    let named = entry.article.site_name.as_deref().and_then(TextLine::of);
    let titled = || source.and_then(|source| TextLine::of(&source.title));
    let url = || WebUrl::of_page(&entry.article.url).to_line();
    named.or_else(titled).or_else(|| TextLine::of(entry.source.as_str())).unwrap_or_else(url)
}

/// Section, tags, and the tags that the source's owner puts on every article.
pub(super) fn categories(article: &Article, source: Option<&Source>) -> Vec<TextLine> {
    let of_source = source.map(|source| source.tags.as_slice()).unwrap_or_default();
    distinct(article.section.iter().chain(&article.tags).chain(of_source))
}

/// The lines of `texts` that say something, each once whatever its case.
fn distinct<'t>(texts: impl Iterator<Item = &'t String>) -> Vec<TextLine> {
    let mut seen = std::collections::BTreeSet::new();
    texts.filter_map(|text| TextLine::of(text)).filter(|text| seen.insert(text.to_lowercase())).collect()
}

/// The body, with the lead image before it unless the body shows it.
fn content(article: &Article) -> CleanHtml {
    match lead_image(article) {
        Some(image) => CleanHtml::of(&format!("{}{}", figure(&image), article.html)),
        None => CleanHtml::of(&article.html),
    }
}

/// The lead image, unless the body shows the same picture, be it in another size.
pub(super) fn lead_image(article: &Article) -> Option<Picture> {
    let image = article.image.as_ref().filter(|image| {
        let stem = picture_stem(image);
        stem.is_empty() || !article.html.contains(stem)
    });
    image.and_then(Picture::of)
}

/// What the addresses of one picture's sizes share: its file's name without size and extension, or its whole path where
/// that name says too little.
fn picture_stem(image: &Image) -> &str {
    let path = image.url.path();
    let name = path.rsplit('/').next().unwrap_or_default();
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let stem = match stem.rsplit_once('-') {
        Some((rest, size)) if is_size(size) => rest,
        _ => stem,
    };
    if stem.len() >= 8 { stem } else { path }
}

/// `300x200`
fn is_size(text: &str) -> bool {
    let number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    text.split_once('x').is_some_and(|(width, height)| number(width) && number(height))
}

fn figure(picture: &Picture) -> String {
    let (url, alt) = (escaped(&picture.url), escaped(&picture.alt));
    format!("<figure><img src=\"{url}\" alt=\"{alt}\"></figure>")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shows_lead(html: &str, image: &str) -> bool {
        let article = Article {
            url: crate::model::CanonicalUrl::parse("https://a.example/x").unwrap(),
            title: "Title".to_owned(),
            authors: Vec::new(),
            published: None,
            modified: None,
            site_name: None,
            language: None,
            description: None,
            image: Some(Image { url: image.parse().unwrap(), alt: None, width: None, height: None }),
            section: None,
            tags: Vec::new(),
            access: None,
            license: None,
            html: html.to_owned(),
            text: String::new(),
            word_count: 0,
            repeated: Vec::new(),
            cuts: Vec::new(),
            provenance: std::collections::BTreeMap::new(),
            warnings: Vec::new(),
        };
        lead_image(&article).is_some()
    }

    #[test]
    fn a_picture_that_the_body_shows_is_not_shown_twice() {
        let body = "<p><img src=\"https://cdn.a.example/2026/harbour-bridge-300x200.jpg?w=9\"></p>";
        assert!(!shows_lead(body, "https://a.example/2026/harbour-bridge.jpg"));
        assert!(!shows_lead(body, "https://a.example/large/harbour-bridge-1600x900.webp"));
        assert!(shows_lead(body, "https://a.example/2026/fish-market.jpg"));
        assert!(
            shows_lead(body, "https://a.example/r/300"),
            "a name that says nothing is compared with its path"
        );
    }

    #[test]
    fn a_tag_is_named_once_whatever_its_case() {
        let tags = ["News", " news ", "", "Harbour\nBridge"].map(str::to_owned);
        let distinct = distinct(tags.iter());
        assert_eq!(distinct.iter().map(|tag| &**tag).collect::<Vec<_>>(), ["News", "Harbour Bridge"]);
    }
}
